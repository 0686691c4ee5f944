//! From rows of a file to rows of ours: amounts in real currencies, categories, accounts.
use super::judge::Candidate;
use crate::{
    Actor, Services,
    expenses::base_amount,
    ports::{
        rules::{FiledBy, Judged},
        store::{Import, ImportAccount, Print, StagedRow, Verdict},
    },
    rules::{Judge, said_by},
};
use domain::{
    Date,
    account::{Account, AccountKind, masked},
    category::Category,
    currency::Currency,
    expense::{Expense, Kind, Status, dedupe_key},
    ids::{AccountId, ExpenseId, UserId},
    import::{
        AccountKindHint, Format, Mapping, OwnFields, Question, RejectReason, Rejected, Row, Statement, StatementAccount,
    },
    ledger_file::OWN,
    merchant::{fold, merchant_key},
    money::{MAX_MINOR, Money},
    rule::{Direction, Subject, words_of},
};
use jiff::Timestamp;
use std::collections::HashMap;

/// A file, read and judged.
pub(super) struct Draft {
    statement: Statement,
    accounts: Vec<ImportAccount>,
    extent: Extent,
    pub(super) rows: Vec<StagedRow>,
}

/// What the rows come to.
struct Extent {
    sum: String,
    first_date: Option<Date>,
    last_date: Option<Date>,
    currency: Option<Currency>,
}

impl Extent {
    fn of(statement: &Statement) -> Self {
        Self {
            sum: statement.sum_text(),
            first_date: statement.first_date(),
            last_date: statement.last_date(),
            currency: statement.single_currency(),
        }
    }
}

/// What a draft says of itself.
pub(super) struct Summary {
    pub(super) format: Format,
    pub(super) mapping: Option<Mapping>,
    pub(super) accounts: Vec<ImportAccount>,
    pub(super) rows: u32,
    pub(super) added: u32,
    pub(super) duplicates: u32,
    pub(super) ignored: u32,
    pub(super) rejected: Vec<Rejected>,
    pub(super) sum: String,
    pub(super) first_date: Option<Date>,
    pub(super) last_date: Option<Date>,
    pub(super) currency: Option<Currency>,
    pub(super) questions: Vec<Question>,
}

impl Draft {
    /// Judges each row against what is known, and files it as the file says, else as `judge` decides.
    pub(super) fn new(
        mut statement: Statement,
        accounts: Vec<ImportAccount>,
        prints: &[Print],
        judge: &mut Judge,
        home: Currency,
    ) -> Self {
        let parsed = std::mem::take(&mut statement.rows);
        let mut fitting: Vec<Row> = Vec::with_capacity(parsed.len());
        for mut row in parsed {
            let currency = row.currency.or_else(|| account_currency(&row, &accounts)).unwrap_or(home);
            match to_minor(row.amount, row.exponent, currency) {
                Some(minor) => {
                    (row.amount, row.exponent, row.currency) = (minor, currency.exponent(), Some(currency));
                    fitting.push(row);
                }
                None => statement.rejected.push(unfit(&row, currency)),
            }
        }
        let keys: Vec<(String, Option<String>)> = fitting.iter().map(|row| row_key(row, home)).collect();
        let candidates: Vec<Candidate<'_>> = fitting
            .iter()
            .zip(&keys)
            .filter(|(row, _)| row.amount != 0)
            .map(|(row, (key, merchant))| Candidate {
                account_id: account_of(row, &accounts),
                external_id: row.external_id.as_deref(),
                dedupe_key: key,
                merchant: merchant.as_deref(),
            })
            .collect();
        let mut verdicts = super::judge(&candidates, prints).into_iter();
        statement.rows = fitting;
        let extent = Extent::of(&statement);
        let rows = std::mem::take(&mut statement.rows)
            .into_iter()
            .map(|row| {
                let verdict = if row.amount == 0 { Verdict::Zero } else { verdicts.next().unwrap_or(Verdict::New) };
                let (category, judged) = match &row.own {
                    Some(own) => (own.category, Judged::default()),
                    None => decided(&row, account_of(&row, &accounts), judge, home),
                };
                StagedRow { row, verdict, category, judged }
            })
            .collect();
        Self { statement, accounts, extent, rows }
    }

    /// Whether somebody has to say something before it can be booked.
    pub(super) fn has_questions(&self) -> bool {
        !self.statement.questions.is_empty()
    }

