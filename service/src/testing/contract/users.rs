//! People.
use super::{TestStore, world};
use crate::{Error, testing::builders as make};
use domain::{
    ids::{BudgetId, UserId},
    problem::{Problem, Problems},
    user::Theme,
};

pub async fn found_by_id_and_folded_address(t: TestStore) {
    let person = make::person(1);
    let id = person.user.id;
    let made = t.store.create_user(&make::write(id, 0), &person).await.unwrap();
    assert_eq!(made, person.user);
    assert_eq!(t.store.user(id).await.unwrap().as_ref(), Some(&person.user));
    let found = t.store.credentials("person1@example.org").await.unwrap().unwrap();
    assert_eq!((&found.user, &found.password_hash), (&person.user, &person.password_hash));
    assert!(t.store.credentials("person2@example.org").await.unwrap().is_none());
    assert_eq!(t.store.user(UserId(make::id(99))).await.unwrap(), None);
}

pub async fn addresses_are_unique_whatever_their_case(t: TestStore) {
    world::person(&*t.store, 1).await;
    let mut twin = make::person(2);
    twin.user.email = "PERSON1@Example.ORG".to_owned();
    let id = twin.user.id;
    let refused = t.store.create_user(&make::write(id, 0), &twin).await;
    assert!(matches!(refused, Err(Error::Duplicate("email"))), "{refused:?}");
}

pub async fn a_refused_sign_up_leaves_nothing(t: TestStore) {
    world::person(&*t.store, 1).await;
    let mut twin = make::person(2);
    twin.user.email = "person1@example.org".to_owned();
    t.store.create_user(&make::write(twin.user.id, 0), &twin).await.unwrap_err();
    assert_eq!(t.store.user(twin.user.id).await.unwrap(), None);
    let first = t.store.credentials("person1@example.org").await.unwrap().unwrap();
    assert_eq!(first.user, make::person(1).user);
}

pub async fn an_update_keeps_password_address_and_epoch(t: TestStore) {
    let id = world::person(&*t.store, 1).await;
    let mut changed = make::person(1).user;
    changed.name = "Somebody Else".to_owned();
    changed.preferences.theme = Theme::Dark;
    changed.preferences.timezone = "Europe/Vienna".to_owned();
    changed.updated_at = make::at(60);
    changed.email = "other@example.org".to_owned();
    changed.auth_epoch = 7;
    let answer = t.store.update_user(&make::write(id, 60), &changed).await.unwrap();
    let (email, auth_epoch) = ("Person1@example.org".to_owned(), 0);
    let expected = domain::user::User { email, auth_epoch, ..changed };
    assert_eq!(answer, expected);
    let kept = t.store.credentials("person1@example.org").await.unwrap().unwrap();
    assert_eq!((kept.user, kept.password_hash), (expected, make::person(1).password_hash));
    assert!(t.store.credentials("other@example.org").await.unwrap().is_none());
}

pub async fn a_default_budget_must_be_ones_own(t: TestStore) {
    let (ada, own) = world::owner(&*t.store, 1).await;
    let (_, foreign) = world::owner(&*t.store, 2).await;
    let second = world::budget(&*t.store, ada, 3).await;
    let mut user = t.store.user(ada).await.unwrap().unwrap();
    assert_eq!(user.preferences.default_budget_id, Some(own));
    for wrong in [foreign, BudgetId(make::id(99))] {
        user.preferences.default_budget_id = Some(wrong);
        let refused = t.store.update_user(&make::write(ada, 1), &user).await.unwrap_err();
        let expected = Problems::one("preferences.defaultBudgetId", Problem::NotFound);
        assert!(matches!(&refused, Error::Validation(problems) if *problems == expected), "{refused:?}");
    }
    for right in [Some(second), None] {
        user.preferences.default_budget_id = right;
        t.store.update_user(&make::write(ada, 1), &user).await.unwrap();
        assert_eq!(t.store.user(ada).await.unwrap().unwrap().preferences.default_budget_id, right);
    }
    // Where it goes into the trash, another one is it.
    user.preferences.default_budget_id = Some(second);
    t.store.update_user(&make::write(ada, 2), &user).await.unwrap();
    t.store.set_budget_deleted(&make::write(ada, 3), second, true).await.unwrap();
    let mut user = t.store.user(ada).await.unwrap().unwrap();
    assert_eq!(user.preferences.default_budget_id, Some(own));
    user.name = "Still Here".to_owned();
    t.store.update_user(&make::write(ada, 4), &user).await.unwrap();
}
