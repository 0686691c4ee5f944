//! One line in plain language: what was understood while it is typed, and what has to be chosen before it counts.
use super::address::{ADD, ANSWERS, Address, LINE};
use crate::{
    api::entry::{LinePreview, LineQuestion, LineStart},
    forms::Outcome,
    i18n::{entry, use_i18n},
    ui::{Form, Look, Notice, Submit, TextField},
};
use leptos::prelude::*;

/// A preview begins with so many letters.
const LETTERS: usize = 3;

/// Enter saves what is clear, and puts the rest into the form.
#[component]
pub fn LineForm(
    /// Tells it from others on the page.
    key: &'static str,
    /// What stands in it at first.
    #[prop(optional, into)]
    text: String,
) -> impl IntoView {
    let words = entry::words(use_i18n().locale.language());
    let typed = RwSignal::new(text);
    // The focus stays in the line: the next one can be typed, also while this one is on its way.
    let on_done = Callback::new(move |outcome: Outcome| {
        if outcome.typed.get("text").is_none_or(|sent| typed.with_untracked(|now| now == sent)) {
            typed.set(String::new());
        }
    });
    view! {
        <Form name="expense-line" key=key class="line-form" label=words.label on_done=on_done>
            <TextField name="text" label=words.label help=words.hint bind=typed autocomplete="off" />
            <Submit look=Look::Plain>{words.add}</Submit>
            <Preview text=typed />
        </Form>
    }
}

/// What was understood so far; asked for when the typing rests.
#[component]
fn Preview(text: RwSignal<String>) -> impl IntoView {
    let words = entry::words(use_i18n().locale.language());
    // No resource: one that only a browser has would keep the server from sending the form around it.
    let answer = RwSignal::new(None::<LinePreview>);
    #[cfg(feature = "hydrate")]
    {
        let rested = RwSignal::new(String::new());
        crate::ui::client::follows_at_rest(text, rested);
        Effect::new(move |_| {
            let line = rested.get().trim().to_owned();
            leptos::task::spawn_local(async move {
                let enough = line.chars().count() >= LETTERS;
                let found = if enough { crate::api::entry::line_preview(line.clone()).await.ok() } else { None };
                // The answer to an earlier line may come later.
                if rested.try_with_untracked(|now| now.trim() == line) == Some(true) {
                    let _ = answer.try_set(found);
                }
            });
        });
    }
    let shown = move || {
        let there = text.with(|text| text.trim().chars().count() >= LETTERS);
        answer.get().filter(|_| there)
    };
    view! {
        <div class="line-preview" role="status" aria-label=words.understood>
            {move || shown().map(|preview| {
                let parts = preview.parts.into_iter().map(|(name, text)| view! {
                    <li class="understood"><span class="visually-hidden">{format!("{name}: ")}</span>{text}</li>
                });
                let open = preview.missing.into_iter().chain(preview.questions);
                view! {
                    <ul class="chips">{parts.collect_view()}</ul>
                    {open.map(|text| view! { <p class="help">{text}</p> }).collect_view()}
                }
            })}
        </div>
    }
}

/// What a line left open: each way leads to the form with that way chosen.
#[component]
pub(super) fn Questions(
    /// The line.
    start: LineStart,
    /// The address of the table.
    address: Memo<Address>,
) -> impl IntoView {
    let words = entry::words(use_i18n().locale.language());
    let line = start.text;
    let ask = move |question: LineQuestion| {
        let ways = question.ways.into_iter().map(|(text, answers)| {
            let here = address.with_untracked(Address::closed).with(ADD, "1").with(LINE, &line).with(ANSWERS, &answers);
            view! { <li><a class="button" href=here.href() data-noscroll="">{text}</a></li> }
        });
        view! {
            <p>{question.text}</p>
            <ul class="ways">{ways.collect_view()}</ul>
        }
    };
    view! {
        <Notice>
            <p>{words.from_line}</p>
            {start.questions.into_iter().map(ask).collect_view()}
        </Notice>
    }
}
