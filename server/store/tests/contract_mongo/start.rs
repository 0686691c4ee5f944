//! Opening the store: what it makes, what it refuses.
use super::{server::Scratch, standalone};
use mongodb::bson::{Document, doc};
use service::{
    Error,
    ports::store::{Upkeep as _, UserStore as _},
    testing::{Faults, builders as make},
};
use std::time::{Duration, Instant};
use store::{
    MongoOptions,
    mongo::{Timeouts, open},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_transactions_is_refused() {
    let uri = format!("mongodb://{}/", standalone::start().await);
    let refused = open(MongoOptions::new(uri)).await.err();
    let Some(Error::Internal(text)) = refused else { panic!("{refused:?}") };
    assert!(text.contains("has no transactions") && text.contains("replica set"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_it_is_soon_unavailable() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let short = Duration::from_millis(300);
    let timeouts = Timeouts { connect: short, selection: short, ..Timeouts::default() };
    let options = MongoOptions { timeouts, ..MongoOptions::new(format!("mongodb://{nobody}/?directConnection=true")) };
    let begin = Instant::now();
    let refused = open(options).await.err();
    assert!(matches!(refused, Some(Error::Unavailable(_))), "{refused:?}");
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_is_said_without_its_password() {
    let refused = open(MongoOptions::new("mongodb://ada:secret@/?nonsense")).await.err();
    let Some(Error::Internal(text)) = refused else { panic!("{refused:?}") };
    assert!(text.contains("address") && !text.contains("secret"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_opened_again_and_a_newer_one_is_left_alone() {
    let scratch = Scratch::new().await;
    for _ in 0..2 {
        scratch.open(&Faults::default()).await.ping().await.unwrap();
    }
    let meta = scratch.raw().await.collection::<Document>("meta");
    meta.update_one(doc! { "_id": "schema" }, doc! { "$set": { "version": 99 } }).await.unwrap();
    let refused = open(scratch.options(&Faults::default())).await.err();
    assert!(matches!(&refused, Some(Error::Internal(text)) if text.contains("newer program")), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_closed_is_unavailable() {
    let scratch = Scratch::new().await;
    let store = scratch.open(&Faults::default()).await;
    store.close().await;
    let refused = store.user(make::person(1).user.id).await;
    assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
}

/// Validators are a second look at what is written past the program.
#[tokio::test(flavor = "multi_thread")]
async fn a_document_of_another_shape_is_refused_by_the_database() {
    let scratch = Scratch::new().await;
    scratch.open(&Faults::default()).await;
    let expenses = scratch.raw().await.collection::<Document>("expenses");
    let refused = expenses.insert_one(doc! { "userId": "me", "minor": 12.5 }).await;
    assert!(refused.is_err());
}

/// What is stored and can't be read is an error of the program, not a guess.
#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_read_is_an_error() {
    let scratch = Scratch::new().await;
    let store = scratch.open(&Faults::default()).await;
    let person = make::person(1);
    let ada = person.user.id;
    store.create_user(&make::write(ada, 0), &person).await.unwrap();
    let users = scratch.raw().await.collection::<Document>("users");
    users.update_one(doc! {}, doc! { "$set": { "preferences.currency": "DUCATS" } }).await.unwrap();
    let refused = store.user(ada).await;
    assert!(matches!(refused, Err(Error::Internal(_))), "{refused:?}");
}
