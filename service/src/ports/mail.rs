//! Mail on its way out.
use crate::Result;

/// A mail, worded and laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The same for each try: whoever gets it twice sees that it is one.
    pub id: String,
    /// To whom: an address.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// For readers of text.
    pub text: String,
    /// For all others.
    pub html: String,
}

/// Sends mail.
#[async_trait::async_trait]
pub trait Mailer: Send + Sync {
    /// Hands it on. [`Error::Unavailable`](crate::Error::Unavailable) where another try may work; no error names whom it
    /// was for.
    async fn send(&self, message: &Message) -> Result<()>;
}
