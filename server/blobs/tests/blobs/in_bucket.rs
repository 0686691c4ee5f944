//! Blobs in a bucket.
use super::server::{ask, endpoint, new_bucket};
use ::blobs::{BucketOptions, Timeouts, bucket};
use jiff::Timestamp;
use object_store::{
    ObjectStoreExt as _,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};
use service::{
    Error,
    ports::blobs::{BlobId, Blobs as _},
    testing::contract::TestBlobs,
};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

const SECRETS: [&str; 3] = ["ada-key", "hunter2", "session-token-7"];

fn options(bucket: &str, prefix: &str) -> BucketOptions {
    BucketOptions {
        bucket: bucket.to_owned(),
        prefix: prefix.to_owned(),
        endpoint: Some(endpoint()),
        region: "us-east-1".to_owned(),
        access_key_id: SECRETS[0].to_owned(),
        secret_access_key: SECRETS[1].to_owned(),
        session_token: Some(SECRETS[2].to_owned()),
        timeouts: Timeouts::default(),
    }
}

/// The bucket itself, past the adapter.
fn raw(bucket: &str) -> AmazonS3 {
    // Where each test is a process of its own, the adapter has not done it yet.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = AmazonS3Builder::new().with_endpoint(endpoint()).with_allow_http(true).with_bucket_name(bucket);
    builder.with_access_key_id(SECRETS[0]).with_secret_access_key(SECRETS[1]).build().unwrap()
}

async fn fresh() -> TestBlobs {
    let name = new_bucket().await;
    // Somebody else's things beside ours.
    for other in ["moneyx/readme", "money/notes.txt", "zzz"] {
        assert_eq!(ask("PUT", &format!("/{name}/{other}"), b"not ours").await, 200);
    }
    let past = Arc::new(raw(&name));
    TestBlobs {
        blobs: Arc::new(bucket(&options(&name, "money")).unwrap()),
        pass: Box::new(|| ()),
        damage: Box::new(move |id| {
            let past = Arc::clone(&past);
            Box::pin(async move {
                past.put(&Path::from(format!("money/{id}")), "other bytes".into()).await.unwrap();
            })
        }),
        keep: Box::new(()),
    }
}

service::blobs_contract!("blobs in a bucket", fresh);

#[tokio::test]
async fn a_bucket_may_be_all_ours() {
    let name = new_bucket().await;
    let blobs = bucket(&options(&name, "")).unwrap();
    let id = blobs.put(b"at the top".to_vec()).await.unwrap();
    // Under a prefix it is another one's.
    let inner = bucket(&options(&name, "a/b")).unwrap();
    inner.put(b"further down".to_vec()).await.unwrap();
    assert_eq!(blobs.list(None, 10).await.unwrap().iter().map(|blob| blob.id).collect::<Vec<_>>(), [id]);
    assert_eq!(inner.get(id).await.unwrap(), None);
    for place in [id.to_string(), format!("a/b/{}", BlobId::of(b"further down"))] {
        raw(&name).head(&Path::from(place)).await.unwrap();
    }
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_unavailable() {
    let blobs = bucket(&options("wealthwise-nobody-has-made-this", "")).unwrap();
    for refused in [blobs.blobs_ready().await.err(), blobs.put(b"x".to_vec()).await.err()] {
        assert!(matches!(refused, Some(Error::Unavailable(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn without_a_server_it_is_soon_unavailable() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let options = BucketOptions { endpoint: Some(format!("http://{nobody}")), ..options("any", "") };
    let begin = Instant::now();
    let refused = bucket(&options).unwrap().get(BlobId::of(b"x")).await.err();
    assert!(matches!(refused, Some(Error::Unavailable(_))), "{refused:?}");
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
}

/// A server that takes requests and says nothing.
#[tokio::test]
async fn a_silent_server_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let silent = tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    });
    let short = Duration::from_millis(200);
    let timeouts = Timeouts { connect: short, request: short, tries: short };
    let blobs = bucket(&BucketOptions { endpoint: Some(endpoint), timeouts, ..options("any", "") }).unwrap();
    let begin = Instant::now();
    let refused = blobs.put(b"x".to_vec()).await.err();
    assert!(matches!(refused, Some(Error::Unavailable(_))), "{refused:?}");
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    silent.abort();
}

/// Servers quote the request in their answers, with the key's name and the token in it.
#[tokio::test]
async fn secrets_are_never_said() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let quoting = tokio::spawn(async move {
        let mut status = ["403 Forbidden", "400 Bad Request", "501 Not Implemented"].into_iter().cycle();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 4_096];
            let read = stream.read(&mut request).await.unwrap();
            let answer = format!("HTTP/1.1 {}\r\nConnection: close\r\n\r\n", status.next().unwrap());
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.write_all(&request[..read]).await.unwrap();
        }
    });
    let timeouts = Timeouts { tries: Duration::ZERO, ..Timeouts::default() };
    let options = BucketOptions { endpoint: Some(endpoint), timeouts, ..options("any", "") };
    let mut said = vec![format!("{options:?}")];
    let blobs = bucket(&options).unwrap();
    for _ in 0..3 {
        let refused = blobs.get(BlobId::of(b"x")).await.err();
        assert!(matches!(refused, Some(Error::Unavailable(_))), "{refused:?}");
        said.push(format!("{refused:?}"));
    }
    for text in &said {
        assert!(SECRETS.iter().all(|secret| !text.contains(secret)), "{text}");
    }
    assert!(said[1].contains("does not let us in") && said[2].contains("400"), "{said:?}");
    quoting.abort();
}

/// Only an address that says `http` is asked without TLS.
#[tokio::test]
async fn no_keys_go_out_without_tls_unless_it_is_said() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut first = [0; 1];
        stream.read_exact(&mut first).await.unwrap();
        first[0]
    });
    let timeouts = Timeouts { tries: Duration::ZERO, ..Timeouts::default() };
    let blobs = bucket(&BucketOptions { endpoint: Some(endpoint), timeouts, ..options("any", "") }).unwrap();
    let refused = blobs.delete_older(BlobId::of(b"x"), Timestamp::MAX).await.err();
    assert!(matches!(refused, Some(Error::Unavailable(_))), "{refused:?}");
    // A TLS record of the kind "handshake" (RFC 8446, 5.1).
    assert_eq!(heard.await.unwrap(), 22);
}
