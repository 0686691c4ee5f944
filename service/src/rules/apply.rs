//! A rule and the rows that are there already: what it would do with them, and done.
use super::check;
use crate::{
    Actor, Idempotency, Result, Services,
    budgets::{replayed, write},
    ports::rules::{Filed, Filing, Hits, MOST_FILED},
};
use domain::{
    expense::{Expense, TAGS_MAX},
    filter::{Cursor, LIMIT_MAX, Query},
    ids::{BudgetId, RuleId},
    input::{self, Reader, Value},
    problem::Problems,
    role::Role,
    rule::{self, NewRule, Prints, Rule, Rules, is_by_hand},
};
use std::collections::BTreeSet;

/// Rows that a preview shows.
const SAMPLE: usize = 20;
/// What is said besides the rule.
const BESIDES: [&str; 2] = ["apply", "overwrite"];

/// What a rule would do with the rows that are there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    /// Rows for which it holds.
    pub matched: u32,
    /// Those that it would change.
    pub changes: u32,
    /// Those that the person has filed otherwise by hand, and that stay so unless they are asked for, too.
    pub kept: u32,
    /// The newest of those that it would change: before and after.
    pub sample: Vec<(Expense, Expense)>,
}

/// How a rule is applied.
#[derive(Debug, Clone, Copy, Default)]
struct How {
    apply: bool,
    overwrite: bool,
}

/// The rule's own fields, and what is said besides; all that is wrong at once.
fn read_all(input: &Value) -> std::result::Result<(NewRule, How), Problems> {
    let (besides, own): (Vec<_>, Vec<_>) = match input {
        Value::Object(fields) => fields.iter().cloned().partition(|(name, _)| BESIDES.contains(&name.as_str())),
        _ => return rule::read_new(input).map(|new| (new, How::default())),
    };
    match (rule::read_new(&Value::Object(own)), how(&Value::Object(besides))) {
        (Ok(new), Ok(how)) => Ok((new, how)),
        (Err(mut problems), Err(more)) => {
            problems.0.extend(more.0);
            Err(problems)
        }
        (Err(problems), _) | (_, Err(problems)) => Err(problems),
    }
}

fn how(input: &Value) -> std::result::Result<How, Problems> {
    let mut reader = Reader::new(input);
    let apply = reader.optional("apply", input::boolean).unwrap_or(false);
    let overwrite = reader.optional("overwrite", input::boolean).unwrap_or(false);
    reader.finish()?;
    Ok(How { apply, overwrite })
}

/// A new rule; with `apply: true` the rows that are there are filed by it in the same transaction, and with
/// `overwrite: true` those, too, that the person has filed otherwise.
pub async fn create(services: &Services, actor: &Actor, key: Option<Idempotency>, input: &Value) -> Result<Filed> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let (rule, how) = read(services, actor, input).await?;
    let found = if how.apply { tried(services, actor, &rule, how.overwrite).await? } else { Found::default() };
    finish(services, actor, key, found, Some(rule)).await
}

/// What a rule would do with the rows that are there, before it is kept; in the place of another where it is a change.
pub async fn preview(services: &Services, actor: &Actor, input: &Value, instead_of: Option<RuleId>) -> Result<Preview> {
    let (rule, how) = read(services, actor, input).await?;
    let rule = Rule { id: instead_of.unwrap_or(rule.id), ..rule };
    Ok(tried(services, actor, &rule, how.overwrite).await?.preview)
}

/// Files the rows that are there by a rule. `input`: overwrite?
pub async fn apply(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: RuleId,
    input: &Value,
) -> Result<Filed> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let rule = super::get(services, actor, id).await?;
    let mut reader = Reader::new(input);
    let overwrite = reader.optional("overwrite", input::boolean).unwrap_or(false);
    reader.finish()?;
    let found = tried(services, actor, &rule, overwrite).await?;
    finish(services, actor, key, Found { hits: Some(id), ..found }, None).await
}

async fn read(services: &Services, actor: &Actor, input: &Value) -> Result<(Rule, How)> {
    let (new, how) = read_all(input)?;
    check(services, actor, &new.conditions, new.learned_from).await?;
    let now = services.now();
    Ok((new.into_rule(RuleId(services.random.id(now)), actor.user.id, now), how))
}

