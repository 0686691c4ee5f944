//! The way to a provider: no redirects, an end to waiting, nothing larger than a provider has to say, and no plain http
//! where the issuer is https.
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse, http};
use reqwest::{Client, redirect::Policy};
use std::{fmt, future::Future, pin::Pin, time::Duration};

/// A request takes no longer.
const LIMIT: Duration = Duration::from_secs(8);
/// No answer of a provider is larger, in bytes.
const MOST: usize = 512 << 10;

/// Why a request came to nothing. Says nothing of what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HttpError {
    /// No answer, or none in time.
    Silent,
    /// An answer without end.
    TooLarge,
    /// An address that would leave https.
    Insecure,
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Silent => "no answer in time",
            Self::TooLarge => "too large an answer",
            Self::Insecure => "an address without TLS",
        })
    }
}

impl std::error::Error for HttpError {}

/// The client.
pub(crate) struct Http {
    client: Client,
    only_tls: bool,
}

impl Http {
    /// None: there is no TLS to be had.
    pub(crate) fn new(issuer: &str) -> Option<Self> {
        // Fails where there is one already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(LIMIT).redirect(Policy::none()).build().ok()?;
        Some(Self { client, only_tls: issuer.starts_with("https://") })
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        if self.only_tls && request.uri().scheme_str() != Some("https") {
            return Err(HttpError::Insecure);
        }
        let request = reqwest::Request::try_from(request).map_err(|_| HttpError::Silent)?;
        let mut answer = self.client.execute(request).await.map_err(|_| HttpError::Silent)?;
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| HttpError::Silent)? {
            if body.len() + chunk.len() > MOST {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        let mut response = http::Response::new(body);
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
mod tests {
    use super::*;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    async fn get(issuer: &str, address: &str) -> Result<HttpResponse, HttpError> {
        let request = http::Request::builder().uri(address).body(Vec::new()).unwrap();
        Http::new(issuer).unwrap().call(request).await
    }

    /// Answers one request with that.
    async fn answering(answer: Vec<u8>) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 4_096];
            let _ = stream.read(&mut asked).await.unwrap();
            // Whoever has heard enough hangs up.
            let _ = stream.write_all(&answer).await;
        });
        address
    }

    #[tokio::test]
    async fn an_issuer_with_tls_leads_to_no_address_without() {
        let refused = get("https://id.example.org", "http://id.example.org/keys").await;
        assert_eq!(refused.unwrap_err(), HttpError::Insecure);
    }

    #[tokio::test]
    async fn nothing_endless_and_no_detour() {
        let small = answering(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nfine".to_vec()).await;
        assert_eq!(get(&small, &small).await.unwrap().body(), b"fine");
        let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_vec();
        let large = answering([head, vec![b'x'; MOST + 1]].concat()).await;
        assert_eq!(get(&large, &large).await.unwrap_err(), HttpError::TooLarge);
        let elsewhere =
            answering(b"HTTP/1.1 302 Found\r\nlocation: /there\r\ncontent-length: 0\r\n\r\n".to_vec()).await;
        assert_eq!(get(&elsewhere, &elsewhere).await.unwrap().status(), 302);
        assert_eq!(get("http://127.0.0.1:1", "http://127.0.0.1:1/").await.unwrap_err(), HttpError::Silent);
    }
}
