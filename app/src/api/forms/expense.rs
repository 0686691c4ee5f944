//! Expenses: add, change, delete, take back; and the table's page.
use super::{done, finish, typed, undoable, words};
use crate::{
    api::{Caller, Handled, Submitted, queries::EXPENSES_PER_PAGE, views::ExpensePage},
    forms::Outcome,
    i18n::fill,
};
use domain::{
    budget::Budget,
    currency::Currency,
    expense::Expense,
    filter::{self, Query, Sort},
    ids::{BudgetId, ExpenseId},
    input::{self, Reader, Value},
    period::Month,
    role::Role,
};
use service::{Actor, Error, Result, expenses};

pub async fn create(caller: Caller, sent: Submitted) -> Handled {
    let mut input = typed::filled(&sent.fields);
    let currency = typed::currency(&input);
    typed::plain_amount(&mut input, "amount", caller.locale, currency);
    let result = match caller.actor() {
        Ok(actor) => expenses::create(&caller.services, actor, sent.idempotency.clone(), &input).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |expense| {
        let amount = caller.locale.format_money(expense.amount);
        let title = title(&expense);
        // The form stays open for the next one: without JavaScript, too, it begins with the same date.
        let typed = [("date".to_owned(), expense.date.to_string())].into();
        Outcome { typed, ..done(fill(words(&caller).outcome.expense_added, &[("amount", &amount), ("name", &title)])) }
    })
}

pub async fn update(caller: Caller, sent: Submitted) -> Handled {
    let result = change(&caller, &sent).await;
    finish(&caller, &sent, result, |expense| {
        done(fill(words(&caller).outcome.expense_saved, &[("name", &title(&expense))]))
    })
}

async fn change(caller: &Caller, sent: &Submitted) -> Result<Expense> {
    let actor = caller.actor()?;
    let id = id(&sent.fields)?;
    let before = expenses::get(&caller.services, actor, id).await?;
    let mut input = typed::without(&sent.fields, &["id"]);
    let currency = typed::currency(&input).unwrap_or(before.amount.currency());
    typed::plain_amount(&mut input, "amount", caller.locale, Some(currency));
    expenses::update(&caller.services, actor, sent.idempotency.clone(), id, &input).await
}

pub async fn delete(caller: Caller, sent: Submitted) -> Handled {
    let result = remove(&caller, &sent).await;
    finish(&caller, &sent, result, |expense| {
        let text = fill(words(&caller).outcome.expense_deleted, &[("name", &title(&expense))]);
        undoable(text, "expense-restore", &[("id", expense.id.to_string())])
    })
}

async fn remove(caller: &Caller, sent: &Submitted) -> Result<Expense> {
    let version = sent.fields.text("version").and_then(|version| version.parse().ok());
    expenses::delete(&caller.services, caller.actor()?, sent.idempotency.clone(), id(&sent.fields)?, version).await
}

pub async fn restore(caller: Caller, sent: Submitted) -> Handled {
    let result = match (caller.actor(), id(&sent.fields)) {
        (Ok(actor), Ok(id)) => expenses::restore(&caller.services, actor, sent.idempotency.clone(), id).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    finish(&caller, &sent, result, |expense| done(fill(words(&caller).outcome.restored, &[("name", &title(&expense))])))
}

fn id(fields: &Value) -> Result<ExpenseId> {
    fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)
}

fn title(expense: &Expense) -> String {
    let title = expense.merchant.as_deref().or(expense.description.as_deref()).unwrap_or_default();
    title.chars().take(60).collect()
}

/// A page of the table for the page's own query string. What is wrong in it is passed over: somebody typed an address.
pub async fn expense_page(caller: &Caller, query: &str) -> Result<ExpensePage> {
    let actor = caller.actor()?;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let mut value = Value::from_form(pairs.iter().cloned());
    for name in ["minAmount", "maxAmount"] {
        typed::plain_amount(&mut value, name, caller.locale, Some(Currency::KWD)); // with three decimals, as filters have
    }
    let services = &caller.services;
    let budgets: Vec<Budget> = service::budgets::list(services, actor, &Value::Object(Vec::new()))
        .await?
        .into_iter()
        .map(|(budget, _)| budget)
        .collect();
    let mut reader = Reader::new(&value);
    let mut filter = filter::read_filter(&mut reader);
    let sort: Sort = reader.optional("sort", |value| input::word(value, &Sort::WORDS)).unwrap_or_default();
    let page = reader.optional("page", |value| input::integer(value, 1, i64::from(u32::MAX / EXPENSES_PER_PAGE)));
    if let Some(month) = reader.optional("month", input::month) {
        let (start, end) = month_of(&budgets, filter.budget_id, month);
        filter.start_date = Some(filter.start_date.map_or(start, |date| date.max(start)));
        filter.end_date = Some(filter.end_date.map_or(end, |date| date.min(end)));
    }
    let limit = EXPENSES_PER_PAGE;
    let mut page = page.and_then(|page| u32::try_from(page).ok()).unwrap_or(1);
    let mut query = Query { filter, sort, limit, cursor: None, offset: (page - 1) * limit };
    let mut listed = expenses::query_page(services, actor, query.clone()).await?;
    let pages = u32::try_from(listed.page.total.div_ceil(u64::from(limit))).unwrap_or(u32::MAX).max(1);
    if page > pages {
        page = pages;
        query.offset = (page - 1) * limit;
        listed = expenses::query_page(services, actor, query).await?;
    }
    // New rows go to a budget that may be edited.
    let editable: Vec<Budget> =
        budgets.iter().filter(|budget| budget.role_of(actor.user.id) >= Some(Role::Edit)).cloned().collect();
    let default_budget = service::analytics::default_budget(actor, &editable);
    let people = crate::api::sharing::people(caller, &budgets).await?;
    Ok(ExpensePage {
        items: listed.page.items,
        total: listed.page.total,
        page,
        pages,
        accounts: service::accounts::list(services, actor).await?,
        currency: currency_of(actor, &budgets, default_budget),
        budgets,
        people,
        default_budget,
        filters: pairs.into_iter().filter(|(name, text)| name != "page" && !text.trim().is_empty()).collect(),
    })
}

fn month_of(budgets: &[Budget], budget: Option<BudgetId>, month: Month) -> (domain::Date, domain::Date) {
    let start_day = budgets.iter().find(|known| Some(known.id) == budget).map(|budget| budget.month_start_day);
    let period = month.period(start_day.unwrap_or_default());
    (period.start, period.end)
}

/// What a new row is in: the budget's currency, else the person's.
fn currency_of(actor: &Actor, budgets: &[Budget], budget: Option<BudgetId>) -> Currency {
    budgets
        .iter()
        .find(|known| Some(known.id) == budget)
        .map_or(actor.user.preferences.currency, |budget| budget.plan.currency)
}
