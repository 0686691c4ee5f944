//! Which of a workbook's pages hold the transactions, and the cells of them as texts.
use super::{
    number,
    page::{Cell, Page, Workbook},
};
use crate::import::{
    DecimalMark, amount,
    csv::Grid,
    date,
    marks::Evidence,
    text::{raw, visible},
};

/// Serial numbers of days between 1954 and 2100: a column named after a day that holds nothing else holds days.
const DAYS: std::ops::RangeInclusive<f64> = 20_000.0..=73_050.0;

/// The cells that are read, and what has to be said about those that are not. None: there is nothing on any page.
pub(super) fn choose(workbook: Workbook) -> Option<(Grid, Option<String>)> {
    let from_1904 = workbook.from_1904;
    let visible = |page: &Page| !page.hidden && !page.records.is_empty();
    let pages: Vec<Page> = workbook.pages.into_iter().filter(visible).collect();
    // Where there is no choice nothing has to be counted.
    let several = pages.len() > 1;
    let count = |page: &Page| if several { as_grid(page, from_1904).transactions() } else { 0 };
    let mut pages: Vec<(Page, usize)> = pages
        .into_iter()
        .map(|page| {
            let transactions = count(&page);
            (page, transactions)
        })
        .collect();
    let best =
        (0..pages.len()).max_by_key(|index| (pages[*index].1, pages[*index].0.records.len(), usize::MAX - index))?;
    let (mut page, _) = pages.remove(best);
    let left = append_same(&mut page, pages, from_1904);
    let notice = (!left.is_empty()).then(|| format!("not read, since their columns are others: {}", left.join(", ")));
    Some((as_grid(&page, from_1904), notice))
}

/// Puts pages with the same columns below the chosen one: a month or a card on each. Returns the names of others that have
/// transactions.
fn append_same(page: &mut Page, others: Vec<(Page, usize)>, from_1904: bool) -> Vec<String> {
    if others.is_empty() {
        return Vec::new();
    }
    let names = as_grid(page, from_1904).header().map(|header| header.names);
    let mut left = Vec::new();
    for (other, transactions) in others {
        match as_grid(&other, from_1904).header() {
            Some(header) if names.as_ref() == Some(&header.names) => {
                page.records.extend(other.records.into_iter().skip(header.record + 1));
            }
            _ if transactions > 0 => left.push(raw(&other.name)),
            _ => {}
        }
    }
    left
}

/// The cells as texts. Numbers are written with the mark that the page's texts show, so that one mark holds for all.
fn as_grid(page: &Page, from_1904: bool) -> Grid {
    let mark = mark(page);
    let grid = write(page, mark, true, |_, _| None);
    let Some(header) = grid.header() else { return grid };
    let is_counted = |column: &usize| {
        let cells = page.records.iter().skip(header.record + 1).filter_map(|cells| cells.get(*column));
        let mut numbers =
            cells.filter_map(|cell| if let Cell::Number(value, _) = cell { Some(value) } else { None }).peekable();
        numbers.peek().is_some() && numbers.all(|value| DAYS.contains(value))
    };
    let days: Vec<usize> = header.days.iter().copied().filter(is_counted).collect();
    if days.is_empty() && !header.has_currency {
        return grid;
    }
    // What a record says about its currency counts more than how its number is shown.
    write(
        page,
        mark,
        !header.has_currency,
        |column, value| {
            if days.contains(&column) { number::day(value, from_1904) } else { None }
        },
    )
}

fn write(page: &Page, mark: char, with_signs: bool, day: impl Fn(usize, f64) -> Option<String>) -> Grid {
    let mut grid = Grid::default();
    for cells in &page.records {
        grid.record();
        for (column, cell) in cells.iter().enumerate() {
            match cell {
                Cell::Empty => grid.cell(""),
                Cell::Text(text) | Cell::Day(text) => grid.cell(text),
                Cell::Number(value, currency) => {
                    let text = day(column, *value).unwrap_or_else(|| number::text(*value, mark));
                    match currency.as_ref().filter(|_| with_signs) {
                        Some(sign) => grid.cell(&format!("{text} {sign}")),
                        None => grid.cell(&text),
                    }
                }
            }
        }
    }
    grid
}

/// The mark of amounts that are written as texts; a point where there are none.
fn mark(page: &Page) -> char {
    let mut evidence = Evidence::default();
    for cell in page.records.iter().flatten() {
        if let Cell::Text(text) = cell
            && text.len() <= 40
        {
            let text = visible(text);
            if date::dissect(&text).is_none()
                && let Some(written) = amount::dissect(&text)
            {
                evidence.see(written.core);
            }
        }
    }
    evidence.proven().unwrap_or(DecimalMark::Point).char()
}
