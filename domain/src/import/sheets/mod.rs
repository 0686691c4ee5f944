//! Spreadsheets: XLSX, XLS, ODS, the XML of Excel 2003, and web pages with a table that banks call `.xls`. Each
//! reader makes pages of cells; what the columns are is found out as for CSV. Whatever a file claims, no more is
//! unpacked or kept than the limits in `page` say.
use super::{Answers, FileError, Format, Statement, decode};

mod biff;
mod cfb;
mod choice;
mod formats;
mod html;
mod number;
mod ods;
mod package;
mod page;
mod spreadsheetml;
mod strings;
mod xlsx;

use page::Workbook;

/// Whether the first lines, in capitals, are markup that holds a table.
pub(super) fn recognise(upper: &str) -> bool {
    upper.contains("OFFICE:SPREADSHEET") || upper.contains("<TABLE") || upper.contains("<TR")
}

/// Reads the file.
pub(super) fn parse(bytes: &[u8], answers: &Answers) -> Result<Statement, FileError> {
    let workbook = workbook(bytes)?;
    if workbook.is_full() {
        return Err(FileError::TooManyRows { max: super::MAX_ROWS });
    }
    let (grid, notice) = choice::choose(workbook).ok_or(FileError::NotABankFile)?;
    let mut statement = grid.read(answers)?;
    statement.format = Format::Sheet;
    statement.notices.extend(notice);
    Ok(statement)
}

fn workbook(bytes: &[u8]) -> Result<Workbook, FileError> {
    if bytes.starts_with(b"PK") {
        let mut package = package::Package::open(bytes).ok_or(FileError::NotABankFile)?;
        return if package.has("content.xml") { ods::read(&mut package) } else { xlsx::read(&mut package) };
    }
    if bytes.starts_with(&cfb::MAGIC) {
        return biff::read(&cfb::stream(bytes, &["Workbook", "Book"]).ok_or(FileError::NotABankFile)?);
    }
    let decoded = decode::declared(bytes)?;
    let head: String = decoded.text.chars().take(16_384).collect::<String>().to_ascii_uppercase();
    if head.contains("OFFICE:SPREADSHEET") && head.contains("<WORKBOOK") || head.contains(":WORKBOOK") {
        return spreadsheetml::read(&decoded.text);
    }
    Ok(html::read(&decoded.text))
}

#[cfg(test)]
mod tests;
