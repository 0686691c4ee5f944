//! A store with something of everything in it, and a look at it through the ports.
use domain::{
    Date,
    account::Account,
    budget::Budget,
    expense::Expense,
    filter::{Cursor, Query},
    ids::{ActivityId, BudgetId, ExpenseId, InviteId, JobId, UserId},
    period::Month,
    role::Role,
    rule::Rule,
    secrets::{Purpose, Token},
    session::Session,
    sharing::{Invite, InviteStatus},
    spending::DayTotal,
    user::User,
};
use service::{
    Idempotency,
    ports::{
        activity::{Activity, ActivityQuery, Feed, Trace},
        jobs::NewJob,
        rules::Hits,
        sessions::SessionStore,
        sharing::InviteProof,
        store::{Import, ImportCommit, ImportStatus, StagedRow, Store, Trashed, Write},
    },
    testing::{builders as make, contract::totals},
};

/// Whose bank file is a draft, came in, and was taken back.
const BANKER: u32 = 9_000_000;

/// Somebody whose rows no sequence of steps makes: see [`fill`].
pub fn banker() -> UserId {
    make::person(BANKER).user.id
}

/// What a link that was sent is found by.
pub const LINK: [u8; 32] = [0x11; 32];

/// Work that waits.
fn work() -> NewJob {
    NewJob {
        id: JobId(make::id(BANKER)),
        kind: "send_email".to_owned(),
        payload: "{}".to_owned(),
        run_at: make::at(30),
        unique_key: Some("verify".to_owned()),
        user_id: Some(banker()),
    }
}

/// Some people who have done this and that, and one with bank files in all states, kept answers and devices.
pub async fn fill<S: Store + SessionStore>(store: &S) -> Vec<UserId> {
    let mut users = totals::varied(store, 3).await;
    let ada = banker();
    let person = make::person(BANKER);
    store.create_user(&Write { jobs: vec![work()], ..make::write(ada, 0) }, &person).await.unwrap();
    let mut trusted = store.person(ada).await.unwrap().unwrap();
    trusted.version += 1;
    trusted.user.auth_epoch = 2;
    trusted.user.standing.delete_after = Some(make::at(86_400));
    trusted.secrets.tokens.push(Token { hash: LINK, purpose: Purpose::VerifyEmail, expires_at: make::at(60) });
    store.save_person(&make::write(ada, 1), &trusted).await.unwrap();
    let budget = make::budget(ada, BANKER);
    store.create_budget(&make::keyed(ada, 1, "my.key: ä", 1), &budget).await.unwrap();
    let mut renamed = budget.clone();
    for version in 2..=11 {
        (renamed.version, renamed.plan.name) = (version, format!("Plan {version}"));
        renamed.plan.effective_from = Month { year: 2026, month: 1 + i8::try_from(version).unwrap() };
        store.update_budget(&make::write(ada, version), &renamed, &make::by_hand()).await.unwrap();
    }
    store.keep_month(&make::write(ada, 12), &make::month_entry(ada, budget.id, BANKER)).await.unwrap();
    let (rent, series) = make::series(ada, Some(budget.id), BANKER + 9);
    store.keep_with_series(&make::write(ada, 12), &rent, &series).await.unwrap();
    // Entered by hand; the bank's file takes it over below.
    let own = make::expense(ada, Some(budget.id), BANKER, 1_000);
    let mut twin = own.clone();
    store.create_expense(&make::write(ada, 3), &own).await.unwrap();
    let committed = make::import(ada, Some(budget.id), BANKER);
    store.stage_import(&make::write(ada, 4), &committed, &[]).await.unwrap();
    let account = make::account(ada, BANKER);
    (twin.id, twin.import_id, twin.account_id) =
        (ExpenseId(make::id(BANKER + 1)), Some(committed.id), Some(account.id));
    twin.external_id = Some("FIT-own".to_owned());
    let mut other = make::imported(&committed, BANKER + 2, 555);
    other.account_id = Some(account.id);
    let commit = ImportCommit { import_id: committed.id, accounts: vec![account], expenses: vec![twin, other] };
    let done = store.commit_import(&make::write(ada, 5), commit).await.unwrap();
    assert_eq!((done.added, done.duplicates), (1, 1), "the row entered by hand was taken over");
    // More rows than stand together in either store.
    let draft = make::import(ada, None, BANKER + 3);
    let rows: Vec<StagedRow> = (0..700).map(|line| make::staged(line, 100 + i64::from(line))).collect();
    store.stage_import(&make::write(ada, 6), &draft, &rows).await.unwrap();
    store.create_rule(&make::write(ada, 6), &make::rule(ada, BANKER, "Corner Shop")).await.unwrap();
    let counted = [Hits { rule: make::rule(ada, BANKER, "").id, more: 4 }];
    store.count_hits(&make::write(ada, 6), &counted).await.unwrap();
    for n in 1..=2 {
        store.create_session(&make::session(ada, n)).await.unwrap();
    }
    store.put_flash([7; 32], b"note", make::at(60)).await.unwrap();
    share(store, ada, budget.id, users[0]).await;
    users.push(ada);
    users
}

