//! A payment that a series has made ahead, and its bank row: one row, as the bank has it; and the way back.
use super::Absorbed;
use domain::{
    Date,
    expense::{BaseAmount, Expense, Split, Status},
    ids::AccountId,
    money::{Money, div_round},
    recurrence::scaled,
};
use serde::{Deserialize, Serialize};

/// What a bank's row changed in one that a series had made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Met {
    before: Side,
    after: Side,
}

/// What of it may be another's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Side {
    #[serde(with = "domain::wire::date")]
    date: Date,
    amount: Money,
    base: Option<BaseAmount>,
    splits: Vec<Split>,
    status: Status,
}

impl Side {
    fn of(row: &Expense) -> Self {
        Self {
            date: row.date,
            amount: row.amount,
            base: row.base.clone(),
            splits: row.splits.clone(),
            status: row.status,
        }
    }
}

/// The made row takes over what the bank says: day, amount, account, id; it counts from now on.
pub(super) fn meet(own: &mut Expense, account: Option<AccountId>, row: &Expense) -> Absorbed {
    let before = Side::of(own);
    let account_before = own.account_id;
    own.account_id = account.or(own.account_id);
    own.external_id.clone_from(&row.external_id);
    own.import_id = row.import_id;
    own.dedupe_key.clone_from(&row.dedupe_key);
    own.date = row.date;
    if own.status != Status::Reconciled {
        own.status = Status::Cleared;
    }
    let base_currency = |base: &Option<BaseAmount>| base.as_ref().map(|base| base.amount.currency());
    if own.amount != row.amount {
        own.splits = scaled(&own.splits, row.amount.minor());
    }
    own.base = if own.budget_id == row.budget_id || base_currency(&own.base) == base_currency(&row.base) {
        row.base.clone()
    } else {
        in_proportion(own.base.take(), own.amount, row.amount)
    };
    own.amount = row.amount;
    own.derive();
    let met = Met { before, after: Side::of(own) };
    Absorbed {
        expense: own.id,
        account_before,
        account_after: own.account_id,
        external_after: own.external_id.clone(),
        met: Some(Box::new(met)),
    }
}

/// The row is again as its series had made it, as far as nobody has changed that since.
pub(super) fn part(own: &mut Expense, absorbed: &Absorbed, met: &Met) {
    let Met { before, after } = met;
    if own.account_id == absorbed.account_after {
        own.account_id = absorbed.account_before;
    }
    if own.external_id == absorbed.external_after {
        own.external_id = None;
    }
    own.import_id = None;
    if own.status == after.status {
        own.status = before.status;
    }
    let (same_day, same_money) = (own.date == after.date, own.amount == after.amount && own.splits == after.splits);
    let same_base = own.base == after.base;
    if same_day {
        own.date = before.date;
    }
    if same_money {
        let changed = own.amount;
        (own.amount, own.splits) = (before.amount, before.splits.clone());
        own.base = if same_base { before.base.clone() } else { in_proportion(own.base.take(), changed, before.amount) };
    }
    own.dedupe_key.clear();
    own.derive();
}

/// What another amount comes to by the same rate.
fn in_proportion(base: Option<BaseAmount>, from: Money, to: Money) -> Option<BaseAmount> {
    let base = base?;
    let exact = div_round(i128::from(base.amount.minor()) * i128::from(to.minor()), i128::from(from.minor().max(1)));
    let amount = Money::new(i64::try_from(exact).ok()?, base.amount.currency());
    Some(BaseAmount { amount, ..base })
}
