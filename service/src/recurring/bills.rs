//! What the recurring expenses of a budget still take.
use crate::{Actor, Result, Services, expenses::base_amount};
use domain::{
    budget::Budget,
    ids::BudgetId,
    period::Period,
    recurrence::{Bill, bills},
};
use jiff::Span;

/// So many days are looked ahead, today included.
const DAYS: i64 = 30;

/// What is due of a budget in the next 30 days and not made yet, by day; what is overdue is in it, too. The actor must have
/// been found to have part in the budget.
pub(crate) async fn upcoming(services: &Services, actor: &Actor, id: BudgetId) -> Result<Vec<Bill>> {
    let today = services.today(actor);
    let day = |days: i64| today.saturating_add(Span::new().days(days));
    let key = format!("bills:{today}");
    let found = services.cached(id, &key, async {
        let series = services.store.all_series(actor.user.id).await?;
        Ok(bills(&series, id, day(-DAYS), day(DAYS - 1)))
    });
    found.await
}

/// What a period of a budget still takes for spending, in minor units of its currency: nothing once it is over. What can't be
/// converted is left out.
pub(crate) async fn bills_of(services: &Services, actor: &Actor, budget: &Budget, period: Period) -> Result<i64> {
    let today = services.today(actor);
    if period.end < today {
        return Ok(0);
    }
    let series = services.store.all_series(actor.user.id).await?;
    let due = bills(&series, budget.id, period.start, period.end);
    let base = |bill: &Bill| base_amount(bill.spending, budget.plan.currency, bill.date.min(today));
    Ok(due.iter().filter_map(base).fold(0, |sum: i64, base| sum.saturating_add(base.amount.minor())))
}
