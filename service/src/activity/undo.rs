//! Taking something back: one stored inverse for each activity, applied with the rights and the version check of the
//! change that it is, and told in the timeline like any other. To take back an undo is to do the thing again.
use super::{
    content::{api_name, fingerprint, put_back},
    has_way_back, is_open,
    places::is_narrowed,
};
use crate::{
    Actor, Error, Idempotency, Result, Services, budgets,
    error::Conflict,
    expenses, imports,
    ports::{
        activity::{Activity, ActivityKind, ActivityQuery, EntityChange, Feed, Subject, Trace, Undoes},
        store::{Import, ImportStatus, Write},
    },
};
use domain::{
    allocation::Allocations,
    budget::Budget,
    expense::Expense,
    ids::{ActivityId, BudgetId, ExpenseId, ImportId},
    months::MonthEntry,
    period::Month,
    role::Role,
    version::VersionOrigin,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

mod many;

/// How far back the last change is looked for.
const RECENT: u32 = 200;

/// What was taken back, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Undone {
    /// What tells of the taking back.
    pub activity: Activity,
    /// The thing as it is now.
    pub entity: Entity,
}

/// A thing that a timeline tells of.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names are the documentation")]
pub enum Entity {
    Budget(Box<Budget>),
    Expense(Box<Expense>),
    Import(Box<Import>),
    /// With the budget that it is a month of.
    Month(Box<Budget>, Box<MonthEntry>),
    Expenses(Vec<Expense>),
}

/// Takes something back. `untouched`: where somebody has changed it since, only the fields that are still as it left them.
pub async fn undo(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: ActivityId,
    untouched: bool,
) -> Result<Undone> {
    let told = services.store.activity(actor.user.id, id).await?.ok_or(Error::NotFound)?;
    if is_narrowed(&told) {
        return Err(Error::Forbidden);
    }
    let [change] = told.changes.as_slice() else { return many::undo(services, actor, key, &told, untouched).await };
    if let Some(done) = again(services, actor, key.as_ref(), &told, change).await? {
        return Ok(done);
    }
    if told.undone_by.is_some() {
        return Err(Error::Conflict(Conflict::AlreadyUndone));
    }
    if !is_open(&told, services.now()) {
        let late = has_way_back(&told);
        return Err(Error::Conflict(if late { Conflict::UndoTooLate } else { Conflict::NotUndoable }));
    }
    let mut write = budgets::write(services, actor, key);
    let undoes = Some(Undoes { id, backward: !told.backward });
    write.trace = Trace { undoes, ..write.trace };
    let step = Step { services, actor, told: &told, change, untouched };
    let taken = match change.subject {
        Subject::Expense(id) => step.expense(&write, id).await.map(|row| Entity::Expense(Box::new(row))),
        Subject::Budget(id) => step.budget(&write, id).await.map(|budget| Entity::Budget(Box::new(budget))),
        Subject::Import(id) => step.import(&write, id).await.map(|import| Entity::Import(Box::new(import))),
        Subject::Month(id, month) => {
            let kept = step.month(&write, id, month).await;
            kept.map(|(budget, entry)| Entity::Month(Box::new(budget), Box::new(entry)))
        }
        Subject::Member(_) => step.member(&write).await.map(|budget| Entity::Budget(Box::new(budget))),
        Subject::Invite(_) | Subject::Recurring(_) => Err(Error::Conflict(Conflict::NotUndoable)),
    };
    let entity = match taken {
        // Somebody was faster, between the look and the write.
        Err(Error::StaleVersion { .. }) => return Err(step.newer(Vec::new()).await),
        other => other?,
    };
    let missing = || Error::Internal("what was taken back is not in the timeline".to_owned());
    let activity = services.store.activity(actor.user.id, write.trace.id).await?.ok_or_else(missing)?;
    Ok(Undone { activity, entity })
}

/// The actor's own last change that can be taken back (`redo`: the last undo), wherever it was.
pub async fn last_own(services: &Services, actor: &Actor, redo: bool) -> Result<Option<Activity>> {
    let newest = services.store.activities(actor.user.id, &ActivityQuery::newest(Feed::Own, RECENT)).await?;
    let now = services.now();
    Ok(newest.items.into_iter().find(|activity| activity.backward == redo && is_open(activity, now)))
}

/// Takes back the actor's own last change (`redo`: their last undo), wherever it was. None: there is none.
pub async fn undo_last(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    redo: bool,
) -> Result<Option<Undone>> {
    if let Some(kept) = replayed::<Value>(services, actor, key.as_ref()).await? {
        // Asked again under the same key: what came of it then. It is of the thing that the kept answer tells of.
        let newest = services.store.activities(actor.user.id, &ActivityQuery::newest(Feed::Own, RECENT)).await?;
        let is_it = |told: &Activity| {
            // A role that was taken back answers with its budget.
            let named = |subject: Subject| match subject {
                Subject::Member(_) => told.budget_id.map(|budget| budget.to_string()),
                other => Some(ExpenseId(other.id()).to_string()),
            };
            let wanted = id_of(&kept);
            wanted.is_some() && told.changes.iter().any(|change| named(change.subject).as_deref() == wanted)
        };
        let Some(told) = newest.items.iter().filter(|told| is_it(told)).find_map(|told| told.undoes) else {
            return Ok(None);
        };
        return undo(services, actor, key, told, false).await.map(Some);
    }
    match last_own(services, actor, redo).await? {
        Some(last) => undo(services, actor, key, last.id, false).await.map(Some),
        None => Ok(None),
    }
}

