//! Work that was asked for, as whoever asked for it sees it.
use crate::{Actor, Error, Result, Services, ports::jobs::Job};
use domain::ids::JobId;

/// How a job stands that a request of the actor's has started. [`Error::NotFound`] for all others; one that is done is
/// forgotten a day later.
pub async fn get(services: &Services, actor: &Actor, id: JobId) -> Result<Job> {
    services.store.job(actor.user.id, id).await?.ok_or(Error::NotFound)
}
