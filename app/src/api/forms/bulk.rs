//! One action on the selected rows of the expense table. All fields of the bar come with the form; the button that was
//! pressed says which of them count.
use super::{done, finish};
use crate::{
    api::{Caller, Handled, Submitted},
    forms::{Outcome, Undo},
    i18n::{I18n, Plural, plural, table},
};
use domain::{
    input::Value,
    problem::{Problem, Problems},
};
use service::{Error, Result, bulk, ports::store::Written};

pub async fn apply(caller: Caller, sent: Submitted) -> Handled {
    let action = sent.fields.text("action").unwrap_or_default().to_owned();
    let result = run(&caller, &sent, &action).await;
    let refusal = result.as_ref().err().and_then(|error| refusal(&caller, &action, error));
    let mut handled = finish(&caller, &sent, result, |written| said(&caller, &action, &written));
    if let Some(text) = refusal {
        // Rows have no field in the bar at which it could be said.
        handled.outcome.problems = Problems::default();
        handled.outcome.error = Some(text.to_owned());
    }
    handled
}

/// What is wrong, where it is not about a field that somebody has filled in.
fn refusal(caller: &Caller, action: &str, error: &Error) -> Option<&'static str> {
    let language = caller.locale.language();
    let (words, bar) = (table::done(language), table::words(language));
    let problems = match error {
        Error::Validation(problems) => problems,
        Error::Missing(_) => return Some(crate::i18n::errors::error(language, "NOT_FOUND")),
        _ => return None,
    };
    let first = problems.0.keys().next()?;
    Some(match (first.as_str(), action) {
        ("ids", "merge") => words.not_one_payment,
        ("ids", _) => words.select_first,
        ("category", _) => bar.choose_category,
        ("budgetId", _) => bar.choose_budget,
        ("tags", _) if problems.0.values().all(|problem| *problem == Problem::Required) => bar.say_tags,
        (field, "merge") if field.starts_with("ids.") => words.not_one_payment,
        (field, "categorize") if field.starts_with("ids.") => words.no_category,
        _ => return None,
    })
}

async fn run(caller: &Caller, sent: &Submitted, action: &str) -> Result<Written> {
    let input = input(&sent.fields, action);
    bulk::apply(&caller.services, caller.actor()?, sent.idempotency.clone(), &input).await
}

/// The fields that count for the action, as the use-case has them.
fn input(sent: &Value, action: &str) -> Value {
    let get = |name: &str| sent.get(name).cloned().unwrap_or(Value::Null);
    // Each box that is ticked sends one.
    let ids = match sent {
        Value::Object(fields) => fields.iter().filter(|(name, _)| name == "id").map(|(_, id)| id.clone()).collect(),
        _ => Vec::new(),
    };
    let nothing = |value: Value| if value == Value::Text("none".to_owned()) { Value::Null } else { value };
    let mut fields = vec![("ids".to_owned(), Value::List(ids)), ("action".to_owned(), Value::Text(action.to_owned()))];
    // A choice that was not made is left out, so that it is asked for.
    let mut choice = |name: &str| {
        if get(name) != Value::Null {
            fields.push((name.to_owned(), nothing(get(name))));
        }
    };
    match action {
        "categorize" => choice("category"),
        "move" => choice("budgetId"),
        "tag" => choice("tags"),
        _ => {}
    }
    Value::Object(fields)
}

fn said(caller: &Caller, action: &str, written: &Written) -> Outcome {
    let words = table::done(caller.locale.language());
    let Some(activity) = written.activity else { return done(words.nothing) };
    let forms: Plural = match action {
        "categorize" => words.categorized,
        "tag" => words.tagged,
        "restore" => words.restored,
        "move" => words.moved,
        "merge" => words.merged,
        _ => words.deleted,
    };
    let i18n = I18n::new(caller.locale, caller.services.zones.date_in(caller.now, "UTC"));
    let mut outcome = done(plural(i18n, forms, written.expenses.len()));
    if let Some(toast) = &mut outcome.toast {
        let fields = vec![("id".to_owned(), activity.to_string())];
        toast.undo = Some(Undo { form: "activity-undo".to_owned(), fields, label: None });
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_counts_is_handed_on() {
        let text = |text: &str| Value::Text(text.to_owned());
        let pairs = [("id", "a"), ("id", "b"), ("category", "none"), ("tags", ""), ("budgetId", "x")];
        let sent = Value::from_form(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let names = |value: &Value| match value {
            Value::Object(fields) => fields.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(),
            _ => Vec::new(),
        };
        let filed = input(&sent, "categorize");
        assert_eq!(names(&filed), ["ids", "action", "category"]);
        assert_eq!(filed.get("category"), Some(&Value::Null));
        assert_eq!(filed.get("ids"), Some(&Value::List(vec![text("a"), text("b")])));
        assert_eq!(names(&input(&sent, "tag")), ["ids", "action"]);
        assert_eq!(input(&sent, "move").get("budgetId"), Some(&text("x")));
        assert_eq!(names(&input(&sent, "delete")), ["ids", "action"]);
    }
}
