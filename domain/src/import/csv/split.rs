//! Cuts text into records and fields, forgiving what banks do to quotes.
//!
//! A quote closes a field only in front of a delimiter or the end of a line, so that `"UAB "Naktida""` is one field.
use std::borrow::Cow;

/// The most fields of a record that are looked at.
const MAX_FIELDS: usize = 512;
/// The longest quoted field, in bytes: a lone quote must not swallow the file.
const MAX_QUOTED: usize = 65_536;
/// After so many quotes that open nothing, quotes are plain characters.
const MAX_STRAY_QUOTES: u32 = 200;

/// A field's place in the text.
#[derive(Debug, Clone, Copy)]
struct Field {
    start: u32,
    /// The last bit says that quotes are doubled inside.
    end: u32,
}

const DOUBLED: u32 = 1 << 31;

/// Records of fields, as places in the text.
#[derive(Debug)]
pub(super) struct Table<'a> {
    text: &'a str,
    fields: Vec<Field>,
    /// Of each record: its first field, and where it starts in the text.
    records: Vec<(u32, u32)>,
}

/// What stands between fields and around them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) delimiter: u8,
    pub(super) quote: u8,
}

impl<'a> Table<'a> {
    /// Cuts `text` (less than 2 GiB) into at most `max` records.
    pub(super) fn split(text: &'a str, style: Style, max: usize) -> Self {
        let mut cutter = Cutter { text, bytes: text.as_bytes(), style, stray: 0, record: 0 };
        let mut table = Self { text, fields: Vec::new(), records: Vec::new() };
        let mut at = 0;
        while at < text.len() && table.records.len() < max {
            table.records.push((place(table.fields.len()), place(at)));
            at = cutter.record(at, &mut table.fields);
        }
        table
    }

    /// A table whose cells are known already; `places` has the cells of each record, less than 2 GiB into `text`.
    pub(super) fn of_places(text: &'a str, places: &[Vec<(u32, u32)>]) -> Self {
        let mut table = Self { text, fields: Vec::new(), records: Vec::new() };
        let mut at = 0;
        for cells in places {
            at = cells.first().map_or(at, |cell| cell.0);
            table.records.push((place(table.fields.len()), at));
            table.fields.extend(cells.iter().take(MAX_FIELDS).map(|(start, end)| Field { start: *start, end: *end }));
            at = cells.last().map_or(at, |cell| cell.1);
        }
        table
    }

    /// How many records there are, blank lines among them.
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }

    /// How many fields the record has.
    pub(super) fn width(&self, record: usize) -> usize {
        self.range(record).len()
    }

    /// A field of a record; empty where the record is shorter.
    pub(super) fn get(&self, record: usize, column: usize) -> Cow<'a, str> {
        let range = self.range(record);
        let Some(field) = self.fields[range].get(column) else { return Cow::Borrowed("") };
        let text = &self.text[field.start as usize..(field.end & !DOUBLED) as usize];
        if field.end & DOUBLED == 0 {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.replace("\"\"", "\"").replace("''", "'"))
        }
    }

    /// All fields of a record.
    pub(super) fn fields(&self, record: usize) -> impl Iterator<Item = Cow<'a, str>> + '_ {
        (0..self.width(record)).map(move |column| self.get(record, column))
    }

    /// The record as it stands in the file.
    pub(super) fn raw(&self, record: usize) -> &'a str {
        let start = self.records[record].1 as usize;
        let end = self.records.get(record + 1).map_or(self.text.len(), |next| next.1 as usize);
        self.text[start..end].trim_end()
    }

    /// Whether nothing but delimiters, blanks and quotes is in the record.
    pub(super) fn is_blank(&self, record: usize) -> bool {
        self.raw(record).chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '"' | '\'' | '\u{feff}'))
    }

    fn range(&self, record: usize) -> std::ops::Range<usize> {
        let start = self.records[record].0 as usize;
        start..self.records.get(record + 1).map_or(self.fields.len(), |next| next.0 as usize)
    }
}

/// Texts of 2 GiB and more never come this far.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX) & !DOUBLED
}

struct Cutter<'a> {
    text: &'a str,
    bytes: &'a [u8],
    style: Style,
    stray: u32,
    /// Where the record being cut starts.
    record: usize,
}

