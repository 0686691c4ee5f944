//! Pages for what isn't there or didn't work. On the server they set the answer's status.
use crate::{
    components::PageHeader,
    i18n::{fill, t},
    paths,
    session::{use_page, use_refresh},
    ui::{Button, ButtonLink, Look},
};
use leptos::prelude::*;

/// Sets the status of the page's answer.
#[allow(unused_variables, reason = "only the server answers")]
pub fn set_status(code: u16) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) = (use_context::<leptos_axum::ResponseOptions>(), code.try_into()) {
        response.set_status(status);
    }
}

/// For addresses that lead nowhere, and for what is not the viewer's.
#[component]
pub fn NotFound() -> impl IntoView {
    set_status(404);
    let words = &t().status;
    let (href, label) = if use_page().viewer.is_some() {
        (paths::DASHBOARD, words.to_dashboard)
    } else {
        (paths::HOME, words.to_start)
    };
    view! {
        <div class="narrow status-page">
            <PageHeader title=words.not_found_title lead=words.not_found_text />
            <div class="actions">
                <ButtonLink href=href look=Look::Primary>{label}</ButtonLink>
            </div>
        </div>
    }
}

/// For a page whose data couldn't be had: what happened, and the way to try again.
#[component]
pub fn Failed(
    /// What happened, worded; the catalogue's general words where nothing better is known.
    #[prop(optional, into)]
    message: Option<String>,
    /// The request's number, for whoever runs the server.
    #[prop(optional_no_strip, into)]
    request_id: Option<String>,
    /// The answer's status.
    #[prop(default = 500)]
    status: u16,
) -> impl IntoView {
    set_status(status);
    let words = &t().status;
    let refresh = use_refresh();
    view! {
        <div class="narrow status-page">
            <PageHeader title=words.error_title lead=message.unwrap_or_else(|| words.error_text.to_owned()) />
            {request_id.map(|id| view! { <p class="help">{fill(words.request_id, &[("id", &id)])}</p> })}
            <div class="actions">
                <Button look=Look::Primary on_click=move |()| refresh.bump()>{words.try_again}</Button>
            </div>
        </div>
    }
}
