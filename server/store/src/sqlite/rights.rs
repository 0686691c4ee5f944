//! All that is kept of somebody: handed out, or taken out for good.
use super::{
    SqliteStore, budgets,
    codec::{all, exists, run},
    connection::Tx,
    encode::{self, columns},
    failure::Outcome,
    versions,
};
use crate::limits::ERASED_AT_ONCE;
use domain::{
    budget::Budget,
    expense::Expense,
    ids::{BudgetId, ExpenseId, ImportId, UserId},
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
const OWN: [&str; 5] = [
    "DELETE FROM expenses WHERE user_id = ?",
    "DELETE FROM imports WHERE user_id = ?",
    "DELETE FROM budgets WHERE user_id = ?",
    "DELETE FROM accounts WHERE user_id = ?",
    "DELETE FROM idempotency WHERE user_id = ?",
];

#[async_trait::async_trait]
impl RightsStore for SqliteStore {
    async fn every_budget(&self, actor: UserId) -> Result<Vec<Budget>> {
        self.read(move |connection| budgets::own(connection, actor)).await
    }

    async fn budget_versions(&self, actor: UserId, id: BudgetId) -> Result<Vec<BudgetVersion>> {
        self.read(move |connection| {
            let own = exists(connection, "SELECT 1 FROM budgets WHERE id = ? AND user_id = ?", params![id.0, actor.0])?;
            if own { versions::of_budget(connection, id) } else { Ok(Vec::new()) }
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
                    " FROM expenses INDEXED BY expenses_by_date
                     WHERE user_id = ? AND deleted_at IS NOT NULL AND id > ? ORDER BY id LIMIT ?"
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
                       SELECT row FROM expenses INDEXED BY expenses_by_date WHERE user_id = ? LIMIT ?)";
        self.writer.write(true, move |tx| run(tx, sql, params![actor.0, ERASED_AT_ONCE])).await.map(|gone| gone as u64)
    }

    async fn erase_person(&self, write: &Write) -> Result<()> {
        self.write_heavy(write, erase).await
    }
}

fn erase(tx: &Tx<'_>, write: &Write) -> Outcome<()> {
    for sql in OWN {
        run(tx, sql, params![write.actor.0])?;
    }
    // Sessions, tallies, handles and jobs go with it.
    run(tx, "DELETE FROM users WHERE id = ?", params![write.actor.0]).map(drop)
}
