//! What was done in a budget: by whom, when, and the way back.
use crate::{
    api::{
        queries,
        timeline::{Day, Entry, Timeline},
    },
    components::{Load, PageHeader},
    i18n::t,
    paths,
    session::use_refresh,
    ui::{Badge, ButtonLink, Card, Crumb, Empty, Form, Glyph, Icon, Look, Submit, Tab, Tabs, Tone, later, use_form},
};
use domain::ids::BudgetId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The words of the kinds in addresses, in the order of their names.
const KINDS: [&str; 8] = ["created", "changed", "deleted", "restored", "imported", "reverted", "shared", "recurring"];
const CONFLICT: &str = "CONFLICT";

/// `/budgets/:id/activity?by=…&kind=…&after=…`
#[component]
pub fn Activity() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let refresh = use_refresh();
    let asked = move || {
        let of = |name: &str| query.with(|query| query.get(name));
        (params.with(|params| params.get("id")), of("by"), of("kind"), of("after"))
    };
    let data = Resource::new(
        move || (asked(), refresh.track()),
        |((id, by, kind, after), _)| queries::timeline(id.unwrap_or_default(), by, kind, after),
    );
    view! {
        <Load data=data lines=12 view=|found: Timeline| view! { <Found found=found /> }.into_any() />
    }
}

/// The address of a part of the feed.
fn href(budget: BudgetId, filters: &[(&str, Option<&str>)]) -> String {
    let given =
        filters.iter().filter_map(|(name, value)| value.map(|value| format!("{name}={}", paths::encode(value))));
    let query = given.collect::<Vec<_>>().join("&");
    let path = paths::budget_activity(budget);
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

#[component]
fn Found(found: Timeline) -> impl IntoView {
    let words = &t().timeline;
    let Timeline { budget, name, days, people, by, kind, next, later } = found;
    let crumbs = vec![Crumb::new(t().shell.all_budgets, paths::BUDGETS), Crumb::new(&name, paths::budget(budget))];
    let filters = view! { <Filters budget=budget people=people by=by.clone() kind=kind.clone() /> };
    let (by, kind) = (by.as_deref(), kind.as_deref());
    let newest = later.then(|| href(budget, &[("by", by), ("kind", kind)]));
    let older = next.map(|next| href(budget, &[("by", by), ("kind", kind), ("after", Some(&next))]));
    let nothing = days.is_empty().then(|| nothing(budget, by.is_some() || kind.is_some()));
    view! {
        <PageHeader title=words.title lead=words.lead crumbs=crumbs />
        <div class="stack timeline">
            {filters}
            {nothing}
            {days.into_iter().map(|day| view! { <OfDay day=day /> }).collect_view()}
            <div class="actions">
                {newest.map(|href| view! { <ButtonLink href=href>{words.newest}</ButtonLink> })}
                {older.map(|href| view! { <ButtonLink href=href>{words.older}</ButtonLink> })}
            </div>
        </div>
    }
}

fn nothing(budget: BudgetId, filtered: bool) -> AnyView {
    let words = &t().timeline;
    let (title, text, step, to) = if filtered {
        (words.none_title, words.none_text, words.show_all, paths::budget_activity(budget))
    } else {
        (words.empty_title, words.empty_text, words.empty_do, paths::add_expense())
    };
    view! {
        <Empty title=title text=text>
            <ButtonLink href=to>{step}</ButtonLink>
        </Empty>
    }
    .into_any()
}

/// Kinds, and people where there are several; links, so that each part has its address.
#[component]
fn Filters(budget: BudgetId, people: Vec<(String, String)>, by: Option<String>, kind: Option<String>) -> impl IntoView {
    let words = &t().timeline;
    let tab = |label: &str, current: bool, filters: &[(&str, Option<&str>)]| Tab {
        label: label.to_owned(),
        href: href(budget, filters),
        current,
    };
    let (someone, some_kind) = (by.as_deref(), kind.as_deref());
    let mut kinds = vec![tab(words.all_kinds, some_kind.is_none(), &[("by", someone)])];
    kinds.extend(
        KINDS
            .iter()
            .zip(words.kind_names)
            .map(|(value, label)| tab(label, some_kind == Some(*value), &[("by", someone), ("kind", Some(*value))])),
    );
    let several = people.len() > 1 || someone.is_some();
    let people = several.then(|| {
        let mut tabs = vec![tab(words.everybody, someone.is_none(), &[("kind", some_kind)])];
        tabs.extend(people.iter().map(|(id, name)| {
            tab(name, someone == Some(id.as_str()), &[("by", Some(id.as_str())), ("kind", some_kind)])
        }));
        view! { <Tabs label=words.people tabs=Signal::stored(tabs) /> }
    });
    view! {
        <Tabs label=words.kinds tabs=Signal::stored(kinds) />
        {people}
    }
}

#[component]
fn OfDay(day: Day) -> impl IntoView {
    view! {
        <Card title=day.label>
            <ul class="told">
                {day.entries.into_iter().map(|entry| view! { <Line entry=entry /> }).collect_view()}
            </ul>
        </Card>
    }
}

#[component]
fn Line(entry: Entry) -> impl IntoView {
    let class = if entry.undone.is_some() { "undone" } else { "" };
    later(view! { <li class=class></li> }, move || line(entry))
}

fn line(entry: Entry) -> AnyView {
    let words = t();
    let Entry { id, text, notes, parts, undone, undo } = entry;
    let several = !parts.is_empty();
    let way_back = undo.map(|label| {
        view! {
            <Form name="activity-undo" about=("id", id) label=label>
                <div class="actions">
                    {several.then(|| view! { <Untouched /> })}
                    <Submit look=Look::Quiet>
                        <Icon glyph=Glyph::Undo />
                        {words.common.undo}
                    </Submit>
                </div>
            </Form>
        }
    });
    view! {
        <div class="what">
            <p>
                <span>{text}</span>
                {notes.into_iter().map(|note| view! { " " <Badge>{note}</Badge> }).collect_view()}
                {undone.map(|undone| view! { " " <Badge tone=Tone::Caution>{undone}</Badge> })}
            </p>
            {several.then(|| view! { <Parts parts=parts /> })}
        </div>
        {way_back}
    }
    .into_any()
}

/// What was before and what is then, folded away.
#[component]
fn Parts(parts: Vec<(String, String, String)>) -> impl IntoView {
    let words = &t().timeline;
    let rows = parts.into_iter().map(|(field, before, after)| {
        view! {
            <tr>
                <th scope="row">{field}</th>
                <td><del>{before}</del></td>
                <td><ins>{after}</ins></td>
            </tr>
        }
    });
    view! {
        <details class="behind">
            <summary>{words.what_changed}</summary>
            <table>
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col">{words.what_changed}</th>
                        <th scope="col">{words.before}</th>
                        <th scope="col">{words.after}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </details>
    }
}

/// Offered once it is known that somebody has been there since.
#[component]
fn Untouched() -> impl IntoView {
    let form = use_form();
    let words = &t().timeline;
    move || {
        (form.code().as_deref() == Some(CONFLICT)).then(|| {
            view! {
                <Submit look=Look::Plain sends=("untouched", "1".to_owned())>{words.undo_untouched}</Submit>
            }
        })
    }
}
