//! Which rules hold for a row, and what they do with it.
use super::{Conditions, Direction, Rule};
use crate::{
    category::Category,
    currency::Currency,
    expense::{Expense, Kind, TAGS_MAX},
    ids::{AccountId, ImportId, RuleId},
    merchant::{clean, key_of},
};
use jiff::Timestamp;
use std::collections::HashMap;

/// A row as rules, history and the classifier see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// the key of the merchant's own name; empty where there is none
    pub merchant: String,
    /// the folded words of the merchant as printed
    pub printed: String,
    /// the folded words of the description
    pub description: String,
    /// without sign, in thousandths of the major unit
    pub amount: i64,
    /// of the amount
    pub currency: Currency,
    /// which way the money goes
    pub direction: Direction,
    /// whether it can have a category (incomes and transfers have none)
    pub files: bool,
    /// where it was
    pub account_id: Option<AccountId>,
    /// the bank file it is of
    pub import_id: Option<ImportId>,
}

/// Merchants that were read before: of many rows most have one of a few prints.
#[derive(Debug, Default)]
pub struct Prints(HashMap<String, (String, String)>);

impl Prints {
    /// A row as rules see it.
    pub fn subject(&mut self, row: &Expense) -> Subject {
        let printed = row.merchant.as_deref().unwrap_or_default();
        let (merchant, printed) = self.keys(printed);
        Subject::with(row, merchant, printed)
    }

    /// The key of a merchant's own name, and the folded words of the print.
    pub fn keys(&mut self, printed: &str) -> (String, String) {
        if let Some(known) = self.0.get(printed) {
            return known.clone();
        }
        let keys = (clean(printed).key, key_of(printed));
        self.0.insert(printed.to_owned(), keys.clone());
        keys
    }
}

/// The folded words of a text, as [`Subject::description`] has them.
pub fn words_of(text: &str) -> String {
    key_of(text)
}

impl From<&Expense> for Subject {
    fn from(row: &Expense) -> Self {
        let printed = row.merchant.as_deref().unwrap_or_default();
        Self::with(row, clean(printed).key, key_of(printed))
    }
}

impl Subject {
    fn with(row: &Expense, merchant: String, printed: String) -> Self {
        Self {
            merchant,
            printed,
            description: row.description.as_deref().map(key_of).unwrap_or_default(),
            amount: row.amount_thousandths(),
            currency: row.amount.currency(),
            direction: match row.kind {
                Kind::Expense | Kind::Transfer => Direction::Out,
                Kind::Refund | Kind::Income => Direction::In,
            },
            files: matches!(row.kind, Kind::Expense | Kind::Refund),
            account_id: row.account_id,
            import_id: row.import_id,
        }
    }
}

/// The texts of conditions as they are compared.
#[derive(Debug, Clone)]
struct Texts {
    equals: Option<String>,
    starts: Option<String>,
    contains: Option<String>,
    description: Option<String>,
}

impl Texts {
    fn of(conditions: &Conditions) -> Self {
        let key = |text: &Option<String>| text.as_deref().map(key_of);
        Self {
            equals: conditions.merchant_equals.as_deref().map(|text| clean(text).key),
            starts: key(&conditions.merchant_starts),
            contains: key(&conditions.merchant_contains),
            description: key(&conditions.description_contains),
        }
    }
}

fn holds<T: PartialEq>(wanted: Option<&T>, got: Option<&T>) -> bool {
    wanted.is_none() || wanted == got
}

fn all_hold(conditions: &Conditions, texts: &Texts, row: &Subject) -> bool {
    let either = |wanted: &Option<String>, holds: fn(&str, &str) -> bool| {
        wanted.as_deref().is_none_or(|wanted| holds(&row.merchant, wanted) || holds(&row.printed, wanted))
    };
    texts.equals.as_deref().is_none_or(|wanted| row.merchant == wanted)
        && either(&texts.starts, |text, wanted| text.starts_with(wanted))
        && either(&texts.contains, |text, wanted| text.contains(wanted))
        && texts.description.as_deref().is_none_or(|wanted| row.description.contains(wanted))
        && conditions.min_amount.is_none_or(|min| row.amount >= min)
        && conditions.max_amount.is_none_or(|max| row.amount <= max)
        && holds(conditions.currency.as_ref(), Some(&row.currency))
        && holds(conditions.direction.as_ref(), Some(&row.direction))
        && holds(conditions.account_id.as_ref(), row.account_id.as_ref())
        && holds(conditions.import_id.as_ref(), row.import_id.as_ref())
}

impl Conditions {
    /// Whether all of them hold for a row; none given holds for none. (Many rows and rules: [`Rules`].)
    pub fn hold(&self, row: &Subject) -> bool {
        !self.is_empty() && all_hold(self, &Texts::of(self), row)
    }
}

/// What rules do with a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effect {
    /// where it is filed, and which rule says so
    pub category: Option<(Category, RuleId)>,
    /// a name under the category
    pub subcategory: Option<String>,
    /// when the rule that files it was last changed
    pub filed_by_rule_of: Option<Timestamp>,
    /// what the merchant is called from then on
    pub rename: Option<String>,
    /// added to the row's own, each once
    pub tags: Vec<String>,
    /// the rules that did something, in order
    pub rules: Vec<RuleId>,
}

/// Rules in their order, ready to be asked for many rows.
#[derive(Debug, Clone, Default)]
pub struct Rules(Vec<(Rule, Texts)>);

impl Rules {
    /// Sorts them.
    pub fn new(mut rules: Vec<Rule>) -> Self {
        rules.sort_by(Rule::order);
        Self(
            rules
                .into_iter()
                .map(|rule| {
                    let texts = Texts::of(&rule.conditions);
                    (rule, texts)
                })
                .collect(),
        )
    }

    /// The rules in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.0.iter().map(|(rule, _)| rule)
    }

    /// Those that hold for a row, in their order.
    pub fn holding(&self, row: &Subject) -> impl Iterator<Item = &Rule> {
        self.0
            .iter()
            .filter(|(rule, texts)| !rule.conditions.is_empty() && all_hold(&rule.conditions, texts, row))
            .map(|(rule, _)| rule)
    }

    /// What they do with a row: of each field the first that says something (see the module), tags of all, at most 20.
    pub fn effect(&self, row: &Subject) -> Effect {
        let mut effect = Effect::default();
        for rule in self.holding(row) {
            let actions = &rule.actions;
            let mut used = false;
            if let (Some(category), true, None) = (actions.category, row.files, effect.category) {
                effect.category = Some((category, rule.id));
                effect.subcategory.clone_from(&actions.subcategory);
                effect.filed_by_rule_of = Some(rule.updated_at);
                used = true;
            }
            if effect.rename.is_none() && actions.rename.is_some() {
                effect.rename.clone_from(&actions.rename);
                used = true;
            }
            for tag in &actions.tags {
                if effect.tags.len() < TAGS_MAX && !effect.tags.contains(tag) {
                    effect.tags.push(tag.clone());
                    used = true;
                }
            }
            if used {
                effect.rules.push(rule.id);
            }
        }
        effect
    }
}
