//! The transfer itself: what it refuses, in which order it goes, what it checks.
use super::{Census, Marker, Record, RecordKind, Source, Survey, Surveyed, Target};
use jiff::Timestamp;
use service::Error;
use std::collections::BTreeMap;

/// How far it has come with one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Of what.
    pub kind: RecordKind,
    /// Rows that are there.
    pub done: u64,
    /// Rows that there were at the beginning.
    pub of: u64,
}

/// What was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The same in both stores.
    pub census: Census,
    /// Whether an earlier try had left something, which was thrown away.
    pub again: bool,
}

/// Why nothing, or not all, was moved.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Nothing was touched.
    #[error("both are the same store")]
    Same,
    /// Nothing was touched.
    #[error("the target is not empty ({0}); name an empty one")]
    NotEmpty(String),
    /// Nothing was touched.
    #[error("a migration into the target was finished before (begun {0}); name an empty one")]
    Finished(Timestamp),
    /// Nothing was touched.
    #[error(
        "the target holds an unfinished migration from another store (begun {0}); finish that one, or name an empty one"
    )]
    OtherSource(Timestamp),
    /// What was copied is not what is there now.
    #[error("the source was changed meanwhile ({0}); stop every server that uses it, then run this again")]
    Changed(String),
    /// The check has failed.
    #[error("the target does not hold what was copied ({0}); run this again")]
    Differs(String),
    /// The check has failed.
    #[error("what the {whose} keeps of its rows is not what they come to ({what})")]
    Kept {
        /// Source or target.
        whose: &'static str,
        /// Where.
        what: String,
    },
    /// A store has failed.
    #[error(transparent)]
    Store(#[from] Error),
}

/// Moves all records from `source` to `target`. Nothing else may use the target; that nothing changes the source is
/// found out in the end. `fresh` are two new ids, for stores that have none. After an error beyond [`Refusal::Finished`]
/// and its like the target is unfinished: the same call again begins anew.
pub async fn move_all(
    source: &dyn Source,
    target: &dyn Target,
    fresh: [[u8; 12]; 2],
    now: Timestamp,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Moved, Refusal> {
    let from = source.identity(fresh[0]).await?;
    if target.identity(fresh[1]).await? == from {
        return Err(Refusal::Same);
    }
    let again = claim(target, &from, now).await?;
    let copied = copy(source, target, progress).await?;
    let there = Survey::of(target.records()).await?;
    if let Some(what) = copied.difference(&there) {
        return Err(Refusal::Differs(what));
    }
    let expected = there.kept();
    target.derive(there).await?;
    if let Some(what) = target.kept().await?.difference(&expected) {
        return Err(Refusal::Kept { whose: "target", what });
    }
    // Last, so that whatever was changed while all this went on is seen.
    if let Some(what) = Survey::of(source.records()).await?.difference(&copied) {
        return Err(Refusal::Changed(what));
    }
    if let Some(what) = source.kept().await?.difference(&expected) {
        return Err(Refusal::Kept { whose: "source", what });
    }
    let began = target.marker().await?.map_or(now, |marker| marker.started_at);
    target.mark(Some(&Marker { source: from, started_at: began, done: true })).await?;
    Ok(Moved { census: copied.census, again })
}

/// Makes sure that the target is ours to fill, and empties it of an earlier try. Whether there was one.
async fn claim(target: &dyn Target, from: &str, now: Timestamp) -> Result<bool, Refusal> {
    match target.marker().await? {
        Some(marker) if marker.done => return Err(Refusal::Finished(marker.started_at)),
        Some(marker) if marker.source != from => return Err(Refusal::OtherSource(marker.started_at)),
        Some(_) => {
            target.clear().await?;
            return Ok(true);
        }
        None => {}
    }
    not_empty(target).await?;
    target.mark(Some(&Marker { source: from.to_owned(), started_at: now, done: false })).await?;
    // From here on no server starts on it. One that was running may just have written something.
    if let Err(refusal) = not_empty(target).await {
        target.mark(None).await?;
        return Err(refusal);
    }
    target.clear().await?;
    Ok(false)
}

async fn not_empty(target: &dyn Target) -> Result<(), Refusal> {
    match target.counts().await?.into_iter().find(|(_, rows)| *rows > 0) {
        Some((kind, rows)) => Err(Refusal::NotEmpty(format!("{rows} {}", kind.name()))),
        None => Ok(()),
    }
}

async fn copy(
    source: &dyn Source,
    target: &dyn Target,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Surveyed, Refusal> {
    let of = source.counts().await?;
    let mut done = BTreeMap::<RecordKind, u64>::new();
    let mut survey = Survey::default();
    let mut batches = source.records();
    while let Some(batch) = batches.recv().await {
        let batch = batch?;
        let Some(kind) = batch.first().map(Record::kind) else { continue };
        survey.add(&batch)?;
        let rows = done.entry(kind).or_default();
        *rows += batch.len() as u64;
        let now = Progress { kind, done: *rows, of: of.get(&kind).copied().unwrap_or(0) };
        if let Err(error) = target.put(batch).await {
            // Rows that name others which came after those were read: the target is right to refuse them.
            let changed = source.counts().await.is_ok_and(|counts| counts != of);
            return Err(if changed { Refusal::Changed(error.to_string()) } else { error.into() });
        }
        progress(now);
    }
    Ok(survey.finish())
}
