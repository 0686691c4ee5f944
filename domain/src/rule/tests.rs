//! Rules: what is read, what matches, what comes first, what is learned and decided.
use super::*;
use crate::{
    Date,
    classify::Guess,
    expense::{Expense, Kind, Status},
    input::Value,
    money::Money,
    problem::Problem,
};
use proptest::prelude::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a time")
}

fn expense(number: u8, merchant: &str, minor: i64, category: Option<Category>) -> Expense {
    let mut row = Expense {
        id: ExpenseId([number; 12]),
        user_id: UserId([1; 12]),
        budget_id: None,
        account_id: Some(AccountId([2; 12])),
        kind: Kind::Expense,
        status: Status::Cleared,
        amount: Money::new(minor, "EUR".parse().expect("a currency")),
        base: None,
        category,
        subcategory: None,
        description: Some("Card payment, thank you".to_owned()),
        notes: None,
        merchant: Some(merchant.to_owned()),
        merchant_key: String::new(),
        date: Date::constant(2026, 11, 22),
        payment_method: None,
        tags: Vec::new(),
        splits: Vec::new(),
        location: None,
        import_id: Some(ImportId([3; 12])),
        external_id: None,
        dedupe_key: String::new(),
        recurring: None,
        pairing: None,
        version: 1,
        created_at: at(i64::from(number)),
        updated_at: at(i64::from(number)),
        deleted_at: None,
        deleted_by: None,
    };
    row.derive();
    row
}

fn rule(number: u8, conditions: Conditions, category: Category) -> Rule {
    let actions = Actions { category: Some(category), ..Actions::default() };
    NewRule { priority: 0, conditions, actions, learned_from: None }.into_rule(
        RuleId([number; 12]),
        UserId([1; 12]),
        at(i64::from(number)),
    )
}

fn equals(name: &str) -> Conditions {
    Conditions { merchant_equals: Some(name.to_owned()), ..Conditions::default() }
}

