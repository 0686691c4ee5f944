//! `xtask site`: compiles the frontend for the browser, and makes of it, `style/` and `public/` the folder of files
//! that the server hands out.
//!
//! In `dev` names stay as they are and nothing is compressed: a changed style shows at once. In `wasm` everything is
//! shrunk, named by its content (so that browsers may keep it for ever) and compressed ahead of time.

mod bundle;
mod pack;
mod split;
mod styles;
mod wasm;

use crate::Outcome;
use crate::project::{Project, files_under, read};
use bundle::Bundle;
use std::path::PathBuf;

/// How much work goes into the files.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// For developing: plain and quick.
    Dev,
    /// For users: small.
    Wasm,
}

impl Mode {
    /// The mode of that name.
    pub fn parse(name: &str) -> Result<Self, String> {
        match name {
            "dev" => Ok(Self::Dev),
            "wasm" => Ok(Self::Wasm),
            _ => Err(format!("there is no profile {name}: dev or wasm")),
        }
    }

    /// Its name, on the command line and in folders.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Wasm => "wasm",
        }
    }

    /// The folder its files go to.
    pub fn folder(self, project: &Project) -> PathBuf {
        project.target.join(if self == Self::Dev { "site-dev" } else { "site" })
    }
}

/// Makes the whole site.
pub fn build(project: &Project, mode: Mode) -> Outcome {
    let mut site = Bundle::new(mode);
    add_public(project, &mut site)?;
    let css = styles::build(project, mode, &site)?;
    site.add("app.css", "pkg/app.css", css);
    wasm::add(project, mode, &mut site)?;
    let size = site.finish(project)?;
    println!("site: {size} in {}", mode.folder(project).display());
    Ok(())
}

/// Only what needs no compiler, for the watch loop: styles and `public/` into the dev site.
pub fn refresh_styles(project: &Project) -> Outcome {
    let mut site = Bundle::new(Mode::Dev);
    add_public(project, &mut site)?;
    let css = styles::build(project, Mode::Dev, &site)?;
    site.add("app.css", "pkg/app.css", css);
    site.write_files(project)
}

/// What draws charts; asks for a library by its address, and so comes after it.
const CHARTS: &str = "charts.js";

/// `public/` as it is: icons, the web app manifest, the service worker. Fonts and scripts of others are named
/// by their content, since nothing but our own pages asks for them.
fn add_public(project: &Project, site: &mut Bundle) -> Outcome {
    let folder = project.root.join("public");
    for file in files_under(&folder) {
        let name = file.strip_prefix(&folder).map_err(|e| e.to_string())?.to_string_lossy().replace('\\', "/");
        let asked_by_us = ["fonts/", "vendor/"].iter().any(|ours| name.starts_with(ours));
        if name == CHARTS {
            continue;
        }
        if asked_by_us && file.extension().is_none_or(|ending| ending != "txt") {
            site.add(&name, &name, read(&file)?);
        } else {
            site.add_stable(&name, read(&file)?);
        }
    }
    let charts = String::from_utf8(read(&folder.join(CHARTS))?).map_err(|error| format!("{CHARTS}: {error}"))?;
    let charts = site.with_urls(charts);
    site.add(CHARTS, CHARTS, charts.into_bytes());
    Ok(())
}

/// How many bytes these are as brotli.
pub fn compressed_size(bytes: &[u8]) -> Result<u64, String> {
    pack::brotli(bytes).map(|packed| packed.len() as u64)
}
