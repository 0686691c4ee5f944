//! A list of expenses as a file, written while it is sent: however long it is, some hundred rows are in memory at a time.
use super::{
    Failure,
    archive::Archive,
    csv::{self, Names},
    xlsx,
};
use crate::http::views::expense::ExpenseView;
use axum::body::{Body, Bytes};
use domain::{
    expense::Expense,
    filter::{Cursor, LIMIT_MAX, Query},
};
use futures_util::stream;
use jiff::tz::TimeZone;
use service::{Actor, Result, Services, expenses, export};
use std::io;
use tokio::sync::mpsc;

/// Pieces that wait to be sent.
const WAITING: usize = 2;

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text in columns.
    Csv,
    /// All fields.
    Json,
    /// A workbook.
    Xlsx,
}

impl Format {
    /// The words a client may send.
    pub const WORDS: [&'static str; 3] = ["csv", "json", "xlsx"];

    /// The word, which is the ending of the file's name, too.
    pub const fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The content type.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl std::str::FromStr for Format {
    type Err = ();
    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        [Self::Csv, Self::Json, Self::Xlsx].into_iter().find(|format| format.as_str() == text).ok_or(())
    }
}

/// Starts to write the rows of a list. The first of them are read before the answer begins: what can't be seen is refused.
pub async fn list(services: Services, actor: Actor, query: Query, format: Format) -> Result<Body> {
    let names = Names::new(&export::accounts(&services, &actor).await?, &export::budgets(&services, &actor).await?);
    let mut walk = Walk { services, actor, query: Some(Query { limit: LIMIT_MAX, cursor: None, offset: 0, ..query }) };
    let first = walk.next().await?;
    Ok(match format {
        Format::Xlsx => workbook(walk, first, names),
        Format::Csv | Format::Json => text(walk, first, names, format),
    })
}

/// A walk through a list. What somebody changes meanwhile may come as it was before or after.
struct Walk {
    services: Services,
    actor: Actor,
    /// None: that was all.
    query: Option<Query>,
}

impl Walk {
    /// The next rows; none: that was all.
    async fn next(&mut self) -> Result<Vec<Expense>> {
        let Some(query) = self.query.take() else { return Ok(Vec::new()) };
        let listed = expenses::query_page(&self.services, &self.actor, query).await?;
        if let Some(last) = listed.page.items.last().filter(|_| listed.page.more) {
            self.query = Some(Query { cursor: Some(Cursor::after(last, listed.query.sort)), ..listed.query });
        }
        Ok(listed.page.items)
    }
}

/// Text that is sent as it is written.
fn text(mut walk: Walk, first: Vec<Expense>, names: Names, format: Format) -> Body {
    let (pieces, to_send) = mpsc::channel::<io::Result<Bytes>>(WAITING);
    tokio::spawn(async move {
        let sent = async {
            let head = if format == Format::Csv { csv::head() } else { b"[".to_vec() };
            send(&pieces, head).await?;
            let (mut rows, mut any) = (first, false);
            while !rows.is_empty() {
                let piece = if format == Format::Csv { csv::rows(&rows, &names) } else { json(rows, any)? };
                any = true;
                send(&pieces, piece).await?;
                rows = walk.next().await?;
            }
            if format == Format::Json { send(&pieces, b"\n]\n".to_vec()).await } else { Ok(()) }
        };
        let ended: std::result::Result<(), Failure> = sent.await;
        if let Err(failure) = ended {
            failure.log();
            let _ = pieces.send(Err(io::Error::other("the list was cut off"))).await;
        }
    });
    let sent = stream::unfold(to_send, |mut to_send| async move { Some((to_send.recv().await?, to_send)) });
    Body::from_stream(sent)
}

async fn send(pieces: &mpsc::Sender<io::Result<Bytes>>, piece: Vec<u8>) -> std::result::Result<(), Failure> {
    pieces.send(Ok(piece.into())).await.map_err(|_| Failure::Cut)
}

/// Some rows of a JSON list, each on a line.
fn json(rows: Vec<Expense>, mut any: bool) -> std::result::Result<Vec<u8>, Failure> {
    let mut json = Vec::new();
    for row in rows {
        json.extend_from_slice(if any { b",\n" } else { b"\n" });
        serde_json::to_writer(&mut json, &ExpenseView::from(row))?;
        any = true;
    }
    Ok(json)
}

/// A workbook, packed while it is sent.
fn workbook(mut walk: Walk, first: Vec<Expense>, names: Names) -> Body {
    let (archive, body) = Archive::new(TimeZone::UTC.to_datetime(walk.services.now()));
    tokio::spawn(async move {
        let written = async {
            for (name, part) in xlsx::PARTS {
                archive.file(name).await?;
                archive.write(part).await?;
            }
            archive.file(xlsx::PAGE).await?;
            archive.write(xlsx::head()).await?;
            let mut rows = first;
            while !rows.is_empty() {
                archive.write(xlsx::rows(&rows, &names)).await?;
                rows = walk.next().await?;
            }
            Ok::<(), Failure>(archive.write(xlsx::AFTER).await?)
        };
        match written.await {
            Ok(()) => drop(archive.finish().await),
            Err(failure) => failure.log(),
        }
    });
    body
}
