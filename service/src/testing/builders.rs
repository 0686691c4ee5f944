//! Entities for tests: valid in themselves, the same each time, told apart by a number.
use crate::{
    Idempotency,
    ports::{
        activity::Trace,
        rules::Judged,
        store::{Import, ImportStatus, StagedRow, Verdict, Write},
    },
};
use domain::{
    Date,
    account::{Account, AccountKind},
    allocation::Allocations,
    budget::{Budget, BudgetType, Plan, Rollovers, Subcategories},
    category::Category,
    currency::Currency,
    expense::{BaseAmount, Expense, Kind, SeriesSlot, Status},
    ids::{AccountId, ActivityId, BudgetId, ExpenseId, ImportId, MoveId, RuleId, SeriesId, SessionId, UserId},
    import::{AccountKindHint, Format, Row, StatementAccount},
    locale::Locale,
    money::Money,
    months::{MonthEntry, Move},
    period::{Month, MonthStartDay},
    recurrence::{Frequency, RecurringPattern, Series},
    rule::{Actions, Conditions, NewRule, Rule},
    secrets::Secrets,
    session::Session,
    user::{Credentials, Preferences, Profile, Standing, User},
    version::VersionOrigin,
};
use jiff::{SignedDuration, Timestamp, civil::date};
use std::sync::atomic::{AtomicU32, Ordering};

/// Twelve bytes that sort by `n`.
pub fn id(n: u32) -> [u8; 12] {
    let mut id = [0xab; 12];
    id[..4].copy_from_slice(&n.to_be_bytes());
    id
}

/// The id of [`budget`]`(_, n)`: no two things have the same, and a person may have the same number.
pub fn budget_id(n: u32) -> BudgetId {
    let mut id = id(n);
    id[11] = 0xbd;
    BudgetId(id)
}

