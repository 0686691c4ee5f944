//! Blobs in `GridFS`: the contract, and what is left by puts and deletes that were cut off.
use super::server::Scratch;
use futures_util::AsyncReadExt as _;
use jiff::{SignedDuration, Timestamp};
use mongodb::{
    bson::{Binary, Document, doc, oid::ObjectId, spec::BinarySubtype},
    options::GridFsBucketOptions,
};
use service::{
    blobs::{GRACE, sweep},
    ports::{
        blobs::{BlobId, Blobs as _},
        store::{ImportStore as _, UserStore as _},
    },
    testing::{
        Faults, builders as make,
        contract::{Boxed, TestBlobs},
    },
};
use std::sync::Arc;

async fn fresh() -> TestBlobs {
    let scratch = Scratch::new().await;
    let blobs = scratch.open(&Faults::default()).await;
    let database = scratch.raw().await;
    TestBlobs {
        blobs: Arc::new(blobs),
        pass: Box::new(|| ()),
        damage: Box::new(move |id| -> Boxed<()> {
            let database = database.clone();
            Box::pin(async move {
                let files = database.collection::<Document>("blobs.files");
                let file = files.find_one(doc! { "filename": id.to_string() }).await.unwrap().unwrap();
                let other = Binary { subtype: BinarySubtype::Generic, bytes: b"other bytes".to_vec() };
                let piece = doc! { "files_id": file.get_object_id("_id").unwrap(), "n": 0 };
                let chunks = database.collection::<Document>("blobs.chunks");
                let changed = chunks.update_one(piece, doc! { "$set": { "data": other } }).await.unwrap();
                assert_eq!(changed.modified_count, 1);
            })
        }),
        keep: Box::new(scratch),
    }
}

service::blobs_contract!("blobs in gridfs", fresh);

async fn count(scratch: &Scratch, collection: &str) -> u64 {
    scratch.raw().await.collection::<Document>(collection).count_documents(doc! {}).await.unwrap()
}

/// An id made so many hours before `now`.
fn begun(now: Timestamp, hours: i64) -> ObjectId {
    let at = now.checked_sub(SignedDuration::from_hours(hours)).unwrap();
    let mut id = ObjectId::new().bytes();
    id[..4].copy_from_slice(&u32::try_from(at.as_second()).unwrap().to_be_bytes());
    ObjectId::from_bytes(id)
}

/// The time of the server, by what it has just put.
async fn now(store: &store::MongoStore) -> Timestamp {
    store.put(b"what time is it".to_vec()).await.unwrap();
    store.list(None, 1_000).await.unwrap().into_iter().map(|blob| blob.put_at).max().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_killed_put_leaves_is_swept_after_its_day() {
    let scratch = Scratch::new().await;
    let store = scratch.open(&Faults::default()).await;
    let now = now(&store).await;
    let chunks = scratch.raw().await.collection::<Document>("blobs.chunks");
    let data = Binary { subtype: BinarySubtype::Generic, bytes: b"half of it".to_vec() };
    for hours in [23, 25] {
        let file = begun(now, hours);
        for n in 0..3 {
            chunks
                .insert_one(doc! { "_id": ObjectId::new(), "files_id": file, "n": n, "data": data.clone() })
                .await
                .unwrap();
        }
    }
    assert_eq!(sweep(&store, &store, now).await.unwrap(), 1);
    assert_eq!(count(&scratch, "blobs.chunks").await, 4, "the young one's three, and the whole one's");
    assert_eq!(sweep(&store, &store, now.checked_add(SignedDuration::from_hours(2)).unwrap()).await.unwrap(), 1);
    assert_eq!((count(&scratch, "blobs.chunks").await, count(&scratch, "blobs.files").await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_of_a_draft_stays_until_the_draft_goes() {
    let scratch = Scratch::new().await;
    let store = scratch.open(&Faults::default()).await;
    let person = make::person(1);
    let ada = person.user.id;
    store.create_user(&make::write(ada, 0), &person).await.unwrap();
    let file = store.put(b"OFXHEADER:100".to_vec()).await.unwrap();
    let orphan = store.put(b"nobody's".to_vec()).await.unwrap();
    let mut import = make::import(ada, None, 1);
    import.sha256 = file.to_string();
    store.stage_import(&make::write(ada, 1), &import, &[]).await.unwrap();
    let later = now(&store).await.checked_add(GRACE).unwrap().checked_add(SignedDuration::from_secs(1)).unwrap();
    assert_eq!(sweep(&store, &store, later).await.unwrap(), 2, "the orphan, and what told the time");
    assert_eq!((store.contains(file).await.unwrap(), store.contains(orphan).await.unwrap()), (true, false));
    let commit = service::ports::store::ImportCommit { import_id: import.id, accounts: vec![], expenses: vec![] };
    store.commit_import(&make::write(ada, 2), commit).await.unwrap();
    assert_eq!(sweep(&store, &store, later).await.unwrap(), 1);
    assert_eq!((count(&scratch, "blobs.chunks").await, count(&scratch, "blobs.files").await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_put_the_same_at_once() {
    let scratch = Scratch::new().await;
    let bytes = vec![7; 5_000_000];
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let (store, bytes) = (scratch.open(&Faults::default()).await, bytes.clone());
        tasks.push(tokio::spawn(async move { store.put(bytes).await }));
    }
    let id = BlobId::of(&bytes);
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap(), id);
    }
    assert_eq!((count(&scratch, "blobs.chunks").await, count(&scratch, "blobs.files").await), (3, 1));
    assert!(scratch.open(&Faults::default()).await.get(id).await.unwrap() == Some(bytes));
}

#[tokio::test(flavor = "multi_thread")]
async fn other_tools_can_read_it() {
    let scratch = Scratch::new().await;
    let store = scratch.open(&Faults::default()).await;
    let bytes: Vec<u8> = (0..=250).cycle().take(4_500_000).collect();
    let id = store.put(bytes.clone()).await.unwrap();
    let options = GridFsBucketOptions::builder().bucket_name("blobs".to_owned()).build();
    let bucket = scratch.raw().await.gridfs_bucket(options);
    let mut found = Vec::new();
    bucket.open_download_stream_by_name(id.to_string()).await.unwrap().read_to_end(&mut found).await.unwrap();
    assert!(found == bytes, "{} bytes", found.len());
}

/// What an earlier version kept beside the drafts is not needed any more.
#[tokio::test(flavor = "multi_thread")]
async fn the_files_of_an_earlier_version_go() {
    let scratch = Scratch::new().await;
    let database = scratch.raw().await;
    database.collection("importFiles").insert_one(doc! { "number": 0 }).await.unwrap();
    scratch.open(&Faults::default()).await;
    let names = database.list_collection_names().await.unwrap();
    assert!(!names.iter().any(|name| name == "importFiles") && names.iter().any(|name| name == "blobs.files"));
}
