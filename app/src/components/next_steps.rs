//! What a newcomer can do next: shown until there is something to see.
use crate::{
    i18n::t,
    paths,
    ui::{Glyph, Icon},
};
use domain::ids::BudgetId;
use leptos::prelude::*;

/// Three ways on, the most useful first.
#[component]
pub fn NextSteps(
    /// The budget that they are for.
    budget: BudgetId,
) -> impl IntoView {
    let words = &t().budgets;
    let steps = [
        (paths::add_expense(), Glyph::Plus, words.next_expense, words.next_expense_text),
        (paths::IMPORT.to_owned(), Glyph::Import, words.next_import, words.next_import_text),
        (paths::budget_edit(budget), Glyph::Edit, words.next_plan, words.next_plan_text),
    ];
    view! {
        <section class="next-steps" aria-labelledby="next-steps">
            <h2 id="next-steps">{words.next_title}</h2>
            <p>{words.next_lead}</p>
            <ul>
                {steps
                    .map(|(href, glyph, title, text)| view! {
                        <li>
                            <Icon glyph=glyph />
                            <a href=href>{title}</a>
                            <p class="help">{text}</p>
                        </li>
                    })
                    .into_iter()
                    .collect_view()}
            </ul>
        </section>
    }
}
