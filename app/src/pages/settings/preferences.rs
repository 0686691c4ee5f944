//! How things look, and what new ones begin with.
use super::{Section, switches::Switches, timezone::TimezoneField};
use crate::{
    api::{queries, views},
    components::{CurrencySelect, Load, account::LocaleSelect, budget_fields::StartDaySelect},
    i18n::t,
    paths,
    ui::{Choice, Form, Select, Submit},
};
use domain::{budget::Budget, ids::BudgetId, user::Theme};
use leptos::prelude::*;

/// `/settings/preferences`
#[component]
pub fn Preferences() -> impl IntoView {
    let words = &t().settings;
    let data = Resource::new(|| (), |()| queries::settings());
    view! {
        <Section here=paths::PREFERENCES title=words.preferences lead=words.preferences_lead>
            <Load data=data view=move |found: views::Settings| view! { <Fields found=found /> }.into_any() />
        </Section>
    }
}

#[component]
fn Fields(found: views::Settings) -> impl IntoView {
    let words = &t().settings;
    let chosen = found.preferences;
    let (notifications, privacy) = (chosen.notifications, chosen.privacy);
    view! {
        <Form name="preferences" class="card stack">
            <LocaleSelect name="language" help=words.language_help />
            <ThemeSelect value=chosen.theme />
            <TimezoneField value=chosen.timezone />
            <CurrencySelect name="currency" label=words.currency help=words.currency_help value=chosen.currency />
            <StartDaySelect label=words.start_day help=words.start_day_help value=Some(chosen.month_start_day) />
            <DefaultBudget budgets=found.budgets value=chosen.default_budget_id />
            <div class="actions">
                <Submit>{words.save_preferences}</Submit>
            </div>
        </Form>
        <Switches notifications=notifications privacy=privacy />
    }
}

#[component]
fn ThemeSelect(value: Theme) -> impl IntoView {
    let words = &t().nav;
    let choices =
        [(Theme::System, words.theme_system), (Theme::Light, words.theme_light), (Theme::Dark, words.theme_dark)];
    let choices = choices.map(|(theme, label)| Choice::new(theme.as_str(), label)).to_vec();
    view! { <Select name="theme" label=words.theme choices=choices value=value.as_str() /> }
}

#[component]
fn DefaultBudget(budgets: Vec<Budget>, value: Option<BudgetId>) -> impl IntoView {
    let words = &t().settings;
    let choices = budgets
        .into_iter()
        .filter(|budget| budget.is_active || value == Some(budget.id))
        .map(|budget| Choice::new(budget.id.to_string(), budget.plan.name));
    view! {
        <Select
            name="defaultBudgetId"
            label=words.default_budget
            help=words.default_budget_help
            choices=choices.collect()
            value=value.map(|id| id.to_string()).unwrap_or_default()
            empty=words.default_budget_none
        />
    }
}
