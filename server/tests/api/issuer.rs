//! A small OpenID provider on a port of its own: it checks what it is asked as the standards say, and can be told to answer
//! wrongly.
use crate::helpers::{Value, json};
use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::STANDARD, engine::general_purpose::URL_SAFE_NO_PAD};
use p256::ecdsa::{Signature, SigningKey, signature::Signer as _};
use server::{
    serve,
    system::{SystemClock, SystemRandom},
};
use service::ports::{Clock as _, Random as _};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, sync::oneshot};

pub const CLIENT: &str = "wealthwise";
pub const SECRET: &str = "a secret of both";

/// How an ID token is signed.
#[derive(Clone, Copy, Default)]
pub enum Signed {
    /// With the key that is published.
    #[default]
    Well,
    /// With another key, under the published one's name.
    Forged,
    /// Not at all: `"alg": "none"`.
    Not,
    /// With the secret that the client has, too.
    Shared,
}

/// Somebody at the provider, and how it speaks of them.
#[derive(Clone, Default)]
pub struct Person {
    pub subject: &'static str,
    pub email: &'static str,
    pub unverified: bool,
    /// The address is told only to who asks with the access token.
    pub reserved: bool,
    /// Claims in the place of the right ones.
    pub claims: Option<Value>,
    pub signed: Signed,
    /// The token answer has no ID token.
    pub silent: bool,
}

/// What was asked for, behind a code.
struct Grant {
    person: Person,
    asked: HashMap<String, String>,
}

#[derive(Default)]
struct Inside {
    address: String,
    grants: HashMap<String, Grant>,
    /// The last person whose token was given out.
    access: Option<Person>,
    key: u8,
    count: u32,
    discovered: u32,
}

type Shared = Arc<Mutex<Inside>>;

/// A running provider; it stops when this is dropped.
pub struct Issuer {
    pub address: String,
    inside: Shared,
    _stop: oneshot::Sender<()>,
}

impl Issuer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let inside = Arc::new(Mutex::new(Inside { address: address.clone(), key: 1, ..Inside::default() }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(me))
            .with_state(Arc::clone(&inside));
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(serve::serve(listener, router, async {
            let _ = stopped.await;
        }));
        Self { address, inside, _stop: stop }
    }

    /// Agreed on as `key`.
    pub fn settings(&self, key: &'static str) -> oidc::Settings {
        oidc::Settings {
            key,
            name: "The House".to_owned(),
            issuer: self.address.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: SECRET.to_owned(),
        }
    }

    /// Signs in there as somebody who came with this address: where the browser is sent back to, as a path.
    pub fn approve(&self, location: &str, person: &Person) -> String {
        let asked = asked(location);
        let mut inside = self.inside.lock().unwrap();
        inside.count += 1;
        let code = format!("code-{}", inside.count);
        let back = asked["redirect_uri"].splitn(4, '/').nth(3).unwrap().to_owned();
        let state = asked["state"].clone();
        inside.grants.insert(code.clone(), Grant { person: person.clone(), asked });
        let issuer = form_urlencoded::byte_serialize(self.address.as_bytes()).collect::<String>();
        format!("/{back}?code={code}&state={state}&iss={issuer}")
    }

    /// Signs with another key from now on.
    pub fn change_key(&self) {
        self.inside.lock().unwrap().key += 1;
    }

    /// How often it was asked what it is.
    pub fn discovered(&self) -> u32 {
        self.inside.lock().unwrap().discovered
    }
}

