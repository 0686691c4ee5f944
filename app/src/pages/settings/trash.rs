//! What was deleted in the last 30 days, with the way back.
use super::Section;
use crate::{
    api::{queries, views::TrashItem},
    components::Load,
    i18n::{fill, t, use_i18n},
    paths,
    session::use_refresh,
    ui::{Column, Empty, Form, Glyph, Icon, Look, Submit, Table},
};
use domain::money::Money;
use leptos::prelude::*;

/// `/settings/trash`
#[component]
pub fn Trash() -> impl IntoView {
    let words = &t().settings;
    let refresh = use_refresh();
    let data = Resource::new(move || refresh.track(), |_| queries::trash());
    let show = |found: Vec<TrashItem>| view! { <List items=found /> }.into_any();
    view! {
        <Section here=paths::TRASH title=words.trash lead=words.trash_lead>
            <Load data=data view=show />
        </Section>
    }
}

#[component]
fn List(items: Vec<TrashItem>) -> impl IntoView {
    let words = &t().settings;
    if items.is_empty() {
        return view! {
            <Empty title=words.trash_empty_title text=words.trash_empty_text>
                <a class="button" href=paths::EXPENSES>{words.to_expenses}</a>
            </Empty>
        }
        .into_any();
    }
    let columns = vec![
        Column::text(words.trash_what),
        Column::text(words.trash_since).wide(),
        Column::figure(words.trash_amount),
        Column::tools(words.trash_tools),
    ];
    view! {
        <Table caption=words.trash_table columns=columns>
            {items.into_iter().map(|item| view! { <Row item=item /> }).collect_view()}
        </Table>
    }
    .into_any()
}

#[component]
fn Row(item: TrashItem) -> impl IntoView {
    let words = &t().settings;
    let i18n = use_i18n();
    let title = if item.title.is_empty() { t().dashboard.untitled.to_owned() } else { item.title };
    let kind = if item.is_budget { words.trash_budget } else { words.trash_expense };
    let amount = item.amount.map(|(minor, currency)| i18n.locale.format_money(Money::new(minor, currency)));
    let restore = fill(words.trash_restore_of, &[("title", &title)]);
    view! {
        <tr>
            <th scope="row">
                {title} " " <small class="help">{kind}</small>
            </th>
            <td class="wide">{i18n.locale.format_date_relative(item.deleted_on, i18n.today)}</td>
            <td class="figure">{amount}</td>
            <td class="tools">
                <Form name="trash-restore" about=("id", item.id) summary=false label=restore>
                    <Submit look=Look::Quiet>
                        <Icon glyph=Glyph::Undo />
                        {words.trash_restore}
                    </Submit>
                </Form>
            </td>
        </tr>
    }
}
