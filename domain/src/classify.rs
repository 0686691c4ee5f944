//! Which category a merchant is likely to be filed under, without asking anybody: by the brand that its name is, by the
//! merchant category code that a bank gives, else by a model of names.
//!
//! The model, the brands and the table of codes are derived from the name-suggestion-index and a public list of codes;
//! their notices stand in `domain/data/merchants-LICENSE.md`. How it is trained, and how well it does on names that it has
//! not seen: `domain/examples/train_merchants`.
use crate::category::Category;
use serde::{Deserialize, Serialize};

#[cfg(feature = "merchants-data")]
pub mod features;
mod mcc;
#[cfg(feature = "merchants-data")]
pub mod model;

pub use mcc::category_of_code;

/// A category that nobody has confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Guess {
    /// the likeliest
    pub category: Category,
    /// how likely, 0 to 100
    pub confidence: u8,
    /// whether a row may be filed by it; else it is only a proposal
    pub sure: bool,
}

/// What is trusted to a brand whose name is known exactly, and to a code: names of brands are shared, and banks give some
/// shops the code of what they began with.
#[cfg(feature = "merchants-data")]
const KNOWN: u8 = 95;

/// The category of a merchant as a bank prints it, and of the merchant category code (ISO 18245, four digits) if the bank
/// gives one. None where there is nothing to go by.
#[cfg(feature = "merchants-data")]
pub fn classify(printed: &str, code: Option<&str>) -> Option<Guess> {
    classify_key(&crate::merchant::clean(printed).key, code)
}

/// The same for the key that [`crate::merchant::clean`] has made ([`crate::rule::Subject::merchant`]).
#[cfg(feature = "merchants-data")]
pub fn classify_key(key: &str, code: Option<&str>) -> Option<Guess> {
    let coded = code.and_then(category_of_code).filter(|coded| coded.clear);
    if let Some(coded) = coded {
        return Some(Guess { category: coded.category, confidence: KNOWN, sure: true });
    }
    let model = embedded()?;
    if !key.contains(char::is_alphabetic) {
        return None;
    }
    if let Some(category) = model.brand(key) {
        return Some(Guess { category, confidence: KNOWN, sure: true });
    }
    let all = model.probabilities(key);
    let (place, best) = all.into_iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a probability in hundredths")]
    let confidence = (best.clamp(0.0, 1.0) * 100.0) as u8;
    Some(Guess { category: Category::ALL[place], confidence, sure: best >= model.threshold })
}

#[cfg(all(feature = "merchants-data", target_arch = "wasm32"))]
compile_error!("the model of merchants is for the server alone: no browser loads it");

/// The model inside of the program; read when somebody first asks, so that no start waits for it.
#[cfg(feature = "merchants-data")]
pub fn embedded() -> Option<&'static model::Model<'static>> {
    use std::sync::LazyLock;
    static MODEL: LazyLock<Option<model::Model<'static>>> =
        LazyLock::new(|| model::Model::read(include_bytes!("../data/merchants.bin")));
    MODEL.as_ref()
}

#[cfg(test)]
mod tests;
