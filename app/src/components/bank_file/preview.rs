//! The preview of a bank file: its figures, what has to be asked, what is added, and what can't be read.
use super::{earlier::State, head::Head, questions::Questions, rejected::RejectedRows, revert::Revert, rows::Rows};
use crate::{
    api::views::{ImportDetail, ImportHead, ImportState},
    i18n::{plural, t, use_i18n},
    paths,
    ui::{ButtonLink, Card, Form, Look, Notice, Stepper, Submit, Tone},
};
use leptos::prelude::*;

/// A file as it would be added, or as it was.
#[component]
pub fn Preview(
    /// The file.
    detail: ImportDetail,
) -> impl IntoView {
    let asked = detail.head.state == ImportState::Draft && !detail.questions.is_empty();
    let steps = t().import.steps.to_vec();
    let now = match detail.head.state {
        ImportState::Draft => Some(1),
        ImportState::Committed => Some(steps.len()),
        ImportState::Reverted | ImportState::Expired => None,
    };
    let figures = view! { <Head detail=detail.clone() /> };
    view! {
        {now.map(|now| view! { <Stepper steps=steps now=now /> })}
        <div class="bank-file stack">
            <div class="split">
                <h2>{detail.head.filename.clone()}</h2>
                <State state=detail.head.state />
            </div>
            <Card>{figures}</Card>
            {asked.then(|| view! { <Questions head=detail.head.clone() questions=detail.questions.clone() /> })}
            <WhatNow head=detail.head.clone() asked=asked />
            <Rows detail=detail.clone() />
            <RejectedRows total=detail.head.rejected rejected=detail.rejected />
        </div>
    }
}

/// The one next step.
#[component]
fn WhatNow(head: ImportHead, asked: bool) -> impl IntoView {
    let words = &t().import;
    let i18n = use_i18n();
    match head.state {
        ImportState::Draft if asked => view! { <p class="muted">{words.answer_first}</p> }.into_any(),
        ImportState::Draft if head.added == 0 && head.duplicates > 0 => view! {
            <Notice tone=Tone::Good>
                <p><strong>{words.nothing_new_title}</strong></p>
                <p>{words.nothing_new}</p>
            </Notice>
        }
        .into_any(),
        ImportState::Draft if head.added == 0 => {
            view! { <Notice tone=Tone::Caution><p>{words.nothing_readable}</p></Notice> }.into_any()
        }
        ImportState::Draft => view! {
            <div class="commit">
                <Form name="import-commit" about=("id", head.id.to_string())>
                    <Submit>{plural(i18n, words.commit, head.added as usize)}</Submit>
                </Form>
                <ButtonLink href=paths::IMPORT look=Look::Quiet>{words.later}</ButtonLink>
                <p class="muted">{words.nothing_saved} " " {words.draft_expires}</p>
            </div>
        }
        .into_any(),
        ImportState::Committed => view! {
            <Notice tone=Tone::Good>
                <p>{plural(i18n, words.committed, head.added as usize)}</p>
                <div class="actions">
                    <ButtonLink href=paths::expenses_of_import(head.id) look=Look::Primary>{words.see_rows}</ButtonLink>
                    <Revert file=head />
                </div>
            </Notice>
        }
        .into_any(),
        ImportState::Reverted => view! { <Notice><p>{words.reverted}</p></Notice> }.into_any(),
        ImportState::Expired => view! { <Notice tone=Tone::Caution><p>{words.expired}</p></Notice> }.into_any(),
    }
}
