//! Ten shares that give way to each other, so that together they stay 100 %. Pure: the editor draws it.
use domain::{
    allocation::{Allocations, BasisPoints, rebalance},
    category::{COUNT, Category},
    money::split_by_weights,
};

/// What each category gets, which of them are locked, and which were set by hand.
///
/// While one share is being moved, all steps start from where the others stood before: typing `6` on the way to `65`, or
/// sliding to 100 and back, leaves their proportions as they were. Those that were not set by hand give way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    base: [BasisPoints; COUNT],
    now: [BasisPoints; COUNT],
    locked: [bool; COUNT],
    by_hand: [bool; COUNT],
    moving: Option<Category>,
    held: Option<Held>,
}

/// Why a share did not become what was wished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The locked ones leave this much.
    AtMost(BasisPoints),
    /// There is no other to give way.
    AllLocked,
}

impl Shares {
    /// As they are; they need not sum to 100 % (a form that came back).
    pub fn new(percentages: [BasisPoints; COUNT]) -> Self {
        Self {
            base: percentages,
            now: percentages,
            locked: [false; COUNT],
            by_hand: [false; COUNT],
            moving: None,
            held: None,
        }
    }

    /// What a category gets.
    pub fn of(&self, category: Category) -> BasisPoints {
        self.now[category.index()]
    }

    /// All of them.
    pub fn all(&self) -> [BasisPoints; COUNT] {
        self.now
    }

    /// What they come to: 10,000 is 100 %.
    pub fn sum(&self) -> u32 {
        self.now.iter().map(|share| share.0).sum()
    }

    /// Whether a category keeps what it has.
    pub fn is_locked(&self, category: Category) -> bool {
        self.locked[category.index()]
    }

    /// Why the last wish was not met in full.
    pub fn held(&self) -> Option<Held> {
        self.held
    }

    /// What each gets of an income, to the last minor unit where they sum to 100 %.
    pub fn amounts(&self, income: i64) -> [i64; COUNT] {
        Allocations::from_percentages(&self.now, income)
            .map_or_else(|_| self.now.map(|share| share.of(income)), |exact| exact.amounts())
    }

    /// Puts a share where it is, and nothing gives way.
    pub fn put(&mut self, category: Category, share: BasisPoints) {
        self.now[category.index()] = share;
        self.settle();
    }

    /// Locks or unlocks a category.
    pub fn toggle(&mut self, category: Category) {
        self.locked[category.index()] = !self.locked[category.index()];
        self.settle();
    }

    /// Begins again with other shares; locks are opened.
    pub fn reset(&mut self, percentages: [BasisPoints; COUNT]) {
        *self = Self::new(percentages);
    }

    /// Gives a category what is wished, or what the locked ones leave of it, and lets the others give way.
    pub fn set(&mut self, category: Category, wish: BasisPoints) {
        if self.moving != Some(category) {
            self.settle();
            self.moving = Some(category);
        }
        let (least, most) = self.room(category);
        let granted = BasisPoints(wish.0.clamp(least, most));
        self.held =
            (granted != wish).then_some(if least == most { Held::AllLocked } else { Held::AtMost(BasisPoints(most)) });
        self.by_hand[category.index()] = true;
        match self.given_way(category, granted) {
            Some(balanced) => self.now = balanced,
            None => self.now[category.index()] = wish, // more than 100 % is locked: the sum says so
        }
    }

    /// The smallest and largest share that the locked others allow.
    fn room(&self, category: Category) -> (u32, u32) {
        let others = || (0..COUNT).filter(|&index| index != category.index());
        let locked: u32 = others().filter(|&index| self.locked[index]).map(|index| self.base[index].0).sum();
        let most = BasisPoints::WHOLE.0.saturating_sub(locked);
        let least = if others().any(|index| !self.locked[index]) { 0 } else { most };
        (least, most)
    }

    /// The others without what `category` takes: first those that were not set by hand, then, once those are at nothing,
    /// the others. Locked ones never.
    fn given_way(&self, category: Category, share: BasisPoints) -> Option<[BasisPoints; COUNT]> {
        let mut wanted = self.base;
        wanted[category.index()] = share;
        let first: [bool; COUNT] = std::array::from_fn(|index| self.locked[index] || self.by_hand[index]);
        let (balanced, kept) = if let Some(balanced) = rebalance(&wanted, category, &first) {
            (balanced, first)
        } else {
            let untouched = |index: usize| index != category.index() && !first[index];
            for index in (0..COUNT).filter(|&index| untouched(index)) {
                wanted[index] = BasisPoints(0);
            }
            let second: [bool; COUNT] = std::array::from_fn(|index| self.locked[index] || untouched(index));
            (rebalance(&wanted, category, &second)?, second)
        };
        Some(in_whole_percents(balanced, |index| index != category.index() && !kept[index]))
    }

