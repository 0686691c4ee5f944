//! The traits of spreadsheets, each in a file as small as can be.
use super::*;
use crate::import::Question;
use crate::money::format_minor;
use proptest::prelude::*;
use std::io::{Cursor, Write as _};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Each row as `date amount`, then what was refused and is asked.
fn rows(bytes: &[u8]) -> Vec<String> {
    let statement = match crate::import::read(bytes, &Answers::default()) {
        Ok(statement) => statement,
        Err(error) => return vec![format!("{error:?}")],
    };
    assert_eq!(statement.format, Format::Sheet);
    let rows = statement.rows.iter().map(|row| format!("{} {}", row.date, format_minor(row.amount, row.exponent)));
    let refused = statement.rejected.iter().map(|rejected| format!("{}: {}", rejected.line, rejected.reason));
    rows.chain(refused).chain(statement.questions.iter().map(|question| format!("{question:?}"))).collect()
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/><numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ [$€-407]\"/></numFmts>\
    <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>";

/// A workbook with those pages.
fn xlsx(book: &str, pages: &[&str]) -> Vec<u8> {
    let names: Vec<String> = (1..=pages.len()).map(|number| format!("xl/worksheets/sheet{number}.xml")).collect();
    let each = |part: &dyn Fn(usize) -> String| (1..=pages.len()).map(part).collect::<String>();
    let sheets = each(&|number| format!("<sheet name=\"P{number}\" sheetId=\"{number}\" r:id=\"r{number}\"/>"));
    let relations = each(&|number| format!("<Relationship Id=\"r{number}\" Target=\"worksheets/sheet{number}.xml\"/>"));
    let book = format!("<workbook xmlns:r=\"x\">{book}<sheets>{sheets}</sheets></workbook>");
    let relations = format!("<Relationships>{relations}</Relationships>");
    let pages: Vec<String> =
        pages.iter().map(|page| format!("<worksheet><sheetData>{page}</sheetData></worksheet>")).collect();
    let strings = "<sst><si><t>Date</t></si><si><r><t>Amo</t></r><r><t>unt</t></r><rPh><t>x</t></rPh></si><si><t>Description</t></si></sst>";
    let mut parts = vec![
        ("xl/workbook.xml", book.as_str()),
        ("xl/_rels/workbook.xml.rels", relations.as_str()),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", STYLES),
    ];
    parts.extend(names.iter().map(String::as_str).zip(pages.iter().map(String::as_str)));
    package(&parts)
}

const HEADER: &str = "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>2</v></c><c r=\"D3\" t=\"s\"><v>1</v></c></row>";

#[test]
fn xlsx_with_days_texts_and_formulas() {
    let page = format!(
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>My bank</t></is></c></row>{HEADER}\
         <row r=\"4\"><c r=\"A4\" s=\"1\"><v>43449</v></c><c r=\"B4\" t=\"str\"><f>A1</f><v>Joe</v></c><c r=\"D4\" s=\"2\"><v>-33.5</v></c></row>\
         <row><c s=\"1\"><v>43450.75</v></c><c t=\"inlineStr\"><is><t>Ann</t></is></c><c/><c><f>1+1</f><v>1000.1000000000001</v></c></row>\
         <row r=\"7\"><c r=\"A7\" t=\"inlineStr\"><is><t>2018-12-17</t></is></c><c r=\"B7\" t=\"e\"><v>#N/A</v></c><c r=\"D7\" t=\"inlineStr\"><is><t>-1,234.56 €</t></is></c></row>"
    );
    assert_eq!(rows(&xlsx("", &[&page])), ["2018-12-15 -33.50", "2018-12-16 1000.10", "2018-12-17 -1234.56"]);
    let statement = parse(&xlsx("", &[&page]), &Answers::default()).unwrap();
    assert_eq!(statement.rows[0].currency, Some(crate::currency::Currency::EUR));
    assert_eq!((statement.rows[0].line, statement.rows[1].payee.as_deref()), (4, Some("Ann")));
}

#[test]
fn days_that_are_only_counted() {
    let row = |day: &str| {
        format!("<row><c><v>{day}</v></c><c t=\"inlineStr\"><is><t>x</t></is></c><c/><c><v>-1.5</v></c></row>")
    };
    let page = format!("{HEADER}{}{}", row("43449"), row("43450"));
    assert_eq!(rows(&xlsx("", &[&page])), ["2018-12-15 -1.50", "2018-12-16 -1.50"]);
    assert_eq!(rows(&xlsx("<workbookPr date1904=\"1\"/>", &[&page])), ["2022-12-16 -1.50", "2022-12-17 -1.50"]);
}

#[test]
fn texts_with_commas_and_numbers_in_one_column() {
    let row = |amount: &str| {
        format!("<row><c s=\"1\"><v>43449</v></c><c t=\"inlineStr\"><is><t>x</t></is></c><c/><c{amount}</c></row>")
    };
    let page = format!(
        "{HEADER}{}{}{}",
        row(" t=\"inlineStr\"><is><t>-1.234,56</t></is>"),
        row("><v>-4.125</v>"),
        row("><v>12.5</v>")
    );
    let read = rows(&xlsx("", &[&page]));
    assert_eq!(read, ["2018-12-15 -1234.560", "2018-12-15 -4.125", "2018-12-15 12.500"]);
}

#[test]
fn several_pages() {
    let page = |day: &str| {
        format!(
            "{HEADER}<row><c s=\"1\"><v>{day}</v></c><c t=\"inlineStr\"><is><t>x</t></is></c><c/><c><v>-1.5</v></c></row>"
        )
    };
    let summary = "<row><c t=\"inlineStr\"><is><t>Total</t></is></c><c><v>3</v></c></row>";
    let file = xlsx("", &[summary, &page("43449"), &page("43480")]);
    assert_eq!(rows(&file), ["2018-12-15 -1.50", "2019-01-15 -1.50"]);
}

#[test]
fn excel_2003_xml() {
    let cell = |kind: &str, value: &str| format!("<Cell><Data ss:Type=\"{kind}\">{value}</Data></Cell>");
    let text = format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
         <Worksheet ss:Name=\"a\"><Table><Row ss:Index=\"3\">{}{}{}</Row><Row>{}<Cell ss:Index=\"3\"><Data ss:Type=\"Number\">-33.5</Data></Cell></Row></Table></Worksheet></Workbook>",
        cell("String", "Date"),
        cell("String", "Text"),
        cell("String", "Amount"),
        cell("DateTime", "2018-12-15T00:00:00.000")
    );
    assert_eq!(rows(text.as_bytes()), ["2018-12-15 -33.50"]);
}

