//! Expenses: add, change, delete, take back; and the table's page.
use super::{done, finish, recurring, rules, typed, undoable, words};
use crate::{
    api::{
        Caller, Handled, Submitted,
        queries::EXPENSES_PER_PAGE,
        views::{ExpensePage, ExpenseTablePage, ListSum},
    },
    forms::Outcome,
    i18n::fill,
    paths,
};
use domain::{
    account::Account,
    budget::Budget,
    currency::Currency,
    expense::Expense,
    filter::{self, Filter, Query, Sort},
    ids::{BudgetId, ExpenseId},
    input::{self, Reader, Value},
    period::Month,
    problem::Problems,
    role::Role,
};
use service::{Actor, Error, Result, Services, expenses, ports::store::Sum};
use std::collections::BTreeMap;

/// Sent by the button that asks for one more line.
const MORE_PARTS: &str = "addPart";
/// Where a line that has to be looked at is put into the form.
fn to_form(text: &str) -> String {
    format!("{}?add=1&line={}", paths::EXPENSES, paths::encode(text))
}

/// A line: saved where it says all there is to say, else put into the form.
pub async fn line(caller: Caller, sent: Submitted) -> Handled {
    let result = enter_line(&caller, &sent).await;
    finish(&caller, &sent, result, |entered| {
        let outcome = match entered {
            Entered::Saved(expense) => {
                let amount = caller.locale.format_money(expense.amount);
                let values = [("amount", amount.as_str()), ("name", &title(&expense))];
                let text = fill(words(&caller).outcome.expense_added, &values);
                undoable(text, "expense-delete", &[("id", expense.id.to_string())])
            }
            Entered::ToBeAsked(text) => Outcome { ok: true, redirect: Some(to_form(&text)), ..Outcome::default() },
        };
        // Which line it was: another may stand there by now.
        Outcome { typed: typed::texts(&sent.fields), ..outcome }
    })
}

enum Entered {
    Saved(Box<Expense>),
    ToBeAsked(String),
}

async fn enter_line(caller: &Caller, sent: &Submitted) -> Result<Entered> {
    let actor = caller.actor()?;
    let parsed = service::entry::read(&caller.services, actor, &sent.fields).await?;
    if !parsed.is_complete() {
        return Ok(Entered::ToBeAsked(parsed.text));
    }
    match expenses::create(&caller.services, actor, sent.idempotency.clone(), &parsed.input()).await {
        Ok(expense) => Ok(Entered::Saved(Box::new(expense))),
        // The form has the fields at which to say it.
        Err(Error::Validation(_)) => Ok(Entered::ToBeAsked(parsed.text)),
        Err(other) => Err(other),
    }
}

/// What was typed, once more, with one line more for a part: without JavaScript.
fn with_more_parts(sent: &Submitted) -> Handled {
    Handled { outcome: Outcome { typed: typed::texts(&sent.fields), ..Outcome::default() }, ..Handled::default() }
}

/// Makes what was typed about parts and place plain. The places of the parts in the form.
fn plain_rest(input: &mut Value, caller: &Caller, currency: Currency) -> Vec<usize> {
    let Value::Object(fields) = &mut *input else { return Vec::new() };
    if let Some((_, Value::Object(place))) = fields.iter_mut().find(|(name, _)| name == "location") {
        for (_, value) in place.iter_mut().filter(|(name, _)| name != "address") {
            if let Value::Text(text) = value {
                *text = text.trim().replace(',', ".");
            }
        }
    }
    typed::plain_splits(input, caller.locale, currency)
}

/// What is wrong with parts stands at their lines, whose numbers have gaps where lines were left empty.
fn at_lines(result: Result<Expense>, lines: &[usize]) -> Result<Expense> {
    let problems = match result {
        Err(Error::Validation(problems)) => problems,
        other => return other,
    };
    let place = |name: String| -> String {
        let line = name.strip_prefix("splits.").and_then(|rest| rest.split_once('.')).and_then(|(number, field)| {
            let line = lines.get(number.parse::<usize>().ok()?)?;
            Some(format!("splits.{line}.{field}"))
        });
        line.unwrap_or(name)
    };
    Err(Error::Validation(Problems(problems.0.into_iter().map(|(name, problem)| (place(name), problem)).collect())))
}

