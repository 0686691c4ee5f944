//! Which page stands at which path. Every page is rendered whole before it is sent (`SsrMode::Async`), so that it is
//! complete without JavaScript. Those of `page` are in a part of the program that is fetched on the way ([`crate::parts`]).
use crate::{
    pages::{dashboard, settings, status},
    parts::{in_turn, page},
};
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
            <Route path=path!("/") view=page::landing() ssr=WHOLE />
            <Route path=path!("/auth/signin") view=page::sign_in() ssr=WHOLE />
            <Route path=path!("/auth/signup") view=page::sign_up() ssr=WHOLE />
            <Route path=path!("/auth/forgot-password") view=page::forgot_password() ssr=WHOLE />
            <Route path=path!("/auth/check-mail") view=page::check_mail() ssr=WHOLE />
            <Route path=path!("/auth/reset-password") view=page::reset_password() ssr=WHOLE />
            <Route path=path!("/auth/verify-email") view=page::verify_email() ssr=WHOLE />
            <Route path=path!("/auth/continue") view=page::continue_sign_in() ssr=WHOLE />
            <Route path=path!("/expenses") view=page::expenses() ssr=WHOLE />
            <Route path=path!("/expenses/import") view=page::import() ssr=WHOLE />
            <Route path=path!("/expenses/review") view=page::review() ssr=WHOLE />
            <Route path=path!("/rules") view=page::rules() ssr=WHOLE />
            <Route path=path!("/rules/new") view=page::new_rule() ssr=WHOLE />
            <Route path=path!("/recurring") view=page::recurring() ssr=WHOLE />
            <Route path=path!("/calendar") view=page::recurring() ssr=WHOLE />
            <Route path=path!("/terms") view=page::terms() ssr=WHOLE />
            <Route path=path!("/privacy") view=page::privacy() ssr=WHOLE />
            <Route path=path!("/welcome") view=page::welcome() ssr=WHOLE />
            <Route path=path!("/dashboard") view=|| in_turn(dashboard::Dashboard) ssr=WHOLE />
            <Route path=path!("/budgets") view=page::budgets() ssr=WHOLE />
            <Route path=path!("/budgets/new") view=page::new_budget() ssr=WHOLE />
            <Route path=path!("/budgets/:id") view=page::month() ssr=WHOLE />
            <Route path=path!("/budgets/:id/edit") view=page::edit_budget() ssr=WHOLE />
            <Route path=path!("/budgets/:id/share") view=page::share() ssr=WHOLE />
            <Route path=path!("/invites") view=page::invites() ssr=WHOLE />
            <Route path=path!("/budgets/:id/activity") view=page::activity() ssr=WHOLE />
            <Route path=path!("/budgets/:id/proposal") view=page::budget_proposal() ssr=WHOLE />
            <Route path=path!("/budgets/:id/history") view=page::budget_history() ssr=WHOLE />
            <Route path=path!("/settings") view=settings::Settings ssr=WHOLE />
            <Route path=path!("/settings/profile") view=page::profile() ssr=WHOLE />
            <Route path=path!("/settings/preferences") view=page::preferences() ssr=WHOLE />
            <Route path=path!("/settings/security") view=page::security() ssr=WHOLE />
            <Route path=path!("/settings/accounts") view=page::accounts() ssr=WHOLE />
            <Route path=path!("/settings/trash") view=page::trash() ssr=WHOLE />
            <Route path=path!("/settings/data") view=page::data() ssr=WHOLE />
            <Route path=path!("/settings/leaving") view=page::leaving() ssr=WHOLE />
            <Route path=path!("/styleguide") view=page::guide() ssr=WHOLE />
        </FlatRoutes>
    }
}
