//! Who is signed in, and how they like to see things: account menu, language, colours.
use super::expenses::address::{Address, KEYS};
use crate::{
    i18n::t,
    paths,
    session::use_page,
    ui::{Avatar, Choice, Form, Glyph, Icon, Look, Menu, Select, Submit},
};
use domain::{
    locale::{Language, Locale},
    user::Theme,
};
use leptos::prelude::*;

/// The forms that this part of the page posts to.
const SIGN_OUT: &str = "sign-out";
const SET_LANGUAGE: &str = "language";
const SET_THEME: &str = "theme";

/// Name, settings, language, colours, sign-out.
#[component]
pub fn AccountMenu(
    /// More classes (`up` opens it upwards).
    #[prop(optional, into)]
    class: String,
) -> impl IntoView {
    let words = t();
    let Some(viewer) = use_page().viewer else { return ().into_any() };
    let button = view! {
        <Avatar name=viewer.name.clone() picture=viewer.picture.then_some(paths::PICTURE) />
        <span class="account-name">{viewer.name.clone()}</span>
    };
    let location = leptos_router::hooks::use_location();
    let keys = move || {
        let query = location.search.with(|search| Address::read(search).with(KEYS, "1").query());
        format!("{}?{query}", location.pathname.get())
    };
    view! {
        <Menu label=format!("{}: {}", words.nav.account, viewer.name) button=button.into_any() class=class>
            <p class="menu-head">{viewer.email}</p>
            <a href=paths::PROFILE><Icon glyph=Glyph::Person /> {words.nav.profile}</a>
            <a href=paths::PREFERENCES><Icon glyph=Glyph::Settings /> {words.nav.preferences}</a>
            <a href=keys data-noscroll=""><Icon glyph=Glyph::Keys /> {words.shell.keys_title}</a>
            <div class="menu-switch"><ThemeSwitch /></div>
            <Form name=SIGN_OUT summary=false>
                <Submit look=Look::Quiet>{words.nav.sign_out}</Submit>
            </Form>
        </Menu>
    }
    .into_any()
}

/// Like the device, light, dark.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let words = &t().nav;
    let now = use_page().theme;
    let button = move |theme: Theme, label: &'static str| {
        view! {
            <button type="submit" name="theme" value=theme.as_str() aria-pressed=if theme == now { "true" } else { "false" }>
                {label}
            </button>
        }
    };
    view! {
        <Form name=SET_THEME summary=false class="segments" label=words.theme>
            {button(Theme::System, words.theme_system)}
            {button(Theme::Light, words.theme_light)}
            {button(Theme::Dark, words.theme_dark)}
        </Form>
    }
}

/// The languages that the catalogue speaks.
#[component]
pub fn LanguageSwitch() -> impl IntoView {
    let words = &t().nav;
    let now = use_page().locale().language();
    let buttons = Language::ALL.iter().map(move |&language| {
        view! {
            <button
                type="submit"
                name="language"
                value=language.code()
                lang=language.code()
                aria-pressed=if language == now { "true" } else { "false" }
            >
                {language.endonym()}
            </button>
        }
    });
    view! {
        <Form name=SET_LANGUAGE summary=false class="segments" label=words.language>
            {buttons.collect_view()}
        </Form>
    }
}

/// All formats of the languages that the catalogue speaks, for the preferences ("Deutsch (AT)").
#[component]
pub fn LocaleSelect(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
) -> impl IntoView {
    let choices = Locale::all()
        .filter(|locale| locale.is_translated())
        .map(|locale| {
            let region = locale.tag().split_once('-').map_or("", |(_, region)| region);
            Choice::new(locale.tag(), format!("{} ({region})", locale.language().endonym()))
        })
        .collect();
    view! { <Select name=name label=t().nav.language choices=choices value=use_page().locale help=help.unwrap_or_default() /> }
}
