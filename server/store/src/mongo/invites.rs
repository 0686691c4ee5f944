//! Members of budgets, and invitations to them.
use super::{
    MongoStore, activity, budgets,
    failure::{Failure, Outcome},
    transaction::{Tx, lock_budget},
    users,
    values::{binary, hash, instant, oid, to_instant},
};
use crate::sharing::{self, as_at_least, live};
use domain::{
    budget::Budget,
    ids::{BudgetId, InviteId, UserId},
    role::Role,
    secrets::Hash,
    sharing::{Collaborator, Invite, InviteStatus, MemberChange, Refusal, judge},
    user::fold_email,
};
use jiff::Timestamp;
use mongodb::{
    bson::{Binary, Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    activity::together::{of_invite, of_member, of_owner},
    error::Conflict,
    ports::{
        sharing::{InviteProof, Invited, PersonCard, SharingStore},
        store::Write,
    },
};
use std::sync::Arc;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct InviteDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    budget_id: ObjectId,
    email_folded: String,
    email: String,
    role: Role,
    token_hash: Binary,
    invited_by: ObjectId,
    created_at: i64,
    expires_at: i64,
    status: InviteStatus,
}

#[async_trait::async_trait]
impl SharingStore for MongoStore {
    async fn people(&self, actor: UserId, budgets: &[BudgetId]) -> Result<Vec<PersonCard>> {
        self.plain((actor, budgets), |tx, (actor, budgets)| Box::pin(people(tx, *actor, budgets))).await
    }

    async fn invites(&self, actor: UserId, budget: BudgetId, now: Timestamp) -> Result<Vec<Invite>> {
        self.plain((actor, budget, now), |tx, (actor, budget, now)| {
            Box::pin(async move {
                as_at_least(budgets::live(tx, *actor, *budget).await?, Role::Admin)?;
                open_ones(tx, doc! { "budgetId": oid(budget.0) }, *now).await
            })
        })
        .await
    }

    async fn invites_to(&self, actor: UserId, now: Timestamp) -> Result<Vec<Invited>> {
        self.plain((actor, now), |tx, (actor, now)| {
            Box::pin(async move {
                let Some(person) = users::load(tx, *actor).await? else { return Ok(Vec::new()) };
                invited(tx, doc! { "emailFolded": fold_email(&person.email) }, *now).await
            })
        })
        .await
    }

    async fn invite_by_token(&self, _actor: UserId, token: Hash, now: Timestamp) -> Result<Option<Invited>> {
        self.plain((token, now), |tx, (token, now)| {
            Box::pin(async move { Ok(invited(tx, doc! { "tokenHash": binary(token) }, *now).await?.pop()) })
        })
        .await
    }

    async fn create_invite(&self, write: &Write, invite: &Invite) -> Result<Invite> {
        self.write(write, invite, |tx, write, invite| Box::pin(create(tx, write, invite))).await
    }

    async fn withdraw_invite(&self, write: &Write, id: InviteId) -> Result<Invite> {
        self.write(write, id, |tx, write, id| Box::pin(withdraw(tx, write, *id))).await
    }

    async fn answer_invite(&self, write: &Write, id: InviteId, proof: InviteProof, accept: bool) -> Result<Budget> {
        self.write(write, (id, proof, accept), |tx, write, (id, proof, accept)| {
            Box::pin(answer(tx, write, *id, *proof, *accept))
        })
        .await
    }

    async fn change_member(&self, write: &Write, id: BudgetId, user: UserId, change: MemberChange) -> Result<Budget> {
        self.write(write, (id, user, change), |tx, write, (id, user, change)| {
            Box::pin(change_member(tx, write, *id, *user, *change))
        })
        .await
    }

    async fn hand_over_budget(&self, write: &Write, id: BudgetId, to: UserId) -> Result<Budget> {
        self.write(write, (id, to), |tx, write, (id, to)| Box::pin(hand_over(tx, write, *id, *to))).await
    }
}

