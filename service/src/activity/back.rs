//! The way back of what a household does together: moves and incomes of a month, and roles.
//!
//! Moves are things of their own: to take one back takes out that one, whatever was moved since, for money may always go back
//! where it came from. An income is what was said last. Both ask for the month's version, and begin anew when another change
//! came in between.
use super::{
    together::{COPIED, MOVES, PLANNED, RECEIVED, read, role_change},
    undo::Step,
};
use crate::{
    Error, Result, budgets,
    error::Conflict,
    months::{self, Figures, TRIES},
    ports::{activity::FieldChange, store::Write},
};
use domain::{
    analysis::Analysis,
    budget::Budget,
    category::Category,
    currency::Currency,
    ids::BudgetId,
    months::{MonthEntry, Move, NewMove},
    period::Month,
    role::Role,
    sharing::MemberChange,
};

impl Step<'_> {
    /// A month as it was before.
    pub(super) async fn month(&self, write: &Write, id: BudgetId, month: Month) -> Result<(Budget, MonthEntry)> {
        let Self { services, actor, .. } = *self;
        let budget = budgets::get_as(services, actor, id, Role::Edit).await?;
        for tries in 0.. {
            let Figures { mut entry, analysis, .. } = months::figures(services, actor, &budget, month).await?;
            let fields = &self.change.fields;
            let touched = put_back(&mut entry, &analysis, fields, budget.plan.currency);
            if !touched.is_empty() && (!self.untouched || touched.len() == fields.len()) {
                return Err(self.newer(touched.into_iter().map(str::to_owned).collect()).await);
            }
            entry.version += 1;
            match services.store.keep_month(write, &entry).await {
                Err(Error::StaleVersion { .. }) if tries < TRIES => {}
                kept => {
                    let kept = kept?;
                    services.budget_changed(actor, &budget).await;
                    return Ok((budget, kept));
                }
            }
        }
        Err(Error::Internal("a loop without an end has ended".to_owned()))
    }

    /// The role that a member had before. Judged by what the actor may do now.
    pub(super) async fn member(&self, write: &Write) -> Result<Budget> {
        let Self { services, actor, told, .. } = *self;
        let not_undoable = || Error::Conflict(Conflict::NotUndoable);
        let (user, to, from) = role_change(told).ok_or_else(not_undoable)?;
        let id = told.budget_id.ok_or_else(not_undoable)?;
        budgets::get_as(services, actor, id, Role::Admin).await?;
        match services.store.change_member(write, id, user, MemberChange::Back { from, to }).await {
            Ok(budget) => {
                services.told_members(actor, &budget, &[user]).await;
                Ok(budget)
            }
            Err(Error::Conflict(Conflict::NewerChange(touched))) => Err(self.newer(touched).await),
            Err(other) => Err(other),
        }
    }
}

/// Puts back what is as the change left it. The names of what isn't.
fn put_back(
    entry: &mut MonthEntry,
    analysis: &Analysis,
    fields: &[FieldChange],
    currency: Currency,
) -> Vec<&'static str> {
    let mut touched = Vec::new();
    for FieldChange { name, before, after } in fields {
        let done = match name.as_str() {
            MOVES => put_moves_back(entry, analysis, (read(after), read(before)), currency).ok_or(MOVES),
            PLANNED => set_back(&mut entry.planned_income, read(before), read(after)).ok_or(PLANNED),
            RECEIVED => set_back(&mut entry.received_income, read(before), read(after)).ok_or(RECEIVED),
            COPIED => set_back(&mut entry.copied_from, read(before), read(after)).ok_or(COPIED),
            _ => Ok(()),
        };
        touched.extend(done.err());
    }
    touched
}

/// None: it is another one by now.
fn set_back<T: PartialEq>(now: &mut T, before: Option<T>, after: Option<T>) -> Option<()> {
    let (before, after) = before.zip(after)?;
    (*now == after).then(|| *now = before)
}

