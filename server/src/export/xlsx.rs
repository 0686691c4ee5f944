//! Expenses as a workbook (Office Open XML, ECMA-376 part 1, `SpreadsheetML`): one page, written row by row into a package
//! that is packed while it is sent. Texts are texts in their cells, so nothing in them is ever computed; days and amounts
//! are numbers.
//!
//! Its own writer: those there are keep all rows in memory or in a file until the last one is there.
use super::csv::Names;
use domain::{
    Date,
    expense::Expense,
    ledger_file::{AMOUNT, DATE, HEAD, kept},
};
use jiff::civil::date;
use std::fmt::Write as _;

/// Parts that are the same in each workbook, by their names.
pub(super) const PARTS: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
            "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
            "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
            "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>",
            "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>",
            "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
            "</Types>",
        ),
    ),
    (
        "_rels/.rels",
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
            "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>",
            "</Relationships>",
        ),
    ),
    (
        "xl/_rels/workbook.xml.rels",
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
            "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>",
            "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>",
            "</Relationships>",
        ),
    ),
    (
        "xl/workbook.xml",
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" ",
            "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">",
            "<sheets><sheet name=\"Expenses\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
    ),
    (
        "xl/styles.xml",
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
            "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"#,##0.000\"/></numFmts>",
            "<fonts count=\"1\"><font/></fonts>",
            "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>",
            "<borders count=\"1\"><border/></borders>",
            "<cellStyleXfs count=\"1\"><xf/></cellStyleXfs>",
            // 0: as it is, 1: a day, 2 to 4: amounts of no, two and three decimals.
            "<cellXfs count=\"5\"><xf/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/><xf numFmtId=\"3\" applyNumberFormat=\"1\"/>",
            "<xf numFmtId=\"4\" applyNumberFormat=\"1\"/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/></cellXfs>",
            "</styleSheet>",
        ),
    ),
];
/// The part with the rows.
pub(super) const PAGE: &str = "xl/worksheets/sheet1.xml";
/// What stands in it before the rows: the first row stays in sight.
const BEFORE: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n",
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
    "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>",
    "</sheetView></sheetViews><sheetData>",
);
/// What stands in it after the rows.
pub(super) const AFTER: &str = "</sheetData></worksheet>";

/// The beginning of the page, with the first line.
pub(super) fn head() -> Vec<u8> {
    let mut xml = BEFORE.to_owned();
    xml.push_str("<row>");
    for name in HEAD {
        text(&mut xml, name);
    }
    xml.push_str("</row>");
    xml.into_bytes()
}

/// Some rows.
pub(super) fn rows(expenses: &[Expense], names: &Names) -> Vec<u8> {
    let mut xml = String::new();
    for expense in expenses {
        xml.push_str("<row>");
        for (place, cell) in names.cells(expense).iter().enumerate() {
            match place {
                DATE => number(&mut xml, 1, &serial(expense.date).to_string()),
                AMOUNT => {
                    let style = match expense.amount.currency().exponent() {
                        0 => 2,
                        2 => 3,
                        _ => 4,
                    };
                    number(&mut xml, style, cell);
                }
                _ if cell.is_empty() => xml.push_str("<c/>"),
                _ => text(&mut xml, &kept(cell)),
            }
        }
        xml.push_str("</row>");
    }
    xml.into_bytes()
}

/// Days since the end of 1899, as all spreadsheets count them from March 1900 on.
fn serial(day: Date) -> i64 {
    (day.duration_since(date(1899, 12, 30)).as_secs()) / 86_400
}

fn number(xml: &mut String, style: u8, digits: &str) {
    let _ = write!(xml, "<c s=\"{style}\"><v>{digits}</v></c>");
}

fn text(xml: &mut String, text: &str) {
    xml.push_str("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '\r' => xml.push_str("&#13;"),
            // XML has no signs for these.
            '\u{fffe}' | '\u{ffff}' => {}
            c => xml.push(c),
        }
    }
    xml.push_str("</t></is></c>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        assert_eq!((serial(date(1900, 3, 1)), serial(date(2026, 11, 22))), (61, 46_348));
    }

    #[test]
    fn texts_are_texts() {
        let mut xml = String::new();
        text(&mut xml, "=1+1 <&>\r\n");
        assert_eq!(xml, "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1 &lt;&amp;&gt;&#13;\n</t></is></c>");
    }
}
