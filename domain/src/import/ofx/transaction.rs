//! One STMTTRN as it stands in the file, before anything of it is understood.

/// The values of a transaction.
#[derive(Debug, Default, Clone)]
pub(super) struct Transaction<'a> {
    pub(super) posted: Option<&'a str>,
    pub(super) amount: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    pub(super) payee_name: Option<&'a str>,
    pub(super) memo: Option<&'a str>,
    pub(super) check_number: Option<&'a str>,
    pub(super) reference: Option<&'a str>,
    /// CURSYM of CURRENCY: what the amount is in.
    pub(super) currency: Option<&'a str>,
    /// CORRECTACTION.
    pub(super) correction: Option<&'a str>,
    /// Index of its account.
    pub(super) account: Option<u16>,
    /// CURDEF of its statement.
    pub(super) default_currency: Option<&'a str>,
    /// It is the n-th transaction of the file.
    pub(super) number: u32,
}

impl<'a> Transaction<'a> {
    /// Keeps a value that stands directly in STMTTRN, or in one of its parts.
    pub(super) fn put(&mut self, part: &str, name: &str, value: &'a str) {
        let place = match (part, name) {
            ("STMTTRN", "DTPOSTED") => &mut self.posted,
            ("STMTTRN", "TRNAMT") => &mut self.amount,
            ("STMTTRN", "FITID") => &mut self.id,
            ("STMTTRN", "NAME") => &mut self.name,
            ("STMTTRN", "PAYEE") | ("PAYEE", "NAME") => &mut self.payee_name,
            ("STMTTRN", "MEMO") => &mut self.memo,
            ("STMTTRN", "CHECKNUM") => &mut self.check_number,
            ("STMTTRN", "REFNUM") => &mut self.reference,
            ("STMTTRN", "CORRECTACTION") => &mut self.correction,
            ("CURRENCY", "CURSYM") => &mut self.currency,
            _ => return,
        };
        // The first one stands: some banks repeat NAME inside of other parts.
        if place.is_none() && !value.is_empty() {
            *place = Some(value);
        }
    }

    /// It as text, for the list of what was refused.
    pub(super) fn raw(&self) -> String {
        let all = [self.posted, self.amount, self.id, self.name, self.payee_name, self.memo];
        super::super::text::raw(&all.into_iter().flatten().collect::<Vec<_>>().join(" | "))
    }
}
