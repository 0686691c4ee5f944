//! What can be done with a whole budget, in a menu on its card: the default, the archive, the trash.
use crate::{
    i18n::{fill, t},
    paths,
    ui::{Form, Glyph, Icon, Look, Menu, Submit},
};
use domain::{budget::Budget, role::Role};
use leptos::prelude::*;

/// A menu; nothing where nothing can be done.
#[component]
pub(super) fn BudgetActions(budget: Budget, role: Role, is_default: bool) -> impl IntoView {
    let words = &t().history;
    let id = budget.id.to_string();
    let active = budget.is_active;
    let version = budget.version.to_string();
    let default = (active && !is_default).then(|| {
        view! {
            <Form name="budget-default" about=("id", id.clone())>
                <Submit look=Look::Quiet><Icon glyph=Glyph::Check /> {words.make_default}</Submit>
            </Form>
        }
    });
    let archive = (role >= Role::Edit).then(|| {
        let label = if active { words.archive } else { words.use_again };
        view! {
            <Form name="budget-archive" about=("id", id.clone())>
                <input type="hidden" name="version" value=version />
                <input type="hidden" name="isActive" value=(!active).to_string() />
                <Submit look=Look::Quiet>
                    <Icon glyph=if active { Glyph::File } else { Glyph::Undo } />
                    {label}
                </Submit>
            </Form>
        }
    });
    let delete = (role == Role::Owner).then(|| {
        view! {
            <Form name="budget-delete" about=("id", id.clone())>
                <Submit look=Look::Quiet><Icon glyph=Glyph::Trash /> {words.to_trash}</Submit>
            </Form>
        }
    });
    let button = view! { <Icon glyph=Glyph::More /> };
    view! {
        <Menu label=fill(words.actions, &[("name", &budget.plan.name)]) button=button.into_any() class="budget-actions">
            <a href=paths::budget_history(budget.id)><Icon glyph=Glyph::Eye /> {words.link}</a>
            {default}
            {archive}
            {delete}
        </Menu>
    }
}
