//! What seems to repeat, with the expenses by which it was found.
use crate::{
    api::recurring::Found,
    i18n::{fill, t},
    ui::{Card, Form, Look, Submit, later},
};
use leptos::prelude::*;

/// All that was found and has not been answered.
#[component]
pub(super) fn Proposals(
    /// What.
    found: Vec<Found>,
) -> impl IntoView {
    let words = &t().recurring;
    let lines =
        found.into_iter().map(|found| later(view! { <li></li> }, move || view! { <Line found=found /> }.into_any()));
    view! {
        <Card title=words.found_title>
            <p class="help">{words.found_lead}</p>
            <ul class="told">{lines.collect_view()}</ul>
        </Card>
    }
}

#[component]
fn Line(found: Found) -> impl IntoView {
    let words = &t().recurring;
    let named = |text: &str| fill(text, &[("name", &found.name)]);
    let (accept, dismiss) = (named(words.accept_of), named(words.dismiss_of));
    let next = found.next.as_ref().map(|next| fill(words.next, &[("date", next)]));
    let evidence = fill(words.evidence, &[("n", &found.evidence.len().to_string())]);
    let rows = found.evidence.into_iter().map(|(href, on, amount)| {
        view! { <li class="split"><a href=href>{on}</a> <span class="figure">{amount}</span></li> }
    });
    view! {
        <div class="what">
            <p>
                <strong>{found.name.clone()}</strong>
                " "
                <span class="figure">{found.amount.clone()}</span>
            </p>
            <p class="help">{found.rule.clone()} {next.map(|next| view! { " · " {next} })}</p>
            <details class="behind">
                <summary>{evidence}</summary>
                <ul class="sample-rows">{rows.collect_view()}</ul>
            </details>
        </div>
        <div class="actions">
            <Form name="recurring-accept" about=("id", found.id.clone()) label=accept summary=false>
                <Submit look=Look::Plain>{words.accept}</Submit>
            </Form>
            <Form name="recurring-dismiss" about=("id", found.id) label=dismiss summary=false>
                <Submit look=Look::Quiet>{words.dismiss}</Submit>
            </Form>
        </div>
    }
}
