//! The one place where a failure becomes an HTTP answer: which status, which code, which words.
//!
//! A handler returns [`ApiError`]; it travels in the response's extensions up to the edge, which knows the request's id
//! and whether a program or a person asked, and writes it (see [`crate::http::edge`]).
use super::{json::Broken, views::version::StaleView};
use app::i18n::{errors, problems};
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{locale::Language, problem::Problems};
use serde::Serialize;
use serde_json::value::RawValue;
use service::{
    Error,
    error::{Conflict, StaleBudget},
};
use std::{borrow::Cow, collections::BTreeMap, sync::Arc, time::Duration};
use utoipa::ToSchema;

/// What a handler returns.
pub type Result<T> = std::result::Result<T, ApiError>;

/// A failure on its way out.
#[derive(Debug, Clone)]
pub struct ApiError {
    /// The machine code.
    pub code: &'static str,
    /// Words of its own, where the code's are too general. English.
    detail: Option<Cow<'static, str>>,
    fields: BTreeMap<String, String>,
    problems: Problems,
    /// What a program needs to go on, as JSON.
    details: Option<Box<Box<RawValue>>>,
    /// For the log only, never sent.
    inside: Option<Box<str>>,
    /// Sent as `Retry-After`.
    retry_after: Option<u32>,
}

/// The body of every failure.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ErrorBody {
    /// Always true.
    error: bool,
    /// For a person.
    message: String,
    /// For a program: `VALIDATION_ERROR`, `NOT_FOUND`, …
    code: String,
    /// What is wrong, by the path of the field.
    fields: BTreeMap<String, String>,
    /// What a program needs to go on: both versions (`base` and `current`) where an edit of a budget is refused as stale.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    details: Option<Box<RawValue>>,
    /// Stands in the server's log, too.
    request_id: String,
}

