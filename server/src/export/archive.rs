//! A ZIP archive that is made while it is sent: whoever fills it hands pieces over, a thread packs them, and the client
//! takes them as fast as it can. Nothing is larger than a few pieces, and nothing is left behind when somebody leaves.
use axum::body::{Body, Bytes};
use futures_util::stream;
use jiff::civil::DateTime;
use std::{
    cell::RefCell,
    io::{self, Write},
    rc::Rc,
};
use tokio::sync::mpsc;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Pieces that wait to be packed, and packed ones that wait to be sent.
const WAITING: usize = 4;
/// Sent together, in bytes.
const TOGETHER: usize = 64 << 10;

enum Piece {
    File(String),
    Bytes(Vec<u8>),
    End,
}

/// The client has left, or the archive could not be written.
#[derive(Debug)]
pub(super) struct Cut;

/// Takes what belongs into the archive.
pub(super) struct Archive(mpsc::Sender<Piece>);

impl Archive {
    /// A new one, and the body that it is sent as. Dropped before [`Archive::finish`], it is cut: the client notices.
    pub(super) fn new(now: DateTime) -> (Self, Body) {
        let (pieces, to_pack) = mpsc::channel(WAITING);
        let (packed, to_send) = mpsc::channel::<io::Result<Bytes>>(WAITING);
        tokio::task::spawn_blocking(move || {
            if let Err(error) = pack(to_pack, &packed, now) {
                let _ = packed.blocking_send(Err(error));
            }
        });
        let sent = stream::unfold(to_send, |mut to_send| async move { Some((to_send.recv().await?, to_send)) });
        (Self(pieces), Body::from_stream(sent))
    }

    /// Begins a file: what is written from now on stands in it.
    pub(super) async fn file(&self, name: impl Into<String>) -> Result<(), Cut> {
        self.0.send(Piece::File(name.into())).await.map_err(|_| Cut)
    }

    /// Goes on with the file.
    pub(super) async fn write(&self, bytes: impl Into<Vec<u8>>) -> Result<(), Cut> {
        self.0.send(Piece::Bytes(bytes.into())).await.map_err(|_| Cut)
    }

    /// That was all.
    pub(super) async fn finish(self) -> Result<(), Cut> {
        self.0.send(Piece::End).await.map_err(|_| Cut)
    }
}

/// What is packed and not sent yet. The packer writes its end even when it is dropped in the middle; that stays here.
#[derive(Clone, Default)]
struct Packed(Rc<RefCell<Vec<u8>>>);

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Packed {
    /// Hands on what there is, if it is worth it.
    fn send(&self, least: usize, to: &mpsc::Sender<io::Result<Bytes>>) -> io::Result<()> {
        let mut packed = self.0.borrow_mut();
        if packed.is_empty() || packed.len() < least {
            return Ok(());
        }
        let bytes = Bytes::from(std::mem::take(&mut *packed));
        to.blocking_send(Ok(bytes)).map_err(|_| io::Error::other("nobody takes the archive any more"))
    }
}

fn pack(mut pieces: mpsc::Receiver<Piece>, to: &mpsc::Sender<io::Result<Bytes>>, now: DateTime) -> io::Result<()> {
    let packed = Packed::default();
    let mut zip = ZipWriter::new_stream(packed.clone());
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .unix_permissions(0o600)
        .last_modified_time(time(now));
    loop {
        match pieces.blocking_recv() {
            Some(Piece::File(name)) => zip.start_file(name, options)?,
            Some(Piece::Bytes(bytes)) => zip.write_all(&bytes)?,
            Some(Piece::End) => {
                drop(zip.finish()?);
                return packed.send(1, to);
            }
            None => return Err(io::Error::other("the archive was cut off")),
        }
        packed.send(TOGETHER, to)?;
    }
}

/// As archives have it: from 1980 on, to two seconds.
fn time(now: DateTime) -> zip::DateTime {
    let small = |part: i8| u8::try_from(part).unwrap_or(0);
    let year = u16::try_from(now.year()).unwrap_or(1980);
    let (date, clock) = (now.date(), now.time());
    zip::DateTime::from_date_and_time(
        year,
        small(date.month()),
        small(date.day()),
        small(clock.hour()),
        small(clock.minute()),
        small(clock.second()),
    )
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt as _;
    use jiff::civil::date;

    fn now() -> DateTime {
        date(2026, 11, 22).at(12, 30, 14, 0)
    }

    #[tokio::test]
    async fn what_goes_in_comes_out() {
        let (archive, body) = Archive::new(now());
        let taken = tokio::spawn(body.collect());
        archive.file("a.txt").await.unwrap();
        for _ in 0..300 {
            archive.write(vec![b'x'; 1_000]).await.unwrap();
        }
        archive.file("folder/ö.json").await.unwrap();
        archive.write(*b"{}").await.unwrap();
        archive.finish().await.unwrap();
        let bytes = taken.await.unwrap().unwrap().to_bytes();
        let mut zip = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
        assert_eq!(names, ["a.txt", "folder/ö.json"]);
        assert_eq!(zip.by_index(0).unwrap().size(), 300_000);
        assert_eq!(io::read_to_string(zip.by_index(1).unwrap()).unwrap(), "{}");
        assert_eq!(zip.by_index(1).unwrap().last_modified().unwrap().minute(), 30);
    }

    #[tokio::test]
    async fn one_that_is_cut_off_is_no_whole_answer() {
        let (archive, body) = Archive::new(now());
        archive.file("a.txt").await.unwrap();
        drop(archive);
        assert!(body.collect().await.is_err());
    }

    #[tokio::test]
    async fn nobody_works_for_somebody_who_has_left() {
        let (archive, body) = Archive::new(now());
        drop(body);
        archive.file("a.bin").await.unwrap();
        let mut noise = 1_u64;
        let mut sent = 0;
        // What can't be packed fills what waits to be sent.
        let mut byte = || {
            noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (noise >> 56) as u8
        };
        while archive.write(std::iter::repeat_with(&mut byte).take(100_000).collect::<Vec<u8>>()).await.is_ok() {
            sent += 1;
            assert!(sent < 100, "still packing");
        }
    }
}
