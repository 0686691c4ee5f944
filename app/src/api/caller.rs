//! Who asks, and by which means: made once for each request by the host, seen by every query and form handler.
use domain::{currency::Currency, locale::Locale, session::Session};
use jiff::Timestamp;
use service::{Actor, Idempotency, Services, auth::Device, identities::arrival::Arrival};

/// One request's asker. In the Leptos context of every page and server function; handed to every form handler.
#[derive(Clone)]
pub struct Caller {
    /// The use-cases.
    pub services: Services,
    /// Who is signed in.
    pub actor: Option<Actor>,
    /// By which session.
    pub session: Option<Session>,
    /// Words, numbers and dates: the person's, else the browser's.
    pub locale: Locale,
    /// The person's, else what people are paid in where the browser is at home.
    pub currency: Currency,
    /// Browser and address, for the list of sessions.
    pub device: Device,
    /// What another place has said of them, on their way in.
    pub arrival: Option<Arrival>,
    /// For the log, and for whoever reports a fault.
    pub request_id: String,
    /// When it came.
    pub now: Timestamp,
}

impl Caller {
    /// The person signed in, or [`service::Error::Unauthorized`]; [`service::Error::Forbidden`] for somebody whose
    /// account is about to go: they get one page, and what stands on it asks for [`Caller::anyone`].
    pub fn actor(&self) -> service::Result<&Actor> {
        let actor = self.anyone()?;
        if actor.user.standing.delete_after.is_some() { Err(service::Error::Forbidden) } else { Ok(actor) }
    }

    /// The person signed in, also one whose account is about to go.
    pub fn anyone(&self) -> service::Result<&Actor> {
        self.actor.as_ref().ok_or(service::Error::Unauthorized)
    }
}

/// What a form sent, hidden fields taken out.
#[derive(Clone)]
pub struct Submitted {
    /// The fields, as text.
    pub fields: domain::input::Value,
    /// The one file of a multipart form.
    pub file: Option<UploadedFile>,
    /// Done once for the same key.
    pub idempotency: Option<Idempotency>,
    /// Where to go when it worked (already checked to be an own path).
    pub next: Option<String>,
}

/// A file that came with a form.
#[derive(Clone)]
pub struct UploadedFile {
    /// As the browser calls it.
    pub name: String,
    /// All of it; the host has limited its size.
    pub bytes: Vec<u8>,
}

/// What a handler asks of the host besides the outcome.
#[derive(Clone, Default)]
pub enum SessionChange {
    /// The cookie stays.
    #[default]
    None,
    /// Somebody signed in: the cookie gets this secret.
    Begin {
        /// for the cookie only
        secret: String,
        /// the absolute end
        expires_at: Timestamp,
    },
    /// Signed out.
    End,
}

/// What came of a form, for the page and for the host.
#[derive(Clone, Default)]
pub struct Handled {
    /// For the page.
    pub outcome: crate::forms::Outcome,
    /// For the host.
    pub session: SessionChange,
    /// Language and theme of somebody who is not signed in: kept in a cookie.
    pub preferences: Option<(String, domain::user::Theme)>,
}
