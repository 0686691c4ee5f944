//! The history of budgets: each version's plan, and which one counted in a month.
use super::{
    failure::{Failure, Outcome},
    transaction::Tx,
    values::{instant, oid, to_instant},
};
use crate::transfer::BudgetVersion;
use domain::{
    budget::{Budget, Plan},
    ids::{BudgetId, UserId},
    period::Month,
};
use mongodb::{
    bson::{doc, oid::ObjectId},
    options::FindOptions,
};
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    effective_from: Month,
    plan: Plan,
}

/// One more version.
pub(super) async fn keep(tx: &mut Tx, write: &Write, budget: &Budget) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let version = BudgetVersion {
        budget_id: budget.id,
        version: budget.version,
        made_by: write.actor,
        made_at: write.now,
        source: "user".to_owned(),
        note: None,
        effective_from: budget.plan.effective_from,
        plan: budget.plan.clone(),
    };
    tx.session.insert(&tables.budget_versions, &VersionDoc::from(&version)).await
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

/// Those of a budget, the oldest first.
pub(super) async fn of_budget(tx: &mut Tx, id: BudgetId) -> Outcome<Vec<BudgetVersion>> {
    let tables = Arc::clone(&tx.tables);
    let oldest = FindOptions::builder().sort(doc! { "version": 1 }).build();
    let found = tx.session.all(&tables.budget_versions, doc! { "budgetId": oid(id.0) }, oldest).await?;
    found.into_iter().map(BudgetVersion::try_from).collect()
}

/// The budget goes for good.
pub(super) async fn forget(tx: &mut Tx, id: BudgetId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session.delete(&tables.budget_versions, doc! { "budgetId": oid(id.0) }).await.map(drop)
}

impl From<&BudgetVersion> for VersionDoc {
    fn from(version: &BudgetVersion) -> Self {
        Self {
            id: format!("{}.{}", version.budget_id, version.version),
            budget_id: oid(version.budget_id.0),
            version: version.version,
            made_by: oid(version.made_by.0),
            made_at: instant(version.made_at),
            source: version.source.clone(),
            note: version.note.clone(),
            effective_from: version.effective_from,
            plan: version.plan.clone(),
        }
    }
}

impl TryFrom<VersionDoc> for BudgetVersion {
    type Error = Failure;
    fn try_from(stored: VersionDoc) -> Outcome<Self> {
        Ok(Self {
            budget_id: BudgetId(stored.budget_id.bytes()),
            version: stored.version,
            made_by: UserId(stored.made_by.bytes()),
            made_at: to_instant(stored.made_at)?,
            source: stored.source,
            note: stored.note,
            effective_from: stored.effective_from,
            plan: stored.plan,
        })
    }
}
