//! Finds the shape of a text in columns: its delimiter, its quotes, its header.
use super::{
    roles::{Name, Role},
    split::{Style, Table},
};
use crate::import::{MAX_ROWS, amount, date, text::visible};

/// How much of a file is looked at to find its shape, in bytes and in records.
const HEAD: usize = 131_072;
const HEAD_RECORDS: usize = 400;
/// The header is among the first so many records.
const HEADER_WITHIN: usize = 120;
/// More records than rows are allowed: banks put texts between and below.
pub(super) const MAX_RECORDS: usize = MAX_ROWS * 2 + 10_000;

/// A text in columns.
pub(super) struct Sheet<'a> {
    pub(super) table: Table<'a>,
    pub(super) style: Style,
    /// The record with the names of the columns.
    pub(super) header: Option<usize>,
    /// The columns' names; without a header, unknown ones.
    pub(super) names: Vec<Name>,
    /// How many columns the header has.
    pub(super) named: usize,
}

/// What recommends one way to cut a text.
struct Candidate {
    style: Style,
    score: usize,
}

impl<'a> Sheet<'a> {
    /// Cuts the text in the way that makes most sense of it. None: in no way are there columns.
    pub(super) fn find(text: &'a str) -> Option<Self> {
        let head = head(text);
        let (declared, skip) = declared(text);
        let best = match declared {
            Some(delimiter) => Candidate { style: Style { delimiter, quote: b'"' }, score: 1 },
            None => b",;\t|"
                .iter()
                .map(|delimiter| candidate(head, *delimiter))
                .reduce(|a, b| if b.score > a.score { b } else { a })?,
        };
        if best.score == 0 {
            return None;
        }
        let style = Style { quote: quote(head, best.style.delimiter), ..best.style };
        let table = Table::split(text, style, MAX_RECORDS + 1);
        let header = header(&table, usize::from(skip)).or_else(|| unknown_header(&table));
        Some(Self::with(table, style, header))
    }

    /// Cuts the text as it was said.
    pub(super) fn cut(text: &'a str, delimiter: u8, header: Option<usize>) -> Self {
        let style = Style { delimiter, quote: quote(head(text), delimiter) };
        Self::with(Table::split(text, style, MAX_RECORDS + 1), style, header)
    }

    /// A table that is cut already.
    pub(super) fn of(table: Table<'a>) -> Self {
        let header = self::header(&table, 0).or_else(|| unknown_header(&table));
        Self::told(table, header)
    }

    /// A table that is cut already, with the header that was said.
    pub(super) fn told(table: Table<'a>, header: Option<usize>) -> Self {
        Self::with(table, Style { delimiter: b'\t', quote: b'"' }, header)
    }

    fn with(table: Table<'a>, style: Style, header: Option<usize>) -> Self {
        let header = header.filter(|record| *record < table.len());
        let mut names: Vec<Name> = header
            .map(|record| table.fields(record).map(|cell| Name::of(&visible(&cell))).collect())
            .unwrap_or_default();
        let named = names.len();
        let widest = (0..table.len()).map(|record| table.width(record)).max().unwrap_or(0);
        names.resize_with(names.len().max(widest), || Name::of(""));
        Self { table, style, header, names, named }
    }

    /// The records below the header that are not blank.
    pub(super) fn data(&self) -> impl Iterator<Item = usize> + Clone + '_ {
        let first = self.header.map_or(0, |record| record + 1);
        (first..self.table.len()).filter(|record| !self.table.is_blank(*record))
    }

    /// Columns whose name has such a role, from the left.
    pub(super) fn columns(&self, is: impl Fn(Role) -> bool) -> Vec<usize> {
        self.names.iter().enumerate().filter(|(_, name)| is(name.role)).map(|(column, _)| column).collect()
    }

    /// How much of the header was understood; to compare charsets by.
    pub(super) fn understood(&self) -> usize {
        self.names.iter().filter(|name| name.role != Role::None).count()
    }
}

/// The first lines, cut at the end of one.
fn head(text: &str) -> &str {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let cut = &text[..end];
    if end == text.len() { cut } else { &cut[..cut.rfind('\n').unwrap_or(end)] }
}

/// `sep=;` on a line of its own, as Excel has it; and whether that line must be skipped.
fn declared(text: &str) -> (Option<u8>, bool) {
    let line = text.lines().next().unwrap_or_default().trim().trim_matches('"');
    match line.as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter]
            if delimiter.is_ascii_punctuation() || *delimiter == b'\t' =>
        {
            (Some(*delimiter), true)
        }
        _ => (None, false),
    }
}

