//! How to reach a server, and what is asked of it whatever the address says: the primary, majority, journal.
use super::failure::{Failure, Outcome};
use crate::Faults;
use mongodb::{
    error::ErrorKind,
    options::{
        Acknowledgment, ClientOptions, ReadConcern, ReadPreference, SelectionCriteria, TransactionOptions, WriteConcern,
    },
};
use service::Error;
use std::{fmt, time::Duration};

/// How to open a store.
#[derive(Clone)]
pub struct MongoOptions {
    /// The connection string (`mongodb://…`, `mongodb+srv://…`). It may hold a password: it is never shown.
    pub uri: String,
    /// The database.
    pub database: String,
    /// The most connections to a server.
    pub max_pool_size: u32,
    /// How long to wait.
    pub timeouts: Timeouts,
    /// What is to fail (tests only).
    pub faults: Faults,
}

/// How long to wait before it is [`service::Error::Unavailable`].
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// For a new connection, unless the address says how long.
    pub connect: Duration,
    /// For a primary to be found, unless the address says how long.
    pub selection: Duration,
    /// For one call of a port, with all tries.
    pub call: Duration,
    /// For a call that writes thousands of rows. Servers end a transaction after 60 s.
    pub heavy: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(4),
            selection: Duration::from_secs(4),
            call: Duration::from_secs(5),
            heavy: Duration::from_secs(55),
        }
    }
}

impl MongoOptions {
    /// The database `wealthwise` with up to ten connections.
    pub fn new(uri: impl Into<String>) -> Self {
        Self {
            uri: uri.into(),
            database: "wealthwise".to_owned(),
            max_pool_size: 10,
            timeouts: Timeouts::default(),
            faults: Faults::default(),
        }
    }

    pub(super) async fn client(&self) -> Outcome<ClientOptions> {
        let mut options = ClientOptions::parse(&self.uri).await.map_err(|error| self.parse_error(error))?;
        options.app_name.get_or_insert_with(|| "wealthwise".to_owned());
        options.max_pool_size = Some(self.max_pool_size.max(1));
        // What the address says comes first (connectTimeoutMS, serverSelectionTimeoutMS).
        options.connect_timeout.get_or_insert(self.timeouts.connect);
        options.server_selection_timeout.get_or_insert(self.timeouts.selection);
        options.selection_criteria = Some(SelectionCriteria::ReadPreference(ReadPreference::Primary));
        options.read_concern = Some(ReadConcern::majority());
        options.write_concern = Some(durable());
        (options.retry_reads, options.retry_writes) = (Some(true), Some(true));
        Ok(options)
    }

    /// What the driver says may quote the address; with a password in it that is kept to ourselves.
    fn parse_error(&self, error: mongodb::error::Error) -> Failure {
        let why = match *error.kind {
            ErrorKind::InvalidArgument { message, .. } if !self.uri.contains('@') => message,
            ErrorKind::InvalidArgument { .. } => {
                "what is no letter or digit in the name and the password must be percent-encoded".to_owned()
            }
            _ => return error.into(),
        };
        Failure::Service(Error::Internal(format!("MongoDB can't be used: its address is wrong: {why}")))
    }
}

impl fmt::Debug for MongoOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MongoOptions")
            .field("database", &self.database)
            .field("max_pool_size", &self.max_pool_size)
            .field("timeouts", &self.timeouts)
            .finish_non_exhaustive()
    }
}

/// Acknowledged once most members have it in their journals: it survives the loss of the primary.
fn durable() -> WriteConcern {
    WriteConcern::builder().w(Acknowledgment::Majority).journal(true).build()
}

/// One snapshot for all that is read, durable when committed.
pub(super) fn transaction() -> TransactionOptions {
    TransactionOptions::builder()
        .read_concern(ReadConcern::snapshot())
        .write_concern(durable())
        .selection_criteria(SelectionCriteria::ReadPreference(ReadPreference::Primary))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_never_shown() {
        let options = MongoOptions::new("mongodb://ada:secret@db.example.org");
        assert!(!format!("{options:?}").contains("secret"));
    }

    #[tokio::test]
    async fn an_address_can_not_weaken_what_is_kept() {
        let uri = "mongodb://localhost/?w=0&journal=false&retryWrites=false&readPreference=secondary&maxPoolSize=500";
        let options = MongoOptions::new(uri).client().await.unwrap();
        assert_eq!(options.write_concern, Some(durable()));
        assert_eq!(options.retry_writes, Some(true));
        assert_eq!(options.max_pool_size, Some(10));
        let primary = SelectionCriteria::ReadPreference(ReadPreference::Primary);
        assert_eq!(options.selection_criteria, Some(primary));
    }

    #[tokio::test]
    async fn an_address_can_say_how_long_to_wait() {
        let own = MongoOptions::new("mongodb://localhost").client().await.unwrap();
        let four = Some(Duration::from_secs(4));
        assert_eq!((own.connect_timeout, own.server_selection_timeout), (four, four));
        let uri = "mongodb://localhost/?connectTimeoutMS=1500&serverSelectionTimeoutMS=2500";
        let said = MongoOptions::new(uri).client().await.unwrap();
        assert_eq!(said.connect_timeout, Some(Duration::from_millis(1_500)));
        assert_eq!(said.server_selection_timeout, Some(Duration::from_millis(2_500)));
    }
}
