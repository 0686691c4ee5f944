//! Where money is: the list of accounts, and a form for one more.
use super::{Section, account_row::AccountRow};
use crate::{
    api::{queries, views},
    components::{CurrencySelect, Load},
    i18n::{plural, t, use_i18n},
    paths,
    session::use_refresh,
    ui::{Card, Choice, Empty, Form, Select, Submit, TextField},
};
use domain::{
    account::{Account, AccountKind},
    currency::Currency,
};
use leptos::prelude::*;

/// All kinds, in the order in which they are offered.
const KINDS: [AccountKind; 5] =
    [AccountKind::Checking, AccountKind::Savings, AccountKind::Card, AccountKind::Cash, AccountKind::Loan];

/// `/settings/accounts`
#[component]
pub fn Accounts() -> impl IntoView {
    let words = &t().settings;
    let refresh = use_refresh();
    let data = Resource::new(move || refresh.track(), |_| queries::settings());
    view! {
        <Section here=paths::ACCOUNTS title=words.accounts lead=words.accounts_lead>
            <Load data=data view=move |found: views::Settings| {
                view! { <List accounts=found.accounts currency=found.preferences.currency /> }.into_any()
            } />
        </Section>
    }
}

#[component]
fn List(accounts: Vec<Account>, currency: Currency) -> impl IntoView {
    let words = &t().settings;
    let i18n = use_i18n();
    let none = accounts.is_empty();
    let (closed, open): (Vec<_>, Vec<_>) = accounts.into_iter().partition(|account| account.closed);
    let rows = |accounts: Vec<Account>| {
        accounts.into_iter().map(|account| view! { <AccountRow account=account /> }).collect_view()
    };
    view! {
        {(!open.is_empty()).then(|| view! { <ul class="card accounts" aria-label=words.accounts_table>{rows(open)}</ul> })}
        {(!closed.is_empty()).then(|| view! {
            <details class="archived">
                <summary>{plural(i18n, words.closed_accounts, closed.len())}</summary>
                <ul class="card accounts">{rows(closed)}</ul>
            </details>
        })}
        {none.then(|| view! {
            <Empty title=words.accounts_empty_title text=words.accounts_empty_text>
                <a class="button" href=paths::IMPORT>{t().budgets.next_import}</a>
            </Empty>
        })}
        <Add currency=currency />
    }
}

#[component]
fn Add(currency: Currency) -> impl IntoView {
    let words = &t().settings;
    view! {
        <Card title=words.account_add>
            <Form name="account-create" class="stack" reset=true>
                <div class="fields">
                    <TextField name="name" label=words.account_name autocomplete="off" />
                    <KindSelect value=AccountKind::Checking />
                    <CurrencySelect name="currency" label=words.currency value=currency />
                </div>
                <div class="actions">
                    <Submit>{words.account_add}</Submit>
                </div>
            </Form>
        </Card>
    }
}

/// What sort of place it is.
#[component]
pub(super) fn KindSelect(value: AccountKind) -> impl IntoView {
    let words = &t().settings;
    let choices = KINDS.map(|kind| Choice::new(kind.as_str(), words.kind(kind))).to_vec();
    view! { <Select name="kind" label=words.account_kind choices=choices value=value.as_str() /> }
}
