//! Who may do what with the rows of a budget that several people have part in: the pure steps, the same in all stores.
//! They are asked inside the transaction, so that a role that was taken away meanwhile is seen.
use domain::{
    budget::Budget,
    expense::Expense,
    ids::UserId,
    problem::Problem,
    recurrence::Series,
    role::Role,
    sharing::{Invite, InviteStatus, MEMBERS_MAX, Refusal, may_invite},
};
use jiff::Timestamp;
use service::{
    Error, Result,
    error::Conflict,
    ports::{sharing::InviteProof, store::Import},
};

/// A budget, and what the actor may do with it.
pub(crate) type Seen = (Budget, Role);

/// The budget, if the actor has part in it.
pub(crate) fn seen(budget: Option<Budget>, actor: UserId) -> Option<Seen> {
    let budget = budget?;
    let role = budget.role_of(actor)?;
    Some((budget, role))
}

/// The same, if it is not in the trash.
pub(crate) fn live(found: Option<Seen>) -> Option<Seen> {
    found.filter(|(budget, _)| budget.deleted_at.is_none())
}

/// A budget that the actor has part in, as at least that.
pub(crate) fn as_at_least(found: Option<Seen>, needed: Role) -> Result<Budget> {
    match found {
        None => Err(Error::NotFound),
        Some((_, role)) if role < needed => Err(Error::Forbidden),
        Some((budget, _)) => Ok(budget),
    }
}

/// The actor may change a row of the store: a private one of theirs, or one of a budget (`place`) that they may edit.
pub(crate) fn may_change(actor: UserId, row: &Expense, place: Option<Seen>) -> Result<()> {
    match row.budget_id {
        None if row.user_id == actor => Ok(()),
        None => Err(Error::NotFound),
        Some(_) => as_at_least(place, Role::Edit).map(drop),
    }
}

/// A row may come to stand in the budget that it names (`place`, not in the trash), or among private rows. `moved`: it
/// stood elsewhere before. Another one's row stays where they see it.
pub(crate) fn may_come(actor: UserId, row: &Expense, place: Option<&Seen>, moved: bool) -> Result<()> {
    let nowhere = || Error::field("budgetId", Problem::NotFound);
    if row.budget_id.is_none() {
        return if row.user_id == actor { Ok(()) } else { Err(nowhere()) };
    }
    let (budget, role) = place.ok_or_else(nowhere)?;
    if *role < Role::Edit {
        return Err(Error::Forbidden);
    }
    if moved && budget.role_of(row.user_id).is_none() {
        return Err(nowhere());
    }
    let currency = budget.plan.currency;
    match &row.base {
        Some(base) if base.amount.currency() != currency => {
            Err(Error::Internal(format!("a base amount in {} for a budget in {currency}", base.amount.currency())))
        }
        _ => Ok(()),
    }
}

/// A row that is changed among many others: the next version of the same, where it was.
pub(crate) fn stays_in_place(before: &Expense, row: &Expense) -> Result<()> {
    if before.user_id != row.user_id {
        return Err(Error::NotFound);
    }
    if before.version + 1 != row.version {
        return Err(Error::StaleVersion { current: before.version });
    }
    let place = |row: &Expense| (row.budget_id, row.account_id, row.deleted_at, row.deleted_by);
    if place(before) == place(row) {
        Ok(())
    } else {
        Err(Error::Internal("many rows at once are changed where they are".to_owned()))
    }
}

/// A draft is staged anew: as the next one after what is stored.
pub(crate) fn next_draft(before: &Import, import: &Import) -> Result<()> {
    let current = before.revision;
    if current + 1 == import.revision { Ok(()) } else { Err(Error::StaleVersion { current }) }
}

/// The actor may change a series of the store: a private one of theirs, or one of a budget (`place`) that they may edit.
/// Its owner takes it out of any.
pub(crate) fn may_change_series(actor: UserId, before: &Series, after: &Series, place: Option<Seen>) -> Result<()> {
    match before.budget_id {
        None if before.user_id == actor => Ok(()),
        None => Err(Error::NotFound),
        Some(_) if before.user_id == actor && after.budget_id.is_none() => Ok(()),
        Some(_) => as_at_least(place, Role::Edit).map(drop),
    }
}

/// Only its owner moves a series to another budget: its expenses are made in their name.
pub(crate) fn may_move_series(actor: UserId, series: &Series) -> Result<()> {
    if series.user_id == actor { Ok(()) } else { Err(Error::field("budgetId", Problem::NotFound)) }
}

/// An account is its owner's alone: who has entered a row says which one it is of, or that it is of none.
pub(crate) fn may_book(actor: UserId, row: &Expense) -> Result<()> {
    if row.user_id == actor { Ok(()) } else { Err(Error::field("accountId", Problem::NotFound)) }
}

/// The row with who has put it into the trash.
pub(crate) fn with_deleter(actor: UserId, before: Option<&Expense>, row: &Expense) -> Expense {
    let was = before.filter(|before| before.deleted_at.is_some()).and_then(|before| before.deleted_by);
    let deleted_by = row.deleted_at.map(|_| was.unwrap_or(actor));
    Expense { deleted_by, ..row.clone() }
}

/// The invitation may be kept: `open` are those of its budget that wait, and `members` the folded addresses of those who
/// have part in it. The budget.
pub(crate) fn may_be_invited(
    found: Option<Seen>,
    invite: &Invite,
    open: &[Invite],
    members: &[String],
) -> Result<Budget> {
    let (budget, role) = live(found).ok_or(Error::NotFound)?;
    if !may_invite(role, invite.role) {
        return Err(Error::Forbidden);
    }
    let folded = domain::user::fold_email(&invite.email);
    if members.contains(&folded) {
        return Err(Error::Conflict(Conflict::AlreadyMember));
    }
    if open.iter().any(|other| domain::user::fold_email(&other.email) == folded) {
        return Err(Error::Conflict(Conflict::AlreadyInvited));
    }
    if budget.collaborators.len() + open.len() >= MEMBERS_MAX {
        return Err(Error::Conflict(Conflict::TooManyMembers));
    }
    Ok(budget)
}

/// The invitation is the actor's to answer, whose folded address is given, and waits for it.
pub(crate) fn may_answer(invite: Option<Invite>, email: &str, proof: InviteProof, now: Timestamp) -> Result<Invite> {
    let invite = invite.ok_or(Error::NotFound)?;
    let addressed = proof.address && domain::user::fold_email(&invite.email) == email;
    if !addressed && proof.token != Some(invite.token_hash) {
        return Err(Error::NotFound);
    }
    if invite.is_open(now) { Ok(invite) } else { Err(Error::Conflict(Conflict::InviteNotOpen)) }
}

/// The invitation, answered.
pub(crate) fn answered(invite: Invite, accept: bool) -> Invite {
    Invite { status: if accept { InviteStatus::Accepted } else { InviteStatus::Declined }, ..invite }
}

/// Why a member can't be changed, as an error.
pub(crate) fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Forbidden => Error::Forbidden,
        Refusal::OwnerStays => Error::Conflict(Conflict::OwnerStays),
        Refusal::NotAMember => Error::field("userId", Problem::NotFound),
        Refusal::Changed => Error::Conflict(Conflict::NewerChange(vec!["role".to_owned()])),
    }
}
