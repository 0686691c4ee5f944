//! One action on many expenses: how it is asked for, and what it makes of each row. Pure: rights and stores are the
//! use-case's to ask.
use crate::{
    category::Category,
    expense::{CATEGORY_WORDS, Expense, Kind, Status, TAGS_MAX, read_tags},
    ids::{BudgetId, ExpenseId},
    input::{self, Reader, Value},
    problem::{Problem, Problems},
};

/// The most rows of one request.
pub const BULK_MAX: usize = 500;
/// The words a client may send.
pub const ACTIONS: [&str; 6] = ["categorize", "tag", "delete", "restore", "move", "merge"];
/// What is done to each of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Files them there; the parts of what is split are gone.
    Categorize {
        /// none = uncategorised
        category: Option<Category>,
        /// a name under the category
        subcategory: Option<String>,
    },
    /// Gives and takes tags.
    Tag {
        /// given, where they are not there yet
        add: Vec<String>,
        /// taken
        remove: Vec<String>,
    },
    /// Into the trash.
    Delete,
    /// Back from it.
    Restore,
    /// To another budget, or to none.
    Move(Option<BudgetId>),
    /// They are prints of one payment: one stays.
    Merge,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bulk {
    /// Which rows, each once.
    pub ids: Vec<ExpenseId>,
    /// The version that each must still have, in the order of the ids; none = whichever they have.
    pub versions: Option<Vec<i64>>,
    /// What is done.
    pub action: Action,
}

/// Reads {ids, versions?, action, and what the action needs}.
pub fn read(value: &Value) -> Result<Bulk, Problems> {
    let mut reader = Reader::new(value);
    let ids: Vec<ExpenseId> = reader.required("ids", ids).unwrap_or_default();
    let versions = reader
        .optional("versions", |value| input::list(value, BULK_MAX, |version| input::integer(version, 1, i64::MAX)));
    if let Some(versions) = &versions
        && versions.len() != ids.len()
        && !reader.has_problem("ids")
    {
        let count = ids.len().to_string();
        reader.problem("versions", Problem::OutOfRange { min: count.clone(), max: count });
    }
    let word: Option<Word> = reader.required("action", |value| input::word(value, &ACTIONS));
    let action = word.map_or(Action::Delete, |word| read_action(&mut reader, word));
    if action == Action::Merge && ids.len() < 2 && !reader.has_problem("ids") {
        reader.problem("ids", Problem::OutOfRange { min: "2".to_owned(), max: BULK_MAX.to_string() });
    }
    reader.finish()?;
    Ok(Bulk { ids, versions, action })
}

/// The action's own word.
struct Word(usize);

impl std::str::FromStr for Word {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        ACTIONS.iter().position(|word| *word == text).map(Self).ok_or(())
    }
}

fn read_action(reader: &mut Reader<'_>, Word(number): Word) -> Action {
    match ACTIONS[number] {
        "categorize" => {
            if !reader.has("category") {
                reader.problem("category", Problem::Required);
            }
            let category = reader.optional("category", |value| input::word(value, &CATEGORY_WORDS));
            let subcategory = reader.optional("subcategory", input::text);
            if category.is_none() && subcategory.is_some() && !reader.has_problem("category") {
                reader.problem("subcategory", Problem::MustBeEmpty);
            }
            Action::Categorize { category, subcategory }
        }
        "tag" => {
            let add = reader.optional("tags", read_tags).unwrap_or_default();
            let remove = reader.optional("removeTags", read_tags).unwrap_or_default();
            if add.is_empty() && remove.is_empty() && !reader.has_problem("tags") && !reader.has_problem("removeTags") {
                reader.problem("tags", Problem::Required);
            }
            Action::Tag { add, remove }
        }
        "restore" => Action::Restore,
        "move" => {
            if !reader.has("budgetId") {
                reader.problem("budgetId", Problem::Required);
            }
            Action::Move(reader.optional("budgetId", input::id))
        }
        "merge" => Action::Merge,
        _ => Action::Delete,
    }
}

/// 1 to [`BULK_MAX`] ids, each once. A form that has one only sends it as a text.
fn ids(value: &Value) -> Result<Vec<ExpenseId>, Problem> {
    let ids = match value {
        Value::Text(_) => vec![input::id(value)?],
        _ => input::list(value, BULK_MAX, input::id)?,
    };
    if ids.is_empty() {
        return Err(Problem::Required);
    }
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    if sorted.windows(2).any(|pair| pair[0] == pair[1]) { Err(Problem::Duplicate) } else { Ok(ids) }
}

