//! What the budgets of a household should be: rows, plans, months, members and what was done, in the plainest way that says it.
//! It knows no versions, no fingerprints and no totals that are kept.
use super::judge::Did;
use domain::{
    allocation::{Allocations, BasisPoints, STANDARD},
    budget::Rollover,
    category::{COUNT, Category},
    ids::{ActivityId, MoveId},
    period::Month,
    role::Role,
};
use std::collections::BTreeMap;

/// People and budgets by their numbers.
pub const PEOPLE: usize = 4;
pub const HOMES: usize = 2;
/// So many seconds something can be taken back.
pub const UNDOABLE: u64 = 30 * 86_400;
/// So many seconds an invitation counts.
const INVITED: u64 = 14 * 86_400;

/// What a row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub owner: usize,
    pub home: Option<usize>,
    pub cents: i64,
    pub category: Option<Category>,
    pub month: Month,
    pub deleted: bool,
}

/// What a plan says, besides the month from which it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub income: i64,
    pub flat: bool,
    pub food: Rollover,
}

impl Plan {
    pub const FIRST: Self = Self { income: 300_000, flat: false, food: Rollover::Both };

    pub fn shares(self) -> [BasisPoints; COUNT] {
        if self.flat { [BasisPoints(1_000); COUNT] } else { STANDARD }
    }

    pub fn amount(self, category: Category) -> i64 {
        Allocations::from_percentages(&self.shares(), self.income).unwrap().amounts()[category.index()]
    }

    /// Housing carries what is left, all else nothing.
    pub fn rollover(self, category: Category) -> Rollover {
        match category {
            Category::Food => self.food,
            Category::Housing => Rollover::Surplus,
            _ => Rollover::None,
        }
    }
}

/// Money that was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    pub id: MoveId,
    pub from: Category,
    pub to: Category,
    pub cents: i64,
}

/// What is kept of a month.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub moves: Vec<Moved>,
    pub planned: Option<i64>,
}

/// An invitation that waits.
#[derive(Debug, Clone, Copy)]
pub struct Invite {
    pub role: Role,
    pub by: usize,
    pub at: u64,
}

/// A budget.
#[derive(Debug, Clone)]
pub struct Home {
    pub roles: BTreeMap<usize, Role>,
    pub invites: BTreeMap<usize, Invite>,
    /// Each version, and from when it counts.
    pub plans: Vec<(Plan, Month)>,
    pub months: BTreeMap<Month, Kept>,
}

/// Something that was done.
#[derive(Debug, Clone)]
pub struct Act {
    pub id: ActivityId,
    pub by: usize,
    pub did: Did,
    pub at: u64,
    pub undone: bool,
}

/// All of it.
#[derive(Debug, Clone)]
pub struct Model {
    pub homes: [Home; HOMES],
    pub rows: Vec<Row>,
    pub acts: Vec<Act>,
    /// Seconds since the beginning.
    pub now: u64,
    pub month: Month,
    /// Whether it counts one cent too much: to see that this is found out.
    pub is_wrong: bool,
}

impl Model {
    /// The first two people have a budget each.
    pub fn new(month: Month) -> Self {
        let home = |owner| Home {
            roles: BTreeMap::from([(owner, Role::Owner)]),
            invites: BTreeMap::new(),
            plans: vec![(Plan::FIRST, month)],
            months: BTreeMap::new(),
        };
        Self { homes: [home(0), home(1)], rows: Vec::new(), acts: Vec::new(), now: 0, month, is_wrong: false }
    }

    pub fn role(&self, who: usize, home: usize) -> Option<Role> {
        self.homes[home].roles.get(&who).copied()
    }

    pub fn sees(&self, who: usize, row: &Row) -> bool {
        row.home.map_or(row.owner == who, |home| self.role(who, home).is_some())
    }

    /// The invitation that waits for somebody.
    pub fn invite(&self, who: usize, home: usize) -> Option<Invite> {
        self.homes[home].invites.get(&who).copied().filter(|invite| self.now < invite.at + INVITED)
    }

    /// The plan that counts in a month.
    pub fn plan(&self, home: usize, month: Month) -> Plan {
        let plans = &self.homes[home].plans;
        plans.iter().rev().find(|(_, from)| *from <= month).unwrap_or(&plans[0]).0
    }

    pub fn moves(&self, home: usize, month: Month) -> &[Moved] {
        self.homes[home].months.get(&month).map_or(&[], |kept| &kept.moves)
    }

    pub fn moved(&self, home: usize, month: Month, category: Category) -> i64 {
        let signed = |one: &Moved| match category {
            of if of == one.to => one.cents,
            of if of == one.from => -one.cents,
            _ => 0,
        };
        self.moves(home, month).iter().map(signed).sum()
    }

    fn living(&self, home: usize) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |row| row.home == Some(home) && !row.deleted)
    }

    pub fn spent(&self, home: usize, month: Month, category: Option<Category>) -> i64 {
        let rows = self.living(home).filter(|row| row.month == month && row.category == category);
        let sum = rows.map(|row| row.cents).sum();
        if self.is_wrong && sum > 0 { sum + 1 } else { sum }
    }

    /// The first month that has anything: a plan, a move, money spent.
    fn begin(&self, home: usize) -> Month {
        let spent = self.living(home).filter(|row| row.category.is_some()).map(|row| row.month);
        let moving = self.homes[home].months.iter().filter(|(_, kept)| !kept.moves.is_empty()).map(|(month, _)| *month);
        let planned = self.homes[home].plans.iter().map(|(_, from)| *from);
        spent.chain(moving).chain(planned).min().unwrap()
    }

    pub fn carried(&self, home: usize, month: Month, category: Category) -> i64 {
        if month <= self.begin(home) {
            return 0;
        }
        let left = || self.left(home, month.previous(), category);
        match self.plan(home, month).rollover(category) {
            Rollover::None => 0,
            Rollover::Surplus => left().max(0),
            Rollover::Both => left(),
        }
    }

    /// What a category has left.
    pub fn left(&self, home: usize, month: Month, category: Category) -> i64 {
        self.plan(home, month).amount(category)
            + self.moved(home, month, category)
            + self.carried(home, month, category)
            - self.spent(home, month, Some(category))
    }

    /// The most that can be moved: what is left, or what came the other way.
    pub fn can_give(&self, home: usize, month: Month, from: Category, to: Category) -> i64 {
        let between = |from, to| {
            let moves = self.moves(home, month).iter().filter(move |one| one.from == from && one.to == to);
            moves.map(|one| one.cents).sum::<i64>()
        };
        self.left(home, month, from).max(between(to, from) - between(from, to)).max(0)
    }

    /// Whether somebody is told of something.
    pub fn is_told(&self, who: usize, act: &Act) -> bool {
        let (home, other) = act.did.places();
        let has_part = |home: Option<usize>| home.is_some_and(|home| self.role(who, home).is_some());
        if home.is_none() { act.by == who } else { has_part(home) || has_part(other) }
    }

    /// Whether they are told all of it: both places, where it went from one to the other.
    pub fn is_told_all(&self, who: usize, act: &Act) -> bool {
        let Did::Row { before: Some(before), after, .. } = &act.did else { return true };
        let sees = |home: Option<usize>| home.map_or(act.by == who, |home| self.role(who, home).is_some());
        before.home == after.home || (sees(before.home) && sees(after.home))
    }
}
