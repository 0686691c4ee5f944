//! What was deleted in the last 30 days, and its way back.
use crate::{Actor, Error, Idempotency, Result, Services, budgets, expenses, ports::store::Trashed};
use domain::ids::{BudgetId, ExpenseId};

/// What the actor has put into the trash, newest first.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<Trashed>> {
    services.store.trash(actor.user.id).await
}

/// Takes something back, whatever it is.
pub async fn restore(services: &Services, actor: &Actor, key: Option<Idempotency>, id: [u8; 12]) -> Result<Trashed> {
    let expense = ExpenseId(id);
    if services.store.expense(actor.user.id, expense).await?.is_some() {
        let expense = Box::new(expenses::restore(services, actor, key, expense).await?);
        return Ok(Trashed::Expense { expense });
    }
    match budgets::restore(services, actor, key, BudgetId(id)).await {
        Ok(budget) => Ok(Trashed::Budget { budget: Box::new(budget) }),
        Err(Error::NotFound) => Err(Error::NotFound),
        Err(other) => Err(other),
    }
}
