//! What a column is, by its name.
use super::vocab::{Found, List};
use crate::import::{
    money_sign::{Meaning, meaning},
    text::words,
};

/// What a column is, as far as its name tells. Lower ranks are chosen first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A day; rank 0 is when it was booked or made, 1 when it counts.
    Date(u8),
    /// An amount; rank 0 is plainly so, 1 only where there is nothing better.
    Amount(u8),
    /// Money out.
    Debit,
    /// Money in.
    Credit,
    /// A word that says which.
    Direction,
    Currency,
    Balance,
    Fee,
    State,
    Category,
    Payee,
    Memo,
    Id,
    Account,
    Check,
    Kind,
    /// Known, and of no use.
    Other,
    /// Not known.
    None,
}

/// A column's name, understood.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// As written, trimmed.
    pub(super) text: String,
    /// Folded words.
    pub(super) words: String,
    pub(super) role: Role,
    /// The code or sign of the currency that its amounts are in: `Amount (EUR)`.
    pub(super) currency: Option<String>,
}

impl Name {
    /// Understands a cell of a header.
    pub(super) fn of(cell: &str) -> Self {
        let text = cell.trim().trim_matches(['\'', '"', '#', '*']).trim();
        let words = words(&apart(text));
        // Names are short and have few digits: other cells are values.
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let is_value = words.is_empty() || digits > 3 || text.chars().count() > 60;
        let role = if is_value { Role::None } else { role(&words) };
        let currency = currency(text);
        // A column that is named after a currency and nothing else: `CAD$`.
        let only =
            role == Role::None && !is_value && currency.as_ref().is_some_and(|sign| text.len() <= sign.len() + 1);
        let role = if only { Role::Amount(1) } else { role };
        Self { currency, text: text.to_owned(), words, role }
    }
}

/// Names like `dateOp` and `RunningBalance` in words.
fn apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let one_word = !text.contains(char::is_whitespace);
    let mut before = ' ';
    for c in text.chars() {
        if one_word && before.is_lowercase() && c.is_uppercase() {
            out.push(' ');
        }
        out.push(c);
        before = c;
    }
    out
}

fn role(words: &str) -> Role {
    let found = Found::in_words(words);
    exactly(found).or_else(|| date(found)).or_else(|| money(found)).unwrap_or_else(|| text(found, words))
}

/// Whole names, before any part of them can mean something else.
fn exactly(found: Found) -> Option<Role> {
    let lists = [
        (List::DIRECTION, Role::Direction),
        (List::CHECK, Role::Check),
        (List::STATE, Role::State),
        (List::ID, Role::Id),
        (List::PAYEE, Role::Payee),
        (List::MEMO, Role::Memo),
        (List::DATE_ALONE, Role::Date(0)),
        (List::LATER_ALONE, Role::Date(1)),
        (List::CURRENCY, Role::Currency),
        (List::DEBIT_ALONE, Role::Debit),
        (List::CREDIT_ALONE, Role::Credit),
    ];
    lists.into_iter().find(|(list, _)| found.is(*list)).map(|(_, role)| role)
}

fn date(found: Found) -> Option<Role> {
    if !found.has(List::DATE) {
        None
    } else if found.has(List::NOT_A_DATE) && !found.is(List::DATE) {
        Some(Role::Other)
    } else {
        Some(Role::Date(u8::from(found.has(List::LATER_DATE))))
    }
}

fn money(found: Found) -> Option<Role> {
    let (amount, currency, balance) = (found.has(List::AMOUNT), found.has(List::CURRENCY), found.has(List::BALANCE));
    let (debit, credit) = (found.has(List::DEBIT), found.has(List::CREDIT));
    let side = (debit || credit) && !found.has(List::NO_SIDE);
    if (amount || currency) && found.has(List::FOREIGN) && (!balance || currency) {
        Some(Role::Other)
    } else if balance {
        Some(Role::Balance)
    } else if currency && !amount && !side {
        Some(Role::Currency)
    } else if found.has(List::NO_AMOUNT) {
        Some(Role::Other)
    } else if debit && credit && !found.has(List::CARD) {
        Some(Role::Direction)
    } else if side {
        Some(if debit { Role::Debit } else { Role::Credit })
    } else if found.has(List::FEE) {
        Some(Role::Fee)
    } else if amount && !found.has(List::NO_AMOUNT_NAME) {
        Some(Role::Amount(u8::from(found.has(List::WEAK_AMOUNT))))
    } else {
        None
    }
}

