//! How a browser fetches parts: before it takes a page over, on the way to a page, and while somebody points at a link.
use super::{Part, lazy};
use leptos::{ev, prelude::*, wasm_split::SplitLoaderError};
use leptos_router::{hooks::use_url, location::Url};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

/// Fetches what the page at this path needs, unless that is there.
pub async fn load_for(path: &str) -> Result<(), SplitLoaderError> {
    match Part::of(path) {
        Some(Part::Account) => lazy::account::load().await,
        Some(Part::Budgets) => lazy::budgets::load().await,
        Some(Part::Expenses) => lazy::expenses::load().await,
        Some(Part::Styleguide) => lazy::styleguide::load().await,
        None => Ok(()),
    }
}

/// Fetches the part behind a link as soon as somebody points at it, touches it or comes to it with the keyboard.
pub fn warm_up() {
    let warm = |target: Option<web_sys::EventTarget>| {
        let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let link = element.and_then(|element| element.closest("a[href^='/']").ok().flatten());
        let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
        spawn_local(async move {
            // What can't be fetched now is fetched, or missed, on the way.
            let _ = load_for(href.split(['?', '#']).next().unwrap_or_default()).await;
        });
    };
    // Both for as long as the document is there.
    let _ = window_event_listener(ev::pointerover, move |event| warm(event.target()));
    let _ = window_event_listener(ev::focusin, move |event| warm(event.target()));
}

/// Where somebody is going while a part is fetched.
pub(super) struct Way {
    url: ReadSignal<Url>,
    path: String,
}

impl Way {
    /// To the page that is being shown.
    pub(super) fn here() -> Self {
        let url = use_url();
        Self { path: url.with_untracked(|url| url.path().to_owned()), url }
    }

    /// Loads the whole page instead. Somebody who has turned elsewhere in the meantime is left alone. Never ends: what
    /// was there stays until the new page comes.
    pub(super) async fn load_whole(self) -> AnyView {
        let Some(url) = self.url.try_get_untracked().filter(|url| url.path() == self.path) else {
            return std::future::pending().await;
        };
        let query = if url.search().is_empty() { String::new() } else { format!("?{}", url.search()) };
        let location = window().location();
        let here = location.pathname().ok().zip(location.search().ok());
        let _ = if here.is_some_and(|(path, search)| path == self.path && search == query) {
            // Back and forward have changed the address already; and one that differs in its `#` only would not load.
            location.reload()
        } else {
            location.assign(&format!("{}{query}{}", self.path, url.hash()))
        };
        std::future::pending().await
    }
}
