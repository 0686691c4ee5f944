//! The end of an account: asked for, fourteen days in which its owner may change their mind, and then all of it gone.
//!
//! From the moment that it is asked for nobody is signed in any more and no key counts. Whoever signs in again sees until
//! when the account can be kept, and may do that, take their data along, and nothing else ([`may_still`]).
use crate::{
    Actor, Error, Result, Services,
    auth::Device,
    error::Conflict,
    mail::{Letter, Mail},
    people::Follow,
    ports::{activity::Trace, blobs::BlobId, jobs::NewJob, store::ImportStatus, store::Write},
};
use domain::{
    ids::{JobId, UserId},
    input::Value,
    session::Session,
    user::{self, User},
};
use jiff::{SignedDuration, Timestamp};

/// The kind of job that takes everything out.
pub const ERASE: &str = "delete_account";
/// The time to change one's mind in.
pub const GRACE: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Imports that are looked through together.
const AT_ONCE: u32 = 200;

/// An account that is about to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving {
    /// Then.
    pub delete_after: Timestamp,
    /// The job that will do it.
    pub job: JobId,
}

/// Asks for the end. The password is asked for; where there is none, somebody who has signed in just now.
/// [`Conflict::Leaving`] where it was asked for already: the time does not begin anew.
pub async fn ask(
    services: &Services,
    actor: &Actor,
    session: &Session,
    input: &Value,
    device: &Device,
) -> Result<Leaving> {
    let typed = user::read_fresh_proof(input)?;
    let proven = services.prove_or_fresh(actor, session, typed.as_deref(), device).await?;
    let now = services.now();
    let delete_after = now.checked_add(GRACE).unwrap_or(Timestamp::MAX);
    let id = actor.user.id;
    // With the time in it: one that was asked for before and taken back is still there, and will find nothing to do.
    let key = format!("{ERASE}:{id}:{}", delete_after.as_second());
    let erase = NewJob { run_at: delete_after, ..services.job(ERASE, &id, Some(id), Some(key))? };
    let job = erase.id;
    let on = services.zones.date_in(delete_after, &actor.user.preferences.timezone);
    let mail = services.mail(&Mail::to(&actor.user, Letter::AccountEnding { on }), Some(id), None)?;
    services
        .change_person(id, Follow { jobs: vec![erase, mail] }, |person| {
            proven.holds_for(person)?;
            if person.user.standing.delete_after.is_some() {
                return Err(Error::Conflict(Conflict::Leaving));
            }
            person.user.standing.delete_after = Some(delete_after);
            person.user.auth_epoch += 1;
            person.secrets.api_keys.clear();
            person.secrets.tokens.clear();
            Ok(())
        })
        .await?;
    end_sessions(services, id).await?;
    services.user_changed(actor).await;
    services.wake();
    Ok(Leaving { delete_after, job })
}

/// Whether there is a password to ask for.
pub async fn has_password(services: &Services, actor: &Actor) -> Result<bool> {
    let person = services.store.person(actor.user.id).await?.ok_or(Error::Unauthorized)?;
    Ok(person.password_hash.is_some())
}

/// They have changed their mind. [`Conflict::NotLeaving`] where nothing was asked for.
pub async fn keep(services: &Services, actor: &Actor) -> Result<User> {
    let kept = services.change_person(actor.user.id, Follow::default(), |person| {
        // Once it has begun there is nothing left to be kept.
        if person.user.standing.delete_after.is_none() || person.user.disabled_at.is_some() {
            return Err(Error::Conflict(Conflict::NotLeaving));
        }
        person.user.standing.delete_after = None;
        Ok(())
    });
    let (user, ()) = kept.await?;
    services.user_changed(actor).await;
    Ok(user)
}

/// Whether somebody whose account is about to go may ask for this: how it stands, to keep it, their data, the way out.
pub fn may_still(path: &str) -> bool {
    ["/api/auth/me", "/api/auth/me/keep", "/api/auth/export", "/api/auth/logout"].contains(&path)
        || path.starts_with("/api/jobs/")
}

/// The job: takes everything out, if that is still wanted. Begun again it goes on where it was cut off.
pub(crate) async fn erase(services: &Services, payload: &str) -> Result<()> {
    let id: UserId = services.open_job(ERASE, payload)?;
    if services.store.user(id).await?.is_none() {
        return Ok(());
    }
    let now = services.now();
    let closed = services.change_person(id, Follow::default(), |person| {
        if person.user.standing.delete_after.is_none_or(|after| now < after) {
            return Err(Error::Conflict(Conflict::NotLeaving));
        }
        // From here on there is no way back: nobody signs in any more, and nothing new is written.
        person.user.disabled_at = person.user.disabled_at.or(Some(now));
        person.user.auth_epoch += 1;
        Ok(())
    });
    let user = match closed.await {
        Ok((user, ())) => user,
        // Kept, or asked for again later.
        Err(Error::Conflict(Conflict::NotLeaving) | Error::NotFound) => return Ok(()),
        Err(error) => return Err(error),
    };
    end_sessions(services, id).await?;
    let files = files(services, &user).await?;
    let shared = services.store.budgets(id).await?;
    while services.store.erase_expenses(id).await? > 0 {}
    let told = services.mail(&Mail::to(&user, Letter::AccountGone), None, None)?;
    services
        .store
        .erase_person(&Write { actor: id, now, idempotency: None, jobs: vec![told], trace: Trace::NONE })
        .await?;
    drop_files(services, &files).await;
    services.wake();
    for (budget, _) in shared.iter().filter(|(budget, _)| budget.is_shared()) {
        services.left_behind(id, budget).await;
    }
    Ok(())
}

async fn end_sessions(services: &Services, id: UserId) -> Result<()> {
    for session in services.sessions.sessions(id).await? {
        services.sessions.end_session(id, session.id).await?;
    }
    Ok(())
}

/// The blobs that rows of theirs name.
async fn files(services: &Services, user: &User) -> Result<Vec<BlobId>> {
    let mut files: Vec<BlobId> = user.standing.avatar.iter().filter_map(|id| id.parse().ok()).collect();
    let receipts = crate::receipts::all_of(services, user.id).await?;
    files.extend(receipts.iter().filter_map(|receipt| receipt.sha256.parse::<BlobId>().ok()));
    let mut after = None;
    loop {
        let imports = services.store.every_import(user.id, after, AT_ONCE).await?;
        let Some(last) = imports.last() else { return Ok(files) };
        after = Some(last.id);
        let drafts = imports.iter().filter(|import| import.status == ImportStatus::Draft);
        files.extend(drafts.filter_map(|import| import.sha256.parse::<BlobId>().ok()));
    }
}

/// Those that nobody else has too. What can't be removed now goes with the next sweep: no row names it.
async fn drop_files(services: &Services, files: &[BlobId]) {
    let dropped = async {
        let used = services.store.blobs_in_use(files).await?;
        for id in files.iter().filter(|id| !used.contains(id)) {
            services.blobs.delete_older(*id, Timestamp::MAX).await?;
        }
        Ok::<_, Error>(())
    };
    if let Err(error) = dropped.await {
        tracing::warn!(%error, "files of somebody who has left go with the next sweep");
    }
}
