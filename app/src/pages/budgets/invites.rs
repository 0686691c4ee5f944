//! Invitations to budgets of others.
use crate::{
    api::sharing::{Invitation, InvitesPage, invites},
    components::{Load, PageHeader},
    i18n::{fill, t, use_i18n},
    paths,
    session::use_refresh,
    ui::{Badge, ButtonLink, Empty, Form, Look, Notice, Submit, Tone},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// `/invites?token=…`
#[component]
pub fn Invites() -> impl IntoView {
    let words = &t().sharing;
    let query = use_query_map();
    let refresh = use_refresh();
    let token = move || query.with(|query| query.get("token"));
    let data = Resource::new(move || (token(), refresh.track()), |(token, _)| invites(token));
    view! {
        <PageHeader title=words.invites lead=words.invites_lead />
        <Load data=data lines=4 view=move |found: InvitesPage| {
            view! { <List found=found token=token() /> }.into_any()
        } />
    }
}

#[component]
fn List(found: InvitesPage, token: Option<String>) -> impl IntoView {
    let words = &t().sharing;
    let unverified = found.unverified.then(|| view! { <Notice tone=Tone::Caution><p>{words.none_verify}</p></Notice> });
    if found.invites.is_empty() {
        return view! {
            {unverified}
            <Empty title=words.none_title text=words.none_text>
                <ButtonLink href=paths::BUDGETS>{words.to_budgets}</ButtonLink>
            </Empty>
        }
        .into_any();
    }
    let rows = found.invites.into_iter().map(|invite| view! { <Line invite=invite token=token.clone() /> });
    view! { <ul class="card accounts share-page" aria-label=words.invites>{rows.collect_view()}</ul> }.into_any()
}

#[component]
fn Line(invite: Invitation, token: Option<String>) -> impl IntoView {
    let words = &t().sharing;
    let locale = use_i18n().locale;
    let from = fill(words.from, &[("name", &invite.by)]);
    let until = fill(words.until, &[("date", &locale.format_date(invite.until))]);
    let id = invite.id.to_string();
    let hidden = |token: Option<String>| token.map(|token| view! { <input type="hidden" name="token" value=token /> });
    let (first, second) = (hidden(token.clone()), hidden(token));
    view! {
        <li class="plain">
            <span class="name">{invite.budget}</span>
            <span class="help">{format!("{from} · {until}")}</span>
            <Badge>{words.role(invite.role)}</Badge>
            <div class="actions change">
                <Form name="invite-accept" about=("id", id.clone())>
                    {first}
                    <Submit>{words.accept}</Submit>
                </Form>
                <Form name="invite-decline" about=("id", id)>
                    {second}
                    <Submit look=Look::Quiet>{words.decline}</Submit>
                </Form>
            </div>
        </li>
    }
}
