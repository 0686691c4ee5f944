//! Rows of a bank file that can't be read, with the reason and what stands in the file.
use crate::{
    i18n::{fill, plural, t, use_i18n},
    ui::{Card, Column, Table},
};
use leptos::prelude::*;

/// A list of what is left out; nothing where all could be read.
#[component]
pub(super) fn RejectedRows(
    /// How many there are; the list may end earlier.
    total: u32,
    /// Line, reason, and the row as it stands in the file.
    rejected: Vec<(u32, String, String)>,
) -> impl IntoView {
    let words = &t().import;
    let i18n = use_i18n();
    if rejected.is_empty() {
        return ().into_any();
    }
    let number = move |n: usize| i18n.locale.format_count(i64::try_from(n).unwrap_or(i64::MAX));
    let cut = (rejected.len() < total as usize)
        .then(|| fill(words.rejected_more, &[("shown", &number(rejected.len())), ("total", &number(total as usize))]));
    let columns = vec![Column::figure(words.line), Column::text(words.reason), Column::text(words.raw)];
    let rows = rejected.into_iter().map(move |(line, reason, raw)| {
        view! {
            <tr>
                <td class="figure">{number(line as usize)}</td>
                <td>{reason}</td>
                <td><code class="raw">{raw}</code></td>
            </tr>
        }
    });
    view! {
        <Card title=plural(i18n, words.rejected_title, total as usize) class="rejected">
            <p class="muted">{words.rejected_help} " " {cut}</p>
            <Table caption=words.rejected_caption columns=columns>{rows.collect_view()}</Table>
        </Card>
    }
    .into_any()
}
