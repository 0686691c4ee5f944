//! The second step at sign-in: off, being set up, on.
use super::Revealed;
use crate::{
    api::views,
    i18n::{fill, plural, t, use_i18n},
    ui::{Card, Form, Look, PasswordField, Submit, TextField},
};
use leptos::prelude::*;

const BEGIN: &str = "second-step-begin";
pub(super) const CONFIRM: &str = "second-step-confirm";

#[component]
pub(super) fn SecondStep(step: views::SecondStep, codes: Revealed) -> impl IntoView {
    let words = &t().security;
    let i18n = use_i18n();
    let state = match step {
        views::SecondStep { on: true, recovery_codes, .. } => {
            let left = plural(i18n, words.codes_left, recovery_codes);
            view! {
                <p><strong>{words.step_is_on}</strong> " " {left}</p>
                <Form name="second-step-end" class="stack">
                    <p class="help">{words.step_end_text}</p>
                    <PasswordField name="currentPassword" label=words.current />
                    <div class="actions">
                        <Submit look=Look::Danger>{words.step_end}</Submit>
                    </div>
                </Form>
            }
            .into_any()
        }
        views::SecondStep { setup: Some(setup), .. } => view! { <Confirm setup=setup codes=codes /> }.into_any(),
        views::SecondStep { setup: None, .. } => view! {
            <p class="help">{words.step_lead}</p>
            <Begin label=words.step_begin />
        }
        .into_any(),
    };
    view! {
        <Card title=words.step>
            {codes.shown(words.codes_title, words.codes_text)}
            {state}
        </Card>
    }
}

#[component]
fn Begin(label: &'static str) -> impl IntoView {
    view! {
        <Form name=BEGIN class="stack">
            <PasswordField name="currentPassword" label=t().security.current />
            <div class="actions">
                <Submit look=Look::Plain>{label}</Submit>
            </div>
        </Form>
    }
}

#[component]
fn Confirm(setup: views::Setup, codes: Revealed) -> impl IntoView {
    let words = &t().security;
    view! {
        <p>{words.step_scan}</p>
        <div class="qr" role="img" aria-label=words.step_qr inner_html=setup.qr></div>
        <p class="help key">{fill(words.step_key, &[("key", &setup.key)])}</p>
        <Form name=CONFIRM class="stack" on_done=codes.taken()>
            <TextField name="code" label=words.code help=words.code_help inputmode="numeric" autocomplete="one-time-code" />
            <div class="actions">
                <Submit>{words.step_confirm}</Submit>
            </div>
        </Form>
        <details class="more">
            <summary>{words.step_again}</summary>
            <Begin label=words.step_again />
        </details>
    }
}
