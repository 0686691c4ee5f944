//! What a household does together in the timeline: what is kept of a month, and who has part in a budget.
use super::content::{activity, title, worth_telling};
use crate::{
    Error, Result,
    ports::{
        activity::{Activity, ActivityKind, EntityChange, FieldChange, Subject},
        store::Write,
    },
};
use domain::{
    budget::Budget,
    ids::{InviteId, UserId},
    money::Money,
    months::{MonthEntry, Move},
    role::Role,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Moves: `before` those that are no longer there, `after` those that came.
pub(super) const MOVES: &str = "moves";
/// What is to come in.
pub(super) const PLANNED: &str = "plannedIncome";
/// What came in.
pub(super) const RECEIVED: &str = "receivedIncome";
/// Where it was copied from.
pub(super) const COPIED: &str = "copiedFrom";
/// What a member may do.
const ROLE: &str = "role";

/// What a write of a month of a budget tells, if it changed anything.
pub fn of_month(
    write: &Write,
    budget: &Budget,
    before: Option<&MonthEntry>,
    after: &MonthEntry,
) -> Result<Option<Activity>> {
    let empty = MonthEntry::new(after.budget_id, after.month);
    let before = before.unwrap_or(&empty);
    let (gone, came) = (beside(&before.moves, &after.moves), beside(&after.moves, &before.moves));
    let amounts = if came.is_empty() { &gone } else { &came };
    let moved = amounts.iter().fold(0_i64, |sum, one| sum.saturating_add(one.amount));
    let fields = [
        field(MOVES, &gone, &came)?,
        field(PLANNED, &before.planned_income, &after.planned_income)?,
        field(RECEIVED, &before.received_income, &after.received_income)?,
        field(COPIED, &before.copied_from, &after.copied_from)?,
    ];
    let change = EntityChange {
        subject: Subject::Month(after.budget_id, after.month),
        title: title(&budget.plan.name),
        amount: Some(Money::new(moved, budget.plan.currency)),
        was: None,
        rows: None,
        fields: fields.into_iter().flatten().collect(),
        version_after: after.version,
        left_as: 0,
    };
    let kind = ActivityKind::Changed;
    Ok(worth_telling(write, kind, &change).then(|| activity(write, kind, Some(budget.id), vec![change])))
}

/// Those of the one list that are not in the other.
fn beside(moves: &[Move], others: &[Move]) -> Vec<Move> {
    moves.iter().filter(|one| others.iter().all(|other| other.id != one.id)).copied().collect()
}

fn field<T: Serialize + PartialEq>(name: &str, before: &T, after: &T) -> Result<Option<FieldChange>> {
    if before == after {
        return Ok(None);
    }
    let json = |value: &T| serde_json::to_value(value).map_err(|error| Error::Internal(error.to_string()));
    Ok(Some(FieldChange { name: name.to_owned(), before: json(before)?, after: json(after)? }))
}

/// Somebody was invited as that, or the invitation was taken back. The address is for admins, and this for all members.
pub fn of_invite(
    write: &Write,
    budget: &Budget,
    invite: InviteId,
    before: Option<Role>,
    after: Option<Role>,
) -> Activity {
    shared(write, budget, vec![change(budget, Subject::Invite(invite), before, after)])
}

/// Somebody came, has another role, or went: `budget` as it was before, and as it is then.
pub fn of_member(write: &Write, before: &Budget, after: &Budget, user: UserId) -> Activity {
    shared(write, after, vec![change(after, Subject::Member(user), before.role_of(user), after.role_of(user))])
}

/// A budget has another owner: first the new one, then the old.
pub fn of_owner(write: &Write, before: &Budget, after: &Budget) -> Activity {
    let users = [after.user_id, before.user_id];
    let role = |user: UserId| change(after, Subject::Member(user), before.role_of(user), after.role_of(user));
    shared(write, after, users.map(role).into())
}

fn shared(write: &Write, budget: &Budget, changes: Vec<EntityChange>) -> Activity {
    activity(write, ActivityKind::Shared, Some(budget.id), changes)
}

fn change(budget: &Budget, subject: Subject, before: Option<Role>, after: Option<Role>) -> EntityChange {
    let word = |role: Option<Role>| role.map_or(Value::Null, |role| role.as_str().into());
    EntityChange {
        subject,
        title: title(&budget.plan.name),
        amount: None,
        was: None,
        rows: None,
        fields: vec![FieldChange { name: ROLE.to_owned(), before: word(before), after: word(after) }],
        version_after: 0,
        left_as: 0,
    }
}

/// What role somebody or an invitation had, and has then; none: it tells of no role.
pub fn roles(change: &EntityChange) -> Option<(Option<Role>, Option<Role>)> {
    let field = change.fields.iter().find(|field| field.name == ROLE)?;
    Some((read(&field.before)?, read(&field.after)?))
}

/// Who has which other role: before and then. None: somebody came, or went, or the owner is another one.
pub(super) fn role_change(activity: &Activity) -> Option<(UserId, Role, Role)> {
    let [change] = activity.changes.as_slice() else { return None };
    let Subject::Member(user) = change.subject else { return None };
    let (before, after) = roles(change)?;
    Some((user, before?, after?))
}

/// The moves that are no longer there, and those that came.
pub fn moves(change: &EntityChange) -> (Vec<Move>, Vec<Move>) {
    let field = change.fields.iter().find(|field| field.name == MOVES);
    let read = |value: Option<&Value>| value.and_then(read).unwrap_or_default();
    (read(field.map(|field| &field.before)), read(field.map(|field| &field.after)))
}

/// A value of a field.
pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
    use super::*;
    use crate::testing::builders as make;
    use domain::sharing::Collaborator;

    #[test]
    fn a_month_tells_what_came_and_what_went() {
        let ada = make::person(1).user.id;
        let budget = make::budget(ada, 1);
        let entry = make::month_entry(ada, budget.id, 1);
        let write = make::write(ada, 9);
        let told = of_month(&write, &budget, None, &entry).unwrap().unwrap();
        let (gone, came) = moves(&told.changes[0]);
        assert_eq!((gone.len(), came.as_slice()), (0, entry.moves.as_slice()));
        assert_eq!(of_month(&write, &budget, Some(&entry), &entry).unwrap(), None, "no news");
        let mut less = MonthEntry { version: entry.version + 1, ..entry.clone() };
        less.moves.clear();
        let told = of_month(&write, &budget, Some(&entry), &less).unwrap().unwrap();
        assert_eq!(moves(&told.changes[0]), (entry.moves.clone(), Vec::new()));
        assert_eq!(told.changes[0].fields.len(), 1, "what stayed is not told");
    }

    #[test]
    fn only_another_role_has_a_way_back() {
        let ada = make::person(1).user.id;
        let bob = make::person(2).user.id;
        let alone = make::budget(ada, 1);
        let with = |role| {
            let added_at = make::at(1);
            Budget { collaborators: vec![Collaborator { user_id: bob, role, added_at }], ..alone.clone() }
        };
        let write = make::write(ada, 9);
        let (viewer, editor) = (with(Role::View), with(Role::Edit));
        let changed = of_member(&write, &viewer, &editor, bob);
        assert_eq!(role_change(&changed), Some((bob, Role::View, Role::Edit)));
        assert_eq!(role_change(&of_member(&write, &alone, &viewer, bob)), None, "came");
        assert_eq!(role_change(&of_member(&write, &viewer, &alone, bob)), None, "went");
        let invite = of_invite(&write, &alone, InviteId([1; 12]), None, Some(Role::Edit));
        assert_eq!(role_change(&invite), None);
        let mut handed = viewer.clone();
        handed.hand_over(bob, make::at(5));
        let told = of_owner(&write, &viewer, &handed);
        assert_eq!(role_change(&told), None);
        assert_eq!(roles(&told.changes[0]), Some((Some(Role::View), Some(Role::Owner))));
        assert_eq!(roles(&told.changes[1]), Some((Some(Role::Owner), Some(Role::Admin))));
    }
}
