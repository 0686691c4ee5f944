//! The timeline: what was done in a budget and by oneself, and the way back from it.
mod back;
pub mod content;
pub mod places;
pub mod series;
pub mod together;
mod undo;

pub use undo::{Entity, Undone, last_own, undo, undo_last};

use crate::{
    Actor, Result, Services,
    ports::{
        activity::{Activity, ActivityCursor, ActivityKind, ActivityQuery, Feed, Subject},
        blobs::BlobId,
        store::Page,
    },
};
use domain::{
    expense::Receipt,
    filter::{LIMIT_DEFAULT, LIMIT_MAX},
    ids::UserId,
    input::{self, Reader, Value},
    problem::Problem,
};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// The field of an expense that names bytes.
const RECEIPT: &str = "receipt";

/// The bytes that a change took away or brought.
pub fn blobs_of(activity: &Activity) -> BTreeSet<BlobId> {
    let fields = activity.changes.iter().flat_map(|change| &change.fields).filter(|field| field.name == RECEIPT);
    let values = fields.flat_map(|field| [&field.before, &field.after]);
    values.filter_map(|value| together::read::<Receipt>(value)?.sha256.parse().ok()).collect()
}

/// So long something can be taken back.
pub const UNDOABLE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A page of a feed, and who is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The newest first.
    pub page: Page<Activity>,
    /// What was asked.
    pub query: ActivityQuery,
    /// What those are called who did it, or to whom it was done; empty for who doesn't show their name.
    pub names: BTreeMap<UserId, String>,
    /// For the next page; none: that was all.
    pub next_cursor: Option<String>,
}

/// A page of a feed. `query`: by?, kind?, limit?, cursor?
pub async fn list(services: &Services, actor: &Actor, feed: Feed, query: &Value) -> Result<Listed> {
    let mut reader = Reader::new(query);
    let by = reader.optional("by", input::id);
    let kind = reader.optional("kind", |value| input::word(value, &ActivityKind::WORDS));
    let limit = reader.optional("limit", |value| input::integer(value, 1, LIMIT_MAX.into()));
    let cursor = reader.optional("cursor", |value| match value {
        Value::Text(text) => read_cursor(text).ok_or(Problem::BadCursor),
        _ => Err(Problem::BadCursor),
    });
    reader.finish()?;
    let limit = limit.and_then(|limit| u32::try_from(limit).ok()).unwrap_or(LIMIT_DEFAULT);
    listed(services, actor, ActivityQuery { feed, by, kind, subject: None, cursor, limit }).await
}

/// The same by a query that is read already.
pub async fn listed(services: &Services, actor: &Actor, query: ActivityQuery) -> Result<Listed> {
    let page = services.store.activities(actor.user.id, &query).await?;
    let names = names(services, actor, &page.items).await?;
    let last = page.items.last().filter(|_| page.more);
    let next_cursor = last.map(|last| write_cursor(ActivityCursor { at: last.at, id: last.id }));
    Ok(Listed { page, query, names, next_cursor })
}

/// What those are called who did that, or to whom it was done; empty for who doesn't show their name to others.
pub async fn names(services: &Services, actor: &Actor, told: &[Activity]) -> Result<BTreeMap<UserId, String>> {
    let mut names = BTreeMap::from([(actor.user.id, actor.user.name.clone())]);
    let members = told.iter().flat_map(|activity| &activity.changes).filter_map(|change| match change.subject {
        Subject::Member(user) => Some(user),
        _ => None,
    });
    for user in told.iter().map(|activity| activity.user_id).chain(members) {
        if let Entry::Vacant(unnamed) = names.entry(user) {
            let somebody = services.store.user(user).await?;
            let named = somebody.filter(|user| user.preferences.privacy.share_data);
            unnamed.insert(named.map(|user| user.name).unwrap_or_default());
        }
    }
    Ok(names)
}

/// Whether it can still be taken back, as far as it tells by itself: whether somebody has been there since, and whether
/// one may, is found out by trying.
pub fn is_open(activity: &Activity, now: Timestamp) -> bool {
    activity.undone_by.is_none()
        && has_way_back(activity)
        && !places::is_narrowed(activity)
        && now.duration_since(activity.at) < UNDOABLE
}

/// Whether there is something that takes it back. A bank file can come again. Of what concerns members only another role
/// can be taken back: whoever comes or is an owner has said so themself, and who has gone comes back by saying so again.
fn has_way_back(activity: &Activity) -> bool {
    match activity.kind {
        ActivityKind::Reverted | ActivityKind::Recurring => false,
        ActivityKind::Shared => together::role_change(activity).is_some(),
        _ => true,
    }
}

fn write_cursor(cursor: ActivityCursor) -> String {
    format!("{}.{}", cursor.at.as_microsecond(), cursor.id)
}

/// From its text in an address.
pub fn read_cursor(text: &str) -> Option<ActivityCursor> {
    let (at, id) = text.split_once('.')?;
    Some(ActivityCursor { at: Timestamp::from_microsecond(at.parse().ok()?).ok()?, id: id.parse().ok()? })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]
    use super::*;
    use domain::ids::ActivityId;

    #[test]
    fn a_cursor_comes_back_from_its_text() {
        let cursor = ActivityCursor { at: crate::testing::builders::at(5), id: ActivityId([7; 12]) };
        assert_eq!(read_cursor(&write_cursor(cursor)), Some(cursor));
        for text in ["", "1", "x.070707070707070707070707", "1.07", "99999999999999999999.070707070707070707070707"] {
            assert_eq!(read_cursor(text), None, "{text}");
        }
    }
}
