//! The merchant, with those that are known: one tap fills in what is usual of one of them.
use crate::{
    i18n::{Messages, entry, fill, t, use_i18n},
    ui::{TextField, use_form},
};
use domain::habits::Habit;
use leptos::prelude::*;

/// So many are offered at once.
const OFFERED: usize = 4;
/// They are offered from so many letters on.
const LETTERS: usize = 2;

/// A field that knows the merchants of before; without JavaScript they are the browser's own proposals.
#[component]
pub(super) fn MerchantField(
    /// What stands in it at first.
    value: String,
    /// The merchants of before, the newest first.
    habits: Vec<Habit>,
) -> impl IntoView {
    let words = &t().expenses;
    let form = use_form();
    let text = RwSignal::new(form.typed("merchant").unwrap_or(value));
    let list = form.field_id("merchant.options");
    let options: Vec<_> = habits.iter().map(|habit| view! { <option value=habit.merchant.clone()></option> }).collect();
    view! {
        <TextField
            name="merchant"
            label=words.merchant
            help=words.merchant_help
            bind=text
            list=list.clone()
            autocomplete="off"
        />
        <datalist id=list>{options}</datalist>
        <Usual text=text habits=habits />
    }
}

/// The known merchants that begin like what is typed, with what is usual of them.
#[component]
fn Usual(text: RwSignal<String>, habits: Vec<Habit>) -> impl IntoView {
    let messages = t();
    let words = entry::words(use_i18n().locale.language());
    let begun = RwSignal::new(false);
    let first = text.get_untracked();
    Effect::new(move |_| {
        if text.with(|text| *text != first) {
            begun.set(true);
        }
    });
    // Once taken, it is offered no more until something else is typed.
    let taken = RwSignal::new(String::new());
    let id = use_form().field_id("");
    let offered = move || -> Vec<Habit> {
        let typed = text.get().trim().to_lowercase();
        if !begun.get() || typed.chars().count() < LETTERS || taken.with(|taken| taken.to_lowercase() == typed) {
            return Vec::new();
        }
        let fits = |habit: &&Habit| says_something(habit) && habit.merchant.to_lowercase().starts_with(&typed);
        habits.iter().filter(fits).take(OFFERED).cloned().collect()
    };
    view! {
        <ul class="ways usual needs-js" aria-label=words.usual>
            {move || {
                let id = id.clone();
                offered().into_iter().map(move |habit| {
                    let shown = summary(&habit, messages);
                    let label = format!("{}: {shown}", fill(words.take_usual, &[("name", &habit.merchant)]));
                    let name = habit.merchant.clone();
                    let id = id.clone();
                    let take = move |_| {
                        taken.set(habit.merchant.clone());
                        text.set(habit.merchant.clone());
                        take(&id, &habit);
                    };
                    view! {
                        <li>
                            <button type="button" class="button" aria-label=label on:click=take>
                                {name} " " <span class="under">{shown}</span>
                            </button>
                        </li>
                    }
                }).collect_view()
            }}
        </ul>
    }
}

fn says_something(habit: &Habit) -> bool {
    habit.category.is_some() || !habit.tags.is_empty() || habit.payment_method.is_some()
}

/// "Food · #work · Card"
fn summary(habit: &Habit, messages: &Messages) -> String {
    let category = habit.category.map(|category| messages.categories.name(category).to_owned());
    let tags = habit.tags.iter().map(|tag| format!("#{tag}"));
    let method = habit.payment_method.map(|method| messages.expenses.payment(method).to_owned());
    category.into_iter().chain(tags).chain(method).collect::<Vec<_>>().join(" · ")
}

/// Fills in what is usual; what somebody has typed themselves into other fields stays.
#[cfg_attr(not(feature = "hydrate"), allow(unused_variables, reason = "only a browser has fields"))]
fn take(form: &str, habit: &Habit) {
    #[cfg(feature = "hydrate")]
    {
        let category = habit.category.map(|category| category.to_string()).unwrap_or_default();
        let method = habit.payment_method.map(|method| method.as_str().to_owned()).unwrap_or_default();
        let part = habit.subcategory.clone().unwrap_or_default();
        super::browser::fill_empty(
            form,
            &[
                ("category", &category),
                ("subcategory", &part),
                ("tags", &habit.tags.join(", ")),
                ("paymentMethod", &method),
            ],
        );
    }
}
