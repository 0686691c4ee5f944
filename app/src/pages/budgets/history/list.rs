//! The versions of a budget, the newest first.
use super::words::{made, source, summary};
use crate::{
    api::history::Version,
    i18n::{fill, t, use_i18n},
    paths,
    ui::{Badge, ButtonLink, Form, Glyph, Icon, Look, Submit, Tone, later},
};
use domain::{budget::Budget, ids::BudgetId, version::Source};
use leptos::prelude::*;

#[component]
pub(super) fn Versions(
    budget: Budget,
    items: Vec<Version>,
    /// The list goes on before that version.
    next: Option<i64>,
    may_edit: bool,
) -> impl IntoView {
    let words = &t().history;
    let id = budget.id;
    let newest_here = items.first().is_none_or(|first| first.number >= budget.version);
    let items = items.into_iter().map(|version| {
        let budget = budget.clone();
        later(view! { <li class="card version"></li> }, move || item(&budget, version, may_edit))
    });
    view! {
        <ol class="versions" reversed=true aria-label=words.list>{items.collect_view()}</ol>
        <div class="actions">
            {(!newest_here).then(|| view! {
                <ButtonLink href=paths::budget_history(id)>{words.newest}</ButtonLink>
            })}
            {next.map(|before| view! {
                <ButtonLink href=paths::budget_history_before(id, before)>{words.older}</ButtonLink>
            })}
        </div>
    }
}

fn item(budget: &Budget, version: Version, may_edit: bool) -> AnyView {
    let words = &t().history;
    let locale = use_i18n().locale;
    let now = version.number == budget.version;
    let number = locale.format_count(version.number);
    let from = locale.format_month(version.effective_from.year, version.effective_from.month);
    let about = format!("{} · {}", made(&version), fill(words.from_month, &[("month", &from)]));
    let tone = if version.source == Source::User { Tone::Neutral } else { Tone::Good };
    let (id, newest, to) = (budget.id, budget.version, version.number);
    let summary = summary(&version, budget.plan.currency);
    view! {
        <div class="version-head">
            <h2>{fill(words.version, &[("n", &number)])}</h2>
            {now.then(|| view! { <Badge tone=Tone::Good>{words.now}</Badge> })}
            <Badge tone=tone>{source(version.source)}</Badge>
        </div>
        <p>{summary}</p>
        {version.note.map(|note| view! { <blockquote class="version-note">{note}</blockquote> })}
        <p class="help">{about}</p>
        {(!now).then(|| view! {
            <div class="actions">
                <a
                    class="button quiet"
                    href=paths::budget_compare(id, to, newest)
                    aria-label=fill(words.compare_now_of, &[("n", &number)])
                >
                    {words.compare_now}
                </a>
                {may_edit.then(|| view! { <Restore budget=id now=newest to=to place="list" /> })}
            </div>
        })}
    }
    .into_any()
}

/// The button that goes back to a version.
#[component]
pub(super) fn Restore(
    budget: BudgetId,
    /// The version that the budget has now.
    now: i64,
    /// The version to go back to.
    to: i64,
    /// Tells the forms of one version apart.
    place: &'static str,
    /// What the form stands in, where there is another one of the version.
    #[prop(optional, into)]
    within: String,
) -> impl IntoView {
    let words = &t().history;
    let name = fill(words.restore_of, &[("n", &use_i18n().locale.format_count(to))]);
    let label = if within.is_empty() { name.clone() } else { format!("{within}: {name}") };
    view! {
        <Form name="budget-version-restore" about=("place", format!("{place}{to}")) label=label>
            <input type="hidden" name="id" value=budget.to_string() />
            <input type="hidden" name="version" value=now.to_string() />
            <input type="hidden" name="restore" value=to.to_string() />
            <Submit look=Look::Quiet>
                <Icon glyph=Glyph::Undo />
                {name}
            </Submit>
        </Form>
    }
}
