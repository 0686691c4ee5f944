//! What was done, and what came of taking it back.
use super::{
    budget::{AllocationView, BudgetView, ByCategory, SubcategoryView, parts, rollover},
    expense::{ExpenseView, split_views},
    import::ImportView,
    month::{MonthView, MoveView},
    number::Decimal,
};
use domain::{
    allocation::Allocations,
    budget::{Rollovers, Subcategories},
    currency::Currency,
    expense::{Location, Split},
    ids::UserId,
    money::Money,
    months::Move,
};
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use service::{
    activity::{Entity, Undone, content::api_name, is_open},
    ports::activity::{Activity, EntityChange, FieldChange, Subject},
};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
    id: String,
    actor: ActorView,
    /// By whose hand: user, assistant (with the person's word), job
    on_behalf: &'static str,
    /// null = private
    budget_id: Option<String>,
    /// created, changed, deleted, restored, imported, reverted, shared, recurring
    kind: &'static str,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// What was done to each thing; most often it is one.
    changes: Vec<ChangeView>,
    /// What this has taken back.
    undoes: Option<String>,
    /// What has taken this back.
    undone_by: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    undone_at: Option<Timestamp>,
    /// Whether it can be taken back, if nobody has changed the thing since.
    undoable: bool,
}

/// Who did it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActorView {
    id: String,
    /// Empty where they don't show it (`privacy.shareData`), or it is not known any more.
    name: String,
}

/// What was done to one thing.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangeView {
    /// budget, expense, import, month, member, invite, recurring
    entity: &'static str,
    /// Of a month that of its budget, of a member that of the person.
    entity_id: String,
    /// Such as 2026-11, of a month.
    month: Option<String>,
    /// What it was called then; of months, members and invitations: the budget.
    title: String,
    /// Of an expense: what moves, money out below zero. Of a budget: the monthly income. Of a month: what was moved in it.
    amount: Option<Decimal>,
    currency: Option<&'static str>,
    /// How many rows came with an import.
    rows: Option<u32>,
    /// The version that it had afterwards; 0 for an import, which has none.
    version_after: i64,
    /// What it was before, by the names of the entity's fields: only what changed. `moves` are those that are no longer
    /// there; a `budgetId` that the reader has no part in is `elsewhere`.
    #[schema(value_type = BTreeMap<String, Object>)]
    before: BTreeMap<String, FieldView>,
    /// What it is then.
    #[schema(value_type = BTreeMap<String, Object>)]
    after: BTreeMap<String, FieldView>,
}

/// A field as the entity has it in the REST API.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum FieldView {
    /// An amount.
    Amount(Decimal),
    /// Shares of a plan.
    Shares(ByCategory<AllocationView>),
    /// Moves of a month.
    Moves(Vec<MoveView>),
    /// Parts of an expense.
    Splits(Vec<super::expense::SplitView>),
    /// A word for each category of a plan.
    Words(ByCategory<&'static str>),
    /// What the categories of a plan are made of.
    Parts(ByCategory<Vec<SubcategoryView>>),
    /// Where it was.
    Location(super::expense::LocationView),
    /// Anything else.
    Plain(Value),
}

impl ActivityView {
    /// As it stands at a moment.
    pub fn new(activity: Activity, names: &BTreeMap<UserId, String>, now: Timestamp) -> Self {
        let undoable = is_open(&activity, now);
        let name = names.get(&activity.user_id).cloned().unwrap_or_default();
        Self {
            id: activity.id.to_string(),
            actor: ActorView { id: activity.user_id.to_string(), name },
            on_behalf: activity.on_behalf.as_str(),
            budget_id: activity.budget_id.map(|id| id.to_string()),
            kind: activity.kind.as_str(),
            at: activity.at,
            changes: activity.changes.into_iter().map(ChangeView::from).collect(),
            undoes: activity.undoes.map(|id| id.to_string()),
            undone_by: activity.undone_by.map(|id| id.to_string()),
            undone_at: activity.undone_at,
            undoable,
        }
    }
}

