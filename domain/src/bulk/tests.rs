//! How one action on many rows is read, and what it makes of each.
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
use super::*;
use crate::{
    currency::Currency,
    expense::{Location, NewExpense, Split},
    ids::{ImportId, UserId},
    money::Money,
};
use jiff::{Timestamp, civil::date};

fn id(n: u8) -> String {
    ExpenseId([n; 12]).to_string()
}

fn fields(pairs: &[(&str, Value)]) -> Value {
    Value::Object(pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn list(ids: &[u8]) -> Value {
    Value::List(ids.iter().map(|n| Value::Text(id(*n))).collect())
}

fn wrong(pairs: &[(&str, Value)]) -> Vec<String> {
    read(&fields(pairs)).unwrap_err().0.into_keys().collect()
}

fn row(n: u8, kind: Kind) -> Expense {
    let new = NewExpense {
        location: None,
        budget_id: None,
        account_id: None,
        kind,
        status: Status::Cleared,
        amount: Money::new(1_250, Currency::EUR),
        category: None,
        subcategory: None,
        description: None,
        notes: None,
        merchant: Some("Joe's".to_owned()),
        date: date(2026, 11, 20),
        payment_method: None,
        tags: vec!["a".to_owned()],
        splits: Vec::new(),
    };
    new.into_expense(ExpenseId([n; 12]), UserId([1; 12]), None, Timestamp::from_second(i64::from(n)).unwrap())
}

#[test]
fn each_action_has_its_own_fields() {
    let asked = |action: &str, more: &[(&str, Value)]| {
        let mut pairs = vec![("ids", list(&[1, 2])), ("action", text(action))];
        pairs.extend(more.iter().cloned());
        read(&fields(&pairs)).unwrap().action
    };
    let food = Action::Categorize { category: Some(Category::Food), subcategory: None };
    assert_eq!(asked("categorize", &[("category", text("food"))]), food);
    let none = Action::Categorize { category: None, subcategory: None };
    assert_eq!(asked("categorize", &[("category", Value::Null)]), none);
    let tag = Action::Tag { add: vec!["x".to_owned(), "y".to_owned()], remove: Vec::new() };
    assert_eq!(asked("tag", &[("tags", text("#x, y"))]), tag);
    assert_eq!(asked("move", &[("budgetId", Value::Null)]), Action::Move(None));
    assert_eq!(asked("delete", &[]), Action::Delete);
    assert_eq!(asked("restore", &[]), Action::Restore);
    assert_eq!(asked("merge", &[]), Action::Merge);
}

#[test]
fn what_is_wrong_is_named_all_at_once() {
    assert_eq!(wrong(&[]), ["action", "ids"]);
    assert_eq!(wrong(&[("ids", list(&[])), ("action", text("delete"))]), ["ids"]);
    assert_eq!(wrong(&[("ids", list(&[1, 1])), ("action", text("delete"))]), ["ids"]);
    assert_eq!(wrong(&[("ids", text("x")), ("action", text("burn"))]), ["action", "ids"]);
    assert_eq!(wrong(&[("ids", list(&[1])), ("action", text("categorize"))]), ["category"]);
    assert_eq!(wrong(&[("ids", list(&[1])), ("action", text("tag"))]), ["tags"]);
    assert_eq!(wrong(&[("ids", list(&[1])), ("action", text("move"))]), ["budgetId"]);
    assert_eq!(wrong(&[("ids", list(&[1])), ("action", text("merge"))]), ["ids"]);
    let more = [("ids", list(&[1])), ("action", text("delete")), ("category", text("food"))];
    assert_eq!(wrong(&more), ["category"]);
    let versions = Value::List(vec![Value::Number("1".to_owned())]);
    let fewer = [("ids", list(&[1, 2])), ("action", text("delete")), ("versions", versions)];
    assert_eq!(wrong(&fewer), ["versions"]);
    let many = Value::List((0..=BULK_MAX).map(|n| Value::Text(format!("{n:024x}"))).collect());
    assert_eq!(wrong(&[("ids", many), ("action", text("delete"))]), ["ids"]);
}

#[test]
fn a_row_after_each_action() {
    let mut spent = row(1, Kind::Expense);
    spent.splits = vec![Split { category: None, subcategory: None, amount: 1_250, memo: None, member_id: None }];
    let food = Action::Categorize { category: Some(Category::Food), subcategory: Some("Lunch".to_owned()) };
    food.apply(&mut spent).unwrap();
    assert_eq!((spent.category, spent.subcategory.as_deref()), (Some(Category::Food), Some("Lunch")));
    assert!(spent.splits.is_empty());
    assert_eq!(food.apply(&mut row(2, Kind::Income)), Err(Problem::MustBeEmpty));
    let tag = Action::Tag { add: vec!["b".to_owned(), "c".to_owned()], remove: vec!["a".to_owned()] };
    tag.apply(&mut spent).unwrap();
    assert_eq!(spent.tags, ["b", "c"]);
    let many = Action::Tag { add: (0..20).map(|n| format!("t{n}")).collect(), remove: Vec::new() };
    assert_eq!(many.apply(&mut spent), Err(Problem::TooLong { max: 20 }));
}

#[test]
fn the_bank_s_row_stays_and_takes_what_it_lacks() {
    let mut by_hand = row(1, Kind::Expense);
    (by_hand.category, by_hand.notes) = (Some(Category::Food), Some("with Ada".to_owned()));
    by_hand.tags = vec!["work".to_owned()];
    by_hand.location = Some(Location { point: None, address: Some("Main Street 1".to_owned()) });
    let place = by_hand.location.clone();
    let mut bank = row(2, Kind::Expense);
    bank.import_id = Some(ImportId([7; 12]));
    let rows = [by_hand.clone(), bank.clone()];
    assert_eq!(keeper(&rows), Ok(1));
    merge(&mut bank, &[by_hand]);
    assert_eq!((bank.category, bank.notes.as_deref()), (Some(Category::Food), Some("with Ada")));
    assert_eq!((&bank.tags[..], &bank.location), (&["a".to_owned(), "work".to_owned()][..], &place));
    let mut other = row(3, Kind::Expense);
    other.amount = Money::new(1, Currency::EUR);
    let refused = keeper(&[bank, other, row(4, Kind::Refund)]).unwrap_err();
    assert_eq!(refused.0.into_keys().collect::<Vec<_>>(), ["ids.1", "ids.2"]);
    assert_eq!(
        keeper(&[row(6, Kind::Expense), row(5, Kind::Expense)]),
        Ok(1),
        "of equal ones the first that was there"
    );
}
