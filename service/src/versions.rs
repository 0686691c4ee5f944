//! The history of a budget: who changed what, what two versions differ in, and the way back to one.
use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::{self, replayed},
    ports::versions::MadeVersion,
};
use domain::{
    budget::Budget,
    ids::BudgetId,
    input::{self, Reader, Value},
    period::Month,
    problem::Problem,
    role::Role,
    version::{self, PlanChange, VersionOrigin, differences},
};

/// Versions of one answer, if nothing else is asked for, and the most of them.
const LIMIT: (u32, u32) = (100, 500);

/// A version, and what it changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The version.
    pub made: MadeVersion,
    /// In what it differs from the one before; empty for the first.
    pub changes: Vec<PlanChange>,
}

/// A page of a history, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Versions of this page.
    pub entries: Vec<Entry>,
    /// How many there are in all.
    pub total: u64,
    /// The most that the page could have had.
    pub limit: u32,
    /// It goes on before that version; none: that was all.
    pub next: Option<i64>,
}

/// Two versions, and in what they differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// The one that it begins from.
    pub from: MadeVersion,
    /// The one that it leads to.
    pub to: MadeVersion,
    /// From the one to the other.
    pub changes: Vec<PlanChange>,
}

/// A page of a budget's versions. `query`: limit?, cursor? (the number of the last one seen).
pub async fn list(services: &Services, actor: &Actor, id: BudgetId, query: &Value) -> Result<History> {
    let mut reader = Reader::new(query);
    let limit = reader.optional("limit", |value| input::integer(value, 1, LIMIT.1.into()));
    let before = reader.optional("cursor", |value| input::integer(value, 1, i64::MAX).map_err(|_| Problem::BadCursor));
    reader.finish()?;
    page(services, actor, id, before, limit.and_then(|limit| u32::try_from(limit).ok()).unwrap_or(LIMIT.0)).await
}

/// Versions before that one, at most `limit`.
pub async fn page(
    services: &Services,
    actor: &Actor,
    id: BudgetId,
    before: Option<i64>,
    limit: u32,
) -> Result<History> {
    // One more, to know what the last of them changed.
    let found = services.store.versions(actor.user.id, id, before, limit + 1).await?;
    let shown = found.items.len().min(limit as usize);
    let earlier = found.items.iter().skip(1).map(Some).chain([None]);
    let entries: Vec<Entry> = found
        .items
        .iter()
        .zip(earlier)
        .take(shown)
        .map(|(made, earlier)| Entry { changes: changes(earlier, made), made: made.clone() })
        .collect();
    let more = found.more || found.items.len() > shown;
    let next = entries.last().map(|last| last.made.version.version).filter(|_| more);
    Ok(History { entries, total: found.total, limit, next })
}

/// One version; [`Error::NotFound`] where there is no such one.
pub async fn get(services: &Services, actor: &Actor, id: BudgetId, version: i64) -> Result<Entry> {
    let made = one(services, actor, id, version).await?;
    let earlier = services.store.version(actor.user.id, id, version.saturating_sub(1)).await?;
    Ok(Entry { changes: changes(earlier.as_ref(), &made), made })
}

/// What two versions differ in. `query`: from?, to?; left out: the newest one, and the one before.
pub async fn diff(services: &Services, actor: &Actor, id: BudgetId, query: &Value) -> Result<Diff> {
    let mut reader = Reader::new(query);
    let from = reader.optional("from", |value| input::integer(value, 1, i64::MAX));
    let to = reader.optional("to", |value| input::integer(value, 1, i64::MAX));
    reader.finish()?;
    compare(services, actor, id, from, to).await
}

/// See [`diff`].
pub async fn compare(
    services: &Services,
    actor: &Actor,
    id: BudgetId,
    from: Option<i64>,
    to: Option<i64>,
) -> Result<Diff> {
    let newest = budgets::get(services, actor, id).await?.0.version;
    let to = to.unwrap_or(newest);
    let from = from.unwrap_or_else(|| to.saturating_sub(1).max(1));
    let (from, to) = (one(services, actor, id, from).await?, one(services, actor, id, to).await?);
    Ok(Diff { changes: differences(&from.version.plan, &to.version.plan), from, to })
}

/// Goes back to a version: a new one with its plan, from the running month on. Past months keep the plan they had.
pub async fn restore(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    input: &Value,
) -> Result<Budget> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut budget = budgets::get_as(services, actor, id, Role::Edit).await?;
    let wish = version::read_restore(input)?;
    if wish.version != budget.version {
        return Err(budgets::stale(services, actor, id, wish.version).await);
    }
    let Some(old) = services.store.version(actor.user.id, id, wish.restore).await? else {
        return Err(Error::field("restore", Problem::NotFound));
    };
    let month = Month::of(services.today(actor), budget.month_start_day);
    budget.plan = version::restored(old.version.plan, &budget.plan, month);
    budgets::save(services, actor, key, budget, &VersionOrigin::back_to(wish.restore)).await
}

async fn one(services: &Services, actor: &Actor, id: BudgetId, version: i64) -> Result<MadeVersion> {
    services.store.version(actor.user.id, id, version).await?.ok_or(Error::NotFound)
}

fn changes(earlier: Option<&MadeVersion>, made: &MadeVersion) -> Vec<PlanChange> {
    earlier.map(|earlier| differences(&earlier.version.plan, &made.version.plan)).unwrap_or_default()
}
