//! What changes, as it changes: server-sent events (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).
//! They carry ids and versions only; whoever hears one reads again.
use crate::{
    http::{cookies::Cookie, error::Result, json::NoQuery, state::AppState, visitor::Person},
    serve::Stopping,
};
use axum::{
    Extension,
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use futures_util::stream::{self, Stream};
use service::{auth, ports::events::Listening};
use std::{convert::Infallible, time::Duration};
use utoipa_axum::{router::OpenApiRouter, routes};

/// A sign of life at least so often; so often, too, the session is looked at again.
const PULSE: Duration = Duration::from_secs(20);
/// After a lost connection the browser waits so long before it comes again.
const RETRY: Duration = Duration::from_secs(2);

/// The routes of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(events))
}

/// What changes, as it changes
///
/// Server-sent events. `change` has `{entity, id, version?, budgetId?}`; `reset` says that some were missed, so that
/// everything should be read again. `Last-Event-ID` goes on after that event.
#[utoipa::path(get, path = "/api/events", tag = "about", responses(
    (status = 200, description = "Events, until the session ends", content_type = "text/event-stream", body = String)))]
async fn events(
    State(app): State<AppState>,
    person: Person,
    Extension(stopping): Extension<Stopping>,
    headers: HeaderMap,
    NoQuery: NoQuery,
) -> Result<Response> {
    let after = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let line = app.services.events.listen(person.actor.user.id, after).await?;
    let secret = Cookie::Session.read(&headers, app.public_url.https).unwrap_or_default().to_owned();
    let listener = Listener { app, secret, line, stopping };
    let first = stream::iter([Ok(Event::default().retry(RETRY).comment("listening"))]);
    let sent = stream::StreamExt::chain(first, listener.events());
    // Proxies must not wait for more before they pass it on.
    Ok(([("x-accel-buffering", "no")], Sse::new(sent)).into_response())
}

struct Listener {
    app: AppState,
    secret: String,
    line: Box<dyn Listening>,
    stopping: Stopping,
}

impl Listener {
    fn events(self) -> impl Stream<Item = std::result::Result<Event, Infallible>> + Send {
        stream::unfold(self, |mut listener| async move {
            let event = listener.next().await?;
            Some((Ok(event), listener))
        })
    }

    /// The next thing to send; none: it ends.
    async fn next(&mut self) -> Option<Event> {
        let heard = tokio::select! {
            () = self.stopping.told() => return None,
            heard = tokio::time::timeout(PULSE, self.line.next()) => heard,
        };
        // A session that has ended meanwhile hears nothing more; nor does one that can't be looked at.
        auth::authenticate(&self.app.services, &self.secret).await.ok().flatten()?;
        match heard {
            Ok(Ok(Some(event))) => Event::default().id(event.id).event("change").json_data(event.change).ok(),
            Ok(Ok(None)) => Some(Event::default().event("reset").data("{}")),
            Ok(Err(_)) => None,
            Err(_) => Some(Event::default().comment("")),
        }
    }
}
