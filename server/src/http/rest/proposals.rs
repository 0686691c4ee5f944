//! Budgets that are proposed.
use crate::http::{
    error::Result,
    json::{Id, NoQuery, Sent},
    state::AppState,
    views::{
        Data,
        proposal::{OneBudgetProposal, OneProposal, ProposalView},
    },
    visitor::Person,
};
use axum::extract::State;
use domain::ids::BudgetId;
use serde::Deserialize;
use service::proposals;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(propose)).routes(routes!(generate))
}

/// For whom a budget is to be proposed; what is left out of the household is as the profile says.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Wanted {
    /// Above zero.
    monthly_income: f64,
    /// ISO 4217.
    currency: String,
    city: Option<String>,
    /// ISO 3166-1, two letters.
    country: Option<String>,
    /// 1 to 20
    family_size: Option<u8>,
    /// under-18, 18-24, 25-34, 35-44, 45-54, 55-64, 65-plus
    age_range: Option<String>,
    occupation: Option<String>,
}

/// Proposes a budget
///
/// Reckoned on this server, by what one has spent in one's default budget, what such households spend, and rules of thumb.
/// The same question has the same answer. Nothing is kept.
#[utoipa::path(post, path = "/api/budgets/propose", tag = "budgets", request_body = Wanted,
    responses((status = 200, description = "The proposal", body = Data<OneProposal>)))]
async fn propose(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Sent { value, .. }: Sent,
) -> Result<Data<OneProposal>> {
    let proposal = proposals::propose(&app.services, &person.actor, &value).await?;
    let locale = person.actor.user.preferences.locale();
    Ok(Data::new(OneProposal { proposal: ProposalView::new(&proposal, None, locale) }))
}

/// For whom a budget is to be proposed, and whether it is to be changed so.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct WantedFor {
    city: Option<String>,
    /// ISO 3166-1, two letters.
    country: Option<String>,
    /// 1 to 20
    family_size: Option<u8>,
    /// under-18, 18-24, 25-34, 35-44, 45-54, 55-64, 65-plus
    age_range: Option<String>,
    occupation: Option<String>,
    /// true: the budget is changed from the running month on. Left out: it stays as it is.
    apply: Option<bool>,
}

/// Proposes what a budget could be
///
/// As a difference to what it is today. With `apply` it becomes so; some lines of it are taken over by a PUT of the budget.
#[utoipa::path(post, path = "/api/budgets/{id}/generate-ai", tag = "budgets", params(("id" = String, Path)),
    request_body = WantedFor, responses((status = 200, description = "The proposal", body = Data<OneBudgetProposal>)))]
async fn generate(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneBudgetProposal>> {
    let found = proposals::generate(&app.services, &person.actor, key, id, &value).await?;
    Ok(Data::new(OneBudgetProposal::new(found, &person.actor.user)))
}
