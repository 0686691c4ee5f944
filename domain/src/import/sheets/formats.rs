//! What the format of a number says: that it is a day, or which currency it is shown with.
use crate::import::money_sign::{Meaning, meaning};
use std::collections::HashMap;

/// How a cell shows its number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) as_day: bool,
    pub(super) currency: Option<String>,
}

/// Formats by their number; those below 164 are everybody's.
#[derive(Debug, Default)]
pub(super) struct Formats(HashMap<u16, Shown>);

impl Formats {
    /// Remembers a format of the file's own.
    pub(super) fn put(&mut self, id: u16, code: &str) {
        self.0.insert(id, of_code(code));
    }

    /// What the format says.
    pub(super) fn get(&self, id: u16) -> Shown {
        let built_in = || Shown { as_day: matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58), currency: None };
        self.0.get(&id).cloned().unwrap_or_else(built_in)
    }
}

/// Letters of days and times outside of quotes, brackets and escapes make a day.
fn of_code(code: &str) -> Shown {
    let mut shown = Shown::default();
    let mut plain = String::new();
    let mut rest = code.split(';').next().unwrap_or_default().chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' | '_' | '*' => {
                // A sign may be escaped: `\€`.
                let sign = rest.next().map(String::from);
                shown.currency = shown.currency.or(sign.filter(|sign| c == '\\' && is_sign(sign)));
            }
            '"' => {
                let quoted: String = rest.by_ref().take_while(|c| *c != '"').collect();
                shown.currency = shown.currency.or(Some(quoted.trim().to_owned()).filter(|sign| is_sign(sign)));
            }
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let sign = inside.strip_prefix('$').and_then(|sign| sign.split('-').next()).map(str::to_owned);
                shown.currency = shown.currency.or(sign.filter(|sign| is_sign(sign)));
                // Hours beyond a day: `[h]:mm`.
                if ["h", "hh", "m", "mm", "s", "ss"].contains(&inside.to_ascii_lowercase().as_str()) {
                    plain.push('h');
                }
            }
            _ => plain.push(c.to_ascii_lowercase()),
        }
    }
    let sign = plain.chars().find(|c| matches!(c, '€' | '$' | '£' | '¥')).map(String::from);
    shown.currency = shown.currency.or(sign);
    let is_number =
        plain.contains(['#', '?']) || plain.contains('0') && !plain.contains('s') || plain.contains("general");
    shown.as_day = !is_number
        && plain.contains(['y', 'd', 'm', 'h', 's', 'j', 't', 'a'])
        && plain.chars().any(|c| "ymdhsjta".contains(c));
    shown
}

/// A sign that stands for one currency, or mostly for one.
fn is_sign(text: &str) -> bool {
    let known = matches!(meaning(text), Meaning::One(_) | Meaning::Shared { unsure: false, .. });
    !text.is_empty() && text.chars().count() <= 4 && known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_currencies() {
        for (code, as_day, currency) in [
            ("General", false, None),
            ("0.00", false, None),
            ("#,##0.00\\ \"€\"", false, Some("€")),
            ("#,##0.00\\ [$€-407]", false, Some("€")),
            ("[$$-409]#,##0.00", false, Some("$")),
            ("_($* #,##0.00_)", false, Some("$")),
            ("[$-409]d\\-mmm\\-yy;@", true, None),
            ("dd/mm/yyyy", true, None),
            ("yyyy\"年\"m\"月\"d\"日\"", true, None),
            ("TT.MM.JJJJ", true, None),
            ("[h]:mm:ss", true, None),
            ("mm:ss.0", true, None),
            ("@", false, None),
            ("0%", false, None),
        ] {
            assert_eq!(of_code(code), Shown { as_day, currency: currency.map(str::to_owned) }, "{code}");
        }
        let formats = Formats::default();
        assert!(formats.get(14).as_day && !formats.get(2).as_day);
    }
}
