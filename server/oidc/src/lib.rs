//! Sign-in at other places behind the port of `service`: OpenID Connect Core 1.0, code flow with PKCE, by the crate
//! openidconnect.
//!
//! What a provider says of itself (Discovery 1.0) and its keys are asked for when somebody needs them, and kept for an
//! hour: a provider that is down when the program starts is no reason not to start.
#![forbid(unsafe_code)]
mod discovery;
mod http;
mod provider;

pub use provider::{Provider, Settings};

/// Google's issuer (<https://developers.google.com/identity/openid-connect/openid-connect>).
pub const GOOGLE: &str = "https://accounts.google.com";
