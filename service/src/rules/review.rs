//! What has no category, by merchant: filed a group at a time.
use super::{Judge, Proposal, apply, check};
use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::replayed,
    ports::rules::{Filed, Filing, MOST_FILED},
};
use domain::{
    Date,
    category::Category,
    expense::{Expense, Kind},
    filter::{CategoryFilter, Filter, Query},
    ids::RuleId,
    input::{self, Reader, Value},
    merchant::clean,
    money::Money,
    problem::Problem,
    rule::{Actions, Conditions, NewRule, Prints},
};
use std::collections::BTreeMap;

/// Groups that are shown at once.
const SHOWN: usize = 100;

/// What has no category.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    /// The biggest first, at most 100.
    pub groups: Vec<Group>,
    /// How many groups there are in all.
    pub of: usize,
    /// How many rows have no category.
    pub rows: u32,
}

/// Rows of one merchant.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// What they have in common: the folded name.
    pub key: String,
    /// The name; empty where rows have neither merchant nor description.
    pub name: String,
    /// Whether the name is a merchant's, so that a rule can be made for it; else it is a description.
    pub is_merchant: bool,
    /// How many.
    pub rows: u32,
    /// What they come to, a sum for each currency (refunds count against it).
    pub sums: Vec<Money>,
    /// The earliest and the latest day.
    pub days: (Date, Date),
    /// Where they may be filed.
    pub proposal: Option<Proposal>,
    /// By how much they are ordered, in thousandths of the base currency.
    weight: i64,
}

/// The group of a row: its key and name, and whether it is a merchant's.
fn group_of(row: &Expense, prints: &mut Prints) -> (String, String, bool) {
    let text = row.merchant.as_deref().or(row.description.as_deref()).unwrap_or_default();
    (prints.keys(text).0, text.to_owned(), row.merchant.is_some())
}

fn uncategorised() -> Query {
    let filter = Filter { category: Some(CategoryFilter::Uncategorised), ..Filter::default() };
    Query { filter, ..Query::default() }
}

/// What the actor has entered without a category, by merchant, the biggest first, each with what is proposed.
pub async fn review(services: &Services, actor: &Actor) -> Result<Review> {
    let mut judge = Judge::of(services, actor).await?;
    let mut groups: BTreeMap<(bool, String), (Group, Expense)> = BTreeMap::new();
    let mut rows = 0;
    apply::own_rows(services, actor, uncategorised(), |row| {
        if row.splits.is_empty() {
            rows += 1;
            add(&mut groups, &row, &mut judge.prints);
        }
    })
    .await?;
    let of = groups.len();
    let mut groups: Vec<(Group, Expense)> = groups.into_values().collect();
    groups.sort_by(|(one, _), (other, _)| (other.weight, &one.key).cmp(&(one.weight, &other.key)));
    let shown = groups.into_iter().take(SHOWN);
    let groups = shown.map(|(group, row)| Group { proposal: judge.propose(&row), ..group }).collect();
    Ok(Review { groups, of, rows })
}

fn add(groups: &mut BTreeMap<(bool, String), (Group, Expense)>, row: &Expense, prints: &mut Prints) {
    let (key, text, is_merchant) = group_of(row, prints);
    let minor = if row.kind == Kind::Refund { -row.amount.minor() } else { row.amount.minor() };
    let base = row.base.as_ref().map_or(row.amount, |base| base.amount);
    let thousandths = base.minor().saturating_mul(10_i64.pow(3 - u32::from(base.currency().exponent().min(3))));
    let (group, _) = groups.entry((is_merchant, key.clone())).or_insert_with(|| {
        let name = if is_merchant { clean(&text).name } else { text };
        let days = (row.date, row.date);
        let group = Group { key, name, is_merchant, rows: 0, sums: Vec::new(), days, proposal: None, weight: 0 };
        (group, row.clone())
    });
    group.rows += 1;
    group.days = (group.days.0.min(row.date), group.days.1.max(row.date));
    group.weight = group.weight.saturating_add(thousandths);
    let currency = row.amount.currency();
    match group.sums.iter_mut().find(|sum| sum.currency() == currency) {
        Some(sum) => *sum = Money::new(sum.minor().saturating_add(minor), currency),
        None => group.sums.push(Money::new(minor, currency)),
    }
}

/// What is asked for a group.
struct Wish {
    name: String,
    is_merchant: bool,
    category: Category,
    subcategory: Option<String>,
    always: bool,
}

fn read(input: &Value) -> Result<Wish> {
    let mut reader = Reader::new(input);
    let merchant = reader.optional("merchant", input::text);
    let description = reader.optional("description", input::notes);
    let category = reader.required("category", |value| input::word(value, &Category::ALL.map(Category::as_str)));
    let subcategory = reader.optional("subcategory", input::text);
    let always = reader.optional("always", input::boolean).unwrap_or(false);
    if merchant.is_some() && description.is_some() {
        reader.problem("description", Problem::MustBeEmpty);
    } else if merchant.is_none()
        && description.is_none()
        && !reader.has_problem("merchant")
        && !reader.has_problem("description")
    {
        reader.problem("merchant", Problem::Required);
    }
    if always && merchant.is_none() && !reader.has_problem("merchant") {
        reader.problem("always", Problem::MustBeEmpty);
    }
    reader.finish()?;
    let is_merchant = merchant.is_some();
    match (merchant.or(description), category) {
        (Some(name), Some(category)) => Ok(Wish { name, is_merchant, category, subcategory, always }),
        _ => Err(Error::Internal("what is missing was said".to_owned())),
    }
}

/// Files all of the actor's rows of a merchant (or description) that have no category, in one transaction; with
/// `always: true` a rule for the next ones is made with it. `input`: merchant | description, category, subcategory?, always?
pub async fn file_group(services: &Services, actor: &Actor, key: Option<Idempotency>, input: &Value) -> Result<Filed> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let wish = read(input)?;
    let (mut prints, now) = (Prints::default(), services.now());
    let (wanted, _) = prints.keys(&wish.name);
    let mut rows = Vec::new();
    apply::own_rows(services, actor, uncategorised(), |row| {
        let (key, _, is_merchant) = group_of(&row, &mut prints);
        if row.splits.is_empty() && (is_merchant, &key) == (wish.is_merchant, &wanted) && rows.len() < MOST_FILED {
            let (category, subcategory) = (Some(wish.category), wish.subcategory.clone());
            rows.push(Expense { category, subcategory, version: row.version + 1, updated_at: now, ..row });
        }
    })
    .await?;
    if rows.is_empty() {
        return Err(Error::NotFound);
    }
    let rule = wish.always.then(|| {
        let conditions = Conditions { merchant_equals: Some(clean(&wish.name).name), ..Conditions::default() };
        let actions =
            Actions { category: Some(wish.category), subcategory: wish.subcategory.clone(), ..Actions::default() };
        let new = NewRule { priority: 0, conditions, actions, learned_from: None };
        new.into_rule(RuleId(services.random.id(now)), actor.user.id, now)
    });
    if let Some(rule) = &rule {
        check(services, actor, &rule.conditions, None).await?;
    }
    apply::file(services, actor, key, Filing { rule, rows, hits: Vec::new() }).await
}
