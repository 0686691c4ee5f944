//! The months of a budget: money moved between categories, what comes in.
use crate::http::{
    error::{ApiError, Result},
    json::{Id, NoQuery, Sent},
    state::AppState,
    views::{Data, month::OneMonth},
    visitor::Person,
};
use axum::{
    extract::{FromRequestParts, Path, State},
    http::request::Parts,
};
use domain::{
    ids::BudgetId,
    period::Month,
    problem::{Problem, Problems},
};
use serde::Deserialize;
use service::{Error, months};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(move_money)).routes(routes!(get, change))
}

/// The `{id}` and the `{month}` of a path. 400 where one is none at all.
struct OfMonth {
    id: BudgetId,
    month: Month,
}

impl FromRequestParts<AppState> for OfMonth {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        let wrong = |problems: Problems| ApiError::from(Error::Validation(problems));
        let Path((id, month)) = Path::<(String, String)>::from_request_parts(parts, app)
            .await
            .map_err(|_| wrong(Problems::one("id", Problem::NotAnId)))?;
        match (id.parse(), month.parse()) {
            (Ok(id), Ok(month)) => Ok(Self { id, month }),
            (id, month) => {
                let mut problems = Problems::default();
                if id.is_err() {
                    problems.add("id", Problem::NotAnId);
                }
                if month.is_err() {
                    problems.add("month", Problem::NotAMonth);
                }
                Err(wrong(problems))
            }
        }
    }
}

/// Money to be moved.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct NewMove {
    /// Such as 2026-11.
    #[schema(pattern = "^[0-9]{4}-[0-9]{2}$")]
    month: String,
    /// The category that has less of it: at most what is left in it, or what came from the other one.
    from: String,
    /// The category that has more.
    to: String,
    /// Above zero, in the budget's currency.
    amount: f64,
}

/// Moves money from one category of a month to another
#[utoipa::path(post, path = "/api/budgets/{id}/move", tag = "budgets", params(("id" = String, Path)),
    request_body = NewMove, responses((status = 200, description = "The month after the move", body = Data<OneMonth>)))]
async fn move_money(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneMonth>> {
    let (budget, entry) = months::move_money(&app.services, &person.actor, key, id, &value).await?;
    Ok(Data::new(OneMonth::new(entry, budget.plan.currency)))
}

/// What is kept of a month
#[utoipa::path(get, path = "/api/budgets/{id}/months/{month}", tag = "budgets",
    params(("id" = String, Path), ("month" = String, Path, description = "Such as 2026-11")),
    responses((status = 200, description = "The month", body = Data<OneMonth>)))]
async fn get(
    State(app): State<AppState>,
    person: Person,
    OfMonth { id, month }: OfMonth,
    NoQuery: NoQuery,
) -> Result<Data<OneMonth>> {
    let (budget, entry) = months::get(&app.services, &person.actor, id, month).await?;
    Ok(Data::new(OneMonth::new(entry, budget.plan.currency)))
}

/// A change of a month; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct MonthChange {
    /// The version that the change was made from; left out: whatever it is.
    version: Option<i64>,
    /// What is to come in; null: as the plan says.
    planned_income: Option<f64>,
    /// What came in; null: what was booked.
    received_income: Option<f64>,
    /// Takes over what was moved and planned in the month before, and its shares where the plan has others. Only while
    /// nothing has been moved in this one.
    copy_last: Option<bool>,
}

/// Changes what is kept of a month
#[utoipa::path(put, path = "/api/budgets/{id}/months/{month}", tag = "budgets",
    params(("id" = String, Path), ("month" = String, Path, description = "Such as 2026-11")), request_body = MonthChange,
    responses((status = 200, description = "The month after the change", body = Data<OneMonth>)))]
async fn change(
    State(app): State<AppState>,
    person: Person,
    OfMonth { id, month }: OfMonth,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneMonth>> {
    let (budget, entry) = months::change(&app.services, &person.actor, key, id, month, &value).await?;
    Ok(Data::new(OneMonth::new(entry, budget.plan.currency)))
}