    pub(super) fn summary(&self) -> Summary {
        let count = |wanted: fn(&Verdict) -> bool| {
            u32::try_from(self.rows.iter().filter(|staged| wanted(&staged.verdict)).count()).unwrap_or(u32::MAX)
        };
        Summary {
            format: self.statement.format,
            mapping: self.statement.mapping.clone(),
            accounts: self.accounts.clone(),
            rows: u32::try_from(self.rows.len()).unwrap_or(u32::MAX),
            added: count(|verdict| matches!(verdict, Verdict::New)),
            duplicates: count(|verdict| matches!(verdict, Verdict::Duplicate | Verdict::Absorbed(_))),
            ignored: count(|verdict| matches!(verdict, Verdict::Zero)),
            rejected: self.statement.rejected.clone(),
            sum: self.extent.sum.clone(),
            first_date: self.extent.first_date,
            last_date: self.extent.last_date,
            currency: self.extent.currency,
            questions: self.statement.questions.clone(),
        }
    }
}

/// Which of ours a row is of, where that is known.
fn account_of(row: &Row, accounts: &[ImportAccount]) -> Option<AccountId> {
    row.account.and_then(|index| accounts.get(usize::from(index))).and_then(|account| account.account_id)
}

fn account_currency(row: &Row, accounts: &[ImportAccount]) -> Option<Currency> {
    row.account.and_then(|index| accounts.get(usize::from(index))).and_then(|account| account.found.currency)
}

/// An amount of 10^-`exponent` in the minor units of `currency`, if it can be said exactly.
fn to_minor(amount: i64, exponent: u8, currency: Currency) -> Option<i64> {
    let wanted = currency.exponent();
    let minor = if exponent <= wanted {
        amount.checked_mul(10_i64.checked_pow(u32::from(wanted - exponent))?)?
    } else {
        let unit = 10_i64.checked_pow(u32::from(exponent - wanted))?;
        (amount % unit == 0).then_some(amount / unit)?
    };
    (minor.abs() <= MAX_MINOR).then_some(minor)
}

fn unfit(row: &Row, currency: Currency) -> Rejected {
    let text = domain::money::format_minor(row.amount, row.exponent);
    let raw = row.payee.clone().unwrap_or_default();
    Rejected { line: row.line, reason: RejectReason::TooManyDecimals { text, max: currency.exponent() }, raw }
}

/// By what a row is compared, and its merchant.
fn row_key(row: &Row, home: Currency) -> (String, Option<String>) {
    let merchant = merchant_of(row);
    let key = merchant.as_deref().map(merchant_key).unwrap_or_default();
    (dedupe_key(row.date, row.amount, row.currency.unwrap_or(home), &key), merchant)
}

/// The merchant: the payee, else what the bank wrote.
pub(super) fn merchant_of(row: &Row) -> Option<String> {
    if row.own.is_some() {
        return row.payee.clone();
    }
    row.payee.clone().or_else(|| row.memo.as_ref().map(|memo| memo.chars().take(255).collect()))
}

/// Where a row is filed, and what else is done with it: under the category that the file names, if it is one of the ten by
/// its English or German name, else as the person's history, their rules or the classifier say. Money in is filed nowhere.
fn decided(row: &Row, account_id: Option<AccountId>, judge: &mut Judge, home: Currency) -> (Option<Category>, Judged) {
    let merchant = merchant_of(row).unwrap_or_default();
    let (key, printed) = judge.prints.keys(&merchant);
    let memo = row.memo.as_deref().filter(|memo| *memo != merchant).unwrap_or_default();
    let currency = row.currency.unwrap_or(home);
    let out = row.amount < 0;
    let subject = Subject {
        merchant: key,
        printed,
        description: words_of(memo),
        amount: row.amount.saturating_abs().saturating_mul(10_i64.pow(3 - u32::from(currency.exponent().min(3)))),
        currency,
        direction: if out { Direction::Out } else { Direction::In },
        files: out,
        account_id,
        import_id: None,
    };
    let decision = judge.decide(&subject);
    let mut judged = Judged {
        merchant: judge.name(&merchant),
        rename: decision.rename,
        tags: decision.tags,
        rules: decision.rules,
        ..Judged::default()
    };
    if let Some(named) = row.category.as_deref().filter(|_| out).and_then(category_by_name) {
        (judged.by, judged.confidence) = (Some(FiledBy::Import), 100);
        return (Some(named), judged);
    }
    if let Some(source) = decision.source {
        let (by, rule) = said_by(source);
        (judged.by, judged.rule, judged.confidence) = (Some(by), rule, decision.confidence);
    }
    (judged.subcategory, judged.proposal) = (decision.subcategory, decision.proposal);
    (decision.category, judged)
}

