//! Stands between a client and its server, to fail as networks do: nothing comes through any more, nobody is there, or an
//! answer is lost.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "for tests, though it lives in a library")]
use std::{
    future::pending,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// What becomes of what is sent.
#[derive(Default)]
struct Mood {
    /// Nothing comes through, and nothing more is taken.
    silent: bool,
    /// Whoever connects is turned away.
    away: bool,
    /// The connection is cut once the server has answered the first message with these words in it.
    cut_after: Option<&'static str>,
}

/// Listens on a port of its own.
pub struct Proxy {
    /// Of 127.0.0.1.
    pub port: u16,
    mood: Arc<Mutex<Mood>>,
    /// Ends the connections that were made before.
    cut: watch::Sender<u32>,
}

impl Proxy {
    /// In front of `server` (`host:port`).
    pub async fn start(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (mood, cut) = (Arc::<Mutex<Mood>>::default(), watch::Sender::new(0));
        let proxy = Self { port, mood: Arc::clone(&mood), cut: cut.clone() };
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (server, mood, mut ended) = (server.clone(), Arc::clone(&mood), cut.subscribe());
                if mood.lock().unwrap().away {
                    continue;
                }
                tokio::spawn(async move {
                    tokio::select! {
                        () = pass(client, &server, &mood) => {}
                        _ = ended.changed() => {}
                    }
                });
            }
        });
        proxy
    }

    /// From now on nothing comes through.
    pub fn silence(&self) {
        self.mood.lock().unwrap().silent = true;
    }

    /// As if the server had gone: the connections end, and whoever connects is turned away.
    pub fn go_away(&self) {
        self.mood.lock().unwrap().away = true;
        self.cut();
    }

    /// New connections come through again; the old ones are gone.
    pub fn recover(&self) {
        let mut mood = self.mood.lock().unwrap();
        (mood.silent, mood.away) = (false, false);
        drop(mood);
        self.cut();
    }

    /// Ends the connections.
    pub fn cut(&self) {
        self.cut.send_modify(|cuts| *cuts += 1);
    }

    /// Loses the answer to the next message that has these words in it.
    pub fn lose_answer_to(&self, words: &'static str) {
        self.mood.lock().unwrap().cut_after = Some(words);
    }

    /// Whether an answer is still to be lost.
    pub fn is_armed(&self) -> bool {
        self.mood.lock().unwrap().cut_after.is_some()
    }
}

/// Until one side ends, or an answer is to be lost.
async fn pass(mut client: TcpStream, server: &str, mood: &Mutex<Mood>) {
    let Ok(mut server) = TcpStream::connect(server).await else { return };
    let (mut asked, mut answered) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    let mut losing = false;
    loop {
        let (to, bytes) = tokio::select! {
            read = client.read(&mut asked) => match read {
                Ok(length @ 1..) => (&mut server, &asked[..length]),
                _ => return,
            },
            read = server.read(&mut answered) => match read {
                Ok(length @ 1..) if !losing => (&mut client, &answered[..length]),
                _ => return,
            },
        };
        if mood.lock().unwrap().silent {
            pending::<()>().await;
        }
        {
            let mut mood = mood.lock().unwrap();
            if let Some(words) = mood.cut_after
                && bytes.windows(words.len()).any(|part| part == words.as_bytes())
            {
                (losing, mood.cut_after) = (true, None);
            }
        }
        if to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
