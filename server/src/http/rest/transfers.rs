//! Transfers of rows that are there: two that are one, one that is two again, and what may be one.
use crate::http::{
    error::Result,
    json::{Bare, Id, NoQuery, Sent},
    state::AppState,
    views::{
        Data, List,
        expense::{ExpenseView, OneExpense},
    },
    visitor::Person,
};
use axum::extract::State;
use domain::ids::ExpenseId;
use serde::{Deserialize, Serialize};
use service::transfers::{self, Transfer};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(likely)).routes(routes!(join, part)).routes(routes!(refuse))
}

/// Both legs of a transfer, or two rows that may be.
#[derive(Debug, Serialize, ToSchema)]
struct TransferView {
    /// Where the money goes from.
    from: ExpenseView,
    /// Where it comes in.
    to: ExpenseView,
}

/// `data` of one transfer.
#[derive(Debug, Serialize, ToSchema)]
struct OneTransfer {
    transfer: TransferView,
}

impl From<Transfer> for TransferView {
    fn from(transfer: Transfer) -> Self {
        Self { from: transfer.from.into(), to: transfer.to.into() }
    }
}

/// The other row.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in service")]
struct JoinFields {
    /// The same amount, the other way, in another account.
    other_id: String,
    /// Of the row in the path: joins only this version.
    version: Option<i64>,
    /// Of the other row.
    other_version: Option<i64>,
}

/// Rows that are likely transfers
///
/// The same amount out of one account and into another, at most three days apart, of the last 100 days: at most 20 pairs.
/// Nothing is joined by itself.
#[utoipa::path(get, path = "/api/transfers", tag = "expenses",
    responses((status = 200, description = "Pairs to be asked about, the newest first", body = List<TransferView>)))]
async fn likely(State(app): State<AppState>, person: Person, NoQuery: NoQuery) -> Result<List<TransferView>> {
    let found = transfers::proposals(&app.services, &person.actor).await?;
    Ok(List::whole(found.into_iter().map(TransferView::from).collect()))
}

/// Makes two rows one transfer
///
/// Both count nowhere then, have no category, and are changed and thrown away together.
#[utoipa::path(post, path = "/api/expenses/{id}/transfer", tag = "expenses", params(("id" = String, Path)),
    request_body = JoinFields,
    responses((status = 200, description = "Both legs", body = Data<OneTransfer>)))]
async fn join(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ExpenseId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneTransfer>> {
    let joined = transfers::join(&app.services, &person.actor, key, id, &value).await?;
    Ok(Data::new(OneTransfer { transfer: joined.into() }))
}

/// Makes a transfer two rows again
///
/// An expense without a category, and an income.
#[utoipa::path(delete, path = "/api/expenses/{id}/transfer", tag = "expenses", params(("id" = String, Path)),
    responses((status = 200, description = "Both rows", body = Data<OneTransfer>)))]
async fn part(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ExpenseId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<Data<OneTransfer>> {
    let parted = transfers::part(&app.services, &person.actor, key, id).await?;
    Ok(Data::new(OneTransfer { transfer: parted.into() }))
}

/// Says that a row is no transfer
///
/// It isn't proposed as one any more.
#[utoipa::path(post, path = "/api/expenses/{id}/transfer/refuse", tag = "expenses", params(("id" = String, Path)),
    responses((status = 200, description = "The row", body = Data<OneExpense>)))]
async fn refuse(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<ExpenseId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<Data<OneExpense>> {
    Ok(Data::new(transfers::refuse(&app.services, &person.actor, key, id).await?.into()))
}
