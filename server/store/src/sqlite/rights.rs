//! All that is kept of somebody: handed out, or taken out for good.
use super::{
    SqliteStore, budgets,
    codec::{all, run},
    connection::Tx,
    encode::{self, columns},
    failure::Outcome,
    ledger,
    members::{self, places},
    months, versions,
};
use crate::{ledger::Place, limits::ERASED_AT_ONCE};
use domain::{
    budget::Budget,
    expense::Expense,
    ids::{BudgetId, ExpenseId, ImportId, UserId},
    months::MonthEntry,
};
use rusqlite::params;
use service::{
    Result,
    ports::{
        rights::{BudgetVersion, RightsStore},
        store::{Import, Write},
    },
};

/// What names a person, besides the rows that go with theirs by the schema's own rules: in this order, so that nothing is
/// left that names what has gone.
const OWN: [&str; 10] = [
    // What others have bought for them.
    "UPDATE expenses SET splits = replace(splits, ',\"memberId\":\"' || lower(hex(?1)) || '\"', ''), version = version + 1
     WHERE splits IS NOT NULL AND instr(splits, lower(hex(?1))) > 0",
    "UPDATE recurring SET details = replace(details, ',\"memberId\":\"' || lower(hex(?1)) || '\"', '')
     WHERE instr(details, ',\"memberId\":\"' || lower(hex(?1))) > 0",
    "UPDATE import_absorbed SET met = replace(met, ',\"memberId\":\"' || lower(hex(?1)) || '\"', '')
     WHERE met IS NOT NULL AND instr(met, lower(hex(?1))) > 0",
    "DELETE FROM expenses WHERE user_id = ?",
    "DELETE FROM imports WHERE user_id = ?",
    "DELETE FROM budgets WHERE user_id = ?",
    "DELETE FROM accounts WHERE user_id = ?",
    "DELETE FROM budget_invites WHERE email_folded = (SELECT email_folded FROM users WHERE id = ?)",
    // What others were told of them, too.
    "DELETE FROM activity WHERE instr(details, lower(hex(?1))) > 0",
    "DELETE FROM idempotency WHERE user_id = ?1 OR instr(answer, lower(hex(?1))) > 0",
];

/// What somebody has done in the budgets of others stays with these, as their owners'.
const HANDED_ON: [&str; 4] = [
    "UPDATE expenses SET user_id = (SELECT user_id FROM budgets WHERE id = budget_id), account_id = NULL,
         import_id = NULL, series_id = NULL, slot = NULL, other_leg = NULL, incoming = NULL, version = version + 1
     WHERE user_id = ?1 AND budget_id IN (SELECT id FROM budgets WHERE user_id <> ?1)",
    "UPDATE expenses SET deleted_by = user_id WHERE deleted_by = ?1 AND user_id <> ?1",
    "UPDATE budget_versions SET made_by = (SELECT user_id FROM budgets WHERE id = budget_id)
     WHERE made_by = ?1 AND budget_id IN (SELECT id FROM budgets WHERE user_id <> ?1)",
    "UPDATE budget_months
     SET entry = replace(entry, lower(hex(?1)), (SELECT lower(hex(user_id)) FROM budgets WHERE id = budget_id))
     WHERE instr(entry, lower(hex(?1))) AND budget_id IN (SELECT id FROM budgets WHERE user_id <> ?1)",
];

#[async_trait::async_trait]
impl RightsStore for SqliteStore {
    async fn every_budget(&self, actor: UserId) -> Result<Vec<Budget>> {
        self.read(move |connection| budgets::own(connection, actor)).await
    }

    async fn budget_versions(&self, actor: UserId, id: BudgetId) -> Result<Vec<BudgetVersion>> {
        self.read(move |connection| {
            let seen = budgets::load(connection, actor, id)?.is_some();
            if seen { versions::of_budget(connection, id) } else { Ok(Vec::new()) }
        })
        .await
    }

    async fn budget_months(&self, actor: UserId, id: BudgetId) -> Result<Vec<MonthEntry>> {
        self.read(move |connection| {
            let seen = budgets::load(connection, actor, id)?.is_some();
            if seen { months::of_budget(connection, id) } else { Ok(Vec::new()) }
        })
        .await
    }

    async fn trashed_expenses(&self, actor: UserId, after: Option<ExpenseId>, limit: u32) -> Result<Vec<Expense>> {
        self.read(move |connection| {
            all(
                connection,
                concat!(
                    "SELECT ",
                    columns!(),
                    " FROM expenses INDEXED BY expenses_by_deleter
                     WHERE deleted_by = ?1 AND id > ?2 AND place IN (",
                    places!(),
                    ") ORDER BY id LIMIT ?3"
                ),
                params![actor.0, after.map_or(Vec::new(), |id| id.0.to_vec()), limit],
                encode::read,
            )
        })
        .await
    }

    async fn every_import(&self, actor: UserId, after: Option<ImportId>, limit: u32) -> Result<Vec<Import>> {
        self.read(move |connection| {
            all(
                connection,
                "SELECT details FROM imports WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?",
                params![actor.0, after.map_or(Vec::new(), |id| id.0.to_vec()), limit],
                |columns| columns.json(),
            )
        })
        .await
    }

    async fn erase_expenses(&self, actor: UserId) -> Result<u64> {
        let sql = "DELETE FROM expenses WHERE row IN (
                       SELECT row FROM expenses INDEXED BY expenses_by_user WHERE user_id = ? LIMIT ?)";
        let gone = self.writer.write(true, move |tx| {
            pass_on(tx, actor)?;
            run(tx, sql, params![actor.0, ERASED_AT_ONCE])
        });
        gone.await.map(|gone| gone as u64)
    }

    async fn erase_person(&self, write: &Write) -> Result<()> {
        self.write_heavy(write, erase).await
    }
}

fn erase(tx: &Tx<'_>, write: &Write) -> Outcome<()> {
    pass_on(tx, write.actor)?;
    for budget in budgets::own(tx, write.actor)? {
        ledger::forget(tx, Place::Budget(budget.id))?;
    }
    for sql in OWN {
        run(tx, sql, params![write.actor.0])?;
    }
    ledger::forget(tx, Place::Private(write.actor))?;
    // Sessions, memberships, invitations by them, handles, jobs and rules go with it.
    run(tx, "DELETE FROM users WHERE id = ?", params![write.actor.0]).map(drop)
}

/// What others have part in gets another owner, or is scattered among them: the rest is theirs alone. Once more it changes
/// nothing.
fn pass_on(tx: &Tx<'_>, actor: UserId) -> Outcome<()> {
    for mut budget in budgets::own(tx, actor)? {
        match budget.heir().filter(|_| budget.deleted_at.is_none()) {
            Some(heir) => {
                budget.hand_over(heir, budget.created_at);
                budget.collaborators.retain(|member| member.user_id != actor);
                members::save(tx, &budget)?;
            }
            None => members::scatter(tx, budget.id, Some(actor), None)?,
        }
    }
    for sql in HANDED_ON {
        run(tx, sql, params![actor.0])?;
    }
    run(tx, "DELETE FROM budget_members WHERE user_id = ?", params![actor.0]).map(drop)
}
