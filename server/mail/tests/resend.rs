//! Against a small server of our own that takes down what it is asked.
#![allow(clippy::unwrap_used, reason = "a test that fails may panic")]
use mail::{ResendMailer, Sender};
use service::{
    Error,
    ports::mail::{Mailer as _, Message},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

fn message() -> Message {
    let word = |text: &str| text.to_owned();
    Message {
        id: word("0001"),
        to: word("ada@example.org"),
        subject: word("Hello"),
        text: word("Hi"),
        html: word("<p>Hi</p>"),
    }
}

/// Answers one request with that status line; what it was asked.
async fn asked(status: &'static str) -> (Result<(), Error>, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api = format!("http://{}/emails", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut read, mut buffer) = (Vec::new(), [0; 4096]);
        // The body is the last thing that comes.
        while !read.ends_with(b"}") {
            let count = stream.read(&mut buffer).await.unwrap();
            assert!(count > 0, "the request ended early");
            read.extend_from_slice(&buffer[..count]);
        }
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        stream.write_all(answer.as_bytes()).await.unwrap();
        String::from_utf8(read).unwrap()
    });
    let mailer = ResendMailer::at(&api, "key-1".to_owned(), Sender::parse("money@example.net").unwrap()).unwrap();
    let sent = mailer.send(&message()).await;
    (sent, server.await.unwrap())
}

#[tokio::test]
async fn a_mail_and_what_became_of_it() {
    let (sent, request) = asked("200 OK").await;
    sent.unwrap();
    let lower = request.to_lowercase();
    assert!(lower.contains("authorization: bearer key-1") && lower.contains("idempotency-key: 0001"), "{request}");
    assert!(request.contains("\"to\":[\"ada@example.org\"]") && request.contains("\"subject\":\"Hello\""), "{request}");
    for (status, again) in [("503 No", true), ("429 Later", true), ("422 Wrong", false), ("302 Found", false)] {
        let failed = asked(status).await.0.unwrap_err();
        assert_eq!(matches!(failed, Error::Unavailable(_)), again, "{status}: {failed:?}");
        assert!(!failed.to_string().contains("ada"), "{failed}");
    }
}
