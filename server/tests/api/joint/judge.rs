//! What should come of a step: the status that it is answered with, or what it does to the model.
use super::{
    model::{Act, Model, Moved, Plan, Row, UNDOABLE},
    steps::Step,
};
use domain::{period::Month, role::Role};

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Did {
    Row { row: usize, before: Option<Row>, after: Row },
    Plan { home: usize, before: Plan, after: Plan },
    Month { home: usize, month: Month, came: Vec<Moved>, gone: Vec<Moved>, planned: [Option<i64>; 2] },
    Role { home: usize, who: usize, before: Role, after: Role },
    Invited { home: usize, who: usize, role: Role },
    Joined { home: usize, who: usize },
    Out { home: usize, who: usize },
    Owner { home: usize, who: usize },
}

impl Did {
    /// The budgets in whose feeds it stands.
    pub fn places(&self) -> (Option<usize>, Option<usize>) {
        match self {
            Self::Row { before, after, .. } => {
                let left = before.as_ref().and_then(|before| before.home).filter(|left| Some(*left) != after.home);
                (after.home.or(left), left.filter(|_| after.home.is_some()))
            }
            Self::Plan { home, .. }
            | Self::Month { home, .. }
            | Self::Role { home, .. }
            | Self::Invited { home, .. }
            | Self::Joined { home, .. }
            | Self::Out { home, .. }
            | Self::Owner { home, .. } => (Some(*home), None),
        }
    }

    /// Whether it changes anything that is told.
    pub fn is_news(&self) -> bool {
        match self {
            Self::Row { before, after, .. } => before.as_ref() != Some(after),
            Self::Plan { before, after, .. } => before != after,
            Self::Month { came, gone, planned: [before, after], .. } => {
                !came.is_empty() || !gone.is_empty() || before != after
            }
            Self::Role { before, after, .. } => before != after,
            _ => true,
        }
    }

    fn threw_away(&self) -> Option<usize> {
        match self {
            Self::Row { row, before: Some(before), after } if after.deleted && !before.deleted => Some(*row),
            _ => None,
        }
    }

    fn took_out(&self) -> Option<usize> {
        match self {
            Self::Row { row, before: Some(before), after } if before.deleted && !after.deleted => Some(*row),
            _ => None,
        }
    }
}

type Judged = Result<Did, u16>;

const STALE: u16 = 409;
const INVALID: u16 = 400;

impl Model {
    /// At least that, else why not.
    fn needs(&self, who: usize, home: usize, role: Role) -> Result<(), u16> {
        match self.role(who, home) {
            None => Err(404),
            Some(own) if own < role => Err(403),
            Some(_) => Ok(()),
        }
    }

    /// The row, if somebody may write it.
    fn writable(&self, who: usize, row: usize) -> Result<&Row, u16> {
        let row = &self.rows[row];
        match row.home {
            _ if !self.sees(who, row) => Err(404),
            Some(home) => self.needs(who, home, Role::Edit).map(|()| row),
            None => Ok(row),
        }
    }

    /// A row may come to stand there.
    fn may_come(&self, who: usize, row: &Row, from: Option<usize>) -> Result<(), u16> {
        let Some(home) = row.home else { return if row.owner == who { Ok(()) } else { Err(INVALID) } };
        self.needs(who, home, Role::Edit).map_err(|why| if why == 404 { INVALID } else { why })?;
        let homeless = from != row.home && self.role(row.owner, home).is_none();
        if homeless { Err(INVALID) } else { Ok(()) }
    }