#[test]
fn open_document() {
    let content = "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"a\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>Date</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell><text:p>A<text:span>mo</text:span>unt</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2018-12-15\"><text:p>15.12.18</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\"/>\
        <table:table-cell office:value-type=\"currency\" office:currency=\"EUR\" office:value=\"-33.5\"><text:p>-33,50 €</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>";
    let file = package(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]);
    assert_eq!(rows(&file), ["2018-12-15 -33.50"]);
}

#[test]
fn web_pages() {
    let page = "<html><head><meta charset=utf-8></head><body><table><tr><td colspan=3>My bank</td></tr><tr><th>Datum<th>Text<th>Betrag</tr><tr><td>15.12.2018<td>Joe &amp; Co<td>-33,50&nbsp;&euro;</tr>\
        <tr><td>16.12.2018</td><td>x</td><td>1.000,00</td></tr></table></body></html>";
    assert_eq!(rows(page.replace("&euro;", "€").as_bytes()), ["2018-12-15 -33.50", "2018-12-16 1000.00"]);
    assert_eq!(rows(b"<html><body><table><tr><td>Welcome</td></tr></table></body></html>"), ["NotABankFile"]);
}

/// One record of an XLS file.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
}

fn cell(kind: u16, place: (u16, u16), style: u16, value: &[u8]) -> Vec<u8> {
    record(kind, &[&place.0.to_le_bytes()[..], &place.1.to_le_bytes(), &style.to_le_bytes(), value].concat())
}

/// A workbook of one page: a header, a day and amounts of all kinds.
fn xls_stream() -> Vec<u8> {
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let texts: Vec<u8> = ["Date", "Text", "Amount"]
        .iter()
        .flat_map(|text| [&[u8::try_from(text.len()).unwrap(), 0, 0][..], text.as_bytes()].concat())
        .collect();
    let mut globals = begin(5);
    globals.extend(record(0x00e0, &[0; 20]));
    globals.extend(record(0x00e0, &[0, 0, 14, 0, 0, 0]));
    globals.extend(record(0x00fc, &[&[3, 0, 0, 0, 3, 0, 0, 0][..], &texts].concat()));
    let length = u32::try_from(globals.len() + 4 + 10 + 4).unwrap();
    globals.extend(record(0x0085, &[&length.to_le_bytes()[..], &[0, 0, 2, 0, b'P', b'1']].concat()));
    globals.extend(record(0x000a, &[]));
    let mut page = begin(0x10);
    for column in 0..3_u16 {
        page.extend(cell(0x00fd, (1, column), 0, &u32::from(column).to_le_bytes()));
    }
    page.extend(cell(0x0203, (2, 0), 1, &43_449_f64.to_le_bytes()));
    page.extend(cell(0x0204, (2, 1), 0, &[1, 0, 0, b'x']));
    page.extend(cell(0x027e, (2, 2), 0, &((-3_350_i32 << 2).cast_unsigned() | 3).to_le_bytes()));
    page.extend(cell(0x0203, (3, 0), 1, &43_450_f64.to_le_bytes()));
    page.extend(cell(0x0006, (3, 1), 0, &[0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0]));
    page.extend(record(0x0207, &[2, 0, 0, b'y', b'z']));
    page.extend(cell(0x0006, (3, 2), 0, &[&12.25_f64.to_le_bytes()[..], &[0; 6]].concat()));
    page.extend(record(0x000a, &[]));
    [globals, page].concat()
}

