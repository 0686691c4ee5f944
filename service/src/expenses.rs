//! Expenses: entered, changed, listed, put into the trash and taken back.
use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::{replayed, require, write},
    ports::store::Page,
    rates::table,
    recurring::{Declared, declared},
    transfers::{self, Target},
};
use domain::{
    Date,
    currency::Currency,
    expense::{self, BaseAmount, Expense, Split},
    filter::{self, Cursor, Query},
    ids::{AccountId, BudgetId, ExpenseId, UserId},
    input::Value,
    money::Money,
    problem::{Problem, Problems},
    role::Role,
};

/// A page of a list, and where it goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The rows.
    pub page: Page<Expense>,
    /// What was asked.
    pub query: Query,
    /// For the next page; none = that was all.
    pub next_cursor: Option<String>,
}

/// The rows that the actor may see, by the filters of the REST API.
pub async fn list(services: &Services, actor: &Actor, query: &Value) -> Result<Listed> {
    query_page(services, actor, filter::read_query(query)?).await
}

/// The same by a query that is read already.
pub async fn query_page(services: &Services, actor: &Actor, query: Query) -> Result<Listed> {
    if let Some(budget) = query.filter.budget_id
        && services.store.budget(actor.user.id, budget).await?.is_none()
    {
        return Err(Error::NotFound);
    }
    let page = services.store.expenses(actor.user.id, &query).await?;
    let next_cursor =
        if page.more { page.items.last().map(|last| Cursor::after(last, query.sort).encode()) } else { None };
    Ok(Listed { page, query, next_cursor })
}

/// A new expense. Without a budget it is private.
pub async fn create(services: &Services, actor: &Actor, key: Option<Idempotency>, input: &Value) -> Result<Expense> {
    let target = Target::of(input);
    let declared = declared(&target.rest);
    let new = target.checked(declared.checked(expense::read_new(&declared.rest)))?;
    let currency = base_currency(services, actor, new.budget_id).await?;
    check_account(services, actor, new.account_id).await?;
    check_members(services, actor, new.budget_id, &new.splits).await?;
    let now = services.now();
    let base = base_amount(new.amount, currency, new.date);
    let mut expense = new.into_expense(ExpenseId(services.random.id(now)), actor.user.id, base, now);
    if let Some(to) = target.account(&expense, declared.says_nothing())? {
        return transfers::enter(services, actor, key, expense, to).await;
    }
    let write = write(services, actor, key);
    let expense = match declared.series(services, actor, &mut expense).await? {
        Some(series) => Declared::save(services, actor, write, &expense, &series).await?,
        None => services.store.create_expense(&write, &expense).await?,
    };
    services.expense_changed(actor, &expense, None).await;
    Ok(expense)
}

/// One expense that the actor may see; those in the trash too.
pub async fn get(services: &Services, actor: &Actor, id: ExpenseId) -> Result<Expense> {
    services.store.expense(actor.user.id, id).await?.ok_or(Error::NotFound)
}

/// Changes an expense, also another member's; what is left out stays.
pub async fn update(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: ExpenseId,
    input: &Value,
) -> Result<Expense> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut expense = living(services, actor, id).await?;
    let account = expense.account_id;
    let unchanged = expense.clone();
    let target = Target::of(input);
    let declared = declared(&target.rest);
    let change = target.checked(declared.checked(expense::read_change(&declared.rest, &expense)))?;
    if change.version != expense.version {
        return Err(Error::StaleVersion { current: expense.version });
    }
    let before = expense.budget_id;
    let parts = expense.splits.clone();
    let converted = (expense.budget_id, expense.amount, expense.date, expense.base.clone());
    change.apply(&mut expense)?;
    let currency = base_currency(services, actor, expense.budget_id).await?;
    // Another one's row keeps its account, which is no business of the actor's.
    if account != expense.account_id {
        check_account(services, actor, expense.account_id).await?;
    }
    if parts != expense.splits || before != expense.budget_id {
        check_members(services, actor, expense.budget_id, &expense.splits).await?;
    }
    if converted != (expense.budget_id, expense.amount, expense.date, expense.base.clone()) {
        expense.base = base_amount(expense.amount, currency, expense.date);
    }
    expense.version += 1;
    expense.updated_at = services.now();
    if let Some(to) = target.account(&expense, declared.says_nothing())? {
        return transfers::redirect(services, actor, key, &unchanged, expense, to).await;
    }
    if let Some(series) = declared.series(services, actor, &mut expense).await? {
        let write = write(services, actor, key);
        let expense = Declared::save(services, actor, write, &expense, &series).await?;
        services.expense_changed(actor, &expense, before).await;
        return Ok(expense);
    }
    save(services, actor, key, &expense, before).await
}

