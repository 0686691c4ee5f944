//! The form of a rule, with what it would do. All that is typed travels in the address, so that the page shows the same
//! with and without JavaScript, and other pages can lead here with a rule that they offer.
use crate::{
    api::rules::{RuleForm, RulePreview, RuleRow, rule_form},
    components::{Load, PageHeader},
    i18n::{fill, plural, t, use_i18n},
    paths,
    session::use_refresh,
    ui::{Card, Checkbox, Choice, Column, Crumb, Form, Look, Select, Submit, Table, TextField},
};
use domain::{category::Category, money::Money, rule::Direction};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// `/rules/new?conditions.merchantEquals=…`, and `?id=ID` for a rule that is there.
#[component]
pub fn NewRule() -> impl IntoView {
    let words = &t().rules;
    let refresh = use_refresh();
    let search = use_location().search;
    let data = Resource::new(
        move || (search.get().trim_start_matches('?').to_owned(), refresh.track()),
        |(query, _)| rule_form(query),
    );
    let title = Signal::derive(move || {
        let changes = search.with(|search| search.split(['?', '&']).any(|part| part.starts_with("id=")));
        if changes { words.edit_title } else { words.new_title }.to_owned()
    });
    let above = vec![Crumb::new(t().expenses.title, paths::EXPENSES), Crumb::new(words.title, paths::RULES)];
    view! {
        <PageHeader title=title lead=words.new_lead crumbs=above />
        <Load data=data view=|form: RuleForm| view! { <Page form=form /> }.into_any() />
    }
}

#[component]
fn Page(form: RuleForm) -> impl IntoView {
    let words = &t().rules;
    let i18n = use_i18n();
    let preview = form.preview.clone();
    let (changes, kept) = preview.as_ref().map_or((0, 0), |preview| (preview.changes, preview.kept));
    let learned = form.values.get("learnedFrom").cloned();
    let import = form.values.get("conditions.importId").cloned();
    let existing = form.existing;
    view! {
        <Form name="rule-save" class="stack">
            {existing.map(|(id, version)| view! {
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=version.to_string() />
            })}
            {learned.map(|id| view! { <input type="hidden" name="learnedFrom" value=id /> })}
            {import.map(|id| view! { <input type="hidden" name="conditions.importId" value=id /> })}
            <Which form=form.clone() />
            <What form=form />
            <div class="actions">
                <Submit>{words.save}</Submit>
                <Submit look=Look::Plain sends=("step", "preview".to_owned())>{words.try_it}</Submit>
            </div>
            {preview.map(|preview| view! {
                <Card title=words.preview>
                    <Preview preview=preview />
                    {(kept > 0).then(|| view! {
                        <Checkbox name="overwrite" label=plural(i18n, words.overwrite, kept as usize) />
                    })}
                    {(changes + kept > 0).then(|| view! {
                        <div class="actions">
                            <Submit look=Look::Plain sends=("apply", "true".to_owned())>
                                {plural(i18n, words.save_and_file, changes as usize)}
                            </Submit>
                        </div>
                    })}
                </Card>
            })}
        </Form>
    }
}

/// The conditions.
#[component]
fn Which(form: RuleForm) -> impl IntoView {
    let words = &t().rules;
    let RuleForm { values, accounts, .. } = form;
    let values = StoredValue::new(values);
    let value = move |name: &str| values.with_value(|values| values.get(name).cloned().unwrap_or_default());
    let directions = [(Direction::Out, words.direction_out), (Direction::In, words.direction_in)];
    let directions = directions.map(|(way, label)| Choice::new(Direction::WORDS[way as usize], label)).to_vec();
    let accounts: Vec<_> = accounts.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect();
    let text = move |name: &'static str, label: &'static str, help: &'static str| {
        view! { <TextField name=name label=label help=help value=value(name) optional=true autocomplete="off" /> }
    };
    let amount = move |name: &'static str, label: &'static str| {
        view! {
            <TextField name=name label=label value=value(name) optional=true autocomplete="off" inputmode="decimal" />
        }
    };
    let more = ["Starts", "Contains"].iter().any(|kind| !value(&format!("conditions.merchant{kind}")).is_empty())
        || ["descriptionContains", "minAmount", "maxAmount", "currency", "direction", "accountId"]
            .iter()
            .any(|name| !value(&format!("conditions.{name}")).is_empty());
    view! {
        <Card title=words.when>
            <p class="help">{words.when_help}</p>
            {text("conditions.merchantEquals", words.merchant_equals, words.merchant_equals_help)}
            <details class="fold" open=more>
                <summary class="button quiet">{words.more}</summary>
                <div class="fields">
                    {text("conditions.merchantStarts", words.merchant_starts, "")}
                    {text("conditions.merchantContains", words.merchant_contains, "")}
                    {text("conditions.descriptionContains", words.description_contains, "")}
                    {amount("conditions.minAmount", words.min_amount)}
                    {amount("conditions.maxAmount", words.max_amount)}
                    <TextField
                        name="conditions.currency"
                        label=words.currency
                        help=words.any_currency
                        value=value("conditions.currency")
                        optional=true
                        autocomplete="off"
                    />
                    <Select
                        name="conditions.direction"
                        label=words.direction
                        choices=directions
                        value=value("conditions.direction")
                        empty=words.any_direction
                    />
                    <Select
                        name="conditions.accountId"
                        label=words.account
                        choices=accounts
                        value=value("conditions.accountId")
                        empty=words.any_account
                    />
                </div>
            </details>
        </Card>
    }
}