/// Which thing the kept answer to an undo tells of, whatever it is: a month by its budget, many rows by the first.
fn id_of(kept: &Value) -> Option<&str> {
    let one = kept.get("id").or_else(|| kept.get("budgetId"));
    one.or_else(|| kept.get("expenses")?.get(0)?.get("id"))?.as_str()
}

/// What came of it when it was asked for before under the same key.
async fn again(
    services: &Services,
    actor: &Actor,
    key: Option<&Idempotency>,
    told: &Activity,
    change: &EntityChange,
) -> Result<Option<Undone>> {
    let (Some(_), Some(by)) = (key, told.undone_by) else { return Ok(None) };
    let entity = match change.subject {
        Subject::Expense(_) => replayed(services, actor, key).await?.map(|row| Entity::Expense(Box::new(row))),
        Subject::Budget(_) | Subject::Member(_) => {
            replayed(services, actor, key).await?.map(|budget| Entity::Budget(Box::new(budget)))
        }
        Subject::Month(id, _) => {
            let (budget, _) = budgets::get(services, actor, id).await?;
            replayed(services, actor, key).await?.map(|entry| Entity::Month(Box::new(budget), Box::new(entry)))
        }
        Subject::Invite(_) | Subject::Recurring(_) => None,
        Subject::Import(_) => replayed(services, actor, key).await?.map(|import| Entity::Import(Box::new(import))),
    };
    let activity = services.store.activity(actor.user.id, by).await?;
    Ok(entity.zip(activity).map(|(entity, activity)| Undone { activity, entity }))
}

async fn replayed<T: DeserializeOwned>(
    services: &Services,
    actor: &Actor,
    key: Option<&Idempotency>,
) -> Result<Option<T>> {
    budgets::replayed(services, actor, key).await
}

/// What can't be as it was any more has changed since: an account is gone, or who entered the row sees its budget no longer.
fn has_changed(error: Error) -> Error {
    match error {
        Error::Validation(problems) => Error::Conflict(Conflict::NewerChange(problems.0.into_keys().collect())),
        other => other,
    }
}

/// One thing on its way back.
pub(super) struct Step<'a> {
    pub(super) services: &'a Services,
    pub(super) actor: &'a Actor,
    pub(super) told: &'a Activity,
    pub(super) change: &'a EntityChange,
    pub(super) untouched: bool,
}

