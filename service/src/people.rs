//! Changes of what somebody proves who they are with: read, changed, and kept unless another change came in between.
use crate::{
    Actor, Error, Result, Services,
    auth::Device,
    ports::{jobs::NewJob, store::Write},
    throttle::Attempt,
};
use domain::{
    ids::UserId,
    problem::Problem,
    user::{Credentials, User},
};

/// So often a change begins again because another one was faster.
const TRIES: usize = 8;

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
            let write = Write { actor: id, now, idempotency: None, jobs: follow.jobs.clone() };
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
        if self.hasher.verify(password, person.password_hash.as_deref()).await? {
            self.admitted_rightly(&admitted).await;
            return Ok(Proven { password_hash: person.password_hash });
        }
        self.admitted_wrongly(&admitted).await;
        Err(Error::field("currentPassword", Problem::WrongPassword))
    }
}

/// A password was right, as it was kept then.
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
