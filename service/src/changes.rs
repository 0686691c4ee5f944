//! After a commit: caches forget what has changed, and the devices that show it are told.
//!
//! Both come after the commit, so that nobody reads older data into a cache or after being told. A process that dies in
//! between leaves cached totals that are older than the rows for [`KEEP`](crate::ports::cache::KEEP) at most.
use crate::{
    Actor, Result, Services,
    ports::{
        cache::Looked,
        events::{Change, Entity},
        store::Import,
    },
};
use domain::{account::Account, budget::Budget, expense::Expense, ids::BudgetId};
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::BTreeSet, future::Future};

/// The scope of what is computed from a budget's plan and totals.
fn scope(budget: BudgetId) -> String {
    format!("budget:{budget}")
}

impl Services {
    /// What is computed from a budget's plan and totals, from the cache if it is there. Whether the actor may see the
    /// budget has been asked before: a cache knows nobody.
    pub(crate) async fn cached<T: Serialize + DeserializeOwned>(
        &self,
        budget: BudgetId,
        key: &str,
        compute: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let scope = scope(budget);
        let ticket = match self.cache.look(&scope, key).await {
            Looked::Hit(value) => match serde_json::from_slice(&value) {
                Ok(value) => return Ok(value),
                // Of another version of the program.
                Err(_) => return compute.await,
            },
            Looked::Miss(ticket) => ticket,
        };
        let value = compute.await?;
        if let Ok(bytes) = serde_json::to_vec(&value) {
            self.cache.put(&scope, key, ticket, &bytes).await;
        }
        Ok(value)
    }

    /// Says that a budget has changed.
    pub(crate) async fn budget_changed(&self, actor: &Actor, budget: &Budget) {
        self.cache.forget(&scope(budget.id)).await;
        let id = budget.id.to_string();
        let change = Change { entity: Entity::Budget, version: Some(budget.version), budget_id: Some(id.clone()), id };
        self.tell(actor, change).await;
    }

    /// Says that an expense has changed, which stood in that budget before.
    pub(crate) async fn expense_changed(&self, actor: &Actor, expense: &Expense, before: Option<BudgetId>) {
        for budget in [before, expense.budget_id.filter(|budget| Some(*budget) != before)].into_iter().flatten() {
            self.cache.forget(&scope(budget)).await;
        }
        let change = Change {
            entity: Entity::Expense,
            id: expense.id.to_string(),
            version: Some(expense.version),
            budget_id: expense.budget_id.map(|budget| budget.to_string()),
        };
        self.tell(actor, change).await;
    }

    /// Says that an import was committed or taken back. Its rows may stand in any of the actor's budgets by then.
    pub(crate) async fn import_changed(&self, actor: &Actor, import: &Import) {
        let budgets = self.store.budgets(actor.user.id).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "cached totals may be old for some minutes");
            Vec::new()
        });
        let budgets: BTreeSet<_> = budgets.into_iter().map(|(budget, _)| budget.id).chain(import.budget_id).collect();
        for budget in budgets {
            self.cache.forget(&scope(budget)).await;
        }
        let change = Change {
            entity: Entity::Import,
            id: import.id.to_string(),
            version: None,
            budget_id: import.budget_id.map(|budget| budget.to_string()),
        };
        self.tell(actor, change).await;
    }

    /// Says that an account has changed.
    pub(crate) async fn account_changed(&self, actor: &Actor, account: &Account) {
        let (id, version) = (account.id.to_string(), Some(account.version));
        self.tell(actor, Change { entity: Entity::Account, id, version, budget_id: None }).await;
    }

    /// Says that a person's own settings have changed.
    pub(crate) async fn user_changed(&self, actor: &Actor) {
        let id = actor.user.id.to_string();
        self.tell(actor, Change { entity: Entity::User, id, version: None, budget_id: None }).await;
    }

    async fn tell(&self, actor: &Actor, change: Change) {
        self.events.publish(&[actor.user.id], &change).await;
    }
}
