//! An expense as a row and back: the columns in one order, for all statements that write or read whole rows.
use super::{
    codec::{self, Columns, day, each, instant, run},
    connection::Tx,
    failure::{Failure, Outcome},
};
use crate::ledger::Place;
use domain::{
    category::Category,
    expense::{BaseAmount, Expense, Kind, Leg, Pairing, PaymentMethod, SeriesSlot, Status},
    ids::{AccountId, BudgetId, ExpenseId, ImportId, SeriesId, UserId},
    money::Money,
};
use rusqlite::{Connection, params};

/// What [`read`] reads, in its order.
macro_rules! columns {
    () => {
        "id, user_id, budget_id, account_id, kind, status, minor, currency, base_minor, base_currency, rate, rate_date, \
         category, subcategory, description, notes, merchant, merchant_key, date, payment_method, tags, splits, \
         import_id, external_id, dedupe_key, version, created_at, updated_at, deleted_at, deleted_by, location, \
         series_id, slot, other_leg, incoming"
    };
}
pub(super) use columns;

/// The bit that stands for the lack of a category.
const UNCATEGORISED: i64 = 1 << 10;

/// The bit of a category, or of the lack of one, in the column `categories`.
pub(super) fn category_bit(category: Option<Category>) -> i64 {
    category.map_or(UNCATEGORISED, |category| 1 << category.index())
}

/// All categories that a row is listed under. Income and transfers have none and lack none.
fn category_bits(expense: &Expense) -> i64 {
    if matches!(expense.kind, Kind::Income | Kind::Transfer) {
        return 0;
    }
    if expense.splits.is_empty() {
        return category_bit(expense.category);
    }
    let own = expense.category.map_or(0, |category| category_bit(Some(category)));
    expense.splits.iter().fold(own, |bits, split| bits | category_bit(split.category))
}

/// In the column `incoming`: somebody said that it is no transfer.
const REFUSED: i64 = -1;

fn incoming(pairing: Pairing) -> i64 {
    match pairing {
        Pairing::Leg(leg) => leg.incoming.into(),
        Pairing::Refused => REFUSED,
    }
}

/// The words by which search finds it, with a space before each, so that ` rew` finds the beginnings of words.
fn words(expense: &Expense) -> String {
    joined(&expense.search_words())
}

fn joined(words: &[String]) -> String {
    words.iter().fold(String::new(), |text, word| text + " " + word)
}

/// The tokeniser of this program; 0 is the first one, and those of rows that are not renewed yet.
const TOKENS: i64 = 1;

/// Writes the words of some rows anew whose words an earlier program has kept; how many.
pub(super) fn renew_words(tx: &Tx<'_>, most: u32) -> Outcome<usize> {
    let sql = concat!("SELECT ", columns!(), " FROM expenses INDEXED BY expenses_words_old WHERE tokens = 0 LIMIT ?");
    let rows = codec::all(tx, sql, params![most], read)?;
    for row in &rows {
        let sql = "UPDATE expenses SET words = ?, tokens = ? WHERE id = ?";
        run(tx, sql, params![words(row), TOKENS, row.id.0])?;
    }
    Ok(rows.len())
}

pub(super) fn insert(tx: &Tx<'_>, expense: &Expense) -> Outcome<()> {
    insert_found_by(tx, expense, &expense.search_words())
}

/// The same of a row whose words are known.
pub(super) fn insert_found_by(tx: &Tx<'_>, expense: &Expense, search_words: &[String]) -> Outcome<()> {
    write(
        tx,
        "INSERT INTO expenses (
             id, user_id, budget_id, account_id, kind, status, minor, currency, amount_e3, base_minor, base_currency,
             rate, rate_date, category, subcategory, categories, description, notes, merchant, merchant_key, date,
             payment_method, tags, splits, import_id, external_id, dedupe_key, words, version, created_at, updated_at,
             deleted_at, place, deleted_by, location, tokens, series_id, slot, other_leg, incoming)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
             ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40)",
        expense,
        &joined(search_words),
    )
}

/// Writes all columns of the row with the expense's id and user.
pub(super) fn update(tx: &Tx<'_>, expense: &Expense) -> Outcome<()> {
    write(
        tx,
        "UPDATE expenses SET
             budget_id = ?3, account_id = ?4, kind = ?5, status = ?6, minor = ?7, currency = ?8, amount_e3 = ?9,
             base_minor = ?10, base_currency = ?11, rate = ?12, rate_date = ?13, category = ?14, subcategory = ?15,
             categories = ?16, description = ?17, notes = ?18, merchant = ?19, merchant_key = ?20, date = ?21,
             payment_method = ?22, tags = ?23, splits = ?24, import_id = ?25, external_id = ?26, dedupe_key = ?27,
             words = ?28, version = ?29, created_at = ?30, updated_at = ?31, deleted_at = ?32,
             place = ?33, deleted_by = ?34, location = ?35, tokens = ?36, series_id = ?37, slot = ?38,
             other_leg = ?39, incoming = ?40
         WHERE id = ?1 AND user_id = ?2",
        expense,
        &words(expense),
    )
}

