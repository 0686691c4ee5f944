//! `xtask check`: the invariants of ARCHITECTURE.md that a machine can see. Each offence is named with its place and
//! with what to do about it.

mod files;
mod layers;
mod views;

use crate::Outcome;
use crate::project::{Project, files_under, read};
use std::fmt;
use std::path::Path;
use std::process::Command;

/// One thing that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Offence {
    /// The file, from the root.
    pub file: String,
    /// The line, if it is one.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub what: String,
}

impl Offence {
    fn new(file: &str, line: impl Into<Option<usize>>, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: line.into(), what: what.into() }
    }
}

impl fmt::Display for Offence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// Checks everything and prints every offence.
pub fn run(project: &Project) -> Outcome {
    let mut offences = layers::check(&metadata(project)?);
    let (mut count, mut long) = (0, 0);
    for path in files_under(&project.root).iter().filter(|path| path.extension().is_some_and(|e| e == "rs")) {
        let file = project.short(path).to_string_lossy().replace('\\', "/");
        let text = String::from_utf8_lossy(&read(path)?).into_owned();
        offences.extend(files::check(&file, &text));
        if views::holds_views(&file) {
            offences.extend(views::check(&file, &text));
        }
        count += 1;
        long += usize::from(text.lines().count() > files::SOFT_LIMIT);
    }
    for offence in &offences {
        eprintln!("{offence}");
    }
    println!("check: {count} Rust files, {long} of them over {} lines, {} offences", files::SOFT_LIMIT, offences.len());
    if offences.is_empty() { Ok(()) } else { Err("check: the offences above must go".to_owned()) }
}

/// What cargo says about the workspace's crates and what each depends on.
fn metadata(project: &Project) -> Result<serde_json::Value, String> {
    let cargo = crate::project::variable("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let answer = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"])
        .arg(Path::new(&project.root).join("Cargo.toml"))
        .output()
        .map_err(|e| format!("cargo metadata: {e}"))?;
    if !answer.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&answer.stderr)));
    }
    serde_json::from_slice(&answer.stdout).map_err(|e| format!("cargo metadata: {e}"))
}
