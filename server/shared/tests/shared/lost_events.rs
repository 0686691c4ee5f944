//! The connection that events come over is lost: whoever listens is told that some were missed, and then hears again.
use super::{
    events::{ADA, change, hear},
    server::{Scratch, host, until},
};
use service::{Error, ports::events::Events as _, testing::Proxy};
use shared::redis::RedisEvents;

struct Wired {
    proxy: Proxy,
    /// Behind the proxy.
    near: RedisEvents,
    /// Another process, that is not.
    far: RedisEvents,
    scratch: Scratch,
}

async fn wired() -> Wired {
    let (scratch, proxy) = (Scratch::new().await, Proxy::start(host()).await);
    let near = RedisEvents::new(scratch.connect_by(proxy.port).await).await.unwrap();
    Wired { near, far: RedisEvents::new(scratch.connect().await).await.unwrap(), proxy, scratch }
}

#[tokio::test(flavor = "multi_thread")]
async fn all_who_listen_are_told_that_some_were_missed() {
    let wired = wired().await;
    for silent in [false, true] {
        let mut one = wired.near.listen(ADA, None).await.unwrap();
        let mut two = wired.near.listen(ADA, None).await.unwrap();
        wired.far.publish(&[ADA], &change(1)).await;
        assert_eq!(hear(&mut *one).await.unwrap().1, 1);
        assert_eq!(hear(&mut *two).await.unwrap().1, 1);
        if silent {
            wired.proxy.silence();
        } else {
            wired.proxy.go_away();
        }
        wired.far.publish(&[ADA], &change(2)).await;
        until("it is noticed", async || match wired.near.listen(ADA, None).await {
            Err(Error::Unavailable(_)) => true,
            Err(other) => panic!("{other:?}"),
            Ok(_) => false,
        })
        .await;
        wired.proxy.recover();
        assert_eq!(hear(&mut *one).await, None);
        assert_eq!(hear(&mut *two).await, None);
        wired.far.publish(&[ADA], &change(3)).await;
        assert_eq!(hear(&mut *one).await.unwrap().1, 3);
        assert_eq!(hear(&mut *two).await.unwrap().1, 3);
        until("it is up again", async || wired.near.listen(ADA, None).await.is_ok()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_meanwhile_is_heard_by_whoever_comes_back() {
    let wired = wired().await;
    let mut listening = wired.near.listen(ADA, None).await.unwrap();
    wired.far.publish(&[ADA], &change(1)).await;
    let (id, _) = hear(&mut *listening).await.unwrap();
    wired.proxy.go_away();
    drop(listening);
    wired.far.publish(&[ADA], &change(2)).await;
    wired.proxy.recover();
    let mut listening = None;
    until("it is up again", async || {
        listening = wired.near.listen(ADA, Some(&id)).await.ok();
        listening.is_some()
    })
    .await;
    assert_eq!(hear(&mut *listening.unwrap()).await.unwrap().1, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_can_not_be_told_is_read_again_here() {
    let wired = wired().await;
    let mut listening = wired.near.listen(ADA, None).await.unwrap();
    wired.proxy.lose_answer_to("XADD");
    wired.near.publish(&[ADA], &change(1)).await;
    let heard = [hear(&mut *listening).await, hear(&mut *listening).await];
    // It was told after all, but nobody here could know.
    assert!(heard.contains(&None), "{heard:?}");
    assert!(heard.iter().flatten().all(|(_, number)| *number == 1), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_flush_earlier_events_count_as_missed() {
    let wired = wired().await;
    let mut listening = wired.near.listen(ADA, None).await.unwrap();
    wired.far.publish(&[ADA], &change(1)).await;
    let (id, _) = hear(&mut *listening).await.unwrap();
    wired.scratch.flush().await;
    assert_eq!(hear(&mut *wired.near.listen(ADA, Some(&id)).await.unwrap()).await, None);
    wired.far.publish(&[ADA], &change(2)).await;
    assert_eq!(hear(&mut *wired.near.listen(ADA, Some(&id)).await.unwrap()).await, None);
    assert_eq!(hear(&mut *listening).await.unwrap().1, 2);
}