fn write(tx: &Tx<'_>, sql: &str, expense: &Expense, words: &str) -> Outcome<()> {
    let base = expense.base.as_ref();
    let changed = run(
        tx,
        sql,
        params![
            expense.id.0,
            expense.user_id.0,
            expense.budget_id.map(|id| id.0),
            expense.account_id.map(|id| id.0),
            codec::kind(expense.kind),
            codec::status(expense.status),
            expense.amount.minor(),
            expense.amount.currency().code(),
            expense.amount_thousandths(),
            base.map(|base| base.amount.minor()),
            base.map(|base| base.amount.currency().code()),
            base.map(|base| base.rate.as_str()),
            base.map(|base| day(base.rate_date)),
            expense.category.map(codec::category),
            expense.subcategory,
            category_bits(expense),
            expense.description,
            expense.notes,
            expense.merchant,
            expense.merchant_key,
            day(expense.date),
            expense.payment_method.map(codec::payment_method),
            codec::list(&expense.tags)?,
            codec::list(&expense.splits)?,
            expense.import_id.map(|id| id.0),
            expense.external_id,
            expense.dedupe_key,
            words,
            expense.version,
            instant(expense.created_at),
            instant(expense.updated_at),
            expense.deleted_at.map(instant),
            Place::of(expense).id(),
            expense.deleted_by.map(|id| id.0),
            expense.location.as_ref().map(codec::json).transpose()?,
            TOKENS,
            expense.recurring.map(|of| of.series_id.0),
            expense.recurring.map(|of| day(of.slot)),
            expense.leg().map(|leg| leg.other.0),
            expense.pairing.map(incoming),
        ],
    )?;
    if changed == 1 { Ok(()) } else { Err(Failure::corrupt(format_args!("{changed} rows of expense {}", expense.id))) }
}

/// Each expense there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Expense) -> Outcome<()>) -> Outcome<()> {
    let sql = concat!("SELECT ", columns!(), " FROM expenses INDEXED BY expenses_by_id ORDER BY id");
    each(connection, sql, [], |columns| give(read(columns)?))
}

/// Reads the columns of [`columns!`].
pub(super) fn read(columns: &mut Columns<'_, '_>) -> Outcome<Expense> {
    let expense = Expense {
        id: columns.id(ExpenseId)?,
        user_id: columns.id(UserId)?,
        budget_id: columns.optional_id(BudgetId)?,
        account_id: columns.optional_id(AccountId)?,
        kind: columns.coded(Kind::ALL)?,
        status: columns.coded(Status::ALL)?,
        amount: Money::new(columns.get()?, columns.currency()?),
        base: read_base(columns)?,
        category: columns.optional_coded(&Category::ALL)?,
        subcategory: columns.get()?,
        description: columns.get()?,
        notes: columns.get()?,
        merchant: columns.get()?,
        merchant_key: columns.get()?,
        date: columns.day()?,
        payment_method: columns.optional_coded(PaymentMethod::ALL)?,
        tags: columns.list()?,
        splits: columns.list()?,
        import_id: columns.optional_id(ImportId)?,
        external_id: columns.get()?,
        dedupe_key: columns.get()?,
        version: columns.get()?,
        created_at: columns.instant()?,
        updated_at: columns.instant()?,
        deleted_at: columns.optional_instant()?,
        deleted_by: columns.optional_id(UserId)?,
        location: columns.optional_json()?,
        recurring: None,
        pairing: None,
    };
    let recurring = match (columns.optional_id(SeriesId)?, columns.optional_day()?) {
        (Some(series_id), Some(slot)) => Some(SeriesSlot { series_id, slot }),
        _ => None,
    };
    let other = columns.optional_id(ExpenseId)?;
    let pairing = match (other, columns.get::<Option<i64>>()?) {
        (Some(other), incoming) => Some(Pairing::Leg(Leg { other, incoming: incoming == Some(1) })),
        (None, Some(REFUSED)) => Some(Pairing::Refused),
        (None, _) => None,
    };
    Ok(Expense { recurring, pairing, ..expense })
}

fn read_base(columns: &mut Columns<'_, '_>) -> Outcome<Option<BaseAmount>> {
    let minor = columns.get::<Option<i64>>()?;
    let currency = columns.optional_currency()?;
    let rate = columns.get::<Option<String>>()?;
    let rate_date = columns.optional_day()?;
    match (minor, currency, rate, rate_date) {
        (Some(minor), Some(currency), Some(rate), Some(rate_date)) => {
            Ok(Some(BaseAmount { amount: Money::new(minor, currency), rate, rate_date }))
        }
        (None, None, None, None) => Ok(None),
        _ => Err(Failure::corrupt("half a base amount")),
    }
}
