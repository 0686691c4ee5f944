//! Plays a server that is alone: it answers like one, and has no transactions. (The server that the other tests use has
//! them in any case.)
use mongodb::bson::{Document, doc, oid::ObjectId};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// The header of a message: length, number, answer to, kind of message.
const HEADER: usize = 16;
const OP_MSG: i32 = 2013;

/// Starts it on a free port. It lives as long as the runtime.
pub async fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    address
}

async fn serve(mut stream: TcpStream) {
    let mut header = [0; HEADER];
    while stream.read_exact(&mut header).await.is_ok() {
        let number = |at: usize| i32::from_le_bytes(header[at..at + 4].try_into().unwrap());
        assert_eq!(number(12), OP_MSG);
        let mut body = vec![0; usize::try_from(number(0)).unwrap() - HEADER];
        stream.read_exact(&mut body).await.unwrap();
        // Four bytes of flags, one for the kind of what follows.
        let command = Document::from_reader(&body[5..]).unwrap();
        let answer = answer(&command).to_vec().unwrap();
        let length = i32::try_from(HEADER + 5 + answer.len()).unwrap();
        let mut message = Vec::new();
        for part in [length, 1, number(4), OP_MSG, 0] {
            message.extend(part.to_le_bytes());
        }
        message.push(0);
        message.extend(answer);
        if stream.write_all(&message).await.is_err() {
            return;
        }
    }
}

fn answer(command: &Document) -> Document {
    let first = command.keys().next().map_or("", String::as_str);
    match first {
        "hello" | "isMaster" => doc! {
            "helloOk": true, "isWritablePrimary": true, "ismaster": true, "topologyVersion": {
                "processId": ObjectId::from_bytes([7; 12]), "counter": 0_i64,
            },
            "maxBsonObjectSize": 16_777_216, "maxMessageSizeBytes": 48_000_000, "maxWriteBatchSize": 100_000,
            "logicalSessionTimeoutMinutes": 30, "minWireVersion": 0, "maxWireVersion": 21, "readOnly": false, "ok": 1.0,
        },
        _ if command.contains_key("autocommit") => doc! {
            "ok": 0.0, "code": 20, "codeName": "IllegalOperation",
            "errmsg": "Transaction numbers are only allowed on a replica set member or mongos",
        },
        _ => doc! { "ok": 1.0 },
    }
}
