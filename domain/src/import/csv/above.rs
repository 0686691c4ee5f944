//! What stands around the rows: the currency above the table, samples of the columns.
use super::{
    plan::Plan,
    sheet::Sheet,
    vocab::{Found, List},
};
use crate::{
    currency::Currency,
    import::{
        ColumnSample,
        money_sign::{Meaning, meaning},
        text::{clean, visible},
    },
};

/// How many columns are offered to choose from.
const MAX_COLUMNS: usize = 100;

/// The only code of a currency above the table: alone in a field, or behind a word for currency.
pub(super) fn currency(sheet: &Sheet<'_>) -> Option<Currency> {
    let mut found = None;
    for record in 0..sheet.header.unwrap_or(0) {
        for cell in sheet.table.fields(record) {
            let Some(code) = code(&visible(&cell)) else { continue };
            if found.is_some_and(|other| other != code) {
                return None;
            }
            found = Some(code);
        }
    }
    found
}

fn code(cell: &str) -> Option<Currency> {
    let alone = cell.trim_start_matches([':', ' ', '#']);
    let named = cell.rsplit([':', ' ']).next().filter(|_| Found::in_text(cell).has(List::CURRENCY_WORD));
    [Some(alone), named].into_iter().flatten().filter(|code| code.len() == 3).find_map(|code| code.parse().ok())
}

/// The currency of the first row that says one.
pub(super) fn first_code(sheet: &Sheet<'_>, plan: &Plan) -> Option<Currency> {
    let column = usize::from(plan.mapping.currency_column?);
    sheet.data().take(50).find_map(|record| match meaning(&sheet.table.get(record, column)) {
        Meaning::One(currency) => Some(currency),
        _ => None,
    })
}

/// The columns with their first values.
pub(super) fn samples(sheet: &Sheet<'_>) -> Vec<ColumnSample> {
    let records: Vec<usize> = sheet.data().take(50).collect();
    let sample = |column: usize| ColumnSample {
        column: super::plan::narrow(column),
        name: clean(&sheet.names[column].text, 80).unwrap_or_default(),
        samples: records.iter().filter_map(|record| clean(&sheet.table.get(*record, column), 40)).take(3).collect(),
    };
    (0..sheet.names.len().min(MAX_COLUMNS)).map(sample).collect()
}
