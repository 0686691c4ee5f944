//! The rule that an edit suggests: "always file REWE under food?"
use super::{Actions, Conditions, NewRule, Rules, Subject};
use crate::{
    expense::Expense,
    merchant::{clean, key_of},
};
use serde::{Deserialize, Serialize};

/// What speaks for a suggested rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// other rows for which it would hold
    pub rows: usize,
    /// of these, the ones that already are as it would make them
    pub agreeing: usize,
}

/// A rule to ask about; nothing happens before somebody says yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// what would be kept
    pub rule: NewRule,
    /// why
    pub evidence: Evidence,
}

/// The rule that the edit from `before` to `after` suggests, given the person's other rows and rules.
///
/// It holds for the merchant of `before` (the next print looks like it, not like the new name) and does what the edit did:
/// another category or subcategory, added tags, another name. There is none
///
/// - without a merchant, or if nothing of this was changed (taking a category or tag away teaches nothing);
/// - if the rules already do it;
/// - if the merchant is filed here and there on purpose: as many rows as agree were typed or edited by hand and have another
///   category. But where all rows of one amount agree, and no other row has this amount (a subscription at a large shop),
///   the rule is for this amount.
pub fn learn(before: &Expense, after: &Expense, history: &[Expense], rules: &Rules) -> Option<Suggestion> {
    let mut row = Subject::from(before);
    row.files = Subject::from(after).files;
    let printed = before.merchant.as_deref()?;
    if row.merchant.is_empty() {
        return None;
    }
    let actions = learned_actions(before, after, printed);
    if actions.is_empty() || does_already(rules, &row, &actions) {
        return None;
    }
    let same: Vec<&Expense> = history
        .iter()
        .filter(|other| other.id != after.id && other.deleted_at.is_none())
        .filter(|other| other.merchant.as_deref().is_some_and(|merchant| clean(merchant).key == row.merchant))
        .collect();
    let mut conditions = Conditions { merchant_equals: Some(clean(printed).name), ..Conditions::default() };
    if let Some(category) = actions.category {
        let agreeing = same.iter().filter(|other| other.category == Some(category)).count();
        let contrary = same
            .iter()
            .filter(|other| other.category.is_some_and(|other| other != category))
            .filter(|other| other.version > 1 || other.import_id.is_none())
            .count();
        if contrary > agreeing {
            let of_amount = |other: &&&Expense| other.amount == after.amount;
            let amount_agrees = same.iter().filter(of_amount).all(|other| other.category == Some(category));
            if !amount_agrees || same.iter().filter(of_amount).count() == 0 {
                return None;
            }
            conditions.min_amount = Some(row.amount);
            conditions.max_amount = Some(row.amount);
            conditions.currency = Some(row.currency);
        }
    }
    let held: Vec<&Expense> = same.into_iter().filter(|other| conditions.hold(&Subject::from(*other))).collect();
    let agreeing = held.iter().filter(|other| is_done(&actions, other)).count();
    let evidence = Evidence { rows: held.len(), agreeing };
    Some(Suggestion { rule: NewRule { priority: 0, conditions, actions, learned_from: Some(after.id) }, evidence })
}

fn learned_actions(before: &Expense, after: &Expense, printed: &str) -> Actions {
    let filed = (before.category, &before.subcategory) != (after.category, &after.subcategory);
    let category = after.category.filter(|_| filed && after.splits.is_empty());
    let added = after.tags.iter().filter(|tag| !before.tags.contains(tag)).cloned().collect();
    let rename = after.merchant.clone().filter(|name| name != printed && !key_of(name).is_empty());
    Actions { category, subcategory: category.and_then(|_| after.subcategory.clone()), tags: added, rename }
}

fn does_already(rules: &Rules, row: &Subject, actions: &Actions) -> bool {
    let effect = rules.effect(row);
    let files = actions.category.is_none()
        || (effect.category.map(|(category, _)| category) == actions.category
            && effect.subcategory == actions.subcategory);
    let names = actions.rename.is_none() || effect.rename == actions.rename;
    files && names && actions.tags.iter().all(|tag| effect.tags.contains(tag))
}

fn is_done(actions: &Actions, row: &Expense) -> bool {
    actions.category.is_none_or(|category| row.category == Some(category) && row.subcategory == actions.subcategory)
        && actions.rename.as_ref().is_none_or(|name| row.merchant.as_ref() == Some(name))
        && actions.tags.iter().all(|tag| row.tags.contains(tag))
}
