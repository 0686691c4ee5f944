//! Which format a file is in, by its content alone.
use super::{FileError, Format};

/// How much of a file is looked at.
const HEAD: usize = 16_384;

/// The format that the first bytes show. Text that is nothing else may be CSV: its reader says whether it is.
pub(super) fn format(bytes: &[u8]) -> Result<Format, FileError> {
    if let Some(format) = container(bytes)? {
        return Ok(format);
    }
    let head = ascii_head(bytes);
    let start = head.trim_start();
    if start.is_empty() {
        return if bytes
            .iter()
            .all(|byte| byte.is_ascii_whitespace() || matches!(byte, 0xef | 0xbb | 0xbf | 0xfe | 0xff | 0))
        {
            Err(FileError::Empty)
        } else {
            Ok(Format::Csv)
        };
    }
    let upper = head.to_ascii_uppercase();
    if super::ofx::recognise(&upper) {
        return Ok(Format::Ofx);
    }
    if start.starts_with('<') {
        return markup(&upper, bytes);
    }
    if start.starts_with(['{', '[']) && start.contains("\":") || start.starts_with("%PDF-") {
        return Err(FileError::NotABankFile);
    }
    if super::qif::recognise(&upper) {
        return Ok(Format::Qif);
    }
    Ok(if super::mt940::recognise(&head) { Format::Mt940 } else { Format::Csv })
}

/// Formats that are no text: spreadsheets are known, all others are no bank files.
fn container(bytes: &[u8]) -> Result<Option<Format>, FileError> {
    let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    if bytes.starts_with(b"PK\x03\x04") {
        let sheet = has(b"xl/") || has(b"xl\\") || has(b"opendocument.spreadsheet");
        return if sheet { Ok(Some(Format::Sheet)) } else { Err(FileError::NotABankFile) };
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        let sheet = has(b"W\0o\0r\0k\0b\0o\0o\0k\0") || has(b"B\0o\0o\0k\0");
        return if sheet { Ok(Some(Format::Sheet)) } else { Err(FileError::NotABankFile) };
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let unicode = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let zeros = head.split(|byte| *byte == 0).count() - 1;
    let strange = head.iter().filter(|byte| matches!(byte, 1..=8 | 14..=25 | 27..=31)).count();
    let binary = strange * 50 > head.len()
        || (zeros > 0 && !unicode && super::decode::unicode(bytes)?.is_none_or(|d| d.text.contains('\0')));
    if binary { Err(FileError::NotABankFile) } else { Ok(None) }
}

/// The ASCII part of the first bytes: enough for every signature, whatever the charset.
fn ascii_head(bytes: &[u8]) -> String {
    bytes.iter().take(HEAD).filter(|byte| byte.is_ascii() && **byte != 0).map(|byte| char::from(*byte)).collect()
}

fn markup(upper: &str, bytes: &[u8]) -> Result<Format, FileError> {
    if super::camt::recognise(upper) {
        Ok(Format::Camt)
    } else if super::sheets::recognise(upper) || bytes.windows(6).any(|six| six.eq_ignore_ascii_case(b"<table")) {
        Ok(Format::Sheet)
    } else {
        Err(FileError::NotABankFile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_content() {
        for (text, expected) in [
            ("", Err(FileError::Empty)),
            (" \r\n\t", Err(FileError::Empty)),
            ("OFXHEADER:100\r\n<OFX>", Ok(Format::Ofx)),
            ("\n\n<OFX>\n", Ok(Format::Ofx)),
            ("<?xml version=\"1.0\"?><?OFX OFXHEADER=\"200\"?><OFX>", Ok(Format::Ofx)),
            (
                "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\">",
                Ok(Format::Camt),
            ),
            ("<Document><BkToCstmrStmt>", Ok(Format::Camt)),
            ("<!DOCTYPE html><html>", Err(FileError::NotABankFile)),
            ("!Type:Bank\nD1/2/2026\nT-1\n^\n", Ok(Format::Qif)),
            (":20:START\n:25:123\n:60F:C200101EUR1,00\n", Ok(Format::Mt940)),
            ("{\"a\": 1}", Err(FileError::NotABankFile)),
            ("%PDF-1.4", Err(FileError::NotABankFile)),
            ("Date,Amount\n2026-01-01,1\n", Ok(Format::Csv)),
        ] {
            assert_eq!(format(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(format(b"PK\x03\x04....xl/workbook.xml"), Ok(Format::Sheet));
        assert_eq!(format(b"PK\x03\x04....word/document.xml"), Err(FileError::NotABankFile));
        assert_eq!(format(b"\x89PNG\r\n\x1a\n\0\0\0\x0d"), Err(FileError::NotABankFile));
        assert_eq!(format(b"\xff\xfeD\0a\0t\0e\0,\0"), Ok(Format::Csv));
    }
}
