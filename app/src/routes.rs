//! Which page stands at which path. Every page is rendered whole before it is sent (`SsrMode::Async`), so that it is
//! complete without JavaScript.
use crate::pages::{auth, budgets, dashboard, expenses, landing, legal, settings, status, styleguide, welcome};
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
            <Route path=path!("/expenses") view=expenses::Expenses ssr=WHOLE />
            <Route path=path!("/expenses/import") view=expenses::Import ssr=WHOLE />
            <Route path=path!("/terms") view=legal::Terms ssr=WHOLE />
            <Route path=path!("/privacy") view=legal::Privacy ssr=WHOLE />
            <Route path=path!("/welcome") view=welcome::Welcome ssr=WHOLE />
            <Route path=path!("/dashboard") view=dashboard::Dashboard ssr=WHOLE />
            <Route path=path!("/budgets") view=budgets::Budgets ssr=WHOLE />
            <Route path=path!("/budgets/new") view=welcome::NewBudget ssr=WHOLE />
            <Route path=path!("/budgets/:id") view=budgets::Month ssr=WHOLE />
            <Route path=path!("/budgets/:id/edit") view=budgets::EditBudget ssr=WHOLE />
            <Route path=path!("/settings") view=settings::Settings ssr=WHOLE />
            <Route path=path!("/settings/profile") view=settings::Profile ssr=WHOLE />
            <Route path=path!("/settings/preferences") view=settings::Preferences ssr=WHOLE />
            <Route path=path!("/settings/accounts") view=settings::Accounts ssr=WHOLE />
            <Route path=path!("/settings/trash") view=settings::Trash ssr=WHOLE />
            <Route path=path!("/styleguide") view=styleguide::Styleguide ssr=WHOLE />
        </FlatRoutes>
    }
}
