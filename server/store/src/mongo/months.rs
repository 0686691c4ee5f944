//! What the months of a budget have besides their totals, and sums by month and by subcategory.
use super::{
    MongoStore, activity, budgets,
    failure::{Failure, Outcome, code},
    plans,
    transaction::{Tx, lock_budget},
    values::{NO_CATEGORY, oid},
};
use crate::sharing;
use domain::{
    Date,
    budget::Plan,
    category::Category,
    expense::{Kind, Split, Status},
    ids::{BudgetId, UserId},
    months::MonthEntry,
    period::{Month, MonthStartDay, Period},
    role::Role,
    spending::{MonthSpent, PartRow, PartTotal, by_subcategory},
};
use mongodb::{
    bson::{Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    activity::together::of_month,
    ports::store::{MonthStore, Write},
};
use std::sync::Arc;

/// A month of a budget; its id is made of both.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MonthDoc {
    #[serde(rename = "_id")]
    id: String,
    budget_id: ObjectId,
    month: Month,
    version: i64,
    entry: MonthEntry,
}

/// A sum of the kept totals.
#[derive(Serialize, Deserialize)]
struct Sum {
    #[serde(rename = "_id")]
    of: Of,
    minor: i64,
}

/// A calendar month's days before or from the day on which the budget's months begin.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Of {
    calendar: Month,
    before_start: bool,
    category: Category,
}

/// What is read of a row for the sums of subcategories.
#[derive(Serialize, Deserialize)]
struct PartDoc {
    kind: Kind,
    base: Base,
    #[serde(default)]
    category: Option<Category>,
    #[serde(default)]
    subcategory: Option<String>,
    #[serde(default)]
    splits: Vec<Split>,
}

#[derive(Serialize, Deserialize)]
struct Base {
    minor: i64,
}

#[async_trait::async_trait]
impl MonthStore for MongoStore {
    async fn plans(&self, actor: UserId, id: BudgetId) -> Result<Vec<Plan>> {
        self.plain((actor, id), |tx, (actor, id)| {
            Box::pin(async move {
                budgets::require_live(tx, *actor, *id).await?;
                plans::counting_plans(tx, *id).await
            })
        })
        .await
    }

    async fn months(&self, actor: UserId, id: BudgetId) -> Result<Vec<MonthEntry>> {
        self.plain((actor, id), |tx, (actor, id)| {
            Box::pin(async move {
                budgets::require_live(tx, *actor, *id).await?;
                of_budget(tx, *id).await
            })
        })
        .await
    }

    async fn keep_month(&self, write: &Write, entry: &MonthEntry) -> Result<MonthEntry> {
        self.write(write, entry, |tx, write, entry| Box::pin(keep(tx, write, entry))).await
    }

    async fn spent_by_month(
        &self,
        actor: UserId,
        id: BudgetId,
        days: Period,
        start: MonthStartDay,
    ) -> Result<Vec<MonthSpent>> {
        self.plain((actor, id, days, start), |tx, (actor, id, days, start)| {
            Box::pin(async move {
                budgets::require_live(tx, *actor, *id).await?;
                by_month(tx, *id, *days, *start).await
            })
        })
        .await
    }

    async fn spent_by_part(&self, actor: UserId, id: BudgetId, days: Period) -> Result<Vec<PartTotal>> {
        self.plain((actor, id, days), |tx, (actor, id, days)| {
            Box::pin(async move {
                budgets::require_live(tx, *actor, *id).await?;
                by_part(tx, *id, *days).await
            })
        })
        .await
    }
}

/// Those of a budget, by month.
pub(super) async fn of_budget(tx: &mut Tx, id: BudgetId) -> Outcome<Vec<MonthEntry>> {
    let tables = Arc::clone(&tx.tables);
    let by_month = FindOptions::builder().sort(doc! { "month": 1 }).build();
    let found = tx.session.all(&tables.budget_months, doc! { "budgetId": oid(id.0) }, by_month).await?;
    Ok(found.into_iter().map(MonthEntry::from).collect())
}

/// What somebody who goes has moved in the budgets of others stays with these, as their owners'.
pub(super) async fn hand_on(tx: &mut Tx, actor: UserId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let moved = doc! { "entry.moves.by": actor.to_string() };
    for mut document in tx.session.all(&tables.budget_months, moved, FindOptions::default()).await? {
        let id = BudgetId(document.budget_id.bytes());
        let Some(budget) = budgets::whoevers(tx, id).await?.filter(|budget| budget.user_id != actor) else { continue };
        document.entry.hand_on(actor, budget.user_id);
        let one = doc! { "_id": &document.id };
        tx.session.replace(&tables.budget_months, one, &document).await?;
    }
    Ok(())
}

