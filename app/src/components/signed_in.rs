//! The frame of who is signed in: a narrow sidebar on the desktop, tabs at the bottom on the phone.
use super::{
    account::AccountMenu,
    frame::CONTENT,
    notices::Notices,
    palette::{Palette, PaletteButton, PaletteOpen},
    public::Mark,
    shortcuts::KeysSheet,
    undo::UndoLast,
};
use crate::{
    i18n::t,
    paths,
    session::use_page,
    ui::{Glyph, Icon, later},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A way to one of the main pages.
#[derive(Clone)]
struct Way {
    href: String,
    /// Pages under it count as it.
    under: &'static str,
    label: &'static str,
    glyph: Glyph,
}

fn ways() -> [Way; 4] {
    let words = &t().nav;
    let budget = use_page().viewer.and_then(|viewer| viewer.default_budget);
    let way = |href: String, under, label, glyph| Way { href, under, label, glyph };
    [
        way(paths::DASHBOARD.to_owned(), paths::DASHBOARD, words.dashboard, Glyph::Dashboard),
        way(
            budget.map_or_else(|| paths::BUDGETS.to_owned(), paths::budget),
            paths::BUDGETS,
            words.budget,
            Glyph::Budget,
        ),
        way(paths::EXPENSES.to_owned(), paths::EXPENSES, words.expenses, Glyph::Expenses),
        way(paths::PREFERENCES.to_owned(), paths::SETTINGS, words.settings, Glyph::Settings),
    ]
}

#[component]
fn WayLink(way: Way) -> impl IntoView {
    let path = use_location().pathname;
    let here = move || {
        path.with(|path| path == way.under || path.strip_prefix(way.under).is_some_and(|rest| rest.starts_with('/')))
    };
    view! {
        <a href=way.href aria-current=move || here().then_some("page")>
            <Icon glyph=way.glyph />
            <span>{way.label}</span>
        </a>
    }
}

/// Sidebar, page, tabs.
#[component]
pub fn SignedInFrame(
    /// The page.
    children: Children,
) -> impl IntoView {
    let words = t();
    let [dashboard, budget, expenses, settings] = ways();
    let tabs = [dashboard.clone(), budget.clone(), expenses.clone(), settings.clone()];
    let palette = RwSignal::new(false);
    provide_context(PaletteOpen(palette));
    #[cfg(feature = "hydrate")]
    super::shortcuts::listen(palette, budget.href.clone());
    let sidebar = move || {
        view! {
            <a class="brand" href=paths::DASHBOARD>
                <Mark />
                <span>{words.common.product}</span>
            </a>
            <a class="button primary" href=paths::add_expense()>
                <Icon glyph=Glyph::Plus />
                <span>{words.nav.add_expense}</span>
            </a>
            <PaletteButton />
            <nav class="side-nav" aria-label=words.nav.main>
                <WayLink way=dashboard />
                <WayLink way=budget />
                <WayLink way=expenses />
                <WayLink way=settings />
            </nav>
            <div class="side-foot">
                <AccountMenu class="up" />
                <Notices />
            </div>
        }
        .into_any()
    };
    let tabs = move || {
        let [first, second, third, fourth] = tabs.map(|way| view! { <WayLink way=way /> });
        view! {
            {first}
            {second}
            <a class="add" href=paths::add_expense() aria-label=words.nav.add_expense>
                <Icon glyph=Glyph::Plus />
            </a>
            {third}
            {fourth}
        }
        .into_any()
    };
    view! {
        <div class="app">
            {later(view! { <header class="sidebar"></header> }, sidebar)}
            {later(view! { <main id=CONTENT tabindex="-1"></main> }, children)}
            {later(view! { <nav class="tab-bar" aria-label=words.nav.main></nav> }, tabs)}
            <KeysSheet />
            <UndoLast />
            <Palette open=palette />
        </div>
    }
}
