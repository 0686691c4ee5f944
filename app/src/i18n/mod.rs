//! The message catalogue: every word a person reads. One file for each area, each a struct of texts with one value for
//! each language, so that a missing text is a compile error.
//!
//! `t().auth.sign_in` is a text; `fill(t().x.y, &[("name", &value)])` puts values at `{name}`; [`plural`] picks the form
//! for a number. The words for problems with fields are in [`problems`], those for error codes in [`errors`].
pub mod auth;
#[cfg(feature = "ssr")]
pub mod bills;
pub mod budgets;
pub mod categories;
pub mod common;
#[cfg(feature = "ssr")]
pub mod countries;
pub mod dashboard;
pub mod demo;
pub mod entry;
pub mod errors;
pub mod expenses;
#[cfg(feature = "ssr")]
pub mod export;
pub mod forms;
pub mod history;
#[cfg(feature = "ssr")]
pub mod identities;
pub mod import;
pub mod landing;
pub mod legal;
#[cfg(feature = "ssr")]
pub mod mail;
pub mod months;
pub mod nav;
pub mod outcome;
#[cfg(feature = "ssr")]
pub mod passwords;
pub mod plan;
pub mod problems;
pub mod recurring;
#[cfg(feature = "ssr")]
pub mod repeating;
pub mod rights;
pub mod rules;
pub mod security;
pub mod settings;
pub mod sharing;
pub mod shell;
pub mod status;
pub mod table;
pub mod timeline;
#[cfg(feature = "ssr")]
pub mod together;
pub mod wizard;

use domain::{
    Date,
    locale::{Language, Locale},
};
use leptos::prelude::*;
use std::{marker::PhantomData, ops::Deref};

/// The texts of one area in one language. A reference to them only where they are read: what is only read in a part of the
/// program is in that part, too, and not in what every page needs first.
#[derive(Debug)]
pub struct In<T> {
    language: Language,
    area: PhantomData<T>,
}

/// Texts with one value for each language.
trait Area: 'static {
    fn of(language: Language) -> &'static Self;
}

impl<T> In<T> {
    const fn new(language: Language) -> Self {
        Self { language, area: PhantomData }
    }
}

impl<T: Area> Deref for In<T> {
    type Target = T;

    fn deref(&self) -> &T {
        T::of(self.language)
    }
}

/// All areas, each a file with a struct of texts and its values.
macro_rules! areas {
    ($($(#[$doc:meta])* $area:ident: $texts:ident,)*) => {
        /// All texts in one language.
        #[derive(Debug)]
        pub struct Messages {
            $($(#[$doc])* pub $area: In<$area::$texts>,)*
        }

        impl Messages {
            const fn new(language: Language) -> Self {
                Self { $($area: In::new(language),)* }
            }
        }

        $(impl Area for $area::$texts {
            fn of(language: Language) -> &'static Self {
                match language {
                    Language::En => &$area::EN,
                    Language::De => &$area::DE,
                }
            }
        })*
    };
}

areas! {
    /// Words that stand on many pages: buttons, states, months.
    common: Common,
    /// Navigation, account menu, footer.
    nav: Nav,
    /// What forms and fields say by themselves.
    forms: Forms,
    /// Names of the ten categories.
    categories: Categories,
    /// Sign-in and sign-up.
    auth: Auth,
    /// The first page.
    landing: Landing,
    /// The table of expenses.
    expenses: Expenses,
    /// Bank files.
    import: Import,
    /// Terms and privacy.
    legal: Legal,
    /// What a toast says when something was done.
    outcome: Outcomes,
    /// The form for a budget.
    plan: Plan,
    /// Budgets and their months.
    budgets: Budgets,
    /// The history of a budget, and what is done with a whole one.
    history: History,
    /// What is moved and comes in within a month, and what goes on into the next.
    months: Months,
    /// The dashboard.
    dashboard: Dashboard,
    /// The example that anybody may look around in.
    demo: Demo,
    /// What repeats.
    recurring: Recurring,
    /// Profile, preferences, accounts, trash.
    settings: Settings,
    /// Rules that file expenses, and what has no category.
    rules: Rules,
    /// Password, second step, devices, keys for programs.
    security: Security,
    /// Who has part in a budget.
    sharing: Sharing,
    /// What stands around the pages.
    shell: Shell,
    /// Pages for what isn't there or didn't work.
    status: Status,
    /// What was done, and the way back from it.
    timeline: Timeline,
}

static EN: Messages = Messages::new(Language::En);
static DE: Messages = Messages::new(Language::De);

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
