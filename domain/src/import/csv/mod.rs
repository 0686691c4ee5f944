//! CSV of banks and other apps: any delimiter, charset, language, order of columns. What can't be told is asked.
use super::{
    Answers, DecimalMark, FileError, Format, Mapping, Question, Statement, decode,
    order::{self, Hints},
    text::raw,
};
use crate::currency::Currency;
use facts::Facts;
use plan::Plan;
use sheet::Sheet;

mod above;
mod columns;
mod convert;
mod dialect;
mod facts;
mod grid;
mod hints;
mod infer;
mod money;
mod plan;
mod profile;
mod records;
mod roles;
mod sheet;
mod sign;
mod split;
mod vocab;
mod words;

pub(super) use grid::Grid;

/// Reads the file. An error if it is no text in columns with dates in it.
pub(super) fn parse(bytes: &[u8], answers: &Answers) -> Result<Statement, FileError> {
    let decoded = decode(bytes, answers)?;
    if super::own::recognise(&decoded.text) {
        return super::own::parse(&decoded.text);
    }
    let sheet = match &answers.mapping {
        Some(mapping) => Sheet::cut(&decoded.text, delimiter(mapping), header_of(mapping)),
        None => Sheet::find(&decoded.text).ok_or(FileError::NotABankFile)?,
    };
    statement(&sheet, decoded.label(), answers)
}

/// Reads a table that is cut into cells.
fn statement(sheet: &Sheet<'_>, encoding: String, answers: &Answers) -> Result<Statement, FileError> {
    if sheet.table.len() > sheet::MAX_RECORDS {
        return Err(FileError::TooManyRows { max: super::MAX_ROWS });
    }
    let mut plan = plan::recognise(sheet, encoding, answers);
    if let Some(mapping) = &answers.mapping {
        plan.mapping = mapping.clone();
        plan.unsure = false;
    }
    if plan.mapping.date_column.is_none() && sheet.understood() < 3 {
        return Err(FileError::NotABankFile);
    }
    let mut statement = Statement::empty(Format::Csv);
    statement.dialect = plan.dialect.map(|dialect| dialect.name.to_owned());
    ask_for_columns(&mut statement, sheet, &plan);
    read(&mut statement, sheet, &mut plan, answers)?;
    statement.mapping = Some(plan.mapping);
    Ok(statement)
}

/// The text; of several charsets that may be meant, that by which the columns' names are understood best.
fn decode<'a>(bytes: &'a [u8], answers: &Answers) -> Result<decode::Decoded<'a>, FileError> {
    if let Some(mapping) = &answers.mapping
        && let Some(decoded) = decode::labelled(bytes, &mapping.encoding)?
    {
        return Ok(decoded);
    }
    if let Some(decoded) = decode::unicode(bytes)? {
        return Ok(decoded);
    }
    let head = &bytes[..bytes.len().min(32_768)];
    let understood =
        |encoding| Sheet::find(&decode::loosely(head, encoding).text).map_or(0, |sheet| sheet.understood());
    let candidates = decode::candidates(bytes);
    let best = candidates.iter().rev().max_by_key(|encoding| understood(**encoding)).ok_or(FileError::Undecodable)?;
    Ok(decode::loosely(bytes, best))
}

/// The record of the header, counted from 0.
fn header_of(mapping: &Mapping) -> Option<usize> {
    mapping.header_row.and_then(|row| usize::try_from(row).ok()?.checked_sub(1))
}

fn delimiter(mapping: &Mapping) -> u8 {
    u8::try_from(mapping.delimiter).ok().filter(u8::is_ascii).unwrap_or(b',')
}

fn ask_for_columns(statement: &mut Statement, sheet: &Sheet<'_>, plan: &Plan) {
    if plan.unsure || plan.mapping.date_column.is_none() || plan.mapping.amount.is_none() {
        statement.questions.push(Question::Mapping { columns: above::samples(sheet) });
    }
}