/// Noon of a day, UTC.
pub fn noon(day: Date) -> Timestamp {
    jiff::tz::Offset::UTC.to_timestamp(day.at(12, 0, 0, 0)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// So many seconds after noon of 2026-11-22.
pub fn at(seconds: i64) -> Timestamp {
    noon(date(2026, 11, 22)).checked_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}

/// A write of `actor`, so many seconds after noon of 2026-11-22, without a key.
pub fn write(actor: UserId, seconds: i64) -> Write {
    Write { actor, now: at(seconds), idempotency: None, jobs: Vec::new(), trace: trace() }
}

/// Of an activity that comes after those before it, and after no other's.
pub fn trace() -> Trace {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let mut id = id(COUNT.fetch_add(1, Ordering::Relaxed));
    id[8..].copy_from_slice(&std::process::id().to_be_bytes());
    Trace::of(ActivityId(id))
}

/// The same with a key and the hash of a request.
pub fn keyed(actor: UserId, seconds: i64, key: &str, request: u8) -> Write {
    let idempotency = Some(Idempotency { key: key.to_owned(), request_hash: [request; 32] });
    Write { idempotency, ..write(actor, seconds) }
}

/// A version that somebody made without a word about it.
pub fn by_hand() -> VersionOrigin {
    VersionOrigin::by_hand(None)
}

/// A person called Person `n`, with the address `person{n}@example.org` and the fake password `correct horse {n}`.
pub fn person(n: u32) -> Credentials {
    let preferences = Preferences::new(Locale::from_tag("en-US"), Currency::EUR);
    let user = User {
        id: UserId(id(n)),
        email: format!("Person{n}@example.org"),
        name: format!("Person {n}"),
        is_email_verified: false,
        preferences,
        profile: Profile::default(),
        standing: Standing::default(),
        terms_accepted_at: at(0),
        disabled_at: None,
        auth_epoch: 0,
        created_at: at(0),
        updated_at: at(0),
    };
    Credentials {
        user,
        password_hash: Some(format!("fake:correct horse {n}")),
        secrets: Secrets::default(),
        version: 0,
    }
}

/// A session of `user`, begun at noon of 2026-11-22, that ends after 90 days.
pub fn session(user: UserId, n: u32) -> Session {
    let mut secret_hash = [0x5e; 32];
    secret_hash[..4].copy_from_slice(&n.to_be_bytes());
    secret_hash[4..16].copy_from_slice(&user.0);
    let mut public = id(n);
    public[4..].copy_from_slice(&user.0[..8]);
    Session {
        id: SessionId(public),
        secret_hash,
        user_id: user,
        auth_epoch: 0,
        device: format!("Browser {n}"),
        address: "192.0.2.1".to_owned(),
        created_at: at(0),
        seen_at: at(0),
        expires_at: at(90 * 86_400),
    }
}

/// A budget of `owner` over 3,000.00 EUR from November 2026 on, made `n` seconds after noon.
pub fn budget(owner: UserId, n: u32) -> Budget {
    let income = 300_000;
    Budget {
        id: budget_id(n),
        user_id: owner,
        kind: BudgetType::Personal,
        plan: Plan {
            name: format!("Budget {n}"),
            monthly_income: income,
            currency: Currency::EUR,
            allocations: Allocations::standard(income),
            rollover: Rollovers::default(),
            subcategories: Subcategories::default(),
            effective_from: Month { year: 2026, month: 11 },
        },
        ai_generated: false,
        month_start_day: MonthStartDay::default(),
        collaborators: Vec::new(),
        version: 1,
        is_active: true,
        created_at: at(n.into()),
        updated_at: at(n.into()),
        deleted_at: None,
    }
}

/// November 2026 as first kept: one move of 10.00 from food to housing, `n` seconds after noon.
pub fn month_entry(by: UserId, budget: BudgetId, n: u32) -> MonthEntry {
    let (from, to) = (Category::Food, Category::Housing);
    MonthEntry {
        moves: vec![Move { id: MoveId(id(n)), from, to, amount: 1_000, by, at: at(n.into()) }],
        planned_income: Some(310_000),
        version: 1,
        ..MonthEntry::new(budget, Month { year: 2026, month: 11 })
    }
}

/// An expense of `minor` cents (EUR) for food at `Shop {n}` on 2026-11-01 plus `n` modulo 28 days; private unless it is
/// given a budget. Change its fields and call [`Expense::derive`].
pub fn expense(user: UserId, budget: Option<BudgetId>, n: u32, minor: i64) -> Expense {
    let day = date(2026, 11, 1 + i8::try_from(n % 28).unwrap_or(0));
    let amount = Money::new(minor, Currency::EUR);
    let mut expense = Expense {
        id: ExpenseId(id(n)),
        user_id: user,
        budget_id: budget,
        account_id: None,
        kind: Kind::Expense,
        status: Status::Cleared,
        amount,
        base: Some(base(amount, day)),
        category: Some(Category::Food),
        subcategory: None,
        description: Some(format!("Receipt number {n}")),
        notes: None,
        merchant: Some("Corner Shop".to_owned()),
        merchant_key: String::new(),
        date: day,
        payment_method: None,
        tags: Vec::new(),
        splits: Vec::new(),
        location: None,
        import_id: None,
        external_id: None,
        dedupe_key: String::new(),
        recurring: None,
        pairing: None,
        version: 1,
        created_at: at(n.into()),
        updated_at: at(n.into()),
        deleted_at: None,
        deleted_by: None,
    };
    expense.derive();
    expense
}

/// An expense of 900.00 EUR on 2026-11-`n` (modulo 28), and the series that it begins: each month on that day.
pub fn series(user: UserId, budget: Option<BudgetId>, n: u32) -> (Expense, Series) {
    let mut expense = expense(user, budget, n, 90_000);
    let pattern = RecurringPattern::new(Frequency::Monthly, 1, expense.date);
    let series = Series::begun_by(&expense, SeriesId(id(800_000 + n)), pattern, date(2026, 11, 22));
    expense.recurring = Some(SeriesSlot { series_id: series.id, slot: expense.date });
    (expense, series)
}

/// An amount that needs no conversion.
pub fn base(amount: Money, day: Date) -> BaseAmount {
    BaseAmount { amount, rate: "1".to_owned(), rate_date: day }
}

/// The next version of an expense, changed at `seconds`.
pub fn changed(expense: &Expense, seconds: i64, change: impl FnOnce(&mut Expense)) -> Expense {
    let mut next = expense.clone();
    next.version += 1;
    next.updated_at = at(seconds);
    change(&mut next);
    next.derive();
    next
}

/// A current account in EUR with one number, `BANK/{n}`.
pub fn account(user: UserId, n: u32) -> Account {
    Account {
        id: AccountId(id(n)),
        user_id: user,
        name: format!("Account {n}"),
        kind: AccountKind::Checking,
        currency: Currency::EUR,
        external_ids: vec![format!("BANK/{n}")],
        closed: false,
        version: 1,
        created_at: at(n.into()),
        updated_at: at(n.into()),
    }
}

/// The account [`account`]`(_, n)` as a file names it.
pub fn found_account(n: u32) -> StatementAccount {
    StatementAccount {
        bank_id: Some("BANK".to_owned()),
        number: n.to_string(),
        kind: AccountKindHint::Checking,
        currency: Some(Currency::EUR),
        ledger_balance: None,
    }
}

/// A draft of an import without rows that expires a day after it was made.
pub fn import(user: UserId, budget: Option<BudgetId>, n: u32) -> Import {
    Import {
        id: ImportId(id(n)),
        user_id: user,
        budget_id: budget,
        format: Format::Ofx,
        filename: format!("statement-{n}.ofx"),
        sha256: format!("{n:064x}"),
        mapping: None,
        accounts: Vec::new(),
        rows: 0,
        added: 0,
        duplicates: 0,
        ignored: 0,
        rejected: Vec::new(),
        rejected_count: 0,
        sum: "0.00".to_owned(),
        first_date: None,
        last_date: None,
        currency: Some(Currency::EUR),
        questions: Vec::new(),
        revision: 0,
        status: ImportStatus::Draft,
        created_at: at(n.into()),
        expires_at: at(i64::from(n) + 86_400),
        committed_at: None,
        reverted_at: None,
    }
}

/// A rule of `user` that files the merchant under food.
pub fn rule(user: UserId, n: u32, merchant: &str) -> Rule {
    let conditions = Conditions { merchant_equals: Some(merchant.to_owned()), ..Conditions::default() };
    let actions = Actions { category: Some(Category::Food), ..Actions::default() };
    NewRule { priority: 0, conditions, actions, learned_from: None }.into_rule(RuleId(id(n)), user, at(n.into()))
}

/// A row of a draft: money out, with the bank's id `FIT{line}`.
pub fn staged(line: u32, minor: i64) -> StagedRow {
    let row = Row {
        own: None,
        line,
        account: None,
        date: date(2026, 11, 1 + i8::try_from(line % 28).unwrap_or(0)),
        amount: -minor,
        currency: Some(Currency::EUR),
        exponent: 2,
        payee: Some("Corner Shop".to_owned()),
        memo: None,
        external_id: Some(format!("FIT{line}")),
        category: None,
        check_number: None,
        pending: false,
    };
    StagedRow { row, verdict: Verdict::New, category: None, judged: Judged::default() }
}

/// The row of a bank file as an expense of an import.
pub fn imported(import: &Import, n: u32, minor: i64) -> Expense {
    let mut row = expense(import.user_id, import.budget_id, n, minor);
    row.import_id = Some(import.id);
    row.external_id = Some(format!("FIT{n}"));
    row
}
