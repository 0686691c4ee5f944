//! Sections and records of a QIF file, before any value is understood.
use crate::import::{AccountKindHint, amount, date, text::visible};

/// More accounts than that are none.
const MAX_ACCOUNTS: usize = 1_000;

/// A transaction as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct Transaction<'a> {
    /// It is the n-th of the file.
    pub(super) number: u32,
    /// Index of its account.
    pub(super) account: Option<u16>,
    pub(super) date: Option<&'a str>,
    pub(super) amount: Option<&'a str>,
    pub(super) payee: Option<&'a str>,
    /// First line of the address.
    pub(super) address: Option<&'a str>,
    pub(super) memo: Option<&'a str>,
    /// Category, or the other account in brackets.
    pub(super) category: Option<&'a str>,
    pub(super) check: Option<&'a str>,
    /// Amounts of the parts that it is split into.
    pub(super) parts: Vec<&'a str>,
    /// What is said about the parts.
    pub(super) part_memos: Vec<&'a str>,
}

/// An account as the file names it.
#[derive(Debug)]
pub(super) struct Account<'a> {
    pub(super) name: &'a str,
    pub(super) kind: AccountKindHint,
    pub(super) balance: Option<&'a str>,
}

/// What the records of a section are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Transactions(AccountKindHint),
    Accounts,
    Investments,
    /// Categories, classes, securities, prices, memorised transactions.
    Lists,
}

/// All of a file.
#[derive(Debug)]
pub(super) struct Book<'a> {
    pub(super) accounts: Vec<Account<'a>>,
    pub(super) transactions: Vec<Transaction<'a>>,
    /// Records of purchases and sales of securities.
    pub(super) investments: u32,
    section: Section,
    current: Option<u16>,
    record: Vec<(char, &'a str)>,
}

impl<'a> Book<'a> {
    /// Cuts the text into records.
    pub(super) fn read(text: &'a str) -> Self {
        let mut book = Self {
            accounts: Vec::new(),
            transactions: Vec::new(),
            investments: 0,
            section: Section::Transactions(AccountKindHint::Other),
            current: None,
            record: Vec::new(),
        };
        for line in text.split(['\n', '\r']) {
            let line = line.trim_start_matches(['\u{feff}', ' ', '\t']).trim_end();
            let mut letters = line.chars();
            match letters.next() {
                None => {}
                Some('!') => book.header(letters.as_str()),
                Some('^') => book.end(),
                Some(letter) => book.record.push((letter, letters.as_str().trim())),
            }
        }
        book.end();
        book
    }

    fn header(&mut self, name: &str) {
        self.end();
        let upper = name.trim().to_ascii_uppercase();
        if upper.starts_with("ACCOUNT") {
            self.section = Section::Accounts;
        } else if let Some(kind) = upper.strip_prefix("TYPE:") {
            self.section = section(kind.trim());
        }
    }

    /// The record is complete.
    fn end(&mut self) {
        let record = std::mem::take(&mut self.record);
        let first = |letter: char| record.iter().find(|(other, _)| *other == letter).map(|(_, value)| *value);
        // Comments and lone lines are no records.
        if first('D').is_none() && first('T').is_none() && first('N').is_none() && first('$').is_none() {
            return;
        }
        match self.section {
            Section::Transactions(kind) => self.transaction(&record, kind),
            // Some programs don't name the section again behind the account.
            Section::Accounts if is_transaction(first('D'), first('T')) => {
                self.transaction(&record, AccountKindHint::Other);
            }
            Section::Accounts => {
                if let Some(name) = first('N') {
                    self.current = self.account(name, kind(first('T').unwrap_or_default()), first('$'));
                }
            }
            Section::Investments => self.investments += 1,
            Section::Lists => {}
        }
    }

    fn transaction(&mut self, record: &[(char, &'a str)], kind: AccountKindHint) {
        let mut found = Transaction {
            number: u32::try_from(self.transactions.len() + 1).unwrap_or(u32::MAX),
            ..Transaction::default()
        };
        let mut split = false;
        for (letter, value) in record {
            let value = *value;
            let place = match letter {
                'S' | '%' => {
                    split = true;
                    continue;
                }
                '$' => {
                    split = true;
                    found.parts.push(value);
                    continue;
                }
                'E' => {
                    found.part_memos.push(value);
                    continue;
                }
                'D' if !split => &mut found.date,
                'T' => &mut found.amount,
                'U' if found.amount.is_none() => &mut found.amount,
                'P' => &mut found.payee,
                'A' => &mut found.address,
                'M' => &mut found.memo,
                'L' => &mut found.category,
                'N' => &mut found.check,
                _ => continue,
            };
            if place.is_none() && !value.is_empty() {
                *place = Some(value);
            }
        }
        self.named_by_opening(&found, kind);
        found.account = self.current;
        self.transactions.push(found);
    }

    /// The record of the opening balance names the account where nothing else does.
    fn named_by_opening(&mut self, found: &Transaction<'a>, kind: AccountKindHint) {
        let is_opening = found.payee.is_some_and(|payee| payee.eq_ignore_ascii_case("Opening Balance"));
        let name = found.category.and_then(|name| name.strip_prefix('[')?.strip_suffix(']'));
        if let Some(name) = name.filter(|_| is_opening && self.current.is_none()) {
            self.current = self.account(name, kind, None);
        }
    }

    fn account(&mut self, name: &'a str, kind: AccountKindHint, balance: Option<&'a str>) -> Option<u16> {
        let index = self.accounts.iter().position(|account| account.name == name).unwrap_or(self.accounts.len());
        if index == self.accounts.len() && index < MAX_ACCOUNTS {
            self.accounts.push(Account { name, kind, balance });
        }
        u16::try_from(index).ok().filter(|_| index < self.accounts.len())
    }
}

fn section(kind: &str) -> Section {
    let is = |names: &[&str]| names.iter().any(|name| kind.starts_with(name));
    if is(&["INVST", "INVEST", "PORT", "401"]) {
        Section::Investments
    } else if is(&[
        "CAT",
        "CLASS",
        "MEMORIZED",
        "SECURITY",
        "PRICES",
        "BUDGET",
        "TAG",
        "INVITEM",
        "TEMPLATE",
        "TAX",
        "PAYEE",
    ]) {
        Section::Lists
    } else {
        Section::Transactions(self::kind(kind))
    }
}

fn kind(name: &str) -> AccountKindHint {
    match name.trim().to_ascii_uppercase().as_str() {
        "BANK" | "CHECKING" => AccountKindHint::Checking,
        "SAVINGS" => AccountKindHint::Savings,
        "CASH" => AccountKindHint::Cash,
        "CCARD" | "CREDITCARD" | "CREDIT CARD" => AccountKindHint::Card,
        "OTH L" | "OTHL" => AccountKindHint::Loan,
        _ => AccountKindHint::Other,
    }
}

fn is_transaction(date: Option<&str>, amount: Option<&str>) -> bool {
    let is_day = |text: &str| date::dissect(&super::rows::tidy(text)).is_some();
    date.is_some_and(is_day) && amount.is_some_and(|text| amount::dissect(&visible(text)).is_some())
}

impl Transaction<'_> {
    /// It as text, for the list of what was refused.
    pub(super) fn raw(&self) -> String {
        let all = [self.date, self.amount, self.payee, self.memo, self.category];
        crate::import::text::raw(&all.into_iter().flatten().collect::<Vec<_>>().join(" | "))
    }
}
