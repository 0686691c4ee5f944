//! Budgets with several members: what each may see and do, how they come and go.
use super::{TestStore, world};
use crate::{
    Error,
    error::Conflict,
    ports::{
        sharing::InviteProof,
        store::{Store, Trashed, Write},
    },
    testing::builders as make,
};
use domain::{
    budget::Budget,
    expense::Expense,
    filter::{Filter, Query},
    ids::{BudgetId, InviteId, UserId},
    problem::Problem,
    role::Role,
    sharing::{Invite, InviteStatus, MemberChange},
    version::VersionOrigin,
};
use std::sync::Arc;

pub(super) const ADDRESS: InviteProof = InviteProof { address: true, token: None };

pub(super) fn invite(budget: BudgetId, by: UserId, n: u32, role: Role) -> Invite {
    let mut token_hash = [7; 32];
    token_hash[..4].copy_from_slice(&n.to_be_bytes());
    Invite {
        id: InviteId(make::id(70_000 + n)),
        budget_id: budget,
        email: format!("person{n}@Example.org"),
        role,
        token_hash,
        invited_by: by,
        created_at: make::at(n.into()),
        expires_at: make::at(i64::from(n) + 86_400),
        status: InviteStatus::Open,
    }
}

/// Person `n` becomes a member, `at` seconds after noon.
async fn join(store: &dyn Store, budget: (UserId, BudgetId), n: u32, role: Role) -> UserId {
    let user = UserId(make::id(n));
    let invite = invite(budget.1, budget.0, n, role);
    store.create_invite(&make::write(budget.0, n.into()), &invite).await.unwrap();
    store.answer_invite(&make::write(user, n.into()), invite.id, ADDRESS, true).await.unwrap();
    user
}

/// Ada's budget with an admin, an editor and a viewer, and a stranger.
pub(super) struct House {
    pub(super) ada: UserId,
    pub(super) home: BudgetId,
    pub(super) admin: UserId,
    pub(super) editor: UserId,
    pub(super) viewer: UserId,
    pub(super) stranger: UserId,
}

pub(super) async fn house(store: &dyn Store) -> House {
    let (ada, home) = world::owner(store, 1).await;
    for n in 2..=5 {
        world::person(store, n).await;
    }
    let admin = join(store, (ada, home), 2, Role::Admin).await;
    let editor = join(store, (ada, home), 3, Role::Edit).await;
    let viewer = join(store, (ada, home), 4, Role::View).await;
    House { ada, home, admin, editor, viewer, stranger: UserId(make::id(5)) }
}

async fn budget(store: &dyn Store, user: UserId, id: BudgetId) -> Budget {
    store.budget(user, id).await.unwrap().unwrap().0
}

fn by(user: UserId) -> Write {
    make::write(user, 500)
}

