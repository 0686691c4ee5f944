//! Collects statements and their entries while the fields go by.
use super::fields::Piece;

/// More accounts than that are none.
const MAX_ACCOUNTS: usize = 1_000;

/// An entry as it stands in the file.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// It is the n-th of the file.
    pub(super) number: u32,
    /// Index of its statement.
    pub(super) statement: usize,
    /// `:61:`
    pub(super) line: &'a str,
    /// The lines below `:61:`.
    pub(super) more: Vec<&'a str>,
    /// `:86:`
    pub(super) details: Vec<&'a str>,
}

/// A statement: what stands between an opening and a closing balance.
#[derive(Debug, Default)]
pub(super) struct Part<'a> {
    /// Index of its account.
    pub(super) account: Option<u16>,
    /// `:60F:`
    pub(super) opening: Option<&'a str>,
    /// `:62F:`
    pub(super) closing: Option<&'a str>,
    /// Code of the currency where no balance says it (`:34F:`).
    pub(super) floor: Option<&'a str>,
    entries: usize,
}

/// What has been met so far.
#[derive(Debug, Default)]
pub(super) struct Book<'a> {
    /// The accounts' numbers, as written.
    pub(super) accounts: Vec<&'a str>,
    pub(super) parts: Vec<Part<'a>>,
    pub(super) entries: Vec<Entry<'a>>,
    in_part: bool,
    in_entry: bool,
}

impl<'a> Book<'a> {
    /// Takes the next field in.
    pub(super) fn take(&mut self, piece: Piece<'a>) {
        let (tag, lines) = match piece {
            Piece::End => {
                self.in_part = false;
                self.in_entry = false;
                return;
            }
            Piece::Field(tag, lines) => (tag, lines),
        };
        let value = lines.first().map_or("", |line| line.trim());
        match tag {
            "20" => {
                self.in_part = false;
                self.in_entry = false;
            }
            "25" | "25P" => {
                let account = self.account(value);
                self.part(|part| part.account.is_none() || part.account == account && part.entries == 0).account =
                    account;
            }
            "60" | "60F" | "60M" => {
                let account = self.parts.last().filter(|_| self.in_part).and_then(|part| part.account);
                let part = self.part(|part| part.entries == 0 && part.opening.is_none());
                part.account = part.account.or(account);
                part.opening = Some(value);
            }
            "62" | "62F" | "62M" => self.part(|_| true).closing = Some(value),
            "34F" => {
                let part = self.part(|_| true);
                part.floor = part.floor.or_else(|| value.get(..3));
            }
            "61" => self.entry(&lines),
            "86" if self.in_entry => {
                if let Some(entry) = self.entries.last_mut() {
                    entry.details.extend(lines);
                }
                return;
            }
            _ => {}
        }
        self.in_entry = tag == "61";
    }

    /// The current statement if it fits, or a new one.
    fn part(&mut self, fits: impl FnOnce(&Part<'a>) -> bool) -> &mut Part<'a> {
        if !self.in_part || !self.parts.last().is_some_and(fits) {
            self.parts.push(Part::default());
            self.in_part = true;
        }
        let last = self.parts.len() - 1;
        &mut self.parts[last]
    }

    fn entry(&mut self, lines: &[&'a str]) {
        self.part(|_| true).entries += 1;
        self.entries.push(Entry {
            number: u32::try_from(self.entries.len() + 1).unwrap_or(u32::MAX),
            statement: self.parts.len() - 1,
            line: lines.first().copied().unwrap_or_default(),
            more: lines.iter().skip(1).copied().collect(),
            details: Vec::new(),
        });
    }

    fn account(&mut self, number: &'a str) -> Option<u16> {
        let index = self.accounts.iter().position(|known| *known == number).unwrap_or(self.accounts.len());
        if number.is_empty() || index >= MAX_ACCOUNTS {
            return None;
        }
        if index == self.accounts.len() {
            self.accounts.push(number);
        }
        u16::try_from(index).ok()
    }
}
