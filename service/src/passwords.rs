//! New passwords that would be guessed soon. zxcvbn (Wheeler, USENIX Security 2016) knows 30,000 common passwords, words and
//! names, dates and rows of keys, and what people do to them. It stays on the server: its lists are larger than the
//! browser's whole program.
use crate::{Error, Result};
use domain::{problem::Problem, user};
use std::collections::HashSet;
use zxcvbn::{Score, zxcvbn};

/// What others would try first at this product.
const PRODUCT: [&str; 4] = ["wealthwise", "wealth", "budget", "money"];
/// Nobody's first guesses are longer, and zxcvbn's work grows with the cube of the length.
const LENGTH_MAX: usize = 24;
/// Nor do they have more signs. Each sign that may stand for a letter doubles zxcvbn's work: with all of them a password is
/// looked at for seconds.
const SIGNS_MAX: usize = 4;

/// A new password for somebody of that name and address. [`Problem::CommonPassword`] at `field` for one that fewer than a
/// million guesses find.
pub(crate) fn judge(password: &str, field: &str, name: &str, email: &str) -> Result<()> {
    match score(password, name, email) {
        Score::Zero | Score::One => Err(Error::field(field, Problem::CommonPassword)),
        _ => Ok(()),
    }
}

/// How soon a password would be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It has fewer characters than a password must have.
    Short,
    /// Fewer than a million guesses find it: it is refused.
    Weak,
    /// Fewer than a hundred million.
    Fair,
    /// Fewer than ten thousand million.
    Good,
    /// More.
    Strong,
}

/// How soon a new password would be guessed by somebody who knows its owner's name and address, as far as they are known.
/// One that is [`Strength::Weak`] is refused wherever it is set.
pub fn strength(password: &str, owner: Option<(&str, &str)>) -> Strength {
    if password.chars().count() < user::PASSWORD_MIN {
        return Strength::Short;
    }
    let (name, email) = owner.unwrap_or_default();
    match score(password, name, email) {
        Score::Zero | Score::One => Strength::Weak,
        Score::Two => Strength::Fair,
        Score::Three => Strength::Good,
        _ => Strength::Strong,
    }
}

fn score(password: &str, name: &str, email: &str) -> Score {
    let (password, name, email) = (password.to_lowercase(), name.to_lowercase(), user::fold_email(email));
    let own = name.split_whitespace().chain(email.split(['@', '.', '-', '_', '+']));
    let known: Vec<&str> = own.chain([name.as_str(), email.as_str()]).chain(PRODUCT).collect();
    if known.contains(&password.as_str()) {
        return Score::Zero;
    }
    // The product's name adds nothing to what stands around it.
    let judged = password.replace(PRODUCT[0], "");
    if is_judged(&judged) { zxcvbn(&judged, &known).score() } else { Score::Four }
}

fn is_judged(password: &str) -> bool {
    let signs: HashSet<char> = password.chars().filter(|c| !c.is_alphanumeric()).collect();
    password.chars().count() <= LENGTH_MAX && signs.len() <= SIGNS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(password: &str) -> bool {
        let judged = judge(password, "password", "Ada Lovelace", "ada.king@analytical.example.org");
        judged.is_err_and(|error| matches!(error, Error::Validation(_)))
    }

    #[test]
    fn what_is_guessed_soon_is_refused() {
        for password in [
            "password1",
            "Passw0rd!",
            "iloveyou2",
            "qwertyuiop",
            "1q2w3e4r",
            "11112222",
            "trustno1!",
            "football99",
            "sommer2024",
            "geheim123",
            "19121974",
            "monkeymonkey",
            "aaaaaaaaaaaaaaaa",
            "abcdefghijkl",
        ] {
            assert!(is_refused(password), "{password}");
        }
    }

    #[test]
    fn neither_the_product_nor_its_owner_is_a_secret() {
        for password in [
            "wealthwise",
            "WealthWise2026",
            "W3althw1se!",
            "MyWealthWise1",
            "wealthwise123!",
            "Lovelace1",
            "adalovelace",
            "analytical1",
            "ADA.king@analytical.example.org",
        ] {
            assert!(is_refused(password), "{password}");
        }
        assert!(!is_refused("wealthwise has four plain words"), "what stands around it counts");
    }

    #[test]
    fn all_else_is_taken_without_rules_of_composition() {
        for password in [
            "four plain words here",
            "correct horse battery",
            "grün und blau gestreift",
            "xK7#mQ2p",
            "tqvhbzkw",
            "katzenfutter",
            "дождь на реке осенью",
            "ハッピーな猫の夜更かし",
        ] {
            assert!(!is_refused(password), "{password}");
        }
    }

    #[test]
    fn what_is_said_while_one_types_is_what_counts_in_the_end() {
        let owner = Some(("Ada Lovelace", "ada.king@analytical.example.org"));
        for (password, expected) in [
            ("lovela", Strength::Short),
            ("lovelace1", Strength::Weak),
            ("lovelace1844x", Strength::Fair),
            ("katzenfutter", Strength::Good),
            ("four plain words here", Strength::Strong),
        ] {
            assert_eq!(strength(password, owner), expected, "{password}");
            assert!(expected == Strength::Short || is_refused(password) == (expected == Strength::Weak), "{password}");
        }
        assert!(strength("lovelace1844x", None) > strength("lovelace1844x", owner), "whose name it is counts");
    }

    #[test]
    fn what_would_take_long_to_judge_is_not_judged() {
        let signs = "4@8({[<369#!|17105$+%24@";
        assert!(!is_judged(signs) && !is_refused(signs));
        assert!(!is_judged(&"4dm1n!$@".repeat(16)) && is_judged("4dm1n!$@4dm1n!$@"));
    }
}
