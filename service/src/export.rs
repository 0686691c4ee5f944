//! All of one's data, piece by piece: whoever writes them down needs room for one piece only, however many there are.
use crate::{
    Actor, Error, Result, Services,
    ports::{
        activity::{Activity, ActivityCursor, ActivityQuery, Feed},
        blobs::BlobId,
        rights::BudgetVersion,
        store::{Import, ImportStatus, StagedRow},
    },
};
use domain::{
    account::Account,
    budget::Budget,
    expense::{Expense, Receipt},
    filter::{Cursor, Query},
    ids::{BudgetId, ExpenseId, ImportId},
    months::MonthEntry,
    recurrence::Series,
    role::Role,
    rule::Rule,
    secrets::Secrets,
    session::Session,
    user::Credentials,
};
use std::time::Duration;

/// Rows of one piece.
const ROWS: u32 = 500;
/// So often in [`WINDOW`] somebody may ask for all of it: each time everything is read and packed.
const MOST: u64 = 10;
/// How long they are counted.
const WINDOW: Duration = Duration::from_hours(1);

/// Counts that all of it is asked for. [`Error::RateLimited`] where that was too often.
pub async fn admit(services: &Services, actor: &Actor) -> Result<()> {
    let counted = services.limits.count(&format!("export:{}", actor.user.id), WINDOW, services.now()).await?;
    if counted.count > MOST { Err(Error::RateLimited { retry_after: counted.reset }) } else { Ok(()) }
}

/// Who they are, with the names of keys and of other sign-ins, without anything that proves who they are.
pub async fn person(services: &Services, actor: &Actor) -> Result<Credentials> {
    let person = services.store.person(actor.user.id).await?.ok_or(Error::NotFound)?;
    let Secrets { mut api_keys, mut identities, .. } = person.secrets;
    for hash in api_keys.iter_mut().map(|key| &mut key.hash).chain(identities.iter_mut().map(|one| &mut one.hash)) {
        *hash = [0; 32];
    }
    let secrets = Secrets { api_keys, identities, ..Secrets::default() };
    Ok(Credentials { password_hash: None, secrets, ..person })
}

/// Where they are signed in.
pub async fn sessions(services: &Services, actor: &Actor) -> Result<Vec<Session>> {
    crate::auth::sessions(services, actor).await
}

/// Their budgets, those in the trash too, and those that others share with them.
pub async fn budgets(services: &Services, actor: &Actor) -> Result<Vec<Budget>> {
    let mut budgets = services.store.every_budget(actor.user.id).await?;
    let seen = services.store.budgets(actor.user.id).await?;
    budgets.extend(seen.into_iter().filter(|(_, role)| *role < Role::Owner).map(|(budget, _)| budget));
    Ok(budgets)
}

/// All versions of one of them, the oldest first.
pub async fn versions(services: &Services, actor: &Actor, id: BudgetId) -> Result<Vec<BudgetVersion>> {
    services.store.budget_versions(actor.user.id, id).await
}

/// What they have done, the newest first: those after that one. Empty: that was all.
pub async fn activities(services: &Services, actor: &Actor, after: Option<ActivityCursor>) -> Result<Vec<Activity>> {
    let query = ActivityQuery { cursor: after, ..ActivityQuery::newest(Feed::Own, ROWS) };
    Ok(services.store.activities(actor.user.id, &query).await?.items)
}

/// What is kept of the months of one of them, by month.
pub async fn months(services: &Services, actor: &Actor, id: BudgetId) -> Result<Vec<MonthEntry>> {
    services.store.budget_months(actor.user.id, id).await
}

/// Their accounts.
pub async fn accounts(services: &Services, actor: &Actor) -> Result<Vec<Account>> {
    services.store.accounts(actor.user.id).await
}

/// What repeats of theirs, that they have dismissed too.
pub async fn recurring(services: &Services, actor: &Actor) -> Result<Vec<Series>> {
    let mut series = services.store.all_series(actor.user.id).await?;
    series.retain(|series| series.user_id == actor.user.id);
    Ok(series)
}

/// Where a walk through all expenses stands.
#[derive(Debug, Clone)]
pub enum Walk {
    /// Among the living ones; from the first on, or after that one.
    Living(Option<Cursor>),
    /// In the trash; the same.
    Trash(Option<ExpenseId>),
}

impl Default for Walk {
    fn default() -> Self {
        Self::Living(None)
    }
}

/// The next of their expenses: first the living ones, the newest first, then those in the trash. Empty: that was all.
///
/// What somebody changes meanwhile may come as it was before or after; what they don't touch comes once.
pub async fn expenses(services: &Services, actor: &Actor, walk: &mut Walk) -> Result<Vec<Expense>> {
    let (store, id) = (&services.store, actor.user.id);
    if let Walk::Living(cursor) = walk {
        let query = Query { cursor: cursor.take(), limit: ROWS, ..Query::default() };
        let page = store.expenses(id, &query).await?;
        *walk = match page.items.last().filter(|_| page.more) {
            Some(last) => Walk::Living(Some(Cursor::after(last, query.sort))),
            None => Walk::Trash(None),
        };
        if !page.items.is_empty() {
            return Ok(page.items);
        }
    }
    let Walk::Trash(after) = walk else { return Ok(Vec::new()) };
    let found = store.trashed_expenses(id, *after, ROWS).await?;
    *after = found.last().map(|last| last.id).or(*after);
    Ok(found)
}

/// The next of their bank files, after that one. Empty: that was all.
pub async fn imports(services: &Services, actor: &Actor, after: Option<ImportId>) -> Result<Vec<Import>> {
    services.store.every_import(actor.user.id, after, ROWS).await
}

/// Rows of a bank file that is not booked yet, from that one on. Empty: that was all.
pub async fn staged(services: &Services, actor: &Actor, import: &Import, offset: u32) -> Result<Vec<StagedRow>> {
    if import.status != ImportStatus::Draft {
        return Ok(Vec::new());
    }
    match services.store.staged_rows(actor.user.id, import.id, offset, ROWS).await {
        // Booked or ended meanwhile.
        Err(Error::NotFound) => Ok(Vec::new()),
        other => other,
    }
}

/// Their rules.
pub async fn rules(services: &Services, actor: &Actor) -> Result<Vec<Rule>> {
    crate::rules::list(services, actor).await
}

/// The bytes of a bank file that is not booked yet: those of others are not kept.
pub async fn file(services: &Services, import: &Import) -> Result<Option<Vec<u8>>> {
    if import.status != ImportStatus::Draft {
        return Ok(None);
    }
    blob(services, &import.sha256).await
}

/// Their receipts.
pub async fn receipts(services: &Services, actor: &Actor) -> Result<Vec<Receipt>> {
    crate::receipts::all_of(services, actor.user.id).await
}

/// The bytes of one.
pub async fn receipt(services: &Services, receipt: &Receipt) -> Result<Option<Vec<u8>>> {
    crate::receipts::bytes(services, receipt).await
}

/// The bytes of their picture.
pub async fn picture(services: &Services, actor: &Actor) -> Result<Option<Vec<u8>>> {
    match &actor.user.standing.avatar {
        Some(id) => blob(services, id).await,
        None => Ok(None),
    }
}

async fn blob(services: &Services, id: &str) -> Result<Option<Vec<u8>>> {
    match id.parse::<BlobId>() {
        Ok(id) => services.blobs.get(id).await,
        Err(_) => Ok(None),
    }
}
