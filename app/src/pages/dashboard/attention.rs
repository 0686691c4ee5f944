//! The categories that need a look: those beyond their plan first, then those on the way there.
use crate::{
    components::spending::{Phase, phase, spending},
    i18n::{I18n, fill, plural, t, use_i18n},
    paths::{self, ExpenseFilter},
    ui::{BudgetBar, Card, CategoryIcon, bar::Standing},
};
use domain::{
    analysis::{Analysis, Line},
    category::Category,
    money::Money,
    report::BudgetMonth,
};
use leptos::prelude::*;

/// So many are seen at once.
const SHOWN: usize = 4;

/// A category with what it is, or will be, beyond its plan.
#[derive(Clone, Copy)]
struct Beyond {
    category: Category,
    line: Line,
    by: i64,
    already: bool,
}

/// Worst first. What is put by can't be too much.
fn beyond(analysis: &Analysis, today: domain::Date) -> Vec<Beyond> {
    let put_by = [Category::Savings, Category::Emergency, Category::Investments];
    let mut found: Vec<Beyond> = analysis
        .categories
        .iter()
        .filter_map(|&line| {
            let category = line.category.filter(|category| !put_by.contains(category))?;
            let planned = line.allocated + line.carried_in;
            match spending(analysis, &line, today).standing() {
                Standing::Over => Some(Beyond { category, line, by: line.spent - planned, already: true }),
                Standing::HeadingOver => Some(Beyond { category, line, by: line.projected - planned, already: false }),
                Standing::OnTrack => None,
            }
        })
        .collect();
    found.sort_by_key(|beyond| (!beyond.already, std::cmp::Reverse(beyond.by)));
    found
}

#[component]
pub(super) fn Attention(month: BudgetMonth) -> impl IntoView {
    let words = t();
    let i18n = use_i18n();
    let analysis = month.analysis.clone();
    let whole = paths::budget_month(month.budget.id, analysis.month);
    let sort_out = paths::expenses_of(month.budget.id, analysis.month, ExpenseFilter::Uncategorised);
    let found = beyond(&analysis, i18n.today);
    let none = if phase(&analysis, i18n.today) == Phase::Past {
        words.dashboard.attention_none_past
    } else {
        words.dashboard.attention_none
    };
    let more = found.len().saturating_sub(SHOWN);
    let rows = found.iter().take(SHOWN).map(|&beyond| row(&month, beyond, i18n)).collect_view();
    let loose = usize::try_from(analysis.uncategorised.transactions).unwrap_or_default();
    view! {
        <Card title=words.dashboard.attention>
            {found.is_empty().then(|| view! { <p>{none}</p> })}
            <ul class="bars">{rows}</ul>
            {(more > 0).then(|| view! {
                <p class="after"><a href=whole>{plural(i18n, words.dashboard.more_to_see, more)}</a></p>
            })}
            {(loose > 0).then(|| view! {
                <p class="after">
                    {plural(i18n, words.budgets.uncategorised_note, loose)} " "
                    <a href=sort_out>{words.budgets.sort_out}</a>
                </p>
            })}
        </Card>
    }
}

fn row(month: &BudgetMonth, beyond: Beyond, i18n: I18n) -> impl IntoView + use<> {
    let words = t();
    let Beyond { category, line, by, already } = beyond;
    let amount = i18n.locale.format_money(Money::new(by, month.analysis.currency));
    let text = if already { words.dashboard.is_over } else { words.dashboard.will_be_over };
    let bar = spending(&month.analysis, &line, i18n.today);
    let href = paths::expenses_of(month.budget.id, month.analysis.month, ExpenseFilter::Category(category));
    view! {
        <li>
            <CategoryIcon category=category />
            <a class="name" href=href>{words.categories.name(category)}</a>
            <span class="figure">{fill(text, &[("amount", &amount)])}</span>
            <BudgetBar of=Signal::stored(bar) hue=category.index() wordless=true />
        </li>
    }
}
