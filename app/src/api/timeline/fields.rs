//! The fields of a change in words: what each is called, what it was and what it is.
use crate::{
    api::Caller,
    i18n::{Messages, entry, table},
};
use domain::{
    Date,
    account::Account,
    allocation::Allocations,
    budget::Budget,
    category::Category,
    expense::{Kind, Location, PaymentMethod, Point, Receipt, Split, Status},
    locale::Locale,
    money::Money,
};
use serde::de::DeserializeOwned;
use serde_json::Value;
use service::ports::activity::{EntityChange, FieldChange, Subject};

/// What values are worded with.
pub(super) struct Words<'a> {
    pub locale: Locale,
    pub messages: &'static Messages,
    pub budgets: &'a [Budget],
    pub accounts: &'a [Account],
}

/// A field, what it was, and what it is.
pub(super) type Part = (String, String, String);

impl<'a> Words<'a> {
    pub(super) fn new(caller: &Caller, budgets: &'a [Budget], accounts: &'a [Account]) -> Self {
        let messages = crate::i18n::messages(caller.locale.language());
        Self { locale: caller.locale, messages, budgets, accounts }
    }

    /// All that a change has changed, in words.
    pub(super) fn parts(&self, change: &EntityChange) -> Vec<Part> {
        change.fields.iter().flat_map(|field| self.part(change, field)).collect()
    }

    fn part(&self, change: &EntityChange, field: &FieldChange) -> Vec<Part> {
        match field.name.as_str() {
            "plan.allocations" => return self.shares(field),
            "moves" => return self.moves(change),
            "plannedIncome" | "receivedIncome" => return vec![self.income(change, field)],
            _ => {}
        }
        let Some(label) = self.label(change, &field.name) else { return Vec::new() };
        let shown = |value| self.shown(change, &field.name, value);
        vec![(label.to_owned(), shown(&field.before), shown(&field.after))]
    }

    /// What a field is called; none: nobody would know it.
    fn label(&self, change: &EntityChange, name: &str) -> Option<&'static str> {
        let Messages { expenses, plan, months, categories, timeline, .. } = self.messages;
        let of_budget = matches!(change.subject, Subject::Budget(_));
        Some(match name {
            "kind" if of_budget => plan.kind,
            "plan.name" => plan.name,
            "plan.monthlyIncome" => plan.income,
            "monthStartDay" => plan.start_day,
            "isActive" => plan.state,
            "amount" => expenses.amount,
            "kind" => expenses.kind,
            "status" => expenses.status,
            "category" => categories.category,
            "subcategory" | "plan.subcategories" => timeline.subcategory,
            "description" => expenses.description,
            "notes" => expenses.notes,
            "merchant" => expenses.merchant,
            "date" => expenses.date,
            "paymentMethod" => expenses.payment,
            "tags" => expenses.tags,
            "splits" => timeline.splits,
            "budgetId" => expenses.budget,
            "accountId" => expenses.account,
            "location" => entry::words(self.locale.language()).address,
            "receipt" => table::words(self.locale.language()).receipt,
            "plan.rollover" => months.rollover_label,
            name if name.starts_with("plan.") => timeline.details,
            _ => return None,
        })
    }

    fn shown(&self, change: &EntityChange, name: &str, value: &Value) -> String {
        let Messages { expenses, plan, categories, timeline, .. } = self.messages;
        let of_budget = matches!(change.subject, Subject::Budget(_));
        let worded = match name {
            "kind" if of_budget => value.as_str().map(|kind| match kind {
                "personal" => plan.kind_personal.to_owned(),
                "shared" => plan.kind_shared.to_owned(),
                _ => plan.kind_family.to_owned(),
            }),
            "plan.monthlyIncome" => {
                let money = value.as_i64().zip(change.amount).map(|(minor, of)| Money::new(minor, of.currency()));
                money.map(|money| self.locale.format_money(money))
            }
            "isActive" => value.as_bool().map(|active| if active { plan.active } else { plan.archived }.to_owned()),
            "amount" => read::<Money>(value).map(|money| self.locale.format_money(money)),
            "kind" => read::<Kind>(value).map(|kind| expenses.kind(kind).to_owned()),
            "status" => read::<Status>(value).map(|status| expenses.status(status).to_owned()),
            "category" => Some(categories.name_or_none(read::<Option<Category>>(value).flatten()).to_owned()),
            "date" => day(value).map(|date| self.locale.format_date(date)),
            "paymentMethod" => read::<PaymentMethod>(value).map(|method| expenses.payment(method).to_owned()),
            "tags" => read::<Vec<String>>(value).map(|tags| tags.join(", ")),
            "splits" => read::<Vec<Split>>(value).map(|splits| self.splits(&splits)),
            "location" => read::<Location>(value).and_then(place),
            "receipt" => read::<Receipt>(value).map(|receipt| receipt.filename),
            "budgetId" => Some(self.budget(value)),
            "accountId" => Some(self.account(value)),
            name if name.starts_with("plan.") && name != "plan.name" => Some(timeline.other_details.to_owned()),
            _ => match value {
                Value::String(text) => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            },
        };
        worded.filter(|text| !text.is_empty()).unwrap_or_else(|| timeline.nothing.to_owned())
    }

    fn splits(&self, splits: &[Split]) -> String {
        let name = |split: &Split| self.messages.categories.name_or_none(split.category);
        splits.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    fn budget(&self, value: &Value) -> String {
        let Some(id) = value.as_str() else { return self.messages.expenses.no_budget.to_owned() };
        let known = self.budgets.iter().find(|budget| budget.id.to_string() == id);
        known.map_or_else(|| self.messages.timeline.another.to_owned(), |budget| budget.plan.name.clone())
    }

    fn account(&self, value: &Value) -> String {
        let Some(id) = value.as_str() else { return self.messages.expenses.no_account.to_owned() };
        let known = self.accounts.iter().find(|account| account.id.to_string() == id);
        known.map_or_else(|| self.messages.timeline.another.to_owned(), |account| account.name.clone())
    }

    /// The categories whose shares differ.
    fn shares(&self, field: &FieldChange) -> Vec<Part> {
        let both = read::<Allocations>(&field.before).zip(read::<Allocations>(&field.after));
        let Some((before, after)) = both else { return Vec::new() };
        let percent =
            |points: u32| self.locale.format_percent(points.into(), if points.is_multiple_of(100) { 0 } else { 2 });
        let differing = Category::ALL.into_iter().filter_map(|category| {
            let (was, is) = (before[category].percentage.0, after[category].percentage.0);
            (was != is).then(|| (self.messages.categories.name(category).to_owned(), percent(was), percent(is)))
        });
        differing.collect()
    }
}

pub(super) fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

/// The address, else the point.
fn place(location: Location) -> Option<String> {
    let point = location.point.map(Point::to_decimals);
    location.address.or_else(|| point.map(|(lat, lng)| format!("{lat}, {lng}")))
}

fn day(value: &Value) -> Option<Date> {
    domain::wire::date::deserialize(value).ok()
}
