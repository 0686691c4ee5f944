//! Multinomial logistic regression over sparse features: stochastic gradient descent with steps by `AdaGrad`, weights that
//! decay, averaged over the last half of the passes. Repeatable.
use crate::dress::Dice;
use domain::classify::features::Feature;
use std::collections::BTreeMap;

/// What is turned until cross-validation is pleased.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// passes over all examples
    pub passes: usize,
    /// length of a first step
    pub rate: f32,
    /// how much a weight that is touched decays
    pub decay: f32,
    /// in how many groups a feature must be
    pub rarest: u32,
    /// the most features that are kept
    pub features: usize,
}

/// One name to learn from.
pub struct Example {
    /// what is seen of it
    pub features: Vec<Feature>,
    /// which output it has
    pub output: usize,
    /// how much it counts
    pub weight: f32,
    /// the number of its group
    pub group: usize,
}

/// What was learned.
pub struct Learned {
    /// features by hash, in order, with the place of their weights
    pub places: BTreeMap<u32, usize>,
    /// one row per feature
    pub weights: Vec<f32>,
    /// one per output
    pub bias: Vec<f32>,
}

/// Scores as probabilities.
fn softmax(scores: &mut [f32]) {
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - best).exp();
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

/// The features that are in enough groups, the commonest first if there are too many.
fn vocabulary(examples: &[Example], settings: &Settings) -> BTreeMap<u32, usize> {
    let mut seen: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
    for example in examples {
        for feature in &example.features {
            let entry = seen.entry(feature.hash).or_insert((0, usize::MAX));
            if entry.1 != example.group {
                *entry = (entry.0 + 1, example.group);
            }
        }
    }
    let mut common: Vec<(u32, u32)> = seen
        .into_iter()
        .filter(|(_, (count, _))| *count >= settings.rarest)
        .map(|(hash, (count, _))| (count, hash))
        .collect();
    common.sort_unstable_by(|a, b| b.cmp(a));
    common.truncate(settings.features);
    let mut hashes: Vec<u32> = common.into_iter().map(|(_, hash)| hash).collect();
    hashes.sort_unstable();
    hashes.into_iter().enumerate().map(|(place, hash)| (hash, place)).collect()
}

/// Learns from examples.
pub fn learn(examples: &[Example], outputs: usize, settings: &Settings) -> Learned {
    let places = vocabulary(examples, settings);
    let rows: Vec<Vec<(usize, f32)>> = examples
        .iter()
        .map(|example| {
            let known = example.features.iter().filter_map(|f| Some((*places.get(&f.hash)? * outputs, f.weight)));
            known.collect()
        })
        .collect();
    let size = (places.len() + 1) * outputs;
    let bias_at = places.len() * outputs;
    let (mut weights, mut squares, mut average) = (vec![0.0_f32; size], vec![1e-6_f32; size], vec![0.0_f64; size]);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut dice = Dice(1);
    let mut averaged = 0.0;
    for pass in 0..settings.passes {
        for at in (1..order.len()).rev() {
            order.swap(at, dice.below(at + 1));
        }
        for &at in &order {
            let (row, example) = (&rows[at], &examples[at]);
            let mut scores: Vec<f32> = weights[bias_at..].to_vec();
            for &(place, value) in row {
                for (score, weight) in scores.iter_mut().zip(&weights[place..place + outputs]) {
                    *score += weight * value;
                }
            }
            softmax(&mut scores);
            scores[example.output] -= 1.0;
            for &(place, value) in row.iter().chain([&(bias_at, 1.0)]) {
                for (output, error) in scores.iter().enumerate() {
                    let weight = &mut weights[place + output];
                    let slope = error * value * example.weight + settings.decay * *weight;
                    let square = &mut squares[place + output];
                    *square += slope * slope;
                    *weight -= settings.rate * slope / (square.sqrt() + 0.1);
                }
            }
        }
        if pass * 2 >= settings.passes {
            averaged += 1.0;
            for (sum, weight) in average.iter_mut().zip(&weights) {
                *sum += f64::from(*weight);
            }
        }
    }
    #[allow(clippy::cast_possible_truncation, reason = "weights are small")]
    let mut weights: Vec<f32> = average.into_iter().map(|sum| (sum / averaged) as f32).collect();
    let bias = weights.split_off(bias_at);
    Learned { places, weights, bias }
}
