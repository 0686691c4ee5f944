//! One payment in several parts: how they are read, whether they balance, and how an amount is shared so that they do.
use crate::{
    category::Category,
    currency::Currency,
    expense::Split,
    input::{self, Reader, Value},
    money::{self, Money, split_by_weights},
    problem::{Problem, Problems},
};

/// The most parts of one payment.
pub const PARTS_MAX: usize = 50;

/// Reads parts in `currency` of `total` (minor units, where that is known), all wrong fields at once: `2.amount` is that of
/// the third one. The problem that they don't sum to `total` stands at the empty path.
pub fn read(list: &[Value], currency: Currency, total: Option<i64>) -> Result<Vec<Split>, Problems> {
    if list.len() > PARTS_MAX {
        return Err(Problems::one("", Problem::TooLong { max: PARTS_MAX }));
    }
    let mut problems = Problems::default();
    let mut parts = Vec::with_capacity(list.len());
    for (index, entry) in list.iter().enumerate() {
        match read_part(entry, currency) {
            Ok(part) => parts.push(part),
            Err(wrong) => {
                for (field, problem) in wrong.0 {
                    let dot = if field.is_empty() { "" } else { "." };
                    problems.add(format!("{index}{dot}{field}"), problem);
                }
            }
        }
    }
    if problems.is_empty()
        && let Some(total) = total
        && let Some(problem) = unbalanced(parts.iter().map(|part| part.amount), Money::new(total, currency))
    {
        problems.add("", problem);
    }
    problems.into_result(parts)
}

fn read_part(entry: &Value, currency: Currency) -> Result<Split, Problems> {
    let mut reader = Reader::new(entry);
    let amount = reader.required("amount", |value| input::positive_amount(value, currency));
    let names: Vec<&str> = Category::ALL.iter().map(|category| category.as_str()).collect();
    let part = Split {
        category: reader.optional("category", |value| input::word(value, &names)),
        subcategory: reader.optional("subcategory", input::text),
        amount: amount.unwrap_or_default(),
        memo: reader.optional("memo", input::text),
        member_id: reader.optional("memberId", input::id),
    };
    if part.category.is_none() && part.subcategory.is_some() && !reader.has_problem("category") {
        reader.problem("subcategory", Problem::MustBeEmpty);
    }
    reader.finish()?;
    Ok(part)
}

/// The problem of parts that don't sum to `total`; none for no parts at all.
pub fn unbalanced(amounts: impl IntoIterator<Item = i64>, total: Money) -> Option<Problem> {
    let mut amounts = amounts.into_iter().peekable();
    amounts.peek()?;
    let left = remainder(total.minor(), amounts);
    (left != 0)
        .then(|| Problem::SplitsDontBalance { difference: money::format_minor(left, total.currency().exponent()) })
}

/// What is still to be given to parts (below zero: what is too much), in minor units; held at the ends of the type.
pub fn remainder(total: i64, amounts: impl IntoIterator<Item = i64>) -> i64 {
    let left = amounts.into_iter().fold(i128::from(total), |left, amount| left.saturating_sub(amount.into()));
    i64::try_from(left).unwrap_or(if left < 0 { i64::MIN } else { i64::MAX })
}

/// `total` in `parts` equal parts, the first ones larger by one minor unit where it doesn't come out even. None where a
/// part would get nothing, or there are no parts.
pub fn even(total: i64, parts: usize) -> Option<Vec<i64>> {
    weighted(total, &vec![1; parts])
}

/// `total` in proportion to `weights` (largest remainder). None where a part would get nothing.
pub fn weighted(total: i64, weights: &[u64]) -> Option<Vec<i64>> {
    let amounts = split_by_weights(total, weights);
    (!amounts.is_empty() && amounts.iter().all(|amount| *amount > 0)).then_some(amounts)
}

/// Amounts for the parts that have none yet (`None`): what is left, evenly. None if nothing (or less) is left for one of
/// them, or something is left and no part is open.
pub fn fill(total: i64, amounts: &[Option<i64>]) -> Option<Vec<i64>> {
    let left = remainder(total, amounts.iter().copied().flatten());
    let open = amounts.iter().filter(|amount| amount.is_none()).count();
    if open == 0 {
        return (left == 0 && !amounts.is_empty()).then(|| amounts.iter().copied().flatten().collect());
    }
    let mut shares = even(left, open)?.into_iter();
    amounts.iter().map(|amount| amount.or_else(|| shares.next())).collect()
}

#[cfg(test)]
mod tests;
