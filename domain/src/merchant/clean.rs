//! The shop's own name out of what a bank prints: without processors, booking words, numbers of stores and references,
//! places, countries and legal forms. It is made from the print each time and stored nowhere: what rows are found by
//! stays [`merchant_key`](super::merchant_key).
use super::{fold, merchant_key, noise};
use std::borrow::Cow;

/// The longest print that is looked at, in characters: a bank's purpose can be a page.
const LONGEST: usize = 300;
/// How often the steps are repeated at most; each takes something away, and almost all names are done after two.
const ROUNDS: usize = 12;

/// A merchant without what a bank prints around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CleanMerchant {
    /// as it may be shown: `Joe's Coffee`
    pub name: String,
    /// as it is compared: folded words with single spaces between them, `joes coffee`; empty only for an empty print
    pub key: String,
}

/// The merchant of a bank's print: `SQ *JOE'S COFFEE #1234 SEATTLE WA` is `Joe's Coffee`, `REWE SAGT DANKE 4711 BERLIN`
/// is `REWE`. What is a clean name already stays as it is. A print that is nothing but noise is its own name.
pub fn clean(printed: &str) -> CleanMerchant {
    let mut text = with_tags_apart(visible(printed));
    for _ in 0..ROUNDS {
        let next = step(&text);
        if next == text {
            break;
        }
        text = next;
    }
    let key = key_of(&text);
    if key.is_empty() {
        let name = visible(printed);
        let key = merchant_key(&name);
        return CleanMerchant { name, key };
    }
    CleanMerchant { name: text, key }
}

/// The folded words of a name, without apostrophes, with single spaces between them.
pub(crate) fn key_of(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for word in fold(name).split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c)) {
        let word: Cow<'_, str> =
            if word.contains(is_apostrophe) { word.replace(is_apostrophe, "").into() } else { word.into() };
        if !word.is_empty() {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&word);
        }
    }
    key.chars().take(80).collect()
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´' | 'ʼ')
}

/// On one line, without what has no width, at most [`LONGEST`] characters.
fn visible(text: &str) -> String {
    let shown: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The marks that divide a SEPA purpose, `SVWZ+…EREF+…`, with blanks around them.
fn with_tags_apart(mut text: String) -> String {
    for tag in ["ABWA+", "BIC+", "CRED+", "EREF+", "IBAN+", "KREF+", "MREF+", "SVWZ+"] {
        if text.contains(tag) {
            text = text.replace(tag, &format!(" {tag} "));
        }
    }
    text
}

/// A word as printed and as compared.
struct Token<'a> {
    printed: &'a str,
    folded: String,
}

impl Token<'_> {
    fn has_letter(&self) -> bool {
        self.folded.contains(char::is_alphabetic)
    }
    fn digits(&self) -> usize {
        self.folded.chars().filter(char::is_ascii_digit).count()
    }
    /// Letters in capitals only, at least one.
    fn is_capitals(&self) -> bool {
        self.has_letter() && !self.printed.contains(char::is_lowercase)
    }
    /// A number of a store, card, day or receipt, never a part of a name like `7-Eleven`, `Studio 54` or `H2O`.
    fn is_number(&self) -> bool {
        let digits = self.digits();
        let letters = self.folded.chars().filter(|c| c.is_alphabetic()).count();
        let marked = self.printed.starts_with(['#', '*', '№']) && digits > 0;
        let masked = self.folded.trim_start_matches(['x', '*', '.']).chars().all(|c| c.is_ascii_digit());
        marked
            || (digits > 0 && letters == 0 && (digits >= 3 || self.is_day()))
            || (digits >= 3 && masked)
            || (digits >= 2 && letters > 0 && digits + letters >= 6 && !self.folded.contains('-'))
            || (digits >= 3 && letters <= 1 && !self.folded.contains(['&', '+']))
            || (digits >= 5 && digits > letters)
    }
    /// `24.12.`, `24/12`, `11:32`, `2026-11-24`.
    fn is_day(&self) -> bool {
        self.digits() >= 2 && self.printed.contains(['.', '/', ':', '-'])
    }
    /// Nothing but signs.
    fn is_signs(&self) -> bool {
        !self.folded.contains(char::is_alphanumeric)
    }
    /// The folded word without signs at its ends.
    fn word(&self) -> &str {
        self.folded.trim_matches(|c: char| !c.is_alphanumeric())
    }
}

