//! Series changed by people: another amount or rule, one left out, a pause, an end; and how an expense becomes one.
use super::{get, jobs};
use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::{replayed, require, write},
    expenses::{base_currency, check_account, check_members},
    ports::store::Write,
};
use domain::{
    Date,
    currency::Currency,
    expense::{self, Expense, Status},
    ids::{BudgetId, SeriesId},
    input::{self, Reader, Value},
    problem::{Problem, Problems},
    recurrence::{Exception, RecurrenceError, RecurringPattern, Series, Template, Wish, part, read_pattern},
    role::Role,
};

/// Changes what its expenses are like, and its rule: `version`, the fields of an expense but its date, `recurringPattern`.
/// What is left out stays; what was made before stays as it is.
pub async fn update(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: SeriesId,
    input: &Value,
) -> Result<Series> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut series = changeable(services, actor, id).await?;
    let (budget, account) = (series.budget_id, series.template.account_id);
    let parts = series.template.splits.clone();
    let today = services.today(actor);
    let (rest, wish) = part(input);
    let mut problems = wish.as_ref().err().cloned().unwrap_or_default();
    for field in ["date", "isRecurring"] {
        if input.get(field).is_some() {
            problems.add(field, Problem::Unknown);
        }
    }
    let mut sample = series.sample();
    let change = merged(&mut problems, expense::read_change(&rest, &sample));
    let rule = match &wish {
        Ok(Wish::By(rule)) => {
            let currency = series.template.amount.currency();
            merged(&mut problems, read_pattern(&with_anchor(rule, &series), currency, series.pattern.anchor_date))
        }
        _ => None,
    };
    problems.into_result(())?;
    if let Some(change) = change {
        if change.version != series.version {
            return Err(Error::StaleVersion { current: series.version });
        }
        change.apply(&mut sample)?;
    }
    if !matches!(sample.status, Status::Cleared | Status::NeedsReview) {
        let allowed = [Status::Cleared, Status::NeedsReview].map(|status| status.as_str().to_owned()).to_vec();
        return Err(Error::field("status", Problem::NotOneOf { allowed }));
    }
    series.budget_id = sample.budget_id;
    if sample.amount.currency() != series.template.amount.currency() {
        forget_amounts(&mut series.pattern);
    }
    series.template = Template::of(&sample);
    if let Some((pattern, not_before)) = rule {
        series.follow(kept_marks(&series, pattern), today);
        begin_on(&mut series, not_before);
    }
    if series.budget_id != budget {
        base_currency(services, actor, series.budget_id).await?;
    }
    if series.template.account_id != account {
        check_account(services, actor, series.template.account_id).await?;
    }
    if series.budget_id != budget || series.template.splits != parts {
        check_members(services, actor, series.budget_id, &series.template.splits).await?;
    }
    save(services, actor, key, series, budget).await
}

/// A rule without a new beginning goes on counting from the old one, unless it is of another kind.
fn with_anchor(rule: &Value, series: &Series) -> Value {
    let Value::Object(fields) = rule else { return rule.clone() };
    let mut fields = fields.clone();
    let same = rule.text("frequency") == Some(series.pattern.frequency.as_str());
    if same && rule.get("anchorDay").is_none() && rule.get("anchorDate").is_none() {
        fields.push(("anchorDay".to_owned(), Value::Number(series.pattern.anchor_day.to_string())));
    }
    Value::Object(fields)
}

/// Pauses and single days are kept where a new rule says nothing of its own.
fn kept_marks(series: &Series, mut pattern: RecurringPattern) -> RecurringPattern {
    if pattern.pauses.is_empty() && pattern.exceptions.is_empty() {
        pattern.pauses.clone_from(&series.pattern.pauses);
        pattern.exceptions.clone_from(&series.pattern.exceptions);
    }
    pattern
}

/// Amounts of single days were in the currency before.
fn forget_amounts(pattern: &mut RecurringPattern) {
    for exception in pattern.exceptions.values_mut() {
        if let Exception::Changed { amount, .. } = exception {
            *amount = None;
        }
    }
}

/// Nothing is made before that day any more.
fn begin_on(series: &mut Series, day: Option<Date>) {
    let Some(day) = day else { return };
    let before = day.yesterday().unwrap_or(Date::MIN);
    series.last_slot = Some(series.last_slot.map_or(before, |last| last.max(before)));
    series.settle();
}

/// Leaves one out: `slot`, or the next. `version` if it is to be that of the series.
pub async fn skip(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: SeriesId,
    input: &Value,
) -> Result<Series> {
    changed(services, actor, key, id, input, |series, reader, _| {
        let slot = slot(series, reader);
        if let Some(Err(error)) = slot.map(|slot| series.pattern.skip(slot)) {
            reader.problem("slot", problem(error));
        }
    })
    .await
}

