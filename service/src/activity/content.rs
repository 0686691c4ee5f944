//! What a write has changed, in the form in which it is kept and taken back: the fields that differ, and a fingerprint of
//! all that the thing says afterwards. Pure, and the same in all stores.
use crate::{
    Error, Result,
    ports::{
        activity::{Activity, ActivityKind, EntityChange, FieldChange, Subject, Was},
        store::{Import, ImportStatus, Write},
    },
};
use domain::{budget::Budget, expense::Expense, ids::BudgetId, money::Money};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// What is no content: who and when, what follows from other fields, and what its own kind of activity tells.
const BESIDES: [&str; 13] = [
    "id",
    "userId",
    "base",
    "merchantKey",
    "dedupeKey",
    "recurring",
    "version",
    "createdAt",
    "updatedAt",
    "deletedAt",
    "deletedBy",
    "collaborators",
    "plan.effectiveFrom",
];
/// The object whose fields are told one by one.
const PLAN: &str = "plan";
/// Of one of many things that were written at once: since when it is in the trash.
pub(crate) const TRASH: &str = "deletedAt";
/// The longest title.
const TITLE: usize = 80;

/// What a write of an expense tells, if it changed anything (`before`: none where it is new).
pub fn of_expense(write: &Write, before: Option<&Expense>, after: &Expense) -> Result<Option<Activity>> {
    let kind = kind_of(before.map(|before| before.deleted_at.is_some()), after.deleted_at.is_some());
    let left = before.filter(|before| before.budget_id != after.budget_id);
    let other = left.and_then(|before| before.budget_id);
    let change = EntityChange {
        subject: Subject::Expense(after.id),
        title: of_row(after),
        amount: Some(moved(after)),
        was: left.map(|before| Was { title: of_row(before), amount: Some(moved(before)) }),
        rows: None,
        fields: changed(kind, before, after)?,
        version_after: after.version,
        left_as: fingerprint(after, after.deleted_at.is_some())?,
    };
    let also_in = other.filter(|_| after.budget_id.is_some());
    Ok(worth_telling(write, kind, &change)
        .then(|| Activity { also_in, ..activity(write, kind, after.budget_id.or(other), vec![change]) }))
}

fn of_row(row: &Expense) -> String {
    title(row.merchant.as_deref().or(row.description.as_deref()).unwrap_or_default())
}

fn moved(row: &Expense) -> Money {
    Money::new(row.signed_minor(), row.amount.currency())
}

/// What a write of many expenses tells, each as it was and as it is: one thing, as of one row where only one changed. What
/// went into the trash or came out of it says so among its fields, since others of them may have been changed only. It
/// stands in the feed of the budget that all of it is about; where there are several, only who did it sees it.
pub fn of_expenses(write: &Write, rows: &[(Expense, Expense)]) -> Result<Option<Activity>> {
    if let [(before, after)] = rows {
        return of_expense(write, Some(before), after);
    }
    let mut whole: Option<Activity> = None;
    for (before, after) in rows {
        let Some(mut told) = of_expense(write, Some(before), after)? else { continue };
        if matches!(told.kind, ActivityKind::Deleted | ActivityKind::Restored) {
            let at = |row: &Expense| row.deleted_at.map_or(Value::Null, |at| Value::String(at.to_string()));
            let trash = FieldChange { name: TRASH.to_owned(), before: at(before), after: at(after) };
            told.changes.iter_mut().for_each(|change| change.fields.push(trash.clone()));
        }
        match &mut whole {
            None => whole = Some(told),
            Some(whole) => {
                if whole.kind != told.kind {
                    whole.kind = ActivityKind::Changed;
                }
                whole.budget_id = whole.budget_id.filter(|budget| Some(*budget) == told.budget_id);
                let same = whole.also_in == told.also_in && whole.budget_id.is_some();
                whole.also_in = whole.also_in.filter(|_| same);
                whole.changes.append(&mut told.changes);
            }
        }
    }
    Ok(whole)
}

