//! Change events: heard by whom they are told to, in order, once; and whoever has missed some is told so.
use super::server::Scratch;
use domain::ids::UserId;
use service::{
    ports::events::{Change, Entity, Events, Listening},
    testing::fakes::FakeRandom,
};
use shared::{
    local::LocalEvents,
    redis::{RedisEvents, connect},
};
use std::{any::Any, sync::Arc, time::Duration};

pub const ADA: UserId = UserId([0xad; 12]);
pub const BOB: UserId = UserId([0xb0; 12]);

/// The same events, as two processes reach them, and an id that neither has given.
struct Twin {
    one: Arc<dyn Events>,
    other: Arc<dyn Events>,
    foreign: String,
    _keep: Box<dyn Any + Send>,
}

async fn local() -> Twin {
    let one = Arc::new(LocalEvents::new(&FakeRandom::default()));
    let earlier = LocalEvents::new(&FakeRandom::seeded(9));
    let mut listening = earlier.listen(ADA, None).await.unwrap();
    earlier.publish(&[ADA], &change(0)).await;
    let foreign = hear(&mut *listening).await.unwrap().0;
    Twin { other: one.clone(), one, foreign, _keep: Box::new(()) }
}

async fn redis() -> Twin {
    let scratch = Scratch::new().await;
    let events = async || Arc::new(RedisEvents::new(connect(scratch.options()).await.unwrap()).await.unwrap());
    Twin { one: events().await, other: events().await, foreign: "1-0".to_owned(), _keep: Box::new(scratch) }
}

pub fn change(n: u64) -> Change {
    Change {
        entity: Entity::Expense,
        id: format!("{n:024x}"),
        version: n.is_multiple_of(2).then_some(7),
        budget_id: Some("\"\\ ü".to_owned()),
    }
}

/// The id and the number of what is heard next, or none when something was missed.
pub async fn hear(listening: &mut dyn Listening) -> Option<(String, u64)> {
    let heard = tokio::time::timeout(Duration::from_secs(20), listening.next()).await;
    let event = heard.expect("nothing is heard").unwrap()?;
    let number = u64::from_str_radix(&event.change.id, 16).unwrap();
    assert_eq!(event.change, change(number));
    Some((event.id, number))
}

async fn number(listening: &mut dyn Listening) -> Option<u64> {
    hear(listening).await.map(|(_, number)| number)
}

async fn heard_by_whom_it_is_told_to(t: Twin) {
    let mut ada = [t.one.listen(ADA, None).await.unwrap(), t.other.listen(ADA, None).await.unwrap()];
    let mut bob = t.other.listen(BOB, None).await.unwrap();
    t.one.publish(&[ADA], &change(1)).await;
    t.one.publish(&[ADA, BOB], &change(2)).await;
    t.one.publish(&[], &change(3)).await;
    t.other.publish(&[BOB], &change(4)).await;
    t.other.publish(&[ADA], &change(5)).await;
    for listening in &mut ada {
        for expected in [1, 2, 5] {
            assert_eq!(number(&mut **listening).await, Some(expected));
        }
    }
    for expected in [2, 4] {
        assert_eq!(number(&mut *bob).await, Some(expected));
    }
}

async fn from_now_on_only(t: Twin) {
    for n in 0..20 {
        t.one.publish(&[ADA], &change(2 * n)).await;
        let mut listening = t.other.listen(ADA, None).await.unwrap();
        t.one.publish(&[ADA], &change(2 * n + 1)).await;
        assert_eq!(number(&mut *listening).await, Some(2 * n + 1));
    }
}

async fn resumed_after_any_event(t: Twin) {
    let mut listening = t.one.listen(ADA, None).await.unwrap();
    let mut ids = Vec::new();
    for n in 0..10 {
        t.one.publish(&[ADA, BOB], &change(n)).await;
        ids.push(hear(&mut *listening).await.unwrap().0);
    }
    for (id, next) in ids.iter().zip(1..) {
        let mut listening = t.other.listen(ADA, Some(id)).await.unwrap();
        t.one.publish(&[ADA], &change(10)).await;
        for expected in next..=10 {
            assert_eq!(number(&mut *listening).await, Some(expected), "after {id}");
        }
        // The next round publishes it again: told apart by its id.
        let mut late = t.one.listen(ADA, Some(&ids[9])).await.unwrap();
        assert_eq!(number(&mut *late).await, Some(10));
    }
}

async fn resumed_without_gap_or_double_while_others_publish(t: Twin) {
    let mut listening = t.one.listen(ADA, None).await.unwrap();
    let publisher = Arc::clone(&t.other);
    let publishing = tokio::spawn(async move {
        for n in 0..200 {
            publisher.publish(&[BOB, ADA], &change(n)).await;
        }
    });
    for expected in 0..200 {
        let (id, number) = hear(&mut *listening).await.unwrap();
        assert_eq!(number, expected);
        if expected % 7 == 3 {
            let events = if expected % 2 == 0 { &t.one } else { &t.other };
            listening = events.listen(ADA, Some(&id)).await.unwrap();
        }
    }
    publishing.await.unwrap();
}

async fn what_is_unknown_or_too_long_ago_was_missed(t: Twin) {
    let mut listening = t.one.listen(ADA, None).await.unwrap();
    t.one.publish(&[ADA], &change(0)).await;
    let first = hear(&mut *listening).await.unwrap().0;
    // Nothing was missed yet.
    let mut resumed = t.other.listen(ADA, Some(&first)).await.unwrap();
    for n in 1..=1_500 {
        t.one.publish(&[ADA], &change(n)).await;
    }
    assert!(number(&mut *resumed).await.is_none_or(|number| number == 1));
    let foreign = t.foreign.clone();
    for after in [&first, &foreign, "", "-", "x", "0-0", "99999999999999-0", "99999999999999999999999-0", "*", "$", "+"]
    {
        let mut listening = t.other.listen(ADA, Some(after)).await.unwrap();
        assert_eq!(number(&mut *listening).await, None, "{after:?}");
        t.one.publish(&[ADA], &change(2_000)).await;
        assert_eq!(number(&mut *listening).await, Some(2_000), "{after:?}");
    }
}

async fn whoever_does_not_keep_up_is_told_so(t: Twin) {
    let mut listening = t.one.listen(ADA, None).await.unwrap();
    for n in 0..1_000 {
        t.other.publish(&[ADA], &change(n)).await;
    }
    let (mut missed, mut last) = (false, None);
    while last != Some(999) {
        match number(&mut *listening).await {
            None => missed = true,
            Some(number) => {
                assert!(missed || last.map_or(0, |last| last + 1) == number, "{number} after {last:?}");
                last = Some(number);
            }
        }
    }
    assert!(missed);
}

twins!(local, redis; heard_by_whom_it_is_told_to, from_now_on_only, resumed_after_any_event,
    resumed_without_gap_or_double_while_others_publish, what_is_unknown_or_too_long_ago_was_missed,
    whoever_does_not_keep_up_is_told_so);
