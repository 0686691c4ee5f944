//! Collects statements and their entries while the elements go by.
use crate::import::xml::{Element, Sink};

/// Statements behind that count to the last one.
const MAX_PARTS: usize = 10_000;
/// So many details of an entry are kept; a batch may have thousands.
const MAX_DETAILS: usize = 20;

/// An amount with the code of its currency.
#[derive(Debug, Default, Clone)]
pub(super) struct Amount {
    pub(super) value: String,
    pub(super) currency: Option<String>,
}

/// An entry as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// It is the n-th of the file.
    pub(super) number: u32,
    /// Index of its statement.
    pub(super) statement: usize,
    pub(super) amount: Option<Amount>,
    /// CRDT or DBIT.
    pub(super) side: Option<String>,
    /// BOOK, PDNG, FUTR, INFO.
    pub(super) status: Option<String>,
    pub(super) booked: Option<String>,
    pub(super) value_date: Option<String>,
    /// Any other day that its details name.
    pub(super) other_date: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) info: Vec<String>,
    pub(super) details: Vec<Detail>,
    /// How many payments there are in it, kept or not.
    pub(super) payments: u32,
    pub(super) check: Option<String>,
}

/// One payment of an entry.
#[derive(Debug, Default)]
pub(super) struct Detail {
    pub(super) debtor: Option<String>,
    pub(super) creditor: Option<String>,
    /// Somebody on whose behalf, where there is no name otherwise.
    pub(super) ultimate: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) texts: Vec<String>,
}

/// A report, statement or notification.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) number: String,
    pub(super) currency: Option<String>,
    pub(super) bank: Option<String>,
    pub(super) kind: Option<String>,
    /// The closing balance, and whether it is a debit.
    pub(super) closing: Option<(Amount, bool)>,
    /// When it ends or was made.
    pub(super) date: Option<String>,
}

/// What has been met so far.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) parts: Vec<Part>,
    pub(super) entries: Vec<Entry>,
    balance: (String, Amount, bool),
    in_entry: bool,
    /// The currency of the amount that is open.
    code: Option<String>,
}

impl Sink for Book {
    fn open(&mut self, path: &str, element: &Element<'_>) {
        let name = path.rsplit('/').next().unwrap_or_default();
        match name {
            "Stmt" | "Rpt" | "Ntfctn" if !self.in_entry && self.parts.len() < MAX_PARTS => {
                self.parts.push(Part::default());
            }
            "Ntry" if !self.in_entry => {
                self.in_entry = true;
                if self.parts.is_empty() {
                    self.parts.push(Part::default());
                }
                let number = u32::try_from(self.entries.len() + 1).unwrap_or(u32::MAX);
                self.entries.push(Entry { number, statement: self.parts.len() - 1, ..Entry::default() });
            }
            "TxDtls" => {
                if let Some(entry) = self.entries.last_mut().filter(|_| self.in_entry) {
                    entry.payments += 1;
                    if entry.details.len() < MAX_DETAILS {
                        entry.details.push(Detail::default());
                    }
                }
            }
            "Amt" => self.code = element.attribute("Ccy"),
            "Bal" => self.balance = Default::default(),
            _ => {}
        }
    }

    fn close(&mut self, path: &str, text: &str) {
        let text = text.trim();
        if path.ends_with("/Ntry") {
            self.in_entry = false;
        } else if let Some(at) = path.rfind("/Ntry/").filter(|_| self.in_entry) {
            let code = self.code.clone();
            if let Some(entry) = self.entries.last_mut() {
                entry.value(&path[at + 6..], text, code);
            }
        } else {
            self.about_statement(path, text);
        }
    }
}

