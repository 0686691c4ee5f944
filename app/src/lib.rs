//! The pages of `WealthWise`, their parts, and what they ask of the server.
//!
//! Server and browser run this same code: the server renders whole pages that work as they are, the browser takes them over.

pub mod api;
pub mod components;
pub mod context;
pub mod error;
pub mod forms;
pub mod i18n;
pub mod pages;
pub mod parts;
pub mod paths;
mod routes;
pub mod session;
#[cfg(feature = "ssr")]
mod shell;
pub mod ui;

pub use context::PageContext;
pub use session::{use_page, use_refresh};
#[cfg(feature = "ssr")]
pub use shell::shell;

use components::frame::Frame;
use leptos::prelude::*;
use leptos_router::components::Router;
use routes::AppRoutes;

/// Everything inside of `<body>`, on both sides.
#[component]
pub fn App() -> impl IntoView {
    #[cfg(feature = "ssr")]
    leptos_meta::provide_meta_context();
    session::provide();
    view! {
        <Router>
            <Frame>
                <AppRoutes />
            </Frame>
        </Router>
    }
}
