//! What somebody is told of a thing that went from one place to another (a budget, or what is private), who sees only one
//! of the two: that it came, or that it went, and what it was called there. Pure, and the same in all stores.
use super::together::read;
use crate::ports::activity::{Activity, EntityChange, FieldChange};
use domain::ids::BudgetId;
use serde_json::Value;
use std::collections::BTreeSet;

/// The field that says where a thing is.
const PLACE: &str = "budgetId";
/// Stands for a place that the reader can't see.
pub const ELSEWHERE: &str = "elsewhere";

/// From where to where something went; none as a place: private. None: it stayed where it was.
fn led(change: &EntityChange) -> Option<(Option<BudgetId>, Option<BudgetId>)> {
    let field = change.fields.iter().find(|field| field.name == PLACE)?;
    Some((read(&field.before)?, read(&field.after)?))
}

/// All places that something went from or to; none as a place: private.
pub fn places(activity: &Activity) -> BTreeSet<Option<BudgetId>> {
    activity.changes.iter().filter_map(led).flat_map(|(before, after)| [before, after]).collect()
}

/// The same for who sees only those of its places.
pub fn narrowed(mut activity: Activity, seen: &BTreeSet<Option<BudgetId>>) -> Activity {
    let mut at = None;
    for change in &mut activity.changes {
        let Some((before, after)) = led(change) else { continue };
        let sees = (seen.contains(&before), seen.contains(&after));
        if sees != (true, true) {
            at = Some(if sees.1 { after } else { before.filter(|_| sees.0) });
            hide(change, sees);
        }
    }
    if let Some(at) = at {
        activity.also_in = None;
        if activity.budget_id.is_some() && !seen.contains(&activity.budget_id) {
            activity.budget_id = at;
        }
    }
    activity
}

/// Leaves what is known in the one place: that it came, or that it went. Nothing where neither is seen.
fn hide(change: &mut EntityChange, (before, after): (bool, bool)) {
    change.fields.retain(|field| field.name == PLACE);
    for FieldChange { before: was, after: is, .. } in &mut change.fields {
        for side in [(!before).then_some(was), (!after).then_some(is)].into_iter().flatten() {
            *side = Value::from(ELSEWHERE);
        }
    }
    let was = change.was.take().filter(|_| before);
    if !after {
        (change.title, change.amount) = was.map(|was| (was.title, was.amount)).unwrap_or_default();
    }
    (change.version_after, change.left_as) = (0, 0);
}

/// Whether a part of it is hidden from its reader, who then can't take it back.
pub fn is_narrowed(activity: &Activity) -> bool {
    let mut fields = activity.changes.iter().flat_map(|change| &change.fields);
    fields.any(|field| field.name == PLACE && [&field.before, &field.after].into_iter().any(|side| side == ELSEWHERE))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
    use super::*;
    use crate::{activity::content::of_expense, testing::builders as make};
    use domain::{currency::Currency, money::Money};

    #[test]
    fn each_is_told_what_was_in_their_place() {
        let ada = make::person(1).user.id;
        let (home, trip) = (make::budget_id(1), make::budget_id(2));
        let row = make::expense(ada, Some(home), 1, 1_200);
        let next = make::changed(&row, 5, |row| {
            row.budget_id = Some(trip);
            row.amount = Money::new(9_900, Currency::EUR);
            row.merchant = Some("Hotel".to_owned());
            row.notes = Some("a secret".to_owned());
        });
        let told = of_expense(&make::write(ada, 5), Some(&row), &next).unwrap().unwrap();
        assert_eq!((told.budget_id, told.also_in), (Some(trip), Some(home)));
        assert_eq!(places(&told), BTreeSet::from([Some(home), Some(trip)]));
        assert_eq!(narrowed(told.clone(), &places(&told)), told);
        assert!(!is_narrowed(&told));

        let went = narrowed(told.clone(), &BTreeSet::from([Some(home)]));
        let json = serde_json::to_string(&went).unwrap();
        for secret in ["Hotel", "a secret", "9900", &trip.to_string()] {
            assert!(!json.contains(secret), "{secret} in {json}");
        }
        let change = &went.changes[0];
        assert_eq!((went.budget_id, change.title.as_str()), (Some(home), "Corner Shop"));
        assert_eq!(change.amount, Some(Money::new(-1_200, Currency::EUR)));
        assert!(is_narrowed(&went));

        let came = narrowed(told, &BTreeSet::from([Some(trip)]));
        let json = serde_json::to_string(&came).unwrap();
        for secret in ["Corner Shop", "1200", "a secret", &home.to_string()] {
            assert!(!json.contains(secret), "{secret} in {json}");
        }
        assert_eq!((came.budget_id, came.changes[0].title.as_str()), (Some(trip), "Hotel"));
    }

    #[test]
    fn what_is_private_is_a_place_too() {
        let ada = make::person(1).user.id;
        let home = make::budget_id(1);
        let row = make::expense(ada, Some(home), 1, 1_200);
        let next = make::changed(&row, 5, |row| (row.budget_id, row.notes) = (None, Some("mine".to_owned())));
        let told = of_expense(&make::write(ada, 5), Some(&row), &next).unwrap().unwrap();
        assert_eq!(
            (told.budget_id, told.also_in, places(&told)),
            (Some(home), None, BTreeSet::from([None, Some(home)]))
        );
        let nothing = narrowed(told.clone(), &BTreeSet::new());
        assert_eq!((nothing.changes[0].title.as_str(), is_narrowed(&nothing)), ("", true));
        let went = narrowed(told, &BTreeSet::from([Some(home)]));
        assert!(!serde_json::to_string(&went).unwrap().contains("mine"));
        let stayed = make::changed(&row, 5, |row| row.notes = Some("n".to_owned()));
        let told = of_expense(&make::write(ada, 5), Some(&row), &stayed).unwrap().unwrap();
        assert_eq!((places(&told), narrowed(told.clone(), &BTreeSet::new())), (BTreeSet::new(), told));
    }
}
