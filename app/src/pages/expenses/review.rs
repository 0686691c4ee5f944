//! What has no category, by merchant: one tap files all of a merchant's.
use crate::{
    api::rules::{LikelyTransfer, ReviewGroup, ReviewPage, review},
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
    let ReviewPage { rows, more, groups, transfers } = page;
    let asked = (!transfers.is_empty()).then(|| view! { <Transfers found=transfers /> });
    if groups.is_empty() {
        if asked.is_some() {
            return asked.into_any();
        }
        return view! {
            <Empty title=words.review_empty_title text=words.review_empty_text>
                <ButtonLink href=paths::EXPENSES look=Look::Primary>{words.review_empty_do}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let groups = groups.into_iter().map(|group| later(view! { <li class="card version"></li> }, move || one(group)));
    view! {
        {asked}
        <p class="muted review-count" role="status">{plural(i18n, words.review_count, rows as usize)}</p>
        <ol class="versions" aria-label=words.review_list>{groups.collect_view()}</ol>
        {(more > 0).then(|| view! { <p class="muted">{plural(i18n, words.review_more, more as usize)}</p> })}
    }
    .into_any()
}

/// Two rows each that may be one transfer.
#[component]
fn Transfers(found: Vec<LikelyTransfer>) -> impl IntoView {
    let words = &t().rules;
    let pairs = found.into_iter().map(|pair| {
        let LikelyTransfer { from, to, title, rows } = pair;
        let (joined, refused) =
            (fill(words.transfer_join_of, &[("what", &title)]), fill(words.transfer_refuse_of, &[("what", &title)]));
        let rows = rows.into_iter().map(|(href, text)| view! { <li><a href=href>{text}</a></li> });
        view! {
            <li class="card version">
                <h3>{title}</h3>
                <ul>{rows.collect_view()}</ul>
                <div class="actions">
                    <Form name="transfer-join" about=("id", from.clone()) label=joined summary=false>
                        <input type="hidden" name="otherId" value=to />
                        <Submit>{words.transfer_join}</Submit>
                    </Form>
                    <Form name="transfer-refuse" about=("id", from) label=refused summary=false>
                        <Submit look=Look::Plain>{words.transfer_refuse}</Submit>
                    </Form>
                </div>
            </li>
        }
    });
    view! {
        <h2>{words.transfers_title}</h2>
        <p class="help">{words.transfers_lead}</p>
        <ol class="versions" aria-label=words.transfers_title>{pairs.collect_view()}</ol>
    }
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