/// The parameters of an address.
pub fn asked(location: &str) -> HashMap<String, String> {
    let (_, query) = location.split_once('?').unwrap_or_else(|| panic!("no parameters in {location}"));
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

async fn discovery(State(inside): State<Shared>) -> Json<Value> {
    let mut inside = inside.lock().unwrap();
    inside.discovered += 1;
    let at = |path: &str| format!("{}{path}", inside.address);
    Json(json!({
        "issuer": inside.address,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/me"),
        "jwks_uri": at("/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
    }))
}

fn signing_key(number: u8) -> SigningKey {
    SigningKey::from_slice(&[number; 32]).unwrap()
}

async fn keys(State(inside): State<Shared>) -> Json<Value> {
    let number = inside.lock().unwrap().key;
    let point = signing_key(number).verifying_key().to_sec1_point(false);
    let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let (x, y) = (text(&point.as_bytes()[1..33]), text(&point.as_bytes()[33..]));
    Json(json!({ "keys": [{ "kty": "EC", "crv": "P-256", "use": "sig", "kid": kid(number), "x": x, "y": y }] }))
}

fn kid(number: u8) -> String {
    format!("key-{number}")
}

/// Code, redirect, client and PKCE verifier must fit (RFC 6749, 4.1.3; RFC 7636, 4.6).
async fn token(
    State(inside): State<Shared>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    let mut inside = inside.lock().unwrap();
    let basic = format!("Basic {}", STANDARD.encode(format!("{CLIENT}:{}", SECRET.replace(' ', "+"))));
    let refused = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response();
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(&basic) {
        return refused("invalid_client");
    }
    let Some(grant) = inside.grants.remove(&sent["code"]) else { return refused("invalid_grant") };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(sent["code_verifier"].as_bytes()));
    if challenge != grant.asked["code_challenge"] || sent["redirect_uri"] != grant.asked["redirect_uri"] {
        return refused("invalid_grant");
    }
    inside.access = Some(grant.person.clone());
    let mut answer = json!({ "access_token": "access", "token_type": "Bearer", "expires_in": 60 });
    if !grant.person.silent {
        answer["id_token"] = id_token(&inside, &grant).into();
    }
    Json(answer).into_response()
}

async fn me(State(inside): State<Shared>) -> Json<Value> {
    let inside = inside.lock().unwrap();
    let person = inside.access.as_ref().unwrap();
    Json(json!({ "sub": person.subject, "email": person.email, "email_verified": !person.unverified, "name": "Ida" }))
}

fn id_token(inside: &Inside, grant: &Grant) -> String {
    let person = &grant.person;
    let now = SystemClock.now().as_second();
    let mut claims = json!({
        "iss": inside.address, "aud": CLIENT, "sub": person.subject, "iat": now, "exp": now + 7_200,
        "nonce": grant.asked["nonce"],
    });
    if !person.reserved {
        claims["email"] = person.email.into();
        claims["email_verified"] = (!person.unverified).into();
        claims["name"] = "Ida Example".into();
    }
    for (name, value) in person.claims.iter().flat_map(|wrong| wrong.as_object().unwrap()) {
        claims[name] = value.clone();
    }
    let algorithm = match person.signed {
        Signed::Well | Signed::Forged => "ES256",
        Signed::Not => "none",
        Signed::Shared => "HS256",
    };
    let header = json!({ "alg": algorithm, "kid": kid(inside.key) });
    let text = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", text(&header), text(&claims));
    let by = |number| -> Signature { signing_key(number).sign(signed.as_bytes()) };
    let signature = match person.signed {
        Signed::Well => by(inside.key).to_bytes().to_vec(),
        Signed::Forged => by(99).to_bytes().to_vec(),
        Signed::Not => Vec::new(),
        Signed::Shared => hmac(SECRET.as_bytes(), signed.as_bytes()),
    };
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// HMAC with SHA-256 (RFC 2104) for keys of less than 64 bytes.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let pad = |with: u8| -> Vec<u8> { (0..64).map(|at| key.get(at).unwrap_or(&0) ^ with).collect() };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

/// Somebody whom nobody has seen yet.
pub fn somebody() -> Person {
    let mut bytes = [0; 6];
    SystemRandom.fill(&mut bytes);
    let subject: &'static str = format!("subject-{bytes:02x?}").leak();
    Person { subject, email: "ida@example.org", ..Person::default() }
}
