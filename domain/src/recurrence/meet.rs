//! Which row of a bank is a payment of a series, and how a payment that was made ahead becomes what the bank says.
use super::{Frequency, Series};
use crate::{
    Date,
    currency::Currency,
    expense::{Kind, Split},
    merchant::{clean, merchant_key},
    money::split_by_weights,
    period::days_between,
};
use serde::{Deserialize, Serialize};

/// A bank's row is so many days off at most: banks don't work on weekends and holidays.
pub const DAYS_OFF: i32 = 5;

/// What the payments of a series look like on a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Likeness {
    /// As its merchant may be called.
    merchants: Vec<String>,
    /// Whether money goes out.
    out: bool,
    currency: Currency,
    /// The smallest and the largest amount, in minor units.
    range: (i64, i64),
    /// So many days off at most.
    days: i32,
}

/// A bank's row as it is compared.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Its day.
    pub date: Date,
    /// Minor units, money out below zero.
    pub signed: i64,
    /// Of the amount.
    pub currency: Currency,
    /// The key of its merchant.
    pub merchant_key: &'a str,
    /// The merchant as printed.
    pub printed: Option<&'a str>,
}

impl Likeness {
    /// Of a series; none where it has no merchant to be known by, or moves no money in or out.
    pub fn of(series: &Series) -> Option<Self> {
        let merchant = series.template.merchant.as_deref()?;
        let mut merchants = vec![merchant_key(merchant), cleaned(merchant)];
        merchants.retain(|key| !key.is_empty());
        merchants.dedup();
        let out = match series.template.kind {
            Kind::Expense => true,
            Kind::Refund | Kind::Income => false,
            Kind::Transfer => return None,
        };
        let (low, high) = series.amount_range();
        // A week has room for half of it on each side; nothing shorter repeats.
        let days = match (series.pattern.frequency, series.pattern.interval) {
            (Frequency::Weekly, 0 | 1) => 3,
            _ => DAYS_OFF,
        };
        let range = (low.saturating_sub(low / 4), high.saturating_add(high / 4));
        (!merchants.is_empty()).then(|| Self {
            merchants,
            out,
            currency: series.template.amount.currency(),
            range,
            days,
        })
    }

    /// How many days a bank's row is off from the day of the payment, where it is that: the same merchant, an amount like those
    /// of the series (a quarter more or less), a few days apart.
    pub fn days_off(&self, due: Date, row: &Seen<'_>) -> Option<i32> {
        let off = days_between(due, row.date).abs();
        let fits = off <= self.days
            && row.currency == self.currency
            && (row.signed < 0) == self.out
            && (self.range.0..=self.range.1).contains(&row.signed.saturating_abs());
        (fits && self.is_called(row)).then_some(off)
    }

    fn is_called(&self, row: &Seen<'_>) -> bool {
        let known = |key: &str| self.merchants.iter().any(|merchant| merchant == key);
        known(row.merchant_key) || row.printed.is_some_and(|printed| known(&cleaned(printed)))
    }
}

fn cleaned(merchant: &str) -> String {
    clean(merchant).key
}

/// The parts of another amount, in the same proportions. A part of which nothing is left goes.
pub fn scaled(splits: &[Split], amount: i64) -> Vec<Split> {
    let weights: Vec<u64> = splits.iter().map(|split| split.amount.unsigned_abs()).collect();
    let parts = split_by_weights(amount, &weights);
    let part = |(split, amount): (&Split, i64)| Split { amount, ..split.clone() };
    splits.iter().zip(parts).map(part).filter(|split| split.amount > 0).collect()
}