fn step(text: &str) -> String {
    let text = behind_beginning(text);
    let text = before_divider(text);
    let text = without_processor(text);
    let spaced = without_address(&text);
    let mut tokens: Vec<Token<'_>> = spaced
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|printed| Token { printed, folded: fold(printed) })
        .collect();
    drop_booking(&mut tokens);
    let cut = cut_at_noise(&mut tokens);
    drop_tail(&mut tokens, cut);
    while tokens.len() > 1 && tokens.last().is_some_and(Token::is_signs) {
        tokens.pop();
    }
    let words: Vec<&str> = tokens.iter().map(|token| token.printed).collect();
    let name = words.join(" ");
    let name =
        name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '!' | '(' | ')' | '+' | '&' | '\'' | '.'));
    shown(name.trim_end_matches('.').trim_start_matches('.'))
}

/// What stands behind "your purchase at" and its like.
fn behind_beginning(text: &str) -> &str {
    for beginning in noise::BEGINNINGS {
        if let Some(at) = find_words(text, beginning) {
            let rest = text[at..].trim_start_matches(|c: char| !c.is_alphanumeric());
            if rest.contains(char::is_alphabetic) {
                return rest;
            }
        }
    }
    text
}

/// The byte behind the words in `text` (compared folded, whole words), if something precedes or follows them.
fn find_words(text: &str, wanted: &str) -> Option<usize> {
    let wanted: Vec<&str> = wanted.split(' ').collect();
    let mut words: Vec<(String, usize)> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((fold(&text[from..at]), at));
                start = None;
            }
            _ => {}
        }
    }
    let place = words
        .windows(wanted.len())
        .position(|window| window.iter().zip(&wanted).all(|((word, _), wanted)| word == wanted))?;
    Some(words[place + wanted.len() - 1].1)
}

/// What stands before `//`, a backslash or a wide gap, as girocards and fixed columns divide name and place.
fn before_divider(text: &str) -> &str {
    let mut end = text.len();
    for divider in ["//", "\\", " / ", ";"] {
        if let Some(at) = text.find(divider)
            && text[..at].chars().filter(|c| c.is_alphabetic()).count() >= 2
        {
            end = end.min(at);
        }
    }
    &text[..end]
}

/// Without a processor's prefix; a star that divides two parts of a name becomes a blank.
fn without_processor(text: &str) -> String {
    if let Some(at) = text.find(['*', '_']) {
        let (before, after) = (text[..at].trim(), text[at + 1..].trim_start_matches([' ', '*']));
        let named = fold(before);
        let code =
            named.chars().count() <= 3 && named.chars().all(char::is_alphanumeric) && text[at..].starts_with('*');
        let known = noise::PROCESSORS.contains(named.as_str());
        if !before.is_empty() && after.contains(char::is_alphabetic) && (known || code) {
            return after.to_owned();
        }
        if after.contains(char::is_alphanumeric) && before.contains(char::is_alphanumeric) {
            return format!("{before} {after}");
        }
    }
    text.to_owned()
}

/// `WWW.SHOP.COM/BILL` is `SHOP`; other words stay.
fn without_address(text: &str) -> String {
    const DOMAINS: [&str; 30] = [
        ".com", ".net", ".org", ".de", ".at", ".ch", ".fr", ".it", ".es", ".nl", ".be", ".pl", ".cz", ".se", ".no",
        ".dk", ".fi", ".ie", ".eu", ".io", ".ca", ".ru", ".in", ".co", ".us", ".tv", ".pt", ".hu", ".ro", ".gr",
    ];
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let mut rest = word;
        for prefix in ["https://", "http://", "www."] {
            if rest.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)) {
                rest = &rest[prefix.len()..];
            }
        }
        let address = rest.split('/').next().unwrap_or(rest);
        let lower = address.to_ascii_lowercase();
        let two = [".co.uk", ".com.au", ".com.br", ".com.mx", ".co.jp", ".co.nz", ".com.tr", ".com.pl"];
        let ending =
            two.iter().chain(&DOMAINS).find(|ending| lower.len() >= ending.len() + 2 && lower.ends_with(**ending));
        let Some(ending) = ending else {
            words.push(rest);
            continue;
        };
        let site = &address[..address.len() - ending.len()];
        // Behind the name, `HELP.UBER.COM` only says where to ask.
        let named = words.iter().any(|word| word.contains(char::is_alphabetic));
        if !(named && (site.contains('.') || rest.len() < word.len())) {
            words.push(site);
        }
    }
    words.join(" ")
}

