//! A request's body that has to keep moving: who sends a byte now and then only holds a connection for nothing.
use axum::body::{Body, Bytes, HttpBody};
use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};
use tokio::time::{Instant, Sleep, sleep};

/// The longest pause between two pieces of a body.
pub const PAUSE_MAX: Duration = Duration::from_secs(15);

/// Nothing came for too long.
#[derive(Debug)]
pub struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body came too slowly")
    }
}

impl std::error::Error for TooSlow {}

/// See the module.
pub struct Moving {
    body: Body,
    pause: Pin<Box<Sleep>>,
    waiting: bool,
}

impl Moving {
    /// Wraps a body; one that is empty or there already needs no watch.
    pub fn watch(body: Body) -> Body {
        if body.is_end_stream() {
            body
        } else {
            Body::new(Self { body, pause: Box::pin(sleep(PAUSE_MAX)), waiting: false })
        }
    }
}

impl HttpBody for Moving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Bytes>, axum::Error>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(frame) => {
                self.waiting = false;
                Poll::Ready(frame)
            }
            Poll::Pending => {
                if !self.waiting {
                    self.waiting = true;
                    self.pause.as_mut().reset(Instant::now() + PAUSE_MAX);
                }
                self.pause.as_mut().poll(context).map(|()| Some(Err(axum::Error::new(TooSlow))))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::json::read;

    /// Gives a piece every so often, some times; then nothing more, without an end.
    struct Trickle {
        every: Duration,
        pieces: u32,
        next: Pin<Box<Sleep>>,
    }

    impl HttpBody for Trickle {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
            std::task::ready!(self.next.as_mut().poll(context));
            if self.pieces == 0 {
                return Poll::Ready(None);
            }
            self.pieces -= 1;
            let after = Instant::now() + self.every;
            self.next.as_mut().reset(after);
            Poll::Ready(Some(Ok(hyper::body::Frame::data(Bytes::from_static(b"x")))))
        }
    }

    async fn read_trickle(every: Duration) -> Result<usize, &'static str> {
        let body = Body::new(Trickle { every, pieces: 3, next: Box::pin(sleep(every)) });
        read(Moving::watch(body)).await.map(|bytes| bytes.len()).map_err(|error| error.code)
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_may_be_long_but_not_too_long() {
        assert_eq!(read_trickle(PAUSE_MAX.mul_f32(0.9)).await, Ok(3));
        assert_eq!(read_trickle(PAUSE_MAX.mul_f32(1.1)).await, Err("TIMEOUT"));
    }
}
