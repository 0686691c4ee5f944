//! Sign-ins at other places that count here. The server words it.
use crate::{
    api::views::OtherPlaces,
    ui::{ButtonLink, Card, Form, Look, Submit},
};
use leptos::prelude::*;

#[component]
pub(super) fn Elsewhere(places: OtherPlaces) -> impl IntoView {
    let OtherPlaces { title, lead, rows, unlink, links } = places;
    let (linked, open) = (!rows.is_empty(), !links.is_empty());
    let rows = rows.into_iter().map(move |row| {
        let unlink = unlink.clone();
        view! {
            <li>
                <div>
                    <span class="name">{row.name}</span>
                    <p class="help">{row.line}</p>
                </div>
                <Form name="identity-unlink" about=("id", row.id) label=row.unlink>
                    <Submit look=Look::Quiet>{unlink}</Submit>
                </Form>
            </li>
        }
    });
    let links =
        links.into_iter().map(|(label, href)| view! { <ButtonLink href=href external=true>{label}</ButtonLink> });
    view! {
        <Card title=title>
            <p class="help">{lead}</p>
            {linked.then(|| view! { <ul class="lines">{rows.collect_view()}</ul> })}
            {open.then(|| view! { <p class="actions">{links.collect_view()}</p> })}
        </Card>
    }
}
