//! All rules, the first of which decides.
use crate::{
    api::rules::{RuleItem, RuleList, rules},
    components::{Load, PageHeader},
    i18n::{fill, t},
    paths,
    session::use_refresh,
    ui::{ButtonLink, Crumb, Empty, Form, Glyph, Icon, Look, Submit, later},
};
use leptos::prelude::*;

/// `/rules`
#[component]
pub fn Rules() -> impl IntoView {
    let words = &t().rules;
    let refresh = use_refresh();
    let data = Resource::new(move || refresh.track(), |_| rules());
    let above = vec![Crumb::new(t().expenses.title, paths::EXPENSES)];
    view! {
        <PageHeader title=words.title lead=words.lead crumbs=above>
            <ButtonLink href=paths::REVIEW>{words.review_link}</ButtonLink>
            <ButtonLink href=paths::NEW_RULE look=Look::Primary>
                <Icon glyph=Glyph::Plus />
                {words.add}
            </ButtonLink>
        </PageHeader>
        <Load data=data view=|found: RuleList| view! { <List rules=found.rules /> }.into_any() />
    }
}

#[component]
fn List(rules: Vec<RuleItem>) -> impl IntoView {
    let words = &t().rules;
    if rules.is_empty() {
        return view! {
            <Empty title=words.empty_title text=words.empty_text>
                <ButtonLink href=paths::NEW_RULE look=Look::Primary>{words.add}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let rules = rules.into_iter().map(|rule| later(view! { <li class="card version"></li> }, move || item(rule)));
    view! { <ol class="versions" aria-label=words.list>{rules.collect_view()}</ol> }.into_any()
}

fn item(rule: RuleItem) -> AnyView {
    let messages = t();
    let words = &messages.rules;
    let RuleItem { id, when, category, then, hits, .. } = rule;
    let filed = category.map(|category| {
        view! { <span class=format!("dotted hue-{}", category.index())>{messages.categories.name(category)}</span> }
    });
    let (edit, delete) = (fill(words.edit_of, &[("rule", &when)]), fill(words.delete_of, &[("rule", &when)]));
    let about = if then.is_empty() { hits } else { format!("{then} · {hits}") };
    view! {
        <div class="version-head">
            <h2>{when}</h2>
            {filed}
        </div>
        <p class="help">{about}</p>
        <div class="actions">
            <ButtonLink href=paths::rule(id) label=edit>
                <Icon glyph=Glyph::Edit />
                {words.edit}
            </ButtonLink>
            <Form name="rule-delete" about=("id", id.to_string()) label=delete>
                <Submit look=Look::Danger>
                    <Icon glyph=Glyph::Trash />
                    {messages.common.delete}
                </Submit>
            </Form>
        </div>
    }
    .into_any()
}
