//! What can go wrong inside: the driver's errors on their way to those of `service`.
use rusqlite::ErrorCode;
use service::Error;

pub(super) type Outcome<T> = Result<T, Failure>;

/// An error of the driver, or one that the use-case is to see.
#[derive(Debug)]
pub(super) enum Failure {
    Sql(rusqlite::Error),
    Service(Error),
}

impl Failure {
    /// What is stored can't be read as what it should be.
    pub(super) fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Service(Error::Internal(format!("stored data: {what}")))
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
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

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Service(error) => error,
            Failure::Sql(error) if is_passing(&error) => Self::Unavailable(format!("store: {error}")),
            Failure::Sql(error) => Self::Internal(format!("store: {error}")),
        }
    }
}

/// Whether the same may work later: locked, full, unreadable, out of memory.
fn is_passing(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::OutOfMemory
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::OperationInterrupted
                | ErrorCode::PermissionDenied
        )
    )
}
