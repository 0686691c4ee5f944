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
use domain::{expense::Expense, ids::ActivityId, problem::Problem};
use service::{
    Error, Result, activity,
    ports::activity::Subject,
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
    let result: Result<Expense> = result.await;
    let told = match &result {
        Ok(row) => taken_away(&caller, row).await,
        Err(_) => None,
    };
    finish(&caller, &sent, result, |row| {
        let text = fill(table::words(caller.locale.language()).detached, &[("name", &title(&row))]);
        let Some(id) = told else { return with_row(done(text), &row) };
        let mut outcome = with_row(undoable(text, "activity-undo", &[("id", id.to_string())]), &row);
        outcome.typed.insert("undo".to_owned(), id.to_string());
        outcome
    })
}

/// What tells that the receipt of a row went, if that is the last thing that they have done.
async fn taken_away(caller: &Caller, row: &Expense) -> Option<ActivityId> {
    let told = activity::last_own(&caller.services, caller.actor().ok()?, false).await.ok()??;
    let [change] = told.changes.as_slice() else { return None };
    let is_it = change.subject == Subject::Expense(row.id) && change.version_after == row.version;
    is_it.then_some(told.id)
}

fn version(sent: &Submitted) -> Option<i64> {
    sent.fields.text("version").and_then(|version| version.parse().ok())
}

fn with_row(outcome: Outcome, row: &Expense) -> Outcome {
    Outcome { typed: [("row".to_owned(), serde_json::to_string(row).unwrap_or_default())].into(), ..outcome }
}
