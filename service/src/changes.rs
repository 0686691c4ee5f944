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
use domain::{
    account::Account,
    budget::Budget,
    expense::Expense,
    ids::{BudgetId, UserId},
    recurrence::Series,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{collections::BTreeSet, future::Future};

/// So many rows are told one by one.
const FEW: usize = 20;

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
        self.told_members(actor, budget, &[]).await;
    }

    /// Says that others have part in a budget now, or in another way; to those of `also` too, who may have none any more.
    pub(crate) async fn told_members(&self, actor: &Actor, budget: &Budget, also: &[UserId]) {
        let mut to = audience(actor, Some(budget));
        to.extend(also);
        self.tell(&to, &of_budget(budget)).await;
    }

    /// The same of a budget that is read again for it.
    pub(crate) async fn members_changed(&self, actor: &Actor, budget: BudgetId) {
        if let Some(budget) = self.seen(actor, budget).await {
            self.told_members(actor, &budget, &[]).await;
        }
    }

    /// Says to the others that somebody has gone, who had part in a budget.
    pub(crate) async fn left_behind(&self, gone: UserId, budget: &Budget) {
        self.cache.forget(&scope(budget.id)).await;
        let others = budget.members().filter(|member| *member != gone).collect();
        self.tell(&others, &Change { version: None, ..of_budget(budget) }).await;
    }

    /// A budget as it is now, for its members; none where the actor has no part in it any more, or it can't be read: then
    /// only they hear of what has happened.
    async fn seen(&self, actor: &Actor, id: BudgetId) -> Option<Budget> {
        match self.store.budget(actor.user.id, id).await {
            Ok(found) => found.map(|(budget, _)| budget),
            Err(error) => {
                tracing::warn!(%error, "the members of a budget are not told of a change");
                None
            }
        }
    }

    /// Says that an expense has changed, which stood in that budget before.
    pub(crate) async fn expense_changed(&self, actor: &Actor, expense: &Expense, before: Option<BudgetId>) {
        for budget in [before, expense.budget_id.filter(|budget| Some(*budget) != before)].into_iter().flatten() {
            self.cache.forget(&scope(budget)).await;
        }
        let change = |budget: Option<BudgetId>| Change {
            entity: Entity::Expense,
            id: expense.id.to_string(),
            version: Some(expense.version),
            budget_id: budget.map(|budget| budget.to_string()),
        };
        let now = match expense.budget_id {
            Some(budget) => self.seen(actor, budget).await,
            None => None,
        };
        self.tell(&audience(actor, now.as_ref()), &change(expense.budget_id)).await;
        // Where it stood before, all see it go, whose pages of that budget follow it by its id; not where to.
        if let Some(before) = before.filter(|before| Some(*before) != expense.budget_id)
            && let Some(left) = self.seen(actor, before).await
        {
            self.tell(&audience(actor, Some(&left)), &change(Some(before))).await;
        }
    }

    /// Says that many expenses were changed at once: each place hears of a few rows one by one, of more as of its budget.
    pub(crate) async fn expenses_changed(&self, actor: &Actor, before: &[Expense], after: &[Expense]) {
        if after.len() <= FEW {
            for row in after {
                let was = before.iter().find(|before| before.id == row.id).and_then(|before| before.budget_id);
                self.expense_changed(actor, row, was).await;
            }
            return;
        }
        let budgets: BTreeSet<BudgetId> = before.iter().chain(after).filter_map(|row| row.budget_id).collect();
        for id in budgets {
            self.cache.forget(&scope(id)).await;
            if let Some(budget) = self.seen(actor, id).await {
                self.told_members(actor, &budget, &[]).await;
            }
        }
        // Other devices of the actor's read their lists again, whatever place the rows stand in.
        if let Some(row) = after.first() {
            let (id, budget_id) = (row.id.to_string(), row.budget_id.map(|budget| budget.to_string()));
            let change = Change { entity: Entity::Expense, id, version: Some(row.version), budget_id };
            self.tell(&audience(actor, None), &change).await;
        }
    }

    /// Says that an import was committed or taken back. Its rows may stand in any of the actor's budgets by then.
    pub(crate) async fn import_changed(&self, actor: &Actor, import: &Import) {
        let budgets = self.store.budgets(actor.user.id).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "cached totals may be old for some minutes");
            Vec::new()
        });
        let ids: BTreeSet<_> = budgets.iter().map(|(budget, _)| budget.id).chain(import.budget_id).collect();
        for budget in ids {
            self.cache.forget(&scope(budget)).await;
        }
        for (budget, _) in budgets.iter().filter(|(budget, _)| budget.is_shared()) {
            let mut others = audience(actor, Some(budget));
            others.remove(&actor.user.id);
            self.tell(&others, &of_budget(budget)).await;
        }
        let change = Change {
            entity: Entity::Import,
            id: import.id.to_string(),
            version: None,
            budget_id: import.budget_id.map(|budget| budget.to_string()),
        };
        self.tell(&audience(actor, None), &change).await;
    }

    /// Says that a series of recurring expenses has changed, which stood in that budget before: what its bills take is worked
    /// out anew.
    pub(crate) async fn series_changed(&self, actor: &Actor, series: &Series, before: Option<BudgetId>) {
        let places: BTreeSet<Option<BudgetId>> = [before.or(series.budget_id), series.budget_id].into();
        for place in places {
            let budget = match place {
                Some(id) => {
                    self.cache.forget(&scope(id)).await;
                    self.seen(actor, id).await
                }
                None => None,
            };
            let change = Change {
                entity: Entity::Recurring,
                id: series.id.to_string(),
                version: Some(series.version),
                budget_id: place.map(|budget| budget.to_string()),
            };
            self.tell(&audience(actor, budget.as_ref()), &change).await;
        }
    }

    /// Says that an account has changed.
    pub(crate) async fn account_changed(&self, actor: &Actor, account: &Account) {
        let (id, version) = (account.id.to_string(), Some(account.version));
        let change = Change { entity: Entity::Account, id, version, budget_id: None };
        self.tell(&audience(actor, None), &change).await;
    }

    /// Says that a person's own settings have changed.
    pub(crate) async fn user_changed(&self, actor: &Actor) {
        let id = actor.user.id.to_string();
        let change = Change { entity: Entity::User, id, version: None, budget_id: None };
        self.tell(&audience(actor, None), &change).await;
    }

    /// Tells those people: who has part in a budget now hears of it, who has none any more doesn't.
    async fn tell(&self, to: &BTreeSet<UserId>, change: &Change) {
        let to: Vec<UserId> = to.iter().copied().collect();
        if !to.is_empty() {
            self.events.publish(&to, change).await;
        }
    }
}

fn of_budget(budget: &Budget) -> Change {
    let id = budget.id.to_string();
    Change { entity: Entity::Budget, version: Some(budget.version), budget_id: Some(id.clone()), id }
}

/// Who hears of what somebody has done: they themself, and all members of the budget.
fn audience(actor: &Actor, budget: Option<&Budget>) -> BTreeSet<UserId> {
    budget.into_iter().flat_map(Budget::members).chain([actor.user.id]).collect()
}
