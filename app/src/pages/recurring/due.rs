//! A month of what is due: as a calendar, and as a list in which single ones are left out or changed.
use crate::{
    api::recurring::{Due, DueDay, DueMonth, Open},
    i18n::{fill, t},
    ui::{Badge, Card, Column, DateField, Form, Look, MoneyField, Submit, Table, Tone},
};
use leptos::prelude::*;

/// A month.
#[component]
pub(super) fn Month(
    /// What is due in it.
    month: DueMonth,
    /// From Monday on: in short, and in full.
    weekdays: Vec<(String, String)>,
) -> impl IntoView {
    let words = &t().recurring;
    let named = |text: &str| fill(text, &[("month", &month.name)]);
    let (title, caption, nothing) = (named(words.due), named(words.calendar), named(words.none_due));
    let columns = vec![
        Column::text(words.day),
        Column::text(words.what),
        Column::figure(words.amount),
        Column::tools(words.tools),
    ];
    let (due, total) = (month.due, month.total);
    let list = (!due.is_empty()).then(|| {
        let rows = due.into_iter().map(|due| view! { <Row due=due /> }).collect_view();
        view! { <Table caption=title.clone() columns=columns>{rows}</Table> }
    });
    let empty = list.is_none().then(|| view! { <p class="muted">{nothing}</p> });
    view! {
        <Card title=title>
            <Calendar caption=caption weeks=month.weeks weekdays=weekdays />
            {empty}
            {list}
            {total.map(|total| view! { <p class="help">{total}</p> })}
        </Card>
    }
}

#[component]
fn Calendar(caption: String, weeks: Vec<Vec<Option<DueDay>>>, weekdays: Vec<(String, String)>) -> impl IntoView {
    let head = weekdays.into_iter().map(|(short, full)| view! { <th scope="col" abbr=full>{short}</th> });
    let day = |day: Option<DueDay>| match day {
        None => view! { <td></td> }.into_any(),
        Some(day) => {
            let due = day.due.into_iter().map(|(name, amount)| {
                view! { <li><span class="name">{name}</span> " " <span class="figure">{amount}</span></li> }
            });
            let due = due.collect_view();
            let some = !due.is_empty();
            view! {
                <td aria-current=day.today.then_some("date") class:some=some>
                    <span class="number">{day.day}</span>
                    {some.then(|| view! { <ul>{due}</ul> })}
                </td>
            }
            .into_any()
        }
    };
    let weeks = weeks.into_iter().map(|week| view! { <tr>{week.into_iter().map(day).collect_view()}</tr> });
    view! {
        <table class="calendar">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>{head.collect_view()}</tr>
            </thead>
            <tbody>{weeks.collect_view()}</tbody>
        </table>
    }
}

#[component]
fn Row(due: Due) -> impl IntoView {
    let words = &t().recurring;
    let Due { date, on, name, amount, made, open } = due;
    let what = match &made {
        Some(href) => view! {
            <a href=href.clone()>{name.clone()}</a> " " <Badge tone=Tone::Good>{words.is_made}</Badge>
        }
        .into_any(),
        None => name.clone().into_any(),
    };
    view! {
        <tr>
            <td><time datetime=date.clone()>{on.clone()}</time></td>
            <th scope="row">{what}</th>
            <td class="figure">{amount}</td>
            <td class="tools">{open.map(|open| view! { <Tools open=open date=date name=name on=on /> })}</td>
        </tr>
    }
}

/// Leaves one out, or changes it.
#[component]
fn Tools(open: Open, date: String, name: String, on: String) -> impl IntoView {
    let words = &t().recurring;
    let named = |text: &str| fill(text, &[("name", &name), ("date", &on)]);
    let (skip, change) = (named(words.skip_of), named(words.change_of));
    let Open { series, slot, typed, currency } = open;
    let key = format!("{series}-{slot}");
    let (same, day) = (series.clone(), slot.clone());
    view! {
        <Form name="recurring-skip" about=("of", key.clone()) label=skip summary=false>
            <input type="hidden" name="id" value=series />
            <input type="hidden" name="slot" value=slot />
            <Submit look=Look::Quiet>{words.skip}</Submit>
        </Form>
        <details class="fold">
            <summary class="button quiet" aria-label=change.clone()>{words.change_one}</summary>
            <Form name="recurring-change" about=("of", key) label=change class="stack">
                <input type="hidden" name="id" value=same />
                <input type="hidden" name="slot" value=day />
                <DateField name="date" label=words.change_day value=date />
                <MoneyField name="amount" label=words.change_amount currency=Signal::stored(currency) value=typed />
                <Submit look=Look::Plain>{words.change_do}</Submit>
            </Form>
        </details>
    }
}
