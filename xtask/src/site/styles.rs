//! Styles: all of `style/*.css`, joined in the order of their names (tokens first), and shrunk for users.

use super::bundle::Bundle;
use super::wasm::tool;
use super::{Mode, pack};
use crate::project::{Project, files_under, read};

/// The one style sheet.
pub fn build(project: &Project, mode: Mode, site: &Bundle) -> Result<Vec<u8>, String> {
    let mut joined = String::new();
    for file in files_under(&project.root.join("style")).iter().filter(|f| f.extension().is_some_and(|e| e == "css")) {
        let text =
            String::from_utf8(read(file)?).map_err(|_| format!("{}: not UTF-8", project.short(file).display()))?;
        joined.push_str(&text);
        joined.push('\n');
    }
    let joined = site.with_urls(joined).into_bytes();
    if mode == Mode::Dev {
        return Ok(joined);
    }
    pack::memo(project, &format!("{}.min.css", pack::hash(&joined)), || {
        tool(project, "esbuild", &["--minify", "--loader=css", "--log-level=warning"], &joined)
    })
}
