//! The seal of an archive: a digest of the compressed bytes, so that a change of any byte is noticed.
//!
//! The checksum at the end of a gzip file covers what was packed, not the packing: bits that pad the compressed stream,
//! the time and the system in the header may change unseen. A gzip header may carry an extra field (RFC 1952, 2.3.1.1),
//! which other programs skip: ours, called `WW`, holds the SHA-256 of all that follows it. The bytes before it are
//! always the same.
use flate2::{Compression, GzBuilder, write::GzEncoder};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom, Write},
};

/// Identification, method 8, the flag of an extra field; no time; no special compression, unknown system; the extra
/// field's length (36), its name, the digest's length (32).
const HEAD: [u8; 16] = [0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 255, 36, 0, b'W', b'W', 32, 0];
const DIGEST: usize = 32;

/// A compressor whose output has room for the seal.
pub(super) fn encoder<W: Write>(to: W) -> GzEncoder<W> {
    let mut field = HEAD[12..].to_vec();
    field.resize(field.len() + DIGEST, 0);
    GzBuilder::new().extra(field).operating_system(HEAD[9]).write(to, Compression::default())
}

/// Puts the seal into a file that such a compressor has written.
pub(super) fn close(file: &mut File) -> io::Result<()> {
    file.seek(SeekFrom::Start((HEAD.len() + DIGEST) as u64))?;
    let digest = rest(file)?;
    file.seek(SeekFrom::Start(HEAD.len() as u64))?;
    file.write_all(&digest)
}

/// Why a file is refused.
#[derive(Debug)]
pub(super) enum Broken {
    /// It is something else.
    Foreign,
    /// It was one of ours.
    Damaged,
    Unreadable(io::Error),
}

/// Whether every byte is as it was when the seal was put in. Leaves the file at its beginning.
pub(super) fn check(file: &mut File) -> Result<(), Broken> {
    let (mut head, mut digest) = ([0; HEAD.len()], [0; DIGEST]);
    let begun = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Broken::Foreign,
        _ => Broken::Unreadable(error),
    };
    file.seek(SeekFrom::Start(0)).map_err(Broken::Unreadable)?;
    file.read_exact(&mut head).and_then(|()| file.read_exact(&mut digest)).map_err(begun)?;
    if head != HEAD {
        return Err(Broken::Foreign);
    }
    if rest(file).map_err(Broken::Unreadable)? != digest {
        return Err(Broken::Damaged);
    }
    file.seek(SeekFrom::Start(0)).map(drop).map_err(Broken::Unreadable)
}

/// The digest of what comes from here on.
fn rest(file: &mut File) -> io::Result<[u8; DIGEST]> {
    let mut hash = Sha256::default();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash.finalize().into()),
            count => hash.update(&buffer[..count]),
        }
    }
}