/// What a write of both legs of a transfer tells. Where both are new it is told of the first, since the other goes where that
/// goes; where one is, it came as if out of the trash.
pub fn of_pair(write: &Write, rows: &[(Option<Expense>, Expense)]) -> Result<Option<Activity>> {
    let pairs: Vec<(Expense, Expense)> =
        rows.iter().filter_map(|(before, after)| Some((before.clone()?, after.clone()))).collect();
    let new = rows.iter().find(|(before, _)| before.is_none()).map(|(_, after)| after);
    let Some(new) = new else { return of_expenses(write, &pairs) };
    let Some((before, after)) = pairs.first() else { return of_expense(write, None, &rows[0].1) };
    let mut whole = of_expense(write, Some(before), after)?;
    let other = of_expense(write, None, new)?;
    if let (Some(whole), Some(other)) = (&mut whole, other) {
        whole.budget_id = whole.budget_id.filter(|budget| Some(*budget) == other.budget_id);
        whole.also_in = None;
        let came = FieldChange {
            name: TRASH.to_owned(),
            before: Value::String(new.created_at.to_string()),
            after: Value::Null,
        };
        whole
            .changes
            .extend(other.changes.into_iter().map(|change| EntityChange { fields: vec![came.clone()], ..change }));
    }
    Ok(whole)
}

/// What a write of a budget tells, if it changed anything.
pub fn of_budget(write: &Write, before: Option<&Budget>, after: &Budget) -> Result<Option<Activity>> {
    let kind = kind_of(before.map(|before| before.deleted_at.is_some()), after.deleted_at.is_some());
    let change = EntityChange {
        subject: Subject::Budget(after.id),
        title: title(&after.plan.name),
        amount: Some(Money::new(after.plan.monthly_income, after.plan.currency)),
        was: None,
        rows: None,
        fields: changed(kind, before, after)?,
        version_after: after.version,
        left_as: fingerprint(after, after.deleted_at.is_some())?,
    };
    Ok(worth_telling(write, kind, &change).then(|| activity(write, kind, Some(after.id), vec![change])))
}

/// What a commit or a revert of a bank file tells: one thing, however many rows it has.
pub fn of_import(write: &Write, import: &Import) -> Activity {
    let reverted = import.status == ImportStatus::Reverted;
    let kind = if reverted { ActivityKind::Reverted } else { ActivityKind::Imported };
    let change = EntityChange {
        subject: Subject::Import(import.id),
        title: title(&import.filename),
        amount: None,
        was: None,
        rows: Some(import.added),
        fields: Vec::new(),
        version_after: 0,
        left_as: u64::from(reverted),
    };
    activity(write, kind, import.budget_id, vec![change])
}

/// What a write tells.
pub(super) fn activity(
    write: &Write,
    kind: ActivityKind,
    budget_id: Option<BudgetId>,
    changes: Vec<EntityChange>,
) -> Activity {
    let undoes = write.trace.undoes;
    Activity {
        id: write.trace.id,
        user_id: write.actor,
        on_behalf: write.trace.on_behalf,
        budget_id,
        also_in: None,
        kind,
        at: write.now,
        changes,
        undoes: undoes.map(|undoes| undoes.id),
        backward: undoes.is_some_and(|undoes| undoes.backward),
        undone_by: None,
        undone_at: None,
    }
}

/// A new version that says what the one before said is no news.
pub(super) fn worth_telling(write: &Write, kind: ActivityKind, change: &EntityChange) -> bool {
    kind != ActivityKind::Changed || !change.fields.is_empty() || write.trace.undoes.is_some()
}

const fn kind_of(was_in_trash: Option<bool>, is_in_trash: bool) -> ActivityKind {
    match (was_in_trash, is_in_trash) {
        (None, _) => ActivityKind::Created,
        (Some(false), true) => ActivityKind::Deleted,
        (Some(true), false) => ActivityKind::Restored,
        (Some(_), _) => ActivityKind::Changed,
    }
}

pub(super) fn title(text: &str) -> String {
    text.chars().take(TITLE).collect()
}

