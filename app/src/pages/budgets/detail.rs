//! What a budget says of each category besides its share: what goes on into the next month, and its subcategories.
use crate::{
    i18n::{fill, t, use_i18n},
    ui::{Card, Choice, MoneyField, Select, TextField, later, use_form},
};
use domain::{
    budget::{PARTS_MAX, Plan, Rollover, Subcategory},
    category::Category,
    currency::Currency,
};
use leptos::prelude::*;

/// Empty lines after those that are there: with JavaScript off nobody could add one.
const EMPTY: usize = 3;

/// The fields; stand in the form of a budget.
#[component]
pub(super) fn Details(plan: Plan) -> impl IntoView {
    let words = &t().months;
    let currency = plan.currency;
    let rows = Category::ALL.map(|category| {
        let (rollover, parts) = (plan.rollover[category], plan.subcategories[category].to_vec());
        view! { <Detail category=category rollover=rollover parts=parts currency=currency /> }
    });
    view! {
        <Card title=words.detail_title>
            <p class="help">{words.detail_lead}</p>
            {rows.into_iter().collect_view()}
        </Card>
    }
}

#[component]
fn Detail(category: Category, rollover: Rollover, parts: Vec<Subcategory>, currency: Currency) -> impl IntoView {
    later(view! { <div class="detail"></div> }, move || {
        let messages = t();
        let words = &messages.months;
        let form = use_form();
        let name = messages.categories.name(category);
        let choices = [
            (Rollover::None, words.rollover_none),
            (Rollover::Surplus, words.rollover_surplus),
            (Rollover::Both, words.rollover_both),
        ];
        let used = rollover != Rollover::None || !parts.is_empty();
        let (inside, carried) = (format!("allocations.{category}.subcategories"), format!("rollover.{category}"));
        let open = {
            let (inside, carried) = (inside.clone(), carried.clone());
            move || used || form.is_wrong_below(&inside) || form.is_wrong_below(&carried)
        };
        view! {
            <details class="more" open=open>
                <summary>{name}</summary>
                <div class="stack">
                    <Select
                        name=carried
                        label=fill(words.rollover, &[("category", name)])
                        choices=choices.map(|(word, label)| Choice::new(word.as_str(), label)).to_vec()
                        value=rollover.as_str().to_owned()
                    />
                    <Parts category=category field=inside parts=parts currency=currency />
                </div>
            </details>
        }
        .into_any()
    })
}

/// A line for each subcategory, and some to add.
#[component]
fn Parts(category: Category, field: String, parts: Vec<Subcategory>, currency: Currency) -> impl IntoView {
    let messages = t();
    let words = &messages.months;
    let i18n = use_i18n();
    let form = use_form();
    let title = fill(words.parts, &[("category", messages.categories.name(category))]);
    form.register(&field, &title);
    let (id, wrong) = (form.field_id(&field), {
        let field = field.clone();
        Signal::derive(move || form.message(&field))
    });
    let lines = (parts.len() + EMPTY).min(PARTS_MAX);
    let rows = (0..lines).map(|number| {
        let part = parts.get(number);
        let count = i18n.locale.format_count(i64::try_from(number + 1).unwrap_or(i64::MAX));
        let amount = part.map(|part| i18n.locale.format_number(part.amount, currency.exponent()));
        view! {
            <div class="part-line">
                <TextField
                    name=format!("{field}.{number}.name")
                    label=fill(words.part_name, &[("n", &count)])
                    value=part.map(|part| part.name.clone()).unwrap_or_default()
                    autocomplete="off"
                    optional=true
                />
                <MoneyField
                    name=format!("{field}.{number}.amount")
                    label=fill(words.part_amount, &[("n", &count)])
                    currency=Signal::stored(currency)
                    value=amount.unwrap_or_default()
                    optional=true
                />
            </div>
        }
    });
    let rows = rows.collect_view();
    view! {
        <fieldset class="parts">
            <legend>{title}</legend>
            <p class="help">{words.parts_help}</p>
            <p class="error" id=id tabindex="-1" hidden=move || wrong.get().is_none()>{move || wrong.get()}</p>
            {rows}
        </fieldset>
    }
}
