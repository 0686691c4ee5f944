//! Signed-in devices, and notes between two pages.
use super::{TestStore, world};
use crate::testing::builders as make;
use domain::ids::UserId;
use std::sync::Arc;

/// A person with a session of the same number.
async fn signed_in(t: &TestStore, n: u32) -> UserId {
    let id = world::person(&*t.store, n).await;
    t.sessions.create_session(&make::session(id, n)).await.unwrap();
    id
}

pub async fn found_by_hash_with_their_user(t: TestStore) {
    let ada = signed_in(&t, 1).await;
    let session = make::session(ada, 2);
    t.sessions.create_session(&session).await.unwrap();
    let (found, user) = t.sessions.session(session.secret_hash).await.unwrap().unwrap();
    assert_eq!((found, user), (session.clone(), make::person(1).user));
    assert_eq!(t.sessions.session([0; 32]).await.unwrap(), None);
    let listed = t.sessions.sessions(ada).await.unwrap();
    assert_eq!(listed.len(), 2);
    assert!(listed.contains(&session));
}

pub async fn touching_never_revives_and_never_goes_back(t: TestStore) {
    let ada = signed_in(&t, 1).await;
    let session = make::session(ada, 1);
    let seen = async || t.sessions.session(session.secret_hash).await.unwrap().map(|(session, _)| session.seen_at);
    t.sessions.touch_session(session.secret_hash, make::at(600)).await.unwrap();
    t.sessions.touch_session(session.secret_hash, make::at(300)).await.unwrap();
    assert_eq!(seen().await, Some(make::at(600)));
    t.sessions.end_session(ada, session.id).await.unwrap();
    t.sessions.touch_session(session.secret_hash, make::at(900)).await.unwrap();
    assert_eq!(seen().await, None);
    assert_eq!(t.sessions.sessions(ada).await.unwrap(), []);
}

pub async fn only_ones_own_can_be_ended(t: TestStore) {
    let ada = signed_in(&t, 1).await;
    let bob = signed_in(&t, 2).await;
    let session = make::session(ada, 1);
    t.sessions.end_session(bob, session.id).await.unwrap();
    assert!(t.sessions.session(session.secret_hash).await.unwrap().is_some());
    assert_eq!(t.sessions.sessions(bob).await.unwrap(), [make::session(bob, 2)]);
    t.sessions.end_session(ada, session.id).await.unwrap();
    t.sessions.end_session(ada, session.id).await.unwrap();
    assert!(t.sessions.session(session.secret_hash).await.unwrap().is_none());
}

pub async fn a_flash_is_taken_once(t: TestStore) {
    t.sessions.put_flash([1; 32], b"{\"name\":\"Ada\"}", make::at(60)).await.unwrap();
    let tries: Vec<_> = (0..20)
        .map(|_| {
            let sessions = Arc::clone(&t.sessions);
            tokio::spawn(async move { sessions.take_flash([1; 32], make::at(1)).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for each in tries {
        taken.extend(each.await.unwrap());
    }
    assert_eq!(taken, [b"{\"name\":\"Ada\"}".to_vec()]);
    assert_eq!(t.sessions.take_flash([2; 32], make::at(1)).await.unwrap(), None);
}

pub async fn an_expired_flash_is_gone(t: TestStore) {
    t.sessions.put_flash([1; 32], b"late", make::at(60)).await.unwrap();
    assert_eq!(t.sessions.take_flash([1; 32], make::at(60)).await.unwrap(), None);
}

pub async fn it_answers(t: TestStore) {
    t.sessions.sessions_ready().await.unwrap();
}
