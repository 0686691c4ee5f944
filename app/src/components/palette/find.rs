//! What the palette knows without asking: pages, actions, categories; and which of them are meant by some letters.
use crate::{components::undo::UNDO, i18n::Messages, paths, ui::Glyph};
use domain::{category::Category, ids::BudgetId};

/// Something to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it is called.
    pub label: String,
    /// What kind of thing it is.
    pub group: &'static str,
    /// Where it is.
    pub href: String,
    pub glyph: Glyph,
}

/// All pages, actions and categories, the most used first.
pub(super) fn entries(words: &Messages, budget: Option<BudgetId>) -> Vec<Entry> {
    let (shell, nav) = (&words.shell, &words.nav);
    let entry =
        |group: &'static str, glyph, label: &str, href: String| Entry { label: label.to_owned(), group, href, glyph };
    let page = |glyph, label, href: &str| entry(shell.group_pages, glyph, label, href.to_owned());
    let action = |glyph, label, href: String| entry(shell.group_do, glyph, label, href);
    let mut all = vec![
        action(Glyph::Plus, nav.add_expense, paths::add_expense()),
        action(Glyph::Import, words.import.title, paths::IMPORT.to_owned()),
        action(Glyph::Undo, shell.undo_last, format!("#{UNDO}")),
        page(Glyph::Dashboard, nav.dashboard, paths::DASHBOARD),
    ];
    if let Some(budget) = budget {
        all.push(entry(shell.group_pages, Glyph::Budget, nav.budget, paths::budget(budget)));
        all.push(action(Glyph::Edit, words.budgets.edit, paths::budget_edit(budget)));
    }
    all.extend([
        page(Glyph::Expenses, nav.expenses, paths::EXPENSES),
        page(Glyph::Expenses, nav.recurring, paths::RECURRING),
        page(Glyph::Expenses, nav.calendar, paths::CALENDAR),
        page(Glyph::Expenses, words.rules.title, paths::RULES),
        page(Glyph::Expenses, words.rules.review_title, paths::REVIEW),
        page(Glyph::Budget, shell.all_budgets, paths::BUDGETS),
        action(Glyph::Plus, shell.new_budget, paths::NEW_BUDGET.to_owned()),
        page(Glyph::Person, nav.profile, paths::PROFILE),
        page(Glyph::Settings, nav.preferences, paths::PREFERENCES),
        page(Glyph::Lock, words.security.title, paths::SECURITY),
        page(Glyph::Settings, words.settings.accounts, paths::ACCOUNTS),
        page(Glyph::Trash, words.settings.trash, paths::TRASH),
        page(Glyph::Info, nav.terms, paths::TERMS),
        page(Glyph::Lock, nav.privacy, paths::PRIVACY),
    ]);
    all.extend(Category::ALL.iter().map(|&category| {
        let href = format!("{}?category={category}", paths::EXPENSES);
        entry(shell.group_category, Glyph::Filter, words.categories.name(category), href)
    }));
    all
}

/// Those of which every word that was typed begins a word: "imp ba" is "Import a bank file". Nothing typed: the first
/// eight.
pub(super) fn matching<'a>(all: &'a [Entry], text: &str) -> impl Iterator<Item = &'a Entry> {
    let wanted: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let most = if wanted.is_empty() { 8 } else { usize::MAX };
    all.iter()
        .filter(move |entry| {
            let label = entry.label.to_lowercase();
            wanted.iter().all(|word| {
                label.split(|letter: char| !letter.is_alphanumeric()).any(|known| known.starts_with(word.as_str()))
            })
        })
        .take(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::messages;
    use domain::locale::Language;

    fn labels(text: &str, language: Language) -> Vec<String> {
        let all = entries(messages(language), None);
        matching(&all, text).map(|entry| entry.label.clone()).collect()
    }

    #[test]
    fn each_word_begins_a_word() {
        assert_eq!(labels("imp ba", Language::En), ["Import a bank file"]);
        assert_eq!(labels("HOUS", Language::En), ["Housing"]);
        assert_eq!(labels("überb", Language::De), ["Überblick"]);
        assert!(labels("mport", Language::En).is_empty(), "not from the middle of a word");
    }

    #[test]
    fn nothing_typed_offers_the_most_used() {
        let first = labels(" ", Language::En);
        assert_eq!((first.len(), first[0].as_str()), (8, "Add expense"));
    }
}
