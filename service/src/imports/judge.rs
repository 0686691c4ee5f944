//! Which rows of a file are known already. Pure: the preview and the commit inside the store use the same rule.
use crate::ports::store::{Print, Verdict};
use domain::{
    Date,
    expense::read_dedupe_key,
    ids::AccountId,
    recurrence::{DAYS_OFF, Seen},
};
use jiff::Span;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A row of a file as it is compared.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Its account, if it is one that exists.
    pub account_id: Option<AccountId>,
    /// The bank's id of it.
    pub external_id: Option<&'a str>,
    /// See [`domain::expense::dedupe_key`].
    pub dedupe_key: &'a str,
    /// Its merchant as printed.
    pub merchant: Option<&'a str>,
}

/// What becomes of each row, in file order. Counts are compared, not mere presence: of three equal coffees in a file
/// two are duplicates when the store has two, and none when it has none.
///
/// 1. A row with a bank id is a duplicate of a stored row with the same account, bank id, date, amount and merchant.
/// 2. A row without one is a duplicate of any stored row with the same key in its account that came from a file.
/// 3. A stored row entered by hand with the same key is absorbed.
/// 4. So is one that a series has made, by the bank's row that is like it ([`domain::recurrence::Likeness`]): the nearest first,
///    each once.
pub fn judge(rows: &[Candidate<'_>], existing: &[Print]) -> Vec<Verdict> {
    let mut by_bank: HashMap<(Option<AccountId>, &str, &str), Vec<&Print>> = HashMap::new();
    let mut by_key: HashMap<(Option<AccountId>, &str), Vec<&Print>> = HashMap::new();
    let mut by_hand: HashMap<&str, Vec<&Print>> = HashMap::new();
    // Taken from the end: reversed, so that the oldest twin is used first.
    for print in existing.iter().rev() {
        match (&print.import_id, &print.external_id) {
            (None, None) => by_hand.entry(&print.dedupe_key).or_default().push(print),
            (_, Some(external)) => {
                by_bank.entry((print.account_id, external, &print.dedupe_key)).or_default().push(print);
                by_key.entry((print.account_id, &print.dedupe_key)).or_default().push(print);
            }
            (Some(_), None) => by_key.entry((print.account_id, &print.dedupe_key)).or_default().push(print),
        }
    }
    let mut verdicts: Vec<Verdict> = rows
        .iter()
        .map(|row| {
            let known = match row.external_id {
                Some(external) => by_bank.get_mut(&(row.account_id, external, row.dedupe_key)),
                None => by_key.get_mut(&(row.account_id, row.dedupe_key)),
            };
            if known.and_then(Vec::pop).is_some() {
                return Verdict::Duplicate;
            }
            let twins = by_hand.get_mut(row.dedupe_key);
            let fits = |print: &&Print| print.account_id.is_none() || print.account_id == row.account_id;
            match twins.and_then(|twins| twins.iter().rposition(fits).map(|at| twins.remove(at))) {
                Some(twin) => Verdict::Absorbed(twin.id),
                None => Verdict::New,
            }
        })
        .collect();
    meet(rows, existing, &mut verdicts);
    verdicts
}

/// The first and the last day on which a stored row may stand that one of these days' rows is.
pub fn around((first, last): (Date, Date)) -> (Date, Date) {
    let days = Span::new().days(DAYS_OFF);
    (first.saturating_sub(days), last.saturating_add(days))
}

/// Rows that seem new and are payments that a series has made ahead.
fn meet(rows: &[Candidate<'_>], existing: &[Print], verdicts: &mut [Verdict]) {
    let mut taken: HashSet<usize> = HashSet::new();
    let mut made: BTreeMap<Date, Vec<(usize, i64)>> = BTreeMap::new();
    for (index, print) in existing.iter().enumerate() {
        if print.made.is_some()
            && !verdicts.contains(&Verdict::Absorbed(print.id))
            && let Some((date, signed, ..)) = read_dedupe_key(&print.dedupe_key)
        {
            made.entry(date).or_default().push((index, signed));
        }
    }
    if made.is_empty() {
        return;
    }
    // By how far they are apart, in days and then in amount.
    let mut pairs: Vec<(i32, u64, usize, usize)> = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(at, _)| verdicts[*at] == Verdict::New) {
        let Some((date, signed, currency, merchant_key)) = read_dedupe_key(row.dedupe_key) else { continue };
        let seen = Seen { date, signed, currency, merchant_key, printed: row.merchant };
        let (first, last) = around((date, date));
        for (due, index, expected) in made
            .range(first..=last)
            .flat_map(|(due, all)| all.iter().map(move |(index, signed)| (*due, *index, *signed)))
        {
            let print = &existing[index];
            let fits = print.account_id.is_none() || print.account_id == row.account_id;
            let off = print.made.as_ref().filter(|_| fits).and_then(|made| made.days_off(due, &seen));
            pairs.extend(off.map(|off| (off, signed.abs_diff(expected), at, index)));
        }
    }
    pairs.sort_unstable();
    for (_, _, at, index) in pairs {
        if verdicts[at] == Verdict::New && taken.insert(index) {
            verdicts[at] = Verdict::Absorbed(existing[index].id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{ExpenseId, ImportId};

    fn print(n: u8, external: Option<&str>, key: &str, by_hand: bool) -> Print {
        Print {
            id: ExpenseId([n; 12]),
            account_id: (!by_hand).then_some(AccountId([1; 12])),
            external_id: external.map(str::to_owned),
            dedupe_key: key.to_owned(),
            import_id: (!by_hand).then_some(ImportId([9; 12])),
            made: None,
        }
    }

    fn row<'a>(external: Option<&'a str>, key: &'a str) -> Candidate<'a> {
        Candidate { account_id: Some(AccountId([1; 12])), external_id: external, dedupe_key: key, merchant: None }
    }

    #[test]
    fn two_equal_coffees_are_both_real() {
        assert_eq!(judge(&[row(None, "a"), row(None, "a")], &[]), [Verdict::New, Verdict::New]);
    }

    #[test]
    fn counts_are_compared() {
        let known = [print(1, None, "a", false), print(2, None, "a", false)];
        let verdicts = judge(&[row(None, "a"), row(None, "a"), row(None, "a")], &known);
        assert_eq!(verdicts, [Verdict::Duplicate, Verdict::Duplicate, Verdict::New]);
    }

    #[test]
    fn a_bank_id_counts_together_with_its_account() {
        let known = [print(1, Some("7"), "a", false)];
        assert_eq!(judge(&[row(Some("7"), "a")], &known), [Verdict::Duplicate]);
        assert_eq!(judge(&[row(Some("8"), "a")], &known), [Verdict::New]);
        let elsewhere = Candidate { account_id: Some(AccountId([2; 12])), ..row(Some("7"), "a") };
        assert_eq!(judge(&[elsewhere], &known), [Verdict::New]);
    }

    #[test]
    fn a_row_by_hand_is_absorbed_once() {
        let known = [print(1, None, "a", true)];
        let verdicts = judge(&[row(Some("7"), "a"), row(Some("8"), "a")], &known);
        assert_eq!(verdicts, [Verdict::Absorbed(ExpenseId([1; 12])), Verdict::New]);
    }
}
