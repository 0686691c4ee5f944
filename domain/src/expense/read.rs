//! Reads an expense from a body or a form, all wrong fields at once.
use super::{BaseAmount, Expense, Kind, Location, PaymentMethod, Split, Status, location};
use crate::{
    Date,
    category::Category,
    currency::Currency,
    ids::{AccountId, BudgetId, ExpenseId, UserId},
    input::{self, Change, Reader, Value},
    money::{self, Money},
    problem::{Problem, Problems},
    split,
};
use jiff::Timestamp;

pub(crate) const CATEGORY_WORDS: [&str; 10] = [
    "housing",
    "food",
    "transportation",
    "utilities",
    "healthcare",
    "entertainment",
    "savings",
    "emergency",
    "investments",
    "miscellaneous",
];

/// An expense that is valid in itself; whether its budget and account are the user's is the use-case's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "as in Expense")]
pub struct NewExpense {
    pub budget_id: Option<BudgetId>,
    pub account_id: Option<AccountId>,
    pub kind: Kind,
    pub status: Status,
    pub amount: Money,
    pub category: Option<Category>,
    pub subcategory: Option<String>,
    pub description: Option<String>,
    pub notes: Option<String>,
    pub merchant: Option<String>,
    pub date: Date,
    pub payment_method: Option<PaymentMethod>,
    pub tags: Vec<String>,
    pub splits: Vec<Split>,
    pub location: Option<Location>,
}

impl NewExpense {
    /// The entity, with what the server adds.
    pub fn into_expense(self, id: ExpenseId, user_id: UserId, base: Option<BaseAmount>, now: Timestamp) -> Expense {
        let mut expense = Expense {
            id,
            user_id,
            budget_id: self.budget_id,
            account_id: self.account_id,
            kind: self.kind,
            status: self.status,
            amount: self.amount,
            base,
            category: self.category,
            subcategory: self.subcategory,
            description: self.description,
            notes: self.notes,
            merchant: self.merchant,
            merchant_key: String::new(),
            date: self.date,
            payment_method: self.payment_method,
            tags: self.tags,
            splits: self.splits,
            location: self.location,
            import_id: None,
            external_id: None,
            dedupe_key: String::new(),
            recurring: None,
            pairing: None,
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            deleted_by: None,
        };
        expense.derive();
        expense
    }
}

/// Reads a new expense: amount, currency, date, and a merchant or a description are needed.
pub fn read_new(value: &Value) -> Result<NewExpense, Problems> {
    let mut reader = Reader::new(value);
    let currency = reader.required("currency", input::currency);
    let amount = read_amount(&mut reader, currency);
    let date = reader.required("date", input::date);
    let kind = reader.optional("kind", |value| input::word(value, Kind::WORDS)).unwrap_or(Kind::Expense);
    let status = reader.optional("status", |value| input::word(value, Status::WORDS)).unwrap_or(Status::Cleared);
    let category = reader.optional("category", category);
    let subcategory = reader.optional("subcategory", input::text);
    let merchant = reader.optional("merchant", input::text);
    let description = reader.optional("description", input::notes);
    let notes = reader.optional("notes", input::notes);
    let budget_id = reader.optional("budgetId", input::id);
    let account_id = reader.optional("accountId", input::id);
    let payment_method = reader.optional("paymentMethod", |value| input::word(value, PaymentMethod::WORDS));
    let tags = reader.optional("tags", read_tags).unwrap_or_default();
    let splits = read_splits(&mut reader, currency, amount, kind);
    let location = reader.object("location", location::read).flatten();
    if merchant.is_none()
        && description.is_none()
        && !reader.has_problem("merchant")
        && !reader.has_problem("description")
    {
        reader.problem("merchant", Problem::Required);
    }
    check_kind(&mut reader, kind, category, subcategory.as_deref());
    reader.finish()?;
    match (currency, amount, date) {
        (Some(currency), Some(minor), Some(date)) => Ok(NewExpense {
            budget_id,
            account_id,
            kind,
            status,
            amount: Money::new(minor, currency),
            category,
            subcategory,
            description,
            notes,
            merchant,
            date,
            payment_method,
            tags,
            splits: splits.unwrap_or_default(),
            location,
        }),
        _ => Err(Problems::default()),
    }
}