/// The fields that differ. What went into the trash or came out of it may differ besides (its budget may have gone).
pub(super) fn changed<T: Serialize>(kind: ActivityKind, before: Option<&T>, after: &T) -> Result<Vec<FieldChange>> {
    let Some(before) = before.filter(|_| kind != ActivityKind::Created) else { return Ok(Vec::new()) };
    let (mut before, after) = (content(before)?, content(after)?);
    let differing = after.into_iter().filter_map(|(name, after)| {
        let before = before.remove(&name).unwrap_or_default();
        (before != after).then_some(FieldChange { name, before, after })
    });
    let mut fields: Vec<FieldChange> = differing.collect();
    // What was there and is left out now is null.
    let gone = before.into_iter().filter(|(_, before)| !before.is_null());
    fields.extend(gone.map(|(name, before)| FieldChange { name, before, after: Value::Null }));
    Ok(fields)
}

/// What a thing says, field by field; those of a plan by themselves. What is left out is null.
fn content<T: Serialize>(entity: &T) -> Result<Map<String, Value>> {
    let mut content = Map::new();
    for (name, value) in object(entity)? {
        match value {
            Value::Object(inner) if name == PLAN => {
                content.extend(inner.into_iter().map(|(inner, value)| (format!("{PLAN}.{inner}"), value)));
            }
            value => {
                content.insert(name, value);
            }
        }
    }
    content.retain(|name, _| !BESIDES.contains(&name.as_str()));
    Ok(content)
}

fn object<T: Serialize>(entity: &T) -> Result<Map<String, Value>> {
    match serde_json::to_value(entity) {
        Ok(Value::Object(fields)) => Ok(fields),
        other => Err(Error::Internal(format!("something without fields in the timeline: {other:?}"))),
    }
}

/// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>) over the content and whether it is in the trash: tells apart
/// what people do, and guards nothing.
pub(super) fn fingerprint<T: Serialize>(entity: &T, in_trash: bool) -> Result<u64> {
    let mut content: Vec<(String, Value)> = content(entity)?.into_iter().collect();
    content.sort_by(|(one, _), (other, _)| one.cmp(other));
    let json = serde_json::to_string(&content).map_err(|error| Error::Internal(error.to_string()))?;
    let start = 0xcbf2_9ce4_8422_2325_u64 ^ u64::from(in_trash);
    Ok(json.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)))
}

/// The thing with the fields of a change as they were before. Only those that are still as the change left them, if
/// `untouched` says so; and those that hang together go back together or not at all. With it the names of those that
/// have been changed since.
pub(super) fn put_back<T: Serialize + DeserializeOwned>(
    current: &T,
    fields: &[FieldChange],
    untouched: bool,
) -> Result<(T, Vec<String>)> {
    let now = content(current)?;
    let is_touched = |field: &&FieldChange| now.get(&field.name).unwrap_or(&Value::Null) != &field.after;
    let touched: Vec<&FieldChange> = fields.iter().filter(is_touched).collect();
    let stays = |field: &FieldChange| untouched && touched.iter().any(|other| unit(&other.name) == unit(&field.name));
    let mut whole = object(current)?;
    for field in fields.iter().filter(|field| !stays(field)) {
        let place = match field.name.strip_prefix("plan.") {
            Some(inner) => whole.get_mut(PLAN).and_then(Value::as_object_mut).map(|plan| (plan, inner)),
            None => Some((&mut whole, field.name.as_str())),
        };
        if let Some((place, name)) = place {
            place.insert(name.to_owned(), field.before.clone());
        }
    }
    let entity = serde_json::from_value(Value::Object(whole))
        .map_err(|error| Error::Internal(format!("taking back what the timeline tells: {error}")))?;
    Ok((entity, touched.iter().map(|field| field.name.clone()).collect()))
}

/// Fields that make sense only with one another have one name here.
fn unit(field: &str) -> &str {
    match field {
        "amount" | "pairing" | "kind" | "category" | "subcategory" | "splits" => "amount",
        "plan.name" => field,
        _ if field.starts_with("plan.") => PLAN,
        _ => field,
    }
}