pub async fn create(caller: Caller, sent: Submitted) -> Handled {
    if sent.fields.get(MORE_PARTS).is_some() {
        return with_more_parts(&sent);
    }
    let mut input = typed::filled(&sent.fields);
    let currency = typed::currency(&input);
    typed::plain_amount(&mut input, "amount", caller.locale, currency);
    recurring::plain_rule(&mut input, None);
    let lines = plain_rest(&mut input, &caller, currency.unwrap_or(Currency::USD));
    let result = match caller.actor() {
        Ok(actor) => expenses::create(&caller.services, actor, sent.idempotency.clone(), &input).await,
        Err(error) => Err(error),
    };
    let result = at_lines(result, &lines);
    let added = result.as_ref().ok().cloned();
    let mut handled = finish(&caller, &sent, result, |expense| {
        let amount = caller.locale.format_money(expense.amount);
        let title = title(&expense);
        // The form stays open for the next one: without JavaScript, too, it begins with the same date.
        let typed = [("date".to_owned(), expense.date.to_string())].into();
        Outcome { typed, ..done(fill(words(&caller).outcome.expense_added, &[("amount", &amount), ("name", &title)])) }
    });
    if let Some(row) = added {
        handled.outcome = rules::offer_category(&caller, &row, handled.outcome).await;
    }
    handled
}

pub async fn update(caller: Caller, sent: Submitted) -> Handled {
    if sent.fields.get(MORE_PARTS).is_some() {
        return with_more_parts(&sent);
    }
    let result = change(&caller, &sent).await;
    let edited = result.as_ref().ok().cloned();
    let mut handled = finish(&caller, &sent, result, |(_, expense)| {
        done(fill(words(&caller).outcome.expense_saved, &[("name", &title(&expense))]))
    });
    if let Some((before, after)) = edited {
        handled.outcome = rules::offer_rule(&caller, &before, &after, handled.outcome).await;
    }
    handled
}

/// One cell of the table. Answers the row as it stands now, in place of what was typed.
pub async fn cell(caller: Caller, sent: Submitted) -> Handled {
    let result = change(&caller, &sent).await;
    let edited = result.as_ref().ok().cloned();
    let mut handled = finish(&caller, &sent, result, |(_, expense)| {
        let row = serde_json::to_string(&expense).unwrap_or_default();
        let said = done(fill(words(&caller).outcome.expense_saved, &[("name", &title(&expense))]));
        Outcome { typed: [("row".to_owned(), row)].into(), ..said }
    });
    if let Some((before, after)) = edited {
        handled.outcome = rules::offer_rule(&caller, &before, &after, handled.outcome).await;
    }
    // One sees what was saved; a note is for what it offers.
    handled.outcome.toast.take_if(|toast| toast.undo.is_none());
    handled
}

/// The expense before and after.
async fn change(caller: &Caller, sent: &Submitted) -> Result<(Expense, Expense)> {
    let actor = caller.actor()?;
    let id = id(&sent.fields)?;
    let before = expenses::get(&caller.services, actor, id).await?;
    let mut input = typed::without(&sent.fields, &["id"]);
    let currency = typed::currency(&input).unwrap_or(before.amount.currency());
    typed::plain_amount(&mut input, "amount", caller.locale, Some(currency));
    recurring::plain_rule(&mut input, None);
    let lines = plain_rest(&mut input, caller, currency);
    without_parts(&mut input, &before);
    let changed = expenses::update(&caller.services, actor, sent.idempotency.clone(), id, &input).await;
    Ok((before, at_lines(changed, &lines)?))
}

