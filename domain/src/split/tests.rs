//! Parts that balance, and what is said of those that don't.
use super::*;
use proptest::prelude::*;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn part(fields: &[(&str, &str)]) -> Value {
    Value::Object(fields.iter().map(|(name, value)| ((*name).to_owned(), text(value))).collect())
}

#[test]
fn parts_are_read() {
    let member = "0123456789abcdef01234567";
    let list = [
        part(&[("category", "food"), ("amount", "12.00"), ("memberId", member), ("memo", "bread")]),
        part(&[("amount", "0.34")]),
    ];
    let parts = read(&list, Currency::EUR, Some(1234)).unwrap();
    assert_eq!(parts[0].category, Some(Category::Food));
    assert_eq!(parts[0].member_id.map(|id| id.to_string()).as_deref(), Some(member));
    assert_eq!(parts[0].memo.as_deref(), Some("bread"));
    let json = serde_json::to_string(&parts[0]).unwrap();
    assert!(json.contains("\"memberId\":\"0123"), "{json}");
    let old: Split = serde_json::from_str(r#"{"category":null,"subcategory":null,"amount":5,"memo":null}"#).unwrap();
    assert_eq!(old.member_id, None);
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let parts = |list: &[Value]| read(list, Currency::EUR, Some(1234));
    let list = [
        part(&[("category", "foot"), ("amount", "12.001")]),
        text("bread"),
        part(&[("amount", "-1"), ("memberId", "me"), ("colour", "red"), ("subcategory", "bread")]),
    ];
    let problems = parts(&list).unwrap_err().0;
    let paths: Vec<&str> = problems.keys().map(String::as_str).collect();
    assert_eq!(
        paths,
        ["0.amount", "0.category", "1", "1.amount", "2.amount", "2.colour", "2.memberId", "2.subcategory"]
    );
    assert_eq!(
        parts(&[part(&[("amount", "12.00")])]).unwrap_err(),
        Problems::one("", Problem::SplitsDontBalance { difference: "0.34".into() })
    );
    assert!(parts(&vec![Value::Null; 51]).is_err());
    assert_eq!(parts(&[]), Ok(vec![]));
}

#[test]
fn shares() {
    assert_eq!(even(1000, 3), Some(vec![334, 333, 333]));
    assert_eq!(even(2, 3), None);
    assert_eq!(even(2, 0), None);
    assert_eq!(weighted(1000, &[2, 1, 1]), Some(vec![500, 250, 250]));
    assert_eq!(fill(1000, &[Some(400), None, None]), Some(vec![400, 300, 300]));
    assert_eq!(fill(1000, &[Some(400), Some(600)]), Some(vec![400, 600]));
    assert_eq!(fill(1000, &[Some(400), Some(500)]), None);
    assert_eq!(fill(1000, &[Some(1000), None]), None);
    assert_eq!(fill(0, &[]), None);
    assert_eq!(remainder(1000, [400, 700]), -100);
    assert_eq!(remainder(i64::MIN, [i64::MAX]), i64::MIN);
}

proptest! {
    #[test]
    fn whatever_is_shared_balances(
        total in 1_i64..1_000_000, weights in prop::collection::vec(1_u64..1000, 1..20), parts in 1_usize..50,
    ) {
        for amounts in [weighted(total, &weights), even(total, parts)].into_iter().flatten() {
            prop_assert_eq!(remainder(total, amounts.iter().copied()), 0);
            prop_assert_eq!(unbalanced(amounts.iter().copied(), Money::new(total, Currency::EUR)), None);
        }
        let equal = even(total, parts).unwrap_or_default();
        prop_assert!(equal.iter().all(|amount| equal[0] - amount <= 1));
    }

    #[test]
    fn what_is_filled_balances(total in 1_i64..100_000, amounts in prop::collection::vec(prop::option::of(1_i64..20_000), 0..8)) {
        if let Some(filled) = fill(total, &amounts) {
            prop_assert_eq!(remainder(total, filled.iter().copied()), 0);
            for (before, after) in amounts.iter().zip(&filled) {
                prop_assert!(*after > 0 && before.is_none_or(|before| before == *after));
            }
        }
    }
}
