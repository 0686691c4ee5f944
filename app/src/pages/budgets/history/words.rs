//! A version in words: who made it and when, and what it changed in one line.
use crate::{
    api::history::Version,
    i18n::{fill, t, use_i18n},
};
use domain::{
    currency::Currency,
    locale::Locale,
    money::Money,
    version::{PlanChange, Source},
};

/// So many changes are named in a line; the rest are counted.
const NAMED: usize = 3;

/// Who made it, and when: `You, Today`.
pub(in crate::pages::budgets) fn made(version: &Version) -> String {
    fill(t().history.by, &[("who", &maker(version)), ("when", &when(version))])
}

/// Who made it.
pub(in crate::pages::budgets) fn maker(version: &Version) -> String {
    let words = &t().history;
    match &version.by {
        Some(_) if version.mine => words.you.to_owned(),
        Some(name) => name.clone(),
        None => words.somebody.to_owned(),
    }
}

/// When it was made, as people say it.
pub(in crate::pages::budgets) fn when(version: &Version) -> String {
    let i18n = use_i18n();
    i18n.locale.format_date_relative(version.on, i18n.today)
}

/// What made it.
pub(super) fn source(source: Source) -> &'static str {
    let words = &t().history;
    match source {
        Source::User => words.source_user,
        Source::Rule => words.source_rule,
        Source::Ai => words.source_ai,
        Source::Restore => words.source_restore,
    }
}

/// What it changed, in one line.
pub(in crate::pages::budgets) fn summary(version: &Version, currency: Currency) -> String {
    let words = &t().history;
    if version.number == 1 {
        return words.first.to_owned();
    }
    let mut said: Vec<String> = version.changes.iter().filter_map(|change| in_words(change, currency)).collect();
    if let Some(to) = version.restored {
        let number = use_i18n().locale.format_count(to);
        said.insert(0, fill(words.went_back, &[("n", &number)]));
    }
    if said.is_empty() {
        return words.no_change.to_owned();
    }
    let rest = said.len().saturating_sub(NAMED);
    said.truncate(NAMED);
    if rest > 0 {
        said.push(crate::i18n::plural(use_i18n(), words.and_more, rest));
    }
    said.join(" · ")
}

/// One change; none where it only follows from another (an amount from the income, the month from the day).
fn in_words(change: &PlanChange, currency: Currency) -> Option<String> {
    let words = t();
    let locale = use_i18n().locale;
    let money = |minor| locale.format_money(Money::new(minor, currency));
    let step = |what: &str, before: &str, after: &str| {
        Some(fill(words.history.step, &[("what", what), ("before", before), ("after", after)]))
    };
    match change {
        PlanChange::Name(name) => Some(fill(words.history.called, &[("name", &name.after)])),
        PlanChange::Income(income) => step(words.history.income, &money(income.before), &money(income.after)),
        PlanChange::Currency(currency) => step(words.history.currency, currency.before.code(), currency.after.code()),
        PlanChange::Category(category, share) if share.before.percentage != share.after.percentage => step(
            words.categories.name(*category),
            &percent(locale, share.before.percentage.0),
            &percent(locale, share.after.percentage.0),
        ),
        PlanChange::Rollover(category, _) => {
            Some(fill(words.history.rollover_of, &[("category", words.categories.name(*category))]))
        }
        PlanChange::Parts(category, _) => {
            Some(fill(words.history.parts_of, &[("category", words.categories.name(*category))]))
        }
        PlanChange::Category(..) | PlanChange::EffectiveFrom(_) => None,
    }
}

/// With decimals only where it has some.
pub(in crate::pages::budgets) fn percent(locale: Locale, points: u32) -> String {
    locale.format_percent(points.into(), if points.is_multiple_of(100) { 0 } else { 2 })
}
