//! Every page's address, written once. Views and handlers ask here instead of spelling paths.
use domain::{
    category::Category,
    ids::{BudgetId, ExpenseId, ImportId, RuleId},
    period::Month,
};

/// The way in: what the product is; who is signed in goes on to the dashboard.
pub const HOME: &str = "/";
/// Sign-in.
pub const SIGN_IN: &str = "/auth/signin";
/// Sign-up.
pub const SIGN_UP: &str = "/auth/signup";
/// Asks for a link to a new password.
pub const FORGOT_PASSWORD: &str = "/auth/forgot-password";
/// Says to look into one's mail.
pub const CHECK_MAIL: &str = "/auth/check-mail";
/// Where that link leads.
pub const RESET_PASSWORD: &str = "/auth/reset-password";
/// Where a link to confirm an address leads.
pub const VERIFY_EMAIL: &str = "/auth/verify-email";
/// The last step of somebody who comes back from another place that vouches for them.
pub const CONTINUE: &str = "/auth/continue";
/// Where the ways to such places begin (no pages: browsers are sent on); a place's key follows.
#[cfg(feature = "ssr")]
pub const IDENTITIES: &str = "/api/auth/";
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
/// A further budget.
pub const NEW_BUDGET: &str = "/budgets/new";
/// Invitations to budgets of others.
pub const INVITES: &str = "/invites";
/// All expenses.
pub const EXPENSES: &str = "/expenses";
/// A bank file.
pub const IMPORT: &str = "/expenses/import";
/// What has no category, by merchant.
pub const REVIEW: &str = "/expenses/review";
/// What files expenses.
pub const RULES: &str = "/rules";
/// A rule that is made or changed.
pub const NEW_RULE: &str = "/rules/new";
/// What repeats.
pub const RECURRING: &str = "/recurring";
/// The same page: the calendar of bills.
pub const CALENDAR: &str = "/calendar";
/// All settings.
pub const SETTINGS: &str = "/settings";
/// Name and address.
pub const PROFILE: &str = "/settings/profile";
/// Currency, language, colours.
pub const PREFERENCES: &str = "/settings/preferences";
/// Password, second step, devices, keys.
pub const SECURITY: &str = "/settings/security";
/// Where money is.
pub const ACCOUNTS: &str = "/settings/accounts";
/// What was deleted in the last 30 days.
pub const TRASH: &str = "/settings/trash";

/// All of one's data, and the end of one's account.
pub const DATA: &str = "/settings/data";
/// What somebody sees whose account is about to go.
pub const LEAVING: &str = "/settings/leaving";
/// One's own picture.
pub const PICTURE: &str = "/api/auth/avatar";
/// The archive of all of one's data.
pub const EXPORT: &str = "/api/auth/export";

/// A list of expenses as a file; its filters and format follow.
pub const EXPENSES_AS_FILE: &str = "/api/expenses/export";

/// The pages that nobody has to sign in for.
const PUBLIC: [&str; 5] = [HOME, SIGN_IN, SIGN_UP, TERMS, PRIVACY];

/// Whether a page is for everybody. `path` without its query.
pub fn is_public(path: &str) -> bool {
    PUBLIC.contains(&path) || path.starts_with("/auth/")
}

/// Whether a page for the signed out holds nothing but text and links, so that it needs no program.
pub fn is_only_read(path: &str) -> bool {
    [HOME, TERMS, PRIVACY].contains(&path)
}

/// The dashboard on a budget (none: the default one) in a month (none: the running one).
pub fn dashboard_of(budget: Option<BudgetId>, month: Option<Month>) -> String {
    match (budget, month) {
        (None, None) => DASHBOARD.to_owned(),
        (Some(budget), None) => format!("{DASHBOARD}?budget={budget}"),
        (None, Some(month)) => format!("{DASHBOARD}?month={month}"),
        (Some(budget), Some(month)) => format!("{DASHBOARD}?budget={budget}&month={month}"),
    }
}

/// One budget, in the month of today.
pub fn budget(id: BudgetId) -> String {
    format!("/budgets/{id}")
}

/// One budget, in a month of choice.
pub fn budget_month(id: BudgetId, month: Month) -> String {
    format!("/budgets/{id}?month={month}")
}

/// A budget's month (its address without a sheet) with the sheet open in which money is moved: out of a category, into
/// one, or both.
pub fn with_move(month: &str, from: Option<Category>, to: Option<Category>) -> String {
    let mut path = month.to_owned();
    for (name, category) in [(MOVE_FROM, from), (MOVE_TO, to)] {
        if let Some(category) = category {
            path.push(if path.contains('?') { '&' } else { '?' });
            path.extend([name, "=", category.as_str()]);
        }
    }
    path
}

