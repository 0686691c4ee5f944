//! Takes a line apart: words, numbers and signs, each with its place in the text.
use super::vocab;
use crate::words;
use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// as a plain decimal where its digits are no digits (`三千`); else it is read as the region writes numbers
    Number(Option<String>),
    Sign(char),
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    /// in small letters without accents; a number's own text
    pub(super) folded: String,
    pub(super) kind: Kind,
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number(_))
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// The tokens of a text. `blank_groups`: blanks stand between groups of three digits in the region.
pub(super) fn tokens(text: &str, blank_groups: bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, kind) = if letter.is_whitespace() || letter.is_control() {
            (letter.len_utf8(), None)
        } else if let Some((length, value)) = east_asian_number(rest) {
            (length, Some(Kind::Number(Some(value))))
        } else if is_digit(letter) || is_mark(letter) && rest.chars().nth(1).is_some_and(is_digit) {
            number_or_word(rest, blank_groups)
        } else if matches!(letter, 'x' | 'X') && is_times(&tokens, at, rest) {
            (1, Some(Kind::Word))
        } else if is_unspaced(letter) {
            (unspaced(rest), Some(Kind::Word))
        } else if letter.is_alphanumeric() {
            (word(rest), Some(Kind::Word))
        } else {
            (letter.len_utf8(), Some(Kind::Sign(plain_sign(letter))))
        };
        if let Some(kind) = kind {
            let folded =
                if matches!(kind, Kind::Word) { words::folded(&rest[..length]) } else { rest[..length].to_owned() };
            tokens.push(Token { range: at..at + length, folded, kind });
        }
        at += length.max(1);
    }
    tokens
}

/// Whether an x stands between two numbers: `3x4.99`, `3.99 x2`.
fn is_times(tokens: &[Token], at: usize, rest: &str) -> bool {
    let is_behind = tokens.last().is_some_and(|last| last.is_number() && at <= last.range.end + 1);
    is_behind && rest[1..].starts_with(|c: char| is_digit(c) || is_mark(c))
}

pub(super) fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '０'..='９' | '०'..='९')
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '.' | ',' | '，' | '．')
}

/// One sign for those that look alike.
fn plain_sign(letter: char) -> char {
    match letter {
        '\u{2212}' | '\u{2010}'..='\u{2014}' | '－' => '-',
        '＋' => '+',
        '×' | '＊' | '⋅' => '*',
        '÷' | '／' => '/',
        '＃' => '#',
        '＠' => '@',
        '％' => '%',
        other => other,
    }
}

/// A number, or a word that begins with one (`24h`, `7-Eleven`, `2x` before a word).
fn number_or_word(rest: &str, blank_groups: bool) -> (usize, Option<Kind>) {
    let length = number(rest, blank_groups);
    let after = &rest[length..];
    let glued = letters(after);
    if glued > 0 {
        let suffix = words::folded(&after[..glued]);
        let begins_number = |c: char| is_digit(c) || is_mark(c) || vocab::is_currency_sign(c);
        let is_times = suffix == "x" && after[glued..].trim_start().starts_with(begins_number);
        let is_word = vocab::is_known_word(&[&rest[..length], &suffix].concat());
        if !is_times && (is_word || !vocab::may_follow_a_number(&suffix)) {
            return (length + word(after), Some(Kind::Word));
        }
    } else if let Some(name) = after.strip_prefix('-')
        && name.starts_with(|c: char| c.is_alphabetic() && !is_unspaced(c))
    {
        return (length + 1 + word(name), Some(Kind::Word));
    }
    (length, Some(Kind::Number(None)))
}

/// Bytes of digits and the marks between them.
fn number(rest: &str, blank_groups: bool) -> usize {
    let mut end = 0;
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let after = &rest[at + letter.len_utf8()..];
        let goes_on = if is_digit(letter) {
            true
        } else if is_mark(letter) || matches!(letter, '\'' | '’') {
            next.is_some_and(is_digit)
        } else if letter.is_whitespace() && end > 0 {
            (blank_groups || matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2009}')) && is_group(after, &rest[..end])
        } else {
            false
        };
        if !goes_on {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

/// Whether exactly three digits follow what may be the groups before them.
fn is_group(after: &str, before: &str) -> bool {
    let digits = after.chars().take_while(|c| is_digit(*c)).count();
    let leading = before.chars().rev().take_while(|c| is_digit(*c)).count();
    digits == 3 && (1..=3).contains(&leading) && !before.contains([',', '.'])
}

/// Bytes of letters (of scripts with blanks) and their marks.
fn letters(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_alphabetic() || is_joined(c)) || is_unspaced(c) || is_digit(c)).unwrap_or(rest.len())
}

/// Marks of letters, and what joins them without being seen.
fn is_joined(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter) || matches!(letter, '\u{200c}' | '\u{200d}')
}

