//! `xtask sizes`: what the first visit to the dashboard costs over the wire, beside its limits. The dashboard is in the main
//! file of the program; were a page of another part given, the parts that its head names would count, too.

use crate::Outcome;
use crate::project::{Project, read};
use crate::site::Mode;
use serde_json::Value;

/// Everything of the first load, compressed. The promise is 450 KB; the program in parts is far below, and stays there.
const FIRST_LOAD: u64 = 350 * 1000;
/// What is needed to read and use the page before the WASM runs: HTML and styles.
const READABLE: u64 = 50 * 1000;

/// Prints the sizes of the optimised site and fails beyond a limit. `html` is a page as the server sent it, if one was kept.
pub fn run(project: &Project, html: Option<&str>) -> Outcome {
    let manifest = Mode::Wasm.folder(project).join("manifest.json");
    let manifest: Value = serde_json::from_slice(
        &read(&manifest).map_err(|e| format!("{e}. Run cargo xtask site --profile wasm first"))?,
    )
    .map_err(|e| format!("manifest.json: {e}"))?;
    let page = html.map(|file| read(file.as_ref())).transpose()?;
    let size = page.as_deref().map(crate::site::compressed_size).transpose()?;
    let parts = page.map_or(0, |page| parts_named_in(&String::from_utf8_lossy(&page), &manifest));
    let (lines, problems) = judge(&manifest, size, parts);
    for line in &lines {
        println!("{line}");
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// The bytes of all part files that the page asks for.
fn parts_named_in(page: &str, manifest: &Value) -> u64 {
    let files = manifest.as_object().into_iter().flatten().filter(|(name, _)| name.starts_with("parts/"));
    let named = files.filter(|(_, file)| file["path"].as_str().is_some_and(|path| page.contains(path)));
    named.filter_map(|(_, file)| file["br"].as_u64().or(file["size"].as_u64())).sum()
}

/// The lines to print, and what is too big. `parts`: the bytes of the page's parts beside the main file.
fn judge(manifest: &Value, page: Option<u64>, parts: u64) -> (Vec<String>, Vec<String>) {
    let sent = |name: &str| manifest[name]["br"].as_u64().or(manifest[name]["size"].as_u64()).unwrap_or(0);
    let (css, js, wasm) = (sent("app.css"), sent("wealthwise.js"), sent("wealthwise_bg.wasm") + parts);
    let html = page.unwrap_or(0);
    let font = sent("fonts/inter.woff2");
    let (readable, all) = (html + css, html + css + js + wasm + font);
    let kb = |bytes: u64| format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100);
    let mut lines = vec![format!(
        "sizes: brotli, CSS {}, font {}, script {}, WASM {} ({} plain)",
        kb(css),
        kb(font),
        kb(js),
        kb(wasm),
        kb(manifest["wealthwise_bg.wasm"]["size"].as_u64().unwrap_or(0))
    )];
    if page.is_some() {
        lines.push(format!("sizes: HTML {}, readable with {} (limit {})", kb(html), kb(readable), kb(READABLE)));
    }
    lines.push(format!("sizes: first load {} (limit {})", kb(all), kb(FIRST_LOAD)));
    let mut problems = Vec::new();
    if wasm == 0 || js == 0 || css == 0 {
        problems.push("sizes: a part of the site is missing from manifest.json".to_owned());
    }
    if all > FIRST_LOAD {
        problems.push(format!(
            "sizes: the first load is {} over: look with `twiggy top` at what grew",
            kb(all - FIRST_LOAD)
        ));
    }
    if readable > READABLE {
        problems.push(format!(
            "sizes: HTML and CSS are {} over: take rules out of style/, or markup out of the page",
            kb(readable - READABLE)
        ));
    }
    (lines, problems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn site(css: u64, wasm: u64) -> Value {
        json!({ "app.css": { "size": css * 5, "br": css }, "wealthwise.js": { "size": 9000, "br": 3000 }, "wealthwise_bg.wasm": { "size": wasm * 3, "br": wasm } })
    }

    #[test]
    fn within_the_limits_nothing_is_wrong() {
        let (lines, problems) = judge(&site(10_000, 250_000), Some(8_000), 0);
        assert_eq!((lines.len(), problems), (3, vec![]));
    }

    #[test]
    fn the_parts_of_a_page_count() {
        let mut site = site(10_000, 250_000);
        for (part, br) in [("account", 150_000), ("expenses", 70_000)] {
            site[format!("parts/{part}.wasm")] =
                json!({ "path": format!("/pkg/{part}-0.wasm"), "size": br * 3, "br": br });
        }
        let parts = parts_named_in("<link href=\"/pkg/account-0.wasm\">", &site);
        assert_eq!(parts, 150_000);
        assert!(judge(&site, None, parts).1[0].contains("first load"));
    }

    #[test]
    fn each_limit_is_found() {
        assert!(judge(&site(10_000, 500_000), None, 0).1[0].contains("first load"));
        assert!(judge(&site(45_000, 250_000), Some(8_000), 0).1[0].contains("HTML and CSS"));
        assert!(judge(&json!({}), None, 0).1[0].contains("missing"));
    }
}
