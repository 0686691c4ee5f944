//! Unpacks `data/ecb-rates.bin`, which `scripts/compact-rates` writes from the bank's history.
//!
//! The format: `ECB1`; how many days; for each, how many days after the one before (the first after 1970-01-01); how many
//! currencies; for each, the three letters of its code, one byte of scale (decimals), how many stretches of days have a
//! rate; for each stretch, how many days are skipped before it and how many it has; then for each day with a rate the
//! mantissa less the mantissa before (the first less 0). All numbers are LEB128 varints; differences may be negative and
//! are zigzag-coded (0, -1, 1, -2, …).
use super::{Cell, Rate, RateTable};
use crate::currency::Currency;
use jiff::{ToSpan, civil::Date};

static PACKED: &[u8] = include_bytes!("../../data/ecb-rates.bin");

/// The table. The file is ours and a test reads it whole, so that it can't be broken at run time.
pub(super) fn table() -> RateTable {
    unpack(PACKED).expect("the table that is built in was checked by the tests")
}

/// None if the bytes aren't such a table.
fn unpack(packed: &[u8]) -> Option<RateTable> {
    let mut reader = Reader(packed.strip_prefix(b"ECB1")?);
    let length = usize::try_from(reader.number()?).ok().filter(|&days| days <= packed.len())?;
    let mut days = Vec::with_capacity(length);
    let mut day = Date::constant(1970, 1, 1);
    for _ in 0..length {
        day = day.checked_add(i32::try_from(reader.number()?).ok()?.days()).ok()?;
        days.push(day);
    }
    let mut columns = Vec::new();
    for _ in 0..reader.number()? {
        let code = reader.take(3)?;
        let scale = *reader.take(1)?.first()?;
        let cells = column(&mut reader, &days, scale)?;
        // Currencies that went after the file was packed are read and left out.
        if let Ok(currency) = std::str::from_utf8(code).ok()?.parse::<Currency>() {
            columns.push((currency, cells));
        }
    }
    columns.sort_by_key(|&(currency, _)| currency);
    (reader.0.is_empty() && days.is_sorted_by(|a, b| a < b)).then_some(RateTable { days, columns })
}

/// The rates of one currency.
fn column(reader: &mut Reader, days: &[Date], scale: u8) -> Option<Vec<Cell>> {
    let mut cells = vec![Cell::NONE; days.len()];
    let mut stretches = Vec::new();
    let mut end = 0_usize;
    for _ in 0..reader.number()? {
        let start = end.checked_add(usize::try_from(reader.number()?).ok()?)?;
        end = start.checked_add(usize::try_from(reader.number()?).ok()?)?;
        stretches.push(start..end);
    }
    let mut mantissa = 0_i64;
    for day in stretches.into_iter().flatten() {
        mantissa = mantissa.checked_add(reader.difference()?)?;
        *cells.get_mut(day)? = Cell::of(Rate { mantissa, scale, date: *days.get(day)? })?;
    }
    Some(cells)
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..63).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn difference(&mut self) -> Option<i64> {
        let number = i64::try_from(self.number()?).ok()?;
        Some(number >> 1 ^ -(number & 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_file_is_whole() {
        let table = unpack(PACKED).unwrap();
        assert_eq!(table.first_date(), Some(date(2015, 1, 2)));
        assert!(table.latest_date() >= Some(date(2026, 10, 30)));
        assert!(table.columns.len() >= 25 && table.columns.is_sorted_by(|a, b| a.0 < b.0));
        let bytes: usize = table.columns.iter().map(|(_, cells)| size_of_val(cells.as_slice())).sum();
        assert!(bytes + size_of_val(table.days.as_slice()) < 1 << 20, "less than a megabyte in memory");
        assert!(PACKED.len() < 160_000);
    }

    #[test]
    fn spots_of_the_history() {
        let table = unpack(PACKED).unwrap();
        for (code, on, rate) in [
            ("USD", date(2026, 10, 30), "1.1172"),
            ("JPY", date(2026, 10, 30), "175.68"),
            ("ISK", date(2026, 10, 30), "136"),
            ("IDR", date(2026, 10, 30), "20275.17"),
            ("ZAR", date(2026, 10, 30), "18.6455"),
            ("USD", date(2015, 1, 2), "1.2043"),
            ("GBP", date(2015, 1, 2), "0.78"),
            ("RUB", date(2015, 1, 2), "70.461"),
        ] {
            let quote: Currency = code.parse().unwrap();
            assert_eq!(table.rate(Currency::EUR, quote, on).unwrap().to_decimal(), rate, "{code} {on}");
        }
    }

    #[test]
    fn anything_broken_is_no_table() {
        for length in (0..PACKED.len()).step_by(14_657) {
            assert_eq!(unpack(&PACKED[..length]), None);
        }
        assert_eq!(unpack(b"ECB1\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), None);
        assert_eq!(unpack(b"ECB1\x00\x00\x00"), None);
        assert_eq!(unpack(b"ECB1\x00\x00"), Some(RateTable::default()));
    }
}
