//! Moves through a long list by pages; links, so that it works without JavaScript.
use super::icon::{Glyph, Icon};
use crate::i18n::{fill, t, use_i18n};
use leptos::prelude::*;

/// `11–20 of 123`, with links to the pages before and after.
#[component]
pub fn Pagination(
    /// Entries before this page.
    offset: usize,
    /// Entries on this page.
    shown: usize,
    /// Entries in all.
    total: usize,
    /// The page before; none on the first.
    #[prop(optional_no_strip, into)]
    previous: Option<String>,
    /// The page after; none on the last.
    #[prop(optional_no_strip, into)]
    next: Option<String>,
) -> impl IntoView {
    let words = t();
    let locale = use_i18n().locale;
    let number = |n: usize| locale.format_count(i64::try_from(n).unwrap_or(i64::MAX));
    let from = number(if shown == 0 { 0 } else { offset + 1 });
    let (to, all) = (number(offset + shown), number(total));
    view! {
        <nav class="pagination" aria-label=words.common.pages>
            <span class="figure">{fill(words.common.range_of, &[("from", &from), ("to", &to), ("total", &all)])}</span>
            {previous.map(|href| view! {
                <a class="button" href=href rel="prev"><Icon glyph=Glyph::Left /> {words.common.previous}</a>
            })}
            {next.map(|href| view! {
                <a class="button" href=href rel="next">{words.common.next} <Icon glyph=Glyph::Right /></a>
            })}
        </nav>
    }
}
