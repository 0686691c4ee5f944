//! Signed-in devices, and the one-time notes between two pages.
use super::{
    MongoStore,
    failure::{Failure, Outcome},
    transaction::Tx,
    users,
    values::{binary, hash, instant, oid, to_instant},
};
use domain::{
    ids::{SessionId, UserId},
    session::Session,
    user::User,
};
use jiff::Timestamp;
use mongodb::{
    bson::{Binary, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Result,
    ports::{sessions::SessionStore, store::Upkeep as _},
};
use std::sync::Arc;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SessionDoc {
    #[serde(rename = "_id")]
    secret_hash: Binary,
    public_id: ObjectId,
    user_id: ObjectId,
    auth_epoch: i64,
    device: String,
    address: String,
    created_at: i64,
    seen_at: i64,
    expires_at: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FlashDoc {
    #[serde(rename = "_id")]
    token_hash: Binary,
    payload: Binary,
    expires_at: i64,
}

#[async_trait::async_trait]
impl SessionStore for MongoStore {
    async fn sessions_ready(&self) -> Result<()> {
        self.ping().await
    }

    async fn create_session(&self, session: &Session) -> Result<()> {
        self.plain(session, |tx, session| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                tx.session.insert(&tables.sessions, &SessionDoc::from(*session)).await
            })
        })
        .await
    }

    async fn session(&self, secret_hash: [u8; 32]) -> Result<Option<(Session, User)>> {
        self.plain(secret_hash, |tx, secret_hash| Box::pin(with_user(tx, secret_hash))).await
    }

    async fn touch_session(&self, secret_hash: [u8; 32], seen_at: Timestamp) -> Result<()> {
        self.plain((secret_hash, seen_at), |tx, (secret_hash, seen_at)| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let later = doc! { "$max": { "seenAt": instant(*seen_at) } };
                tx.session.update(&tables.sessions, doc! { "_id": binary(secret_hash) }, later).await.map(drop)
            })
        })
        .await
    }

    async fn end_session(&self, user: UserId, session: SessionId) -> Result<()> {
        self.plain((user, session), |tx, (user, session)| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let filter = doc! { "publicId": oid(session.0), "userId": oid(user.0) };
                tx.session.delete(&tables.sessions, filter).await.map(drop)
            })
        })
        .await
    }

    async fn sessions(&self, user: UserId) -> Result<Vec<Session>> {
        self.plain(user, |tx, user| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let order = FindOptions::builder().sort(doc! { "seenAt": -1, "publicId": 1 }).build();
                let found = tx.session.all(&tables.sessions, doc! { "userId": oid(user.0) }, order).await?;
                found.into_iter().map(Session::try_from).collect()
            })
        })
        .await
    }

    async fn put_flash(&self, token_hash: [u8; 32], payload: &[u8], expires_at: Timestamp) -> Result<()> {
        let flash =
            FlashDoc { token_hash: binary(&token_hash), payload: binary(payload), expires_at: instant(expires_at) };
        self.plain(flash, |tx, flash| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                tx.session.put(&tables.flashes, doc! { "_id": flash.token_hash.clone() }, flash).await
            })
        })
        .await
    }

    async fn take_flash(&self, token_hash: [u8; 32], now: Timestamp) -> Result<Option<Vec<u8>>> {
        self.plain((token_hash, now), |tx, (token_hash, now)| {
            Box::pin(async move {
                let filter = doc! { "_id": binary(token_hash) };
                let taken = tx.tables.flashes.find_one_and_delete(filter).await?;
                Ok(taken.filter(|flash| instant(*now) < flash.expires_at).map(|flash| flash.payload.bytes))
            })
        })
        .await
    }
}

async fn with_user(tx: &mut Tx, secret_hash: &[u8; 32]) -> Outcome<Option<(Session, User)>> {
    let tables = Arc::clone(&tx.tables);
    let Some(found) = tx.session.first(&tables.sessions, doc! { "_id": binary(secret_hash) }).await? else {
        return Ok(None);
    };
    let session = Session::try_from(found)?;
    let user = users::load(tx, session.user_id).await?;
    Ok(user.map(|user| (session, user)))
}

impl From<&Session> for SessionDoc {
    fn from(session: &Session) -> Self {
        Self {
            secret_hash: binary(&session.secret_hash),
            public_id: oid(session.id.0),
            user_id: oid(session.user_id.0),
            auth_epoch: session.auth_epoch,
            device: session.device.clone(),
            address: session.address.clone(),
            created_at: instant(session.created_at),
            seen_at: instant(session.seen_at),
            expires_at: instant(session.expires_at),
        }
    }
}

impl TryFrom<SessionDoc> for Session {
    type Error = Failure;
    fn try_from(stored: SessionDoc) -> Outcome<Self> {
        Ok(Self {
            id: SessionId(stored.public_id.bytes()),
            secret_hash: hash(stored.secret_hash)?,
            user_id: UserId(stored.user_id.bytes()),
            auth_epoch: stored.auth_epoch,
            device: stored.device,
            address: stored.address,
            created_at: to_instant(stored.created_at)?,
            seen_at: to_instant(stored.seen_at)?,
            expires_at: to_instant(stored.expires_at)?,
        })
    }
}
