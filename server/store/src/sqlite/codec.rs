//! Between SQL values and the types of `domain`, both ways; what can't be read is an error, never a guess.
use super::failure::{Failure, Outcome};
use domain::{
    Date,
    category::Category,
    currency::Currency,
    expense::{Kind, PaymentMethod, Status},
    period::Month,
};
use jiff::Timestamp;
use rusqlite::{CachedStatement, Connection, Params, Row};
use serde::{Serialize, de::DeserializeOwned};
use std::str::FromStr;

/// yyyymmdd.
pub(super) fn day(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// yyyymm.
pub(super) fn month(month: Month) -> i64 {
    i64::from(month.year) * 100 + i64::from(month.month)
}

/// Microseconds since 1970.
pub(super) fn instant(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The place of a word in its list. The lists only ever grow at their end (a test pins them).
pub(super) fn code<T: PartialEq>(all: &[T], word: &T) -> i64 {
    all.iter().position(|known| known == word).and_then(|index| i64::try_from(index).ok()).unwrap_or(-1)
}

pub(super) fn kind(kind: Kind) -> i64 {
    code(Kind::ALL, &kind)
}

pub(super) fn status(status: Status) -> i64 {
    code(Status::ALL, &status)
}

pub(super) fn payment_method(method: PaymentMethod) -> i64 {
    code(PaymentMethod::ALL, &method)
}

pub(super) fn category(category: Category) -> i64 {
    code(&Category::ALL, &category)
}

/// JSON text; empty lists are not stored.
pub(super) fn list<T: Serialize>(list: &[T]) -> Outcome<Option<String>> {
    if list.is_empty() { Ok(None) } else { Ok(Some(serde_json::to_string(list)?)) }
}

pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Outcome<String> {
    Ok(serde_json::to_string(value)?)
}

/// A row's columns, read one after the other.
pub(super) struct Columns<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl<'r, 's> Columns<'r, 's> {
    pub(super) const fn new(row: &'r Row<'s>) -> Self {
        Self { row, next: 0 }
    }

    /// Any type of the driver.
    pub(super) fn get<T: rusqlite::types::FromSql>(&mut self) -> Outcome<T> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    pub(super) fn id<T>(&mut self, make: fn([u8; 12]) -> T) -> Outcome<T> {
        self.get().map(make)
    }

    pub(super) fn optional_id<T>(&mut self, make: fn([u8; 12]) -> T) -> Outcome<Option<T>> {
        Ok(self.get::<Option<[u8; 12]>>()?.map(make))
    }

    pub(super) fn day(&mut self) -> Outcome<Date> {
        to_date(self.get()?)
    }

    pub(super) fn optional_day(&mut self) -> Outcome<Option<Date>> {
        self.get::<Option<i64>>()?.map(to_date).transpose()
    }

    pub(super) fn instant(&mut self) -> Outcome<Timestamp> {
        to_instant(self.get()?)
    }

    pub(super) fn optional_instant(&mut self) -> Outcome<Option<Timestamp>> {
        self.get::<Option<i64>>()?.map(to_instant).transpose()
    }

    /// A count that is never negative.
    pub(super) fn count(&mut self) -> Outcome<u64> {
        u64::try_from(self.get::<i64>()?).map_err(Failure::corrupt)
    }

    pub(super) fn currency(&mut self) -> Outcome<Currency> {
        self.text(|text| text.parse().map_err(Failure::corrupt))
    }

    pub(super) fn optional_currency(&mut self) -> Outcome<Option<Currency>> {
        self.get::<Option<String>>()?.map(|text| text.parse().map_err(Failure::corrupt)).transpose()
    }

    /// A word of a fixed list, stored as text.
    pub(super) fn word<T: FromStr>(&mut self) -> Outcome<T> {
        self.text(|text| text.parse().map_err(|_| Failure::corrupt(format_args!("the word {text:?}"))))
    }

    /// A word of a fixed list, stored as its place.
    pub(super) fn coded<T: Copy>(&mut self, all: &[T]) -> Outcome<T> {
        let code: i64 = self.get()?;
        from_code(all, code)
    }

    pub(super) fn optional_coded<T: Copy>(&mut self, all: &[T]) -> Outcome<Option<T>> {
        self.get::<Option<i64>>()?.map(|code| from_code(all, code)).transpose()
    }

    pub(super) fn json<T: DeserializeOwned>(&mut self) -> Outcome<T> {
        self.text(|text| Ok(serde_json::from_str(text)?))
    }

    /// A value as JSON, if there is one.
    pub(super) fn optional_json<T: DeserializeOwned>(&mut self) -> Outcome<Option<T>> {
        let text = self.get::<Option<String>>()?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// A list as JSON, where nothing stands for the empty one.
    pub(super) fn list<T: DeserializeOwned>(&mut self) -> Outcome<Vec<T>> {
        match self.get::<Option<String>>()? {
            Some(text) => Ok(serde_json::from_str(&text)?),
            None => Ok(Vec::new()),
        }
    }

    /// Reads a text without copying it first.
    fn text<T>(&mut self, read: impl FnOnce(&str) -> Outcome<T>) -> Outcome<T> {
        let value = self.row.get_ref(self.next)?.as_str().map_err(Failure::corrupt)?;
        self.next += 1;
        read(value)
    }
}

fn to_date(number: i64) -> Outcome<Date> {
    let part = |value: i64| i8::try_from(value).map_err(Failure::corrupt);
    let year = i16::try_from(number.div_euclid(10_000)).map_err(Failure::corrupt)?;
    let rest = number.rem_euclid(10_000);
    Date::new(year, part(rest / 100)?, part(rest % 100)?).map_err(Failure::corrupt)
}

pub(super) fn to_instant(micros: i64) -> Outcome<Timestamp> {
    Timestamp::from_microsecond(micros).map_err(Failure::corrupt)
}

fn from_code<T: Copy>(all: &[T], code: i64) -> Outcome<T> {
    usize::try_from(code)
        .ok()
        .and_then(|index| all.get(index))
        .copied()
        .ok_or_else(|| Failure::corrupt(format_args!("the code {code}")))
}

/// All rows of a query.
pub(super) fn all<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    mut read: impl FnMut(&mut Columns<'_, '_>) -> Outcome<T>,
) -> Outcome<Vec<T>> {
    let mut found = Vec::new();
    each(connection, sql, params, |columns| {
        found.push(read(columns)?);
        Ok(())
    })?;
    Ok(found)
}

/// The first row of a query.
pub(super) fn first<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&mut Columns<'_, '_>) -> Outcome<T>,
) -> Outcome<Option<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    match rows.next()? {
        Some(row) => read(&mut Columns::new(row)).map(Some),
        None => Ok(None),
    }
}

