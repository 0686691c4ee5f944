//! Times of the embedded store with 100,000 expenses of one user: `cargo run --release -p store --example figures`.
//! An argument is the folder to work in (a temporary one otherwise), a second one another number of rows.
#![allow(clippy::unwrap_used, reason = "a measuring tool may stop at the first surprise")]
use domain::{
    Date,
    analysis::analyse,
    budget::{Plans, Rollover, Rollovers},
    category::{COUNT, Category},
    expense::{Expense, Kind},
    filter::{CategoryFilter, Filter, Query, Sort},
    ids::{AccountId, BudgetId, ExpenseId, UserId},
    months::{Brought, Past, carried_into, days_before},
    period::{Month, MonthStartDay, Period},
    words,
};
use jiff::civil::date;
use service::{
    ports::{
        Random,
        activity::{ActivityQuery, Feed},
        sessions::SessionStore as _,
        store::{Import, ImportCommit, StagedRow, Store, Verdict},
    },
    testing::{builders as make, fakes::FakeRandom},
};
use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};
use store::SqliteStore;

struct World {
    store: Arc<dyn Store>,
    sessions: SqliteStore,
    user: UserId,
    budget: BudgetId,
    account: AccountId,
    rows: u32,
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let temporary = tempfile::tempdir().unwrap();
    let folder = arguments.next().map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let rows = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(100_000);
    let path = folder.join("figures.db");
    let begin = Instant::now();
    let sqlite = store::open(&path).unwrap();
    println!("open, empty store            {:>9.2?}", begin.elapsed());
    memory("empty");
    let store: Arc<dyn Store> = Arc::new(sqlite.clone());
    let person = make::person(1);
    let user = person.user.id;
    store.create_user(&make::write(user, 0), &person).await.unwrap();
    sqlite.create_session(&make::session(user, 1)).await.unwrap();
    let budget = store.create_budget(&make::write(user, 0), &make::budget(user, 1)).await.unwrap().id;
    let account = store.create_account(&make::write(user, 0), &make::account(user, 1)).await.unwrap().id;
    let world = World { store, sessions: sqlite.clone(), user, budget, account, rows };
    imports(&world).await;
    memory("after the imports");
    reads(&world).await;
    memory("after the reads");
    writes(&world).await;
    sqlite.close().await;
    let begin = Instant::now();
    let again = store::open(&path).unwrap();
    println!("open, full store             {:>9.2?}", begin.elapsed());
    println!("file                         {:>7} KB", std::fs::metadata(&path).unwrap().len() / 1_024);
    let world = World { store: Arc::new(again.clone()), sessions: again.clone(), ..world };
    revert(&world).await;
    again.close().await;
}

/// Row `n` of a statement over ten years, 200 merchants.
fn row(world: &World, import: &Import, random: &FakeRandom, n: u32) -> Expense {
    let mut dice = [0; 4];
    random.fill(&mut dice);
    let minor = 100 + i64::from(u16::from_le_bytes([dice[0], dice[1]]));
    let day = i64::from(n) * 3_650 / i64::from(world.rows);
    let mut row = make::imported(import, n, minor);
    row.id = ExpenseId(random.id(make::at(0)));
    row.account_id = Some(world.account);
    row.date = date(2016, 12, 1).checked_add(jiff::Span::new().days(day)).unwrap();
    row.base = Some(make::base(row.amount, row.date));
    row.merchant =
        Some(format!("{} Markt {} GmbH", ["REWE", "Edeka", "Shell", "IKEA"][usize::from(dice[2] % 4)], dice[3] % 50));
    row.description = Some(format!("Kartenzahlung {n} vom Girokonto"));
    row.kind = if dice[2] > 245 { Kind::Income } else { Kind::Expense };
    row.category = (row.kind == Kind::Expense).then(|| Category::ALL[usize::from(dice[3] % 10)]);
    // One of four says more than its category.
    row.subcategory = (row.category.is_some() && n.is_multiple_of(4)).then(|| format!("Part {}", dice[2] % 5));
    row.derive();
    row
}

