//! The fields of one line: `:61:`, and balances such as `:60F:`.
use crate::{
    Date,
    import::{DecimalMark, RejectReason, amount, amount::Side, text::raw},
};

/// An entry's values. The amount is not in minor units yet: its currency decides how many decimals there are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Values<'a> {
    /// Value date: the day from which it counts.
    pub(super) date: Date,
    pub(super) side: Side,
    /// It is only expected (`EC`, `ED` of MT942).
    pub(super) expected: bool,
    /// Digits and a mark.
    pub(super) amount: &'a str,
    /// The owner's reference.
    pub(super) reference: &'a str,
    /// The bank's reference, behind `//`.
    pub(super) bank_reference: &'a str,
}

/// Takes `:61:` apart: value date, entry date, mark, funds code, amount, kind of transaction, references.
pub(super) fn values(line: &str) -> Result<Values<'_>, RejectReason> {
    let line = line.trim();
    let digits = digits(line);
    let (day, rest) = line.split_at(digits);
    let date = date(day).ok_or_else(|| RejectReason::BadDate { text: raw(day_text(line)) })?;
    let rest = rest.trim_start();
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (mark, rest) = rest.split_at(letters);
    let (side, expected) = side(mark).ok_or_else(|| RejectReason::UnknownDirection { text: raw(mark) })?;
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(rest.len());
    let (amount, rest) = rest.split_at(end);
    if amount.is_empty() {
        return Err(RejectReason::MissingAmount);
    }
    // One letter and three more name the kind of transaction.
    let kind = rest.char_indices().nth(4).map_or(rest.len(), |(at, _)| at);
    let known = rest.starts_with(['N', 'S', 'F', 'n', 's', 'f']);
    let references = if known { &rest[kind..] } else { rest };
    let (reference, bank_reference) = references.split_once("//").unwrap_or((references, ""));
    Ok(Values { date, side, expected, amount, reference: reference.trim(), bank_reference: bank_reference.trim() })
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// What stands where the date should.
fn day_text(line: &str) -> &str {
    line.get(..6).unwrap_or(line)
}

/// C adds and D takes away; R in front of them turns that: the entry undoes an earlier one. What follows is the funds
/// code, the last letter of the currency or more of its code.
fn side(mark: &str) -> Option<(Side, bool)> {
    let mark = mark.to_ascii_uppercase();
    let (turned, expected, rest) = match mark.as_bytes() {
        [b'R', b'C' | b'D', ..] => (true, false, &mark[1..]),
        [b'E', b'C' | b'D', ..] => (false, true, &mark[1..]),
        _ => (false, false, mark.as_str()),
    };
    let side = match (rest.as_bytes().first()?, turned) {
        (b'C', false) | (b'D', true) => Side::In,
        (b'D', false) | (b'C', true) => Side::Out,
        _ => return None,
    };
    (rest.len() <= 4).then_some((side, expected))
}

/// `YYMMDD`, with the entry date behind it or not; some write the century. The 30th and 31st of months that are
/// shorter are their last day: banks that count 30 days for each month write so.
fn date(digits: &str) -> Option<Date> {
    let with_century = matches!(digits.len(), 8 | 12 | 16);
    let day = digits.get(..if with_century { 8 } else { 6 })?;
    let number = |from: usize, to: usize| day.get(from..to)?.parse::<i16>().ok();
    let (year, rest) = if with_century { (number(0, 4)?, 4) } else { (number(0, 2)?, 2) };
    let year = match year {
        0..70 if !with_century => 2000 + year,
        70..100 if !with_century => 1900 + year,
        _ => year,
    };
    let (month, day) = (number(rest, rest + 2)?, number(rest + 2, rest + 4)?);
    if !(1900..2200).contains(&year) || !(1..=31).contains(&day) {
        return None;
    }
    let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    Date::new(year, first.month(), i8::try_from(day).ok()?.min(first.days_in_month())).ok()
}

/// A balance: mark, date, currency, amount (`C100311NOK94372951,20`).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Balance<'a> {
    pub(super) negative: bool,
    pub(super) currency: &'a str,
    pub(super) amount: &'a str,
}

