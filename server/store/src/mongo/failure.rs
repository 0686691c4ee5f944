//! What can go wrong inside: the driver's errors on their way to those of `service`.
use mongodb::error::{ErrorKind, RETRYABLE_WRITE_ERROR, TRANSIENT_TRANSACTION_ERROR, WriteFailure};
use service::Error;

pub(super) type Outcome<T> = Result<T, Failure>;

/// Codes of the server that are looked at.
pub(super) mod code {
    pub(crate) const BAD_VALUE: i32 = 2;
    pub(crate) const ILLEGAL_OPERATION: i32 = 20;
    pub(crate) const NAMESPACE_EXISTS: i32 = 48;
    pub(crate) const WRITE_CONFLICT: i32 = 112;
    pub(crate) const DUPLICATE_KEY: i32 = 11000;
}

/// Codes that say that the same may work later: no primary, shutting down, out of time, out of disk or memory.
const PASSING: [i32; 19] =
    [6, 7, 50, 64, 89, 91, 112, 134, 146, 189, 202, 251, 262, 9001, 10058, 10107, 11600, 13435, 14031];

/// An error of the driver, one of a single statement among many, or one that the use-case is to see.
#[derive(Debug)]
pub(super) enum Failure {
    Driver(mongodb::error::Error),
    /// The server's code.
    Statement(i32),
    Service(Error),
}

impl Failure {
    /// What is stored can't be read as what it should be.
    pub(super) fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Service(Error::Internal(format!("stored data: {what}")))
    }

    /// The server's code, if it answered with one.
    pub(super) fn code(&self) -> Option<i32> {
        match self {
            Self::Driver(error) => server_code(error),
            Self::Statement(code) => Some(*code),
            Self::Service(_) => None,
        }
    }

    /// Whether the whole transaction should be tried again: another one was in the way, or the primary changed.
    pub(super) fn is_transient(&self) -> bool {
        let labelled = matches!(self, Self::Driver(error) if error.contains_label(TRANSIENT_TRANSACTION_ERROR));
        labelled || self.code() == Some(code::WRITE_CONFLICT)
    }
}

impl From<mongodb::error::Error> for Failure {
    fn from(error: mongodb::error::Error) -> Self {
        Self::Driver(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Service(error)
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Self::corrupt(error)
    }
}

impl From<mongodb::bson::error::Error> for Failure {
    fn from(error: mongodb::bson::error::Error) -> Self {
        Self::corrupt(error)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Service(error) => error,
            Failure::Statement(code) if PASSING.contains(&code) => Self::Unavailable(format!("store: code {code}")),
            Failure::Statement(code) => Self::Internal(format!("store: code {code}")),
            Failure::Driver(error) if is_passing(&error) => Self::Unavailable(format!("store: {}", text(&error))),
            Failure::Driver(error) => Self::Internal(format!("store: {}", text(&error))),
        }
    }
}

fn server_code(error: &mongodb::error::Error) -> Option<i32> {
    match error.kind.as_ref() {
        ErrorKind::Command(error) => Some(error.code),
        ErrorKind::Write(WriteFailure::WriteError(error)) => Some(error.code),
        ErrorKind::Write(WriteFailure::WriteConcernError(error)) => Some(error.code),
        ErrorKind::InsertMany(error) => error.write_errors.iter().flatten().map(|error| error.code).next(),
        _ => None,
    }
}

/// Whether the same may work later.
fn is_passing(error: &mongodb::error::Error) -> bool {
    let labelled = [TRANSIENT_TRANSACTION_ERROR, RETRYABLE_WRITE_ERROR].iter().any(|label| error.contains_label(label));
    labelled
        || server_code(error).is_some_and(|code| PASSING.contains(&code))
        || match error.kind.as_ref() {
            ErrorKind::Io(_)
            | ErrorKind::ConnectionPoolCleared { .. }
            | ErrorKind::DnsResolve { .. }
            | ErrorKind::ServerSelection { .. }
            | ErrorKind::Shutdown
            | ErrorKind::Write(WriteFailure::WriteConcernError(_)) => true,
            ErrorKind::InsertMany(error) => error.write_concern_error.is_some(),
            _ => false,
        }
}

/// For the log. The server's own words stay out of it: they quote what is stored, an address among it.
fn text(error: &mongodb::error::Error) -> String {
    match (error.kind.as_ref(), server_code(error)) {
        (ErrorKind::Command(error), _) => format!("code {} ({})", error.code, error.code_name),
        (_, Some(code)) => format!("code {code}"),
        (ErrorKind::InsertMany(_) | ErrorKind::BulkWrite(_), None) => "a write of many rows".to_owned(),
        (kind, None) => kind.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_unavailable() {
        let io = mongodb::error::Error::from(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
        assert!(matches!(Error::from(Failure::from(io)), Error::Unavailable(_)));
        assert!(matches!(Error::from(Failure::Statement(code::WRITE_CONFLICT)), Error::Unavailable(_)));
        assert!(matches!(Error::from(Failure::Statement(code::DUPLICATE_KEY)), Error::Internal(_)));
        assert!(Failure::Statement(code::WRITE_CONFLICT).is_transient());
        assert!(!Failure::Service(Error::NotFound).is_transient());
    }
}
