//! The history of budgets: each version's plan, and which one counted in a month.
use super::{
    failure::Outcome,
    transaction::Tx,
    values::{instant, oid},
};
use domain::{
    budget::{Budget, Plan},
    ids::BudgetId,
    period::Month,
};
use mongodb::bson::{doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use service::ports::store::Write;
use std::sync::Arc;

/// Immutable: one for each version of a budget.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct VersionDoc {
    #[serde(rename = "_id")]
    id: String,
    budget_id: ObjectId,
    version: i64,
    made_by: ObjectId,
    made_at: i64,
    source: String,
    effective_from: Month,
    plan: Plan,
}

/// One more version.
pub(super) async fn keep(tx: &mut Tx, write: &Write, budget: &Budget) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let version = VersionDoc {
        id: format!("{}.{}", budget.id, budget.version),
        budget_id: oid(budget.id.0),
        version: budget.version,
        made_by: oid(write.actor.0),
        made_at: instant(write.now),
        source: "user".to_owned(),
        effective_from: budget.plan.effective_from,
        plan: budget.plan.clone(),
    };
    tx.session.insert(&tables.budget_versions, &version).await
}

/// The newest version from that month or before, else the oldest; the budget must have been found to be the actor's.
pub(super) async fn of_month(tx: &mut Tx, id: BudgetId, month: Month) -> Outcome<Option<Plan>> {
    let tables = Arc::clone(&tx.tables);
    let by_then = doc! { "budgetId": oid(id.0), "effectiveFrom": { "$lte": month.to_string() } };
    let mut found = tx.session.first_by(&tables.budget_versions, by_then, doc! { "version": -1 }).await?;
    if found.is_none() {
        let all = doc! { "budgetId": oid(id.0) };
        found = tx.session.first_by(&tables.budget_versions, all, doc! { "version": 1 }).await?;
    }
    Ok(found.map(|version| version.plan))
}

/// The budget goes for good.
pub(super) async fn forget(tx: &mut Tx, id: BudgetId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session.delete(&tables.budget_versions, doc! { "budgetId": oid(id.0) }).await.map(drop)
}