/// What the REST API calls a field of a thing.
pub fn api_name(of: Subject, field: &str) -> &str {
    match (of, field) {
        (Subject::Budget(_), "kind") => "type",
        (Subject::Expense(_), "pairing") => "transfer",
        _ => field.strip_prefix("plan.").unwrap_or(field),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
    use super::*;
    use crate::testing::builders as make;
    use domain::{category::Category, currency::Currency, expense::Location};

    fn told(before: Option<&Expense>, after: &Expense) -> Option<Activity> {
        of_expense(&make::write(after.user_id, 9), before, after).unwrap()
    }

    #[test]
    fn only_what_differs_is_kept() {
        let row = make::expense(make::person(1).user.id, None, 1, 1_200);
        let created = told(None, &row).unwrap();
        assert_eq!((created.kind, created.changes[0].fields.len()), (ActivityKind::Created, 0));
        let next = make::changed(&row, 5, |row| {
            row.amount = Money::new(1_450, Currency::EUR);
            row.category = None;
        });
        let changed = told(Some(&row), &next).unwrap();
        let names: Vec<&str> = changed.changes[0].fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!((changed.kind, names), (ActivityKind::Changed, vec!["amount", "category"]));
        assert_eq!(told(Some(&next), &make::changed(&next, 6, |_| ())), None, "no news");
        let gone = make::changed(&next, 7, |row| row.deleted_at = Some(make::at(7)));
        assert_eq!(told(Some(&next), &gone).unwrap().kind, ActivityKind::Deleted);
        assert_eq!(told(Some(&gone), &next).unwrap().kind, ActivityKind::Restored);
    }

    #[test]
    fn a_row_that_is_as_it_was_has_its_old_print() {
        let row = make::expense(make::person(1).user.id, None, 1, 1_200);
        let print = |row: &Expense| fingerprint(row, row.deleted_at.is_some()).unwrap();
        let next = make::changed(&row, 5, |row| row.notes = Some("x".to_owned()));
        let back = make::changed(&next, 6, |row| row.notes = None);
        assert_ne!(print(&row), print(&next));
        assert_eq!(print(&row), print(&back), "whatever its version");
        let gone = make::changed(&back, 7, |row| row.deleted_at = Some(make::at(7)));
        assert_ne!(print(&row), print(&gone));
    }

    #[test]
    fn fields_go_back_by_themselves_where_they_can() {
        let row = make::expense(make::person(1).user.id, None, 1, 1_200);
        let next = make::changed(&row, 5, |row| {
            (row.amount, row.notes) = (Money::new(1_450, Currency::EUR), Some("x".to_owned()));
            row.category = Some(Category::Housing);
        });
        let fields = &told(Some(&row), &next).unwrap().changes[0].fields;
        let (back, touched) = put_back(&next, fields, false).unwrap();
        assert_eq!((back.amount, back.notes, back.category), (row.amount, None, row.category));
        assert_eq!(touched, Vec::<String>::new());
        let newer = make::changed(&next, 6, |row| row.category = None);
        let (back, touched) = put_back(&newer, fields, true).unwrap();
        assert_eq!((back.amount, back.notes, back.category), (next.amount, None, None), "the amount waits with it");
        assert_eq!(touched, ["category"]);
    }

    #[test]
    fn what_is_left_out_is_told_too() {
        let address = || Some(Location { point: None, address: Some("Market 1".to_owned()) });
        let row =
            make::changed(&make::expense(make::person(1).user.id, None, 1, 1_200), 4, |row| row.location = address());
        let next = make::changed(&row, 5, |row| row.location = None);
        let fields = &told(Some(&row), &next).unwrap().changes[0].fields;
        assert_eq!(fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["location"]);
        assert_eq!(put_back(&next, fields, false).unwrap().0.location, address());
        let fields = &told(Some(&next), &row).unwrap().changes[0].fields;
        assert_eq!(put_back(&row, fields, false).unwrap().0.location, None);
    }

    #[test]
    fn a_plan_is_told_field_by_field() {
        let before = make::budget(make::person(1).user.id, 1);
        let mut after = Budget { version: 2, ..before.clone() };
        after.plan.name = "Home".to_owned();
        after.plan.effective_from.month = 12;
        let told = of_budget(&make::write(before.user_id, 9), Some(&before), &after).unwrap().unwrap();
        let fields = &told.changes[0].fields;
        assert_eq!(fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["plan.name"]);
        let (back, _) = put_back(&after, fields, false).unwrap();
        assert_eq!((back.plan.name, back.plan.effective_from), (before.plan.name, after.plan.effective_from));
    }
}
