//! What pages read: server functions under `/_fn/q/`, answered by the use-cases.
#![allow(missing_docs, reason = "the macro makes a struct of each query's arguments; they are documented at the query")]

use super::codec::Json;
use super::dashboard::{Dashboard, LatestRow};
use super::timeline::Timeline;
use super::views::{
    BudgetList, ContinueSignIn, ExpenseDetail, ExpensePage, ExpenseTablePage, ImportDetail, ImportHead, Leaving,
    ProfilePage, Security, Settings, Strength, TrashItem, WayOut,
};
use crate::error::ApiError;
use domain::{budget::Budget, report::BudgetMonth};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Rows of a page of the expense table.
pub const EXPENSES_PER_PAGE: u32 = 50;
/// So many expenses the palette offers.
pub const EXPENSES_FOUND: u32 = 5;
/// Rows of a page of an import's preview.
pub const IMPORT_ROWS_PER_PAGE: u32 = 50;

/// The dashboard of a budget (none: the default one) in a month (none: the running one).
#[server(name = GetDashboard, prefix = "/_fn/q", endpoint = "dashboard", input = GetUrl, output = Json)]
pub async fn dashboard(budget: Option<String>, month: Option<String>) -> Result<Dashboard, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let month = read_month(month);
        let budget = budget.map(|id| read_id(&id)).transpose()?;
        let found = service::analytics::dashboard(&caller.services, caller.actor()?, budget, month).await?;
        Ok(Dashboard::new(found, caller.locale))
    })
    .await
}

/// The options of the chart behind the trend of months; see `api::charts`.
#[server(name = GetTrendChart, prefix = "/_fn/q", endpoint = "trend-chart", input = GetUrl, output = Json)]
pub async fn trend_chart(budget: String, month: String) -> Result<serde_json::Value, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let budget = Some(read_id(&budget)?);
        let found =
            service::analytics::dashboard(&caller.services, caller.actor()?, budget, read_month(Some(month))).await?;
        let currency =
            found.month.as_ref().map_or(caller.actor()?.user.preferences.currency, |month| month.analysis.currency);
        let words = crate::i18n::messages(caller.locale.language());
        let chart = super::charts::trend(&found.trend, currency, caller.locale, words);
        Ok(serde_json::to_value(chart).unwrap_or_default())
    })
    .await
}

/// All budgets of the caller, newest first.
#[server(name = GetBudgets, prefix = "/_fn/q", endpoint = "budgets", input = GetUrl, output = Json)]
pub async fn budgets() -> Result<Vec<Budget>, ApiError> {
    let caller = caller();
    answer(&caller, all_budgets(&caller)).await
}

/// All budgets of the caller with their running months, newest first; archived ones without.
#[server(name = GetBudgetCards, prefix = "/_fn/q", endpoint = "budget-cards", input = GetUrl, output = Json)]
pub async fn budget_cards() -> Result<BudgetList, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let actor = caller.actor()?;
        let found = seen_budgets(&caller).await?;
        let budgets: Vec<Budget> = found.iter().map(|(budget, _)| budget.clone()).collect();
        let default = service::analytics::default_budget(actor, &budgets);
        let people = service::sharing::people(&caller.services, actor, &budgets).await?;
        let mut cards = Vec::new();
        for (budget, role) in found {
            let owner = people.iter().find(|person| person.id == budget.user_id && role != domain::role::Role::Owner);
            let name = |person: &service::ports::sharing::PersonCard| {
                if person.shows_name { person.name.clone() } else { super::sharing::unnamed(&caller) }
            };
            let owner = owner.map(name);
            let month = if budget.is_active {
                Some(service::budgets::analysis(&caller.services, actor, budget.id, None).await?)
            } else {
                None
            };
            cards.push(super::views::BudgetListed { budget, role, month, owner });
        }
        Ok(BudgetList { cards, default })
    })
    .await
}

/// A budget's month (none: the running one).
#[server(name = GetBudgetMonth, prefix = "/_fn/q", endpoint = "budget-month", input = GetUrl, output = Json)]
pub async fn budget_month(id: String, month: Option<String>) -> Result<BudgetMonth, ApiError> {
    let caller = caller();
    answer(&caller, async {
        service::budgets::analysis(&caller.services, caller.actor()?, read_id(&id)?, read_month(month)).await
    })
    .await
}

/// A page of what was done in a budget; which is the page's own query.
#[server(name = GetTimeline, prefix = "/_fn/q", endpoint = "timeline", input = GetUrl, output = Json)]
pub async fn timeline(
    id: String,
    by: Option<String>,
    kind: Option<String>,
    after: Option<String>,
) -> Result<Timeline, ApiError> {
    let caller = caller();
    answer(&caller, async { super::timeline::page(&caller, read_id(&id)?, by, kind, after).await }).await
}

