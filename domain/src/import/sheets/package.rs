//! The parts of a zipped file, unpacked up to a limit for all of them together: what a small file claims to hold
//! must not fill the memory.
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// How much is unpacked of one file, in bytes.
const MAX_UNPACKED: u64 = 200 * 1024 * 1024;

/// A zipped file.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

impl<'a> Package<'a> {
    /// None: it is no archive, or damaged.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        Self::within(bytes, MAX_UNPACKED)
    }

    fn within(bytes: &'a [u8], left: u64) -> Option<Self> {
        Some(Self { archive: ZipArchive::new(Cursor::new(bytes)).ok()?, left })
    }

    /// Names as they are compared: small letters, slashes.
    fn find(&self, name: &str) -> Option<usize> {
        let same = |other: &str| other.replace('\\', "/").trim_start_matches('/').eq_ignore_ascii_case(name);
        (0..self.archive.len()).find(|index| self.archive.name_for_index(*index).is_some_and(same))
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The names of all parts, with slashes.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().take(10_000).map(|name| name.replace('\\', "/")).collect()
    }

    /// A part's text. None: it is not there, damaged, too large or no text.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let index = self.find(name)?;
        let part = self.archive.by_index(index).ok()?;
        let mut bytes = Vec::new();
        part.take(self.left + 1).read_to_end(&mut bytes).ok()?;
        self.left = self.left.checked_sub(u64::try_from(bytes.len()).ok()?)?;
        Some(crate::import::decode::declared(&bytes).ok()?.text.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::{ZipWriter, write::SimpleFileOptions};

    #[test]
    fn no_more_is_unpacked_than_allowed() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, length) in [("a", 600), ("b", 600), ("C\\d", 300)] {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(" ".repeat(length).as_bytes()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let mut package = Package::within(&bytes, 1_000).unwrap();
        let lengths = ["a", "b", "c/d", "e"].map(|name| package.text(name).map(|text| text.len()));
        assert_eq!(lengths, [Some(600), None, Some(300), None]);
        assert!(Package::open(b"PK\x03\x04").is_none());
    }
}
