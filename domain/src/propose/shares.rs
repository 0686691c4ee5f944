//! From evidence to shares. Reckoned in billionths of the income, so that nothing is rounded twice.
use super::{Evidence, Household, Medians, Place, Question, Rule, figures, level::Standing};
use crate::{
    allocation::BasisPoints,
    category::{COUNT, Category},
    user::AGE_RANGES,
};
use figures::{NEEDS, SPENDING, SPENT};

/// The whole income.
const WHOLE: u64 = 1_000_000_000;
/// Billionths in a basis point.
const POINT: u64 = 100_000;
/// Shares are whole and half percents: nobody plans with 12.86 %.
const STEP: u32 = 50;

/// What a category is to get, and why.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drafted {
    pub share: BasisPoints,
    pub evidence: Evidence,
    pub adjusted: Option<Rule>,
}

/// What a category for spending is to get, in billionths, before it is rounded.
#[derive(Debug, Clone, Copy)]
struct Part {
    billionths: u64,
    evidence: Evidence,
    adjusted: Option<Rule>,
}

/// All ten, which sum to 100 %.
pub(super) fn draft(question: Question<'_>, place: Place, standing: Option<Standing>) -> [Drafted; COUNT] {
    let surveyed = surveyed(question.household, place, standing);
    let put_by = standing.unwrap_or(Standing::MIDDLE).between(figures::PUT_BY);
    let parts = match question.history {
        Some(history) => lived(surveyed, history, question.income, put_by),
        None => surveyed,
    };
    rounded(&parts, question.history.is_some())
}

/// What such households spend, within the rules of thumb.
fn surveyed(household: &Household, place: Place, standing: Option<Standing>) -> [Part; SPENT] {
    let level = standing.map(Standing::level);
    let standing = standing.unwrap_or(Standing::MIDDLE);
    let weights = weights(household, place, standing);
    let whole: u64 = weights.iter().sum();
    let spent = WHOLE - standing.between(figures::PUT_BY);
    let natural = weights.map(|weight| part_of(spent, weight, whole));
    let (needs, wants): (u64, u64) = (natural[..NEEDS].iter().sum(), natural[NEEDS..].iter().sum());
    let for_needs = needs.min(standing.between(figures::NEEDS_CAP));
    let for_wants = (spent - for_needs).min(figures::WANTS_CAP);
    std::array::from_fn(|index| {
        let (granted, of, rule) =
            if index < NEEDS { (for_needs, needs, Rule::Needs) } else { (for_wants, wants, Rule::Wants) };
        // In tenths of a percent: no survey is more exact than that.
        let tenths = (natural[index] + POINT * 5) / (POINT * 10);
        let share = BasisPoints(u32::try_from(tenths * 10).unwrap_or_default());
        Part {
            billionths: part_of(granted, natural[index], of),
            evidence: Evidence::HouseholdShare { place, level, size: household.family_size, share },
            // Less than a step is no change that anybody sees.
            adjusted: (granted.abs_diff(of) > u64::from(STEP) * POINT).then_some(rule),
        }
    })
}

/// What weighs how much for such a household.
fn weights(household: &Household, place: Place, standing: Standing) -> [u64; SPENT] {
    let shares = figures::spending(place.region, household.country.as_deref(), household.city.is_some());
    let food = household.family_size.map_or(1_000, |size| {
        let place = usize::from(size.max(1) - 1).min(figures::FOOD_BY_SIZE.len() - 1);
        figures::FOOD_BY_SIZE[place]
    });
    let age = household.age_range.as_deref();
    let health = AGE_RANGES
        .iter()
        .zip(figures::HEALTH_BY_AGE)
        .find_map(|(range, factor)| (Some(*range) == age).then_some(factor))
        .unwrap_or(1_000);
    std::array::from_fn(|index| {
        let own = match SPENDING[index] {
            Category::Food => food,
            Category::Healthcare => health,
            _ => 1_000,
        };
        u64::from(shares[index]) * standing.between(figures::BY_INCOME[index]) * u64::from(own) / 1_000
    })
}