/// A page of the expense table; `query` is the page's own query string.
#[server(name = GetExpensePage, prefix = "/_fn/q", endpoint = "expenses", input = GetUrl, output = Json)]
pub async fn expense_page(query: String) -> Result<ExpensePage, ApiError> {
    let caller = caller();
    answer(&caller, super::forms::expense_page(&caller, &query)).await
}

/// The newest expenses with these words, for the palette.
#[server(name = FindExpenses, prefix = "/_fn/q", endpoint = "find-expenses", input = GetUrl, output = Json)]
pub async fn find_expenses(q: String) -> Result<Vec<LatestRow>, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let filter = domain::filter::Filter { words: domain::words::query(&q), ..<_>::default() };
        let query = domain::filter::Query { filter, limit: EXPENSES_FOUND, ..<_>::default() };
        let found = service::expenses::query_page(&caller.services, caller.actor()?, query).await?;
        Ok(found.page.items.into_iter().map(LatestRow::from).collect())
    })
    .await
}

/// A page of the expense table with what it comes to, and its filters as the REST API has them; `query` is the page's own
/// query string.
#[server(name = GetExpenseTable, prefix = "/_fn/q", endpoint = "expense-table", input = GetUrl, output = Json)]
pub async fn expense_table(query: String) -> Result<ExpenseTablePage, ApiError> {
    let caller = caller();
    answer(&caller, super::forms::expense_table(&caller, &query)).await
}

/// One expense, or what a new one starts with.
#[server(name = GetExpenseDetail, prefix = "/_fn/q", endpoint = "expense", input = GetUrl, output = Json)]
pub async fn expense_detail(id: Option<String>) -> Result<ExpenseDetail, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let actor = caller.actor()?;
        let expense = match id {
            Some(id) => Some(service::expenses::get(&caller.services, actor, read_id(&id)?).await?),
            None => None,
        };
        let super::forms::Places { budgets, accounts, people, default_budget, currency } =
            super::forms::places(&caller).await?;
        let habits = service::entry::usual(&caller.services, actor).await?;
        let repeats = super::recurring::repeats(&caller, expense.as_ref()).await?;
        let mut others = super::forms::others(&caller, expense.as_slice()).await?;
        let other_account = expense.as_ref().and_then(|row| others.remove(&row.id.to_string()));
        Ok(ExpenseDetail {
            expense,
            budgets,
            accounts,
            default_budget,
            currency,
            habits,
            people,
            repeats,
            other_account,
        })
    })
    .await
}

/// The caller's bank files, newest first.
#[server(name = GetImports, prefix = "/_fn/q", endpoint = "imports", input = GetUrl, output = Json)]
pub async fn imports() -> Result<Vec<ImportHead>, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let actor = caller.actor()?;
        let imports = service::imports::list(&caller.services, actor).await?;
        Ok(imports.iter().map(|import| super::import_views::head(&caller, actor, import)).collect())
    })
    .await
}

/// The preview of a bank file, with a page of its rows.
#[server(name = GetImportDetail, prefix = "/_fn/q", endpoint = "import", input = GetUrl, output = Json)]
pub async fn import_detail(id: String, page: u32) -> Result<ImportDetail, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let actor = caller.actor()?;
        let import = service::imports::get(&caller.services, actor, read_id(&id)?).await?;
        super::import_views::detail(&caller, actor, &import, page).await
    })
    .await
}

/// What the caller has chosen, and what there is to choose from.
#[server(name = GetSettings, prefix = "/_fn/q", endpoint = "settings", input = GetUrl, output = Json)]
pub async fn settings() -> Result<Settings, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let actor = caller.actor()?;
        Ok(Settings {
            name: actor.user.name.clone(),
            email: actor.user.email.clone(),
            preferences: actor.user.preferences.clone(),
            budgets: all_budgets(&caller).await?,
            accounts: service::accounts::list(&caller.services, actor).await?,
        })
    })
    .await
}

/// Who the caller is here, and the countries to choose from.
#[server(name = GetProfile, prefix = "/_fn/q", endpoint = "profile", input = GetUrl, output = Json)]
pub async fn profile() -> Result<ProfilePage, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let actor = caller.actor()?;
        Ok(ProfilePage {
            name: actor.user.name.clone(),
            email: actor.user.email.clone(),
            profile: actor.user.profile.clone(),
            premium: premium(&caller, actor),
            countries: crate::i18n::countries::countries(caller.locale.language()),
        })
    })
    .await
}

