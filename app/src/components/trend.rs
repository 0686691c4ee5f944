//! The last months as columns: what was spent, and a line for what came in. Each leads to its month; a table with the
//! figures stands behind.
use crate::{
    i18n::{fill, t, use_i18n},
    ui::{Column, Table},
};
use domain::{currency::Currency, ids::BudgetId, money::Money, period::Month, report::MonthTotal};
use leptos::prelude::*;

/// Heights and places in hundredths of a percent of the tallest.
fn percent(part: i64, whole: i64) -> String {
    let share = i128::from(part.clamp(0, whole.max(0))) * 10_000 / i128::from(whole.max(1));
    format!("{}.{:02}%", share / 100, share % 100)
}

/// Columns and table. Nothing where there is nothing to show.
#[component]
pub fn Trend(
    /// Whose months they are.
    budget: BudgetId,
    /// Oldest first.
    months: Vec<MonthTotal>,
    /// All amounts are in it.
    currency: Currency,
    /// The month that is seen on the page.
    current: Month,
    /// The address of a month.
    #[prop(into)]
    href: Callback<Month, String>,
) -> impl IntoView {
    let words = &t().dashboard;
    let top = months.iter().map(|month| month.spent.max(month.income)).max().unwrap_or_default();
    let columns = months
        .iter()
        .map(|&total| view! { <MonthColumn total=total top=top currency=currency current=total.month == current href=href /> })
        .collect_view();
    let locale = use_i18n().locale;
    // Drawn anew by ECharts once somebody points at it (see `shell::CHARTS`).
    let chart = format!("/_fn/q/trend-chart?budget={budget}&month={current}");
    view! {
        <div class="chart" data-chart=chart data-currency=currency.code() data-locale=locale.tag()>
            <ol class="trend" aria-label=words.trend_table>
                {columns}
            </ol>
        </div>
        <details class="behind">
            <summary>{words.figures_behind}</summary>
            <TrendTable months=months currency=currency />
        </details>
    }
}

#[component]
fn MonthColumn(
    total: MonthTotal,
    top: i64,
    currency: Currency,
    current: bool,
    href: Callback<Month, String>,
) -> impl IntoView {
    let words = &t().dashboard;
    let locale = use_i18n().locale;
    let MonthTotal { month, spent, income } = total;
    let money = |minor| locale.format_money(Money::new(minor, currency));
    let name = locale.format_month(month.year, month.month);
    let label = fill(words.trend_bar, &[("month", &name), ("spent", &money(spent)), ("income", &money(income))]);
    let line = (income > 0).then(|| {
        view! { <rect class="trend-income" y=percent(top - income, top) width="100%" height="2" /> }
    });
    view! {
        <li class:current=current>
            <a href=href.run(month) aria-label=label aria-current=current.then_some("true")>
                <svg width="100%" height="100%" aria-hidden="true" focusable="false">
                    <rect class="trend-spent" x="14%" width="72%" y=percent(top - spent.max(0), top) height=percent(spent, top) />
                    {line}
                </svg>
                <span class="figure" aria-hidden="true">{locale.format_number(spent, currency.exponent())}</span>
                <span aria-hidden="true">{locale.month_short(month.month)}</span>
            </a>
        </li>
    }
}

#[component]
fn TrendTable(months: Vec<MonthTotal>, currency: Currency) -> impl IntoView {
    let words = &t().dashboard;
    let locale = use_i18n().locale;
    let number = move |minor| locale.format_number(minor, currency.exponent());
    let head = |label: &str| Column::figure(format!("{label}, {}", locale.symbol(currency)));
    let columns = vec![
        Column::text(words.trend_month),
        head(words.trend_spent),
        head(words.trend_income),
        head(words.trend_difference),
    ];
    view! {
        <Table caption=words.trend_table columns=columns>
            {months
                .into_iter()
                .rev()
                .map(|MonthTotal { month, spent, income }| view! {
                    <tr>
                        <th scope="row">{locale.format_month(month.year, month.month)}</th>
                        <td class="figure">{number(spent)}</td>
                        <td class="figure">{number(income)}</td>
                        <td class="figure">{number(income - spent)}</td>
                    </tr>
                })
                .collect_view()}
        </Table>
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_of_the_tallest() {
        assert_eq!(percent(50, 200), "25.00%");
        assert_eq!(percent(-5, 200), "0.00%");
        assert_eq!(percent(1, 0), "0.00%");
        assert_eq!(percent(1, 3), "33.33%");
    }
}
