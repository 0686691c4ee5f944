//! Trains the model of merchants (`domain/data/merchants.bin`), or measures what such a model does on names that it has not
//! seen: five times, a fifth of the groups is kept out, a model is trained on the rest and asked for the fifth.
//!
//! ```text
//! cargo run --release -p domain --all-features --example train_merchants -- measure FOLDER
//! cargo run --release -p domain --all-features --example train_merchants -- write FOLDER
//! ```
//! `FOLDER` holds `brands_dev.csv` with the columns `name`, `aliases`, `osm_key`, `osm_value`, `category`, `wikidata`; the words by
//! which shops say what they are stand in `domain/data/kind-words.txt`. `write` measures as well: threshold and slope of the
//! probabilities come from what was kept out. The same files give the same bytes on the same machine.
mod dress;
mod judge;
mod learn;
mod pack;
mod rows;

use domain::{
    category::Category,
    classify::features::{features, hash_text},
    merchant::clean,
};
use dress::{Dice, dress};
use learn::{Example, Learned, Settings, learn};
use rows::{Brands, Kinds, Others, Row, by_group, keys};
use std::{collections::BTreeMap, error::Error, path::Path};

/// Found by `measure`; each was tried smaller and larger.
const SETTINGS: Settings = Settings { passes: 12, rate: 0.1, decay: 1e-2, rarest: 2, features: 60_000 };
/// How much an alias, and a name dressed as a print, count beside the name itself.
const ALIAS: f32 = 0.5;
const DRESSED: f32 = 0.5;
/// How much a word of a kind counts by itself, as the name of a shop: so kinds that no brand is of are known too.
const WORD: f32 = 0.2;
/// The most names of one brand that are learned from.
const NAMES_MAX: usize = 5;

/// What a model is made of, before it is packed.
pub struct Trained {
    learned: Learned,
    brands: Brands,
    categories: Vec<Category>,
}

/// Trains on rows.
pub fn train(rows: &[&Row], kinds: &Kinds) -> Trained {
    let categories: Vec<Category> =
        Category::ALL.into_iter().filter(|category| rows.iter().any(|row| row.category == *category)).collect();
    let brands = Brands::of(rows.iter().copied());
    let examples = examples(rows, kinds, &brands, &categories);
    Trained { learned: learn(&examples, categories.len(), &SETTINGS), brands, categories }
}

fn examples(rows: &[&Row], kinds: &Kinds, brands: &Brands, categories: &[Category]) -> Vec<Example> {
    let groups = by_group(rows.iter().copied());
    let numbers: BTreeMap<&str, usize> = groups.keys().zip(0..).map(|(group, number)| (*group, number)).collect();
    let mut all = Vec::new();
    for row in rows {
        let known = Others { kinds, brands, own: &groups[row.group.as_str()] };
        let output = categories.iter().position(|category| *category == row.category).unwrap_or_default();
        let group = numbers[row.group.as_str()];
        let mut add = |key: &str, weight| all.push(Example { features: features(key, &known), output, weight, group });
        for (number, key) in keys(row).iter().take(NAMES_MAX).enumerate() {
            add(key, if number == 0 { 1.0 } else { ALIAS });
        }
        let mut dice = Dice(u64::from(hash_text(9, &row.name)));
        add(&clean(&dress(&row.name, &mut dice)).key, DRESSED);
    }
    let own = BTreeMap::new();
    let known = Others { kinds, brands, own: &own };
    for (name, kind, category) in &kinds.names {
        if let Some(output) = categories.iter().position(|known| known == category) {
            let group = numbers.len() + usize::from(*kind);
            all.push(Example { features: features(name, &known), output, weight: WORD, group });
        }
    }
    all
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, folder] = arguments.as_slice() else { return Err("measure FOLDER, or write FOLDER".into()) };
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let rows = rows::read(&Path::new(folder).join("brands_dev.csv"))?;
    let kinds = rows::read_kinds(&data.join("kind-words.txt"))?;
    println!("{} rows, {} words of kinds, {SETTINGS:?}", rows.len(), kinds.hashes.len());
    let calibration = judge::measure(&rows, &kinds)?;
    println!("{calibration:?}");
    if what == "write" {
        let all: Vec<&Row> = rows.iter().collect();
        let packed = pack::pack(&train(&all, &kinds), &kinds, calibration);
        std::fs::write(data.join("merchants.bin"), &packed)?;
        println!("{} bytes", packed.len());
    }
    Ok(())
}