async fn imports(world: &World) {
    for round in 1..=2 {
        let random = FakeRandom::seeded(round);
        let statement = FakeRandom::seeded(99);
        let import = make::import(world.user, Some(world.budget), u32::try_from(round).unwrap());
        let mut expenses: Vec<Expense> = (0..world.rows).map(|n| row(world, &import, &statement, n)).collect();
        for row in &mut expenses {
            row.id = ExpenseId(random.id(make::at(0)));
        }
        let staged: Vec<StagedRow> =
            (0..world.rows).map(|n| StagedRow { verdict: Verdict::New, ..make::staged(n, 100) }).collect();
        let write = make::write(world.user, 10);
        let begin = Instant::now();
        world.store.stage_import(&write, &import, &staged).await.unwrap();
        println!("stage {} rows             {:>9.2?}", world.rows, begin.elapsed());
        let mut offset = 0;
        let begin = Instant::now();
        while !world.store.staged_rows(world.user, import.id, offset, 5_000).await.unwrap().is_empty() {
            offset += 5_000;
        }
        println!("read them again              {:>9.2?}", begin.elapsed());
        memory("before the commit");
        let commit = ImportCommit { import_id: import.id, accounts: Vec::new(), expenses };
        let begin = Instant::now();
        let done = world.store.commit_import(&write, commit).await.unwrap();
        println!("commit: {} new, {} known  {:>9.2?}", done.added, done.duplicates, begin.elapsed());
        memory("after the commit");
    }
}

async fn reads(world: &World) {
    let World { store, user, budget, .. } = world;
    let (user, budget) = (*user, *budget);
    let month = Month { year: 2026, month: 10 };
    let (start, end) = (date(2026, 10, 1), date(2026, 10, 31));
    let session = make::session(user, 1).secret_hash;
    time("session and user", 300, async || assert!(world.sessions.session(session).await.unwrap().is_some())).await;
    time("budgets", 300, async || assert!(!store.budgets(user).await.unwrap().is_empty())).await;
    time("budget", 300, async || assert!(store.budget(user, budget).await.unwrap().is_some())).await;
    time("plan", 300, async || assert!(store.plan(user, budget, month).await.unwrap().is_some())).await;
    time("month's totals", 300, async || drop(store.spending(user, budget, start, end).await.unwrap())).await;
    time("six months' totals", 300, async || {
        drop(store.spending(user, budget, date(2026, 5, 1), end).await.unwrap());
    })
    .await;
    carried(world, start, end).await;
    let feed = ActivityQuery::newest(Feed::Budget(budget), 50);
    time("timeline of the budget", 300, async || drop(store.activities(user, &feed).await.unwrap())).await;
    time("unconverted", 300, async || drop(store.unconverted(user, budget, start, end).await.unwrap())).await;
    let all = Filter::default;
    let of = |filter: Filter| Query { filter, ..Query::default() };
    let sorted = |filter: Filter, sort: &str| Query { filter, sort: sort.parse().unwrap(), ..Query::default() };
    let searched = |text: &str| of(Filter { words: words::query(text), ..all() });
    let food = || Filter { category: Some(CategoryFilter::Is(Category::Food)), ..all() };
    let queries = [
        ("latest 10", Query { limit: 10, ..of(all()) }),
        ("latest 8 of the budget", Query { limit: 8, ..of(Filter { budget_id: Some(budget), ..all() }) }),
        ("page of 100", of(all())),
        ("a month", of(Filter { start_date: Some(start), end_date: Some(end), ..all() })),
        ("offset 50,000", Query { offset: 50_000, ..of(all()) }),
        ("by amount", sorted(all(), "-amount")),
        ("by merchant", sorted(all(), "merchant")),
        ("by amount, offset 50,000", Query { offset: 50_000, ..sorted(all(), "amount") }),
        ("of a category (counted)", of(food())),
        ("of a category by amount", sorted(food(), "-amount")),
        ("of a kind by merchant", sorted(Filter { kind: Some(Kind::Expense), ..all() }, "merchant")),
        ("amounts from 500.00", of(Filter { min_amount: Some(500_000), ..all() })),
        ("search, common word", searched("rewe")),
        ("search, rare word", searched("4711")),
        ("search, nothing", searched("nowhere")),
        ("search, two words", searched("rewe 471")),
    ];
    for (name, query) in queries {
        time(name, 60, async || drop(store.expenses(user, &query).await.unwrap())).await;
    }
    let query = Query { sort: Sort::default(), ..of(all()) };
    let last = store
        .expenses(user, &Query { offset: 70_000.min(world.rows / 2), ..query.clone() })
        .await
        .unwrap()
        .items
        .remove(0);
    let query = Query { cursor: Some(domain::filter::Cursor::after(&last, query.sort)), ..query };
    time("page by cursor", 60, async || drop(store.expenses(user, &query).await.unwrap())).await;
    time("all prints", 10, async || drop(store.prints(user, Date::MIN, Date::MAX).await.unwrap())).await;
}

