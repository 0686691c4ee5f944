//! What was typed after the program's name.
use crate::migrate::Place;
use domain::{Date, ids::JobId, user::Tariff};
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

  user set-plan EMAIL premium [--until DATE]
  user set-plan EMAIL free         what an account may do; also while the server runs
  jobs                             work that waits, and work that was given up
  jobs retry ID                    begin anew with what was given up

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
    SetPlan { email: String, plan: Tariff, until: Option<Date> },
    Jobs,
    RetryJob(JobId),
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
    config: Option<String>,
    to: Option<OsString>,
    into: Option<OsString>,
    demo: bool,
    until: Option<OsString>,
    /// What follows the command.
    rest: Vec<OsString>,
}

/// The commands that words follow, and how many at most.
const FOLLOWED: [(&str, usize); 3] = [("restore", 1), ("user", 3), ("jobs", 2)];

pub(super) fn parse(args: impl Iterator<Item = OsString>) -> Result<Line, String> {
    let mut parser = Parser::from_args(args);
    let mut words = Words::default();
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Long("config") => words.config = Some(utf8(value(&mut parser)?, "--config: a file's name")?),
            Long("to") if words.to.is_none() => words.to = Some(value(&mut parser)?),
            Long("into") if words.into.is_none() => words.into = Some(value(&mut parser)?),
            Long("until") if words.until.is_none() => words.until = Some(value(&mut parser)?),
            Long("demo") => words.demo = true,
            Long("version") | Short('V') => words.command = Some("--version".to_owned()),
            Long("help") | Short('h') => words.command = Some("--help".to_owned()),
            Value(word) if words.command.is_none() => words.command = Some(utf8(word, "a command")?),
            Value(word) if words.takes_another() => words.rest.push(word),
            other => return Err(other.unexpected().to_string()),
        }
    }
    let config = words.config.take();
    Ok(Line { command: command(words)?, config })
}

fn command(mut words: Words) -> Result<Command, String> {
    let missing = |what: &str| format!("{what} is missing.");
    let mut rest = std::mem::take(&mut words.rest).into_iter();
    let command = match words.command.as_deref() {
        None | Some("serve") => Command::Serve { demo: std::mem::take(&mut words.demo) },
        Some("doctor") => Command::Doctor,
        Some("health") => Command::Health,
        Some("--version") => Command::Version,
        Some("--help") => return Ok(Command::Help),
        Some("backup") => Command::Backup { to: words.to.take().ok_or_else(|| missing("--to FILE"))?.into() },
        Some("restore") => Command::Restore {
            from: rest.next().ok_or_else(|| missing("The file to restore"))?.into(),
            into: words.into.take().ok_or_else(|| missing("--into FOLDER"))?.into(),
        },
        Some("migrate-store") => {
            let to = utf8(words.to.take().ok_or_else(|| missing("--to STORE"))?, "--to: a store")?;
            Command::MigrateStore { to: Place::parse(&to).map_err(|allowed| format!("--to: allowed: {allowed}."))? }
        }
        Some("user") => set_plan(&mut words, &mut rest)?,
        Some("jobs") => jobs(&mut rest)?,
        Some(other) => return Err(format!("There is no command {other}.")),
    };
    let strange = [
        ("--to", words.to.is_some()),
        ("--into", words.into.is_some()),
        ("--demo", words.demo),
        ("--until", words.until.is_some()),
    ];
    match strange.into_iter().find(|(_, given)| *given) {
        Some((word, _)) => Err(format!("{word} does not belong to this command.")),
        None => Ok(command),
    }
}

impl Words {
    fn takes_another(&self) -> bool {
        let most = FOLLOWED.iter().find(|(command, _)| self.command.as_deref() == Some(command)).map(|(_, most)| *most);
        most.is_some_and(|most| self.rest.len() < most)
    }
}

/// `set-plan EMAIL premium --until DATE`
fn set_plan(words: &mut Words, rest: &mut impl Iterator<Item = OsString>) -> Result<Command, String> {
    let mut next = |what: &str| utf8(rest.next().ok_or_else(|| format!("{what} is missing."))?, what);
    if next("What to do (set-plan)")? != "set-plan" {
        return Err("user can: set-plan EMAIL premium [--until DATE], set-plan EMAIL free.".to_owned());
    }
    let email = next("The account's address")?;
    let plan = match next("The plan (free, premium)")?.as_str() {
        "free" => Tariff::Free,
        "premium" => Tariff::Premium,
        other => return Err(format!("The plan is free or premium, not {other}.")),
    };
    let until = match words.until.take() {
        Some(_) if plan == Tariff::Free => return Err("--until goes with premium.".to_owned()),
        Some(date) => Some(utf8(date, "--until: a date")?.parse().map_err(|_| "--until: a date such as 2027-12-31.")?),
        None => None,
    };
    Ok(Command::SetPlan { email, plan, until })
}

/// `jobs`, or `jobs retry ID`
fn jobs(rest: &mut impl Iterator<Item = OsString>) -> Result<Command, String> {
    let Some(word) = rest.next() else { return Ok(Command::Jobs) };
    if word != "retry" {
        return Err("jobs can: retry ID.".to_owned());
    }
    let id = utf8(rest.next().ok_or("The id of what to begin anew is missing.")?, "an id")?;
    id.parse().map(Command::RetryJob).map_err(|error| format!("{id}: {error}."))
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
        let plan = |plan, until| Command::SetPlan { email: "a@b.de".to_owned(), plan, until };
        let job = "00010203040506070809abff".parse().unwrap();
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
            (&["user", "set-plan", "a@b.de", "free"], plan(Tariff::Free, None)),
            (&["user", "set-plan", "a@b.de", "premium"], plan(Tariff::Premium, None)),
            (
                &["user", "--until", "2027-12-31", "set-plan", "a@b.de", "premium"],
                plan(Tariff::Premium, Some(Date::constant(2027, 12, 31))),
            ),
            (&["jobs"], Command::Jobs),
            (&["jobs", "retry", "00010203040506070809abff"], Command::RetryJob(job)),
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
            &["user"],
            &["user", "delete", "a@b.de"],
            &["user", "set-plan", "a@b.de"],
            &["user", "set-plan", "a@b.de", "gold"],
            &["user", "set-plan", "a@b.de", "free", "--until", "2027-12-31"],
            &["user", "set-plan", "a@b.de", "premium", "--until", "soon"],
            &["user", "set-plan", "a@b.de", "premium", "--until", "2027-02-29"],
            &["user", "set-plan", "a@b.de", "premium", "now"],
            &["jobs", "again"],
            &["jobs", "retry"],
            &["jobs", "retry", "1"],
            &["jobs", "--until", "2027-12-31"],
        ] {
            assert!(line(words).is_err(), "{words:?}");
        }
    }
}
