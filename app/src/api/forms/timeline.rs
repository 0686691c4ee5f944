//! The way back: of something in the timeline, or of what one has done last.
use super::{done, failed, finish};
use crate::{
    api::{Caller, Handled, Submitted, errors, timeline},
    forms::{Outcome, Toast, Undo},
    i18n::{fill, timeline::sentences},
};
use domain::ids::ActivityId;
use service::{
    Error, Result,
    activity::{self, Entity, Undone},
};

pub async fn undo(caller: Caller, sent: Submitted) -> Handled {
    let result = take_back(&caller, &sent).await;
    finish(&caller, &sent, result, |(told, undone)| said(&caller, &told, &undone))
}

async fn take_back(caller: &Caller, sent: &Submitted) -> Result<(String, Undone)> {
    let actor = caller.actor()?;
    let id: ActivityId = sent.fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    let told = caller.services.store.activity(actor.user.id, id).await?.ok_or(Error::NotFound)?;
    let untouched = sent.fields.text("untouched").is_some();
    let undone = activity::undo(&caller.services, actor, sent.idempotency.clone(), id, untouched).await?;
    Ok((timeline::done(caller, &told), undone))
}

/// By a key: whatever comes of it is said in a note, since no form is in sight.
pub async fn undo_last(caller: Caller, sent: Submitted) -> Handled {
    let words = sentences(caller.locale.language());
    let redo = sent.fields.text("redo").is_some();
    let outcome = match last(&caller, &sent, redo).await {
        Ok(Some((told, undone))) => said(&caller, &told, &undone),
        Ok(None) => done(if redo { words.nothing_to_redo } else { words.nothing_to_undo }),
        Err(error @ Error::Unauthorized) => failed(&caller, &sent, &error),
        Err(error) => done(failed(&caller, &sent, &error).error.unwrap_or_else(|| errors::code(&error).to_owned())),
    };
    Handled { outcome, ..Handled::default() }
}

async fn last(caller: &Caller, sent: &Submitted, redo: bool) -> Result<Option<(String, Undone)>> {
    let actor = caller.actor()?;
    let undone = activity::undo_last(&caller.services, actor, sent.idempotency.clone(), redo).await?;
    let Some(undone) = undone else { return Ok(None) };
    let told = match undone.activity.undoes {
        Some(id) => caller.services.store.activity(actor.user.id, id).await?,
        None => None,
    };
    Ok(told.map(|told| (timeline::done(caller, &told), undone)))
}

/// What was taken back, with the way forward again. To do something again is told by what comes of it.
fn said(caller: &Caller, told: &str, undone: &Undone) -> Outcome {
    let words = sentences(caller.locale.language());
    let activity = &undone.activity;
    let text = if activity.backward {
        fill(words.undone, &[("done", told)])
    } else {
        fill(words.redone, &[("done", &timeline::done(caller, activity))])
    };
    let undo = activity::is_open(activity, caller.now).then(|| Undo {
        form: "activity-undo".to_owned(),
        fields: vec![("id".to_owned(), activity.id.to_string())],
        label: activity.backward.then(|| words.redo.to_owned()),
    });
    let row = match &undone.entity {
        // For a sheet that shows it.
        Entity::Expense(row) => serde_json::to_string(row).ok(),
        _ => None,
    };
    let typed = row.map(|row| ("row".to_owned(), row)).into_iter().collect();
    Outcome { ok: true, toast: Some(Toast { text, undo }), typed, ..Outcome::default() }
}
