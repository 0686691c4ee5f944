//! What somebody sees whose account is about to go: until when, and the way back.
use super::data::Download;
use crate::{
    api::{queries, views},
    components::{Load, PageHeader},
    i18n::{fill, rights::rights, t, use_i18n},
    ui::{Form, Look, Submit},
};
use leptos::prelude::*;

/// `/settings/leaving`: the only page that they get.
#[component]
pub fn Leaving() -> impl IntoView {
    let words = rights();
    let data = Resource::new(|| (), |()| queries::leaving());
    view! {
        <div class="narrow">
            <Load data=data lines=3 view=move |found: views::Leaving| {
                let date = use_i18n().locale.format_date(found.on);
                view! {
                    <PageHeader title=words.leaving lead=fill(words.leaving_lead, &[("date", &date)]) />
                    <p>{words.leaving_text}</p>
                    <Form name="account-keep" class="stack">
                        <div class="actions">
                            <Submit>{words.keep}</Submit>
                            <Download />
                        </div>
                    </Form>
                    <Form name="sign-out" summary=false key="leaving">
                        <Submit look=Look::Quiet>{t().nav.sign_out}</Submit>
                    </Form>
                }
                .into_any()
            } />
        </div>
    }
}
