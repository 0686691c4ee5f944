//! Files that are whole or not there, on the disk when that is said, and for their owner's eyes only.
use jiff::Timestamp;
use std::{
    fs::{self, DirBuilder, File, Metadata, OpenOptions},
    io::{self, ErrorKind, Seek as _, Write as _},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::SystemTime,
};

/// Makes a folder with those above it, unless it is there.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Options that make a file with rights for its owner alone.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Writes the names in a folder to the disk.
#[cfg(unix)]
pub fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Elsewhere folders can't be opened; the file system sees to it.
#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "as on Unix")]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// When a file was changed last.
pub fn modified(data: &Metadata) -> io::Result<Timestamp> {
    Timestamp::try_from(data.modified()?).map_err(io::Error::other)
}

/// Gives a file another time, on the disk.
pub fn touch(path: &Path, at: SystemTime) -> io::Result<()> {
    let file = private().open(path)?;
    file.set_modified(at)?;
    file.sync_all()
}

/// A file that is being written. It goes when it is dropped before it was renamed.
#[derive(Debug)]
pub struct Draft {
    file: File,
    path: PathBuf,
    placed: bool,
}

impl Draft {
    /// An empty one, under a name that nobody else has.
    pub fn new(folder: &Path) -> io::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{}-{number}", std::process::id()));
            match private().create_new(true).open(&path) {
                Ok(file) => return Ok(Self { file, path, placed: false }),
                // Of a process that was killed, or of one of another machine on the same folder.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// With these bytes, on the disk.
    pub fn filled(mut self, bytes: &[u8]) -> io::Result<Self> {
        self.file.write_all(bytes)?;
        self.file.sync_all()?;
        Ok(self)
    }

    /// Gives it the name that it is to have, in the place of what has it now.
    pub fn rename(mut self, to: &Path) -> io::Result<()> {
        fs::rename(&self.path, to)?;
        self.placed = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.placed {
            // What can't be removed now the next sweep removes.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Keeps others out while it lives: processes, and threads of this one.
#[derive(Debug)]
pub struct Hold(File);

impl Hold {
    /// With others that share it.
    pub fn shared(root: &Path) -> io::Result<Self> {
        Self::open(root)?.after(File::lock_shared)
    }

    /// With nobody.
    pub fn alone(root: &Path) -> io::Result<Self> {
        Self::open(root)?.after(File::lock)
    }

    fn open(root: &Path) -> io::Result<Self> {
        private().create(true).truncate(false).open(root.join("lock")).map(Self)
    }

    fn after(self, lock: fn(&File) -> io::Result<()>) -> io::Result<Self> {
        match lock(&self.0) {
            // Some network folders have no locks. What then can go wrong `service::blobs` sees to.
            Err(error) if error.kind() == ErrorKind::Unsupported => Ok(self),
            locked => locked.map(|()| self),
        }
    }

    /// The time by the clock of whatever has the folder.
    pub fn now(&self) -> io::Result<SystemTime> {
        let mut file = &self.0;
        file.rewind()?;
        file.write_all(b".")?;
        file.metadata()?.modified()
    }
}
