//! Asks the classifier for brands that are beside this repository, bare and as banks print them, and says how many it
//! files right. A suite of its own: without the folder it says so and passes.
//!
//! `brands_dev.csv` is what the model was made of: there it says only that nothing was lost on the way. Any other
//! `brands_*.csv` there holds names that it has not seen.
#![cfg(all(feature = "import", feature = "merchants-data"))]

use domain::classify::{category_of_code, classify};
use std::{collections::BTreeMap, path::PathBuf};

/// What the model was made of.
const SEEN: &str = "brands_dev.csv";
/// A plain naive Bayes over letters and words, trained on the same half, has this share of the other right.
const NAIVE_BAYES: f64 = 61.4;

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/merchants");
    if !folder.is_dir() {
        println!("no folder of merchants beside the repository: nothing to compare");
    }
    folder.is_dir().then_some(folder)
}

fn records(path: &PathBuf) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("it can be read");
    reader.deserialize().map(|record| record.expect("a row")).collect()
}

/// In per cent: right of all, sure of all, right of the sure.
fn measure(names: &[(String, &str)]) -> (f64, f64, f64) {
    let (mut right, mut sure, mut sure_right) = (0_u32, 0_u32, 0_u32);
    for (printed, category) in names {
        if let Some(guess) = classify(printed, None) {
            let is_right = guess.category.as_str() == *category;
            right += u32::from(is_right);
            sure += u32::from(guess.sure);
            sure_right += u32::from(guess.sure && is_right);
        }
    }
    let share = |part: u32, of: u32| 100.0 * f64::from(part) / f64::from(of.max(1));
    let all = u32::try_from(names.len()).expect("not so many");
    (share(right, all), share(sure, all), share(sure_right, sure))
}

/// As prints look: dresses that follow from the place in the list.
fn dressed(place: usize, name: &str) -> String {
    let capitals = name.to_uppercase();
    let short: String = capitals.chars().take(22).collect();
    match place % 6 {
        0 => format!("SQ *{capitals} #{}", 1_000 + place),
        1 => format!("{capitals} {} HANNOVER", 100 + place),
        2 => short,
        3 => format!("{capitals} SAGT DANKE {}//KIEL/DE", 10_000 + place),
        4 => format!("PAYPAL *{short}"),
        _ => format!("POS PURCHASE {short} DENVER CO"),
    }
}

#[test]
fn brands_bare_and_as_prints() {
    let Some(folder) = folder() else { return };
    for entry in std::fs::read_dir(&folder).expect("a folder").filter_map(Result::ok) {
        let file = entry.file_name().to_string_lossy().into_owned();
        if !(file.starts_with("brands_") && entry.path().extension().is_some_and(|ending| ending == "csv")) {
            continue;
        }
        let rows = records(&entry.path());
        let bare: Vec<_> = rows.iter().map(|row| (row["name"].clone(), row["category"].as_str())).collect();
        let prints: Vec<_> =
            rows.iter().enumerate().map(|(n, row)| (dressed(n, &row["name"]), row["category"].as_str())).collect();
        for (what, names) in [("bare", bare), ("as prints", prints)] {
            let (right, sure, sure_right) = measure(&names);
            println!("{file} {what}: {right:.1} % right; sure of {sure:.1} %, of which {sure_right:.1} % are right");
            assert!(right > NAIVE_BAYES, "{file} {what}");
            assert!(sure_right >= 90.0 || file != SEEN, "{file} {what}");
        }
    }
}

#[test]
fn every_code_of_the_list() {
    let Some(folder) = folder() else { return };
    for row in records(&folder.join("mcc_to_category.csv")) {
        let coded = category_of_code(&row["mcc"]).expect("a code");
        let clear = row["certainty"] == "clear";
        assert_eq!((coded.category.as_str(), coded.clear), (row["category"].as_str(), clear), "{}", row["mcc"]);
    }
}
