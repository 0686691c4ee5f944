//! The bank files that were read before, each with what can be done about it.
use super::revert::Revert;
use crate::{
    api::views::{ImportHead, ImportState},
    i18n::{fill, t, use_i18n},
    paths,
    ui::{Badge, Column, Table, Tone},
};
use leptos::prelude::*;

/// A list of bank files, newest first.
#[component]
pub fn Earlier(
    /// The files.
    files: Vec<ImportHead>,
) -> impl IntoView {
    let words = &t().import;
    if files.is_empty() {
        return view! { <p class="muted">{words.no_earlier}</p> }.into_any();
    }
    let columns = vec![
        Column::text(words.file),
        Column::text(words.read_at).wide(),
        Column::text(words.dates).wide(),
        Column::figure(words.new),
        Column::text(words.state),
        Column::tools(t().common.more),
    ];
    let rows = files.into_iter().map(|file| view! { <File file=file /> });
    view! { <Table caption=words.earlier_caption columns=columns class="files">{rows.collect_view()}</Table> }
        .into_any()
}

#[component]
fn File(file: ImportHead) -> impl IntoView {
    let words = &t().import;
    let i18n = use_i18n();
    let days = file.first_date.zip(file.last_date).map(|(first, last)| {
        let (from, to) = (i18n.locale.format_date(first), i18n.locale.format_date(last));
        fill(words.date_range, &[("from", &from), ("to", &to)])
    });
    let tools = (file.state == ImportState::Committed).then(|| view! { <Revert file=file.clone() /> });
    view! {
        <tr>
            <td class="what"><a href=paths::import(file.id)>{file.filename.clone()}</a></td>
            <td class="wide">{i18n.locale.format_date_relative(file.on, i18n.today)}</td>
            <td class="wide">{days}</td>
            <td class="figure">{i18n.locale.format_count(file.added.into())}</td>
            <td><State state=file.state /></td>
            <td class="tools">{tools}</td>
        </tr>
    }
}

/// Where a file stands, in a word.
#[component]
pub(super) fn State(state: ImportState) -> impl IntoView {
    let words = &t().import;
    let (tone, word) = match state {
        ImportState::Draft => (Tone::Caution, words.state_draft),
        ImportState::Committed => (Tone::Good, words.state_committed),
        ImportState::Reverted => (Tone::Neutral, words.state_reverted),
        ImportState::Expired => (Tone::Neutral, words.state_expired),
    };
    view! { <Badge tone=tone>{word}</Badge> }
}
