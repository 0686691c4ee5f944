//! The contract of all that keeps sessions, stamped out for Redis, with the users in the embedded store; and who is signed
//! in when Redis has lost something.
use super::server::{Scratch, until};
use domain::{
    ids::UserId,
    input::Value,
    session::Session,
    user::{Credentials, User},
};
use jiff::SignedDuration;
use service::{
    Services, Settings,
    auth::{Device, SignedIn},
    ports::{sessions::SessionStore, store::Store},
    testing::{
        Faults, builders as make,
        contract::TestStore,
        fakes::{FakeClock, FakePasswords, FakeRandom, FakeSealer, FakeZones, MemoryBlobs},
    },
};
use shared::{
    local::{LocalEvents, LocalLimits, NoCache},
    redis::{Redis, RedisSessions},
};
use std::{sync::Arc, time::Duration};

pub const IDLE: Duration = Duration::from_hours(24 * 14);

/// A store for users, in a folder of its own.
pub fn users() -> (Arc<dyn Store>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Arc::new(store::open(&folder.path().join("users.db")).unwrap()), folder)
}

async fn fresh() -> TestStore {
    let (scratch, (store, folder)) = (Scratch::new().await, users());
    let sessions = Arc::new(RedisSessions::new(scratch.connect().await, Arc::clone(&store), IDLE));
    let mentions = Box::new(|_| Box::pin(async { Vec::new() }) as _);
    let forget_words = Box::new(|| Box::pin(async {}) as _);
    TestStore {
        sessions,
        store,
        faults: Faults::default(),
        reopen: None,
        mentions,
        forget_words,
        keep: Box::new((scratch, folder)),
    }
}

service::session_contract!("sessions in redis", fresh);

/// A server with a person who has signed in.
pub struct House {
    pub services: Services,
    pub clock: Arc<FakeClock>,
    pub ada: SignedIn,
    _folder: tempfile::TempDir,
}

impl House {
    pub async fn new(redis: Redis) -> Self {
        let ((store, folder), clock) = (users(), Arc::<FakeClock>::default());
        let settings = Settings { session_idle: IDLE, ..Settings::default() };
        let services = Services {
            sessions: Arc::new(RedisSessions::new(redis, Arc::clone(&store), IDLE)),
            store,
            blobs: Arc::new(MemoryBlobs::at(Arc::<FakeClock>::default())),
            cache: Arc::new(NoCache),
            events: Arc::new(LocalEvents::new(&FakeRandom::default())),
            limits: Arc::new(LocalLimits::default()),
            clock: Arc::clone(&clock) as _,
            random: Arc::new(FakeRandom::default()),
            hasher: Arc::new(FakePasswords),
            sealer: Arc::new(FakeSealer),
            work: Arc::default(),
            zones: Arc::new(FakeZones),
            providers: Arc::default(),
            settings,
        };
        let Credentials { user: User { id, .. }, .. } = make::person(1);
        services.store.create_user(&make::write(id, 0), &make::person(1)).await.unwrap();
        let mut house = Self { ada: sign_in(&services).await, services, clock, _folder: folder };
        house.ada = sign_in(&house.services).await;
        house
    }

    pub async fn who(&self) -> service::Result<Option<UserId>> {
        let found = service::auth::authenticate(&self.services, &self.ada.secret).await?;
        Ok(found.map(|(actor, _)| actor.user.id))
    }

    fn hash(&self) -> [u8; 32] {
        self.ada.session.secret_hash
    }
}

async fn sign_in(services: &Services) -> SignedIn {
    let typed = [("email", "person1@example.org"), ("password", "correct horse 1")];
    let input = Value::from_form(typed.map(|(name, text)| (name.to_owned(), text.to_owned())));
    service::auth::login(services, &input, Device::default()).await.unwrap()
}

