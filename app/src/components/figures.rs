//! A strip of labelled figures: what a month comes to, at a glance.
use leptos::prelude::*;

/// Holds [`Figure`]s.
#[component]
pub fn Figures(
    /// What they are about, for screen readers.
    #[prop(into)]
    label: String,
    /// The figures.
    children: Children,
) -> impl IntoView {
    view! {
        <div role="group" aria-label=label>
            <dl class="figures">{children()}</dl>
        </div>
    }
}

/// One figure and what it is.
#[component]
pub fn Figure(
    /// What it is.
    #[prop(into)]
    label: String,
    /// The figure, ready to be read.
    #[prop(into)]
    value: String,
    /// What it is to be seen beside.
    #[prop(optional, into)]
    note: Option<String>,
    /// Whether it is beyond the plan (its label says so, too).
    #[prop(optional)]
    over: bool,
) -> impl IntoView {
    view! {
        <div class:over=over>
            <dt>{label}</dt>
            <dd>
                <span class="figure">{value}</span>
                {note.filter(|note| !note.is_empty()).map(|note| view! { <span class="note">{note}</span> })}
            </dd>
        </div>
    }
}
