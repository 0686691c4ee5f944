//! What a household does together is in the timeline, too: months, members, and what goes from one place to another.
use super::{
    TestStore,
    activity::{of_budget, own, undoing},
    sharing::{ADDRESS, House, house, invite},
    world,
};
use crate::{
    Error,
    activity::{
        places::is_narrowed,
        together::{moves, roles},
    },
    error::Conflict,
    ports::activity::{Activity, ActivityKind, Subject},
    testing::builders as make,
};
use domain::{
    budget::Budget, ids::UserId, months::MonthEntry, period::Month, role::Role, sharing::MemberChange,
    version::VersionOrigin,
};
use std::time::Duration;

const DAY: i64 = 86_400;
const IDLE: Duration = Duration::from_hours(14 * 24);

pub async fn months_are_told(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, editor, viewer, stranger, .. } = house(store).await;
    let before = of_budget(store, ada, home).await.len();
    let first = make::month_entry(editor, home, 7);
    let write = make::keyed(editor, 600, "once", 1);
    for _ in 0..2 {
        store.keep_month(&write, &first).await.unwrap();
    }
    let told = of_budget(store, viewer, home).await;
    assert_eq!(told.len(), before + 1, "once for its key");
    let change = &told[0].changes[0];
    assert_eq!((told[0].user_id, told[0].kind, told[0].at), (editor, ActivityKind::Changed, make::at(600)));
    assert_eq!(change.subject, Subject::Month(home, Month { year: 2026, month: 11 }));
    assert_eq!(change.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), ["moves", "plannedIncome"]);
    assert_eq!((moves(change), change.version_after), ((Vec::new(), first.moves.clone()), 1));
    let same = MonthEntry { version: 2, ..first.clone() };
    store.keep_month(&make::write(ada, 601), &same).await.unwrap();
    assert_eq!(of_budget(store, ada, home).await, told, "what says the same is no news");
    let back = MonthEntry { version: 3, moves: Vec::new(), ..first.clone() };
    let undo = undoing(ada, 602, &told[0]);
    assert!(matches!(store.keep_month(&undo, &same).await, Err(Error::StaleVersion { current: 2 })));
    store.keep_month(&undo, &back).await.unwrap();
    let now = of_budget(store, ada, home).await;
    assert_eq!((now[0].undoes, now[1].undone_by), (Some(told[0].id), Some(now[0].id)));
    assert_eq!(moves(&now[0].changes[0]), (first.moves, Vec::new()));
    let again = MonthEntry { version: 4, ..same };
    let twice = store.keep_month(&undoing(ada, 603, &told[0]), &again).await;
    assert!(matches!(twice, Err(Error::Conflict(Conflict::AlreadyUndone))), "{twice:?}");
    assert_eq!(store.months(ada, home).await.unwrap(), [back], "and nothing comes of it");
    assert_eq!(store.activity(stranger, told[0].id).await.unwrap(), None);
}

/// What was done to whom, and the roles before and after.
fn told(activity: &Activity) -> Vec<(Subject, Option<Role>, Option<Role>)> {
    assert_eq!(activity.kind, ActivityKind::Shared);
    let one = |change: &crate::ports::activity::EntityChange| {
        let (before, after) = roles(change).unwrap();
        (change.subject, before, after)
    };
    activity.changes.iter().map(one).collect()
}

