//! The browser's entry: takes over the page that the server rendered.
use any_spawner::Executor;
use hydration_context::{HydrateSharedContext, SharedContext as _};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

/// Called by the page's loader once the program is there. Fetches the page's own part of it first; where that fails, the
/// page stays as the server sent it, and works like that.
///
/// What `leptos::mount::hydrate_body` does, but parts of the page have their turn later: the data in the page is read until
/// the last of them had its own.
#[wasm_bindgen]
pub async fn hydrate() -> Result<(), JsValue> {
    let path = window().location().pathname()?;
    app::parts::load_for(&path).await.map_err(|error| JsValue::from_str(&error.to_string()))?;
    let body = document().body().ok_or("a page without a body")?;
    // An error says that there is one already.
    let _ = Executor::init_wasm_bindgen();
    let context = Arc::new(HydrateSharedContext::new());
    let owner = Owner::new_root(Some(Arc::<HydrateSharedContext>::clone(&context)));
    app::parts::pause().await;
    let page = owner.with(app::App);
    app::parts::pause().await;
    let page = owner.with(|| page.into_view().hydrate_from::<true>(&body));
    // As long as the document is there.
    std::mem::forget((owner, page));
    app::parts::warm_up();
    app::parts::take_over().await;
    context.hydration_complete();
    Ok(())
}
