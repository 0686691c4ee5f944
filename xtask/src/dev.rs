//! `xtask dev`: watches the sources by their times and rebuilds what a change calls for: styles in a moment, the
//! server for everything else, the browser's program where it shares the changed code.

use crate::Outcome;
use crate::project::{Project, files_under, variable};
use crate::site::{self, Mode};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

const PAUSE: Duration = Duration::from_millis(300);
/// What both halves are made of, what only the server is, and what needs no compiler.
const SHARED: [&str; 3] = ["domain", "app", "Cargo.toml"];
const SERVER: [&str; 3] = ["service", "server", "src"];
const BROWSER: [&str; 1] = ["frontend"];
const PLAIN: [&str; 2] = ["style", "public"];

/// What a change calls for.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
struct Work {
    server: bool,
    browser: bool,
    styles: bool,
}

/// Builds, starts, and goes on until it is interrupted.
pub fn run(project: &Project) -> Outcome {
    let mut seen = times(project);
    let mut server = None;
    let mut work = Work { server: true, browser: true, styles: true };
    loop {
        if work != Work::default() {
            let started = Instant::now();
            match carry_out(project, work, &mut server) {
                Ok(()) => println!("dev: ready after {:.1} s", started.elapsed().as_secs_f32()),
                Err(message) => eprintln!("dev: {message}; waiting for the next change"),
            }
        }
        sleep(PAUSE);
        let now = times(project);
        work = needed(&changed(&seen, &now));
        seen = now;
    }
}

/// Styles first, then the server with the new page, then the browser's half, which takes over when the page is loaded again.
fn carry_out(project: &Project, work: Work, server: &mut Option<Child>) -> Outcome {
    if work.styles {
        site::refresh_styles(project)?;
    }
    if work.server {
        // Every crate of the server's half in one selection, so that features and so compiled crates are those of `make test`.
        cargo(project, &["build", "--workspace", "--exclude", "frontend", "--exclude", "xtask"])?;
        restart(project, server)?;
    }
    if work.browser {
        site::build(project, Mode::Dev)?;
        if !work.server || server.is_none() {
            restart(project, server)?;
        }
    }
    Ok(())
}

fn cargo(project: &Project, args: &[&str]) -> Outcome {
    let cargo = variable("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let status =
        Command::new(cargo).args(args).current_dir(&project.root).status().map_err(|e| format!("cargo: {e}"))?;
    if status.success() { Ok(()) } else { Err("the build failed".to_owned()) }
}

fn restart(project: &Project, server: &mut Option<Child>) -> Outcome {
    if let Some(mut old) = server.take() {
        let _ = old.kill();
        let _ = old.wait();
    }
    let program = project.target.join("debug/wealthwise");
    let folder = variable("WEALTHWISE_SITE_DIR").map_or_else(|| Mode::Dev.folder(project), PathBuf::from);
    let child =
        Command::new(&program).arg("serve").env("WEALTHWISE_SITE_DIR", folder).current_dir(&project.root).spawn();
    *server = Some(child.map_err(|e| format!("{}: {e}", program.display()))?);
    Ok(())
}

type Times = HashMap<PathBuf, SystemTime>;

fn times(project: &Project) -> Times {
    let folders = SHARED.iter().chain(&SERVER).chain(&BROWSER).chain(&PLAIN);
    let files = folders.flat_map(|name| {
        let path = project.root.join(name);
        if path.is_file() { vec![path] } else { files_under(&path) }
    });
    files
        .filter_map(|path| {
            let time = path.metadata().and_then(|data| data.modified()).ok()?;
            Some((path.strip_prefix(&project.root).unwrap_or(&path).to_path_buf(), time))
        })
        .collect()
}

/// Files that are new, gone or written since.
fn changed(before: &Times, now: &Times) -> Vec<PathBuf> {
    let written = now.iter().filter(|(path, time)| before.get(*path) != Some(*time)).map(|(path, _)| path);
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    written.chain(gone).cloned().collect()
}

fn needed(changed: &[PathBuf]) -> Work {
    let any = |parts: &[&str]| changed.iter().any(|path| parts.iter().any(|part| path.starts_with(Path::new(part))));
    Work { server: any(&SHARED) || any(&SERVER), browser: any(&SHARED) || any(&BROWSER), styles: any(&PLAIN) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_calls_for_no_more_than_it_must() {
        let work = |path: &str| needed(&[PathBuf::from(path)]);
        assert_eq!(work("style/10-base.css"), Work { styles: true, ..Work::default() });
        assert_eq!(work("service/src/lib.rs"), Work { server: true, ..Work::default() });
        assert_eq!(work("app/src/pages/home.rs"), Work { server: true, browser: true, styles: false });
        assert_eq!(work("frontend/src/lib.rs"), Work { browser: true, ..Work::default() });
        assert_eq!(needed(&[]), Work::default());
    }

    #[test]
    fn new_gone_and_written_files_are_seen() {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let before = Times::from([("a".into(), at(1)), ("b".into(), at(1)), ("c".into(), at(1))]);
        let now = Times::from([("a".into(), at(1)), ("b".into(), at(2)), ("d".into(), at(1))]);
        let mut changed = changed(&before, &now);
        changed.sort();
        assert_eq!(changed, [PathBuf::from("b"), "c".into(), "d".into()]);
    }
}
