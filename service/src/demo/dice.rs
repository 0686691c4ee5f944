//! Chance that falls the same each time, so that the example is the same for everybody on the same day.
use domain::period::Month;

/// `SplitMix64` (<https://prng.di.unimi.it/splitmix64.c>). Not for secrets.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Dice {
    /// A month's own chance for one habit: what is added to one habit changes nothing in another.
    pub(super) fn of(month: Month, habit: &str) -> Self {
        let months = u64::from(month.year.unsigned_abs()) * 12 + u64::from(month.month.unsigned_abs());
        let salt = habit.bytes().fold(0, |salt: u64, byte| salt.wrapping_mul(31).wrapping_add(u64::from(byte)));
        let mut dice = Self(months.wrapping_mul(STEP) ^ salt);
        // The first number still shows how near two seeds were.
        dice.roll();
        dice
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.abs_diff(low).saturating_add(1);
        low.saturating_add_unsigned(self.roll() % span)
    }

    /// Whether it happens this time, where it happens `percent` times of a hundred.
    pub(super) fn happens(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of them.
    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        let last = i64::try_from(of.len()).unwrap_or(1) - 1;
        of[usize::try_from(self.between(0, last)).unwrap_or(0)]
    }

    /// An amount in minor units, at most `percent` of a hundred away from `minor`.
    pub(super) fn around(&mut self, minor: i64, percent: i64) -> i64 {
        let reach = minor * percent / 100;
        self.between(minor - reach, minor + reach).max(1)
    }
}
