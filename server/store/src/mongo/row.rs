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
    expense::{BaseAmount, Expense, Kind, PaymentMethod, Split, Status},
    ids::{AccountId, BudgetId, ExpenseId, ImportId, UserId},
    money::Money,
};
use mongodb::bson::{doc, oid::ObjectId};
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
    #[serde(skip_serializing_if = "Option::is_none")]
    import_id: Option<ObjectId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    dedupe_key: String,
    /// Folded words of merchant, description and tags.
    words: Vec<String>,
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

/// The folded words, each once.
fn words(expense: &Expense) -> Vec<String> {
    expense.search_text().split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
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
            import_id: expense.import_id.map(|id| oid(id.0)),
            external_id: expense.external_id.clone(),
            dedupe_key: expense.dedupe_key.clone(),
            words: words(expense),
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
            import_id: stored.import_id.map(|id| ImportId(id.bytes())),
            external_id: stored.external_id,
            dedupe_key: stored.dedupe_key,
            version: stored.version,
            created_at: to_instant(stored.created_at)?,
            updated_at: to_instant(stored.updated_at)?,
            deleted_at: optional_instant(stored.deleted_at)?,
            deleted_by: stored.deleted_by.map(|id| UserId(id.bytes())),
        })
    }
}
