//! One's data: all of them as one file, and the end of the account.
use super::Section;
use crate::{
    api::{queries, views},
    components::Load,
    i18n::rights::rights,
    paths,
    session::use_page,
    ui::{ButtonLink, Card, Form, Look, Notice, PasswordField, Submit, Tone},
};
use leptos::prelude::*;

/// The form that asks for the end of the account.
const LEAVE: &str = "account-leave";

/// `/settings/data`
#[component]
pub fn Data() -> impl IntoView {
    let words = rights();
    let data = Resource::new(|| (), |()| queries::way_out());
    view! {
        <Section here=paths::DATA title=words.data lead=words.data_lead>
            <TakeAlong />
            <Load data=data lines=3 view=move |found: views::WayOut| view! { <Leave has_password=found.has_password /> }.into_any() />
        </Section>
    }
}

#[component]
fn TakeAlong() -> impl IntoView {
    let words = rights();
    view! {
        <Card title=words.take>
            <p>{words.take_text}</p>
            <p class="help">{words.take_what}</p>
            <div class="actions">
                <Download />
            </div>
        </Card>
    }
}

/// Leads to the archive of everything.
#[component]
pub(super) fn Download() -> impl IntoView {
    view! { <ButtonLink href=paths::EXPORT external=true>{rights().take_button}</ButtonLink> }
}

#[component]
fn Leave(has_password: bool) -> impl IntoView {
    let words = rights();
    let came_back = use_page().came_back(LEAVE);
    let password = if has_password {
        view! { <PasswordField name="currentPassword" label=crate::i18n::t().security.current /> }.into_any()
    } else {
        view! { <Notice tone=Tone::Caution>{words.leave_no_password}</Notice> }.into_any()
    };
    view! {
        <Card title=words.leave>
            <p>{words.leave_text}</p>
            <ul>
                <li>{words.leave_now}</li>
                <li>{words.leave_days}</li>
                <li>{words.leave_then}</li>
            </ul>
            <p class="help">{words.leave_first}</p>
            <details class="more" open=came_back>
                <summary>{words.leave_ask}</summary>
                <Form name=LEAVE class="stack">
                    {password}
                    <div class="actions">
                        <Submit look=Look::Danger>{words.leave_button}</Submit>
                    </div>
                </Form>
            </details>
        </Card>
    }
}
