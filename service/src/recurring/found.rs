//! What repeats in somebody's history: proposed with its evidence, accepted or dismissed.
use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::{replayed, write},
    expenses::base_currency,
};
use domain::{
    Date,
    expense::Expense,
    ids::{ExpenseId, SeriesId},
    recurrence::{self, Detected, Evident, Row, Series, detect, found_id},
};
use jiff::Span;
use std::collections::BTreeMap;

/// So many days are looked at: yearly bills come twice.
const DAYS: i64 = 800;
/// So many expenses are looked at, the newest.
const ROWS: u32 = 20_000;

/// What seems to repeat.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// By this id it is accepted or dismissed.
    pub id: SeriesId,
    /// What was found.
    pub found: Detected,
    /// By which expenses, by date.
    pub evidence: Vec<Evident>,
    /// The last of them, as which the others will be.
    pub last: Expense,
}

impl Proposal {
    /// The series that it becomes.
    pub fn series(&self, today: Date, now: jiff::Timestamp) -> Series {
        Series::found(&self.found, &self.last, self.evidence.clone(), today, now)
    }
}

/// What was found and has not been answered.
pub async fn proposals(services: &Services, actor: &Actor) -> Result<Vec<Proposal>> {
    let series = services.store.all_series(actor.user.id).await?;
    among(services, actor, &series, services.today(actor)).await
}

/// What was found and is none of these series: with what has ended by now left out.
pub(super) async fn among(services: &Services, actor: &Actor, series: &[Series], today: Date) -> Result<Vec<Proposal>> {
    let since = today.checked_sub(Span::new().days(DAYS)).unwrap_or(Date::MIN);
    let rows = services.store.recurrence_history(actor.user.id, since, ROWS).await?;
    let by_id: BTreeMap<ExpenseId, &Row> = rows.iter().map(|row| (row.id, row)).collect();
    let mut open = Vec::new();
    for found in detect(&rows) {
        let evident = |id: &ExpenseId| {
            by_id.get(id).map(|row| Evident { id: row.id, date: row.date, amount: row.amount.minor() })
        };
        let evidence: Vec<Evident> = found.evidence.rows.iter().filter_map(evident).collect();
        let Some(last) = evidence.last() else { continue };
        if !found.has_lapsed(today) && !recurrence::known(&found, last.date, series) {
            open.push((last.id, found, evidence));
        }
    }
    let last: Vec<ExpenseId> = open.iter().map(|(last, ..)| *last).collect();
    let last = services.store.some_expenses(actor.user.id, &last).await?;
    let mut last: BTreeMap<ExpenseId, Expense> = last.into_iter().map(|row| (row.id, row)).collect();
    // Some may have been changed or thrown away at this moment.
    let proposal = |(id, found, evidence)| {
        let last = last.remove(&id).filter(|row: &Expense| row.deleted_at.is_none())?;
        Some(Proposal { id: found_id(&found), found, evidence, last })
    };
    let mut proposals: Vec<Proposal> = open.into_iter().filter_map(proposal).collect();
    proposals.sort_by_key(|proposal| (proposal.found.next_date, proposal.id));
    Ok(proposals)
}

/// It repeats: from its next day on its expenses are made.
pub async fn accept(services: &Services, actor: &Actor, key: Option<Idempotency>, id: SeriesId) -> Result<Series> {
    answer(services, actor, key, id, false).await
}

/// It doesn't: it is not proposed again.
pub async fn dismiss(services: &Services, actor: &Actor, key: Option<Idempotency>, id: SeriesId) -> Result<Series> {
    answer(services, actor, key, id, true).await
}

async fn answer(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: SeriesId,
    dismissed: bool,
) -> Result<Series> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let proposals = proposals(services, actor).await?;
    let proposal = proposals.into_iter().find(|proposal| proposal.id == id).ok_or(Error::NotFound)?;
    let today = services.today(actor);
    let mut write = write(services, actor, key);
    let mut series = proposal.series(today, write.now);
    // Rows may stand where one can only look by now: what is made of them is private.
    match base_currency(services, actor, series.budget_id).await {
        Err(Error::Validation(_) | Error::Forbidden) => series.budget_id = None,
        other => {
            other?;
        }
    }
    series.dismissed = dismissed;
    series.settle();
    write.jobs = super::jobs(services, &series, today)?;
    let series = services.store.create_series(&write, &series).await?;
    services.series_changed(actor, &series, None).await;
    if !write.jobs.is_empty() {
        services.wake();
    }
    Ok(series)
}
