//! Places where money is.
use crate::http::{
    error::Result,
    json::{Bare, Id, NoQuery, Sent},
    state::AppState,
    views::{
        Created, Data, List,
        account::{AccountView, OneAccount},
    },
    visitor::Person,
};
use axum::{extract::State, http::StatusCode};
use domain::ids::AccountId;
use serde::Deserialize;
use service::accounts;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, update, delete))
}

/// One's accounts
#[utoipa::path(get, path = "/api/accounts", tag = "accounts",
    responses((status = 200, description = "By name", body = List<AccountView>)))]
async fn list(State(app): State<AppState>, person: Person, NoQuery: NoQuery) -> Result<List<AccountView>> {
    let accounts = accounts::list(&app.services, &person.actor).await?;
    Ok(List::whole(accounts.into_iter().map(AccountView::from).collect()))
}

/// A new account.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct NewAccount {
    name: String,
    /// checking, savings, card, cash, loan
    kind: String,
    /// ISO 4217.
    currency: String,
}

/// Makes an account by hand
#[utoipa::path(post, path = "/api/accounts", tag = "accounts", request_body = NewAccount,
    responses((status = 201, description = "The new account", body = Data<OneAccount>)))]
async fn create(
    State(app): State<AppState>,
    person: Person,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Created<OneAccount>> {
    Ok(Created(accounts::create(&app.services, &person.actor, key, &value).await?.into()))
}

/// One account
#[utoipa::path(get, path = "/api/accounts/{id}", tag = "accounts", params(("id" = String, Path)),
    responses((status = 200, description = "The account", body = Data<OneAccount>)))]
async fn get(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<AccountId>,
    NoQuery: NoQuery,
) -> Result<Data<OneAccount>> {
    Ok(Data::new(accounts::get(&app.services, &person.actor, id).await?.into()))
}

/// A change of an account; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct AccountChange {
    /// The version that the change was made from.
    version: i64,
    name: Option<String>,
    kind: Option<String>,
    closed: Option<bool>,
}

/// Changes an account
#[utoipa::path(put, path = "/api/accounts/{id}", tag = "accounts", params(("id" = String, Path)),
    request_body = AccountChange,
    responses((status = 200, description = "The account after the change", body = Data<OneAccount>)))]
async fn update(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<AccountId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneAccount>> {
    Ok(Data::new(accounts::update(&app.services, &person.actor, key, id, &value).await?.into()))
}

/// Deletes an account that no expense names
#[utoipa::path(delete, path = "/api/accounts/{id}", tag = "accounts", params(("id" = String, Path)),
    responses((status = 204, description = "It is gone")))]
async fn delete(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<AccountId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<StatusCode> {
    accounts::delete(&app.services, &person.actor, key, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
