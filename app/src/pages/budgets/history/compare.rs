//! Two versions of a budget: which ones (a plain GET form), and both side by side.
use super::{
    list::Restore,
    words::{made, percent},
};
use crate::{
    api::history::{Compared, Version},
    i18n::{fill, t, use_i18n},
    paths,
    ui::{Badge, Card, CategoryIcon, Column, Table, Tone},
};
use domain::{
    allocation::Allocation,
    budget::{Budget, Plan, Rollover, Subcategory},
    category::Category,
    ids::BudgetId,
    money::Money,
    period::Month,
};
use leptos::prelude::*;

/// Which two.
#[component]
pub(super) fn CompareForm(
    budget: BudgetId,
    items: Vec<Version>,
    /// Those that are shown.
    chosen: Option<(i64, i64)>,
    /// The version that the budget has now.
    newest: i64,
) -> impl IntoView {
    let words = &t().history;
    let (from, to) = chosen.unwrap_or((newest - 1, newest));
    let i18n = use_i18n();
    let mut numbers: Vec<(i64, String)> = items
        .iter()
        .map(|version| {
            let number = i18n.locale.format_count(version.number);
            (version.number, format!("{} · {}", fill(words.version, &[("n", &number)]), made(version)))
        })
        .collect();
    for number in [from, to, newest] {
        if number > 0 && numbers.iter().all(|(known, _)| *known != number) {
            numbers.push((number, fill(words.version, &[("n", &i18n.locale.format_count(number))])));
        }
    }
    numbers.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    let action = paths::budget_history(budget);
    let on_submit = submit(action.clone());
    view! {
        <Card title=words.compare>
            <form class="compare-form" method="get" action=action on:submit=on_submit>
                <Pick name="from" label=words.compare_from numbers=numbers.clone() chosen=from />
                <Pick name="to" label=words.compare_to numbers=numbers chosen=to />
                <button type="submit" class="button">{words.compare_do}</button>
            </form>
        </Card>
    }
}

#[component]
fn Pick(name: &'static str, label: &'static str, numbers: Vec<(i64, String)>, chosen: i64) -> impl IntoView {
    let id = format!("compare-{name}");
    let options = numbers.into_iter().map(|(number, text)| {
        view! { <option value=number.to_string() selected=number == chosen>{text}</option> }
    });
    view! {
        <div class="field">
            <label for=id.clone() class="label">{label}</label>
            <select id=id name=name>{options.collect_view()}</select>
        </div>
    }
}

/// With the program in the page, its address changes without a load.
#[allow(unused_variables, clippy::needless_pass_by_value, reason = "only the browser sends")]
fn submit(action: String) -> impl Fn(leptos::ev::SubmitEvent) + 'static {
    #[cfg(feature = "hydrate")]
    let navigate = leptos_router::hooks::use_navigate();
    move |event| {
        #[cfg(feature = "hydrate")]
        if let Some(query) = sent(&event) {
            event.prevent_default();
            let stay = leptos_router::NavigateOptions { scroll: false, ..Default::default() };
            navigate(&format!("{action}?{query}"), stay);
        }
    }
}

#[cfg(feature = "hydrate")]
fn sent(event: &leptos::ev::SubmitEvent) -> Option<String> {
    use wasm_bindgen::JsCast as _;
    let form: web_sys::HtmlFormElement = event.target()?.dyn_into().ok()?;
    let data = web_sys::FormData::new_with_form(&form).ok()?;
    let query = web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(String::from(query.to_string()))
}