/// Each row of a query, one at a time.
pub(super) fn each(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    mut read: impl FnMut(&mut Columns<'_, '_>) -> Outcome<()>,
) -> Outcome<()> {
    let mut statement: CachedStatement<'_> = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        read(&mut Columns::new(row))?;
    }
    Ok(())
}

/// Runs a statement; how many rows it changed.
pub(super) fn run(connection: &Connection, sql: &str, params: impl Params) -> Outcome<usize> {
    Ok(connection.prepare_cached(sql)?.execute(params)?)
}

/// Whether a query has a row.
pub(super) fn exists(connection: &Connection, sql: &str, params: impl Params) -> Outcome<bool> {
    Ok(connection.prepare_cached(sql)?.exists(params)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::category::COUNT;

    /// What is on disk must not change its meaning.
    #[test]
    fn codes_are_pinned() {
        assert_eq!(Kind::WORDS, ["expense", "refund", "income", "transfer"]);
        assert_eq!(Status::WORDS, ["draft", "needs_review", "cleared", "reconciled"]);
        assert_eq!(PaymentMethod::WORDS, ["cash", "card", "transfer", "direct_debit", "check", "wallet", "other"]);
        let names = Category::ALL.map(Category::as_str);
        assert_eq!(names[..5], ["housing", "food", "transportation", "utilities", "healthcare"]);
        assert_eq!(names[5..COUNT], ["entertainment", "savings", "emergency", "investments", "miscellaneous"]);
    }

    #[test]
    fn dates_sort_as_numbers() {
        let dates = [Date::MIN, Date::constant(-1, 12, 31), Date::constant(1900, 1, 1), Date::MAX];
        assert!(dates.windows(2).all(|pair| day(pair[0]) < day(pair[1])));
        for date in dates {
            assert_eq!(to_date(day(date)).unwrap(), date);
        }
        assert!(to_date(20_260_230).is_err());
    }
}
