//! Quiet words at the edge of the page: what was just done, and its undo. They go away by themselves, except where
//! somebody is at them or no JavaScript runs.
use super::{
    button::{Look, Submit},
    form::Form,
    icon::{Glyph, Icon},
};
use crate::{forms::Toast, i18n::t};
use leptos::prelude::*;

/// The toasts that are seen.
#[derive(Debug, Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<(u32, Toast)>>,
    count: StoredValue<u32>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

impl Toasts {
    /// None so far.
    pub fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), count: StoredValue::new(0) }
    }

    /// Shows one more; at most three are seen at once.
    pub fn push(self, toast: Toast) {
        let id = self.count.get_value();
        self.count.set_value(id.wrapping_add(1));
        self.list.update(|list| {
            list.push((id, toast));
            if list.len() > 3 {
                list.remove(0);
            }
        });
    }

    /// Takes one away.
    pub fn dismiss(self, id: u32) {
        let _ = self.list.try_update(|list| list.retain(|(other, _)| *other != id));
    }
}

/// Where toasts appear; once on each page.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_context::<Toasts>().unwrap_or_default();
    view! {
        <div class="toasts" role="status" aria-label=t().nav.notices>
            <For each=move || toasts.list.get() key=|(id, _)| *id let((id, toast))>
                <ToastLine id=id toast=toast toasts=toasts />
            </For>
        </div>
    }
}

#[component]
fn ToastLine(id: u32, toast: Toast, toasts: Toasts) -> impl IntoView {
    let words = t();
    let node = NodeRef::<leptos::html::Div>::new();
    #[cfg(feature = "hydrate")]
    super::client::goes_away(node, move || toasts.dismiss(id), toast.undo.is_some());
    let undo = toast.undo.map(|undo| {
        let label = undo.label.unwrap_or_else(|| words.common.undo.to_owned());
        let fields = undo.fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
        view! {
            <Form name=undo.form key=format!("undo{id}") summary=false on_done=Callback::new(move |_| toasts.dismiss(id))>
                {fields.collect_view()}
                <Submit look=Look::Quiet>
                    <Icon glyph=Glyph::Undo />
                    {label}
                </Submit>
            </Form>
        }
    });
    view! {
        <div class="toast" node_ref=node>
            <p>{toast.text}</p>
            {undo}
            <button type="button" class="icon-button needs-js" aria-label=words.common.dismiss on:click=move |_| toasts.dismiss(id)>
                <Icon glyph=Glyph::Close />
            </button>
        </div>
    }
}
