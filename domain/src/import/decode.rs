//! From bytes to text: byte order marks, Unicode without one, and the charsets of before.
use super::FileError;
use chardetng::EncodingDetector;
use encoding_rs::{
    Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1257,
};
use std::borrow::Cow;

/// A file's text and the charset it was in.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: &'static Encoding,
}

impl Decoded<'_> {
    /// The charset's label, as [`super::Mapping::encoding`] has it.
    pub(super) fn label(&self) -> String {
        self.encoding.name().to_ascii_lowercase()
    }
}

/// As Unicode, if the bytes are: after a byte order mark, as UTF-16 by where its zero bytes are, or as valid UTF-8.
/// An error if a mark says so and the bytes are not.
pub(super) fn unicode(bytes: &[u8]) -> Result<Option<Decoded<'_>>, FileError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strictly(&bytes[mark..], encoding).map(Some).ok_or(FileError::Undecodable);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return strictly(bytes, encoding).map(Some).ok_or(FileError::Undecodable);
    }
    Ok(std::str::from_utf8(bytes).ok().map(|text| Decoded { text: Cow::Borrowed(text), encoding: UTF_8 }))
}

/// By a label of the Encoding Standard, as a person or the file itself names it. Valid UTF-8 stays UTF-8.
pub(super) fn labelled<'a>(bytes: &'a [u8], label: &str) -> Result<Option<Decoded<'a>>, FileError> {
    if let Some(decoded) = unicode(bytes)? {
        return Ok(Some(decoded));
    }
    Ok(Encoding::for_label(label.trim().as_bytes()).map(|encoding| loosely(bytes, encoding)))
}

/// By the charset that the file's first lines name, or else as the bytes look.
pub(super) fn declared(bytes: &[u8]) -> Result<Decoded<'_>, FileError> {
    match label(bytes).map_or(Ok(None), |label| labelled(bytes, label))? {
        Some(decoded) => Ok(decoded),
        None => guessed(bytes),
    }
}

/// As the bytes look.
pub(super) fn guessed(bytes: &[u8]) -> Result<Decoded<'_>, FileError> {
    Ok(unicode(bytes)?.unwrap_or_else(|| loosely(bytes, candidates(bytes)[0])))
}

/// The charset that the first lines name (`CHARSET:1252`, `encoding="UTF-8"`), as a label of the Encoding Standard.
fn label(bytes: &[u8]) -> Option<&'static str> {
    let head: String =
        bytes.iter().take(1_024).filter(|byte| byte.is_ascii() && **byte != 0).map(|byte| char::from(*byte)).collect();
    let head = head.to_ascii_uppercase();
    let named =
        head.find("CHARSET:").map(|at| &head[at + 8..]).or_else(|| head.find("ENCODING=").map(|at| &head[at + 9..]))?;
    let name = named.trim_start_matches(['"', '\'', ' ']);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(name.len())];
    match name {
        "NONE" | "" => None,
        number if number.bytes().all(|byte| byte.is_ascii_digit()) && number.len() == 4 => by_code_page(number),
        "8859-1" | "ISO-8859-1" | "USASCII" | "US-ASCII" | "ASCII" => Some("windows-1252"),
        other => Encoding::for_label(other.as_bytes()).map(Encoding::name),
    }
}

fn by_code_page(number: &str) -> Option<&'static str> {
    Encoding::for_label(format!("windows-{number}").as_bytes()).map(Encoding::name)
}

/// In that charset, with a replacement sign for what it does not have.
pub(super) fn loosely<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    Decoded { text: encoding.decode_without_bom_handling(bytes).0, encoding }
}

/// The charsets that bytes which are no Unicode may be in, the likeliest first; none that can't hold them. UTF-8 if
/// most of what is beyond ASCII is that, and a few bytes of it are broken.
pub(super) fn candidates(bytes: &[u8]) -> Vec<&'static Encoding> {
    if is_broken_utf8(bytes) {
        return vec![UTF_8];
    }
    let sample = around_the_foreign(bytes);
    let mut detector = EncodingDetector::new();
    detector.feed(&sample, true);
    let mut all = vec![detector.guess(None, false)];
    for other in [WINDOWS_1252, WINDOWS_1250, WINDOWS_1257, WINDOWS_1251, GB18030] {
        if !all.contains(&other) {
            all.push(other);
        }
    }
    all.retain(|encoding| !encoding.decode_without_bom_handling(&sample).1);
    if all.is_empty() { vec![WINDOWS_1252] } else { all }
}

/// The lines that have bytes beyond ASCII, up to 64 KiB of them: they tell the charset.
fn around_the_foreign(bytes: &[u8]) -> Vec<u8> {
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.is_ascii());
    let mut sample = Vec::new();
    for line in lines {
        if sample.len() > 65_536 {
            break;
        }
        sample.extend_from_slice(line);
    }
    sample
}

fn is_broken_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 10
}

fn strictly<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Option<Decoded<'a>> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Decoded { text, encoding })
}

/// Text in Latin letters has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1_024) & !1];
    let zeros = |at: usize| head.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    match pairs {
        0..4 => None,
        _ if odd * 10 >= pairs * 7 && even == 0 => Some(UTF_16LE),
        _ if even * 10 >= pairs * 7 && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unicode_by_mark_and_without() {
        assert_eq!(unicode(b"\xef\xbb\xbfa\xc3\xa9").unwrap().unwrap().text, "aé");
        assert_eq!(unicode(b"\xff\xfea\0\xe9\0").unwrap().unwrap().text, "aé");
        assert_eq!(unicode(b"\xfe\xff\0a\0b").unwrap().unwrap().label(), "utf-16be");
        assert_eq!(unicode(b"a\0b\0c\0d\0e\0").unwrap().unwrap().text, "abcde");
        assert_eq!(unicode(b"\xef\xbb\xbfa\xff").unwrap_err(), FileError::Undecodable);
        assert!(unicode(b"a\xe9b").unwrap().is_none());
    }

    #[test]
    fn labels_are_checked_against_the_bytes() {
        assert_eq!(labelled("é".as_bytes(), "windows-1252").unwrap().unwrap().label(), "utf-8");
        assert_eq!(labelled(b"\xe9\x80", "iso-8859-1").unwrap().unwrap().text, "é€");
        assert!(labelled(b"\xe9", "no such label").unwrap().is_none());
    }

    #[test]
    fn a_few_broken_bytes_leave_it_utf8() {
        let bytes = [&b"\xff"[..], "äöüß".repeat(5).as_bytes()].concat();
        assert_eq!(candidates(&bytes), [UTF_8]);
    }

    #[test]
    fn charsets_of_before() {
        let (bytes, ..) = GB18030.encode("交易时间,金额,收/支\n2024-01-01,亲友代付,支出\n");
        assert_eq!(candidates(&bytes)[0].name(), "GBK");
        let (bytes, ..) = WINDOWS_1250.encode("Sklep spożywczy\nŚniadanie\nSamochód\nWpływy\n");
        assert_eq!(candidates(&bytes)[0], WINDOWS_1250);
    }
}
