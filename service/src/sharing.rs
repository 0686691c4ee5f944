//! Budgets with several members: invited by an address, members once they accept, seen and changed by each other.
use crate::{
    Actor, Error, Idempotency, Result, Services,
    auth::hash_secret,
    budgets::{self, replayed, write},
    mail::{Letter, Mail},
    ports::sharing::{InviteProof, Invited, PersonCard},
};
use domain::{
    budget::Budget,
    ids::{BudgetId, InviteId, UserId},
    input::Value,
    role::Role,
    sharing::{self, Invite, InviteStatus},
    user::fold_email,
};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// An invitation counts so long.
const LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// So often in [`WINDOW`] somebody may invite: each time a mail is sent to an address of their choice.
const MOST: u64 = 30;
/// How long they are counted.
const WINDOW: Duration = Duration::from_hours(1);

/// Somebody who has part in a budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: UserId,
    /// What they are called; empty where they don't show it, but for admins and for themself.
    pub name: String,
    /// Their address, for admins and for themself.
    pub email: Option<String>,
    /// As what.
    pub role: Role,
    /// Since when; none: it was theirs from the beginning.
    pub added_at: Option<Timestamp>,
}

/// A budget with all who have part in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Members {
    /// The budget.
    pub budget: Budget,
    /// What the actor may do.
    pub role: Role,
    /// The owner first, then in the order in which they came.
    pub members: Vec<Member>,
    /// Those who have been invited and have not answered; for admins.
    pub invites: Vec<Invite>,
}

/// All who have part in a budget.
pub async fn members(services: &Services, actor: &Actor, id: BudgetId) -> Result<Members> {
    let (budget, role) = budgets::get(services, actor, id).await?;
    let people = services.store.people(actor.user.id, &[id]).await?;
    let invites =
        if role >= Role::Admin { services.store.invites(actor.user.id, id, services.now()).await? } else { Vec::new() };
    let member = |user: UserId| {
        let person = people.iter().find(|person| person.id == user)?;
        let since = budget.collaborators.iter().find(|member| member.user_id == user);
        let may_know = role >= Role::Admin || user == actor.user.id;
        Some(Member {
            id: user,
            name: if may_know || person.shows_name { person.name.clone() } else { String::new() },
            email: may_know.then(|| person.email.clone()),
            role: budget.role_of(user)?,
            added_at: since.map(|member| member.added_at),
        })
    };
    let members = budget.members().filter_map(member).collect();
    Ok(Members { budget, role, members, invites })
}

/// All who have part in budgets that the actor shares with others: for the names beside what they have entered.
pub async fn people(services: &Services, actor: &Actor, budgets: &[Budget]) -> Result<Vec<PersonCard>> {
    let shared: Vec<BudgetId> = budgets.iter().filter(|budget| budget.is_shared()).map(|budget| budget.id).collect();
    if shared.is_empty() { Ok(Vec::new()) } else { services.store.people(actor.user.id, &shared).await }
}

/// Invites somebody by their address, with or without an account, to a role that is not above one's own.
pub async fn invite(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    input: &Value,
) -> Result<Invite> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    budgets::get_as(services, actor, id, Role::Admin).await?;
    let new = sharing::read_invite(input)?;
    let now = services.now();
    let counted = services.limits.count(&format!("invite:{}", actor.user.id), WINDOW, now).await?;
    if counted.count > MOST {
        return Err(Error::RateLimited { retry_after: counted.reset });
    }
    let secret = services.secret();
    let invite = Invite {
        id: InviteId(services.random.id(now)),
        budget_id: id,
        email: new.email,
        role: new.role,
        token_hash: hash_secret(&secret),
        invited_by: actor.user.id,
        created_at: now,
        expires_at: now.checked_add(LASTS).unwrap_or(Timestamp::MAX),
        status: InviteStatus::Open,
    };
    let mut write = write(services, actor, key);
    if services.settings.mail {
        let letter = Letter::Invited { token: secret, by: actor.user.name.clone() };
        write.jobs.push(services.mail(&mail(services, actor, &invite, letter).await?, None, None)?);
    }
    let invite = services.store.create_invite(&write, &invite).await?;
    services.wake();
    services.members_changed(actor, id).await;
    Ok(invite)
}

