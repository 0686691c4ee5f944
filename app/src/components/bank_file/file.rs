//! Where the rows of a merchant are filed, chosen before a bank file is added.
use crate::{
    i18n::{fill, t},
    paths,
    ui::{ButtonLink, Card, Choice, Form, Look, Select, Submit},
};
use domain::{category::Category, ids::ImportId};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The form for the merchant that the address names; nothing where it names none.
#[component]
pub(super) fn FileRows(import: ImportId, page: u32) -> impl IntoView {
    let query = use_query_map();
    let merchant = Memo::new(move |_| query.with(|query| query.get("file")).filter(|name| !name.is_empty()));
    move || merchant.get().map(|merchant| view! { <Choose import=import page=page merchant=merchant /> })
}

#[component]
fn Choose(import: ImportId, page: u32, merchant: String) -> impl IntoView {
    let messages = t();
    let names = &messages.categories;
    let choices = Category::ALL.map(|category| Choice::new(category.as_str(), names.name(category))).to_vec();
    let back = format!("{}&page={page}", paths::import(import));
    let label = fill(messages.rules.file_in, &[("name", &merchant)]);
    view! {
        <Card>
            <Form name="import-file" about=("merchant", merchant) class="inline-form" next=back.clone() label=label.clone()>
                <input type="hidden" name="id" value=import.to_string() />
                <Select name="category" label=label choices=choices empty=names.uncategorised />
                <Submit>{messages.common.save}</Submit>
                <ButtonLink href=back look=Look::Quiet>{messages.common.cancel}</ButtonLink>
            </Form>
        </Card>
    }
}
