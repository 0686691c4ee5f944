//! Receipts: attached to an expense, taken away from it. Both answer the row as it stands now.
use super::{
    done,
    expense::{id, title},
    finish, undoable,
};
use crate::{
    api::{Caller, Handled, Submitted},
    forms::Outcome,
    i18n::{fill, table},
};
use domain::{expense::Expense, problem::Problem};
use service::{
    Error, Result,
    receipts::{self, Upload},
};

pub async fn attach(caller: Caller, mut sent: Submitted) -> Handled {
    let file = sent.file.take().filter(|file| !file.bytes.is_empty());
    let result = async {
        let file = file.ok_or_else(|| Error::field("file", Problem::Required))?;
        let upload = Upload { filename: file.name, bytes: file.bytes };
        let (id, key) = (id(&sent.fields)?, sent.idempotency.clone());
        receipts::attach(&caller.services, caller.actor()?, key, id, version(&sent), upload).await
    };
    let result: Result<Expense> = result.await;
    finish(&caller, &sent, result, |row| {
        let text = fill(table::words(caller.locale.language()).attached, &[("name", &title(&row))]);
        with_row(done(text), &row)
    })
}

pub async fn detach(caller: Caller, sent: Submitted) -> Handled {
    let result = async {
        let (id, key) = (id(&sent.fields)?, sent.idempotency.clone());
        receipts::detach(&caller.services, caller.actor()?, key, id, version(&sent)).await
    };
    let result = result.await;
    finish(&caller, &sent, result, |row| {
        let text = fill(table::words(caller.locale.language()).detached, &[("name", &title(&row))]);
        with_row(undoable(text, "undo-last", &[]), &row)
    })
}

fn version(sent: &Submitted) -> Option<i64> {
    sent.fields.text("version").and_then(|version| version.parse().ok())
}

fn with_row(outcome: Outcome, row: &Expense) -> Outcome {
    Outcome { typed: [("row".to_owned(), serde_json::to_string(row).unwrap_or_default())].into(), ..outcome }
}
