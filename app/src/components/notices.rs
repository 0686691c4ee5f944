//! The bell: what needs a look, from any page. It asks when it is opened; without JavaScript it leads to the dashboard.
use super::spending::beyond;
use crate::{
    api::{dashboard::Dashboard, queries},
    components::Load,
    i18n::{plural, t, use_i18n},
    paths::{self, ExpenseFilter},
    ui::{CategoryIcon, Glyph, Icon, Menu},
};
use leptos::prelude::*;

/// A bell with a menu under it.
#[component]
pub fn Notices() -> impl IntoView {
    let words = &t().shell;
    let opened = RwSignal::new(false);
    let button = view! { <Icon glyph=Glyph::Bell /> };
    view! {
        <a class="icon-button no-js" href=paths::DASHBOARD aria-label=words.notices>
            <Icon glyph=Glyph::Bell />
        </a>
        <Menu label=words.notices button=button.into_any() class="notices up needs-js" on_open=Callback::new(move |()| opened.set(true))>
            <p class="menu-head">{words.notices}</p>
            {move || opened.get().then(|| view! { <List /> })}
        </Menu>
    }
}

#[component]
fn List() -> impl IntoView {
    let data = Resource::new(|| (), |()| queries::dashboard(None, None));
    view! { <Load data=data lines=2 view=|found: Dashboard| view! { <Found found=found /> }.into_any() /> }
}

#[component]
fn Found(found: Dashboard) -> impl IntoView {
    let words = t();
    let i18n = use_i18n();
    let rows = found.month.map(|month| {
        let analysis = month.analysis;
        let list = beyond(&analysis, i18n.today);
        let rows = list.into_iter().map(move |beyond| {
            let (category, text) = (beyond.category, beyond.text(analysis.currency, i18n));
            let href = paths::expenses_of(month.budget, analysis.month, ExpenseFilter::Category(category));
            view! {
                <a href=href>
                    <CategoryIcon category=category />
                    <span>
                        <strong>{words.categories.name(category)}</strong>
                        <span class="help">{text}</span>
                    </span>
                </a>
            }
        });
        rows.collect::<Vec<_>>()
    });
    let rows = rows.unwrap_or_default();
    let none = rows.is_empty() && found.invites == 0;
    view! {
        {none.then(|| view! { <p class="menu-note">{words.shell.notices_none}</p> })}
        {(found.invites > 0).then(|| view! { <a href=paths::INVITES>{plural(i18n, words.shell.invited, found.invites)}</a> })}
        <div class="notice-list">{rows}</div>
        <a href=paths::DASHBOARD>{words.shell.notices_more}</a>
    }
}
