//! Cross-validation by groups: how a model does on names that it has not seen, bare and as banks print them.
use crate::{
    dress::{Dice, dress},
    pack::{Calibration, pack},
    rows::{Kinds, Row},
    train,
};
use domain::{
    category::{COUNT, Category},
    classify::{features::hash_text, model::Model},
    merchant::clean,
};
use std::thread;

const FOLDS: u32 = 5;
/// How many dresses each name is asked in.
const DRESSES: usize = 2;
/// How many of the sure guesses must be right: a little more than the 90 % that is promised.
const PRECISION: f32 = 0.92;

/// What was said of a name, and what it is.
#[derive(Clone)]
struct Answer {
    wanted: Category,
    probabilities: [f32; COUNT],
    /// of a brand of exactly this name
    brand: Option<Category>,
}

impl Answer {
    fn new(model: &Model<'_>, printed: &str, wanted: Category) -> Self {
        let key = clean(printed).key;
        Self { wanted, probabilities: model.probabilities(&key), brand: model.brand(&key) }
    }

    /// The likeliest category, how likely it is at this slope, and whether it is right.
    fn best(&self, slope: f32) -> (Category, f32, bool) {
        if let Some(brand) = self.brand {
            return (brand, 1.0, brand == self.wanted);
        }
        let steep = self.probabilities.map(|probability| probability.powf(slope));
        let sum: f32 = steep.iter().sum();
        let best = Category::ALL
            .into_iter()
            .max_by(|a, b| steep[a.index()].total_cmp(&steep[b.index()]))
            .unwrap_or(Category::Miscellaneous);
        (best, steep[best.index()] / sum, best == self.wanted)
    }
}

/// Prints how well it does; what comes back is for the model of all rows.
pub fn measure(rows: &[Row], kinds: &Kinds) -> Result<Calibration, String> {
    let folds: Result<Vec<_>, String> = thread::scope(|scope| {
        let handles: Vec<_> = (0..FOLDS).map(|fold| scope.spawn(move || judge_fold(rows, kinds, fold))).collect();
        handles.into_iter().map(|handle| handle.join().map_err(|_| "a thread has failed".to_owned())?).collect()
    });
    let (mut bare, mut dressed) = (Vec::new(), Vec::new());
    for (of_bare, of_dressed) in folds? {
        bare.extend(of_bare);
        dressed.extend(of_dressed);
    }
    let slope = best_slope(&bare);
    let threshold = threshold(&dressed, slope).max(threshold(&bare, slope));
    report("bare", &bare, slope, threshold);
    report("dressed", &dressed, slope, threshold);
    let latin: Vec<Answer> =
        bare.iter().zip(in_order(rows)).filter(|(_, row)| is_latin(row)).map(|(a, _)| a.clone()).collect();
    report("bare, Latin script", &latin, slope, threshold);
    Ok(Calibration { slope, threshold })
}

fn fold_of(row: &Row) -> u32 {
    hash_text(7, &row.group) % FOLDS
}

/// The rows in the order in which the folds answer.
fn in_order(rows: &[Row]) -> impl Iterator<Item = &Row> {
    (0..FOLDS).flat_map(move |fold| rows.iter().filter(move |row| fold_of(row) == fold))
}

fn is_latin(row: &Row) -> bool {
    row.name.chars().filter(|c| c.is_alphabetic()).all(|c| u32::from(c) < 0x250)
}

fn judge_fold(rows: &[Row], kinds: &Kinds, fold: u32) -> Result<(Vec<Answer>, Vec<Answer>), String> {
    let (kept_out, seen): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| fold_of(row) == fold);
    let packed = pack(&train(&seen, kinds), kinds, Calibration::default());
    let model = Model::read(&packed).ok_or("what was packed can't be read")?;
    let (mut bare, mut dressed) = (Vec::new(), Vec::new());
    for row in kept_out {
        bare.push(Answer::new(&model, &row.name, row.category));
        let mut dice = Dice(u64::from(hash_text(8, &row.name)));
        dressed.extend((0..DRESSES).map(|_| Answer::new(&model, &dress(&row.name, &mut dice), row.category)));
    }
    Ok((bare, dressed))
}

