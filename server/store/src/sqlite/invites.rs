//! Members of budgets, and invitations to them.
use super::{
    SqliteStore, activity, budgets,
    codec::{Columns, all, each, first, instant, run},
    connection::Tx,
    failure::Outcome,
    members::{self, places},
    users,
};
use crate::sharing::{self, as_at_least, live};
use domain::{
    budget::Budget,
    ids::{BudgetId, InviteId, UserId},
    role::Role,
    secrets::Hash,
    sharing::{Collaborator, Invite, InviteStatus, MemberChange, judge},
    user::fold_email,
};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    activity::together::{of_invite, of_member, of_owner},
    error::Conflict,
    ports::{
        sharing::{InviteProof, Invited, PersonCard, SharingStore},
        store::Write,
    },
};

/// What [`read`] reads, in its order; the table is called `i`.
macro_rules! invite_columns {
    () => {
        "i.id, i.budget_id, i.email, i.role, i.token_hash, i.invited_by, i.created_at, i.expires_at, i.status"
    };
}

/// What [`read_invited`] reads, in its order.
macro_rules! invited {
    () => {
        concat!(
            "SELECT ",
            invite_columns!(),
            ", b.plan ->> 'name', u.name FROM budget_invites i JOIN budgets b ON b.id = i.budget_id
                 JOIN users u ON u.id = i.invited_by
             WHERE i.status = 'open' AND b.deleted_at IS NULL AND "
        )
    };
}

#[async_trait::async_trait]
impl SharingStore for SqliteStore {
    async fn people(&self, actor: UserId, budgets: &[BudgetId]) -> Result<Vec<PersonCard>> {
        let budgets = budgets.to_vec();
        self.read(move |connection| people(connection, actor, &budgets)).await
    }

    async fn invites(&self, actor: UserId, budget: BudgetId, now: Timestamp) -> Result<Vec<Invite>> {
        self.read(move |connection| {
            as_at_least(budgets::live(connection, actor, budget)?, Role::Admin)?;
            open_ones(connection, budget, now)
        })
        .await
    }

    async fn invites_to(&self, actor: UserId, now: Timestamp) -> Result<Vec<Invited>> {
        self.glance(move |connection| {
            all(
                connection,
                concat!(
                    invited!(),
                    "i.email_folded = (SELECT email_folded FROM users WHERE id = ?) AND i.expires_at > ?
                     ORDER BY i.created_at, i.id"
                ),
                params![actor.0, instant(now)],
                read_invited,
            )
        })
        .await
    }

    async fn invite_by_token(&self, _actor: UserId, token: Hash, now: Timestamp) -> Result<Option<Invited>> {
        self.read(move |connection| {
            let sql = concat!(invited!(), "i.token_hash = ? AND i.expires_at > ?");
            first(connection, sql, params![token, instant(now)], read_invited)
        })
        .await
    }

    async fn create_invite(&self, write: &Write, invite: &Invite) -> Result<Invite> {
        let invite = invite.clone();
        self.write(write, move |tx, write| create(tx, write, invite)).await
    }

    async fn withdraw_invite(&self, write: &Write, id: InviteId) -> Result<Invite> {
        self.write(write, move |tx, write| withdraw(tx, write, id)).await
    }

    async fn answer_invite(&self, write: &Write, id: InviteId, proof: InviteProof, accept: bool) -> Result<Budget> {
        self.write(write, move |tx, write| answer(tx, write, id, proof, accept)).await
    }

    async fn change_member(&self, write: &Write, id: BudgetId, user: UserId, change: MemberChange) -> Result<Budget> {
        self.write(write, move |tx, write| change_member(tx, write, id, user, change)).await
    }

    async fn hand_over_budget(&self, write: &Write, id: BudgetId, to: UserId) -> Result<Budget> {
        self.write(write, move |tx, write| hand_over(tx, write, id, to)).await
    }
}

