//! Keys for programs.
use super::Revealed;
use crate::{
    api::views::KeyRow,
    i18n::{fill, t, use_i18n},
    ui::{Card, Choice, Form, Look, Select, Submit, TextField},
};
use leptos::prelude::*;

pub(super) const CREATE: &str = "key-create";
/// What can be chosen, in days; nothing: until it is revoked.
const DAYS: [&str; 4] = ["30", "90", "365", ""];

#[component]
pub(super) fn Keys(keys: Vec<KeyRow>, made: Revealed) -> impl IntoView {
    let words = &t().security;
    let may = vec![Choice::new("read", words.key_reads), Choice::new("write", words.key_writes)];
    let days = DAYS.into_iter().zip(words.key_days).map(|(days, label)| Choice::new(days, label)).collect();
    let list = if keys.is_empty() {
        view! { <p>{words.keys_none}</p> }.into_any()
    } else {
        let lines = keys.into_iter().map(|key| view! { <Line key_row=key /> }).collect_view();
        view! { <ul class="lines">{lines}</ul> }.into_any()
    };
    view! {
        <Card title=words.keys>
            <p class="help">{words.keys_lead}</p>
            {made.shown(words.key_shown_title, words.key_shown_text)}
            {list}
            <Form name=CREATE class="stack" reset=true on_done=made.taken()>
                <div class="fields">
                    <TextField name="name" label=words.key_name help=words.key_name_help autocomplete="off" />
                    <Select name="may" label=words.key_may choices=may value="read" />
                    <Select name="days" label=words.key_ends choices=days value="90" />
                </div>
                <div class="actions">
                    <Submit look=Look::Plain>{words.key_make}</Submit>
                </div>
            </Form>
        </Card>
    }
}

#[component]
fn Line(key_row: KeyRow) -> impl IntoView {
    let words = &t().security;
    let i18n = use_i18n();
    let date = |date| i18n.locale.format_date_relative(date, i18n.today);
    let used = match key_row.used_on {
        Some(day) => fill(words.key_used, &[("date", &date(day))]),
        None => words.key_unused.to_owned(),
    };
    let may = if key_row.may_write { words.key_writes } else { words.key_reads };
    let ends = key_row.ends_on.map(|day| fill(words.key_until, &[("date", &date(day))]));
    let facts: Vec<String> = [format!("{}…", key_row.shown), may.to_owned(), used].into_iter().chain(ends).collect();
    let revoke = fill(words.key_revoke_of, &[("name", &key_row.name)]);
    view! {
        <li>
            <div>
                <span class="name">{key_row.name}</span>
                <p class="help">{facts.join(" · ")}</p>
            </div>
            <Form name="key-revoke" about=("id", key_row.id) summary=false label=revoke>
                <Submit look=Look::Quiet>{words.key_revoke}</Submit>
            </Form>
        </li>
    }
}
