//! What has no category, by merchant: one tap files all of a merchant's.
use crate::{
    api::rules::{ReviewGroup, ReviewPage, review},
    components::{Load, PageHeader},
    i18n::{fill, plural, t, use_i18n},
    pages::rules::categories,
    paths,
    session::use_refresh,
    ui::{ButtonLink, Crumb, Empty, Form, Look, Select, Submit, later},
};
use leptos::prelude::*;

/// `/expenses/review`
#[component]
pub fn Review() -> impl IntoView {
    let words = &t().rules;
    let refresh = use_refresh();
    let data = Resource::new(move || refresh.track(), |_| review());
    let above = vec![Crumb::new(t().expenses.title, paths::EXPENSES)];
    view! {
        <PageHeader title=words.review_title lead=words.review_lead crumbs=above>
            <ButtonLink href=paths::RULES>{words.title}</ButtonLink>
        </PageHeader>
        <Load data=data lines=10 view=|page: ReviewPage| view! { <Groups page=page /> }.into_any() />
    }
}

#[component]
fn Groups(page: ReviewPage) -> impl IntoView {
    let words = &t().rules;
    let i18n = use_i18n();
    let ReviewPage { rows, more, groups } = page;
    if groups.is_empty() {
        return view! {
            <Empty title=words.review_empty_title text=words.review_empty_text>
                <ButtonLink href=paths::EXPENSES look=Look::Primary>{words.review_empty_do}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let groups = groups.into_iter().map(|group| later(view! { <li class="card version"></li> }, move || one(group)));
    view! {
        <p class="muted review-count" role="status">{plural(i18n, words.review_count, rows as usize)}</p>
        <ol class="versions" aria-label=words.review_list>{groups.collect_view()}</ol>
        {(more > 0).then(|| view! { <p class="muted">{plural(i18n, words.review_more, more as usize)}</p> })}
    }
    .into_any()
}

fn one(group: ReviewGroup) -> AnyView {
    let messages = t();
    let words = &messages.rules;
    let i18n = use_i18n();
    let ReviewGroup { name, is_merchant, rows, sum, days, proposal } = group;
    let by = if is_merchant { "merchant" } else { "description" };
    let label = fill(words.file_in, &[("name", &name)]);
    let chosen = proposal.as_ref().map(|(category, _)| category.as_str().to_owned()).unwrap_or_default();
    let why = proposal.map(|(category, why)| format!("{}: {why}", messages.categories.name(category)));
    let see = format!("{}?category=none&q={}", paths::EXPENSES, paths::encode(&name));
    let see_label = format!("{}: {name}", words.see_rows);
    view! {
        <div class="version-head">
            <h2>{name.clone()}</h2>
            <span class="figure">{sum}</span>
        </div>
        <p class="help">{days}</p>
        <Form name="review-file" about=(by, name) class="inline-form file-form" label=label.clone()>
            <Select name="category" label=label choices=categories() value=chosen help=why.unwrap_or_default() />
            <Submit>{plural(i18n, words.file, rows as usize)}</Submit>
            {is_merchant.then(|| view! {
                <Submit look=Look::Plain sends=("always", "true".to_owned())>{words.file_always}</Submit>
            })}
            <ButtonLink href=see look=Look::Quiet label=see_label>{words.see_rows}</ButtonLink>
        </Form>
    }
    .into_any()
}