fn category_by_name(name: &str) -> Option<Category> {
    use Category as C;
    const NAMES: [(&str, C); 60] = [
        ("housing", C::Housing),
        ("rent", C::Housing),
        ("mortgage", C::Housing),
        ("home", C::Housing),
        ("wohnen", C::Housing),
        ("miete", C::Housing),
        ("food", C::Food),
        ("groceries", C::Food),
        ("restaurants", C::Food),
        ("restaurant", C::Food),
        ("dining", C::Food),
        ("coffee", C::Food),
        ("lebensmittel", C::Food),
        ("essen", C::Food),
        ("transportation", C::Transportation),
        ("transport", C::Transportation),
        ("gas", C::Transportation),
        ("fuel", C::Transportation),
        ("auto", C::Transportation),
        ("parking", C::Transportation),
        ("mobilitat", C::Transportation),
        ("verkehr", C::Transportation),
        ("utilities", C::Utilities),
        ("internet", C::Utilities),
        ("phone", C::Utilities),
        ("mobile phone", C::Utilities),
        ("electricity", C::Utilities),
        ("nebenkosten", C::Utilities),
        ("strom", C::Utilities),
        ("telefon", C::Utilities),
        ("healthcare", C::Healthcare),
        ("health", C::Healthcare),
        ("medical", C::Healthcare),
        ("pharmacy", C::Healthcare),
        ("doctor", C::Healthcare),
        ("gesundheit", C::Healthcare),
        ("apotheke", C::Healthcare),
        ("entertainment", C::Entertainment),
        ("travel", C::Entertainment),
        ("hobbies", C::Entertainment),
        ("movies", C::Entertainment),
        ("music", C::Entertainment),
        ("freizeit", C::Entertainment),
        ("reisen", C::Entertainment),
        ("urlaub", C::Entertainment),
        ("savings", C::Savings),
        ("sparen", C::Savings),
        ("emergency", C::Emergency),
        ("emergency fund", C::Emergency),
        ("notgroschen", C::Emergency),
        ("investments", C::Investments),
        ("investment", C::Investments),
        ("geldanlage", C::Investments),
        ("wertpapiere", C::Investments),
        ("miscellaneous", C::Miscellaneous),
        ("clothing", C::Miscellaneous),
        ("shopping", C::Miscellaneous),
        ("kleidung", C::Miscellaneous),
        ("sonstiges", C::Miscellaneous),
        ("versicherungen", C::Miscellaneous),
    ];
    // "Food: Groceries", "Food & Dining" and "Essen/Restaurant" name what they begin with.
    let folded = fold(name);
    let first = folded.split([':', '&', '/', '>', ',']).next().unwrap_or_default().trim().to_owned();
    NAMES.iter().find(|(known, _)| *known == folded.trim() || *known == first).map(|(_, category)| *category)
}

/// How a file's account is found again: its bank's number and its own.
pub fn external_account_id(found: &StatementAccount) -> String {
    let number: String = found.number.split_whitespace().collect();
    format!("{}/{number}", found.bank_id.as_deref().unwrap_or_default().trim())
}

/// Whether one of our own exports names it: by its name.
fn is_own(found: &StatementAccount) -> bool {
    found.bank_id.as_deref() == Some(OWN)
}

/// Whether an account is the one that a file names.
pub(super) fn is_found(account: &Account, found: &StatementAccount) -> bool {
    account.external_ids.contains(&external_account_id(found)) || (is_own(found) && account.name == found.number)
}

pub(super) fn new_account(
    found: &StatementAccount,
    id: AccountId,
    user: UserId,
    home: Currency,
    now: Timestamp,
) -> Account {
    let external = external_account_id(found);
    let name = if is_own(found) { found.number.clone() } else { masked(&external) };
    let kind = match found.kind {
        AccountKindHint::Savings => AccountKind::Savings,
        AccountKindHint::Card => AccountKind::Card,
        AccountKindHint::Cash => AccountKind::Cash,
        AccountKindHint::Loan => AccountKind::Loan,
        AccountKindHint::Checking | AccountKindHint::Other => AccountKind::Checking,
    };
    Account {
        id,
        user_id: user,
        name,
        kind,
        currency: found.currency.unwrap_or(home),
        external_ids: vec![external],
        closed: false,
        version: 1,
        created_at: now,
        updated_at: now,
    }
}

