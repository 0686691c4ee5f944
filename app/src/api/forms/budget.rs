//! Budgets: make, change, delete, take back.
use super::{done, finish, then, typed, undoable, words};
use crate::{
    api::{Caller, Handled, Submitted},
    i18n::fill,
    paths,
};
use domain::{ids::BudgetId, input::Value};
use service::{Error, Result, budgets};

pub async fn create(caller: Caller, sent: Submitted) -> Handled {
    let mut input = typed::filled(&sent.fields);
    let currency = typed::currency(&input);
    typed::plain_amount(&mut input, "monthlyIncome", caller.locale, currency);
    typed::plain_percentages(&mut input, caller.locale);
    let result = match caller.actor() {
        Ok(actor) => budgets::create(&caller.services, actor, sent.idempotency.clone(), &input).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |budget| {
        let text = fill(words(&caller).outcome.budget_created, &[("name", &budget.plan.name)]);
        then(done(text), paths::budget(budget.id))
    })
}

pub async fn update(caller: Caller, sent: Submitted) -> Handled {
    let result = change(&caller, &sent).await;
    finish(&caller, &sent, result, |budget| {
        let text = fill(words(&caller).outcome.budget_saved, &[("name", &budget.plan.name)]);
        then(done(text), paths::budget(budget.id))
    })
}

async fn change(caller: &Caller, sent: &Submitted) -> Result<domain::budget::Budget> {
    let actor = caller.actor()?;
    let id = id(&sent.fields)?;
    let (budget, _) = budgets::get(&caller.services, actor, id).await?;
    let mut input = typed::filled(&typed::without(&sent.fields, &["id"]));
    typed::plain_amount(&mut input, "monthlyIncome", caller.locale, Some(budget.plan.currency));
    typed::plain_percentages(&mut input, caller.locale);
    budgets::update(&caller.services, actor, sent.idempotency.clone(), id, &input).await
}

pub async fn delete(caller: Caller, sent: Submitted) -> Handled {
    let result = match (caller.actor(), id(&sent.fields)) {
        (Ok(actor), Ok(id)) => budgets::delete(&caller.services, actor, sent.idempotency.clone(), id).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    finish(&caller, &sent, result, |budget| {
        let text = fill(words(&caller).outcome.budget_deleted, &[("name", &budget.plan.name)]);
        then(undoable(text, "budget-restore", &[("id", budget.id.to_string())]), paths::BUDGETS)
    })
}

pub async fn restore(caller: Caller, sent: Submitted) -> Handled {
    let result = match (caller.actor(), id(&sent.fields)) {
        (Ok(actor), Ok(id)) => budgets::restore(&caller.services, actor, sent.idempotency.clone(), id).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    finish(&caller, &sent, result, |budget| {
        let text = fill(words(&caller).outcome.restored, &[("name", &budget.plan.name)]);
        then(done(text), paths::budget(budget.id))
    })
}

fn id(fields: &Value) -> Result<BudgetId> {
    fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)
}
