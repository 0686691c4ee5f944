//! What the form of an expense begins with: a row as it stands, a typed line, or nothing but a day.
use crate::api::{entry::LineStart, views::ExpenseDetail};
use domain::{
    category::Category,
    currency::Currency,
    expense::{Expense, Point, Split},
    locale::Locale,
    money::Money,
};
use std::collections::BTreeMap;

/// The texts of the fields at first.
#[derive(Debug, Clone)]
pub(super) struct Start {
    row: Option<Expense>,
    line: BTreeMap<String, String>,
    locale: Locale,
    /// What it is in.
    pub currency: Currency,
}

impl Start {
    /// A row to be changed, or what a line says; on that day if neither says another.
    pub(super) fn new(detail: &ExpenseDetail, line: Option<LineStart>, date: String, locale: Locale) -> Self {
        let mut line = line.map(|line| line.fields).unwrap_or_default();
        line.entry("date".to_owned()).or_insert(date);
        let row = detail.expense.clone();
        let own = row.as_ref().map(|row| row.amount.currency());
        let named = line.get("currency").and_then(|code| code.parse().ok());
        Self { currency: own.or(named).unwrap_or(detail.currency), row, line, locale }
    }

    /// What stands in a field, by its name in the form.
    pub(super) fn text(&self, name: &str) -> String {
        let Some(row) = &self.row else { return self.line.get(name).cloned().unwrap_or_default() };
        let place = row.location.as_ref();
        let point = place.and_then(|place| place.point).map(Point::to_decimals).unzip();
        let text = match name {
            "amount" => Some(self.typed(row.amount.minor())),
            "kind" => Some(row.kind.as_str().to_owned()),
            "date" => Some(row.date.to_string()),
            "merchant" => row.merchant.clone(),
            "description" => row.description.clone(),
            "notes" => row.notes.clone(),
            "tags" => Some(row.tags.join(", ")),
            "category" => row.category.map(|category| category.to_string()),
            "subcategory" => row.subcategory.clone(),
            "paymentMethod" => row.payment_method.map(|method| method.as_str().to_owned()),
            "status" => Some(row.status.as_str().to_owned()),
            "location.address" => place.and_then(|place| place.address.clone()),
            "location.lat" => point.0,
            "location.lng" => point.1,
            _ => None,
        };
        text.unwrap_or_default()
    }

    /// The parts that there are.
    pub(super) fn parts(&self) -> &[Split] {
        self.row.as_ref().map_or(&[], |row| &row.splits)
    }

    /// What stands in a field of a part.
    pub(super) fn part(&self, part: usize, name: &str) -> String {
        let Some(part) = self.parts().get(part) else { return String::new() };
        let text = match name {
            "amount" => Some(self.typed(part.amount)),
            "category" => part.category.map(Category::as_str).map(str::to_owned),
            "subcategory" => part.subcategory.clone(),
            "memo" => part.memo.clone(),
            "memberId" => part.member_id.map(|id| id.to_string()),
            _ => None,
        };
        text.unwrap_or_default()
    }

    /// Whether something stands in the part of the form that is folded away.
    pub(super) fn has_more(&self) -> bool {
        ["description", "notes", "tags", "paymentMethod", "subcategory", "location.address", "location.lat"]
            .iter()
            .any(|name| !self.text(name).is_empty())
    }

    /// An amount as one would type it: plain digits and the locale's decimal mark.
    fn typed(&self, minor: i64) -> String {
        Money::new(minor, self.currency).to_decimal().replace('.', &self.locale.decimal_mark().to_string())
    }
}
