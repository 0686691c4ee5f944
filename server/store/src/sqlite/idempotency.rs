//! Answers that were given under a key: kept in the transaction of what was done, so that both are there or neither.
use super::{
    codec::{each, first, instant, run},
    connection::Tx,
    failure::Outcome,
    jobs,
};
use crate::{faults::FaultPoint, limits::ANSWERS, transfer::Answer};
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
    jobs::keep(tx, &write.jobs, write.now)?;
    tx.pass(FaultPoint::Answer)?;
    if let Some(key) = &write.idempotency {
        let expires = write.now.checked_add(ANSWERS).unwrap_or(Timestamp::MAX);
        let answer = serde_json::to_string(&value)?;
        let Idempotency { key, request_hash } = key.clone();
        put(tx, &Answer { user_id: write.actor, key, request_hash, answer, expires_at: expires })?;
    }
    tx.pass(FaultPoint::Commit)?;
    Ok(value)
}

/// Keeps an answer; one that has expired makes room.
pub(super) fn put(tx: &Tx<'_>, answer: &Answer) -> Outcome<()> {
    run(
        tx,
        "INSERT OR REPLACE INTO idempotency (user_id, key, request_hash, answer, expires_at) VALUES (?, ?, ?, ?, ?)",
        params![answer.user_id.0, answer.key, answer.request_hash, answer.answer, instant(answer.expires_at)],
    )
    .map(drop)
}

/// Each answer there is, by user and key.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Answer) -> Outcome<()>) -> Outcome<()> {
    each(
        connection,
        "SELECT user_id, key, request_hash, answer, expires_at FROM idempotency ORDER BY user_id, key",
        [],
        |columns| {
            give(Answer {
                user_id: columns.id(UserId)?,
                key: columns.get()?,
                request_hash: columns.get()?,
                answer: columns.get()?,
                expires_at: columns.instant()?,
            })
        },
    )
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
