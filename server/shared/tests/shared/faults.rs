//! Redis is away, silent, or lost in the middle of something: each call says so soon, nobody is signed in by accident,
//! nothing is done twice, and all comes back unaided.
use super::{
    server::{Scratch, host, until, url_by},
    sessions::House,
};
use jiff::Timestamp;
use service::{
    Error, Result,
    ports::{
        cache::{Cache as _, Looked, Ticket},
        limits::Limits as _,
    },
    testing::{Proxy, builders as make, fakes::FakeRandom},
};
use shared::redis::{Redis, RedisCache, RedisLimits, RedisOptions, connect};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::net::TcpListener;

const MINUTE: Duration = Duration::from_mins(1);

struct Wired {
    proxy: Proxy,
    redis: Redis,
    house: House,
    limits: RedisLimits,
    cache: RedisCache,
    scratch: Scratch,
}

/// All that is shared, behind a proxy.
async fn wired() -> Wired {
    let (scratch, proxy) = (Scratch::new().await, Proxy::start(host()).await);
    let redis = scratch.connect_by(proxy.port).await;
    Wired {
        house: House::new(redis.clone()).await,
        limits: RedisLimits::new(redis.clone()),
        cache: RedisCache::new(redis.clone(), Arc::new(FakeRandom::default())),
        proxy,
        redis,
        scratch,
    }
}

/// It is said, and within three seconds, that Redis is not there.
async fn unavailable<T: std::fmt::Debug>(what: &str, call: impl Future<Output = Result<T>>) {
    let begin = Instant::now();
    let answer = call.await;
    assert!(matches!(answer, Err(Error::Unavailable(_))), "{what}: {answer:?}");
    assert!(begin.elapsed() < Duration::from_secs(3), "{what}: {:?}", begin.elapsed());
}

impl Wired {
    async fn count(&self) -> Result<u64> {
        Ok(self.limits.count("key", MINUTE, Timestamp::UNIX_EPOCH).await?.count)
    }

    async fn nothing_works(&self) {
        let (sessions, ada) = (&self.house.services.sessions, &self.house.ada);
        let (user, hash) = (ada.user.id, ada.session.secret_hash);
        unavailable("ping", self.redis.ping()).await;
        unavailable("who", self.house.who()).await;
        unavailable("touch", sessions.touch_session(hash, make::at(1))).await;
        unavailable("create", sessions.create_session(&make::session(user, 9))).await;
        unavailable("end", sessions.end_session(user, make::session(user, 9).id)).await;
        unavailable("list", sessions.sessions(user)).await;
        unavailable("put", sessions.put_flash([1; 32], b"x", make::at(60))).await;
        unavailable("take", sessions.take_flash([1; 32], make::at(1))).await;
        unavailable("count", self.count()).await;
        unavailable("clear", self.limits.clear("key", MINUTE, Timestamp::UNIX_EPOCH)).await;
        let begin = Instant::now();
        assert_eq!(self.cache.look("scope", "key").await, Looked::Miss(Ticket::None));
        assert!(!self.cache.alive().await);
        assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    }

    async fn all_comes_back(&self) {
        until("it answers", async || self.redis.ping().await.is_ok()).await;
        // Each of the connections, one after the other.
        until("all connections are up", async || {
            for _ in 0..4 {
                if self.house.who().await.is_err() {
                    return false;
                }
            }
            true
        })
        .await;
        assert_eq!(self.house.who().await.unwrap(), Some(self.house.ada.user.id));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn away_and_back() {
    let wired = wired().await;
    for _ in 0..2 {
        wired.proxy.go_away();
        wired.nothing_works().await;
        let begin = Instant::now();
        unavailable("at once", wired.redis.ping()).await;
        assert!(begin.elapsed() < Duration::from_millis(500), "{:?}", begin.elapsed());
        wired.proxy.recover();
        wired.all_comes_back().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_and_back() {
    let wired = wired().await;
    wired.proxy.silence();
    // More than the network takes: the connections are stuck while they write.
    let Looked::Miss(_) = wired.cache.look("scope", "key").await else { panic!("nothing was put") };
    let large = vec![7; 1 << 20];
    let begin = Instant::now();
    let ticket = Ticket::Generation("x".to_owned());
    let puts = (0..40).map(|n| wired.cache.put("scope", if n % 2 == 0 { "a" } else { "b" }, ticket.clone(), &large));
    all(puts).await;
    assert!(begin.elapsed() < Duration::from_secs(4), "{:?}", begin.elapsed());
    wired.nothing_works().await;
    wired.proxy.recover();
    wired.all_comes_back().await;
}

/// Waits for all of them at the same time.
async fn all(futures: impl Iterator<Item = impl Future<Output = ()>>) {
    let mut waiting: Vec<_> = futures.map(Box::pin).collect();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|future| future.as_mut().poll(context).is_pending());
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_cut_off_is_not_done_again_by_itself() {
    let wired = wired().await;
    assert_eq!(wired.count().await.unwrap(), 1);
    wired.proxy.lose_answer_to("INCR");
    unavailable("cut", wired.count()).await;
    assert!(!wired.proxy.is_armed());
    wired.all_comes_back().await;
    assert_eq!(wired.count().await.unwrap(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_forgotten_is_forgotten_later() {
    let wired = wired().await;
    let other = RedisCache::new(wired.scratch.connect().await, Arc::new(FakeRandom::seeded(5)));
    let Looked::Miss(early) = other.look("scope", "key").await else { panic!("nothing was put") };
    other.put("scope", "key", early.clone(), b"old").await;
    assert_eq!(wired.cache.look("scope", "key").await, Looked::Hit(b"old".to_vec()));
    wired.proxy.go_away();
    // What is on its way to be cut may still let one call through.
    until("the way is cut", async || wired.cache.look("scope", "key").await != Looked::Hit(b"old".to_vec())).await;
    wired.cache.forget("scope").await;
    assert_eq!(other.look("scope", "key").await, Looked::Hit(b"old".to_vec()));
    wired.proxy.recover();
    // Never again here, from the moment on when it was forgotten.
    until("nobody finds it", async || {
        assert_ne!(wired.cache.look("scope", "key").await, Looked::Hit(b"old".to_vec()));
        matches!(other.look("scope", "key").await, Looked::Miss(_))
    })
    .await;
    other.put("scope", "key", early, b"old").await;
    until("it can be used again", async || {
        matches!(wired.cache.look("scope", "key").await, Looked::Miss(Ticket::Generation(_)))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_there_at_the_start() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    // Takes connections, and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    for port in [closed, silent.local_addr().unwrap().port()] {
        let begin = Instant::now();
        let error = connect(RedisOptions::new(format!("redis://ada:secret@127.0.0.1:{port}"))).await.err().unwrap();
        assert!(begin.elapsed() < Duration::from_millis(4_500), "{:?}", begin.elapsed());
        assert!(matches!(error, Error::Unavailable(_)) && !error.to_string().contains("secret"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_wrong_password_it_says_so_and_not_which() {
    let url = url_by(Proxy::start(host()).await.port);
    let (kind, host) = (url.split_once("://").unwrap().0, url.rsplit('@').next().unwrap().rsplit('/').next().unwrap());
    let error = connect(RedisOptions::new(format!("{kind}://nobody:secret@{host}"))).await.err().unwrap();
    let Error::Unavailable(text) = &error else { panic!("{error:?}") };
    assert!(text.contains("WRONGPASS") && !text.contains("secret") && !text.contains("nobody"), "{text}");
}
