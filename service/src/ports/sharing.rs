//! Budgets with several members: who they are, who is invited, what becomes of them. As everywhere in the store, a budget
//! that the actor has no part in is not found; one that they may see but not do this with is forbidden.
use crate::{Result, ports::store::Write};
use domain::{
    budget::Budget,
    ids::{BudgetId, InviteId, UserId},
    secrets::Hash,
    sharing::{Invite, MemberChange},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A member of a budget, as the others may come to know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonCard {
    /// Who.
    pub id: UserId,
    /// What they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether their name may stand beside what they have entered.
    pub shows_name: bool,
}

/// An invitation, as who is invited sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invited {
    /// The invitation.
    pub invite: Invite,
    /// What the budget is called.
    pub budget: String,
    /// What who has invited them is called.
    pub inviter: String,
}

/// How somebody shows that an invitation is for them: one is enough.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InviteProof {
    /// Their address is known to be theirs: what was sent to it is for them.
    pub address: bool,
    /// They have the secret of the mail's link, by its SHA-256.
    pub token: Option<Hash>,
}

/// Members and invitations.
#[async_trait::async_trait]
pub trait SharingStore: Send + Sync {
    /// All who have part in those of the budgets that the actor has part in, each once, by id.
    async fn people(&self, actor: UserId, budgets: &[BudgetId]) -> Result<Vec<PersonCard>>;
    /// The open invitations of a budget, the oldest first; for its admins.
    async fn invites(&self, actor: UserId, budget: BudgetId, now: Timestamp) -> Result<Vec<Invite>>;
    /// The open invitations to the actor's address, the oldest first. Whether it is theirs is the use-case's to judge.
    async fn invites_to(&self, actor: UserId, now: Timestamp) -> Result<Vec<Invited>>;
    /// The open invitation with that link.
    async fn invite_by_token(&self, actor: UserId, token: Hash, now: Timestamp) -> Result<Option<Invited>>;
    /// A new one, by an admin. Conflicts: [`AlreadyMember`](crate::error::Conflict::AlreadyMember),
    /// [`AlreadyInvited`](crate::error::Conflict::AlreadyInvited),
    /// [`TooManyMembers`](crate::error::Conflict::TooManyMembers).
    async fn create_invite(&self, write: &Write, invite: &Invite) -> Result<Invite>;
    /// An admin takes one back. [`InviteNotOpen`](crate::error::Conflict::InviteNotOpen) where it was answered already.
    async fn withdraw_invite(&self, write: &Write, id: InviteId) -> Result<Invite>;
    /// Who is invited becomes a member, or doesn't want to. The same conflict; and `AlreadyMember` for who is one already,
    /// which leaves it open. The budget as it is then.
    async fn answer_invite(&self, write: &Write, id: InviteId, proof: InviteProof, accept: bool) -> Result<Budget>;
    /// Another role, or an end, by the rules of [`domain::sharing::judge`]; who is no admin any more has invited nobody.
    /// The budget as it is then.
    async fn change_member(&self, write: &Write, id: BudgetId, user: UserId, change: MemberChange) -> Result<Budget>;
    /// The owner makes a member the owner, and stays as an admin.
    async fn hand_over_budget(&self, write: &Write, id: BudgetId, to: UserId) -> Result<Budget>;
}