fn key_of(session: &Session) -> String {
    session.secret_hash.iter().fold("session:".to_owned(), |key, byte| format!("{key}{byte:02x}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn flushed_everybody_is_signed_out_and_stays_so() {
    let scratch = Scratch::new().await;
    let house = House::new(scratch.connect().await).await;
    let ada = house.ada.user.id;
    assert_eq!(house.who().await.unwrap(), Some(ada));
    scratch.flush().await;
    assert_eq!(house.who().await.unwrap(), None);
    // The use of a session that was read before does not bring it back.
    house.services.sessions.touch_session(house.hash(), make::at(600)).await.unwrap();
    assert_eq!(house.who().await.unwrap(), None);
    assert_eq!(house.services.sessions.sessions(ada).await.unwrap(), []);
    assert_eq!(scratch.ask::<i64>("return redis.call('EXISTS', KEYS[1])", &key_of(&house.ada.session)).await, 0);
    let again = sign_in(&house.services).await;
    let found = service::auth::authenticate(&house.services, &again.secret).await.unwrap();
    assert_eq!(found.unwrap().0.user.id, ada);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_can_not_be_listed_is_none() {
    let scratch = Scratch::new().await;
    let house = House::new(scratch.connect().await).await;
    let ada = house.ada.user.id;
    scratch.ask::<()>("redis.call('DEL', KEYS[1]) return 0", &format!("sessions:{ada}")).await;
    assert_eq!(house.who().await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_a_user_who_is_gone_is_none() {
    let scratch = Scratch::new().await;
    let (store, _folder) = users();
    let sessions = RedisSessions::new(scratch.connect().await, store, IDLE);
    let session = make::session(UserId([1; 12]), 1);
    sessions.create_session(&session).await.unwrap();
    assert_eq!(sessions.session(session.secret_hash).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn redis_clears_away_what_is_over_and_the_list_follows() {
    let scratch = Scratch::new().await;
    let (store, _folder) = users();
    let sessions = RedisSessions::new(scratch.connect().await, store, Duration::from_millis(50));
    let (short, ada) = (make::session(UserId([1; 12]), 1), UserId([1; 12]));
    sessions.create_session(&short).await.unwrap();
    let members = format!("sessions:{ada}");
    let count = async || scratch.ask::<i64>("return redis.call('SCARD', KEYS[1])", &members).await;
    until("it is cleared away", async || {
        scratch.ask::<i64>("return redis.call('EXISTS', KEYS[1])", &key_of(&short)).await == 0
    })
    .await;
    assert_eq!(count().await, 1);
    assert_eq!(sessions.sessions(ada).await.unwrap(), []);
    assert_eq!(count().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_until_it_is_unused_or_over_and_longer_with_each_use() {
    let scratch = Scratch::new().await;
    let house = House::new(scratch.connect().await).await;
    let left = async |key: &str| scratch.ask::<i64>("return redis.call('PTTL', KEYS[1])", key).await;
    let (day, key) = (86_400_000_i64, key_of(&house.ada.session));
    let near = |left: i64, days: i64| (days * day - 60_000..=days * day).contains(&left);
    assert!(near(left(&key).await, 14));
    assert!(near(left(&format!("sessions:{}", house.ada.user.id)).await, 90));
    // The clock of the server moves on; that of Redis stands still beside it.
    for (days, expected) in [(13, 14), (26, 14), (39, 14), (52, 14), (65, 14), (78, 12), (89, 1)] {
        house.clock.set(make::at(days * 86_400));
        assert!(house.who().await.unwrap().is_some(), "day {days}");
        assert!(near(left(&key).await, expected), "day {days}: {}", left(&key).await);
    }
    house.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(house.who().await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn ended_while_it_is_used_it_stays_ended() {
    let scratch = Scratch::new().await;
    let house = Arc::new(House::new(scratch.connect().await).await);
    for round in 0..20 {
        let signed_in = sign_in(&house.services).await;
        let (id, hash) = (signed_in.session.id, signed_in.session.secret_hash);
        let uses: Vec<_> = (0..10)
            .map(|n| {
                let house = Arc::clone(&house);
                tokio::spawn(
                    async move { house.services.sessions.touch_session(hash, make::at(round * 100 + n)).await },
                )
            })
            .collect();
        house.services.sessions.end_session(house.ada.user.id, id).await.unwrap();
        for each in uses {
            each.await.unwrap().unwrap();
        }
        assert!(house.services.sessions.session(hash).await.unwrap().is_none());
    }
    assert_eq!(house.services.sessions.sessions(house.ada.user.id).await.unwrap().len(), 2);
}
