//! What the words in the cells of a row say: pending, declined, a balance, money out or in.
use super::vocab::{Found, List, UNSETTLED};
use crate::import::{amount::Side, text::words};

/// Whether a transaction has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Booked,
    Pending,
    Cancelled,
}

/// What a word for the direction says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Side(Side),
    /// Counted neither as out nor as in.
    Neither,
}

/// What the word in a column of states says; anything unknown is booked.
pub(super) fn state(cell: &str) -> State {
    let found = Found::in_text(cell);
    if found.has(List::CANCELLED) {
        State::Cancelled
    } else if found.has(List::PENDING) {
        State::Pending
    } else {
        State::Booked
    }
}

/// Whether the text says of a listed transaction that it is not settled.
pub(super) fn is_unsettled(cell: &str) -> bool {
    UNSETTLED.split('|').any(|phrase| cell.contains(phrase.trim()))
}

/// Whether the word in a column of states says that the money is taken but not asked for yet.
pub(super) fn is_authorised(cell: &str) -> bool {
    Found::in_text(cell).has(List::AUTHORISED)
}

/// Whether the cell is nothing but the name of a balance or turnover.
pub(super) fn is_balance(cell: &str) -> bool {
    is_one_of(cell, &[List::BALANCES])
}

/// The same, or the name of a total. A shop may be called so: only for rows without a date.
pub(super) fn is_total(cell: &str) -> bool {
    is_one_of(cell, &[List::BALANCES, List::TOTALS])
}

/// The whole cell, but for dates and short words behind: `Closing balance 31/01/2026 EUR`.
fn is_one_of(cell: &str, lists: &[List]) -> bool {
    let is = |words: &str| {
        let found = Found::in_words(words);
        lists.iter().any(|list| found.is(*list))
    };
    let is_detail = |word: &str| word.len() <= 3 || word.bytes().all(|byte| byte.is_ascii_digit());
    let words = words(cell);
    let mut rest = words.as_str();
    loop {
        if is(rest) {
            return true;
        }
        match rest.rsplit_once(' ') {
            Some((shorter, last)) if is_detail(last) => rest = shorter,
            _ => return false,
        }
    }
}

/// What a word for the direction says. None: it is no such word.
pub(super) fn direction(cell: &str) -> Option<Direction> {
    match cell.trim() {
        "-" | "−" => return Some(Direction::Side(Side::Out)),
        "+" => return Some(Direction::Side(Side::In)),
        "/" => return Some(Direction::Neither),
        _ => {}
    }
    let found = Found::in_text(cell);
    if found.is(List::OUT) {
        Some(Direction::Side(Side::Out))
    } else if found.is(List::IN) {
        Some(Direction::Side(Side::In))
    } else {
        found.is(List::NEITHER).then_some(Direction::Neither)
    }
}

/// The same for kinds of movements, where a purchase is money out.
pub(super) fn direction_of_kind(cell: &str) -> Option<Side> {
    let found = Found::in_text(cell);
    if found.is(List::OUT) || found.has(List::SPENDING) {
        Some(Side::Out)
    } else {
        found.is(List::IN).then_some(Side::In)
    }
}

/// Whether the text says that the card was paid; true for words that current accounts have, too, only with `card`.
pub(super) fn is_payment_to_card(cell: &str, card: bool) -> bool {
    Found::in_text(cell).has(if card { List::PAID_TO_CARD } else { List::THANKS })
}

/// Whether a category is one of money in.
pub(super) fn is_income(category: &str) -> bool {
    let found = words(category);
    Found::in_words(&found).has(List::INCOME) && !found.split(' ').any(|word| word == "tax")
}

/// Whether the text is about a credit card.
pub(super) fn is_about_card(cell: &str) -> bool {
    Found::in_text(cell).has(List::CARD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states() {
        for (cell, expected) in [
            ("COMPLETED", State::Booked),
            ("Cleared", State::Booked),
            ("Uncleared", State::Booked),
            ("Not cleared", State::Booked),
            ("等待确认收货", State::Booked),
            ("PENDING", State::Pending),
            ("vorgemerkt", State::Pending),
            ("交易关闭", State::Cancelled),
            ("REVERTED", State::Cancelled),
            ("Autorizzato", State::Booked),
            ("", State::Booked),
        ] {
            assert_eq!(state(cell), expected, "{cell}");
        }
        assert!(is_authorised("Autorizzato") && !is_authorised("Contabilizzato"));
    }

    #[test]
    fn balances_are_whole_cells() {
        assert!(
            is_balance("Likutis pradžiai")
                && is_balance("Closing balance 31/01/2026")
                && is_balance("Balance at end of period")
        );
        assert!(
            !is_balance("New Balance Store")
                && !is_balance("Starting Balance")
                && !is_balance("")
                && !is_balance("Total")
        );
        assert!(is_total("TOTAL:") && !is_total("Total Energies 12"));
    }

    #[test]
    fn directions() {
        use Direction::{Neither, Side as To};
        for (cell, expected) in [
            ("D", Some(To(Side::Out))),
            ("K", Some(To(Side::In))),
            ("Af", Some(To(Side::Out))),
            ("debit", Some(To(Side::Out))),
            ("收入", Some(To(Side::In))),
            ("不计收支", Some(Neither)),
            ("/", Some(Neither)),
            ("+", Some(To(Side::In))),
            ("Card payment", None),
            ("", None),
        ] {
            assert_eq!(direction(cell), expected, "{cell}");
        }
    }

    #[test]
    fn cards() {
        assert!(is_payment_to_card("PAYMENT RECEIVED - THANK YOU", false));
        assert!(!is_payment_to_card("掌上生活还款", false) && is_payment_to_card("掌上生活还款", true));
        assert!(is_about_card("招商银行信用卡对账单"));
    }
}
