//! Who one is here.
use super::Section;
use crate::{
    api::{queries, views},
    components::Load,
    i18n::t,
    paths,
    ui::{Form, Submit, TextField},
};
use leptos::prelude::*;

/// `/settings/profile`
#[component]
pub fn Profile() -> impl IntoView {
    let words = &t().settings;
    let data = Resource::new(|| (), |()| queries::settings());
    view! {
        <Section here=paths::PROFILE title=words.profile lead=words.profile_lead>
            <Load data=data lines=3 view=move |found: views::Settings| {
                view! {
                    <Form name="profile" class="card stack">
                        <TextField name="name" label=words.name help=words.name_help value=found.name autocomplete="name" />
                        <dl class="fact">
                            <dt>{words.email}</dt>
                            <dd>{found.email}</dd>
                            <dd class="help">{words.email_help}</dd>
                        </dl>
                        <div class="actions">
                            <Submit>{words.save_profile}</Submit>
                        </div>
                    </Form>
                }
                .into_any()
            } />
        </Section>
    }
}
