//! Money moved between the categories of a month: the sheet in which it is moved, and what has been moved so far.
use crate::{
    i18n::{I18n, fill, messages, t, use_i18n},
    paths,
    ui::{Card, Choice, Dialog, Form, Glyph, Icon, Look, MoneyField, Select, Submit},
};
use domain::{
    analysis::Analysis, category::Category, currency::Currency, ids::BudgetId, money::Money, months::MonthEntry,
    period::Month,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Money that is put by: asked last when another category needs some.
const PUT_BY: [Category; 3] = [Category::Savings, Category::Emergency, Category::Investments];

/// The category that can give most, if any has something left: one for spending before one that is put by.
pub(super) fn giver(analysis: &Analysis, to: Option<Category>) -> Option<Category> {
    let lines = analysis.categories.iter().filter(|line| line.remaining > 0 && line.category != to);
    lines.max_by_key(|line| (!line.category.is_some_and(|one| PUT_BY.contains(&one)), line.remaining))?.category
}

/// The category that is over by most, if any is.
fn neediest(analysis: &Analysis) -> Option<Category> {
    let over = analysis.categories.iter().filter(|line| line.remaining < 0);
    over.min_by_key(|line| line.remaining)?.category
}

/// What the sheet begins with.
#[derive(Debug, Clone, PartialEq)]
struct Wish {
    from: Option<Category>,
    to: Option<Category>,
    amount: Option<i64>,
}

impl Wish {
    /// From the address: whoever gives to the one that needs it most, whoever needs it from the one that has most; all
    /// that is left, or what is missing if that is less.
    fn new(analysis: &Analysis, from: Option<Category>, to: Option<Category>) -> Self {
        let from = from.or_else(|| giver(analysis, to));
        let to = to.or_else(|| neediest(analysis).filter(|needy| Some(*needy) != from));
        let left = from.map(|from| analysis.line(from).remaining);
        let missing = to.map(|to| -analysis.line(to).remaining).filter(|missing| *missing > 0);
        let amount = match (left, missing) {
            (Some(left), Some(missing)) => Some(left.min(missing)),
            (left, _) => left,
        };
        Self { from, to, amount: amount.filter(|amount| *amount > 0) }
    }
}

/// Open while the address names a category that gives or gets.
#[component]
pub(super) fn MoveSheet(
    budget: BudgetId,
    analysis: Analysis,
    /// The page's address with the sheet closed.
    page: String,
) -> impl IntoView {
    let query = use_query_map();
    let read = move |name: &str| query.with(|query| query.get(name).and_then(|word| word.parse::<Category>().ok()));
    let asked = Memo::new(move |_| (read(paths::MOVE_FROM), read(paths::MOVE_TO)));
    let open = Signal::derive(move || asked.with(|(from, to)| from.is_some() || to.is_some()));
    let close = Signal::stored(page);
    let analysis = StoredValue::new(analysis);
    view! {
        <Dialog id="move" open=open close=close title=t().months.move_title>
            {move || {
                let (from, to) = asked.get_untracked();
                let wish = analysis.with_value(|analysis| Wish::new(analysis, from, to));
                view! { <MoveForm budget=budget analysis=analysis wish=wish close=close /> }
            }}
        </Dialog>
    }
}

#[component]
fn MoveForm(budget: BudgetId, analysis: StoredValue<Analysis>, wish: Wish, close: Signal<String>) -> impl IntoView {
    let words = &t().months;
    let i18n = use_i18n();
    let choices = analysis.with_value(|analysis| choices(i18n, analysis));
    let (month, currency) = analysis.with_value(|analysis| (analysis.month, analysis.currency));
    let named = |category: Option<Category>| category.map(|category| category.as_str().to_owned());
    let amount = wish.amount.map(|minor| i18n.locale.format_number(minor, currency.exponent()));
    view! {
        <Form name="budget-move" about=("id", budget.to_string()) next=close.get_untracked() class="stack">
            <input type="hidden" name="month" value=month.to_string() />
            <Select name="from" label=words.from choices=choices.clone() value=named(wish.from).unwrap_or_default() />
            <Select name="to" label=words.to choices=choices value=named(wish.to).unwrap_or_default() />
            <MoneyField
                name="amount"
                label=words.amount
                currency=Signal::stored(currency)
                value=amount.unwrap_or_default()
            />
            <div class="actions">
                <Submit>{words.move_do}</Submit>
            </div>
        </Form>
    }
}

/// All categories, each with what it has left.
fn choices(i18n: I18n, analysis: &Analysis) -> Vec<Choice> {
    let messages = messages(i18n.locale.language());
    let choice = |category: Category| {
        let remaining = analysis.line(category).remaining;
        let amount = i18n.locale.format_money(Money::new(remaining.saturating_abs(), analysis.currency));
        let text = if remaining < 0 { messages.months.is_over } else { messages.months.has_left };
        let label = fill(text, &[("category", messages.categories.name(category)), ("amount", &amount)]);
        Choice::new(category.as_str(), label)
    };
    Category::ALL.map(choice).to_vec()
}

/// What was moved so far, each way once, with the way back.
#[component]
pub(super) fn Moves(entry: MonthEntry, currency: Currency, may_edit: bool, page: String) -> impl IntoView {
    let moved = netted(&entry);
    let (budget, month) = (entry.budget_id, entry.month);
    let rows = moved.into_iter().map(|(from, to, minor)| {
        let one = Moved { budget, month, from, to, amount: Money::new(minor, currency) };
        view! { <MovedRow one=one may_edit=may_edit page=page.clone() /> }
    });
    let rows = rows.collect_view();
    (!rows.is_empty()).then(|| {
        view! {
            <Card title=t().months.moves_title>
                <ul class="moves">{rows}</ul>
            </Card>
        }
    })
}

/// Between each two categories what remains of all moves, in the order of categories.
fn netted(entry: &MonthEntry) -> Vec<(Category, Category, i64)> {
    let pairs = Category::ALL.into_iter().flat_map(|from| Category::ALL.map(|to| (from, to)));
    // What may go back from one to another came from there.
    let left = pairs.map(|(from, to)| (from, to, entry.returnable(to, from)));
    left.filter(|(_, _, minor)| *minor > 0).collect()
}

#[derive(Clone, Copy)]
struct Moved {
    budget: BudgetId,
    month: Month,
    from: Category,
    to: Category,
    amount: Money,
}

#[component]
fn MovedRow(one: Moved, may_edit: bool, page: String) -> impl IntoView {
    let messages = t();
    let words = &messages.months;
    let locale = use_i18n().locale;
    let (from, to) = (messages.categories.name(one.from), messages.categories.name(one.to));
    let amount = locale.format_money(one.amount);
    let text = fill(words.moved_so_far, &[("amount", &amount), ("from", from), ("to", to)]);
    let back = may_edit.then(|| {
        let pair = format!("{}-{}", one.from, one.to);
        let label = fill(words.take_back_of, &[("from", from), ("to", to)]);
        let written = locale.format_number(one.amount.minor(), one.amount.currency().exponent());
        view! {
            <Form name="budget-move-back" about=("pair", pair) next=page label=label>
                <input type="hidden" name="id" value=one.budget.to_string() />
                <input type="hidden" name="month" value=one.month.to_string() />
                <input type="hidden" name="from" value=one.to.as_str() />
                <input type="hidden" name="to" value=one.from.as_str() />
                <input type="hidden" name="amount" value=written />
                <Submit look=Look::Quiet>
                    <Icon glyph=Glyph::Undo />
                    {words.take_back}
                </Submit>
            </Form>
        }
    });
    view! {
        <li>
            <span>{text}</span>
            {back}
        </li>
    }
}
