//! The filters of the expense table: a plain GET form, so that they work without JavaScript; with it the rows change
//! without a reload.
use super::address::{Address, SORT};
use crate::{
    api::views::ExpensePage,
    i18n::{t, table, use_i18n},
    paths,
    ui::{Glyph, Icon},
};
use domain::{
    category::Category,
    expense::{Kind, PaymentMethod, Status},
    period::Month,
};
use leptos::prelude::*;

/// The element id of the search field: `/` leads there.
pub const SEARCH_ID: &str = "filter-q";
/// How many months back the list goes.
const MONTHS: usize = 24;
/// What the form can set; other filters in the address (of a link) stay.
const OWN: [&str; 16] = [
    "q",
    "month",
    "category",
    "kind",
    "startDate",
    "endDate",
    "minAmount",
    "maxAmount",
    "budgetId",
    "accountId",
    "unconverted",
    "status",
    "paymentMethod",
    "tags",
    "hasReceipt",
    "recurring",
];

/// Value and text of each choice.
type Choices = Vec<(String, String)>;

/// Search, month and category in sight; the rest one click away.
#[component]
pub fn Filters(
    /// The address of the table.
    address: Memo<Address>,
    /// The table's data, for the names of budgets and accounts; none until it is there.
    #[prop(into)]
    data: Callback<(), Option<ExpensePage>>,
) -> impl IntoView {
    let words = t();
    let (texts, categories) = (&words.expenses, &words.categories);
    let mut category_choices: Choices = Category::ALL
        .into_iter()
        .map(|category| (category.to_string(), categories.name(category).to_owned()))
        .collect();
    category_choices.push(("none".to_owned(), categories.uncategorised.to_owned()));
    let on_submit = submit(address);
    view! {
        <form class="filters" role="search" aria-label=texts.filters method="get" action=paths::EXPENSES on:submit=on_submit>
            <div class="filter-search">
                <label class="visually-hidden" for=SEARCH_ID>{texts.search}</label>
                <Icon glyph=Glyph::Search />
                <input
                    type="search"
                    id=SEARCH_ID
                    name="q"
                    placeholder=texts.search_hint
                    value=move || value(address, "q")
                    prop:value=move || value(address, "q")
                />
            </div>
            <Choice name="month" label=texts.month any=texts.any_month choices=months(address) address=address at_once=true hide_label=true />
            <Choice
                name="category"
                label=categories.category
                any=texts.any_category
                choices=category_choices
                address=address
                at_once=true
                hide_label=true
            />
            <More address=address data=data />
            <button type="submit" class="button no-js">{texts.find}</button>
            {move || {
                let address = address.get();
                let kept = address.filters().filter(|(name, _)| !OWN.contains(name));
                let kept = kept.chain(address.get(SORT).map(|sort| (SORT, sort)));
                kept.map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }).collect_view()
            }}
        </form>
    }
}

/// The filters that are wanted less often.
#[component]
fn More(address: Memo<Address>, data: Callback<(), Option<ExpensePage>>) -> impl IntoView {
    let words = &t().expenses;
    let kinds = Kind::ALL.iter().map(|&kind| (kind.as_str().to_owned(), words.kind(kind).to_owned())).collect();
    let node = NodeRef::<leptos::html::Details>::new();
    #[cfg(feature = "hydrate")]
    crate::ui::client::closes_by_itself(node);
    let places = move || {
        let page = data.run(())?;
        let budgets: Choices =
            page.budgets.iter().map(|budget| (budget.id.to_string(), budget.plan.name.clone())).collect();
        let accounts: Choices =
            page.accounts.iter().map(|account| (account.id.to_string(), account.name.clone())).collect();
        Some(view! {
            {(!budgets.is_empty()).then(|| view! {
                <Choice name="budgetId" label=words.budget any=words.any_budget choices=budgets address=address />
            })}
            {(!accounts.is_empty()).then(|| view! {
                <Choice name="accountId" label=words.account any=words.any_account choices=accounts address=address />
            })}
        })
    };
    view! {
        <details node_ref=node class="menu filter-more">
            <summary class="button"><Icon glyph=Glyph::Filter /> {words.more_filters}</summary>
            <div class="menu-list filter-fields">
                <Line name="startDate" label=words.from kind="date" address=address />
                <Line name="endDate" label=words.to kind="date" address=address />
                <Line name="minAmount" label=words.min_amount kind="text" address=address />
                <Line name="maxAmount" label=words.max_amount kind="text" address=address />
                <Choice name="kind" label=words.kind any=words.any_kind choices=kinds address=address />
                <Transition>{places}</Transition>
                <Rare address=address />
                <label class="toggle-line filter-wide">
                    <input
                        type="checkbox"
                        class="check"
                        name="unconverted"
                        value="true"
                        checked=move || is(address, "unconverted", "true")
                        prop:checked=move || is(address, "unconverted", "true")
                    />
                    {words.unconverted}
                </label>
                <div class="actions filter-wide">
                    <button type="submit" class="button primary">{words.apply}</button>
                </div>
            </div>
        </details>
    }
}

