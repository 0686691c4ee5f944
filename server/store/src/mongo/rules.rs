//! Rules that file expenses, and many rows that are changed at once.
use super::{
    MongoStore, activity, budgets,
    failure::{Failure, Outcome},
    ledger,
    row::ExpenseDoc,
    transaction::{Tx, lock_budget},
    values::{oid, to_instant},
};
use crate::{ledger::Ledger, sharing};
use domain::{
    category::Category,
    expense::{Expense, Status},
    ids::{BudgetId, ExpenseId, RuleId, UserId},
    role::Role,
    rule::Rule,
};
use mongodb::{
    bson::{Document, doc, oid::ObjectId},
    options::FindOptions,
};
use serde::{Deserialize, Serialize};
use service::{
    Error, Result,
    activity::content::of_expenses,
    error::Conflict,
    ports::{
        rules::{Filed, FiledRow, Filing, Hits, MOST_RULES, RuleStore},
        store::Write,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Ids that are asked for together.
const TOGETHER: usize = 1_000;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RuleDoc {
    #[serde(rename = "_id")]
    id: ObjectId,
    user_id: ObjectId,
    /// Counted here; those of the details are the ones it was written with.
    hits: i64,
    /// All else as JSON.
    details: String,
}

/// What the history of merchants needs of a row.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FiledDoc {
    merchant: String,
    category: Category,
    #[serde(default)]
    subcategory: Option<String>,
    #[serde(default)]
    splits: Vec<Document>,
    #[serde(default)]
    import_id: Option<ObjectId>,
    version: i64,
    updated_at: i64,
}

#[async_trait::async_trait]
impl RuleStore for MongoStore {
    async fn create_rule(&self, write: &Write, rule: &Rule) -> Result<Rule> {
        self.write(write, rule, |tx, write, rule| Box::pin(create(tx, write, rule))).await
    }

    async fn rule(&self, actor: UserId, id: RuleId) -> Result<Option<Rule>> {
        self.plain((actor, id), |tx, (actor, id)| Box::pin(load(tx, *actor, *id))).await
    }

    async fn rules(&self, actor: UserId) -> Result<Vec<Rule>> {
        self.plain(actor, |tx, actor| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                let by_id = FindOptions::builder().sort(doc! { "_id": 1 }).build();
                let found = tx.session.all(&tables.rules, doc! { "userId": oid(actor.0) }, by_id).await?;
                found.into_iter().map(Rule::try_from).collect()
            })
        })
        .await
    }

    async fn update_rule(&self, write: &Write, rule: &Rule) -> Result<Rule> {
        self.write(write, rule, |tx, write, rule| Box::pin(update(tx, write, rule))).await
    }

    async fn delete_rule(&self, write: &Write, id: RuleId) -> Result<()> {
        self.write(write, id, |tx, write, id| {
            Box::pin(async move {
                let tables = Arc::clone(&tx.tables);
                match tx.session.delete(&tables.rules, own(write.actor, *id)).await? {
                    0 => Err(Error::NotFound.into()),
                    _ => Ok(()),
                }
            })
        })
        .await
    }

    async fn count_hits(&self, write: &Write, hits: &[Hits]) -> Result<()> {
        self.write(write, hits, |tx, write, hits| Box::pin(count(tx, write.actor, hits))).await
    }

    async fn filed_rows(&self, actor: UserId) -> Result<Vec<FiledRow>> {
        self.plain_heavy(actor, |tx, actor| Box::pin(filed(tx, *actor))).await
    }

    async fn file_expenses(&self, write: &Write, filing: &Filing) -> Result<Filed> {
        self.write_heavy(write, filing, |tx, write, filing| Box::pin(file(tx, write, filing))).await
    }
}

async fn create(tx: &mut Tx, write: &Write, rule: &Rule) -> Outcome<Rule> {
    if rule.user_id != write.actor {
        return Err(Error::NotFound.into());
    }
    let tables = Arc::clone(&tx.tables);
    let there = tx.session.count(&tables.rules, doc! { "userId": oid(write.actor.0) }).await?;
    if usize::try_from(there).is_ok_and(|there| there >= MOST_RULES) {
        return Err(Error::Conflict(Conflict::TooManyRules).into());
    }
    tx.session.insert(&tables.rules, &RuleDoc::try_from(rule)?).await?;
    Ok(rule.clone())
}

async fn update(tx: &mut Tx, write: &Write, rule: &Rule) -> Outcome<Rule> {
    let before = load(tx, write.actor, rule.id).await?.filter(|_| rule.user_id == write.actor);
    let before = before.ok_or(Error::NotFound)?;
    if before.version + 1 != rule.version {
        return Err(Error::StaleVersion { current: before.version }.into());
    }
    let rule = Rule { hits: before.hits, created_at: before.created_at, ..rule.clone() };
    let tables = Arc::clone(&tx.tables);
    match tx.session.replace(&tables.rules, own(write.actor, rule.id), &RuleDoc::try_from(&rule)?).await? {
        1 => Ok(rule),
        found => Err(Failure::corrupt(format_args!("{found} documents of rule {}", rule.id))),
    }
}

async fn count(tx: &mut Tx, actor: UserId, hits: &[Hits]) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    for Hits { rule, more } in hits {
        tx.session.update(&tables.rules, own(actor, *rule), doc! { "$inc": { "hits": *more } }).await?;
    }
    Ok(())
}

fn own(actor: UserId, id: RuleId) -> Document {
    doc! { "_id": oid(id.0), "userId": oid(actor.0) }
}

