//! Reads rules from a body or a form, all wrong fields at once.
use super::{Actions, Conditions, Direction, Rule};
use crate::{
    category::Category,
    expense::read_tags,
    ids::{ExpenseId, RuleId, UserId},
    input::{self, Change, Reader, Value},
    merchant::key_of,
    money,
    problem::{Problem, Problems},
};
use jiff::Timestamp;

/// A rule that is valid in itself; whether account, import and expense are the user's is the use-case's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in Rule")]
pub struct NewRule {
    pub priority: i32,
    pub conditions: Conditions,
    pub actions: Actions,
    pub learned_from: Option<ExpenseId>,
}

impl NewRule {
    /// The entity, with what the server adds.
    pub fn into_rule(self, id: RuleId, user_id: UserId, now: Timestamp) -> Rule {
        let Self { priority, conditions, actions, learned_from } = self;
        Rule {
            id,
            user_id,
            priority,
            conditions,
            actions,
            learned_from,
            hits: 0,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }
}

/// Reads {conditions: {merchantEquals, merchantStarts, merchantContains, descriptionContains, minAmount, maxAmount,
/// currency, direction, accountId, importId}, actions: {category, subcategory, tags, rename}, priority?, learnedFrom?}.
pub fn read_new(value: &Value) -> Result<NewRule, Problems> {
    let mut reader = Reader::new(value);
    let priority = reader.optional("priority", priority).unwrap_or(0);
    let learned_from = reader.optional("learnedFrom", input::id);
    let conditions = conditions_in(&mut reader);
    let actions = actions_in(&mut reader);
    reader.finish()?;
    match (conditions, actions) {
        (Some(conditions), Some(actions)) => Ok(NewRule { priority, conditions, actions, learned_from }),
        _ => Err(Problems::default()),
    }
}

/// A change of a rule; conditions and actions are replaced as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// The version it was made from.
    pub version: i64,
    priority: Change<i32>,
    conditions: Change<Conditions>,
    actions: Change<Actions>,
}

impl RuleChange {
    /// The rule after the change (version and times are the use-case's).
    pub fn apply(self, rule: &mut Rule) {
        rule.priority = self.priority.or(rule.priority);
        rule.conditions = self.conditions.or(std::mem::take(&mut rule.conditions));
        rule.actions = self.actions.or(std::mem::take(&mut rule.actions));
    }
}

/// Reads a partial change: {version, conditions?, actions?, priority?}.
pub fn read_change(value: &Value) -> Result<RuleChange, Problems> {
    let mut reader = Reader::new(value);
    let version = reader.required("version", |value| input::integer(value, 1, i64::MAX));
    let priority = reader.change("priority", priority);
    let conditions = if reader.has("conditions") {
        conditions_in(&mut reader).map_or(Change::Keep, Change::Set)
    } else {
        Change::Keep
    };
    let actions =
        if reader.has("actions") { actions_in(&mut reader).map_or(Change::Keep, Change::Set) } else { Change::Keep };
    reader.finish()?;
    Ok(RuleChange { version: version.unwrap_or(1), priority, conditions, actions })
}

fn priority(value: &Value) -> Result<i32, Problem> {
    input::integer(value, -1_000, 1_000).map(|number| i32::try_from(number).unwrap_or(0))
}

/// A text in which something is left to compare with.
fn words(value: &Value) -> Result<String, Problem> {
    let text = input::text(value)?;
    if key_of(&text).is_empty() { Err(Problem::Required) } else { Ok(text) }
}

/// An amount of any currency, without sign, in thousandths.
fn thousandths(value: &Value) -> Result<i64, Problem> {
    let amount = money::parse_minor(input::number_text(value)?, 3).map_err(|_| Problem::NotANumber)?;
    if amount < 0 { Err(Problem::Negative) } else { Ok(amount) }
}

fn conditions_in(reader: &mut Reader<'_>) -> Option<Conditions> {
    let conditions = reader.object("conditions", |reader| {
        let conditions = Conditions {
            merchant_equals: reader.optional("merchantEquals", words),
            merchant_starts: reader.optional("merchantStarts", words),
            merchant_contains: reader.optional("merchantContains", words),
            description_contains: reader.optional("descriptionContains", words),
            min_amount: reader.optional("minAmount", thousandths),
            max_amount: reader.optional("maxAmount", thousandths),
            currency: reader.optional("currency", input::currency),
            direction: reader.optional("direction", |value| input::word(value, &Direction::WORDS)),
            account_id: reader.optional("accountId", input::id),
            import_id: reader.optional("importId", input::id),
        };
        if let (Some(min), Some(max)) = (conditions.min_amount, conditions.max_amount)
            && min > max
        {
            let text = |thousandths| money::format_minor(thousandths, 3);
            reader.problem("maxAmount", Problem::OutOfRange { min: text(min), max: text(money::MAX_MINOR) });
        }
        conditions
    });
    if conditions.as_ref().is_none_or(Conditions::is_empty) && !reader.has_problem_below("conditions") {
        reader.problem("conditions", Problem::Required);
    }
    conditions
}

fn actions_in(reader: &mut Reader<'_>) -> Option<Actions> {
    let actions = reader.object("actions", |reader| {
        let actions = Actions {
            category: reader.optional("category", |value| input::word(value, &Category::ALL.map(Category::as_str))),
            subcategory: reader.optional("subcategory", input::text),
            tags: reader.optional("tags", read_tags).unwrap_or_default(),
            rename: reader.optional("rename", words),
        };
        if actions.category.is_none() && actions.subcategory.is_some() && !reader.has_problem("category") {
            reader.problem("subcategory", Problem::MustBeEmpty);
        }
        actions
    });
    if actions.as_ref().is_none_or(Actions::is_empty) && !reader.has_problem_below("actions") {
        reader.problem("actions", Problem::Required);
    }
    actions
}