fn candidate(head: &str, delimiter: u8) -> Candidate {
    let style = Style { delimiter, quote: b'"' };
    let table = Table::split(head, style, HEAD_RECORDS);
    let wide: Vec<usize> = (0..table.len()).filter(|record| table.width(*record) > 1).collect();
    let fitting = wide.iter().filter(|record| is_transaction(&table, **record)).count();
    let names = header(&table, 0).map_or(0, |record| quality(&table, record));
    let fields: usize = wide.iter().map(|record| table.width(*record).min(20)).sum();
    let score = match wide.len() {
        0 => 0,
        all => names * 100 + (fitting * 3_000 + fields * 10) / all,
    };
    Candidate { style, score }
}

/// Whether a date stands in one field and an amount in another.
pub(super) fn is_transaction(table: &Table<'_>, record: usize) -> bool {
    let (mut dates, mut amounts) = (0, 0);
    for cell in table.fields(record).take(64) {
        if is_date(&cell) {
            dates += 1;
        } else if is_amount(&cell) {
            amounts += 1;
        }
    }
    dates > 0 && amounts > 0
}

/// Whether the cell is a day, whatever the order.
pub(super) fn is_date(cell: &str) -> bool {
    let cell = cell.trim();
    (4..=40).contains(&cell.len())
        && date::dissect(cell).is_some_and(|date| !matches!(date, date::Written::NoYear { .. }) && date.is_possible())
}

/// Whether the cell is an amount.
pub(super) fn is_amount(cell: &str) -> bool {
    cell.len() <= 60 && amount::with(cell, |written| written.is_some())
}

/// The quote sign: single ones only where there are no double ones and fields are wrapped in them.
fn quote(head: &str, delimiter: u8) -> u8 {
    if head.contains('"') {
        return b'"';
    }
    let table = Table::split(head, Style { delimiter, quote: b'"' }, HEAD_RECORDS);
    let wrapped = |cell: &str| cell.len() > 1 && cell.starts_with('\'') && cell.ends_with('\'');
    let count = (0..table.len())
        .flat_map(|record| table.fields(record).collect::<Vec<_>>())
        .filter(|cell| wrapped(cell.trim()))
        .count();
    if count > 1 { b'\'' } else { b'"' }
}

/// The record that names a date and an amount, and most besides.
fn header(table: &Table<'_>, from: usize) -> Option<usize> {
    let candidates = (from..table.len().min(HEADER_WITHIN))
        .map(|record| (record, quality(table, record)))
        .filter(|(_, quality)| *quality > 0);
    candidates.reduce(|best, other| if other.1 > best.1 { other } else { best }).map(|(record, _)| record)
}

/// How good a header a record would be; 0: it is none.
fn quality(table: &Table<'_>, record: usize) -> usize {
    if table.width(record) < 2 {
        return 0;
    }
    let roles: Vec<Role> = table.fields(record).take(128).map(|cell| Name::of(&visible(&cell)).role).collect();
    let known = roles.iter().filter(|role| **role != Role::None).count();
    let day = roles.iter().any(|role| matches!(role, Role::Date(_)));
    let money = roles.iter().any(|role| matches!(role, Role::Amount(_) | Role::Debit | Role::Credit));
    match (day, money) {
        (true, true) => 30 + known.min(20),
        (true, false) | (false, true) if known >= 3 && !is_transaction(table, record) => known.min(20),
        _ => 0,
    }
}

/// A line of texts right above the first transaction, in a language that is not known here.
fn unknown_header(table: &Table<'_>) -> Option<usize> {
    let first = (0..table.len().min(HEADER_WITHIN)).find(|record| is_transaction(table, *record))?;
    let above = (0..first).rev().find(|record| !table.is_blank(*record))?;
    let texts = table.fields(above).filter(|cell| !cell.trim().is_empty()).count();
    let values = table.fields(above).any(|cell| is_date(&cell) || is_amount(&cell));
    (!values && texts > 1 && table.width(above) >= table.width(first)).then_some(above)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_and_headers() {
        for (text, delimiter, header) in [
            ("Date,Payee,Amount\n2026-01-02,x,1.5\n", b',', Some(0)),
            ("Title;\n\nDatum;Betrag;Text\n02.01.2026;-1,50;a,b\n", b';', Some(2)),
            ("Date\tAmount\n02/01/2026\t1,5\n", b'\t', Some(0)),
            ("sep=;\nDate;Amount\n2026-01-02;1,5", b';', Some(1)),
            ("02.01.2026;x;-1,50\n03.01.2026;y;2,00\n", b';', None),
            ("pvm;kuvaus;eurot\n02.01.2026;x;-1,50\n", b';', Some(0)),
            ("PLN;1,00\nFrom 2026-01-01, to 2026-02-01\nDate,Amount\n2026-01-02,5\n", b',', Some(2)),
        ] {
            let sheet = Sheet::find(text).unwrap();
            assert_eq!((sheet.style.delimiter, sheet.header), (delimiter, header), "{text}");
        }
        assert_eq!(Sheet::find("'1','a,b'\n'2','c'\n").unwrap().style.quote, b'\'');
        assert!(Sheet::find("no columns at all").is_none());
    }
}
