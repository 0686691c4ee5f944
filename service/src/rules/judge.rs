//! Where a row is filed: by the person's history, their rules, or what shops of such a name are.
use crate::{Actor, Result, Services, expenses, ports::rules::FiledBy};
use domain::{
    category::Category,
    classify::{Guess, classify_key},
    expense::Expense,
    ids::{ExpenseId, RuleId},
    merchant::clean,
    rule::{Decision, History, Prints, Rules, Source, Subject, decide},
};
use std::collections::HashMap;

/// All that somebody's rows are judged by, read once for many of them.
pub(crate) struct Judge {
    history: History,
    rules: Rules,
    /// Merchants that were read before.
    pub(crate) prints: Prints,
    /// What each print is called.
    names: HashMap<String, String>,
    /// What the classifier has said of each merchant.
    guesses: HashMap<String, Option<Guess>>,
}

impl Judge {
    /// What the actor has filed, and their rules.
    pub(crate) async fn of(services: &Services, actor: &Actor) -> Result<Self> {
        let rows = services.store.filed_rows(actor.user.id).await?;
        let rules = Rules::new(services.store.rules(actor.user.id).await?);
        let (mut history, mut prints) = (History::default(), Prints::default());
        for row in rows {
            let (key, _) = prints.keys(&row.merchant);
            history.add_keyed(key, row.category, row.subcategory, row.at, row.by_hand);
        }
        Ok(Self { history, rules, prints, names: HashMap::new(), guesses: HashMap::new() })
    }

    /// Decides about a row.
    pub(crate) fn decide(&mut self, row: &Subject) -> Decision {
        let guesses = &mut self.guesses;
        decide(row, &self.history, &self.rules, |row| {
            if let Some(known) = guesses.get(&row.merchant) {
                return *known;
            }
            let guess = classify_key(&row.merchant, None);
            guesses.insert(row.merchant.clone(), guess);
            guess
        })
    }

    /// What a merchant is called, whatever the bank prints around it.
    pub(crate) fn name(&mut self, printed: &str) -> String {
        if let Some(known) = self.names.get(printed) {
            return known.clone();
        }
        let name = clean(printed).name;
        self.names.insert(printed.to_owned(), name.clone());
        name
    }

    /// What a row without a category may be filed under.
    pub(crate) fn propose(&mut self, row: &Expense) -> Option<Proposal> {
        let subject = self.prints.subject(row);
        let decision = self.decide(&subject);
        if let (Some(category), Some(source)) = (decision.category, decision.source) {
            let (by, rule) = said_by(source);
            let Decision { subcategory, confidence, .. } = decision;
            return Some(Proposal { category, subcategory, by, rule, confidence });
        }
        let guess = decision.proposal?;
        let known = self.history.habit(&subject.merchant).is_some();
        let by = if known { FiledBy::History } else { FiledBy::Classifier };
        Some(Proposal { category: guess.category, subcategory: None, by, rule: None, confidence: guess.confidence })
    }
}

/// Who says so, and which rule.
pub(crate) const fn said_by(source: Source) -> (FiledBy, Option<RuleId>) {
    match source {
        Source::History => (FiledBy::History, None),
        Source::Rule(id) => (FiledBy::Rule, Some(id)),
        Source::Classifier => (FiledBy::Classifier, None),
    }
}

/// Where a row may be filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Under which category.
    pub category: Category,
    /// A name under it.
    pub subcategory: Option<String>,
    /// Who says so.
    pub by: FiledBy,
    /// Which rule.
    pub rule: Option<RuleId>,
    /// How sure that is, 0 to 100.
    pub confidence: u8,
}

/// What is proposed for a row that has no category; none: it has one, can have none, or nobody knows.
pub async fn proposal(services: &Services, actor: &Actor, id: ExpenseId) -> Result<Option<Proposal>> {
    let row = expenses::get(services, actor, id).await?;
    if row.category.is_some() || !row.splits.is_empty() {
        return Ok(None);
    }
    Ok(Judge::of(services, actor).await?.propose(&row))
}
