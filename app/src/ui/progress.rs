//! Waiting: skeletons shaped like what comes, and progress that is known.
use leptos::prelude::*;

/// Pale lines where text or rows will be.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
    /// Rows of a table instead of lines of text.
    #[prop(optional)]
    rows: bool,
) -> impl IntoView {
    let class = if rows { "skeleton rows" } else { "skeleton" };
    view! {
        <div class=class role="status" aria-label=crate::i18n::t().common.loading>
            {(0..lines).map(|_| view! { <span></span> }).collect_view()}
        </div>
    }
}

/// How far something has come.
#[component]
pub fn Progress(
    /// Of 100.
    #[prop(into)]
    percent: Signal<u8>,
    /// What is on its way.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <progress class="progress" max="100" value=move || percent.get().to_string() aria-label=label></progress> }
}
