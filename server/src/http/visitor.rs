//! Who asks: read from the cookie once for each request, and kept beside it.
use super::{
    cookies::{self, Cookie},
    error::{ApiError, Result},
    state::AppState,
};
use app::api::Caller;
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use domain::{
    currency::Currency,
    locale::{Locale, currency_of},
    session::Session,
    user::Theme,
};
use service::{
    Actor,
    auth::{self, Device},
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
    /// Words, numbers, dates: the person's, else what the cookie or the browser says.
    pub locale: Locale,
    /// The person's, else what people are paid in where the browser is at home.
    pub currency: Currency,
    /// The colours that the cookie of the signed-out says.
    pub theme: Option<Theme>,
    /// Browser and address.
    pub device: Device,
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
        let known = match Cookie::Session.read(&parts.headers, https) {
            Some(secret) => auth::authenticate(&app.services, secret).await?,
            None => None,
        };
        let (cookie_locale, theme) = cookies::preferences(&parts.headers, https);
        let locale = match &known {
            Some((actor, _)) => actor.user.preferences.locale(),
            None => cookie_locale.unwrap_or_else(|| browser_locale(&parts.headers)),
        };
        let currency = match &known {
            Some((actor, _)) => actor.user.preferences.currency,
            None => currency_of(&text(&parts.headers, &header::ACCEPT_LANGUAGE)).unwrap_or(locale.guess_currency()),
        };
        let device = Device { agent: text(&parts.headers, &header::USER_AGENT), address: address(parts, app) };
        let request_id = parts.extensions.get::<RequestId>().map_or_else(|| Arc::from(""), |id| Arc::clone(&id.0));
        let visitor = Self { known, locale, currency, theme, device, request_id };
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}

/// Somebody signed in; everybody else gets 401.
pub struct Person {
    /// Who.
    pub actor: Actor,
    /// By which session.
    pub session: Session,
}

impl FromRequestParts<AppState> for Person {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &AppState) -> Result<Self> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let (actor, session) = visitor.known.ok_or_else(|| ApiError::new("UNAUTHORIZED"))?;
        Ok(Self { actor, session })
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
