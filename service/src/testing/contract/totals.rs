//! Kept totals always equal the sum over the rows.
use super::{TestStore, world};
use crate::{
    ports::store::{ImportCommit, ImportStatus, Store},
    testing::builders as make,
};
use domain::{
    Date,
    category::Category,
    currency::Currency,
    expense::{Expense, Kind, Split, Status},
    filter::Query,
    ids::{BudgetId, ExpenseId, ImportId, UserId},
    money::Money,
    period::Period,
    spending::{DayTotal, KindTotals, Total},
};
use jiff::civil::date;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

/// How many sequences are tried, and how long one is.
const SEQUENCES: usize = 12;
const LENGTH: usize = 30;

/// What somebody may do; numbers choose among what there is.
#[derive(Debug, Clone)]
enum Step {
    Create(Shape),
    Edit(usize, Shape),
    Delete(usize),
    Restore(usize),
    Import { budget: usize, from: u32, rows: u32 },
    Revert(usize),
    ThrowBudgetAway(usize),
    TakeBudgetBack(usize),
}

/// What an expense is like.
#[derive(Debug, Clone)]
struct Shape {
    budget: Option<usize>,
    minor: i64,
    day: i8,
    kind: usize,
    status: usize,
    category: Option<usize>,
    splits: Vec<(Option<usize>, i64)>,
    converted: bool,
}

fn shape() -> impl Strategy<Value = Shape> {
    let category = || prop::option::of(0..Category::ALL.len());
    let splits = prop::collection::vec((category(), 1_i64..500), 0..4);
    let counted = prop::sample::select(vec![2_usize, 2, 2, 3, 0, 1]);
    (prop::option::weighted(0.8, 0..3_usize), 1_i64..100_000, 1_i8..6, 0..4_usize, counted, category(), splits, 0..5)
        .prop_map(|(budget, minor, day, kind, status, category, splits, luck)| Shape {
            budget,
            minor,
            day,
            kind,
            status,
            category,
            splits,
            converted: luck > 0,
        })
}

fn step() -> impl Strategy<Value = Step> {
    let any = || 0..1_000_usize;
    prop_oneof![
        6 => shape().prop_map(Step::Create),
        6 => (any(), shape()).prop_map(|(which, shape)| Step::Edit(which, shape)),
        3 => any().prop_map(Step::Delete),
        3 => any().prop_map(Step::Restore),
        2 => (0..3_usize, 0..20_u32, 1..15_u32).prop_map(|(budget, from, rows)| Step::Import { budget, from, rows }),
        1 => any().prop_map(Step::Revert),
        1 => any().prop_map(Step::ThrowBudgetAway),
        1 => any().prop_map(Step::TakeBudgetBack),
    ]
}

/// What one sequence plays on.
struct Play<'a> {
    store: &'a dyn Store,
    user: UserId,
    budgets: [BudgetId; 3],
    thrown: Vec<BudgetId>,
    next: u32,
}