/// A row as an expense (money out) or an income (money in) of its posting date.
pub(super) fn expense_of(
    services: &Services,
    actor: &Actor,
    import: &Import,
    staged: StagedRow,
    account_id: Option<AccountId>,
    home: Currency,
    now: Timestamp,
) -> Expense {
    let merchant = merchant_of(&staged.row);
    let StagedRow { mut row, category, judged, .. } = staged;
    let own = row.own.take();
    let out = row.amount < 0;
    let currency = row.currency.unwrap_or(home);
    let amount = Money::new(row.amount.abs(), currency);
    let description = row.memo.filter(|memo| merchant.as_ref() != Some(memo));
    let mut expense = Expense {
        id: ExpenseId(services.random.id(now)),
        user_id: actor.user.id,
        budget_id: import.budget_id,
        account_id,
        kind: if out { Kind::Expense } else { Kind::Income },
        status: Status::Cleared,
        amount,
        base: base_amount(amount, home, row.date),
        category: category.filter(|_| out),
        subcategory: judged.subcategory.filter(|_| out && category.is_some()),
        description: description.or_else(|| merchant.is_none().then(|| import.filename.clone())),
        notes: row.check_number.map(|number| format!("#{number}")),
        merchant,
        merchant_key: String::new(),
        date: row.date,
        payment_method: None,
        tags: judged.tags,
        splits: Vec::new(),
        location: None,
        import_id: Some(import.id),
        external_id: row.external_id,
        dedupe_key: String::new(),
        recurring: None,
        pairing: None,
        // As the bank has it, and then as the person has filed it in the preview: that outweighs what files by itself.
        version: if judged.by == Some(FiledBy::User) { 2 } else { 1 },
        created_at: now,
        updated_at: now,
        deleted_at: None,
        deleted_by: None,
    };
    if let Some(own) = own {
        let mut own = *own;
        if judged.by == Some(FiledBy::User) && own.splits.is_empty() {
            (own.category, own.subcategory) = (category, expense.subcategory.clone());
        }
        take_own(&mut expense, own);
    }
    expense.derive();
    if judged.rename.is_some() {
        // The dedupe key stays that of the print: so the same file brings no twin of it.
        expense.merchant = judged.rename;
        expense.derive();
    }
    expense
}

/// What a file of ours says besides. Parts that somebody has broken by hand are left out.
fn take_own(expense: &mut Expense, own: OwnFields) {
    expense.kind = own.kind.unwrap_or(expense.kind);
    (expense.status, expense.payment_method) = (own.status, own.payment_method);
    (expense.category, expense.subcategory) = (own.category, own.subcategory);
    expense.description = own.description.or_else(|| expense.description.take().filter(|_| expense.merchant.is_none()));
    (expense.notes, expense.tags, expense.splits) = (own.notes, own.tags, own.splits);
    expense.location = own.location;
    if expense.check().is_err() {
        (expense.category, expense.subcategory) = (None, None);
        expense.splits.clear();
    }
}

/// What a file of ours says both legs of a transfer have in common.
pub(super) fn transfer_of(staged: &StagedRow) -> Option<String> {
    staged.row.own.as_ref()?.transfer.clone()
}

/// Legs of transfers on their way in.
#[derive(Default)]
pub(super) struct Legs(HashMap<String, [Option<usize>; 2]>);

impl Legs {
    /// The row at that place is one.
    pub(super) fn note(&mut self, transfer: Option<String>, signed: i64, place: usize) {
        let Some(transfer) = transfer else { return };
        self.0.entry(transfer).or_default()[usize::from(signed > 0)].get_or_insert(place);
    }

    /// Joins those of which both are there.
    pub(super) fn join(self, rows: &mut [Expense]) {
        let pairs = self.0.into_values().filter_map(|[out, into]| out.zip(into));
        for (place, other, incoming) in pairs.flat_map(|(out, into)| [(out, into, false), (into, out, true)]) {
            let other = rows[other].id;
            let row = &mut rows[place];
            if row.account_id.is_some() {
                // Which way it goes is known only now.
                row.dedupe_key.clear();
                row.join(other, incoming);
            }
        }
    }
}