async fn people(tx: &mut Tx, actor: UserId, of: &[BudgetId]) -> Outcome<Vec<PersonCard>> {
    let named: Vec<ObjectId> = of.iter().map(|id| oid(id.0)).collect();
    let seen = doc! { "$and": [{ "_id": { "$in": named } }, budgets::with(actor)] };
    let found = budgets::all(tx, seen, doc! { "_id": 1 }).await?;
    let ids: Vec<UserId> = found.iter().flat_map(Budget::members).collect();
    let card = |user: domain::user::User| PersonCard {
        id: user.id,
        name: user.name,
        email: user.email,
        shows_name: user.preferences.privacy.share_data,
    };
    let mut found: Vec<PersonCard> = users::some(tx, &ids).await?.into_iter().map(card).collect();
    found.sort_by_key(|person| person.id);
    Ok(found)
}

async fn create(tx: &mut Tx, write: &Write, invite: &Invite) -> Outcome<Invite> {
    lock_budget(tx, invite.budget_id).await?;
    let found = budgets::live(tx, write.actor, invite.budget_id).await?;
    let of_budget = doc! { "budgetId": oid(invite.budget_id.0) };
    let open = open_ones(tx, of_budget.clone(), write.now).await?;
    let ids: Vec<UserId> = found.iter().flat_map(|(budget, _)| budget.members()).collect();
    let members = users::some(tx, &ids).await?;
    let members: Vec<String> = members.iter().map(|member| fold_email(&member.email)).collect();
    let budget = sharing::may_be_invited(found, invite, &open, &members)?;
    // One that has ended makes room.
    let tables = Arc::clone(&tx.tables);
    let mut ended = of_budget;
    ended.extend(doc! { "status": "open", "expiresAt": { "$lte": instant(write.now) } });
    tx.session.delete(&tables.budget_invites, ended).await?;
    let invite = Invite { invited_by: write.actor, status: InviteStatus::Open, ..invite.clone() };
    tx.session.insert(&tables.budget_invites, &InviteDoc::from(&invite)).await?;
    activity::keep(tx, Some(of_invite(write, &budget, invite.id, None, Some(invite.role)))).await?;
    Ok(invite)
}

async fn withdraw(tx: &mut Tx, write: &Write, id: InviteId) -> Outcome<Invite> {
    let invite = load(tx, id).await?.ok_or(Error::NotFound)?;
    lock_budget(tx, invite.budget_id).await?;
    let budget = as_at_least(budgets::live(tx, write.actor, invite.budget_id).await?, Role::Admin)?;
    if !invite.is_open(write.now) {
        return Err(Error::Conflict(Conflict::InviteNotOpen).into());
    }
    activity::keep(tx, Some(of_invite(write, &budget, id, Some(invite.role), None))).await?;
    set_status(tx, Invite { status: InviteStatus::Withdrawn, ..invite }).await
}

async fn answer(tx: &mut Tx, write: &Write, id: InviteId, proof: InviteProof, accept: bool) -> Outcome<Budget> {
    let person = users::load(tx, write.actor).await?.ok_or(Error::NotFound)?;
    let invite = sharing::may_answer(load(tx, id).await?, &fold_email(&person.email), proof, write.now)?;
    lock_budget(tx, invite.budget_id).await?;
    let budget = budgets::whoevers(tx, invite.budget_id).await?.filter(|budget| budget.deleted_at.is_none());
    let mut budget = budget.ok_or(Error::NotFound)?;
    let role = invite.role;
    if accept && budget.role_of(write.actor).is_some() {
        return Err(Error::Conflict(Conflict::AlreadyMember).into());
    }
    set_status(tx, sharing::answered(invite, accept)).await?;
    if accept {
        let before = budget.clone();
        budget.collaborators.push(Collaborator { user_id: write.actor, role, added_at: write.now });
        budget.sort_members();
        budgets::save_members(tx, &budget).await?;
        activity::keep(tx, Some(of_member(write, &before, &budget, write.actor))).await?;
        users::suggest_default(tx, write.actor, budget.id).await?;
    }
    Ok(budget)
}

