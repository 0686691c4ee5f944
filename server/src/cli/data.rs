//! The commands that deal with the data as a whole: `backup`, `restore`, `migrate-store`.
use super::fail;
use crate::{
    backup::{self, Manifest},
    config::Config,
    migrate::{self, Done, Place},
    system::{SystemClock, SystemRandom},
    telemetry,
};
use service::ports::{Clock as _, Random as _};
use std::{
    io::{IsTerminal as _, Write as _},
    path::Path,
    process::ExitCode,
};
use store::transfer::{Census, Progress, RecordKind};

pub(super) fn backup(config: &Config, to: &Path) -> ExitCode {
    if let Some(mongo) = &config.mongodb {
        return fail(&format!(
            "MONGODB_URI is set: the data are in MongoDB, which has a program of its own for this:\n  \
             mongodump --uri \"$MONGODB_URI\" --db {} --gzip --archive={}",
            mongo.database,
            to.display()
        ));
    }
    match backup::backup(&config.data_dir, to, SystemClock.now()) {
        Ok(manifest) => {
            println!("Written and read again: {}\n{}", to.display(), described(&manifest));
            if config.blobs.is_some() {
                println!("Without the files that are kept where BLOB_URL says.");
            }
            ExitCode::SUCCESS
        }
        Err(message) => fail(&message),
    }
}

pub(super) fn restore(config: &Config, from: &Path, into: &Path) -> ExitCode {
    if let Some(mongo) = &config.mongodb {
        return fail(&format!(
            "MONGODB_URI is set: the data are in MongoDB, which has a program of its own for this:\n  \
             mongorestore --uri \"$MONGODB_URI\" --nsInclude '{}.*' --gzip --archive={}",
            mongo.database,
            from.display()
        ));
    }
    match backup::restore(from, into) {
        Ok(manifest) => {
            println!("Restored into {}, checked\n{}", into.display(), described(&manifest));
            println!("Start it with WEALTHWISE_DATA_DIR={}", into.display());
            ExitCode::SUCCESS
        }
        Err(message) => fail(&message),
    }
}

pub(super) fn migrate_store(config: &Config, to: &Place) -> ExitCode {
    telemetry::start(config);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("can't start: {error}")),
    };
    let now = SystemClock.now();
    let fresh = [SystemRandom.id(now), SystemRandom.id(now)];
    let moved = runtime.block_on(migrate::migrate(config, to, fresh, now, &mut shown));
    match moved {
        Ok(Done { moved, files }) => {
            if moved.again {
                println!("An earlier migration had not ended; it was begun anew.");
            }
            println!("All is there and was checked (counts, contents, totals): {to}\n{}", counted(&moved.census));
            match files {
                Some(files) => println!("  files: {} of {} bytes", files.count, files.bytes),
                None => println!("  files: they stay where BLOB_URL says"),
            }
            ExitCode::SUCCESS
        }
        Err(message) => fail(&message),
    }
}

/// A line for each kind; while it is worked on only for somebody who looks on.
fn shown(Progress { kind, done, of }: Progress) {
    let mut out = std::io::stderr().lock();
    let whole = done >= of;
    if whole || out.is_terminal() {
        let end = if whole { "\n" } else { "\r" };
        // Nobody may be there to read it.
        let _ = write!(out, "  {}: {done} of {of}{end}", kind.name()).and_then(|()| out.flush());
    }
}

fn described(manifest: &Manifest) -> String {
    let bytes: u64 = manifest.files.iter().map(|file| file.size).sum();
    format!(
        "  made on {} by version {}, schema {}: {} files, {bytes} bytes\n{}",
        manifest.created.strftime("%Y-%m-%d %H:%M UTC"),
        manifest.program,
        manifest.schema,
        manifest.files.len(),
        counted(&manifest.census)
    )
}

fn counted(census: &Census) -> String {
    let line = |kind: &RecordKind| {
        let rows = census.rows.get(kind).copied().unwrap_or(0);
        format!("  {}: {rows}", kind.name())
    };
    RecordKind::ALL.iter().map(line).collect::<Vec<_>>().join("\n")
}