/// What becomes an income or a transfer has no parts any more: its form has no fields for them.
fn without_parts(input: &mut Value, before: &Expense) {
    let is_whole = matches!(input.text("kind"), Some("income" | "transfer"));
    if let Value::Object(fields) = input
        && is_whole
        && !before.splits.is_empty()
        && fields.iter().all(|(name, _)| name != "splits")
    {
        fields.push(("splits".to_owned(), Value::List(Vec::new())));
    }
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

/// Where a row can be, and what a new one starts with.
pub struct Places {
    /// The budgets that the caller has part in.
    pub budgets: Vec<Budget>,
    /// Their accounts.
    pub accounts: Vec<Account>,
    /// Whom its parts may be of: by id, with the name.
    pub people: BTreeMap<String, Option<String>>,
    /// Where new rows go; none: they are private.
    pub default_budget: Option<BudgetId>,
    /// In which they begin.
    pub currency: Currency,
}

/// Where the caller's rows can be.
pub async fn places(caller: &Caller) -> Result<Places> {
    let (services, actor) = (&caller.services, caller.actor()?);
    let found = service::budgets::list(services, actor, &Value::Object(Vec::new())).await?;
    let budgets: Vec<Budget> = found.into_iter().map(|(budget, _)| budget).collect();
    // New rows go to a budget that may be edited.
    let may_edit = |budget: &&Budget| budget.role_of(actor.user.id) >= Some(Role::Edit);
    let editable: Vec<Budget> = budgets.iter().filter(may_edit).cloned().collect();
    let default_budget = service::analytics::default_budget(actor, &editable);
    Ok(Places {
        people: crate::api::sharing::people(caller, &budgets).await?,
        accounts: service::accounts::list(services, actor).await?,
        currency: currency_of(actor, &budgets, default_budget),
        budgets,
        default_budget,
    })
}

/// A page of the table for the page's own query string. What is wrong in it is passed over: somebody typed an address.
pub async fn expense_page(caller: &Caller, query: &str) -> Result<ExpensePage> {
    Ok(found(caller, query).await?.0)
}

/// The same with what it comes to.
pub async fn expense_table(caller: &Caller, query: &str) -> Result<ExpenseTablePage> {
    let (page, filter, sort) = found(caller, query).await?;
    let sums = sums_of(&caller.services, caller.actor()?, &filter).await?;
    Ok(ExpenseTablePage { page, export: as_api(&filter, sort), sums })
}

/// Of legs of transfers, by their ids: the account of the other leg.
pub async fn others(caller: &Caller, rows: &[Expense]) -> Result<BTreeMap<String, String>> {
    let found = service::transfers::others(&caller.services, caller.actor()?, rows).await?;
    let account = |row: &Expense| {
        let other = found.get(&row.leg()?.other)?;
        Some((row.id.to_string(), other.account_id?.to_string()))
    };
    Ok(rows.iter().filter_map(account).collect())
}

/// The page, and which rows in which order are on it.
async fn found(caller: &Caller, query: &str) -> Result<(ExpensePage, Filter, Sort)> {
    let actor = caller.actor()?;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let mut value = Value::from_form(pairs.iter().cloned());
    for name in ["minAmount", "maxAmount"] {
        typed::plain_amount(&mut value, name, caller.locale, Some(Currency::KWD)); // with three decimals, as filters have
    }
    let services = &caller.services;
    let Places { budgets, accounts, people, default_budget, currency } = places(caller).await?;
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
    let mut query = Query { filter: filter.clone(), sort, limit, cursor: None, offset: (page - 1) * limit };
    let mut listed = expenses::query_page(services, actor, query.clone()).await?;
    let pages = u32::try_from(listed.page.total.div_ceil(u64::from(limit))).unwrap_or(u32::MAX).max(1);
    if page > pages {
        page = pages;
        query.offset = (page - 1) * limit;
        listed = expenses::query_page(services, actor, query).await?;
    }
    let others = others(caller, &listed.page.items).await?;
    let page = ExpensePage {
        items: listed.page.items,
        others,
        total: listed.page.total,
        page,
        pages,
        accounts,
        currency,
        budgets,
        people,
        default_budget,
        filters: pairs.into_iter().filter(|(name, text)| name != "page" && !text.trim().is_empty()).collect(),
    };
    Ok((page, filter, sort))
}

/// What the rows come to, where more is asked for than those of a budget: of all that one has ever spent no sum says much.
async fn sums_of(services: &Services, actor: &Actor, filter: &Filter) -> Result<Vec<ListSum>> {
    if *filter == (Filter { budget_id: filter.budget_id, ..Filter::default() }) {
        return Ok(Vec::new());
    }
    let sums = services.store.expense_sums(actor.user.id, filter).await?;
    let view = |Sum { currency, base_currency, count, minor, base_minor }| ListSum {
        currency,
        base_currency,
        count,
        minor,
        base_minor,
    };
    Ok(sums.into_iter().map(view).collect())
}

/// Filters and order as a query of the REST API.
fn as_api(filter: &Filter, sort: Sort) -> String {
    let sort = (sort != Sort::default()).then(|| ("sort", sort.as_str().to_owned()));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(filter.pairs().into_iter().chain(sort)).finish()
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
