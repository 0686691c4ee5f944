//! Several bank files in one ZIP archive, as banks hand out a statement for each day: read one by one and put together.
//! No more is unpacked than `MAX_UNPACKED`, whatever the archive claims.
use super::{Answers, FileError, MAX_ROWS, Statement, text::raw};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// How much is unpacked of one archive, in bytes.
const MAX_UNPACKED: u64 = 100 * 1024 * 1024;
/// More files than that are no statements.
const MAX_FILES: usize = 2_000;
/// What is said about members that are no bank files.
const MAX_NOTICES: usize = 20;

/// Reads all members that are bank files, but no archives within the archive. An error where there is none, and that of the first member that
/// is one but can't be read.
pub(super) fn read(bytes: &[u8], answers: &Answers) -> Result<Statement, FileError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::NotABankFile)?;
    let mut all: Option<Statement> = None;
    let mut left = MAX_UNPACKED;
    let mut strangers = Vec::new();
    for index in 0..archive.len().min(MAX_FILES) {
        let Ok(member) = archive.by_index(index) else { continue };
        let name = raw(member.name());
        let is_hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if member.is_dir() || is_hidden {
            continue;
        }
        let mut content = Vec::new();
        member.take(left + 1).read_to_end(&mut content).map_err(|_| FileError::Truncated { missing: name.clone() })?;
        let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
        left = left.checked_sub(size).ok_or(FileError::TooManyRows { max: MAX_ROWS })?;
        match super::detect::format(&content).and_then(|format| super::parse(format, &content, answers)) {
            Ok(statement) => all = Some(joined(all, statement)?),
            Err(FileError::NotABankFile | FileError::Empty) => strangers.push(name),
            Err(error) => return Err(error),
        }
    }
    let mut all = all.ok_or(FileError::NotABankFile)?;
    let notices = strangers.into_iter().take(MAX_NOTICES).map(|name| format!("{name} is no bank file"));
    all.notices.extend(notices);
    Ok(all)
}

/// The second behind the first; the same account is one.
fn joined(first: Option<Statement>, second: Statement) -> Result<Statement, FileError> {
    let Some(mut first) = first else { return Ok(second) };
    let lines = first.rows.iter().map(|row| row.line).chain(first.rejected.iter().map(|rejected| rejected.line)).max();
    let lines = lines.unwrap_or(0);
    let mut places = Vec::new();
    for account in second.accounts {
        let same =
            |known: &super::StatementAccount| known.number == account.number && known.currency == account.currency;
        let known = first.accounts.iter().position(same);
        places.push(known.unwrap_or(first.accounts.len()));
        match known {
            Some(known) => first.accounts[known].ledger_balance = account.ledger_balance,
            None => first.accounts.push(account),
        }
    }
    first.rows.extend(second.rows.into_iter().map(|mut row| {
        row.line = row.line.saturating_add(lines);
        row.account = row.account.and_then(|index| u16::try_from(*places.get(usize::from(index))?).ok());
        row
    }));
    first.rejected.extend(second.rejected.into_iter().map(|mut rejected| {
        rejected.line = rejected.line.saturating_add(lines);
        rejected
    }));
    if first.rows.len() > MAX_ROWS {
        return Err(FileError::TooManyRows { max: MAX_ROWS });
    }
    first.skipped.pending += second.skipped.pending;
    first.skipped.cancelled += second.skipped.cancelled;
    first.skipped.balances += second.skipped.balances;
    first.skipped.continuations += second.skipped.continuations;
    first.skipped.other += second.skipped.other;
    for question in second.questions {
        if !first.questions.iter().any(|known| std::mem::discriminant(known) == std::mem::discriminant(&question)) {
            first.questions.push(question);
        }
    }
    first.notices.extend(second.notices.into_iter().take(MAX_NOTICES));
    Ok(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn archive(members: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in members {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn statements_are_put_together() {
        let message = |account: &str, day: &str| {
            format!(":20:A\n:25:{account}\n:60F:C200101EUR0,\n:61:{day}D1,NMSC\n:62F:D200102EUR1,\n")
        };
        let (first, second, third) = (message("1", "200102"), message("2", "200103"), message("1", "200104"));
        let file = archive(&[
            ("a.sta", &first),
            ("readme.txt", "hello"),
            ("__MACOSX/a.sta", &first),
            ("b.sta", &second),
            ("d/c.sta", &third),
        ]);
        let statement = crate::import::read(&file, &Answers::default()).unwrap();
        let rows: Vec<_> = statement.rows.iter().map(|row| (row.line, row.account, row.date.day())).collect();
        assert_eq!(rows, [(1, Some(0), 2), (2, Some(1), 3), (3, Some(0), 4)]);
        assert_eq!((statement.accounts.len(), statement.notices.len()), (2, 1));
    }

    #[test]
    fn what_is_no_statement() {
        let read = |file: &[u8]| crate::import::read(file, &Answers::default()).unwrap_err();
        assert_eq!(read(&archive(&[("word/document.xml", "<w:document/>")])), FileError::NotABankFile);
        assert_eq!(read(b"PK\x03\x04"), FileError::NotABankFile);
        let inner = archive(&[("a.sta", ":20:A\n:25:1\n:61:200102D1,NMSC\n")]);
        assert_eq!(read(&archive(&[("b.zip", &String::from_utf8_lossy(&inner))])), FileError::NotABankFile);
        let short = archive(&[("a.xml", "<Document><BkToCstmrStmt><Stmt>")]);
        assert!(matches!(read(&short), FileError::Truncated { .. }));
    }
}
