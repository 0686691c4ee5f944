//! Takes back what a bank file added. It can't be undone in one go, so it takes two clicks and says what goes.
use crate::{
    api::views::ImportHead,
    i18n::{plural, t, use_i18n},
    ui::{Form, Look, Menu, Submit},
};
use leptos::prelude::*;

/// A button that tells what it will remove, and the button that does.
#[component]
pub(super) fn Revert(file: ImportHead) -> impl IntoView {
    let words = &t().import;
    let i18n = use_i18n();
    let count = file.added as usize;
    let button = view! { <span>{words.revert}</span> };
    view! {
        <Menu button=button.into_any() class="revert">
            <p class="menu-head">{plural(i18n, words.revert_text, count)}</p>
            <Form name="import-revert" about=("id", file.id.to_string())>
                <Submit look=Look::Danger>{plural(i18n, words.revert_yes, count)}</Submit>
            </Form>
        </Menu>
    }
}