/// The parameter that names the category which gives.
pub const MOVE_FROM: &str = "moveFrom";
/// The parameter that names the category which gets.
pub const MOVE_TO: &str = "moveTo";

/// The form that changes a budget.
pub fn budget_edit(id: BudgetId) -> String {
    format!("/budgets/{id}/edit")
}

/// Who has part in a budget.
pub fn budget_share(id: BudgetId) -> String {
    format!("/budgets/{id}/share")
}

/// The link of a mail that invites to a budget. A token is made of letters, digits, `-` and `_`.
#[cfg(feature = "ssr")]
pub fn invite(token: &str) -> String {
    format!("{INVITES}?token={token}")
}

/// What was done in a budget.
pub fn budget_activity(id: BudgetId) -> String {
    format!("/budgets/{id}/activity")
}

/// What is proposed for a budget.
pub fn budget_proposal(id: BudgetId) -> String {
    format!("/budgets/{id}/proposal")
}

/// All versions of a budget.
pub fn budget_history(id: BudgetId) -> String {
    format!("/budgets/{id}/history")
}

/// Two versions of a budget side by side.
pub fn budget_compare(id: BudgetId, from: i64, to: i64) -> String {
    format!("/budgets/{id}/history?from={from}&to={to}")
}

/// Versions of a budget before that one.
pub fn budget_history_before(id: BudgetId, version: i64) -> String {
    format!("/budgets/{id}/history?before={version}")
}

/// A budget's expenses of a month; of one category, of those that have none, or of all.
pub fn expenses_of(budget: BudgetId, month: Month, filter: ExpenseFilter) -> String {
    let filter = match filter {
        ExpenseFilter::All => String::new(),
        ExpenseFilter::Category(category) => format!("&category={category}"),
        ExpenseFilter::Uncategorised => "&category=none".to_owned(),
        ExpenseFilter::Unconverted => "&unconverted=true".to_owned(),
    };
    format!("{EXPENSES}?budgetId={budget}{filter}&month={month}")
}

/// Which of a month's expenses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpenseFilter {
    /// All of them.
    All,
    /// Those of a category.
    Category(Category),
    /// Those without one.
    Uncategorised,
    /// Those without a rate, in no total.
    Unconverted,
}

/// The expenses with the sheet for a new one open.
pub fn add_expense() -> String {
    format!("{EXPENSES}?add=1")
}

/// The expenses with the sheet for one of them open.
pub fn expense(id: ExpenseId) -> String {
    format!("{EXPENSES}?edit={id}")
}

/// The rows that a bank file added.
pub fn expenses_of_import(id: ImportId) -> String {
    format!("{EXPENSES}?importId={id}")
}

/// The preview of a bank file that waits for its word.
pub fn import(id: ImportId) -> String {
    format!("{IMPORT}?import={id}")
}

/// The form of a rule that is there.
pub fn rule(id: RuleId) -> String {
    format!("{NEW_RULE}?id={id}")
}

/// A page of the preview of a bank file with the form that files the rows of a merchant.
pub fn import_filing(id: ImportId, page: u32, merchant: &str) -> String {
    format!("{IMPORT}?import={id}&page={page}&file={}", encode(merchant))
}

/// The link of a mail to a new password. A token is made of letters, digits, `-` and `_`.
pub fn reset_password(token: &str) -> String {
    format!("{RESET_PASSWORD}?token={token}")
}

/// The link of a mail that confirms an address.
pub fn verify_email(token: &str) -> String {
    format!("{VERIFY_EMAIL}?token={token}")
}

/// Whether a browser is on its way to or from another place that vouches for people: a person looks at what comes of it.
#[cfg(feature = "ssr")]
pub fn is_identity_way(path: &str) -> bool {
    let key = path.strip_prefix(IDENTITIES).map(|rest| rest.strip_suffix("/callback").unwrap_or(rest));
    matches!(key, Some("google" | "oidc"))
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
    #[cfg(feature = "ssr")]
    fn ways_of_browsers_are_told_from_the_rest() {
        for path in ["/api/auth/google", "/api/auth/google/callback", "/api/auth/oidc", "/api/auth/oidc/callback"] {
            assert!(is_identity_way(path), "{path}");
        }
        for path in ["/api/auth/login", "/api/auth/google/x", "/api/auth/identities", "/auth/continue"] {
            assert!(!is_identity_way(path), "{path}");
        }
    }

    #[test]
    fn a_next_path_survives_the_query() {
        assert_eq!(sign_in_then("/expenses?q=a&b=ü"), "/auth/signin?next=/expenses%3Fq%3Da%26b%3D%C3%BC");
    }
}
