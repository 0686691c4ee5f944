//! Writing an archive.
use super::{
    Hashed, at,
    manifest::{self, Manifest, PackedFile},
    parent, read, seal,
};
use crate::folder;
use jiff::Timestamp;
use std::{
    fs::File,
    io::{self, BufWriter, Read, Write},
    path::Path,
};
use tempfile::NamedTempFile;

/// Writes all that is in the data folder `from` to the new file `to`, reads it again, and only then gives it its name.
/// A server may run meanwhile. The text says what went wrong; then there is no new file.
pub fn backup(from: &Path, to: &Path, now: Timestamp) -> Result<Manifest, String> {
    let goal = parent(to);
    check_places(from, to, &goal)?;
    let scratch = tempfile::Builder::new().prefix(".wealthwise-backup-").tempdir_in(&goal);
    let scratch = scratch.map_err(|error| at(&goal, error))?;
    let copy = folder::database(scratch.path());
    store::snapshot(&folder::database(from), &copy).map_err(|error| at(from, error))?;
    let found = store::inspect(&copy).map_err(|error| at(from, error))?;
    let census = found.census.ok_or_else(|| {
        at(from, "an older program has written it: start this one on it once, or make the backup with the older one")
    })?;
    // Made for its owner's eyes only.
    let archive = tempfile::Builder::new().prefix(".wealthwise-backup-").tempfile_in(&goal);
    let mut archive = archive.map_err(|error| at(&goal, error))?;
    let manifest = pack(from, &copy, &mut archive, |files| Manifest::new(found.schema, now, files, census))?;
    if read::unpack(archive.path(), &scratch.path().join("again"))? != manifest {
        return Err(at(to, "what was written is not what can be read again"));
    }
    keep(archive, to)?;
    folder::sync(&goal).map_err(|error| at(&goal, error))?;
    Ok(manifest)
}

fn check_places(from: &Path, to: &Path, goal: &Path) -> Result<(), String> {
    if !folder::database(from).is_file() {
        return Err(at(from, "there is no embedded store in this folder"));
    }
    if to.symlink_metadata().is_ok() {
        return Err(at(to, "is there already; name a new file"));
    }
    let real = |path: &Path| path.canonicalize().map_err(|error| at(path, error));
    if real(goal)?.starts_with(real(from)?) {
        return Err(at(to, "is inside the data folder; name a file elsewhere, best on another disk"));
    }
    Ok(())
}

fn pack(
    from: &Path,
    database: &Path,
    archive: &mut NamedTempFile,
    describe: impl FnOnce(Vec<PackedFile>) -> Manifest,
) -> Result<Manifest, String> {
    let failed = |error: io::Error| at(from, format_args!("packing: {error}"));
    let mut tar = tar::Builder::new(seal::encoder(BufWriter::new(archive.as_file_mut())));
    let mut files = vec![add(&mut tar, database, folder::DATABASE.to_owned()).map_err(failed)?];
    for name in names(from).map_err(failed)? {
        match add(&mut tar, &from.join(&name), name) {
            Ok(packed) => files.push(packed),
            // Deleted since it was listed: the database had no row for it any more.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
    }
    let manifest = describe(files);
    let json = serde_json::to_vec_pretty(&manifest).map_err(|error| format!("the manifest: {error}"))?;
    append(&mut tar, manifest::NAME, json.len() as u64, &json[..]).map_err(failed)?;
    let written = tar.into_inner().and_then(flate2::write::GzEncoder::finish);
    written.and_then(|buffer| buffer.into_inner().map_err(io::Error::from)).map_err(failed)?;
    seal::close(archive.as_file_mut()).and_then(|()| archive.as_file().sync_all()).map_err(failed)?;
    Ok(manifest)
}

/// The files of the folder besides the database, by name: generated secrets, and everything under `blobs`.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = text(entry.file_name())?;
        if entry.file_type()?.is_file() && !folder::is_in_use(&name) {
            names.push(name);
        }
    }
    let mut folders = vec![folder::BLOBS.to_owned()];
    while let Some(inner) = folders.pop() {
        let entries = match std::fs::read_dir(folder.join(&inner)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let (name, kind) = (format!("{inner}/{}", text(entry.file_name())?), entry.file_type()?);
            if kind.is_dir() {
                folders.push(name);
            } else if kind.is_file() {
                names.push(name);
            }
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn text(name: std::ffi::OsString) -> io::Result<String> {
    let other =
        |name| io::Error::other(format!("a file's name is not UTF-8: {}", std::path::PathBuf::from(name).display()));
    name.into_string().map_err(other)
}

fn add(tar: &mut tar::Builder<impl Write>, file: &Path, name: String) -> io::Result<PackedFile> {
    let opened = File::open(file)?;
    let size = opened.metadata()?.len();
    // One that grows is cut where it ended when it was opened.
    let mut hashed = Hashed::new(opened.take(size));
    append(tar, &name, size, &mut hashed)?;
    let packed = hashed.packed(name);
    if packed.size == size {
        Ok(packed)
    } else {
        Err(io::Error::other(format!("{} became shorter while it was read", packed.path)))
    }
}

fn append(tar: &mut tar::Builder<impl Write>, name: &str, size: u64, bytes: impl Read) -> io::Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    tar.append_data(&mut header, name, bytes)
}

/// Gives the finished file its name, never that of another file.
fn keep(archive: NamedTempFile, to: &Path) -> Result<(), String> {
    match archive.persist_noclobber(to).map_err(|failed| failed.error) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(at(to, "is there already; name a new file")),
        Err(error) => Err(at(to, error)),
    }
}