fn form(pairs: &[(&str, &str)]) -> Value {
    Value::from_form(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
}

#[test]
fn a_rule_is_read() {
    let read = read_new(&form(&[
        ("conditions.merchantEquals", "REWE"),
        ("conditions.minAmount", "1.50"),
        ("conditions.direction", "out"),
        ("actions.category", "food"),
        ("actions.tags", "home, #week"),
        ("priority", "5"),
    ]))
    .expect("valid");
    assert_eq!(read.conditions.min_amount, Some(1_500));
    assert_eq!(read.conditions.direction, Some(Direction::Out));
    assert_eq!((read.priority, read.actions.category), (5, Some(Category::Food)));
    assert_eq!(read.actions.tags, ["home", "week"]);
}

#[test]
fn all_wrong_fields_of_a_rule_are_named_at_once() {
    let problems = read_new(&form(&[
        ("conditions.merchantEquals", "***"),
        ("conditions.minAmount", "5"),
        ("conditions.maxAmount", "4"),
        ("conditions.direction", "up"),
        ("conditions.colour", "red"),
        ("actions.category", "fun"),
        ("actions.rename", "x".repeat(256).as_str()),
        ("priority", "1001"),
    ]))
    .expect_err("wrong");
    let named: Vec<&str> = problems.0.keys().map(String::as_str).collect();
    let wanted = [
        "actions.category",
        "actions.rename",
        "conditions.colour",
        "conditions.direction",
        "conditions.maxAmount",
        "conditions.merchantEquals",
        "priority",
    ];
    assert_eq!(named, wanted);
}

#[test]
fn a_rule_asks_and_does_something() {
    let cases = [
        (form(&[]), vec!["actions", "conditions"]),
        (form(&[("actions.category", "food")]), vec!["conditions"]),
        (form(&[("conditions.merchantStarts", "a")]), vec!["actions"]),
        (form(&[("conditions.merchantStarts", "a"), ("actions.subcategory", "b")]), vec!["actions.subcategory"]),
        (Value::Null, vec!["", "actions", "conditions"]),
        (form(&[("conditions", "a"), ("actions", "b")]), vec!["actions", "conditions"]),
    ];
    for (value, wanted) in cases {
        let problems = read_new(&value).expect_err("wrong");
        assert_eq!(problems.0.keys().map(String::as_str).collect::<Vec<_>>(), wanted, "{value:?}");
    }
}

#[test]
fn a_change_keeps_what_it_leaves_out() {
    let mut rule = rule(1, equals("REWE"), Category::Food);
    let before = rule.clone();
    read_change(&form(&[("version", "1"), ("priority", "3")])).expect("valid").apply(&mut rule);
    assert_eq!(rule, Rule { priority: 3, ..before });
    let change = read_change(&form(&[("version", "1"), ("actions.category", "housing")])).expect("valid");
    change.apply(&mut rule);
    assert_eq!((rule.actions.category, rule.conditions), (Some(Category::Housing), equals("REWE")));
    let problems = read_change(&form(&[("conditions.x", "1")])).expect_err("wrong");
    assert_eq!(problems.0.get("version"), Some(&Problem::Required));
}

#[test]
fn conditions_hold() {
    let row = Subject::from(&expense(1, "SQ *JOE'S COFFEE #1234 SEATTLE WA", 1_250, None));
    let none = Conditions::default;
    let text = |text: &str| Some(text.to_owned());
    let table = [
        (equals("Joe's Coffee"), true),
        (equals("JOES COFFEE SEATTLE"), true),
        (equals("Joe's"), false),
        (Conditions { merchant_starts: text("joe"), ..none() }, true),
        (Conditions { merchant_starts: text("coffee"), ..none() }, false),
        (Conditions { merchant_contains: text("Seattle"), ..none() }, true),
        (Conditions { description_contains: text("thank you"), ..none() }, true),
        (Conditions { min_amount: Some(12_500), max_amount: Some(12_500), ..none() }, true),
        (Conditions { min_amount: Some(12_501), ..none() }, false),
        (Conditions { max_amount: Some(12_499), ..none() }, false),
        (Conditions { direction: Some(Direction::In), ..none() }, false),
        (Conditions { account_id: Some(AccountId([2; 12])), ..none() }, true),
        (Conditions { import_id: Some(ImportId([2; 12])), ..none() }, false),
        (Conditions { currency: "USD".parse().ok(), ..none() }, false),
        (Conditions { direction: Some(Direction::In), ..equals("Joe's Coffee") }, false),
        (none(), false),
    ];
    for (conditions, wanted) in table {
        assert_eq!(conditions.hold(&row), wanted, "{conditions:?}");
    }
}

#[test]
fn the_more_specific_rule_wins_and_tags_add_up() {
    let row = Subject::from(&expense(1, "REWE SAGT DANKE 4711 BERLIN", 500, None));
    let starts = Conditions { merchant_starts: Some("rewe".to_owned()), ..Conditions::default() };
    let small = Conditions { max_amount: Some(10_000), ..equals("REWE") };
    let mut tagged = rule(4, Conditions { max_amount: Some(9_000), ..Conditions::default() }, Category::Savings);
    tagged.actions = Actions { tags: vec!["small".to_owned()], ..Actions::default() };
    let rules = vec![
        rule(1, starts, Category::Housing),
        rule(2, equals("REWE"), Category::Food),
        rule(3, small.clone(), Category::Entertainment),
        tagged,
    ];
    let effect = Rules::new(rules.clone()).effect(&row);
    assert_eq!(effect.category, Some((Category::Entertainment, RuleId([3; 12]))));
    assert_eq!(effect.tags, ["small"]);
    assert_eq!(effect.rules, [RuleId([3; 12]), RuleId([4; 12])]);
    let mut first = rules;
    first[0].priority = 1;
    assert_eq!(Rules::new(first).effect(&row).category, Some((Category::Housing, RuleId([1; 12]))));
}

#[test]
fn an_edit_teaches_a_rule() {
    let before = expense(1, "REWE SAGT DANKE 4711 BERLIN", 500, None);
    let mut after = before.clone();
    after.category = Some(Category::Food);
    let others = [expense(2, "REWE 0815 KOELN", 700, Some(Category::Food)), expense(3, "Aldi", 700, None)];
    let learned = learn(&before, &after, &others, &Rules::default()).expect("a rule");
    assert_eq!(learned.rule.conditions, equals("REWE"));
    assert_eq!(learned.rule.actions.category, Some(Category::Food));
    assert_eq!(learned.evidence, Evidence { rows: 1, agreeing: 1 });
    let rules = Rules::new(vec![rule(1, equals("rewe"), Category::Food)]);
    assert_eq!(learn(&before, &after, &others, &rules), None, "the rule is there already");
    assert_eq!(learn(&after, &after, &others, &Rules::default()), None, "nothing was changed");
    assert_eq!(learn(&after, &before, &others, &Rules::default()), None, "taken away");
}

#[test]
fn who_files_a_shop_here_and_there_is_asked_about_an_amount_only() {
    let before = expense(1, "APPLE.COM/BILL", 299, None);
    let mut after = before.clone();
    after.category = Some(Category::Entertainment);
    let by_hand =
        |number, minor, category| Expense { import_id: None, ..expense(number, "Apple", minor, Some(category)) };
    let mut others = vec![by_hand(2, 119_900, Category::Miscellaneous), by_hand(3, 4_900, Category::Miscellaneous)];
    assert_eq!(learn(&before, &after, &others, &Rules::default()), None);
    others.push(by_hand(4, 299, Category::Entertainment));
    let learned = learn(&before, &after, &others, &Rules::default()).expect("a rule");
    assert_eq!((learned.rule.conditions.min_amount, learned.rule.conditions.max_amount), (Some(2_990), Some(2_990)));
    assert_eq!(learned.evidence, Evidence { rows: 1, agreeing: 1 });
}

#[test]
fn an_edit_of_name_and_tags_teaches_them() {
    let before = expense(1, "DB VERTRIEB GMBH", 500, Some(Category::Transportation));
    let mut after = before.clone();
    after.merchant = Some("Deutsche Bahn".to_owned());
    after.tags.push("work".to_owned());
    let learned = learn(&before, &after, &[], &Rules::default()).expect("a rule").rule.actions;
    let wanted = Actions { rename: after.merchant, tags: after.tags, ..Actions::default() };
    assert_eq!(learned, wanted);
}

#[test]
fn history_first_then_rules_then_the_classifier() {
    let row = Subject::from(&expense(9, "REWE 4711 BERLIN", 500, None));
    let guess = |sure| move |_: &Subject| Some(Guess { category: Category::Housing, confidence: 70, sure });
    let old = Rules::new(vec![rule(1, equals("REWE"), Category::Entertainment)]);
    let new = Rules::new(vec![rule(8, equals("REWE"), Category::Entertainment)]);
    let filed = |categories: &[Category]| {
        let numbered = (2..).zip(categories);
        History::of(&numbered.map(|(n, c)| expense(n, "Rewe", 100, Some(*c))).collect::<Vec<_>>())
    };
    let (food, savings) = (Category::Food, Category::Savings);
    let table = [
        (filed(&[food, food]), &old, true, Some(food), Some(Source::History)),
        (filed(&[food, food]), &new, true, Some(Category::Entertainment), Some(Source::Rule(RuleId([8; 12])))),
        (filed(&[food, savings]), &old, true, Some(Category::Entertainment), Some(Source::Rule(RuleId([1; 12])))),
        (filed(&[]), &Rules::default(), true, Some(Category::Housing), Some(Source::Classifier)),
        (filed(&[]), &Rules::default(), false, None, None),
        (filed(&[food, savings]), &Rules::default(), true, None, None),
        (filed(&[savings, savings, food, food, food]), &old, true, Some(food), Some(Source::History)),
    ];
    for (history, rules, sure, category, source) in table {
        let decision = decide(&row, &history, rules, guess(sure));
        assert_eq!((decision.category, decision.source), (category, source), "{history:?} {rules:?}");
        assert_eq!(decision.proposal.is_some(), decision.category.is_none());
    }
    let unsure = decide(&row, &filed(&[food, savings]), &Rules::default(), guess(true));
    assert_eq!(unsure.proposal.map(|proposal| proposal.category), Some(savings), "the one chosen last");
    let income = Subject { files: false, ..row };
    assert_eq!(decide(&income, &filed(&[food]), &Rules::default(), guess(true)), Decision::default());
}

#[test]
fn what_a_person_filed_outweighs_what_was_filed_by_itself() {
    let habit = |rows: &[(i64, Category, bool)]| {
        let mut history = History::default();
        for (second, category, by_hand) in rows {
            history.add_keyed("rewe".to_owned(), *category, None, at(*second), *by_hand);
        }
        history.habit("rewe").expect("a habit")
    };
    let (food, housing) = (Category::Food, Category::Housing);
    let imported: Vec<(i64, Category, bool)> = (10..30).map(|second| (second, food, false)).collect();
    assert_eq!((habit(&imported).category, habit(&imported).of), (food, 5));
    let mut corrected = imported;
    corrected.insert(0, (1, housing, true));
    let found = habit(&corrected);
    assert_eq!((found.category, found.agreeing, found.of, found.is_sure()), (housing, 1, 1, true));
}

#[test]
fn a_print_is_read_once_and_the_same() {
    let mut prints = Prints::default();
    let row = expense(1, "REWE SAGT DANKE 4711 BERLIN", 500, None);
    assert_eq!(prints.subject(&row), Subject::from(&row));
    assert_eq!(prints.subject(&row).merchant, "rewe");
}

fn any_conditions() -> impl Strategy<Value = Conditions> {
    let text = || proptest::option::of("[a-c]{1,3}");
    let amount = || proptest::option::of(0_i64..3);
    (text(), text(), text(), text(), amount(), amount()).prop_map(|(equals, starts, contains, described, min, max)| {
        Conditions {
            merchant_equals: equals,
            merchant_starts: starts,
            merchant_contains: contains,
            description_contains: described,
            min_amount: min,
            max_amount: max,
            ..Conditions::default()
        }
    })
}

proptest! {
    #[test]
    fn the_order_is_total_and_does_not_depend_on_the_order_given(
        given in proptest::collection::vec((any_conditions(), 0_usize..10, -1_i32..2), 0..8),
        merchant in "[a-c]{1,3}",
    ) {
        let mut rules: Vec<Rule> = (0..)
            .zip(given)
            .map(|(n, (conditions, category, priority))| Rule { priority, ..rule(n, conditions, Category::ALL[category]) })
            .collect();
        let row = Subject::from(&expense(1, &merchant, 1, None));
        let forward = Rules::new(rules.clone());
        rules.reverse();
        let backward = Rules::new(rules.clone());
        prop_assert_eq!(forward.effect(&row), backward.effect(&row));
        prop_assert!(forward.iter().zip(forward.iter().skip(1)).all(|(a, b)| a.order(b).is_lt()));
        for rule in &rules {
            prop_assert_eq!(rule.conditions.hold(&row), forward.holding(&row).any(|held| held.id == rule.id));
        }
    }

    #[test]
    fn history_does_not_depend_on_the_order_of_rows(
        rows in proptest::collection::vec((0_usize..10, 0_i64..9), 1..12),
    ) {
        let build = |rows: &[(usize, i64)]| {
            let mut history = History::default();
            for (category, second) in rows {
                history.add("Shop", Category::ALL[*category], None, at(*second));
            }
            history.habit("shop")
        };
        let mut back = rows.clone();
        back.reverse();
        prop_assert_eq!(build(&rows), build(&back));
        prop_assert!(build(&rows).is_some_and(|habit| habit.agreeing >= 1 && habit.agreeing <= habit.of && habit.of <= 5));
    }

    #[test]
    fn what_was_learned_holds_for_its_row(merchant in "[A-Z][A-Z '*#0-9.]{0,20}", minor in 1_i64..100_000) {
        let before = expense(1, &merchant, minor, None);
        let after = Expense { category: Some(Category::Food), ..before.clone() };
        if let Some(learned) = learn(&before, &after, &[], &Rules::default()) {
            prop_assert!(learned.rule.conditions.hold(&Subject::from(&before)), "{:?}", learned);
        }
    }

    #[test]
    fn any_form_is_read_or_refused(pairs in proptest::collection::vec(("(conditions|actions|version)[.a-zA-Z]{0,16}", any::<String>()), 0..8)) {
        let value = Value::from_form(pairs);
        let _ = read_new(&value);
        let _ = read_change(&value);
    }
}
