//! What people prove who they are with.
use super::{TestStore, world};
use crate::{Error, testing::builders as make};
use domain::{
    ids::{ApiKeyId, IdentityId},
    secrets::{ApiKey, Hash, Identity, Purpose, Secrets, Token, TwoFactor},
    user::{Credentials, Profile, Standing, Subscription, Tariff},
};
use std::sync::Arc;

/// Each kind of secret; other `n`, other hashes.
fn secrets(n: u8) -> Secrets {
    let key = ApiKey {
        id: ApiKeyId(make::id(u32::from(n))),
        hash: [n; 32],
        name: "Script".to_owned(),
        shown: "ww_abc".to_owned(),
        may_write: true,
        created_at: make::at(1),
        last_used_at: Some(make::at(2)),
        expires_at: None,
    };
    let token = |hash: u8, purpose| Token { hash: [hash; 32], purpose, expires_at: make::at(3_600) };
    let identity = Identity {
        id: IdentityId(make::id(u32::from(n))),
        hash: [n + 3; 32],
        issuer: "https://id.example.org".to_owned(),
        email: "ada@id.example.org".to_owned(),
        linked_at: make::at(4),
    };
    let factor = TwoFactor {
        sealed_key: "sealed".to_owned(),
        confirmed_at: Some(make::at(5)),
        recovery_codes: vec![[1; 32], [2; 32]],
        last_step: 59_000_000,
    };
    Secrets {
        two_factor: Some(factor),
        api_keys: vec![key],
        tokens: vec![
            token(n + 1, Purpose::ChangeEmail { email: "New@example.org".to_owned() }),
            token(n + 2, Purpose::ResetPassword),
        ],
        identities: vec![identity],
    }
}

async fn load(t: &TestStore, n: u32) -> Credentials {
    t.store.person(make::person(n).user.id).await.unwrap().unwrap()
}

/// The next version of somebody.
fn next(before: &Credentials, change: impl FnOnce(&mut Credentials)) -> Credentials {
    let mut person = before.clone();
    person.version += 1;
    change(&mut person);
    person
}

async fn save(t: &TestStore, person: &Credentials) -> crate::Result<domain::user::User> {
    t.store.save_person(&make::write(person.user.id, 60), person).await
}

pub async fn kept_to_the_last_field(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let first = load(&t, 1).await;
    assert_eq!((first.version, &first.secrets), (0, &Secrets::default()));
    let changed = next(&first, |person| {
        person.user.email = "Ada@Example.net".to_owned();
        person.user.is_email_verified = true;
        person.user.auth_epoch = 3;
        person.user.disabled_at = Some(make::at(7));
        person.user.updated_at = make::at(60);
        person.user.standing = Standing {
            avatar: Some("ab".repeat(32)),
            subscription: Subscription {
                plan: Tariff::Premium,
                end_date: Some(make::at(9)),
                ..Subscription::default()
            },
            delete_after: Some(make::at(8)),
            two_factor: true,
        };
        person.password_hash = None;
        person.secrets = secrets(10);
    });
    let answer = save(&t, &changed).await.unwrap();
    assert_eq!(answer, changed.user);
    let kept = load(&t, 1).await;
    assert_eq!((&kept.user, &kept.password_hash, &kept.secrets), (&changed.user, &None, &changed.secrets));
    assert_eq!(kept.version, 1);
    assert_eq!(t.store.user(ada).await.unwrap(), Some(changed.user));
    assert!(t.store.credentials("person1@example.org").await.unwrap().is_none());
    assert_eq!(t.store.credentials("ada@example.net").await.unwrap().unwrap().secrets, secrets(10));
    // And back to nothing.
    let bare = next(&kept, |person| {
        person.user.disabled_at = None;
        person.user.standing = Standing::default();
        person.password_hash = Some("another".to_owned());
        person.secrets = Secrets::default();
    });
    save(&t, &bare).await.unwrap();
    let kept = load(&t, 1).await;
    assert_eq!((kept.user, kept.password_hash, kept.secrets), (bare.user, bare.password_hash, bare.secrets));
}