/// What is asked for now and then.
#[component]
fn Rare(address: Memo<Address>) -> impl IntoView {
    let words = &t().expenses;
    let more = table::words(use_i18n().locale.language());
    let statuses =
        Status::ALL.iter().map(|&status| (status.as_str().to_owned(), words.status(status).to_owned())).collect();
    let payments =
        PaymentMethod::ALL.iter().map(|&way| (way.as_str().to_owned(), words.payment(way).to_owned())).collect();
    let yes_or_no =
        |yes: &str, no: &str| vec![("true".to_owned(), yes.to_owned()), ("false".to_owned(), no.to_owned())];
    view! {
        <Choice name="status" label=words.status any=more.any_status choices=statuses address=address />
        <Choice name="paymentMethod" label=words.payment any=more.any_payment choices=payments address=address />
        <Line name="tags" label=words.tags kind="search" address=address />
        <Choice
            name="hasReceipt"
            label=more.receipt
            any=more.any_receipt
            choices=yes_or_no(more.with_receipt, more.without_receipt)
            address=address
        />
        <Choice
            name="recurring"
            label=more.recurring
            any=more.any_recurring
            choices=yes_or_no(more.is_recurring, more.not_recurring)
            address=address
        />
    }
}

/// A choice of one, or of any.
#[component]
fn Choice(
    name: &'static str,
    label: &'static str,
    any: &'static str,
    choices: Choices,
    address: Memo<Address>,
    /// Shows the rows as soon as something is chosen.
    #[prop(optional)]
    at_once: bool,
    #[prop(optional)] hide_label: bool,
) -> impl IntoView {
    let id = format!("filter-{name}");
    let options = choices.into_iter().map(|(value, text)| {
        let chosen = {
            let value = value.clone();
            move || is(address, name, &value)
        };
        view! { <option value=value selected=chosen.clone() prop:selected=chosen>{text}</option> }
    });
    view! {
        <div class="field">
            <label for=id.clone() class=if hide_label { "label visually-hidden" } else { "label" }>{label}</label>
            <select id=id.clone() name=name on:change=move |event| if at_once { send(&event) }>
                <option value="" selected=move || is(address, name, "") prop:selected=move || is(address, name, "")>{any}</option>
                {options.collect_view()}
            </select>
        </div>
    }
}

/// A line to type into.
#[component]
fn Line(name: &'static str, label: &'static str, kind: &'static str, address: Memo<Address>) -> impl IntoView {
    let id = format!("filter-{name}");
    let figure = kind == "text";
    view! {
        <div class="field">
            <label for=id.clone() class="label">{label}</label>
            <input
                id=id.clone()
                type=kind
                name=name
                class:figure=figure
                inputmode=figure.then_some("decimal")
                value=move || value(address, name)
                prop:value=move || value(address, name)
            />
        </div>
    }
}

fn value(address: Memo<Address>, name: &str) -> String {
    address.with(|address| address.get(name).unwrap_or_default().to_owned())
}

fn is(address: Memo<Address>, name: &str, value: &str) -> bool {
    address.with(|address| address.get(name).unwrap_or_default() == value)
}

/// This month and those before it, and the one of the address if it is another.
fn months(address: Memo<Address>) -> Choices {
    let i18n = use_i18n();
    let mut months = vec![Month { year: i18n.today.year(), month: i18n.today.month() }];
    while months.len() < MONTHS {
        months.push(months[months.len() - 1].previous());
    }
    let asked = address.with_untracked(|address| address.get("month").and_then(|month| month.parse::<Month>().ok()));
    months.extend(asked.filter(|asked| !months.contains(asked)));
    months.sort_unstable();
    months
        .into_iter()
        .rev()
        .map(|month| (month.to_string(), i18n.locale.format_month(month.year, month.month)))
        .collect()
}

/// Takes the form over from the browser: goes to the address that it would have sent, without what is empty.
#[allow(unused_variables, reason = "only the browser sends")]
fn submit(address: Memo<Address>) -> impl Fn(leptos::ev::SubmitEvent) + 'static {
    #[cfg(feature = "hydrate")]
    let navigate = leptos_router::hooks::use_navigate();
    move |event| {
        #[cfg(feature = "hydrate")]
        if let Some(next) = super::browser::form_address(&event) {
            event.prevent_default();
            let stay = leptos_router::NavigateOptions { scroll: false, ..Default::default() };
            navigate(&next.href(), stay);
        }
    }
}

#[allow(unused_variables, reason = "only the browser sends")]
fn send(event: &leptos::ev::Event) {
    #[cfg(feature = "hydrate")]
    super::browser::send_form_of_select(event);
}