async fn change_member(
    tx: &mut Tx,
    write: &Write,
    id: BudgetId,
    user: UserId,
    change: MemberChange,
) -> Outcome<Budget> {
    lock_budget(tx, id).await?;
    let (mut budget, _) = budgets::live(tx, write.actor, id).await?.ok_or(Error::NotFound)?;
    judge(&budget, write.actor, user, change).map_err(sharing::refused)?;
    let before = budget.clone();
    if let Some(role) = change.role() {
        let theirs = budget.collaborators.iter_mut().filter(|member| member.user_id == user);
        theirs.for_each(|member| member.role = role);
    } else {
        budget.collaborators.retain(|member| member.user_id != user);
        users::forget_default(tx, user, id).await?;
    }
    if change.role() != Some(Role::Admin) {
        let tables = Arc::clone(&tx.tables);
        let theirs = doc! { "budgetId": oid(id.0), "invitedBy": oid(user.0), "status": "open" };
        let withdrawn = doc! { "$set": { "status": "withdrawn" } };
        tx.session.update_all(&tables.budget_invites, theirs, withdrawn).await?;
    }
    budgets::save_members(tx, &budget).await?;
    if before.role_of(user) != budget.role_of(user) {
        activity::keep(tx, Some(of_member(write, &before, &budget, user))).await?;
    }
    Ok(budget)
}

async fn hand_over(tx: &mut Tx, write: &Write, id: BudgetId, to: UserId) -> Outcome<Budget> {
    lock_budget(tx, id).await?;
    let mut budget = as_at_least(live(budgets::load(tx, write.actor, id).await?), Role::Owner)?;
    let before = budget.clone();
    if !budget.hand_over(to, write.now) {
        return Err(sharing::refused(Refusal::NotAMember).into());
    }
    budgets::save_members(tx, &budget).await?;
    activity::keep(tx, Some(of_owner(write, &before, &budget))).await?;
    Ok(budget)
}

async fn set_status(tx: &mut Tx, invite: Invite) -> Outcome<Invite> {
    let tables = Arc::clone(&tx.tables);
    let status = doc! { "$set": { "status": invite.status.as_str() } };
    tx.session.update(&tables.budget_invites, doc! { "_id": oid(invite.id.0) }, status).await?;
    Ok(invite)
}

/// Those that fit and wait for an answer, the oldest first.
async fn open_ones(tx: &mut Tx, mut filter: Document, now: Timestamp) -> Outcome<Vec<Invite>> {
    filter.extend(doc! { "status": "open", "expiresAt": { "$gt": instant(now) } });
    let oldest = FindOptions::builder().sort(doc! { "createdAt": 1, "_id": 1 }).build();
    let tables = Arc::clone(&tx.tables);
    let found = tx.session.all(&tables.budget_invites, filter, oldest).await?;
    found.into_iter().map(Invite::try_from).collect()
}

/// The same, as who is invited sees them.
async fn invited(tx: &mut Tx, filter: Document, now: Timestamp) -> Outcome<Vec<Invited>> {
    let mut found = Vec::new();
    for invite in open_ones(tx, filter, now).await? {
        let budget = budgets::whoevers(tx, invite.budget_id).await?.filter(|budget| budget.deleted_at.is_none());
        let inviter = users::load(tx, invite.invited_by).await?;
        if let (Some(budget), Some(inviter)) = (budget, inviter) {
            found.push(Invited { invite, budget: budget.plan.name, inviter: inviter.name });
        }
    }
    Ok(found)
}

async fn load(tx: &mut Tx, id: InviteId) -> Outcome<Option<Invite>> {
    let tables = Arc::clone(&tx.tables);
    tx.session.first(&tables.budget_invites, doc! { "_id": oid(id.0) }).await?.map(Invite::try_from).transpose()
}

impl From<&Invite> for InviteDoc {
    fn from(invite: &Invite) -> Self {
        Self {
            id: oid(invite.id.0),
            budget_id: oid(invite.budget_id.0),
            email_folded: fold_email(&invite.email),
            email: invite.email.clone(),
            role: invite.role,
            token_hash: binary(&invite.token_hash),
            invited_by: oid(invite.invited_by.0),
            created_at: instant(invite.created_at),
            expires_at: instant(invite.expires_at),
            status: invite.status,
        }
    }
}

impl TryFrom<InviteDoc> for Invite {
    type Error = Failure;
    fn try_from(stored: InviteDoc) -> Outcome<Self> {
        Ok(Self {
            id: InviteId(stored.id.bytes()),
            budget_id: BudgetId(stored.budget_id.bytes()),
            email: stored.email,
            role: stored.role,
            token_hash: hash(stored.token_hash)?,
            invited_by: UserId(stored.invited_by.bytes()),
            created_at: to_instant(stored.created_at)?,
            expires_at: to_instant(stored.expires_at)?,
            status: stored.status,
        })
    }
}
