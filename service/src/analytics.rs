//! The first look: the month so far, the latest rows, the trend.
use crate::{Actor, Error, Result, Services, budgets, recurring, sharing};
use domain::{
    budget::Budget,
    filter::{Filter, Query},
    ids::BudgetId,
    period::{Month, Period},
    report::{BudgetMonth, Dashboard, MonthTotal},
};

/// How many months the trend goes back, the running one included.
const TREND_MONTHS: usize = 6;
/// How many rows the dashboard shows.
const LATEST: u32 = 8;

/// The dashboard of a budget (none: the default one), for a month (none: the running one).
pub async fn dashboard(
    services: &Services,
    actor: &Actor,
    budget: Option<BudgetId>,
    month: Option<Month>,
) -> Result<Dashboard> {
    let seen = services.store.budgets(actor.user.id).await?;
    let budgets: Vec<Budget> = seen.iter().map(|(budget, _)| budget.clone()).collect();
    let chosen = match budget {
        Some(id) => Some(id),
        None => default_budget(actor, &budgets),
    };
    let month = match chosen {
        Some(id) => {
            let seen = seen.into_iter().find(|(budget, _)| budget.id == id).ok_or(Error::NotFound)?;
            Some(budgets::analysis_of(services, actor, seen, month).await?)
        }
        None => None,
    };
    let filter = Filter { budget_id: chosen, ..Filter::default() };
    let query = Query { filter, limit: LATEST, ..Query::default() };
    let latest = services.store.expenses(actor.user.id, &query).await?.items;
    let trend = match &month {
        Some(month) => trend(services, actor, month).await?,
        None => Vec::new(),
    };
    let bills = match &month {
        Some(month) => recurring::upcoming(services, actor, month.budget.id).await?,
        None => Vec::new(),
    };
    let invites = sharing::invites(services, actor, None).await?.len();
    Ok(Dashboard { today: services.today(actor), month, budgets, latest, trend, bills, invites })
}

/// The actor's choice if it is still in use, else the newest one that is.
pub fn default_budget(actor: &Actor, budgets: &[Budget]) -> Option<BudgetId> {
    let preferred = actor.user.preferences.default_budget_id;
    budgets
        .iter()
        .find(|budget| Some(budget.id) == preferred && budget.is_active)
        .or_else(|| budgets.iter().find(|budget| budget.is_active))
        .map(|budget| budget.id)
}

async fn trend(services: &Services, actor: &Actor, shown: &BudgetMonth) -> Result<Vec<MonthTotal>> {
    let start_day = shown.budget.month_start_day;
    let mut months = vec![shown.analysis.month];
    while months.len() < TREND_MONTHS
        && let Some(previous) = months.last().map(|month| month.previous())
    {
        months.push(previous);
    }
    months.reverse();
    let periods: Vec<Period> = months.iter().map(|month| month.period(start_day)).collect();
    let (id, last) = (shown.budget.id, shown.analysis.month);
    let key = format!("trend:{}-{}:{}:{TREND_MONTHS}", last.year, last.month, start_day.get());
    let trend = services.cached(id, &key, async {
        let sums = services.store.spending_of(actor.user.id, id, &periods).await?;
        let months = months.into_iter().zip(sums);
        Ok(months.map(|(month, sums)| MonthTotal { month, spent: sums.spent(), income: sums.income }).collect())
    });
    trend.await
}