impl Play<'_> {
    fn fresh(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn shaped(&self, mut row: Expense, shape: &Shape) -> Expense {
        let open: Vec<BudgetId> = self.budgets.into_iter().filter(|id| !self.thrown.contains(id)).collect();
        row.budget_id = shape.budget.and_then(|index| open.get(index).copied());
        row.date = date(2026, 11, shape.day);
        row.kind = Kind::ALL[shape.kind];
        row.status = Status::ALL[shape.status];
        let has_category = matches!(row.kind, Kind::Expense | Kind::Refund);
        row.category = shape.category.filter(|_| has_category).map(|index| Category::ALL[index]);
        row.splits = Vec::new();
        let mut minor = shape.minor;
        if has_category && !shape.splits.is_empty() {
            minor = shape.splits.iter().map(|(_, part)| part).sum();
            let category = |index: &Option<usize>| index.map(|index| Category::ALL[index]);
            row.splits = shape
                .splits
                .iter()
                .map(|(index, amount)| Split {
                    category: category(index),
                    subcategory: None,
                    amount: *amount,
                    memo: None,
                    member_id: None,
                })
                .collect();
        }
        row.amount = Money::new(minor, Currency::USD);
        // Not by one: the parts of a split are rounded.
        row.base = shape.converted.then(|| domain::expense::BaseAmount {
            rate: "0.9".to_owned(),
            ..make::base(Money::new((minor * 9 + 5) / 10, Currency::EUR), row.date)
        });
        row.derive();
        row
    }

    async fn rows(&self) -> Vec<Expense> {
        world::walk(self.store, self.user, Query::default()).await
    }

    async fn save(&self, before: &Expense, after: Expense) {
        let after = Expense { version: before.version + 1, ..after };
        self.store.update_expense(&make::write(self.user, 1), &after).await.unwrap();
    }

    async fn apply(&mut self, step: Step) {
        let write = make::write(self.user, 1);
        match step {
            Step::Create(shape) => {
                let n = self.fresh();
                let row = make::expense(self.user, None, n, 1);
                world::put(self.store, self.shaped(row, &shape)).await;
            }
            Step::Edit(which, shape) => {
                let rows = self.rows().await;
                let Some(row) = rows.get(which % rows.len().max(1)) else { return };
                self.save(row, self.shaped(row.clone(), &shape)).await;
            }
            Step::Delete(which) => {
                let rows = self.rows().await;
                let Some(row) = rows.get(which % rows.len().max(1)) else { return };
                self.save(row, Expense { deleted_at: Some(make::at(2)), ..row.clone() }).await;
            }
            Step::Restore(which) => {
                let mut gone = Vec::new();
                for trashed in self.store.trash(self.user).await.unwrap() {
                    if let crate::ports::store::Trashed::Expense { expense } = trashed {
                        gone.push(*expense);
                    }
                }
                let Some(row) = gone.get(which % gone.len().max(1)) else { return };
                let budget_id = row.budget_id.filter(|id| !self.thrown.contains(id));
                self.save(row, Expense { deleted_at: None, budget_id, ..row.clone() }).await;
            }
            Step::Import { budget, from, rows } => {
                let budget = Some(self.budgets[budget]).filter(|id| !self.thrown.contains(id));
                let id = ImportId(make::id(self.fresh()));
                let import = crate::ports::store::Import { id, ..make::import(self.user, budget, 1) };
                self.store.stage_import(&write, &import, &[]).await.unwrap();
                let mut expenses = Vec::new();
                for line in from..from + rows {
                    let mut row = make::imported(&import, line, 100 + i64::from(line));
                    row.id = ExpenseId(make::id(self.fresh()));
                    expenses.push(row);
                }
                let commit = ImportCommit { import_id: id, accounts: Vec::new(), expenses };
                self.store.commit_import(&write, commit).await.unwrap();
            }
            Step::Revert(which) => {
                let mut imports = self.store.imports(self.user).await.unwrap();
                imports.retain(|import| import.status == ImportStatus::Committed);
                let Some(import) = imports.get(which % imports.len().max(1)) else { return };
                self.store.revert_import(&write, import.id).await.unwrap();
            }
            Step::ThrowBudgetAway(which) => {
                let id = self.budgets[which % 3];
                if !self.thrown.contains(&id) {
                    self.store.set_budget_deleted(&write, id, true).await.unwrap();
                    self.thrown.push(id);
                }
            }
            Step::TakeBudgetBack(which) => {
                if !self.thrown.is_empty() {
                    let id = self.thrown.remove(which % self.thrown.len());
                    self.store.set_budget_deleted(&write, id, false).await.unwrap();
                }
            }
        }
    }

    async fn check(&self) {
        let open: Vec<BudgetId> = self.budgets.into_iter().filter(|id| !self.thrown.contains(id)).collect();
        world::check_totals(self.store, self.user, &open).await;
    }
}

/// The same sequences each time.
fn sequences() -> TestRunner {
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]))
}

/// A new person (`n` tells them apart) with three budgets.
async fn begin(store: &dyn Store, n: u32) -> Play<'_> {
    let (user, first) = world::owner(store, n * 1_000_000).await;
    let second = world::budget(store, user, n * 1_000_000 + 1).await;
    let third = world::budget(store, user, n * 1_000_000 + 2).await;
    Play { store, user, budgets: [first, second, third], thrown: Vec::new(), next: n * 1_000_000 + 10 }
}