    /// The next move starts from here.
    fn settle(&mut self) {
        self.base = self.now;
        self.moving = None;
        self.held = None;
    }
}

/// Those that gave way, in whole percents: nobody plans with 12.86 %. What is less than one goes to the largest of them.
fn in_whole_percents(mut shares: [BasisPoints; COUNT], gave_way: impl Fn(usize) -> bool) -> [BasisPoints; COUNT] {
    let weights: [u64; COUNT] =
        std::array::from_fn(|index| if gave_way(index) { u64::from(shares[index].0) } else { 0 });
    let sum: u64 = weights.iter().sum();
    let (Some(largest), Ok(percents)) =
        ((0..COUNT).rev().max_by_key(|&index| weights[index]), i64::try_from(sum / 100))
    else {
        return shares;
    };
    if sum == 0 {
        return shares;
    }
    let whole = split_by_weights(percents, &weights);
    for index in (0..COUNT).filter(|&index| gave_way(index)) {
        shares[index] = BasisPoints(u32::try_from(whole[index] * 100).unwrap_or_default());
    }
    shares[largest].0 += u32::try_from(sum % 100).unwrap_or_default();
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::allocation::STANDARD;

    fn values(shares: &Shares) -> [u32; COUNT] {
        shares.all().map(|share| share.0)
    }

    #[test]
    fn steps_on_the_way_leave_no_trace() {
        let mut typed = Shares::new(STANDARD);
        for wish in [4, 400, 10_000, 0, 4_000] {
            typed.set(Category::Housing, BasisPoints(wish));
            assert_eq!(typed.sum(), 10_000);
        }
        let mut at_once = Shares::new(STANDARD);
        at_once.set(Category::Housing, BasisPoints(4_000));
        assert_eq!(typed.all(), at_once.all());
    }

    #[test]
    fn who_gives_way_keeps_whole_percents() {
        let mut shares = Shares::new(STANDARD);
        shares.set(Category::Housing, BasisPoints(4_000));
        assert_eq!(values(&shares), [4_000, 1_300, 1_300, 900, 400, 400, 900, 400, 400, 0]);
        shares.set(Category::Housing, BasisPoints(3_333));
        assert_eq!(shares.sum(), 10_000);
        assert_eq!(values(&shares).iter().filter(|&&share| share % 100 != 0).count(), 2);
    }

    #[test]
    fn what_was_set_by_hand_gives_way_last() {
        let mut shares = Shares::new(STANDARD);
        shares.set(Category::Housing, BasisPoints(4_000));
        shares.set(Category::Food, BasisPoints(2_000));
        assert_eq!((shares.of(Category::Housing).0, shares.of(Category::Food).0, shares.sum()), (4_000, 2_000, 10_000));
        shares.set(Category::Food, BasisPoints(7_000));
        assert_eq!(values(&shares), [3_000, 7_000, 0, 0, 0, 0, 0, 0, 0, 0]);
        shares.set(Category::Food, BasisPoints(2_000));
        assert_eq!(shares.of(Category::Housing).0, 4_000);
    }

    #[test]
    fn locked_ones_stay_and_say_how_much_they_leave() {
        let mut shares = Shares::new(STANDARD);
        shares.toggle(Category::Housing);
        shares.set(Category::Food, BasisPoints(9_000));
        assert_eq!((shares.of(Category::Housing).0, shares.of(Category::Food).0), (3_000, 7_000));
        assert_eq!(shares.held(), Some(Held::AtMost(BasisPoints(7_000))));
        for category in Category::ALL.into_iter().filter(|&category| category != Category::Housing) {
            shares.toggle(category);
        }
        shares.set(Category::Food, BasisPoints(100));
        assert_eq!((shares.of(Category::Food).0, shares.held()), (7_000, Some(Held::AllLocked)));
        assert_eq!(shares.sum(), 10_000);
    }

    #[test]
    fn a_form_that_came_back_wrong_is_made_right_by_the_next_move() {
        let mut shares = Shares::new(STANDARD);
        shares.put(Category::Housing, BasisPoints(9_000));
        assert_eq!(shares.sum(), 16_000);
        shares.set(Category::Food, BasisPoints(1_500));
        assert_eq!(shares.sum(), 10_000);
    }

    #[test]
    fn amounts_sum_to_the_income() {
        let mut shares = Shares::new(STANDARD);
        shares.set(Category::Housing, BasisPoints(3_333));
        assert_eq!(shares.amounts(99_999).iter().sum::<i64>(), 99_999);
        shares.put(Category::Housing, BasisPoints(0));
        assert_eq!(shares.amounts(100)[0], 0);
    }
}