/// What the household itself spends; where it has no rows, what others do, as far as there is room.
fn lived(surveyed: [Part; SPENT], history: &Medians, income: i64, put_by: u64) -> [Part; SPENT] {
    let own = |index: usize| {
        let amount = history.amounts[SPENDING[index].index()];
        (amount > 0).then(|| {
            let billionths = u128::from(amount.unsigned_abs()) * u128::from(WHOLE);
            let billionths = billionths / u128::from(income.unsigned_abs()).max(1);
            // A thousand times the income is as unlike it as a million times.
            (u64::try_from(billionths).unwrap_or(u64::MAX).min(WHOLE * 1_000), amount)
        })
    };
    let spent: u64 = (0..SPENT).filter_map(own).map(|(billionths, _)| billionths).sum();
    let others: u64 = (0..SPENT).filter(|&index| own(index).is_none()).map(|index| surveyed[index].billionths).sum();
    // A household that spends all puts by half of what would be good, before its own spending gives way.
    let most = WHOLE - put_by / 2;
    let room = (WHOLE - put_by).saturating_sub(spent);
    std::array::from_fn(|index| match own(index) {
        Some((billionths, amount)) => Part {
            billionths: if spent > most { part_of(most, billionths, spent) } else { billionths },
            evidence: Evidence::OwnMedian { months: history.months, amount },
            adjusted: (spent > most).then_some(Rule::Income),
        },
        None if others > room => Part {
            billionths: part_of(room, surveyed[index].billionths, others),
            adjusted: Some(Rule::Room),
            ..surveyed[index]
        },
        None => surveyed[index],
    })
}

/// As much of `total` as `part` is of `whole`.
fn part_of(total: u64, part: u64, whole: u64) -> u64 {
    u64::try_from(u128::from(total) * u128::from(part) / u128::from(whole).max(1)).unwrap_or(u64::MAX)
}

/// In steps; the rest of the income is put by, or with nothing known of the household's own spending, what the steps leave
/// over goes to the category for all else.
fn rounded(parts: &[Part; SPENT], lived: bool) -> [Drafted; COUNT] {
    let spent: u64 = parts.iter().map(|part| part.billionths).sum();
    let mut shares = [0_u32; COUNT];
    for (part, category) in parts.iter().zip(SPENDING) {
        shares[category.index()] = in_steps(part.billionths);
    }
    let left = WHOLE.saturating_sub(spent);
    let [reserve, planned, growth] = put_by(left);
    let over = left.saturating_sub(reserve + planned + growth);
    shares[Category::Emergency.index()] = in_steps(reserve);
    let (planned, growth) = if lived { (planned + over, growth) } else { (planned, growth + over) };
    shares[Category::Savings.index()] = in_steps(planned);
    shares[Category::Investments.index()] = in_steps(growth);
    let takes_rest = if lived { Category::Savings } else { Category::Miscellaneous };
    balance(&mut shares, takes_rest);
    Category::ALL.map(|category| {
        let (evidence, adjusted) = match SPENDING.iter().position(|&spending| spending == category) {
            Some(_) if category == takes_rest => (Evidence::Rest, None),
            Some(index) => (parts[index].evidence, parts[index].adjusted),
            None if category == Category::Savings && lived => (Evidence::Rest, None),
            None => (Evidence::CapOf { rule: rule_of(category) }, None),
        };
        Drafted { share: BasisPoints(shares[category.index()]), evidence, adjusted }
    })
}

/// The reserve first, up to 5 %; then what is planned, up to 10; then what may grow, up to 5.
fn put_by(left: u64) -> [u64; 3] {
    let reserve = left.min(WHOLE / 20);
    let planned = (left - reserve).min(WHOLE / 10);
    let growth = (left - reserve - planned).min(WHOLE / 20);
    [reserve, planned, growth]
}

fn rule_of(category: Category) -> Rule {
    match category {
        Category::Emergency => Rule::Reserve,
        Category::Investments => Rule::Growth,
        _ => Rule::Planned,
    }
}

fn in_steps(billionths: u64) -> u32 {
    let step = u64::from(STEP) * POINT;
    u32::try_from((billionths + step / 2) / step).unwrap_or(u32::MAX).saturating_mul(STEP)
}

/// Makes the sum 100 %: one takes what is left over; what is too much is taken from it, then from what is put by, the
/// reserve last, then from the largest.
fn balance(shares: &mut [u32; COUNT], takes_rest: Category) {
    let whole = BasisPoints::WHOLE.0;
    let sum: u32 = shares.iter().sum();
    if sum <= whole {
        shares[takes_rest.index()] += whole - sum;
        return;
    }
    let mut surplus = sum - whole;
    for category in [takes_rest, Category::Investments, Category::Savings, Category::Emergency] {
        let given = surplus.min(shares[category.index()]);
        shares[category.index()] -= given;
        surplus -= given;
    }
    while surplus > 0 {
        let Some(largest) = shares.iter_mut().max_by_key(|share| **share) else { return };
        let given = surplus.min(*largest);
        *largest -= given;
        surplus -= given;
    }
}
