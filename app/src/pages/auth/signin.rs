//! Sign-in. Leads on to the page that was asked for.
use super::elsewhere::Elsewhere;
use crate::{
    components::{PageHeader, public::EnterExample},
    forms::{hidden, own_path},
    i18n::t,
    paths,
    ui::{EmailField, Form, Notice, PasswordField, Submit, TextField, use_form},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The code of the second step: there once it was asked for.
#[component]
fn CodeField() -> impl IntoView {
    let words = &t().security;
    let form = use_form();
    let asked =
        Memo::new(move |before: Option<&bool>| form.message("totp").is_some() || before.is_some_and(|before| *before));
    view! {
        <div hidden=move || !asked.get()>
            <TextField
                name="totp"
                label=words.sign_in_code
                help=words.sign_in_code_help
                inputmode="text"
                autocomplete="one-time-code"
            />
        </div>
    }
}

/// `/auth/signin?next=…`
#[component]
pub fn SignIn() -> impl IntoView {
    let words = &t().auth;
    let query = use_query_map().get_untracked();
    let next = query.get_str(hidden::NEXT).and_then(own_path).map(str::to_owned);
    let sent_here = next.is_some();
    let other = next.as_deref().map_or_else(|| paths::SIGN_UP.to_owned(), paths::sign_up_then);
    view! {
        <div class="narrow">
            <PageHeader title=words.sign_in_title lead=words.sign_in_lead />
            {sent_here.then(|| view! { <Notice>{words.sign_in_needed}</Notice> })}
            <Form name="sign-in" class="stack" next=next.clone().unwrap_or_else(|| paths::DASHBOARD.to_owned())>
                <EmailField name="email" label=words.email />
                <PasswordField name="password" label=words.password />
                <CodeField />
                <div class="actions">
                    <Submit>{words.sign_in}</Submit>
                </div>
            </Form>
            <Elsewhere next=next />
            <p class="aside"><a href=paths::FORGOT_PASSWORD>{words.forgot_link}</a></p>
            <EnterExample noted=true />
            <p class="aside">
                {words.no_account} " " <a href=other>{t().nav.sign_up}</a>
            </p>
        </div>
    }
}
