//! An expense as a document and back, with what lists search and sort by.
use super::{
    failure::{Failure, Outcome},
    transaction::Tx,
    values::{category, instant, oid, optional_instant, to_instant},
};
use crate::ledger::Place;
use domain::{
    Date,
    category::Category,
    currency::Currency,
    expense::{BaseAmount, Expense, Kind, Location, Pairing, PaymentMethod, SeriesSlot, Split, Status},
    ids::{AccountId, BudgetId, ExpenseId, ImportId, SeriesId, UserId},
    money::Money,
};
use mongodb::{
    bson::{Bson, Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is not there is left out.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ExpenseDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    user_id: ObjectId,
    /// The budget, or the user of a private row: whoever may see the one sees the row.
    place: ObjectId,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget_id: Option<ObjectId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<ObjectId>,
    kind: Kind,
    status: Status,
    minor: i64,
    currency: Currency,
    /// Compares currencies of 0 to 3 decimals.
    amount_thousandths: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<BaseDoc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<Category>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subcategory: Option<String>,
    /// Those that the row is listed under.
    categories: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merchant: Option<String>,
    merchant_key: String,
    #[serde(with = "domain::wire::date")]
    date: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_method: Option<PaymentMethod>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    splits: Vec<Split>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
    #[serde(skip_serializing_if = "Option::is_none")]
    import_id: Option<ObjectId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    dedupe_key: String,
    /// Of a recurring one: the series, and which of its occurrences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    series_id: Option<ObjectId>,
    #[serde(with = "domain::wire::date::optional", default, skip_serializing_if = "Option::is_none")]
    slot: Option<Date>,
    /// Whether it is one leg of a transfer, and which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pairing: Option<Pairing>,
    /// By which search finds it: those of merchant, description and tags.
    words: Vec<String>,
    /// Which tokeniser they are of: none, an earlier program's.
    #[serde(default)]
    tokens: i64,
    version: i64,
    created_at: i64,
    updated_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deleted_by: Option<ObjectId>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BaseDoc {
    minor: i64,
    currency: Currency,
    rate: String,
    #[serde(with = "domain::wire::date")]
    rate_date: Date,
}

/// All categories that a row is listed under. Income and transfers have none and lack none.
fn categories(expense: &Expense) -> Vec<String> {
    if matches!(expense.kind, Kind::Income | Kind::Transfer) {
        return Vec::new();
    }
    let mut found: Vec<String> = if expense.splits.is_empty() {
        vec![category(expense.category).to_owned()]
    } else {
        let own = expense.category.map(Category::as_str);
        own.into_iter().chain(expense.splits.iter().map(|split| category(split.category))).map(str::to_owned).collect()
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// The tokeniser of this program.
const TOKENS: i64 = 1;

/// Writes the words of some rows anew whose words an earlier program has kept; how many. A row that is changed meanwhile has
/// them by then.
pub(super) async fn renew_words(tx: &mut Tx, most: u32) -> Outcome<u64> {
    let tables = Arc::clone(&tx.tables);
    let some = FindOptions::builder().limit(i64::from(most)).build();
    let old = tx.session.all(&tables.expenses, doc! { "tokens": { "$ne": TOKENS } }, some).await?;
    let mut statements = Vec::with_capacity(old.len());
    for stored in old {
        let expense = Expense::try_from(stored)?;
        let renewed = doc! { "$set": { "words": expense.search_words(), "tokens": TOKENS } };
        statements.push(doc! { "q": { "_id": oid(expense.id.0), "version": expense.version }, "u": renewed });
    }
    tx.session.update_each(&tables.database, tables.expenses.name(), &statements).await?;
    Ok(statements.len() as u64)
}

/// A part that is somebody's.
#[derive(Serialize, Deserialize)]
struct Divided {
    #[serde(rename = "_id")]
    id: ObjectId,
    splits: Vec<Split>,
}

/// The parts that are somebody's are nobody's any more.
pub(super) async fn forget_member(tx: &mut Tx, user: UserId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let rows = tables.expenses.clone_with_type::<Divided>();
    let theirs = doc! { "splits.memberId": user.to_string() };
    let statements: Vec<Document> = tx
        .session
        .all(&rows, theirs, <_>::default())
        .await?
        .iter()
        .map(|row| {
            let places = row.splits.iter().enumerate().filter(|(_, split)| split.member_id == Some(user));
            let gone: Document =
                places.map(|(index, _)| (format!("splits.{index}.memberId"), Bson::from(""))).collect();
            doc! { "q": { "_id": row.id }, "u": { "$unset": gone, "$inc": { "version": 1_i64 } } }
        })
        .collect();
    tx.session.update_each(&tables.database, tables.expenses.name(), &statements).await
}

/// The same in what is kept of rows that a bank's file has confirmed.
pub(super) async fn forget_member_met(tx: &mut Tx, user: UserId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let kept = tables.import_absorbed.clone_with_type::<Document>();
    let theirs = doc! { "met": { "$regex": user.to_string() } };
    let part = format!(",\"memberId\":\"{user}\"");
    let found = tx.session.all(&kept, theirs, <_>::default()).await?;
    let statements: Vec<Document> = found
        .iter()
        .filter_map(|stored| {
            let (id, met) = (stored.get("_id")?, stored.get_str("met").ok()?);
            Some(doc! { "q": { "_id": id.clone() }, "u": { "$set": { "met": met.replace(&part, "") } } })
        })
        .collect();
    tx.session.update_each(&tables.database, tables.import_absorbed.name(), &statements).await
}

pub(super) async fn insert(tx: &mut Tx, expense: &Expense) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    tx.session.insert(&tables.expenses, &ExpenseDoc::new(expense, expense.account_id)).await
}

/// Writes all of the row with the expense's id and user, whose version is the one before.
pub(super) async fn replace(tx: &mut Tx, expense: &Expense) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let filter = doc! { "_id": oid(expense.id.0), "userId": oid(expense.user_id.0), "version": expense.version - 1 };
    let document = ExpenseDoc::new(expense, expense.account_id);
    match tx.session.replace(&tables.expenses, filter, &document).await? {
        1 => Ok(()),
        found => Err(Failure::corrupt(format_args!("{found} documents of expense {}", expense.id))),
    }
}

impl ExpenseDoc {
    /// The expense, in an account that may be another than the one it names.
    pub(super) fn new(expense: &Expense, account: Option<AccountId>) -> Self {
        Self {
            id: oid(expense.id.0),
            user_id: oid(expense.user_id.0),
            place: oid(Place::of(expense).id()),
            budget_id: expense.budget_id.map(|id| oid(id.0)),
            account_id: account.map(|id| oid(id.0)),
            kind: expense.kind,
            status: expense.status,
            minor: expense.amount.minor(),
            currency: expense.amount.currency(),
            amount_thousandths: expense.amount_thousandths(),
            base: expense.base.as_ref().map(BaseDoc::from),
            category: expense.category,
            subcategory: expense.subcategory.clone(),
            categories: categories(expense),
            description: expense.description.clone(),
            notes: expense.notes.clone(),
            merchant: expense.merchant.clone(),
            merchant_key: expense.merchant_key.clone(),
            date: expense.date,
            payment_method: expense.payment_method,
            tags: expense.tags.clone(),
            splits: expense.splits.clone(),
            location: expense.location.clone(),
            import_id: expense.import_id.map(|id| oid(id.0)),
            external_id: expense.external_id.clone(),
            dedupe_key: expense.dedupe_key.clone(),
            series_id: expense.recurring.map(|of| oid(of.series_id.0)),
            slot: expense.recurring.map(|of| of.slot),
            pairing: expense.pairing,
            words: expense.search_words(),
            tokens: TOKENS,
            version: expense.version,
            created_at: instant(expense.created_at),
            updated_at: instant(expense.updated_at),
            deleted_at: expense.deleted_at.map(instant),
            deleted_by: expense.deleted_by.map(|id| oid(id.0)),
        }
    }
}

impl From<&BaseAmount> for BaseDoc {
    fn from(base: &BaseAmount) -> Self {
        let (minor, currency) = (base.amount.minor(), base.amount.currency());
        Self { minor, currency, rate: base.rate.clone(), rate_date: base.rate_date }
    }
}

impl From<BaseDoc> for BaseAmount {
    fn from(stored: BaseDoc) -> Self {
        let amount = Money::new(stored.minor, stored.currency);
        Self { amount, rate: stored.rate, rate_date: stored.rate_date }
    }
}

impl TryFrom<ExpenseDoc> for Expense {
    type Error = Failure;
    fn try_from(stored: ExpenseDoc) -> Outcome<Self> {
        Ok(Self {
            id: ExpenseId(stored.id.bytes()),
            user_id: UserId(stored.user_id.bytes()),
            budget_id: stored.budget_id.map(|id| BudgetId(id.bytes())),
            account_id: stored.account_id.map(|id| AccountId(id.bytes())),
            kind: stored.kind,
            status: stored.status,
            amount: Money::new(stored.minor, stored.currency),
            base: stored.base.map(BaseAmount::from),
            category: stored.category,
            subcategory: stored.subcategory,
            description: stored.description,
            notes: stored.notes,
            merchant: stored.merchant,
            merchant_key: stored.merchant_key,
            date: stored.date,
            payment_method: stored.payment_method,
            tags: stored.tags,
            splits: stored.splits,
            location: stored.location,
            import_id: stored.import_id.map(|id| ImportId(id.bytes())),
            external_id: stored.external_id,
            dedupe_key: stored.dedupe_key,
            recurring: stored
                .series_id
                .zip(stored.slot)
                .map(|(id, slot)| SeriesSlot { series_id: SeriesId(id.bytes()), slot }),
            pairing: stored.pairing,
            version: stored.version,
            created_at: to_instant(stored.created_at)?,
            updated_at: to_instant(stored.updated_at)?,
            deleted_at: optional_instant(stored.deleted_at)?,
            deleted_by: stored.deleted_by.map(|id| UserId(id.bytes())),
        })
    }
}