pub async fn each_sees_and_does_what_their_role_allows(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, admin, editor, viewer, stranger } = house(store).await;
    let mine = world::put(store, make::expense(ada, Some(home), 10, 500)).await;
    world::put(store, make::expense(ada, None, 11, 900)).await;
    let theirs = world::put(store, make::expense(editor, Some(home), 12, 700)).await;
    for (user, role) in [(ada, Role::Owner), (admin, Role::Admin), (editor, Role::Edit), (viewer, Role::View)] {
        let (seen, own) = store.budget(user, home).await.unwrap().unwrap();
        assert_eq!((own, seen.user_id, seen.collaborators.len()), (role, ada, 3));
        assert_eq!(store.budgets(user).await.unwrap(), [(seen.clone(), role)]);
        let filter = Filter { budget_id: Some(home), ..Filter::default() };
        let rows = world::page(store, user, &Query { filter, ..Query::default() }).await;
        assert_eq!((rows.items.len(), rows.total), (2, 2), "{role:?}");
        assert_eq!(store.expense(user, theirs.id).await.unwrap(), Some(theirs.clone()));
        assert_eq!(world::totals(store, user, home).await, world::totals(store, ada, home).await);
        assert_eq!(store.budget_versions(user, home).await.unwrap().len(), 1);
        let people = store.people(user, &[home]).await.unwrap();
        assert_eq!(
            people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
            ["Person 1", "Person 2", "Person 3", "Person 4"]
        );
        let next = make::changed(&mine, 600, |row| row.notes = Some(format!("{role:?}")));
        let plan = Budget { version: 2, updated_at: make::at(600), ..seen };
        if role == Role::View {
            assert!(matches!(store.update_expense(&by(user), &next).await, Err(Error::Forbidden)));
            assert!(matches!(
                store.update_budget(&by(user), &plan, &VersionOrigin::default()).await,
                Err(Error::Forbidden)
            ));
            let row = make::expense(user, Some(home), 13, 5);
            assert!(matches!(store.create_expense(&by(user), &row).await, Err(Error::Forbidden)));
            let import = make::import(user, Some(home), 14);
            assert!(matches!(store.stage_import(&by(user), &import, &[]).await, Err(Error::Forbidden)));
        }
        if role < Role::Owner {
            assert!(matches!(store.set_budget_deleted(&by(user), home, true).await, Err(Error::Forbidden)));
        }
    }
    assert_eq!(world::page(store, ada, &Query::default()).await.total, 3, "with what is private");
    let changed = make::changed(&mine, 600, |row| row.notes = Some("by the editor".to_owned()));
    let changed = store.update_expense(&by(editor), &changed).await.unwrap();
    assert_eq!((changed.user_id, store.expense(ada, mine.id).await.unwrap()), (ada, Some(changed.clone())));
    let plan = Budget { version: 2, user_id: editor, collaborators: Vec::new(), ..budget(store, editor, home).await };
    let plan = store.update_budget(&by(editor), &plan, &VersionOrigin::default()).await.unwrap();
    assert_eq!((plan.user_id, plan.collaborators.len()), (ada, 3), "owner and members are not an editor's to change");
    assert_eq!(budget(store, ada, home).await, plan);
    assert_eq!(store.people(stranger, &[home]).await.unwrap(), []);
    assert!(matches!(store.invites(stranger, home, make::at(1)).await, Err(Error::NotFound)));
    assert!(matches!(store.invites(editor, home, make::at(1)).await, Err(Error::Forbidden)));
    assert_eq!(world::page(store, stranger, &Query::default()).await.total, 0);
    world::check_totals(store, ada, &[home]).await;
    world::check_totals(store, viewer, &[home]).await;
}

