//! Signed-in devices in Redis: `PREFIX:session:HASH` is a hash of a session's fields, `PREFIX:sessions:USER` the set of
//! each HASH of a user's, `PREFIX:flash:HASH` a note between two pages. HASH is the SHA-256 of a cookie's secret.
//!
//! A session counts only while it is in its user's set: should Redis run out of memory and drop one of the two, the user
//! has to sign in again, and never is there a session that can't be seen and ended.
use super::{
    Redis,
    failure::unreadable,
    hex,
    record::{self, FIELDS, instant, keep, milliseconds, to_instant},
};
use domain::{
    ids::{SessionId, UserId},
    session::Session,
    user::User,
};
use fred::{
    interfaces::KeysInterface as _,
    types::{Expiration, Value},
};
use jiff::Timestamp;
use service::{
    Result,
    ports::{sessions::SessionStore, store::Store},
};
use std::{sync::Arc, time::Duration};

/// Writes a session, and takes those out of the user's set that are gone. The set lasts as long as any of them can.
const CREATE: &str = "
redis.call('HSET', KEYS[1], unpack(ARGV, 5))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
for _, hash in ipairs(redis.call('SMEMBERS', KEYS[2])) do
  if redis.call('EXISTS', ARGV[2] .. hash) == 0 then
    redis.call('SREM', KEYS[2], hash)
  end
end
redis.call('SADD', KEYS[2], ARGV[1])
if redis.call('PTTL', KEYS[2]) < tonumber(ARGV[4]) then
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
end
return 0";

const FIND: &str = "
local user = redis.call('HGET', KEYS[1], 'user')
if user and redis.call('SISMEMBER', ARGV[2] .. user, ARGV[1]) == 1 then
  return redis.call('HMGET', KEYS[1], unpack(ARGV, 3))
end
return {}";

/// Only a session that is there, and only forward.
const TOUCH: &str = "
local seen = tonumber(redis.call('HGET', KEYS[1], 'seen'))
if seen and seen < tonumber(ARGV[1]) then
  redis.call('HSET', KEYS[1], 'seen', ARGV[1])
  local left = (tonumber(redis.call('HGET', KEYS[1], 'expires')) - tonumber(ARGV[1])) / 1000
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(1, math.min(left, tonumber(ARGV[2])))))
end
return 0";

const END: &str = "
for _, hash in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local session = redis.call('HMGET', ARGV[1] .. hash, 'id', 'user')
  if session[1] == ARGV[2] and session[2] == ARGV[3] then
    redis.call('UNLINK', ARGV[1] .. hash)
    redis.call('SREM', KEYS[1], hash)
  end
end
return 0";

const LIST: &str = "
local found = {}
for _, hash in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local session = redis.call('HMGET', ARGV[1] .. hash, unpack(ARGV, 2))
  if session[1] then
    table.insert(session, hash)
    table.insert(found, session)
  else
    redis.call('SREM', KEYS[1], hash)
  end
end
return found";

/// For so long a note is kept if nobody takes it; it says itself when it expires.
const FLASH: Duration = Duration::from_hours(24);

/// Sessions of all processes, of the users in a store.
pub struct RedisSessions {
    redis: Redis,
    users: Arc<dyn Store>,
    idle: Duration,
}

impl RedisSessions {
    /// In that server. It forgets sessions that were not used for `idle`.
    pub fn new(redis: Redis, users: Arc<dyn Store>, idle: Duration) -> Self {
        Self { redis, users, idle }
    }

    fn flash(&self, token_hash: &[u8; 32]) -> String {
        self.redis.key("flash", hex::encode(token_hash))
    }

    /// What keys of sessions begin with.
    fn begin(&self) -> String {
        self.redis.key("session", "")
    }
}

fn with_fields(first: impl IntoIterator<Item = String>) -> Vec<Value> {
    first.into_iter().map(Value::from).chain(FIELDS.map(Value::from)).collect()
}

#[async_trait::async_trait]
impl SessionStore for RedisSessions {
    async fn sessions_ready(&self) -> Result<()> {
        self.redis.ping().await
    }

    async fn create_session(&self, session: &Session) -> Result<()> {
        let hash = hex::encode(&session.secret_hash);
        let keys = vec![self.redis.key("session", &hash), self.redis.key("sessions", session.user_id)];
        let (one, all) = (keep(session, self.idle), keep(session, Duration::MAX));
        let mut arguments: Vec<Value> =
            vec![hash.into(), self.begin().into(), one.to_string().into(), all.to_string().into()];
        arguments.extend(record::write(session));
        self.redis.script(CREATE, keys, arguments).await
    }

    async fn session(&self, secret_hash: [u8; 32]) -> Result<Option<(Session, User)>> {
        let hash = hex::encode(&secret_hash);
        let keys = vec![self.redis.key("session", &hash)];
        let found: Vec<String> =
            self.redis.script(FIND, keys, with_fields([hash, self.redis.key("sessions", "")])).await?;
        if found.is_empty() {
            return Ok(None);
        }
        let session = record::read(secret_hash, &found).ok_or_else(|| unreadable("a session"))?;
        Ok(self.users.user(session.user_id).await?.map(|user| (session, user)))
    }

    async fn touch_session(&self, secret_hash: [u8; 32], seen_at: Timestamp) -> Result<()> {
        let keys = vec![self.redis.key("session", hex::encode(&secret_hash))];
        let arguments = vec![instant(seen_at).into(), milliseconds(self.idle).to_string().into()];
        self.redis.script(TOUCH, keys, arguments).await
    }

    async fn end_session(&self, user: UserId, session: SessionId) -> Result<()> {
        let arguments = vec![self.begin().into(), session.to_string().into(), user.to_string().into()];
        self.redis.script(END, vec![self.redis.key("sessions", user)], arguments).await
    }

    async fn sessions(&self, user: UserId) -> Result<Vec<Session>> {
        let arguments = with_fields([self.begin()]);
        let found: Vec<Vec<String>> =
            self.redis.script(LIST, vec![self.redis.key("sessions", user)], arguments).await?;
        let read = |values: Vec<String>| {
            let (hash, fields) = values.split_last()?;
            record::read(hex::decode(hash)?, fields).filter(|session| session.user_id == user)
        };
        let mut sessions: Vec<Session> =
            found.into_iter().map(read).collect::<Option<_>>().ok_or_else(|| unreadable("a session"))?;
        sessions.sort_by(|a, b| b.seen_at.cmp(&a.seen_at).then(a.id.cmp(&b.id)));
        Ok(sessions)
    }

    async fn put_flash(&self, token_hash: [u8; 32], payload: &[u8], expires_at: Timestamp) -> Result<()> {
        let note = [instant(expires_at).as_bytes(), b" ", payload].concat();
        let (key, keep) = (self.flash(&token_hash), Expiration::EX(FLASH.as_secs().cast_signed()));
        self.redis.call(|client| async move { client.set(key, note.as_slice(), Some(keep), None, false).await }).await
    }

    async fn take_flash(&self, token_hash: [u8; 32], now: Timestamp) -> Result<Option<Vec<u8>>> {
        let key = self.flash(&token_hash);
        let note: Option<Vec<u8>> = self.redis.call(|client| async move { client.getdel(key).await }).await?;
        let Some(note) = note else { return Ok(None) };
        let end = note.iter().position(|byte| *byte == b' ').ok_or_else(|| unreadable("a note"))?;
        let expires =
            std::str::from_utf8(&note[..end]).ok().and_then(to_instant).ok_or_else(|| unreadable("a note"))?;
        Ok((now < expires).then(|| note[end + 1..].to_vec()))
    }
}
