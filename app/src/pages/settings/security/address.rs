//! The address that one signs in with.
use crate::{
    i18n::t,
    session::use_page,
    ui::{Badge, Card, EmailField, Form, Look, PasswordField, Submit, Tone},
};
use leptos::prelude::*;

/// The form that asks for another address.
const CHANGE: &str = "email-change";

#[component]
pub(super) fn Address(verified: bool) -> impl IntoView {
    let words = &t().auth;
    let page = use_page();
    let came_back = page.came_back(CHANGE);
    let email = page.viewer.map(|viewer| viewer.email).unwrap_or_default();
    let unverified = (!verified && page.mail).then(|| {
        view! {
            <Form name="email-resend" class="inline-form" summary=false>
                <Badge tone=Tone::Caution>{words.unverified}</Badge>
                <Submit look=Look::Quiet>{words.resend}</Submit>
            </Form>
        }
    });
    view! {
        <Card title=words.change_email>
            <p><strong>{email}</strong></p>
            {unverified}
            <details class="more" open=came_back>
                <summary>{words.ask_change}</summary>
                <Form name=CHANGE class="stack" reset=true>
                    <p class="help">{words.change_email_lead}</p>
                    <EmailField name="newEmail" label=words.new_email />
                    <PasswordField name="currentPassword" label=t().security.current />
                    <div class="actions">
                        <Submit look=Look::Plain>{words.ask_change}</Submit>
                    </div>
                </Form>
            </details>
        </Card>
    }
}
