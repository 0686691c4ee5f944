//! The frame of pages for everybody: product name, sign-in, and a footer.
use super::{
    account::{LanguageSwitch, ThemeSwitch},
    frame::CONTENT,
};
use crate::{
    i18n::{fill, t},
    paths,
    session::use_page,
    ui::{Form, Look, Submit, later},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Header, page, footer.
#[component]
pub fn PublicFrame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let words = t();
    let path = use_location().pathname;
    view! {
        <div class="public">
            <header class="public-head">
                <a class="brand" href=paths::HOME>
                    <Mark />
                    {words.common.product}
                </a>
                <nav class="actions" aria-label=words.nav.main>
                    <a class="button quiet" href=paths::SIGN_IN hidden=move || path.get() == paths::SIGN_IN>{words.nav.sign_in}</a>
                    <a class="button" href=paths::SIGN_UP hidden=move || path.get() == paths::SIGN_UP>{words.nav.sign_up}</a>
                </nav>
            </header>
            {later(view! { <main id=CONTENT tabindex="-1"></main> }, children)}
            <PublicFooter />
        </div>
    }
}

/// The way into the example household, where the server has one.
#[component]
pub fn EnterExample(
    /// Says what it is, beneath.
    #[prop(optional)]
    noted: bool,
) -> impl IntoView {
    let words = &t().demo;
    use_page().demo.then(|| {
        view! {
            <Form name="demo-enter" summary=false class="enter-example">
                <Submit look=Look::Plain>{words.enter}</Submit>
                {noted.then(|| view! { <p class="help">{words.enter_note}</p> })}
            </Form>
        }
    })
}

#[component]
fn PublicFooter() -> impl IntoView {
    let words = t();
    let version = use_page().version;
    let foot = move || {
        view! {
            <nav aria-label=words.nav.footer>
                <a href=paths::TERMS>{words.nav.terms}</a>
                <a href=paths::PRIVACY>{words.nav.privacy}</a>
            </nav>
            <LanguageSwitch />
            <ThemeSwitch />
            {(!version.is_empty()).then(|| view! { <p>{fill(words.nav.version, &[("version", &version)])}</p> })}
        }
        .into_any()
    };
    later(view! { <footer class="public-foot" aria-label=words.nav.footer></footer> }, foot)
}

/// The product's mark: a budget bar in small.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
            <rect class="mark-ground" width="32" height="32" rx="8" />
            <rect class="mark-pale" x="6" y="13" width="20" height="7" rx="3.5" />
            <rect class="mark-fill" x="6" y="13" width="12" height="7" rx="3.5" />
            <rect class="mark-fill" x="20" y="9" width="2.5" height="15" rx="1.25" />
        </svg>
    }
}
