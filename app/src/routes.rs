//! Which page stands at which path. Every page is rendered whole before it is sent (`SsrMode::Async`), so that it is
//! complete without JavaScript.
use crate::pages::{auth, landing, legal, status};
use leptos::prelude::*;
use leptos_router::{
    SsrMode,
    components::{FlatRoutes, Route},
    path,
};

const WHOLE: SsrMode = SsrMode::Async;

/// The table of pages.
#[component]
pub fn AppRoutes() -> impl IntoView {
    view! {
        <FlatRoutes fallback=status::NotFound>
            <Route path=path!("/") view=landing::Landing ssr=WHOLE />
            <Route path=path!("/auth/signin") view=auth::SignIn ssr=WHOLE />
            <Route path=path!("/auth/signup") view=auth::SignUp ssr=WHOLE />
            <Route path=path!("/terms") view=legal::Terms ssr=WHOLE />
            <Route path=path!("/privacy") view=legal::Privacy ssr=WHOLE />
        </FlatRoutes>
    }
}