pub async fn members_are_told(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, admin, editor, viewer, .. } = house(store).await;
    let came = of_budget(store, viewer, home).await;
    assert_eq!(came.len(), 1 + 2 * 3);
    // Those of one moment stand by their ids.
    let mut first: Vec<_> = came[4..6].iter().map(|one| (one.user_id, told(one)[0])).collect();
    first.sort_by_key(|(user, _)| *user);
    assert_eq!(first[0].0, ada);
    assert!(matches!(first[0].1, (Subject::Invite(_), None, Some(Role::Admin))), "{first:?}");
    assert_eq!(first[1], (admin, (Subject::Member(admin), None, Some(Role::Admin))));
    let json = serde_json::to_string(&came).unwrap().to_lowercase();
    assert!(!json.contains("example.org"), "addresses are for admins: {json}");

    let change = async |seconds: i64, by, who, what| {
        store.change_member(&make::write(by, seconds), home, who, what).await.unwrap();
        let all = of_budget(store, ada, home).await;
        (all.len(), all[0].user_id, told(&all[0]))
    };
    let role = MemberChange::Role(Role::View);
    let changed = vec![(Subject::Member(editor), Some(Role::Edit), Some(Role::View))];
    assert_eq!(change(500, admin, editor, role).await, (8, admin, changed.clone()));
    assert_eq!(change(501, ada, editor, role).await, (8, admin, changed), "the same role is no news");
    let gone = vec![(Subject::Member(editor), Some(Role::View), None)];
    assert_eq!(change(502, ada, editor, MemberChange::Remove).await, (9, ada, gone));
    let left = vec![(Subject::Member(viewer), Some(Role::View), None)];
    assert_eq!(change(503, viewer, viewer, MemberChange::Remove).await, (10, viewer, left));
    assert_eq!(own(store, viewer).await, [], "who has left is told nothing of it");
    store.hand_over_budget(&make::write(ada, 504), home, admin).await.unwrap();
    let handed = of_budget(store, ada, home).await;
    assert_eq!(
        told(&handed[0]),
        [
            (Subject::Member(admin), Some(Role::Admin), Some(Role::Owner)),
            (Subject::Member(ada), Some(Role::Owner), Some(Role::Admin)),
        ]
    );
    store.change_member(&make::write(ada, 505), home, admin, MemberChange::Remove).await.unwrap_err();
    assert_eq!(of_budget(store, ada, home).await, handed, "what is refused is not told");
}

pub async fn a_role_goes_back_once(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, admin, editor, .. } = house(store).await;
    let role = MemberChange::Role(Role::View);
    store.change_member(&make::write(admin, 500), home, editor, role).await.unwrap();
    let lowered = of_budget(store, ada, home).await.remove(0);
    let back = MemberChange::Back { from: Role::View, to: Role::Edit };
    let refused = store.change_member(&undoing(editor, 501, &lowered), home, editor, back).await;
    assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    let budget = store.change_member(&undoing(ada, 502, &lowered), home, editor, back).await.unwrap();
    assert_eq!(budget.role_of(editor), Some(Role::Edit));
    let undone = of_budget(store, ada, home).await;
    assert_eq!((undone[0].undoes, undone[1].undone_by), (Some(lowered.id), Some(undone[0].id)));
    let twice = store.change_member(&undoing(admin, 503, &lowered), home, editor, back).await;
    assert!(matches!(twice, Err(Error::Conflict(Conflict::NewerChange(_)))), "{twice:?}");
    // The role is as it was, but the taking back was done.
    store.change_member(&make::write(admin, 504), home, editor, role).await.unwrap();
    let twice = store.change_member(&undoing(admin, 505, &lowered), home, editor, back).await;
    assert!(matches!(twice, Err(Error::Conflict(Conflict::AlreadyUndone))), "{twice:?}");
    assert_eq!(store.budget(editor, home).await.unwrap().unwrap().1, Role::View);
}

