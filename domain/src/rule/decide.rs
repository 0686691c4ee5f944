//! Where a new row is filed: as the person did before, else by their rules, else by what shops of such names are.
use super::{Effect, Habit, History, Rules, Subject};
use crate::{category::Category, classify::Guess, ids::RuleId};

/// Who says where a row is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// the person's own rows of this merchant
    History,
    /// a rule
    Rule(RuleId),
    /// the classifier
    Classifier,
}

/// What happens to a new row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// where it is filed; none = uncategorised
    pub category: Option<Category>,
    /// a name under the category
    pub subcategory: Option<String>,
    /// who says so; none where it is uncategorised
    pub source: Option<Source>,
    /// how sure that is, 0 to 100; 0 where it is uncategorised
    pub confidence: u8,
    /// for a row that stays uncategorised: what could be asked
    pub proposal: Option<Guess>,
    /// what the merchant is called
    pub rename: Option<String>,
    /// what is added to its tags
    pub tags: Vec<String>,
    /// the rules that did something, whose hits count
    pub rules: Vec<RuleId>,
}

/// Decides about a row that has no category yet.
///
/// 1. Own history, if most of the merchant's newest rows agree ([`Habit::is_sure`]) and no rule that was changed after all
///    of them says something else: a rule made today is what the person means today.
/// 2. The first rule that holds and files.
/// 3. The classifier, if it is sure.
/// 4. Else the row stays uncategorised, with a proposal: the habit that wasn't sure enough, or the classifier's best.
///
/// Names and tags come from the rules in any case. `guess` is asked only if it comes to that. An income or transfer is
/// filed nowhere.
pub fn decide(
    row: &Subject,
    history: &History,
    rules: &Rules,
    guess: impl FnOnce(&Subject) -> Option<Guess>,
) -> Decision {
    let Effect { category: ruled, subcategory, filed_by_rule_of, rename, tags, rules: used } = rules.effect(row);
    let mut decision = Decision { rename, tags, rules: used, ..Decision::default() };
    if !row.files {
        return decision;
    }
    let habit = history.habit(&row.merchant);
    let counts = |habit: &&Habit| habit.is_sure() && filed_by_rule_of.is_none_or(|changed| changed <= habit.last);
    if let Some(habit) = habit.as_ref().filter(counts) {
        decision.category = Some(habit.category);
        decision.subcategory.clone_from(&habit.subcategory);
        decision.source = Some(Source::History);
        decision.confidence = habit.percent();
    } else if let Some((category, rule)) = ruled {
        decision.category = Some(category);
        decision.subcategory = subcategory;
        decision.source = Some(Source::Rule(rule));
        decision.confidence = 100;
    } else {
        let guess = guess(row);
        match (habit, guess) {
            (Some(habit), _) => {
                let confidence = habit.percent();
                decision.proposal = Some(Guess { category: habit.category, confidence, sure: false });
            }
            (None, Some(guess)) if guess.sure => {
                decision.category = Some(guess.category);
                decision.source = Some(Source::Classifier);
                decision.confidence = guess.confidence;
            }
            (None, guess) => decision.proposal = guess,
        }
    }
    decision
}