fn people(connection: &Connection, actor: UserId, budgets: &[BudgetId]) -> Outcome<Vec<PersonCard>> {
    let mut found = Vec::new();
    for budget in budgets {
        let members = all(
            connection,
            concat!(
                "SELECT id, name, email, coalesce(preferences ->> '$.privacy.shareData', 1) FROM users WHERE id IN (
                     SELECT user_id FROM budgets WHERE id = ?2 UNION ALL
                     SELECT user_id FROM budget_members WHERE budget_id = ?2)
                 AND ?2 IN (",
                places!(),
                ")"
            ),
            params![actor.0, budget.0],
            |columns| {
                let (id, name, email) = (columns.id(UserId)?, columns.get()?, columns.get()?);
                Ok(PersonCard { id, name, email, shows_name: columns.get()? })
            },
        )?;
        found.extend(members);
    }
    found.sort_by_key(|person| person.id);
    found.dedup_by_key(|person| person.id);
    Ok(found)
}

fn create(tx: &Tx<'_>, write: &Write, invite: Invite) -> Outcome<Invite> {
    let found = budgets::live(tx, write.actor, invite.budget_id)?;
    let open = open_ones(tx, invite.budget_id, write.now)?;
    let sql = "SELECT email_folded FROM users WHERE id IN (
                   SELECT user_id FROM budgets WHERE id = ?1 UNION ALL
                   SELECT user_id FROM budget_members WHERE budget_id = ?1)";
    let members = all(tx, sql, params![invite.budget_id.0], |columns| columns.get::<String>())?;
    let budget = sharing::may_be_invited(found, &invite, &open, &members)?;
    // One that has ended makes room.
    let sql = "DELETE FROM budget_invites WHERE budget_id = ? AND status = 'open' AND expires_at <= ?";
    run(tx, sql, params![invite.budget_id.0, instant(write.now)])?;
    let invite = Invite { invited_by: write.actor, status: InviteStatus::Open, ..invite };
    insert(tx, &invite)?;
    activity::keep(tx, Some(of_invite(write, &budget, invite.id, None, Some(invite.role))))?;
    Ok(invite)
}

pub(super) fn insert(tx: &Tx<'_>, invite: &Invite) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO budget_invites (
             id, budget_id, email_folded, email, role, token_hash, invited_by, created_at, expires_at, status)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            invite.id.0,
            invite.budget_id.0,
            fold_email(&invite.email),
            invite.email,
            invite.role.as_str(),
            invite.token_hash,
            invite.invited_by.0,
            instant(invite.created_at),
            instant(invite.expires_at),
            invite.status.as_str(),
        ],
    )
    .map(drop)
}

fn withdraw(tx: &Tx<'_>, write: &Write, id: InviteId) -> Outcome<Invite> {
    let invite = load(tx, id)?.ok_or(Error::NotFound)?;
    let budget = as_at_least(budgets::live(tx, write.actor, invite.budget_id)?, Role::Admin)?;
    if !invite.is_open(write.now) {
        return Err(Error::Conflict(Conflict::InviteNotOpen).into());
    }
    activity::keep(tx, Some(of_invite(write, &budget, id, Some(invite.role), None)))?;
    set_status(tx, Invite { status: InviteStatus::Withdrawn, ..invite })
}

fn answer(tx: &Tx<'_>, write: &Write, id: InviteId, proof: InviteProof, accept: bool) -> Outcome<Budget> {
    let sql = "SELECT email_folded FROM users WHERE id = ?";
    let email = first(tx, sql, params![write.actor.0], |columns| columns.get::<String>())?.ok_or(Error::NotFound)?;
    let invite = sharing::may_answer(load(tx, id)?, &email, proof, write.now)?;
    let budget = budgets::whoevers(tx, invite.budget_id)?.filter(|budget| budget.deleted_at.is_none());
    let mut budget = budget.ok_or(Error::NotFound)?;
    let role = invite.role;
    if accept && budget.role_of(write.actor).is_some() {
        return Err(Error::Conflict(Conflict::AlreadyMember).into());
    }
    set_status(tx, sharing::answered(invite, accept))?;
    if accept {
        let before = budget.clone();
        budget.collaborators.push(Collaborator { user_id: write.actor, role, added_at: write.now });
        budget.sort_members();
        members::save(tx, &budget)?;
        activity::keep(tx, Some(of_member(write, &before, &budget, write.actor)))?;
        users::suggest_default(tx, write.actor, budget.id)?;
    }
    Ok(budget)
}

