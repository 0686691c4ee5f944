//! The container of older Office files: a small file system in a file (Microsoft's [MS-CFB]). Only what finds one
//! stream. Chains of sectors that run in circles end when they are longer than the file.

/// The first bytes of such a file.
pub(super) const MAGIC: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// From here on numbers of sectors mean something else.
const SPECIAL: u32 = 0xffff_fffa;

struct File<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
}

/// The bytes of the first stream that has one of those names.
pub(super) fn stream(bytes: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let shift = u16_at(bytes, 30)?;
    if !(7..=16).contains(&shift) {
        return None;
    }
    let mut file = File { bytes, sector: 1 << shift, fat: Vec::new() };
    file.fat = file.read_fat()?;
    let directory = file.chain(u32_at(bytes, 48)?);
    let entries: Vec<&[u8]> = directory.chunks_exact(128).collect();
    let found = names.iter().find_map(|name| entries.iter().find(|entry| name_of(entry).eq_ignore_ascii_case(name)))?;
    let (start, size) = (u32_at(found, 116)?, usize::try_from(u32_at(found, 120)?).ok()?);
    let cutoff = usize::try_from(u32_at(bytes, 56)?).ok()?;
    let mut data = if size < cutoff { file.small(entries.first()?, start)? } else { file.chain(start) };
    data.truncate(size);
    (!data.is_empty()).then_some(data)
}

impl File<'_> {
    fn sector(&self, number: u32) -> Option<&[u8]> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..)?;
        // The last sector may be cut.
        Some(&rest[..rest.len().min(self.sector)])
    }

    /// The table that says which sector follows which; where its sectors are says the header, and sectors behind it.
    fn read_fat(&self) -> Option<Vec<u32>> {
        let mut places: Vec<u32> = (0..109).filter_map(|index| u32_at(self.bytes, 76 + index * 4)).collect();
        let (mut next, most) = (u32_at(self.bytes, 68)?, self.bytes.len() / self.sector + 1);
        for _ in 0..most {
            let Some(sector) = (next < SPECIAL).then(|| self.sector(next)).flatten() else { break };
            let numbers = numbers(sector);
            let (last, more) = numbers.split_last()?;
            places.extend(more);
            next = *last;
        }
        let sectors = places.into_iter().filter(|place| *place < SPECIAL).take(most);
        Some(sectors.filter_map(|place| self.sector(place)).flat_map(numbers).collect())
    }

    fn chain(&self, start: u32) -> Vec<u8> {
        let mut out = Vec::new();
        let mut next = start;
        while next < SPECIAL && out.len() <= self.bytes.len() {
            let Some(sector) = self.sector(next) else { break };
            out.extend_from_slice(sector);
            next = usize::try_from(next).ok().and_then(|index| self.fat.get(index)).copied().unwrap_or(SPECIAL);
        }
        out
    }

    /// Streams that are small lie in sectors of 64 bytes within a stream of their own.
    fn small(&self, root: &[u8], start: u32) -> Option<Vec<u8>> {
        let table = numbers(&self.chain(u32_at(self.bytes, 60)?));
        let store = self.chain(u32_at(root, 116)?);
        let mut out = Vec::new();
        let mut next = start;
        while next < SPECIAL && out.len() <= store.len() {
            let index = usize::try_from(next).ok()?;
            let Some(rest) = index.checked_mul(64).and_then(|at| store.get(at..)) else { break };
            out.extend_from_slice(&rest[..rest.len().min(64)]);
            next = table.get(index).copied().unwrap_or(SPECIAL);
        }
        Some(out)
    }
}

fn name_of(entry: &[u8]) -> String {
    let length = usize::from(u16_at(entry, 64).unwrap_or(0)).saturating_sub(2).min(62);
    let units: Vec<u16> = entry[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// The number of two bytes at that place, low byte first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// The number of four bytes at that place, low byte first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
