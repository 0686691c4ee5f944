//! Who has part in a budget, and invitations to one.
use super::budgets::one;
use crate::http::{
    error::Result,
    json::{Bare, Id, MaybeSent, NoQuery, Query, Sent},
    state::AppState,
    views::{
        Created, Data, List,
        budget::{BudgetView, OneBudget},
        sharing::{InvitedView, MembersView, OneInvite},
    },
    visitor::Person,
};
use axum::{extract::State, http::StatusCode};
use domain::{
    ids::{BudgetId, InviteId},
    input::{self, Reader},
};
use serde::Deserialize;
use service::sharing;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(members))
        .routes(routes!(share))
        .routes(routes!(collaborate))
        .routes(routes!(transfer_ownership))
        .routes(routes!(invites))
        .routes(routes!(withdraw))
        .routes(routes!(accept))
        .routes(routes!(decline))
}

/// Who has part in a budget
#[utoipa::path(get, path = "/api/budgets/{id}/members", tag = "sharing", params(("id" = String, Path)),
    responses((status = 200, description = "The owner first; to admins also who is invited", body = Data<MembersView>)))]
async fn members(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    NoQuery: NoQuery,
) -> Result<Data<MembersView>> {
    Ok(Data::new(sharing::members(&app.services, &person.actor, id).await?.into()))
}

/// An invitation.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct NewInvite {
    /// With or without an account here.
    email: String,
    /// view, edit, admin
    role: String,
}

/// Invites somebody to a budget
///
/// They become a member when they accept. Owners and admins may invite.
#[utoipa::path(post, path = "/api/budgets/{id}/share", tag = "sharing", params(("id" = String, Path)),
    request_body = NewInvite, responses((status = 201, description = "The invitation", body = Data<OneInvite>)))]
async fn share(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Created<OneInvite>> {
    Ok(Created(sharing::invite(&app.services, &person.actor, key, id, &value).await?.into()))
}

/// What is to become of a member: another role, or an end.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct MemberChange {
    /// Who.
    user_id: String,
    /// view, edit, admin
    role: Option<String>,
    /// Instead of a role: they are out.
    remove: Option<bool>,
}

/// `data` of a change of members.
#[derive(serde::Serialize, ToSchema)]
struct Changed {
    /// The budget; null for who has no part in it any more.
    budget: Option<BudgetView>,
}

/// Changes a member's role, or takes them out
///
/// Everybody but the owner may take themself out.
#[utoipa::path(put, path = "/api/budgets/{id}/collaborate", tag = "sharing", params(("id" = String, Path)),
    request_body = MemberChange, responses((status = 200, description = "The budget as it is then", body = Data<Changed>)))]
async fn collaborate(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<Changed>> {
    let budget = sharing::collaborate(&app.services, &person.actor, key, id, &value).await?;
    let reader = person.actor.user.id;
    Ok(Data::new(Changed { budget: budget.role_of(reader).map(|_| BudgetView::new(budget, reader)) }))
}

/// Who is to be the owner.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct NewOwner {
    /// A member.
    user_id: String,
}

/// Makes a member the owner
///
/// The old owner stays as an admin.
#[utoipa::path(post, path = "/api/budgets/{id}/transfer-ownership", tag = "sharing", params(("id" = String, Path)),
    request_body = NewOwner, responses((status = 200, description = "The budget as it is then", body = Data<OneBudget>)))]
async fn transfer_ownership(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<BudgetId>,
    NoQuery: NoQuery,
    Sent { value, key }: Sent,
) -> Result<Data<OneBudget>> {
    let budget = sharing::hand_over(&app.services, &person.actor, key, id, &value).await?;
    Ok(Data::new(one(budget, &person.actor)))
}

/// By which link.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "described here, read field by field")]
struct ByLink {
    /// The secret of a mail's link, for an invitation to another address.
    token: Option<String>,
}

/// Invitations to oneself that are open
#[utoipa::path(get, path = "/api/invites", tag = "sharing", params(ByLink),
    responses((status = 200, description = "The oldest first", body = List<InvitedView>)))]
async fn invites(State(app): State<AppState>, person: Person, Query(query): Query) -> Result<List<InvitedView>> {
    let mut reader = Reader::new(&query);
    let token = reader.optional("token", input::text);
    reader.finish()?;
    let found = sharing::invites(&app.services, &person.actor, token.as_deref()).await?;
    Ok(List::whole(found.into_iter().map(InvitedView::from).collect()))
}

/// Takes an invitation back
#[utoipa::path(delete, path = "/api/invites/{id}", tag = "sharing", params(("id" = String, Path)),
    responses((status = 204, description = "It does not count any more")))]
async fn withdraw(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<InviteId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<StatusCode> {
    sharing::withdraw(&app.services, &person.actor, key, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How one shows that an invitation to another address is for oneself.
#[derive(Deserialize, ToSchema)]
#[allow(dead_code, reason = "described here, read field by field in domain")]
struct Answer {
    /// The secret of the mail's link.
    token: Option<String>,
}

/// Accepts an invitation
#[utoipa::path(post, path = "/api/invites/{id}/accept", tag = "sharing", params(("id" = String, Path)),
    request_body = Option<Answer>, responses((status = 200, description = "The budget", body = Data<OneBudget>)))]
async fn accept(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<InviteId>,
    NoQuery: NoQuery,
    MaybeSent { value, key }: MaybeSent,
) -> Result<Data<OneBudget>> {
    let budget = sharing::accept(&app.services, &person.actor, key, id, &value).await?;
    Ok(Data::new(one(budget, &person.actor)))
}

/// Declines an invitation
#[utoipa::path(post, path = "/api/invites/{id}/decline", tag = "sharing", params(("id" = String, Path)),
    request_body = Option<Answer>, responses((status = 204, description = "It does not wait any more")))]
async fn decline(
    State(app): State<AppState>,
    person: Person,
    Id(id): Id<InviteId>,
    NoQuery: NoQuery,
    MaybeSent { value, key }: MaybeSent,
) -> Result<StatusCode> {
    sharing::decline(&app.services, &person.actor, key, id, &value).await?;
    Ok(StatusCode::NO_CONTENT)
}
