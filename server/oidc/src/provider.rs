//! One provider: the address to go to, and the way from a code to claims that were checked.
use crate::{discovery::Discovery, http::Http};
use chrono::DateTime;
use jiff::Timestamp;
use openidconnect::{
    AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret, CsrfToken,
    EmptyAdditionalClaims, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse as _,
    core::{
        CoreClient, CoreClientAuthMethod, CoreGenderClaim, CoreIdToken, CoreIdTokenClaims, CoreJwsSigningAlgorithm,
        CoreProviderMetadata, CoreResponseType, CoreTokenResponse, CoreUserInfoClaims,
    },
};
use service::{
    Error, Result,
    ports::identities::{Claims, FlowSecrets, IdentityProvider},
};
use std::fmt;

/// Signatures that the provider's public keys check. None that a client's secret would.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// What a provider and we have agreed on.
#[derive(Clone, PartialEq, Eq)]
pub struct Settings {
    /// As our addresses call it: `google`, `oidc`.
    pub key: &'static str,
    /// As people call it.
    pub name: String,
    /// Its address, as it calls itself.
    pub issuer: String,
    /// What it calls us.
    pub client_id: String,
    /// By which it knows that we are we.
    pub client_secret: String,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("key", &self.key).field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// One provider.
pub struct Provider {
    settings: Settings,
    redirect: RedirectUrl,
    http: Http,
    discovery: Discovery,
}

impl Provider {
    /// Browsers come back to `redirect`. None: an address is none, or there is no TLS to be had.
    pub fn new(settings: Settings, redirect: String) -> Option<Self> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).ok()?;
        let redirect = RedirectUrl::new(redirect).ok()?;
        let http = Http::new(&settings.issuer)?;
        Some(Self { settings, redirect, http, discovery: Discovery::new(issuer) })
    }

    fn client(&self, document: &CoreProviderMetadata) -> Client {
        let id = ClientId::new(self.settings.client_id.clone());
        let secret = ClientSecret::new(self.settings.client_secret.clone());
        let client = CoreClient::from_provider_metadata(document.clone(), id, Some(secret));
        let client = client.set_redirect_uri(self.redirect.clone());
        // Basic is what counts where nothing is said (Discovery 1.0, 3).
        let only_in_body = document.token_endpoint_auth_methods_supported().is_some_and(|methods| {
            !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
                && methods.contains(&CoreClientAuthMethod::ClientSecretPost)
        });
        if only_in_body { client.set_auth_type(AuthType::RequestBody) } else { client }
    }

    async fn token(&self, client: &Client, code: &str, secrets: &FlowSecrets) -> Result<CoreTokenResponse> {
        let request = client.exchange_code(AuthorizationCode::new(code.to_owned()));
        let request = request.map_err(|_| Error::Unavailable("the provider names no address for tokens".to_owned()))?;
        let verifier = PkceCodeVerifier::new(secrets.pkce_verifier.clone());
        request.set_pkce_verifier(verifier).request_async(&self.http).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(answer) => {
                tracing::warn!(provider = self.settings.key, error = ?answer.error(), "a code was refused");
                Error::Forbidden
            }
            RequestTokenError::Request(error) => Error::Unavailable(format!("tokens: {error}")),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                Error::Unavailable("tokens: not what the standard says".to_owned())
            }
        })
    }

    /// What the ID token says, if it passes all checks (OpenID Connect Core 1.0, 3.1.3.7).
    fn checked<'t>(
        &self,
        client: &Client,
        token: &'t CoreIdToken,
        nonce: &Nonce,
        now: Timestamp,
    ) -> std::result::Result<&'t CoreIdTokenClaims, ClaimsVerificationError> {
        let now = DateTime::from_timestamp(now.as_second(), 0).unwrap_or_default();
        let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(move || now);
        let claims = token.claims(&verifier, nonce)?;
        match claims.authorized_party() {
            Some(party) if party.as_str() != self.settings.client_id => {
                Err(ClaimsVerificationError::InvalidAudience("made for another client".to_owned()))
            }
            _ => Ok(claims),
        }
    }

    /// For providers that put no address into the ID token: what they say when they are asked with the access token.
    async fn user_info(
        &self,
        client: &Client,
        token: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
    ) -> Result<Option<CoreUserInfoClaims>> {
        use openidconnect::OAuth2TokenResponse as _;
        let access = token.access_token().clone();
        // Without such an address there is nothing more to know.
        let Ok(request) = client.user_info(access, Some(claims.subject().clone())) else { return Ok(None) };
        let answer = request.request_async::<EmptyAdditionalClaims, _, CoreGenderClaim>(&self.http).await;
        answer.map(Some).map_err(|error| Error::Unavailable(format!("user info: {}", short(&error))))
    }
}

/// The first words of an error: later ones may repeat what was sent.
fn short(error: &dyn std::error::Error) -> String {
    error.to_string().split([':', '`']).next().unwrap_or_default().to_owned()
}

#[async_trait::async_trait]
impl IdentityProvider for Provider {
    fn key(&self) -> &str {
        self.settings.key
    }

    fn name(&self) -> &str {
        &self.settings.name
    }

    fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    async fn authorize_url(&self, secrets: &FlowSecrets, now: Timestamp) -> Result<String> {
        let document = self.discovery.document(&self.http, now).await?;
        let client = self.client(&document);
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(secrets.pkce_verifier.clone()));
        let (state, nonce) = (secrets.state.clone(), secrets.nonce.clone());
        let (url, ..) = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".to_owned()))
            .add_scope(Scope::new("profile".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(url.into())
    }

    async fn claims(&self, code: &str, secrets: &FlowSecrets, now: Timestamp) -> Result<Claims> {
        let document = self.discovery.document(&self.http, now).await?;
        let mut client = self.client(&document);
        let token = self.token(&client, code, secrets).await?;
        let id_token = token.id_token().ok_or_else(|| {
            tracing::warn!(provider = self.settings.key, "no ID token came");
            Error::Forbidden
        })?;
        let nonce = Nonce::new(secrets.nonce.clone());
        let mut checked = self.checked(&client, id_token, &nonce, now);
        if let Err(ClaimsVerificationError::SignatureVerification(SignatureVerificationError::NoMatchingKey)) = checked
        {
            let document = self.discovery.fresh(&self.http, now).await?;
            client = self.client(&document);
            checked = self.checked(&client, id_token, &nonce, now);
        }
        let claims = checked.map_err(|error| {
            tracing::warn!(provider = self.settings.key, why = short(&error), "an ID token does not pass");
            Error::Forbidden
        })?;
        let told = match claims.email() {
            Some(_) => None,
            None => self.user_info(&client, &token, claims).await?,
        };
        let own = |name: Option<&openidconnect::LocalizedClaim<openidconnect::EndUserName>>| {
            name.and_then(|name| name.get(None)).map(|name| name.to_string())
        };
        let (email, email_verified, name) = match &told {
            Some(told) => (told.email(), told.email_verified(), own(told.name())),
            None => (claims.email(), claims.email_verified(), own(claims.name())),
        };
        Ok(Claims {
            issuer: self.settings.issuer.clone(),
            subject: claims.subject().to_string(),
            email: email.map(|email| email.to_string()),
            email_verified: email_verified == Some(true),
            name: name.or_else(|| own(claims.name())),
        })
    }
}