/// Moves one to another `date`, or gives it another `amount`: `slot`, or the next. With neither it is as the rule has it.
pub async fn change_one(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: SeriesId,
    input: &Value,
) -> Result<Series> {
    changed(services, actor, key, id, input, |series, reader, _| {
        let currency = series.template.amount.currency();
        let slot = slot(series, reader);
        let date = reader.optional("date", input::date);
        let amount = reader.optional("amount", |value| input::positive_amount(value, currency));
        match slot.map(|slot| series.pattern.change(slot, date, amount)) {
            Some(Err(RecurrenceError::NotASlot)) => reader.problem("slot", Problem::NotFound),
            Some(Err(_)) => reader.problem("date", Problem::Duplicate),
            Some(Ok(())) | None => {}
        }
    })
    .await
}

/// Nothing `from` that day on (today), `until` that day (until it is resumed). What is missed is not caught up.
pub async fn pause(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: SeriesId,
    input: &Value,
) -> Result<Series> {
    changed(services, actor, key, id, input, |series, reader, today| {
        let from = reader.optional("from", input::date).unwrap_or(today);
        let until = reader.optional("until", input::date);
        if until.is_some_and(|until| until <= from) {
            reader.problem("until", Problem::StartAfterEnd);
        } else if series.pattern.pause(from).is_err() {
            reader.problem("from", Problem::Duplicate);
        } else if let Some(until) = until {
            series.pattern.resume(until);
        }
    })
    .await
}

/// It goes on, `on` that day (today), also where it has ended.
pub async fn resume(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: SeriesId,
    input: &Value,
) -> Result<Series> {
    changed(services, actor, key, id, input, |series, reader, today| {
        let on = reader.optional("on", input::date).unwrap_or(today);
        series.pattern.resume(on);
        if series.pattern.end_date.is_some_and(|end| end < on) {
            series.pattern.end_date = None;
            begin_on(series, Some(on));
        }
    })
    .await
}

/// Nothing after `on` (yesterday): what is not made by then is not made any more.
pub async fn end(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: SeriesId,
    input: &Value,
) -> Result<Series> {
    changed(services, actor, key, id, input, |series, reader, today| {
        let yesterday = today.yesterday().unwrap_or(today);
        let on = reader.optional("on", input::date).unwrap_or(yesterday);
        series.end(on);
    })
    .await
}

/// The slot that is named, or the next.
fn slot(series: &Series, reader: &mut Reader<'_>) -> Option<Date> {
    let named = reader.optional("slot", input::date);
    let slot = match named {
        Some(named) => series.open_slot(named).ok(),
        None if reader.has_problem("slot") => return None,
        None => series.next_occurrence().map(|next| next.slot),
    };
    if slot.is_none() {
        reader.problem("slot", Problem::NotFound);
    }
    slot
}

fn problem(error: RecurrenceError) -> Problem {
    match error {
        RecurrenceError::NotASlot => Problem::NotFound,
        RecurrenceError::NotPositive => Problem::NotPositive,
        RecurrenceError::OutOfOrder | RecurrenceError::Overlaps => Problem::Duplicate,
    }
}

/// Reads a change and saves what it makes of the series.
async fn changed(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: SeriesId,
    input: &Value,
    change: impl FnOnce(&mut Series, &mut Reader<'_>, Date),
) -> Result<Series> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut series = changeable(services, actor, id).await?;
    let mut reader = Reader::new(input);
    let version = reader.optional("version", |value| input::integer(value, 1, i64::MAX));
    change(&mut series, &mut reader, services.today(actor));
    reader.finish()?;
    if version.is_some_and(|version| version != series.version) {
        return Err(Error::StaleVersion { current: series.version });
    }
    let budget = series.budget_id;
    save(services, actor, key, series, budget).await
}

/// One that the actor may change. (The store asks again, in its transaction.)
async fn changeable(services: &Services, actor: &Actor, id: SeriesId) -> Result<Series> {
    let series = get(services, actor, id).await?;
    if let Some(budget) = series.budget_id
        && let Some((_, role)) = services.store.budget(actor.user.id, budget).await?
    {
        require(role, Role::Edit)?;
    }
    Ok(series)
}

