//! Collects accounts and transactions while the tags go by.
use super::{scan::Event, transaction::Transaction};
use crate::import::Skipped;
use std::borrow::Cow;

/// More accounts than that are none.
const MAX_ACCOUNTS: usize = 1_000;
/// No statement is nested deeper; keeps the time linear for files that are made to be slow.
const MAX_DEPTH: usize = 64;

/// Tags that hold others and matter here. All others are looked through: SGML does not say where they end.
const PARTS: [&str; 27] = [
    "SONRS",
    "STATUS",
    "STMTTRNRS",
    "CCSTMTTRNRS",
    "INVSTMTTRNRS",
    "STMTRS",
    "CCSTMTRS",
    "INVSTMTRS",
    "BANKACCTFROM",
    "CCACCTFROM",
    "INVACCTFROM",
    "BANKTRANLIST",
    "INVTRANLIST",
    "STMTTRN",
    "STMTTRNP",
    "PAYEE",
    "BANKACCTTO",
    "CCACCTTO",
    "CURRENCY",
    "ORIGCURRENCY",
    "LEDGERBAL",
    "AVAILBAL",
    "INVBAL",
    "BALLIST",
    "SECLIST",
    "INVTRAN",
    "FI",
];

/// What has been met so far.
#[derive(Default)]
pub(super) struct Book<'a> {
    open: Vec<&'static str>,
    pub(super) accounts: Vec<Account<'a>>,
    current: Option<u16>,
    default_currency: Option<&'a str>,
    pub(super) transactions: Vec<Transaction<'a>>,
    in_transaction: bool,
    status: (&'a str, &'a str, &'a str),
    /// Code and message of the first status that is an error.
    pub(super) refusal: Option<(&'a str, &'a str)>,
    pub(super) skipped: Skipped,
}

/// An account as it stands in the file.
#[derive(Default, Clone, Copy)]
pub(super) struct Account<'a> {
    pub(super) bank: &'a str,
    pub(super) number: &'a str,
    pub(super) kind: &'a str,
    pub(super) currency: Option<&'a str>,
    pub(super) balance: Option<&'a str>,
}

impl<'a> Book<'a> {
    /// Takes the next tag in.
    pub(super) fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Open(name, value) => {
                let lower = name.bytes().any(|byte| byte.is_ascii_lowercase());
                let name = if lower { Cow::Owned(name.to_ascii_uppercase()) } else { Cow::Borrowed(name) };
                match PARTS.iter().find(|part| **part == name).filter(|_| value.is_empty()) {
                    Some(part) => self.enter(part),
                    None => self.value(&name, value),
                }
            }
            Event::Close(name) => {
                if let Some(at) = self.open.iter().rposition(|part| part.eq_ignore_ascii_case(name)) {
                    while self.open.len() > at {
                        self.leave();
                    }
                }
            }
        }
    }

    fn enter(&mut self, part: &'static str) {
        match part {
            "STMTRS" | "CCSTMTRS" | "INVSTMTRS" => {
                self.unwind("STMTTRN");
                self.current = None;
                self.default_currency = None;
            }
            "STMTTRN" => {
                self.unwind("STMTTRN");
                self.begin_transaction();
            }
            "STMTTRNP" => self.skipped.pending += 1,
            "INVTRAN" => self.skipped.other += 1,
            "STATUS" => self.status = ("", "", ""),
            "BANKACCTFROM" | "CCACCTFROM" | "INVACCTFROM" if !self.in_transaction => self.begin_account(part),
            _ => {}
        }
        if self.open.len() >= MAX_DEPTH {
            self.open.remove(0);
        }
        self.open.push(part);
    }

    /// A part that begins again was not closed before: SGML written carelessly.
    fn unwind(&mut self, part: &str) {
        if let Some(at) = self.open.iter().rposition(|open| *open == part) {
            while self.open.len() > at {
                self.leave();
            }
        }
    }

    fn leave(&mut self) {
        match self.open.pop() {
            Some("STMTTRN") => self.in_transaction = false,
            Some("STATUS") if self.status.1 == "ERROR" && self.refusal.is_none() => {
                self.refusal = Some((self.status.0, self.status.2));
            }
            Some("BANKACCTFROM" | "CCACCTFROM" | "INVACCTFROM") if !self.in_transaction => self.end_account(),
            _ => {}
        }
    }

    fn value(&mut self, name: &str, value: &'a str) {
        let part = self.open.last().copied().unwrap_or_default();
        if self.in_transaction && part != "STMTTRNP" {
            if let Some(last) = self.transactions.last_mut() {
                last.put(part, name, value);
            }
            return;
        }
        match (part, name) {
            ("STATUS", "CODE") => self.status.0 = value,
            ("STATUS", "SEVERITY") => self.status.1 = value,
            ("STATUS", "MESSAGE" | "MESSAGE2") => self.status.2 = value,
            (_, "CURDEF") => {
                self.default_currency = Some(value).filter(|code| !code.is_empty());
                if let Some(account) = self.account() {
                    account.currency = Some(value);
                }
            }
            ("LEDGERBAL", "BALAMT") => {
                if let Some(account) = self.account() {
                    account.balance = Some(value);
                }
            }
            ("BANKACCTFROM" | "CCACCTFROM" | "INVACCTFROM", _) => self.account_value(name, value),
            _ => {}
        }
    }

    fn account(&mut self) -> Option<&mut Account<'a>> {
        self.accounts.get_mut(usize::from(self.current?))
    }

    fn begin_account(&mut self, part: &str) {
        if self.accounts.len() >= MAX_ACCOUNTS {
            self.current = None;
            return;
        }
        let kind = if part == "CCACCTFROM" { "CREDITCARD" } else { "" };
        self.accounts.push(Account { kind, currency: self.default_currency, ..Account::default() });
        self.current = u16::try_from(self.accounts.len() - 1).ok();
    }

    fn account_value(&mut self, name: &str, value: &'a str) {
        let Some(account) = self.account() else { return };
        match name {
            "BANKID" | "BROKERID" => account.bank = value,
            "ACCTID" => account.number = value,
            "ACCTTYPE" => account.kind = value,
            _ => {}
        }
    }

    /// The same account may come several times; one without a number is none.
    fn end_account(&mut self) {
        let is_new = self.current.is_some_and(|current| usize::from(current) + 1 == self.accounts.len());
        let Some(new) = self.accounts.last().copied().filter(|_| is_new) else { return };
        let known = self.accounts.iter().position(|old| (old.bank, old.number) == (new.bank, new.number));
        if new.number.is_empty() {
            self.accounts.pop();
            self.current = None;
        } else if let Some(known) = known.filter(|known| known + 1 < self.accounts.len()) {
            self.accounts.pop();
            self.current = u16::try_from(known).ok();
        }
    }

    fn begin_transaction(&mut self) {
        self.in_transaction = true;
        self.transactions.push(Transaction {
            account: self.current,
            default_currency: self.default_currency,
            number: u32::try_from(self.transactions.len() + 1).unwrap_or(u32::MAX),
            ..Transaction::default()
        });
    }
}
