//! Which column is what: by its name, checked against what is in it.
use super::{
    dialect::{self, Dialect},
    infer,
    profile::{Profile, sample},
    roles::Role,
    sheet::Sheet,
    words,
};
use crate::import::{
    AmountColumns, Answers, DateOrder, DecimalMark, Mapping, amount,
    money_sign::meaning,
    text::visible,
};

/// How a file is read: what can be sent back changed, and what is only looked at.
pub(super) struct Plan {
    pub(super) mapping: Mapping,
    /// It was not certain which column is the date or the amount.
    pub(super) unsure: bool,
    pub(super) balance: Option<usize>,
    /// Days besides the one that counts.
    pub(super) other_dates: Vec<usize>,
    pub(super) dialect: Option<&'static Dialect>,
}

/// Profiles of columns, each looked at once.
pub(super) struct Columns<'s, 't> {
    pub(super) sheet: &'s Sheet<'t>,
    pub(super) sample: Vec<usize>,
    profiles: Vec<Profile>,
}

impl<'s, 't> Columns<'s, 't> {
    fn of(sheet: &'s Sheet<'t>) -> Self {
        let sample = sample(sheet);
        let profiles = (0..sheet.names.len()).map(|column| Profile::of(sheet, &sample, column)).collect();
        Self { sheet, sample, profiles }
    }

    pub(super) fn profile(&self, column: usize) -> &Profile {
        &self.profiles[column]
    }

    pub(super) fn all(&self) -> std::ops::Range<usize> {
        0..self.profiles.len()
    }

    fn role(&self, column: usize) -> Role {
        self.sheet.names[column].role
    }

    /// Whether nothing is known that speaks against what the name says: the column is empty, or there are no rows.
    fn is_empty(&self, column: usize) -> bool {
        self.profiles[column].filled == 0
    }

    /// Columns of such a role, from the left.
    pub(super) fn of_role(&self, is: impl Fn(Role) -> bool) -> Vec<usize> {
        self.sheet.columns(is)
    }

    fn first(&self, is: impl Fn(Role) -> bool) -> Option<usize> {
        let all = self.of_role(is);
        all.iter().copied().find(|column| !self.is_empty(*column)).or_else(|| all.first().copied())
    }
}

/// Recognises the columns.
pub(super) fn recognise(sheet: &Sheet<'_>, encoding: String, answers: &Answers) -> Plan {
    let columns = Columns::of(sheet);
    let dialect = dialect::find(sheet);
    let (date, other_dates) = dates(&columns);
    let named = amounts(&columns);
    let guessed = infer::amounts(&columns, named.is_none());
    let unsure = date.is_none() || (named.is_none() && guessed.as_ref().is_none_or(|guess| !guess.sure));
    let balance = columns.first(|role| role == Role::Balance).or(guessed.as_ref().and_then(|guess| guess.balance));
    let amount = named.or(guessed.map(|guess| guess.amount));
    let money = amount.as_ref().map(money_columns).unwrap_or_default();
    let named_currency = money.iter().find_map(|column| sheet.names[usize::from(*column)].currency.clone());
    let mapping = Mapping {
        delimiter: char::from(sheet.style.delimiter),
        encoding,
        header_row: sheet.header.and_then(|record| u32::try_from(record + 1).ok()),
        date_column: date.map(narrow),
        date_order: DateOrder::Ymd,
        decimal_mark: DecimalMark::Point,
        flip_sign: false,
        fee_column: fee(&columns, dialect),
        currency_column: currency(&columns, &money).map(narrow),
        currency: named_currency.as_deref().and_then(|sign| meaning(sign).settle(answers.home_currency)),
        amount,
        ..texts(&columns, &money)
    };
    Plan { mapping, unsure, balance, other_dates, dialect }
}

