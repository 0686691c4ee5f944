//! Whether a file counts spending as positive, as many exports of credit cards do.
use super::{sheet::Sheet, words};
use crate::import::{AmountColumns, Question, Row, amount::Side};

/// What was found out about the signs.
pub(super) enum Signs {
    /// Money in is positive.
    AsWritten,
    /// Money out is positive: every sign has to be turned.
    Turned,
    /// Nothing tells; the guess, and whether it is to turn them.
    Unclear { turned: bool },
}

/// What all rows show, for files with one column of signed amounts.
pub(super) struct Evidence<'e> {
    pub(super) rows: &'e [Row],
    /// Beside the rows, in thousandths.
    pub(super) balances: &'e [Option<i64>],
    pub(super) sheet: &'e Sheet<'e>,
    /// The column with the kind of movement.
    pub(super) kind: Option<usize>,
    /// The names of the columns or the lines above are about a credit card.
    pub(super) card: bool,
    /// Some amount has a plus.
    pub(super) plus: bool,
}

/// Decides by payments that a card's bank confirms, by the balances, by how the signs are spread.
pub(super) fn decide(amount: Option<&AmountColumns>, evidence: &Evidence<'_>) -> Signs {
    let Some(AmountColumns::Signed { .. }) = amount else { return Signs::AsWritten };
    let counts = Counts::of(evidence);
    let follows = follows(evidence);
    match (counts.kinds(), follows) {
        (Some(true), _) => return Signs::AsWritten,
        (Some(false), Some(true)) => return Signs::Unclear { turned: true },
        (Some(false), _) => return Signs::Turned,
        (None, _) => {}
    }
    if counts.paid_negative > 0 && counts.paid_positive == 0 && counts.positive >= counts.negative
        || follows == Some(false)
    {
        return Signs::Turned;
    }
    let paid_in = counts.paid_positive > 0 && counts.paid_negative == 0;
    if follows == Some(true) && !evidence.card || paid_in || evidence.plus {
        return Signs::AsWritten;
    }
    counts.by_number(evidence)
}

/// The question, with some amounts as written.
pub(super) fn question(samples: &[String], guess_flip: bool) -> Question {
    Question::Sign { samples: samples.to_vec(), guess_flip }
}

/// Whether the names of the columns or the lines above them are about a credit card.
pub(super) fn is_card(sheet: &Sheet<'_>) -> bool {
    let above = (0..sheet.header.unwrap_or(0)).any(|record| words::is_about_card(sheet.table.raw(record)));
    above || sheet.names.iter().any(|name| words::is_about_card(&name.text))
}

/// After so many rows it is known how a file writes its signs.
const ENOUGH: usize = 5_000;

#[derive(Default)]
struct Counts {
    paid_positive: usize,
    paid_negative: usize,
    /// All others.
    positive: usize,
    negative: usize,
    /// Of categories such as salary.
    income_positive: usize,
    income_negative: usize,
    /// The word for the kind of movement agrees with the sign, or says the opposite.
    agree: usize,
    disagree: usize,
}

impl Counts {
    /// Whether the kinds agree with the signs; None where they say too little.
    fn kinds(&self) -> Option<bool> {
        let all = self.agree + self.disagree;
        if all == 0 || self.agree.max(self.disagree) * 10 < all * 9 {
            return None;
        }
        // Mistaking a word must not turn a whole file: one row proves nothing against the signs.
        (self.agree > 0 || self.disagree > 1).then_some(self.agree > self.disagree)
    }

    /// With nothing else to go by. Of a current account, few rows are money in; of a card, nearly all are spending.
    fn by_number(&self, evidence: &Evidence<'_>) -> Signs {
        let only_positive = self.positive > 0 && self.negative == 0;
        let mostly_positive = self.positive > self.negative * 3;
        // One kind or category that must be money in, and all of them are written as if they were not.
        let against = self.disagree > 0 && self.agree == 0 && self.positive >= self.negative
            || self.income_negative > 0 && self.income_positive == 0 && self.positive > self.negative;
        let has_balance = evidence.balances.iter().any(Option::is_some);
        if evidence.card && mostly_positive || against {
            Signs::Unclear { turned: true }
        } else if only_positive && self.positive >= 3 {
            Signs::Unclear { turned: false }
        } else if mostly_positive && self.positive >= 6 {
            Signs::Unclear { turned: !has_balance }
        } else {
            Signs::AsWritten
        }
    }

    fn of(evidence: &Evidence<'_>) -> Self {
        let mut counts = Self::default();
        for row in evidence.rows.iter().filter(|row| row.amount != 0).take(ENOUGH) {
            let texts = [&row.payee, &row.memo, &row.category];
            let paid = texts
                .iter()
                .any(|text| text.as_deref().is_some_and(|text| words::is_payment_to_card(text, evidence.card)));
            let count = match (paid, row.amount > 0) {
                (true, true) => &mut counts.paid_positive,
                (true, false) => &mut counts.paid_negative,
                (false, true) => &mut counts.positive,
                (false, false) => &mut counts.negative,
            };
            *count += 1;
            if row.category.as_deref().is_some_and(words::is_income) {
                *(if row.amount > 0 { &mut counts.income_positive } else { &mut counts.income_negative }) += 1;
            }
            let kind = evidence.kind.zip(usize::try_from(row.line).ok()).and_then(|(column, line)| {
                words::direction_of_kind(&evidence.sheet.table.get(line.checked_sub(1)?, column))
            });
            match kind {
                Some(side) if (side == Side::In) == (row.amount > 0) => counts.agree += 1,
                Some(_) => counts.disagree += 1,
                None => {}
            }
        }
        counts
    }
}

/// Whether the balances change by the amounts (true) or by the opposite (false). A balance may be that before or after its
/// row; the dates say in which direction time goes.
fn follows(evidence: &Evidence<'_>) -> Option<bool> {
    let (first, last) = (evidence.rows.first()?.date, evidence.rows.last()?.date);
    let downwards = match first.cmp(&last) {
        std::cmp::Ordering::Less => true,
        std::cmp::Ordering::Greater => false,
        std::cmp::Ordering::Equal => return None,
    };
    let value = |index: usize| {
        let (row, balance) = (evidence.rows.get(index)?, *evidence.balances.get(index)?);
        let amount = i128::from(row.amount) * 10_i128.pow(u32::from(3 - row.exponent.min(3)));
        (amount != 0).then_some((amount, i128::from(balance?)))
    };
    let mut matches = [0_usize; 4];
    let mut pairs = 0;
    for (above, below) in (1..evidence.rows.len()).filter_map(|index| value(index - 1).zip(value(index))) {
        pairs += 1;
        let change = if downwards { below.1 - above.1 } else { above.1 - below.1 };
        for (count, amount) in matches.iter_mut().zip([above.0, below.0, -above.0, -below.0]) {
            *count += usize::from(change == amount);
        }
    }
    let proves = |count: usize| pairs >= 3 && count * 10 >= pairs * 8;
    match (proves(matches[0].max(matches[1])), proves(matches[2].max(matches[3]))) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}
