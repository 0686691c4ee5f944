//! A session as the fields of a hash in Redis. Times are microseconds since 1970, as in the other stores.
use domain::session::Session;
use fred::types::Value;
use jiff::Timestamp;
use std::time::Duration;

/// In the order in which they are read. The secret's hash is in the key.
pub(super) const FIELDS: [&str; 8] = ["id", "user", "epoch", "device", "address", "created", "seen", "expires"];

/// Names and values, one after the other.
pub(super) fn write(session: &Session) -> Vec<Value> {
    let values = [
        session.id.to_string(),
        session.user_id.to_string(),
        session.auth_epoch.to_string(),
        session.device.clone(),
        session.address.clone(),
        instant(session.created_at),
        instant(session.seen_at),
        instant(session.expires_at),
    ];
    FIELDS.into_iter().zip(values).flat_map(|(name, value)| [Value::from(name), Value::from(value)]).collect()
}

/// From the values of [`FIELDS`].
pub(super) fn read(secret_hash: [u8; 32], values: &[String]) -> Option<Session> {
    let [id, user, epoch, device, address, created, seen, expires] = values else { return None };
    Some(Session {
        id: id.parse().ok()?,
        secret_hash,
        user_id: user.parse().ok()?,
        auth_epoch: epoch.parse().ok()?,
        device: device.clone(),
        address: address.clone(),
        created_at: to_instant(created)?,
        seen_at: to_instant(seen)?,
        expires_at: to_instant(expires)?,
    })
}

/// As it stands in a field.
pub(super) fn instant(at: Timestamp) -> String {
    at.as_microsecond().to_string()
}

/// From a field.
pub(super) fn to_instant(text: &str) -> Option<Timestamp> {
    Timestamp::from_microsecond(text.parse().ok()?).ok()
}

/// For how long Redis keeps a session, in milliseconds: until it ends, or until it has been unused for `idle`. Counted
/// from when it was used last, by the clock that said so; Redis' own may differ. Whether a session is still good is the
/// use-case's to judge: this only clears away.
pub(super) fn keep(session: &Session, idle: Duration) -> u64 {
    let left = session.expires_at.as_millisecond().saturating_sub(session.seen_at.as_millisecond());
    u64::try_from(left).unwrap_or(0).min(milliseconds(idle)).max(1)
}

/// Capped so that Redis can still add it to a time, and its scripts reckon with it exactly.
pub(super) fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX).min(1 << 46)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::UserId;
    use service::testing::builders as make;

    #[test]
    fn read_as_written() {
        let mut session = make::session(UserId([7; 12]), 1);
        session.device = "Browser \"Ü\"\n".to_owned();
        session.address = String::new();
        let values: Vec<String> =
            write(&session).into_iter().skip(1).step_by(2).map(|value| value.into_string().unwrap()).collect();
        assert_eq!(read(session.secret_hash, &values), Some(session));
        assert_eq!(read([0; 32], &values[1..]), None);
        assert_eq!(read([0; 32], &vec!["x".to_owned(); 8]), None);
    }

    #[test]
    fn kept_until_the_earlier_end() {
        let mut session = make::session(UserId([7; 12]), 1);
        let day = 86_400_000;
        assert_eq!(keep(&session, Duration::from_hours(24)), day);
        assert_eq!(keep(&session, Duration::MAX), 90 * day);
        session.seen_at = make::at(90 * 86_400 - 1);
        assert_eq!(keep(&session, Duration::from_hours(24)), 1_000);
        session.seen_at = make::at(91 * 86_400);
        assert_eq!(keep(&session, Duration::from_hours(24)), 1);
    }
}
