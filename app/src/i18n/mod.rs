//! The message catalogue: every word a person reads. One file for each area, each a struct of texts with one value for
//! each language, so that a missing text is a compile error.
//!
//! `t().auth.sign_in` is a text; `fill(t().x.y, &[("name", &value)])` puts values at `{name}`; [`plural`] picks the form
//! for a number. The words for problems with fields are in [`problems`], those for error codes in [`errors`].
pub mod auth;
pub mod budgets;
pub mod categories;
pub mod common;
pub mod dashboard;
pub mod demo;
pub mod errors;
pub mod expenses;
pub mod forms;
pub mod import;
pub mod landing;
pub mod legal;
pub mod nav;
pub mod outcome;
pub mod plan;
pub mod problems;
pub mod security;
pub mod settings;
pub mod shell;
pub mod status;

use domain::{
    Date,
    locale::{Language, Locale},
};
use leptos::prelude::*;

/// All texts in one language.
#[derive(Debug)]
pub struct Messages {
    /// Words that stand on many pages: buttons, states, months.
    pub common: common::Common,
    /// Navigation, account menu, footer.
    pub nav: nav::Nav,
    /// What forms and fields say by themselves.
    pub forms: forms::Forms,
    /// Names of the ten categories.
    pub categories: categories::Categories,
    /// Sign-in and sign-up.
    pub auth: auth::Auth,
    /// The first page.
    pub landing: landing::Landing,
    /// The table of expenses.
    pub expenses: expenses::Expenses,
    /// Bank files.
    pub import: import::Import,
    /// Terms and privacy.
    pub legal: legal::Legal,
    /// What a toast says when something was done.
    pub outcome: outcome::Outcomes,
    /// The form for a budget.
    pub plan: plan::Plan,
    /// Budgets and their months.
    pub budgets: budgets::Budgets,
    /// The dashboard.
    pub dashboard: dashboard::Dashboard,
    /// The example that anybody may look around in.
    pub demo: demo::Demo,
    /// Profile, preferences, accounts, trash.
    pub settings: settings::Settings,
    /// Password, second step, devices, keys for programs.
    pub security: security::Security,
    /// What stands around the pages.
    pub shell: shell::Shell,
    /// Pages for what isn't there or didn't work.
    pub status: status::Status,
}

static EN: Messages = Messages {
    common: common::EN,
    nav: nav::EN,
    forms: forms::EN,
    categories: categories::EN,
    auth: auth::EN,
    landing: landing::EN,
    expenses: expenses::EN,
    import: import::EN,
    legal: legal::EN,
    outcome: outcome::EN,
    plan: plan::EN,
    budgets: budgets::EN,
    dashboard: dashboard::EN,
    demo: demo::EN,
    settings: settings::EN,
    security: security::EN,
    shell: shell::EN,
    status: status::EN,
};

static DE: Messages = Messages {
    common: common::DE,
    nav: nav::DE,
    forms: forms::DE,
    categories: categories::DE,
    auth: auth::DE,
    landing: landing::DE,
    expenses: expenses::DE,
    import: import::DE,
    legal: legal::DE,
    outcome: outcome::DE,
    plan: plan::DE,
    budgets: budgets::DE,
    dashboard: dashboard::DE,
    demo: demo::DE,
    settings: settings::DE,
    security: security::DE,
    shell: shell::DE,
    status: status::DE,
};

/// All texts in `language`.
pub fn messages(language: Language) -> &'static Messages {
    match language {
        Language::En => &EN,
        Language::De => &DE,
    }
}

/// What words, numbers and dates need, small enough to hand around.
#[derive(Debug, Clone, Copy)]
pub struct I18n {
    /// For [`domain::locale`]'s formats.
    pub locale: Locale,
    /// Today where the viewer is.
    pub today: Date,
}

impl I18n {
    /// For one page.
    pub fn new(locale: Locale, today: Date) -> Self {
        Self { locale, today }
    }
}

/// Locale and today, from the page. Ask at the beginning of a component, not in an event handler.
pub fn use_i18n() -> I18n {
    use_context::<I18n>().unwrap_or_else(|| I18n::new(Locale::from_tag("en"), Date::constant(2026, 1, 1)))
}

/// The words of the page's language. Ask at the beginning of a component, not in an event handler.
pub fn t() -> &'static Messages {
    messages(use_i18n().locale.language())
}

/// Puts values into a text: `fill("Delete {name}", &[("name", "Rent")])`.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            rest = &rest[before.len()..];
            break;
        };
        if let Some((_, value)) = values.iter().find(|(key, _)| *key == name) {
            out.push_str(value);
        } else {
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// Forms for one and for any other number; `{n}` is the number.
pub type Plural = (&'static str, &'static str);

/// Picks the form for `n` and puts the number in, written for the page's locale.
pub fn plural(i18n: I18n, (one, other): Plural, n: usize) -> String {
    let number = i18n.locale.format_count(i64::try_from(n).unwrap_or(i64::MAX));
    fill(if n == 1 { one } else { other }, &[("n", &number)])
}

/// The direction in which the locale is written. All of today's languages run from left to right.
pub fn direction(_locale: Locale) -> &'static str {
    "ltr"
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn fills_placeholders_and_leaves_the_rest() {
        let values = [("name", "Rent"), ("n", "3")];
        for (text, expected) in [
            ("Delete {name}", "Delete Rent"),
            ("{n} of {n} in {name}.", "3 of 3 in Rent."),
            ("{other} {", "{other} {"),
            ("", ""),
        ] {
            assert_eq!(fill(text, &values), expected, "{text}");
        }
    }
}
