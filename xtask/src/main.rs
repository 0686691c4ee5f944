//! The project's own build tool (`cargo xtask …`): what cargo alone can't do, without another program to install.
//!
//! - `site`  makes the browser's files: WASM, its script, styles, icons, compressed and with hashed names
//! - `check` the architecture's invariants that a machine can check
//! - `sizes` what the first load costs, and its limits
//! - `dev`   watches the sources, rebuilds what changed, restarts the server

mod check;
mod dev;
mod project;
mod site;
mod sizes;

use project::Project;
use std::process::ExitCode;

/// What a command answers: nothing, or why it failed in words for a person.
pub type Outcome = Result<(), String>;

const USAGE: &str = "usage: cargo xtask COMMAND
  site [--profile dev|wasm]   make the browser's files from the built frontend (default: dev)
  check                       check the architecture's invariants
  sizes [--html FILE]         print what the first load costs; fail beyond the limits
  dev                         rebuild and restart on every change";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = Project::find().and_then(|project| match words.as_slice() {
        ["site"] => site::build(&project, site::Mode::Dev),
        ["site", "--profile", name] => site::Mode::parse(name).and_then(|mode| site::build(&project, mode)),
        ["check"] => check::run(&project),
        ["sizes"] => sizes::run(&project, None),
        ["sizes", "--html", file] => sizes::run(&project, Some(file)),
        ["dev"] => dev::run(&project),
        _ => Err(USAGE.to_owned()),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
