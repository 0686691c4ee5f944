//! The icons: drawn for this product on a grid of 24, one stroke wide. They are decoration; words stand beside them, or
//! in the label of what holds them.
use domain::category::Category;
use leptos::prelude::*;

/// One of the icons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Glyph {
    Alert,
    Bell,
    Budget,
    Check,
    Clip,
    Close,
    Dashboard,
    Down,
    Edit,
    Expenses,
    Eye,
    File,
    Filter,
    Globe,
    Import,
    Info,
    Keys,
    Left,
    Lock,
    More,
    Move,
    Person,
    Plus,
    Right,
    Search,
    Settings,
    Swatch,
    Trash,
    Undo,
    Unlock,
    Upload,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => "M12 4 3 19.5h18L12 4Zm0 6v4.5m0 2.3v.2",
            Self::Bell => "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4",
            Self::Budget => "M4 7h16M4 7v11h16V7M4 7l2.5-3h11L20 7M8 11.5h8M8 14.5h4.5",
            Self::Check => "m5 12.5 4.5 4.5L19 7.5",
            Self::Clip => {
                "M18.5 11.5 12 18a4 4 0 0 1-5.7-5.7l7-7a2.7 2.7 0 0 1 3.8 3.8l-6.8 6.8a1.2 1.2 0 0 1-1.7-1.7L14.5 8"
            }
            Self::Close => "M6 6l12 12M18 6 6 18",
            Self::Dashboard => "M4 14a8 8 0 1 1 16 0M12 14l4-4.5M4 18.5h16",
            Self::Down => "m6 9.5 6 6 6-6",
            Self::Edit => "M5 19l.8-3.8L15.5 5.5l3 3L8.8 18.2 5 19Zm8.5-11.5 3 3",
            Self::Expenses => "M6 3.5h12v17l-2.4-1.5L13.2 20.5 12 19.5l-1.2 1-2.4-1.5L6 20.5v-17ZM9 8.5h6M9 12.5h6",
            Self::Eye => {
                "M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12Zm9.5-2.7a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4Z"
            }
            Self::File => "M6.5 3.5h7l4 4v13h-11v-17Zm7 0v4h4",
            Self::Filter => "M4 6h16M7 12h10M10 18h4",
            Self::Globe => {
                "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM3.5 12h17M12 3.5c3 3 3 14 0 17M12 3.5c-3 3-3 14 0 17"
            }
            Self::Import => "M12 3.5v11m0 0 4-4m-4 4-4-4M4.5 15v5h15v-5",
            Self::Info => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM12 11v5.5m0-9v.2",
            Self::Keys => "M3 7h18v10H3V7Zm3.5 3.5h.1M10 10.5h.1M14 10.5h.1M17.5 10.5h.1M8 14h8",
            Self::Left => "m14.5 6-6 6 6 6",
            Self::Lock => "M6 11h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3",
            Self::More => "M6 12h.1M12 12h.1M18 12h.1",
            Self::Move => "M4 8.5h14m0 0-3.5-3.5M18 8.5 14.5 12M20 16H6m0 0 3.5-3.5M6 16l3.5 3.5",
            Self::Person => "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4.5 20c.5-4 3.5-5.5 7.5-5.5s7 1.5 7.5 5.5",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Right => "m9.5 6 6 6-6 6",
            Self::Search => "M10.5 4.5a6 6 0 1 1 0 12 6 6 0 0 1 0-12ZM15 15l5 5",
            Self::Settings => "M4 7.5h9m4 0h3M4 16.5h3m4 0h9M15 5.5v4M9 14.5v4",
            Self::Swatch => "M12 3.5a8.5 8.5 0 1 1 0 17v-17Z",
            Self::Trash => "M4.5 6.5h15M9.5 6.5v-3h5v3M6.5 6.5l.8 14h9.4l.8-14M10.5 10.5v6M13.5 10.5v6",
            Self::Undo => "M8.5 5 4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-3",
            Self::Unlock => "M6 11h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 6.8-1.2",
            Self::Upload => "M12 15V4m0 0 4 4m-4-4L8 8M4.5 15v5h15v-5",
        }
    }
}

const fn category_path(category: Category) -> &'static str {
    match category {
        Category::Housing => "M4 11.5 12 4.5l8 7M6 10v10h12V10M10 20v-5.5h4V20",
        Category::Food => "M7.5 3.5v17M4.5 3.5v4.5a3 3 0 0 0 6 0V3.5M16.5 20.5v-7h-2v-6c0-2 1-4 3-4v17",
        Category::Transportation => {
            "M5 16.5v-5l2-5.5h10l2 5.5v5M5 11.5h14M4.5 16.5h15v2.5h-3v-2.5M7.5 16.5V19h-3v-2.5M8 14h1M15 14h1"
        }
        Category::Utilities => "M13 3.5 6 13.5h5l-1 7 7.5-10.5H12l1-6.5Z",
        Category::Healthcare => {
            "M12 20C6 15.5 3.5 12.5 3.5 9.2A4.4 4.4 0 0 1 12 7.5a4.4 4.4 0 0 1 8.5 1.7C20.5 12.5 18 15.5 12 20Z"
        }
        Category::Entertainment => {
            "M4 7.5h16V11a1.5 1.5 0 0 0 0 3v3.5H4V14a1.5 1.5 0 0 0 0-3V7.5ZM14 8v1.5M14 12v1M14 15.5V17"
        }
        Category::Savings => "M12 20.5v-8M12 12.5c0-4-2.5-6-7-6 0 4 2.5 6 7 6ZM12 10.5c0-3.5 2.5-6 7-6 0 4-2.5 6-7 6",
        Category::Emergency => "M12 3.5 5 6v6c0 4.5 3 7 7 8.5 4-1.5 7-4 7-8.5V6l-7-2.5ZM12 9v6M9 12h6",
        Category::Investments => "M4 19.5h16M4.5 15.5l5-5 3.5 3 6.5-7M15 6.5h4.5V11",
        Category::Miscellaneous => "M12 4.5 20 9v6.5L12 20l-8-4.5V9l8-4.5ZM4.2 9 12 13.5 19.8 9M12 13.5V20",
    }
}

fn drawn(path: &'static str, class: &'static str) -> impl IntoView {
    view! {
        <svg
            class=class
            viewBox="0 0 24 24"
            width="20"
            height="20"
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
        >
            <path d=path />
        </svg>
    }
}

/// An icon beside words, in their colour.
#[component]
pub fn Icon(
    /// Which.
    glyph: Glyph,
) -> impl IntoView {
    drawn(glyph.path(), "icon")
}

/// A category's icon on a ground of its hue; without a category a pale one.
#[component]
pub fn CategoryIcon(
    /// Which.
    #[prop(into)]
    category: Option<Category>,
) -> impl IntoView {
    match category {
        Some(category) => view! {
            <span class=format!("category-icon hue-{}", category.index())>{drawn(category_path(category), "icon")}</span>
        }
        .into_any(),
        None => view! { <span class="category-icon none">{drawn(Glyph::More.path(), "icon")}</span> }.into_any(),
    }
}
