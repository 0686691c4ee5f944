//! XLS: the records of Excel 5 to 2003 (Microsoft's [MS-XLS], BIFF5 and BIFF8). Only what cells hold; of formulas the
//! value that was computed when the file was saved.
use super::{
    cfb::{u16_at, u32_at},
    formats::{Formats, Shown},
    number,
    page::{Cell, MAX_PAGES, Workbook},
    strings::{Shared, Style, packed},
};
use crate::import::FileError;
use encoding_rs::WINDOWS_1252;

/// A record's number and content.
type Record<'a> = (u16, &'a [u8]);

/// Cuts the stream into records, from a place on.
fn records(stream: &[u8], from: usize) -> impl Iterator<Item = Record<'_>> {
    let mut at = from;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
        let rest = stream.get(at + 4..)?;
        at += 4 + length;
        Some((kind, &rest[..length.min(rest.len())]))
    })
}

/// What holds for all pages.
struct Globals {
    style: Style,
    from_1904: bool,
    strings: Vec<String>,
    shown: Vec<Shown>,
    /// Of each page: where it begins, whether it is hidden, its name.
    pages: Vec<(usize, bool, String)>,
}

/// Reads all pages.
pub(super) fn read(stream: &[u8]) -> Result<Workbook, FileError> {
    let globals = globals(stream).ok_or(FileError::NotABankFile)?;
    let mut workbook = Workbook::new(globals.from_1904);
    for (start, hidden, name) in globals.pages.iter().take(MAX_PAGES) {
        workbook.page(name, *hidden);
        page(&mut workbook, &globals, records(stream, *start));
    }
    Ok(workbook)
}

/// None: no workbook, or one that is encrypted.
fn globals(stream: &[u8]) -> Option<Globals> {
    let (0x0809, begin) = records(stream, 0).next()? else { return None };
    let is_unicode = u16_at(begin, 0)? >= 0x0600;
    let style = if is_unicode { Style::Unicode } else { Style::Bytes(WINDOWS_1252) };
    let mut globals = Globals { style, from_1904: false, strings: Vec::new(), shown: Vec::new(), pages: Vec::new() };
    let (mut formats, mut cells, mut shared): (Formats, Vec<u16>, Vec<&[u8]>) = <_>::default();
    let mut in_shared = false;
    for (kind, data) in records(stream, 0).skip(1) {
        in_shared &= kind == 0x003c;
        match kind {
            0x000a => break,
            0x002f => return None,
            0x0022 => globals.from_1904 = u16_at(data, 0) == Some(1),
            0x0042 if !is_unicode => globals.style = Style::Bytes(Style::of_code_page(u16_at(data, 0)?)),
            0x041e => {
                let code =
                    if is_unicode { globals.style.long(data.get(2..)?) } else { globals.style.short(data.get(2..)?) };
                formats.put(u16_at(data, 0)?, &code.unwrap_or_default());
            }
            0x00e0 => cells.push(u16_at(data, 2)?),
            0x0085 => {
                let start = usize::try_from(u32_at(data, 0)?).ok()?;
                let name = globals.style.short(data.get(6..)?).unwrap_or_default();
                // Only pages of cells: no charts, no macros.
                if data.get(5) == Some(&0) {
                    globals.pages.push((start, data.get(4).is_some_and(|state| state & 3 != 0), name));
                }
            }
            0x00fc => {
                in_shared = true;
                shared.push(data);
            }
            0x003c if in_shared => shared.push(data),
            _ => {}
        }
    }
    globals.shown = cells.iter().map(|id| formats.get(*id)).collect();
    globals.strings = Shared::read(&shared);
    Some(globals)
}

/// Reads one page; charts inside of it are skipped.
fn page<'a>(workbook: &mut Workbook, globals: &Globals, records: impl Iterator<Item = Record<'a>>) {
    let mut depth = 0_u32;
    // Where a formula stands whose text follows.
    let mut awaited = None;
    for (kind, data) in records {
        match kind {
            0x0809 => depth += 1,
            0x000a => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return;
                }
            }
            0x0207 if depth == 1 => {
                if let Some(((row, column), text)) = awaited.take().zip(globals.style.long(data)) {
                    workbook.put(row, column, Cell::Text(text));
                }
            }
            _ if depth == 1 => {
                if let Some(place) = cells(workbook, globals, kind, data) {
                    awaited = Some(place);
                }
            }
            _ => {}
        }
    }
}

/// Puts the cells of a record. Some: the text of a formula at that place follows.
fn cells(workbook: &mut Workbook, globals: &Globals, kind: u16, data: &[u8]) -> Option<(usize, usize)> {
    let (row, column) = (usize::from(u16_at(data, 0)?), usize::from(u16_at(data, 2)?));
    let number = |at: usize, value: f64| globals.number(u16_at(data, at).unwrap_or(0), value);
    match kind {
        0x00fd => {
            let text = globals.strings.get(usize::try_from(u32_at(data, 6)?).ok()?)?;
            workbook.put(row, column, Cell::Text(text.clone()));
        }
        0x0204 | 0x00d6 => workbook.put(row, column, Cell::Text(globals.style.long(data.get(6..)?)?)),
        0x0203 => workbook.put(row, column, number(4, float(data, 6)?)),
        0x027e => workbook.put(row, column, number(4, packed(data, 6)?)),
        0x00bd => {
            let count = data.len().saturating_sub(6) / 6;
            for index in 0..count {
                let at = 4 + index * 6;
                workbook.put(row, column + index, number(at, packed(data, at + 2)?));
            }
        }
        0x0006 => {
            if data.get(12..14)? == [0xff, 0xff] {
                return (data.get(6) == Some(&0)).then_some((row, column));
            }
            workbook.put(row, column, number(4, float(data, 6)?));
        }
        _ => {}
    }
    None
}

fn float(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

impl Globals {
    /// A number as its cell shows it.
    fn number(&self, style: u16, value: f64) -> Cell {
        let shown = self.shown.get(usize::from(style)).cloned().unwrap_or_default();
        let day = if shown.as_day { number::day(value, self.from_1904) } else { None };
        day.map_or(Cell::Number(value, shown.currency), Cell::Day)
    }
}
