//! What was deleted in the last 30 days.
use crate::http::{
    error::Result,
    json::{Bare, Id, NoQuery},
    state::AppState,
    views::{Data, List, other::TrashedView},
    visitor::Person,
};
use axum::extract::State;
use domain::ids::ExpenseId;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(restore))
}

/// What one has deleted in the last 30 days
#[utoipa::path(get, path = "/api/trash", tag = "trash",
    responses((status = 200, description = "The newest first", body = List<TrashedView>)))]
async fn list(State(app): State<AppState>, person: Person, NoQuery: NoQuery) -> Result<List<TrashedView>> {
    let trashed = service::trash::list(&app.services, &person.actor).await?;
    Ok(List::whole(trashed.into_iter().map(TrashedView::from).collect()))
}

/// Takes something back from the trash
#[utoipa::path(post, path = "/api/trash/{id}/restore", tag = "trash", params(("id" = String, Path)),
    responses((status = 200, description = "It is back", body = Data<TrashedView>)))]
async fn restore(
    State(app): State<AppState>,
    person: Person,
    // Whatever it is: all ids look alike.
    Id(ExpenseId(id)): Id<ExpenseId>,
    NoQuery: NoQuery,
    Bare { key }: Bare,
) -> Result<Data<TrashedView>> {
    Ok(Data::new(service::trash::restore(&app.services, &person.actor, key, id).await?.into()))
}