/// Decides what holds for the whole file, then reads the rows.
fn read(statement: &mut Statement, sheet: &Sheet<'_>, plan: &mut Plan, answers: &Answers) -> Result<(), FileError> {
    if plan.mapping.date_column.is_none() || plan.mapping.amount.is_none() {
        return Ok(());
    }
    let facts = Facts::gather(sheet, plan);
    let given = answers.mapping.is_some();
    let mut hints = hints::of(sheet);
    if !given {
        decide_currency(sheet, plan, answers);
        let beside = super::money_sign::meaning(&facts.currency).settle(answers.home_currency);
        hints.currency = plan.mapping.currency.or_else(|| above::first_code(sheet, plan)).or(beside);
        hints.home = answers.home_currency;
        hints.known = plan.dialect.and_then(|dialect| dialect.order);
        decide_order(statement, plan, &facts, &hints, answers);
        decide_mark(statement, plan, &facts, hints.currency, answers);
        plan.mapping.flip_sign = answers.flip_sign.unwrap_or(false);
    }
    plan.mapping.date_order = answers.date_order.unwrap_or(plan.mapping.date_order);
    plan.mapping.decimal_mark = answers.decimal_mark.unwrap_or(plan.mapping.decimal_mark);
    let balances = convert::fill(statement, sheet, plan, &facts, hints.around, answers)?;
    if !given && answers.flip_sign.is_none() {
        decide_signs(statement, sheet, plan, &facts, &balances);
    }
    note_skipped(statement);
    Ok(())
}

/// Where no row and no column's name says it: what stands above the table, what the export is known for.
fn decide_currency(sheet: &Sheet<'_>, plan: &mut Plan, answers: &Answers) {
    let mapping = &mut plan.mapping;
    if mapping.currency.is_none() && mapping.currency_column.is_none() {
        let known = plan.dialect.and_then(|dialect| dialect.currency);
        mapping.currency = above::currency(sheet).or(known);
    }
    mapping.currency = mapping.currency.or(answers.currency);
}

fn decide_order(statement: &mut Statement, plan: &mut Plan, facts: &Facts, hints: &Hints, answers: &Answers) {
    let decision = order::decide(&facts.dates, hints);
    plan.mapping.date_order = decision.order;
    if !decision.sure && answers.date_order.is_none() {
        statement.questions.push(Question::DateOrder { samples: facts.date_samples.clone(), guess: decision.order });
    }
}

fn decide_mark(
    statement: &mut Statement,
    plan: &mut Plan,
    facts: &Facts,
    currency: Option<Currency>,
    answers: &Answers,
) {
    let proven = facts.marks.proven().or_else(|| facts.balance_marks.proven().filter(|_| facts.marks.is_ambiguous()));
    plan.mapping.decimal_mark = proven.unwrap_or_else(|| facts.marks.guess());
    // In a currency of two decimals, three digits behind a mark are a group, unless the last is a zero.
    let only_groups = currency.is_some_and(|currency| currency.exponent() < 3)
        && facts.marks.samples.iter().any(|sample| !sample.ends_with('0'));
    let open = proven.is_none() && facts.marks.is_ambiguous() && !only_groups;
    if open && answers.decimal_mark.is_none() {
        let guess: DecimalMark = plan.mapping.decimal_mark;
        statement.questions.push(Question::DecimalMark { samples: facts.marks.samples.clone(), guess });
    }
}

fn decide_signs(
    statement: &mut Statement,
    sheet: &Sheet<'_>,
    plan: &mut Plan,
    facts: &Facts,
    balances: &[Option<i64>],
) {
    let card = sign::is_card(sheet);
    let evidence = sign::Evidence { rows: &statement.rows, balances, sheet, kind: plan.kind, card, plus: facts.plus };
    let known = plan.dialect.is_some_and(|dialect| dialect.spending_positive);
    let decided = if known { sign::Signs::Turned } else { sign::decide(plan.mapping.amount.as_ref(), &evidence) };
    let (turned, ask) = match decided {
        sign::Signs::AsWritten => (false, false),
        sign::Signs::Turned => (true, false),
        sign::Signs::Unclear { turned } => (turned, true),
    };
    if turned {
        plan.mapping.flip_sign = true;
        statement.rows.iter_mut().for_each(|row| row.amount = -row.amount);
        statement.notices.push("spending is positive in this file: every sign was turned".to_owned());
    }
    if ask {
        statement.questions.push(sign::question(&facts.amount_samples, turned));
    }
}

fn note_skipped(statement: &mut Statement) {
    let skipped = statement.skipped;
    for (count, what) in [(skipped.pending, "pending"), (skipped.cancelled, "cancelled"), (skipped.balances, "balance")]
    {
        if count > 0 {
            statement.notices.push(format!("{count} {what} rows are not counted"));
        }
    }
    if let Some(rejected) = statement.rejected.first() {
        statement.notices.push(format!("row {}: {}", rejected.line, raw(&rejected.reason.to_string())));
    }
}

#[cfg(test)]
mod tests;
