//! Writes a model as `domain/src/classify/model.rs` reads it.
use crate::{Trained, rows::Kinds};
use domain::classify::model::MAGIC;

/// How scores become probabilities, and from which probability on a guess is sure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// scores are multiplied by it
    pub slope: f32,
    /// a guess of at least this probability is sure
    pub threshold: f32,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { slope: 1.0, threshold: 1.0 }
    }
}

/// The bytes of a model.
pub fn pack(trained: &Trained, kinds: &Kinds, calibration: Calibration) -> Vec<u8> {
    let kinds = &kinds.hashes;
    let Trained { learned, brands, categories } = trained;
    let brands: Vec<(u32, u8)> = brands.table().collect();
    let mut out = MAGIC.to_vec();
    let number = |out: &mut Vec<u8>, number: usize| {
        out.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
    };
    for count in [categories.len(), learned.places.len(), kinds.len(), brands.len()] {
        number(&mut out, count);
    }
    for (category, bias) in categories.iter().zip(&learned.bias) {
        out.push(u8::try_from(category.index()).unwrap_or(u8::MAX));
        out.extend(bias.to_le_bytes());
    }
    let largest = learned.weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    let scale = (largest / 127.0).max(f32::MIN_POSITIVE);
    for float in [calibration.threshold, calibration.slope, scale] {
        out.extend(float.to_le_bytes());
    }
    // Hashes and their places go up together.
    out.extend(learned.places.keys().flat_map(|hash| hash.to_le_bytes()));
    #[allow(clippy::cast_possible_truncation, reason = "between -127 and 127")]
    out.extend(learned.weights.iter().map(|weight| ((weight / scale).round() as i8).cast_unsigned()));
    out.extend(kinds.keys().flat_map(|hash| hash.to_le_bytes()));
    out.extend(kinds.values());
    out.extend(brands.iter().flat_map(|(hash, _)| hash.to_le_bytes()));
    out.extend(brands.iter().map(|(_, category)| category));
    out
}
