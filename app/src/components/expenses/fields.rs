//! The fields of an expense, for a new one and for one that is changed.
use crate::{
    api::views::ExpenseDetail,
    components::CurrencySelect,
    i18n::{t, use_i18n},
    session::use_page,
    ui::{Choice, Combobox, DateField, Select, TextArea, TextField, use_form},
};
use domain::{
    budget::Budget,
    category::Category,
    expense::{Expense, Kind, PaymentMethod},
    locale::Locale,
    money::Money,
    role::Role,
};
use leptos::prelude::*;

/// Fields that stand in the part that is folded away at first.
const FOLDED: [&str; 6] = ["description", "tags", "notes", "budgetId", "accountId", "paymentMethod"];

/// All fields; those that are wanted less often are folded away while nothing stands in them.
#[component]
pub(super) fn ExpenseFields(
    /// The row, and what there is to choose from.
    detail: ExpenseDetail,
    /// The date of a new row.
    #[prop(into)]
    date: String,
) -> impl IntoView {
    let messages = t();
    let words = &messages.expenses;
    let locale = use_i18n().locale;
    let form = use_form();
    let row = detail.expense.clone();
    let currency = row.as_ref().map_or(detail.currency, |row| row.amount.currency());
    let kind_now = form
        .typed("kind")
        .and_then(|kind| kind.parse().ok())
        .or(row.as_ref().map(|row| row.kind))
        .unwrap_or(Kind::Expense);
    let kind = RwSignal::new(kind_now);
    let kinds = Kind::ALL.iter().map(|&kind| Choice::new(kind.as_str(), words.kind(kind))).collect();
    let categories = Category::ALL.into_iter().map(|c| Choice::new(c.as_str(), messages.categories.name(c))).collect();
    let without_category = move || matches!(kind.get(), Kind::Income | Kind::Transfer);
    let open = row.as_ref().is_some_and(has_more) || FOLDED.iter().any(|&name| form.came_back_wrong(name));
    view! {
        <div class="fields pair">
            <TextField
                name="amount"
                label=words.amount
                value=row.as_ref().map(|row| typed_amount(row.amount, locale)).unwrap_or_default()
                inputmode="decimal"
                autocomplete="off"
                class="figure"
            />
            <CurrencySelect name="currency" label=words.currency value=currency />
        </div>
        <Combobox
            name="merchant"
            label=words.merchant
            help=words.merchant_help
            value=row.as_ref().and_then(|row| row.merchant.clone()).unwrap_or_default()
            options=Signal::stored(detail.merchants.clone())
        />
        <div class="fields close">
            <fieldset class="plain" disabled=without_category hidden=without_category>
                <Select
                    name="category"
                    label=messages.categories.category
                    choices=categories
                    value=row.as_ref().and_then(|row| row.category).map(|c| c.to_string()).unwrap_or_default()
                    empty=messages.categories.uncategorised
                />
            </fieldset>
            <DateField name="date" label=words.date value=row.as_ref().map_or(date, |row| row.date.to_string()) />
            <Select
                name="kind"
                label=words.kind
                choices=kinds
                value=kind_now.as_str().to_owned()
                on_change=Callback::new(move |chosen: String| kind.set(chosen.parse().unwrap_or(Kind::Expense)))
            />
        </div>
        <details class="fold" open=open>
            <summary class="button quiet">{words.more_fields}</summary>
            <Folded detail=detail />
        </details>
    }
}

/// What is wanted less often.
#[component]
fn Folded(detail: ExpenseDetail) -> impl IntoView {
    let words = &t().expenses;
    let ExpenseDetail { expense: row, budgets, accounts, default_budget, .. } = detail;
    let me = use_page().viewer.map(|viewer| viewer.id);
    // Another one's row stays where it is, and its account is no business of anybody else.
    let own = row.as_ref().is_none_or(|row| Some(row.user_id) == me);
    let may_edit = |budget: &Budget| me.is_none_or(|me| budget.role_of(me) >= Some(Role::Edit));
    let budget = match &row {
        Some(row) => row.budget_id,
        None => default_budget,
    };
    let account = row.as_ref().and_then(|row| row.account_id);
    let budgets = budgets
        .iter()
        .filter(|choice| choice.is_active && may_edit(choice) || Some(choice.id) == budget)
        .map(|budget| Choice::new(budget.id.to_string(), budget.plan.name.clone()))
        .collect();
    let accounts = accounts
        .iter()
        .filter(|choice| !choice.closed || Some(choice.id) == account)
        .map(|account| Choice::new(account.id.to_string(), account.name.clone()))
        .collect();
    let payments =
        PaymentMethod::ALL.iter().map(|&method| Choice::new(method.as_str(), words.payment(method))).collect();
    let text = |part: fn(&Expense) -> Option<String>| row.as_ref().and_then(part).unwrap_or_default();
    view! {
        <div class="stack">
            <TextField name="description" label=words.description value=text(|row| row.description.clone()) optional=true autocomplete="off" />
            <TextField name="tags" label=words.tags help=words.tags_help value=text(|row| Some(row.tags.join(", "))) optional=true autocomplete="off" />
            <div class="fields close">
                {own.then(|| view! {
                    <Select
                        name="budgetId"
                        label=words.budget
                        choices=budgets
                        value=budget.map(|id| id.to_string()).unwrap_or_default()
                        empty=words.no_budget
                    />
                    <Select
                        name="accountId"
                        label=words.account
                        choices=accounts
                        value=account.map(|id| id.to_string()).unwrap_or_default()
                        empty=words.no_account
                    />
                })}
                <Select
                    name="paymentMethod"
                    label=words.payment
                    choices=payments
                    value=text(|row| row.payment_method.map(|method| method.as_str().to_owned()))
                    empty=words.no_payment
                />
            </div>
            <TextArea name="notes" label=words.notes value=text(|row| row.notes.clone()) optional=true />
        </div>
    }
}

/// Whether something stands in the part that is folded away.
fn has_more(row: &Expense) -> bool {
    row.description.is_some() || row.notes.is_some() || !row.tags.is_empty() || row.payment_method.is_some()
}

/// An amount as one would type it: plain digits and the locale's decimal mark.
fn typed_amount(amount: Money, locale: Locale) -> String {
    amount.to_decimal().replace('.', &locale.decimal_mark().to_string())
}
