//! Changes of what somebody proves who they are with: read, changed, and kept unless another change came in between.
use crate::{
    Actor, Error, Result, Services,
    auth::Device,
    error::Conflict,
    ports::{activity::Trace, jobs::NewJob, store::Write},
    throttle::Attempt,
};
use domain::{
    ids::UserId,
    problem::Problem,
    session::Session,
    user::{Credentials, User},
};
use jiff::{SignedDuration, Timestamp};

/// So often a change begins again because another one was faster.
const TRIES: usize = 8;
/// A sign-in counts as a proof for so long.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// What follows from a change.
#[derive(Default)]
pub(crate) struct Follow {
    /// Kept with it.
    pub jobs: Vec<NewJob>,
}

impl Services {
    /// Changes a person. `change` may run several times, each time on what is kept then.
    pub(crate) async fn change_person<T>(
        &self,
        id: UserId,
        follow: Follow,
        change: impl Fn(&mut Credentials) -> Result<T>,
    ) -> Result<(User, T)> {
        let mut tries = 0;
        loop {
            let mut person = self.store.person(id).await?.ok_or(Error::NotFound)?;
            let now = self.now();
            person.secrets.tidy(now);
            let value = change(&mut person)?;
            person.user.standing.two_factor = person.secrets.asks_for_code();
            person.version += 1;
            person.user.updated_at = now;
            let write = Write { actor: id, now, idempotency: None, jobs: follow.jobs.clone(), trace: Trace::NONE };
            tries += 1;
            match self.store.save_person(&write, &person).await {
                Ok(user) => return Ok((user, value)),
                Err(Error::StaleVersion { .. }) if tries < TRIES => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Asks somebody who is signed in for their password again. Wrong: a problem at `currentPassword`.
    pub(crate) async fn prove(&self, actor: &Actor, password: &str, device: &Device) -> Result<Proven> {
        let id = actor.user.id;
        let admitted = self.admit(Attempt::Proof, &id.to_string(), &device.address).await?;
        let person = self.store.person(id).await?.ok_or(Error::Unauthorized)?;
        if person.password_hash.is_none() {
            return Err(Error::field("currentPassword", Problem::NoPassword));
        }
        if self.hasher.verify(password, person.password_hash.as_deref()).await? {
            self.admitted_rightly(&admitted).await;
            return Ok(Proven { password_hash: person.password_hash });
        }
        self.admitted_wrongly(&admitted).await;
        Err(Error::field("currentPassword", Problem::WrongPassword))
    }
}

impl Services {
    /// The same for what people without a password may do, too: for them a session counts that has just begun.
    pub(crate) async fn prove_or_fresh(
        &self,
        actor: &Actor,
        session: &Session,
        password: Option<&str>,
        device: &Device,
    ) -> Result<Proven> {
        let person = self.store.person(actor.user.id).await?.ok_or(Error::Unauthorized)?;
        match (password, person.password_hash) {
            (Some(password), _) => self.prove(actor, password, device).await,
            (None, Some(_)) => Err(Error::field("currentPassword", Problem::Required)),
            (None, None) if is_fresh(session, self.now()) => Ok(Proven { password_hash: None }),
            (None, None) => Err(Error::Conflict(Conflict::SignInAgain)),
        }
    }
}

/// Whether somebody has signed in so lately that it counts as a proof.
pub(crate) fn is_fresh(session: &Session, now: Timestamp) -> bool {
    now.duration_since(session.created_at) <= FRESH
}

/// A password was right, as it was kept then; or there was none.
pub(crate) struct Proven {
    password_hash: Option<String>,
}

impl Proven {
    /// Whether it still is the person's.
    pub(crate) fn holds_for(&self, person: &Credentials) -> Result<()> {
        if self.password_hash == person.password_hash {
            Ok(())
        } else {
            Err(Error::field("currentPassword", Problem::WrongPassword))
        }
    }
}