/// Takes a balance apart.
pub(super) fn balance(text: &str) -> Option<Balance<'_>> {
    let text = text.trim();
    let negative = text.starts_with(['D', 'd']);
    let rest = text.get(1..).filter(|_| negative || text.starts_with(['C', 'c']))?;
    let rest = rest[digits(rest)..].trim_start();
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (currency, amount) = rest.split_at(letters);
    Some(Balance { negative, currency, amount: amount.trim() })
}

/// The amount in minor units. The mark of decimals is a comma; some banks write a point, or points between groups.
pub(super) fn minor(text: &str, exponent: u8) -> Result<i64, RejectReason> {
    let is_group = |behind: &str| behind.len() == 3 && exponent < 3;
    let mark = match (text.rfind(','), text.rfind('.')) {
        (None, Some(at)) if is_group(&text[at + 1..]) => {
            return Err(RejectReason::AmbiguousAmount { text: raw(text) });
        }
        (None, Some(_)) => DecimalMark::Point,
        (Some(comma), Some(point)) if point > comma => DecimalMark::Point,
        _ => DecimalMark::Comma,
    };
    // Zeros in front fill the field: they are no group.
    let padded = text.trim_start_matches('0');
    let core = if padded.starts_with(|c: char| c.is_ascii_digit()) { padded } else { text };
    amount::minor(core, mark, exponent).map_err(|error| RejectReason::of_amount(error, &raw(text), exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries() {
        for (line, date, side, amount, reference, bank) in [
            ("1003230323DK5968,64NTRFmed//melding", "2010-03-23", Side::Out, "5968,64", "med", "melding"),
            ("130101D000000000025,00N102EREF   ", "2013-01-01", Side::Out, "000000000025,00", "EREF", ""),
            ("0709040904CR300,NTRFTFNr 40005 MSGID//07", "2007-09-04", Side::In, "300,", "TFNr 40005 MSGID", "07"),
            ("0709040904RCR204,88NRTINONREF", "2007-09-04", Side::Out, "204,88", "NONREF", ""),
            ("0709040904RD1,NRTI", "2007-09-04", Side::In, "1,", "", ""),
            ("1602300301DR6,00N024NONREF", "2016-02-29", Side::Out, "6,00", "NONREF", ""),
            ("201908240824C5.34NMSC", "2019-08-24", Side::In, "5.34", "", ""),
            ("250101 CEUR5,34NMSC x", "2025-01-01", Side::In, "5,34", "x", ""),
        ] {
            let values = values(line).map(|values| {
                (
                    values.date.to_string(),
                    values.side,
                    values.amount.to_owned(),
                    values.reference.to_owned(),
                    values.bank_reference.to_owned(),
                )
            });
            let wanted = (date.to_owned(), side, amount.to_owned(), reference.to_owned(), bank.to_owned());
            assert_eq!(values, Ok(wanted), "{line}");
        }
        assert!(values("250101ED5,34NMSC").unwrap().expected);
    }

    #[test]
    fn what_is_no_entry() {
        let code = |line: &str| values(line).unwrap_err().code();
        assert_eq!(code("251301D5,00NTRF"), "badDate");
        assert_eq!(code("D5,00NTRF"), "badDate");
        assert_eq!(code("250101X5,00NTRF"), "unknownDirection");
        assert_eq!(code("250101DNTRF"), "unknownDirection");
        assert_eq!(code("250101D"), "missingAmount");
    }

    #[test]
    fn amounts() {
        for (text, minor) in [
            ("5968,64", 596_864),
            ("300,", 30_000),
            ("0,", 0),
            ("000000025,00", 2_500),
            ("1.234,5", 123_450),
            ("12.34", 1_234),
            ("1,500", 150),
        ] {
            assert_eq!(super::minor(text, 2), Ok(minor), "{text}");
        }
        assert_eq!(super::minor("1.500", 2).unwrap_err().code(), "ambiguousAmount");
        assert_eq!(super::minor("1,505", 2).unwrap_err().code(), "tooManyDecimals");
        assert_eq!(super::minor("1,2,3", 2).unwrap_err().code(), "badAmount");
        assert_eq!(
            balance("D070903EUR970499,9"),
            Some(Balance { negative: true, currency: "EUR", amount: "970499,9" })
        );
        assert_eq!(balance("X070903EUR970499,9"), None);
    }
}
