//! Rules that file expenses, and many rows that are changed at once.
use super::{
    SqliteStore, activity, budgets,
    codec::{self, Columns, all, each, first, run},
    connection::Tx,
    encode, expenses,
    failure::Outcome,
    ledger,
    members::places,
};
use crate::{ledger::Ledger, sharing};
use domain::{
    category::Category,
    expense::Status,
    ids::{BudgetId, ImportId, RuleId, UserId},
    rule::Rule,
};
use rusqlite::{Connection, params};
use service::{
    Error, Result,
    activity::content::of_expenses,
    error::Conflict,
    ports::{
        rules::{Filed, FiledRow, Filing, Hits, MOST_RULES, RuleStore},
        store::Write,
    },
};
use std::collections::BTreeMap;

#[async_trait::async_trait]
impl RuleStore for SqliteStore {
    async fn create_rule(&self, write: &Write, rule: &Rule) -> Result<Rule> {
        let rule = rule.clone();
        self.write(write, move |tx, write| create(tx, write, rule)).await
    }

    async fn rule(&self, actor: UserId, id: RuleId) -> Result<Option<Rule>> {
        self.read(move |connection| load(connection, actor, id)).await
    }

    async fn rules(&self, actor: UserId) -> Result<Vec<Rule>> {
        self.read(move |connection| {
            let sql = "SELECT hits, details FROM rules WHERE user_id = ? ORDER BY id";
            all(connection, sql, params![actor.0], read)
        })
        .await
    }

    async fn update_rule(&self, write: &Write, rule: &Rule) -> Result<Rule> {
        let rule = rule.clone();
        self.write(write, move |tx, write| update(tx, write, rule)).await
    }

    async fn delete_rule(&self, write: &Write, id: RuleId) -> Result<()> {
        self.write(write, move |tx, write| {
            match run(tx, "DELETE FROM rules WHERE id = ? AND user_id = ?", params![id.0, write.actor.0])? {
                0 => Err(Error::NotFound.into()),
                _ => Ok(()),
            }
        })
        .await
    }

    async fn count_hits(&self, write: &Write, hits: &[Hits]) -> Result<()> {
        let hits = hits.to_vec();
        self.write(write, move |tx, write| count(tx, write.actor, &hits)).await
    }

    async fn filed_rows(&self, actor: UserId) -> Result<Vec<FiledRow>> {
        self.read(move |connection| filed(connection, actor)).await
    }

    async fn file_expenses(&self, write: &Write, filing: &Filing) -> Result<Filed> {
        let filing = filing.clone();
        self.write_heavy(write, move |tx, write| file(tx, write, filing)).await
    }
}

fn create(tx: &Tx<'_>, write: &Write, rule: Rule) -> Outcome<Rule> {
    if rule.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    let sql = "SELECT count(*) FROM rules WHERE user_id = ?";
    let there = first(tx, sql, params![write.actor.0], |columns| columns.count())?.unwrap_or(0);
    if usize::try_from(there).is_ok_and(|there| there >= MOST_RULES) {
        return Err(Error::Conflict(Conflict::TooManyRules).into());
    }
    insert(tx, &rule)?;
    Ok(rule)
}

/// One row as it is.
pub(super) fn insert(tx: &Tx<'_>, rule: &Rule) -> Outcome<()> {
    let sql = "INSERT INTO rules (id, user_id, hits, details) VALUES (?, ?, ?, ?)";
    run(tx, sql, params![rule.id.0, rule.user_id.0, rule.hits, codec::json(rule)?]).map(drop)
}

fn update(tx: &Tx<'_>, write: &Write, rule: Rule) -> Outcome<Rule> {
    let before = load(tx, write.actor, rule.id)?.filter(|_| rule.user_id == write.actor).ok_or(Error::NotFound)?;
    if before.version + 1 != rule.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    let rule = Rule { hits: before.hits, created_at: before.created_at, ..rule };
    let sql = "UPDATE rules SET details = ? WHERE id = ? AND user_id = ?";
    run(tx, sql, params![codec::json(&rule)?, rule.id.0, write.actor.0])?;
    Ok(rule)
}

fn count(tx: &Tx<'_>, actor: UserId, hits: &[Hits]) -> Outcome<()> {
    for Hits { rule, more } in hits {
        run(tx, "UPDATE rules SET hits = hits + ? WHERE id = ? AND user_id = ?", params![more, rule.0, actor.0])?;
    }
    Ok(())
}

fn load(connection: &Connection, actor: UserId, id: RuleId) -> Outcome<Option<Rule>> {
    let sql = "SELECT hits, details FROM rules WHERE id = ? AND user_id = ?";
    first(connection, sql, params![id.0, actor.0], read)
}

/// Each rule there is, by id.
pub(super) fn every(connection: &Connection, mut give: impl FnMut(Rule) -> Outcome<()>) -> Outcome<()> {
    each(connection, "SELECT hits, details FROM rules ORDER BY id", [], |columns| give(read(columns)?))
}

fn read(columns: &mut Columns<'_, '_>) -> Outcome<Rule> {
    let hits = columns.get()?;
    Ok(Rule { hits, ..columns.json()? })
}

fn filed(connection: &Connection, actor: UserId) -> Outcome<Vec<FiledRow>> {
    all(
        connection,
        concat!(
            "SELECT merchant, category, subcategory, updated_at, version, import_id FROM expenses
             WHERE place IN (",
            places!(),
            ") AND deleted_at IS NULL AND merchant_key > '' AND category IS NOT NULL AND merchant IS NOT NULL
             AND splits IS NULL AND status IN (?2, ?3)"
        ),
        params![actor.0, codec::status(Status::Cleared), codec::status(Status::Reconciled)],
        |columns| {
            let (merchant, category) = (columns.get()?, columns.coded(&Category::ALL)?);
            let (subcategory, at) = (columns.get()?, columns.instant()?);
            let version: i64 = columns.get()?;
            let by_hand = version > 1 || columns.optional_id(ImportId)?.is_none();
            Ok(FiledRow { merchant, category, subcategory, at, by_hand })
        },
    )
}

fn file(tx: &Tx<'_>, write: &Write, filing: Filing) -> Outcome<Filed> {
    let Filing { rule, rows, hits } = filing;
    let rule = rule.map(|rule| create(tx, write, rule)).transpose()?;
    let mut places: BTreeMap<BudgetId, Option<sharing::Seen>> = BTreeMap::new();
    let (mut ledger, mut changed) = (Ledger::default(), Vec::with_capacity(rows.len()));
    for row in rows {
        let before = expenses::load(tx, write.actor, row.id)?.ok_or(Error::NotFound)?;
        let place = match before.budget_id {
            Some(budget) => {
                if let std::collections::btree_map::Entry::Vacant(unknown) = places.entry(budget) {
                    unknown.insert(budgets::load(tx, write.actor, budget)?);
                }
                places.get(&budget).cloned().flatten()
            }
            None => None,
        };
        sharing::may_change(write.actor, &before, place)?;
        sharing::stays_in_place(&before, &row)?;
        encode::update(tx, &row)?;
        ledger.change(Some(&before), Some(&row))?;
        changed.push((before, row));
    }
    ledger::write(ledger, tx)?;
    count(tx, write.actor, &hits)?;
    let told = of_expenses(write, &changed)?;
    let activity = told.as_ref().map(|told| told.id);
    activity::keep(tx, told)?;
    Ok(Filed { rule, rows: u32::try_from(changed.len()).unwrap_or(u32::MAX), activity })
}