/// The stream in its container: header, table of sectors, directory, data.
fn xls(stream: &[u8]) -> Vec<u8> {
    let mut data = stream.to_vec();
    data.resize(data.len().max(4_096).next_multiple_of(512), 0);
    let sectors = u32::try_from(data.len() / 512).unwrap();
    let mut header = vec![0_u8; 512];
    header[..8].copy_from_slice(&cfb::MAGIC);
    let mut put = |at: usize, value: u32| header[at..at + 4].copy_from_slice(&value.to_le_bytes());
    put(30, 9);
    put(48, 1);
    put(56, 4_096);
    put(68, 0xffff_fffe);
    (0..109).for_each(|index| put(76 + index * 4, if index == 0 { 0 } else { 0xffff_ffff }));
    let mut table = vec![0xffff_fffd_u32, 0xffff_fffe];
    table.extend((0..sectors).map(|sector| if sector + 1 == sectors { 0xffff_fffe } else { sector + 3 }));
    table.resize(128, 0xffff_ffff);
    let mut directory = vec![0_u8; 512];
    for (index, byte) in "Workbook".bytes().enumerate() {
        directory[128 + index * 2] = byte;
    }
    directory[128 + 64] = 18;
    directory[128 + 116] = 2;
    directory[128 + 120..128 + 124].copy_from_slice(&(sectors * 512).to_le_bytes());
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    [header, table, directory, data].concat()
}

#[test]
fn excel_97() {
    assert_eq!(rows(&xls(&xls_stream())), ["2018-12-15 -33.50", "2018-12-16 12.25"]);
    let statement = parse(&xls(&xls_stream()), &Answers::default()).unwrap();
    assert_eq!(statement.rows[1].memo.as_deref().or(statement.rows[1].payee.as_deref()), Some("yz"));
    let encrypted = [record(0x0809, &[0, 6, 5, 0]), record(0x002f, &[0; 6])].concat();
    assert_eq!(rows(&xls(&encrypted)), ["NotABankFile"]);
}

#[test]
fn what_is_claimed_is_bounded() {
    // Two cells at the ends of the sheet; rows of nothing.
    let far = format!("{HEADER}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>");
    assert_eq!(rows(&xlsx("", &[&far])), Vec::<String>::new());
    let rows_of_nothing = "<row/>".repeat(100_000);
    assert_eq!(rows(&xlsx("", &[&rows_of_nothing])), ["NotABankFile"]);
    let below = format!("{HEADER}<row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>");
    assert_eq!(rows(&xlsx("", &[&below])), ["TooManyRows { max: 200000 }"]);
}

#[test]
fn columns_can_be_told() {
    let page = "<row><c t=\"inlineStr\"><is><t>a</t></is></c><c t=\"inlineStr\"><is><t>b</t></is></c></row><row><c s=\"1\"><v>43449</v></c><c><v>-1.5</v></c></row>";
    let file = xlsx("", &[page]);
    let mut mapping = parse(&file, &Answers::default()).unwrap().mapping.unwrap();
    mapping.header_row = Some(1);
    mapping.date_column = Some(0);
    mapping.amount = Some(crate::import::AmountColumns::Signed { column: 1 });
    let told = parse(&file, &Answers { mapping: Some(mapping), ..Answers::default() }).unwrap();
    assert_eq!((told.rows.len(), told.rows[0].amount), (1, -150));
    assert!(!told.questions.iter().any(|question| matches!(question, Question::Mapping { .. })));
}

fn mutated(mut bytes: Vec<u8>, changes: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    for (place, byte) in changes {
        let place = place.index(bytes.len());
        bytes[place] = *byte;
    }
    bytes
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), start in 0..4_usize) {
        let starts: [&[u8]; 4] = [b"", b"PK\x03\x04", &cfb::MAGIC, b"<table><tr><td>"];
        let _ = parse(&[starts[start], &bytes].concat(), &Answers::default());
        let _ = biff::read(&[&record(0x0809, &[0, 6, 5, 0])[..], &bytes].concat());
    }

    #[test]
    fn no_tags_make_it_panic(text in "(</?(Workbook|Worksheet|Table|Row|Cell|Data|table|tr|td|th|br|!--|script)( [a-z:I]{2,9}=\"[0-9]{0,9}\")?/?>|[0-9.,é]{1,3}|&nbsp;){0,40}") {
        let _ = html::read(&text);
        let _ = spreadsheetml::read(&text);
    }

    #[test]
    fn no_mutation_makes_it_panic(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12)) {
        let _ = biff::read(&mutated(xls_stream(), &changes));
        let _ = parse(&mutated(xls(&xls_stream()), &changes), &Answers::default());
        let page = format!("{HEADER}<row><c s=\"1\"><v>43449</v></c><c/><c/><c><v>-1.5</v></c></row>");
        let _ = parse(&mutated(xlsx("", &[&page]), &changes), &Answers::default());
        let text = String::from_utf8_lossy(&mutated(page.into_bytes(), &changes)).into_owned();
        let _ = parse(&xlsx("", &[&text]), &Answers::default());
    }
}