/// A member, and an invitation that waits.
async fn share<S: Store>(store: &S, owner: UserId, budget: BudgetId, member: UserId) {
    let email = store.user(member).await.unwrap().unwrap().email;
    for (n, email) in [(1_u8, email), (2, "guest@example.org".to_owned())] {
        let invite = Invite {
            id: InviteId([n; 12]),
            budget_id: budget,
            email,
            role: Role::Edit,
            token_hash: [n; 32],
            invited_by: owner,
            created_at: make::at(7),
            expires_at: make::at(7_000),
            status: InviteStatus::Open,
        };
        store.create_invite(&make::write(owner, 7), &invite).await.unwrap();
    }
    let proof = InviteProof { address: true, token: None };
    store.answer_invite(&make::write(member, 8), InviteId([1; 12]), proof, true).await.unwrap();
}

/// All that somebody has, as the ports show it.
#[derive(Debug, PartialEq)]
pub struct Belongings {
    user: Option<User>,
    sessions: Vec<Session>,
    budgets: Vec<Budget>,
    plans: Vec<String>,
    expenses: Vec<Expense>,
    total: u64,
    accounts: Vec<Account>,
    imports: Vec<(Import, Vec<StagedRow>)>,
    invites: Vec<Invite>,
    trash: Vec<Trashed>,
    totals: Vec<Vec<DayTotal>>,
    activities: Vec<Activity>,
    rules: Vec<Rule>,
}

pub async fn belongings<S: Store + SessionStore>(store: &S, user: UserId) -> Belongings {
    let budgets: Vec<Budget> = store.budgets(user).await.unwrap().into_iter().map(|(budget, _)| budget).collect();
    let (mut totals, mut plans) = (Vec::new(), Vec::new());
    for budget in &budgets {
        totals.push(store.spending(user, budget.id, Date::MIN, Date::MAX).await.unwrap());
        for month in 1..=12 {
            plans.push(store.plan(user, budget.id, Month { year: 2026, month }).await.unwrap().unwrap().name);
        }
    }
    let mut invites = Vec::new();
    for budget in budgets.iter().filter(|budget| budget.user_id == user) {
        invites.extend(store.invites(user, budget.id, make::at(100)).await.unwrap());
    }
    let mut imports = Vec::new();
    for import in store.imports(user).await.unwrap() {
        let rows = store.staged_rows(user, import.id, 0, 10_000).await.unwrap();
        imports.push((import, rows));
    }
    Belongings {
        user: store.user(user).await.unwrap(),
        sessions: SessionStore::sessions(store, user).await.unwrap(),
        expenses: walk(store, user).await,
        total: store.expenses(user, &Query::default()).await.unwrap().total,
        accounts: store.accounts(user).await.unwrap(),
        invites,
        trash: store.trash(user).await.unwrap(),
        activities: store.activities(user, &ActivityQuery::newest(Feed::Own, 500)).await.unwrap().items,
        rules: store.rules(user).await.unwrap(),
        budgets,
        plans,
        imports,
        totals,
    }
}

async fn walk(store: &dyn Store, user: UserId) -> Vec<Expense> {
    let (mut found, mut query) = (Vec::new(), Query::default());
    loop {
        let page = store.expenses(user, &query).await.unwrap();
        query.cursor = page.items.last().map(|last| Cursor::after(last, query.sort));
        found.extend(page.items);
        if !page.more {
            return found;
        }
    }
}

/// What only comes to light when the store is used further: the same key gives the same answer, the password is checked
/// against the same hash, the note between two pages is gone, and the import can be taken back with all that it changed.
pub async fn use_further<S: Store + SessionStore>(store: &S) {
    let (ada, person) = (banker(), make::person(BANKER));
    let key = Idempotency { key: "my.key: ä".to_owned(), request_hash: [1; 32] };
    let found = store.person_by_handle(LINK).await.unwrap().expect("a link that was sent still counts");
    assert_eq!((found.user.id, found.version, found.user.auth_epoch), (ada, 1, 2));
    let work =
        store.take_job("me", make::at(30), make::at(90)).await.unwrap().expect("work that waited is still to be done");
    assert_eq!((work.job.unique_key.as_deref(), work.job.user_id), (Some("verify"), Some(ada)));
    let answer = store.replay(ada, &key, make::at(10)).await.unwrap().unwrap();
    assert!(answer.contains("Budget"), "{answer}");
    let found = store.credentials(&person.user.email.to_lowercase()).await.unwrap().unwrap();
    assert_eq!(found.password_hash, person.password_hash);
    assert!(SessionStore::session(store, make::session(ada, 2).secret_hash).await.unwrap().is_some());
    assert_eq!(store.take_flash([7; 32], make::at(10)).await.unwrap(), None);
    let committed = make::import(ada, None, BANKER).id;
    let trace = Trace::of(ActivityId(make::id(77)));
    let reverted = store.revert_import(&Write { trace, ..make::write(ada, 20) }, committed).await.unwrap();
    assert_eq!(reverted.status, ImportStatus::Reverted);
    assert_eq!(store.accounts(ada).await.unwrap(), [], "the account that it made went with it");
    let (series, left): (Vec<_>, Vec<_>) = walk(store, ada).await.into_iter().partition(|row| row.recurring.is_some());
    assert_eq!((series.len(), left.len()), (1, 1));
    assert_eq!((&left[0].external_id, left[0].account_id), (&None, None), "as it was entered by hand");
}