/// The actions.
#[component]
fn What(form: RuleForm) -> impl IntoView {
    let messages = t();
    let words = &messages.rules;
    let values = StoredValue::new(form.values);
    let value = move |name: &str| values.with_value(|values| values.get(name).cloned().unwrap_or_default());
    let text = move |name: &'static str, label: &'static str, help: &'static str| {
        view! { <TextField name=name label=label help=help value=value(name) optional=true autocomplete="off" /> }
    };
    view! {
        <Card title=words.then>
            <div class="fields">
                <Select
                    name="actions.category"
                    label=messages.categories.category
                    choices=categories()
                    value=value("actions.category")
                    empty=words.no_category
                />
                {text("actions.subcategory", words.subcategory, "")}
                {text("actions.tags", words.tags, words.tags_help)}
                {text("actions.rename", words.rename, words.rename_help)}
                {text("priority", words.priority, words.priority_help)}
            </div>
        </Card>
    }
}

/// All categories to choose from.
pub(in crate::pages) fn categories() -> Vec<Choice> {
    let names = &t().categories;
    Category::ALL.map(|category| Choice::new(category.as_str(), names.name(category))).to_vec()
}

/// What it would do with the rows that are there.
#[component]
fn Preview(preview: RulePreview) -> impl IntoView {
    let words = &t().rules;
    let i18n = use_i18n();
    let RulePreview { matched, changes, kept, rows } = preview;
    let said = match (matched, changes) {
        (0, _) => words.preview_nothing.to_owned(),
        (_, 0) if kept == 0 => plural(i18n, words.preview_none_changes, matched as usize),
        _ => plural(i18n, words.preview_changes, changes as usize),
    };
    let shown = i18n.locale.format_count(i64::try_from(rows.len()).unwrap_or(i64::MAX));
    let some = changes as usize > rows.len();
    let columns = vec![
        Column::text(t().expenses.date),
        Column::text(t().expenses.merchant),
        Column::text(words.before),
        Column::text(words.after),
        Column::figure(t().expenses.amount),
    ];
    let any = !rows.is_empty();
    let lines = rows.into_iter().map(|row| view! { <Line row=row /> }).collect_view();
    view! {
        <p role="status">{said}</p>
        {(kept > 0).then(|| view! { <p class="help">{plural(i18n, words.preview_kept, kept as usize)}</p> })}
        {some.then(|| view! { <p class="help">{fill(words.preview_first, &[("n", &shown)])}</p> })}
        {any.then(|| view! { <Table caption=words.preview_rows columns=columns>{lines}</Table> })}
    }
}

#[component]
fn Line(row: RuleRow) -> impl IntoView {
    let i18n = use_i18n();
    let RuleRow { date, name, amount, currency, before, after } = row;
    view! {
        <tr>
            <td class="when"><time datetime=date.to_string()>{i18n.locale.format_date(date)}</time></td>
            <td class="what">{name}</td>
            <td><del>{before}</del></td>
            <td><ins>{after}</ins></td>
            <td class="figure amount">{i18n.locale.format_money(Money::new(amount, currency))}</td>
        </tr>
    }
}
