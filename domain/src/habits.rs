//! What somebody usually says of a merchant, from the rows they have: what is proposed while they type its name.
use crate::{
    category::Category,
    expense::{Expense, Kind, PaymentMethod},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A merchant, and what usually goes with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Habit {
    /// As it was written last.
    pub merchant: String,
    /// Under which it is one and the same.
    pub key: String,
    /// None: mostly uncategorised.
    pub category: Option<Category>,
    /// A name under the category.
    pub subcategory: Option<String>,
    /// What is on most of its rows.
    pub tags: Vec<String>,
    /// None: mostly not said.
    pub payment_method: Option<PaymentMethod>,
}

/// The merchants of rows that come newest first, in that order. What most of a merchant's rows say counts; among as many,
/// what the newest says.
pub fn habits(rows: &[Expense]) -> Vec<Habit> {
    let mut merchants: Vec<(&str, Vec<&Expense>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let spent =
        rows.iter().filter(|row| matches!(row.kind, Kind::Expense | Kind::Refund) && !row.merchant_key.is_empty());
    for row in spent {
        let key = row.merchant_key.as_str();
        let place = *places.entry(key).or_insert_with(|| {
            merchants.push((key, Vec::new()));
            merchants.len() - 1
        });
        merchants[place].1.push(row);
    }
    merchants.into_iter().filter_map(|(key, rows)| habit(key, &rows)).collect()
}

fn habit(key: &str, rows: &[&Expense]) -> Option<Habit> {
    let whole = || rows.iter().filter(|row| row.splits.is_empty());
    let (category, subcategory) =
        most(whole().map(|row| (row.category, row.subcategory.as_deref()))).unwrap_or_default();
    let mut tags: Vec<String> = Vec::new();
    for tag in rows.iter().flat_map(|row| &row.tags) {
        let on = rows.iter().filter(|row| row.tags.contains(tag)).count();
        if on * 2 > rows.len() && !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    Some(Habit {
        merchant: rows.first()?.merchant.clone()?,
        key: key.to_owned(),
        category,
        subcategory: subcategory.map(str::to_owned),
        tags,
        payment_method: most(rows.iter().map(|row| row.payment_method)).flatten(),
    })
}

/// The value that comes most often; among as many the first.
fn most<T: PartialEq>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counted: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counted.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counted.push((value, 1)),
        }
    }
    let highest = counted.iter().map(|(_, count)| *count).max()?;
    counted.into_iter().find(|(_, count)| *count == highest).map(|(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        expense::read_new,
        ids::{ExpenseId, UserId},
        input::Value,
    };
    use jiff::Timestamp;

    fn row(fields: &[(&str, &str)]) -> Expense {
        let common = [("amount", "5"), ("currency", "EUR"), ("date", "2026-11-20")];
        let fields = common.iter().chain(fields).map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let new = read_new(&Value::from_form(fields)).unwrap();
        new.into_expense(ExpenseId([1; 12]), UserId([2; 12]), None, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn what_most_rows_say_counts() {
        let rows = [
            row(&[
                ("merchant", "SQ *JOE'S #12"),
                ("category", "entertainment"),
                ("tags", "work once"),
                ("paymentMethod", "card"),
            ]),
            row(&[("merchant", "Bakery")]),
            row(&[("merchant", "Joe's"), ("category", "food"), ("subcategory", "Lunch"), ("tags", "work")]),
            row(&[("merchant", "Salary Inc"), ("kind", "income")]),
            row(&[("merchant", "joes"), ("category", "food"), ("subcategory", "Lunch"), ("paymentMethod", "card")]),
            row(&[("description", "nobody")]),
        ];
        let found = habits(&rows);
        let names: Vec<&str> = found.iter().map(|habit| habit.merchant.as_str()).collect();
        assert_eq!(names, ["SQ *JOE'S #12", "Bakery"]);
        let joes = &found[0];
        assert_eq!(
            (joes.key.as_str(), joes.category, joes.subcategory.as_deref()),
            ("joes", Some(Category::Food), Some("Lunch"))
        );
        assert_eq!((joes.tags.as_slice(), joes.payment_method), (&["work".to_owned()][..], Some(PaymentMethod::Card)));
        assert_eq!((found[1].category, found[1].payment_method), (None, None));
    }

    #[test]
    fn among_as_many_the_newest_counts() {
        let rows = [row(&[("merchant", "Shop"), ("category", "food")]), row(&[("merchant", "Shop")])];
        assert_eq!(habits(&rows)[0].category, Some(Category::Food));
        assert_eq!(habits(&[]), []);
    }
}
