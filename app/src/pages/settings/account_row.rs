//! One account: what it is, and the folded form that changes it.
use super::accounts::KindSelect;
use crate::{
    i18n::t,
    session::use_page,
    ui::{Badge, Choice, Form, Glyph, Icon, Look, Select, Submit, TextField},
};
use domain::account::{Account, masked};
use leptos::prelude::*;

const UPDATE: &str = "account-update";
const DELETE: &str = "account-delete";

#[component]
pub(super) fn AccountRow(account: Account) -> impl IntoView {
    let words = &t().settings;
    let numbers: Vec<_> = account.external_ids.iter().map(|id| masked(id)).collect();
    let mut facts = vec![words.kind(account.kind).to_owned(), account.currency.code().to_owned()];
    facts.extend(numbers);
    let (open, closed, name) = (came_back(&account), account.closed, account.name.clone());
    view! {
        <li class="account">
            <details open=open>
                <summary>
                    <span class="name">{name}</span>
                    <span class="help">{facts.join(" · ")}</span>
                    {closed.then(|| view! { <Badge>{words.account_closed}</Badge> })}
                    <span class="change">{words.account_change} <Icon glyph=Glyph::Down /></span>
                </summary>
                <Change account=account />
            </details>
        </li>
    }
}

/// Whether a form of this account was sent without JavaScript and came back: then it stands open.
fn came_back(account: &Account) -> bool {
    use_page().flash.is_some_and(|flash| {
        [UPDATE, DELETE].contains(&flash.form.as_str())
            && !flash.outcome.ok
            && flash.outcome.typed.get("id") == Some(&account.id.to_string())
    })
}

#[component]
fn Change(account: Account) -> impl IntoView {
    let words = &t().settings;
    let id = account.id.to_string();
    let states = vec![Choice::new("false", words.account_open), Choice::new("true", words.account_closed)];
    view! {
        <Form name=UPDATE about=("id", id.clone()) class="stack">
            <input type="hidden" name="version" value=account.version.to_string() />
            <div class="fields">
                <TextField name="name" label=words.account_name value=account.name autocomplete="off" />
                <KindSelect value=account.kind />
                <Select
                    name="closed"
                    label=words.account_state
                    help=words.account_is_closed_help
                    choices=states
                    value=if account.closed { "true" } else { "false" }
                />
            </div>
            <div class="actions">
                <Submit>{words.account_save}</Submit>
            </div>
        </Form>
        <Form name=DELETE about=("id", id) class="inline-form">
            <Submit look=Look::Danger>
                <Icon glyph=Glyph::Trash />
                {words.account_delete}
            </Submit>
            <p class="help">{words.account_delete_help}</p>
        </Form>
    }
}
