//! Before a store is used: is there a server, has it transactions, is the database ours and up to date.
use super::{
    failure::{Failure, Outcome, code},
    options::{self, MongoOptions},
    schema, upgrade,
};
use mongodb::{
    Client, Database,
    bson::{Document, doc},
    error::ErrorKind,
};
use serde::{Deserialize, Serialize};
use service::{Error, Result};

/// The version of the schema that this program writes.
const SCHEMA: i32 = 2;

/// Where the schema's version stands.
#[derive(Serialize, Deserialize)]
struct Meta {
    #[serde(rename = "_id")]
    id: String,
    version: i32,
}

/// A client and the database, ready to be used; `only_ours`: not if another program has put something there before.
pub(super) async fn connect(options: &MongoOptions, only_ours: bool) -> Result<(Client, Database)> {
    let prepared = async {
        let client = Client::with_options(options.client().await?)?;
        let database = client.database(&options.database);
        check_transactions(&client, &database).await?;
        if only_ours {
            refuse_others(&database).await?;
        }
        if claim(&database).await? < SCHEMA {
            upgrade::to_places(&database).await?;
            let now = doc! { "$set": { "version": SCHEMA } };
            database.collection::<Meta>("meta").update_one(doc! { "_id": "schema" }, now).await?;
        }
        schema::prepare(&database).await?;
        Ok((client, database))
    };
    match tokio::time::timeout(options.timeouts.heavy, prepared).await {
        Ok(done) => done.map_err(explained),
        Err(_) => Err(Error::Unavailable("store: no answer from MongoDB".to_owned())),
    }
}

/// What the operator has got wrong is said as such.
fn explained(failure: Failure) -> Error {
    match failure {
        Failure::Driver(error) => match *error.kind {
            ErrorKind::InvalidArgument { message, .. } => unusable(&message),
            ErrorKind::Authentication { message, .. } => unusable(&format!("it does not let us in: {message}")),
            ErrorKind::InvalidTlsConfig { message, .. } => unusable(&format!("TLS: {message}")),
            _ => Failure::Driver(error).into(),
        },
        other => other.into(),
    }
}

fn unusable(why: &str) -> Error {
    Error::Internal(format!("MongoDB can't be used: {why}"))
}

/// Members of a replica set and routers of a cluster have transactions. Of anything else only trying tells.
async fn check_transactions(client: &Client, database: &Database) -> Outcome<()> {
    let hello = database.run_command(doc! { "hello": 1 }).await?;
    let known = hello.get_str("setName").is_ok() || hello.get_str("msg").is_ok_and(|msg| msg == "isdbgrid");
    if known || try_transaction(client, database).await? {
        return Ok(());
    }
    Err(Failure::Service(unusable(
        "this server has no transactions, for it is a standalone one. Start it as a replica set, of which one member is \
         enough: mongod --replSet rs0, and once rs.initiate() in mongosh",
    )))
}

/// Whether a transaction comes through.
async fn try_transaction(client: &Client, database: &Database) -> Outcome<bool> {
    let meta = database.collection::<Document>("meta");
    let mut session = client.start_session().await?;
    session.start_transaction().with_options(options::transaction()).await?;
    let tried = match meta.find_one(doc! {}).session(&mut session).await {
        Ok(_) => session.commit_transaction().await,
        Err(error) => Err(error),
    };
    match tried.map_err(Failure::from) {
        Ok(()) => Ok(true),
        Err(failure) if is_refusal(&failure) => Ok(false),
        Err(failure) => Err(failure),
    }
}

fn is_refusal(failure: &Failure) -> bool {
    let by_driver = matches!(failure, Failure::Driver(error)
        if matches!(*error.kind, ErrorKind::Transaction { .. } | ErrorKind::SessionsNotSupported));
    by_driver || failure.code() == Some(code::ILLEGAL_OPERATION)
}

/// A database that has collections and was never marked as ours.
async fn refuse_others(database: &Database) -> Outcome<()> {
    if database.collection::<Meta>("meta").find_one(doc! { "_id": "schema" }).await?.is_some() {
        return Ok(());
    }
    match database.list_collection_names().await?.first() {
        Some(name) => {
            Err(Failure::Service(unusable(&format!("the database has collections of another program ({name})"))))
        }
        None => Ok(()),
    }
}

/// Marks the database as ours. One of a newer program is left alone. The version that it has.
async fn claim(database: &Database) -> Outcome<i32> {
    let meta = database.collection::<Meta>("meta");
    let first = doc! { "$setOnInsert": { "version": SCHEMA } };
    match meta.update_one(doc! { "_id": "schema" }, first).upsert(true).await.map_err(Failure::from) {
        // Another process that starts at this moment.
        Err(failure) if failure.code() == Some(code::DUPLICATE_KEY) => {}
        other => drop(other?),
    }
    match meta.find_one(doc! { "_id": "schema" }).await? {
        Some(Meta { version, .. }) if version > SCHEMA => {
            Err(Failure::Service(unusable(&format!("a newer program has written to it (schema {version})"))))
        }
        found => Ok(found.map_or(SCHEMA, |found| found.version)),
    }
}