fn text(found: Found, words: &str) -> Role {
    if found.is(List::KIND) {
        Role::Kind
    } else if found.has(List::CATEGORY) {
        Role::Category
    } else if found.has(List::STATE) {
        Role::State
    } else if found.has(List::COUNTER) && found.has(List::ACCOUNT) {
        Role::Other
    } else if found.is(List::ACCOUNT) {
        Role::Account
    } else if found.has(List::CHECK) {
        Role::Check
    } else if found.has(List::MEMO) {
        Role::Memo
    } else if found.has(List::PAYEE) {
        if found.has(List::NO_PARTY) { Role::Other } else { Role::Payee }
    } else if found.has(List::KIND) || words == "iban" {
        Role::Kind
    } else {
        Role::None
    }
}

/// A code in capitals or a sign in a name: `Amount (EUR)`, `Betrag in €`, `人民币金额`.
fn currency(text: &str) -> Option<String> {
    if text.contains("人民币") {
        return Some("CNY".to_owned());
    }
    let parts = text
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '（' | '）' | '/' | '_' | '-' | ':'));
    let is_code = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_sign =
        |word: &str| word.chars().all(|c| !c.is_alphanumeric() || c == '元' || c == '円') || word.ends_with('$');
    let mut parts = parts.filter(|word| !word.is_empty() && (is_code(word) || is_sign(word)));
    parts.find_map(|word| {
        let code = word.strip_suffix('$').filter(|code| code.len() == 3).unwrap_or(word);
        (meaning(code) != Meaning::Unknown).then(|| code.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_many_languages() {
        use Role::{
            Account, Amount, Balance, Category, Check, Credit, Currency, Date, Debit, Direction, Fee, Id, Kind, Memo,
            None, Other, Payee, State,
        };
        for (name, role) in [
            ("Date", Date(0)),
            ("Buchungsdatum", Date(0)),
            ("Valutadatum", Date(1)),
            ("Value date", Date(1)),
            ("Completed Date", Date(0)),
            ("Started Date", Date(1)),
            ("#Data operacji", Date(0)),
            ("Könyvelés dátuma", Date(0)),
            ("交易时间 ", Date(0)),
            ("记账日", Date(0)),
            ("Settlement Date", Date(1)),
            ("Datetime", Date(0)),
            ("Date Posted", Date(0)),
            ("Datum zaúčtování", Date(0)),
            ("Datum provedení", Date(1)),
            ("Valuta", Date(1)),
            ("Posted", Date(0)),
            ("Amount", Amount(0)),
            ("Betrag", Amount(0)),
            ("Zaúčtovaná částka", Amount(0)),
            ("Összeg", Amount(0)),
            ("Amount (total)", Amount(1)),
            ("Amount ($)", Amount(0)),
            ("金额(元)", Amount(0)),
            ("Transaction Amount", Amount(0)),
            ("bedrag in EUR", Amount(0)),
            ("Suma", Amount(0)),
            ("Původní částka a měna", Other),
            ("交易地金额", Other),
            ("foreign_amount", Other),
            ("Amount (fee)", Fee),
            ("Price ($)", Other),
            ("Withdrawals (SGD)", Debit),
            ("Paid In", Credit),
            ("Débit", Debit),
            ("Wpływy", Credit),
            ("Withdrawal (-)", Debit),
            ("Outflow", Debit),
            ("CreditDebet", Direction),
            ("D/K", Direction),
            ("收/支", Direction),
            ("Transaction Type", Direction),
            ("Credit limit", Other),
            ("Currency", Currency),
            ("Währung", Currency),
            ("Měna účtu", Currency),
            ("currency_code", Currency),
            ("foreign_currency_code", Other),
            ("Balance", Balance),
            ("Számlaegyenleg", Balance),
            ("Running Balance", Balance),
            ("Balance currency", Other),
            ("Saldo (EUR)", Balance),
            ("Payee", Payee),
            ("交易对方", Payee),
            ("Naam tegenpartij", Payee),
            ("Description", Memo),
            ("Verwendungszweck", Memo),
            ("Category", Category),
            ("Id transakce", Id),
            ("Wallet Txn ID", Id),
            ("Check #", Check),
            ("Status", State),
            ("State", State),
            ("交易状态", State),
            ("Type", Kind),
            ("Counter Account", Other),
            ("Account", Account),
            ("Partner IBAN száma", Other),
            ("16.05.2025", None),
            ("", None),
            ("Download start date : 01/04/2020", None),
            ("Fee in EUR", Fee),
        ] {
            assert_eq!(Name::of(name).role, role, "{name}: {:?}", Name::of(name).words);
        }
    }

    #[test]
    fn currencies_in_names() {
        for (name, code) in [
            ("Amount (EUR)", Some("EUR")),
            ("bedrag in EUR", Some("EUR")),
            ("Amount ($)", Some("$")),
            ("人民币金额", Some("CNY")),
            ("金额(元)", Some("元")),
            ("Amount", None),
            ("Withdrawal (-)", None),
            ("Betrag in €", Some("€")),
            ("Amount CA$", Some("CA$")),
        ] {
            assert_eq!(Name::of(name).currency.as_deref(), code, "{name}");
        }
    }
}
