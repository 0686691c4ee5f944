//! Which rows of the table are selected, and the bar with what can be done to them. Without JavaScript the bar is always
//! there, and its buttons send the boxes that are ticked.
use super::rows::Rows;
use crate::{
    i18n::{plural, t, table, use_i18n},
    session::use_page,
    ui::{FormError, Glyph, Icon, Look, PickAll, Picks, Submit, use_form},
};
use domain::{
    budget::Budget,
    category::Category,
    expense::{Expense, Kind},
    money::Money,
    role::Role,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Element ids to which keys lead.
pub(super) const CATEGORY: &str = "bulk-category";
/// See [`CATEGORY`].
pub(super) const TAGS: &str = "bulk-tags";
/// See [`CATEGORY`].
const BUDGET: &str = "bulk-budget";
/// See [`CATEGORY`].
pub(super) const DELETE: &str = "bulk-delete";

/// How many are selected, what they come to, and what can be done to them.
#[component]
pub(super) fn Bar(picks: Picks, rows: Rows, budgets: Vec<Budget>) -> impl IntoView {
    let i18n = use_i18n();
    let words = table::words(i18n.locale.language());
    let messages = t();
    let (shown, picked) = (rows.ids(), rows.picked());
    // Picked rows that were scrolled away have no box that would be sent.
    let away = move || {
        let shown = shown.get();
        let away = rows.known(|id| picks.has(id) && shown.iter().all(|other| other != id));
        away.into_iter().map(|row| view! { <input type="hidden" name="id" value=row.id.to_string() /> }).collect_view()
    };
    let said = move || {
        picked.with(|(count, sums)| {
            let sums = sums.iter().map(|sum| i18n.locale.format_money(*sum));
            let said: Vec<String> = std::iter::once(plural(i18n, messages.common.picked, *count)).chain(sums).collect();
            (*count > 0).then(|| said.join(" · "))
        })
    };
    let any = move || picked.with(|(count, _)| *count > 0);
    view! {
        <label class="row needs-js pick-all">
            <PickAll picks=picks ids=shown />
            {messages.common.pick_all}
        </label>
        <section class="bulk-bar" class:any=any aria-label=words.bar>
            <FormError />
            {away}
            <p class="no-js help">{words.bar_hint}</p>
            <div class="bulk-said needs-js">
                <p role="status" class="figure">{said}</p>
                <button type="button" class="button quiet" on:click=move |_| picks.set_all(&[], false)>
                    {words.clear_selection}
                </button>
            </div>
            <div class="bulk-actions">
                <TagAction />
                <CategoryAction />
                <BudgetAction budgets=budgets />
                <Submit look=Look::Plain sends=("action", "merge".to_owned())>{words.merge}</Submit>
                <span id=DELETE>
                    <Submit look=Look::Danger sends=("action", "delete".to_owned())>
                        <Icon glyph=Glyph::Trash />
                        {messages.common.delete}
                    </Submit>
                </span>
            </div>
            <Keys />
        </section>
    }
}

/// The first one: Enter in any field of the form presses it, and without tags it does nothing.
#[component]
fn TagAction() -> impl IntoView {
    let words = table::words(use_i18n().locale.language());
    let state = use_form();
    let wrong = Signal::derive(move || state.message("tags"));
    view! {
        <div class="bulk-action">
            <label class="visually-hidden" for=TAGS>{words.tags}</label>
            <input
                id=TAGS
                name="tags"
                placeholder=t().expenses.tags
                autocomplete="off"
                aria-invalid=move || wrong.get().is_some().then_some("true")
                on:input=move |_| state.clear("tags")
            />
            <Submit look=Look::Plain sends=("action", "tag".to_owned())>{words.add_tags}</Submit>
        </div>
    }
}

#[component]
fn CategoryAction() -> impl IntoView {
    let words = table::words(use_i18n().locale.language());
    let categories = &t().categories;
    let options = Category::ALL.into_iter().map(|category| {
        view! { <option value=category.as_str()>{categories.name(category)}</option> }
    });
    view! {
        <div class="bulk-action">
            <label class="visually-hidden" for=CATEGORY>{words.category}</label>
            <select id=CATEGORY name="category">
                <option value="">{words.choose_category}</option>
                {options.collect_view()}
                <option value="none">{categories.uncategorised}</option>
            </select>
            <Submit look=Look::Plain sends=("action", "categorize".to_owned())>{words.set_category}</Submit>
        </div>
    }
}

/// To another budget, where there is one that may be edited.
#[component]
fn BudgetAction(budgets: Vec<Budget>) -> impl IntoView {
    let words = table::words(use_i18n().locale.language());
    let me = use_page().viewer.map(|viewer| viewer.id);
    let editable = budgets.into_iter().filter(|budget| me.is_some_and(|me| budget.role_of(me) >= Some(Role::Edit)));
    let options: Vec<_> =
        editable.map(|budget| view! { <option value=budget.id.to_string()>{budget.plan.name}</option> }).collect();
    (!options.is_empty()).then(|| {
        view! {
            <div class="bulk-action">
                <label class="visually-hidden" for=BUDGET>{words.budget}</label>
                <select id=BUDGET name="budgetId">
                    <option value="">{words.choose_budget}</option>
                    {options}
                    <option value="none">{t().expenses.no_budget}</option>
                </select>
                <Submit look=Look::Plain sends=("action", "move".to_owned())>{words.move_to}</Submit>
            </div>
        }
    })
}

/// The keys for what is selected.
#[component]
fn Keys() -> impl IntoView {
    let words = table::words(use_i18n().locale.language());
    let keys = [
        (words.key_space, words.key_select),
        ("c", words.key_category),
        ("t", words.key_tag),
        ("d", words.key_delete),
        ("u", words.key_undo),
    ];
    let keys = keys.map(|(key, what)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> });
    view! {
        <details class="fold needs-js bulk-keys">
            <summary>{words.keys}</summary>
            <dl class="keys">{keys.into_iter().collect_view()}</dl>
        </details>
    }
}

/// How many rows there are, and what they come to by currency. Transfers move no money.
pub(super) fn sums<'a>(rows: impl Iterator<Item = &'a Expense>) -> (usize, Vec<Money>) {
    let (mut count, mut sums) = (0, BTreeMap::<&'static str, Money>::new());
    for row in rows {
        count += 1;
        let currency = row.amount.currency();
        let minor = if row.kind == Kind::Transfer { 0 } else { row.signed_minor() };
        let sum = sums.entry(currency.code()).or_insert(Money::new(0, currency));
        *sum = sum.checked_add(Money::new(minor, currency)).unwrap_or(*sum);
    }
    (count, sums.into_values().collect())
}
