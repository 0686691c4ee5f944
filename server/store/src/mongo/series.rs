//! Series of recurring expenses as documents: written with the expenses that they make.
use super::{
    MongoStore, activity, budgets, expenses,
    failure::{Failure, Outcome},
    transaction::{Tx, lock_budget},
    values::oid,
};
use crate::sharing;
use domain::{
    Date,
    currency::Currency,
    expense::{Expense, Kind, Status},
    ids::{BudgetId, ExpenseId, SeriesId, UserId},
    money::Money,
    recurrence::{Likeness, Row, Series},
    role::Role,
};
use mongodb::{
    bson::{Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    activity::series::of_series,
    ports::{
        series::{Due, SeriesStore},
        store::Write,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SeriesDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    user_id: ObjectId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    budget_id: Option<ObjectId>,
    #[serde(with = "domain::wire::date::optional", default, skip_serializing_if = "Option::is_none")]
    next_date: Option<Date>,
    version: i64,
    /// All of it as JSON; what the budget and the day above say counts.
    details: String,
}

/// Of an expense what tells whether it repeats.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct HistoryDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    merchant_key: String,
    kind: Kind,
    minor: i64,
    currency: Currency,
    #[serde(with = "domain::wire::date")]
    date: Date,
}

#[async_trait::async_trait]
impl SeriesStore for MongoStore {
    async fn create_series(&self, write: &Write, series: &Series) -> Result<Series> {
        self.write(write, series, |tx, write, series| Box::pin(create(tx, write, series))).await
    }

    async fn series(&self, actor: UserId, id: SeriesId) -> Result<Option<Series>> {
        self.plain((actor, id), |tx, (actor, id)| Box::pin(load(tx, *actor, *id))).await
    }

    async fn all_series(&self, actor: UserId) -> Result<Vec<Series>> {
        self.plain(actor, |tx, actor| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let places = budgets::places(tx, *actor, Role::View).await?;
                let seen = doc! { "$or": [{ "userId": oid(actor.0) }, { "budgetId": { "$in": places } }] };
                let by_id = FindOptions::builder().sort(doc! { "_id": 1 }).build();
                let found = tx.session.all(&tables.recurring, seen, by_id).await?;
                found.into_iter().map(Series::try_from).collect()
            })
        })
        .await
    }

    async fn update_series(&self, write: &Write, series: &Series) -> Result<Series> {
        self.write(write, series, |tx, write, series| Box::pin(update(tx, write, series))).await
    }

    async fn keep_with_series(&self, write: &Write, expense: &Expense, series: &Series) -> Result<Expense> {
        self.write(write, (expense, series), |tx, write, (expense, series)| {
            Box::pin(async move {
                match series.version {
                    1 => drop(create(tx, write, series).await?),
                    _ => drop(update(tx, write, series).await?),
                }
                match expense.version {
                    1 => expenses::create(tx, write, expense).await,
                    _ => expenses::update(tx, write, expense).await,
                }
            })
        })
        .await
    }

    async fn due_series(&self, until: Date, limit: u32) -> Result<Vec<Due>> {
        self.plain((until, limit), |tx, (until, limit)| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let due = doc! { "nextDate": { "$lte": until.to_string() } };
                let first = doc! { "nextDate": 1, "_id": 1 };
                let first = FindOptions::builder().sort(first).limit(i64::from(*limit)).build();
                let found = tx.session.all(&tables.recurring, due, first).await?;
                let due = |stored: SeriesDoc| {
                    let (id, user_id) = (SeriesId(stored.id.bytes()), UserId(stored.user_id.bytes()));
                    stored.next_date.map(|next_date| Due { id, user_id, next_date })
                };
                Ok(found.into_iter().filter_map(due).collect())
            })
        })
        .await
    }

    async fn recurrence_history(&self, actor: UserId, since: Date, limit: u32) -> Result<Vec<Row>> {
        self.plain((actor, since, limit), |tx, (actor, since, limit)| Box::pin(history(tx, *actor, *since, *limit)))
            .await
    }
}

/// What the bank's rows of those series look like, whoever sees them: for rows that the actor may change.
pub(super) async fn likenesses(tx: &mut Tx, ids: BTreeSet<ObjectId>) -> Outcome<BTreeMap<ObjectId, Likeness>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let tables = Arc::clone(&tx.tables);
    let ids: Vec<ObjectId> = ids.into_iter().collect();
    let found = tx.session.all(&tables.recurring, doc! { "_id": { "$in": ids } }, <_>::default()).await?;
    let mut likenesses = BTreeMap::new();
    for stored in found {
        let id = stored.id;
        likenesses.extend(Likeness::of(&Series::try_from(stored)?).map(|likeness| (id, likeness)));
    }
    Ok(likenesses)
}

async fn create(tx: &mut Tx, write: &Write, series: &Series) -> Outcome<Series> {
    let tables = Arc::clone(&tx.tables);
    let taken = tx.session.exists(&tables.recurring, doc! { "_id": oid(series.id.0) }).await?;
    if taken || series.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    if let Some(budget) = series.budget_id {
        lock_budget(tx, budget).await?;
    }
    let sample = series.sample();
    budgets::check_place(tx, write.actor, &sample, true).await?;
    expenses::check_account(tx, write.actor, sample.account_id).await?;
    tx.session.insert(&tables.recurring, &SeriesDoc::try_from(series)?).await?;
    activity::keep(tx, of_series(write, None, series)?).await?;
    Ok(series.clone())
}

