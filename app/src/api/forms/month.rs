//! A month of a budget: money moved between its categories and back, what comes in, last month once more.
use super::{budget::id, done, finish, then, typed, undoable, words};
use crate::{
    api::{Caller, Handled, Submitted},
    i18n::fill,
    paths,
};
use domain::{
    budget::Budget, category::Category, input::Value, locale::Locale, money::Money, months::MonthEntry, period::Month,
};
use service::{Error, Result, budgets, months};

pub async fn move_money(caller: Caller, sent: Submitted) -> Handled {
    let result = moved(&caller, &sent).await;
    finish(&caller, &sent, result, |(budget, entry)| {
        let outcome = match entry.moves.last() {
            Some(made) => {
                let locale = caller.locale;
                let (text, amount) = told(&caller, &budget, made.from, made.to, made.amount);
                let back = [
                    ("id", budget.id.to_string()),
                    ("month", entry.month.to_string()),
                    ("from", made.to.to_string()),
                    ("to", made.from.to_string()),
                    ("amount", written(locale, amount)),
                ];
                undoable(text, "budget-move-back", &back)
            }
            None => done(String::new()),
        };
        then(outcome, paths::budget_month(budget.id, entry.month))
    })
}

pub async fn move_back(caller: Caller, sent: Submitted) -> Handled {
    let result = moved(&caller, &sent).await;
    finish(&caller, &sent, result, |(budget, entry)| {
        let text = entry
            .moves
            .last()
            .map_or_else(String::new, |made| told(&caller, &budget, made.from, made.to, made.amount).0);
        then(done(text), paths::budget_month(budget.id, entry.month))
    })
}

async fn moved(caller: &Caller, sent: &Submitted) -> Result<(Budget, MonthEntry)> {
    let (actor, id) = (caller.actor()?, id(&sent.fields)?);
    let (budget, _) = budgets::get(&caller.services, actor, id).await?;
    let mut input = typed::without(&sent.fields, &["id", "pair"]);
    typed::plain_amount(&mut input, "amount", caller.locale, Some(budget.plan.currency));
    months::move_money(&caller.services, actor, sent.idempotency.clone(), id, &input).await
}

/// What was done, in words, and the amount.
fn told(caller: &Caller, budget: &Budget, from: Category, to: Category, minor: i64) -> (String, Money) {
    let messages = words(caller);
    let amount = Money::new(minor, budget.plan.currency);
    let values = [
        ("amount", caller.locale.format_money(amount)),
        ("from", messages.categories.name(from).to_owned()),
        ("to", messages.categories.name(to).to_owned()),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    (fill(messages.months.moved, &values), amount)
}

fn written(locale: Locale, amount: Money) -> String {
    locale.format_number(amount.minor(), amount.currency().exponent())
}

pub async fn change(caller: Caller, sent: Submitted) -> Handled {
    let result = changed(&caller, &sent, typed::without(&sent.fields, &["id", "month"])).await;
    finish(&caller, &sent, result, |(budget, entry)| {
        then(done(words(&caller).months.income_saved), paths::budget_month(budget.id, entry.month))
    })
}

pub async fn copy(caller: Caller, sent: Submitted) -> Handled {
    let input = Value::Object(vec![("copyLast".to_owned(), Value::Bool(true))]);
    let result = changed(&caller, &sent, input).await;
    finish(&caller, &sent, result, |(budget, entry)| {
        let last = entry.month.previous();
        let name = caller.locale.format_month(last.year, last.month);
        let text = fill(words(&caller).months.copied, &[("month", &name)]);
        then(done(text), paths::budget_month(budget.id, entry.month))
    })
}

async fn changed(caller: &Caller, sent: &Submitted, mut input: Value) -> Result<(Budget, MonthEntry)> {
    let (actor, id) = (caller.actor()?, id(&sent.fields)?);
    let month: Month = sent.fields.text("month").and_then(|month| month.parse().ok()).ok_or(Error::NotFound)?;
    let (budget, _) = budgets::get(&caller.services, actor, id).await?;
    for name in ["plannedIncome", "receivedIncome"] {
        typed::plain_amount(&mut input, name, caller.locale, Some(budget.plan.currency));
    }
    months::change(&caller.services, actor, sent.idempotency.clone(), id, month, &input).await
}
