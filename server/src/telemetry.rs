//! The log: to standard error, as text for people or as JSON.
use crate::config::{Config, LogFormat};
use std::io::IsTerminal as _;

/// Starts it. A second start (tests) does nothing.
pub fn start(config: &Config) {
    let builder =
        tracing_subscriber::fmt().with_max_level(config.log_level).with_writer(std::io::stderr).with_target(false);
    let _ = match config.log_format {
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
        LogFormat::Text => builder.with_ansi(std::io::stderr().is_terminal()).try_init(),
    };
}