async fn keep(tx: &mut Tx, write: &Write, entry: &MonthEntry) -> Outcome<MonthEntry> {
    lock_budget(tx, entry.budget_id).await?;
    let budget = sharing::as_at_least(budgets::live(tx, write.actor, entry.budget_id).await?, Role::Edit)?;
    let tables = Arc::clone(&tx.tables);
    let document = MonthDoc::from(entry);
    let stored = tx.session.first(&tables.budget_months, doc! { "_id": &document.id }).await?;
    let current = stored.as_ref().map_or(0, |stored| stored.version);
    if current + 1 != entry.version {
        return Err(Error::StaleVersion { current }.into());
    }
    if current == 0 {
        match tx.session.insert(&tables.budget_months, &document).await {
            // Another member's first entry of the month: this transaction begins anew and sees it.
            Err(failure) if failure.code() == Some(code::DUPLICATE_KEY) => {
                return Err(Failure::Statement(code::WRITE_CONFLICT));
            }
            other => other?,
        }
    } else {
        let filter = doc! { "_id": &document.id, "version": current };
        let found = tx.session.replace(&tables.budget_months, filter, &document).await?;
        if found != 1 {
            return Err(Failure::corrupt(format_args!("{found} documents of month {}", document.id)));
        }
    }
    let before = stored.map(MonthEntry::from);
    activity::keep(tx, of_month(write, &budget, before.as_ref(), entry)?).await?;
    Ok(entry.clone())
}

fn within(id: BudgetId, field: &str, days: Period) -> Document {
    let date = |date: Date| date.to_string();
    doc! { "budgetId": oid(id.0), field: { "$gte": date(days.start), "$lte": date(days.end) } }
}

/// A month of the budget is two halves of calendar months, which are summed apart.
async fn by_month(tx: &mut Tx, id: BudgetId, days: Period, start: MonthStartDay) -> Outcome<Vec<MonthSpent>> {
    let tables = Arc::clone(&tx.tables);
    let mut spent = within(id, "day", days);
    spent.insert("kind", doc! { "$in": [Kind::Expense.as_str(), Kind::Refund.as_str()] });
    spent.insert("category", doc! { "$ne": NO_CATEGORY });
    // Days are text such as 2026-11-22.
    let of = doc! {
        "calendar": { "$substrBytes": ["$day", 0, 7] },
        "beforeStart": { "$lt": [{ "$substrBytes": ["$day", 8, 2] }, format!("{:02}", start.get())] },
        "category": "$category",
    };
    let is_expense = doc! { "$eq": ["$kind", Kind::Expense.as_str()] };
    let signed = doc! { "$cond": [is_expense, "$minor", { "$subtract": [0_i64, "$minor"] }] };
    let sums = doc! { "_id": of, "minor": { "$sum": signed } };
    let found: Vec<Sum> =
        tx.session.aggregate(&tables.spending, [doc! { "$match": spent }, doc! { "$group": sums }]).await?;
    let read = |Sum { of, minor }: Sum| MonthSpent {
        month: if of.before_start { of.calendar.previous() } else { of.calendar },
        category: of.category,
        minor,
    };
    Ok(found.into_iter().map(read).collect())
}

async fn by_part(tx: &mut Tx, id: BudgetId, days: Period) -> Outcome<Vec<PartTotal>> {
    let tables = Arc::clone(&tx.tables);
    let mut rows = within(id, "date", days);
    rows.insert("deletedAt", doc! { "$eq": null });
    rows.insert("status", doc! { "$in": [Status::Cleared.as_str(), Status::Reconciled.as_str()] });
    rows.insert("base", doc! { "$ne": null });
    rows.insert("$or", vec![doc! { "subcategory": { "$ne": null } }, doc! { "splits.subcategory": { "$gt": "" } }]);
    let fields = doc! { "_id": 0, "kind": 1, "base.minor": 1, "category": 1, "subcategory": 1, "splits": 1 };
    let found: Vec<PartDoc> =
        tx.session.aggregate(&tables.expenses, [doc! { "$match": rows }, doc! { "$project": fields }]).await?;
    let row = |PartDoc { kind, base, category, subcategory, splits }| PartRow {
        kind,
        base: base.minor,
        category,
        subcategory,
        splits,
    };
    Ok(by_subcategory(found.into_iter().map(row)))
}

impl From<&MonthEntry> for MonthDoc {
    fn from(entry: &MonthEntry) -> Self {
        Self {
            id: format!("{}.{}", entry.budget_id, entry.month),
            budget_id: oid(entry.budget_id.0),
            month: entry.month,
            version: entry.version,
            entry: entry.clone(),
        }
    }
}

impl From<MonthDoc> for MonthEntry {
    fn from(stored: MonthDoc) -> Self {
        stored.entry
    }
}
