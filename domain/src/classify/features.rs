//! What the model sees of a merchant's name: its words, runs of letters, the words by which shops say what they are, and
//! the brands that it begins with. The trainer and the program share this file, so that both see the same.

/// The kinds of feature: each has a weight of its own, and no two share a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Group {
    Word = 1,
    Ends,
    Pair,
    Run,
    Kind,
    LastKind,
    Brand,
    Shape,
}

/// One feature: which, and how much of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Feature {
    /// 32 bits of FNV-1a over its kind and text, mixed
    pub hash: u32,
    /// above zero
    pub weight: f32,
}

/// What is known beforehand, and looked up by [`hash_text`].
pub trait Known {
    /// The kind of shop that a word (or a part of one, see [`word_forms`]) tells, 0 to 254.
    fn kind(&self, hash: u32) -> Option<u8>;
    /// What a brand of exactly this key is, 0 to 254 (the commonest if several share it).
    fn brand(&self, hash: u32) -> Option<u8>;
}

/// Shortest and longest run of letters that is a feature.
const RUN: std::ops::RangeInclusive<usize> = 2..=5;
/// The most words and letters of a name that are looked at.
const WORDS_MAX: usize = 10;
const LETTERS_MAX: usize = 64;

/// FNV-1a of a text in 32 bits, mixed so that all bits count.
pub fn hash_text(kind: u8, text: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in std::iter::once(kind).chain(text.bytes()) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x7feb_352d);
    hash ^= hash >> 15;
    hash = hash.wrapping_mul(0x846c_a68b);
    hash ^ (hash >> 16)
}

/// How a word of the list of kinds stands in a name.
pub const WHOLE: u8 = 0;
/// It begins a longer word.
pub const BEGINS: u8 = 101;
/// It ends a longer word.
pub const ENDS: u8 = 102;
/// It is anywhere in a longer word.
pub const INSIDE: u8 = 103;
/// The namespace of brands.
pub const BRAND: u8 = 104;
/// Marks a brand that several companies of different categories share.
pub const DISPUTED: u8 = 64;

/// All that could stand in the list of kinds for this word, as hashes: the word, its beginnings, ends and middles.
pub fn word_forms(word: &str, mut each: impl FnMut(u32)) {
    each(hash_text(WHOLE, word));
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).take(LETTERS_MAX).collect();
    for (first, &from) in ends.iter().enumerate() {
        for &to in &ends[first + 1..] {
            let part = &word[from..to];
            each(hash_text(INSIDE, part));
            if from == 0 {
                each(hash_text(BEGINS, part));
            }
            if to == word.len() {
                each(hash_text(ENDS, part));
            }
        }
    }
}

/// The features of a key (as [`crate::merchant::clean`] makes it), each group scaled to the length it counts with.
pub fn features(key: &str, known: &impl Known) -> Vec<Feature> {
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).take(WORDS_MAX).collect();
    let mut all = All(Vec::with_capacity(160));
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return all.0 };
    all.add(Group::Word, 1.5, &words);
    all.add(Group::Ends, 0.6, &[format!("<{first}"), format!("{last}>")]);
    all.add(Group::Pair, 0.6, &words.windows(2).map(|pair| pair.join(" ")).collect::<Vec<_>>());
    all.add(Group::Run, 1.6, &runs(&words.join(" ")));
    let kinds: Vec<String> = kinds_of(&words, known).iter().map(u8::to_string).collect();
    all.add(Group::Kind, 1.8, &kinds);
    all.add(Group::LastKind, 1.2, kinds.last().map_or(&[], std::slice::from_ref));
    if let Some((brand, count)) = brand_of(&words, known) {
        all.add(Group::Brand, 1.2, &[format!("{brand} {}", count.min(3))]);
    }
    all.add(Group::Shape, 0.8, &[shape(key, words.len())]);
    all.0
}

struct All(Vec<Feature>);

impl All {
    /// Adds a group that counts with this length, however many texts it has.
    fn add(&mut self, group: Group, length: f32, texts: &[impl AsRef<str>]) {
        let count = u16::try_from(texts.len()).map_or(f32::from(u16::MAX), f32::from);
        let weight = length / count.sqrt();
        self.0.extend(texts.iter().map(|text| Feature { hash: hash_text(group as u8, text.as_ref()), weight }));
    }
}

/// Runs of letters, with blanks before the first and behind the last.
fn runs(words: &str) -> Vec<String> {
    let padded: Vec<char> = std::iter::once(' ').chain(words.chars().take(LETTERS_MAX)).chain([' ']).collect();
    RUN.flat_map(|length| padded.windows(length)).map(|run| run.iter().collect()).collect()
}

/// The kinds that the words (alone and in pairs) tell, in order, each once.
fn kinds_of(words: &[&str], known: &impl Known) -> Vec<u8> {
    let mut kinds: Vec<u8> = Vec::new();
    let mut add = |kind: u8| {
        kinds.retain(|&earlier| earlier != kind);
        kinds.push(kind);
    };
    for (at, word) in words.iter().enumerate() {
        for length in (2..=3).rev() {
            if at + 1 >= length
                && let Some(kind) = known.kind(hash_text(WHOLE, &words[at + 1 - length..=at].join(" ")))
            {
                add(kind);
            }
        }
        word_forms(word, |hash| {
            if let Some(kind) = known.kind(hash) {
                add(kind);
            }
        });
    }
    kinds
}

/// What the longest brand is that the name begins with, and of how many words; never the whole name, which is looked up
/// by itself.
fn brand_of(words: &[&str], known: &impl Known) -> Option<(u8, usize)> {
    (1..words.len()).rev().find_map(|count| {
        let brand = known.brand(hash_text(BRAND, &words[..count].join(" ")))?;
        Some((brand, count))
    })
}

/// The script, and roughly how long it is.
fn shape(key: &str, words: usize) -> String {
    let script = key.chars().find(|c| c.is_alphabetic()).map_or(0, |c| match u32::from(c) {
        0..=0x24f => 1,
        0x370..=0x3ff => 2,
        0x400..=0x52f => 3,
        0x590..=0x5ff => 4,
        0x600..=0x6ff => 5,
        0x3040..=0x30ff => 6,
        0x1100..=0x11ff | 0xac00..=0xd7af => 7,
        0x4e00..=0x9fff => 8,
        other => 9 + (other >> 7),
    });
    format!("{script} {} {}", words.min(4), key.chars().count().min(40) / 5)
}
