//! The program is killed while it puts: what was acknowledged is there and whole, and nothing half is left after the sweep.
use super::in_folder::{NoRows, names};
use jiff::Timestamp;
use service::{
    blobs::sweep,
    ports::blobs::{BlobId, Blobs as _},
};
use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Command, Stdio},
};

/// Set in the process that is killed: the folder, and what its bytes begin with.
const FOLDER: &str = "BLOBS_KILLED_IN";
const SERIES: &str = "BLOBS_KILLED_SERIES";
/// Large enough for a kill to come in the middle of one.
const LENGTH: usize = 400_000;

fn put_until_killed(folder: &Path, series: &str) {
    let folder = ::blobs::folder(folder).unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        for round in 0.. {
            let tasks: Vec<_> = (0..4)
                .map(|n| {
                    let (folder, mut bytes) = (folder.clone(), format!("{series} {round} {n}").into_bytes());
                    bytes.resize(LENGTH, b'.');
                    tokio::spawn(async move {
                        let id = folder.put(bytes).await.unwrap();
                        let mut out = std::io::stdout().lock();
                        writeln!(out, "\nack {id}").and_then(|()| out.flush()).unwrap();
                    })
                })
                .collect();
            for task in tasks {
                task.await.unwrap();
            }
        }
    });
}

#[test]
#[allow(clippy::disallowed_methods, reason = "tells the process that is killed from the one that looks on")]
fn a_kill_loses_nothing_acknowledged_and_leaves_nothing_half() {
    if let (Ok(folder), Ok(series)) = (std::env::var(FOLDER), std::env::var(SERIES)) {
        put_until_killed(Path::new(&folder), &series);
    }
    let keep = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeSet::<BlobId>::new();
    for round in 0..5 {
        // This very test, which then takes the other part.
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["killed::a_kill_loses_nothing_acknowledged_and_leaves_nothing_half", "--exact", "--nocapture"])
            .env(FOLDER, keep.path())
            .env(SERIES, round.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut seen = 0;
        for line in lines {
            let line = line.unwrap();
            if let Some(id) = line.strip_prefix("ack ") {
                acknowledged.insert(id.parse().unwrap());
                seen += 1;
            }
            if seen == 5 + round {
                // What it had said before it died still comes.
                child.kill().unwrap();
                seen += 1;
            }
        }
        child.wait().unwrap();
    }
    assert!(acknowledged.len() >= 5 * 5, "{}", acknowledged.len());
    tokio::runtime::Runtime::new().unwrap().block_on(look(keep.path(), &acknowledged));
}

async fn look(root: &Path, acknowledged: &BTreeSet<BlobId>) {
    let folder = ::blobs::folder(root).unwrap();
    for id in acknowledged {
        assert_eq!(folder.get(*id).await.unwrap().map(|bytes| bytes.len()), Some(LENGTH));
    }
    for blob in folder.list(None, 10_000).await.unwrap() {
        assert!(folder.get(blob.id).await.unwrap().is_some(), "what is listed is whole");
    }
    sweep(&folder, &NoRows, Timestamp::MAX).await.unwrap();
    assert_eq!(folder.list(None, 1).await.unwrap(), []);
    assert_eq!(names(&root.join("unfinished")), [""; 0]);
}
