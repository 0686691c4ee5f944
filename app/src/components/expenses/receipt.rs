//! The receipt of an expense, in the sheet that shows it.
use crate::{
    forms::Outcome,
    i18n::{table, use_i18n},
    paths,
    ui::{FileDrop, Form, Look, Submit},
};
use domain::expense::{Expense, Receipt, ReceiptKind};
use leptos::prelude::*;

/// Shows it, and takes one. The rest of the sheet stays as it is: its form goes on with the version that this has made.
#[component]
pub(super) fn ReceiptPart(
    row: Expense,
    /// The version that the sheet knows.
    version: RwSignal<i64>,
) -> impl IntoView {
    let words = table::words(use_i18n().locale.language());
    let id = row.id.to_string();
    let receipt = RwSignal::new(row.receipt);
    // What tells that it was taken away here, while it can be taken back.
    let gone = RwSignal::new(None::<String>);
    let on_done = Callback::new(move |outcome: Outcome| {
        gone.set(outcome.typed.get("undo").cloned());
        let row = outcome.typed.get("row").and_then(|row| serde_json::from_str::<Expense>(row).ok());
        if let Some(row) = row {
            version.set(row.version);
            receipt.set(row.receipt);
        }
    });
    let known = move || version.get().to_string();
    let take = {
        let id = id.clone();
        move |label: &'static str| {
            view! {
                <Form name="expense-receipt" about=("id", id.clone()) upload=true class="stack" on_done=on_done>
                    <input type="hidden" name="version" value=known />
                    <FileDrop
                        name="file"
                        label=label
                        help=words.attach_help
                        accept="image/jpeg,image/png,image/webp,application/pdf"
                        send_at_once=true
                    />
                    <div class="actions no-js"><Submit look=Look::Plain>{words.attach_now}</Submit></div>
                </Form>
            }
        }
    };
    let body = move || match receipt.get() {
        None => view! {
            {gone.get().map(|id| view! {
                <Form name="activity-undo" about=("id", id) class="row" summary=false on_done=on_done>
                    <span class="muted">{words.is_gone}</span>
                    <Submit look=Look::Quiet>{words.take_back}</Submit>
                </Form>
            })}
            {take(words.attach)}
        }
        .into_any(),
        Some(receipt) => view! {
            <Shown receipt=receipt />
            <div class="row">
                <Form name="expense-receipt-drop" about=("id", id.clone()) on_done=on_done>
                    <input type="hidden" name="version" value=known />
                    <Submit look=Look::Quiet>{words.detach}</Submit>
                </Form>
                <details class="more">
                    <summary>{words.attach_instead}</summary>
                    {take(words.attach)}
                </details>
            </div>
        }
        .into_any(),
    };
    view! {
        <section class="receipt stack" aria-label=words.receipt>
            {body}
        </section>
    }
}

/// A small picture that opens into the large one, and the file itself.
#[component]
pub(super) fn Shown(receipt: Receipt) -> impl IntoView {
    let words = table::words(use_i18n().locale.language());
    let (file, small) = (paths::file(receipt.file_id), paths::thumb(receipt.file_id));
    let name = receipt.filename;
    let picture = (receipt.content_type == ReceiptKind::Jpeg).then(|| {
        view! {
            <details class="receipt-picture">
                <summary><img src=small alt=name.clone() width="64" height="64" /></summary>
                <img src=file.clone() alt="" loading="lazy" class="receipt-large" />
            </details>
        }
    });
    view! {
        <div class="row receipt-shown">
            {picture}
            <span class="receipt-name">{name}</span>
            <a class="button quiet" href=file rel="external" download="">{words.download}</a>
        </div>
    }
}