impl Step<'_> {
    async fn expense(&self, write: &Write, id: ExpenseId) -> Result<Expense> {
        let Self { services, actor, told, .. } = *self;
        let current = services.store.expense(actor.user.id, id).await?.ok_or(Error::NotFound)?;
        self.may_write(&current).await?;
        let in_trash = current.deleted_at.is_some();
        let mut next = match told.kind {
            ActivityKind::Changed if in_trash => return Err(self.newer(vec!["deletedAt".to_owned()]).await),
            ActivityKind::Changed => self.changed(&current, current.version, in_trash).await?,
            ActivityKind::Deleted => {
                self.require_same(&current, current.version, in_trash).await?;
                expenses::out_of_trash(services, actor, current.clone()).await?
            }
            _ => {
                self.require_same(&current, current.version, in_trash).await?;
                Expense { deleted_at: Some(write.now), ..current.clone() }
            }
        };
        if told.kind == ActivityKind::Changed {
            self.fit(&current, &mut next).await?;
        }
        (next.version, next.updated_at) = (current.version + 1, write.now);
        let next = services.store.update_expense(write, &next).await.map_err(has_changed)?;
        services.expense_changed(actor, &next, current.budget_id).await;
        Ok(next)
    }

    /// What the use-case of a change would ask for and work out, too.
    async fn fit(&self, current: &Expense, next: &mut Expense) -> Result<()> {
        let Self { services, actor, .. } = *self;
        let checked = next.check().map_err(Error::from);
        let currency = expenses::base_currency(services, actor, next.budget_id).await;
        // Another one's row keeps its account, which is no business of the actor's.
        let account = if next.account_id == current.account_id {
            Ok(())
        } else {
            expenses::check_account(services, actor, next.account_id).await
        };
        let currency = match (checked, account, currency) {
            (Ok(()), Ok(()), Ok(currency)) => currency,
            (Err(error), ..) | (_, Err(error), _) | (.., Err(error)) => return Err(has_changed(error)),
        };
        next.derive();
        if (next.budget_id, next.amount, next.date) != (current.budget_id, current.amount, current.date) {
            next.base = expenses::base_amount(next.amount, currency, next.date);
        }
        Ok(())
    }

    /// Rows of a budget are written by whoever may write there now, private ones by their owner.
    async fn may_write(&self, row: &Expense) -> Result<()> {
        let Self { services, actor, .. } = *self;
        let role = match row.budget_id {
            Some(budget) => services.store.budget(actor.user.id, budget).await?.map(|(_, role)| role),
            None => None,
        };
        match role {
            Some(role) => budgets::require(role, Role::Edit),
            // Private, or its budget is in the trash.
            None if row.user_id == actor.user.id => Ok(()),
            None => Err(Error::NotFound),
        }
    }

    async fn budget(&self, write: &Write, id: BudgetId) -> Result<Budget> {
        let Self { services, actor, told, .. } = *self;
        if told.kind == ActivityKind::Deleted {
            // The store says no where it isn't the owner's or not in the trash any more.
            let budget = services.store.set_budget_deleted(write, id, false).await?;
            services.budget_changed(actor, &budget).await;
            return Ok(budget);
        }
        let (current, role) = budgets::get(services, actor, id).await?;
        let budget = if told.kind == ActivityKind::Changed {
            budgets::require(role, Role::Edit)?;
            let mut next: Budget = self.changed(&current, current.version, false).await?;
            let (plan, shares) = (&next.plan, next.plan.allocations.percentages());
            if plan.allocations.amounts().iter().sum::<i64>() != plan.monthly_income {
                next.plan.allocations = Allocations::from_percentages(&shares, plan.monthly_income)
                    .map_err(|_| Error::Conflict(Conflict::NewerChange(vec!["allocations".to_owned()])))?;
            }
            next.plan.subcategories.fit(&next.plan.allocations);
            (next.version, next.updated_at) = (current.version + 1, write.now);
            next.plan.effective_from = Month::of(services.today(actor), next.month_start_day);
            services.store.update_budget(write, &next, &VersionOrigin::default()).await?
        } else {
            budgets::require(role, Role::Owner)?;
            self.require_same(&current, current.version, false).await?;
            services.store.set_budget_deleted(write, id, true).await?
        };
        services.budget_changed(actor, &budget).await;
        Ok(budget)
    }

    async fn import(&self, write: &Write, id: ImportId) -> Result<Import> {
        let Self { services, actor, .. } = *self;
        if imports::get(services, actor, id).await?.status != ImportStatus::Committed {
            return Err(Error::Conflict(Conflict::ImportNotCommitted));
        }
        let import = services.store.revert_import(write, id).await?;
        services.import_changed(actor, &import).await;
        Ok(import)
    }

    /// The thing with the old values, if nobody has changed it since; or only those that nobody has.
    async fn changed<T: Serialize + DeserializeOwned>(&self, current: &T, version: i64, in_trash: bool) -> Result<T> {
        let same = version == self.change.version_after || fingerprint(current, in_trash)? == self.change.left_as;
        let (next, touched) = put_back(current, &self.change.fields, self.untouched)?;
        let nothing = self.untouched && touched.len() == self.change.fields.len();
        if nothing || (!same && !self.untouched) {
            return Err(self.newer(touched).await);
        }
        Ok(next)
    }

    async fn require_same<T: Serialize>(&self, current: &T, version: i64, in_trash: bool) -> Result<()> {
        if version == self.change.version_after && (self.told.kind == ActivityKind::Deleted) == in_trash
            || fingerprint(current, in_trash)? == self.change.left_as
        {
            return Ok(());
        }
        Err(self.newer(Vec::new()).await)
    }

    /// It would overwrite something newer: with what was changed meanwhile, as far as that is known.
    pub(super) async fn newer(&self, touched: Vec<String>) -> Error {
        let Self { services, actor, told, .. } = *self;
        match services.store.activity(actor.user.id, told.id).await {
            Ok(Some(now)) if now.undone_by.is_some() => return Error::Conflict(Conflict::AlreadyUndone),
            Ok(_) => {}
            Err(error) => return error,
        }
        let named = |name: &str| api_name(self.change.subject, name).to_owned();
        if !touched.is_empty() {
            return Error::Conflict(Conflict::NewerChange(touched.iter().map(|name| named(name)).collect()));
        }
        let feed = told.budget_id.map_or(Feed::Own, Feed::Budget);
        let query = ActivityQuery { subject: Some(self.change.subject.id()), ..ActivityQuery::newest(feed, RECENT) };
        let mut names: Vec<String> = match services.store.activities(actor.user.id, &query).await {
            Ok(found) => found
                .items
                .iter()
                .take_while(|later| (later.at, later.id) > (told.at, told.id))
                .flat_map(|later| &later.changes)
                .filter(|change| change.subject == self.change.subject)
                .flat_map(|change| &change.fields)
                .map(|field| named(&field.name))
                .collect(),
            Err(_) => Vec::new(),
        };
        names.sort_unstable();
        names.dedup();
        Error::Conflict(Conflict::NewerChange(names))
    }
}