/// The slope at which what happened was most probable.
fn best_slope(answers: &[Answer]) -> f32 {
    let loss = |slope: f32| -> f32 {
        let of = |answer: &Answer| {
            let sum: f32 = answer.probabilities.iter().map(|probability| probability.powf(slope)).sum();
            sum.ln() - slope * answer.probabilities[answer.wanted.index()].max(1e-6).ln()
        };
        answers.iter().map(of).sum()
    };
    (10_u8..=50)
        .map(|twentieths| f32::from(twentieths) / 20.0)
        .min_by(|a, b| loss(*a).total_cmp(&loss(*b)))
        .unwrap_or(1.0)
}

/// The lowest probability from which on enough guesses are right.
fn threshold(answers: &[Answer], slope: f32) -> f32 {
    let mut all: Vec<(f32, bool)> = answers
        .iter()
        .filter(|answer| answer.brand.is_none())
        .map(|answer| answer.best(slope))
        .map(|(_, p, right)| (p, right))
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut count, mut lowest) = (0.0_f32, 0.0_f32, 1.0);
    for (probability, is_right) in all {
        count += 1.0;
        right += f32::from(u8::from(is_right));
        if right >= PRECISION * count {
            lowest = probability;
        }
    }
    lowest
}

fn report(what: &str, answers: &[Answer], slope: f32, threshold: f32) {
    let all: Vec<(Category, f32, bool)> = answers.iter().map(|answer| answer.best(slope)).collect();
    let share = |part: usize, of: usize| 100.0 * ratio(part, of);
    let right = all.iter().filter(|(_, _, right)| *right).count();
    let sure: Vec<_> = all.iter().filter(|(_, probability, _)| *probability >= threshold).collect();
    let sure_right = sure.iter().filter(|(_, _, right)| *right).count();
    let known: Vec<_> = answers.iter().filter(|answer| answer.brand.is_some()).collect();
    let known_right = known.iter().filter(|answer| answer.brand == Some(answer.wanted)).count();
    let mut by_sureness: Vec<(f32, bool)> = all.iter().map(|(_, probability, right)| (*probability, *right)).collect();
    by_sureness.sort_by(|a, b| b.0.total_cmp(&a.0));
    let half = &by_sureness[..all.len() / 2];
    println!(
        "{what}: {:.1} % of {} right, macro F1 {:.3}; the surer half {:.1} %; sure of {:.1} %, of which {:.1} % are right; \
         known by name {:.1} %, of which {:.1} % are right",
        share(right, all.len()),
        all.len(),
        macro_f1(answers, &all),
        share(half.iter().filter(|(_, right)| *right).count(), half.len()),
        share(sure.len(), all.len()),
        share(sure_right, sure.len()),
        share(known.len(), all.len()),
        share(known_right, known.len()),
    );
}

fn macro_f1(answers: &[Answer], all: &[(Category, f32, bool)]) -> f32 {
    let scores: Vec<f32> = Category::ALL
        .into_iter()
        .filter_map(|category| {
            let wanted = answers.iter().filter(|answer| answer.wanted == category).count();
            let said = all.iter().filter(|(said, _, _)| *said == category).count();
            let right = all.iter().filter(|(said, _, right)| *said == category && *right).count();
            (wanted > 0).then(|| ratio(2 * right, wanted + said))
        })
        .collect();
    scores.iter().sum::<f32>() / f32::from(u8::try_from(scores.len()).unwrap_or(1).max(1))
}

#[allow(clippy::cast_precision_loss, reason = "counts of some thousands")]
fn ratio(part: usize, of: usize) -> f32 {
    part as f32 / of.max(1) as f32
}