    /// What should come of a step of somebody.
    pub fn judge(&self, who: usize, step: &Step) -> Judged {
        match step {
            Step::Add { home, cents, category, month } => {
                let after =
                    Row { owner: who, home: *home, cents: *cents, category: *category, month: *month, deleted: false };
                self.may_come(who, &after, *home)?;
                Ok(Did::Row { row: self.rows.len(), before: None, after })
            }
            Step::Change { row, cents, category } => self.change(who, *row, |row| {
                (row.cents, row.category) = (*cents, *category);
            }),
            Step::Take { row, home } => self.change(who, *row, |row| row.home = *home),
            Step::Delete { row } => self.change(who, *row, |row| row.deleted = true),
            Step::Restore { row } => {
                let before = self.writable(who, *row)?.clone();
                if !before.deleted {
                    return Err(STALE);
                }
                let after = Row { deleted: false, ..before.clone() };
                Ok(Did::Row { row: *row, before: Some(before), after })
            }
            Step::Edit { home, plan } => {
                self.needs(who, *home, Role::Edit)?;
                Ok(Did::Plan { home: *home, before: self.newest(*home), after: *plan })
            }
            Step::GoBack { home, version } => {
                self.needs(who, *home, Role::Edit)?;
                let (after, _) = *self.homes[*home].plans.get(*version).ok_or(INVALID)?;
                Ok(Did::Plan { home: *home, before: self.newest(*home), after })
            }
            Step::Move { home, month, made } => {
                self.needs(who, *home, Role::Edit)?;
                if made.cents > self.can_give(*home, *month, made.from, made.to) {
                    return Err(INVALID);
                }
                Ok(self.month(*home, *month, vec![*made], Vec::new(), self.planned(*home, *month)))
            }
            Step::Planned { home, month, cents } => {
                self.needs(who, *home, Role::Edit)?;
                Ok(self.month(*home, *month, Vec::new(), Vec::new(), *cents))
            }
            Step::Undo { act } => self.undo(who, &self.acts[*act]),
            _ => self.judge_members(who, step),
        }
    }

    fn change(&self, who: usize, row: usize, change: impl FnOnce(&mut Row)) -> Judged {
        let before = self.writable(who, row)?.clone();
        if before.deleted {
            return Err(404);
        }
        let mut after = before.clone();
        change(&mut after);
        self.may_come(who, &after, before.home)?;
        Ok(Did::Row { row, before: Some(before), after })
    }

    pub fn newest(&self, home: usize) -> Plan {
        self.homes[home].plans.last().unwrap().0
    }

    fn planned(&self, home: usize, month: Month) -> Option<i64> {
        self.homes[home].months.get(&month).and_then(|kept| kept.planned)
    }

    fn month(&self, home: usize, month: Month, came: Vec<Moved>, gone: Vec<Moved>, plan: Option<i64>) -> Did {
        Did::Month { home, month, came, gone, planned: [self.planned(home, month), plan] }
    }

    fn judge_members(&self, who: usize, step: &Step) -> Judged {
        match *step {
            Step::Invite { home, whom, role } => {
                self.needs(who, home, Role::Admin)?;
                if self.role(whom, home).is_some() || self.invite(whom, home).is_some() {
                    return Err(STALE);
                }
                Ok(Did::Invited { home, who: whom, role })
            }
            Step::Accept { home } if self.invite(who, home).is_none() => Err(404),
            Step::Accept { home } if self.role(who, home).is_some() => Err(STALE),
            Step::Accept { home } => Ok(Did::Joined { home, who }),
            Step::GiveRole { home, whom, role } => {
                let before = self.may_change(who, home, whom, who == whom && role.is_none())?;
                match role {
                    Some(after) => Ok(Did::Role { home, who: whom, before, after }),
                    None => Ok(Did::Out { home, who: whom }),
                }
            }
            Step::HandOver { home, to } => {
                self.needs(who, home, Role::Owner)?;
                if to == who || self.role(to, home).is_none() {
                    return Err(INVALID);
                }
                Ok(Did::Owner { home, who: to })
            }
            _ => Err(500),
        }
    }

    /// The role of a member whom somebody may change; everybody may leave but the owner.
    fn may_change(&self, who: usize, home: usize, whom: usize, leaves: bool) -> Result<Role, u16> {
        let own = self.role(who, home).ok_or(404_u16)?;
        match self.role(whom, home) {
            Some(Role::Owner) if own == Role::Owner => Err(STALE),
            Some(Role::Owner) => Err(403),
            Some(role) if leaves || own >= Role::Admin => Ok(role),
            None if own >= Role::Admin => Err(INVALID),
            _ => Err(403),
        }
    }