fn change_member(tx: &Tx<'_>, write: &Write, id: BudgetId, user: UserId, change: MemberChange) -> Outcome<Budget> {
    let (mut budget, _) = budgets::live(tx, write.actor, id)?.ok_or(Error::NotFound)?;
    judge(&budget, write.actor, user, change).map_err(sharing::refused)?;
    let before = budget.clone();
    if let Some(role) = change.role() {
        let theirs = budget.collaborators.iter_mut().filter(|member| member.user_id == user);
        theirs.for_each(|member| member.role = role);
    } else {
        budget.collaborators.retain(|member| member.user_id != user);
        let sql = "UPDATE users SET default_budget_id = NULL WHERE id = ? AND default_budget_id = ?";
        run(tx, sql, params![user.0, id.0])?;
    }
    if change.role() != Some(Role::Admin) {
        let sql =
            "UPDATE budget_invites SET status = 'withdrawn' WHERE budget_id = ? AND invited_by = ? AND status = 'open'";
        run(tx, sql, params![id.0, user.0])?;
    }
    members::save(tx, &budget)?;
    if before.role_of(user) != budget.role_of(user) {
        activity::keep(tx, Some(of_member(write, &before, &budget, user)))?;
    }
    Ok(budget)
}

fn hand_over(tx: &Tx<'_>, write: &Write, id: BudgetId, to: UserId) -> Outcome<Budget> {
    let mut budget = as_at_least(live(budgets::load(tx, write.actor, id)?), Role::Owner)?;
    let before = budget.clone();
    if !budget.hand_over(to, write.now) {
        return Err(sharing::refused(domain::sharing::Refusal::NotAMember).into());
    }
    members::save(tx, &budget)?;
    activity::keep(tx, Some(of_owner(write, &before, &budget)))?;
    Ok(budget)
}

fn set_status(tx: &Tx<'_>, invite: Invite) -> Outcome<Invite> {
    run(tx, "UPDATE budget_invites SET status = ? WHERE id = ?", params![invite.status.as_str(), invite.id.0])?;
    Ok(invite)
}

fn open_ones(connection: &Connection, budget: BudgetId, now: Timestamp) -> Outcome<Vec<Invite>> {
    let sql = concat!(
        "SELECT ",
        invite_columns!(),
        " FROM budget_invites i WHERE i.budget_id = ? AND i.status = 'open' AND i.expires_at > ? ORDER BY i.created_at, i.id"
    );
    all(connection, sql, params![budget.0, instant(now)], read)
}

fn load(connection: &Connection, id: InviteId) -> Outcome<Option<Invite>> {
    let sql = concat!("SELECT ", invite_columns!(), " FROM budget_invites i WHERE i.id = ?");
    first(connection, sql, params![id.0], read)
}

/// Each invitation there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Invite) -> Outcome<()>) -> Outcome<()> {
    let sql = concat!("SELECT ", invite_columns!(), " FROM budget_invites i ORDER BY i.id");
    each(connection, sql, [], |columns| give(read(columns)?))
}

fn read(columns: &mut Columns<'_, '_>) -> Outcome<Invite> {
    Ok(Invite {
        id: columns.id(InviteId)?,
        budget_id: columns.id(BudgetId)?,
        email: columns.get()?,
        role: columns.word()?,
        token_hash: columns.get()?,
        invited_by: columns.id(UserId)?,
        created_at: columns.instant()?,
        expires_at: columns.instant()?,
        status: columns.word()?,
    })
}

fn read_invited(columns: &mut Columns<'_, '_>) -> Outcome<Invited> {
    Ok(Invited { invite: read(columns)?, budget: columns.get()?, inviter: columns.get()? })
}
