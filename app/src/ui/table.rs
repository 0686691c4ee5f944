//! The shell of a table: a head that stays, figures right-aligned, its own sideways scroll on narrow screens.
use super::{
    icon::{Glyph, Icon},
    later::later,
};
use leptos::prelude::*;

/// One column's head.
#[derive(Debug, Clone)]
pub struct Column {
    label: String,
    class: &'static str,
    hidden: bool,
    order: Option<Order>,
}

/// How the rows stand to a column, and the link that orders them by it.
#[derive(Debug, Clone)]
struct Order {
    href: String,
    /// What the link does, for screen readers.
    hint: String,
    now: Option<Ordered>,
}

/// The order in which rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ordered {
    /// Smallest, earliest, A first.
    Up,
    /// Largest, latest, Z first.
    Down,
}

impl Column {
    /// Text.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "", hidden: false, order: None }
    }

    /// Figures: right-aligned, all digits equally wide. Cells of the column take the class `figure`.
    pub fn figure(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "figure", hidden: false, order: None }
    }

    /// Buttons or boxes: the head is for screen readers only. Cells take the class `tools`.
    pub fn tools(label: impl Into<String>) -> Self {
        Self { label: label.into(), class: "tools", hidden: true, order: None }
    }

    /// Its head is a link that orders the rows by it. `now`: whether they are.
    #[must_use]
    pub fn ordered(mut self, href: impl Into<String>, hint: impl Into<String>, now: Option<Ordered>) -> Self {
        self.order = Some(Order { href: href.into(), hint: hint.into(), now });
        self
    }

    /// Left out on phones. Cells of the column take the class `wide`.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.class = if self.class == "figure" { "figure wide" } else { "wide" };
        self
    }
}

impl Ordered {
    const fn aria(self) -> &'static str {
        match self {
            Self::Up => "ascending",
            Self::Down => "descending",
        }
    }
}

fn sort_link(order: Order, label: AnyView) -> impl IntoView {
    let class = match order.now {
        None => "sort",
        Some(Ordered::Up) => "sort up",
        Some(Ordered::Down) => "sort down",
    };
    view! {
        <a class=class href=order.href title=order.hint data-noscroll="">
            {label}
            {order.now.map(|_| view! { <Icon glyph=Glyph::Down /> })}
        </a>
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
    /// How many rows there are, the head's too, where not all of them stand in the table.
    #[prop(optional, into)]
    count: Option<Signal<u64>>,
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
            let (sort, label) = match column.order {
                None => (None, label),
                Some(order) => (order.now.map(Ordered::aria), sort_link(order, label).into_any()),
            };
            view! { <th scope="col" class=column.class aria-sort=sort>{label}</th> }
        })
        .collect_view();
    view! {
        <div class="table-scroll">
            <table class=class aria-rowcount=move || count.map(|count| count.get())>
                <caption class=if show_caption { "" } else { "visually-hidden" }>{caption}</caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                {later(view! { <tbody></tbody> }, children)}
                {foot.map(|foot| view! { <tfoot>{foot}</tfoot> })}
            </table>
        </div>
    }
}
