//! The order of day, month and year, decided once for a whole file.
use super::{
    DateOrder,
    date::{Written, dissect},
    text::visible,
};
use crate::currency::Currency;

/// What is known besides the dates themselves.
#[derive(Default)]
pub(super) struct Hints {
    /// The names of the columns are in a language that does not write the month first.
    pub(super) not_english: bool,
    /// They are Chinese, Japanese or Korean: year first, and the month before the day.
    pub(super) east_asian: bool,
    pub(super) currency: Option<Currency>,
    pub(super) home: Option<Currency>,
    /// The export is known to write its dates so.
    pub(super) known: Option<DateOrder>,
    /// Programs that write such files mostly write them so; decides nothing alone.
    pub(super) lean: Option<DateOrder>,
    /// The month that the statement is of, for dates without a year.
    pub(super) around: Option<(u16, u16)>,
}

/// The order, and whether anything else is improbable.
pub(super) struct Decision {
    pub(super) order: DateOrder,
    pub(super) sure: bool,
}

const ORDERS: [DateOrder; 3] = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];

/// Decides by the dates that can be read in several ways (all others are not among `dates`), in the file's order.
pub(super) fn decide(dates: &[Written], hints: &Hints) -> Decision {
    if dates.is_empty() {
        return Decision { order: hints.known.unwrap_or(DateOrder::Ymd), sure: true };
    }
    let days = ORDERS.map(|order| dates.iter().map(|date| day_number(*date, order, hints.around)).collect::<Vec<_>>());
    let short = dates.iter().any(|date| matches!(date, Written::Short { .. }));
    let failures = days.each_ref().map(|all| all.iter().filter(|day| day.is_none()).count());
    let least = failures.iter().take(if short { 3 } else { 2 }).min().copied().unwrap_or(0);
    let candidates: Vec<usize> = (0..if short { 3 } else { 2 }).filter(|index| failures[*index] == least).collect();
    let sole = candidates.len() == 1 || candidates.iter().all(|index| days[*index] == days[candidates[0]]);
    if sole {
        // A file that contradicts itself is asked about.
        return Decision { order: ORDERS[candidates[0]], sure: least * 10 <= dates.len() };
    }
    if let Some(index) = candidates.iter().find(|index| hints.known == Some(ORDERS[**index])) {
        return Decision { order: ORDERS[*index], sure: true };
    }
    by_points(dates, &days, &candidates, hints)
}

fn by_points(dates: &[Written], days: &[Vec<Option<i32>>; 3], candidates: &[usize], hints: &Hints) -> Decision {
    let mut points = [0_i32; 3];
    for (order, more) in hints.points(separator(dates)) {
        let index = ORDERS.iter().position(|other| *other == order).unwrap_or(0);
        points[index] += more;
    }
    let shapes = days.each_ref().map(|days| Shape::of(days));
    for index in candidates {
        let others = || candidates.iter().filter(|other| *other != index).map(|other| &shapes[*other]);
        let shape = &shapes[*index];
        points[*index] += 2 * i32::from(shape.different >= 4 && shape.sorted && others().all(|other| !other.sorted));
        points[*index] += i32::from(shape.different >= 3 && others().all(|other| shape.span * 4 < other.span));
    }
    let mut ranked = candidates.to_vec();
    ranked.sort_by_key(|index| std::cmp::Reverse(points[*index]));
    let lead = points[ranked[0]] - points[ranked[1]];
    Decision { order: ORDERS[ranked[0]], sure: lead >= 2 }
}

