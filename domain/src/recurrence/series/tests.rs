//! How far a series has come, and what it makes.
use super::*;
use crate::{
    currency::Currency,
    input::Value,
    problem::Problem,
    recurrence::{Row, bills, detect},
};
use jiff::civil::date;

fn entered(day: Date, minor: i64) -> Expense {
    let pairs = [("amount", "1"), ("currency", "EUR"), ("merchant", "Landlord")];
    let fields = pairs.map(|(name, text)| (name.to_owned(), Value::Text(text.to_owned())));
    let date = [("date".to_owned(), Value::Text(day.to_string()))];
    let new = crate::expense::read_new(&Value::Object(fields.into_iter().chain(date).collect())).unwrap();
    let mut row = new.into_expense(ExpenseId([1; 12]), UserId([2; 12]), None, Timestamp::UNIX_EPOCH);
    row.amount = Money::new(minor, Currency::EUR);
    row
}

fn monthly(day: Date, today: Date) -> Series {
    let pattern = RecurringPattern::new(Frequency::Monthly, 1, day);
    Series::begun_by(&entered(day, 90_000), SeriesId([3; 12]), pattern, today)
}

#[test]
fn it_begins_with_its_expense_and_makes_nothing_up() {
    let today = date(2026, 11, 23);
    assert_eq!(monthly(today, today).next_date, Some(date(2026, 12, 23)));
    assert_eq!(monthly(date(2026, 5, 31), today).next_date, Some(date(2026, 11, 30)));
    assert_eq!(monthly(date(2026, 10, 23), today).next_date, Some(today), "today's is still to come");
    assert_eq!(monthly(date(2027, 1, 31), today).next_date, Some(date(2027, 2, 28)));
}

#[test]
fn each_slot_is_made_once() {
    let mut rent = monthly(date(2026, 1, 31), date(2026, 1, 31));
    let mut days = Vec::new();
    for _ in 0..4 {
        let next = rent.next_occurrence().unwrap();
        assert_eq!(rent.next_date, Some(next.date));
        let row = rent.expense(&next, ExpenseId([9; 12]), None, Timestamp::UNIX_EPOCH);
        assert_eq!(row.recurring, Some(SeriesSlot { series_id: rent.id, slot: next.slot }));
        days.push(row.date.to_string());
        rent.made(next.slot);
    }
    assert_eq!(days, ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]);
    assert_eq!(rent.ahead(date(2026, 1, 1), date(2026, 7, 31)).len(), 2, "what was made is not ahead");
}

#[test]
fn one_is_left_out_or_comes_to_something_else() {
    let mut rent = monthly(date(2026, 1, 31), date(2026, 1, 31));
    rent.template.splits = vec![
        Split { category: None, subcategory: None, amount: 60_000, memo: None, member_id: None },
        Split { category: None, subcategory: None, amount: 30_000, memo: None, member_id: None },
    ];
    rent.pattern.skip(date(2026, 2, 28)).unwrap();
    rent.pattern.change(date(2026, 3, 31), Some(date(2026, 4, 1)), Some(100_000)).unwrap();
    rent.settle();
    let next = rent.next_occurrence().unwrap();
    assert_eq!((next.slot, next.date), (date(2026, 3, 31), date(2026, 4, 1)));
    let row = rent.expense(&next, ExpenseId([9; 12]), None, Timestamp::UNIX_EPOCH);
    assert_eq!(row.splits.iter().map(|split| split.amount).collect::<Vec<_>>(), [66_667, 33_333]);
    assert_eq!(row.check(), Ok(()));
    rent.made(next.slot);
    assert_eq!(rent.open_slot(date(2026, 3, 31)), Err(RecurrenceError::NotASlot));
    assert_eq!(rent.open_slot(date(2026, 4, 30)), Ok(date(2026, 4, 30)));
}

#[test]
fn paused_resumed_and_ended() {
    let mut gym = monthly(date(2026, 1, 15), date(2026, 1, 15));
    let today = date(2026, 2, 1);
    assert_eq!(gym.standing(today), Standing::Active);
    gym.pattern.pause(today).unwrap();
    gym.settle();
    assert_eq!((gym.next_date, gym.standing(today)), (None, Standing::Paused));
    gym.pattern.resume(date(2026, 5, 1));
    gym.settle();
    assert_eq!((gym.next_date, gym.standing(today)), (Some(date(2026, 5, 15)), Standing::Paused));
    assert_eq!(gym.standing(date(2026, 5, 1)), Standing::Active);
    gym.end(date(2026, 5, 14));
    assert_eq!((gym.next_date, gym.standing(date(2026, 5, 1))), (None, Standing::Ended));
    gym.dismissed = true;
    assert_eq!(gym.standing(today), Standing::Dismissed);
}

#[test]
fn another_day_makes_no_second_one_in_the_month() {
    let today = date(2026, 11, 10);
    let mut rent = monthly(date(2026, 11, 1), today);
    rent.follow(RecurringPattern::new(Frequency::Monthly, 1, date(2026, 11, 15)), today);
    assert_eq!(rent.next_date, Some(date(2026, 12, 15)));
    rent.follow(RecurringPattern::new(Frequency::Weekly, 1, date(2026, 11, 11)), today);
    assert_eq!(rent.next_date, Some(date(2026, 11, 18)), "nor is one made up before");
    let mut yearly = monthly(date(2026, 2, 1), today);
    yearly.follow(RecurringPattern::new(Frequency::Yearly, 1, date(2026, 12, 1)), today);
    assert_eq!(yearly.next_date, Some(date(2027, 12, 1)));
    let mut next_month = monthly(date(2026, 10, 31), today);
    next_month.follow(RecurringPattern::new(Frequency::Monthly, 1, date(2026, 11, 12)), today);
    assert_eq!(next_month.next_date, Some(date(2026, 11, 12)));
}