impl Book {
    fn about_statement(&mut self, path: &str, text: &str) {
        let Some(part) = self.parts.last_mut() else { return };
        let ends = |end: &str| path.ends_with(end);
        if ends("/Acct/Id/IBAN") || ends("/Acct/Id/Othr/Id") || ends("/Acct/Id/PrtryAcct/Id") {
            if part.number.is_empty() {
                text.clone_into(&mut part.number);
            }
        } else if ends("/Acct/Ccy") {
            put(&mut part.currency, text);
        } else if ends("/Acct/Tp/Cd") || ends("/Acct/Tp/Prtry") {
            put(&mut part.kind, text);
        } else if ends("/Acct/Svcr/FinInstnId/BIC") || ends("/Acct/Svcr/FinInstnId/BICFI") {
            put(&mut part.bank, text);
        } else if ends("/FrToDt/ToDtTm") || ends("/FrToDt/ToDt") {
            part.date = Some(text.to_owned());
        } else if ends("/Stmt/CreDtTm") || ends("/Rpt/CreDtTm") || ends("/Ntfctn/CreDtTm") {
            put(&mut part.date, text);
        } else if ends("/Bal/Tp/CdOrPrtry/Cd") || ends("/Bal/Tp/Cd") {
            text.clone_into(&mut self.balance.0);
        } else if ends("/Bal/Amt") {
            self.balance.1 = Amount { value: text.to_owned(), currency: self.code.take() };
        } else if ends("/Bal/CdtDbtInd") {
            self.balance.2 = text == "DBIT";
        } else if ends("/Bal") && matches!(self.balance.0.as_str(), "CLBD" | "ITBD") {
            let (code, amount, debit) = std::mem::take(&mut self.balance);
            if part.closing.is_none() || code == "CLBD" {
                part.closing = Some((amount, debit));
            }
        }
    }
}

impl Entry {
    /// Keeps a value by its path below `Ntry`.
    fn value(&mut self, path: &str, text: &str, code: Option<String>) {
        match path {
            "Amt" if self.amount.is_none() => self.amount = Some(Amount { value: text.to_owned(), currency: code }),
            "CdtDbtInd" => put(&mut self.side, text),
            "Sts" | "Sts/Cd" | "Sts/Prtry" => put(&mut self.status, text),
            "BookgDt/Dt" | "BookgDt/DtTm" | "BookgDt" => put(&mut self.booked, text),
            "ValDt/Dt" | "ValDt/DtTm" | "ValDt" => put(&mut self.value_date, text),
            "AcctSvcrRef" => put(&mut self.reference, text),
            "AddtlNtryInf" => self.info.push(text.to_owned()),
            "NtryDtls/Btch/NbOfTxs" => self.payments = self.payments.max(text.parse().unwrap_or(0)),
            _ => {
                if let Some(rest) = path.strip_prefix("NtryDtls/TxDtls/").or_else(|| path.strip_prefix("TxDtls/")) {
                    self.detail(rest, text);
                }
            }
        }
    }

    fn detail(&mut self, path: &str, text: &str) {
        if path == "Refs/ChqNb" {
            put(&mut self.check, text);
        }
        if path.starts_with("RltdDts/") {
            put(&mut self.other_date, text);
        }
        let kept = usize::try_from(self.payments).unwrap_or(usize::MAX);
        let Some(detail) = self.details.last_mut().filter(|_| kept <= MAX_DETAILS) else { return };
        match path {
            "RltdPties/Dbtr/Nm" | "RltdPties/Dbtr/Pty/Nm" => put(&mut detail.debtor, text),
            "RltdPties/Cdtr/Nm" | "RltdPties/Cdtr/Pty/Nm" => put(&mut detail.creditor, text),
            "RltdPties/UltmtDbtr/Nm"
            | "RltdPties/UltmtDbtr/Pty/Nm"
            | "RltdPties/UltmtCdtr/Nm"
            | "RltdPties/UltmtCdtr/Pty/Nm"
            | "RltdPties/TradgPty/Nm"
            | "RltdPties/Prtry/Pty/Nm" => {
                put(&mut detail.ultimate, text);
            }
            "Refs/AcctSvcrRef" => put(&mut detail.reference, text),
            "RmtInf/Ustrd" | "RmtInf/Strd/AddtlRmtInf" | "RmtInf/Strd/CdtrRefInf/Ref" | "AddtlTxInf"
                if detail.texts.len() < MAX_DETAILS && !text.is_empty() =>
            {
                detail.texts.push(text.to_owned());
            }
            _ => {}
        }
    }

    /// What stands in the file, for the list of what was refused.
    pub(super) fn raw(&self) -> String {
        let amount = self.amount.as_ref().map(|amount| amount.value.as_str());
        let all = [
            self.booked.as_deref().or(self.value_date.as_deref()),
            amount,
            self.side.as_deref(),
            self.reference.as_deref(),
        ];
        let info = self.info.iter().map(String::as_str);
        crate::import::text::raw(&all.into_iter().flatten().chain(info).collect::<Vec<_>>().join(" | "))
    }
}

/// The first one stands.
fn put(place: &mut Option<String>, text: &str) {
    if place.is_none() && !text.is_empty() {
        *place = Some(text.to_owned());
    }
}