/// In the language of who is invited where they have an account, else in that of who invites.
async fn mail(services: &Services, actor: &Actor, invite: &Invite, letter: Letter) -> Result<Mail> {
    let known = services.store.credentials(&fold_email(&invite.email)).await?;
    Ok(match known {
        Some(person) => Mail { to: invite.email.clone(), ..Mail::to(&person.user, letter) },
        None => Mail { to: invite.email.clone(), name: String::new(), ..Mail::to(&actor.user, letter) },
    })
}

/// Takes an invitation back.
pub async fn withdraw(services: &Services, actor: &Actor, key: Option<Idempotency>, id: InviteId) -> Result<Invite> {
    let invite = services.store.withdraw_invite(&write(services, actor, key), id).await?;
    services.members_changed(actor, invite.budget_id).await;
    Ok(invite)
}

/// Open invitations to the actor: those to their address, and the one of a mail's link, if it is given.
pub async fn invites(services: &Services, actor: &Actor, token: Option<&str>) -> Result<Vec<Invited>> {
    let (id, now) = (actor.user.id, services.now());
    let mut found =
        if address_counts(services, actor) { services.store.invites_to(id, now).await? } else { Vec::new() };
    if let Some(token) = token
        && let Some(by_link) = services.store.invite_by_token(id, hash_secret(token), now).await?
        && found.iter().all(|other| other.invite.id != by_link.invite.id)
    {
        found.push(by_link);
    }
    Ok(found)
}

/// Where mail is sent an address counts once it is verified; elsewhere nothing could verify it.
fn address_counts(services: &Services, actor: &Actor) -> bool {
    actor.user.is_email_verified || !services.settings.mail
}

/// Becomes a member. `input`: {token?}, for who has the mail and another address. Answers the budget.
pub async fn accept(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: InviteId,
    input: &Value,
) -> Result<Budget> {
    answer(services, actor, key, id, input, true).await
}

/// Doesn't want to.
pub async fn decline(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: InviteId,
    input: &Value,
) -> Result<()> {
    answer(services, actor, key, id, input, false).await.map(drop)
}

async fn answer(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: InviteId,
    input: &Value,
    accept: bool,
) -> Result<Budget> {
    let token = sharing::read_token(input)?.map(|token| hash_secret(&token));
    let proof = InviteProof { address: address_counts(services, actor), token };
    let budget = services.store.answer_invite(&write(services, actor, key), id, proof, accept).await?;
    services.told_members(actor, &budget, &[actor.user.id]).await;
    Ok(budget)
}

/// Gives a member another role, or takes them out: `input` is {userId, role} or {userId, remove: true}. Everybody but the
/// owner may take themself out. Answers the budget as it is then.
pub async fn collaborate(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    input: &Value,
) -> Result<Budget> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    budgets::get(services, actor, id).await?;
    let (user, change) = sharing::read_member_change(input)?;
    let budget = services.store.change_member(&write(services, actor, key), id, user, change).await?;
    // Who is out hears it once, and nothing more.
    services.told_members(actor, &budget, &[user]).await;
    Ok(budget)
}

/// Makes a member the owner: `input` is {userId}. The old owner stays as an admin.
pub async fn hand_over(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    input: &Value,
) -> Result<Budget> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    budgets::get_as(services, actor, id, Role::Owner).await?;
    let to = sharing::read_heir(input)?;
    let budget = services.store.hand_over_budget(&write(services, actor, key), id, to).await?;
    services.told_members(actor, &budget, &[]).await;
    Ok(budget)
}
