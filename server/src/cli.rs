//! The command line: `serve` (what happens without a word), `doctor`, `health`; in `data` what deals with all data, in `operator`
//! what the operator does for single accounts and jobs.
mod data;
mod demo;
mod operator;
mod parse;

use crate::{
    assets::{Asset, Assets},
    config::{self, Config, Values},
    startup, telemetry,
};
use parse::{Command, HELP};
use std::{
    io::{Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

/// Runs the program; `embedded` are the browser's files inside of it, if it has any.
pub fn main(embedded: Option<&'static [Asset]>) -> ExitCode {
    let line = match parse::parse(std::env::args_os().skip(1)) {
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
        _ => {}
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
        Command::Backup { to } => data::backup(&config, &to),
        Command::Restore { from, into } => data::restore(&config, &from, &into),
        Command::MigrateStore { to } => data::migrate_store(&config, &to),
        Command::SetPlan { email, plan, until } => operator::set_plan(&config, &email, plan, until),
        Command::Jobs => operator::jobs(&config),
        Command::RetryJob(id) => operator::retry(&config, id),
        Command::Serve { demo: true } => demo::serve(config, embedded),
        _ => serve(config, embedded),
    }
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
    check("files that people send", blobs(config));
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

/// Whether the place for files answers; the database has to be open for it.
fn blobs(config: &Config) -> Result<String, String> {
    if config.blobs.is_none() && config.mongodb.is_none() && !config.data_dir.exists() {
        return Ok("will be kept in the data folder".to_owned());
    }
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let opened = startup::open(config).await.map_err(|error| error.to_string())?;
        opened.blobs.blobs_ready().await.map_err(|error| error.to_string())
    })?;
    Ok("their place answers".to_owned())
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