pub async fn invitations_are_answered_once(t: TestStore) {
    let store = &*t.store;
    let (ada, home) = world::owner(store, 1).await;
    let (bob, cid) = (world::person(store, 2).await, world::person(store, 3).await);
    let (to_bob, to_nobody) = (invite(home, ada, 2, Role::Edit), invite(home, ada, 9, Role::View));
    assert_eq!(store.create_invite(&make::write(ada, 2), &to_bob).await.unwrap(), to_bob);
    store.create_invite(&make::write(ada, 3), &to_nobody).await.unwrap();
    let twice = Invite { id: InviteId(make::id(99)), token_hash: [9; 32], ..to_bob.clone() };
    let refused = store.create_invite(&by(ada), &twice).await;
    assert!(matches!(refused, Err(Error::Conflict(Conflict::AlreadyInvited))), "{refused:?}");
    let owner = Invite { email: "PERSON1@example.org".to_owned(), ..twice.clone() };
    let refused = store.create_invite(&by(ada), &owner).await;
    assert!(matches!(refused, Err(Error::Conflict(Conflict::AlreadyMember))), "{refused:?}");
    assert!(matches!(store.create_invite(&by(bob), &twice).await, Err(Error::NotFound)));
    assert_eq!(store.invites(ada, home, make::at(10)).await.unwrap(), [to_bob.clone(), to_nobody.clone()]);

    let found = store.invites_to(bob, make::at(10)).await.unwrap();
    let told: Vec<_> = found.iter().map(|one| (&one.invite, one.budget.as_str(), one.inviter.as_str())).collect();
    assert_eq!(told, [(&to_bob, "Budget 1", "Person 1")]);
    assert_eq!(store.invites_to(bob, to_bob.expires_at).await.unwrap(), []);
    assert_eq!(store.budget(bob, home).await.unwrap(), None, "not before they accept");
    let not_theirs = store.answer_invite(&by(cid), to_bob.id, ADDRESS, true).await;
    assert!(matches!(not_theirs, Err(Error::NotFound)), "{not_theirs:?}");
    let late = store.answer_invite(&make::write(bob, 90_000), to_bob.id, ADDRESS, true).await;
    assert!(matches!(late, Err(Error::Conflict(Conflict::InviteNotOpen))), "{late:?}");
    let shared = store.answer_invite(&by(bob), to_bob.id, ADDRESS, true).await.unwrap();
    assert_eq!((shared.role_of(bob), shared.version), (Some(Role::Edit), 1));
    assert_eq!(store.user(bob).await.unwrap().unwrap().preferences.default_budget_id, Some(home));
    let again = store.answer_invite(&by(bob), to_bob.id, ADDRESS, true).await;
    assert!(matches!(again, Err(Error::Conflict(Conflict::InviteNotOpen))), "{again:?}");

    // Who has the link may have another address.
    let link = InviteProof { address: true, token: Some(to_nobody.token_hash) };
    let by_link = store.invite_by_token(cid, to_nobody.token_hash, make::at(10)).await.unwrap();
    assert_eq!(by_link.map(|one| one.invite.id), Some(to_nobody.id));
    let member = store.answer_invite(&by(bob), to_nobody.id, link, true).await;
    assert!(matches!(member, Err(Error::Conflict(Conflict::AlreadyMember))), "{member:?}");
    store.answer_invite(&by(cid), to_nobody.id, link, false).await.unwrap();
    assert_eq!(store.budget(cid, home).await.unwrap(), None);
    let third = Invite { email: "person3@example.org".to_owned(), ..twice };
    store.create_invite(&by(ada), &third).await.unwrap();
    assert!(matches!(store.withdraw_invite(&by(bob), third.id).await, Err(Error::Forbidden)));
    assert_eq!(store.withdraw_invite(&by(ada), third.id).await.unwrap().status, InviteStatus::Withdrawn);
    let gone = store.answer_invite(&by(cid), third.id, ADDRESS, true).await;
    assert!(matches!(gone, Err(Error::Conflict(Conflict::InviteNotOpen))), "{gone:?}");
    assert_eq!(store.invites(ada, home, make::at(10)).await.unwrap(), []);
    let session = std::time::Duration::from_hours(1);
    assert_eq!(store.sweep(make::at(200_000), session).await.unwrap(), 3, "those that have ended go");
}

