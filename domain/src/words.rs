//! The one tokeniser of the search: what a text is found by, and what somebody asks for. Every store keeps and asks for
//! the same words, so that search finds the same in each of them.
//!
//! Words are runs of letters and digits (Unicode), in small letters and in the compatible form (NFKC: `Ａ` is `A`, half-width
//! kana are whole). Accents of Latin, Greek and Cyrillic letters are dropped by [`fold`]; marks that make other letters of
//! letters (the vowels of Devanagari, the strokes of kana) stay. Where no blanks stand between words (Han, kana, Thai, Lao,
//! Khmer, Burmese) the words are pairs of neighbours.
use crate::merchant::fold;
use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The most characters of a word that are kept; a longer one is found by its beginning.
const LONGEST: usize = 64;
/// The most words that are asked for; the others say nothing that these don't.
const MOST: usize = 32;

/// A word that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// As in [`tokens`].
    pub word: String,
    /// Whether words that only begin with it are meant too.
    pub prefix: bool,
}

impl Term {
    /// Whether one of a text's [`tokens`] is meant.
    pub fn is_in<T: AsRef<str>>(&self, tokens: &[T]) -> bool {
        tokens
            .iter()
            .map(AsRef::as_ref)
            .any(|token| if self.prefix { token.starts_with(&self.word) } else { token == self.word })
    }
}

/// The words by which a text is found, each once, in order.
///
/// - `Joe's` is `joe`, `s` and `joes`; `l'eau` is found by `eau`.
/// - `Bäckerei` is `backerei` and, as Germans type it without its dots, `baeckerei`.
/// - `東京都` is `東京`, `京都` and, since a search for one character must find the last one too, `都`.
/// - Digits stay, those of Devanagari as ASCII.
pub fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for run in runs(text) {
        match run {
            Run::Word(parts) => {
                for part in &parts {
                    push(&mut found, cut(&folded(part)));
                    if let Some(spelt_out) = spelt_out(part) {
                        push(&mut found, cut(&spelt_out));
                    }
                }
                if parts.len() > 1 {
                    push(&mut found, cut(&folded(&parts.concat())));
                }
            }
            Run::Unspaced(letters) => {
                letters.windows(2).for_each(|pair| push(&mut found, pair.iter().collect()));
                letters.last().into_iter().for_each(|last| push(&mut found, last.to_string()));
            }
        }
    }
    found
}

/// What somebody asks for: a text is meant if each of the terms is in its [`tokens`]. The last word may be unfinished, as
/// long as nothing follows it.
pub fn query(text: &str) -> Vec<Term> {
    let is_open = text.chars().next_back().is_some_and(|last| !last.is_whitespace());
    let mut terms: Vec<Term> = Vec::new();
    let mut add = |word: String, prefix: bool| {
        if let Some(known) = terms.iter_mut().find(|known| known.word == word) {
            known.prefix &= prefix;
        } else if terms.len() < MOST && !word.is_empty() {
            terms.push(Term { word, prefix });
        }
    };
    let mut runs = runs(text).into_iter().peekable();
    while let Some(run) = runs.next() {
        let is_last = is_open && runs.peek().is_none();
        match run {
            Run::Word(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    add(cut(&folded(part)), is_last && index + 1 == parts.len());
                }
            }
            // One character is the first of a pair, or the last of its run.
            Run::Unspaced(letters) if letters.len() == 1 => add(letters.iter().collect(), true),
            Run::Unspaced(letters) => letters.windows(2).for_each(|pair| add(pair.iter().collect(), false)),
        }
    }
    terms
}

/// Whether a text is what a search asks for. (Stores ask their own index; this is what they must agree with.)
pub fn is_found(text: &str, asked: &str) -> bool {
    let (tokens, terms) = (tokens(text), query(asked));
    !terms.is_empty() && terms.iter().all(|term| term.is_in(&tokens))
}

