//! Exchange rates by day, and exact conversion between any two currencies through the euro.
//!
//! The embedded table is the European Central Bank's euro foreign exchange reference rates (source: European Central
//! Bank, <https://www.ecb.europa.eu>; free reuse with attribution, for information only). There is none for weekends and
//! holidays: then the last day before counts, at most [`OLDEST_DAYS`] back, and a conversion says which day that was.
use crate::{
    currency::Currency,
    money::{MAX_MINOR, Money},
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

mod cross;
#[cfg(feature = "rates-data")]
mod packed;
mod rate;

pub use cross::CrossRate;
use rate::Cell;
pub use rate::Rate;

/// Whom the rates come from, for the page that shows them.
pub const SOURCE: &str = "European Central Bank";

/// A rate older than this no longer counts: the currency has stopped being quoted.
pub const OLDEST_DAYS: i32 = 10;

/// Rates against the euro, by day and currency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RateTable {
    /// in order
    days: Vec<Date>,
    /// by code; one cell for each day
    columns: Vec<(Currency, Vec<Cell>)>,
}

/// An amount in another currency, and how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Converted {
    /// in the other currency
    pub amount: Money,
    /// units of the other currency for one of the first, as [`CrossRate::to_decimal`] writes it
    pub rate: String,
    /// the day of the rate
    pub rate_date: Date,
}

/// The rates of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DayRates {
    /// units of the others for one of this
    pub base: Currency,
    /// the day that the rates are of
    pub date: Date,
    /// decimals, by code of currency
    pub rates: Vec<(Currency, String)>,
}

impl RateTable {
    /// The table that comes with the program. Unpacked at the first call.
    #[cfg(feature = "rates-data")]
    pub fn embedded() -> &'static Self {
        static TABLE: std::sync::OnceLock<RateTable> = std::sync::OnceLock::new();
        TABLE.get_or_init(packed::table)
    }

    /// A table of single rates (units of the currency for one euro). The later of two for one day and currency counts; the
    /// euro's own and what is no rate ([`Rate::is_valid`]) are left out.
    pub fn from_points(points: impl IntoIterator<Item = (Currency, Rate)>) -> Self {
        let points: Vec<_> = points
            .into_iter()
            .filter_map(|(currency, rate)| {
                (currency != Currency::EUR).then_some((currency, rate.date, Cell::of(rate)?))
            })
            .collect();
        let mut days: Vec<Date> = points.iter().map(|&(_, date, _)| date).collect();
        days.sort_unstable();
        days.dedup();
        let mut table = Self { days, columns: Vec::new() };
        for (currency, date, cell) in points {
            let Ok(day) = table.days.binary_search(&date) else { continue };
            let column = table.columns.binary_search_by_key(&currency, |&(known, _)| known).unwrap_or_else(|place| {
                table.columns.insert(place, (currency, vec![Cell::NONE; table.days.len()]));
                place
            });
            table.columns[column].1[day] = cell;
        }
        table
    }

    /// This table with newer (or corrected) rates.
    #[must_use]
    pub fn updated(&self, points: impl IntoIterator<Item = (Currency, Rate)>) -> Self {
        Self::from_points(self.points().chain(points))
    }

    /// Each rate against the euro.
    pub fn points(&self) -> impl Iterator<Item = (Currency, Rate)> + '_ {
        self.columns.iter().flat_map(|(currency, cells)| {
            self.days.iter().zip(cells).filter_map(|(&date, cell)| Some((*currency, cell.rate(date)?)))
        })
    }

    /// The last day with rates; None for an empty table.
    pub fn latest_date(&self) -> Option<Date> {
        self.days.last().copied()
    }

    /// The first day with rates; None for an empty table.
    pub fn first_date(&self) -> Option<Date> {
        self.days.first().copied()
    }

    /// The currencies that there ever was a rate for, with the euro.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> + '_ {
        std::iter::once(Currency::EUR).chain(self.columns.iter().map(|&(currency, _)| currency))
    }

    /// What one `base` is worth in `quote` on a day: by the last rates at or before it (after the table's end: its last
    /// ones). None if a currency has no rate in the [`OLDEST_DAYS`] before: nothing is guessed.
    pub fn rate(&self, base: Currency, quote: Currency, on: Date) -> Option<CrossRate> {
        if base == quote {
            return Some(CrossRate::same(base, on));
        }
        match (base, quote) {
            (Currency::EUR, _) => {
                let leg = self.leg(quote, on)?;
                Some(CrossRate::new(base, Rate::one(leg.date), quote, leg))
            }
            (_, Currency::EUR) => {
                let leg = self.leg(base, on)?;
                Some(CrossRate::new(base, leg, quote, Rate::one(leg.date)))
            }
            _ => Some(CrossRate::new(base, self.leg(base, on)?, quote, self.leg(quote, on)?)),
        }
    }

    /// An amount in another currency, rounded once to its minor unit. None without a rate, or beyond what can be kept.
    pub fn convert(&self, money: Money, to: Currency, on: Date) -> Option<Converted> {
        let rate = self.rate(money.currency(), to, on)?;
        let amount = rate.convert(money.minor()).filter(|minor| minor.unsigned_abs() <= MAX_MINOR.unsigned_abs())?;
        Some(Converted { amount: Money::new(amount, to), rate: rate.to_decimal(), rate_date: rate.date() })
    }

    /// What the bank gave on the last day at or before `on`, for one euro, as decimals. Empty if that is too long ago.
    pub fn rates_of(&self, on: Date) -> Vec<(Currency, String)> {
        self.rates(Currency::EUR, on).map(|rates| rates.rates).unwrap_or_default()
    }

    /// The same for one of any `base`, with the day. Currencies without a rate on that very day are left out; None if that
    /// is so for the base.
    pub fn rates(&self, base: Currency, on: Date) -> Option<DayRates> {
        let day = self.day(on)?;
        let date = self.days[day];
        if base != Currency::EUR {
            self.column(base)?.get(day)?.rate(date)?;
        }
        let others = self.currencies().filter(|&currency| currency != base);
        let mut rates: Vec<_> = others
            .filter_map(|quote| self.rate(base, quote, date).filter(|rate| rate.date() == date))
            .map(|rate| (rate.quote(), rate.to_decimal()))
            .collect();
        rates.sort_unstable_by_key(|&(currency, _)| currency);
        Some(DayRates { base, date, rates })
    }

    /// The last rate of a currency at or before a day.
    fn leg(&self, currency: Currency, on: Date) -> Option<Rate> {
        let cells = self.column(currency)?;
        let oldest = oldest(on.min(self.latest_date()?));
        let before = self.days.partition_point(|&date| date <= on);
        (0..before)
            .rev()
            .take_while(|&day| self.days[day] >= oldest)
            .find_map(|day| cells.get(day)?.rate(self.days[day]))
    }

    /// The last day of the table at or before `on`.
    fn day(&self, on: Date) -> Option<usize> {
        let oldest = oldest(on.min(self.latest_date()?));
        let day = self.days.partition_point(|&date| date <= on).checked_sub(1)?;
        (self.days[day] >= oldest).then_some(day)
    }

    fn column(&self, currency: Currency) -> Option<&[Cell]> {
        let place = self.columns.binary_search_by_key(&currency, |&(known, _)| known).ok()?;
        Some(&self.columns[place].1)
    }
}

fn oldest(on: Date) -> Date {
    on.saturating_sub(OLDEST_DAYS.days())
}

#[cfg(test)]
mod tests;