pub async fn members_change_and_leave(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, admin, editor, viewer, stranger } = house(store).await;
    let change = async |actor, user, to| store.change_member(&by(actor), home, user, to).await;
    assert!(matches!(change(editor, viewer, MemberChange::Remove).await, Err(Error::Forbidden)));
    assert!(matches!(change(admin, ada, MemberChange::Remove).await, Err(Error::Forbidden)));
    assert!(matches!(change(stranger, viewer, MemberChange::Remove).await, Err(Error::NotFound)));
    assert!(matches!(change(ada, ada, MemberChange::Remove).await, Err(Error::Conflict(Conflict::OwnerStays))));
    assert!(matches!(change(ada, stranger, MemberChange::Remove).await, Err(Error::Validation(_))));
    let made = change(admin, editor, MemberChange::Role(Role::View)).await.unwrap();
    assert_eq!(made.role_of(editor), Some(Role::View));
    assert_eq!(made.collaborators.iter().map(|one| one.user_id).collect::<Vec<_>>(), [admin, editor, viewer]);

    // Who is no admin any more has invited nobody.
    let late = Invite { invited_by: admin, ..invite(home, admin, 5, Role::Admin) };
    store.create_invite(&by(admin), &late).await.unwrap();
    assert!(matches!(
        store.create_invite(&by(editor), &invite(home, editor, 6, Role::View)).await,
        Err(Error::Forbidden)
    ));
    change(ada, admin, MemberChange::Remove).await.unwrap();
    let refused = store.answer_invite(&by(stranger), late.id, ADDRESS, true).await;
    assert!(matches!(refused, Err(Error::Conflict(Conflict::InviteNotOpen))), "{refused:?}");
    assert_eq!(store.budget(admin, home).await.unwrap(), None);
    assert_eq!(store.user(admin).await.unwrap().unwrap().preferences.default_budget_id, None);

    let left = change(viewer, viewer, MemberChange::Remove).await.unwrap();
    assert_eq!(left.role_of(viewer), None);
    assert!(matches!(store.hand_over_budget(&by(editor), home, editor).await, Err(Error::Forbidden)));
    assert!(matches!(store.hand_over_budget(&by(ada), home, viewer).await, Err(Error::Validation(_))));
    let handed = store.hand_over_budget(&by(ada), home, editor).await.unwrap();
    assert_eq!((handed.user_id, handed.role_of(ada)), (editor, Some(Role::Admin)));
    assert_eq!(budget(store, ada, home).await, handed);
    assert!(matches!(store.set_budget_deleted(&by(ada), home, true).await, Err(Error::Forbidden)));
    store.set_budget_deleted(&by(editor), home, true).await.unwrap();
    assert_eq!(store.budgets(ada).await.unwrap(), []);
}

fn nowhere(result: crate::Result<Expense>, field: &str) {
    let Err(Error::Validation(problems)) = result else { panic!("{result:?}") };
    assert_eq!(problems.0.get(field), Some(&Problem::NotFound));
}

pub async fn rows_stay_where_who_entered_them_sees_them(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, editor, viewer, .. } = house(store).await;
    let own = world::budget(store, editor, 20).await;
    let purse = store.create_account(&make::write(ada, 4), &make::account(ada, 4)).await.unwrap();
    let mut row = make::expense(ada, Some(home), 10, 500);
    row.account_id = Some(purse.id);
    let row = world::put(store, row).await;
    let changed = |change: fn(&mut Expense)| make::changed(&row, 600, change);
    nowhere(store.update_expense(&by(editor), &changed(|row| row.budget_id = None)).await, "budgetId");
    let moved = Expense { budget_id: Some(own), ..changed(|_| {}) };
    nowhere(store.update_expense(&by(editor), &moved).await, "budgetId");
    nowhere(store.update_expense(&by(editor), &changed(|row| row.account_id = None)).await, "accountId");
    let account = store.create_account(&make::write(editor, 5), &make::account(editor, 5)).await.unwrap();
    let booked = Expense { account_id: Some(account.id), ..changed(|_| {}) };
    nowhere(store.update_expense(&by(editor), &booked).await, "accountId");
    // Its account is no business of who changes the rest.
    let row = store.update_expense(&by(editor), &changed(|row| row.notes = Some("x".to_owned()))).await.unwrap();
    assert_eq!(row.account_id, Some(purse.id));

    // Who throws it away has it in their trash, and any editor takes it back.
    let binned = make::changed(&row, 700, |row| row.deleted_at = Some(make::at(700)));
    assert!(matches!(store.update_expense(&by(viewer), &binned).await, Err(Error::Forbidden)));
    let binned = store.update_expense(&by(editor), &binned).await.unwrap();
    assert_eq!(binned.deleted_by, Some(editor));
    assert_eq!(store.trash(editor).await.unwrap(), [Trashed::Expense { expense: Box::new(binned.clone()) }]);
    assert_eq!(store.trash(ada).await.unwrap(), []);
    assert_eq!(store.trashed_expenses(editor, None, 10).await.unwrap(), std::slice::from_ref(&binned));
    let back = make::changed(&binned, 800, |row| row.deleted_at = None);
    let back = store.update_expense(&by(ada), &back).await.unwrap();
    assert_eq!(back.deleted_by, None);

    // Whoever is out sees nothing any more, of what they have entered neither.
    let theirs = world::put(store, make::expense(editor, Some(home), 12, 700)).await;
    store.change_member(&by(ada), home, editor, MemberChange::Remove).await.unwrap();
    assert_eq!(store.expense(editor, theirs.id).await.unwrap(), None);
    assert_eq!(world::page(store, editor, &Query::default()).await.total, 0);
    let next = make::changed(&theirs, 900, |row| row.budget_id = None);
    assert!(matches!(store.update_expense(&by(editor), &next).await, Err(Error::NotFound)));
    assert_eq!(store.expense(ada, theirs.id).await.unwrap(), Some(theirs));
    world::check_totals(store, ada, &[home]).await;
    world::check_totals(store, editor, &[own]).await;
}

