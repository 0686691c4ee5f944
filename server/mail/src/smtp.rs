//! Over SMTP, as lettre speaks it: `smtps://` (TLS from the first byte), `smtp://…?tls=required` (STARTTLS) or, on a
//! network that one trusts, `smtp://`.
use super::{
    LIMIT,
    message::{Sender, letter},
};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor, transport::smtp::Error as SmtpError};
use service::{
    Error, Result,
    ports::mail::{Mailer, Message},
};

/// Sends over an SMTP server; connections are kept for the next mail.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Sender,
}

/// Whether this is an address of a mail server.
pub fn is_smtp(url: &str) -> bool {
    AsyncSmtpTransport::<Tokio1Executor>::from_url(url).is_ok()
}

impl SmtpMailer {
    /// Over the server of that address, which may hold user and password. None: it is no such address.
    pub fn new(url: &str, from: Sender) -> Option<Self> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).ok()?;
        Some(Self { transport: builder.timeout(Some(LIMIT)).build(), from })
    }
}

#[async_trait::async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, message: &Message) -> Result<()> {
        match self.transport.send(letter(message, &self.from)?).await {
            Ok(_) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }
}

/// What a server says of an address stays out of the log.
fn failed(error: &SmtpError) -> Error {
    match error.status() {
        Some(status) if error.is_permanent() => Error::Internal(format!("the mail server refused a mail: {status}")),
        Some(status) => Error::Unavailable(format!("the mail server put a mail off: {status}")),
        None => Error::Unavailable("the mail server does not answer".to_owned()),
    }
}
