//! The server is lost in the middle of something: the error is clear, nothing acknowledged is lost or done twice, and
//! the store recovers unaided.
use super::server::{Scratch, host, uri_by};
use domain::{
    filter::Query,
    ids::{BudgetId, UserId},
    spending::Total,
};
use service::{
    Error,
    ports::store::{BudgetStore as _, ExpenseStore as _, Upkeep as _, UserStore as _},
    testing::{Faults, Proxy, builders as make},
};
use std::time::{Duration, Instant};
use store::{
    MongoOptions, MongoStore,
    mongo::{Timeouts, open},
};

struct Wired {
    proxy: Proxy,
    store: MongoStore,
    ada: UserId,
    budget: BudgetId,
    _scratch: Scratch,
}

/// Somebody with a budget, in a store behind a proxy.
async fn wired(timeouts: Timeouts) -> Wired {
    let scratch = Scratch::new().await;
    let proxy = Proxy::start(host()).await;
    let options = MongoOptions { uri: uri_by(proxy.port), timeouts, ..scratch.options(&Faults::default()) };
    let store = open(options).await.unwrap();
    let person = make::person(1);
    let ada = person.user.id;
    store.create_user(&make::write(ada, 0), &person).await.unwrap();
    let budget = make::budget(ada, 1);
    store.create_budget(&make::write(ada, 0), &budget).await.unwrap();
    Wired { proxy, store, ada, budget: budget.id, _scratch: scratch }
}

impl Wired {
    async fn put(&self, n: u32) -> service::Result<domain::expense::Expense> {
        let row = make::expense(self.ada, Some(self.budget), n, 500);
        self.store.create_expense(&make::keyed(self.ada, 1, &format!("key {n}"), 1), &row).await
    }

    /// There are so many rows, and the totals are what they come to.
    async fn check(&self, rows: i64) {
        let page = self.store.expenses(self.ada, &Query::default()).await.unwrap();
        assert_eq!((page.items.len() as u64, page.total), (rows.unsigned_abs(), rows.unsigned_abs()));
        let (start, end) = (domain::Date::MIN, domain::Date::MAX);
        let totals = self.store.spending(self.ada, self.budget, start, end).await.unwrap();
        let sum = totals.iter().fold(Total::default(), |sum, day| Total {
            minor: sum.minor + day.total.minor,
            count: sum.count + day.total.count,
        });
        assert_eq!(sum, Total { minor: 500 * rows, count: rows });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_server_is_soon_unavailable_and_comes_back() {
    let short = Duration::from_millis(800);
    let timeouts = Timeouts { connect: short, selection: short, call: Duration::from_secs(2), ..Timeouts::default() };
    let wired = wired(timeouts).await;
    wired.put(1).await.unwrap();
    wired.proxy.silence();
    for n in [2, 3] {
        let begin = Instant::now();
        let refused = wired.put(n).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
        let refused = wired.store.ping().await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "{refused:?}");
        assert!(begin.elapsed() < Duration::from_secs(6), "{:?}", begin.elapsed());
    }
    wired.proxy.recover();
    let begin = Instant::now();
    while wired.put(2).await.is_err() {
        assert!(begin.elapsed() < Duration::from_secs(30), "it does not come back");
    }
    wired.check(2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_answer_is_lost_is_kept_once() {
    let wired = wired(Timeouts::default()).await;
    wired.proxy.lose_answer_to("commitTransaction");
    let row = wired.put(1).await.unwrap();
    assert!(!wired.proxy.is_armed());
    assert_eq!(wired.put(1).await.unwrap(), row);
    wired.check(1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_whose_connection_is_lost_is_done_again() {
    let wired = wired(Timeouts::default()).await;
    for (n, words) in [(1, "ledgers"), (2, "dedupeKey"), (3, "spending"), (4, "requestHash")] {
        wired.proxy.lose_answer_to(words);
        wired.put(n).await.unwrap();
        assert!(!wired.proxy.is_armed(), "{words}");
        wired.check(n.into()).await;
    }
}
