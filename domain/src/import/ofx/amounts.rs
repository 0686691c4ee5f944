//! Amounts of OFX: a decimal point or comma, no currency signs; groups of digits only where the file proves them.
use crate::import::{
    DecimalMark, RejectReason,
    amount::{Written, dissect},
    marks::Evidence,
};

/// How the amounts of one file are written.
pub(super) struct Style {
    mark: Option<DecimalMark>,
    /// Decimals of amounts whose currency is not known.
    pub(super) exponent: u8,
}

impl Style {
    /// Looks at all amounts of the file.
    pub(super) fn of<'a>(amounts: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut evidence = Evidence::default();
        for written in amounts.clone().filter_map(plain) {
            evidence.see(written.core);
        }
        let mark = evidence.proven();
        let style = Self { mark, exponent: 2 };
        let most = amounts.filter_map(plain).map(|written| written.decimals(style.mark_for(written.core))).max();
        Self { exponent: if most.unwrap_or(0) > 2 { 3 } else { 2 }, ..style }
    }

    /// OFX knows no groups, so that a lone mark is the decimal one unless other amounts say otherwise.
    fn mark_for(&self, core: &str) -> DecimalMark {
        self.mark.unwrap_or(if core.contains(',') { DecimalMark::Comma } else { DecimalMark::Point })
    }

    /// The signed amount in minor units.
    pub(super) fn read(&self, text: &str, exponent: u8) -> Result<i64, RejectReason> {
        let owned = || text.to_owned();
        let written = plain(text).ok_or_else(|| RejectReason::BadAmount { text: owned() })?;
        // `1,500` and nothing else in the file: one and a half, or fifteen hundred?
        if self.mark.is_none() && exponent < 3 && is_lone_comma_group(written.core) {
            return Err(RejectReason::AmbiguousAmount { text: owned() });
        }
        let minor = written
            .minor(self.mark_for(written.core), exponent)
            .map_err(|error| RejectReason::of_amount(error, text, exponent))?;
        Ok(if written.negative { -minor } else { minor })
    }
}

/// Digits, marks and a sign, and nothing else.
fn plain(text: &str) -> Option<Written<'_>> {
    dissect(text)
        .filter(|written| written.currency.is_empty() && written.side.is_none() && !text.contains(['(', '=', '"']))
}

fn is_lone_comma_group(core: &str) -> bool {
    core.split_once(',').is_some_and(|(whole, behind)| !whole.starts_with('0') && whole.len() <= 3 && behind.len() == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(all: &[&str], text: &str) -> Result<i64, &'static str> {
        Style::of(all.iter().copied()).read(text, 2).map_err(|reason| reason.code())
    }

    #[test]
    fn by_what_the_file_shows() {
        assert_eq!(read(&["-530,86"], "-530,86"), Ok(-53_086));
        assert_eq!(read(&["-33.7200"], "-33.7200"), Ok(-3_372));
        assert_eq!(read(&["1.034,56", "1.000"], "1.000"), Ok(100_000));
        assert_eq!(read(&["1,034.56", "1,000"], "1,000"), Ok(100_000));
        assert_eq!(read(&["+1 025,53"], "+1 025,53"), Ok(102_553));
        assert_eq!(read(&["1,500"], "1,500"), Err("ambiguousAmount"));
        assert_eq!(read(&["1.500"], "1.500"), Ok(150));
        assert_eq!(read(&["$120"], "$120"), Err("badAmount"));
        assert_eq!(read(&["1.2.3"], "1.2.3"), Err("badAmount"));
        assert_eq!(read(&["0.001"], "0.001"), Err("tooManyDecimals"));
        assert_eq!(read(&[], "9999999999999999"), Err("amountOutOfRange"));
    }
}
