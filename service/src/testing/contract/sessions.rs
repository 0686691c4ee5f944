//! Signed-in devices, and notes between two pages.
use super::{TestStore, world};
use crate::testing::builders as make;
use std::sync::Arc;

pub async fn found_by_hash_with_their_user(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let session = make::session(ada, 2);
    t.store.create_session(&session).await.unwrap();
    let (found, user) = t.store.session(session.secret_hash).await.unwrap().unwrap();
    assert_eq!((found, user), (session.clone(), make::person(1).user));
    assert_eq!(t.store.session([0; 32]).await.unwrap(), None);
    let listed = t.store.sessions(ada).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert!(listed.contains(&session));
}

pub async fn touching_never_revives_and_never_goes_back(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let session = make::session(ada, 1);
    let seen = async || t.store.session(session.secret_hash).await.unwrap().map(|(session, _)| session.seen_at);
    t.store.touch_session(session.secret_hash, make::at(600)).await.unwrap();
    t.store.touch_session(session.secret_hash, make::at(300)).await.unwrap();
    assert_eq!(seen().await, Some(make::at(600)));
    t.store.end_session(ada, session.id).await.unwrap();
    t.store.touch_session(session.secret_hash, make::at(900)).await.unwrap();
    assert_eq!(seen().await, None);
    assert_eq!(t.store.sessions(ada).await.unwrap(), []);
}

pub async fn only_ones_own_can_be_ended(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let bob = world::person(&*t.store, 2).await;
    let session = make::session(ada, 1);
    t.store.end_session(bob, session.id).await.unwrap();
    assert!(t.store.session(session.secret_hash).await.unwrap().is_some());
    assert_eq!(t.store.sessions(bob).await.unwrap(), [make::session(bob, 2)]);
    t.store.end_session(ada, session.id).await.unwrap();
    t.store.end_session(ada, session.id).await.unwrap();
    assert!(t.store.session(session.secret_hash).await.unwrap().is_none());
}

pub async fn a_flash_is_taken_once(t: TestStore) {
    t.store.put_flash([1; 32], b"{\"name\":\"Ada\"}", make::at(60)).await.unwrap();
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let store = Arc::clone(&t.store);
            tokio::spawn(async move { store.take_flash([1; 32], make::at(1)).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for each in tries {
        taken.extend(each.await.unwrap());
    }
    assert_eq!(taken, [b"{\"name\":\"Ada\"}".to_vec()]);
    assert_eq!(t.store.take_flash([2; 32], make::at(1)).await.unwrap(), None);
}

pub async fn an_expired_flash_is_gone(t: TestStore) {
    t.store.put_flash([1; 32], b"late", make::at(60)).await.unwrap();
    assert_eq!(t.store.take_flash([1; 32], make::at(60)).await.unwrap(), None);
}
