//! Ctrl+K: one field that finds any page, action, category or expense, and goes there.
mod find;

use crate::{
    api::{dashboard::LatestRow, queries},
    i18n::{fill, t, use_i18n},
    paths,
    session::use_page,
    ui::{Glyph, Icon},
};
use find::{Entry, entries, matching};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Whether the palette is open; in the context of everything inside of the frame.
#[derive(Clone, Copy)]
pub struct PaletteOpen(pub RwSignal<bool>);

/// A search of the expenses begins with so many letters.
const LETTERS: usize = 2;

const INPUT: &str = "palette-input";
const LIST: &str = "palette-list";

/// What opens the palette, with its shortcut.
#[component]
pub fn PaletteButton() -> impl IntoView {
    let words = &t().shell;
    let open = use_context::<PaletteOpen>();
    view! {
        <button
            type="button"
            class="search-button needs-js"
            aria-haspopup="dialog"
            aria-label=words.palette
            on:click=move |_| {
                if let Some(PaletteOpen(open)) = open {
                    open.set(true);
                }
            }
        >
            <Icon glyph=Glyph::Search />
            <span>{words.palette_open}</span>
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </button>
    }
}

/// The palette itself; once on each page.
#[component]
pub fn Palette(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Dialog>::new();
    #[cfg(feature = "hydrate")]
    crate::ui::client::shows_while(node, open);
    view! {
        <dialog node_ref=node class="palette" aria-label=t().shell.palette on:close=move |_| open.set(false)>
            {move || open.get().then(|| view! { <Finder open=open /> })}
        </dialog>
    }
}

#[component]
fn Finder(open: RwSignal<bool>) -> impl IntoView {
    let words = &t().shell;
    let text = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    let known = StoredValue::new(entries(t(), use_page().viewer.and_then(|viewer| viewer.default_budget)));
    let found = found_expenses(text);
    let i18n = use_i18n();
    let shown = Memo::new(move |_| {
        let text = text.get();
        let text = text.trim();
        let mut shown: Vec<Entry> = known.with_value(|known| matching(known, text).cloned().collect());
        if !text.is_empty() {
            shown.extend(found.get().iter().map(|expense| of_expense(expense, i18n)));
            shown.push(Entry {
                label: fill(words.palette_search, &[("text", text)]),
                group: words.group_expense,
                href: format!("{}?q={}", paths::EXPENSES, paths::encode(text)),
                glyph: Glyph::Search,
            });
        }
        shown
    });
    let navigate = use_navigate();
    let go = move |href: &str| {
        open.set(false);
        #[cfg(feature = "hydrate")]
        if let Some(button) = href.strip_prefix('#') {
            return super::undo::press(button);
        }
        navigate(href, NavigateOptions::default());
    };
    let on_key = {
        let go = go.clone();
        move |event: ev::KeyboardEvent| {
            let count = shown.with(Vec::len).max(1);
            match event.key().as_str() {
                "ArrowDown" => chosen.update(|at| *at = (*at + 1) % count),
                "ArrowUp" => chosen.update(|at| *at = (*at + count - 1) % count),
                "Home" => chosen.set(0),
                "End" => chosen.set(count - 1),
                "Enter" => {
                    if let Some(href) = shown.with(|shown| shown.get(chosen.get()).map(|entry| entry.href.clone())) {
                        go(&href);
                    }
                }
                _ => return,
            }
            event.prevent_default();
            #[cfg(feature = "hydrate")]
            crate::ui::client::scroll_to(&option_id(chosen.get_untracked()));
        }
    };
    let options = move || {
        let go = go.clone();
        let row = move |(place, entry): (usize, Entry)| {
            let (go, href) = (go.clone(), entry.href.clone());
            view! {
                <li
                    id=option_id(place)
                    role="option"
                    aria-selected=move || if chosen.get() == place { "true" } else { "false" }
                    on:click=move |_| go(&href)
                    on:pointermove=move |_| chosen.set(place)
                >
                    <Icon glyph=entry.glyph />
                    <span>{entry.label}</span>
                    <small>{entry.group}</small>
                </li>
            }
        };
        shown.get().into_iter().enumerate().map(row).collect_view()
    };
    view! {
        <div class="palette-field">
            <Icon glyph=Glyph::Search />
            <input
                id=INPUT
                type="text"
                role="combobox"
                autocomplete="off"
                autofocus=true
                aria-expanded="true"
                aria-controls=LIST
                aria-autocomplete="list"
                aria-label=words.palette
                aria-activedescendant=move || option_id(chosen.get())
                placeholder=words.palette_hint
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    chosen.set(0);
                }
                on:keydown=on_key
            />
        </div>
        <ul id=LIST class="palette-list" role="listbox" aria-label=words.palette_results>{options}</ul>
        <p class="palette-nothing" role="status">
            {move || shown.with(Vec::is_empty).then_some(words.palette_nothing)}
        </p>
    }
}

fn option_id(place: usize) -> String {
    format!("{LIST}-{place}")
}

/// The newest expenses with these letters; asked for when the typing rests.
fn found_expenses(text: RwSignal<String>) -> Signal<Vec<LatestRow>> {
    let rested = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    crate::ui::client::follows_at_rest(text, rested);
    #[cfg(not(feature = "hydrate"))]
    let _ = text;
    let answer = LocalResource::new(move || {
        let text = rested.get().trim().to_owned();
        async move {
            if text.chars().count() < LETTERS {
                return Vec::new();
            }
            queries::find_expenses(text).await.unwrap_or_default()
        }
    });
    Signal::derive(move || answer.get().unwrap_or_default())
}

fn of_expense(expense: &LatestRow, i18n: crate::i18n::I18n) -> Entry {
    let name = expense.name.clone().unwrap_or_default();
    let (day, amount) =
        (i18n.locale.format_date_relative(expense.date, i18n.today), i18n.locale.format_money(expense.amount));
    Entry {
        label: format!("{name} · {amount} · {day}"),
        group: t().shell.group_expense,
        href: paths::expense(expense.id),
        glyph: Glyph::Expenses,
    }
}
