//! Our own table of expenses: what its columns are called, what stands in the cells, and how that is read back. What one
//! account exports another takes in, to the last field.
use crate::{
    category::Category,
    currency::Currency,
    expense::{Expense, Location, Point, Split},
    money::{format_minor, parse_minor},
};
use std::borrow::Cow;

/// The first line. Other programs know most of these names.
pub const HEAD: [&str; 17] = [
    "Date",
    "Amount",
    "Currency",
    "Payee",
    "Description",
    "Category",
    "Subcategory",
    "Kind",
    "Status",
    "Tags",
    "Notes",
    "Payment method",
    "Account",
    "Budget",
    "Parts",
    "Place",
    "Transfer",
];
/// How many of its columns a file of an earlier program has.
pub const HEAD_BEFORE: usize = 16;
/// The place of the day, which spreadsheets have a sort of cell for.
pub const DATE: usize = 0;
/// The place of the amount; money out below zero.
pub const AMOUNT: usize = 1;
/// What our own files are called as a source.
pub const OWN: &str = "WealthWise";

/// The cells of a row, under [`HEAD`], plain: what a spreadsheet might compute is not guarded yet. `account` and `budget`
/// are names.
pub fn cells<'a>(row: &'a Expense, account: Option<&'a str>, budget: Option<&'a str>) -> [Cow<'a, str>; HEAD.len()] {
    let currency = row.amount.currency();
    let text = |text: Option<&'a str>| Cow::Borrowed(text.unwrap_or_default());
    [
        row.date.to_string().into(),
        format_minor(row.signed_minor(), currency.exponent()).into(),
        currency.code().into(),
        text(row.merchant.as_deref()),
        text(row.description.as_deref()),
        row.category.map_or("", Category::as_str).into(),
        text(row.subcategory.as_deref()),
        row.kind.as_str().into(),
        row.status.as_str().into(),
        join(row.tags.iter().map(String::as_str), ", ").into(),
        text(row.notes.as_deref()),
        row.payment_method.map_or("", |method| method.as_str()).into(),
        text(account),
        text(budget),
        parts(&row.splits, currency).into(),
        row.location.as_ref().map(place).unwrap_or_default().into(),
        row.transfer_id().map(|id| id.to_string()).unwrap_or_default().into(),
    ]
}

/// A text that no spreadsheet computes: an apostrophe stands before what it might take for a formula (OWASP, CSV
/// injection), and before one that would be taken for such an apostrophe when the text is read back.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if computes(text.trim_start_matches('\'')) { format!("'{text}").into() } else { text.into() }
}

/// The same where a cell is known to be a text: only apostrophes that would be taken away are kept by one more.
pub fn kept(text: &str) -> Cow<'_, str> {
    if text.starts_with('\'') { guarded(text) } else { text.into() }
}

