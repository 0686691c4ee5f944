//! The months of a budget: money moved between categories, what comes in, and the figures with what came over.
use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::{self, replayed, require},
    error::Conflict,
    ports::store::Write,
};
use domain::{
    analysis::{Analysis, analyse},
    budget::{Budget, Plan, Plans},
    category::Category,
    currency::Currency,
    ids::{BudgetId, MoveId},
    input::Value,
    months::{self, Brought, MonthChange, MonthEntry, Move, NewMove, Past},
    period::Month,
    report::Unconverted,
    role::Role,
};
use serde::{Deserialize, Serialize};

/// How often a change is begun anew when another one came in between.
pub(crate) const TRIES: u32 = 5;

/// A month, worked out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Figures {
    /// What counted in it.
    pub plan: Plan,
    /// What is kept of it.
    pub entry: MonthEntry,
    /// Whether the month before has something that could be taken over.
    pub can_copy: bool,
    /// The figures.
    pub analysis: Analysis,
    /// What is in no figure.
    pub unconverted: Vec<Unconverted>,
}

/// What is kept of a month of a budget.
pub async fn get(services: &Services, actor: &Actor, id: BudgetId, month: Month) -> Result<(Budget, MonthEntry)> {
    let (budget, _) = budgets::get(services, actor, id).await?;
    let entries = services.store.months(actor.user.id, id).await?;
    Ok((budget, entry_of(&entries, id, month)))
}

/// Moves money from one category of a month to another. The plan stays, and so does what the month has in all.
pub async fn move_money(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    input: &Value,
) -> Result<(Budget, MonthEntry)> {
    edit(services, actor, key, id, |currency| Ok(Edit::Move(months::read_move(input, currency)?))).await
}

/// Changes what is kept of a month: {version?, plannedIncome?, receivedIncome?, copyLast?}.
pub async fn change(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    month: Month,
    input: &Value,
) -> Result<(Budget, MonthEntry)> {
    edit(services, actor, key, id, |currency| Ok(Edit::Change(month, months::read_change(input, currency)?))).await
}

/// What somebody wants of a month.
enum Edit {
    Move(NewMove),
    Change(Month, MonthChange),
}

/// Does it, anew when another change came in between, unless it was made from what stood there at that time.
async fn edit(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    read: impl FnOnce(Currency) -> Result<Edit>,
) -> Result<(Budget, MonthEntry)> {
    let (budget, role) = budgets::get(services, actor, id).await?;
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok((budget, done));
    }
    require(role, Role::Edit)?;
    let edit = read(budget.plan.currency)?;
    let write = budgets::write(services, actor, key);
    let mut tries = 0;
    let kept = loop {
        let (kept, last_try) = match &edit {
            Edit::Move(wish) => (try_move(services, actor, &write, &budget, wish).await, tries == TRIES),
            Edit::Change(month, change) => {
                let kept = try_change(services, actor, &write, &budget, *month, change).await;
                (kept, tries == TRIES || change.version.is_some())
            }
        };
        match kept {
            Err(Error::StaleVersion { .. }) if !last_try => tries += 1,
            done => break done?,
        }
    };
    services.budget_changed(actor, &budget).await;
    Ok((budget, kept))
}

async fn try_move(
    services: &Services,
    actor: &Actor,
    write: &Write,
    budget: &Budget,
    wish: &NewMove,
) -> Result<MonthEntry> {
    let Figures { mut entry, analysis, .. } = figures(services, actor, budget, wish.month).await?;
    wish.check(&entry, analysis.line(wish.from).remaining, budget.plan.currency)?;
    entry.moves.push(made(services, write, wish.from, wish.to, wish.amount));
    entry.version += 1;
    services.store.keep_month(write, &entry).await
}

async fn try_change(
    services: &Services,
    actor: &Actor,
    write: &Write,
    budget: &Budget,
    month: Month,
    change: &MonthChange,
) -> Result<MonthEntry> {
    let Figures { mut entry, analysis, plan, .. } = figures(services, actor, budget, month).await?;
    if change.version.is_some_and(|version| version != entry.version) {
        return Err(Error::StaleVersion { current: entry.version });
    }
    if change.copy_last {
        if !entry.moves.is_empty() {
            return Err(Error::Conflict(Conflict::MonthHasMoves));
        }
        let (store, user) = (&services.store, actor.user.id);
        let plans = Plans::new(store.plans(user, budget.id).await?).ok_or(Error::NotFound)?;
        let last = entry_of(&store.months(user, budget.id).await?, budget.id, month.previous());
        let mut remaining = Category::ALL.map(|category| analysis.line(category).remaining);
        let moves = months::copied(&plan, plans.of(last.month), Some(&last), &mut remaining);
        entry.moves = moves.into_iter().map(|(from, to, amount)| made(services, write, from, to, amount)).collect();
        entry.planned_income = last.planned_income.or(entry.planned_income);
        entry.copied_from = Some(last.month);
    }
    change.clone().apply(&mut entry);
    entry.version += 1;
    services.store.keep_month(write, &entry).await
}

fn made(services: &Services, write: &Write, from: Category, to: Category, amount: i64) -> Move {
    Move { id: MoveId(services.random.id(write.now)), from, to, amount, by: write.actor, at: write.now }
}

/// A month of a budget that the actor may see, worked out from its totals and what came over from those before it.
pub(crate) async fn figures(services: &Services, actor: &Actor, budget: &Budget, month: Month) -> Result<Figures> {
    let (store, user, id) = (&services.store, actor.user.id, budget.id);
    let period = month.period(budget.month_start_day);
    let plans = Plans::new(store.plans(user, id).await?).ok_or(Error::NotFound)?;
    let entries = store.months(user, id).await?;
    let spent = match months::days_before(&plans, month, budget.month_start_day) {
        Some(days) => store.spent_by_month(user, id, days, budget.month_start_day).await?,
        // Nothing goes on: what was before needn't be looked at.
        None => Vec::new(),
    };
    let totals = store.spending(user, id, period.start, period.end).await?;
    let parts = store.spent_by_part(user, id, period).await?;
    let unconverted = store.unconverted(user, id, period.start, period.end).await?;
    let entry = entry_of(&entries, id, month);
    let past = Past { plans: &plans, entries: &entries, spent: &spent };
    let brought = Brought { moved: entry.moved(), carried_in: months::carried_into(month, past) };
    let (plan, last_plan) = (plans.of(month), plans.of(month.previous()));
    let last = entries.iter().find(|entry| entry.month == month.previous());
    let analysis = analyse(plan, month, period, &totals, services.today(actor), &brought);
    let analysis = analysis.with_income(&entry).with_parts(plan, parts);
    let can_copy = entry.moves.is_empty() && months::is_worth_copying(plan, last_plan, last);
    Ok(Figures { plan: plan.clone(), entry, can_copy, analysis, unconverted })
}

fn entry_of(entries: &[MonthEntry], id: BudgetId, month: Month) -> MonthEntry {
    let kept = entries.iter().find(|entry| entry.month == month);
    kept.cloned().unwrap_or_else(|| MonthEntry::new(id, month))
}
