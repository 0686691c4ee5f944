//! Recurring expenses: series that were declared or found, and what is done with them.
use crate::http::{
    error::Result,
    json::{Bare, Id, MaybeSent, NoQuery, Sent},
    state::AppState,
    views::{
        Created, Data, List,
        recurring::{OneRecurring, RecurringView},
    },
    visitor::Person,
};
use axum::extract::State;
use domain::{ids::SeriesId, recurrence::Series};
use serde::Deserialize;
use service::recurring;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get, update))
        .routes(routes!(skip))
        .routes(routes!(change))
        .routes(routes!(pause))
        .routes(routes!(resume))
        .routes(routes!(end))
        .routes(routes!(accept))
        .routes(routes!(dismiss))
}

/// On which days something repeats.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
pub struct RecurrenceFields {
    /// weekly, monthly, yearly
    frequency: String,
    /// 1 to 120 (default 1): every two weeks is weekly with 2.
    interval: Option<u16>,
    /// The first one is the first such day from here on (default: the day of the expense).
    #[schema(format = Date)]
    anchor_date: Option<String>,
    /// Day of the month, or of the week from Monday (1) on (default: that of the anchor date). The 31st is the last day of
    /// shorter months.
    anchor_day: Option<u8>,
    /// The last day on which one can be.
    #[schema(format = Date)]
    end_date: Option<String>,
    /// Nothing is made before this day.
    #[schema(format = Date)]
    next_date: Option<String>,
    /// Days without, in which nothing is made later either.
    pauses: Option<Vec<RecurrencePause>>,
    /// Days of the rule that are left out.
    skipped: Option<Vec<String>>,
    /// Days of the rule on which it is otherwise.
    changed: Option<Vec<RecurrenceChange>>,
}

/// Days without.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct RecurrencePause {
    #[schema(format = Date)]
    from: String,
    /// The first day with again.
    #[schema(format = Date)]
    until: Option<String>,
}

/// How one differs from the rule.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct RecurrenceChange {
    #[schema(format = Date)]
    slot: String,
    #[schema(format = Date)]
    date: Option<String>,
    amount: Option<f64>,
}

/// What repeats, and what seems to
///
/// Series that were declared or accepted, by the next day; then, with standing `proposed`, what was found in one's history of
/// the last two years and was neither accepted nor dismissed.
#[utoipa::path(get, path = "/api/recurring", tag = "recurring",
    responses((status = 200, description = "All of them", body = List<RecurringView>)))]
async fn list(State(app): State<AppState>, person: Person, NoQuery: NoQuery) -> Result<List<RecurringView>> {
    let found = recurring::list(&app.services, &person.actor).await?;
    let today = found.today;
    let series = found.series.into_iter().map(|series| RecurringView::new(series, today));
    let proposed = found.proposals.iter().map(|proposal| RecurringView::proposed(proposal, today));
    Ok(List::whole(series.chain(proposed).collect()))
}

/// One series
#[utoipa::path(get, path = "/api/recurring/{id}", tag = "recurring", params(("id" = String, Path)),
    responses((status = 200, description = "The series", body = Data<OneRecurring>)))]
async fn get(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<SeriesId>,
    NoQuery: NoQuery,
) -> Result<Data<OneRecurring>> {
    Ok(answer(&app, &person, recurring::get(&app.services, &person.actor, id).await?))
}

/// A change of a series: what its next expenses are like. What was made before stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct SeriesChange {
    /// The version that the change was made from.
    version: i64,
    amount: Option<f64>,
    currency: Option<String>,
    kind: Option<String>,
    /// What its expenses are made as: cleared, `needs_review`
    status: Option<String>,
    category: Option<String>,
    subcategory: Option<String>,
    merchant: Option<String>,
    description: Option<String>,
    notes: Option<String>,
    budget_id: Option<String>,
    account_id: Option<String>,
    payment_method: Option<String>,
    tags: Option<Vec<String>>,
    /// From today on; there is no second one in the week, month or year of the last one.
    recurring_pattern: Option<RecurrenceFields>,
}

/// Changes a series
#[utoipa::path(put, path = "/api/recurring/{id}", tag = "recurring", params(("id" = String, Path)),
    request_body = SeriesChange,
    responses((status = 200, description = "The series after the change", body = Data<OneRecurring>)))]
async fn update(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<SeriesId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneRecurring>> {
    Ok(answer(&app, &person, recurring::update(&app.services, &person.actor, key, id, &value).await?))
}

/// Which one.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct WhichSlot {
    /// The day by the rule (default: the next one that is not made yet).
    #[schema(format = Date)]
    slot: Option<String>,
    /// Only this version.
    version: Option<i64>,
}

/// Leaves one out
#[utoipa::path(post, path = "/api/recurring/{id}/skip", tag = "recurring", params(("id" = String, Path)),
    request_body = Option<WhichSlot>,
    responses((status = 200, description = "The series after that", body = Data<OneRecurring>)))]
