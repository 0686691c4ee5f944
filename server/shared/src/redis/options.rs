//! Where the server is, and for how long it is waited for.
use fred::{
    error::{Error as RedisError, ErrorKind},
    types::{
        RespVersion,
        config::{Config, ConnectionConfig, PerformanceConfig, TcpConfig},
    },
};
use service::{Error, Result};
use std::{fmt, time::Duration};

/// How to reach a server.
#[derive(Clone)]
pub struct RedisOptions {
    /// `redis://[NAME:PASSWORD@]HOST[:PORT][/DATABASE]`, `rediss://…` with TLS, or `redis+unix:///PATH`.
    pub url: String,
    /// What all keys begin with.
    pub prefix: String,
    /// So many connections, besides the one that hears events.
    pub connections: usize,
    /// How long to wait.
    pub timeouts: Timeouts,
}

/// How long to wait.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For a connection, and then for its greeting a third of that.
    pub connect: Duration,
    /// For an answer.
    pub call: Duration,
    /// So often each connection is asked whether the server is still there.
    pub heartbeat: Duration,
    /// The longest pause between two tries to connect.
    pub pause: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            call: Duration::from_secs(2),
            heartbeat: Duration::from_secs(1),
            pause: Duration::from_secs(2),
        }
    }
}

impl Timeouts {
    pub(super) fn greeting(self) -> Duration {
        self.connect / 3
    }

    pub(super) fn connection(self) -> ConnectionConfig {
        ConnectionConfig {
            connection_timeout: self.connect,
            internal_command_timeout: self.greeting(),
            // What was sent once may have been done: whoever called decides whether to do it again.
            max_command_attempts: 1,
            tcp: TcpConfig { nodelay: Some(true), ..TcpConfig::default() },
            ..ConnectionConfig::default()
        }
    }

    pub(super) fn performance(self) -> PerformanceConfig {
        PerformanceConfig {
            default_command_timeout: self.call,
            // Messages that wait to be handed on; when there are more, all listeners are told that some were missed.
            broadcast_channel_capacity: 1_024,
            ..PerformanceConfig::default()
        }
    }
}

impl RedisOptions {
    /// The prefix `ww` and four connections.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), prefix: "ww".to_owned(), connections: 4, timeouts: Timeouts::default() }
    }

    pub(super) fn config(&self) -> Result<Config> {
        let wrong = |why: &str| Error::Internal(format!("Redis can't be used: its address is wrong: {why}"));
        let config = match self.url.split_once("://") {
            Some(("redis" | "rediss" | "valkey" | "valkeys", _)) => Config::from_url_centralized(&self.url),
            Some(("redis+unix" | "valkey+unix", _)) => Config::from_url_unix(&self.url),
            _ => return Err(wrong("it begins with redis://, rediss:// (TLS) or redis+unix://")),
        };
        let config = config.map_err(|error| wrong(why(&error)))?;
        // Only with the third version can a connection that hears messages be asked for anything else.
        Ok(Config { version: RespVersion::RESP3, fail_fast: true, ..config })
    }
}

/// The client's own words might quote the address, and with it the password.
fn why(error: &RedisError) -> &'static str {
    match error.details() {
        _ if *error.kind() == ErrorKind::Tls => "rediss:// needs the certificates of this machine, which can't be read",
        "Invalid database path." => "after the host stands the number of the database, and nothing else",
        "Invalid or missing host." => "it names no host",
        _ => "in name and password what is no letter or digit is percent-encoded, port and database are numbers",
    }
}

impl fmt::Debug for RedisOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisOptions")
            .field("prefix", &self.prefix)
            .field("connections", &self.connections)
            .field("timeouts", &self.timeouts)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fred::types::config::ServerConfig;

    #[test]
    fn all_kinds_of_addresses() {
        let config = |url: &str| RedisOptions::new(url).config().unwrap();
        let full = config("redis://ada:se%40cret@cache.example.org:7000/3");
        assert_eq!(full.server, ServerConfig::new_centralized("cache.example.org", 7000));
        assert_eq!((full.username.as_deref(), full.password.as_deref()), (Some("ada"), Some("se@cret")));
        assert_eq!(full.database, Some(3));
        let short = config("redis://:secret@localhost");
        assert_eq!(short.server, ServerConfig::new_centralized("localhost", 6379));
        assert_eq!((short.username, short.password.as_deref(), short.tls.is_some()), (None, Some("secret"), false));
        assert!(config("rediss://cache.example.org").tls.is_some());
        assert_eq!(
            config("redis+unix:///run/redis.sock").server,
            ServerConfig::Unix { path: "/run/redis.sock".into() }
        );
    }

    #[test]
    fn a_wrong_address_is_said_without_its_password() {
        for url in [
            "",
            "secret",
            "http://ada:secret@localhost",
            "redis-cluster://ada:secret@localhost",
            "redis://ada:secret@localhost:secret",
            "redis://ada:secret@localhost/secret",
            "redis://ada:secret@localhost/1/2",
            "redis://ada:secret@",
        ] {
            match RedisOptions::new(url).config() {
                Err(Error::Internal(text)) => {
                    assert!(text.contains("address") && !text.contains("secret"), "{url}: {text}");
                }
                other => panic!("{url}: {other:?}"),
            }
            assert!(!format!("{:?}", RedisOptions::new(url)).contains("secret"));
        }
    }
}
