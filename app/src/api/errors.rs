//! From the use-cases' errors to what pages and the REST API show: codes and fields, nothing of the inside.
use crate::error::ApiError;
use domain::{
    import::FileError,
    problem::{Problem, Problems},
};
use service::{Error, error::Conflict};

/// The machine code of an error, as in the REST API.
pub fn code(error: &Error) -> &'static str {
    match error {
        Error::Validation(_) => "VALIDATION_ERROR",
        Error::File(_) => "UNREADABLE_FILE",
        Error::Unauthorized => "UNAUTHORIZED",
        Error::WrongCredentials => "WRONG_CREDENTIALS",
        Error::Forbidden => "FORBIDDEN",
        Error::SecondFactorNeeded => "TOTP_REQUIRED",
        Error::InvalidToken => "INVALID_TOKEN",
        Error::TokenExpired => "TOKEN_EXPIRED",
        Error::RateLimited { .. } => "RATE_LIMITED",
        Error::RegistrationClosed => "REGISTRATION_CLOSED",
        Error::NotFound | Error::Missing(_) => "NOT_FOUND",
        Error::Duplicate(_) => "DUPLICATE_KEY",
        Error::StaleVersion { .. } | Error::StaleBudget(_) => "STALE_VERSION",
        Error::Conflict(_) => "CONFLICT",
        Error::TooLarge { .. } => "TOO_LARGE",
        Error::Unavailable(_) => "UNAVAILABLE",
        Error::Internal(_) => "INTERNAL_ERROR",
    }
}

/// What is wrong, by field.
pub fn problems(error: &Error) -> Problems {
    match error {
        Error::Validation(problems) | Error::Missing(problems) => problems.clone(),
        Error::SecondFactorNeeded => Problems::one("totp", Problem::CodeNeeded),
        Error::Duplicate(field) => Problems::one(*field, Problem::Taken),
        _ => Problems::default(),
    }
}

/// More than the code says, for words and details: a name of the catalogue's and what is filled in.
pub fn detail(error: &Error) -> Option<(&'static str, String)> {
    match error {
        Error::File(file) => Some(file_detail(file)),
        Error::Conflict(conflict) => Some((
            match conflict {
                Conflict::IdempotencyKeyReused => "idempotencyKeyReused",
                Conflict::ImportNotOpen => "importNotOpen",
                Conflict::ImportNotCommitted => "importNotCommitted",
                Conflict::ImportQuestions(_) => "importQuestions",
                Conflict::AccountInUse => "accountInUse",
                Conflict::SecondFactorIsOn => "secondFactorIsOn",
                Conflict::SecondFactorNotBegun => "secondFactorNotBegun",
                Conflict::NotInTrash => "notInTrash",
                Conflict::LastWayIn => "lastWayIn",
                Conflict::SignInAgain => "signInAgain",
                Conflict::IdentityTaken => "identityTaken",
                Conflict::AddressesDiffer => "addressesDiffer",
                Conflict::TooManyIdentities => "tooManyIdentities",
                Conflict::MonthHasMoves => "monthHasMoves",
                Conflict::Leaving => "leaving",
                Conflict::NotLeaving => "notLeaving",
                Conflict::AlreadyMember => "alreadyMember",
                Conflict::AlreadyInvited => "alreadyInvited",
                Conflict::InviteNotOpen => "inviteNotOpen",
                Conflict::OwnerStays => "ownerStays",
                Conflict::TooManyMembers => "tooManyMembers",
                Conflict::TooManyRules => "tooManyRules",
                Conflict::AlreadyUndone => "alreadyUndone",
                Conflict::UndoTooLate => "undoTooLate",
                Conflict::NotUndoable => "notUndoable",
                Conflict::NewerChange(_) => "newerChange",
            },
            String::new(),
        )),
        _ => None,
    }
}

fn file_detail(error: &FileError) -> (&'static str, String) {
    match error {
        FileError::Empty => ("empty", String::new()),
        FileError::NotABankFile => ("notABankFile", String::new()),
        FileError::Truncated { missing } => ("truncated", missing.clone()),
        FileError::Undecodable => ("undecodable", String::new()),
        FileError::BankSaid { code, message } => ("bankSaid", format!("{message} ({code})").trim().to_owned()),
        FileError::TooManyRows { max } => ("tooManyRows", max.to_string()),
    }
}

/// The error for a page.
pub fn to_api(error: &Error, request_id: &str) -> ApiError {
    ApiError { code: code(error).to_owned(), problems: problems(error), request_id: request_id.to_owned() }
}

/// The HTTP status of an error.
pub fn status(error: &Error) -> u16 {
    match error {
        Error::Validation(_) | Error::File(_) | Error::InvalidToken | Error::TokenExpired => 400,
        Error::Unauthorized | Error::WrongCredentials | Error::SecondFactorNeeded => 401,
        Error::RateLimited { .. } => 429,
        Error::Forbidden | Error::RegistrationClosed => 403,
        Error::NotFound | Error::Missing(_) => 404,
        Error::Duplicate(_) | Error::StaleVersion { .. } | Error::StaleBudget(_) | Error::Conflict(_) => 409,
        Error::TooLarge { .. } => 413,
        Error::Unavailable(_) => 503,
        Error::Internal(_) => 500,
    }
}

/// Logs what is the program's or the machine's fault; what is the caller's is no news. Once, at the edge.
pub fn log(error: &Error, request_id: &str) {
    match error {
        Error::Internal(cause) => tracing::error!(request_id, cause, "a fault of the program"),
        Error::Unavailable(cause) => tracing::warn!(request_id, cause, "a part does not answer"),
        _ => {}
    }
}