/// Both plans, line by line; where they differ, a word says so.
#[component]
pub(super) fn SideBySide(budget: Budget, two: Compared, may_edit: bool) -> impl IntoView {
    let words = &t().history;
    let i18n = use_i18n();
    let number = |version: &Version| i18n.locale.format_count(version.number);
    let heads = [&two.from, &two.to]
        .map(|version| format!("{} · {}", fill(words.version, &[("n", &number(version))]), made(version)));
    let title = fill(words.side_by_side, &[("from", &number(&two.from)), ("to", &number(&two.to))]);
    let columns = vec![Column::text(words.what), Column::text(heads[0].clone()), Column::text(heads[1].clone())];
    let lines = lines(&two.before, &two.after);
    let rows = lines.into_iter().map(|line| view! { <Row line=line heads=heads.clone() /> }).collect_view();
    let restore = [two.from.number, two.to.number]
        .into_iter()
        .enumerate()
        .filter(|(at, number)| may_edit && *number != budget.version && (*at == 0 || two.from.number != *number))
        .map(|(_, to)| view! { <Restore budget=budget.id now=budget.version to=to place="compared" within=title.clone() /> })
        .collect_view();
    view! {
        <Card title=title.clone() class="compared">
            {two.changes.is_empty().then(|| view! { <p>{words.nothing_differs}</p> })}
            <Table caption=title columns=columns class="compare-table">{rows}</Table>
            <div class="actions">{restore}</div>
        </Card>
    }
}

/// One thing of both plans.
struct Line {
    what: String,
    category: Option<Category>,
    before: String,
    after: String,
    differs: bool,
}

/// All that a plan is. What plans get besides stands here, too.
fn lines(before_plan: &Plan, after_plan: &Plan) -> Vec<Line> {
    let words = t();
    let locale = use_i18n().locale;
    let line_of = |what: &str, before: String, after: String| Line {
        what: what.to_owned(),
        category: None,
        differs: before != after,
        before,
        after,
    };
    let income = |plan: &Plan| locale.format_money(Money::new(plan.monthly_income, plan.currency));
    let month = |month: Month| locale.format_month(month.year, month.month);
    let share = |allocation: Allocation, plan: &Plan| {
        let amount = locale.format_money(Money::new(allocation.amount, plan.currency));
        format!("{} · {amount}", percent(locale, allocation.percentage.0))
    };
    let mut lines = vec![
        line_of(words.history.name, before_plan.name.clone(), after_plan.name.clone()),
        line_of(words.history.income, income(before_plan), income(after_plan)),
        line_of(words.history.counts_from, month(before_plan.effective_from), month(after_plan.effective_from)),
    ];
    for category in Category::ALL {
        let [before, after] = [before_plan, after_plan].map(|plan| share(plan.allocations[category], plan));
        let line = line_of(words.categories.name(category), before, after);
        lines.push(Line { category: Some(category), ..line });
        if before_plan.rollover[category] != after_plan.rollover[category] {
            let [before, after] =
                [before_plan, after_plan].map(|plan| rollover_word(plan.rollover[category]).to_owned());
            let what = fill(words.history.rollover_of, &[("category", words.categories.name(category))]);
            lines.push(line_of(&what, before, after));
        }
        if before_plan.subcategories[category] != after_plan.subcategories[category] {
            let parts = |plan: &Plan| {
                let part = |part: &Subcategory| {
                    format!("{} {}", part.name, locale.format_money(Money::new(part.amount, plan.currency)))
                };
                let named: Vec<String> = plan.subcategories[category].iter().map(part).collect();
                if named.is_empty() { words.history.no_parts.to_owned() } else { named.join(", ") }
            };
            let what = fill(words.history.parts_of, &[("category", words.categories.name(category))]);
            lines.push(line_of(&what, parts(before_plan), parts(after_plan)));
        }
    }
    lines
}

fn rollover_word(rollover: Rollover) -> &'static str {
    let words = &t().months;
    match rollover {
        Rollover::None => words.rollover_none,
        Rollover::Surplus => words.rollover_surplus,
        Rollover::Both => words.rollover_both,
    }
}

#[component]
fn Row(line: Line, heads: [String; 2]) -> impl IntoView {
    let words = &t().history;
    let [left, right] = heads;
    let Line { what, category, before, after, differs } = line;
    view! {
        <tr class:differs=differs>
            <th scope="row" class="what">
                {category.map(|category| view! { <CategoryIcon category=Some(category) /> })}
                <span>{what}</span>
                {differs.then(|| view! { <Badge tone=Tone::Caution>{words.differs}</Badge> })}
            </th>
            <td data-label=left>{if differs { view! { <del>{before}</del> }.into_any() } else { before.into_any() }}</td>
            <td data-label=right>{if differs { view! { <ins>{after}</ins> }.into_any() } else { after.into_any() }}</td>
        </tr>
    }
}
