//! The command line: `serve` (what happens without a word), `doctor`, `health`.
use crate::{
    assets::{Asset, Assets},
    config::{self, Config, Values},
    startup, telemetry,
};
use lexopt::prelude::{Long, Short, Value};
use std::{
    ffi::OsString,
    io::{Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

const HELP: &str = "\
WealthWise: personal and household finance

usage: wealthwise [--config FILE] [COMMAND]

  serve     answer on HOST and PORT (what happens without a command)
  doctor    say what is in force, where it comes from, and what is missing
  health    ask the running program how it is; fails if it is not well

  --config FILE   a TOML file with the names of the environment
  --version, --help
";

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Command {
    Serve,
    Doctor,
    Health,
    Version,
    Help,
}

#[derive(Debug, PartialEq, Eq)]
struct Line {
    command: Command,
    config: Option<String>,
}

/// Runs the program; `embedded` are the browser's files inside of it, if it has any.
pub fn main(embedded: Option<&'static [Asset]>) -> ExitCode {
    let line = match parse(std::env::args_os().skip(1)) {
        Ok(line) => line,
        Err(message) => return fail(&format!("{message}\n\n{HELP}")),
    };
    match line.command {
        Command::Version => {
            println!("wealthwise {}", env!("CARGO_PKG_VERSION"));
            return ExitCode::SUCCESS;
        }
        Command::Help => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Command::Serve | Command::Doctor | Command::Health => {}
    }
    let (config, values) = match Config::load(line.config.as_deref()) {
        Ok(loaded) => loaded,
        Err(wrong) => {
            let lines: Vec<String> = wrong.iter().map(|wrong| format!("  {wrong}")).collect();
            return fail(&format!("The configuration is wrong:\n{}", lines.join("\n")));
        }
    };
    match line.command {
        Command::Doctor => doctor(&config, &values, embedded),
        Command::Health => health(&config),
        _ => serve(config, embedded),
    }
}

fn parse(args: impl Iterator<Item = OsString>) -> Result<Line, String> {
    let mut parser = lexopt::Parser::from_args(args);
    let (mut command, mut config) = (None, None);
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        let given = match argument {
            Long("config") => {
                let value = parser.value().map_err(|error| error.to_string())?;
                config = Some(value.into_string().map_err(|_| "--config: a file's name in UTF-8".to_owned())?);
                continue;
            }
            Long("version") | Short('V') => Command::Version,
            Long("help") | Short('h') => Command::Help,
            Value(word) if command.is_none() => match word.to_str() {
                Some("serve") => Command::Serve,
                Some("doctor") => Command::Doctor,
                Some("health") => Command::Health,
                _ => return Err(format!("There is no command {}.", word.display())),
            },
            other => return Err(other.unexpected().to_string()),
        };
        command = Some(given);
    }
    Ok(Line { command: command.unwrap_or(Command::Serve), config })
}

fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}

fn serve(config: Config, embedded: Option<&'static [Asset]>) -> ExitCode {
    telemetry::start(&config);
    let assets = match assets(&config, embedded) {
        Ok(assets) => assets,
        Err(message) => return fail(&message),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("can't start: {error}")),
    };
    let outcome = runtime.block_on(startup::run(config, assets, told_to_stop()));
    // A password or a bank file still being worked on must not hold up the end.
    runtime.shutdown_timeout(Duration::from_secs(2));
    outcome.map_or_else(|message| fail(&message), |()| ExitCode::SUCCESS)
}

/// The folder that is named, else the files inside, else the folder that `xtask site` makes beside the built program.
fn assets(config: &Config, embedded: Option<&'static [Asset]>) -> Result<Assets, String> {
    if let Some(folder) = &config.site_dir {
        return Assets::folder(folder).map_err(|error| format!("WEALTHWISE_SITE_DIR: {error}"));
    }
    if let Some(embedded) = embedded {
        return Ok(Assets::embedded(embedded));
    }
    match built_beside().filter(|folder| folder.join("manifest.json").is_file()) {
        Some(folder) => Assets::folder(&folder),
        None => Ok(Assets::default()),
    }
}

fn built_beside() -> Option<PathBuf> {
    let program = std::env::current_exe().ok()?;
    program.parent().and_then(Path::parent).map(|target| target.join("site-dev"))
}

async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).expect("signals can be listened to");
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = tokio::signal::ctrl_c().await;
}

fn doctor(config: &Config, values: &Values, embedded: Option<&'static [Asset]>) -> ExitCode {
    print!("{}", config::report(config, values));
    let mut fine = true;
    let mut check = |what: &str, outcome: Result<String, String>| {
        fine &= outcome.is_ok();
        match outcome {
            Ok(text) => println!("  - {what}: {text}"),
            Err(text) => println!("  - {what}: NOT FINE: {text}"),
        }
    };
    check("database", database(config));
    check(
        "files for the browser",
        assets(config, embedded)
            .and_then(|assets| if assets.is_empty() { Err("none".to_owned()) } else { Ok("there".to_owned()) }),
    );
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn database(config: &Config) -> Result<String, String> {
    let folder = config.data_dir.display();
    let opens = match &config.mongodb {
        Some(mongo) => format!("MongoDB answers, {} is ready", mongo.database),
        None if config.data_dir.exists() => format!("opens in {folder}"),
        None => return Ok(format!("will be made in {folder} at the first start")),
    };
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    runtime.block_on(startup::open(config)).map(|_| opens).map_err(|error| error.to_string())
}

/// Asks the running program over HTTP; for containers, which have no other client.
fn health(config: &Config) -> ExitCode {
    let host = match config.host {
        IpAddr::V4(host) if host.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(host) if host.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        host => host,
    };
    match ask(SocketAddr::new(host, config.port)) {
        Ok(answer) if answer.starts_with("HTTP/1.1 200") => ExitCode::SUCCESS,
        Ok(answer) => fail(answer.lines().next().unwrap_or("no answer")),
        Err(error) => fail(&error.to_string()),
    }
}

fn ask(address: SocketAddr) -> std::io::Result<String> {
    let patience = Duration::from_secs(4);
    let mut stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    stream.write_all(format!("GET /api/health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
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
            (&[][..], Command::Serve),
            (&["serve"], Command::Serve),
            (&["doctor"], Command::Doctor),
            (&["health"], Command::Health),
            (&["--version"], Command::Version),
            (&["-h"], Command::Help),
        ] {
            assert_eq!(line(words), Ok(Line { command, config: None }), "{words:?}");
        }
        assert_eq!(
            line(&["--config", "a.toml", "doctor"]),
            Ok(Line { command: Command::Doctor, config: Some("a.toml".to_owned()) })
        );
        for words in [&["migrate"][..], &["--port", "3"], &["serve", "again"], &["--config"]] {
            assert!(line(words).is_err(), "{words:?}");
        }
    }
}
