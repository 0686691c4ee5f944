//! Kept totals of a budget, and what is in none of them for want of a rate.
use super::{
    failure::{Failure, Outcome},
    transaction::Tx,
    values::{NO_CATEGORY, oid},
};
use domain::{
    Date,
    category::Category,
    currency::Currency,
    expense::{Kind, Status},
    ids::BudgetId,
    period::Period,
    report::Unconverted,
    spending::{DayTotal, KindTotals, SpendingKey, Total},
};
use mongodb::bson::{Bson, Document, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// A total; its id is made of what it is the total of.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SpendingDoc {
    #[serde(rename = "_id")]
    id: String,
    budget_id: ObjectId,
    #[serde(with = "domain::wire::date")]
    day: Date,
    kind: Kind,
    category: String,
    minor: i64,
    count: i64,
}

/// What waits for a rate, of one currency.
#[derive(Serialize, Deserialize)]
struct Waiting {
    #[serde(rename = "_id")]
    currency: Currency,
    count: i64,
    minor: i64,
}

/// The totals of the days from `start` to `end`; the budget must have been found to be the actor's.
pub(super) async fn totals(tx: &mut Tx, id: BudgetId, start: Date, end: Date) -> Outcome<Vec<DayTotal>> {
    let tables = Arc::clone(&tx.tables);
    let days = doc! { "budgetId": oid(id.0), "day": { "$gte": start.to_string(), "$lte": end.to_string() } };
    let found = tx.session.all(&tables.spending, days, <_>::default()).await?;
    let mut totals = found.into_iter().map(DayTotal::try_from).collect::<Outcome<Vec<_>>>()?;
    totals.sort_by_key(|total| (total.day, total.kind, total.category));
    Ok(totals)
}

/// Each total there is.
pub(super) async fn every(tx: &mut Tx, mut give: impl FnMut(SpendingKey, Total) + Send) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session
        .each(&tables.spending, doc! {}, <_>::default(), |stored| {
            let budget_id = BudgetId(stored.budget_id.bytes());
            let DayTotal { day, kind, category, total } = stored.try_into()?;
            give(SpendingKey { budget_id, day, kind, category }, total);
            Ok(())
        })
        .await
}

/// The sums of a kind, under the number of each period.
#[derive(Serialize, Deserialize)]
struct KindSums {
    #[serde(rename = "_id")]
    kind: Kind,
    #[serde(flatten)]
    sums: BTreeMap<String, i64>,
}

/// What the totals of each period sum to: all sums in one walk over the days between the first and the last.
pub(super) async fn of_periods(tx: &mut Tx, id: BudgetId, periods: &[Period]) -> Outcome<Vec<KindTotals>> {
    let starts = periods.iter().map(|period| period.start);
    let (Some(start), Some(end)) = (starts.min(), periods.iter().map(|period| period.end).max()) else {
        return Ok(Vec::new());
    };
    let days = doc! { "budgetId": oid(id.0), "day": { "$gte": start.to_string(), "$lte": end.to_string() } };
    let mut sums: Document = periods.iter().enumerate().map(|(number, period)| (name(number), sum(*period))).collect();
    sums.insert("_id", "$kind");
    let tables = Arc::clone(&tx.tables);
    let found: Vec<KindSums> =
        tx.session.aggregate(&tables.spending, [doc! { "$match": days }, doc! { "$group": sums }]).await?;
    let of = |kind: Kind, number: usize| {
        let of_kind = found.iter().find(|sums| sums.kind == kind);
        of_kind.and_then(|sums| sums.sums.get(&name(number)).copied()).unwrap_or(0)
    };
    let totals = |number| KindTotals {
        expense: of(Kind::Expense, number),
        refund: of(Kind::Refund, number),
        income: of(Kind::Income, number),
    };
    Ok((0..periods.len()).map(totals).collect())
}

/// What the sum of a period is called.
fn name(number: usize) -> String {
    format!("period{number}")
}

/// Adds up what is of a period.
fn sum(period: Period) -> Bson {
    let after = doc! { "$gte": ["$day", period.start.to_string()] };
    let before = doc! { "$lte": ["$day", period.end.to_string()] };
    doc! { "$sum": { "$cond": [{ "$and": [after, before] }, "$minor", 0_i64] } }.into()
}

impl TryFrom<SpendingDoc> for DayTotal {
    type Error = Failure;
    fn try_from(stored: SpendingDoc) -> Outcome<Self> {
        let category = match stored.category.as_str() {
            NO_CATEGORY => None,
            name => Some(name.parse::<Category>().map_err(Failure::corrupt)?),
        };
        let total = Total { minor: stored.minor, count: stored.count };
        Ok(Self { day: stored.day, kind: stored.kind, category, total })
    }
}

/// Rows of those days without a base amount: how many, and expenses less refunds, by currency.
pub(super) async fn unconverted(tx: &mut Tx, id: BudgetId, start: Date, end: Date) -> Outcome<Vec<Unconverted>> {
    let tables = Arc::clone(&tx.tables);
    let waiting = doc! {
        "budgetId": oid(id.0),
        "base": null,
        "deletedAt": null,
        "date": { "$gte": start.to_string(), "$lte": end.to_string() },
        "status": { "$in": [Status::Cleared.as_str(), Status::Reconciled.as_str()] },
    };
    let is = |kind: Kind| doc! { "$eq": ["$kind", kind.as_str()] };
    let signed = doc! { "$switch": {
        "branches": [
            { "case": is(Kind::Expense), "then": "$minor" },
            { "case": is(Kind::Refund), "then": { "$subtract": [0_i64, "$minor"] } },
        ],
        "default": 0_i64,
    } };
    let by_currency = doc! { "_id": "$currency", "count": { "$sum": 1 }, "minor": { "$sum": signed } };
    let pipeline = [doc! { "$match": waiting }, doc! { "$group": by_currency }, doc! { "$sort": { "_id": 1 } }];
    let found: Vec<Waiting> = tx.session.aggregate(&tables.expenses, pipeline).await?;
    let read = |Waiting { currency, count, minor }| {
        Ok(Unconverted { currency, count: u64::try_from(count).map_err(Failure::corrupt)?, minor })
    };
    found.into_iter().map(read).collect()
}
