//! The way back from what one has done last, from any page: two buttons that nobody sees, which keys and the palette
//! press.
use crate::{
    i18n::t,
    ui::{Form, Submit},
};
use leptos::prelude::*;

/// Element ids of the two buttons' places.
pub const UNDO: &str = "undo-last";
/// See [`UNDO`].
pub const REDO: &str = "redo-last";

/// Once on each page.
#[component]
pub fn UndoLast() -> impl IntoView {
    let words = &t().shell;
    view! {
        <div hidden=true>
            <Form name="undo-last" summary=false>
                <span id=UNDO>
                    <Submit>{words.undo_last}</Submit>
                </span>
                <span id=REDO>
                    <Submit sends=("redo", "1".to_owned())>{words.redo_last}</Submit>
                </span>
            </Form>
        </div>
    }
}

/// Presses one of them.
#[cfg(feature = "hydrate")]
pub(crate) fn press(id: &str) {
    use wasm_bindgen::JsCast;
    let button = document().query_selector(&format!("#{id} > button")).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
        button.click();
    }
}
