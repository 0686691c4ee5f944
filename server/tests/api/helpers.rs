//! A program on a port of its own, and a small client that behaves like a browser or like a script.
use crate::fakes::{CountingHasher, TestClock};
use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, StatusCode,
    body::Bytes,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use hyper_util::rt::TokioIo;
pub use serde_json::{Value, json};
use server::{
    assets::{Asset, Assets},
    config::{Config, Mongo, RedisUrl},
    sealer::KeySealer,
    serve,
    startup::{self, Ports},
    system::{BundledZones, SystemRandom},
};
use service::Services;
use shared::redis::RedisOptions;
use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use store::{MongoOptions, mongo::Timeouts};
use tokio::{net::TcpListener, sync::oneshot};

static COUNT: AtomicU32 = AtomicU32::new(0);

static SITE: [Asset; 2] = [
    Asset {
        name: "app.css",
        path: "/pkg/app-0123456789ab.css",
        content_type: "text/css; charset=utf-8",
        immutable: true,
        identity: b"body { color: black }",
        br: Some(b"not really brotli"),
        gz: None,
    },
    Asset {
        name: "favicon.svg",
        path: "/favicon.svg",
        content_type: "image/svg+xml",
        immutable: false,
        identity: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        br: None,
        gz: None,
    },
];

/// A running program; it stops and its folder goes when this is dropped.
pub struct TestApp {
    pub address: SocketAddr,
    pub clock: Arc<TestClock>,
    pub hasher: Arc<CountingHasher>,
    pub services: Services,
    /// How browsers reach it, as it believes.
    pub site: String,
    folder: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    mongodb: Option<Mongo>,
    redis: Option<RedisUrl>,
}

/// A database of its own in the server that tests use, when this binary runs on MongoDB (`make unit` runs it on both).
#[allow(clippy::disallowed_methods, reason = "the Makefile says on which store the tests run")]
fn mongodb(number: u32) -> Option<Mongo> {
    if std::env::var("WEALTHWISE_TEST_STORE").ok()? != "mongodb" {
        return None;
    }
    let uri = std::env::var("WEALTHWISE_TEST_MONGODB_URI").expect("scripts/with-services says where MongoDB is");
    let database = format!("wealthwise_api_{}_{number}", std::process::id());
    // What these tests are about is no test of speed: another test's archive may keep the server busy for seconds.
    let timeouts = Timeouts { call: Duration::from_secs(30), ..Timeouts::default() };
    Some(Mongo { uri, database, max_pool_size: 10, timeouts })
}

/// Keys of its own in the Redis that tests use, together with MongoDB.
#[allow(clippy::disallowed_methods, reason = "the Makefile says on which store the tests run")]
fn redis(number: u32) -> Option<RedisUrl> {
    if std::env::var("WEALTHWISE_TEST_STORE").ok()? != "mongodb" {
        return None;
    }
    let url = std::env::var("WEALTHWISE_TEST_REDIS_URL").expect("scripts/with-services says where Redis is");
    Some(RedisUrl { url, prefix: format!("api-{}-{number}", std::process::id()) })
}

/// Removes what a test has left in the servers.
fn remove(mongodb: Option<Mongo>, redis: Option<RedisUrl>) {
    let removed = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            if let Some(Mongo { uri, database, .. }) = mongodb {
                store::mongo::remove(MongoOptions { database, ..MongoOptions::new(uri) }).await?;
            }
            if let Some(RedisUrl { url, prefix }) = redis {
                shared::redis::remove(RedisOptions { prefix, ..RedisOptions::new(url) }).await?;
            }
            Ok::<(), service::Error>(())
        })
    });
    assert!(matches!(removed.join(), Ok(Ok(()))) || std::thread::panicking(), "a test's data could not be removed");
}