/// A change of an expense; what was left out stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpenseChange {
    /// The version it was made from.
    pub version: i64,
    /// Another budget, or none.
    pub budget_id: Change<Option<BudgetId>>,
    /// Another account, or none.
    pub account_id: Change<Option<AccountId>>,
    kind: Change<Kind>,
    status: Change<Status>,
    amount: Money,
    category: Change<Option<Category>>,
    subcategory: Change<Option<String>>,
    description: Change<Option<String>>,
    notes: Change<Option<String>>,
    merchant: Change<Option<String>>,
    date: Change<Date>,
    payment_method: Change<Option<PaymentMethod>>,
    tags: Change<Vec<String>>,
    splits: Option<Vec<Split>>,
    location: Change<Option<Location>>,
}

impl ExpenseChange {
    /// The expense after the change; version, times and base amount are the use-case's.
    pub fn apply(self, expense: &mut Expense) -> Result<(), Problems> {
        expense.budget_id = self.budget_id.or(expense.budget_id);
        expense.account_id = self.account_id.or(expense.account_id);
        let before = expense.kind;
        expense.kind = self.kind.or(expense.kind);
        expense.status = self.status.or(expense.status);
        expense.category = self.category.or(expense.category);
        expense.subcategory = self.subcategory.or(expense.subcategory.take());
        if expense.kind != before && matches!(expense.kind, Kind::Income | Kind::Transfer) {
            expense.category = None;
            expense.subcategory = None;
        }
        expense.description = self.description.or(expense.description.take());
        expense.notes = self.notes.or(expense.notes.take());
        expense.merchant = self.merchant.or(expense.merchant.take());
        expense.date = self.date.or(expense.date);
        expense.payment_method = self.payment_method.or(expense.payment_method);
        expense.tags = self.tags.or(std::mem::take(&mut expense.tags));
        expense.splits = self.splits.unwrap_or_else(|| std::mem::take(&mut expense.splits));
        expense.location = self.location.or(expense.location.take());
        expense.amount = self.amount;
        let checked = expense.check();
        expense.derive();
        checked
    }
}

impl Expense {
    /// Whether its fields fit each other, each being fine by itself.
    pub fn check(&self) -> Result<(), Problems> {
        let mut problems = Problems::default();
        if let Some(problem) = split::unbalanced(self.splits.iter().map(|split| split.amount), self.amount) {
            problems.add("splits", problem);
        }
        if matches!(self.kind, Kind::Income | Kind::Transfer) {
            if self.category.is_some() {
                problems.add("category", Problem::MustBeEmpty);
            }
            if !self.splits.is_empty() {
                problems.add("splits", Problem::MustBeEmpty);
            }
        }
        if self.leg().is_some() {
            if self.kind != Kind::Transfer {
                problems.add("kind", Problem::NotOneOf { allowed: vec![Kind::Transfer.as_str().to_owned()] });
            }
            if self.account_id.is_none() {
                problems.add("accountId", Problem::Required);
            }
        }
        if self.category.is_none() && self.subcategory.is_some() {
            problems.add("subcategory", Problem::MustBeEmpty);
        }
        if self.merchant.is_none() && self.description.is_none() {
            problems.add("merchant", Problem::Required);
        }
        problems.into_result(())
    }
}