impl Cutter<'_> {
    /// Cuts the record that starts at `at`; returns where the next one starts.
    fn record(&mut self, at: usize, fields: &mut Vec<Field>) -> usize {
        self.record = at;
        let first = fields.len();
        let mut at = at;
        loop {
            let (field, end) = self.field(at);
            if fields.len() - first < MAX_FIELDS {
                fields.push(field);
            }
            match self.bytes.get(end) {
                Some(byte) if *byte == self.style.delimiter => at = end + 1,
                Some(b'\r') if self.bytes.get(end + 1) == Some(&b'\n') => return end + 2,
                Some(_) => return end + 1,
                None => return self.bytes.len(),
            }
        }
    }

    fn field(&mut self, at: usize) -> (Field, usize) {
        let start = self.skip_blanks(at);
        if self.stray < MAX_STRAY_QUOTES && self.bytes.get(start) == Some(&self.style.quote) {
            if let Some(found) = self.quoted(start + 1) {
                return found;
            }
            self.stray += 1;
        }
        let end = self.find(at, |byte| byte == b'\n' || byte == b'\r');
        (Field { start: place(at), end: place(end) }, end)
    }

    /// The field that a quote opened just before `start`. None: that quote is a plain character.
    fn quoted(&self, start: usize) -> Option<(Field, usize)> {
        let quote = self.style.quote;
        let (mut doubled, mut lone) = (0, false);
        let limit = self.bytes.len().min(start + MAX_QUOTED);
        let mut at = start;
        loop {
            at += self.bytes.get(at..limit)?.iter().position(|byte| *byte == quote || *byte == b'\n')?;
            if self.bytes[at] == b'\n' {
                if self.is_next_record(at + 1) {
                    return None;
                }
                at += 1;
            } else if self.bytes.get(at + 1) == Some(&quote) {
                // Behind a lone quote, `""` in front of a delimiter closes both.
                if let Some(end) = self.closes(at + 2).filter(|_| lone) {
                    return Some((Field { start: place(start), end: place(at + 1) }, end));
                }
                doubled = DOUBLED;
                at += 2;
            } else if let Some(end) = self.closes(at + 1) {
                return Some((Field { start: place(start), end: place(at) | doubled }, end));
            } else {
                lone = !lone;
                at += 1;
            }
        }
    }

    /// The end of a field behind its closing quote.
    fn closes(&self, at: usize) -> Option<usize> {
        let end = self.skip_blanks(at);
        let byte = self.bytes.get(end).copied().unwrap_or(b'\n');
        (byte == self.style.delimiter || byte == b'\n' || byte == b'\r').then_some(end)
    }

    fn skip_blanks(&self, at: usize) -> usize {
        let is_blank = |byte: u8| (byte == b' ' || byte == b'\t') && byte != self.style.delimiter;
        at + self.bytes[at.min(self.bytes.len())..].iter().take_while(|byte| is_blank(**byte)).count()
    }

    fn find(&self, at: usize, stop: impl Fn(u8) -> bool) -> usize {
        let delimiter = self.style.delimiter;
        let rest = &self.bytes[at..];
        at + rest.iter().position(|byte| *byte == delimiter || stop(*byte)).unwrap_or(rest.len())
    }

    /// Whether the line at `at`, inside of a quoted field, begins like the record that is being cut: then the quote was
    /// never closed.
    fn is_next_record(&self, at: usize) -> bool {
        let begins = shape(self.first(self.record));
        begins.len() >= 6 && begins.contains(&b'9') && begins == shape(self.first(at))
    }

    fn first(&self, at: usize) -> &str {
        let end = self.find(at, |byte| byte == b'\n' || byte == b'\r');
        &self.text[at..end]
    }
}

/// Digits as 9, letters as a; at most 32 bytes are compared.
fn shape(text: &str) -> Vec<u8> {
    let bytes = text.trim_matches(['"', '\'', ' ']).bytes().take(32);
    bytes
        .map(|byte| {
            if byte.is_ascii_digit() {
                b'9'
            } else if byte.is_ascii_alphabetic() {
                b'a'
            } else {
                byte
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Vec<String>> {
        let table = Table::split(text, Style { delimiter: b',', quote: b'"' }, 1_000);
        (0..table.len()).map(|record| table.fields(record).map(Cow::into_owned).collect()).collect()
    }

    #[test]
    fn fields_and_records() {
        assert_eq!(cut("a,b\r\n\"c,d\",\n\ne"), [vec!["a", "b"], vec!["c,d", ""], vec![""], vec!["e"]]);
        assert_eq!(cut("a\rb\r"), [vec!["a"], vec!["b"]]);
        assert_eq!(cut("\"two\nlines\",x"), [vec!["two\nlines", "x"]]);
        assert_eq!(cut("\"say \"\"hi\"\", now\",x"), [vec!["say \"hi\", now", "x"]]);
        assert_eq!(cut("\"\",\"\""), [vec!["", ""]]);
        assert!(cut("").is_empty());
    }

    #[test]
    fn quotes_that_are_not_escaped() {
        assert_eq!(cut("\"UAB \"Naktida\"\",\"12\""), [vec!["UAB \"Naktida\"", "12"]]);
        assert_eq!(cut("\"a \"b\" c\",1"), [vec!["a \"b\" c", "1"]]);
        assert_eq!(cut("12\" pizza,1"), [vec!["12\" pizza", "1"]]);
        assert_eq!(cut("\"1\"\t,2\n \"3\" ,4"), [vec!["1", "2"], vec!["3", "4"]]);
    }

    #[test]
    fn a_quote_that_is_never_closed() {
        assert_eq!(cut("a,\"b\nc,d"), [vec!["a", "\"b"], vec!["c", "d"]]);
        let rows = cut("01/01/2026,\"Joe's 12\" pizza,10\n02/01/2026,\"Foo\",5\n");
        assert_eq!(rows, [vec!["01/01/2026", "\"Joe's 12\" pizza", "10"], vec!["02/01/2026", "Foo", "5"]]);
    }

    #[test]
    fn raw_records() {
        let table = Table::split("a;b\n;;\n", Style { delimiter: b';', quote: b'"' }, 9);
        assert_eq!((table.raw(0), table.width(0), table.is_blank(1)), ("a;b", 2, true));
        assert_eq!(table.get(0, 7), "");
    }
}
