//! Answers that were given under a key: kept in the transaction of what was done, so that both are there or neither.
use super::{
    failure::{Failure, Outcome},
    transaction::Tx,
    values::{binary, hash, instant, oid, to_instant},
};
use crate::{limits::ANSWERS, transfer::Answer};
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

fn id(user: UserId, key: &str) -> String {
    format!("{user}.{key}")
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
    let filter = doc! { "_id": id(user, &key.key), "userId": oid(user.0), "expiresAt": { "$gt": instant(now) } };
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
    let Idempotency { key, request_hash } = key.clone();
    let expires_at = write.now.checked_add(ANSWERS).unwrap_or(Timestamp::MAX);
    let answer = AnswerDoc::from(&Answer { user_id: write.actor, key, request_hash, answer, expires_at });
    let filter = doc! { "_id": &answer.id };
    tx.session.put(&tables.idempotency, filter, &answer).await
}

impl From<&Answer> for AnswerDoc {
    fn from(answer: &Answer) -> Self {
        Self {
            id: id(answer.user_id, &answer.key),
            user_id: oid(answer.user_id.0),
            request_hash: binary(&answer.request_hash),
            answer: answer.answer.clone(),
            expires_at: instant(answer.expires_at),
        }
    }
}

impl TryFrom<AnswerDoc> for Answer {
    type Error = Failure;
    fn try_from(stored: AnswerDoc) -> Outcome<Self> {
        let user_id = UserId(stored.user_id.bytes());
        let key = stored.id.strip_prefix(&id(user_id, "")).ok_or_else(|| Failure::corrupt("the key of an answer"))?;
        Ok(Self {
            user_id,
            key: key.to_owned(),
            request_hash: hash(stored.request_hash)?,
            answer: stored.answer,
            expires_at: to_instant(stored.expires_at)?,
        })
    }
}
