//! The way to a budget, step by step, and proposals that are taken over.
use super::{budget, done, finish, then, typed, words};
use crate::{
    api::{Caller, Handled, Submitted},
    forms::Outcome,
    i18n::{fill, wizard},
    pages::welcome::draft::{Draft, FIELDS, Step},
    paths,
};
use domain::{
    allocation::BasisPoints,
    category::Category,
    input::{self, Reader, Value},
};
use service::{Result, auth, budgets, proposals};

/// Which button was used, if it says where to.
const TO: &str = "to";

/// What comes in: on to the next step, with what was typed in the address.
pub fn income(caller: &Caller, sent: &Submitted) -> Handled {
    let result = caller.actor().and_then(|_| read_income(caller, &sent.fields));
    finish(caller, sent, result, |draft| onwards(&sent.fields, &draft, Step::Household))
}

fn read_income(caller: &Caller, fields: &Value) -> Result<Draft> {
    let mut input = typed::filled(&typed::without(fields, &[TO, "income", "shares", "name", "type", "monthStartDay"]));
    let currency = typed::currency(&input);
    typed::plain_amount(&mut input, "monthlyIncome", caller.locale, currency);
    let mut reader = Reader::new(&input);
    let (income, currency) = domain::budget::read_income_and_currency(&mut reader);
    reader.finish()?;
    Ok(Draft { income, currency, ..carried(fields) })
}

/// Who lives on it: kept in the profile, and on.
pub async fn household(caller: Caller, sent: Submitted) -> Handled {
    let result = keep_household(&caller, &sent).await;
    finish(&caller, &sent, result, |()| onwards(&sent.fields, &carried(&sent.fields), Step::Plan))
}

async fn keep_household(caller: &Caller, sent: &Submitted) -> Result<()> {
    let profile = sent.fields.get("profile").cloned().unwrap_or(Value::Object(Vec::new()));
    let input = Value::Object(vec![("profile".to_owned(), profile)]);
    // Without its key: who goes back and says something else means it, and the same said twice is the same.
    auth::update_profile(&caller.services, caller.actor()?, None, &input).await.map(drop)
}

/// Where it goes: the budget is made; or back a step, and what was typed travels along.
pub async fn save(caller: Caller, sent: Submitted) -> Handled {
    if let Some(step) = wanted(&sent.fields) {
        let draft = Draft { shares: shares(&caller, &sent.fields), ..carried(&sent.fields) };
        let went = Outcome { redirect: Some(draft.path(step)), ok: true, ..Outcome::default() };
        return Handled { outcome: went, ..Handled::default() };
    }
    let result = create(&caller, &sent).await;
    finish(&caller, &sent, result, |made| {
        let text = fill(words(&caller).outcome.budget_created, &[("name", &made.plan.name)]);
        then(done(text), paths::budget(made.id))
    })
}

async fn create(caller: &Caller, sent: &Submitted) -> Result<domain::budget::Budget> {
    let actor = caller.actor()?;
    let mut input = typed::filled(&typed::without(&sent.fields, &["income", "shares"]));
    typed::plain_percentages(&mut input, caller.locale);
    if let (Value::Object(fields), Some(Value::Text(income))) = (&mut input, sent.fields.get("income")) {
        // Plain already: it comes from the step before, not from somebody's keys.
        fields.push(("monthlyIncome".to_owned(), Value::Text(income.clone())));
    }
    budgets::create(&caller.services, actor, sent.idempotency.clone(), &input).await
}

/// Some lines of a proposal, taken over.
pub async fn accept(caller: Caller, sent: Submitted) -> Handled {
    let result = match (caller.actor(), budget::id(&sent.fields)) {
        (Ok(actor), Ok(id)) => {
            let input = typed::without(&sent.fields, &["id"]);
            proposals::accept(&caller.services, actor, sent.idempotency.clone(), id, &input).await
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    finish(&caller, &sent, result, |budget| {
        let text = wizard::of(caller.locale.language()).taken_over;
        then(done(fill(text, &[("name", &budget.plan.name)])), paths::budget(budget.id))
    })
}

/// The step that a button leads to, instead of the next.
fn wanted(fields: &Value) -> Option<Step> {
    fields.text(TO).and_then(Step::of)
}

fn onwards(fields: &Value, draft: &Draft, next: Step) -> Outcome {
    let step = wanted(fields).unwrap_or(next);
    Outcome { ok: true, redirect: Some(draft.path(step)), ..Outcome::default() }
}

/// What came along from the other steps.
fn carried(fields: &Value) -> Draft {
    Draft::read(|name| FIELDS.contains(&name).then(|| fields.text(name)).flatten().map(str::to_owned))
}

/// The shares as they are typed; none while one of them is no percentage.
fn shares(caller: &Caller, fields: &Value) -> Option<[BasisPoints; domain::category::COUNT]> {
    let mut fields = fields.clone();
    typed::plain_percentages(&mut fields, caller.locale);
    let typed = fields.get("allocations")?;
    let read = |category: &Category| {
        let share = typed.get(category.as_str())?.get("percentage")?;
        input::number_text(share).ok().and_then(|text| BasisPoints::parse(text).ok())
    };
    let shares: Option<Vec<BasisPoints>> = Category::ALL.iter().map(read).collect();
    shares?.try_into().ok()
}
