//! One action on many expenses.
use crate::http::{
    error::Result,
    json::{NoQuery, Sent},
    state::AppState,
    views::{Data, expense::ExpenseView},
    visitor::Person,
};
use axum::extract::State;
use serde::{Deserialize, Serialize};
use service::{bulk, ports::store::Written};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(apply))
}

/// Which expenses, and what is done to each of them.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct BulkFields {
    /// 1 to 500, each once.
    ids: Vec<String>,
    /// The version that each must still have, in the order of the ids; left out: whichever they have.
    versions: Option<Vec<i64>>,
    /// categorize, tag, delete, restore, move; merge makes one of several prints of the same payment
    action: String,
    /// categorize: one of the ten; null = uncategorised
    category: Option<String>,
    /// categorize
    subcategory: Option<String>,
    /// tag: given to each
    tags: Option<Vec<String>>,
    /// tag: taken from each
    remove_tags: Option<Vec<String>>,
    /// move: null = private
    budget_id: Option<String>,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct BulkDone {
    /// Those that were changed, as they are now; in a merge the one that stays comes first, if it has taken something from
    /// the others.
    expenses: Vec<ExpenseView>,
    /// What tells of it, and takes all of it back (`POST /api/activity/{id}/undo`); null: nothing was changed.
    activity_id: Option<String>,
}

impl From<Written> for BulkDone {
    fn from(written: Written) -> Self {
        Self {
            expenses: written.expenses.into_iter().map(ExpenseView::from).collect(),
            activity_id: written.activity.map(|id| id.to_string()),
        }
    }
}

/// Does one thing to many expenses
///
/// To all of them or to none, as one thing that can be undone. 404 with `fields` where one isn't there, 403 where one is in
/// a budget that one may only look at.
#[utoipa::path(post, path = "/api/expenses/bulk", tag = "expenses", request_body = BulkFields,
    responses((status = 200, description = "It is done", body = Data<BulkDone>)))]
async fn apply(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<BulkDone>> {
    Ok(Data::new(bulk::apply(&app.services, &person.actor, key, &value).await?.into()))
}
