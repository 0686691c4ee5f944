//! Answers that were given under a key: kept in the transaction of what was done, so that both are there or neither.
use super::{
    codec::{first, instant, run},
    connection::Tx,
    failure::Outcome,
};
use crate::{faults::FaultPoint, limits::ANSWERS};
use domain::ids::UserId;
use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::{Serialize, de::DeserializeOwned};
use service::{Error, Idempotency, error::Conflict, ports::store::Write};

/// Does `work`, or gives the answer that was given under the same key before.
pub(super) fn once<T: Serialize + DeserializeOwned>(
    tx: &Tx<'_>,
    write: &Write,
    work: impl FnOnce(&Tx<'_>, &Write) -> Outcome<T>,
) -> Outcome<T> {
    if let Some(key) = &write.idempotency
        && let Some(answer) = kept(tx, write.actor, key, write.now)?
    {
        return Ok(serde_json::from_str(&answer)?);
    }
    let value = work(tx, write)?;
    tx.pass(FaultPoint::Answer)?;
    if let Some(key) = &write.idempotency {
        let expires = write.now.checked_add(ANSWERS).unwrap_or(Timestamp::MAX);
        run(
            tx,
            "INSERT OR REPLACE INTO idempotency (user_id, key, request_hash, answer, expires_at) VALUES (?, ?, ?, ?, ?)",
            params![write.actor.0, key.key, key.request_hash, serde_json::to_string(&value)?, instant(expires)],
        )?;
    }
    tx.pass(FaultPoint::Commit)?;
    Ok(value)
}

/// The answer under a key; a conflict if it was given to another request.
pub(super) fn kept(
    connection: &Connection,
    user: UserId,
    key: &Idempotency,
    now: Timestamp,
) -> Outcome<Option<String>> {
    let found = first(
        connection,
        "SELECT request_hash, answer FROM idempotency WHERE user_id = ? AND key = ? AND expires_at > ?",
        params![user.0, key.key, instant(now)],
        |columns| Ok((columns.get::<[u8; 32]>()?, columns.get::<String>()?)),
    )?;
    match found {
        None => Ok(None),
        Some((hash, answer)) if hash == key.request_hash => Ok(Some(answer)),
        Some(_) => Err(Error::Conflict(Conflict::IdempotencyKeyReused).into()),
    }
}