async fn load(tx: &mut Tx, actor: UserId, id: RuleId) -> Outcome<Option<Rule>> {
    let tables = Arc::clone(&tx.tables);
    tx.session.first(&tables.rules, own(actor, id)).await?.map(Rule::try_from).transpose()
}

async fn filed(tx: &mut Tx, actor: UserId) -> Outcome<Vec<FiledRow>> {
    let places = budgets::places(tx, actor, Role::View).await?;
    let counting = [Status::Cleared.as_str(), Status::Reconciled.as_str()];
    let filter = doc! {
        "place": { "$in": places },
        "deletedAt": null,
        "merchantKey": { "$gt": "" },
        "category": { "$ne": null },
        "merchant": { "$ne": null },
        "status": { "$in": counting.to_vec() },
    };
    let fields = doc! {
        "_id": 0, "merchant": 1, "category": 1, "subcategory": 1, "splits": 1, "importId": 1, "version": 1, "updatedAt": 1,
    };
    let rows = tx.tables.database.collection::<FiledDoc>(tx.tables.expenses.name());
    let mut found = Vec::new();
    tx.session
        .each(&rows, filter, FindOptions::builder().projection(fields).build(), |row| {
            if row.splits.is_empty() {
                found.push(FiledRow::try_from(row)?);
            }
            Ok(())
        })
        .await?;
    Ok(found)
}

impl TryFrom<FiledDoc> for FiledRow {
    type Error = Failure;
    fn try_from(row: FiledDoc) -> Outcome<Self> {
        Ok(Self {
            merchant: row.merchant,
            category: row.category,
            subcategory: row.subcategory,
            at: to_instant(row.updated_at)?,
            by_hand: row.version > 1 || row.import_id.is_none(),
        })
    }
}

/// Each place is looked up once.
async fn seen_of(tx: &mut Tx, actor: UserId, ids: &[ExpenseId]) -> Outcome<Vec<Expense>> {
    let tables = Arc::clone(&tx.tables);
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(TOGETHER) {
        let some: Vec<ObjectId> = some.iter().map(|id| oid(id.0)).collect();
        let rows = tx.session.all(&tables.expenses, doc! { "_id": { "$in": some } }, <_>::default()).await?;
        for row in rows {
            found.push(Expense::try_from(row)?);
        }
    }
    let mut places: BTreeMap<BudgetId, bool> = BTreeMap::new();
    for budget in found.iter().filter_map(|row| row.budget_id).collect::<BTreeSet<_>>() {
        places.insert(budget, budgets::load(tx, actor, budget).await?.is_some());
    }
    found.retain(|row| match row.budget_id {
        None => row.user_id == actor,
        Some(budget) => places.get(&budget).copied().unwrap_or(false),
    });
    Ok(found)
}

async fn file(tx: &mut Tx, write: &Write, filing: &Filing) -> Outcome<Filed> {
    let rule = match &filing.rule {
        Some(rule) => Some(create(tx, write, rule).await?),
        None => None,
    };
    let mut places = BTreeMap::new();
    for budget in filing.rows.iter().filter_map(|row| row.budget_id).collect::<BTreeSet<_>>() {
        lock_budget(tx, budget).await?;
        places.insert(budget, budgets::load(tx, write.actor, budget).await?);
    }
    let ids: Vec<ExpenseId> = filing.rows.iter().map(|row| row.id).collect();
    let there = seen_of(tx, write.actor, &ids).await?;
    let mut there: BTreeMap<ExpenseId, Expense> = there.into_iter().map(|row| (row.id, row)).collect();
    let (mut ledger, mut changed) = (Ledger::default(), Vec::with_capacity(filing.rows.len()));
    let mut statements = Vec::with_capacity(filing.rows.len());
    for row in &filing.rows {
        let before = there.remove(&row.id).ok_or(Error::NotFound)?;
        sharing::may_change(write.actor, &before, before.budget_id.and_then(|id| places.get(&id).cloned().flatten()))?;
        sharing::stays_in_place(&before, row)?;
        let document = mongodb::bson::serialize_to_document(&ExpenseDoc::new(row, row.account_id))?;
        let same = doc! { "_id": oid(row.id.0), "userId": oid(row.user_id.0), "version": before.version };
        statements.push(doc! { "q": same, "u": document });
        ledger.change(Some(&before), Some(row))?;
        changed.push((before, row.clone()));
    }
    let tables = Arc::clone(&tx.tables);
    tx.session.update_each(&tables.database, tables.expenses.name(), &statements).await?;
    ledger::write(tx, ledger).await?;
    count(tx, write.actor, &filing.hits).await?;
    let told = of_expenses(write, &changed)?;
    let activity = told.as_ref().map(|told| told.id);
    activity::keep(tx, told).await?;
    Ok(Filed { rule, rows: u32::try_from(changed.len()).unwrap_or(u32::MAX), activity })
}

impl TryFrom<&Rule> for RuleDoc {
    type Error = Failure;
    fn try_from(rule: &Rule) -> Outcome<Self> {
        Ok(Self {
            id: oid(rule.id.0),
            user_id: oid(rule.user_id.0),
            hits: rule.hits,
            details: serde_json::to_string(rule).map_err(Failure::corrupt)?,
        })
    }
}

impl TryFrom<RuleDoc> for Rule {
    type Error = Failure;
    fn try_from(stored: RuleDoc) -> Outcome<Self> {
        let rule: Self = serde_json::from_str(&stored.details).map_err(Failure::corrupt)?;
        Ok(Self { hits: stored.hits, ..rule })
    }
}
