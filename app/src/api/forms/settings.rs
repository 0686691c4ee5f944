//! Who one is, what one prefers, and the trash.
use super::{done, finish, words};
use crate::{
    api::{Caller, Handled, Submitted, views::TrashItem},
    forms::Outcome,
    i18n::fill,
};
use domain::{
    input::Value,
    locale::Locale,
    money::Money,
    user::{Theme, User},
};
use service::{Actor, Error, Result, auth, ports::store::Trashed};

pub async fn profile(caller: Caller, sent: Submitted) -> Handled {
    let result = update(&caller, &sent, &sent.fields).await;
    finish(&caller, &sent, result, |user| Outcome {
        reload: true,
        ..done(fill(words(&caller).outcome.saved, &[("name", &user.name)]))
    })
}

pub async fn preferences(caller: Caller, sent: Submitted) -> Handled {
    let input = Value::Object(vec![("preferences".to_owned(), sent.fields.clone())]);
    let result = update(&caller, &sent, &input).await.map_err(strip_prefix);
    finish(&caller, &sent, result, |user| {
        let words = crate::i18n::messages(user.preferences.locale().language());
        Outcome { reload: true, ..done(words.outcome.preferences_saved) }
    })
}

/// The page's switch of colours: kept with the person, else in a cookie.
pub async fn theme(caller: Caller, sent: Submitted) -> Handled {
    let theme: Theme = sent.fields.text("theme").and_then(|theme| theme.parse().ok()).unwrap_or_default();
    let word = Value::Text(theme.as_str().to_owned());
    remember(caller, sent, ("theme", word), |locale| (locale.tag().to_owned(), theme)).await
}

/// The page's switch of language: kept with the person, else in a cookie.
pub async fn language(caller: Caller, sent: Submitted) -> Handled {
    let locale = Locale::from_tag(sent.fields.text("language").unwrap_or_default());
    let word = Value::Text(locale.tag().to_owned());
    remember(caller, sent, ("language", word), |_| (locale.tag().to_owned(), Theme::System)).await
}

async fn remember(
    caller: Caller,
    sent: Submitted,
    (name, value): (&str, Value),
    cookie: impl FnOnce(Locale) -> (String, Theme),
) -> Handled {
    let preferences = Value::Object(vec![(name.to_owned(), value)]);
    let input = Value::Object(vec![("preferences".to_owned(), preferences)]);
    let result = if caller.actor.is_some() { update(&caller, &sent, &input).await.map(|_| ()) } else { Ok(()) };
    let mut handled = finish(&caller, &sent, result, |()| Outcome { ok: true, reload: true, ..Outcome::default() });
    handled.preferences = Some(cookie(caller.locale));
    handled
}

async fn update(caller: &Caller, sent: &Submitted, input: &Value) -> Result<User> {
    auth::update_profile(&caller.services, caller.actor()?, sent.idempotency.clone(), input).await
}

/// The form's fields have no `preferences.` before their names.
fn strip_prefix(error: Error) -> Error {
    match error {
        Error::Validation(mut problems) => {
            let renamed = problems
                .0
                .into_iter()
                .map(|(path, problem)| (path.strip_prefix("preferences.").map(str::to_owned).unwrap_or(path), problem));
            problems.0 = renamed.collect();
            Error::Validation(problems)
        }
        other => other,
    }
}

pub async fn restore(caller: Caller, sent: Submitted) -> Handled {
    let result = take_back(&caller, &sent).await;
    finish(&caller, &sent, result, |item| done(fill(words(&caller).outcome.restored, &[("name", &title(&item))])))
}

async fn take_back(caller: &Caller, sent: &Submitted) -> Result<Trashed> {
    let id: domain::ids::ExpenseId = sent.fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    service::trash::restore(&caller.services, caller.actor()?, sent.idempotency.clone(), id.0).await
}

fn title(item: &Trashed) -> String {
    match item {
        Trashed::Budget { budget } => budget.plan.name.clone(),
        Trashed::Expense { expense } => {
            expense.merchant.clone().or_else(|| expense.description.clone()).unwrap_or_default()
        }
    }
}

/// Something in the trash, made ready to be shown.
pub fn trash_item(caller: &Caller, actor: &Actor, item: Trashed) -> TrashItem {
    let title = title(&item);
    let (id, is_budget, amount, at) = match item {
        Trashed::Budget { budget } => (budget.id.to_string(), true, None::<Money>, budget.deleted_at),
        Trashed::Expense { expense } => {
            let signed = Money::new(expense.signed_minor(), expense.amount.currency());
            (expense.id.to_string(), false, Some(signed), expense.deleted_at)
        }
    };
    TrashItem {
        id,
        is_budget,
        title,
        amount: amount.map(|money| (money.minor(), money.currency())),
        deleted_on: caller.services.zones.date_in(at.unwrap_or(caller.now), &actor.user.preferences.timezone),
    }
}
