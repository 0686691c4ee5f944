//! The listener: connections accepted, watched and closed.
//!
//! Not `axum::serve`, since it leaves Nagle's algorithm on (Leptos' pages then wait 40 ms for an acknowledgement) and has
//! no time limits for slow clients.
mod places;

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use places::{Place, Places};
use std::{
    future::Future,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::watch,
    time::{Instant, Sleep, sleep},
};
use tower_service::Service as _;

/// The most time for a request's head, also counted from the end of the request before.
const HEAD_TIME: Duration = Duration::from_secs(25);
/// The longest pause in which a client takes nothing of an answer.
const WRITE_PAUSE: Duration = Duration::from_secs(25);
/// Requests in flight may take so long after the word to stop.
const GRACE: Duration = Duration::from_secs(10);
/// After a failed accept (no free descriptor, say) this long until the next one.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Larger heads are answered with 431.
const HEAD_SIZE: usize = 32 << 10;

/// In each request: becomes true when the program is told to stop, for answers that would never end by themselves.
#[derive(Debug, Clone)]
pub struct Stopping(watch::Receiver<bool>);

impl Stopping {
    /// Waits until the program is told to stop.
    pub async fn told(&mut self) {
        // Without a sender there is no program any more.
        let _ = self.0.wait_for(|stopping| *stopping).await;
    }
}

/// Answers until `stop` comes; then accepts no more and lets the requests in flight finish.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let (_kept, router) = watch::channel(router);
    serve_changing(listener, router, stop).await;
}

/// The same with a router that may be replaced meanwhile: each request goes to the one of its time.
pub async fn serve_changing(listener: TcpListener, router: watch::Receiver<Router>, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let (stopping, told) = watch::channel(false);
    let places = Places::new(places::most_connections());
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => match places.take() {
                    Some(place) => connect(stream, (peer, Stopping(told.clone())), router.clone(), &graceful, place),
                    None => places.refuse(stream),
                },
                Err(error) => {
                    tracing::warn!(%error, "accepting a connection");
                    sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    stopping.send_replace(true);
    if tokio::time::timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

fn connect(
    stream: TcpStream,
    (peer, stopping): (SocketAddr, Stopping),
    router: watch::Receiver<Router>,
    graceful: &GracefulShutdown,
    place: Place,
) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(stopping.clone());
        let mut router = router.borrow().clone();
        router.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(Patient::new(stream)), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended");
        }
        drop(place);
    });
}

/// A connection that gives up on a client that takes nothing for too long.
struct Patient {
    stream: TcpStream,
    pause: Pin<Box<Sleep>>,
    waiting: bool,
}

impl Patient {
    fn new(stream: TcpStream) -> Self {
        Self { stream, pause: Box::pin(sleep(WRITE_PAUSE)), waiting: false }
    }

    /// Starts, stops or ends the wait, by what the writing says.
    fn watch<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = false;
            return written;
        }
        if !self.waiting {
            self.waiting = true;
            self.pause.as_mut().reset(Instant::now() + WRITE_PAUSE);
        }
        self.pause.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.watch(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.watch(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