/// The status of each code. Pages' forms use the same table.
pub fn status_of(code: &str) -> StatusCode {
    match code {
        "VALIDATION_ERROR" | "UNREADABLE_FILE" | "BAD_REQUEST" | "INVALID_TOKEN" | "TOKEN_EXPIRED" => {
            StatusCode::BAD_REQUEST
        }
        "UNAUTHORIZED" | "WRONG_CREDENTIALS" | "TOTP_REQUIRED" => StatusCode::UNAUTHORIZED,
        "FORBIDDEN" | "REGISTRATION_CLOSED" | "CROSS_ORIGIN" => StatusCode::FORBIDDEN,
        "NOT_FOUND" => StatusCode::NOT_FOUND,
        "METHOD_NOT_ALLOWED" => StatusCode::METHOD_NOT_ALLOWED,
        "TIMEOUT" => StatusCode::REQUEST_TIMEOUT,
        "DUPLICATE_KEY" | "STALE_VERSION" | "CONFLICT" => StatusCode::CONFLICT,
        "TOO_LARGE" => StatusCode::PAYLOAD_TOO_LARGE,
        "UNSUPPORTED_MEDIA_TYPE" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "RATE_LIMITED" => StatusCode::TOO_MANY_REQUESTS,
        "UNAVAILABLE" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl ApiError {
    /// A failure that its code says enough about.
    pub fn new(code: &'static str) -> Self {
        Self {
            code,
            detail: None,
            fields: BTreeMap::new(),
            problems: Problems::default(),
            details: None,
            inside: None,
            retry_after: None,
        }
    }

    /// With words of its own (English).
    pub fn with(code: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { detail: Some(detail.into()), ..Self::new(code) }
    }

    /// A fault of ours; `inside` is for the log.
    pub fn internal(inside: impl Into<String>) -> Self {
        let inside: String = inside.into();
        Self { inside: Some(inside.into()), ..Self::new("INTERNAL_ERROR") }
    }

    /// One wrong field, in words of its own (English).
    pub fn field(field: &str, what: impl Into<String>) -> Self {
        let mut error = Self::new("VALIDATION_ERROR");
        error.fields.insert(field.to_owned(), what.into());
        error
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        status_of(self.code)
    }

    /// For a person.
    pub fn message(&self, language: Language) -> String {
        match &self.detail {
            Some(detail) if language == Language::En => detail.to_string(),
            _ => errors::error(language, self.code).to_owned(),
        }
    }

    /// The JSON body, for the request of that id.
    pub fn body(&self, request_id: &str) -> ErrorBody {
        let worded =
            self.problems.0.iter().map(|(field, problem)| (field.clone(), problems::problem(Language::En, problem)));
        let mut fields = self.fields.clone();
        fields.extend(worded);
        // For a program a wrong password is a lack of authority like any other.
        let code = match self.code {
            "WRONG_CREDENTIALS" => "UNAUTHORIZED",
            "CROSS_ORIGIN" => "FORBIDDEN",
            "TIMEOUT" => "BAD_REQUEST",
            code => code,
        };
        ErrorBody {
            error: true,
            message: self.message(Language::En),
            code: code.to_owned(),
            fields,
            details: self.details.as_deref().cloned(),
            request_id: request_id.to_owned(),
        }
    }

    /// Writes what the operator should know; called once, at the edge.
    pub fn log(&self, request_id: &str, route: &str) {
        match (&self.inside, self.code) {
            (Some(inside), "UNAVAILABLE") => tracing::warn!(request_id, route, ?inside, "unavailable"),
            (Some(inside), _) => tracing::error!(request_id, route, ?inside, "internal error"),
            (None, code) => tracing::debug!(request_id, route, code, "refused"),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        match error {
            Error::Validation(problems) => Self { problems, ..Self::new("VALIDATION_ERROR") },
            Error::Unauthorized => Self::new("UNAUTHORIZED"),
            Error::WrongCredentials => Self::new("WRONG_CREDENTIALS"),
            Error::Forbidden => Self::new("FORBIDDEN"),
            Error::SecondFactorNeeded => Self::new("TOTP_REQUIRED"),
            Error::InvalidToken => Self::new("INVALID_TOKEN"),
            Error::TokenExpired => Self::new("TOKEN_EXPIRED"),
            Error::RateLimited { retry_after } => {
                Self { retry_after: u32::try_from(seconds(retry_after)).ok(), ..Self::new("RATE_LIMITED") }
            }
            Error::RegistrationClosed => Self::with("FORBIDDEN", "Sign-up is closed here."),
            Error::NotFound => Self::new("NOT_FOUND"),
            Error::Missing(problems) => Self { problems, ..Self::new("NOT_FOUND") },
            Error::Duplicate(field) => Self { code: "DUPLICATE_KEY", ..Self::field(field, "This is taken already.") },
            Error::StaleVersion { current } => stale(current),
            Error::StaleBudget(both) => stale_budget(*both),
            Error::Conflict(conflict) => {
                let mut error = Self::with("CONFLICT", conflict_words(&conflict));
                if let Conflict::NewerChange(fields) = conflict {
                    error.fields.extend(fields.into_iter().map(|field| (field, "Changed since.".to_owned())));
                }
                error
            }
            Error::File(error) => Self::field("file", sentence(&error.to_string())),
            Error::TooLarge { limit } => Self::with("TOO_LARGE", too_large(limit)),
            Error::Unavailable(inside) => Self { inside: Some(inside.into()), ..Self::new("UNAVAILABLE") },
            Error::Internal(inside) => Self::internal(inside),
        }
    }
}

fn stale(current: i64) -> ApiError {
    ApiError { code: "STALE_VERSION", ..ApiError::field("version", format!("It is {current} now.")) }
}

fn stale_budget(both: StaleBudget) -> ApiError {
    let current = both.current.version.version;
    // The details are a help: what is wrong is said without them, too.
    let details = serde_json::value::to_raw_value(&StaleView::from(both)).ok().map(Box::new);
    ApiError { details, ..stale(current) }
}

impl From<Problems> for ApiError {
    fn from(problems: Problems) -> Self {
        Error::Validation(problems).into()
    }
}

impl From<Broken> for ApiError {
    fn from(broken: Broken) -> Self {
        let Broken { what, line, column } = broken;
        Self::with("BAD_REQUEST", format!("The JSON is broken in line {line}, column {column}: {what} was expected."))
    }
}

/// Whole seconds, rounded up.
pub fn seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

/// The words for what is too large.
pub fn too_large(limit: u64) -> String {
    if limit >= 1 << 20 { format!("At most {} MiB.", limit >> 20) } else { format!("At most {} KiB.", limit >> 10) }
}

fn conflict_words(conflict: &Conflict) -> &'static str {
    match conflict {
        Conflict::IdempotencyKeyReused => "This Idempotency-Key came with another request before. Use a new one.",
        Conflict::ImportNotOpen => "This import is no open draft any more.",
        Conflict::ImportNotCommitted => "This import is not committed, so there is nothing to take back.",
        Conflict::ImportQuestions(_) => "This import has open questions. Answer them first.",
        Conflict::AccountInUse => "Expenses name this account. Close it, or move them first.",
        Conflict::SecondFactorIsOn => "A second factor is on already. End it first.",
        Conflict::SecondFactorNotBegun => "No second factor waits to be confirmed. Begin one first.",
        Conflict::NotInTrash => "This is not in the trash.",
        Conflict::LastWayIn => "This is the only way into this account. Set a password first.",
        Conflict::SignInAgain => {
            "This takes a sign-in of the last minutes. Sign out, sign in again, and try once more."
        }
        Conflict::IdentityTaken => "This sign-in belongs to another account.",
        Conflict::AddressesDiffer => "The address of the account must be verified here and there, and be the same.",
        Conflict::TooManyIdentities => "No more sign-ins can be linked. Unlink one first.",
        Conflict::MonthHasMoves => "Money has been moved in this month already. Take the moves back first.",
        Conflict::Leaving => "This account is about to be deleted already.",
        Conflict::NotLeaving => "This account is not about to be deleted.",
        Conflict::AlreadyMember => "They have part in this budget already.",
        Conflict::AlreadyInvited => "They have been invited already, and have not answered yet.",
        Conflict::InviteNotOpen => "This invitation was answered, taken back, or has ended.",
        Conflict::OwnerStays => "A budget needs its owner. Hand it over first.",
        Conflict::TooManyMembers => "This budget has no room for more members.",
        Conflict::TooManyRules => "There are 1,000 rules already; delete one before you add another.",
        Conflict::AlreadyUndone => "This was taken back already.",
        Conflict::UndoTooLate => "This was done more than 30 days ago and can't be taken back any more.",
        Conflict::NotUndoable => "This can't be taken back.",
        Conflict::NewerChange(_) => {
            "To take this back would overwrite a newer change. With untouched=true only what nobody changed since goes back."
        }
    }
}

/// Capital letter and full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let stop = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::problem::Problem;

    #[test]
    fn what_is_inside_stays_inside() {
        for error in [Error::Internal("disk /dev/sda1".to_owned()), Error::Unavailable("disk /dev/sda1".to_owned())] {
            let body = serde_json::to_string(&ApiError::from(error).body("r1")).unwrap();
            assert!(!body.contains("sda1") && body.contains("r1"), "{body}");
        }
    }

    #[test]
    fn each_failure_has_its_status_and_code() {
        for (error, status, code) in [
            (Error::field("a.b", Problem::Required), 400, "VALIDATION_ERROR"),
            (Error::Unauthorized, 401, "UNAUTHORIZED"),
            (Error::WrongCredentials, 401, "UNAUTHORIZED"),
            (Error::Forbidden, 403, "FORBIDDEN"),
            (Error::NotFound, 404, "NOT_FOUND"),
            (Error::Missing(domain::problem::Problems::one("ids.0", Problem::NotFound)), 404, "NOT_FOUND"),
            (Error::Duplicate("email"), 409, "DUPLICATE_KEY"),
            (Error::StaleVersion { current: 3 }, 409, "STALE_VERSION"),
            (Error::Conflict(Conflict::NotInTrash), 409, "CONFLICT"),
            (Error::File(domain::import::FileError::Empty), 400, "VALIDATION_ERROR"),
            (Error::TooLarge { limit: 1 << 20 }, 413, "TOO_LARGE"),
            (Error::Unavailable(String::new()), 503, "UNAVAILABLE"),
            (Error::Internal(String::new()), 500, "INTERNAL_ERROR"),
        ] {
            let error = ApiError::from(error);
            assert_eq!((error.status().as_u16(), error.body("").code.as_str()), (status, code));
        }
    }

    #[test]
    fn fields_are_worded() {
        let body = ApiError::from(Error::field("a.b", Problem::Required)).body("");
        assert_eq!(body.fields["a.b"], "This is needed.");
        let file = ApiError::from(Error::File(domain::import::FileError::Empty)).body("");
        assert_eq!(file.fields["file"], "The file is empty.");
    }
}