async fn update(tx: &mut Tx, write: &Write, series: &Series) -> Outcome<Series> {
    let tables = Arc::clone(&tx.tables);
    let before = load(tx, write.actor, series.id).await?.filter(|before| before.user_id == series.user_id);
    let before = before.ok_or(Error::NotFound)?;
    let moved = series.budget_id != before.budget_id;
    for budget in [before.budget_id, series.budget_id.filter(|_| moved)].into_iter().flatten() {
        lock_budget(tx, budget).await?;
    }
    let place = match before.budget_id {
        Some(budget) => budgets::load(tx, write.actor, budget).await?,
        None => None,
    };
    sharing::may_change_series(write.actor, &before, series, place)?;
    if before.version + 1 != series.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    let sample = series.sample();
    if moved {
        sharing::may_move_series(write.actor, series)?;
        budgets::check_place(tx, write.actor, &sample, true).await?;
    }
    if series.template.account_id.is_some() && series.template.account_id != before.template.account_id {
        sharing::may_book(write.actor, &sample)?;
        expenses::check_account(tx, write.actor, sample.account_id).await?;
    }
    let of_version = doc! { "_id": oid(series.id.0), "version": before.version };
    match tx.session.replace(&tables.recurring, of_version, &SeriesDoc::try_from(series)?).await? {
        1 => {}
        found => return Err(Failure::corrupt(format_args!("{found} documents of series {}", series.id))),
    }
    activity::keep(tx, of_series(write, Some(&before), series)?).await?;
    Ok(series.clone())
}

/// One that the actor may see: their own, or one of a budget that they have part in.
async fn load(tx: &mut Tx, actor: UserId, id: SeriesId) -> Outcome<Option<Series>> {
    let tables = Arc::clone(&tx.tables);
    let found = tx.session.first(&tables.recurring, doc! { "_id": oid(id.0) }).await?;
    let Some(series) = found.map(Series::try_from).transpose()? else { return Ok(None) };
    let seen = match series.budget_id {
        _ if series.user_id == actor => true,
        None => false,
        Some(budget) => budgets::load(tx, actor, budget).await?.is_some(),
    };
    Ok(seen.then_some(series))
}

/// What belonged to a budget that goes is its owner's alone from then on.
pub(super) async fn leave(tx: &mut Tx, budget: BudgetId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let private = doc! { "$unset": { "budgetId": "" } };
    tx.session.update_all(&tables.recurring, doc! { "budgetId": oid(budget.0) }, private).await.map(drop)
}

/// The parts that are somebody's are nobody's any more.
pub(super) async fn forget_member(tx: &mut Tx, user: UserId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let theirs = format!(",\"memberId\":\"{user}\"");
    let found = tx.session.all(&tables.recurring, doc! { "details": { "$regex": &theirs } }, <_>::default()).await?;
    let statement = |row: &SeriesDoc| {
        let details = row.details.replace(&theirs, "");
        doc! { "q": { "_id": row.id }, "u": { "$set": { "details": details } } }
    };
    let statements: Vec<Document> = found.iter().map(statement).collect();
    tx.session.update_each(&tables.database, tables.recurring.name(), &statements).await
}

async fn history(tx: &mut Tx, actor: UserId, since: Date, limit: u32) -> Outcome<Vec<Row>> {
    let places = budgets::places(tx, actor, Role::View).await?;
    let rows = tx.tables.expenses.clone_with_type::<HistoryDoc>();
    let filter = doc! {
        "place": { "$in": places },
        "deletedAt": null,
        "date": { "$gte": since.to_string() },
        "userId": oid(actor.0),
        "status": { "$in": [Status::Cleared.as_str(), Status::Reconciled.as_str()] },
        "merchantKey": { "$gt": "" },
        "seriesId": null,
    };
    let only: Document = ["merchantKey", "kind", "minor", "currency", "date"]
        .into_iter()
        .map(|field| (field.to_owned(), 1.into()))
        .collect();
    let newest = doc! { "date": -1, "_id": -1 };
    let newest = FindOptions::builder().projection(only).sort(newest).limit(i64::from(limit)).build();
    let row = |stored: HistoryDoc| Row {
        id: ExpenseId(stored.id.bytes()),
        merchant_key: stored.merchant_key,
        kind: stored.kind,
        amount: Money::new(stored.minor, stored.currency),
        date: stored.date,
    };
    Ok(tx.session.all(&rows, filter, newest).await?.into_iter().map(row).collect())
}

impl TryFrom<&Series> for SeriesDoc {
    type Error = Failure;
    fn try_from(series: &Series) -> Outcome<Self> {
        Ok(Self {
            id: oid(series.id.0),
            user_id: oid(series.user_id.0),
            budget_id: series.budget_id.map(|id| oid(id.0)),
            next_date: series.next_date,
            version: series.version,
            details: serde_json::to_string(series).map_err(Failure::corrupt)?,
        })
    }
}

impl TryFrom<SeriesDoc> for Series {
    type Error = Failure;
    fn try_from(stored: SeriesDoc) -> Outcome<Self> {
        let series: Self = serde_json::from_str(&stored.details).map_err(Failure::corrupt)?;
        // Its budget may have gone since.
        let budget_id = stored.budget_id.map(|id| BudgetId(id.bytes()));
        Ok(Self { budget_id, next_date: stored.next_date, ..series })
    }
}
