//! Signed-in devices, and the notes that one page leaves for the next.
use super::{
    SqliteStore,
    codec::{Columns, all, each, first, instant, run},
    connection::Tx,
    failure::Outcome,
    users::{self, user_columns},
};
use domain::{
    ids::{SessionId, UserId},
    session::Session,
    user::User,
};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use service::{
    Result,
    ports::{sessions::SessionStore, store::Upkeep as _},
};

macro_rules! session_columns {
    () => {
        "s.id, s.secret_hash, s.user_id, s.auth_epoch, s.device, s.address, s.created_at, s.seen_at, s.expires_at"
    };
}

#[async_trait::async_trait]
impl SessionStore for SqliteStore {
    async fn sessions_ready(&self) -> Result<()> {
        self.ping().await
    }

    async fn create_session(&self, session: &Session) -> Result<()> {
        let session = session.clone();
        self.change(move |tx| insert(tx, &session)).await
    }

    async fn session(&self, secret_hash: [u8; 32]) -> Result<Option<(Session, User)>> {
        self.glance(move |connection| {
            first(
                connection,
                concat!(
                    "SELECT ",
                    session_columns!(),
                    ", ",
                    user_columns!(),
                    " FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.secret_hash = ?"
                ),
                params![secret_hash],
                |columns| Ok((read(columns)?, users::read(columns)?)),
            )
        })
        .await
    }

    async fn touch_session(&self, secret_hash: [u8; 32], seen_at: Timestamp) -> Result<()> {
        self.change(move |tx| {
            let sql = "UPDATE sessions SET seen_at = max(seen_at, ?) WHERE secret_hash = ?";
            run(tx, sql, params![instant(seen_at), secret_hash]).map(drop)
        })
        .await
    }

    async fn end_session(&self, user: UserId, session: SessionId) -> Result<()> {
        self.change(move |tx| {
            run(tx, "DELETE FROM sessions WHERE id = ? AND user_id = ?", params![session.0, user.0]).map(drop)
        })
        .await
    }

    async fn sessions(&self, user: UserId) -> Result<Vec<Session>> {
        self.read(move |connection| {
            all(
                connection,
                concat!(
                    "SELECT ",
                    session_columns!(),
                    " FROM sessions s WHERE s.user_id = ? ORDER BY s.seen_at DESC, s.id"
                ),
                params![user.0],
                read,
            )
        })
        .await
    }

    async fn put_flash(&self, token_hash: [u8; 32], payload: &[u8], expires_at: Timestamp) -> Result<()> {
        let payload = payload.to_vec();
        self.change(move |tx| {
            let sql = "INSERT OR REPLACE INTO flashes (token_hash, payload, expires_at) VALUES (?, ?, ?)";
            run(tx, sql, params![token_hash, payload, instant(expires_at)]).map(drop)
        })
        .await
    }

    async fn take_flash(&self, token_hash: [u8; 32], now: Timestamp) -> Result<Option<Vec<u8>>> {
        self.change(move |tx| {
            let sql = "DELETE FROM flashes WHERE token_hash = ? RETURNING payload, expires_at";
            let taken =
                first(tx, sql, params![token_hash], |columns| Ok((columns.get::<Vec<u8>>()?, columns.instant()?)))?;
            Ok(taken.filter(|(_, expires_at)| now < *expires_at).map(|(payload, _)| payload))
        })
        .await
    }
}

pub(super) fn insert(tx: &Tx<'_>, session: &Session) -> Outcome<()> {
    run(
        tx,
        "INSERT INTO sessions (
             secret_hash, id, user_id, auth_epoch, device, address, created_at, seen_at, expires_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            session.secret_hash,
            session.id.0,
            session.user_id.0,
            session.auth_epoch,
            session.device,
            session.address,
            instant(session.created_at),
            instant(session.seen_at),
            instant(session.expires_at),
        ],
    )
    .map(drop)
}

/// Each session there is, by its secret's hash.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Session) -> Outcome<()>) -> Outcome<()> {
    let sql = concat!("SELECT ", session_columns!(), " FROM sessions s ORDER BY s.secret_hash");
    each(connection, sql, [], |columns| give(read(columns)?))
}

fn read(columns: &mut Columns<'_, '_>) -> Outcome<Session> {
    Ok(Session {
        id: columns.id(SessionId)?,
        secret_hash: columns.get()?,
        user_id: columns.id(UserId)?,
        auth_epoch: columns.get()?,
        device: columns.get()?,
        address: columns.get()?,
        created_at: columns.instant()?,
        seen_at: columns.instant()?,
        expires_at: columns.instant()?,
    })
}
