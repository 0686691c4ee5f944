//! Taking back what was done to many expenses at once: all of it, in one write, or nothing. Where only what nobody has
//! touched is asked for, rows that somebody has changed since stay as they are.
use super::{
    super::content::{TRASH, fingerprint, put_back},
    Activity, Actor, Conflict, Entity, EntityChange, Error, Expense, ExpenseId, Idempotency, Result, Services, Step,
    Subject, Trace, Undoes, Undone, budgets, expenses, has_way_back, is_open, replayed,
};
use crate::ports::activity::FieldChange;
use crate::ports::store::Written;
use std::collections::{BTreeMap, BTreeSet};

/// Takes it back.
pub(super) async fn undo(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    told: &Activity,
    untouched: bool,
) -> Result<Undone> {
    if key.is_some()
        && told.undone_by.is_some()
        && let Some(done) = replayed::<Written>(services, actor, key.as_ref()).await?
    {
        return undone(services, actor, done).await;
    }
    if told.undone_by.is_some() {
        return Err(Error::Conflict(Conflict::AlreadyUndone));
    }
    if !is_open(told, services.now()) {
        let late = has_way_back(told);
        return Err(Error::Conflict(if late { Conflict::UndoTooLate } else { Conflict::NotUndoable }));
    }
    let mut write = budgets::write(services, actor, key);
    let undoes = Some(Undoes { id: told.id, backward: !told.backward });
    write.trace = Trace { undoes, ..write.trace };
    let current = current(services, actor, told).await?;
    let (mut before, mut next, mut touched) = (Vec::new(), Vec::new(), Vec::new());
    let mut asked = BTreeSet::new();
    for (row, change) in current.iter().zip(&told.changes) {
        let step = Step { services, actor, told, change, untouched };
        // The same for all rows of a place.
        if asked.insert((row.budget_id, row.user_id)) {
            step.may_write(row).await?;
        }
        match back(&step, row).await? {
            Back::Row(mut back) => {
                (back.version, back.updated_at) = (row.version + 1, write.now);
                if back.deleted_at.is_some() {
                    back.deleted_at = Some(write.now);
                }
                before.push(row.clone());
                next.push(*back);
            }
            Back::Touched(names) => touched.extend(names),
        }
    }
    if next.is_empty() || (next.len() < current.len() && !untouched) {
        touched.sort_unstable();
        touched.dedup();
        return Err(Error::Conflict(Conflict::NewerChange(touched)));
    }
    let written = match services.store.update_expenses(&write, &next).await {
        // Somebody was faster, between the look and the write.
        Err(Error::StaleVersion { .. }) => return Err(Error::Conflict(Conflict::NewerChange(Vec::new()))),
        other => other?,
    };
    services.expenses_changed(actor, &before, &written.expenses).await;
    undone(services, actor, written).await
}

async fn undone(services: &Services, actor: &Actor, written: Written) -> Result<Undone> {
    let activity = match written.activity {
        Some(id) => services.store.activity(actor.user.id, id).await?,
        None => None,
    };
    let activity = activity.ok_or_else(|| Error::Internal("what was taken back is not in the timeline".to_owned()))?;
    Ok(Undone { activity, entity: Entity::Expenses(written.expenses) })
}

/// The rows as they are now, in the order of the changes.
async fn current(services: &Services, actor: &Actor, told: &Activity) -> Result<Vec<Expense>> {
    let mut ids = Vec::with_capacity(told.changes.len());
    for change in &told.changes {
        let Subject::Expense(id) = change.subject else { return Err(Error::Conflict(Conflict::NotUndoable)) };
        ids.push(id);
    }
    let rows = services.store.some_expenses(actor.user.id, &ids).await?;
    let mut rows: BTreeMap<ExpenseId, Expense> = rows.into_iter().map(|row| (row.id, row)).collect();
    ids.iter().map(|id| rows.remove(id).ok_or(Error::NotFound)).collect()
}

/// What becomes of a row.
enum Back {
    /// It is as before.
    Row(Box<Expense>),
    /// Somebody has changed it since: these fields, as far as that is known.
    Touched(Vec<String>),
}

async fn back(step: &Step<'_>, row: &Expense) -> Result<Back> {
    let Step { services, actor, change, untouched, .. } = *step;
    let EntityChange { fields, version_after, left_as, .. } = change;
    let in_trash = row.deleted_at.is_some();
    let (trash, others): (Vec<FieldChange>, Vec<FieldChange>) =
        fields.iter().cloned().partition(|field| field.name == TRASH);
    let trash = trash.first();
    // What it did to the trash must still be so: elsewhere it left the row where it was, which is outside.
    let left_in_trash = trash.is_some_and(|trash| !trash.after.is_null());
    let same = row.version == *version_after || fingerprint(row, in_trash)? == *left_as;
    if in_trash != left_in_trash {
        return Ok(Back::Touched(vec![TRASH.to_owned()]));
    }
    let (mut next, touched) = put_back(row, &others, untouched)?;
    let nothing = untouched && !others.is_empty() && touched.len() == others.len();
    if (!same && !untouched) || nothing {
        return Ok(Back::Touched(touched));
    }
    match trash {
        Some(trash) if trash.before.is_null() => next = expenses::out_of_trash(services, actor, next).await?,
        Some(_) => next.deleted_at = Some(services.now()),
        None => {}
    }
    if !others.is_empty() && next.deleted_at.is_none() {
        match step.fit(row, &mut next).await {
            Err(Error::Conflict(Conflict::NewerChange(names))) => return Ok(Back::Touched(names)),
            other => other?,
        }
    }
    Ok(Back::Row(Box::new(next)))
}
