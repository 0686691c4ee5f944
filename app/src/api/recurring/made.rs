//! The page of recurring expenses, made of what the use-case gives.
use super::{Due, DueDay, DueMonth, Found, Open, RecurringPage, Shown};
use crate::{
    api::Caller,
    i18n::{self, fill, messages},
    paths,
};
use domain::{
    Date,
    expense::{Expense, Kind, Status},
    filter::{Filter, LIMIT_MAX, Query},
    ids::SeriesId,
    locale::Locale,
    money::Money,
    period::Month,
    recurrence::{DateKey, Exception, Frequency, Occurrence, RecurringPattern, Series, Standing},
    role::Role,
};
use jiff::civil::Weekday;
use service::{
    Actor, Result,
    recurring::{self, Proposal},
};
use std::collections::BTreeSet;

/// What the lines have in common.
struct Frame {
    locale: Locale,
    words: &'static i18n::recurring::Recurring,
    today: Date,
    /// Series that who looks may change.
    mine: BTreeSet<SeriesId>,
}

/// All of the page.
pub(super) async fn page(caller: &Caller) -> Result<RecurringPage> {
    let actor = caller.actor()?;
    let found = recurring::list(&caller.services, actor).await?;
    let mine = changeable(caller, actor, &found.series).await?;
    let frame = Frame { locale: caller.locale, words: words(caller.locale), today: found.today, mine };
    let first = Month { year: found.today.year(), month: found.today.month() };
    let months = [first, first.next()];
    let days = (months[0].period(<_>::default()).start, months[1].period(<_>::default()).end);
    let filter =
        Filter { recurring: Some(true), start_date: Some(days.0), end_date: Some(days.1), ..Filter::default() };
    let query = Query { filter, limit: LIMIT_MAX, ..Query::default() };
    let made = service::expenses::query_page(&caller.services, actor, query).await?.page.items;
    let shown = |series: &Series| frame.shown(series);
    let (ended, series): (Vec<&Series>, Vec<&Series>) =
        found.series.iter().partition(|series| series.standing(found.today) == Standing::Ended);
    let weekday = |weekday: Weekday| {
        (frame.locale.weekday_short(weekday).to_owned(), frame.locale.weekday_name(weekday).to_owned())
    };
    Ok(RecurringPage {
        months: months.iter().map(|month| frame.month(*month, &found.series, &made)).collect(),
        series: series.into_iter().map(shown).collect(),
        ended: ended.into_iter().map(shown).collect(),
        found: found.proposals.iter().map(|proposal| frame.found(proposal)).collect(),
        weekdays: Weekday::Monday.cycle_forward().take(7).map(weekday).collect(),
    })
}

/// How a row repeats, in a sentence; none: it doesn't, or not any more.
pub(in crate::api) async fn repeats(caller: &Caller, row: Option<&Expense>) -> Result<Option<String>> {
    let Some(of) = row.and_then(|row| row.recurring) else { return Ok(None) };
    let rules = recurring::rules(&caller.services, caller.actor()?, [of.series_id]).await?;
    Ok(rules.get(&of.series_id).map(|series| rule(caller.locale, &series.pattern)))
}

/// What a series is called.
pub(in crate::api) fn title(series: &Series) -> String {
    let template = &series.template;
    let title = template.merchant.as_deref().or(template.description.as_deref()).unwrap_or_default();
    title.chars().take(60).collect()
}

async fn changeable(caller: &Caller, actor: &Actor, series: &[Series]) -> Result<BTreeSet<SeriesId>> {
    let all = domain::input::Value::Object(Vec::new());
    let budgets = service::budgets::list(&caller.services, actor, &all).await?;
    let may_edit = |series: &&Series| {
        let role = budgets.iter().find(|(budget, _)| Some(budget.id) == series.budget_id).map(|(_, role)| *role);
        role.map_or(series.user_id == actor.user.id, |role| role >= Role::Edit)
    };
    Ok(series.iter().filter(may_edit).map(|series| series.id).collect())
}

fn words(locale: Locale) -> &'static i18n::recurring::Recurring {
    &messages(locale.language()).recurring
}

/// A rule in a sentence.
fn rule(locale: Locale, pattern: &RecurringPattern) -> String {
    let words = words(locale);
    let slot = pattern.upcoming(None).map_or(pattern.anchor_date, |first| first.slot);
    let n = pattern.interval.to_string();
    let (text, day) = match (pattern.frequency, pattern.interval) {
        (Frequency::Weekly, 1) => (words.rule_week, locale.weekday_name(slot.weekday()).to_owned()),
        (Frequency::Weekly, 2) => (words.rule_two_weeks, locale.weekday_name(slot.weekday()).to_owned()),
        (Frequency::Weekly, _) => (words.rule_weeks, locale.weekday_name(slot.weekday()).to_owned()),
        (Frequency::Monthly, 1) if pattern.anchor_day >= 31 => (words.rule_month_end, String::new()),
        (Frequency::Monthly, _) if pattern.anchor_day >= 31 => (words.rule_months_end, String::new()),
        (Frequency::Monthly, 1) => (words.rule_month, pattern.anchor_day.to_string()),
        (Frequency::Monthly, _) => (words.rule_months, pattern.anchor_day.to_string()),
        (Frequency::Yearly, 1) => (words.rule_year, String::new()),
        (Frequency::Yearly, _) => (words.rule_years, String::new()),
    };
    let date = day_of_year(locale, pattern.anchor_day, slot.month());
    let rule = fill(text, &[("day", &day), ("n", &n), ("date", &date)]);
    match pattern.end_date {
        Some(end) => fill(words.rule_until, &[("rule", &rule), ("date", &locale.format_date(end))]),
        None => rule,
    }
}

