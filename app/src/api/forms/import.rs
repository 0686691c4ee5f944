//! Bank files: upload, answer what is asked, commit, take back.
use super::{finish, then, undoable, words};
use crate::{
    api::{Caller, Handled, Submitted},
    forms::Outcome,
    i18n::{I18n, plural},
    paths,
};
use domain::{
    ids::ImportId,
    import::{AmountColumns, Answers},
    input::{self, Reader, Value},
    problem::Problem,
};
use service::{
    Error, Result,
    imports::{self, Upload},
    ports::store::Import,
};

pub async fn upload(caller: Caller, sent: Submitted) -> Handled {
    let result = stage(&caller, &sent).await;
    finish(&caller, &sent, result, |import| then(Outcome { ok: true, ..Outcome::default() }, paths::import(import.id)))
}

async fn stage(caller: &Caller, sent: &Submitted) -> Result<Import> {
    let actor = caller.actor()?;
    let mut reader = Reader::new(&sent.fields);
    let budget_id = reader.optional("budgetId", input::id);
    let file = sent.file.as_ref().filter(|file| !file.bytes.is_empty() || !file.name.is_empty());
    if file.is_none() {
        reader.problem("file", Problem::Required);
    }
    reader.finish()?;
    let Some(file) = file.cloned() else { return Err(Error::field("file", Problem::Required)) };
    let upload = Upload { filename: file.name, bytes: file.bytes, budget_id, answers: Answers::default() };
    imports::preview(&caller.services, actor, sent.idempotency.clone(), upload).await
}

pub async fn answer(caller: Caller, sent: Submitted) -> Handled {
    let result = read_again(&caller, &sent).await;
    finish(&caller, &sent, result, |import| then(Outcome { ok: true, ..Outcome::default() }, paths::import(import.id)))
}

async fn read_again(caller: &Caller, sent: &Submitted) -> Result<Import> {
    let actor = caller.actor()?;
    let id = id(&sent.fields)?;
    let before = imports::get(&caller.services, actor, id).await?;
    let answers = read_answers(&sent.fields, &before)?;
    imports::answer(&caller.services, actor, sent.idempotency.clone(), id, answers).await
}

/// The answers of the form, on top of how the file was read before.
fn read_answers(fields: &Value, before: &Import) -> Result<Answers> {
    let mut reader = Reader::new(fields);
    reader.raw("id");
    let mut answers = Answers {
        date_order: reader.optional("dateOrder", |value| word(value, &["dmy", "mdy", "ymd"])),
        decimal_mark: reader.optional("decimalMark", |value| word(value, &["point", "comma"])),
        currency: reader.optional("currency", input::currency),
        flip_sign: reader.optional("flipSign", input::boolean),
        ..Answers::default()
    };
    let mut column = |name| {
        reader.optional(name, |value| input::integer(value, 0, 999)).and_then(|column| u16::try_from(column).ok())
    };
    let (date, amount, payee) = (column("dateColumn"), column("amountColumn"), column("payeeColumn"));
    let (debit, credit) = (column("debitColumn"), column("creditColumn"));
    reader.finish()?;
    let columns = date.or(amount).or(payee).or(debit).or(credit);
    if let (Some(mapping), Some(_)) = (&before.mapping, columns) {
        let mut mapping = mapping.clone();
        mapping.date_column = date.or(mapping.date_column);
        mapping.payee_column = payee.or(mapping.payee_column);
        mapping.amount = match (amount, debit, credit) {
            (Some(column), ..) => Some(AmountColumns::Signed { column }),
            (None, Some(debit), Some(credit)) => {
                Some(AmountColumns::DebitCredit { debit, credit, debit_is_negative: false, credit_is_negative: false })
            }
            _ => mapping.amount,
        };
        answers.mapping = Some(mapping);
    }
    Ok(answers)
}

/// A unit variant by its word in JSON.
fn word<T: serde::de::DeserializeOwned>(value: &Value, allowed: &[&str]) -> std::result::Result<T, Problem> {
    let problem = || Problem::NotOneOf { allowed: allowed.iter().map(|&word| word.to_owned()).collect() };
    let Value::Text(text) = value else { return Err(problem()) };
    serde_json::from_value(serde_json::Value::String(text.trim().to_owned())).map_err(|_| problem())
}

pub async fn commit(caller: Caller, sent: Submitted) -> Handled {
    let result = match (caller.actor(), id(&sent.fields)) {
        (Ok(actor), Ok(id)) => imports::commit(&caller.services, actor, sent.idempotency.clone(), id).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    finish(&caller, &sent, result, |import| {
        let text = counted(&caller, words(&caller).outcome.import_committed, import.added);
        let undo = undoable(text, "import-revert", &[("id", import.id.to_string())]);
        then(undo, format!("{}?importId={}", paths::EXPENSES, import.id))
    })
}

pub async fn revert(caller: Caller, sent: Submitted) -> Handled {
    let result = match (caller.actor(), id(&sent.fields)) {
        (Ok(actor), Ok(id)) => imports::revert(&caller.services, actor, sent.idempotency.clone(), id).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    finish(&caller, &sent, result, |import| {
        then(super::done(counted(&caller, words(&caller).outcome.import_reverted, import.added)), paths::IMPORT)
    })
}

fn counted(caller: &Caller, forms: crate::i18n::Plural, count: u32) -> String {
    let today = caller.services.zones.date_in(caller.now, "UTC");
    plural(I18n::new(caller.locale, today), forms, count as usize)
}

fn id(fields: &Value) -> Result<ImportId> {
    fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)
}