/// What [`guarded`] and [`kept`] were given.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if computes(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn computes(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Texts in one cell.
fn join<'a>(texts: impl Iterator<Item = &'a str>, between: &str) -> String {
    texts.map(escape).collect::<Vec<_>>().join(between)
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | ',' | ';' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The texts between unescaped signs, still escaped.
fn split(cell: &str, sign: char) -> Vec<&str> {
    let (mut texts, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, c) in cell.char_indices() {
        if !escaped && c == sign {
            texts.push(&cell[start..at]);
            start = at + c.len_utf8();
        }
        escaped = !escaped && c == '\\';
    }
    texts.push(&cell[start..]);
    texts
}

fn unescape(text: &str) -> String {
    let (mut out, mut escaped) = (String::with_capacity(text.len()), false);
    for c in text.chars() {
        escaped = !escaped && c == '\\';
        if !escaped {
            out.push(c);
        }
    }
    out
}

/// The tags of a cell.
pub fn read_tags(cell: &str) -> Vec<String> {
    split(cell, ',').into_iter().map(|tag| unescape(tag.trim())).filter(|tag| !tag.is_empty()).collect()
}

/// `address|latitude|longitude`, in degrees.
fn place(of: &Location) -> String {
    let (lat, lng) = of.point.map(Point::to_decimals).unwrap_or_default();
    join([of.address.as_deref().unwrap_or_default(), lat.as_str(), lng.as_str()].into_iter(), "|")
}

/// The place of a cell; none where it can't be read.
pub fn read_place(cell: &str) -> Option<Location> {
    let texts: Vec<String> = split(cell.trim(), '|').into_iter().map(unescape).collect();
    let filled = |at: usize| texts.get(at).map(|text| text.trim()).filter(|text| !text.is_empty());
    let point = filled(1).zip(filled(2)).and_then(|(lat, lng)| Point::from_decimals(lat, lng));
    let address = filled(0).map(str::to_owned);
    (point.is_some() || address.is_some()).then_some(Location { point, address })
}

/// `category|subcategory|amount|memo`, divided by semicolons. Who a part was for is not in it: another account doesn't know
/// the people of this one.
fn parts(splits: &[Split], currency: Currency) -> String {
    let part = |split: &Split| {
        let amount = format_minor(split.amount, currency.exponent());
        let category = split.category.map_or("", Category::as_str);
        let texts = [category, split.subcategory.as_deref().unwrap_or_default(), amount.as_str()];
        join(texts.into_iter().chain([split.memo.as_deref().unwrap_or_default()]), "|")
    };
    splits.iter().map(part).collect::<Vec<_>>().join("; ")
}

/// The parts of a cell; none where it can't be read.
pub fn read_parts(cell: &str, currency: Currency) -> Option<Vec<Split>> {
    if cell.trim().is_empty() {
        return Some(Vec::new());
    }
    let part = |text: &str| {
        let texts: Vec<String> = split(text.trim(), '|').into_iter().map(unescape).collect();
        let [category, subcategory, amount, memo] = texts.as_slice() else { return None };
        let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let category = match category.as_str() {
            "" => None,
            name => Some(name.parse().ok()?),
        };
        let amount = parse_minor(amount, currency.exponent()).ok().filter(|minor| *minor > 0)?;
        Some(Split { category, subcategory: filled(subcategory), amount, memo: filled(memo), member_id: None })
    };
    split(cell, ';').into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
    use super::*;

    #[test]
    fn no_spreadsheet_computes_a_text_and_each_comes_back() {
        for (text, cell, known_as_text) in [
            (
                "=HYPERLINK(\"http://evil.example\")",
                "'=HYPERLINK(\"http://evil.example\")",
                "=HYPERLINK(\"http://evil.example\")",
            ),
            ("+49 30 1", "'+49 30 1", "+49 30 1"),
            ("-5", "'-5", "-5"),
            ("@SUM(A1)", "'@SUM(A1)", "@SUM(A1)"),
            ("\t=1", "'\t=1", "\t=1"),
            ("\r=1", "'\r=1", "\r=1"),
            ("'=1", "''=1", "''=1"),
            ("''@", "'''@", "'''@"),
            ("'tis", "'tis", "'tis"),
            ("Bakery = good", "Bakery = good", "Bakery = good"),
            ("", "", ""),
        ] {
            assert_eq!((&*guarded(text), &*kept(text)), (cell, known_as_text), "{text:?}");
            assert_eq!((unguarded(cell), unguarded(known_as_text)), (text, text));
        }
    }

    #[test]
    fn tags_and_parts_come_back() {
        let tags = ["a", "two words", "a,b", "c\\", "x|y;z"].map(str::to_owned).to_vec();
        assert_eq!(read_tags(&join(tags.iter().map(String::as_str), ", ")), tags);
        assert_eq!(read_tags(""), Vec::<String>::new());
        let split = |category, subcategory: Option<&str>, amount, memo: Option<&str>| Split {
            category,
            subcategory: subcategory.map(str::to_owned),
            amount,
            memo: memo.map(str::to_owned),
            member_id: None,
        };
        let splits = vec![
            split(Some(Category::Food), Some("A;B|C"), 1_234, Some("for \\ \"us\", and you")),
            split(None, None, 5, None),
        ];
        let cell = parts(&splits, Currency::EUR);
        assert!(cell.starts_with("food|A\\;B\\|C|12.34|"), "{cell}");
        assert_eq!(read_parts(&cell, Currency::EUR), Some(splits));
        assert_eq!(read_parts("", Currency::EUR), Some(Vec::new()));
        let point = Point { lat: -52_508_001, lng: 13_337_500 };
        for (point, address) in [(Some(point), Some("A|B; C")), (Some(point), None), (None, Some("here"))] {
            let there = Location { point, address: address.map(str::to_owned) };
            assert_eq!(read_place(&place(&there)), Some(there));
        }
        assert_eq!((read_place(""), read_place("|91|0"), read_place("|x|")), (None, None, None));
        for wrong in ["food", "fun||1|", "food||x|", "food||0|", "food||-1|"] {
            assert_eq!(read_parts(wrong, Currency::EUR), None, "{wrong}");
        }
    }
}
