//! Sign-in at other places: the links there, and the last step of somebody who comes back. The server words it.
use crate::{
    api::{
        queries,
        views::{ContinueForm, ContinueSignIn},
    },
    components::{Load, PageHeader},
    forms::hidden,
    i18n::t,
    paths,
    session::use_page,
    ui::{ButtonLink, Checkbox, Form, Look, PasswordField, Submit, TextField},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// One link for each other place.
#[component]
pub(super) fn Elsewhere(
    /// Where to go in the end.
    next: Option<String>,
) -> impl IntoView {
    let places = use_page().places;
    (!places.is_empty()).then(|| {
        let to = next.map(|next| format!("?{}={}", hidden::NEXT, paths::encode(&next))).unwrap_or_default();
        let places = places.into_iter().map(|(label, href)| (label, format!("{href}{to}"))).collect();
        view! { <div class="elsewhere">{links(places)}</div> }
    })
}

fn links(links: Vec<(String, String)>) -> impl IntoView {
    let link = |(label, href): (String, String)| view! { <ButtonLink href=href external=true>{label}</ButtonLink> };
    links.into_iter().map(link).collect_view()
}

/// `/auth/continue`
#[component]
pub fn Continue() -> impl IntoView {
    let query = use_query_map().get_untracked();
    let (why, at) = (query.get("why"), query.get("at"));
    let data = Resource::new(|| (), move |()| queries::continue_sign_in(why.clone(), at.clone()));
    view! {
        <div class="narrow">
            <Load data=data view=|found: ContinueSignIn| {
                view! {
                    <PageHeader title=found.title />
                    <div class="stack">
                        {found.text.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                        {found.form.map(form)}
                        {(!found.links.is_empty()).then(|| view! { <p class="actions">{links(found.links)}</p> })}
                    </div>
                }
                .into_any()
            } />
        </div>
    }
}

fn form(form: ContinueForm) -> AnyView {
    let words = t();
    match form {
        ContinueForm::SignUp { name } => sign_up(name),
        ContinueForm::Code { submit } => view! {
            <Form name="identity-code" class="stack">
                <TextField
                    name="code"
                    label=words.security.sign_in_code
                    help=words.security.sign_in_code_help
                    inputmode="text"
                    autocomplete="one-time-code"
                />
                <div class="actions">
                    <Submit>{submit}</Submit>
                </div>
            </Form>
        }
        .into_any(),
        ContinueForm::Link { submit, password } => view! {
            <Form name="identity-link" class="stack">
                {password.then(|| view! { <PasswordField name="currentPassword" label=words.security.current /> })}
                <div class="actions">
                    <Submit look=Look::Primary>{submit}</Submit>
                </div>
            </Form>
        }
        .into_any(),
    }
}

fn sign_up(name: String) -> AnyView {
    let words = &t().auth;
    let timezone = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| timezone.set(crate::ui::client::timezone()));
    view! {
        <Form name="identity-sign-up" class="stack">
            <TextField name="name" label=words.name help=words.name_help value=name autocomplete="name" />
            <Checkbox name="terms" label=words.terms>
                <a href=paths::TERMS>{words.read_terms}</a>
                " · "
                <a href=paths::PRIVACY>{words.read_privacy}</a>
            </Checkbox>
            <input type="hidden" name="timezone" value=move || timezone.get() />
            <div class="actions">
                <Submit>{words.sign_up}</Submit>
            </div>
        </Form>
    }
    .into_any()
}
