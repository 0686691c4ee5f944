//! How one proves who one is, and where one is signed in.
mod address;
mod devices;
mod elsewhere;
mod keys;
mod second_step;

use super::Section;
use crate::{
    api::{queries, views},
    components::{Load, NewPassword},
    forms::Outcome,
    i18n::t,
    paths,
    session::{use_page, use_refresh},
    ui::{Card, Form, PasswordField, Submit},
};
use leptos::prelude::*;

/// `/settings/security`
#[component]
pub fn Security() -> impl IntoView {
    let words = &t().security;
    let refresh = use_refresh();
    let data = Resource::new(move || refresh.track(), |_| queries::security());
    // Outside of what is loaded: what is shown once must outlast that the page's data are read again.
    let codes = Revealed::of(second_step::CONFIRM);
    let key = Revealed::of(keys::CREATE);
    view! {
        <Section here=paths::SECURITY title=words.title lead=words.lead>
            <Load data=data view=move |found: views::Security| {
                view! {
                    <Password first=found.first_password />
                    {found.places.map(|places| view! { <elsewhere::Elsewhere places=places /> })}
                    <address::Address verified=found.verified />
                    <second_step::SecondStep step=found.second_step codes=codes />
                    <devices::Devices devices=found.devices />
                    <keys::Keys keys=found.keys made=key />
                }
                .into_any()
            } />
        </Section>
    }
}

#[component]
fn Password(
    /// There is none yet.
    first: Option<views::FirstPassword>,
) -> impl IntoView {
    let words = &t().security;
    let has_one = first.is_none();
    let first = first.unwrap_or_else(|| views::FirstPassword {
        lead: words.password_lead.to_owned(),
        submit: words.change.to_owned(),
    });
    view! {
        <Card title=words.password>
            <Form name="password-change" class="stack" reset=true>
                <p class="help">{first.lead}</p>
                {has_one.then(|| view! { <PasswordField name="currentPassword" label=words.current /> })}
                <NewPassword name="newPassword" label=words.new help=t().auth.password_help />
                <div class="actions">
                    <Submit>{first.submit}</Submit>
                </div>
            </Form>
        </Card>
    }
}

/// What a form shows once, when it worked.
#[derive(Clone, Copy)]
struct Revealed(RwSignal<Vec<String>>);

impl Revealed {
    /// Of the form of that name; without JavaScript it comes with the page.
    fn of(form: &str) -> Self {
        let came = use_page().flash.filter(|flash| flash.form == form && flash.outcome.ok);
        Self(RwSignal::new(came.map(|flash| flash.outcome.reveal).unwrap_or_default()))
    }

    /// Takes what the form answered.
    fn taken(self) -> Callback<Outcome> {
        Callback::new(move |outcome: Outcome| self.0.set(outcome.reveal))
    }

    fn shown(self, title: &'static str, text: &'static str) -> impl IntoView {
        move || {
            let lines = self.0.get();
            (!lines.is_empty()).then(|| {
                view! {
                    <div class="notice good revealed" role="status">
                        <h3>{title}</h3>
                        <p>{text}</p>
                        <ul>{lines.into_iter().map(|line| view! { <li><code>{line}</code></li> }).collect_view()}</ul>
                    </div>
                }
            })
        }
    }
}
