//! What repeats: what is due this month and the next, everything that goes on, and what was found.
mod due;
mod found;
mod series;

use crate::{
    api::recurring::{self as data, RecurringPage},
    components::{Load, PageHeader},
    i18n::t,
    paths,
    session::use_refresh,
    ui::{ButtonLink, Card, Crumb, Empty, Look},
};
use due::Month;
use found::Proposals;
use leptos::prelude::*;
use series::List;

/// `/recurring`
#[component]
pub fn Recurring() -> impl IntoView {
    let words = &t().recurring;
    let refresh = use_refresh();
    let data = Resource::new(move || refresh.track(), |_| data::recurring());
    crate::components::live::follow(Signal::stored(String::new()));
    let above = vec![Crumb::new(t().expenses.title, paths::EXPENSES)];
    view! {
        <PageHeader title=words.title lead=words.lead crumbs=above />
        <Load data=data lines=10 view=|page: RecurringPage| view! { <Overview page=page /> }.into_any() />
    }
}

#[component]
fn Overview(page: RecurringPage) -> impl IntoView {
    let words = &t().recurring;
    let nothing = page.series.is_empty() && page.ended.is_empty();
    let found = !page.found.is_empty();
    let weekdays = page.weekdays;
    let months = page.months.into_iter().map(|month| view! { <Month month=month weekdays=weekdays.clone() /> });
    view! {
        <div class="stack">
            {found.then(|| view! { <Proposals found=page.found /> })}
            {(nothing && !found).then(|| view! {
                <Empty title=words.empty_title text=words.empty_text>
                    <ButtonLink href=paths::add_expense() look=Look::Primary>{words.empty_do}</ButtonLink>
                </Empty>
            })}
            {(!nothing).then(|| view! {
                {months.collect_view()}
                <Card title=words.all>
                    <List series=page.series />
                    {(!page.ended.is_empty()).then(|| view! {
                        <details class="fold">
                            <summary class="button quiet">{words.ended}</summary>
                            <List series=page.ended ended=true />
                        </details>
                    })}
                </Card>
            })}
        </div>
    }
}
