//! Bank files made ready to be shown.
use super::{
    Caller,
    queries::IMPORT_ROWS_PER_PAGE,
    views::{ImportDetail, ImportHead, ImportQuestion, ImportRow, ImportState, RowVerdict},
};
use crate::i18n;
use domain::{
    account::masked,
    currency::Currency,
    import::{DateOrder, DecimalMark, Question},
};
use service::{
    Actor,
    ports::store::{Import, ImportStatus, StagedRow, Verdict},
};

/// An import in one line.
pub fn head(caller: &Caller, actor: &Actor, import: &Import) -> ImportHead {
    let state = match import.status {
        ImportStatus::Draft if import.expires_at <= caller.now => ImportState::Expired,
        ImportStatus::Draft => ImportState::Draft,
        ImportStatus::Committed => ImportState::Committed,
        ImportStatus::Reverted => ImportState::Reverted,
    };
    ImportHead {
        id: import.id,
        filename: import.filename.clone(),
        format: format!("{:?}", import.format).to_uppercase(),
        state,
        rows: import.rows,
        added: import.added,
        duplicates: import.duplicates,
        ignored: import.ignored,
        rejected: import.rejected_count,
        sum: import.sum.clone(),
        currency: import.currency,
        first_date: import.first_date,
        last_date: import.last_date,
        on: caller.services.zones.date_in(import.created_at, &actor.user.preferences.timezone),
        budget_id: import.budget_id,
    }
}

/// A preview with a page of its rows.
pub async fn detail(caller: &Caller, actor: &Actor, import: &Import, page: u32) -> service::Result<ImportDetail> {
    let pages = import.rows.div_ceil(IMPORT_ROWS_PER_PAGE).max(1);
    let page = page.clamp(1, pages);
    let offset = (page - 1) * IMPORT_ROWS_PER_PAGE;
    let staged = service::imports::rows(&caller.services, actor, import.id, offset, IMPORT_ROWS_PER_PAGE).await?;
    let language = caller.locale.language();
    Ok(ImportDetail {
        head: head(caller, actor, import),
        accounts: import.accounts.iter().map(|a| (masked(&a.found.number), a.account_id)).collect(),
        items: staged.into_iter().map(|staged| row(caller, actor, staged)).collect(),
        page,
        pages,
        rejected: import
            .rejected
            .iter()
            .map(|rejected| {
                let reason = &rejected.reason;
                (
                    rejected.line,
                    i18n::import::reject_reason(language, reason.code(), reason.text()),
                    rejected.raw.clone(),
                )
            })
            .collect(),
        questions: import.questions.iter().flat_map(|question| ask(question, import)).collect(),
    })
}

fn row(caller: &Caller, actor: &Actor, staged: StagedRow) -> ImportRow {
    let StagedRow { row, verdict, category, judged } = staged;
    let proposal = judged.proposal.map(|guess| guess.category).filter(|_| category.is_none());
    let why = judged.by.filter(|_| category.is_some()).map(|by| super::rules::reason(caller, by, judged.confidence));
    ImportRow {
        merchant: judged.rename.unwrap_or(judged.merchant),
        why: why.unwrap_or_default(),
        proposal,
        line: row.line,
        date: row.date,
        amount: row.amount,
        currency: row.currency.unwrap_or(actor.user.preferences.currency),
        payee: row.payee.unwrap_or_default(),
        memo: row.memo.unwrap_or_default(),
        category,
        verdict: match verdict {
            Verdict::New => RowVerdict::New,
            Verdict::Duplicate => RowVerdict::Duplicate,
            Verdict::Absorbed(_) => RowVerdict::Absorbed,
            Verdict::Zero => RowVerdict::Zero,
        },
    }
}

/// A question of the reader's as the fields of the answer form. Which column is what takes two: date and amount.
fn ask(question: &Question, import: &Import) -> Vec<ImportQuestion> {
    let plain = |values: &[&str]| values.iter().map(|&value| (value.to_owned(), String::new())).collect();
    let one = |field: &str, samples: &[String], choices: Vec<(String, String)>, guess: Option<String>| {
        vec![ImportQuestion { field: field.to_owned(), samples: samples.to_vec(), choices, guess }]
    };
    match question {
        Question::DateOrder { samples, guess } => {
            let orders = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];
            let choices = orders.iter().map(|order| (word(order), String::new())).collect();
            one("dateOrder", samples, choices, Some(word(guess)))
        }
        Question::DecimalMark { samples, guess } => {
            let marks = [DecimalMark::Comma, DecimalMark::Point];
            let choices = marks.iter().map(|mark| (word(mark), mark.char().to_string())).collect();
            one("decimalMark", samples, choices, Some(word(guess)))
        }
        Question::Currency { found, candidates } => {
            let choices = if candidates.is_empty() { Currency::ALL } else { candidates };
            let choices =
                choices.iter().map(|currency| (currency.code().to_owned(), currency.name().to_owned())).collect();
            one(
                "currency",
                std::slice::from_ref(found),
                choices,
                import.currency.map(|currency| currency.code().to_owned()),
            )
        }
        Question::Sign { samples, guess_flip } => {
            one("flipSign", samples, plain(&["false", "true"]), Some(guess_flip.to_string()))
        }
        Question::Mapping { columns } => {
            let choices: Vec<_> = columns
                .iter()
                .map(|column| {
                    let name =
                        if column.name.is_empty() { format!("{}", column.column + 1) } else { column.name.clone() };
                    (column.column.to_string(), format!("{name}: {}", column.samples.join(" · ")))
                })
                .collect();
            ["dateColumn", "amountColumn", "payeeColumn"]
                .into_iter()
                .flat_map(|field| one(field, &[], choices.clone(), None))
                .collect()
        }
    }
}

/// A unit variant's word in JSON.
fn word<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
