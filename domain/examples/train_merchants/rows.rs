//! The brands that a model is trained on, and the list of words by which shops say what they are.
use domain::{
    category::Category,
    classify::features::{BEGINS, BRAND, DISPUTED, ENDS, INSIDE, Known, WHOLE, hash_text},
    merchant::{clean, fold},
};
use std::{collections::BTreeMap, path::Path};

/// A brand, operator or network.
pub struct Row {
    /// What it is called, without what stands in brackets.
    pub name: String,
    /// What else it is called.
    pub aliases: Vec<String>,
    /// What it is filed under.
    pub category: Category,
    /// Rows of one group are never divided between training and judging.
    pub group: String,
}

/// Reads `brands_*.csv`.
pub fn read(path: &Path) -> Result<Vec<Row>, String> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut rows = Vec::new();
    for record in reader.deserialize::<BTreeMap<String, String>>() {
        let mut record = record.map_err(|error| error.to_string())?;
        let mut field = |name: &str| record.remove(name).unwrap_or_default();
        let name = without_brackets(&field("name"));
        let wikidata = field("wikidata");
        let folded: String = fold(&name).chars().filter(|c| c.is_alphanumeric()).collect();
        rows.push(Row {
            aliases: field("aliases").split('|').filter(|alias| !alias.is_empty()).map(without_brackets).collect(),
            category: field("category").parse().map_err(|error| format!("{name}: {error}"))?,
            group: if wikidata.is_empty() { folded } else { wikidata },
            name,
        });
    }
    Ok(rows)
}

/// `Lidl (Deutschland)` is `Lidl`.
fn without_brackets(name: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_u32;
    for c in name.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    if out.is_empty() { name.to_owned() } else { out }
}

/// The words of `kind-words.txt`.
#[derive(Default)]
pub struct Kinds {
    /// the number of the kind of each word and part of a word, by hash
    pub hashes: BTreeMap<u32, u8>,
    /// each word as a name of its own, with the kind and where it is filed
    pub names: Vec<(String, u8, Category)>,
}

/// Reads the words of `kind-words.txt`: lines of `kind (category): word, word-, -word, -word-`.
pub fn read_kinds(path: &Path) -> Result<Kinds, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut kinds = Kinds::default();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    for (kind, line) in (0_u8..).zip(lines) {
        let (head, list) = line.split_once("):").ok_or_else(|| format!("no kind and category: {line}"))?;
        let category = head.split_once('(').map_or("", |(_, category)| category);
        let category: Category = category.parse().map_err(|error| format!("{head}: {error}"))?;
        for entry in list.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            let form = match (entry.starts_with('-'), entry.ends_with('-')) {
                (false, false) => WHOLE,
                (false, true) => BEGINS,
                (true, false) => ENDS,
                (true, true) => INSIDE,
            };
            let name = folded(entry);
            kinds.hashes.entry(hash_text(form, &name)).or_insert(kind);
            kinds.names.push((name, kind, category));
        }
    }
    Ok(kinds)
}

/// Folded words with single spaces, as keys have them.
fn folded(text: &str) -> String {
    let text = fold(text).replace(['\'', '’'], "");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The keys of a row: of its name, then of its aliases, each once.
pub fn keys(row: &Row) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for name in std::iter::once(&row.name).chain(&row.aliases) {
        let key = clean(name).key;
        if !key.is_empty() && !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// How often each category has each brand, without regard to which group it is of.
#[derive(Default)]
pub struct Brands {
    counts: BTreeMap<u32, [u16; 10]>,
}

impl Brands {
    /// Of rows.
    pub fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Self {
        let mut brands = Self::default();
        for row in rows {
            for key in keys(row) {
                brands.counts.entry(hash_text(BRAND, &key)).or_default()[row.category.index()] += 1;
            }
        }
        brands
    }

    /// The commonest category of each brand.
    pub fn table(&self) -> impl Iterator<Item = (u32, u8)> {
        self.counts.iter().filter_map(|(&hash, counts)| Some((hash, commonest(counts)?)))
    }
}

/// The place of the commonest category, marked if there are others.
fn commonest(counts: &[u16; 10]) -> Option<u8> {
    let (at, &count) = counts.iter().enumerate().rev().max_by_key(|(_, count)| **count)?;
    let mark = if counts.iter().sum::<u16>() > count { DISPUTED } else { 0 };
    if count == 0 { None } else { u8::try_from(at).ok().map(|at| at | mark) }
}

/// What a row sees of the others while it is trained on: never its own group.
pub struct Others<'a> {
    /// of words
    pub kinds: &'a Kinds,
    /// of all rows
    pub brands: &'a Brands,
    /// what the row's group adds to them
    pub own: &'a BTreeMap<u32, [u16; 10]>,
}

impl Known for Others<'_> {
    fn kind(&self, hash: u32) -> Option<u8> {
        self.kinds.hashes.get(&hash).copied()
    }
    fn brand(&self, hash: u32) -> Option<u8> {
        let mut counts = *self.brands.counts.get(&hash)?;
        if let Some(own) = self.own.get(&hash) {
            for (count, own) in counts.iter_mut().zip(own) {
                *count -= own;
            }
        }
        commonest(&counts)
    }
}

/// What each group adds to the brands.
pub fn by_group<'a>(rows: impl Iterator<Item = &'a Row>) -> BTreeMap<&'a str, BTreeMap<u32, [u16; 10]>> {
    let mut groups: BTreeMap<&str, BTreeMap<u32, [u16; 10]>> = BTreeMap::new();
    for row in rows {
        let group = groups.entry(&row.group).or_default();
        for key in keys(row) {
            group.entry(hash_text(BRAND, &key)).or_default()[row.category.index()] += 1;
        }
    }
    groups
}
