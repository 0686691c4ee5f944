//! Transfers: one leg leaves an account, the other reaches another; together they move money and spend nothing.
use super::{Expense, Kind};
use crate::{
    Date,
    currency::Currency,
    ids::{AccountId, ExpenseId},
    money::{Money, div_round},
    period::days_between,
};
use serde::{Deserialize, Serialize};

/// Two bank rows that are one transfer are so many days apart at most.
pub const DAYS_APART: i32 = 3;

/// How a row belongs to a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pairing {
    /// It is one of two legs.
    Leg(Leg),
    /// Somebody said of it that it is none: it isn't proposed again.
    Refused,
}

/// One of two legs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The other one.
    pub other: ExpenseId,
    /// Whether the money comes in here.
    pub incoming: bool,
}

impl Expense {
    /// Which leg of a transfer it is, if it is one.
    pub fn leg(&self) -> Option<Leg> {
        match self.pairing {
            Some(Pairing::Leg(leg)) => Some(leg),
            _ => None,
        }
    }

    /// The id of the transfer: that of the leg from which the money goes.
    pub fn transfer_id(&self) -> Option<ExpenseId> {
        self.leg().map(|leg| if leg.incoming { leg.other } else { self.id })
    }

    /// It is that leg from now on: a transfer, which has no category.
    pub fn join(&mut self, other: ExpenseId, incoming: bool) {
        self.pairing = Some(Pairing::Leg(Leg { other, incoming }));
        self.kind = Kind::Transfer;
        (self.category, self.subcategory) = (None, None);
        self.splits.clear();
        self.derive();
    }

    /// It stands by itself again: money that came in or went out.
    pub fn part(&mut self) {
        let Some(leg) = self.leg() else { return };
        self.kind = if leg.incoming { Kind::Income } else { Kind::Expense };
        self.pairing = None;
        self.derive();
    }

    /// The other leg of a transfer out of this row, into that account: the same money on the same day.
    #[must_use]
    pub fn mirrored(&self, id: ExpenseId, account: AccountId) -> Self {
        let mut other = Self {
            id,
            account_id: Some(account),
            version: 1,
            created_at: self.updated_at,
            import_id: None,
            external_id: None,
            dedupe_key: String::new(),
            recurring: None,
            ..self.clone()
        };
        other.join(self.id, !self.leg().is_some_and(|leg| leg.incoming));
        other
    }

    /// This leg after the other went from `before` to `after`: amount and day go along where they were the same, and so does
    /// the trash. None where nothing changes.
    pub fn follow(&self, before: &Self, after: &Self) -> Option<Self> {
        let mut next = self.clone();
        if after.leg().is_none() {
            next.part();
        } else {
            if self.amount == before.amount && after.amount != before.amount {
                next.amount = after.amount;
                next.base = next.base.take().and_then(|base| {
                    let (from, to) = (i128::from(before.amount.minor().max(1)), i128::from(after.amount.minor()));
                    let minor = i64::try_from(div_round(i128::from(base.amount.minor()) * to, from)).ok()?;
                    Some(super::BaseAmount { amount: Money::new(minor, base.amount.currency()), ..base })
                });
                let same = |row: &Self| row.base.as_ref().map(|base| base.amount.currency());
                if same(self) == same(after) || after.amount.currency() != before.amount.currency() {
                    next.base.clone_from(&after.base);
                }
            }
            if self.date == before.date {
                next.date = after.date;
            }
            if after.deleted_at.is_some() != before.deleted_at.is_some() {
                (next.deleted_at, next.deleted_by) = (after.deleted_at, after.deleted_by);
            }
        }
        next.derive();
        (next != *self).then_some(next)
    }
}

/// A row as it is compared with others that may be its other leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub id: ExpenseId,
    /// Where.
    pub account_id: AccountId,
    /// Minor units, money out below zero.
    pub signed: i64,
    /// Of the amount.
    pub currency: Currency,
    /// When.
    pub date: Date,
}

/// Pairs that are likely transfers: the same amount goes out of one account and comes into another, a few days apart. The
/// nearest first, each row once; the newest pairs come first.
pub fn likely(rows: &[Moved]) -> Vec<(Moved, Moved)> {
    use std::collections::{BTreeMap, BTreeSet};
    let mut incoming: BTreeMap<(Currency, i64), Vec<&Moved>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.signed > 0) {
        incoming.entry((row.currency, row.signed)).or_default().push(row);
    }
    let mut pairs: Vec<(i32, &Moved, &Moved)> = Vec::new();
    for out in rows.iter().filter(|row| row.signed < 0) {
        for into in incoming.get(&(out.currency, -out.signed)).into_iter().flatten().copied() {
            let apart = days_between(out.date, into.date).abs();
            if apart <= DAYS_APART && into.account_id != out.account_id {
                pairs.push((apart, out, into));
            }
        }
    }
    pairs.sort_by_key(|(apart, out, into)| (*apart, out.id, into.id));
    let mut taken = BTreeSet::new();
    pairs.retain(|(_, out, into)| {
        let free = !taken.contains(&out.id) && !taken.contains(&into.id);
        if free {
            taken.extend([out.id, into.id]);
        }
        free
    });
    let mut found: Vec<(Moved, Moved)> = pairs.into_iter().map(|(_, out, into)| (*out, *into)).collect();
    found.sort_by_key(|(out, _)| (std::cmp::Reverse(out.date), out.id));
    found
}

/// Whether a row may be a leg of a transfer that is made of rows that are there.
pub fn may_join(row: &Expense) -> bool {
    row.leg().is_none() && row.deleted_at.is_none() && row.account_id.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn moved(n: u8, account: u8, signed: i64, day: i8) -> Moved {
        let (id, account_id) = (ExpenseId([n; 12]), AccountId([account; 12]));
        Moved { id, account_id, signed, currency: Currency::EUR, date: date(2026, 11, day) }
    }

    #[test]
    fn the_nearest_are_likely_and_each_once() {
        let rows = [
            moved(1, 1, -500, 10),
            moved(2, 2, 500, 13),
            moved(3, 2, 500, 11),
            moved(4, 1, 500, 10),
            moved(5, 1, -500, 20),
            moved(6, 2, 500, 24),
            moved(7, 1, -501, 11),
        ];
        let found: Vec<_> = likely(&rows).into_iter().map(|(out, into)| (out.id.0[0], into.id.0[0])).collect();
        assert_eq!(found, [(1, 3)], "the same amount, elsewhere, three days apart at most");
        let both = [moved(1, 1, -500, 10), moved(2, 2, 500, 10), moved(3, 1, -500, 12), moved(4, 2, 500, 12)];
        let found: Vec<_> = likely(&both).into_iter().map(|(out, into)| (out.id.0[0], into.id.0[0])).collect();
        assert_eq!(found, [(3, 4), (1, 2)]);
    }
}