/// What was found among the rows that are there.
#[derive(Default)]
struct Found {
    preview: Preview,
    rows: Vec<Expense>,
    hits: Option<RuleId>,
}

/// Writes what was found.
async fn finish(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    found: Found,
    mut rule: Option<Rule>,
) -> Result<Filed> {
    let more = i64::try_from(found.rows.len()).unwrap_or(i64::MAX);
    let hits = found.hits.map(|rule| Hits { rule, more }).into_iter().collect();
    if let Some(rule) = &mut rule {
        rule.hits = more;
    }
    file(services, actor, key, Filing { rule, rows: found.rows, hits }).await
}

/// Writes many rows, and says so.
pub(super) async fn file(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    filing: Filing,
) -> Result<Filed> {
    let filed = services.store.file_expenses(&write(services, actor, key), &filing).await?;
    // None of them has moved.
    services.expenses_changed(actor, &filing.rows, &filing.rows).await;
    if filing.rule.is_some() {
        services.user_changed(actor).await;
    }
    Ok(filed)
}

/// Tries a rule, beside the others, on the rows that the actor has entered and may change; the newest first.
async fn tried(services: &Services, actor: &Actor, rule: &Rule, overwrite: bool) -> Result<Found> {
    let mut all = services.store.rules(actor.user.id).await?;
    all.retain(|other| other.id != rule.id);
    all.push(rule.clone());
    let (all, alone) = (Rules::new(all), Rules::new(vec![rule.clone()]));
    let (mut found, mut prints, now) = (Found::default(), Prints::default(), services.now());
    own_rows(services, actor, Query::default(), |row| {
        let subject = prints.subject(&row);
        if alone.holding(&subject).next().is_none() {
            return;
        }
        found.preview.matched += 1;
        let effect = all.effect(&subject);
        let files = effect.category.filter(|(_, by)| *by == rule.id && row.splits.is_empty());
        let mut next = row.clone();
        if let Some((category, _)) = files
            && (row.category, &row.subcategory) != (Some(category), &effect.subcategory)
        {
            if row.category.is_some() && is_by_hand(&row) && !overwrite {
                found.preview.kept += 1;
                return;
            }
            (next.category, next.subcategory) = (Some(category), effect.subcategory);
        }
        if rule.actions.rename.is_some() && effect.rename == rule.actions.rename {
            next.merchant = effect.rename;
        }
        let new_tags = rule.actions.tags.iter().filter(|tag| !row.tags.contains(tag)).cloned();
        next.tags.extend(new_tags.take(TAGS_MAX.saturating_sub(row.tags.len())));
        if next == row || found.rows.len() >= MOST_FILED {
            return;
        }
        next.derive();
        (next.version, next.updated_at) = (row.version + 1, now);
        found.preview.changes += 1;
        if found.preview.sample.len() < SAMPLE {
            found.preview.sample.push((row, next.clone()));
        }
        found.rows.push(next);
    })
    .await?;
    Ok(found)
}

/// Each row that the actor has entered, and may change: private, or of a budget that they edit.
pub(super) async fn own_rows(
    services: &Services,
    actor: &Actor,
    query: Query,
    mut each: impl FnMut(Expense) + Send,
) -> Result<()> {
    let budgets = services.store.budgets(actor.user.id).await?;
    let editable: BTreeSet<BudgetId> =
        budgets.into_iter().filter(|(_, role)| *role >= Role::Edit).map(|(budget, _)| budget.id).collect();
    let mut query = Query { limit: LIMIT_MAX, ..query };
    loop {
        let page = services.store.expenses(actor.user.id, &query).await?;
        let next = page.items.last().filter(|_| page.more).map(|last| Cursor::after(last, query.sort));
        let mine = page.items.into_iter().filter(|row| row.user_id == actor.user.id);
        mine.filter(|row| row.budget_id.is_none_or(|budget| editable.contains(&budget))).for_each(&mut each);
        if next.is_none() {
            return Ok(());
        }
        query.cursor = next;
    }
}
