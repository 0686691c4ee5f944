//! Which column is what: by its name, checked against what is in it.
use super::{
    columns::Columns,
    dialect::{self, Dialect},
    infer, money,
    profile::Profile,
    roles::Role,
    sheet::Sheet,
    vocab::{Found, List},
    words,
};
use crate::import::{Answers, DateOrder, DecimalMark, Mapping, money_sign::meaning};

/// How a file is read: what can be sent back changed, and what is only looked at.
pub(super) struct Plan {
    pub(super) mapping: Mapping,
    /// It was not certain which column is the date or the amount.
    pub(super) unsure: bool,
    pub(super) balance: Option<usize>,
    /// Days besides the one that counts.
    pub(super) other_dates: Vec<usize>,
    /// Of them, the day of the booking.
    pub(super) booked: Option<usize>,
    /// What kind of movement it is: `Purchase`, `DEBIT`.
    pub(super) kind: Option<usize>,
    pub(super) dialect: Option<&'static Dialect>,
    /// Columns of who paid and who was paid.
    pub(super) parties: Option<(u16, u16)>,
}

/// Recognises the columns.
pub(super) fn recognise(sheet: &Sheet<'_>, encoding: String, answers: &Answers) -> Plan {
    let columns = Columns::of(sheet);
    let dialect = dialect::find(sheet);
    let (date, other_dates) = dates(&columns);
    let found = money::find(&columns);
    let unsure = date.is_none() || found.as_ref().is_none_or(|found| !found.sure);
    let balance = columns.first(|role| role == Role::Balance).or(found.as_ref().and_then(|found| found.balance));
    let amount = found.map(|found| found.amount);
    let money = amount.as_ref().map(money::columns_of).unwrap_or_default();
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
    let booked = other_dates.iter().copied().find(|column| is_booking(&columns, *column));
    let named = |name: &str| sheet.names.iter().position(|other| other.words == name).map(narrow);
    let parties = dialect.and_then(|dialect| dialect.parties).and_then(|(from, to)| named(from).zip(named(to)));
    Plan { mapping, unsure, balance, other_dates, booked, kind: kind(&columns), dialect, parties }
}

/// Columns are at most 512.
pub(super) fn narrow(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// The day that counts, and the others: the best by name, then the fullest, then the leftmost.
fn dates(columns: &Columns<'_, '_>) -> (Option<usize>, Vec<usize>) {
    let fits = |column: &usize| {
        columns.profile(*column).is_date() || columns.is_empty(*column) || yearless(columns.profile(*column))
    };
    let mut all: Vec<usize> = columns.of_role(|role| matches!(role, Role::Date(_))).into_iter().filter(fits).collect();
    if all.iter().all(|column| columns.is_empty(*column)) {
        let by_content = columns.all().filter(|column| columns.profile(*column).is_date() && !all.contains(column));
        all.extend(by_content.collect::<Vec<_>>());
    }
    let rank = |column: usize| match columns.role(column) {
        Role::Date(rank) => rank,
        _ => 2,
    };
    let fullest = [0, 1, 2].map(|of| {
        all.iter()
            .filter(|column| rank(**column) == of)
            .map(|column| columns.profile(*column).filled)
            .max()
            .unwrap_or(0)
    });
    all.sort_by_key(|column| {
        let (rank, filled) = (rank(*column), columns.profile(*column).filled);
        (filled == 0, rank, filled * 10 < fullest[usize::from(rank)] * 9, *column)
    });
    let mut all = all.into_iter();
    (all.next(), all.collect())
}

/// Named after the booking, and filled in most records.
fn is_booking(columns: &Columns<'_, '_>, column: usize) -> bool {
    let named = Found::in_words(&columns.sheet.names[column].words).has(List::BOOKING);
    named && columns.filled(column) * 2 > columns.sample.len()
}

/// Days without a year are taken for days only where the name says so.
fn yearless(profile: &Profile) -> bool {
    let is_day =
        |cell: &String| crate::import::date::dissect(cell).is_some_and(crate::import::date::Written::is_possible);
    !profile.values.is_empty() && profile.values.iter().filter(|cell| is_day(cell)).count() * 2 >= profile.values.len()
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
        all = columns
            .all()
            .filter(|column| {
                columns.role(*column) == Role::None
                    && fits(column)
                    && columns.profile(*column).filled * 10 >= columns.sample.len() * 9
            })
            .collect();
    }
    let distance = |column: &usize| {
        let money = money.iter().map(|amount| usize::from(*amount));
        money.map(|amount| if *column > amount { (column - amount) * 2 - 1 } else { (amount - column) * 2 }).min()
    };
    // A code right behind the amount is the amount's; without names, one in front of it.
    if columns.sheet.header.is_none() {
        return all
            .into_iter()
            .min_by_key(|column| (money.iter().all(|amount| usize::from(*amount) != column + 1), distance(column)));
    }
    all.into_iter().min_by_key(distance)
}

/// The columns of texts. Of the returned mapping only these are meant.
fn texts(columns: &Columns<'_, '_>, money: &[u16]) -> Mapping {
    let is_text = |column: &usize| {
        !money.contains(&narrow(*column)) && !columns.profile(*column).nearly_all(columns.profile(*column).dates)
    };
    let mut payee = columns.of_role(|role| role == Role::Payee).into_iter().find(|column| !columns.is_empty(*column));
    let mut memo: Vec<usize> =
        columns.of_role(|role| role == Role::Memo).into_iter().filter(|column| !columns.is_empty(*column)).collect();
    if memo.is_empty() {
        memo = infer::texts(columns).into_iter().filter(is_text).take(3).collect();
    }
    // Everything that is said about a row without a name for who it was.
    memo.extend(
        columns
            .of_role(|role| role == Role::Payee)
            .into_iter()
            .filter(|column| Some(*column) != payee && !columns.is_empty(*column)),
    );
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
        id_column: columns
            .of_role(|role| role == Role::Id)
            .into_iter()
            .find(|column| infer::is_identification(columns, *column))
            .map(narrow),
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

/// A column of states, or one of few words of which some say pending or declined.
fn state(columns: &Columns<'_, '_>) -> Option<usize> {
    let tells = |column: &usize| {
        let values = &columns.profile(*column).values;
        let short = |cell: &String| cell.split_whitespace().count() <= 4;
        let other = |cell: &String| words::state(cell) != words::State::Booked;
        values.len() <= 6 && values.iter().all(short) && values.iter().any(other)
    };
    let named = columns.first(|role| role == Role::State);
    named.or_else(|| columns.of_role(|role| matches!(role, Role::Kind | Role::None)).into_iter().find(tells))
}

/// A column with words for the kind of movement, some of which say in which direction the money went.
fn kind(columns: &Columns<'_, '_>) -> Option<usize> {
    let tells = |column: &usize| {
        let values = &columns.profile(*column).values;
        values.len() < 50 && values.iter().any(|cell| words::direction_of_kind(cell).is_some())
    };
    let is_kind = |role: Role| matches!(role, Role::Kind | Role::Direction | Role::None);
    columns.of_role(is_kind).into_iter().find(tells)
}