/// Into the trash, for 30 days. With a version only if nobody changed it since.
pub async fn delete(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: ExpenseId,
    version: Option<i64>,
) -> Result<Expense> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut expense = living(services, actor, id).await?;
    if version.is_some_and(|version| version != expense.version) {
        return Err(Error::StaleVersion { current: expense.version });
    }
    let before = expense.budget_id;
    let now = services.now();
    expense.deleted_at = Some(now);
    expense.version += 1;
    expense.updated_at = now;
    save(services, actor, key, &expense, before).await
}

/// Back from the trash, as it was.
pub async fn restore(services: &Services, actor: &Actor, key: Option<Idempotency>, id: ExpenseId) -> Result<Expense> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut expense = get(services, actor, id).await?;
    require_edit(services, actor, &expense).await?;
    if expense.deleted_at.is_none() {
        return Err(Error::Conflict(crate::error::Conflict::NotInTrash));
    }
    let before = expense.budget_id;
    expense = out_of_trash(services, actor, expense).await?;
    expense.version += 1;
    expense.updated_at = services.now();
    save(services, actor, key, &expense, before).await
}

/// As it is when it is back from the trash. Its budget may be gone by now: then it comes back as a private one.
pub(crate) async fn out_of_trash(services: &Services, actor: &Actor, mut expense: Expense) -> Result<Expense> {
    if let Some(budget) = expense.budget_id
        && services.store.budget(actor.user.id, budget).await?.is_none()
    {
        expense.budget_id = None;
        let currency = actor.user.preferences.currency;
        expense.base = base_amount(expense.amount, currency, expense.date);
    }
    expense.deleted_at = None;
    Ok(expense)
}

/// Writes the next version of a row, which stood in that budget before.
pub(crate) async fn save(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    expense: &Expense,
    before: Option<BudgetId>,
) -> Result<Expense> {
    let expense = services.store.update_expense(&write(services, actor, key), expense).await?;
    services.expense_changed(actor, &expense, before).await;
    Ok(expense)
}

pub(crate) async fn living(services: &Services, actor: &Actor, id: ExpenseId) -> Result<Expense> {
    let expense = get(services, actor, id).await?;
    require_edit(services, actor, &expense).await?;
    if expense.deleted_at.is_some() { Err(Error::NotFound) } else { Ok(expense) }
}

/// Refuses whoever may only look at the row's budget. (The store asks again, in its transaction.)
async fn require_edit(services: &Services, actor: &Actor, expense: &Expense) -> Result<()> {
    let Some(budget) = expense.budget_id else { return Ok(()) };
    match services.store.budget(actor.user.id, budget).await? {
        Some((_, role)) => require(role, Role::Edit),
        None => Ok(()),
    }
}

/// The currency that totals are in: the budget's, which the actor must be allowed to write to, or their own.
pub(crate) async fn base_currency(services: &Services, actor: &Actor, budget: Option<BudgetId>) -> Result<Currency> {
    let Some(id) = budget else { return Ok(actor.user.preferences.currency) };
    let Some((budget, role)) = services.store.budget(actor.user.id, id).await? else {
        return Err(Error::field("budgetId", Problem::NotFound));
    };
    require(role, Role::Edit)?;
    Ok(budget.plan.currency)
}

pub(crate) async fn check_account(services: &Services, actor: &Actor, account: Option<AccountId>) -> Result<()> {
    match account {
        Some(id) if services.store.account(actor.user.id, id).await?.is_none() => {
            Err(Error::field("accountId", Problem::NotFound))
        }
        _ => Ok(()),
    }
}

/// Whoever parts are said to be of has part in the row's budget; of a private row they are the actor's.
pub(crate) async fn check_members(
    services: &Services,
    actor: &Actor,
    budget: Option<BudgetId>,
    splits: &[Split],
) -> Result<()> {
    if splits.iter().all(|split| split.member_id.is_none_or(|member| member == actor.user.id)) {
        return Ok(());
    }
    let found = match budget {
        Some(id) => services.store.budget(actor.user.id, id).await?,
        None => None,
    };
    let is_known = |member: UserId| {
        member == actor.user.id || found.as_ref().is_some_and(|(budget, _)| budget.role_of(member).is_some())
    };
    let mut problems = Problems::default();
    for (index, split) in splits.iter().enumerate() {
        if split.member_id.is_some_and(|member| !is_known(member)) {
            problems.add(format!("splits.{index}.memberId"), Problem::NotFound);
        }
    }
    Ok(problems.into_result(())?)
}

/// The amount in the base currency by the rate of its day; none where there is no such rate.
pub(crate) fn base_amount(amount: Money, currency: Currency, date: Date) -> Option<BaseAmount> {
    if amount.currency() == currency {
        return Some(BaseAmount { amount, rate: "1".to_owned(), rate_date: date });
    }
    let converted = table().convert(amount, currency, date)?;
    Some(BaseAmount { amount: converted.amount, rate: converted.rate, rate_date: converted.rate_date })
}