pub async fn members_write_at_once(t: TestStore) {
    let House { ada, home, admin, editor, .. } = house(&*t.store).await;
    let writers: Vec<_> = [ada, admin, editor]
        .into_iter()
        .enumerate()
        .map(|(nth, user)| {
            let store = Arc::clone(&t.store);
            tokio::spawn(async move {
                for n in 0..8 {
                    let number = 100 * (u32::try_from(nth).unwrap() + 1) + n;
                    let row = world::put(&*store, make::expense(user, Some(home), number, 500 + i64::from(n))).await;
                    if n % 2 == 0 {
                        world::change(&*store, &row, |row| row.category = None).await;
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    world::check_totals(&*t.store, ada, &[home]).await;
    assert_eq!(world::page(&*t.store, editor, &Query::default()).await.total, 24);
}

pub async fn a_role_that_was_taken_away_does_not_pass(t: TestStore) {
    let House { ada, home, editor, .. } = house(&*t.store).await;
    let store = Arc::clone(&t.store);
    let writes = tokio::spawn(async move {
        let (mut kept, mut refused) = (0, 0);
        for n in 0..40 {
            match store.create_expense(&by(editor), &make::expense(editor, Some(home), 200 + n, 500)).await {
                Ok(_) if refused == 0 => kept += 1,
                Err(Error::Validation(_)) => refused += 1,
                other => panic!("after {refused} refusals: {other:?}"),
            }
        }
        (kept, refused)
    });
    t.store.change_member(&by(ada), home, editor, MemberChange::Remove).await.unwrap();
    let after = make::expense(editor, Some(home), 400, 500);
    assert!(matches!(t.store.create_expense(&by(editor), &after).await, Err(Error::Validation(_))));
    let (kept, refused) = writes.await.unwrap();
    assert_eq!(kept + refused, 40);
    assert_eq!(world::page(&*t.store, ada, &Query::default()).await.total, kept);
    world::check_totals(&*t.store, ada, &[home]).await;
}

pub async fn a_shared_budget_outlives_its_owner(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, admin, editor, .. } = house(store).await;
    world::put(store, make::expense(ada, Some(home), 10, 500)).await;
    let theirs = world::put(store, make::expense(editor, Some(home), 11, 700)).await;
    let key = make::keyed(editor, 600, "key", 1);
    let next = make::changed(&theirs, 600, |row| row.notes = Some(ada.to_string()));
    store.update_expense(&key, &next).await.unwrap();
    let binned = make::changed(&next, 650, |row| row.deleted_at = Some(make::at(650)));
    store.update_expense(&by(ada), &Expense { notes: None, ..binned }).await.unwrap();
    store.create_invite(&by(ada), &invite(home, ada, 5, Role::View)).await.unwrap();
    let (_, draft) = world::draft(store, ada, Some(home), 7, 3).await;
    store.commit_import(&by(ada), draft).await.unwrap();
    let alone = world::budget(store, ada, 21).await;
    world::put(store, make::expense(ada, Some(alone), 12, 500)).await;

    while store.erase_expenses(ada).await.unwrap() > 0 {}
    store.erase_person(&make::write(ada, 900)).await.unwrap();
    assert_eq!((t.mentions)(ada).await, Vec::<String>::new());
    let passed = budget(store, admin, home).await;
    assert_eq!((passed.user_id, passed.collaborators.len()), (admin, 2));
    let rows = world::walk(store, admin, Query::default()).await;
    assert_eq!(rows.len(), 4, "her expense and three of her bank");
    assert!(rows.iter().all(|row| row.user_id == admin && row.import_id.is_none()));
    world::check_totals(store, admin, &[home]).await;
    world::check_totals(store, editor, &[home]).await;

    // The heir goes too, and nobody is left who could have it: what others have spent stays with them.
    let back = store.expense(editor, theirs.id).await.unwrap().unwrap();
    let back = make::changed(&back, 950, |row| row.deleted_at = None);
    store.update_expense(&by(editor), &back).await.unwrap();
    store.erase_person(&make::write(admin, 1_000)).await.unwrap();
    assert_eq!((t.mentions)(admin).await, Vec::<String>::new());
    assert_eq!(store.budgets(editor).await.unwrap(), []);
    let rows = world::walk(store, editor, Query::default()).await;
    assert_eq!(rows.iter().map(|row| (row.id, row.budget_id)).collect::<Vec<_>>(), [(theirs.id, None)]);
    world::check_totals(store, editor, &[]).await;
}

pub async fn a_member_goes_and_their_rows_stay(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, editor, .. } = house(store).await;
    world::put(store, make::expense(editor, Some(home), 10, 500)).await;
    world::put(store, make::expense(editor, None, 11, 500)).await;
    let plan = Budget { version: 2, ..budget(store, editor, home).await };
    store.update_budget(&by(editor), &plan, &VersionOrigin::default()).await.unwrap();
    let before = world::totals(store, ada, home).await;
    while store.erase_expenses(editor).await.unwrap() > 0 {}
    store.erase_person(&make::write(editor, 900)).await.unwrap();
    assert_eq!((t.mentions)(editor).await, Vec::<String>::new());
    assert_eq!(world::totals(store, ada, home).await, before);
    let rows = world::walk(store, ada, Query::default()).await;
    assert_eq!(rows.iter().map(|row| row.user_id).collect::<Vec<_>>(), [ada]);
    assert_eq!(budget(store, ada, home).await.collaborators.len(), 2);
    world::check_totals(store, ada, &[home]).await;
}

pub async fn a_budget_that_goes_for_good_scatters_its_rows(t: TestStore) {
    let store = &*t.store;
    let House { ada, home, editor, viewer, .. } = house(store).await;
    let mine = world::put(store, make::expense(ada, Some(home), 10, 500)).await;
    let theirs = world::put(store, make::expense(editor, Some(home), 11, 700)).await;
    store.set_budget_deleted(&make::write(ada, 600), home, true).await.unwrap();
    let session = std::time::Duration::from_hours(1);
    store.sweep(make::at(600 + 31 * 86_400), session).await.unwrap();
    for (user, row) in [(ada, mine), (editor, theirs)] {
        let rows = world::walk(store, user, Query::default()).await;
        assert_eq!(rows.iter().map(|row| (row.id, row.budget_id)).collect::<Vec<_>>(), [(row.id, None)]);
        assert_eq!(store.user(user).await.unwrap().unwrap().preferences.default_budget_id, None);
        world::check_totals(store, user, &[]).await;
    }
    assert_eq!(world::page(store, viewer, &Query::default()).await.total, 0);
}
