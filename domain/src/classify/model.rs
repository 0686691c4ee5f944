//! The trained model as it stands in `domain/data/merchants.bin`, read in place: nothing is unpacked.
//!
//! Little-endian: the magic `WWM1`; a `u32` for each of: number of outputs, features, words of kinds, brands. Then
//! per output the category's place in [`Category::ALL`] (`u8`) and its bias (`f32`); the threshold (`f32`), below which a
//! guess isn't sure; the slope (`f32`) by which scores become probabilities; the scale of the weights (`f32`). Then the
//! tables, each sorted by hash and divided into columns: features (all hashes `u32`, then all rows of one signed byte per
//! output), words of kinds and brands (all hashes, then one byte each).
use super::features::{BRAND, Feature, Known, features, hash_text};
use crate::category::Category;

/// What the file begins with.
pub const MAGIC: [u8; 4] = *b"WWM1";
/// The most outputs a model may have.
pub const OUTPUTS_MAX: usize = 64;

/// A model over its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Model<'a> {
    outputs: usize,
    heads: &'a [u8],
    /// a guess of at least this probability is sure
    pub threshold: f32,
    slope: f32,
    scale: f32,
    hashes: &'a [u8],
    weights: &'a [u8],
    kinds: Table<'a>,
    brands: Table<'a>,
}

#[derive(Debug, Clone, Copy)]
struct Table<'a> {
    hashes: &'a [u8],
    values: &'a [u8],
}

impl Table<'_> {
    fn get(&self, hash: u32) -> Option<u8> {
        position(self.hashes, hash).and_then(|at| self.values.get(at).copied())
    }
}

/// The place of a hash in a sorted column.
fn position(column: &[u8], hash: u32) -> Option<usize> {
    let (hashes, _) = column.as_chunks::<4>();
    hashes.binary_search_by_key(&hash, |bytes| u32::from_le_bytes(*bytes)).ok()
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }
    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }
    fn size(&mut self) -> Option<usize> {
        self.number().and_then(|number| usize::try_from(number).ok())
    }
    fn float(&mut self) -> Option<f32> {
        self.number().map(f32::from_bits).filter(|float| float.is_finite())
    }
}

impl<'a> Model<'a> {
    /// Over the bytes of a model; none if they are no whole one.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        if bytes.take(4)? != MAGIC {
            return None;
        }
        let (outputs, count, kinds, brands) = (bytes.size()?, bytes.size()?, bytes.size()?, bytes.size()?);
        if !(1..=OUTPUTS_MAX).contains(&outputs) {
            return None;
        }
        let heads = bytes.take(outputs * 5)?;
        let heads_fine = heads.chunks_exact(5).all(|head| usize::from(head[0]) < Category::ALL.len());
        let (threshold, slope, scale) = (bytes.float()?, bytes.float()?, bytes.float()?);
        let hashes = bytes.take(count.checked_mul(4)?)?;
        let weights = bytes.take(count.checked_mul(outputs)?)?;
        let mut table =
            |count: usize| Some(Table { hashes: bytes.take(count.checked_mul(4)?)?, values: bytes.take(count)? });
        let (kinds, brands) = (table(kinds)?, table(brands)?);
        (heads_fine && bytes.0.is_empty()).then_some(Self {
            outputs,
            heads,
            threshold,
            slope,
            scale,
            hashes,
            weights,
            kinds,
            brands,
        })
    }

    /// The category of the brand that has exactly this key; none if it is disputed.
    pub fn brand(&self, key: &str) -> Option<Category> {
        self.brands.get(hash_text(BRAND, key)).and_then(|brand| Category::ALL.get(usize::from(brand)).copied())
    }

    /// How probable each category is for a key, in the order of [`Category::ALL`]; they sum to 1.
    pub fn probabilities(&self, key: &str) -> [f32; crate::category::COUNT] {
        let mut scores = [0.0_f32; OUTPUTS_MAX];
        for Feature { hash, weight } in features(key, self) {
            if let Some(at) = position(self.hashes, hash) {
                let row = self.weights[at * self.outputs..(at + 1) * self.outputs].iter();
                for (score, &byte) in scores.iter_mut().zip(row) {
                    *score += weight * f32::from(byte.cast_signed());
                }
            }
        }
        let mut best = f32::MIN;
        let mut heads = [(0, 0.0_f32); OUTPUTS_MAX];
        for ((place, head), score) in heads.iter_mut().zip(self.heads.chunks_exact(5)).zip(scores) {
            let bias = f32::from_le_bytes([head[1], head[2], head[3], head[4]]);
            *place = (usize::from(head[0]), self.slope * (score * self.scale + bias));
            best = best.max(place.1);
        }
        let mut all = [0.0; crate::category::COUNT];
        let mut sum = 0.0;
        for (category, score) in &heads[..self.outputs] {
            let part = (score - best).exp();
            sum += part;
            all[*category] += part;
        }
        all.map(|part| part / sum)
    }
}

impl Known for Model<'_> {
    fn kind(&self, hash: u32) -> Option<u8> {
        self.kinds.get(hash)
    }
    fn brand(&self, hash: u32) -> Option<u8> {
        self.brands.get(hash)
    }
}
