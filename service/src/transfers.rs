//! Transfers with two legs: entered at once, or made of two rows that are there; parted again; and what may be one.
use crate::{
    Actor, Error, Idempotency, Result, Services,
    budgets::{replayed, write},
    expenses::{self, check_account},
    ports::store::Written,
};
use domain::{
    expense::{Expense, Kind, Pairing, likely, may_join},
    ids::{AccountId, ExpenseId},
    input::{self, Change, Reader, Value},
    problem::{Problem, Problems},
};
use jiff::Span;
use std::collections::BTreeMap;

/// The field of a body that names where the money goes.
const TO: &str = "toAccountId";
/// So many days back pairs are looked for.
const DAYS: i64 = 100;
/// Among so many rows, the newest.
const ROWS: u32 = 5_000;
/// So many pairs are proposed at once.
const PROPOSED: usize = 20;

/// Both legs.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// Where the money goes from.
    pub from: Expense,
    /// Where it comes in.
    pub to: Expense,
}

/// What the body of an expense says of the account that the money goes to, taken out of it.
pub(crate) struct Target {
    /// The rest of the body.
    pub rest: Value,
    to: std::result::Result<Change<Option<AccountId>>, Problems>,
}

impl Target {
    /// Takes it out.
    pub fn of(body: &Value) -> Self {
        let Value::Object(fields) = body else { return Self { rest: body.clone(), to: Ok(Change::Keep) } };
        let (mine, rest): (Vec<_>, Vec<_>) = fields.iter().cloned().partition(|(name, _)| name == TO);
        let mine = Value::Object(mine);
        let mut reader = Reader::new(&mine);
        let to = reader.change_optional(TO, input::id);
        Self { rest: Value::Object(rest), to: reader.finish().map(|()| to) }
    }

    /// What was read of the rest, with all that is wrong at once.
    pub fn checked<T>(&self, read: Result<T>) -> Result<T> {
        match (read, &self.to) {
            (Ok(_), Err(wrong)) => Err(Error::Validation(wrong.clone())),
            (Err(Error::Validation(mut problems)), Err(wrong)) => {
                problems.0.extend(wrong.0.clone());
                Err(Error::Validation(problems))
            }
            (read, _) => read,
        }
    }

    /// The account, if one is named; `alone`: nothing is said of a series, which makes single rows.
    pub fn account(&self, row: &Expense, alone: bool) -> Result<Option<AccountId>> {
        let to = match self.to {
            Ok(Change::Set(Some(to))) => to,
            Ok(Change::Set(None)) if row.leg().is_some() => return Err(Error::field(TO, Problem::Required)),
            _ => return Ok(None),
        };
        let incoming = row.leg().is_some_and(|leg| leg.incoming);
        let problem = if row.kind != Kind::Transfer || !alone || (incoming && row.account_id != Some(to)) {
            Some((TO, Problem::MustBeEmpty))
        } else if row.account_id.is_none() {
            Some(("accountId", Problem::Required))
        } else if row.account_id == Some(to) && !incoming {
            Some((TO, Problem::NoPair))
        } else {
            None
        };
        match problem {
            Some((field, problem)) => Err(Error::field(field, problem)),
            None => Ok(Some(to).filter(|_| !incoming)),
        }
    }
}

/// The account that is named is the actor's.
async fn check(services: &Services, actor: &Actor, to: AccountId) -> Result<()> {
    match check_account(services, actor, Some(to)).await {
        Err(Error::Validation(_)) => Err(Error::field(TO, Problem::NotFound)),
        other => other,
    }
}

/// A new transfer: `row` leaves its account and reaches that one.
pub(crate) async fn enter(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    mut row: Expense,
    to: AccountId,
) -> Result<Expense> {
    check(services, actor, to).await?;
    let other = ExpenseId(services.random.id(row.updated_at));
    row.join(other, false);
    let legs = [row.clone(), row.mirrored(other, to)];
    let kept = services.store.keep_transfer(&write(services, actor, key), &legs).await?;
    first(services, actor, kept, [None, None]).await
}

/// A changed transfer (`before`, `row` with its next version), whose money goes to that account from now on.
pub(crate) async fn redirect(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    before: &Expense,
    mut row: Expense,
    to: AccountId,
) -> Result<Expense> {
    check(services, actor, to).await?;
    let other = match row.leg() {
        None => {
            let other = ExpenseId(services.random.id(row.updated_at));
            row.join(other, false);
            row.mirrored(other, to)
        }
        Some(leg) => {
            let other = expenses::get(services, actor, leg.other).await?;
            let mut next = other.follow(before, &row).unwrap_or_else(|| other.clone());
            (next.account_id, next.version, next.updated_at) = (Some(to), other.version + 1, row.updated_at);
            next.derive();
            next
        }
    };
    let places = [before.budget_id, other.budget_id];
    let kept = services.store.keep_transfer(&write(services, actor, key), &[row, other]).await?;
    first(services, actor, kept, places).await
}

async fn first(
    services: &Services,
    actor: &Actor,
    kept: Written,
    before: [Option<domain::ids::BudgetId>; 2],
) -> Result<Expense> {
    for (leg, before) in kept.expenses.iter().zip(before) {
        services.expense_changed(actor, leg, before).await;
    }
    kept.expenses.into_iter().next().ok_or_else(|| Error::Internal("a transfer without legs".to_owned()))
}

