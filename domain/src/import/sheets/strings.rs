//! Texts of XLS files: of one or two bytes a letter, with formatting behind them, cut where a record is full.
use super::cfb::{u16_at, u32_at};
use encoding_rs::{Encoding, WINDOWS_1252};

/// Texts in the table that cells share, spread over a record and those that continue it.
pub(super) struct Shared<'a> {
    chunks: &'a [&'a [u8]],
    chunk: usize,
    at: usize,
}

impl<'a> Shared<'a> {
    /// All texts that can be read.
    pub(super) fn read(chunks: &'a [&'a [u8]]) -> Vec<String> {
        let mut reader = Self { chunks, chunk: 0, at: 8 };
        std::iter::from_fn(|| reader.text()).collect()
    }

    fn left(&self) -> &'a [u8] {
        self.chunks.get(self.chunk).and_then(|chunk| chunk.get(self.at..)).unwrap_or_default()
    }

    /// To the next record if this one is used up. False: there is none.
    fn advance(&mut self) -> bool {
        while self.left().is_empty() {
            if self.chunk >= self.chunks.len() {
                return false;
            }
            self.chunk += 1;
            self.at = 0;
        }
        true
    }

    fn byte(&mut self) -> Option<u8> {
        if !self.advance() {
            return None;
        }
        let byte = *self.left().first()?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut value = 0;
        for shift in 0..bytes {
            value |= usize::from(self.byte()?) << (8 * shift);
        }
        Some(value)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if !self.advance() {
                return None;
            }
            let step = count.min(self.left().len());
            self.at += step;
            count -= step;
        }
        Some(())
    }

    fn text(&mut self) -> Option<String> {
        let letters = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? };
        let extra = if flags & 4 == 0 { 0 } else { self.number(4)? };
        let text = self.letters(letters, flags & 1 != 0)?;
        self.skip(runs * 4 + extra)?;
        Some(text)
    }

    /// Where a record is full, the next one begins with how many bytes a letter has from there on.
    fn letters(&mut self, count: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::with_capacity(count.min(8_192));
        while units.len() < count {
            if self.left().is_empty() {
                if !self.advance() {
                    return None;
                }
                wide = self.byte()? & 1 != 0;
            }
            let left = self.left();
            let missing = count - units.len();
            if wide {
                let pairs = (left.len() / 2).min(missing);
                if pairs == 0 {
                    return None;
                }
                units.extend(left[..pairs * 2].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
                self.at += pairs * 2;
            } else {
                let bytes = left.len().min(missing);
                units.extend(left[..bytes].iter().map(|byte| u16::from(*byte)));
                self.at += bytes;
            }
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// How the texts outside of the shared table are written: Excel 97 and later in Unicode, before that in a code page.
#[derive(Clone, Copy)]
pub(super) enum Style {
    Unicode,
    Bytes(&'static Encoding),
}

impl Style {
    /// By a code page's number.
    pub(super) fn of_code_page(number: u16) -> &'static Encoding {
        let label = match number {
            10_000 => "macintosh".to_owned(),
            932 => "shift_jis".to_owned(),
            936 => "gbk".to_owned(),
            949 => "euc-kr".to_owned(),
            950 => "big5".to_owned(),
            _ => format!("windows-{number}"),
        };
        Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
    }

    /// A text behind its length, which has two bytes.
    pub(super) fn long(self, bytes: &[u8]) -> Option<String> {
        self.letters(usize::from(u16_at(bytes, 0)?), bytes.get(2..)?)
    }

    /// A text behind its length, which has one byte.
    pub(super) fn short(self, bytes: &[u8]) -> Option<String> {
        self.letters(usize::from(*bytes.first()?), bytes.get(1..)?)
    }

    fn letters(self, count: usize, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Bytes(encoding) => {
                Some(encoding.decode_without_bom_handling(&bytes[..count.min(bytes.len())]).0.into_owned())
            }
            Self::Unicode => {
                let flags = *bytes.first()?;
                let runs = if flags & 8 == 0 { 0 } else { 2 };
                let extra = if flags & 4 == 0 { 0 } else { 4 };
                let rest = bytes.get(1 + runs + extra..)?;
                let units: Vec<u16> = if flags & 1 == 0 {
                    rest.iter().take(count).map(|byte| u16::from(*byte)).collect()
                } else {
                    rest.chunks_exact(2).take(count).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
                };
                Some(String::from_utf16_lossy(&units))
            }
        }
    }
}

/// A number of four bytes that is packed (RK): an integer or the upper half of a float, divided by 100 or not.
pub(super) fn packed(bytes: &[u8], at: usize) -> Option<f64> {
    let bits = u32_at(bytes, at)?;
    let value =
        if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
    Some(if bits & 1 == 0 { value } else { value / 100.0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_across_records() {
        let first: &[u8] = &[2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, b'a', b'b'];
        let second: &[u8] = &[1, b'c', 0, 2, 0, 8, 1, 0, b'x', b'y', 9, 9, 9, 9];
        assert_eq!(Shared::read(&[first, second]), ["abc", "xy"]);
        assert!(Shared::read(&[]).is_empty());
    }

    #[test]
    fn packed_numbers() {
        let packed = |bits: u32| super::packed(&bits.to_le_bytes(), 0);
        assert_eq!(packed(((123_456_u32) << 2) | 3), Some(1_234.56));
        assert_eq!(packed((-388_i32 << 2).cast_unsigned() | 3), Some(-3.88));
        assert_eq!(packed(u32::try_from(1.5_f64.to_bits() >> 32).unwrap()), Some(1.5));
        assert_eq!(super::packed(&[1], 0), None);
    }
}
