//! Who asks: read from the cookie once for each request, and kept beside it.
use super::{
    cookies::{self, Cookie},
    error::{ApiError, Result},
    state::AppState,
};
use app::api::Caller;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, Method, header, request::Parts},
};
use domain::{
    currency::Currency,
    locale::{Locale, currency_of},
    secrets::ApiKey,
    session::Session,
    user::Theme,
};
use service::{
    Actor, api_keys,
    auth::{self, Device},
    identities::arrival::Arrival,
    leaving,
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

/// The request's id, made at the edge.
#[derive(Debug, Clone)]
pub struct RequestId(pub Arc<str>);

/// Whoever asks, signed in or not.
#[derive(Clone)]
pub struct Visitor {
    /// Who is signed in, and by which session.
    pub known: Option<(Actor, Session)>,
    /// For whom a program asks, and with which key; then no cookie counts.
    pub key: Option<(Actor, ApiKey)>,
    /// Words, numbers, dates: the person's, else what the cookie or the browser says.
    pub locale: Locale,
    /// The person's, else what people are paid in where the browser is at home.
    pub currency: Currency,
    /// The colours that the cookie of the signed-out says.
    pub theme: Option<Theme>,
    /// Browser and address.
    pub device: Device,
    /// What another place has said of them, sealed.
    pub arrival: Option<Arc<str>>,
    /// The request's id.
    pub request_id: Arc<str>,
}

impl Visitor {
    /// What the app crate's handlers ask for.
    pub fn caller(&self, app: &AppState) -> Caller {
        let (actor, session) = self.known.clone().unzip();
        Caller {
            services: app.services.clone(),
            actor,
            session,
            locale: self.locale,
            currency: self.currency,
            device: self.device.clone(),
            arrival: self.arrival.as_deref().and_then(|sealed| Arrival::open(&app.services, sealed)),
            request_id: self.request_id.to_string(),
            now: app.services.now(),
        }
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        if let Some(visitor) = parts.extensions.get::<Self>() {
            return Ok(visitor.clone());
        }
        let https = app.public_url.https;
        let (mut known, mut key) = (None, None);
        if let Some(secret) = api_key(parts.uri.path(), &parts.headers) {
            key = api_keys::authenticate(&app.services, secret).await?;
        } else if let Some(secret) = Cookie::Session.read(&parts.headers, https) {
            known = auth::authenticate(&app.services, secret).await?;
        }
        let (cookie_locale, theme) = cookies::preferences(&parts.headers, https);
        let actor = known.as_ref().map(|(actor, _)| actor).or(key.as_ref().map(|(actor, _)| actor));
        let locale = match actor {
            Some(actor) => actor.user.preferences.locale(),
            None => cookie_locale.unwrap_or_else(|| browser_locale(&parts.headers)),
        };
        let currency = match actor {
            Some(actor) => actor.user.preferences.currency,
            None => currency_of(&text(&parts.headers, &header::ACCEPT_LANGUAGE)).unwrap_or(locale.guess_currency()),
        };
        let device = Device { agent: text(&parts.headers, &header::USER_AGENT), address: address(parts, app) };
        let request_id = parts.extensions.get::<RequestId>().map_or_else(|| Arc::from(""), |id| Arc::clone(&id.0));
        let arrival = Cookie::Arrival.read(&parts.headers, https).map(Arc::from);
        let visitor = Self { known, key, locale, currency, theme, device, arrival, request_id };
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}

/// The key that a request of a program carries: on the REST API only, pages know none.
pub fn api_key<'a>(path: &str, headers: &'a HeaderMap) -> Option<&'a str> {
    if !path.starts_with("/api/") {
        return None;
    }
    let text = |name: header::HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    // Another scheme is somebody else's, such as a proxy's.
    let bearer = text(header::AUTHORIZATION).and_then(|value| {
        let (scheme, key) = value.split_at_checked(7)?;
        scheme.eq_ignore_ascii_case("bearer ").then(|| key.trim())
    });
    bearer.or_else(|| text(header::HeaderName::from_static("x-api-key")))
}

impl Visitor {
    /// Whoever it is, by session or by key.
    pub fn actor(&self) -> Option<&Actor> {
        let by_session = self.known.as_ref().map(|(actor, _)| actor);
        by_session.or_else(|| self.key.as_ref().map(|(actor, _)| actor))
    }
}

/// Somebody signed in, or a program with a key of theirs; everybody else gets 401. A key that may only read gets 403
/// where something would be changed.
pub struct Person {
    /// Who.
    pub actor: Actor,
}

impl FromRequestParts<AppState> for Person {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let actor = visitor.actor().cloned().ok_or_else(|| ApiError::new("UNAUTHORIZED"))?;
        stays(&actor, parts.uri.path())?;
        let changes = !matches!(parts.method, Method::GET | Method::HEAD);
        if changes && visitor.key.is_some_and(|(_, key)| !key.may_write) {
            return Err(ApiError::with("FORBIDDEN", "This key may only read."));
        }
        Ok(Self { actor })
    }
}

/// Somebody signed in by themself; a program with a key gets 403, everybody else 401.
pub struct Insider {
    /// Who.
    pub actor: Actor,
    /// By which session.
    pub session: Session,
}

impl FromRequestParts<AppState> for Insider {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        if visitor.key.is_some() {
            return Err(ApiError::with("FORBIDDEN", "Only a person who is signed in may do this, no key."));
        }
        let (actor, session) = visitor.known.ok_or_else(|| ApiError::new("UNAUTHORIZED"))?;
        stays(&actor, parts.uri.path())?;
        Ok(Self { actor, session })
    }
}

/// Refuses somebody whose account is about to go, but for what they may still ask for.
fn stays(actor: &Actor, path: &str) -> Result<()> {
    if actor.user.standing.delete_after.is_none() || leaving::may_still(path) {
        Ok(())
    } else {
        Err(ApiError::with("FORBIDDEN", "This account is about to be deleted. Keep it first (POST /api/auth/me/keep)."))
    }
}

/// The best of the languages that the browser asks for.
pub fn browser_locale(headers: &HeaderMap) -> Locale {
    Locale::negotiate(&text(headers, &header::ACCEPT_LANGUAGE))
}

fn text(headers: &HeaderMap, name: &header::HeaderName) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Where the request comes from. Behind trusted proxies: the last address in `X-Forwarded-For` that is none of theirs.
fn address(parts: &Parts, app: &AppState) -> String {
    let Some(ConnectInfo(peer)) = parts.extensions.get::<ConnectInfo<SocketAddr>>() else { return String::new() };
    let trusted = |address: IpAddr| app.trusted_proxies.iter().any(|network| network.contains(address));
    let mut address = peer.ip();
    let forwarded = parts.headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|line| line.split(',')).map(str::trim).collect();
    for hop in hops.iter().rev() {
        if !trusted(address) {
            break;
        }
        let Ok(next) = hop.parse() else { break };
        address = next;
    }
    address.to_canonical().to_string()
}
