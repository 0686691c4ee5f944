//! Pages around mails: ask for one, wait for one, and where its link leads. A link itself changes nothing: programs that
//! look into mail follow links, too.
use crate::{
    components::{NewPassword, PageHeader},
    i18n::t,
    paths,
    session::use_page,
    ui::{EmailField, Form, Notice, Submit, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/auth/forgot-password`
#[component]
pub fn ForgotPassword() -> impl IntoView {
    let words = &t().auth;
    view! {
        <div class="narrow">
            <PageHeader title=words.forgot_title lead=words.forgot_lead />
            {(!use_page().mail).then(|| view! { <Notice tone=Tone::Caution>{words.no_mail}</Notice> })}
            <Form name="password-forgot" class="stack">
                <EmailField name="email" label=words.email />
                <div class="actions">
                    <Submit>{words.forgot}</Submit>
                </div>
            </Form>
            <p class="aside"><a href=paths::SIGN_IN>{words.back_to_sign_in}</a></p>
        </div>
    }
}

/// `/auth/check-mail`: the same for whoever asked.
#[component]
pub fn CheckMail() -> impl IntoView {
    let words = &t().auth;
    view! {
        <div class="narrow">
            <PageHeader title=words.check_title lead=words.check_lead />
            <p class="help">{words.check_help}</p>
            <p class="aside"><a href=paths::SIGN_IN>{words.back_to_sign_in}</a></p>
        </div>
    }
}

/// A form that sends the secret in the page's address with what else is in it; without one, a word about that.
#[component]
fn LinkForm(name: &'static str, children: Children) -> impl IntoView {
    match use_query_map().get_untracked().get("token").filter(|token| !token.is_empty()) {
        Some(token) => view! {
            <Form name=name class="stack">
                <input type="hidden" name="token" value=token />
                {children()}
            </Form>
        }
        .into_any(),
        None => view! { <Notice tone=Tone::Caution>{t().auth.no_link}</Notice> }.into_any(),
    }
}

/// `/auth/reset-password?token=…`
#[component]
pub fn ResetPassword() -> impl IntoView {
    let words = &t().auth;
    view! {
        <div class="narrow">
            <PageHeader title=words.reset_title lead=words.reset_lead />
            <LinkForm name="password-reset">
                <NewPassword name="password" label=words.reset_new help=words.password_help />
                <div class="actions">
                    <Submit>{words.reset}</Submit>
                </div>
            </LinkForm>
            <p class="aside"><a href=paths::FORGOT_PASSWORD>{words.forgot_again}</a></p>
        </div>
    }
}

/// `/auth/verify-email?token=…`
#[component]
pub fn VerifyEmail() -> impl IntoView {
    let words = &t().auth;
    view! {
        <div class="narrow">
            <PageHeader title=words.verify_title lead=words.verify_lead />
            <LinkForm name="email-verify">
                <div class="actions">
                    <Submit>{words.verify}</Submit>
                </div>
            </LinkForm>
        </div>
    }
}
