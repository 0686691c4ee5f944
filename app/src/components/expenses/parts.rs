//! The parts of an expense: each with what it was, where it belongs and whose it is. They must come to the whole amount.
use super::start::Start;
use crate::{
    i18n::{entry, fill, t, use_i18n},
    session::use_page,
    ui::{Choice, FormState, Glyph, Icon, Look, Select, Submit, TextField, use_form},
};
use domain::{arithmetic, category::Category, currency::Currency, locale::Locale, money::Money, split};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The lines of a new split.
const FIRST: usize = 2;

/// A line of the form: its number there, and what its amount says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Line {
    number: usize,
    amount: RwSignal<String>,
}

/// Counts the entries of a form that stays open: the next one begins without parts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entries(pub RwSignal<u32>);

/// All parts; folded away while there are none.
#[component]
pub(super) fn Parts(
    /// What they begin with.
    start: Start,
    /// Members of shared budgets by id; none for those who don't want to be named.
    people: BTreeMap<String, Option<String>>,
    /// What is typed as the whole amount.
    whole: RwSignal<String>,
    /// What it is in.
    currency: RwSignal<Currency>,
) -> impl IntoView {
    let words = entry::words(use_i18n().locale.language());
    let form = use_form();
    let lines = RwSignal::new(first_lines(form, &start));
    let open = !start.parts().is_empty() || form.is_wrong_below("splits") || any_typed(form, &lines.get_untracked());
    if let Some(Entries(entries)) = use_context() {
        Effect::new(move |before: Option<u32>| {
            let now = entries.get();
            if before.is_some_and(|before| before != now) {
                let next = lines.with_untracked(|lines| lines.iter().map(|line| line.number + 1).max()).unwrap_or(0);
                lines.set((next..next + FIRST).map(|number| line(number, String::new())).collect());
            }
            now
        });
    }
    form.register("splits", words.parts);
    let start = StoredValue::new(start);
    let members = StoredValue::new(members(people));
    view! {
        <details class="fold" open=open>
            <summary class="button quiet">{words.parts}</summary>
            <div class="stack">
                <p class="help">{words.parts_help}</p>
                <input type="hidden" name="splits.end" value="" />
                <For
                    each=move || lines.get()
                    key=|line| line.number
                    children=move |line| view! { <PartLine line=line lines=lines start=start members=members /> }
                />
                <p class="error" id=form.field_id("splits") hidden=move || form.message("splits").is_none()>
                    {move || form.message("splits")}
                </p>
                <Balance lines=lines whole=whole currency=currency />
                <div class="actions">
                    <button type="button" class="button needs-js" on:click=move |_| add(lines)>{words.add_part}</button>
                </div>
            </div>
        </details>
    }
}

/// Asks the server for one more line, where there is no JavaScript. Stands behind the button that saves: Enter presses the
/// first one.
#[component]
pub(super) fn MoreParts() -> impl IntoView {
    let words = entry::words(use_i18n().locale.language());
    view! {
        <span class="no-js">
            <Submit look=Look::Plain sends=("addPart", "1".to_owned())>{words.add_part}</Submit>
        </span>
    }
}

fn line(number: usize, amount: String) -> Line {
    Line { number, amount: RwSignal::new(amount) }
}

fn name_of(number: usize, field: &str) -> String {
    format!("splits.{number}.{field}")
}

/// The lines that came back with the form, those of the row's parts, or some empty ones.
fn first_lines(form: FormState, start: &Start) -> Vec<Line> {
    if form.came_back() {
        let typed = |number: usize| Some(line(number, form.typed(&name_of(number, "amount"))?));
        let mut lines: Vec<Line> = (0..split::PARTS_MAX).filter_map(typed).collect();
        if form.typed("addPart").is_some() || lines.is_empty() {
            let next = lines.last().map_or(0, |last| last.number + 1);
            lines.push(line(next, String::new()));
        }
        return lines;
    }
    let count = start.parts().len();
    let count = if count == 0 { FIRST } else { count };
    (0..count).map(|number| line(number, start.part(number, "amount"))).collect()
}

fn any_typed(form: FormState, lines: &[Line]) -> bool {
    form.typed("addPart").is_some()
        || lines.iter().any(|line| {
            let fields = ["amount", "category", "memo", "subcategory", "memberId"];
            fields.iter().any(|field| form.typed(&name_of(line.number, field)).is_some_and(|text| !text.is_empty()))
        })
}

fn add(lines: RwSignal<Vec<Line>>) {
    lines.update(|lines| {
        let next = lines.iter().map(|line| line.number + 1).max().unwrap_or(0);
        if lines.len() < split::PARTS_MAX {
            lines.push(line(next, String::new()));
        }
    });
}

