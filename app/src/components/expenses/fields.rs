//! The fields of an expense, for a new one and for one that is changed.
use super::{
    merchant::MerchantField,
    parts::Parts,
    place::PlaceFields,
    repeats::{self, Repeats},
    start::Start,
};
use crate::{
    api::views::ExpenseDetail,
    components::CurrencySelect,
    i18n::{entry, fill, t, use_i18n},
    session::use_page,
    ui::{Choice, DateField, Select, TextArea, TextField, use_form},
};
use domain::{
    arithmetic,
    budget::Budget,
    category::Category,
    currency::Currency,
    expense::{Expense, Kind, PaymentMethod, Status},
    money::Money,
    role::Role,
};
use leptos::prelude::*;

/// Fields that stand in the part that is folded away at first.
const FOLDED: [&str; 12] = [
    "description",
    "tags",
    "notes",
    "budgetId",
    "accountId",
    "toAccountId",
    "paymentMethod",
    "subcategory",
    "status",
    "location.address",
    "location.lat",
    "location.lng",
];

/// All fields; those that are wanted less often are folded away while nothing stands in them.
#[component]
pub(super) fn ExpenseFields(
    /// The row, and what there is to choose from.
    detail: ExpenseDetail,
    /// What stands in the fields at first.
    start: Start,
) -> impl IntoView {
    let messages = t();
    let words = &messages.expenses;
    let form = use_form();
    let typed = |name: &str| form.typed(name).unwrap_or_else(|| start.text(name));
    let kind_now: Kind = typed("kind").parse().unwrap_or(Kind::Expense);
    let kind = RwSignal::new(kind_now);
    let amount = RwSignal::new(typed("amount"));
    let currency = RwSignal::new(form.typed("currency").and_then(|code| code.parse().ok()).unwrap_or(start.currency));
    let kinds = Kind::ALL.iter().map(|&kind| Choice::new(kind.as_str(), words.kind(kind))).collect();
    let categories = Category::ALL.into_iter().map(|c| Choice::new(c.as_str(), messages.categories.name(c))).collect();
    let without_category = move || matches!(kind.get(), Kind::Income | Kind::Transfer);
    let mut folded_names = FOLDED.iter().chain(&repeats::FIELDS);
    let open = start.has_more() || detail.repeats.is_some() || folded_names.any(|&name| form.came_back_wrong(name));
    let (people, folded) = (detail.people.clone(), start.clone());
    view! {
        <div class="fields pair">
            <TextField
                name="amount"
                label=words.amount
                bind=amount
                inputmode="decimal"
                autocomplete="off"
                class="figure"
            />
            <CurrencySelect
                name="currency"
                label=words.currency
                value=start.currency
                on_change=Callback::new(move |chosen: Currency| currency.set(chosen))
            />
        </div>
        <Calculated amount=amount currency=currency />
        <MerchantField value=start.text("merchant") habits=detail.habits.clone() />
        <div class="fields close">
            <fieldset class="plain" disabled=without_category hidden=without_category>
                <Select
                    name="category"
                    label=messages.categories.category
                    choices=categories
                    value=start.text("category")
                    empty=messages.categories.uncategorised
                />
            </fieldset>
            <DateField name="date" label=words.date value=start.text("date") />
            <Select
                name="kind"
                label=words.kind
                choices=kinds
                value=kind_now.as_str().to_owned()
                on_change=Callback::new(move |chosen: String| kind.set(chosen.parse().unwrap_or(Kind::Expense)))
            />
        </div>
        <fieldset class="plain" disabled=without_category hidden=without_category>
            <Parts start=start people=people whole=amount currency=currency />
        </fieldset>
        <details class="fold" open=open>
            <summary class="button quiet">{words.more_fields}</summary>
            <Folded detail=detail start=folded />
        </details>
    }
}

/// What a typed calculation comes to, before it is saved.
#[component]
fn Calculated(amount: RwSignal<String>, currency: RwSignal<Currency>) -> impl IntoView {
    let locale = use_i18n().locale;
    let words = entry::words(locale.language());
    let result = move || {
        let currency = currency.get();
        let found = amount.with(|text| arithmetic::amount(text, locale, currency)).ok()?;
        let shown = locale.format_money(Money::new(found.minor, currency));
        found.calculated.then(|| fill(words.comes_to, &[("amount", &shown)]))
    };
    view! { <p class="help calculated" role="status">{result}</p> }
}

/// What is wanted less often.
#[component]
fn Folded(detail: ExpenseDetail, start: Start) -> impl IntoView {
    let words = &t().expenses;
    let more = entry::words(use_i18n().locale.language());
    let ExpenseDetail { expense: row, budgets, accounts, default_budget, repeats, other_account, .. } = detail;
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
    let accounts: Vec<Choice> = accounts
        .iter()
        .filter(|choice| !choice.closed || Some(choice.id) == account)
        .map(|account| Choice::new(account.id.to_string(), account.name.clone()))
        .collect();
    let leg = row.as_ref().and_then(Expense::leg);
    // Where money comes in, it is the account above.
    let target = leg.is_none_or(|leg| !leg.incoming).then(|| (accounts.clone(), other_account.unwrap_or_default()));
    let payments =
        PaymentMethod::ALL.iter().map(|&method| Choice::new(method.as_str(), words.payment(method))).collect();
    let statuses = Status::ALL.iter().map(|&status| Choice::new(status.as_str(), words.status(status))).collect();
    let status = Some(start.text("status")).filter(|status| !status.is_empty());
    let status = status.unwrap_or_else(|| Status::Cleared.as_str().to_owned());
    view! {
        <div class="stack">
            <TextField name="description" label=words.description value=start.text("description") optional=true autocomplete="off" />
            <TextField name="tags" label=words.tags help=words.tags_help value=start.text("tags") optional=true autocomplete="off" />
            <div class="fields close">
                <TextField name="subcategory" label=more.subcategory value=start.text("subcategory") optional=true autocomplete="off" />
                <Select name="status" label=words.status choices=statuses value=status />
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
                    {target.map(|(accounts, value)| view! {
                        <Select
                            name="toAccountId"
                            label=words.to_account
                            help=words.to_account_help
                            choices=accounts
                            value=value
                            empty=words.no_to_account
                        />
                    })}
                })}
                <Select
                    name="paymentMethod"
                    label=words.payment
                    choices=payments
                    value=start.text("paymentMethod")
                    empty=words.no_payment
                />
            </div>
            <PlaceFields start=start.clone() />
            <TextArea name="notes" label=words.notes value=start.text("notes") optional=true />
            <Repeats rule=repeats />
        </div>
    }
}