impl TestApp {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("api-{}-{number}", std::process::id()));
        // What a killed run has left, whose process had the same number.
        let _ = std::fs::remove_dir_all(&folder);
        let mongodb = mongodb(number);
        let redis = redis(number);
        let mut config = Config {
            data_dir: folder.clone(),
            port: 0,
            mongodb: mongodb.clone(),
            redis: redis.clone(),
            rate_limit_anonymous: 0,
            rate_limit_user: 0,
            rate_limit_login: 0,
            ..Config::default()
        };
        change(&mut config);
        let random = Arc::new(SystemRandom);
        let clock = Arc::new(TestClock::default());
        let hasher = Arc::new(CountingHasher::new(random.clone()));
        let opened = startup::open(&config).await.unwrap();
        let ports = Ports {
            opened,
            clock: clock.clone(),
            hasher: hasher.clone(),
            sealer: Arc::new(KeySealer::new(&[7; 32], random.clone())),
            random,
            zones: Arc::new(BundledZones),
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = startup::build(&config, address.port(), Assets::embedded(&SITE), ports);
        let (services, site) = (app.services.clone(), app.site.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(serve::serve(listener, app.router, async {
            let _ = stopped.await;
        }));
        Self { address, clock, hasher, services, site, folder, stop: Some(stop), mongodb, redis }
    }

    /// Somebody without a cookie.
    pub fn stranger(&self) -> Client {
        Client {
            address: self.address,
            cookies: Arc::default(),
            origin: Some(format!("http://localhost:{}", self.address.port())),
        }
    }

    /// Somebody who has just signed up.
    pub async fn person(&self, name: &str) -> Client {
        let client = self.stranger();
        let answer = client.post("/api/auth/register", sign_up(name)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        client
    }

    /// Whether its store is MongoDB.
    pub fn is_on_mongodb(&self) -> bool {
        self.mongodb.is_some()
    }

    /// Tells the program to stop.
    pub fn stop(&mut self) {
        self.stop.take();
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        self.stop();
        let _ = std::fs::remove_dir_all(&self.folder);
        if self.mongodb.is_some() || self.redis.is_some() {
            remove(self.mongodb.take(), self.redis.take());
        }
    }
}

/// The body of a sign-up.
pub fn sign_up(name: &str) -> Value {
    json!({ "name": name, "email": format!("{name}@example.org"), "password": "correct horse battery", "terms": true })
}

/// Keeps cookies like a browser, and says where it comes from unless told not to.
#[derive(Clone)]
pub struct Client {
    pub address: SocketAddr,
    pub cookies: Arc<Mutex<Vec<(String, String)>>>,
    pub origin: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// `data` of a success.
    pub fn data(&self) -> Value {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text());
        self.json()["data"].clone()
    }

    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

impl Client {
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Bytes::new()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.json(Method::POST, path, &body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.json(Method::PUT, path, &body).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, &[], Bytes::new()).await
    }

    pub async fn json(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.raw_json(method, path, body.to_string()).await
    }

    pub async fn raw_json(&self, method: Method, path: &str, body: impl Into<Bytes>) -> Answer {
        self.send(method, path, &[("content-type", "application/json")], body).await
    }

    /// Posts under an idempotency key.
    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.send(Method::POST, path, &headers, body.to_string()).await
    }

    /// Posts a form as a page without JavaScript does.
    pub async fn form(&self, name: &str, pairs: &[(&str, &str)]) -> Answer {
        self.send_form(name, pairs, "text/html,application/xhtml+xml").await
    }

    /// Posts a form as the hydrated page does.
    pub async fn form_by_script(&self, name: &str, pairs: &[(&str, &str)]) -> Answer {
        self.send_form(name, pairs, "application/json").await
    }

    async fn send_form(&self, name: &str, pairs: &[(&str, &str)], accept: &str) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", accept)];
        self.send(Method::POST, &format!("/_fn/form/{name}"), &headers, body).await
    }

    /// Posts a file with fields beside it.
    pub async fn upload(&self, path: &str, file: (&str, &[u8]), fields: &[(&str, &str)]) -> Answer {
        let (kind, body) = multipart(file, fields);
        self.send(Method::POST, path, &[("content-type", &kind)], body).await
    }

    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Answer {
        let mut request = Request::builder().method(&method).uri(path).header("host", self.address.to_string());
        if let Some(origin) = self.origin.as_ref().filter(|_| method != Method::GET) {
            request = request.header("origin", origin);
        }
        let cookies = self.cookie_line();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let mut request = request.body(Full::new(body.into())).unwrap();
        for (name, value) in headers {
            let (name, value) =
                (name.parse::<HeaderName>().unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap());
            request.headers_mut().insert(name, value);
        }
        let answer = exchange(self.address, request).await;
        self.keep_cookies(&answer.headers);
        answer
    }

    pub fn cookie_line(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().iter().find(|(key, _)| key == name).map(|(_, value)| value.clone())
    }

    /// Another browser with the same cookies.
    pub fn twin(&self) -> Self {
        Self { cookies: Arc::new(Mutex::new(self.cookies.lock().unwrap().clone())), ..self.clone() }
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut kept = self.cookies.lock().unwrap();
        for line in headers.get_all("set-cookie") {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            kept.retain(|(key, _)| key != name);
            if !line.contains("Max-Age=0") {
                kept.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

async fn exchange(address: SocketAddr, request: Request<Full<Bytes>>) -> Answer {
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    let driver = tokio::spawn(connection);
    let response = sender.send_request(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let endless = parts.headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
    if endless {
        return Answer { status: parts.status.as_u16(), headers: parts.headers, body: Bytes::new() };
    }
    let body = body.collect().await.unwrap().to_bytes();
    driver.abort();
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

/// A multipart body and its content type.
pub fn multipart((filename, bytes): (&str, &[u8]), fields: &[(&str, &str)]) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----ww-test-boundary";
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    body.extend(
        format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{filename}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .bytes(),
    );
    body.extend(bytes);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

/// A standard budget; its id.
pub async fn budget(client: &Client) -> String {
    let body = json!({ "name": "Home", "monthlyIncome": 3000, "currency": "EUR" });
    id(&client.post("/api/budgets", body).await.data()["budget"])
}

/// An expense of 12.34 EUR for food; its id.
pub async fn expense(client: &Client, budget: Option<&str>) -> String {
    id(&client.post("/api/expenses", lunch(budget)).await.data()["expense"])
}

/// The body of that expense.
pub fn lunch(budget: Option<&str>) -> Value {
    json!({ "amount": 12.34, "currency": "EUR", "date": "2026-11-20", "merchant": "Lunch bar", "category": "food", "budgetId": budget })
}

pub fn id(entity: &Value) -> String {
    entity["id"].as_str().unwrap_or_else(|| panic!("no id in {entity}")).to_owned()
}

/// Everything of a person's that a request could change.
pub async fn snapshot(client: &Client) -> Vec<Value> {
    let mut all = Vec::new();
    for path in [
        "/api/auth/me",
        "/api/auth/sessions",
        "/api/budgets",
        "/api/expenses",
        "/api/accounts",
        "/api/imports",
        "/api/rules",
        "/api/trash",
        "/api/activity",
        "/api/recurring",
    ] {
        let mut data = client.get(path).await.data();
        for entry in data.as_array_mut().into_iter().flatten() {
            entry.as_object_mut().map(|entry| entry.remove("lastSeenAt"));
        }
        all.push(data);
    }
    all
}

pub fn ok(status: u16) -> bool {
    StatusCode::from_u16(status).is_ok_and(|status| status.is_success())
}