/// A word in the form in which words are compared: small letters, accents dropped where they are accents.
pub(crate) fn folded(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut plain = String::new();
    for letter in word.nfkc().filter_map(simplified) {
        if keeps_marks(letter) {
            out.push_str(&fold(&plain));
            plain.clear();
            out.push(letter);
        } else {
            plain.push(letter);
        }
    }
    out.push_str(&fold(&plain));
    out
}

/// Between blanks and signs.
enum Run {
    /// A word, in the parts between its apostrophes.
    Word(Vec<String>),
    /// Letters of a script without blanks.
    Unspaced(Vec<char>),
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let (mut parts, mut part, mut unspaced) = (Vec::new(), String::new(), Vec::new());
    // What a letter is made of may itself be made of letters and signs: NFKC comes first.
    for letter in text.nfkc().filter_map(simplified) {
        if is_unspaced(letter) {
            end_word(&mut runs, &mut parts, &mut part);
            unspaced.push(hiragana(letter));
            continue;
        }
        if !unspaced.is_empty() {
            runs.push(Run::Unspaced(std::mem::take(&mut unspaced)));
        }
        if letter.is_alphanumeric() || is_combining_mark(letter) && !part.is_empty() {
            part.push(letter);
        } else if letter == '\'' && !part.is_empty() {
            parts.push(std::mem::take(&mut part));
        } else {
            end_word(&mut runs, &mut parts, &mut part);
        }
    }
    end_word(&mut runs, &mut parts, &mut part);
    if !unspaced.is_empty() {
        runs.push(Run::Unspaced(unspaced));
    }
    runs
}

fn end_word(runs: &mut Vec<Run>, parts: &mut Vec<String>, part: &mut String) {
    if !part.is_empty() {
        parts.push(std::mem::take(part));
    }
    if !parts.is_empty() {
        runs.push(Run::Word(std::mem::take(parts)));
    }
}

/// One letter for those that are typed one for the other; nothing for what has no width, and for the dot below letters of
/// Devanagari, which is left out as often as not.
fn simplified(letter: char) -> Option<char> {
    Some(match letter {
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{93c}' => {
            return None;
        }
        '’' | 'ʼ' | '‘' | '`' | '´' => '\'',
        'ı' => 'i',
        'ँ' => 'ं',
        '०'..='९' => char::from_digit(u32::from(letter) - u32::from('०'), 10)?,
        other => other,
    })
}

/// Scripts whose marks are no accents: Devanagari and what follows it up to Burmese, kana, Hangul.
fn keeps_marks(letter: char) -> bool {
    is_unspaced(letter)
        || matches!(letter, '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{fff}' | '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7ff}')
}

/// Letters (and marks) of scripts that put no blanks between words.
fn is_unspaced(letter: char) -> bool {
    let in_script = matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}');
    in_script && (letter.is_alphanumeric() || is_combining_mark(letter)) && !is_digit(letter)
}

/// Hiragana for katakana.
fn hiragana(letter: char) -> char {
    match letter {
        'ァ'..='ヶ' => char::from_u32(u32::from(letter) - 0x60).unwrap_or(letter),
        other => other,
    }
}

/// The German way without dots; none where there are none.
fn spelt_out(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    lower.contains(['ä', 'ö', 'ü']).then(|| folded(&lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")))
}

/// As long as a word is, from its first letter on: what a mark was of may have been an accent itself, and dropped.
fn cut(word: &str) -> String {
    word.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().take(LONGEST).collect()
}

fn push(found: &mut Vec<String>, word: String) {
    if !word.is_empty() && !found.contains(&word) {
        found.push(word);
    }
}

/// Digits that stand in a block of such letters.
fn is_digit(letter: char) -> bool {
    matches!(letter, '๐'..='๙' | '໐'..='໙' | '၀'..='၉' | '០'..='៩')
}

#[cfg(test)]
mod tests;