pub async fn found_by_each_handle_and_by_no_old_one(t: TestStore) {
    world::person(&*t.store, 1).await;
    world::person(&*t.store, 2).await;
    let find = async |hash: Hash| t.store.person_by_handle(hash).await.unwrap().map(|person| person.user.id);
    for (n, secrets) in [(1, secrets(10)), (2, secrets(20))] {
        let person = next(&load(&t, n).await, |person| person.secrets = secrets.clone());
        save(&t, &person).await.unwrap();
        for hash in secrets.handles() {
            assert_eq!(find(hash).await, Some(person.user.id));
        }
    }
    let fewer = next(&load(&t, 1).await, |person| person.secrets.tokens.clear());
    save(&t, &fewer).await.unwrap();
    assert_eq!((find([11; 32]).await, find([12; 32]).await), (None, None));
    assert_eq!(find([10; 32]).await, Some(fewer.user.id));
    assert_eq!(find([99; 32]).await, None);
    // What one has given up another may have.
    let taken = next(&load(&t, 2).await, |person| person.secrets.tokens = secrets(10).tokens);
    save(&t, &taken).await.unwrap();
    assert_eq!(find([11; 32]).await, Some(taken.user.id));
}

pub async fn of_twenty_changes_one_wins(t: TestStore) {
    world::person(&*t.store, 1).await;
    let before = load(&t, 1).await;
    let tries: Vec<_> = (0..20)
        .map(|n| {
            let (store, person) = (Arc::clone(&t.store), next(&before, |person| person.user.auth_epoch = n));
            tokio::spawn(async move { store.save_person(&make::write(person.user.id, 60), &person).await })
        })
        .collect();
    let mut won = Vec::new();
    for (n, tried) in tries.into_iter().enumerate() {
        match tried.await.unwrap() {
            Ok(user) => won.push((n, user.auth_epoch)),
            Err(Error::StaleVersion { current }) => assert_eq!(current, 1),
            Err(other) => panic!("{other:?}"),
        }
    }
    let [(n, epoch)] = won[..] else { panic!("{won:?}") };
    assert_eq!(i64::try_from(n).unwrap(), epoch);
    assert_eq!(load(&t, 1).await.user.auth_epoch, epoch);
}

pub async fn nobody_shares_an_identity_or_an_address(t: TestStore) {
    world::person(&*t.store, 1).await;
    world::person(&*t.store, 2).await;
    let first = next(&load(&t, 1).await, |person| person.secrets = secrets(10));
    save(&t, &first).await.unwrap();
    let before = load(&t, 2).await;
    let twin = next(&before, |person| person.secrets.identities = secrets(10).identities);
    let refused = save(&t, &twin).await;
    assert!(matches!(refused, Err(Error::Duplicate("identity"))), "{refused:?}");
    let twin = next(&before, |person| person.user.email = "PERSON1@example.org".to_owned());
    let refused = save(&t, &twin).await;
    assert!(matches!(refused, Err(Error::Duplicate("email"))), "{refused:?}");
    let kept = load(&t, 2).await;
    assert_eq!((kept.user, kept.secrets, kept.version), (before.user, before.secrets, 0));
    // One's own address in other letters is one's own.
    let louder = next(&load(&t, 2).await, |person| person.user.email = "PERSON2@EXAMPLE.ORG".to_owned());
    save(&t, &louder).await.unwrap();
}

pub async fn an_edit_of_the_profile_keeps_them(t: TestStore) {
    let ada = world::person(&*t.store, 1).await;
    let person = next(&load(&t, 1).await, |person| {
        person.secrets = secrets(10);
        person.user.standing.two_factor = true;
    });
    save(&t, &person).await.unwrap();
    let mut edited = person.user.clone();
    edited.standing = Standing::default();
    edited.profile = Profile { city: Some("Graz".to_owned()), family_size: Some(3), ..Profile::default() };
    edited.preferences.privacy.ai_consent = true;
    edited.preferences.notifications.push = false;
    let answer = t.store.update_user(&make::write(ada, 61), &edited).await.unwrap();
    assert_eq!(answer.standing, person.user.standing);
    assert_eq!((&answer.profile, &answer.preferences), (&edited.profile, &edited.preferences));
    let kept = load(&t, 1).await;
    assert_eq!((kept.user, kept.secrets, kept.version), (answer, person.secrets.clone(), 1));
    // And the other way round: a change of secrets that began before keeps the edit.
    let later = next(&person, |person| person.secrets = Secrets::default());
    let user = save(&t, &later).await.unwrap();
    assert_eq!(user.profile, edited.profile);
    // Nobody changes somebody else.
    let bob = world::person(&*t.store, 2).await;
    let foreign = next(&load(&t, 1).await, |person| person.user.auth_epoch = 9);
    let refused = t.store.save_person(&make::write(bob, 62), &foreign).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
}
