//! The job that makes what is due: each occurrence once, in one transaction with how far its series has come. A worker that
//! is killed leaves either both or neither, and whoever comes later goes on from there.
use crate::{
    Actor, Error, Result, Services,
    budgets::write,
    expenses::{base_amount, base_currency, check_account},
    imports::around,
    ports::{activity::OnBehalf, jobs::NewJob, series::Due, store::Print},
};
use domain::{
    expense::{Expense, SeriesSlot, read_dedupe_key},
    ids::{ExpenseId, SeriesId, UserId},
    recurrence::{Likeness, Occurrence, Seen, Series},
};
use jiff::SignedDuration;

/// The kind of job that makes what is due of a series.
pub const PROCESS: &str = "process_recurring_expenses";
/// So far ahead of UTC it is a day later somewhere.
const EASTMOST: SignedDuration = SignedDuration::from_hours(14);
/// Series that are queued at a time.
const AT_ONCE: u32 = 1_000;
/// The most occurrences that one job makes: daily use needs one, years of downtime need more than one job.
const MOST: usize = 200;
/// So often a job begins anew because somebody has changed its series meanwhile.
const TRIES: usize = 5;

/// The job of a series.
pub(super) fn job(services: &Services, user: UserId, id: SeriesId) -> Result<NewJob> {
    services.job(PROCESS, &(user, id), Some(user), Some(format!("{PROCESS}:{id}")))
}

/// Queues what is due by now, wherever its owner is. Called now and then by every process: while the job of a series is open,
/// there is no second one. How many there are.
pub async fn queue(services: &Services) -> Result<usize> {
    let now = services.now();
    let latest = services.zones.date_in(now.checked_add(EASTMOST).unwrap_or(now), "UTC");
    let mut jobs = Vec::new();
    for Due { id, user_id, next_date } in services.store.due_series(latest, AT_ONCE).await? {
        let user = services.store.user(user_id).await?.filter(|user| user.disabled_at.is_none());
        let Some(user) = user else { continue };
        if next_date <= services.zones.date_in(now, &user.preferences.timezone) {
            jobs.push(job(services, user_id, id)?);
        }
    }
    if !jobs.is_empty() {
        services.store.enqueue(&jobs, now).await?;
        services.wake();
    }
    Ok(jobs.len())
}

/// Makes what is due of a series.
pub(crate) async fn process(services: &Services, payload: &str) -> Result<()> {
    let (user, id): (UserId, SeriesId) = services.open_job(PROCESS, payload)?;
    let Some(user) = services.store.user(user).await?.filter(|user| user.disabled_at.is_none()) else { return Ok(()) };
    let actor = Actor { user };
    let mut tries = TRIES;
    for _ in 0..MOST {
        let Some(series) = services.store.series(actor.user.id, id).await? else { return Ok(()) };
        let due = series.next_occurrence().filter(|next| next.date <= services.today(&actor));
        // Who handed it in is not whose it is any more, or nothing is due: somebody else was here.
        let Some(due) = due.filter(|_| series.user_id == actor.user.id) else { return Ok(()) };
        match make(services, &actor, series, &due).await {
            Ok(()) => {}
            Err(Error::StaleVersion { .. }) if tries > 1 => tries -= 1,
            Err(error) => return Err(error),
        }
    }
    // The rest is queued again.
    Ok(())
}

/// Makes one occurrence. What can't be made where it belongs, because its owner may not write there any more, is not made
/// elsewhere: the series waits, as a private one, until somebody says how it goes on.
async fn make(services: &Services, actor: &Actor, mut series: Series, due: &Occurrence) -> Result<()> {
    let mut write = write(services, actor, None);
    write.trace.on_behalf = OnBehalf::Job;
    series.version += 1;
    series.updated_at = write.now;
    if let Some(paid) = paid_by(services, actor, &series, due).await? {
        let before = paid.budget_id;
        series.made(due.slot);
        let paid = services.store.keep_with_series(&write, &paid, &series).await?;
        services.expense_changed(actor, &paid, before).await;
        return Ok(());
    }
    match check_account(services, actor, series.template.account_id).await {
        Err(Error::Validation(_)) => series.template.account_id = None,
        other => other?,
    }
    let currency = match base_currency(services, actor, series.budget_id).await {
        Ok(currency) => currency,
        Err(Error::Validation(_) | Error::Forbidden) => return hold(services, actor, series, due).await,
        Err(error) => return Err(error),
    };
    let base = base_amount(series.amount_of(due), currency, due.date);
    let expense: Expense = series.expense(due, ExpenseId(services.random.id(write.now)), base, write.now);
    series.made(due.slot);
    let expense = services.store.keep_with_series(&write, &expense, &series).await?;
    services.expense_changed(actor, &expense, None).await;
    Ok(())
}

/// The bank's row of it, if a file has brought that already: it becomes the occurrence, and nothing is made beside it.
async fn paid_by(services: &Services, actor: &Actor, series: &Series, due: &Occurrence) -> Result<Option<Expense>> {
    let Some(likeness) = Likeness::of(series) else { return Ok(None) };
    let (first, last) = around((due.date, due.date));
    let prints = services.store.prints(actor.user.id, first, last).await?;
    let account = series.template.account_id;
    let mut like: Vec<(i32, u64, &Print)> = prints
        .iter()
        .filter(|print| print.import_id.is_some() && (account.is_none() || print.account_id == account))
        .filter_map(|print| {
            let (date, signed, currency, merchant_key) = read_dedupe_key(&print.dedupe_key)?;
            let off = likeness
                .days_off(due.date, &Seen { date, signed, currency, merchant_key, printed: Some(merchant_key) })?;
            Some((off, signed.unsigned_abs().abs_diff(series.amount_of(due).minor().unsigned_abs()), print))
        })
        .collect();
    like.sort_by_key(|(off, differs, print)| (*off, *differs, print.id));
    for (_, _, print) in like {
        let found = services.store.expense(actor.user.id, print.id).await?;
        let free = |row: &Expense| row.recurring.is_none() && row.budget_id == series.budget_id && row.counts();
        if let Some(row) = found.filter(free) {
            let recurring = Some(SeriesSlot { series_id: series.id, slot: due.slot });
            return Ok(Some(Expense { recurring, version: row.version + 1, updated_at: series.updated_at, ..row }));
        }
    }
    Ok(None)
}

async fn hold(services: &Services, actor: &Actor, mut series: Series, due: &Occurrence) -> Result<()> {
    tracing::info!("a series waits: its owner can't write in its budget any more");
    let before = series.budget_id.take();
    // Where it is paused from a later day on already, that day comes earlier.
    series.pattern.pauses.retain(|pause| pause.from < due.slot);
    series.pattern.resume(due.slot);
    if series.pattern.pause(due.slot).is_err() {
        return Err(Error::Internal("a series that is paused twice".to_owned()));
    }
    series.settle();
    let mut write = write(services, actor, None);
    write.trace.on_behalf = OnBehalf::Job;
    let series = services.store.update_series(&write, &series).await?;
    services.series_changed(actor, &series, before).await;
    Ok(())
}
