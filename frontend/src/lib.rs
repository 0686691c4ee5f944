//! The browser's entry: takes over the page that the server rendered.

/// Called by the page's loader once the program is there.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(app::App);
}
