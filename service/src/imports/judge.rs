//! Which rows of a file are known already. Pure: the preview and the commit inside the store use the same rule.
use crate::ports::store::{Print, Verdict};
use domain::ids::AccountId;
use std::collections::HashMap;

/// A row of a file as it is compared.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Its account, if it is one that exists.
    pub account_id: Option<AccountId>,
    /// The bank's id of it.
    pub external_id: Option<&'a str>,
    /// See [`domain::expense::dedupe_key`].
    pub dedupe_key: &'a str,
}

/// What becomes of each row, in file order. Counts are compared, not mere presence: of three equal coffees in a file
/// two are duplicates when the store has two, and none when it has none.
///
/// 1. A row with a bank id is a duplicate of a stored row with the same account, bank id, date, amount and merchant.
/// 2. A row without one is a duplicate of any stored row with the same key in its account that came from a file.
/// 3. A stored row entered by hand with the same key is absorbed.
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
    rows.iter()
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
        .collect()
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
        }
    }

    fn row<'a>(external: Option<&'a str>, key: &'a str) -> Candidate<'a> {
        Candidate { account_id: Some(AccountId([1; 12])), external_id: external, dedupe_key: key }
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
