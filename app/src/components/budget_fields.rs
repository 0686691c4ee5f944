//! The fields of a budget: what comes in, and where it goes. The same for the first one, a further one, a changed one.
use super::{allocation::AllocationEditor, currency::CurrencySelect};
use crate::{
    i18n::{t, use_i18n},
    ui::{Card, Choice, MoneyField, Select, TextField, use_form},
};
use domain::{
    allocation::BasisPoints,
    budget::{Budget, BudgetType},
    category::COUNT,
    currency::Currency,
    locale::Locale,
    period::MonthStartDay,
};
use leptos::prelude::*;

/// What the fields begin with.
#[derive(Debug, Clone)]
pub struct BudgetStart {
    /// What it is called.
    pub name: String,
    /// Minor units; none for a new one.
    pub income: Option<i64>,
    /// What it is kept in.
    pub currency: Currency,
    /// Whether the currency can still be chosen: once there are totals, it can't.
    pub choose_currency: bool,
    /// Who it is for.
    pub kind: BudgetType,
    /// When its months begin; none for the person's own preference.
    pub start_day: Option<MonthStartDay>,
    /// What each category gets.
    pub shares: [BasisPoints; COUNT],
}

impl BudgetStart {
    /// A new budget with the standard shares.
    pub fn new(name: &str, currency: Currency) -> Self {
        Self {
            name: name.to_owned(),
            income: None,
            currency,
            choose_currency: true,
            kind: BudgetType::Personal,
            start_day: None,
            shares: super::allocation::PROPOSAL,
        }
    }

    /// A budget as it stands.
    pub fn of(budget: &Budget) -> Self {
        Self {
            name: budget.plan.name.clone(),
            income: Some(budget.plan.monthly_income),
            currency: budget.plan.currency,
            choose_currency: false,
            kind: budget.kind,
            start_day: Some(budget.month_start_day),
            shares: budget.plan.allocations.percentages(),
        }
    }
}

/// All fields of a budget; stands in a form.
#[component]
pub fn BudgetFields(
    /// What they begin with.
    start: BudgetStart,
) -> impl IntoView {
    let words = &t().plan;
    let locale = use_i18n().locale;
    let form = use_form();
    let known = form.typed("currency").and_then(|code| code.parse().ok()).unwrap_or(start.currency);
    let currency = RwSignal::new(known);
    let written = start.income.map(|minor| locale.format_number(minor, start.currency.exponent())).unwrap_or_default();
    let income = RwSignal::new(written);
    let minor = Signal::derive(move || income.with(|text| read_income(locale, text, currency.get())));
    let shares_lead = view! {
        <p class="help">
            <span class="needs-js">{words.shares_how}</span>
            <span class="no-js">{words.shares_plain}</span>
        </p>
    };
    view! {
        <Card title=words.basics class="basics">
            <div class="fields">
                <MoneyField
                    name="monthlyIncome"
                    label=words.income
                    help=words.income_help
                    currency=currency
                    bind=income
                />
                {start.choose_currency.then(|| view! {
                    <CurrencySelect
                        name="currency"
                        label=words.currency
                        help=words.currency_help
                        value=known
                        on_change=move |chosen| currency.set(chosen)
                    />
                })}
                <TextField name="name" label=words.name help=words.name_help value=start.name autocomplete="off" />
            </div>
            <More kind=start.kind start_day=start.start_day />
        </Card>
        <Card title=words.shares class="where-it-goes">
            {shares_lead}
            <AllocationEditor start=start.shares income=minor currency=currency />
        </Card>
    }
}

/// What most people leave as it is.
#[component]
pub fn More(
    /// For whom the budget is.
    kind: BudgetType,
    /// The day on which its months begin; none for the first.
    start_day: Option<MonthStartDay>,
) -> impl IntoView {
    let words = &t().plan;
    let form = use_form();
    let open = form.came_back_wrong("type") || form.came_back_wrong("monthStartDay");
    let kinds = [
        (BudgetType::Personal, words.kind_personal),
        (BudgetType::Shared, words.kind_shared),
        (BudgetType::Family, words.kind_family),
    ];
    view! {
        <details class="more" open=open>
            <summary>{words.more}</summary>
            <div class="fields">
                <StartDaySelect label=words.start_day help=words.start_day_help value=start_day />
                <Select
                    name="type"
                    label=words.kind
                    choices=kinds.map(|(kind, label)| Choice::new(kind.as_str(), label)).to_vec()
                    value=kind.as_str().to_owned()
                />
            </div>
        </details>
    }
}

/// The day on which months begin, 1 to 28.
#[component]
pub fn StartDaySelect(
    /// What it is called.
    #[prop(into)]
    label: String,
    /// A word of help.
    #[prop(into)]
    help: String,
    /// What is chosen at first; none for the first of the month.
    value: Option<MonthStartDay>,
) -> impl IntoView {
    let locale = use_i18n().locale;
    let days = (1..=28_i64).map(|day| Choice::new(day.to_string(), locale.format_count(day)));
    let value = value.unwrap_or_default().get().to_string();
    view! { <Select name="monthStartDay" label=label choices=days.collect() value=value help=help /> }
}

/// An income above zero in minor units; none while what was typed is none.
fn read_income(locale: Locale, text: &str, currency: Currency) -> Option<i64> {
    locale.parse_amount_in(text, currency).ok().filter(|minor| *minor > 0)
}
