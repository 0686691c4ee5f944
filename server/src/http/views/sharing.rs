//! Members of budgets, and invitations.
use domain::sharing::{Collaborator, Invite};
use jiff::Timestamp;
use serde::Serialize;
use service::{
    ports::sharing::Invited,
    sharing::{Member, Members},
};
use utoipa::ToSchema;

/// Somebody who has part in another one's budget.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CollaboratorView {
    user_id: String,
    /// view, edit, admin
    role: &'static str,
    #[schema(value_type = String, format = DateTime)]
    added_at: Timestamp,
}

impl From<Collaborator> for CollaboratorView {
    fn from(member: Collaborator) -> Self {
        Self { user_id: member.user_id.to_string(), role: member.role.as_str(), added_at: member.added_at }
    }
}

/// Who has part in a budget.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembersView {
    /// The owner first, then in the order in which they came.
    members: Vec<MemberView>,
    /// Those who have not answered yet; none for who is no admin.
    invites: Vec<InviteView>,
    /// What the reader may do: owner, admin, edit, view
    role: &'static str,
}

/// Somebody who has part in a budget.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MemberView {
    user_id: String,
    /// Empty where they don't show it (`privacy.shareData`), but for admins and for themself.
    name: String,
    /// For admins, and one's own.
    email: Option<String>,
    /// owner, admin, edit, view
    role: &'static str,
    /// null for the owner
    #[schema(value_type = Option<String>, format = DateTime)]
    added_at: Option<Timestamp>,
}

/// `data` of one invitation.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneInvite {
    /// The invitation.
    invite: InviteView,
}

/// An invitation, as members see it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct InviteView {
    id: String,
    budget_id: String,
    email: String,
    /// view, edit, admin
    role: &'static str,
    /// Who has sent it.
    invited_by: String,
    /// open, accepted, declined, withdrawn
    status: &'static str,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// 14 days later.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// An invitation, as who is invited sees it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InvitedView {
    id: String,
    /// What the budget is called.
    budget_name: String,
    /// What who has sent it is called.
    invited_by: String,
    /// view, edit, admin
    role: &'static str,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl From<Members> for MembersView {
    fn from(found: Members) -> Self {
        Self {
            members: found.members.into_iter().map(MemberView::from).collect(),
            invites: found.invites.into_iter().map(InviteView::from).collect(),
            role: found.role.as_str(),
        }
    }
}

impl From<Member> for MemberView {
    fn from(member: Member) -> Self {
        let Member { id, name, email, role, added_at } = member;
        Self { user_id: id.to_string(), name, email, role: role.as_str(), added_at }
    }
}

impl From<Invite> for InviteView {
    fn from(invite: Invite) -> Self {
        Self {
            id: invite.id.to_string(),
            budget_id: invite.budget_id.to_string(),
            email: invite.email,
            role: invite.role.as_str(),
            invited_by: invite.invited_by.to_string(),
            status: invite.status.as_str(),
            created_at: invite.created_at,
            expires_at: invite.expires_at,
        }
    }
}

impl From<Invite> for OneInvite {
    fn from(invite: Invite) -> Self {
        Self { invite: invite.into() }
    }
}

impl From<Invited> for InvitedView {
    fn from(Invited { invite, budget, inviter }: Invited) -> Self {
        Self {
            id: invite.id.to_string(),
            budget_name: budget,
            invited_by: inviter,
            role: invite.role.as_str(),
            created_at: invite.created_at,
            expires_at: invite.expires_at,
        }
    }
}
