//! What one is told, and what others see of one.
use crate::{
    i18n::rights::rights,
    ui::{Card, Form, Submit, Switch},
};
use domain::user::{Notifications, Privacy};
use leptos::prelude::*;

/// One form: a switch that is off sends nothing, so all of them come together.
#[component]
pub(super) fn Switches(notifications: Notifications, privacy: Privacy) -> impl IntoView {
    let words = rights();
    view! {
        <Form name="switches" class="stack">
            <Card title=words.told>
                <p class="help">{words.told_lead}</p>
                <Switch name="notifications.email" label=words.told_email checked=notifications.email />
                <Switch name="notifications.push" label=words.told_push checked=notifications.push />
                <Switch
                    name="notifications.budgetAlerts"
                    label=words.told_budgets
                    help=words.told_budgets_help
                    checked=notifications.budget_alerts
                />
                <Switch
                    name="notifications.goalReminders"
                    label=words.told_goals
                    help=words.told_goals_help
                    checked=notifications.goal_reminders
                />
            </Card>
            <Card title=words.seen>
                <p class="help">{words.seen_lead}</p>
                <Switch
                    name="privacy.shareData"
                    label=words.seen_name
                    help=words.seen_name_help
                    checked=privacy.share_data
                />
                <Switch name="privacy.analytics" label=words.seen_use help=words.seen_use_help checked=privacy.analytics />
                <Switch
                    name="privacy.aiConsent"
                    label=words.seen_model
                    help=words.seen_model_help
                    checked=privacy.ai_consent
                />
                <Switch
                    name="privacy.aiPictures"
                    label=words.seen_pictures
                    help=words.seen_pictures_help
                    checked=privacy.ai_pictures
                />
            </Card>
            <div class="actions">
                <Submit>{words.save_switches}</Submit>
            </div>
        </Form>
    }
}
