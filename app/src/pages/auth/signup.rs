//! Sign-up: three fields, and on to the first budget.
use super::elsewhere::Elsewhere;
use crate::{
    components::{NewPassword, PageHeader},
    forms::{hidden, own_path},
    i18n::t,
    paths,
    ui::{Checkbox, EmailField, Form, Submit, TextField},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/auth/signup`
#[component]
pub fn SignUp() -> impl IntoView {
    let words = &t().auth;
    let query = use_query_map().get_untracked();
    let next = query.get_str(hidden::NEXT).and_then(own_path).map(str::to_owned);
    let other = next.as_deref().map_or_else(|| paths::SIGN_IN.to_owned(), paths::sign_in_then);
    let timezone = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| timezone.set(crate::ui::client::timezone()));
    view! {
        <div class="narrow">
            <PageHeader title=words.sign_up_title lead=words.sign_up_lead />
            <Form name="sign-up" class="stack" next=next.clone().unwrap_or_else(|| paths::WELCOME.to_owned())>
                <TextField name="name" label=words.name help=words.name_help autocomplete="name" />
                <EmailField name="email" label=words.email help=words.email_help />
                <NewPassword name="password" label=words.password help=words.password_help />
                <Checkbox name="terms" label=words.terms>
                    <a href=paths::TERMS>{words.read_terms}</a>
                    " · "
                    <a href=paths::PRIVACY>{words.read_privacy}</a>
                </Checkbox>
                <input type="hidden" name="timezone" value=move || timezone.get() />
                <div class="actions">
                    <Submit>{words.sign_up}</Submit>
                </div>
            </Form>
            <Elsewhere next=next />
            <p class="aside">
                {words.has_account} " " <a href=other>{t().nav.sign_in}</a>
            </p>
        </div>
    }
}
