//! What happens to the rows of a budget when somebody goes, or the budget does.
use super::{
    budgets,
    failure::Outcome,
    ledger, months, plans, series,
    transaction::{Tx, lock_budget},
    users,
    values::oid,
};
use crate::ledger::Place;
use domain::{
    budget::Budget,
    ids::{BudgetId, UserId},
};
use mongodb::bson::{Bson, Document, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How many rows somebody has entered, and how many of them are not in the trash.
#[derive(Serialize, Deserialize)]
struct Share {
    #[serde(rename = "_id")]
    user: ObjectId,
    live: i64,
}

/// Only a key of a group.
#[derive(Serialize, Deserialize)]
struct Key {
    #[serde(rename = "_id")]
    id: ObjectId,
}

/// Only who has entered a row.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entered {
    #[serde(rename = "_id")]
    id: ObjectId,
    user_id: ObjectId,
}

/// A budget that goes leaves its rows behind as private ones of those who entered them; not those of `but`, who goes, too.
pub(super) async fn scatter(tx: &mut Tx, budget: &Budget, but: Option<UserId>, now: Option<i64>) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let place = oid(budget.id.0);
    let mut rows = doc! { "place": place };
    if let Some(user) = but {
        rows.insert("userId", doc! { "$ne": oid(user.0) });
    }
    let is_live = doc! { "$cond": [{ "$gt": ["$deletedAt", Bson::Null] }, 0_i64, 1_i64] };
    let by_user = doc! { "$group": { "_id": "$userId", "live": { "$sum": is_live } } };
    let shares: Vec<Share> = tx.session.aggregate(&tables.expenses, [doc! { "$match": rows }, by_user]).await?;
    for Share { user, live } in shares {
        ledger::tally(tx, Place::Private(UserId(user.bytes())), live).await?;
        // What another one threw away is in the trash of who has it now.
        let binned = doc! { "place": place, "userId": user, "deletedAt": { "$ne": null } };
        tx.session.update_all(&tables.expenses, binned, doc! { "$set": { "deletedBy": user } }).await?;
        let mut set = doc! { "place": user };
        set.extend(now.map(|now| ("updatedAt".to_owned(), Bson::Int64(now))));
        let private = doc! { "$unset": { "budgetId": "" }, "$set": set, "$inc": { "version": 1_i64 } };
        tx.session.update_all(&tables.expenses, doc! { "place": place, "userId": user }, private).await?;
    }
    ledger::forget(tx, Place::Budget(budget.id)).await?;
    series::leave(tx, budget.id).await?;
    for member in budget.members() {
        users::forget_default(tx, member, budget.id).await?;
    }
    Ok(())
}

/// What others have part in gets another owner, or is scattered among them: the rest is theirs alone. What somebody has done
/// in the budgets of others stays with these, as their owners'. Once more it changes nothing.
pub(super) async fn pass_on(tx: &mut Tx, actor: UserId) -> Outcome<()> {
    for mut budget in budgets::all(tx, budgets::with(actor), doc! { "_id": 1 }).await? {
        lock_budget(tx, budget.id).await?;
        if budget.user_id == actor {
            let Some(heir) = budget.heir().filter(|_| budget.deleted_at.is_none()) else {
                scatter(tx, &budget, Some(actor), None).await?;
                continue;
            };
            budget.hand_over(heir, budget.created_at);
        }
        budget.collaborators.retain(|member| member.user_id != actor);
        budgets::save_members(tx, &budget).await?;
    }
    hand_on_rows(tx, actor).await?;
    forget_deleter(tx, actor).await?;
    plans::hand_on(tx, actor).await?;
    months::hand_on(tx, actor).await
}

/// The budgets that fit, by what they are named by in a collection.
async fn budgets_in(tx: &mut Tx, collection: &str, filter: Document) -> Outcome<Vec<BudgetId>> {
    let of = tx.tables.database.collection::<Document>(collection);
    let pipeline = [doc! { "$match": filter }, doc! { "$group": { "_id": "$budgetId" } }];
    let found: Vec<Key> = tx.session.aggregate(&of, pipeline).await?;
    Ok(found.into_iter().map(|key| BudgetId(key.id.bytes())).collect())
}

/// Budgets of others that are named by what fits, with their owners.
pub(super) async fn of_others(
    tx: &mut Tx,
    collection: &str,
    filter: Document,
    actor: UserId,
) -> Outcome<Vec<(BudgetId, UserId)>> {
    let mut found = Vec::new();
    for id in budgets_in(tx, collection, filter).await? {
        let owner = budgets::whoevers(tx, id).await?.map(|budget| budget.user_id);
        found.extend(owner.filter(|owner| *owner != actor).map(|owner| (id, owner)));
    }
    Ok(found)
}

async fn hand_on_rows(tx: &mut Tx, actor: UserId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let rows = doc! { "userId": oid(actor.0), "budgetId": { "$ne": null } };
    for (budget, owner) in of_others(tx, tables.expenses.name(), rows, actor).await? {
        lock_budget(tx, budget).await?;
        let handed = doc! {
            "$set": { "userId": oid(owner.0) },
            "$unset": { "accountId": "", "importId": "", "seriesId": "", "slot": "", "pairing": "" },
            "$inc": { "version": 1_i64 },
        };
        let its_rows = doc! { "userId": oid(actor.0), "budgetId": oid(budget.0) };
        tx.session.update_all(&tables.expenses, its_rows, handed).await?;
    }
    Ok(())
}

/// What they have put into the trash, others have.
async fn forget_deleter(tx: &mut Tx, actor: UserId) -> Outcome<()> {
    let tables = Arc::clone(&tx.tables);
    let rows = tables.expenses.clone_with_type::<Entered>();
    let by_them = doc! { "deletedBy": oid(actor.0), "userId": { "$ne": oid(actor.0) } };
    let found = tx.session.all(&rows, by_them, <_>::default()).await?;
    let statement = |row: &Entered| doc! { "q": { "_id": row.id }, "u": { "$set": { "deletedBy": row.user_id } } };
    let statements: Vec<Document> = found.iter().map(statement).collect();
    tx.session.update_each(&tables.database, tables.expenses.name(), &statements).await
}
