//! Recurring expenses: one left out or changed, a series changed, paused and ended, what was found accepted or dismissed.
use super::{done, finish, then, typed, undoable, words};
use crate::{
    api::{Caller, Handled, Submitted, recurring::title},
    forms::Outcome,
    i18n::fill,
    paths,
};
use domain::{
    Date,
    ids::SeriesId,
    input::Value,
    recurrence::{RecurringPattern, Series},
};
use service::{Error, Result, recurring};

pub async fn update(caller: Caller, sent: Submitted) -> Handled {
    let result = updated(&caller, &sent).await;
    finish(&caller, &sent, result, |series| said(words(&caller).recurring.saved, &series))
}

async fn updated(caller: &Caller, sent: &Submitted) -> Result<Series> {
    let (actor, id) = (caller.actor()?, id(&sent.fields)?);
    let series = recurring::get(&caller.services, actor, id).await?;
    let mut input = typed::without(&sent.fields, &["id", "of"]);
    typed::plain_amount(&mut input, "amount", caller.locale, Some(series.template.amount.currency()));
    plain_rule(&mut input, Some(&series.pattern));
    recurring::update(&caller.services, actor, sent.idempotency.clone(), id, &input).await
}

pub async fn skip(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let input = typed::without(&sent.fields, &["id", "of"]);
        recurring::skip(&caller.services, caller.actor()?, sent.idempotency.clone(), id(&sent.fields)?, &input).await
    };
    let result = result.await;
    finish(&caller, &sent, result, |series| {
        let text = of_day(&caller, words(&caller).recurring.skipped, &series, &sent.fields);
        let fields = [("id", series.id.to_string()), ("slot", slot(&sent.fields))];
        then(undoable(text, "recurring-change", &fields), paths::RECURRING)
    })
}

pub async fn change(caller: Caller, sent: Submitted) -> Handled {
    let result = changed(&caller, &sent).await;
    finish(&caller, &sent, result, |series| {
        let words = &words(&caller).recurring;
        let plain = !series.pattern.exceptions.keys().any(|day| day.0.to_string() == slot(&sent.fields));
        let text = if plain { words.put_back_done } else { words.changed };
        then(done(of_day(&caller, text, &series, &sent.fields)), paths::RECURRING)
    })
}

async fn changed(caller: &Caller, sent: &Submitted) -> Result<Series> {
    let (actor, id) = (caller.actor()?, id(&sent.fields)?);
    let series = recurring::get(&caller.services, actor, id).await?;
    let mut input = typed::without(&sent.fields, &["id", "of"]);
    typed::plain_amount(&mut input, "amount", caller.locale, Some(series.template.amount.currency()));
    // What stands in the form as the rule has it is no change.
    if let Value::Object(fields) = &mut input {
        let own =
            domain::money::format_minor(series.template.amount.minor(), series.template.amount.currency().exponent());
        fields.retain(|(name, value)| !(name == "amount" && *value == Value::Number(own.clone())));
    }
    recurring::change_one(&caller.services, actor, sent.idempotency.clone(), id, &input).await
}

pub async fn pause(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let input = typed::without(&sent.fields, &["id", "of"]);
        recurring::pause(&caller.services, caller.actor()?, sent.idempotency.clone(), id(&sent.fields)?, &input).await
    };
    let result = result.await;
    finish(&caller, &sent, result, |series| {
        let text = fill(words(&caller).recurring.paused_done, &[("name", &title(&series))]);
        then(undoable(text, "recurring-resume", &[("id", series.id.to_string())]), paths::RECURRING)
    })
}

pub async fn resume(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let input = typed::without(&sent.fields, &["id", "of"]);
        recurring::resume(&caller.services, caller.actor()?, sent.idempotency.clone(), id(&sent.fields)?, &input).await
    };
    let result = result.await;
    finish(&caller, &sent, result, |series| said(words(&caller).recurring.resumed, &series))
}

pub async fn end(caller: Caller, sent: Submitted) -> Handled {
    let result = ended(&caller, &sent).await;
    finish(&caller, &sent, result, |(last, series)| {
        let text = fill(words(&caller).recurring.ended_done, &[("name", &title(&series))]);
        // Resuming knows nothing of the last day that it had, nor of a pause.
        let last = last.map(|day| day.to_string()).unwrap_or_default();
        let version = series.version.to_string();
        let fields = [("id", series.id.to_string()), ("version", version), ("recurringPattern.endDate", last)];
        then(undoable(text, "recurring-update", &fields), paths::RECURRING)
    })
}

/// The last day that it had before, and the series after that.
async fn ended(caller: &Caller, sent: &Submitted) -> Result<(Option<Date>, Series)> {
    let (actor, id) = (caller.actor()?, id(&sent.fields)?);
    let last = recurring::get(&caller.services, actor, id).await?.pattern.end_date;
    let input = typed::without(&sent.fields, &["id", "of"]);
    Ok((last, recurring::end(&caller.services, actor, sent.idempotency.clone(), id, &input).await?))
}

