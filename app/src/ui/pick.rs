//! Picking rows of a table: a box in each row, one for all of them in the head, and a bar that says how many and what
//! can be done with them. The boxes are ordinary ones with a name: a form around the table sends them without
//! JavaScript, too.
use crate::i18n::{plural, t, use_i18n};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Which rows are picked.
#[derive(Debug, Clone, Copy)]
pub struct Picks(RwSignal<BTreeSet<String>>);

impl Default for Picks {
    fn default() -> Self {
        Self(RwSignal::new(BTreeSet::new()))
    }
}

impl Picks {
    /// How many.
    pub fn count(self) -> usize {
        self.0.with(BTreeSet::len)
    }

    /// Whether this one is.
    pub fn has(self, id: &str) -> bool {
        self.0.with(|picked| picked.contains(id))
    }

    /// Picks one, or lets it go.
    pub fn set(self, id: &str, picked: bool) {
        self.0.update(|all| {
            if picked {
                all.insert(id.to_owned());
            } else {
                all.remove(id);
            }
        });
    }

    /// Picks all of these, or lets all go.
    pub fn set_all(self, ids: &[String], picked: bool) {
        self.0.set(if picked { ids.iter().cloned().collect() } else { BTreeSet::new() });
    }
}

/// The box of a row.
#[component]
pub fn Pick(
    /// Which rows are picked.
    picks: Picks,
    /// What is sent for this row.
    #[prop(into)]
    id: String,
    /// What the row is, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let (of_signal, of_event) = (id.clone(), id.clone());
    view! {
        <input
            type="checkbox"
            class="check pick"
            name="id"
            value=id
            aria-label=label
            prop:checked=move || picks.has(&of_signal)
            on:change=move |event| picks.set(&of_event, event_target_checked(&event))
        />
    }
}

/// The box for all rows: half where only some are picked.
#[component]
pub fn PickAll(
    /// Which rows are picked.
    picks: Picks,
    /// All rows that there are.
    #[prop(into)]
    ids: Signal<Vec<String>>,
) -> impl IntoView {
    let all = move || ids.with(|ids| !ids.is_empty() && ids.iter().all(|id| picks.has(id)));
    let some = move || picks.count() > 0 && !all();
    view! {
        <input
            type="checkbox"
            class="check needs-js"
            aria-label=t().common.pick_all
            prop:checked=all
            prop:indeterminate=some
            on:change=move |event| ids.with_untracked(|ids| picks.set_all(ids, event_target_checked(&event)))
        />
    }
}

/// How many are picked, and what can be done with them; there while any is.
#[component]
pub fn PickBar(
    /// Which rows are picked.
    picks: Picks,
    /// Buttons.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let children = StoredValue::new(children);
    view! {
        <div class="pick-bar" role="status">
            {move || (picks.count() > 0).then(|| view! {
                <strong>{plural(i18n, t().common.picked, picks.count())}</strong>
                {children.with_value(|children| children())}
            })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_and_none_and_some() {
        let owner = Owner::new();
        owner.set();
        let (picks, ids) = (Picks::default(), ["a".to_owned(), "b".to_owned()]);
        picks.set_all(&ids, true);
        picks.set("a", false);
        assert_eq!((picks.count(), picks.has("a"), picks.has("b")), (1, false, true));
        picks.set("b", true);
        picks.set_all(&ids, false);
        assert_eq!(picks.count(), 0);
    }
}