/// Writes it, which stood in the budget `before`.
async fn save(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    mut series: Series,
    before: Option<BudgetId>,
) -> Result<Series> {
    let mut write: Write = write(services, actor, key);
    series.settle();
    series.version += 1;
    series.updated_at = write.now;
    write.jobs = jobs(services, &series, services.today(actor))?;
    let series = services.store.update_series(&write, &series).await?;
    services.series_changed(actor, &series, before).await;
    if !write.jobs.is_empty() {
        services.wake();
    }
    Ok(series)
}

/// What the body of an expense says of its recurrence, taken out of it.
pub(crate) struct Declared {
    /// The rest of the body.
    pub rest: Value,
    wish: std::result::Result<Wish, Problems>,
}

/// Takes out of an expense's body what is about its recurrence.
pub(crate) fn declared(input: &Value) -> Declared {
    let (rest, wish) = part(input);
    Declared { rest, wish }
}

impl Declared {
    /// Nothing is said of it.
    pub fn says_nothing(&self) -> bool {
        matches!(self.wish, Ok(Wish::Nothing))
    }

    /// All that is wrong at once: with the expense, as it was read, and with its rule.
    pub fn checked<T>(&self, read: std::result::Result<T, Problems>) -> Result<T> {
        let mut problems = self.wish.as_ref().err().cloned().unwrap_or_default();
        if let (Err(_), Ok(Wish::By(rule))) = (&read, &self.wish) {
            // Of which currency and day is not known; what is wrong by itself is.
            let mut wrong = read_pattern(rule, Currency::KWD, Date::constant(1900, 1, 1)).err().unwrap_or_default();
            wrong.0.retain(|_, problem| !matches!(problem, Problem::NotFound | Problem::Duplicate));
            merged::<()>(&mut problems, Err(wrong));
        }
        let read = merged(&mut problems, read);
        problems.into_result(())?;
        read.ok_or_else(|| Error::Internal("neither read nor refused".to_owned()))
    }

    /// The series that an expense begins or changes with this; none where nothing is said of it.
    pub async fn series(&self, services: &Services, actor: &Actor, expense: &mut Expense) -> Result<Option<Series>> {
        let wish = self.wish.as_ref().map_err(|problems| Error::Validation(problems.clone()))?;
        let required = || Error::field("recurringPattern", Problem::Required);
        let known = match expense.recurring {
            Some(of) => services.store.series(actor.user.id, of.series_id).await?,
            None => None,
        };
        let today = services.today(actor);
        match (wish, known) {
            (Wish::Nothing, _) | (Wish::Stops, None) | (Wish::Repeats, Some(_)) => Ok(None),
            (Wish::Repeats, None) => Err(required()),
            (Wish::Stops, Some(mut series)) => {
                series.end(today.yesterday().unwrap_or(today));
                Ok(Some(next_version(series, expense)))
            }
            (Wish::By(rule), Some(mut series)) => {
                let rule = with_anchor(rule, &series);
                let (pattern, not_before) = read_pattern(&rule, expense.amount.currency(), expense.date)?;
                series.follow(kept_marks(&series, pattern), today);
                begin_on(&mut series, not_before);
                Ok(Some(next_version(series, expense)))
            }
            (Wish::By(rule), None) => {
                let (pattern, not_before) = read_pattern(rule, expense.amount.currency(), expense.date)?;
                let id = SeriesId(services.random.id(expense.updated_at));
                let mut series = Series::begun_by(expense, id, pattern, today);
                if expense.user_id != actor.user.id {
                    // Who says so makes them from now on; another one's account is theirs alone.
                    (series.user_id, series.template.account_id) = (actor.user.id, None);
                }
                begin_on(&mut series, not_before);
                expense.recurring = Some(expense::SeriesSlot { series_id: id, slot: expense.date });
                Ok(Some(series))
            }
        }
    }

    /// Writes an expense with the series that it begins or changes. With the work that follows.
    pub async fn save(
        services: &Services,
        actor: &Actor,
        mut write: Write,
        expense: &Expense,
        series: &Series,
    ) -> Result<Expense> {
        write.jobs = jobs(services, series, services.today(actor))?;
        let kept = services.store.keep_with_series(&write, expense, series).await?;
        services.series_changed(actor, series, None).await;
        if !write.jobs.is_empty() {
            services.wake();
        }
        Ok(kept)
    }
}

fn next_version(mut series: Series, expense: &Expense) -> Series {
    series.settle();
    series.version += 1;
    series.updated_at = expense.updated_at;
    series
}

/// What was read, or its problems beside the others.
fn merged<T>(problems: &mut Problems, read: std::result::Result<T, Problems>) -> Option<T> {
    match read {
        Ok(read) => Some(read),
        Err(wrong) => {
            for (field, problem) in wrong.0 {
                problems.add(field, problem);
            }
            None
        }
    }
}
