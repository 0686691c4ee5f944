//! Over Resend's API: `POST /emails` with JSON and a key (<https://resend.com/docs/api-reference/emails/send-email>).
use super::{LIMIT, message::Sender};
use reqwest::{Client, StatusCode, Url, redirect::Policy};
use service::{
    Error, Result,
    ports::mail::{Mailer, Message},
};

/// Resend's own address.
const API: &str = "https://api.resend.com/emails";

/// Sends over Resend.
pub struct ResendMailer {
    client: Client,
    api: Url,
    key: String,
    from: Sender,
}

impl ResendMailer {
    /// With that key. None: there is no TLS to be had.
    pub fn new(key: String, from: Sender) -> Option<Self> {
        Self::at(API, key, from)
    }

    /// The same at another address: for tests.
    pub fn at(api: &str, key: String, from: Sender) -> Option<Self> {
        // Fails where there is one already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(LIMIT).redirect(Policy::none()).build().ok()?;
        Some(Self { client, api: api.parse().ok()?, key, from })
    }
}

#[async_trait::async_trait]
impl Mailer for ResendMailer {
    async fn send(&self, message: &Message) -> Result<()> {
        let body = serde_json::json!({
            "from": self.from.text(),
            "to": [message.to],
            "subject": message.subject,
            "text": message.text,
            "html": message.html,
        });
        let request = self.client.post(self.api.clone()).bearer_auth(&self.key);
        // The same key within a day is one mail there, too.
        let request = request.header("Idempotency-Key", &message.id).header("Content-Type", "application/json");
        let answer = request.body(body.to_string()).send().await;
        let status = answer.map_err(|_| Error::Unavailable("the mail service does not answer".to_owned()))?.status();
        match status {
            status if status.is_success() => Ok(()),
            StatusCode::TOO_MANY_REQUESTS => Err(Error::Unavailable("the mail service asks for patience".to_owned())),
            status if status.is_server_error() => Err(Error::Unavailable(format!("the mail service fails: {status}"))),
            status => Err(Error::Internal(format!("the mail service refused a mail: {status}"))),
        }
    }
}
