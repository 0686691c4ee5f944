//! Rules that file expenses, and expenses that none has filed.
use crate::http::{
    error::Result,
    json::{Bare, Id, NoQuery, Query, Sent},
    state::AppState,
    views::{
        Created, Data, List,
        rule::{CategoryProposalView, FiledView, OneCategoryProposal, OneRule, ReviewView, RulePreviewView, RuleView},
    },
    visitor::Person,
};
use axum::{extract::State, http::StatusCode};
use domain::ids::{ExpenseId, RuleId};
use serde::Deserialize;
use service::rules;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(preview))
        .routes(routes!(get, update, delete))
        .routes(routes!(apply))
        .routes(routes!(review, file_group))
        .routes(routes!(proposal))
}

/// One's rules
#[utoipa::path(get, path = "/api/rules", tag = "rules",
    responses((status = 200, description = "The one that comes first decides", body = List<RuleView>)))]
async fn list(State(app): State<AppState>, person: Person, NoQuery: NoQuery) -> Result<List<RuleView>> {
    let rules = rules::list(&app.services, &person.actor).await?;
    Ok(List::whole(rules.into_iter().map(RuleView::from).collect()))
}

/// A rule: at least one condition and one action. Changed with `version` and what changes, conditions and actions as a
/// whole.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct RuleFields {
    conditions: Option<ConditionFields>,
    actions: Option<ActionFields>,
    /// -1000 to 1000, default 0; the higher comes first, whatever else the rules say.
    priority: Option<i32>,
    /// The expense whose edit suggested it (only new ones).
    learned_from: Option<String>,
    /// Files the rows that are there, too (only new ones).
    apply: Option<bool>,
    /// Also rows that were filed otherwise by hand (only new ones).
    overwrite: Option<bool>,
    /// For a change: the version that it was made from.
    version: Option<i64>,
}

/// What a row must be: all that is given. Texts are compared without case and accents.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct ConditionFields {
    /// Whatever a bank prints around the name.
    merchant_equals: Option<String>,
    merchant_starts: Option<String>,
    merchant_contains: Option<String>,
    description_contains: Option<String>,
    /// Without sign, in the row's own currency.
    min_amount: Option<f64>,
    max_amount: Option<f64>,
    /// ISO 4217.
    currency: Option<String>,
    /// out, in
    direction: Option<String>,
    account_id: Option<String>,
    /// A bank file.
    import_id: Option<String>,
}

/// What is done with a row.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct ActionFields {
    /// One of the ten.
    category: Option<String>,
    subcategory: Option<String>,
    /// Added to its own.
    tags: Option<Vec<String>>,
    /// What the merchant is called.
    rename: Option<String>,
}

/// Makes a rule
///
/// With `apply: true` the rows that are there are filed by it in the same transaction; one undo takes them all back.
#[utoipa::path(post, path = "/api/rules", tag = "rules", request_body = RuleFields,
    responses((status = 201, description = "The new rule, and what it has filed", body = Data<FiledView>)))]
async fn create(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Created<FiledView>> {
    Ok(Created(rules::create(&app.services, &person.actor, key, &value).await?.into()))
}

/// What a rule would do with the rows that are there, before it is kept
#[utoipa::path(post, path = "/api/rules/preview", tag = "rules", request_body = RuleFields,
    responses((status = 200, description = "How many rows, and some before and after", body = Data<RulePreviewView>)))]
async fn preview(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<Data<RulePreviewView>> {
    Ok(Data::new(rules::preview(&app.services, &person.actor, &value, None).await?.into()))
}

/// One rule
#[utoipa::path(get, path = "/api/rules/{id}", tag = "rules", params(("id" = String, Path)),
    responses((status = 200, description = "The rule", body = Data<OneRule>)))]
async fn get(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<RuleId>,
    NoQuery: NoQuery,
) -> Result<Data<OneRule>> {
    Ok(Data::new(rules::get(&app.services, &person.actor, id).await?.into()))
}

/// Changes a rule; rows that it has filed stay as they are
#[utoipa::path(put, path = "/api/rules/{id}", tag = "rules", params(("id" = String, Path)), request_body = RuleFields,
    responses((status = 200, description = "The rule after the change", body = Data<OneRule>)))]
async fn update(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<RuleId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneRule>> {
    Ok(Data::new(rules::update(&app.services, &person.actor, key, id, &value).await?.into()))
}

/// Deletes a rule; rows that it has filed stay as they are
#[utoipa::path(delete, path = "/api/rules/{id}", tag = "rules", params(("id" = String, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<RuleId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<StatusCode> {
    rules::delete(&app.services, &person.actor, key, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How far a rule goes.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct HowFar {
    /// Also rows that were filed otherwise by hand.
    overwrite: Option<bool>,
}

/// Files the rows that are there by a rule
#[utoipa::path(post, path = "/api/rules/{id}/apply", tag = "rules", params(("id" = String, Path), HowFar),
    responses((status = 200, description = "How many rows, and what takes it back", body = Data<FiledView>)))]
async fn apply(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<RuleId>,
    Query(query): Query,
    Bare { key }: Bare,
) -> Result<Data<FiledView>> {
    Ok(Data::new(rules::apply(&app.services, &person.actor, key, id, &query).await?.into()))
}

/// What has no category, by merchant
#[utoipa::path(get, path = "/api/expenses/review", tag = "rules",
    responses((status = 200, description = "The biggest first, each with what is proposed", body = Data<ReviewView>)))]
async fn review(State(app): State<AppState>, person: Person, NoQuery: NoQuery) -> Result<Data<ReviewView>> {
    Ok(Data::new(rules::review(&app.services, &person.actor).await?.into()))
}

/// Where the rows of a merchant (or else of a description) are filed.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct GroupFields {
    merchant: Option<String>,
    description: Option<String>,
    /// One of the ten.
    category: String,
    subcategory: Option<String>,
    /// Makes a rule of it for what comes later (of a merchant only).
    always: Option<bool>,
}

/// Files all rows of a merchant that have no category
#[utoipa::path(post, path = "/api/expenses/review", tag = "rules", request_body = GroupFields,
    responses((status = 200, description = "How many rows, and what takes it back", body = Data<FiledView>)))]
async fn file_group(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<FiledView>> {
    Ok(Data::new(rules::file_group(&app.services, &person.actor, key, &value).await?.into()))
}

/// What is proposed for an expense that has no category
#[utoipa::path(get, path = "/api/expenses/{id}/proposal", tag = "rules", params(("id" = String, Path)),
    responses((status = 200, description = "Where it may be filed, and who says so", body = Data<OneCategoryProposal>)))]
async fn proposal(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ExpenseId>,
    NoQuery: NoQuery,
) -> Result<Data<OneCategoryProposal>> {
    let proposal = rules::proposal(&app.services, &person.actor, id).await?;
    Ok(Data::new(OneCategoryProposal { proposal: proposal.map(CategoryProposalView::from) }))
}
