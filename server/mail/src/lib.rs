//! Ways for mail to go out: over SMTP (lettre), over Resend's HTTP API, or into files of a folder, where nobody but the
//! operator reads it.
#![forbid(unsafe_code)]
mod files;
mod message;
mod resend;
mod smtp;

pub use files::FileMailer;
pub use message::Sender;
pub use resend::ResendMailer;
pub use smtp::{SmtpMailer, is_smtp};

use std::time::Duration;

/// A try takes no longer.
const LIMIT: Duration = Duration::from_secs(20);
