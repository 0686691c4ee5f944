//! Budgets: made, changed, read, and seen month by month.
use crate::{
    Actor, Error, Idempotency, Result, Services,
    error::StaleBudget,
    months::{self, Figures},
    ports::{activity::Trace, store::Write},
    recurring,
};
use domain::{
    budget::{self, Budget, BudgetType, Plan},
    ids::{ActivityId, BudgetId},
    input::{self, Reader, Value},
    period::Month,
    report::BudgetMonth,
    role::Role,
    version::{Source, VersionOrigin},
};

/// All that the actor may see. `query`: active? (true, false), type?
pub async fn list(services: &Services, actor: &Actor, query: &Value) -> Result<Vec<(Budget, Role)>> {
    let mut reader = Reader::new(query);
    let active = reader.optional("active", input::boolean);
    let kind = reader.optional("type", |value| input::word::<BudgetType>(value, &BudgetType::WORDS));
    reader.finish()?;
    let mut budgets = services.store.budgets(actor.user.id).await?;
    budgets.retain(|(budget, _)| active.is_none_or(|active| budget.is_active == active));
    budgets.retain(|(budget, _)| kind.is_none_or(|kind| budget.kind == kind));
    Ok(budgets)
}

/// A new budget; the first one becomes the default. Without allocations it gets the standard ones.
pub async fn create(services: &Services, actor: &Actor, key: Option<Idempotency>, input: &Value) -> Result<Budget> {
    let new = budget::read_new(input)?;
    let now = services.now();
    let month_start_day = new.month_start_day.unwrap_or(actor.user.preferences.month_start_day);
    let budget = Budget {
        id: BudgetId(services.random.id(now)),
        user_id: actor.user.id,
        kind: new.kind,
        plan: Plan {
            name: new.name,
            monthly_income: new.monthly_income,
            currency: new.currency,
            allocations: new.allocations,
            rollover: new.rollover,
            subcategories: new.subcategories,
            effective_from: Month::of(services.today(actor), month_start_day),
        },
        ai_generated: false,
        month_start_day,
        collaborators: Vec::new(),
        version: 1,
        is_active: true,
        created_at: now,
        updated_at: now,
        deleted_at: None,
    };
    let budget = services.store.create_budget(&write(services, actor, key), &budget).await?;
    services.budget_changed(actor, &budget).await;
    Ok(budget)
}

/// One budget, and what the actor may do with it.
pub async fn get(services: &Services, actor: &Actor, id: BudgetId) -> Result<(Budget, Role)> {
    services.store.budget(actor.user.id, id).await?.ok_or(Error::NotFound)
}

/// One budget that the actor must have that much to say about.
pub(crate) async fn get_as(services: &Services, actor: &Actor, id: BudgetId, needed: Role) -> Result<Budget> {
    let (budget, role) = get(services, actor, id).await?;
    require(role, needed)?;
    Ok(budget)
}

/// Changes a budget from the running month on: past months keep the plan that they had.
pub async fn update(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    input: &Value,
) -> Result<Budget> {
    update_by(services, actor, key, id, input, Source::User).await
}

/// The same, saying what made the change.
pub(crate) async fn update_by(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    input: &Value,
    source: Source,
) -> Result<Budget> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut budget = get_as(services, actor, id, Role::Edit).await?;
    let change = budget::read_change(input, &budget)?;
    let base = change.version;
    if base != budget.version {
        return Err(stale(services, actor, id, base).await);
    }
    let origin = VersionOrigin { source, note: change.note.clone() };
    change.apply(&mut budget)?;
    budget.plan.effective_from = Month::of(services.today(actor), budget.month_start_day);
    save(services, actor, key, budget, &origin).await
}

