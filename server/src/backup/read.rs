//! Reading an archive: nothing in it is believed before it was checked.
use super::{
    Hashed, at,
    manifest::{self, Manifest, PackedFile},
    parent,
    seal::{self, Broken},
};
use crate::folder;
use std::{
    fs::File,
    io::{self, BufReader, Read},
    path::{Path, PathBuf},
};

/// The largest manifest that is read, in bytes.
const LARGEST_MANIFEST: u64 = 256 * 1024 * 1024;

/// Makes the data folder `into`, which must be empty or not there, of an archive. All is unpacked and checked beside it
/// first; the folder gets its name last, so that it is there whole or not at all, even after a kill. A server that starts
/// on an empty folder meanwhile makes it one with data, which is not replaced.
pub fn restore(archive: &Path, into: &Path) -> Result<Manifest, String> {
    match into.read_dir().map(|mut entries| entries.next().is_none()) {
        Ok(true) => {}
        Ok(false) => return Err(at(into, "is not empty; name a new folder")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(at(into, error)),
    }
    let goal = parent(into);
    let scratch = tempfile::Builder::new().prefix(".wealthwise-restore-").tempdir_in(&goal);
    let scratch = scratch.map_err(|error| at(&goal, error))?;
    let whole = scratch.path().join("data");
    let manifest = unpack(archive, &whole)?;
    std::fs::rename(&whole, into).map_err(|error| at(into, error))?;
    folder::sync(&goal).map_err(|error| at(&goal, error))?;
    Ok(manifest)
}

/// Unpacks an archive to the new folder `into` and checks all of it. On failure there may be a part of it.
pub(super) fn unpack(archive: &Path, into: &Path) -> Result<Manifest, String> {
    let mut file = File::open(archive).map_err(|error| at(archive, error))?;
    seal::check(&mut file).map_err(|broken| match broken {
        Broken::Foreign => at(archive, "is no backup of WealthWise, or its beginning is damaged"),
        Broken::Damaged => at(archive, "is damaged or cut short"),
        Broken::Unreadable(error) => at(archive, error),
    })?;
    folder::make(into).map_err(|error| at(into, error))?;
    let (manifest, files) = entries(file, into).map_err(|what| at(archive, what))?;
    if manifest.files != files {
        return Err(at(archive, "its files are not those that its manifest names"));
    }
    let found = store::inspect(&folder::database(into)).map_err(|error| at(archive, error))?;
    // Of an older schema there is no census before its first start here; its bytes are those that were written.
    if found.schema != manifest.schema || found.census.is_some_and(|census| census != manifest.census) {
        return Err(at(archive, "its database does not hold what its manifest says"));
    }
    sync_folders(into).map_err(|error| at(into, error))?;
    Ok(manifest)
}

/// Unpacks all entries; what was found, and what the last one says.
fn entries(archive: File, into: &Path) -> Result<(Manifest, Vec<PackedFile>), String> {
    let failed = |error: io::Error| format!("can't be unpacked: {error}");
    let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(BufReader::new(archive)));
    let (mut manifest, mut files) = (None, Vec::new());
    for entry in tar.entries().map_err(failed)? {
        let mut entry = entry.map_err(failed)?;
        let name = String::from_utf8(entry.path_bytes().into_owned()).map_err(|_| "a name is not UTF-8".to_owned())?;
        if entry.header().entry_type() != tar::EntryType::Regular {
            return Err(format!("{name} is no plain file"));
        }
        if manifest.is_some() {
            return Err(format!("{name} comes after the manifest"));
        }
        if name == manifest::NAME {
            let mut json = Vec::new();
            entry.take(LARGEST_MANIFEST).read_to_end(&mut json).map_err(failed)?;
            manifest = Some(Manifest::read(&json)?);
        } else {
            let path = into.join(place(&name).ok_or_else(|| format!("{name:?} is no name of a file of ours"))?);
            files.push(write(&mut entry, &path, name).map_err(failed)?);
        }
    }
    manifest.map(|manifest| (manifest, files)).ok_or_else(|| "it has no manifest".to_owned())
}

/// Where an entry belongs: a file of the folder itself, or one somewhere under `blobs`. None for any other name, be it
/// absolute, with `..`, or with what is a separator somewhere else.
fn place(name: &str) -> Option<PathBuf> {
    let parts: Vec<&str> = name.split('/').collect();
    let plain = |part: &&str| {
        !matches!(*part, "" | "." | "..") && !part.contains(|c: char| c.is_control() || "\\:".contains(c))
    };
    let known = match parts[..] {
        [folder::DATABASE] => true,
        [single] => !folder::is_in_use(single),
        [first, ..] => first == folder::BLOBS,
        [] => false,
    };
    (known && name.len() <= 1_024 && parts.iter().all(plain)).then(|| parts.iter().collect())
}

fn write(entry: &mut impl Read, path: &Path, name: String) -> io::Result<PackedFile> {
    folder::make(&parent(path))?;
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let mut hashed = Hashed::new(entry);
    io::copy(&mut hashed, &mut file)?;
    file.sync_all()?;
    Ok(hashed.packed(name))
}

fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    folder::sync(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_have_a_place() {
        for name in ["wealthwise.db", "encryption.key", "blobs/ab/cdef", "blobs/x"] {
            assert_eq!(place(name), Some(PathBuf::from(name)), "{name}");
        }
        let long = format!("blobs/{}", "a".repeat(2_000));
        let wrong = [
            "",
            "/etc/passwd",
            "../a",
            "blobs/../../a",
            "blobs/./a",
            "blobs//a",
            "blobs/",
            "other/a",
            "a\\b",
            "C:a",
            "wealthwise.db-wal",
            "wealthwise.lock",
            "a\0b",
            "..",
            &long,
        ];
        for name in wrong {
            assert_eq!(place(name), None, "{name:?}");
        }
    }
}