async fn skip(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<SeriesId>,
    NoQuery: NoQuery,
    MaybeSent { value, key }: MaybeSent,
) -> Result<Data<OneRecurring>> {
    Ok(answer(&app, &person, recurring::skip(&app.services, &person.actor, key, id, &value).await?))
}

/// How one of them is.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct SlotChange {
    /// The day by the rule (default: the next one that is not made yet).
    #[schema(format = Date)]
    slot: Option<String>,
    /// Another day, before the one after it.
    #[schema(format = Date)]
    date: Option<String>,
    /// Another amount, in the currency of the series.
    amount: Option<f64>,
    /// Only this version.
    version: Option<i64>,
}

/// Moves one to another day, or gives it another amount
///
/// With neither it is as the rule has it, also where it was left out.
#[utoipa::path(post, path = "/api/recurring/{id}/change", tag = "recurring", params(("id" = String, Path)),
    request_body = Option<SlotChange>,
    responses((status = 200, description = "The series after that", body = Data<OneRecurring>)))]
async fn change(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<SeriesId>,
    NoQuery: NoQuery,
    MaybeSent { value, key }: MaybeSent,
) -> Result<Data<OneRecurring>> {
    Ok(answer(&app, &person, recurring::change_one(&app.services, &person.actor, key, id, &value).await?))
}

/// From when until when.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct PauseSpan {
    /// The first day without (default: today).
    #[schema(format = Date)]
    from: Option<String>,
    /// The first day with again (default: none, until it is resumed).
    #[schema(format = Date)]
    until: Option<String>,
    /// Only this version.
    version: Option<i64>,
}

/// Pauses a series
#[utoipa::path(post, path = "/api/recurring/{id}/pause", tag = "recurring", params(("id" = String, Path)),
    request_body = Option<PauseSpan>,
    responses((status = 200, description = "The series after that", body = Data<OneRecurring>)))]
async fn pause(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<SeriesId>,
    NoQuery: NoQuery,
    MaybeSent { value, key }: MaybeSent,
) -> Result<Data<OneRecurring>> {
    Ok(answer(&app, &person, recurring::pause(&app.services, &person.actor, key, id, &value).await?))
}

/// On which day.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct SeriesDay {
    #[schema(format = Date)]
    on: Option<String>,
    /// Only this version.
    version: Option<i64>,
}

/// Lets a series go on, `on` that day (default: today)
///
/// What was missed meanwhile is not made later.
#[utoipa::path(post, path = "/api/recurring/{id}/resume", tag = "recurring", params(("id" = String, Path)),
    request_body = Option<SeriesDay>,
    responses((status = 200, description = "The series after that", body = Data<OneRecurring>)))]
async fn resume(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<SeriesId>,
    NoQuery: NoQuery,
    MaybeSent { value, key }: MaybeSent,
) -> Result<Data<OneRecurring>> {
    Ok(answer(&app, &person, recurring::resume(&app.services, &person.actor, key, id, &value).await?))
}

/// Ends a series: `on` is its last day (default: yesterday)
///
/// What was made before stays.
#[utoipa::path(post, path = "/api/recurring/{id}/end", tag = "recurring", params(("id" = String, Path)),
    request_body = Option<SeriesDay>,
    responses((status = 200, description = "The series after that", body = Data<OneRecurring>)))]
async fn end(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<SeriesId>,
    NoQuery: NoQuery,
    MaybeSent { value, key }: MaybeSent,
) -> Result<Data<OneRecurring>> {
    Ok(answer(&app, &person, recurring::end(&app.services, &person.actor, key, id, &value).await?))
}

/// Accepts what was found: from its next day on its expenses are made
#[utoipa::path(post, path = "/api/recurring/{id}/accept", tag = "recurring", params(("id" = String, Path)),
    responses((status = 201, description = "The new series", body = Data<OneRecurring>)))]
async fn accept(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<SeriesId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<Created<OneRecurring>> {
    let series = recurring::accept(&app.services, &person.actor, key, id).await?;
    let today = app.services.today(&person.actor);
    Ok(Created(OneRecurring { recurring: RecurringView::new(series, today) }))
}

/// Dismisses what was found: it is not proposed again
#[utoipa::path(post, path = "/api/recurring/{id}/dismiss", tag = "recurring", params(("id" = String, Path)),
    responses((status = 200, description = "It is dismissed", body = Data<OneRecurring>)))]
async fn dismiss(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<SeriesId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<Data<OneRecurring>> {
    Ok(answer(&app, &person, recurring::dismiss(&app.services, &person.actor, key, id).await?))
}

fn answer(app: &AppState, person: &Person, series: Series) -> Data<OneRecurring> {
    Data::new(OneRecurring { recurring: RecurringView::new(series, app.services.today(&person.actor)) })
}
