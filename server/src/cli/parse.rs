//! What was typed after the program's name.
use crate::migrate::Place;
use lexopt::{
    Parser,
    prelude::{Long, Short, Value},
};
use std::{ffi::OsString, path::PathBuf};

pub(super) const HELP: &str = "\
WealthWise: personal and household finance

usage: wealthwise [--config FILE] [COMMAND]

  serve     answer on HOST and PORT (what happens without a command)
  serve --demo
            the same with two years of a made-up household, in a folder of their own that is
            removed when the program stops; says who to sign in as
  doctor    say what is in force, where it comes from, and what is missing
  health    ask the running program how it is; fails if it is not well

  backup --to FILE.tar.gz          copy the data folder into one file, also while the server runs
  restore FILE.tar.gz --into FOLDER
                                   make a data folder of such a file
  migrate-store --to STORE         copy everything from the configured store to another one and check it;
                                   STORE is mongodb://HOST/DATABASE or a folder; stop the server first

  --config FILE   a TOML file with the names of the environment
  --version, --help
";

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    Serve { demo: bool },
    Doctor,
    Health,
    Backup { to: PathBuf },
    Restore { from: PathBuf, into: PathBuf },
    MigrateStore { to: Place },
    Version,
    Help,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) command: Command,
    pub(super) config: Option<String>,
}

/// The words as they came, before it is known whether they go together.
#[derive(Default)]
struct Words {
    command: Option<String>,
    file: Option<OsString>,
    config: Option<String>,
    to: Option<OsString>,
    into: Option<OsString>,
    demo: bool,
}

pub(super) fn parse(args: impl Iterator<Item = OsString>) -> Result<Line, String> {
    let mut parser = Parser::from_args(args);
    let mut words = Words::default();
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Long("config") => words.config = Some(utf8(value(&mut parser)?, "--config: a file's name")?),
            Long("to") if words.to.is_none() => words.to = Some(value(&mut parser)?),
            Long("into") if words.into.is_none() => words.into = Some(value(&mut parser)?),
            Long("demo") => words.demo = true,
            Long("version") | Short('V') => words.command = Some("--version".to_owned()),
            Long("help") | Short('h') => words.command = Some("--help".to_owned()),
            Value(word) if words.command.is_none() => words.command = Some(utf8(word, "a command")?),
            Value(file) if words.command.as_deref() == Some("restore") && words.file.is_none() => {
                words.file = Some(file);
            }
            other => return Err(other.unexpected().to_string()),
        }
    }
    let config = words.config.take();
    Ok(Line { command: command(words)?, config })
}

fn command(mut words: Words) -> Result<Command, String> {
    let missing = |what: &str| format!("{what} is missing.");
    let command = match words.command.as_deref() {
        None | Some("serve") => Command::Serve { demo: std::mem::take(&mut words.demo) },
        Some("doctor") => Command::Doctor,
        Some("health") => Command::Health,
        Some("--version") => Command::Version,
        Some("--help") => return Ok(Command::Help),
        Some("backup") => Command::Backup { to: words.to.take().ok_or_else(|| missing("--to FILE"))?.into() },
        Some("restore") => Command::Restore {
            from: words.file.take().ok_or_else(|| missing("The file to restore"))?.into(),
            into: words.into.take().ok_or_else(|| missing("--into FOLDER"))?.into(),
        },
        Some("migrate-store") => {
            let to = utf8(words.to.take().ok_or_else(|| missing("--to STORE"))?, "--to: a store")?;
            Command::MigrateStore { to: Place::parse(&to).map_err(|allowed| format!("--to: allowed: {allowed}."))? }
        }
        Some(other) => return Err(format!("There is no command {other}.")),
    };
    let strange = [("--to", words.to.is_some()), ("--into", words.into.is_some()), ("--demo", words.demo)];
    match strange.into_iter().find(|(_, given)| *given) {
        Some((word, _)) => Err(format!("{word} does not belong to this command.")),
        None => Ok(command),
    }
}

fn value(parser: &mut Parser) -> Result<OsString, String> {
    parser.value().map_err(|error| error.to_string())
}

fn utf8(word: OsString, what: &str) -> Result<String, String> {
    word.into_string().map_err(|_| format!("{what} in UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &[&str]) -> Result<Line, String> {
        parse(words.iter().map(OsString::from))
    }

    #[test]
    fn commands() {
        for (words, command) in [
            (&[][..], Command::Serve { demo: false }),
            (&["serve"], Command::Serve { demo: false }),
            (&["serve", "--demo"], Command::Serve { demo: true }),
            (&["--demo"], Command::Serve { demo: true }),
            (&["doctor"], Command::Doctor),
            (&["health"], Command::Health),
            (&["--version"], Command::Version),
            (&["-h"], Command::Help),
            (&["backup", "--to", "a.tar.gz"], Command::Backup { to: "a.tar.gz".into() }),
            (&["restore", "a", "--into", "b"], Command::Restore { from: "a".into(), into: "b".into() }),
            (&["restore", "--into=b", "a"], Command::Restore { from: "a".into(), into: "b".into() }),
            (&["migrate-store", "--to", "b"], Command::MigrateStore { to: Place::Folder("b".into()) }),
            (&["migrate-store", "--help"], Command::Help),
        ] {
            assert_eq!(line(words), Ok(Line { command, config: None }), "{words:?}");
        }
        assert_eq!(
            line(&["--config", "a.toml", "doctor"]),
            Ok(Line { command: Command::Doctor, config: Some("a.toml".to_owned()) })
        );
    }

    #[test]
    fn what_does_not_go_together_is_refused() {
        for words in [
            &["migrate"][..],
            &["--port", "3"],
            &["serve", "again"],
            &["--config"],
            &["backup"],
            &["backup", "a"],
            &["backup", "--to"],
            &["backup", "--to", "a", "--to", "b"],
            &["backup", "--to", "a", "--into", "b"],
            &["restore", "--into", "b"],
            &["restore", "a"],
            &["restore", "a", "c", "--into", "b"],
            &["migrate-store"],
            &["migrate-store", "--to", "redis://h"],
            &["serve", "--to", "a"],
            &["serve", "--demo=yes"],
            &["doctor", "--demo"],
            &["migrate-store", "--to", "b", "--demo"],
        ] {
            assert!(line(words).is_err(), "{words:?}");
        }
    }
}