/// What a month's page asks for where all that is left is carried on from five years back: its parts, and the whole.
async fn carried(world: &World, start: Date, end: Date) {
    let World { store, user, budget, .. } = world;
    let (user, budget, first_day) = (*user, *budget, MonthStartDay::default());
    let (mut changed, _) = store.budget(user, budget).await.unwrap().unwrap();
    changed.version += 1;
    changed.plan.rollover = Rollovers([Rollover::Both; COUNT]);
    changed.plan.effective_from = Month { year: 2021, month: 10 };
    store.update_budget(&make::write(user, 11), &changed, &domain::version::VersionOrigin::default()).await.unwrap();
    let (month, days) = (Month { year: 2026, month: 10 }, Period { start, end });
    let before = Period { start: date(2021, 9, 1), end: date(2026, 9, 30) };
    time("plans", 300, async || drop(store.plans(user, budget).await.unwrap())).await;
    time("five years by month", 300, async || {
        drop(store.spent_by_month(user, budget, before, first_day).await.unwrap());
    })
    .await;
    time("month's subcategories", 300, async || drop(store.spent_by_part(user, budget, days).await.unwrap())).await;
    time("month page, carried on", 300, async || {
        let plans = Plans::new(store.plans(user, budget).await.unwrap()).unwrap();
        let entries = store.months(user, budget).await.unwrap();
        let days_before = days_before(&plans, month, first_day).unwrap();
        let spent = store.spent_by_month(user, budget, days_before, first_day).await.unwrap();
        let totals = store.spending(user, budget, start, end).await.unwrap();
        let parts = store.spent_by_part(user, budget, days).await.unwrap();
        drop(store.unconverted(user, budget, start, end).await.unwrap());
        let past = Past { plans: &plans, entries: &entries, spent: &spent };
        let brought = Brought { carried_in: carried_into(month, past), ..Brought::default() };
        let plan = plans.of(month);
        drop(analyse(plan, month, days, &totals, end, &brought).with_parts(plan, parts));
    })
    .await;
}

async fn writes(world: &World) {
    let mut number = 10_000_000;
    let begin = Instant::now();
    for _ in 0..200 {
        number += 1;
        create(Arc::clone(&world.store), world.user, world.budget, number).await;
    }
    println!("200 writes one by one        {:>9.2?} each", begin.elapsed() / 200);
    let begin = Instant::now();
    let tasks: Vec<_> = (0..64)
        .map(|task| {
            let (store, user, budget) = (Arc::clone(&world.store), world.user, world.budget);
            tokio::spawn(async move {
                for n in 0..50 {
                    create(Arc::clone(&store), user, budget, 20_000_000 + task * 1_000 + n).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    println!("3,200 writes of 64 at once   {:>9.0} per second", 3_200.0 / begin.elapsed().as_secs_f64());
}

async fn create(store: Arc<dyn Store>, user: UserId, budget: BudgetId, number: u32) {
    let row = make::expense(user, Some(budget), number, 500);
    store.create_expense(&make::write(user, 1), &row).await.unwrap();
}

async fn revert(world: &World) {
    let id = make::import(world.user, None, 1).id;
    let begin = Instant::now();
    world.store.revert_import(&make::write(world.user, 20), id).await.unwrap();
    println!("revert                       {:>9.2?}", begin.elapsed());
    memory("at the end");
}

/// Median, 99th percentile and shortest of so many calls.
async fn time(name: &str, times: usize, call: impl AsyncFn()) {
    call().await;
    let mut taken: Vec<Duration> = Vec::with_capacity(times);
    for _ in 0..times {
        let begin = Instant::now();
        call().await;
        taken.push(begin.elapsed());
    }
    taken.sort();
    let (median, worst) = (taken[times / 2], taken[times * 99 / 100]);
    println!("{name:<28} {median:>9.1?} {worst:>9.1?} p99 {:>9.1?} least", taken[0]);
}

/// What the process holds in memory now, and at most so far (Linux).
fn memory(when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| -> u64 {
        let line = status.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kb| kb.parse().ok()).unwrap_or(0) / 1_024
    };
    println!("memory {when:<21} {:>6} MB, at most {} MB", field("VmRSS:"), field("VmHWM:"));
}