/// A day of each year: without its weekday.
fn day_of_year(locale: Locale, day: u8, month: i8) -> String {
    let month = locale.month_name(month);
    match locale.language() {
        domain::locale::Language::De => format!("{day}. {month}"),
        domain::locale::Language::En if locale.is_month_first() => format!("{month} {day}"),
        domain::locale::Language::En => format!("{day} {month}"),
    }
}

impl Frame {
    fn day(&self, date: Date) -> String {
        self.locale.format_date_relative(date, self.today)
    }

    /// With a plus where money comes in.
    fn money(&self, kind: Kind, amount: Money) -> String {
        let text = self.locale.format_money(amount);
        if matches!(kind, Kind::Income | Kind::Refund) { format!("+{text}") } else { text }
    }

    fn typed(&self, amount: Money) -> String {
        amount.to_decimal().replace('.', &self.locale.decimal_mark().to_string())
    }

    fn month(&self, month: Month, series: &[Series], made: &[Expense]) -> DueMonth {
        let period = month.period(<_>::default());
        let mut due: Vec<Due> = made
            .iter()
            .filter(|row| (period.start..=period.end).contains(&row.date))
            .map(|row| self.made(row))
            .collect();
        let mut left: Vec<Money> = Vec::new();
        for series in series {
            for one in series.ahead(period.start, period.end) {
                let out = matches!(series.template.kind, Kind::Expense);
                left.extend(Some(series.amount_of(&one)).filter(|_| out));
                due.push(self.ahead(series, &one));
            }
        }
        due.sort_by(|one, other| (&one.date, &one.name).cmp(&(&other.date, &other.name)));
        let weeks = self.weeks(period.start, period.end, &due);
        DueMonth { name: self.locale.format_month(month.year, month.month), weeks, total: self.total(&left), due }
    }

    /// What amounts of one currency come to.
    fn total(&self, amounts: &[Money]) -> Option<String> {
        let currency = amounts.first()?.currency();
        let sum = amounts.iter().try_fold(0_i64, |sum, amount| {
            (amount.currency() == currency).then(|| sum.checked_add(amount.minor())).flatten()
        })?;
        Some(fill(self.words.total, &[("amount", &self.locale.format_money(Money::new(sum, currency)))]))
    }

    fn made(&self, row: &Expense) -> Due {
        Due {
            date: row.date.to_string(),
            on: self.day(row.date),
            name: row.merchant.clone().or_else(|| row.description.clone()).unwrap_or_default(),
            amount: self.money(row.kind, row.amount),
            made: Some(paths::expense(row.id)),
            open: None,
        }
    }

    fn ahead(&self, series: &Series, one: &Occurrence) -> Due {
        let amount = series.amount_of(one);
        let open = Open {
            series: series.id.to_string(),
            slot: one.slot.to_string(),
            typed: self.typed(amount),
            currency: amount.currency(),
        };
        Due {
            date: one.date.to_string(),
            on: self.day(one.date),
            name: title(series),
            amount: self.money(series.template.kind, amount),
            made: None,
            open: self.mine.contains(&series.id).then_some(open),
        }
    }

    /// The days of a month by weeks, from Monday on.
    fn weeks(&self, start: Date, end: Date, due: &[Due]) -> Vec<Vec<Option<DueDay>>> {
        let before = usize::try_from(start.weekday().to_monday_zero_offset()).unwrap_or(0);
        let mut days: Vec<Option<DueDay>> = vec![None; before];
        let mut day = start;
        while day <= end {
            let text = day.to_string();
            let on = due.iter().filter(|due| due.date == text).map(|due| (due.name.clone(), due.amount.clone()));
            days.push(Some(DueDay { day: day.day(), today: day == self.today, due: on.collect() }));
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        days.resize(days.len().next_multiple_of(7), None);
        days.chunks(7).map(<[_]>::to_vec).collect()
    }

    fn shown(&self, series: &Series) -> Shown {
        let amount = series.template.amount;
        let skipped = series.pattern.exceptions.iter().filter(|(slot, how)| {
            **how == Exception::Skipped && slot.0 >= self.today && series.open_slot(slot.0).is_ok()
        });
        Shown {
            id: series.id.to_string(),
            version: series.version,
            name: title(series),
            amount: self.money(series.template.kind, amount),
            typed: self.typed(amount),
            currency: amount.currency(),
            rule: rule(self.locale, &series.pattern),
            until: series.pattern.end_date.map(|end| end.to_string()).unwrap_or_default(),
            next: series.next_date.map(|next| self.day(next)),
            paused: series.standing(self.today) == Standing::Paused,
            waits: series.template.status == Status::NeedsReview,
            may_change: self.mine.contains(&series.id),
            skipped: skipped.map(|(DateKey(slot), _)| (slot.to_string(), self.day(*slot))).collect(),
        }
    }

    fn found(&self, proposal: &Proposal) -> Found {
        let found = &proposal.found;
        let money = |minor| self.locale.format_money(Money::new(minor, found.next_amount.currency()));
        let (low, high) = (money(found.evidence.min), money(found.evidence.max));
        let amount = if low == high {
            self.money(found.kind, found.next_amount)
        } else {
            fill(self.words.found_range, &[("low", &low), ("high", &high)])
        };
        let last = &proposal.last;
        Found {
            id: proposal.id.to_string(),
            name: last.merchant.clone().or_else(|| last.description.clone()).unwrap_or_default(),
            amount,
            rule: rule(self.locale, &found.pattern),
            next: Some(self.day(found.next_date)),
            evidence: proposal
                .evidence
                .iter()
                .map(|row| (paths::expense(row.id), self.day(row.date), money(row.amount)))
                .collect(),
        }
    }
}