    fn undo(&self, who: usize, act: &Act) -> Judged {
        if !self.is_told(who, act) {
            return Err(404);
        }
        if matches!(act.did, Did::Owner { .. }) {
            return Err(STALE);
        }
        if !self.is_told_all(who, act) {
            return Err(403);
        }
        if act.undone || self.now - act.at >= UNDOABLE {
            return Err(STALE);
        }
        match &act.did {
            Did::Row { row, before, after } => self.undo_row(who, *row, before.as_ref(), after),
            Did::Plan { home, before, after } => {
                self.needs(who, *home, Role::Edit)?;
                let now = self.newest(*home);
                if now == *after { Ok(Did::Plan { home: *home, before: now, after: *before }) } else { Err(STALE) }
            }
            Did::Month { home, month, came, gone, planned: [before, after] } => {
                self.needs(who, *home, Role::Edit)?;
                let now = self.homes[*home].months.get(month).and_then(|kept| kept.planned);
                let there = |one: &Moved| self.moves(*home, *month).contains(one);
                let has_money = |one: &Moved| one.cents <= self.can_give(*home, *month, one.from, one.to);
                let touched = before != after && now != *after;
                if touched || !came.iter().all(there) || gone.iter().any(|one| there(one) || !has_money(one)) {
                    return Err(STALE);
                }
                let planned = if before == after { now } else { *before };
                Ok(self.month(*home, *month, gone.clone(), came.clone(), planned))
            }
            Did::Role { home, who: whom, before, after } => {
                self.needs(who, *home, Role::Admin)?;
                if self.role(*whom, *home) != Some(*after) {
                    return Err(STALE);
                }
                Ok(Did::Role { home: *home, who: *whom, before: *after, after: *before })
            }
            _ => Err(STALE),
        }
    }

    fn undo_row(&self, who: usize, row: usize, before: Option<&Row>, after: &Row) -> Judged {
        let now = self.writable(who, row)?;
        if now != after {
            return Err(STALE);
        }
        // What was added, and what came out of the trash, goes into it.
        let next = match before.filter(|before| !before.deleted) {
            Some(before) => before.clone(),
            None => Row { deleted: true, ..now.clone() },
        };
        if !next.deleted && !now.deleted {
            self.may_come(who, &next, now.home).map_err(|why| if why == INVALID { STALE } else { why })?;
        }
        Ok(Did::Row { row, before: Some(now.clone()), after: next })
    }

    /// Does it.
    pub fn apply(&mut self, by: usize, did: &Did) {
        match did {
            Did::Row { row, after, .. } if *row == self.rows.len() => self.rows.push(after.clone()),
            Did::Row { row, after, .. } => self.rows[*row] = after.clone(),
            Did::Plan { home, after, .. } => self.homes[*home].plans.push((*after, self.month)),
            Did::Month { home, month, came, gone, planned: [_, planned] } => {
                let kept = self.homes[*home].months.entry(*month).or_default();
                kept.moves.retain(|one| !gone.contains(one));
                kept.moves.extend(came);
                kept.planned = *planned;
            }
            Did::Role { home, who, after, .. } => {
                self.homes[*home].roles.insert(*who, *after);
                self.judge_invites_of(*home, *who);
            }
            Did::Invited { home, who, role } => {
                let invite = super::model::Invite { role: *role, by, at: self.now };
                self.homes[*home].invites.insert(*who, invite);
            }
            Did::Joined { home, who } => {
                let home = &mut self.homes[*home];
                let invite = home.invites.remove(who).unwrap();
                home.roles.insert(*who, invite.role);
            }
            Did::Out { home, who } => {
                self.homes[*home].roles.remove(who);
                self.judge_invites_of(*home, *who);
            }
            Did::Owner { home, who } => {
                self.homes[*home].roles.insert(by, Role::Admin);
                self.homes[*home].roles.insert(*who, Role::Owner);
            }
        }
    }

    /// Who is no admin any more has invited nobody.
    fn judge_invites_of(&mut self, home: usize, who: usize) {
        let home = &mut self.homes[home];
        if home.roles.get(&who).is_none_or(|role| *role < Role::Admin) {
            home.invites.retain(|_, invite| invite.by != who);
        }
    }

    /// It is told. `undid`: what it took back. What comes out of the trash is no longer thrown away.
    pub fn tell(&mut self, act: Act, undid: Option<usize>) {
        let ended = undid.or_else(|| {
            let row = act.did.took_out()?;
            self.acts.iter().rposition(|act| act.did.threw_away() == Some(row) && !act.undone)
        });
        if let Some(ended) = ended {
            self.acts[ended].undone = true;
        }
        self.acts.push(act);
    }
}