impl From<EntityChange> for ChangeView {
    fn from(change: EntityChange) -> Self {
        let currency = change.amount.map(Money::currency);
        let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
        for FieldChange { name, before: was, after: is } in change.fields {
            for (fields, value) in [(&mut before, was), (&mut after, is)] {
                fields.extend(field(&name, value, currency, change.subject));
            }
        }
        Self {
            entity: change.subject.as_str(),
            entity_id: domain::ids::ExpenseId(change.subject.id()).to_string(),
            month: match change.subject {
                Subject::Month(_, month) => Some(month.to_string()),
                _ => None,
            },
            title: change.title,
            amount: change.amount.map(Decimal::of),
            currency: currency.map(Currency::code),
            rows: change.rows,
            version_after: change.version_after,
            before,
            after,
        }
    }
}

/// A field, in one or two of the REST API's.
fn field(name: &str, value: Value, currency: Option<Currency>, of: Subject) -> Vec<(String, FieldView)> {
    let exponent = currency.unwrap_or(Currency::EUR).exponent();
    let one = |view| vec![(api_name(of, name).to_owned(), view)];
    match name {
        "amount" => match read::<Money>(&value) {
            Some(money) => vec![
                ("amount".to_owned(), FieldView::Amount(Decimal::of(money))),
                ("currency".to_owned(), FieldView::Plain(money.currency().code().into())),
            ],
            None => one(FieldView::Plain(value)),
        },
        "moves" => match read::<Vec<Move>>(&value) {
            Some(moves) => one(FieldView::Moves(MoveView::all(moves, exponent))),
            None => one(FieldView::Plain(value)),
        },
        "plan.monthlyIncome" | "plannedIncome" | "receivedIncome" => match value.as_i64() {
            Some(minor) => one(FieldView::Amount(Decimal::minor(minor, exponent))),
            None => one(FieldView::Plain(value)),
        },
        "plan.allocations" => match read::<Allocations>(&value) {
            Some(shares) => one(FieldView::Shares(super::budget::shares(&shares, exponent))),
            None => one(FieldView::Plain(value)),
        },
        // What is left out in the store is as it is by default.
        "plan.rollover" => one(FieldView::Words(rollover(&read::<Rollovers>(&value).unwrap_or_default()))),
        "plan.subcategories" => {
            let all = read::<Subcategories>(&value).unwrap_or_default();
            one(FieldView::Parts(parts(&all, exponent)))
        }
        "splits" => match read::<Vec<Split>>(&value) {
            Some(splits) => one(FieldView::Splits(split_views(splits, exponent))),
            None => one(FieldView::Plain(value)),
        },
        "location" => match read::<Location>(&value) {
            Some(location) => one(FieldView::Location(location.into())),
            None => one(FieldView::Plain(value)),
        },
        _ => one(FieldView::Plain(value)),
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

/// What came of taking something back.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoneView {
    /// What tells of it, and can be taken back itself.
    activity: ActivityView,
    /// The thing as it is now.
    entity: EntityView,
}

/// A thing that a timeline tells of.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum EntityView {
    Budget { budget: Box<BudgetView> },
    Expense { expense: Box<ExpenseView> },
    Import { import: Box<ImportView> },
    Month { month: Box<MonthView> },
    Expenses { expenses: Vec<ExpenseView> },
}

impl UndoneView {
    /// As it stands at a moment, for who has undone it.
    pub fn new(undone: Undone, reader: UserId, names: &BTreeMap<UserId, String>, now: Timestamp) -> Self {
        let entity = match undone.entity {
            Entity::Budget(budget) => EntityView::Budget { budget: Box::new(BudgetView::new(*budget, reader)) },
            Entity::Expense(row) => EntityView::Expense { expense: Box::new(ExpenseView::from(*row)) },
            Entity::Expenses(rows) => {
                EntityView::Expenses { expenses: rows.into_iter().map(ExpenseView::from).collect() }
            }
            Entity::Import(import) => EntityView::Import { import: Box::new(ImportView::new(*import, Vec::new())) },
            Entity::Month(budget, entry) => {
                EntityView::Month { month: Box::new(MonthView::new(*entry, budget.plan.currency)) }
            }
        };
        Self { activity: ActivityView::new(undone.activity, names, now), entity }
    }
}
