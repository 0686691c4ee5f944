//! The household's two years put together, up to a day.
use super::{
    bills::bills,
    calendar::{Chapter, NEW_PLAN_AFTER, chapters},
    events::{away, events},
    food::food,
    living::living,
    row::{Pocket, Row},
};
use domain::{
    Date,
    category::{COUNT, Category as C},
    currency::Currency,
    expense::Kind,
    money::{Money, div_round},
    rates::RateTable,
};

/// An income and how it is shared among the ten categories, in their order: cents and hundredths of a percent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Intent {
    pub(super) income: i64,
    pub(super) shares: [i64; COUNT],
}

/// The plan of the first year: the standard allocation, moved to what a family in a rented flat pays.
pub(super) const FIRST_PLAN: Intent =
    Intent { income: 448_000, shares: [2_950, 1_650, 800, 800, 300, 700, 800, 300, 500, 1_200] };
/// Since the rise: more for food and the reserve.
pub(super) const NEW_PLAN: Intent =
    Intent { income: 465_000, shares: [2_900, 1_700, 800, 800, 300, 700, 800, 400, 500, 1_100] };

/// All rows, in the order of their days, and when the plans began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Life {
    pub(super) begins: Date,
    pub(super) plan_changes: Date,
    pub(super) rows: Vec<Row>,
}

/// Two years of the Winters up to and with `today`.
pub(super) fn live(today: Date) -> Life {
    let chapters = chapters(today);
    let mut rows: Vec<Row> = Vec::new();
    let mut card_debt = 0;
    for &chapter in &chapters {
        let mut month = lived(chapter, today);
        if chapter.index > 0 {
            // What the credit card was used for last month is taken from the current account.
            let settlement = Row::moved(chapter.booked(20), card_debt, "Kreditkarte").about("Settlement of the card");
            month.extend(Some(settlement).filter(|row| row.date <= today));
        }
        card_debt = month.iter().map(owed).sum::<i64>().max(1);
        rows.extend(month);
    }
    rows.sort_by_key(|row| row.date);
    let start = |index: usize| chapters[index].period().start;
    Life { begins: start(0), plan_changes: start(NEW_PLAN_AFTER), rows }
}

/// A month's rows up to `today`.
fn lived(chapter: Chapter, today: Date) -> Vec<Row> {
    let away = away(chapter);
    let at_home = food(chapter).into_iter().chain(living(chapter));
    let at_home = at_home.filter(|row| away.is_none_or(|days| !days.contains(row.date)));
    let mut rows: Vec<Row> = at_home.chain(bills(chapter)).chain(events(chapter)).collect();
    if chapter.is_running() {
        rows.extend(glasses(chapter, today));
    }
    rows.retain(|row| row.date <= today);
    if chapter.is_running() {
        eat_more(&mut rows, chapter, today);
    }
    rows
}

/// Larger than a month's plan for health, so that the running month has something to say from its first days on.
fn glasses(chapter: Chapter, today: Date) -> Vec<Row> {
    let day = chapter.day(4).min(today);
    let optician = Row::paid(day, 18_640, C::Healthcare, "Optik Seeberg").under("Glasses").about("Glasses for Ida");
    vec![optician.noting("The insurer pays a part: send them the bill.").tagged(&["ida"])]
}

/// Stretches the running month's food so that it heads for 15 % more than planned without being there yet.
fn eat_more(rows: &mut [Row], chapter: Chapter, today: Date) {
    let planned = NEW_PLAN.income * NEW_PLAN.shares[C::Food.index()] / 10_000;
    let period = chapter.period();
    let (day, days) = (i64::from(period.day_number(today)), i64::from(period.days()));
    let wanted = (planned * day * 115 / (days * 100)).min(planned * 97 / 100);
    let food = |row: &&mut Row| row.category == Some(C::Food) && row.amount.currency() == Currency::EUR;
    let eaten: i64 = rows.iter_mut().filter(food).map(|row| row.amount.minor()).sum();
    if eaten == 0 {
        return;
    }
    // A basket is never half or twice as full as usual: in a month's first days little can be said anyway.
    let factor = (wanted * 1_000 / eaten).clamp(700, 1_400);
    for row in rows.iter_mut().filter(food) {
        let minor = div_round(i128::from(row.amount.minor()) * i128::from(factor), 1_000);
        row.amount = Money::new(i64::try_from(minor).unwrap_or(1).max(1), Currency::EUR);
    }
}

/// What a row adds to what is owed for the credit card, in cents.
fn owed(row: &Row) -> i64 {
    if row.pocket != Pocket::Card {
        return 0;
    }
    let euros = RateTable::embedded().convert(row.amount, Currency::EUR, row.date);
    let minor = euros.map_or(0, |euros| euros.amount.minor());
    if row.kind == Kind::Refund { -minor } else { minor }
}