impl Action {
    /// Whether its rows come from the trash.
    pub const fn is_restore(&self) -> bool {
        matches!(self, Self::Restore)
    }

    /// What it makes of a row by itself. Trash, budget and the base amount are the use-case's; of a merge see [`merge`].
    pub fn apply(&self, row: &mut Expense) -> Result<(), Problem> {
        match self {
            Self::Categorize { category, subcategory } => {
                if matches!(row.kind, Kind::Income | Kind::Transfer) {
                    return if category.is_some() { Err(Problem::MustBeEmpty) } else { Ok(()) };
                }
                row.category = *category;
                row.subcategory.clone_from(subcategory);
                row.splits = Vec::new();
            }
            Self::Tag { add, remove } => {
                row.tags.retain(|tag| !remove.contains(tag));
                take_tags(row, add);
                if row.tags.len() > TAGS_MAX {
                    return Err(Problem::TooLong { max: TAGS_MAX });
                }
            }
            Self::Move(budget) => row.budget_id = *budget,
            Self::Delete | Self::Restore | Self::Merge => {}
        }
        Ok(())
    }
}

fn take_tags(row: &mut Expense, tags: &[String]) {
    for tag in tags {
        if !row.tags.contains(tag) {
            row.tags.push(tag.clone());
        }
    }
}

/// Which of the rows stays when they become one: what the bank has sent (else its file would bring it again), then what
/// says most, then what was there first. Problems by place: what is no print of the first row's payment, being of another
/// kind, amount or currency.
pub fn keeper(rows: &[Expense]) -> Result<usize, Problems> {
    let mut problems = Problems::default();
    let Some(first) = rows.first() else { return Err(problems) };
    for (place, row) in rows.iter().enumerate() {
        if (row.kind, row.amount) != (first.kind, first.amount) {
            let amount = first.amount;
            let same = format!("{} {} ({})", amount.to_decimal(), amount.currency(), first.kind.as_str());
            problems.add(format!("ids.{place}"), Problem::NotOneOf { allowed: vec![same] });
        }
    }
    let best = (0..rows.len()).max_by_key(|place| {
        let row = &rows[*place];
        (weight(row), std::cmp::Reverse((row.created_at, row.id)))
    });
    problems.into_result(best.unwrap_or(0))
}

/// How much a row says.
fn weight(row: &Expense) -> (bool, bool, usize) {
    let texts = [&row.merchant, &row.description, &row.notes, &row.subcategory];
    let said = texts.into_iter().flatten().count()
        + usize::from(row.category.is_some())
        + usize::from(row.payment_method.is_some())
        + usize::from(row.account_id.is_some())
        + usize::from(row.location.is_some())
        + row.tags.len()
        + row.splits.len();
    let from_bank = row.external_id.is_some() || row.import_id.is_some();
    (from_bank, row.status == Status::Reconciled, said)
}

/// Makes one of several: the kept row takes from the others what it doesn't say itself. Accounts are their owners' alone.
pub fn merge(kept: &mut Expense, others: &[Expense]) {
    for other in others {
        if kept.category.is_none() && kept.splits.is_empty() {
            kept.category = other.category;
            kept.subcategory.clone_from(&other.subcategory);
            kept.splits.clone_from(&other.splits);
            if kept.budget_id != other.budget_id {
                // Who has part in the other one's budget may have none in this.
                kept.splits.iter_mut().for_each(|split| split.member_id = None);
            }
        }
        for (mine, theirs) in [
            (&mut kept.merchant, &other.merchant),
            (&mut kept.description, &other.description),
            (&mut kept.notes, &other.notes),
        ] {
            if mine.is_none() {
                mine.clone_from(theirs);
            }
        }
        if kept.location.is_none() {
            kept.location.clone_from(&other.location);
        }
        if kept.receipt.is_none() {
            kept.receipt.clone_from(&other.receipt);
        }
        kept.payment_method = kept.payment_method.or(other.payment_method);
        if kept.user_id == other.user_id {
            kept.account_id = kept.account_id.or(other.account_id);
        }
        take_tags(kept, &other.tags);
    }
    kept.tags.truncate(TAGS_MAX);
    kept.derive();
}

#[cfg(test)]
mod tests;
