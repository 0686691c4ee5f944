//! The timeline as documents: written beside what it tells of, read by budget and by person.
use super::{
    MongoStore, budgets,
    failure::{Failure, Outcome},
    transaction::Tx,
    values::{instant, oid, optional_instant},
};
use crate::limits::TOLD;
use domain::{
    ids::{ActivityId, BudgetId, UserId},
    role::Role,
};
use jiff::Timestamp;
use mongodb::{
    bson::{Bson, Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    activity::{
        blobs_of,
        places::{narrowed, places},
    },
    error::Conflict,
    ports::{
        activity::{Activity, ActivityQuery, ActivityStore, Feed},
        store::Page,
    },
};
use std::{collections::BTreeSet, sync::Arc};

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActivityDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    user_id: ObjectId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    budget_id: Option<ObjectId>,
    /// The budget that it went out of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    also_in: Option<ObjectId>,
    /// What it was done to.
    subject: ObjectId,
    /// The same, of what another activity may take back without being told so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    may_end: Option<ObjectId>,
    kind: String,
    at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    undone_by: Option<ObjectId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    undone_at: Option<i64>,
    /// The bytes that it took away or brought, by their SHA-256, while it can be taken back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<String>,
    /// All of it as JSON: what values it changed has as many shapes as there are fields.
    details: String,
}

#[async_trait::async_trait]
impl ActivityStore for MongoStore {
    async fn activity(&self, actor: UserId, id: ActivityId) -> Result<Option<Activity>> {
        self.plain((actor, id), |tx, (actor, id)| Box::pin(load(tx, *actor, *id))).await
    }

    async fn activities(&self, actor: UserId, query: &ActivityQuery) -> Result<Page<Activity>> {
        self.snapshot((actor, query), |tx, (actor, query)| Box::pin(page(tx, *actor, query))).await
    }
}

async fn load(tx: &mut Tx, actor: UserId, id: ActivityId) -> Outcome<Option<Activity>> {
    let tables = Arc::clone(&tx.tables);
    let Some(found) = tx.session.first(&tables.activity, doc! { "_id": oid(id.0) }).await? else { return Ok(None) };
    let found = Activity::try_from(found)?;
    if seen(tx, actor, &found).await? { narrow(tx, actor, found).await.map(Some) } else { Ok(None) }
}