/// Some people who have done this and that, for tests that need data of all sorts: rows of all kinds and states, splits,
/// imports that were taken back or not, budgets and rows in the trash.
pub async fn varied(store: &dyn Store, people: u32) -> Vec<UserId> {
    let mut runner = sequences();
    let mut users = Vec::new();
    for n in 1..=people {
        let steps = prop::collection::vec(step(), 2 * LENGTH).new_tree(&mut runner).unwrap().current();
        let mut play = begin(store, n).await;
        for step in steps {
            play.apply(step).await;
        }
        users.push(play.user);
    }
    users
}

pub async fn equal_the_sum_after_any_sequence(t: TestStore) {
    let mut runner = sequences();
    for n in 1..=u32::try_from(SEQUENCES).unwrap() {
        let steps = prop::collection::vec(step(), LENGTH).new_tree(&mut runner).unwrap().current();
        let mut play = begin(&*t.store, n).await;
        for (number, step) in steps.iter().enumerate() {
            play.apply(step.clone()).await;
            if number % 5 == 4 {
                play.check().await;
            }
        }
        while !play.thrown.is_empty() {
            play.apply(Step::TakeBudgetBack(0)).await;
        }
        play.check().await;
    }
}

pub async fn a_split_counts_in_each_of_its_categories(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let mut row = make::expense(ada, Some(budget), 1, 100);
    let split = |category, amount| Split { category, subcategory: None, amount, memo: None, member_id: None };
    row.splits = vec![split(Some(Category::Food), 33), split(None, 33), split(Some(Category::Housing), 34)];
    row.base = Some(make::base(Money::new(1_000, Currency::EUR), row.date));
    world::put(&*t.store, row.clone()).await;
    let total = |category, minor| DayTotal {
        day: date(2026, 11, 2),
        kind: Kind::Expense,
        category,
        total: Total { minor, count: 1 },
    };
    let expected = [total(None, 330), total(Some(Category::Housing), 340), total(Some(Category::Food), 330)];
    assert_eq!(world::totals(&*t.store, ada, budget).await, expected);
    let mut refund = make::expense(ada, Some(budget), 3, 250);
    (refund.kind, refund.date) = (Kind::Refund, date(2026, 11, 2));
    world::put(&*t.store, refund.clone()).await;
    let days = |start, end| Period { start, end };
    let periods = [days(date(2026, 11, 2), date(2026, 11, 2)), days(date(2026, 11, 3), Date::MAX)];
    let sums = t.store.spending_of(ada, budget, &periods).await.unwrap();
    assert_eq!(sums, [KindTotals { expense: 1_000, refund: 250, income: 0 }, KindTotals::default()]);
    world::change(&*t.store, &refund, |row| row.deleted_at = Some(make::at(2))).await;
    // Days outside of the question are left out; its first and last are not.
    let of = async |start, end| t.store.spending(ada, budget, start, end).await.unwrap().len();
    assert_eq!(of(date(2026, 11, 2), date(2026, 11, 2)).await, 3);
    assert_eq!(of(date(2026, 11, 3), Date::MAX).await + of(Date::MIN, date(2026, 11, 1)).await, 0);
}

pub async fn nothing_is_left_of_zero(t: TestStore) {
    let (ada, budget) = world::owner(&*t.store, 1).await;
    let kinds = [Kind::Expense, Kind::Refund, Kind::Income, Kind::Transfer];
    for (n, kind) in (1..).zip(kinds) {
        let mut row = make::expense(ada, Some(budget), n, 500);
        row.kind = kind;
        if matches!(kind, Kind::Income | Kind::Transfer) {
            row.category = None;
        }
        row.derive();
        let row = world::put(&*t.store, row).await;
        assert_eq!(world::totals(&*t.store, ada, budget).await.len(), 1, "{kind:?}");
        world::change(&*t.store, &row, |row| row.deleted_at = Some(make::at(1))).await;
        assert_eq!(world::totals(&*t.store, ada, budget).await, [], "{kind:?}");
    }
}
