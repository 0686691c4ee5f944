//! What the columns' names and the lines above them tell about the order of dates.
use super::{
    sheet::Sheet,
    vocab::{Found, List},
};
use crate::import::{order::Hints, text::visible};

/// By the names of the columns and what stands above them.
pub(super) fn of(sheet: &Sheet<'_>) -> Hints {
    let not_english = sheet.names.iter().any(|name| Found::in_words(&name.words).has(List::NOT_ENGLISH));
    let east_asian =
        sheet.names.iter().any(|name| name.words.contains(|c: char| ('\u{2e80}'..'\u{fb00}').contains(&c)));
    Hints { not_english, east_asian, around: around(sheet), ..Hints::default() }
}

/// The last year and month that the lines above the table name: `2024年01月`, `01/2024`, `as of 12/23/2020`.
fn around(sheet: &Sheet<'_>) -> Option<(u16, u16)> {
    let above = (0..sheet.header.unwrap_or(0)).flat_map(|record| sheet.table.fields(record).collect::<Vec<_>>());
    above.filter_map(|cell| year_and_month(&visible(&cell))).max()
}

fn year_and_month(text: &str) -> Option<(u16, u16)> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    let value = |digits: &str| digits.parse::<u16>().ok();
    let at = numbers
        .iter()
        .position(|digits| digits.len() == 4 && value(digits).is_some_and(|year| (1990..2100).contains(&year)))?;
    let year = value(numbers[at])?;
    let month = |index: Option<usize>| {
        index
            .and_then(|index| numbers.get(index))
            .and_then(|digits| value(digits))
            .filter(|month| (1..=12).contains(month))
    };
    Some((year, month(Some(at + 1)).or_else(|| month(at.checked_sub(1))).unwrap_or(12)))
}
