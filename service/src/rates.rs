//! Exchange rates: the European Central Bank's reference rates that ship with the program.
use domain::{Date, currency::Currency, rates::RateTable};
use serde::{Deserialize, Serialize};

/// Where the rates come from.
pub const SOURCE: &str = "European Central Bank";

/// All rates of a day against one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RateSheet {
    /// One unit of it …
    pub base: Currency,
    /// … on this day (the last one before the day asked for that has rates) …
    pub date: Date,
    /// … as published by …
    pub source: String,
    /// … is so many units of these, as decimals.
    pub rates: Vec<(Currency, String)>,
}

/// The rates of a day (none: `today`) against a currency (none: EUR). `None` where there are none for it.
pub fn rates(base: Option<Currency>, date: Option<Date>, today: Date) -> Option<RateSheet> {
    let base = base.unwrap_or(Currency::EUR);
    let day = table().rates(base, date.unwrap_or(today))?;
    Some(RateSheet { base: day.base, date: day.date, source: SOURCE.to_owned(), rates: day.rates })
}

pub(crate) fn table() -> &'static RateTable {
    RateTable::embedded()
}
