//! The client's errors on their way to those of `service`.
use fred::error::{Error as RedisError, ErrorKind};
use service::Error;

/// All of them pass, or are for whoever runs the server: nothing that a user does makes one.
pub(super) fn unavailable(error: RedisError) -> Error {
    Error::Unavailable(format!("redis: {}", text(&error)))
}

/// What has been read is not what was written.
pub(super) fn unreadable(what: &str) -> Error {
    Error::Internal(format!("redis: {what} can't be read"))
}

/// For the log. Of what the server says only its code: its words may quote what it was sent, a password among it.
pub(super) fn text(error: &RedisError) -> String {
    let details = error.details();
    let code = details.split_whitespace().next().unwrap_or_default();
    let is_code = code.len() > 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    match error.kind() {
        _ if is_code => format!("it answered {code}"),
        ErrorKind::IO | ErrorKind::Tls => details.to_owned(),
        ErrorKind::Timeout => "no answer in time".to_owned(),
        ErrorKind::Canceled => "the connection was lost".to_owned(),
        kind => kind.to_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_quotes_is_left_out() {
        let quoting = "ERR unknown command 'HELLO', with args beginning with: '3' 'AUTH' 'ada' 'secret'";
        for kind in [ErrorKind::InvalidCommand, ErrorKind::IO, ErrorKind::Unknown, ErrorKind::Auth] {
            let Error::Unavailable(text) = unavailable(RedisError::new(kind, quoting)) else { panic!() };
            assert_eq!(text, "redis: it answered ERR");
        }
        let own = unavailable(RedisError::new(ErrorKind::Unknown, "secret"));
        assert!(!own.to_string().contains("secret"), "{own}");
    }

    #[test]
    fn what_helps_to_find_the_fault_is_said() {
        for (kind, details, expected) in [
            (ErrorKind::IO, "Connection refused (os error 111)", "Connection refused (os error 111)"),
            (ErrorKind::Auth, "WRONGPASS invalid username-password pair", "it answered WRONGPASS"),
            (ErrorKind::Timeout, "Request timed out.", "no answer in time"),
        ] {
            assert_eq!(text(&RedisError::new(kind, details)), expected);
        }
    }
}
