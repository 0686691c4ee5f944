//! The server that the tests of buckets use, and a bucket of its own for each of them.
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// `http://host:port` of a server that speaks S3 and lets everybody in (moto).
#[allow(clippy::disallowed_methods, reason = "what the script says that starts the server")]
pub fn endpoint() -> String {
    std::env::var("WEALTHWISE_TEST_S3_ENDPOINT").unwrap_or_else(|_| {
        panic!(
            "WEALTHWISE_TEST_S3_ENDPOINT is not set: run the tests by `make unit`, or behind `scripts/with-services`, \
             which starts a server"
        )
    })
}

/// Asks the server something without a signature; the status of its answer.
pub async fn ask(method: &str, path: &str, body: &[u8]) -> u16 {
    let host = endpoint().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut stream = TcpStream::connect(&host).await.unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let status = String::from_utf8_lossy(&answer).split(' ').nth(1).and_then(|status| status.parse().ok());
    status.unwrap()
}

/// A new bucket.
pub async fn new_bucket() -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("wealthwise-{}-{number}", std::process::id());
    assert_eq!(ask("PUT", &format!("/{name}"), b"").await, 200);
    name
}