pub async fn accept(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        recurring::accept(&caller.services, caller.actor()?, sent.idempotency.clone(), id(&sent.fields)?).await
    };
    let result = result.await;
    finish(&caller, &sent, result, |series| said(words(&caller).recurring.accepted, &series))
}

pub async fn dismiss(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        recurring::dismiss(&caller.services, caller.actor()?, sent.idempotency.clone(), id(&sent.fields)?).await
    };
    let result = result.await;
    finish(&caller, &sent, result, |series| said(words(&caller).recurring.dismissed, &series))
}

/// Makes a rule of what a form says: `recurringPattern.frequency` (`biweekly` among them) and `recurringPattern.endDate`. Where
/// nothing is chosen the rule is the series' `own`, if there is one, and left out if nothing of it is changed.
pub fn plain_rule(fields: &mut Value, own: Option<&RecurringPattern>) {
    let Value::Object(list) = fields else { return };
    let Some(at) = list.iter().position(|(name, _)| name == "recurringPattern") else { return };
    let (_, typed) = list.remove(at);
    let chosen = typed.text("frequency").map(|word| match word {
        "biweekly" => ("weekly".to_owned(), 2),
        word => (word.to_owned(), 1),
    });
    let kept = own.map(|own| (own.frequency.as_str().to_owned(), own.interval));
    let Some((frequency, interval)) = chosen.or_else(|| kept.clone()) else { return };
    let end = typed.text("endDate").unwrap_or_default().to_owned();
    let old_end = own.and_then(|own| own.end_date).map(|end| end.to_string()).unwrap_or_default();
    if kept.as_ref() == Some(&(frequency.clone(), interval)) && end == old_end {
        return;
    }
    let mut rule = vec![
        ("frequency".to_owned(), Value::Text(frequency)),
        ("interval".to_owned(), Value::Number(interval.to_string())),
    ];
    if !end.is_empty() {
        rule.push(("endDate".to_owned(), Value::Text(end)));
    }
    list.push(("recurringPattern".to_owned(), Value::Object(rule)));
}

fn id(fields: &Value) -> Result<SeriesId> {
    fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)
}

fn slot(fields: &Value) -> String {
    fields.text("slot").unwrap_or_default().to_owned()
}

/// A sentence about one day of a series.
fn of_day(caller: &Caller, text: &str, series: &Series, fields: &Value) -> String {
    let day: Option<Date> = slot(fields).parse().ok();
    let date = day.map(|day| caller.locale.format_date(day)).unwrap_or_default();
    fill(text, &[("name", &title(series)), ("date", &date)])
}

fn said(text: &str, series: &Series) -> Outcome {
    then(done(fill(text, &[("name", &title(series))])), paths::RECURRING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::recurrence::Frequency;

    fn form(frequency: &str, end: &str) -> Value {
        let pairs = [("recurringPattern.frequency", frequency), ("recurringPattern.endDate", end)];
        Value::from_form(pairs.map(|(name, text)| (name.to_owned(), text.to_owned())))
    }

    fn rule(mut form: Value, own: Option<&RecurringPattern>) -> Option<(String, String, Option<String>)> {
        plain_rule(&mut form, own);
        let rule = form.get("recurringPattern")?;
        let Some(Value::Number(interval)) = rule.get("interval") else { panic!("{rule:?}") };
        let end = rule.text("endDate").map(str::to_owned);
        Some((rule.text("frequency").unwrap_or_default().to_owned(), interval.clone(), end))
    }

    #[test]
    fn what_a_form_says_of_a_rule() {
        let made = |frequency: &str, interval: &str, end: Option<&str>| {
            Some((frequency.to_owned(), interval.to_owned(), end.map(str::to_owned)))
        };
        assert_eq!(rule(form("", ""), None), None);
        assert_eq!(rule(form("", "2027-01-01"), None), None, "it never repeats");
        assert_eq!(rule(form("biweekly", ""), None), made("weekly", "2", None));
        assert_eq!(rule(form("monthly", "2027-01-01"), None), made("monthly", "1", Some("2027-01-01")));
        let mut own = RecurringPattern::new(Frequency::Monthly, 3, Date::constant(2026, 1, 1));
        assert_eq!(rule(form("", ""), Some(&own)), None, "nothing is changed");
        assert_eq!(rule(form("", "2027-01-01"), Some(&own)), made("monthly", "3", Some("2027-01-01")));
        own.end_date = Some(Date::constant(2027, 1, 1));
        assert_eq!(rule(form("", ""), Some(&own)), made("monthly", "3", None));
        assert_eq!(rule(form("weekly", "2027-01-01"), Some(&own)), made("weekly", "1", Some("2027-01-01")));
    }
}
