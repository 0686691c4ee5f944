//! A line of text with proposals: the browser's own list, which every keyboard and screen reader knows.
use super::text::TextField;
use leptos::prelude::*;

/// A field that may be filled with one of its proposals or with anything else.
#[component]
pub fn Combobox(
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// What is proposed, the likeliest first.
    #[prop(into)]
    options: Signal<Vec<String>>,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: Option<String>,
    /// A word of help.
    #[prop(optional, into)]
    help: Option<String>,
    /// May be left empty.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let list = format!("{}.options", super::use_form().field_id(&name));
    view! {
        <TextField name=name label=label value=value.unwrap_or_default() help=help.unwrap_or_default() optional=optional list=list.clone() autocomplete="off" />
        <datalist id=list>
            {move || options.get().into_iter().map(|option| view! { <option value=option></option> }).collect_view()}
        </datalist>
    }
}