/// What was done in a budget is seen by who has part in it, and by who did it also while it is in the trash; all else
/// only by who did it.
async fn seen(tx: &mut Tx, actor: UserId, told: &Activity) -> Outcome<bool> {
    let own = told.user_id == actor;
    if told.budget_id.is_none() {
        return Ok(own);
    }
    for budget in told.budget_id.into_iter().chain(told.also_in) {
        let found =
            if own { budgets::load(tx, actor, budget).await? } else { budgets::live(tx, actor, budget).await? };
        if found.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Of something that went from one place to another, what the actor may know of it.
async fn narrow(tx: &mut Tx, actor: UserId, told: Activity) -> Outcome<Activity> {
    let mut seen = BTreeSet::new();
    for place in places(&told) {
        let sees = match place {
            Some(budget) => budgets::load(tx, actor, budget).await?.is_some(),
            None => told.user_id == actor,
        };
        if sees {
            seen.insert(place);
        }
    }
    Ok(narrowed(told, &seen))
}

/// Keeps what a write tells; none: it changed nothing. What it takes back is marked, in the same transaction.
pub(super) async fn keep(tx: &mut Tx, told: Option<Activity>) -> Outcome<()> {
    let Some(mut activity) = told else { return Ok(()) };
    let tables = Arc::clone(&tx.tables);
    // What comes back from the trash is no longer thrown away, whichever way it came; so it is with bank files.
    if activity.undoes.is_none()
        && let (Some(kind), [change]) = (activity.kind.ends(), activity.changes.as_slice())
    {
        let open = doc! { "mayEnd": oid(change.subject.id()), "kind": kind.as_str(), "undoneBy": null };
        let ended = tx.session.first_by(&tables.activity, open, doc! { "at": -1, "_id": -1 }).await?;
        if let Some(ended) = ended.map(Activity::try_from).transpose()? {
            (activity.undoes, activity.backward) = (Some(ended.id), !ended.backward);
        }
    }
    tx.session.insert(&tables.activity, &ActivityDoc::try_from(&activity)?).await?;
    let Some(undone) = activity.undoes else { return Ok(()) };
    let open = doc! { "_id": oid(undone.0), "undoneBy": null };
    let mark = doc! { "$set": { "undoneBy": oid(activity.id.0), "undoneAt": instant(activity.at) } };
    match tx.session.update(&tables.activity, open, mark).await? {
        1 => Ok(()),
        _ => Err(Error::Conflict(Conflict::AlreadyUndone).into()),
    }
}

async fn page(tx: &mut Tx, actor: UserId, query: &ActivityQuery) -> Outcome<Page<Activity>> {
    let mut filter = match query.feed {
        // Not what was done in budgets that they have no part in any more.
        Feed::Own => {
            let places = budgets::places(tx, actor, Role::View).await?;
            let mut or_private = vec![Bson::Null];
            or_private.extend(places.iter().copied().map(Bson::from));
            let somewhere = [doc! { "budgetId": { "$in": or_private } }, doc! { "alsoIn": { "$in": places } }];
            doc! { "userId": oid(actor.0), "$or": somewhere.to_vec() }
        }
        Feed::Budget(budget) if budgets::live(tx, actor, budget).await?.is_some() => {
            doc! { "$or": [{ "budgetId": oid(budget.0) }, { "alsoIn": oid(budget.0) }] }
        }
        Feed::Budget(_) => return Err(Error::NotFound.into()),
    };
    if let Some(kind) = query.kind {
        filter.insert("kind", kind.as_str());
    }
    if let Some(subject) = query.subject {
        filter.insert("subject", oid(subject));
    }
    if let Some(by) = query.by {
        filter = doc! { "$and": [filter, { "userId": oid(by.0) }] };
    }
    let tables = Arc::clone(&tx.tables);
    let total = tx.session.count(&tables.activity, filter.clone()).await?;
    if let Some(cursor) = query.cursor {
        let at = instant(cursor.at);
        let older = doc! { "$or": [{ "at": { "$lt": at } }, { "at": at, "_id": { "$lt": oid(cursor.id.0) } }] };
        filter = doc! { "$and": [filter, older] };
    }
    let newest = FindOptions::builder().sort(doc! { "at": -1, "_id": -1 }).limit(i64::from(query.limit) + 1).build();
    let found = tx.session.all(&tables.activity, filter, newest).await?;
    let more = found.len() > query.limit as usize;
    let mut items = Vec::with_capacity(found.len());
    for told in found.into_iter().take(query.limit as usize) {
        items.push(narrow(tx, actor, told.try_into()?).await?);
    }
    Ok(Page { items, total, more })
}

/// What was done in budgets that go for good.
pub(super) async fn forget_budgets(tx: &mut Tx, ids: &[Bson]) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session.delete(&tables.activity, doc! { "budgetId": { "$in": ids } }).await?;
    let elsewhere = doc! { "$unset": { "alsoIn": "" } };
    tx.session.update_all(&tables.activity, doc! { "alsoIn": { "$in": ids } }, elsewhere).await.map(drop)
}

/// Forgets what was done two years ago. How many.
pub(super) async fn forget_old(tx: &mut Tx, now: Timestamp) -> Outcome<u64> {
    let tables = Arc::clone(&tx.tables);
    let before = now.checked_sub(TOLD).unwrap_or(Timestamp::MIN);
    tx.session.delete(&tables.activity, old(before)).await
}

fn old(before: Timestamp) -> Document {
    doc! { "at": { "$lte": instant(before) } }
}

impl TryFrom<&Activity> for ActivityDoc {
    type Error = Failure;
    fn try_from(activity: &Activity) -> Outcome<Self> {
        let subject = oid(activity.about());
        Ok(Self {
            id: oid(activity.id.0),
            user_id: oid(activity.user_id.0),
            budget_id: activity.budget_id.map(|id| oid(id.0)),
            also_in: activity.also_in.map(|id| oid(id.0)),
            subject,
            may_end: activity.kind.may_end().then_some(subject),
            kind: activity.kind.as_str().to_owned(),
            at: instant(activity.at),
            undone_by: activity.undone_by.map(|id| oid(id.0)),
            undone_at: activity.undone_at.map(instant),
            files: blobs_of(activity).iter().map(ToString::to_string).collect(),
            details: serde_json::to_string(activity).map_err(Failure::corrupt)?,
        })
    }
}

impl TryFrom<ActivityDoc> for Activity {
    type Error = Failure;
    fn try_from(stored: ActivityDoc) -> Outcome<Self> {
        let activity: Self = serde_json::from_str(&stored.details).map_err(Failure::corrupt)?;
        Ok(Self {
            undone_by: stored.undone_by.map(|id| ActivityId(id.bytes())),
            undone_at: optional_instant(stored.undone_at)?,
            also_in: stored.also_in.map(|id| BudgetId(id.bytes())),
            ..activity
        })
    }
}
