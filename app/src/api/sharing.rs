//! Members and invitations, made ready to be shown; and the queries that give them.
#![allow(missing_docs, reason = "the macro makes a struct of each query's arguments; they are documented at the query")]

use super::codec::Json;
#[cfg(feature = "ssr")]
use super::queries::{answer, caller, read_id};
use crate::error::ApiError;
#[cfg(feature = "ssr")]
use domain::budget::Budget;
use domain::{
    Date,
    ids::{BudgetId, InviteId, UserId},
    role::Role,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// Who has part in a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharePage {
    /// Which.
    pub id: BudgetId,
    /// What it is called.
    pub name: String,
    /// What the reader may do.
    pub role: Role,
    /// The owner first.
    pub members: Vec<MemberRow>,
    /// Those who have not answered; for admins.
    pub invites: Vec<InviteRow>,
}

/// Somebody who has part in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// Who.
    pub id: UserId,
    /// What they are called.
    pub name: String,
    /// Their address, for admins.
    pub email: Option<String>,
    /// As what.
    pub role: Role,
    /// Since when; none for the owner.
    #[serde(with = "domain::wire::date::optional", default)]
    pub since: Option<Date>,
}

/// Somebody who has been invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteRow {
    /// Which invitation.
    pub id: InviteId,
    /// To which address.
    pub email: String,
    /// As what.
    pub role: Role,
    /// It counts until then.
    #[serde(with = "domain::wire::date")]
    pub until: Date,
}

/// An invitation to the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Which.
    pub id: InviteId,
    /// What the budget is called.
    pub budget: String,
    /// What who has sent it is called.
    pub by: String,
    /// As what.
    pub role: Role,
    /// It counts until then.
    #[serde(with = "domain::wire::date")]
    pub until: Date,
}

/// Invitations to the reader, and whether their address counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitesPage {
    /// The oldest first.
    pub invites: Vec<Invitation>,
    /// An address that is not confirmed finds none.
    pub unverified: bool,
}

/// Who has part in a budget.
#[server(name = GetSharePage, prefix = "/_fn/q", endpoint = "share", input = GetUrl, output = Json)]
pub async fn share_page(id: String) -> Result<SharePage, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let actor = caller.actor()?;
        let found = service::sharing::members(&caller.services, actor, read_id(&id)?).await?;
        let day = |at| caller.services.zones.date_in(at, &actor.user.preferences.timezone);
        let members = found.members.into_iter().map(|member| {
            let service::sharing::Member { id, name, email, role, added_at } = member;
            let name = if name.is_empty() { unnamed(&caller) } else { name };
            MemberRow { id, name, email, role, since: added_at.map(day) }
        });
        let invites = found.invites.into_iter().map(|invite| {
            let domain::sharing::Invite { id, email, role, expires_at, .. } = invite;
            InviteRow { id, email, role, until: day(expires_at) }
        });
        let (members, invites) = (members.collect(), invites.collect());
        Ok(SharePage { id: found.budget.id, name: found.budget.plan.name, role: found.role, members, invites })
    })
    .await
}

/// Invitations to the caller; `token`: of a mail's link.
#[server(name = GetInvites, prefix = "/_fn/q", endpoint = "invites", input = GetUrl, output = Json)]
pub async fn invites(token: Option<String>) -> Result<InvitesPage, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let actor = caller.actor()?;
        let found = service::sharing::invites(&caller.services, actor, token.as_deref()).await?;
        let day = |at| caller.services.zones.date_in(at, &actor.user.preferences.timezone);
        let invites = found.into_iter().map(|found| Invitation {
            id: found.invite.id,
            role: found.invite.role,
            until: day(found.invite.expires_at),
            budget: found.budget,
            by: found.inviter,
        });
        let unverified = caller.services.settings.mail && !actor.user.is_email_verified;
        Ok(InvitesPage { invites: invites.collect(), unverified })
    })
    .await
}

/// Names of those who have part in the caller's budgets; only of those who let them stand beside what they enter. None: they
/// don't.
#[cfg(feature = "ssr")]
pub(super) async fn people(
    caller: &super::Caller,
    budgets: &[Budget],
) -> service::Result<std::collections::BTreeMap<String, Option<String>>> {
    let found = service::sharing::people(&caller.services, caller.actor()?, budgets).await?;
    Ok(found.into_iter().map(|person| (person.id.to_string(), person.shows_name.then_some(person.name))).collect())
}

/// What stands for the name of a member who does not show it.
#[cfg(feature = "ssr")]
pub(super) fn unnamed(caller: &super::Caller) -> String {
    crate::i18n::messages(caller.locale.language()).expenses.a_member.to_owned()
}
