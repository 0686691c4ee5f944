//! Keys that work on every page, and the sheet that lists them.
use super::expenses::address::{Address, KEYS};
use crate::{i18n::t, ui::Dialog};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Names of keys; written here, where no view is.
const CONTROL_K: &str = "Ctrl K";
const CONTROL_Z: &str = "Ctrl Z";
const CONTROL_SHIFT_Z: &str = "Ctrl Shift Z";
const ENTER: &str = "Enter";
const ESCAPE: &str = "Esc";

/// Open while the address of any page says `keys=1`.
#[component]
pub fn KeysSheet() -> impl IntoView {
    let location = use_location();
    let open = Signal::derive(move || location.search.with(|search| Address::read(search).get(KEYS).is_some()));
    let close = Signal::derive(move || {
        let query = location.search.with(|search| Address::read(search).without(&[KEYS]).query());
        let path = location.pathname.get();
        if query.is_empty() { path } else { format!("{path}?{query}") }
    });
    view! {
        <Dialog id="keys" open=open close=close title=t().shell.keys_title>
            <KeyList />
        </Dialog>
    }
}

#[component]
fn KeyList() -> impl IntoView {
    let (words, rows) = (&t().shell, &t().expenses);
    let everywhere: [(&[&str], &str); 10] = [
        (&[CONTROL_K], words.key_palette),
        (&["n"], words.key_add),
        (&[CONTROL_Z], words.undo_last),
        (&[CONTROL_SHIFT_Z], words.redo_last),
        (&["g", "d"], words.key_dashboard),
        (&["g", "b"], words.key_budget),
        (&["g", "e"], words.key_expenses),
        (&["g", "s"], words.key_settings),
        (&[ESCAPE], words.key_close),
        (&["?"], words.key_help),
    ];
    let expenses: [(&[&str], &str); 5] = [
        (&["/"], rows.key_search),
        (&["j"], rows.key_down),
        (&["k"], rows.key_up),
        (&["o"], rows.key_open),
        (&[ENTER], rows.key_change),
    ];
    let list = |keys: Vec<(&'static [&'static str], &'static str)>| {
        view! { <dl class="keys">{keys.into_iter().map(|(keys, what)| line(keys, what)).collect_view()}</dl> }
    };
    view! {
        <div class="key-lists">
            <section>
                <h3>{words.keys_everywhere}</h3>
                {list(everywhere.to_vec())}
            </section>
            <section>
                <h3>{words.keys_expenses}</h3>
                {list(expenses.to_vec())}
            </section>
        </div>
    }
}

/// One key, or two that are pressed one after the other.
fn line(keys: &'static [&'static str], what: &'static str) -> impl IntoView {
    let then = t().shell.key_then;
    let keys = keys.iter().enumerate().map(|(place, key)| {
        view! {
            {(place > 0).then(|| view! { <span class="help">{format!(" {then} ")}</span> })}
            <kbd>{*key}</kbd>
        }
    });
    view! {
        <div>
            <dt>{keys.collect_view()}</dt>
            <dd>{what}</dd>
        </div>
    }
}

#[cfg(feature = "hydrate")]
pub(crate) use browser::{is_busy, is_held, listen};

#[cfg(feature = "hydrate")]
mod browser {
    use super::{Address, KEYS};
    use crate::{
        components::{expenses::address::ADD, undo},
        paths,
    };
    use leptos::{ev, prelude::*};
    use leptos_router::{
        NavigateOptions,
        hooks::{use_location, use_navigate},
    };

    /// How long after `g` its second key is waited for, in milliseconds.
    const TOGETHER: f64 = 1_500.0;

    /// Listens to the keys of every page; `palette` is raised by Ctrl+K.
    pub(crate) fn listen(palette: RwSignal<bool>, budget: String) {
        let navigate = use_navigate();
        let location = use_location();
        let went = StoredValue::new(f64::NEG_INFINITY);
        let heard = window_event_listener(ev::keydown, move |event| {
            if event.default_prevented() {
                return;
            }
            let key = event.key();
            if (event.ctrl_key() || event.meta_key()) && !event.shift_key() && key.eq_ignore_ascii_case("k") {
                event.prevent_default();
                palette.update(|open| *open = !*open);
                return;
            }
            if event.repeat() || is_busy() {
                return;
            }
            if (event.ctrl_key() || event.meta_key()) && !event.alt_key() && key.eq_ignore_ascii_case("z") {
                event.prevent_default();
                undo::press(if event.shift_key() { undo::REDO } else { undo::UNDO });
                return;
            }
            if is_held(&event) {
                return;
            }
            let after_g = event.time_stamp() - went.get_value() < TOGETHER;
            went.set_value(if key == "g" { event.time_stamp() } else { f64::NEG_INFINITY });
            let here = location.pathname.get_untracked();
            let query = location.search.with_untracked(|search| Address::read(search));
            let on_expenses = here == paths::EXPENSES;
            let path = match key.as_str() {
                "d" if after_g => paths::DASHBOARD.to_owned(),
                "b" if after_g => budget.clone(),
                "e" if after_g => paths::EXPENSES.to_owned(),
                "s" if after_g => paths::PREFERENCES.to_owned(),
                "n" if on_expenses => query.closed().with(ADD, "1").href(),
                "n" => paths::add_expense(),
                "?" => format!("{here}?{}", query.with(KEYS, "1").query()),
                "/" if !on_expenses => {
                    event.prevent_default();
                    palette.set(true);
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            let scroll = path.split('?').next() != Some(here.as_str());
            navigate(&path, NavigateOptions { scroll, ..NavigateOptions::default() });
        });
        on_cleanup(move || heard.remove());
    }

    /// A key that belongs to the browser or the system.
    pub(crate) fn is_held(event: &web_sys::KeyboardEvent) -> bool {
        event.ctrl_key() || event.meta_key() || event.alt_key()
    }

    /// Somebody is typing, or a sheet or a menu is open.
    pub(crate) fn is_busy() -> bool {
        let typing = document()
            .active_element()
            .is_some_and(|element| element.matches("input, textarea, select, [contenteditable]").unwrap_or(false));
        typing || document().query_selector("dialog[open]").ok().flatten().is_some()
    }
}
