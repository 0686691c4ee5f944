//! What people are told by mail: kept as a job with the write it follows from, sealed, and worded when it is sent.
use crate::{Result, Services, ports::jobs::NewJob};
use domain::{Date, ids::UserId, user::User};
use serde::{Deserialize, Serialize};

/// The kind of job.
pub(crate) const SEND: &str = "send_email";

/// A mail that is not worded yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// To which address.
    pub to: String,
    /// Whom it greets.
    pub name: String,
    /// In which language: a locale's tag.
    pub language: String,
    /// What it says.
    pub letter: Letter,
}

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "about")]
pub enum Letter {
    /// Welcome; is this address yours?
    Verify {
        /// the link's secret
        token: String,
    },
    /// Somebody signed up with an address that has an account.
    AddressTaken,
    /// A link to a new password.
    ResetPassword {
        /// the link's secret
        token: String,
    },
    /// The password is another one now.
    PasswordChanged,
    /// Is this address yours, too?
    ChangeEmail {
        /// the link's secret
        token: String,
    },
    /// The account's address is another one now (to the old one).
    EmailChanged,
    /// A sign-in at another place lets them in from now on.
    IdentityLinked,
    /// The account is about to go.
    AccountEnding {
        /// on that day, where the person is
        #[serde(with = "domain::wire::date")]
        on: Date,
    },
    /// The account has gone.
    AccountGone,
    /// Somebody would like to share a budget.
    Invited {
        /// the link's secret
        token: String,
        /// what they are called
        by: String,
    },
}

impl Mail {
    /// To a person at their address.
    pub(crate) fn to(user: &User, letter: Letter) -> Self {
        Self { to: user.email.clone(), name: user.name.clone(), language: user.preferences.language.clone(), letter }
    }
}

impl Services {
    /// The job that sends a mail now. While one with the same key is open, another is not kept.
    pub(crate) fn mail(&self, mail: &Mail, user: Option<UserId>, key: Option<String>) -> Result<NewJob> {
        self.job(SEND, mail, user, key)
    }
}