/// Takes booking words, days and long numbers from the front, as long as a word with letters is left.
fn drop_booking(tokens: &mut Vec<Token<'_>>) {
    loop {
        let longest = (1..=4.min(tokens.len())).rev().find(|&count| {
            let words: Vec<&str> = tokens[..count].iter().map(Token::word).filter(|word| !word.is_empty()).collect();
            let words = words.join(" ");
            noise::BOOKING.contains(words.as_str())
        });
        let first = tokens.first();
        let count = longest.unwrap_or_else(|| {
            usize::from(first.is_some_and(|token| {
                token.is_signs() || (!token.has_letter() && (token.is_day() || token.digits() >= 4))
            }))
        });
        if count == 0 || !tokens[count..].iter().any(Token::has_letter) {
            return;
        }
        tokens.drain(..count);
    }
}

/// Cuts where the name has ended: at thanks, references and numbers of stores. Says whether something was cut.
fn cut_at_noise(tokens: &mut Vec<Token<'_>>) -> bool {
    let named = |tokens: &[Token<'_>]| tokens.iter().any(Token::has_letter);
    let end = (1..tokens.len()).find(|&at| {
        named(&tokens[..at])
            && (tokens[at].is_number()
                || (1..=3.min(tokens.len() - at)).any(|count| {
                    let words: Vec<&str> = tokens[at..at + count].iter().map(Token::word).collect();
                    noise::ENDINGS.contains(words.join(" ").as_str()) && (count > 1 || at + 1 < tokens.len())
                }))
    });
    let Some(end) = end else { return false };
    let number = tokens[end].is_number();
    tokens.truncate(end);
    while number && tokens.len() > 1 && tokens.last().is_some_and(|last| noise::NUMBERED.contains(last.word())) {
        tokens.pop();
    }
    true
}

/// Takes countries, states, cities and legal forms from the end, as long as a word is left.
fn drop_tail(tokens: &mut Vec<Token<'_>>, mut placed: bool) {
    while tokens.len() > 1 {
        let count = (1..=4.min(tokens.len() - 1)).rev().find(|&count| {
            named_before(tokens, count) && is_tail(&tokens[tokens.len() - count..], placed, tokens.len() - count)
        });
        let Some(count) = count else { return };
        placed = true;
        tokens.truncate(tokens.len() - count);
    }
}

fn named_before(tokens: &[Token<'_>], count: usize) -> bool {
    tokens[..tokens.len() - count].iter().any(|token| token.word().chars().filter(|c| c.is_alphabetic()).count() >= 2)
}

fn is_tail(tail: &[Token<'_>], placed: bool, left: usize) -> bool {
    let words: Vec<&str> = tail.iter().map(Token::word).filter(|word| !word.is_empty()).collect();
    let plain: String = words.join(" ").replace(['.', '-', '/'], " ");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = plain.as_str();
    if noise::LEGAL.contains(text) || noise::LEGAL.contains(words.join(" ").as_str()) {
        // `As` and `Se` are words; a legal form is in capitals, has signs, or is longer.
        return text.len() > 2 || tail.iter().all(Token::is_capitals) || text == "ag" || text == "kg" || text == "bv";
    }
    if tail.len() == 1 && (noise::STATES.contains(text) || (noise::COUNTRIES.contains(text) && text.len() <= 3)) {
        let sure = placed || left > 1 || !noise::CODES_THAT_ARE_WORDS.contains(text);
        return tail[0].is_capitals() && sure;
    }
    if noise::COUNTRIES.contains(text) && text.len() > 3 {
        return true;
    }
    noise::CITIES.contains(text)
}

/// As it is shown: a name in capitals gets small letters, unless it is short (`REWE`, `H&M`) or can't be spoken (`KFC`).
fn shown(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let words = name.split(' ').count();
    let small = name.chars().any(char::is_lowercase);
    if small || letters == 0 || (words == 1 && letters <= 5) {
        return name.to_owned();
    }
    let spoken = |word: &str| word.chars().any(|c| matches!(c, 'A' | 'E' | 'I' | 'O' | 'U' | 'Y') || !c.is_ascii());
    let title = |word: &str| {
        if word.chars().count() <= 3 && !spoken(word) {
            return word.to_owned();
        }
        let mut out = String::with_capacity(word.len());
        let mut start = true;
        for c in word.chars() {
            if start {
                out.push(c);
            } else {
                out.extend(c.to_lowercase());
            }
            // `L'OREAL` and `COCA-COLA` begin anew, `JOE'S` doesn't.
            start = !c.is_alphanumeric() && (!is_apostrophe(c) || out.chars().count() <= 2);
        }
        out
    };
    name.split(' ').map(title).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
