//! The shell of a table: a head that stays, figures right-aligned, its own sideways scroll on narrow screens.
use leptos::prelude::*;

/// One column's head.
#[derive(Debug, Clone)]
pub struct Column {
    label: String,
    class: &'static str,
    hidden: bool,
}

impl Column {
    /// Text.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "", hidden: false }
    }

    /// Figures: right-aligned, all digits equally wide. Cells of the column take the class `figure`.
    pub fn figure(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "figure", hidden: false }
    }

    /// Buttons or boxes: the head is for screen readers only. Cells take the class `tools`.
    pub fn tools(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "tools", hidden: true }
    }

    /// Left out on phones. Cells of the column take the class `wide`.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.class = if self.class == "figure" { "figure wide" } else { "wide" };
        self
    }
}

/// A table; its children are the rows (`<tr>`) of the body.
#[component]
pub fn Table(
    /// What the table shows, for screen readers (or seen, with `show_caption`).
    #[prop(into)]
    caption: String,
    /// Whether the caption is seen.
    #[prop(optional)]
    show_caption: bool,
    /// The head.
    columns: Vec<Column>,
    /// Rows of sums at the end.
    #[prop(optional, into)]
    foot: Option<AnyView>,
    /// More classes.
    #[prop(optional, into)]
    class: String,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let head = columns
        .into_iter()
        .map(|column| {
            let label = if column.hidden {
                view! { <span class="visually-hidden">{column.label}</span> }.into_any()
            } else {
                column.label.into_any()
            };
            view! { <th scope="col" class=column.class>{label}</th> }
        })
        .collect_view();
    view! {
        <div class="table-scroll">
            <table class=class>
                <caption class=if show_caption { "" } else { "visually-hidden" }>{caption}</caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{children()}</tbody>
                {foot.map(|foot| view! { <tfoot>{foot}</tfoot> })}
            </table>
        </div>
    }
}
