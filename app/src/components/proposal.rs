//! What a proposal goes by.
use crate::{
    i18n::{fill, use_i18n, wizard::wizard},
    ui::Card,
};
use domain::propose::Proposal;
use leptos::prelude::*;

/// Whose figures a proposal goes by, the strongest first.
#[component]
pub fn Basis(
    /// The proposal.
    proposal: Proposal,
) -> impl IntoView {
    let words = wizard();
    let locale = use_i18n().locale;
    let Proposal { place, level, months, household, .. } = proposal;
    let own = months.map(|months| fill(words.by_months, &[("n", &locale.format_count(months.into()))]));
    let who = words.such_households(locale, place, level, household.family_size);
    let others = [
        Some(fill(words.by_others, &[("who", &who)])),
        words.fit(place.fit).map(str::to_owned),
        level.is_none().then(|| words.no_level.to_owned()),
    ];
    let others: Vec<String> = others.into_iter().flatten().collect();
    view! {
        <Card title=words.based_on class="based-on">
            <ul>
                {own.map(|own| view! { <li>{own}</li> })}
                <li>{others.join(" ")}</li>
                <li>{words.by_rules}</li>
            </ul>
        </Card>
    }
}
