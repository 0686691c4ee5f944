//! What can go wrong with a use-case, as data. One place maps it to HTTP, one words it.
use crate::ports::versions::MadeVersion;
use domain::{
    import::{FileError, Question},
    problem::{Problem, Problems},
};

/// The result of a use-case.
pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong with a use-case.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// These fields are wrong; nothing was changed.
    #[error("wrong input: {0:?}")]
    Validation(Problems),
    /// Nobody is signed in, or the password is wrong.
    #[error("not signed in")]
    Unauthorized,
    /// Wrong address or wrong password: which one is not said.
    #[error("wrong credentials")]
    WrongCredentials,
    /// May see it, may not do this.
    #[error("not allowed")]
    Forbidden,
    /// Does not exist, or is not yours: the same to whoever asks.
    #[error("not found")]
    NotFound,
    /// What these fields of a body name does not exist, or is not yours.
    #[error("not found: {0:?}")]
    Missing(Problems),
    /// Somebody has it already; the field that is taken.
    #[error("{0} is taken")]
    Duplicate(&'static str),
    /// Somebody changed it since; the version it has now.
    #[error("stale version, now {current}")]
    StaleVersion {
        /// the version it has now
        current: i64,
    },
    /// The same of a budget, with both versions for whoever has to bring them together.
    #[error("stale version of a budget, now {}", .0.current.version.version)]
    StaleBudget(Box<StaleBudget>),
    /// Can't be done in the state that it is in.
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    /// The file as a whole can't be read.
    #[error("unreadable file: {0}")]
    File(FileError),
    /// Larger than allowed; how many bytes are.
    #[error("too large, at most {limit} bytes")]
    TooLarge {
        /// in bytes
        limit: u64,
    },
    /// The password is right, and a code is asked for.
    #[error("a second factor is asked for")]
    SecondFactorNeeded,
    /// A link that was never sent, was used, or is for something else.
    #[error("a link that does not count")]
    InvalidToken,
    /// A link that came too late.
    #[error("a link that has ended")]
    TokenExpired,
    /// Tried too often lately.
    #[error("too many tries")]
    RateLimited {
        /// when it may be tried again
        retry_after: std::time::Duration,
    },
    /// Registration is closed by the operator.
    #[error("registration is closed")]
    RegistrationClosed,
    /// The store, or another part that this needs, does not answer.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of the program; the text is for the log only.
    #[error("internal: {0}")]
    Internal(String),
}

/// Two edits of a budget that were made from the same version.
#[derive(Debug, Clone, PartialEq)]
pub struct StaleBudget {
    /// The version that the refused edit was made from; none: there never was such a version.
    pub base: Option<MadeVersion>,
    /// The version that the budget has now.
    pub current: MadeVersion,
}

/// Why something can't be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// The same idempotency key came with another request.
    IdempotencyKeyReused,
    /// The import is not open any more.
    ImportNotOpen,
    /// The import has not been committed.
    ImportNotCommitted,
    /// These must be answered first.
    ImportQuestions(Vec<Question>),
    /// The account still has rows.
    AccountInUse,
    /// A second factor is on already.
    SecondFactorIsOn,
    /// No second factor waits to be confirmed.
    SecondFactorNotBegun,
    /// Something of the same name is in the way, or it is not in the trash.
    NotInTrash,
    /// Without it nobody could sign in to the account any more.
    LastWayIn,
    /// It takes a session that has just begun.
    SignInAgain,
    /// This sign-in at another place counts for another account.
    IdentityTaken,
    /// The address of the account, and the one that the other place vouches for, are not one verified address.
    AddressesDiffer,
    /// There are as many as there may be.
    TooManyIdentities,
    /// Money has been moved in this month already: a copy of another would go beside it.
    MonthHasMoves,
    /// The account is about to go already.
    Leaving,
    /// The account is not about to go.
    NotLeaving,
    /// They have part in the budget already.
    AlreadyMember,
    /// They have been invited already, and have not answered.
    AlreadyInvited,
    /// The invitation was answered, taken back, or has ended.
    InviteNotOpen,
    /// A budget has an owner as long as it is there.
    OwnerStays,
    /// A budget has no room for more.
    TooManyMembers,
    /// It has been taken back already.
    AlreadyUndone,
    /// It was done so long ago that it can't be taken back any more.
    UndoTooLate,
    /// Nothing takes it back.
    NotUndoable,
    /// There are as many rules as there may be.
    TooManyRules,
    /// To take it back would overwrite a newer change: of these fields, by their names in the API.
    NewerChange(Vec<String>),
}

impl Error {
    /// One field, one problem.
    pub fn field(field: impl Into<String>, problem: Problem) -> Self {
        Self::Validation(Problems::one(field, problem))
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Validation(problems)
    }
}

impl From<FileError> for Error {
    fn from(error: FileError) -> Self {
        Self::File(error)
    }
}