/// Bytes of a word: letters and digits, with signs that stand within names (`Joe's`, `H&M`, `EC-Karte`, `booking.com`). A
/// currency's code before digits ends where they begin.
fn word(rest: &str) -> usize {
    let first = letters(rest);
    if rest[first..].trim_start_matches('.').starts_with(is_digit) && vocab::may_precede_a_number(&rest[..first]) {
        return first + usize::from(rest[first..].starts_with('.'));
    }
    let mut end = 0;
    let mut all = rest.char_indices().peekable();
    while let Some((at, letter)) = all.next() {
        let next = all.peek().map(|(_, next)| *next);
        let is_letter = (letter.is_alphanumeric() || is_joined(letter)) && !is_unspaced(letter);
        let is_within = matches!(letter, '\'' | '’' | '&' | '-' | '.' | '\u{2010}' | '\u{2011}' | '_')
            && next.is_some_and(|next| next.is_alphabetic() && !is_unspaced(next));
        if !is_letter && !is_within {
            break;
        }
        end = at + letter.len_utf8();
    }
    end.max(rest.chars().next().map_or(1, char::len_utf8))
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Script {
    Han,
    Katakana,
    Hiragana,
}

fn script(letter: char) -> Option<Script> {
    match letter {
        '\u{3041}'..='\u{309f}' => Some(Script::Hiragana),
        '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => Some(Script::Katakana),
        '\u{3005}'..='\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
            Some(Script::Han)
        }
        _ => None,
    }
}

fn is_unspaced(letter: char) -> bool {
    script(letter).is_some()
}

/// Bytes of a word in a text without blanks: a known one, or letters of one script up to the next known one.
fn unspaced(rest: &str) -> usize {
    if let Some(known) = vocab::longest_unspaced(rest) {
        return known;
    }
    let first = rest.chars().next().and_then(script);
    let mut end = 0;
    for (at, letter) in rest.char_indices() {
        let is_other = script(letter) != first;
        let begins_known =
            at > 0 && vocab::longest_unspaced(&rest[at..]).is_some_and(|known| known > letter.len_utf8());
        if at > 0 && (is_other || begins_known) {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

/// A number with Han digits or powers of ten (`三千五百`, `1万2千`) before a currency: its bytes and its plain decimal.
fn east_asian_number(rest: &str) -> Option<(usize, String)> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let end =
        rest.find(|c: char| !(is_digit(c) || DIGITS.contains(c) || "十百千万億兆".contains(c))).unwrap_or(rest.len());
    let number = &rest[..end];
    if number.chars().all(is_digit) || !vocab::is_unspaced_currency(&rest[end..]) {
        return None;
    }
    let (mut total, mut section, mut digits) = (0_i64, 0_i64, None::<i64>);
    for letter in number.chars() {
        let digit = DIGITS.chars().position(|digit| digit == letter).and_then(|digit| i64::try_from(digit).ok());
        let digit = digit.or_else(|| words::folded(&letter.to_string()).parse().ok().filter(|_| is_digit(letter)));
        if let Some(digit) = digit {
            digits = Some(digits.unwrap_or(0).checked_mul(10)?.checked_add(digit)?);
            continue;
        }
        let power = 10_i64.pow(match letter {
            '十' => 1,
            '百' => 2,
            '千' => 3,
            '万' => 4,
            '億' => 8,
            _ => 12,
        });
        if power < 10_000 {
            section = section.checked_add(digits.take().unwrap_or(1).checked_mul(power)?)?;
        } else {
            let count = section.checked_add(digits.take().unwrap_or(0))?.max(1);
            total = total.checked_add(count.checked_mul(power)?)?;
            section = 0;
        }
    }
    let value = total.checked_add(section)?.checked_add(digits.unwrap_or(0))?;
    Some((end, value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pieces(text: &str) -> String {
        let all = tokens(text, false);
        all.iter()
            .map(|token| match &token.kind {
                Kind::Word => token.folded.clone(),
                Kind::Number(None) => format!("[{}]", token.folded),
                Kind::Number(Some(value)) => format!("[={value}]"),
                Kind::Sign(sign) => format!("<{sign}>"),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn lines() {
        for (text, expected) in [
            ("lunch 12,50 bei Joe's #work", "lunch [12,50] bei joe's <#> work"),
            ("$1,200.50", "<$> [1,200.50]"),
            ("3x4.99 3 x 4", "[3] x [4.99] [3] x [4]"),
            ("2x Kaffee 24h 5km A4 7-Eleven", "2x kaffee 24h 5km a4 7-eleven"),
            ("20€ 20eur EUR20 Rs.500 CHF 5.", "[20] <€> [20] eur eur [20] rs. [500] chf [5] <.>"),
            ("H&M, EC-Karte amazon.de!", "h&m <,> ec-karte amazon.de <!>"),
            ("1st 3rd 2.", "[1] st [3] rd [2] <.>"),
            ("昨日スタバで珈琲450円", "昨日 スタバ で 珈琲 [450] 円"),
            ("三千五百円 1万2千円 二十円", "[=3500] 円 [=12000] 円 [=20] 円"),
            ("कल चाय १५ रुपये", "कल चाय [१५] रुपये"),
            (".50 −3", "[.50] <-> [3]"),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
        assert_eq!(tokens("1 234,50", true).len(), 1);
        assert_eq!(tokens("1 234,50", false).len(), 2);
        assert_eq!(tokens("12 34", true).len(), 2);
    }

    proptest! {
        #[test]
        fn tokens_are_in_order_and_in_the_text(text in "\\PC{0,40}") {
            let mut end = 0;
            for token in tokens(&text, true) {
                prop_assert!(token.range.start >= end && token.range.end > token.range.start);
                prop_assert!(text.get(token.range.clone()).is_some());
                end = token.range.end;
            }
        }
    }
}
