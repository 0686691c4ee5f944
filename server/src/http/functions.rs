//! Server functions: what hydrated pages ask for. The same context as pages have; the origin check stands before them.
use super::{
    error::{ApiError, Result},
    pages::own_location,
    state::AppState,
    visitor::Visitor,
};
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, header},
    response::{IntoResponse, Response},
};
use leptos::{prelude::provide_context, server_fn::axum::server_fn_paths};

/// Runs the server function at this path.
pub async fn run(State(app): State<AppState>, visitor: Visitor, mut request: Request) -> Result<Response> {
    find(request.uri().path(), request.method())?;
    // Asked as a document, Leptos would answer by a redirect to the Referer with the error in it.
    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    request.headers_mut().remove(header::REFERER);
    let caller = visitor.caller(&app);
    let response = leptos_axum::handle_server_fns_with_context(move || provide_context(caller.clone()), request).await;
    let mut response = response.into_response();
    own_location(response.headers_mut());
    Ok(response)
}

/// Whether there is such a function, asked for by its own method. (Leptos would echo the path of an unknown one.)
fn find(path: &str, method: &Method) -> Result<()> {
    let methods: Vec<Method> =
        server_fn_paths().filter(|(known, _)| *known == path).map(|(_, method)| method).collect();
    match (methods.is_empty(), methods.contains(method)) {
        (true, _) => Err(ApiError::new("NOT_FOUND")),
        (false, false) => Err(ApiError::new("METHOD_NOT_ALLOWED")),
        (false, true) => Ok(()),
    }
}
