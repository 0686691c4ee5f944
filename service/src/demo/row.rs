//! A row of the example before it is entered: what the form for an expense would be filled with.
use domain::{
    Date,
    category::Category,
    currency::Currency,
    expense::{Kind, PaymentMethod},
    ids::{AccountId, BudgetId},
    input::Value,
    money::Money,
};

/// Where the money comes from, or goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pocket {
    /// The current account: salaries, rent, bills, the debit card.
    Checking,
    /// The credit card.
    Card,
    /// What is in the purse.
    Cash,
}

impl Pocket {
    /// All of them, in the order in which `seed` opens accounts for them.
    pub(super) const ALL: [Self; 3] = [Self::Checking, Self::Card, Self::Cash];
}

/// Parts of a receipt: what for, minor units, and what it was.
pub(super) type Parts = Vec<(Category, i64, &'static str)>;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) date: Date,
    pub(super) kind: Kind,
    /// Above zero.
    pub(super) amount: Money,
    pub(super) category: Option<Category>,
    pub(super) subcategory: Option<&'static str>,
    pub(super) merchant: &'static str,
    pub(super) description: Option<&'static str>,
    pub(super) notes: Option<&'static str>,
    pub(super) pocket: Pocket,
    pub(super) method: PaymentMethod,
    pub(super) tags: Vec<&'static str>,
    pub(super) parts: Parts,
}

impl Row {
    /// Paid in euros with the debit card. `minor`: cents.
    pub(super) fn paid(date: Date, minor: i64, category: Category, merchant: &'static str) -> Self {
        Self {
            date,
            kind: Kind::Expense,
            amount: Money::new(minor.max(1), Currency::EUR),
            category: Some(category),
            subcategory: None,
            merchant,
            description: None,
            notes: None,
            pocket: Pocket::Checking,
            method: PaymentMethod::Card,
            tags: Vec::new(),
            parts: Vec::new(),
        }
    }

    /// Taken from the current account by who sends the bill.
    pub(super) fn debited(date: Date, minor: i64, category: Category, merchant: &'static str) -> Self {
        Self { method: PaymentMethod::DirectDebit, ..Self::paid(date, minor, category, merchant) }
    }

    /// A standing order or a transfer to somebody.
    pub(super) fn sent(date: Date, minor: i64, category: Category, merchant: &'static str) -> Self {
        Self { method: PaymentMethod::Transfer, ..Self::paid(date, minor, category, merchant) }
    }

    /// What comes in.
    pub(super) fn income(date: Date, minor: i64, from: &'static str) -> Self {
        Self { kind: Kind::Income, category: None, ..Self::sent(date, minor, Category::Miscellaneous, from) }
    }

    /// From one own pocket to another: counts nowhere.
    pub(super) fn moved(date: Date, minor: i64, to: &'static str) -> Self {
        Self { kind: Kind::Transfer, category: None, ..Self::sent(date, minor, Category::Miscellaneous, to) }
    }

    /// Money that came back.
    #[must_use]
    pub(super) fn refunded(self) -> Self {
        Self { kind: Kind::Refund, ..self }
    }

    /// Nobody has said yet what it was for.
    #[must_use]
    pub(super) fn unsorted(self) -> Self {
        Self { category: None, subcategory: None, ..self }
    }

    #[must_use]
    pub(super) fn in_cash(self) -> Self {
        Self { pocket: Pocket::Cash, method: PaymentMethod::Cash, ..self }
    }

    #[must_use]
    pub(super) fn by_card(self) -> Self {
        Self { pocket: Pocket::Card, method: PaymentMethod::Card, ..self }
    }

    /// The same number of minor units of another currency, by credit card.
    #[must_use]
    pub(super) fn in_currency(self, currency: Currency) -> Self {
        Self { amount: Money::new(self.amount.minor(), currency), ..self.by_card() }
    }

    #[must_use]
    pub(super) fn under(self, subcategory: &'static str) -> Self {
        Self { subcategory: Some(subcategory), ..self }
    }

    #[must_use]
    pub(super) fn about(self, description: &'static str) -> Self {
        Self { description: Some(description), ..self }
    }

    #[must_use]
    pub(super) fn noting(self, notes: &'static str) -> Self {
        Self { notes: Some(notes), ..self }
    }

    #[must_use]
    pub(super) fn tagged(mut self, tags: &[&'static str]) -> Self {
        self.tags.extend_from_slice(tags);
        self
    }

    /// A receipt with things for several categories; the parts sum to the amount.
    #[must_use]
    pub(super) fn divided(self, parts: Parts) -> Self {
        let minor = parts.iter().map(|(_, minor, _)| minor).sum();
        Self { amount: Money::new(minor, self.amount.currency()), parts, ..self }
    }

    /// As the use-case for a new expense takes it. `accounts` in the order of [`Pocket::ALL`].
    pub(super) fn input(&self, budget: BudgetId, accounts: &[AccountId; 3]) -> Value {
        let place = Pocket::ALL.iter().position(|pocket| *pocket == self.pocket).unwrap_or(0);
        let currency = self.amount.currency();
        let mut fields = vec![
            ("budgetId", text(budget.to_string())),
            ("accountId", text(accounts[place].to_string())),
            ("date", text(self.date.to_string())),
            ("kind", text(self.kind.as_str())),
            ("amount", Value::Number(self.amount.to_decimal())),
            ("currency", text(currency.code())),
            ("merchant", text(self.merchant)),
            ("paymentMethod", text(self.method.as_str())),
            ("tags", Value::List(self.tags.iter().map(|tag| text(*tag)).collect())),
        ];
        let optional = [
            ("category", self.category.map(Category::as_str)),
            ("subcategory", self.subcategory),
            ("description", self.description),
            ("notes", self.notes),
        ];
        fields.extend(optional.into_iter().filter_map(|(name, value)| Some((name, text(value?)))));
        if !self.parts.is_empty() {
            let part = |&(category, minor, memo): &(Category, i64, &str)| {
                object(vec![
                    ("category", text(category.as_str())),
                    ("amount", Value::Number(Money::new(minor, currency).to_decimal())),
                    ("memo", text(memo)),
                ])
            };
            fields.push(("splits", Value::List(self.parts.iter().map(part).collect())));
        }
        object(fields)
    }
}

pub(super) fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

pub(super) fn object(fields: Vec<(&str, Value)>) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
