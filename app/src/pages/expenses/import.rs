//! A bank file: drop it, look at what it holds, add it; and the files that came before.
use crate::{
    api::{
        queries,
        views::{ExpenseDetail, ImportDetail, ImportHead},
    },
    components::{
        Load, PageHeader,
        bank_file::{DropFile, Earlier, Preview},
    },
    i18n::t,
    paths,
    session::use_refresh,
    ui::{ButtonLink, Card, Crumb, Stepper},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/expenses/import`, and `?import=ID` for a preview.
#[component]
pub fn Import() -> impl IntoView {
    let query = use_query_map();
    let id = Memo::new(move |_| query.with(|query| query.get("import")).filter(|id| !id.is_empty()));
    move || match id.get() {
        Some(id) => view! { <OneFile id=id /> }.into_any(),
        None => view! { <AllFiles /> }.into_any(),
    }
}

/// The pages above: the expenses, and above a preview the files, too.
fn above(preview: bool) -> Vec<Crumb> {
    let expenses = Crumb::new(t().expenses.title, paths::EXPENSES);
    let files = preview.then(|| Crumb::new(t().import.title, paths::IMPORT));
    [expenses].into_iter().chain(files).collect()
}

/// Where a file is dropped, and what was dropped before.
#[component]
fn AllFiles() -> impl IntoView {
    let words = &t().import;
    let refresh = use_refresh();
    let offers = Resource::new(|| (), |()| queries::expense_detail(None));
    let files = Resource::new(move || refresh.track(), |_| queries::imports());
    let earlier = |files: Vec<ImportHead>| view! { <Earlier files=files /> }.into_any();
    view! {
        <PageHeader title=words.title lead=words.lead crumbs=above(false) />
        <Stepper steps=words.steps.to_vec() now=0 />
        <div class="bank-file stack">
            <Load data=offers lines=3 view=|offers: ExpenseDetail| view! { <DropFile offers=offers /> }.into_any() />
            <Card title=words.earlier>
                <Load data=files lines=3 view=earlier />
            </Card>
        </div>
    }
}

/// The preview of a file, or what became of it.
#[component]
fn OneFile(id: String) -> impl IntoView {
    let words = &t().import;
    let refresh = use_refresh();
    let query = use_query_map();
    let page =
        Memo::new(move |_| query.with(|query| query.get("page").and_then(|page| page.parse().ok())).unwrap_or(1));
    let data = Resource::new(
        move || (id.clone(), page.get(), refresh.track()),
        |(id, page, _)| queries::import_detail(id, page),
    );
    view! {
        <PageHeader title=words.preview_title crumbs=above(true)>
            <ButtonLink href=paths::IMPORT>{words.another}</ButtonLink>
        </PageHeader>
        <Load data=data lines=10 view=|detail: ImportDetail| view! { <Preview detail=detail /> }.into_any() />
    }
}