#[test]
fn what_was_found_is_known_afterwards() {
    let row = |n: u8, month: u8, minor: i64| Row {
        id: ExpenseId([n; 12]),
        merchant_key: crate::merchant::merchant_key("Landlord"),
        kind: Kind::Expense,
        amount: Money::new(minor, Currency::EUR),
        date: date(2026, i8::try_from(month).unwrap(), 3),
    };
    let rows: Vec<Row> = (1..=4).map(|n| row(n, 4 + n, 90_000)).collect();
    let found = detect(&rows).remove(0);
    let evidence: Vec<Evident> =
        rows.iter().map(|row| Evident { id: row.id, date: row.date, amount: row.amount.minor() }).collect();
    let today = date(2026, 8, 20);
    let series = Series::found(&found, &entered(rows[3].date, 90_000), evidence, today, Timestamp::UNIX_EPOCH);
    assert_eq!((series.id, series.next_date), (SeriesId([1; 12]), Some(date(2026, 9, 3))));
    assert_eq!(series.template.status, Status::Cleared);
    assert!(known(&found, rows[3].date, std::slice::from_ref(&series)));
    // Later rows of the same merchant, and a series that was declared by hand.
    let later = detect(&(5..=8).map(|n| row(n, n, 95_000)).collect::<Vec<_>>()).remove(0);
    assert!(known(&later, date(2026, 8, 3), std::slice::from_ref(&series)));
    assert!(known(&found, rows[3].date, &[monthly(date(2026, 8, 3), today)]));
    let dearer = detect(&(5..=8).map(|n| row(n, n, 300_000)).collect::<Vec<_>>()).remove(0);
    assert!(!known(&dearer, date(2026, 8, 3), std::slice::from_ref(&series)));
    let mut ended = series;
    ended.end(date(2026, 5, 1));
    assert!(known(&found, rows[3].date, std::slice::from_ref(&ended)));
    assert!(!known(&later, date(2026, 8, 3), &[ended]), "it began anew");
}

#[test]
fn what_a_body_says() {
    let text = |text: &str| Value::Text(text.to_owned());
    let object = |fields: &[(&str, Value)]| {
        Value::Object(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    };
    let rule = object(&[("frequency", text("monthly")), ("nextDate", text("2026-12-20"))]);
    let (rest, wish) = part(&object(&[("amount", text("1")), ("isRecurring", text("on")), ("recurringPattern", rule)]));
    assert_eq!(rest, object(&[("amount", text("1"))]));
    let Ok(Wish::By(rule)) = wish else { panic!("{wish:?}") };
    let (pattern, next) = read_pattern(&rule, Currency::EUR, date(2026, 11, 30)).unwrap();
    assert_eq!((pattern.anchor_day, next), (30, Some(date(2026, 12, 20))));
    let wrong = object(&[("frequency", text("daily")), ("nextDate", text("x")), ("parentId", text("y"))]);
    let fields: Vec<String> =
        read_pattern(&wrong, Currency::EUR, date(2026, 11, 30)).unwrap_err().0.into_keys().collect();
    let expected = ["recurringPattern.frequency", "recurringPattern.nextDate", "recurringPattern.parentId"];
    assert_eq!(fields, expected);
    assert_eq!(part(&object(&[("isRecurring", Value::Bool(false))])).1, Ok(Wish::Stops));
    assert_eq!(part(&object(&[("isRecurring", Value::Bool(true))])).1, Ok(Wish::Repeats));
    assert_eq!(part(&object(&[("recurringPattern", Value::Null)])).1, Ok(Wish::Nothing));
    let both = part(&object(&[("isRecurring", Value::Bool(false)), ("recurringPattern", wrong)])).1.unwrap_err();
    assert_eq!(both.0["recurringPattern"], Problem::MustBeEmpty);
    assert!(part(&object(&[("isRecurring", text("maybe"))])).1.is_err());
}

#[test]
fn bills_are_what_is_still_to_be_paid() {
    let today = date(2026, 11, 10);
    let home = BudgetId([7; 12]);
    let of = |n: u8, day: Date| {
        let mut series = monthly(day, today);
        (series.id, series.budget_id) = (SeriesId([n; 12]), Some(home));
        series
    };
    let rent = of(1, date(2026, 10, 15));
    let mut saved = of(2, date(2026, 10, 20));
    (saved.template.category, saved.template.splits) = (Some(Category::Savings), Vec::new());
    let mut pay = of(3, date(2026, 10, 20));
    pay.template.kind = Kind::Income;
    let mut skipped = of(4, date(2026, 10, 20));
    skipped.pattern.skip(date(2026, 11, 20)).unwrap();
    let mut paused = of(5, date(2026, 10, 20));
    paused.pattern.pause(today).unwrap();
    let made = of(6, date(2026, 11, 10));
    let elsewhere = Series { budget_id: None, ..of(7, date(2026, 10, 20)) };
    let all = [saved, rent, pay, skipped, paused, made, elsewhere];
    let found = bills(&all, home, date(2026, 11, 1), date(2026, 11, 30));
    let told: Vec<_> = found
        .iter()
        .map(|bill| (bill.date, bill.series_id.0[0], bill.spending.minor(), bill.days_left(today)))
        .collect();
    let rent = found[0].amount.minor();
    assert_eq!(told, [(date(2026, 11, 15), 1, rent, 5), (date(2026, 11, 20), 2, 0, 10)], "put by is not for spending");
}
