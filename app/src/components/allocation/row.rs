//! One category of the editor: its share as a field and as a slider, what that comes to, and its lock.
use super::{Editing, percent};
use crate::{
    i18n::{fill, t, use_i18n},
    ui::{CategoryIcon, Field, Glyph, Icon, field::Control, later},
};
use domain::{allocation::BasisPoints, category::Category};
use leptos::{ev, prelude::*};

/// The name of a category's field.
pub(super) fn field_name(category: Category) -> String {
    format!("allocations.{category}.percentage")
}

/// `part` of `whole` as a width.
pub(super) fn of_width(part: u32, whole: u32) -> String {
    let hundredths = u64::from(part) * 10_000 / u64::from(whole.max(1));
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[component]
pub(super) fn ShareRow(category: Category, note: String, editing: Editing) -> impl IntoView {
    let words = t();
    let locale = use_i18n().locale;
    let name = words.categories.name(category);
    let amount = move || {
        let income = editing.income.get()?;
        let minor = editing.shares.with(|shares| shares.amounts(income))[category.index()];
        Some(locale.format_money(domain::money::Money::new(minor, editing.currency.get())))
    };
    let content = move || {
        view! {
            <CategoryIcon category=category />
            <div class="share-name">
                <span>{name}</span>
                <p class="help">{note}</p>
            </div>
            <Slider category=category editing=editing />
            <Field
                name=field_name(category)
                label=fill(words.plan.share_of, &[("category", name)])
                hide_label=true
                control=move |control| view! { <Percent control=control category=category editing=editing /> }.into_any()
            />
            <span class="figure share-amount">{move || amount().unwrap_or_else(|| words.plan.no_amount.to_owned())}</span>
            <Lock category=category editing=editing />
        }
        .into_any()
    };
    later(view! { <li class=format!("share hue-{}", category.index())></li> }, content)
}

/// The field that is sent. Typing into it moves the others; leaving it writes the share as it has become.
#[component]
fn Percent(control: Control, category: Category, editing: Editing) -> impl IntoView {
    let locale = use_i18n().locale;
    let Editing { shares, typing, .. } = editing;
    let share = Memo::new(move |_| shares.with(|shares| shares.of(category)));
    let node = NodeRef::<leptos::html::Input>::new();
    let start = control.value(Some(percent::written(locale, share.get_untracked())));
    #[cfg(feature = "hydrate")]
    follow(node, start.clone(), category, editing, locale);
    let changed = control.changed();
    let on_input = move |event: ev::Event| {
        changed();
        if let Some(wish) = percent::read(locale, &event_target_value(&event)) {
            typing.set(Some(category));
            shares.update(|shares| shares.set(category, wish));
        }
    };
    let write = move || {
        typing.set(None);
        if let Some(input) = node.get_untracked() {
            input.set_value(&percent::written(locale, share.get_untracked()));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if let Some(wish) = stepped(&event.key(), share.get_untracked()) {
            event.prevent_default();
            shares.update(|shares| shares.set(category, wish));
            write();
        }
    };
    view! {
        <div class="with-suffix">
            <input
                node_ref=node
                id=control.id.clone()
                name=control.name.clone()
                type="text"
                inputmode="decimal"
                autocomplete="off"
                class="figure"
                required=true
                aria-describedby=control.described_by.clone()
                aria-invalid=control.invalid()
                value=start
                on:input=on_input
                on:change=move |_| write()
                on:keydown=on_key
            />
            <span class="suffix" aria-hidden="true">{t().plan.percent_sign}</span>
        </div>
    }
}

/// Up and down go by whole percents.
fn stepped(key: &str, share: BasisPoints) -> Option<BasisPoints> {
    match key {
        "ArrowUp" => Some(BasisPoints((share.0 + 100).min(BasisPoints::WHOLE.0))),
        "ArrowDown" => Some(BasisPoints(share.0.saturating_sub(100))),
        _ => None,
    }
}

/// Keeps the field equal to the share, but for the one that is typed into. What was typed before the program came is
/// taken over, and nothing gives way to it yet.
#[cfg(feature = "hydrate")]
fn follow(
    node: NodeRef<leptos::html::Input>,
    start: Option<String>,
    category: Category,
    editing: Editing,
    locale: domain::locale::Locale,
) {
    Effect::new(move |seen: Option<bool>| {
        let share = editing.shares.with(|shares| shares.of(category));
        let Some(input) = node.get() else { return false };
        let text = input.value();
        let typed_before = seen != Some(true) && start.as_deref() != Some(text.as_str());
        match percent::read(locale, &text) {
            Some(typed) if typed_before => editing.shares.update(|shares| shares.put(category, typed)),
            typed if typed != Some(share) && editing.typing.get_untracked() != Some(category) => {
                input.set_value(&percent::written(locale, share));
            }
            _ => {}
        }
        true
    });
}

/// The bar of the share; with JavaScript it can be pulled. For the pointer alone: keys and screen readers have the field.
#[component]
fn Slider(category: Category, editing: Editing) -> impl IntoView {
    let shares = editing.shares;
    let share = Memo::new(move |_| shares.with(|shares| shares.of(category).0));
    let on_input = move |event: ev::Event| {
        if let Ok(wish) = event_target_value(&event).parse() {
            shares.update(|shares| shares.set(category, BasisPoints(wish)));
            // Pulled further than there is room: the thumb stays with the share, which does not change any more.
            let input: leptos::web_sys::HtmlInputElement = event_target(&event);
            input.set_value(&share.get_untracked().to_string());
        }
    };
    view! {
        <div class="slider">
            <svg width="100%" aria-hidden="true" focusable="false">
                <rect class="bar-track" width="100%" height="100%" />
                <rect class="bar-fill" width=move || of_width(share.get(), 10_000) height="100%" />
            </svg>
            <input
                type="range"
                class="needs-js"
                min="0"
                max="10000"
                step="50"
                value=share.get_untracked().to_string()
                prop:value=move || share.get().to_string()
                tabindex="-1"
                aria-hidden="true"
                on:input=on_input
            />
        </div>
    }
}

/// Keeps the category as it is while others are moved.
#[component]
fn Lock(category: Category, editing: Editing) -> impl IntoView {
    let words = t();
    let shares = editing.shares;
    let locked = Memo::new(move |_| shares.with(|shares| shares.is_locked(category)));
    let label = move || {
        let text = if locked.get() { words.plan.unlock } else { words.plan.lock };
        fill(text, &[("category", words.categories.name(category))])
    };
    view! {
        <button
            type="button"
            class="icon-button needs-js lock"
            class:closed=move || locked.get()
            aria-label=label
            title=label
            on:click=move |_| shares.update(|shares| shares.toggle(category))
        >
            {move || view! { <Icon glyph=if locked.get() { Glyph::Lock } else { Glyph::Unlock } /> }}
        </button>
    }
}
