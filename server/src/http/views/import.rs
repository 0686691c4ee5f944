//! A bank file on its way in, or in.
use super::{number::Decimal, rule::CategoryProposalView};
use domain::{
    Date,
    account::masked,
    category::Category,
    currency::Currency,
    import::{Mapping, Question, Rejected},
};
use jiff::Timestamp;
use serde::Serialize;
use service::ports::{
    rules::FiledBy,
    store::{Import, ImportAccount, ImportStatus, StagedRow, Verdict},
};
use utoipa::ToSchema;

/// `data` of one import.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneImport {
    /// The bank file.
    pub import: ImportView,
}

/// A bank file: what is in it, and what became of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportView {
    import_id: String,
    id: String,
    budget_id: Option<String>,
    filename: String,
    /// ofx, csv, qif, camt, mt940, sheet
    format: String,
    /// draft, committed, reverted
    status: &'static str,
    /// Transactions read, duplicates and those of 0.00 included.
    rows: u32,
    /// Rows that are added (draft: that would be).
    added: u32,
    /// Rows that were known already.
    duplicates: u32,
    /// Transactions of 0.00, which move no money.
    ignored: u32,
    /// Rows that can't be read (the first 500).
    rejected: Vec<RejectedView>,
    rejected_count: u32,
    /// Signed, money in positive.
    sum: Decimal,
    #[schema(value_type = Option<String>, format = Date)]
    first_date: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    last_date: Option<Date>,
    /// The one currency, if there is one.
    currency: Option<&'static str>,
    /// What must be answered before it can be committed.
    #[schema(value_type = Vec<Object>)]
    questions: Vec<Question>,
    accounts: Vec<ImportAccountView>,
    /// How the columns were read (CSV); can be sent back changed.
    #[schema(value_type = Option<Object>)]
    mapping: Option<Mapping>,
    /// The first rows of a draft.
    sample: Vec<RowView>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// A draft is dropped then.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    committed_at: Option<Timestamp>,
    #[schema(value_type = Option<String>, format = DateTime)]
    reverted_at: Option<Timestamp>,
}

/// A row that can't be read.
#[derive(Debug, Serialize, ToSchema)]
pub struct RejectedView {
    /// Number of the record in the file, from 1.
    row: u32,
    /// For a person.
    reason: String,
    /// For a program.
    code: &'static str,
    /// The record as it stands in the file.
    raw: String,
}

/// An account that the file names.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ImportAccountView {
    /// All but the last four characters hidden.
    number: String,
    /// Ours, if there is one already.
    account_id: Option<String>,
    currency: Option<&'static str>,
}

/// A row of a draft.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RowView {
    /// Number of the record in the file, from 1.
    row: u32,
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// Signed, money in positive.
    amount: Decimal,
    currency: Option<&'static str>,
    payee: Option<String>,
    memo: Option<String>,
    /// The merchant's own name, without what the bank prints around it (or what a rule calls it).
    merchant: String,
    category: Option<&'static str>,
    subcategory: Option<String>,
    /// Who files it there: user (in the preview), import (the file), history (earlier rows of the merchant), rule,
    /// classifier (what shops of such a name are); null: it is filed nowhere.
    category_source: Option<&'static str>,
    /// How sure that is, 0 to 100.
    confidence: u8,
    /// The rule that files it.
    rule_id: Option<String>,
    /// What could be asked of a row that is filed nowhere.
    proposal: Option<CategoryProposalView>,
    /// What rules add to its tags.
    tags: Vec<String>,
    /// new, duplicate, absorbed, zero
    verdict: &'static str,
    /// The row entered by hand that takes over the bank's id.
    expense_id: Option<String>,
    pending: bool,
}

impl ImportView {
    /// An import with the first rows of its draft.
    pub fn new(import: Import, sample: Vec<StagedRow>) -> Self {
        Self {
            import_id: import.id.to_string(),
            id: import.id.to_string(),
            budget_id: import.budget_id.map(|id| id.to_string()),
            format: format!("{:?}", import.format).to_ascii_lowercase(),
            status: match import.status {
                ImportStatus::Draft => "draft",
                ImportStatus::Committed => "committed",
                ImportStatus::Reverted => "reverted",
            },
            rows: import.rows,
            added: import.added,
            duplicates: import.duplicates,
            ignored: import.ignored,
            rejected: import.rejected.into_iter().map(rejected_view).collect(),
            rejected_count: import.rejected_count,
            sum: Decimal::text(import.sum),
            first_date: import.first_date,
            last_date: import.last_date,
            currency: import.currency.map(Currency::code),
            questions: import.questions,
            accounts: import.accounts.iter().map(account_view).collect(),
            mapping: import.mapping,
            sample: sample.into_iter().map(RowView::from).collect(),
            created_at: import.created_at,
            expires_at: import.expires_at,
            committed_at: import.committed_at,
            reverted_at: import.reverted_at,
            filename: import.filename,
        }
    }
}

fn rejected_view(rejected: Rejected) -> RejectedView {
    RejectedView {
        row: rejected.line,
        code: rejected.reason.code(),
        reason: rejected.reason.to_string(),
        raw: rejected.raw,
    }
}

fn account_view(account: &ImportAccount) -> ImportAccountView {
    ImportAccountView {
        number: masked(&account.found.number),
        account_id: account.account_id.map(|id| id.to_string()),
        currency: account.found.currency.map(Currency::code),
    }
}

impl From<StagedRow> for RowView {
    fn from(staged: StagedRow) -> Self {
        let (row, judged) = (staged.row, staged.judged);
        let (verdict, expense_id) = match staged.verdict {
            Verdict::New => ("new", None),
            Verdict::Duplicate => ("duplicate", None),
            Verdict::Absorbed(id) => ("absorbed", Some(id.to_string())),
            Verdict::Zero => ("zero", None),
        };
        Self {
            row: row.line,
            date: row.date,
            amount: Decimal::minor(row.amount, row.exponent),
            currency: row.currency.map(Currency::code),
            payee: row.payee,
            memo: row.memo,
            merchant: judged.rename.unwrap_or(judged.merchant),
            category: staged.category.map(Category::as_str),
            subcategory: judged.subcategory,
            category_source: judged.by.map(FiledBy::as_str),
            confidence: judged.confidence,
            rule_id: judged.rule.map(|id| id.to_string()),
            proposal: judged.proposal.map(CategoryProposalView::from),
            tags: judged.tags,
            verdict,
            expense_id,
            pending: row.pending,
        }
    }
}
