//! The history of budgets: each version's plan, and which one counted in a month.
use super::{
    MongoStore, budgets,
    failure::{Failure, Outcome},
    members,
    transaction::Tx,
    users,
    values::{instant, oid, to_instant},
};
use crate::transfer::BudgetVersion;
use domain::{
    budget::{Budget, Plan, counting},
    ids::{BudgetId, UserId},
    period::Month,
    version::{Source, VersionOrigin},
};
use mongodb::{
    bson::{doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Result,
    ports::{
        store::{Page, Write},
        versions::{MadeVersion, VersionStore},
    },
};
use std::{collections::HashMap, sync::Arc};

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
    source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    effective_from: Month,
    plan: Plan,
}

/// One more version.
pub(super) async fn keep(tx: &mut Tx, write: &Write, budget: &Budget, origin: &VersionOrigin) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let version = BudgetVersion {
        budget_id: budget.id,
        version: budget.version,
        made_by: write.actor,
        made_at: write.now,
        source: origin.source,
        note: origin.note.clone(),
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

/// The plans of those that count in some month, in the order of versions.
pub(super) async fn counting_plans(tx: &mut Tx, id: BudgetId) -> Outcome<Vec<Plan>> {
    let tables = Arc::clone(&tx.tables);
    let newest = FindOptions::builder().sort(doc! { "version": -1 }).build();
    let found = tx.session.all(&tables.budget_versions, doc! { "budgetId": oid(id.0) }, newest).await?;
    let months: Vec<Month> = found.iter().map(|version| version.effective_from).collect();
    let counted = found.into_iter().zip(counting(&months)).rev();
    Ok(counted.filter(|(_, counts)| *counts).map(|(version, _)| version.plan).collect())
}

/// The budget goes for good.
pub(super) async fn forget(tx: &mut Tx, id: BudgetId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session.delete(&tables.budget_months, doc! { "budgetId": oid(id.0) }).await?;
    tx.session.delete(&tables.budget_versions, doc! { "budgetId": oid(id.0) }).await.map(drop)
}

/// What somebody who goes has planned in the budgets of others stays with these, as their owners'.
pub(super) async fn hand_on(tx: &mut Tx, actor: UserId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let made = doc! { "madeBy": oid(actor.0) };
    for (budget, owner) in members::of_others(tx, tables.budget_versions.name(), made, actor).await? {
        let its_versions = doc! { "budgetId": oid(budget.0), "madeBy": oid(actor.0) };
        let handed = doc! { "$set": { "madeBy": oid(owner.0) } };
        tx.session.update_all(&tables.budget_versions, its_versions, handed).await?;
    }
    Ok(())
}

#[async_trait::async_trait]
impl VersionStore for MongoStore {
    async fn versions(
        &self,
        actor: UserId,
        id: BudgetId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Page<MadeVersion>> {
        self.plain((actor, id, before, limit), |tx, (actor, id, before, limit)| {
            Box::pin(async move {
                budgets::require_live(tx, *actor, *id).await?;
                page(tx, *actor, *id, *before, *limit).await
            })
        })
        .await
    }

    async fn version(&self, actor: UserId, id: BudgetId, version: i64) -> Result<Option<MadeVersion>> {
        self.plain((actor, id, version), |tx, (actor, id, version)| {
            Box::pin(async move {
                if budgets::live(tx, *actor, *id).await?.is_none() {
                    return Ok(None);
                }
                let tables = Arc::clone(&tx.tables);
                let one = doc! { "budgetId": oid(id.0), "version": *version };
                let found = tx.session.first(&tables.budget_versions, one).await?;
                Ok(made(tx, *actor, found.into_iter().collect()).await?.pop())
            })
        })
        .await
    }
}

async fn page(tx: &mut Tx, actor: UserId, id: BudgetId, before: Option<i64>, limit: u32) -> Outcome<Page<MadeVersion>> {
    let tables = Arc::clone(&tx.tables);
    let of_budget = doc! { "budgetId": oid(id.0) };
    let filter = doc! { "budgetId": oid(id.0), "version": { "$lt": before.unwrap_or(i64::MAX) } };
    let newest = FindOptions::builder().sort(doc! { "version": -1 }).limit(i64::from(limit) + 1).build();
    let mut found = tx.session.all(&tables.budget_versions, filter, newest).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let total = tx.session.count(&tables.budget_versions, of_budget).await?;
    Ok(Page { items: made(tx, actor, found).await?, total, more })
}

/// With the names of their makers, as far as these let the actor see them.
async fn made(tx: &mut Tx, actor: UserId, found: Vec<VersionDoc>) -> Outcome<Vec<MadeVersion>> {
    let makers: Vec<UserId> = found.iter().map(|version| UserId(version.made_by.bytes())).collect();
    let makers = users::some(tx, &makers).await?.into_iter();
    let shown = makers.filter(|maker| maker.id == actor || maker.preferences.privacy.share_data);
    let names: HashMap<UserId, String> = shown.map(|maker| (maker.id, maker.name)).collect();
    let named = found.into_iter().map(|version| {
        let version = BudgetVersion::try_from(version)?;
        Ok(MadeVersion { maker: names.get(&version.made_by).cloned(), version })
    });
    named.collect()
}

impl From<&BudgetVersion> for VersionDoc {
    fn from(version: &BudgetVersion) -> Self {
        Self {
            id: format!("{}.{}", version.budget_id, version.version),
            budget_id: oid(version.budget_id.0),
            version: version.version,
            made_by: oid(version.made_by.0),
            made_at: instant(version.made_at),
            source: version.source,
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