impl Hints {
    /// Points for orders, by language, signs and money.
    fn points(&self, separator: char) -> Vec<(DateOrder, i32)> {
        // Nearly nobody writes `20-11-22` without a century.
        let mut points = vec![(DateOrder::Ymd, -2)];
        points.extend(self.lean.map(|order| (order, 1)));
        match separator {
            '.' => points.push((DateOrder::Dmy, 3)),
            '-' => points.push((DateOrder::Dmy, 1)),
            _ => {}
        }
        if self.east_asian {
            points.extend([(DateOrder::Ymd, 6), (DateOrder::Mdy, 3)]);
        } else if self.not_english {
            points.push((DateOrder::Dmy, 3));
        }
        match self.currency {
            Some(Currency::USD) => points.push((DateOrder::Mdy, 1)),
            Some(Currency::CAD) | None => {}
            Some(_) => points.push((DateOrder::Dmy, 2)),
        }
        match self.home {
            Some(Currency::USD) => points.push((DateOrder::Mdy, 1)),
            Some(Currency::CAD) | None => {}
            Some(_) => points.push((DateOrder::Dmy, 1)),
        }
        points
    }
}

/// How the dates lie in time under one order.
struct Shape {
    sorted: bool,
    span: i32,
    different: usize,
}

impl Shape {
    fn of(days: &[Option<i32>]) -> Self {
        let days: Vec<i32> = days.iter().flatten().copied().collect();
        let sorted = days.is_sorted() || days.iter().rev().is_sorted();
        let span = days.iter().max().zip(days.iter().min()).map_or(0, |(last, first)| last - first);
        let mut different = days;
        different.sort_unstable();
        different.dedup();
        Self { sorted, span, different: different.len() }
    }
}

/// Some number that grows with the day, for a date in any order; to tell which of two is younger, mostly.
pub(super) fn rough_day(cell: &str) -> Option<i32> {
    let date = dissect(&visible(cell)).filter(|date| date.is_possible())?;
    ORDERS.iter().find_map(|order| day_number(date, *order, None))
}

/// Days since some day, to compare by.
fn day_number(date: Written, order: DateOrder, around: Option<(u16, u16)>) -> Option<i32> {
    let date = date.date(order, around.or(Some((2000, 12))))?;
    Some(i32::from(date.year()) * 366 + i32::from(date.day_of_year()))
}

fn separator(dates: &[Written]) -> char {
    match dates.first() {
        Some(Written::YearLast { separator, .. } | Written::Short { separator, .. }) => *separator,
        _ => '/',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints() -> Hints {
        Hints::default()
    }

    fn order(all: &[&str], hints: &Hints) -> (DateOrder, bool) {
        let dates: Vec<Written> = all.iter().map(|text| dissect(text).unwrap()).collect();
        let decision = decide(&dates, hints);
        (decision.order, decision.sure)
    }

    #[test]
    fn decided_once_for_the_file() {
        use DateOrder::{Dmy, Mdy};
        assert_eq!(order(&["01/02/2026", "13/02/2026"], &hints()), (Dmy, true));
        assert_eq!(order(&["01/02/2026", "02/13/2026"], &hints()), (Mdy, true));
        assert!(!order(&["01/02/2026", "02/02/2026"], &hints()).1);
        assert!(order(&["01/01/2026"], &hints()).1);
        assert_eq!(order(&["01.02.2026"], &hints()), (Dmy, true));
        assert_eq!(order(&["01/02/2026"], &Hints { not_english: true, ..hints() }), (Dmy, true));
        assert_eq!(order(&["01/02/2026"], &Hints { currency: Some(Currency::GBP), ..hints() }), (Dmy, true));
        assert_eq!(order(&["01/02/2026"], &Hints { currency: Some(Currency::USD), ..hints() }), (Mdy, false));
        assert_eq!(order(&["01/02/2026"], &Hints { known: Some(Mdy), ..hints() }), (Mdy, true));
        // The month stands still while the day changes; and dollars.
        let dense = ["01/01/2024", "01/02/2024", "01/05/2024", "01/06/2024", "01/04/2024"];
        assert_eq!(order(&dense, &Hints { currency: Some(Currency::USD), ..hints() }), (Mdy, true));
        assert_eq!(order(&dense, &hints()), (Mdy, false));
        // In order by one reading only.
        assert_eq!(order(&["02/01/2026", "05/01/2026", "01/02/2026", "03/02/2026"], &hints()), (Dmy, true));
    }
}
