//! What is done with a whole budget: the default, the archive, the way back to an older version.
use super::{budget::id, done, finish, then, typed, undoable, words};
use crate::{
    api::{Caller, Handled, Submitted},
    forms::Outcome,
    i18n::{fill, history::History, messages},
    paths,
};
use domain::{budget::Budget, input::Value};
use service::{Result, auth, budgets, versions};

fn texts(caller: &Caller) -> &'static History {
    &messages(caller.locale.language()).history
}

/// What stands around the pages knows the default: the next page comes whole.
pub(super) fn anew(outcome: Outcome) -> Outcome {
    Outcome { reload: true, ..outcome }
}

pub async fn make_default(caller: Caller, sent: Submitted) -> Handled {
    let result = choose(&caller, &sent).await;
    finish(&caller, &sent, result, |budget| {
        anew(done(fill(texts(&caller).is_default_now, &[("name", &budget.plan.name)])))
    })
}

async fn choose(caller: &Caller, sent: &Submitted) -> Result<Budget> {
    let actor = caller.actor()?;
    let (budget, _) = budgets::get(&caller.services, actor, id(&sent.fields)?).await?;
    set_default(caller, &budget, sent.idempotency.clone()).await?;
    Ok(budget)
}

pub(super) async fn set_default(
    caller: &Caller,
    budget: &Budget,
    key: Option<service::Idempotency>,
) -> Result<domain::user::User> {
    let chosen = Value::Object(vec![("defaultBudgetId".to_owned(), Value::Text(budget.id.to_string()))]);
    let input = Value::Object(vec![("preferences".to_owned(), chosen)]);
    auth::update_profile(&caller.services, caller.actor()?, key, &input).await
}

pub async fn archive(caller: Caller, sent: Submitted) -> Handled {
    let result = set_in_use(&caller, &sent).await;
    finish(&caller, &sent, result, |budget| {
        let words = texts(&caller);
        let text = if budget.is_active { words.used_again } else { words.archived };
        let back = [
            ("id", budget.id.to_string()),
            ("version", budget.version.to_string()),
            ("isActive", (!budget.is_active).to_string()),
        ];
        anew(undoable(fill(text, &[("name", &budget.plan.name)]), "budget-archive", &back))
    })
}

async fn set_in_use(caller: &Caller, sent: &Submitted) -> Result<Budget> {
    let input = typed::without(&sent.fields, &["id"]);
    budgets::update(&caller.services, caller.actor()?, sent.idempotency.clone(), id(&sent.fields)?, &input).await
}

pub async fn restore_version(caller: Caller, sent: Submitted) -> Handled {
    let result = go_back(&caller, &sent).await;
    finish(&caller, &sent, result, |budget| {
        let to = sent.fields.text("restore").unwrap_or_default();
        let text = fill(texts(&caller).restored, &[("n", to), ("name", &budget.plan.name)]);
        let back = [
            ("id", budget.id.to_string()),
            ("version", budget.version.to_string()),
            ("restore", (budget.version - 1).to_string()),
        ];
        then(undoable(text, "budget-version-restore", &back), paths::budget_history(budget.id))
    })
}

async fn go_back(caller: &Caller, sent: &Submitted) -> Result<Budget> {
    // Which of the page's buttons it was is told by `place`.
    let input = typed::without(&sent.fields, &["id", "place"]);
    versions::restore(&caller.services, caller.actor()?, sent.idempotency.clone(), id(&sent.fields)?, &input).await
}

/// What is said of a budget that was thrown away: its undo makes it the default again where it was.
pub(super) fn thrown_away(caller: &Caller, budget: &Budget) -> Outcome {
    let was_default =
        caller.actor.as_ref().is_some_and(|actor| actor.user.preferences.default_budget_id == Some(budget.id));
    let text = fill(words(caller).outcome.budget_deleted, &[("name", &budget.plan.name)]);
    let mut back = vec![("id", budget.id.to_string())];
    if was_default {
        back.push(("default", "true".to_owned()));
    }
    let outcome = then(undoable(text, "budget-restore", &back), paths::BUDGETS);
    if was_default { anew(outcome) } else { outcome }
}
