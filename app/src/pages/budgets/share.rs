//! Who has part in a budget: its members with their roles, who is invited, and the ways out.
use crate::{
    api::sharing::{InviteRow, MemberRow, SharePage, share_page},
    components::{Load, PageHeader},
    i18n::{fill, t, use_i18n},
    paths,
    session::{use_page, use_refresh},
    ui::{Badge, Card, Choice, Crumb, EmailField, Form, Glyph, Icon, Look, Select, Submit},
};
use domain::{
    ids::{BudgetId, UserId},
    role::Role,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const CHANGE: &str = "member-change";

/// `/budgets/:id/share`
#[component]
pub fn Share() -> impl IntoView {
    let params = use_params_map();
    let refresh = use_refresh();
    let id = move || params.with(|params| params.get("id")).unwrap_or_default();
    let data = Resource::new(move || (id(), refresh.track()), |(id, _)| share_page(id));
    view! { <Load data=data lines=8 view=move |found: SharePage| view! { <Page found=found /> }.into_any() /> }
}

#[component]
fn Page(found: SharePage) -> impl IntoView {
    let words = &t().sharing;
    let SharePage { id, name, role, members, invites } = found;
    let me = use_page().viewer.map(|viewer| viewer.id);
    let crumbs = vec![Crumb::new(t().shell.all_budgets, paths::BUDGETS), Crumb::new(name.clone(), paths::budget(id))];
    let others: Vec<MemberRow> = members.iter().filter(|member| Some(member.id) != me).cloned().collect();
    let rows = members.into_iter().map(|member| {
        let is_me = Some(member.id) == me;
        let may = role >= Role::Admin && member.role != Role::Owner && !is_me;
        view! { <MemberLine budget=id member=member is_me=is_me may_change=may /> }
    });
    let rows = rows.collect_view();
    let waiting = invites.into_iter().map(|invite| view! { <InviteLine invite=invite /> }).collect::<Vec<_>>();
    let may_invite = role >= Role::Admin;
    let leave = me.filter(|_| role != Role::Owner);
    view! {
        <PageHeader title=fill(words.title, &[("name", &name)]) lead=words.lead crumbs=crumbs />
        <div class="stack share-page">
            <ul class="card accounts" aria-label=words.members>{rows}</ul>
            {(!waiting.is_empty()).then(|| view! {
                <h2>{words.invited}</h2>
                <ul class="card accounts" aria-label=words.invited>{waiting}</ul>
            })}
            {if may_invite {
                view! { <Invite budget=id /> }.into_any()
            } else {
                view! { <p class="help">{words.only_admins}</p> }.into_any()
            }}
            {(role == Role::Owner && !others.is_empty()).then(|| view! { <HandOver budget=id others=others /> })}
            {leave.map(|me| view! { <Leave budget=id me=me /> })}
        </div>
    }
}

#[component]
fn MemberLine(budget: BudgetId, member: MemberRow, is_me: bool, may_change: bool) -> impl IntoView {
    let words = &t().sharing;
    let locale = use_i18n().locale;
    let since = member.since.map(|since| fill(words.since, &[("date", &locale.format_date(since))]));
    let facts: Vec<String> = member.email.clone().into_iter().chain(since).collect();
    let line = view! {
        <span class="name">{member.name.clone()} {is_me.then(|| format!(" ({})", words.you))}</span>
        <span class="help">{facts.join(" · ")}</span>
        <Badge>{words.role(member.role)}</Badge>
    };
    if !may_change {
        return view! { <li class="plain">{line}</li> }.into_any();
    }
    let who = member.id.to_string();
    let open = use_page().flash.is_some_and(|flash| {
        flash.form == CHANGE && !flash.outcome.ok && flash.outcome.typed.get("userId") == Some(&who)
    });
    view! {
        <li>
            <details open=open>
                <summary>
                    {line}
                    <span class="change">{words.change} <Icon glyph=Glyph::Down /></span>
                </summary>
                <Change budget=budget member=member />
            </details>
        </li>
    }
    .into_any()
}

#[component]
fn Change(budget: BudgetId, member: MemberRow) -> impl IntoView {
    let words = &t().sharing;
    let who = member.id.to_string();
    view! {
        <Form name=CHANGE about=("userId", who.clone()) class="stack">
            <input type="hidden" name="id" value=budget.to_string() />
            <div class="fields">
                <RoleSelect value=member.role />
            </div>
            <div class="actions">
                <Submit>{words.save_role}</Submit>
            </div>
        </Form>
        <Form name="member-remove" about=("userId", who) class="inline-form">
            <input type="hidden" name="id" value=budget.to_string() />
            <input type="hidden" name="remove" value="true" />
            <Submit look=Look::Danger>
                <Icon glyph=Glyph::Trash />
                {words.remove}
            </Submit>
            <p class="help">{words.remove_help}</p>
        </Form>
    }
}

#[component]
fn RoleSelect(value: Role) -> impl IntoView {
    let words = &t().sharing;
    let choices = words.offers().map(|(word, label)| Choice::new(word, label)).collect();
    view! { <Select name="role" label=words.role choices=choices value=value.as_str() /> }
}

#[component]
fn InviteLine(invite: InviteRow) -> impl IntoView {
    let words = &t().sharing;
    let until = fill(words.until, &[("date", &use_i18n().locale.format_date(invite.until))]);
    view! {
        <li class="plain">
            <span class="name">{invite.email}</span>
            <span class="help">{until}</span>
            <Badge>{words.role(invite.role)}</Badge>
            <Form name="invite-withdraw" about=("id", invite.id.to_string()) class="change">
                <Submit look=Look::Quiet>{words.withdraw}</Submit>
            </Form>
        </li>
    }
}

#[component]
fn Invite(budget: BudgetId) -> impl IntoView {
    let words = &t().sharing;
    let how = if use_page().mail { words.invite_mail } else { words.invite_no_mail };
    view! {
        <Card title=words.invite>
            <Form name="invite-create" about=("id", budget.to_string()) class="stack" reset=true>
                <p class="help">{how}</p>
                <div class="fields">
                    <EmailField name="email" label=words.email />
                    <RoleSelect value=Role::Edit />
                </div>
                <div class="actions">
                    <Submit>{words.send}</Submit>
                </div>
            </Form>
        </Card>
    }
}

#[component]
fn HandOver(budget: BudgetId, others: Vec<MemberRow>) -> impl IntoView {
    let words = &t().sharing;
    let choices = others.into_iter().map(|member| Choice::new(member.id.to_string(), member.name)).collect();
    view! {
        <Form name="budget-hand-over" about=("id", budget.to_string()) class="danger-zone">
            <h2>{words.hand_over}</h2>
            <p class="help">{words.hand_over_text}</p>
            <Select name="userId" label=words.hand_over_to choices=choices />
            <Submit look=Look::Plain>{words.hand_over}</Submit>
        </Form>
    }
}

#[component]
fn Leave(budget: BudgetId, me: UserId) -> impl IntoView {
    let words = &t().sharing;
    view! {
        <Form name="member-remove" about=("userId", me.to_string()) class="danger-zone">
            <h2>{words.leave}</h2>
            <p class="help">{words.leave_text}</p>
            <input type="hidden" name="id" value=budget.to_string() />
            <input type="hidden" name="remove" value="true" />
            <Submit look=Look::Danger>{words.leave}</Submit>
        </Form>
    }
}