/// Reads a partial change of `before`: {version, …}.
pub fn read_change(value: &Value, before: &Expense) -> Result<ExpenseChange, Problems> {
    let mut reader = Reader::new(value);
    let version = reader.required("version", |value| input::integer(value, 1, i64::MAX));
    let currency = reader.change("currency", input::currency).or(before.amount.currency());
    let minor = reader.change("amount", |value| input::positive_amount(value, currency));
    let minor = match minor {
        Change::Set(minor) => minor,
        Change::Keep if currency == before.amount.currency() || reader.has_problem("amount") => before.amount.minor(),
        Change::Keep => {
            reader.problem("amount", Problem::Required);
            1
        }
    };
    let amount = Money::new(minor, currency);
    let change = ExpenseChange {
        version: version.unwrap_or(1),
        budget_id: reader.change_optional("budgetId", input::id),
        account_id: reader.change_optional("accountId", input::id),
        kind: reader.change("kind", |value| input::word(value, Kind::WORDS)),
        status: reader.change("status", |value| input::word(value, Status::WORDS)),
        amount,
        category: reader.change_optional("category", category),
        subcategory: reader.change_optional("subcategory", input::text),
        description: reader.change_optional("description", input::notes),
        notes: reader.change_optional("notes", input::notes),
        merchant: reader.change_optional("merchant", input::text),
        date: reader.change("date", input::date),
        payment_method: reader.change_optional("paymentMethod", |value| input::word(value, PaymentMethod::WORDS)),
        tags: match reader.change_optional("tags", read_tags) {
            Change::Keep => Change::Keep,
            Change::Set(tags) => Change::Set(tags.unwrap_or_default()),
        },
        splits: read_splits(&mut reader, Some(currency), None, Kind::Expense),
        location: if reader.has("location") {
            Change::Set(reader.object("location", location::read).flatten())
        } else {
            Change::Keep
        },
    };
    reader.finish()?;
    Ok(change)
}

fn read_amount(reader: &mut Reader<'_>, currency: Option<Currency>) -> Option<i64> {
    if let Some(currency) = currency {
        return reader.required("amount", |value| input::positive_amount(value, currency));
    }
    // Without a currency the decimals can't be judged, the rest can.
    reader.required("amount", |value| {
        money::parse_minor(input::number_text(value)?, 3)
            .map_err(|_| Problem::NotANumber)
            .and_then(|minor| if minor > 0 { Ok(minor) } else { Err(Problem::NotPositive) })
    });
    None
}

fn category(value: &Value) -> Result<Category, Problem> {
    input::word(value, &CATEGORY_WORDS)
}

/// The most tags of one expense.
pub const TAGS_MAX: usize = 20;

/// At most [`TAGS_MAX`] tags of 50 characters, each once. A form sends them in one text, divided by commas or blanks.
pub fn read_tags(value: &Value) -> Result<Vec<String>, Problem> {
    let mut tags: Vec<String> = match value {
        Value::Text(text) => text
            .split([',', ' '])
            .map(|tag| tag.trim_start_matches('#').to_owned())
            .filter(|tag| !tag.is_empty())
            .collect(),
        _ => input::list(value, TAGS_MAX, input::text)?,
    };
    if tags.iter().any(|tag| tag.chars().count() > 50) {
        return Err(Problem::TooLong { max: 50 });
    }
    let mut seen = Vec::with_capacity(tags.len());
    tags.retain(|tag| {
        !seen.contains(tag) && {
            seen.push(tag.clone());
            true
        }
    });
    if tags.len() > TAGS_MAX { Err(Problem::TooLong { max: TAGS_MAX }) } else { Ok(tags) }
}

fn check_kind(reader: &mut Reader<'_>, kind: Kind, category: Option<Category>, subcategory: Option<&str>) {
    if matches!(kind, Kind::Income | Kind::Transfer) && category.is_some() {
        reader.problem("category", Problem::MustBeEmpty);
    }
    if category.is_none() && subcategory.is_some() {
        reader.problem("subcategory", Problem::MustBeEmpty);
    }
}

/// The splits, if any were sent. With the amount known they must sum to it.
fn read_splits(
    reader: &mut Reader<'_>,
    currency: Option<Currency>,
    amount: Option<i64>,
    kind: Kind,
) -> Option<Vec<Split>> {
    let list = match reader.raw("splits") {
        None => return None,
        Some(Value::Null) => return Some(Vec::new()),
        Some(Value::List(list)) => list,
        Some(_) => {
            reader.problem("splits", input::wrong_type("list"));
            return None;
        }
    };
    let currency = currency?;
    if !list.is_empty() && matches!(kind, Kind::Income | Kind::Transfer) {
        reader.problem("splits", Problem::MustBeEmpty);
    }
    match split::read(list, currency, amount) {
        Ok(parts) => Some(parts),
        Err(problems) => {
            for (field, problem) in problems.0 {
                let dot = if field.is_empty() { "" } else { "." };
                reader.problem(&format!("splits{dot}{field}"), problem);
            }
            None
        }
    }
}
