//! The regional formats, one row each (Unicode CLDR 48).
use super::words::{self, Words};
use crate::currency::Currency;

/// Where the sign and the minus stand. `·` is a no-break space.
#[derive(Clone, Copy)]
pub(super) enum MoneyPattern {
    /// `−$3.20`; a sign that ends in a letter keeps its distance: `−CHF·3.20`
    SignFirst,
    /// `−€·3,20`
    SignFirstSpaced,
    /// `CHF·3.20` but `CHF−3.20`
    Swiss,
    /// `−3,20·€`
    SignLast,
}

/// How days are written.
#[derive(Clone, Copy)]
pub(super) enum DatePattern {
    /// `Tue, Nov 3` and `Nov 3, 2026`
    MonthFirst,
    /// `Tue 3 Nov` and `3 Nov 2026`, with what stands after the weekday and after the day
    DayFirst { after_weekday: &'static str, after_day: &'static str },
    /// `11月3日(火)` and `2026年11月3日`
    Japanese,
}

/// How months are written.
#[derive(Clone, Copy)]
pub(super) enum MonthPattern {
    /// `November 2026`, with what stands between
    MonthYear(&'static str),
    /// `2026年11月`
    Japanese,
}

/// One region's format.
pub(super) struct Format {
    pub(super) tag: &'static str,
    pub(super) decimal: char,
    /// between groups of digits in amounts
    pub(super) group: char,
    /// the same in counts and percentages (Austria differs)
    pub(super) count_group: char,
    /// the leftmost group needs so many digits for there to be groups: 2 leaves 1234 whole
    pub(super) min_group: usize,
    /// groups of two digits after the first three: 12,34,567
    pub(super) lakh: bool,
    pub(super) money: MoneyPattern,
    pub(super) percent: &'static str,
    pub(super) dates: DatePattern,
    pub(super) months: MonthPattern,
    pub(super) words: &'static Words,
    /// signs that differ from [`Currency::symbol`]
    pub(super) symbols: &'static [(Currency, &'static str)],
    /// what people there are paid in
    pub(super) currency: Currency,
}

const ENGLISH: Format = Format {
    tag: "en-US",
    decimal: '.',
    group: ',',
    count_group: ',',
    min_group: 1,
    lakh: false,
    money: MoneyPattern::SignFirst,
    percent: "%",
    dates: DatePattern::MonthFirst,
    months: MonthPattern::MonthYear(" "),
    words: &words::EN,
    symbols: &[],
    currency: Currency::USD,
};

const GERMAN: Format = Format {
    tag: "de-DE",
    decimal: ',',
    group: '.',
    count_group: '.',
    money: MoneyPattern::SignLast,
    percent: "\u{a0}%",
    dates: DatePattern::DayFirst { after_weekday: " ", after_day: ". " },
    words: &words::DE,
    currency: Currency::EUR,
    ..ENGLISH
};

const DAY_MONTH: DatePattern = DatePattern::DayFirst { after_weekday: " ", after_day: " " };
const DAY_MONTH_COMMA: DatePattern = DatePattern::DayFirst { after_weekday: ", ", after_day: " " };

/// The first one is where nothing is known.
pub(super) static FORMATS: [Format; 11] = [
    ENGLISH,
    Format {
        tag: "en-GB",
        dates: DAY_MONTH,
        words: &words::EN_GB,
        symbols: &[(Currency::USD, "US$")],
        currency: Currency::GBP,
        ..ENGLISH
    },
    Format {
        tag: "en-IN",
        lakh: true,
        dates: DAY_MONTH_COMMA,
        words: &words::EN_GB,
        currency: Currency::INR,
        ..ENGLISH
    },
    Format {
        tag: "en-CA",
        symbols: &[(Currency::CAD, "$"), (Currency::USD, "US$")],
        currency: Currency::CAD,
        ..ENGLISH
    },
    GERMAN,
    Format {
        tag: "de-AT",
        count_group: '\u{a0}',
        money: MoneyPattern::SignFirstSpaced,
        words: &words::DE_AT,
        ..GERMAN
    },
    Format {
        tag: "de-CH",
        decimal: '.',
        group: '\'',
        count_group: '\'',
        money: MoneyPattern::Swiss,
        percent: "%",
        symbols: &[(Currency::EUR, "EUR")],
        currency: Currency::CHF,
        ..GERMAN
    },
    Format {
        tag: "fr-FR",
        group: '\u{202f}',
        count_group: '\u{202f}',
        dates: DAY_MONTH,
        words: &words::FR,
        symbols: &[(Currency::USD, "$US"), (Currency::CAD, "$CA"), (Currency::AUD, "$AU")],
        ..GERMAN
    },
    Format {
        tag: "es-ES",
        min_group: 2,
        dates: DAY_MONTH_COMMA,
        months: MonthPattern::MonthYear(" de "),
        words: &words::ES,
        symbols: &[(Currency::USD, "US$")],
        ..GERMAN
    },
    Format { tag: "hi-IN", lakh: true, dates: DAY_MONTH_COMMA, words: &words::HI, currency: Currency::INR, ..ENGLISH },
    Format {
        tag: "ja-JP",
        dates: DatePattern::Japanese,
        months: MonthPattern::Japanese,
        words: &words::JA,
        symbols: &[(Currency::JPY, "￥")],
        currency: Currency::JPY,
        ..ENGLISH
    },
];
