//! Who one is here.
use super::Section;
use crate::{
    api::{queries, views},
    components::{Load, household::HouseholdFields},
    i18n::{
        fill,
        rights::{Rights, rights},
        t, use_i18n,
    },
    paths,
    session::use_page,
    ui::{Avatar, Card, Choice, FileDrop, Form, Look, Select, Submit, TextField},
};
use domain::user::EXPERIENCES;
use leptos::prelude::*;

/// The form that takes a picture in.
const PICTURE: &str = "picture";

/// `/settings/profile`
#[component]
pub fn Profile() -> impl IntoView {
    let words = &t().settings;
    let data = Resource::new(|| (), |()| queries::profile());
    view! {
        <Section here=paths::PROFILE title=words.profile lead=words.profile_lead>
            <Picture />
            <Load data=data lines=3 view=move |found: views::ProfilePage| view! { <Fields found=found /> }.into_any() />
        </Section>
    }
}

#[component]
fn Fields(found: views::ProfilePage) -> impl IntoView {
    let words = &t().settings;
    view! {
        <Form name="profile" class="stack">
            <Card>
                <div class="stack">
                    <TextField name="name" label=words.name help=words.name_help value=found.name autocomplete="name" />
                    <dl class="fact">
                        <dt>{words.email}</dt>
                        <dd>{found.email}</dd>
                        <dd class="help">{words.email_help}</dd>
                    </dl>
                    <Plan premium=found.premium />
                </div>
            </Card>
            <About profile=found.profile countries=found.countries />
            <div class="actions">
                <Submit>{words.save_profile}</Submit>
            </div>
        </Form>
    }
}

#[component]
fn Picture() -> impl IntoView {
    let words = rights();
    let page = use_page();
    let came_back = page.came_back(PICTURE);
    let viewer = page.viewer;
    let has_one = viewer.as_ref().is_some_and(|viewer| viewer.picture);
    let name = viewer.map(|viewer| viewer.name).unwrap_or_default();
    let remove = has_one.then(|| {
        view! {
            <Form name="picture-drop" summary=false label=words.picture_drop>
                <Submit look=Look::Quiet>{words.picture_drop}</Submit>
            </Form>
        }
    });
    view! {
        <Card title=words.picture class="own-picture">
            <div class="row">
                <Avatar name=name picture=has_one.then_some(paths::PICTURE) />
                {remove}
            </div>
            <details class="more" open=came_back>
                <summary>{words.picture_choose}</summary>
                <Form name=PICTURE upload=true class="stack">
                    <FileDrop
                        name="file"
                        label=words.picture_choose
                        help=words.picture_help
                        accept="image/jpeg,image/png,image/webp"
                    />
                    <div class="actions">
                        <Submit look=Look::Plain>{words.picture_save}</Submit>
                    </div>
                </Form>
            </details>
        </Card>
    }
}

#[component]
fn Plan(premium: Option<views::Premium>) -> impl IntoView {
    let words = rights();
    let locale = use_i18n().locale;
    let plan = match premium {
        None => words.plan_free.to_owned(),
        Some(views::Premium { until: None }) => words.plan_premium.to_owned(),
        Some(views::Premium { until: Some(day) }) => fill(words.plan_until, &[("date", &locale.format_date(day))]),
    };
    view! {
        <dl class="fact">
            <dt>{words.plan}</dt>
            <dd>{plan}</dd>
        </dl>
    }
}

#[component]
fn About(profile: domain::user::Profile, countries: Vec<(String, String)>) -> impl IntoView {
    let words: &Rights = rights();
    let experiences =
        EXPERIENCES.iter().zip(words.experiences).map(|(value, label)| Choice::new(*value, label)).collect();
    let experience = profile.financial_experience.clone().unwrap_or_default();
    view! {
        <Card title=words.about>
            <p class="help">{words.about_lead}</p>
            <div class="fields">
                <HouseholdFields profile=profile countries=countries />
                <Select
                    name="profile.financialExperience"
                    label=words.experience
                    choices=experiences
                    value=experience
                    empty=words.unsaid
                />
            </div>
        </Card>
    }
}
