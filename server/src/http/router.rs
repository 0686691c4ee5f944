//! All addresses, as a table of contents. Layers wrap what stands above them; the last one sees a request first.
use super::{compress, edge, error::ApiError, forms, functions, limits, origin, pages, rest, state::AppState};
use crate::{assets::Assets, config::Config};
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get, post},
};
use service::Services;
use std::sync::LazyLock;

/// Everything that the program answers. `port` is the one that it listens on.
pub fn build(config: &Config, port: u16, assets: Assets, services: Services) -> Router {
    let (api, openapi) = rest::routes();
    let app = AppState::new(config, port, assets, services, openapi);
    Router::new()
        .merge(api)
        .route("/api", any(no_such_route))
        .route("/api/", any(no_such_route))
        .route("/api/{*rest}", any(no_such_route))
        .route("/_fn/form/{name}", post(forms::post))
        .route("/_fn/{*name}", any(functions::run))
        .merge(page_routes())
        .fallback(pages::fallback)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(app.clone(), limits::check))
        .layer(from_fn_with_state(app.clone(), origin::check))
        .layer(from_fn(compress::answer))
        .layer(from_fn_with_state(app.clone(), edge::around))
        .with_state(app)
}

/// The addresses of the pages that the app knows; asked for once in a process, before anything is rendered. While Leptos
/// walks through the app for them, whatever is rendered beside it would wait for its data for ever
/// (<https://github.com/leptos-rs/leptos/issues/4773>): with tests, there are several programs in one process.
static PAGES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let listed = leptos_axum::generate_route_list(app::App);
    listed.iter().map(|route| if route.path().is_empty() { "/" } else { route.path() }.to_owned()).collect()
});

/// The pages, each at its own address.
fn page_routes() -> Router<AppState> {
    PAGES.iter().fold(Router::new(), |router, path| router.route(path, get(pages::page)))
}

async fn no_such_route() -> ApiError {
    ApiError::new("NOT_FOUND")
}

async fn method_not_allowed() -> ApiError {
    ApiError::new("METHOD_NOT_ALLOWED")
}
