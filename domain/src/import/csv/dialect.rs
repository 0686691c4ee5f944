//! Exports that are recognised by the names of their columns, and what is known about them that the file doesn't say.
use super::sheet::Sheet;
use crate::{currency::Currency, import::DateOrder};

/// What is known about an export.
pub(super) struct Dialect {
    /// Whose export it is.
    pub(super) name: &'static str,
    /// Columns that it always has, folded.
    needs: &'static [&'static str],
    /// The order of its dates.
    pub(super) order: Option<DateOrder>,
    /// What its amounts are in where no row says it.
    pub(super) currency: Option<Currency>,
    /// A column of fees is taken on top of the amounts.
    pub(super) fee_on_top: bool,
    /// Spending is positive.
    pub(super) spending_positive: bool,
    /// Columns of who paid and who was paid: which of them is the other party says the sign.
    pub(super) parties: Option<(&'static str, &'static str)>,
}

const fn dialect(name: &'static str, needs: &'static [&'static str]) -> Dialect {
    Dialect { name, needs, order: None, currency: None, fee_on_top: false, spending_positive: false, parties: None }
}

const ALL: &[Dialect] = &[
    Dialect {
        order: Some(DateOrder::Mdy),
        currency: Some(Currency::USD),
        ..dialect("Mint", &["original description", "transaction type", "account name", "labels"])
    },
    dialect("YNAB", &["payee", "outflow", "inflow", "memo"]),
    dialect("Actual Budget", &["category group", "split amount", "cleared"]),
    Dialect {
        parties: Some(("source name", "destination name")),
        ..dialect("Firefly III", &["journal id", "source name", "destination name", "currency code"])
    },
    Dialect {
        spending_positive: true,
        ..dialect("Copilot Money", &["parent category", "excluded", "account mask", "recurring"])
    },
    Dialect {
        spending_positive: true,
        ..dialect("Rocket Money", &["original date", "custom name", "ignored from", "institution name"])
    },
    Dialect { fee_on_top: true, ..dialect("Revolut", &["started date", "completed date", "fee", "state"]) },
    Dialect { currency: Some(Currency::USD), ..dialect("Venmo", &["datetime", "amount total", "funding source"]) },
    Dialect {
        currency: Some(Currency::CNY), ..dialect("Alipay", &["交易时间", "交易对方", "收 支", "金额"])
    },
    Dialect {
        currency: Some(Currency::CNY), ..dialect("WeChat Pay", &["交易时间", "交易类型", "收 支", "金额 元"])
    },
    Dialect {
        currency: Some(Currency::INR),
        order: Some(DateOrder::Dmy),
        ..dialect("Paytm", &["wallet txn id", "debit", "credit"])
    },
];

/// The export that has all of its columns, if one has.
pub(super) fn find(sheet: &Sheet<'_>) -> Option<&'static Dialect> {
    ALL.iter().find(|dialect| dialect.needs.iter().all(|need| sheet.names.iter().any(|name| name.words == *need)))
}
