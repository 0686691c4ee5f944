//! Recurring expenses: declared or found in a history, made on their days by the queue of jobs, paused, changed and ended.
mod bills;
mod change;
mod found;
mod work;

pub use change::{change_one, end, pause, resume, skip, update};
pub use found::{Proposal, accept, dismiss, proposals};
pub use work::{PROCESS, queue};

pub(crate) use bills::{bills_of, upcoming};
pub(crate) use change::{Declared, declared};
pub(crate) use work::process;

use crate::{Actor, Error, Result, Services, ports::jobs::NewJob};
use domain::{
    Date,
    ids::{BudgetId, SeriesId},
    recurrence::{Series, Standing},
};
use std::collections::{BTreeMap, BTreeSet};

/// Days of a series that are told ahead.
pub const AHEAD: usize = 6;

/// Everything that repeats, or seems to.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurring {
    /// Today where the actor is.
    pub today: Date,
    /// What goes on, waits or has ended: by the next day, then by what has none.
    pub series: Vec<Series>,
    /// What was found in the actor's history, and what they have not answered yet.
    pub proposals: Vec<Proposal>,
}

/// All series that the actor may see, and what was found.
pub async fn list(services: &Services, actor: &Actor) -> Result<Recurring> {
    let today = services.today(actor);
    let mut series = services.store.all_series(actor.user.id).await?;
    // One's own of a budget that one has left waits for its next day, when it becomes private.
    let budgets = services.store.budgets(actor.user.id).await?;
    let seen: BTreeSet<BudgetId> = budgets.iter().map(|(budget, _)| budget.id).collect();
    let proposals = found::among(services, actor, &series, today).await?;
    series.retain(|series| !series.dismissed && series.budget_id.is_none_or(|budget| seen.contains(&budget)));
    series.sort_by_key(|series| {
        (series.standing(today) == Standing::Ended, series.next_date.is_none(), series.next_date)
    });
    Ok(Recurring { today, series, proposals })
}

/// One that the actor may see.
pub async fn get(services: &Services, actor: &Actor, id: SeriesId) -> Result<Series> {
    let found = services.store.series(actor.user.id, id).await?;
    let series = found.filter(|series| !series.dismissed).ok_or(Error::NotFound)?;
    match series.budget_id {
        Some(budget) if services.store.budget(actor.user.id, budget).await?.is_none() => Err(Error::NotFound),
        _ => Ok(series),
    }
}

/// The rules of those series, as far as the actor may see them.
pub async fn rules(
    services: &Services,
    actor: &Actor,
    ids: impl IntoIterator<Item = SeriesId>,
) -> Result<BTreeMap<SeriesId, Series>> {
    let ids: BTreeSet<SeriesId> = ids.into_iter().collect();
    let mut rules = BTreeMap::new();
    match ids.len() {
        0 => {}
        1..=3 => {
            for id in ids {
                rules.extend(services.store.series(actor.user.id, id).await?.map(|series| (id, series)));
            }
        }
        _ => {
            let all = services.store.all_series(actor.user.id).await?;
            rules.extend(all.into_iter().filter(|series| ids.contains(&series.id)).map(|series| (series.id, series)));
        }
    }
    Ok(rules)
}

/// The work that a series has by now, to be kept with it.
fn jobs(services: &Services, series: &Series, today: Date) -> Result<Vec<NewJob>> {
    if series.next_date.is_some_and(|next| next <= today) {
        Ok(vec![work::job(services, series.user_id, series.id)?])
    } else {
        Ok(Vec::new())
    }
}