/// Two rows are one transfer. `input`: `{otherId, version?, otherVersion?}`.
pub async fn join(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: ExpenseId,
    input: &Value,
) -> Result<Transfer> {
    let mut reader = Reader::new(input);
    let other = reader.required("otherId", input::id);
    let versions = ["version", "otherVersion"].map(|name| reader.optional(name, |it| input::integer(it, 1, i64::MAX)));
    reader.finish()?;
    let other = other.ok_or(Error::NotFound)?;
    if let Some(done) = replayed::<Written>(services, actor, key.as_ref()).await? {
        return both(done);
    }
    let one = expenses::living(services, actor, id).await?;
    let other = match expenses::living(services, actor, other).await {
        Err(Error::NotFound) => return Err(Error::field("otherId", Problem::NotFound)),
        other => other?,
    };
    let stale =
        [&one, &other].into_iter().zip(versions).find(|(row, version)| version.is_some_and(|v| v != row.version));
    if let Some((row, _)) = stale {
        return Err(Error::StaleVersion { current: row.version });
    }
    let fits = one.user_id == other.user_id
        && may_join(&one)
        && may_join(&other)
        && one.account_id != other.account_id
        && one.amount == other.amount
        && (one.signed_minor() < 0) != (other.signed_minor() < 0);
    if !fits {
        return Err(Error::field("otherId", Problem::NoPair));
    }
    let (mut from, mut to) = if one.signed_minor() < 0 { (one, other) } else { (other, one) };
    let (from_id, to_id) = (from.id, to.id);
    from.join(to_id, false);
    to.join(from_id, true);
    let mut legs = [from, to];
    let write = write(services, actor, key);
    for leg in &mut legs {
        (leg.version, leg.updated_at) = (leg.version + 1, write.now);
    }
    let kept = services.store.keep_transfer(&write, &legs).await?;
    told(services, actor, kept).await
}

/// A transfer is two rows again: money out, and money in.
pub async fn part(services: &Services, actor: &Actor, key: Option<Idempotency>, id: ExpenseId) -> Result<Transfer> {
    if let Some(done) = replayed::<Written>(services, actor, key.as_ref()).await? {
        return both(done);
    }
    let one = expenses::living(services, actor, id).await?;
    let leg = one.leg().ok_or(Error::NotFound)?;
    let other = expenses::living(services, actor, leg.other).await?;
    let mut legs = if leg.incoming { [other, one] } else { [one, other] };
    let write = write(services, actor, key);
    for leg in &mut legs {
        leg.part();
        (leg.version, leg.updated_at) = (leg.version + 1, write.now);
    }
    let kept = services.store.keep_transfer(&write, &legs).await?;
    told(services, actor, kept).await
}

/// A row is no transfer: it isn't proposed any more.
pub async fn refuse(services: &Services, actor: &Actor, key: Option<Idempotency>, id: ExpenseId) -> Result<Expense> {
    if let Some(done) = replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let mut row = expenses::living(services, actor, id).await?;
    if row.leg().is_some() {
        return Err(Error::field("id", Problem::NoPair));
    }
    row.pairing = Some(Pairing::Refused);
    (row.version, row.updated_at) = (row.version + 1, services.now());
    expenses::save(services, actor, key, &row, row.budget_id).await
}

/// Pairs of rows that are likely transfers, and of which nobody has said so or not: the newest first.
pub async fn proposals(services: &Services, actor: &Actor) -> Result<Vec<Transfer>> {
    let since = services.today(actor).saturating_sub(Span::new().days(DAYS));
    let mut pairs = likely(&services.store.unpaired(actor.user.id, since, ROWS).await?);
    pairs.truncate(PROPOSED);
    let ids: Vec<ExpenseId> = pairs.iter().flat_map(|(from, to)| [from.id, to.id]).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = services.store.some_expenses(actor.user.id, &ids).await?;
    let mut rows: BTreeMap<ExpenseId, Expense> = rows.into_iter().map(|row| (row.id, row)).collect();
    // One may have been thrown away at this moment.
    let whole = |(from, to): &(domain::expense::Moved, domain::expense::Moved)| {
        Some(Transfer { from: rows.remove(&from.id)?, to: rows.remove(&to.id)? })
    };
    Ok(pairs.iter().filter_map(whole).collect())
}

/// The other legs of those rows, as far as the actor may see them: for whoever shows where the money went.
pub async fn others(services: &Services, actor: &Actor, rows: &[Expense]) -> Result<BTreeMap<ExpenseId, Expense>> {
    let ids: Vec<ExpenseId> = rows.iter().filter_map(|row| row.leg().map(|leg| leg.other)).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = services.store.some_expenses(actor.user.id, &ids).await?;
    Ok(found.into_iter().map(|row| (row.id, row)).collect())
}

async fn told(services: &Services, actor: &Actor, kept: Written) -> Result<Transfer> {
    for leg in &kept.expenses {
        services.expense_changed(actor, leg, leg.budget_id).await;
    }
    both(kept)
}

fn both(kept: Written) -> Result<Transfer> {
    match <[Expense; 2]>::try_from(kept.expenses) {
        Ok([from, to]) => Ok(Transfer { from, to }),
        Err(_) => Err(Error::Internal("a transfer without legs".to_owned())),
    }
}
