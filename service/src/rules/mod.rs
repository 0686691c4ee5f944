//! Rules that file expenses: kept, tried on the rows that are there, applied to them, and offered after an edit.
mod apply;
mod judge;
mod review;

pub use apply::{Preview, apply, create, preview};
pub(crate) use judge::{Judge, said_by};
pub use judge::{Proposal, proposal};
pub use review::{Group, Review, file_group, review};

use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::{replayed, write},
    ports::rules::MOST_RULES,
};
use domain::{
    expense::Expense,
    filter::{Filter, LIMIT_MAX, Query},
    ids::{ExpenseId, RuleId},
    input::Value,
    merchant::clean,
    problem::Problem,
    rule::{self, Conditions, Rule, Rules, Suggestion},
    words,
};

/// All of the actor's: the one that comes first in an order decides.
pub async fn list(services: &Services, actor: &Actor) -> Result<Vec<Rule>> {
    let mut rules = services.store.rules(actor.user.id).await?;
    rules.sort_by(Rule::order);
    Ok(rules)
}

/// One rule.
pub async fn get(services: &Services, actor: &Actor, id: RuleId) -> Result<Rule> {
    services.store.rule(actor.user.id, id).await?.ok_or(Error::NotFound)
}

/// Changes a rule; conditions and actions are replaced as a whole. Rows that it has filed stay as they are.
pub async fn update(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: RuleId,
    input: &Value,
) -> Result<Rule> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut rule = get(services, actor, id).await?;
    let change = rule::read_change(input)?;
    if change.version != rule.version {
        return Err(Error::StaleVersion { current: rule.version });
    }
    change.apply(&mut rule);
    check(services, actor, &rule.conditions, None).await?;
    rule.version += 1;
    rule.updated_at = services.now();
    let rule = services.store.update_rule(&write(services, actor, key), &rule).await?;
    services.user_changed(actor).await;
    Ok(rule)
}

/// For good. Rows that it has filed stay as they are.
pub async fn delete(services: &Services, actor: &Actor, key: Option<Idempotency>, id: RuleId) -> Result<()> {
    services.store.delete_rule(&write(services, actor, key), id).await?;
    services.user_changed(actor).await;
    Ok(())
}

/// The rule that an edit of a row's category suggests; nothing happens before somebody says yes.
pub async fn suggest(
    services: &Services,
    actor: &Actor,
    before: &Expense,
    after: &Expense,
) -> Result<Option<Suggestion>> {
    let filed = |row: &Expense| (row.category, row.subcategory.clone());
    let Some(merchant) = before.merchant.as_deref().filter(|_| filed(before) != filed(after)) else { return Ok(None) };
    let rules = services.store.rules(actor.user.id).await?;
    if rules.len() >= MOST_RULES {
        return Ok(None);
    }
    // The words of its own name are in each print of a shop.
    let filter = Filter { words: words::query(&clean(merchant).name), ..Filter::default() };
    let query = Query { filter, limit: LIMIT_MAX, ..Query::default() };
    let mut others = services.store.expenses(actor.user.id, &query).await?.items;
    others.retain(|row| row.user_id == actor.user.id);
    Ok(rule::learn(before, after, &others, &Rules::new(rules)))
}

/// What a rule names is the actor's.
async fn check(
    services: &Services,
    actor: &Actor,
    conditions: &Conditions,
    learned_from: Option<ExpenseId>,
) -> Result<()> {
    let (store, user) = (&services.store, actor.user.id);
    let missing = |field: &str| Err(Error::field(field, Problem::NotFound));
    if let Some(id) = conditions.account_id
        && store.account(user, id).await?.is_none()
    {
        return missing("conditions.accountId");
    }
    if let Some(id) = conditions.import_id
        && store.import(user, id).await?.is_none()
    {
        return missing("conditions.importId");
    }
    if let Some(id) = learned_from
        && store.expense(user, id).await?.is_none()
    {
        return missing("learnedFrom");
    }
    Ok(())
}
