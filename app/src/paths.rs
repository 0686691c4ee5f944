//! Every page's address, written once. Views and handlers ask here instead of spelling paths.
use domain::{
    ids::{BudgetId, ExpenseId, ImportId},
    period::Month,
};

/// The way in: what the product is; who is signed in goes on to the dashboard.
pub const HOME: &str = "/";
/// Sign-in.
pub const SIGN_IN: &str = "/auth/signin";
/// Sign-up.
pub const SIGN_UP: &str = "/auth/signup";
/// Terms of use.
pub const TERMS: &str = "/terms";
/// What is kept, and where.
pub const PRIVACY: &str = "/privacy";
/// The first budget.
pub const WELCOME: &str = "/welcome";
/// Where one stands today.
pub const DASHBOARD: &str = "/dashboard";
/// All budgets.
pub const BUDGETS: &str = "/budgets";
/// All expenses.
pub const EXPENSES: &str = "/expenses";
/// A bank file.
pub const IMPORT: &str = "/expenses/import";
/// All settings.
pub const SETTINGS: &str = "/settings";
/// Name and address.
pub const PROFILE: &str = "/settings/profile";
/// Currency, language, colours.
pub const PREFERENCES: &str = "/settings/preferences";

/// The pages that nobody has to sign in for.
const PUBLIC: [&str; 5] = [HOME, SIGN_IN, SIGN_UP, TERMS, PRIVACY];

/// Whether a page is for everybody. `path` without its query.
pub fn is_public(path: &str) -> bool {
    PUBLIC.contains(&path) || path.starts_with("/auth/")
}

/// One budget, in the month of today.
pub fn budget(id: BudgetId) -> String {
    format!("/budgets/{id}")
}

/// One budget, in a month of choice.
pub fn budget_month(id: BudgetId, month: Month) -> String {
    format!("/budgets/{id}?month={month}")
}

/// The expenses with the sheet for a new one open.
pub fn add_expense() -> String {
    format!("{EXPENSES}?add=1")
}

/// The expenses with the sheet for one of them open.
pub fn expense(id: ExpenseId) -> String {
    format!("{EXPENSES}?edit={id}")
}

/// The preview of a bank file that waits for its word.
pub fn import(id: ImportId) -> String {
    format!("{IMPORT}?import={id}")
}

/// Sign-in, and then on to `next` (an own path with its query).
pub fn sign_in_then(next: &str) -> String {
    format!("{SIGN_IN}?next={}", encode(next))
}

/// Sign-up, and then on to `next`.
pub fn sign_up_then(next: &str) -> String {
    format!("{SIGN_UP}?next={}", encode(next))
}

/// Percent-encodes a value for a query.
pub fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_listed_pages_are_public() {
        for path in ["/", "/auth/signin", "/auth/signup", "/terms", "/privacy"] {
            assert!(is_public(path), "{path}");
        }
        for path in ["/dashboard", "/expenses", "/settings/profile", "/termsx", ""] {
            assert!(!is_public(path), "{path}");
        }
    }

    #[test]
    fn a_next_path_survives_the_query() {
        assert_eq!(sign_in_then("/expenses?q=a&b=ü"), "/auth/signin?next=/expenses%3Fq%3Da%26b%3D%C3%BC");
    }
}
