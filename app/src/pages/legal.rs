//! Terms and privacy.
use crate::{
    components::PageHeader,
    i18n::{legal::Section, t},
};
use leptos::prelude::*;

/// `/terms`
#[component]
pub fn Terms() -> impl IntoView {
    let words = &t().legal;
    view! { <Reading title=words.terms_title lead=words.terms_lead sections=words.terms /> }
}

/// `/privacy`
#[component]
pub fn Privacy() -> impl IntoView {
    let words = &t().legal;
    view! { <Reading title=words.privacy_title lead=words.privacy_lead sections=words.privacy /> }
}

#[component]
fn Reading(title: &'static str, lead: &'static str, sections: &'static [Section]) -> impl IntoView {
    let sections = sections.iter().map(|(heading, text)| {
        view! {
            <section>
                <h2>{*heading}</h2>
                <p>{*text}</p>
            </section>
        }
    });
    view! {
        <article class="reading">
            <PageHeader title=title lead=lead />
            {sections.collect_view()}
        </article>
    }
}