/// Columns are at most 512.
pub(super) fn narrow(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// The columns that amounts are read from.
pub(super) fn money_columns(amount: &AmountColumns) -> Vec<u16> {
    match *amount {
        AmountColumns::Signed { column } | AmountColumns::Directed { column, .. } => vec![column],
        AmountColumns::DebitCredit { debit, credit, .. } => vec![debit, credit],
    }
}

/// The day that counts, and the others: the best by name, then the fullest, then the leftmost.
fn dates(columns: &Columns<'_, '_>) -> (Option<usize>, Vec<usize>) {
    let fits = |column: &usize| columns.profile(*column).is_date() || columns.is_empty(*column) || yearless(columns.profile(*column));
    let mut all: Vec<usize> = columns.of_role(|role| matches!(role, Role::Date(_))).into_iter().filter(fits).collect();
    if all.iter().all(|column| columns.is_empty(*column)) {
        let by_content = columns.all().filter(|column| columns.profile(*column).is_date() && !all.contains(column));
        all.extend(by_content.collect::<Vec<_>>());
    }
    let rank = |column: usize| match columns.role(column) {
        Role::Date(rank) => rank,
        _ => 2,
    };
    let fullest = [0, 1, 2].map(|of| all.iter().filter(|column| rank(**column) == of).map(|column| columns.profile(*column).filled).max().unwrap_or(0));
    all.sort_by_key(|column| {
        let (rank, filled) = (rank(*column), columns.profile(*column).filled);
        (filled == 0, rank, filled * 10 < fullest[usize::from(rank)] * 9, *column)
    });
    let mut all = all.into_iter();
    (all.next(), all.collect())
}

/// Days without a year are taken for days only where the name says so.
fn yearless(profile: &Profile) -> bool {
    let is_day = |cell: &String| crate::import::date::dissect(cell).is_some_and(crate::import::date::Written::is_possible);
    !profile.values.is_empty() && profile.values.iter().filter(|cell| is_day(cell)).count() * 2 >= profile.values.len()
}

/// Where the amounts are, by name.
fn amounts(columns: &Columns<'_, '_>) -> Option<AmountColumns> {
    let fits = |column: &usize| columns.profile(*column).is_amount() || columns.is_empty(*column);
    let filled = |column: usize| columns.profile(column).filled;
    let single = single(columns);
    let side = |role: Role| {
        let all: Vec<usize> = columns.of_role(|other| other == role).into_iter().filter(fits).collect();
        all.iter().copied().find(|column| filled(*column) > 0).or_else(|| all.first().copied())
    };
    let pair = side(Role::Debit).zip(side(Role::Credit)).filter(|(debit, credit)| debit != credit);
    let covers = |(debit, credit): &(usize, usize)| {
        let both = columns.sample.iter().filter(|record| [debit, credit].iter().any(|column| !columns.sheet.table.get(**record, **column).trim().is_empty()));
        both.count() * 10 >= columns.sample.len() * 8
    };
    match (single, pair.filter(covers)) {
        (Some(column), Some(pair)) if filled(column) * 10 < columns.sample.len() * 9 || !prefers_single(columns, column) => Some(debit_credit(columns, pair)),
        (Some(column), _) => Some(signed_or_directed(columns, column)),
        (None, Some(pair)) => Some(debit_credit(columns, pair)),
        (None, None) => None,
    }
}

/// The one column of amounts: plainly named before weakly named, in the account's currency before that of the row.
fn single(columns: &Columns<'_, '_>) -> Option<usize> {
    let all = columns.of_role(|role| matches!(role, Role::Amount(_)));
    let (rows, has_rate) = (columns.sample.len(), columns.sheet.names.iter().any(|name| ["koers", "kurs", "rate", "exchange rate", "wechselkurs", "taux"].contains(&name.words.as_str())));
    let fits = |column: &usize| columns.profile(*column).is_amount() || (rows == 0 && columns.is_empty(*column));
    all.into_iter().filter(fits).min_by_key(|column| {
        let rank = match columns.role(*column) {
            Role::Amount(rank) => rank,
            _ => 2,
        };
        let foreign = has_rate && columns.sheet.names[*column].currency.is_none();
        (columns.profile(*column).filled * 2 < rows, foreign, rank, *column)
    })
}

/// Beside columns of debit and credit, a column of amounts is better if it has signs or is in a currency of its own.
fn prefers_single(columns: &Columns<'_, '_>, column: usize) -> bool {
    columns.profile(column).negative > 0 || columns.sheet.names[column].currency.is_some()
}

fn debit_credit(columns: &Columns<'_, '_>, (debit, credit): (usize, usize)) -> AmountColumns {
    let profile = columns.profile(debit);
    let zeros = columns.profile(debit).values.iter().filter(|cell| !cell.contains(|c: char| ('1'..='9').contains(&c))).count();
    let negative = profile.negative > 0 && profile.negative + zeros >= profile.amounts;
    AmountColumns::DebitCredit { debit: narrow(debit), credit: narrow(credit), debit_is_negative: negative }
}

/// With a word beside it that tells out from in, unless the amounts have signs themselves.
pub(super) fn signed_or_directed(columns: &Columns<'_, '_>, column: usize) -> AmountColumns {
    let signed = AmountColumns::Signed { column: narrow(column) };
    let is_named = |role: Role| matches!(role, Role::Direction | Role::Kind);
    let fits = |other: &usize| {
        let profile = columns.profile(*other);
        let blank_is_the_other = profile.filled < profile.all && profile.out * profile.into == 0;
        let full = profile.filled == profile.all || (blank_is_the_other && profile.values.len() == 1);
        let both = profile.out > 0 && profile.into > 0 || columns.role(*other) == Role::Direction || is_unnamed_mark(columns, *other);
        *other != column && profile.is_direction() && full && both && (is_named(columns.role(*other)) || profile.values.len() <= 4)
    };
    let named = columns.all().filter(|other| is_named(columns.role(*other))).find(|other| fits(other));
    let Some(direction) = named.or_else(|| columns.all().find(|other| columns.role(*other) == Role::None && fits(other))) else { return signed };
    if has_minus(columns, column) { signed } else { AmountColumns::Directed { column: narrow(column), direction: narrow(direction) } }
}

/// CR or DR in a column without a name.
fn is_unnamed_mark(columns: &Columns<'_, '_>, column: usize) -> bool {
    columns.sheet.names[column].words.is_empty() && columns.profile(column).values.iter().all(|cell| ["CR", "DR", "Cr", "Dr"].contains(&cell.as_str()))
}

/// Looks at all records: the one refund of a long file may be outside of the sample.
fn has_minus(columns: &Columns<'_, '_>, column: usize) -> bool {
    columns.sheet.data().any(|record| {
        let cell = columns.sheet.table.get(record, column);
        cell.contains(['-', '(', '\u{2212}']) && amount::with(&cell, |written| written.is_some_and(|written| written.negative))
    })
}

fn fee(columns: &Columns<'_, '_>, dialect: Option<&Dialect>) -> Option<u16> {
    dialect.filter(|dialect| dialect.fee_on_top)?;
    columns.first(|role| role == Role::Fee).map(narrow)
}

/// The codes of rows: beside the amounts if there are several columns of them.
fn currency(columns: &Columns<'_, '_>, money: &[u16]) -> Option<usize> {
    let named = columns.of_role(|role| matches!(role, Role::Currency | Role::Date(_)));
    let fits = |column: &usize| columns.profile(*column).is_currency();
    let mut all: Vec<usize> = named.into_iter().filter(fits).collect();
    if all.is_empty() {
        all = columns.all().filter(|column| columns.role(*column) == Role::None && fits(column) && columns.profile(*column).filled * 10 >= columns.sample.len() * 9).collect();
    }
    let distance = |column: &usize| {
        let money = money.iter().map(|amount| usize::from(*amount));
        money.map(|amount| if *column > amount { (column - amount) * 2 - 1 } else { (amount - column) * 2 }).min()
    };
    // A code right behind the amount is the amount's; without names, one in front of it.
    if columns.sheet.header.is_none() {
        return all.into_iter().min_by_key(|column| (money.iter().all(|amount| usize::from(*amount) != column + 1), distance(column)));
    }
    all.into_iter().min_by_key(distance)
}

/// The columns of texts. Of the returned mapping only these are meant.
fn texts(columns: &Columns<'_, '_>, money: &[u16]) -> Mapping {
    let is_text = |column: &usize| !money.contains(&narrow(*column)) && !columns.profile(*column).nearly_all(columns.profile(*column).dates);
    let mut payee = columns.of_role(|role| role == Role::Payee).into_iter().find(|column| !columns.is_empty(*column));
    let mut memo: Vec<usize> = columns.of_role(|role| role == Role::Memo).into_iter().filter(|column| !columns.is_empty(*column)).collect();
    if memo.is_empty() {
        memo = infer::texts(columns).into_iter().filter(is_text).take(3).collect();
    }
    // Everything that is said about a row without a name for who it was.
    memo.extend(columns.of_role(|role| role == Role::Payee).into_iter().filter(|column| Some(*column) != payee && !columns.is_empty(*column)));
    if payee.is_none() && columns.sheet.header.is_none() {
        payee = memo.first().copied();
    }
    Mapping {
        delimiter: ',',
        encoding: String::new(),
        header_row: None,
        date_column: None,
        date_order: DateOrder::Ymd,
        amount: None,
        decimal_mark: DecimalMark::Point,
        flip_sign: false,
        fee_column: None,
        currency_column: None,
        currency: None,
        payee_column: payee.map(narrow),
        memo_columns: memo.into_iter().filter(|column| Some(*column) != payee).map(narrow).collect(),
        category_column: columns.first(|role| role == Role::Category).map(narrow),
        id_column: columns.of_role(|role| role == Role::Id).into_iter().find(|column| infer::is_identification(columns, *column)).map(narrow),
        account_column: account(columns).map(narrow),
        check_number_column: columns.first(|role| role == Role::Check).map(narrow),
        state_column: state(columns).map(narrow),
    }
}

/// A column of accounts: named so, and with few different values.
fn account(columns: &Columns<'_, '_>) -> Option<usize> {
    let few = |column: &usize| !columns.is_empty(*column) && columns.profile(*column).values.len() < 50;
    columns.of_role(|role| role == Role::Account).into_iter().find(few)
}

/// A column of states, or of kinds where some are pending.
fn state(columns: &Columns<'_, '_>) -> Option<usize> {
    let tells = |column: &usize| columns.profile(*column).values.iter().any(|cell| words::state(&visible(cell)) != words::State::Booked);
    let named = columns.first(|role| role == Role::State);
    named.or_else(|| columns.of_role(|role| role == Role::Kind).into_iter().find(|column| tells(column)))
}
