//! Goes from month to month; links, so that each month has an address.
use crate::{
    i18n::{t, use_i18n},
    ui::{Glyph, Icon},
};
use domain::period::Month;
use leptos::prelude::*;

/// ‹ November 2026 ›
#[component]
pub fn MonthSwitcher(
    /// The month that is seen.
    #[prop(into)]
    month: Signal<Month>,
    /// The month of today.
    current: Month,
    /// The address of a month.
    #[prop(into)]
    href: Callback<Month, String>,
) -> impl IntoView {
    let words = t();
    let locale = use_i18n().locale;
    view! {
        <nav class="months" aria-label=words.common.this_month>
            <a class="icon-button" href=move || href.run(month.get().previous()) aria-label=words.common.previous_month>
                <Icon glyph=Glyph::Left />
            </a>
            <span class="month" aria-live="polite">
                {move || locale.format_month(month.get().year, month.get().month)}
            </span>
            <a class="icon-button" href=move || href.run(month.get().next()) aria-label=words.common.next_month>
                <Icon glyph=Glyph::Right />
            </a>
            {move || {
                (month.get() != current)
                    .then(|| view! { <a class="button quiet" href=href.run(current)>{words.common.this_month}</a> })
            }}
        </nav>
    }
}
