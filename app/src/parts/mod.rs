//! The program in parts: the dashboard is in the main file, the other pages are in files that a browser fetches when
//! somebody goes there. What several parts need stands in files of its own; the bundler finds out what that is.
//!
//! A browser fetches the part of the page that the server rendered *before* it takes the page over (`load_for`; the
//! page's head asks for its files early), so that hydration never waits in the middle. A page whose part can't be fetched is
//! left as the server sent it, and works like that. On the way to another page, the server is asked for the whole of it.
//!
//! Without the feature `split` (the server, and builds for development) everything is in one piece and always there.
#[cfg(feature = "hydrate")]
mod browser;
mod lazy;

pub(crate) use lazy::{in_turn, page};
#[cfg(feature = "hydrate")]
pub use {
    crate::ui::later::{pause, take_over},
    browser::{load_for, warm_up},
};

/// A part that is not in the main file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The way in, and everything about oneself.
    Account,
    /// Budgets: their months, and how they are made and changed.
    Budgets,
    /// Expenses, bank files, and rules for both.
    Expenses,
    /// What only developers see.
    Styleguide,
}

impl Part {
    /// The part that the page at this path is in. None: the main file.
    pub fn of(path: &str) -> Option<Self> {
        match path.trim_start_matches('/').split('/').next().unwrap_or_default() {
            "" | "auth" | "terms" | "privacy" | "settings" => Some(Self::Account),
            "budgets" | "welcome" | "invites" => Some(Self::Budgets),
            "calendar" | "expenses" | "recurring" | "rules" => Some(Self::Expenses),
            "styleguide" => Some(Self::Styleguide),
            _ => None,
        }
    }

    /// What the names of its files contain.
    pub fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Budgets => "budgets",
            Self::Expenses => "expenses",
            Self::Styleguide => "styleguide",
        }
    }

    /// Whether that file is needed for this part. Its name lists the parts that need it: `parts/account+budgets.wasm`.
    pub fn needs(self, file: &str) -> bool {
        file.strip_prefix("parts/")
            .and_then(|file| file.strip_suffix(".wasm"))
            .is_some_and(|parts| parts.split('+').any(|part| part == self.name()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_is_in_its_part() {
        for (path, part) in [
            ("/", Some(Part::Account)),
            ("/auth/signin", Some(Part::Account)),
            ("/settings/profile", Some(Part::Account)),
            ("/budgets/1/edit", Some(Part::Budgets)),
            ("/welcome", Some(Part::Budgets)),
            ("/expenses", Some(Part::Expenses)),
            ("/rules/new", Some(Part::Expenses)),
            ("/recurring", Some(Part::Expenses)),
            ("/calendar", Some(Part::Expenses)),
            ("/dashboard", None),
            ("/not/a/page", None),
        ] {
            assert_eq!(Part::of(path), part, "{path}");
        }
    }

    #[test]
    fn a_file_says_which_parts_need_it() {
        assert!(Part::Budgets.needs("parts/account+budgets.wasm") && Part::Account.needs("parts/account.wasm"));
        assert!(!Part::Expenses.needs("parts/account+budgets.wasm") && !Part::Budgets.needs("budgets.wasm"));
    }
}
