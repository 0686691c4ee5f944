//! Answers that were given under a key: kept in the transaction of what was done, so that both are there or neither.
use super::{
    failure::Outcome,
    transaction::Tx,
    values::{binary, hash, instant, oid},
};
use crate::limits::ANSWERS;
use domain::ids::UserId;
use jiff::Timestamp;
use mongodb::bson::{Binary, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use service::{Error, Idempotency, error::Conflict, ports::store::Write};
use std::sync::Arc;

/// An answer. Its id is made of the user and the key, which makes the two unique together.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AnswerDoc {
    #[serde(rename = "_id")]
    id: String,
    user_id: ObjectId,
    request_hash: Binary,
    /// JSON.
    answer: String,
    expires_at: i64,
}

fn id(user: UserId, key: &Idempotency) -> String {
    format!("{user}.{}", key.key)
}

/// The answer under a write's key; a conflict if it was given to another request.
pub(super) async fn kept(tx: &mut Tx, write: &Write) -> Outcome<Option<String>> {
    match &write.idempotency {
        Some(key) => find(tx, write.actor, key, write.now).await,
        None => Ok(None),
    }
}

/// See [`kept`].
pub(super) async fn find(tx: &mut Tx, user: UserId, key: &Idempotency, now: Timestamp) -> Outcome<Option<String>> {
    let tables = Arc::clone(&tx.tables);
    let filter = doc! { "_id": id(user, key), "userId": oid(user.0), "expiresAt": { "$gt": instant(now) } };
    match tx.session.first(&tables.idempotency, filter).await? {
        None => Ok(None),
        Some(AnswerDoc { request_hash, answer, .. }) => {
            if hash(request_hash)? == key.request_hash {
                Ok(Some(answer))
            } else {
                Err(Error::Conflict(Conflict::IdempotencyKeyReused).into())
            }
        }
    }
}

/// Keeps the answer under a write's key; one that has expired makes room.
pub(super) async fn keep(tx: &mut Tx, write: &Write, key: &Idempotency, answer: String) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let answer = AnswerDoc {
        id: id(write.actor, key),
        user_id: oid(write.actor.0),
        request_hash: binary(&key.request_hash),
        answer,
        expires_at: instant(write.now.checked_add(ANSWERS).unwrap_or(Timestamp::MAX)),
    };
    let filter = doc! { "_id": &answer.id };
    tx.session.put(&tables.idempotency, filter, &answer).await
}