pub async fn what_goes_elsewhere_is_told_in_both_places(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, admin, viewer, stranger, .. } = house(store).await;
    let trip = world::budget(store, ada, 20).await;
    for (n, role) in [(5, Role::View), (2, Role::Edit)] {
        let mut invite = invite(trip, ada, n, role);
        (invite.id.0[0], invite.token_hash[31]) = (9, 9);
        store.create_invite(&make::write(ada, 30), &invite).await.unwrap();
        store.answer_invite(&make::write(UserId(make::id(n)), 31), invite.id, ADDRESS, true).await.unwrap();
    }
    let row = world::put(store, make::expense(ada, Some(home), 10, 500)).await;
    let moved = world::change(store, &row, |row| {
        row.budget_id = Some(trip);
        row.merchant = Some("Hotel".to_owned());
    })
    .await;
    let all = of_budget(store, ada, home).await.remove(0);
    assert_eq!((all.budget_id, all.also_in, is_narrowed(&all)), (Some(trip), Some(home), false));
    assert_eq!(of_budget(store, ada, trip).await[0], all);
    assert_eq!(of_budget(store, admin, home).await[0], all, "who has part in both sees all of it");
    assert_eq!(own(store, ada).await.iter().filter(|one| one.id == all.id).count(), 1);
    for (who, place, title) in [(viewer, home, "Corner Shop"), (stranger, trip, "Hotel")] {
        let part = of_budget(store, who, place).await.remove(0);
        assert_eq!((part.id, part.budget_id, part.also_in), (all.id, Some(place), None));
        assert_eq!((part.changes[0].title.as_str(), is_narrowed(&part)), (title, true));
        assert_eq!(store.activity(who, all.id).await.unwrap(), Some(part));
    }
    // Page by page, what went stands where it was done.
    let later = world::put(store, make::expense(ada, Some(home), 11, 500)).await;
    world::change(store, &later, |row| row.notes = Some("x".to_owned())).await;
    let (mut walked, whole) = (Vec::new(), of_budget(store, viewer, home).await);
    let feed = crate::ports::activity::Feed::Budget(home);
    let mut query = crate::ports::activity::ActivityQuery::newest(feed, 2);
    loop {
        let page = store.activities(viewer, &query).await.unwrap();
        assert_eq!(page.total, whole.len() as u64);
        let last = page.items.last().unwrap();
        query.cursor = Some(crate::ports::activity::ActivityCursor { at: last.at, id: last.id });
        walked.extend(page.items);
        if !page.more {
            break;
        }
    }
    assert_eq!(walked, whole);

    // What becomes private is told as gone.
    let mine = make::changed(&moved, 1_100, |row| (row.budget_id, row.notes) = (None, Some("mine".to_owned())));
    store.update_expense(&make::write(ada, 1_100), &mine).await.unwrap();
    let gone = of_budget(store, stranger, trip).await.remove(0);
    assert!(is_narrowed(&gone) && !serde_json::to_string(&gone).unwrap().contains("mine"), "{gone:?}");
    assert!(!is_narrowed(&of_budget(store, ada, trip).await[0]));
    // Who has no part in the one any more is told of the other, also of what they did themself.
    let theirs = world::put(store, make::expense(admin, Some(home), 12, 500)).await;
    let theirs = make::changed(&theirs, 1_200, |row| row.budget_id = Some(trip));
    store.update_expense(&make::write(admin, 1_200), &theirs).await.unwrap();
    store.change_member(&make::write(ada, 1_300), trip, admin, MemberChange::Remove).await.unwrap();
    let last = own(store, admin).await.remove(0);
    assert_eq!((last.budget_id, is_narrowed(&last)), (Some(home), true));
}

pub async fn a_place_that_goes_for_good(t: TestStore) {
    let store = &*t.store;
    let (ada, home) = world::owner(store, 1).await;
    let trip = world::budget(store, ada, 2).await;
    let row = world::put(store, make::expense(ada, Some(home), 10, 500)).await;
    world::change(store, &row, |row| row.budget_id = Some(trip)).await;
    store.set_budget_deleted(&make::write(ada, 2_000), home, true).await.unwrap();
    store.sweep(make::at(2_000 + 30 * DAY), IDLE).await.unwrap();
    let left = of_budget(store, ada, trip).await;
    assert_eq!((left.len(), left[0].also_in, is_narrowed(&left[0])), (2, None, true), "where it is, it is still told");
    store.set_budget_deleted(&make::write(ada, 3_000), trip, true).await.unwrap();
    store.sweep(make::at(3_000 + 30 * DAY), IDLE).await.unwrap();
    assert_eq!(own(store, ada).await, []);
}

pub async fn names_are_told_of_who_shows_them(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, editor, viewer, .. } = house(store).await;
    let mut hidden = store.user(editor).await.unwrap().unwrap();
    hidden.preferences.privacy.share_data = false;
    store.update_user(&make::write(editor, 400), &hidden).await.unwrap();
    let (budget, _) = store.budget(editor, home).await.unwrap().unwrap();
    let next = Budget { version: 2, ..budget };
    store.update_budget(&make::write(editor, 500), &next, &VersionOrigin::default()).await.unwrap();
    for (reader, expected) in [(ada, None), (viewer, None), (editor, Some("Person 3"))] {
        let listed = store.versions(reader, home, None, 10).await.unwrap().items;
        let makers: Vec<_> = listed.iter().map(|made| made.maker.as_deref()).collect();
        assert_eq!(makers, [expected, Some("Person 1")]);
        let one = store.version(reader, home, 2).await.unwrap().unwrap();
        assert_eq!(one.maker.as_deref(), expected);
        let people = store.people(reader, &[home]).await.unwrap();
        let shown: Vec<_> = people.iter().map(|person| person.shows_name).collect();
        assert_eq!(shown, [true, true, false, true]);
    }
}