/// How soon a new password of the caller would be guessed. It comes in a body, never in an address, and is forgotten.
#[server(name = JudgePassword, prefix = "/_fn/q", endpoint = "password-strength", input = Json, output = Json)]
pub async fn password_strength(password: String) -> Result<Strength, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let owner = caller.anyone().ok().map(|actor| (actor.user.name.as_str(), actor.user.email.as_str()));
        let strength = service::passwords::strength(&password, owner);
        let text = crate::i18n::passwords::strength(caller.locale.language(), strength);
        Ok(Strength { level: strength as u8, text: text.to_owned() })
    })
    .await
}

/// Where the caller is signed in, with what, and their keys.
#[server(name = GetSecurity, prefix = "/_fn/q", endpoint = "security", input = GetUrl, output = Json)]
pub async fn security() -> Result<Security, ApiError> {
    let caller = caller();
    answer(&caller, async { super::security::page(&caller, caller.actor()?).await }).await
}

/// What is needed next of somebody who has come back from another place that vouches for them. `why` and `at`: nothing
/// came of it, at which place.
#[server(name = GetContinue, prefix = "/_fn/q", endpoint = "continue", input = GetUrl, output = Json)]
pub async fn continue_sign_in(why: Option<String>, at: Option<String>) -> Result<ContinueSignIn, ApiError> {
    let caller = caller();
    answer(&caller, super::identities::continue_page(&caller, why.as_deref(), at.as_deref())).await
}

/// What is asked for before the caller's account is ended.
#[server(name = GetWayOut, prefix = "/_fn/q", endpoint = "way-out", input = GetUrl, output = Json)]
pub async fn way_out() -> Result<WayOut, ApiError> {
    let caller = caller();
    answer(&caller, async {
        Ok(WayOut { has_password: service::leaving::has_password(&caller.services, caller.actor()?).await? })
    })
    .await
}

/// When the caller's account goes.
#[server(name = GetLeaving, prefix = "/_fn/q", endpoint = "leaving", input = GetUrl, output = Json)]
pub async fn leaving() -> Result<Leaving, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let user = &caller.anyone()?.user;
        let after = user.standing.delete_after.ok_or(service::Error::NotFound)?;
        Ok(Leaving { on: caller.services.zones.date_in(after, &user.preferences.timezone) })
    })
    .await
}

/// What the caller has deleted in the last 30 days.
#[server(name = GetTrash, prefix = "/_fn/q", endpoint = "trash", input = GetUrl, output = Json)]
pub async fn trash() -> Result<Vec<TrashItem>, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let actor = caller.actor()?;
        let trashed = service::trash::list(&caller.services, actor).await?;
        Ok(trashed.into_iter().map(|item| super::forms::trash_item(&caller, actor, item)).collect())
    })
    .await
}

#[cfg(feature = "ssr")]
pub(super) fn caller() -> super::Caller {
    expect_context()
}

/// The plan beyond the free one, by its last day.
#[cfg(feature = "ssr")]
fn premium(caller: &super::Caller, actor: &service::Actor) -> Option<super::views::Premium> {
    let subscription = actor.user.standing.subscription;
    let last = |end: jiff::Timestamp| end.checked_sub(jiff::SignedDuration::from_secs(1)).unwrap_or(end);
    subscription.is_premium(caller.now).then(|| super::views::Premium {
        until: subscription.end_date.map(|end| caller.services.zones.date_in(last(end), "UTC")),
    })
}

#[cfg(feature = "ssr")]
pub(super) async fn all_budgets(caller: &super::Caller) -> service::Result<Vec<Budget>> {
    Ok(seen_budgets(caller).await?.into_iter().map(|(budget, _)| budget).collect())
}

#[cfg(feature = "ssr")]
async fn seen_budgets(caller: &super::Caller) -> service::Result<Vec<(Budget, domain::role::Role)>> {
    let query = domain::input::Value::Object(Vec::new());
    service::budgets::list(&caller.services, caller.actor()?, &query).await
}

#[cfg(feature = "ssr")]
pub(super) fn read_id<T: std::str::FromStr>(id: &str) -> service::Result<T> {
    // An address that can't be one's is as good as one that isn't there.
    id.parse().map_err(|_| service::Error::NotFound)
}

#[cfg(feature = "ssr")]
fn read_month(month: Option<String>) -> Option<domain::period::Month> {
    // A month that is none shows the running one: somebody has typed an address.
    month.and_then(|month| month.parse().ok())
}

/// Runs a use-case for a page: logs what is our fault, and sets the status.
#[cfg(feature = "ssr")]
pub(super) async fn answer<T>(
    caller: &super::Caller,
    work: impl Future<Output = service::Result<T>>,
) -> Result<T, ApiError> {
    work.await.map_err(|error| {
        super::errors::log(&error, &caller.request_id);
        if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
            let status = super::errors::status(&error);
            response.set_status(status.try_into().expect("the statuses of errors are three digits"));
        }
        super::errors::to_api(&error, &caller.request_id)
    })
}
