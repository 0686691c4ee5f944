//! Everything that repeats, each with its rule and what can be done with it.
use crate::{
    api::recurring::Shown,
    components::expenses::frequencies,
    i18n::{fill, t},
    ui::{Badge, DateField, Form, Look, MoneyField, Select, Submit, Tone, later},
};
use leptos::prelude::*;

/// Several series.
#[component]
pub(super) fn List(
    /// What they are.
    series: Vec<Shown>,
    /// They have ended.
    #[prop(optional)]
    ended: bool,
) -> impl IntoView {
    let lines = series
        .into_iter()
        .map(|series| later(view! { <li></li> }, move || view! { <Line series=series ended=ended /> }.into_any()));
    view! { <ul class="told">{lines.collect_view()}</ul> }
}

#[component]
fn Line(series: Shown, ended: bool) -> impl IntoView {
    let words = &t().recurring;
    let next = match &series.next {
        Some(next) => fill(words.next, &[("date", next)]),
        None => words.next_none.to_owned(),
    };
    let badges = [(series.paused && !ended, Tone::Caution, words.paused), (series.waits, Tone::Neutral, words.waits)];
    let badges = badges.into_iter().filter(|(shown, ..)| *shown).map(|(_, tone, text)| {
        view! { " " <Badge tone=tone>{text}</Badge> }
    });
    let skipped = series.skipped.clone().into_iter().map(|(slot, on)| {
        view! { <Skipped series=series.clone() day=slot on=on /> }
    });
    view! {
        <div class="what">
            <p>
                <strong>{series.name.clone()}</strong>
                " "
                <span class="figure">{series.amount.clone()}</span>
                {badges.collect_view()}
            </p>
            <p class="help">{series.rule.clone()} " · " {next}</p>
            {skipped.collect_view()}
            {(series.may_change && !ended).then(|| view! { <Edit series=series.clone() /> })}
        </div>
        {series.may_change.then(|| view! { <Actions series=series ended=ended /> })}
    }
}

/// Pause or go on, and end.
#[component]
fn Actions(series: Shown, ended: bool) -> impl IntoView {
    let words = &t().recurring;
    let named = |text: &str| fill(text, &[("name", &series.name)]);
    let rests = series.paused || ended;
    let (pause, end) = (if rests { named(words.resume_of) } else { named(words.pause_of) }, named(words.end_of));
    view! {
        <div class="actions">
            <Form name=if rests { "recurring-resume" } else { "recurring-pause" } about=("id", series.id.clone()) label=pause summary=false>
                <Submit look=Look::Quiet>{if rests { words.resume } else { words.pause }}</Submit>
            </Form>
            {(!ended).then(|| view! {
                <Form name="recurring-end" about=("id", series.id) label=end summary=false>
                    <Submit look=Look::Quiet>{words.end}</Submit>
                </Form>
            })}
        </div>
    }
}

/// Another amount or rule.
#[component]
fn Edit(series: Shown) -> impl IntoView {
    let words = &t().recurring;
    let label = fill(words.save_of, &[("name", &series.name)]);
    let as_now = fill(words.as_now, &[("rule", &series.rule)]);
    view! {
        <details class="fold">
            <summary class="button quiet" aria-label=label.clone()>{words.edit}</summary>
            <Form name="recurring-update" about=("id", series.id) label=label class="stack">
                <input type="hidden" name="version" value=series.version.to_string() />
                <div class="fields close">
                    <MoneyField name="amount" label=words.amount currency=Signal::stored(series.currency) value=series.typed />
                    <Select name="recurringPattern.frequency" label=words.repeats choices=frequencies() empty=as_now />
                    <DateField name="recurringPattern.endDate" label=words.until help=words.until_help value=series.until optional=true />
                </div>
                <Submit look=Look::Plain>{words.save}</Submit>
            </Form>
        </details>
    }
}

/// One that is left out, with the way back.
#[component]
fn Skipped(series: Shown, day: String, on: String) -> impl IntoView {
    let words = &t().recurring;
    let label = fill(words.put_back_of, &[("name", &series.name), ("date", &on)]);
    let key = format!("{}-{day}-back", series.id);
    view! {
        <Form name="recurring-change" about=("of", key) label=label summary=false class="split">
            <span class="help">{fill(words.is_skipped, &[("date", &on)])}</span>
            <input type="hidden" name="id" value=series.id />
            <input type="hidden" name="slot" value=day />
            {series.may_change.then(|| view! { <Submit look=Look::Quiet>{words.put_back}</Submit> })}
        </Form>
    }
}