/// Writes the next version of a budget. Where somebody was faster, both versions are in the error.
pub(crate) async fn save(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    mut budget: Budget,
    origin: &VersionOrigin,
) -> Result<Budget> {
    let base = budget.version;
    budget.version += 1;
    budget.updated_at = services.now();
    match services.store.update_budget(&write(services, actor, key), &budget, origin).await {
        Ok(budget) => {
            services.budget_changed(actor, &budget).await;
            Ok(budget)
        }
        Err(Error::StaleVersion { .. }) => Err(stale(services, actor, budget.id, base).await),
        Err(other) => Err(other),
    }
}

/// Why an edit that was made from version `base` is refused.
pub(crate) async fn stale(services: &Services, actor: &Actor, id: BudgetId, base: i64) -> Error {
    let both = async {
        let newest = services.store.versions(actor.user.id, id, None, 1).await?;
        let current = newest.items.into_iter().next().ok_or(Error::NotFound)?;
        let base = services.store.version(actor.user.id, id, base).await?;
        Ok(StaleBudget { base, current })
    };
    both.await.map_or_else(|error| error, |both| Error::StaleBudget(Box::new(both)))
}

/// Into the trash; the owner's alone to do.
pub async fn delete(services: &Services, actor: &Actor, key: Option<Idempotency>, id: BudgetId) -> Result<Budget> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    get_as(services, actor, id, Role::Owner).await?;
    set_deleted(services, actor, key, id, true).await
}

/// Back from the trash.
pub async fn restore(services: &Services, actor: &Actor, key: Option<Idempotency>, id: BudgetId) -> Result<Budget> {
    set_deleted(services, actor, key, id, false).await
}

async fn set_deleted(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    deleted: bool,
) -> Result<Budget> {
    let budget = services.store.set_budget_deleted(&write(services, actor, key), id, deleted).await?;
    services.budget_changed(actor, &budget).await;
    Ok(budget)
}

/// A month against its plan; without a month the running one.
pub async fn analysis(services: &Services, actor: &Actor, id: BudgetId, month: Option<Month>) -> Result<BudgetMonth> {
    let seen = get(services, actor, id).await?;
    analysis_of(services, actor, seen, month).await
}

/// The same of a budget that the actor has just been found to see.
pub(crate) async fn analysis_of(
    services: &Services,
    actor: &Actor,
    (budget, role): (Budget, Role),
    month: Option<Month>,
) -> Result<BudgetMonth> {
    let (id, today) = (budget.id, services.today(actor));
    let month = month.unwrap_or_else(|| Month::of(today, budget.month_start_day));
    let key = format!("analysis:{}-{}:{}:{today}", month.year, month.month, budget.month_start_day.get());
    let figures = services.cached(id, &key, async {
        let figures = months::figures(services, actor, &budget, month).await?;
        let bills = recurring::bills_of(services, actor, &budget, figures.analysis.period).await?;
        Ok(Figures { analysis: figures.analysis.with_bills(bills), ..figures })
    });
    let figures = figures.await?;
    let Figures { plan, entry, can_copy, analysis, unconverted } = figures;
    Ok(BudgetMonth { budget, role, plan, entry, can_copy, analysis, unconverted })
}

/// Refuses whoever may see the budget but not do this.
pub(crate) fn require(role: Role, needed: Role) -> Result<()> {
    if role >= needed { Ok(()) } else { Err(Error::Forbidden) }
}

pub(crate) fn write(services: &Services, actor: &Actor, key: Option<Idempotency>) -> Write {
    let now = services.now();
    let trace = Trace::of(ActivityId(services.random.id(now)));
    Write { actor: actor.user.id, now, idempotency: key, jobs: Vec::new(), trace }
}

/// The answer to an earlier request under this key: looked up before the checks, which may say no by now.
pub(crate) async fn replayed<T: serde::de::DeserializeOwned>(
    services: &Services,
    actor: &Actor,
    key: Option<&Idempotency>,
) -> Result<Option<T>> {
    let Some(key) = key else { return Ok(None) };
    let Some(answer) = services.store.replay(actor.user.id, key, services.now()).await? else { return Ok(None) };
    serde_json::from_str(&answer).map(Some).map_err(|error| Error::Internal(format!("kept answer: {error}")))
}