/// Who a part may be of: none where nobody else has part in a budget.
fn members(people: BTreeMap<String, Option<String>>) -> Vec<Choice> {
    let me = use_page().viewer.map(|viewer| viewer.id.to_string());
    let own = entry::words(use_i18n().locale.language()).me;
    let others = t().expenses.a_member;
    let alone = people.keys().all(|id| Some(id) == me.as_ref());
    let name = |id: &String, name: Option<String>| {
        if Some(id) == me.as_ref() { own.to_owned() } else { name.unwrap_or_else(|| others.to_owned()) }
    };
    if alone {
        Vec::new()
    } else {
        people.into_iter().map(|(id, called)| Choice::new(id.clone(), name(&id, called))).collect()
    }
}

#[component]
fn PartLine(
    line: Line,
    lines: RwSignal<Vec<Line>>,
    start: StoredValue<Start>,
    members: StoredValue<Vec<Choice>>,
) -> impl IntoView {
    let messages = t();
    let locale = use_i18n().locale;
    let words = entry::words(locale.language());
    let number = line.number;
    let place = move || lines.with(|lines| lines.iter().position(|other| *other == line).unwrap_or(0) + 1);
    let numbered = move |text: &str| fill(text, &[("n", &locale.format_count(i64::try_from(place()).unwrap_or(1)))]);
    let at_first = move |field: &str| start.with_value(|start| start.part(number, field));
    let categories = Category::ALL.into_iter().map(|c| Choice::new(c.as_str(), messages.categories.name(c))).collect();
    let mut whose = members.get_value();
    let of = at_first("memberId");
    // Whoever has left keeps their part until somebody says otherwise.
    if !of.is_empty() && whose.iter().all(|choice| choice.value != of) {
        let me = use_page().viewer.is_some_and(|viewer| viewer.id.to_string() == of);
        whose.push(Choice::new(of, if me { words.me } else { messages.expenses.a_member }));
    }
    view! {
        <fieldset class="split-part">
            <legend>{move || numbered(words.part)}</legend>
            <div class="fields close">
                <TextField
                    name=name_of(number, "amount")
                    label=words.share
                    bind=line.amount
                    inputmode="decimal"
                    autocomplete="off"
                    class="figure"
                    optional=true
                />
                <Select
                    name=name_of(number, "category")
                    label=words.filed_under
                    choices=categories
                    value=at_first("category")
                    empty=messages.categories.uncategorised
                />
                <TextField name=name_of(number, "subcategory") label=words.subcategory value=at_first("subcategory") optional=true autocomplete="off" />
                <TextField name=name_of(number, "memo") label=words.memo value=at_first("memo") optional=true autocomplete="off" />
                {(!whose.is_empty()).then(|| view! {
                    <Select
                        name=name_of(number, "memberId")
                        label=words.member
                        choices=whose
                        value=at_first("memberId")
                        empty=words.everybody
                    />
                })}
            </div>
            <button
                type="button"
                class="icon-button needs-js"
                aria-label=move || numbered(words.remove_part)
                on:click=move |_| lines.update(|lines| lines.retain(|other| *other != line))
            >
                <Icon glyph=Glyph::Trash />
            </button>
        </fieldset>
    }
}

/// What is left of the whole amount, or too much; one button gives it to the last part.
#[component]
fn Balance(lines: RwSignal<Vec<Line>>, whole: RwSignal<String>, currency: RwSignal<Currency>) -> impl IntoView {
    let locale = use_i18n().locale;
    let words = entry::words(locale.language());
    let left = Memo::new(move |_| rest(&lines.get(), &whole.get(), currency.get(), locale));
    let text = move || {
        let (left, begun) = left.get()?;
        let amount = |minor| locale.format_money(Money::new(minor, currency.get()));
        begun.then(|| match left {
            0 => words.balanced.to_owned(),
            left if left > 0 => fill(words.left, &[("amount", &amount(left))]),
            left => fill(words.too_much, &[("amount", &amount(-left))]),
        })
    };
    let last_open = move || lines.with(|lines| lines.last().filter(|last| last.amount.with(String::is_empty)).copied());
    let can_take = move || left.get().is_some_and(|(left, begun)| begun && left > 0) && last_open().is_some();
    let take = move |_| {
        if let (Some((left, _)), Some(last)) = (left.get_untracked(), untrack(last_open)) {
            let decimal = Money::new(left, currency.get_untracked()).to_decimal();
            last.amount.set(decimal.replace('.', &locale.decimal_mark().to_string()));
        }
    };
    view! {
        <p class="help" role="status">{text}</p>
        <button type="button" class="button quiet needs-js" hidden=move || !can_take() on:click=take>
            {words.take_rest}
        </button>
    }
}

/// What the parts leave of the whole amount, and whether any of them has an amount; none while the whole is none.
fn rest(lines: &[Line], whole: &str, currency: Currency, locale: Locale) -> Option<(i64, bool)> {
    let minor = |text: &str| arithmetic::amount(text, locale, currency).ok().map(|amount| amount.minor);
    let whole = minor(whole)?;
    let parts: Vec<i64> = lines.iter().filter_map(|line| line.amount.with(|text| minor(text))).collect();
    Some((split::remainder(whole, parts.iter().copied()), !parts.is_empty()))
}
