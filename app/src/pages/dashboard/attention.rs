//! The categories that need a look: those beyond their plan first, then those on the way there.
use crate::{
    api::dashboard::SeenMonth,
    components::spending::{Beyond, Phase, beyond, phase, spending},
    i18n::{I18n, fill, plural, t, use_i18n},
    paths::{self, ExpenseFilter},
    ui::{BudgetBar, Card, CategoryIcon},
};
use domain::{analysis::Line, category::Category, money::Money};
use leptos::prelude::*;

/// So many are seen at once.
const SHOWN: usize = 4;
/// With those on plan.
const ROWS: usize = 6;

#[component]
pub(super) fn Attention(month: SeenMonth) -> impl IntoView {
    view! {
        <Card title=t().dashboard.attention class="attention-card">
            {categories(&month)}
        </Card>
    }
}

fn categories(month: &SeenMonth) -> impl IntoView + use<> {
    let words = t();
    let i18n = use_i18n();
    let analysis = &month.analysis;
    let whole = paths::budget_month(month.budget, analysis.month);
    let sort_out = paths::expenses_of(month.budget, analysis.month, ExpenseFilter::Uncategorised);
    let found = beyond(analysis, i18n.today);
    let none = if phase(analysis, i18n.today) == Phase::Past {
        words.dashboard.attention_none_past
    } else {
        words.dashboard.attention_none
    };
    let more = found.len().saturating_sub(SHOWN);
    let rows = found
        .iter()
        .take(SHOWN)
        .map(|beyond| row(month, beyond.category, &beyond.line, beyond.text(analysis.currency, i18n), i18n))
        .collect_view();
    let calm = calm(month, &found, i18n);
    let loose = usize::try_from(analysis.uncategorised.transactions).unwrap_or_default();
    view! {
        {found.is_empty().then(|| view! { <p>{none}</p> })}
        <ul class="bars">{rows}</ul>
        {calm}
        {(more > 0).then(|| view! {
            <p class="after"><a href=whole>{plural(i18n, words.dashboard.more_to_see, more)}</a></p>
        })}
        {(loose > 0).then(|| view! {
            <p class="after">
                {plural(i18n, words.budgets.uncategorised_note, loose)} " "
                <a href=sort_out>{words.budgets.sort_out}</a>
            </p>
        })}
    }
}

/// The largest categories that are on plan, so that the picture is whole: few where much needs a look.
fn calm(month: &SeenMonth, found: &[Beyond], i18n: I18n) -> impl IntoView + use<> {
    let words = t();
    let analysis = &month.analysis;
    let mut lines: Vec<(Category, Line)> = analysis
        .categories
        .iter()
        .filter_map(|line| line.category.map(|category| (category, *line)))
        .filter(|(_, line)| line.transactions > 0 && line.remaining >= 0)
        .filter(|(category, _)| !found.iter().any(|beyond| beyond.category == *category))
        .collect();
    lines.sort_by_key(|(_, line)| std::cmp::Reverse(line.spent));
    lines.truncate(ROWS.saturating_sub(found.len().min(SHOWN)));
    let rows = lines.into_iter().map(|(category, line)| {
        let amount = i18n.locale.format_money(Money::new(line.remaining, analysis.currency));
        row(month, category, &line, fill(words.common.amount_left, &[("amount", &amount)]), i18n)
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h3 class="quiet-head">{words.dashboard.on_plan}</h3>
            <ul class="bars">{rows}</ul>
        }
    })
}

/// A category under its bar; `text` says how it stands.
fn row(month: &SeenMonth, category: Category, line: &Line, text: String, i18n: I18n) -> impl IntoView + use<> {
    let bar = spending(&month.analysis, line, i18n.today);
    let href = paths::expenses_of(month.budget, month.analysis.month, ExpenseFilter::Category(category));
    view! {
        <li>
            <CategoryIcon category=category />
            <a class="name" href=href>{t().categories.name(category)}</a>
            <span class="figure">{text}</span>
            <BudgetBar of=Signal::stored(bar) hue=category.index() wordless=true />
        </li>
    }
}
