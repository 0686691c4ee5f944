//! Shortcuts of the expense page, and the sheet that lists them.
use super::address::{Address, KEYS};
use crate::{i18n::t, ui::Dialog};
use leptos::prelude::*;

/// The key that opens the list; named here, where no view is.
const ENTER: &str = "Enter";
const ESCAPE: &str = "Esc";

/// Open while the address says `keys=1`; listens to the keys, too.
#[component]
pub fn KeysSheet(
    /// The address of the table.
    address: Memo<Address>,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    super::browser::listen_to_keys(address);
    let open = Signal::derive(move || address.with(|address| address.get(KEYS).is_some()));
    let close = Signal::derive(move || address.with(|address| address.closed().href()));
    view! {
        <Dialog id="keys" open=open close=close title=t().expenses.keys_title>
            <KeyList />
        </Dialog>
    }
}

#[component]
fn KeyList() -> impl IntoView {
    let words = &t().expenses;
    let keys = [
        ("n", words.key_add),
        ("/", words.key_search),
        ("j", words.key_down),
        ("k", words.key_up),
        (ENTER, words.key_open),
        (ESCAPE, words.key_close),
        ("?", words.key_help),
    ];
    view! {
        <dl class="keys">
            {keys.map(|(key, what)| view! { <div><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div> }).into_iter().collect_view()}
        </dl>
    }
}
