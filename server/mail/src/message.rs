//! A mail as it travels (RFC 5322, MIME with two alternatives).
use lettre::{
    Message as Letter,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use service::{Error, Result, ports::mail::Message};

/// Whom mail comes from.
#[derive(Debug, Clone)]
pub struct Sender(Mailbox);

impl Sender {
    /// `money@example.org`, or `WealthWise <money@example.org>`.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse().ok().map(Self)
    }

    /// As it stands in a mail.
    pub(crate) fn text(&self) -> String {
        self.0.to_string()
    }

    /// After the @.
    fn domain(&self) -> &str {
        self.0.email.domain()
    }
}

/// Sent by a program: nobody's absence is answered to it (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The same message has the same `Message-ID`, however often it is tried.
pub(crate) fn letter(message: &Message, from: &Sender) -> Result<Letter> {
    let wrong = |error: &dyn std::fmt::Display| Error::Internal(format!("a mail: {error}"));
    let to: Mailbox = message.to.parse().map_err(|error| wrong(&error))?;
    Letter::builder()
        .from(from.0.clone())
        .to(to)
        .subject(message.subject.clone())
        .header(AutoSubmitted)
        .message_id(Some(format!("<{}@{}>", message.id, from.domain())))
        .multipart(MultiPart::alternative_plain_html(message.text.clone(), message.html.clone()))
        .map_err(|error| wrong(&error))
}

#[cfg(test)]
pub(crate) fn example() -> Message {
    Message {
        id: "00010203".to_owned(),
        to: "ada@example.org".to_owned(),
        subject: "Grüße\r\nBcc: eve@example.org".to_owned(),
        text: "Hallo Ada, ist das deine Adresse?".to_owned(),
        html: "<p>Hallo Ada, ist das deine <b>Adresse</b>?</p>".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_with_two_alternatives_and_no_header_of_somebody_elses() {
        let sender = Sender::parse("WealthWise <money@example.net>").unwrap();
        let text = String::from_utf8(letter(&example(), &sender).unwrap().formatted()).unwrap();
        assert!(
            text.contains("Message-ID: <00010203@example.net>") && text.contains("multipart/alternative"),
            "{text}"
        );
        assert!(text.contains("Auto-Submitted: auto-generated\r\n"), "{text}");
        assert!(text.contains("text/plain") && text.contains("text/html"), "{text}");
        assert!(!text.lines().any(|line| line.starts_with("Bcc:")), "{text}");
        assert!(letter(&Message { to: "nobody".to_owned(), ..example() }, &sender).is_err());
        assert!(Sender::parse("nobody").is_none());
    }
}
