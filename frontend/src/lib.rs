//! The browser's entry: takes over the page that the server rendered.

use leptos::prelude::window;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

/// Called by the page's loader once the program is there. Fetches the page's own part of it first; where that fails, the
/// page stays as the server sent it, and works like that.
#[wasm_bindgen]
pub async fn hydrate() -> Result<(), JsValue> {
    let path = window().location().pathname()?;
    app::parts::load_for(&path).await.map_err(|error| JsValue::from_str(&error.to_string()))?;
    leptos::mount::hydrate_body(app::App);
    app::parts::warm_up();
    Ok(())
}