/// `came` go and `gone` come again, all or none: none where one that came is not there any more, one that is gone is there,
/// or its category has not so much left.
fn put_moves_back(
    entry: &mut MonthEntry,
    analysis: &Analysis,
    (came, gone): (Option<Vec<Move>>, Option<Vec<Move>>),
    currency: Currency,
) -> Option<()> {
    let (came, gone) = came.zip(gone)?;
    let mut next = entry.clone();
    let mut remaining = Category::ALL.map(|category| analysis.line(category).remaining);
    let mut book = |one: &Move, sign: i64| {
        remaining[one.from.index()] -= sign * one.amount;
        remaining[one.to.index()] += sign * one.amount;
        remaining
    };
    for one in &came {
        let place = next.moves.iter().position(|there| there.id == one.id)?;
        next.moves.remove(place);
        book(one, -1);
    }
    for one in &gone {
        let wish = NewMove { month: entry.month, from: one.from, to: one.to, amount: one.amount };
        let left = book(one, 1)[one.from.index()].saturating_add(one.amount);
        let is_there = next.moves.iter().any(|there| there.id == one.id);
        if is_there || wish.check(&next, left, currency).is_err() {
            return None;
        }
        next.moves.push(*one);
    }
    next.moves.sort_by_key(|one| (one.at, one.id));
    *entry = next;
    Some(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
    use super::*;
    use crate::{activity::together::of_month, testing::builders as make};
    use domain::{ids::MoveId, months::Brought};

    fn analysis(budget: &Budget, entry: &MonthEntry) -> Analysis {
        let period = entry.month.period(budget.month_start_day);
        let brought = Brought { moved: entry.moved(), ..Brought::default() };
        domain::analysis::analyse(&budget.plan, entry.month, period, &[], period.start, &brought)
    }

    fn changed(entry: &MonthEntry, change: impl FnOnce(&mut MonthEntry)) -> MonthEntry {
        let mut next = MonthEntry { version: entry.version + 1, ..entry.clone() };
        change(&mut next);
        next
    }

    #[test]
    fn a_move_goes_back_whatever_came_after_it() {
        let ada = make::person(1).user.id;
        let budget = make::budget(ada, 1);
        let first = make::month_entry(ada, budget.id, 1);
        let write = make::write(ada, 9);
        let told = of_month(&write, &budget, None, &first).unwrap().unwrap();
        let one = first.moves[0];
        let later = changed(&first, |entry| {
            entry.moves.push(Move { id: MoveId(make::id(8)), from: one.to, to: Category::Savings, ..one });
        });
        let mut back = later.clone();
        let fields = &told.changes[0].fields;
        let none: Vec<&str> = Vec::new();
        assert_eq!(put_back(&mut back, &analysis(&budget, &later), fields, budget.plan.currency), none);
        assert_eq!((back.moves.len(), back.moves[0].id, back.planned_income), (1, MoveId(make::id(8)), None));
        // A second time there is nothing to take out, and the income is another one.
        let again = put_back(&mut back.clone(), &analysis(&budget, &back), fields, budget.plan.currency);
        assert_eq!(again, [MOVES, PLANNED]);
        // Forward again: as far as there is money for it.
        let told = of_month(&write, &budget, Some(&later), &back).unwrap().unwrap();
        let mut forth = back.clone();
        let fields = &told.changes[0].fields;
        assert_eq!(put_back(&mut forth, &analysis(&budget, &back), fields, budget.plan.currency), none);
        assert_eq!((&forth.moves, forth.planned_income), (&later.moves, later.planned_income));
        let poor = changed(&back, |entry| {
            let all = analysis(&budget, &back).line(one.from).remaining;
            entry.moves.push(Move { id: MoveId(make::id(9)), amount: all, ..one });
        });
        let touched = put_back(&mut poor.clone(), &analysis(&budget, &poor), fields, budget.plan.currency);
        assert_eq!(touched, [MOVES]);
    }
}
