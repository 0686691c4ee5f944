//! What comes in in a month, planned and received; and last month once more.
use crate::{
    i18n::{fill, t, use_i18n},
    ui::{Card, Form, Look, MoneyField, Submit},
};
use domain::{analysis::Analysis, ids::BudgetId, money::Money, months::MonthEntry, period::Month};
use leptos::prelude::*;

/// What comes in: two amounts that may be left empty, since the plan and the rows know them, too.
#[component]
pub(super) fn Income(
    entry: MonthEntry,
    analysis: Analysis,
    /// Of the plan, in minor units.
    plan: i64,
    page: String,
) -> impl IntoView {
    let words = &t().months;
    let locale = use_i18n().locale;
    let currency = analysis.currency;
    let money = move |minor| locale.format_money(Money::new(minor, currency));
    let written = move |minor: Option<i64>| {
        minor.map(|minor| locale.format_number(minor, currency.exponent())).unwrap_or_default()
    };
    view! {
        <Card title=words.month_title>
            <Form name="budget-month" about=("id", entry.budget_id.to_string()) next=page class="stack">
                <input type="hidden" name="month" value=entry.month.to_string() />
                <input type="hidden" name="version" value=entry.version.to_string() />
                <div class="fields">
                    <MoneyField
                        name="receivedIncome"
                        label=words.received_income
                        help=fill(words.received_help, &[("amount", &money(analysis.booked_income))])
                        currency=Signal::stored(currency)
                        value=written(entry.received_income)
                        optional=true
                    />
                    <MoneyField
                        name="plannedIncome"
                        label=words.planned_income
                        help=fill(words.planned_help, &[("amount", &money(plan))])
                        currency=Signal::stored(currency)
                        value=written(entry.planned_income)
                        optional=true
                    />
                </div>
                <div class="actions">
                    <Submit look=Look::Plain>{words.income_save}</Submit>
                </div>
            </Form>
        </Card>
    }
}

/// Takes over what was moved and planned in the month before.
#[component]
pub(super) fn CopyLast(budget: BudgetId, month: Month, page: String) -> impl IntoView {
    let words = &t().months;
    let last = month.previous();
    let name = use_i18n().locale.format_month(last.year, last.month);
    let named = |text: &str| fill(text, &[("month", &name)]);
    let (title, action) = (named(words.copy_title), named(words.copy_do));
    view! {
        <Card title=title>
            <Form name="budget-month-copy" about=("id", budget.to_string()) next=page class="stack">
                <input type="hidden" name="month" value=month.to_string() />
                <p class="help">{words.copy_text}</p>
                <div class="actions">
                    <Submit look=Look::Plain>{action}</Submit>
                </div>
            </Form>
        </Card>
    }
}
