//! Takes the compiled frontend apart: the main file, and a file for each part (`app/src/parts`) and for what several parts
//! need. Each part file is named by the parts that need it, such as `account+budgets.wasm`: nothing else has to say so.

use crate::Outcome;
use crate::project::read;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the part files stand below the folder.
pub const PARTS: &str = "parts";
/// What the main file imports, and what fetches the part files.
const SCRIPT: &str = "__wasm_split.js";

/// Writes the part files into an emptied folder and the script that fetches them; answers where the main file is, which
/// wasm-bindgen has yet to work on. `program` is the name of the script that wasm-bindgen will write.
pub fn take_apart(built: &Path, folder: &Path, program: &str) -> Result<PathBuf, String> {
    let input = read(built)?;
    let parts = folder.join(PARTS);
    fs::create_dir_all(&parts).map_err(|e| format!("{}: {e}", parts.display()))?;
    let main = folder.join("main.wasm");
    let program = format!("./{program}.js");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = &program;
    let made = wasm_split_cli_support::transform(options).map_err(|e| format!("wasm-split: {e:#}"))?;
    let script = folder.join(SCRIPT);
    let mut text = String::from_utf8(read(&script)?).map_err(|_| format!("{SCRIPT}: not UTF-8"))?;
    for (stem, name) in names(made.prefetch_map.iter()) {
        text = text.replace(&format!("\"./{stem}.wasm\""), &format!("\"./{PARTS}/{name}\""));
        move_file(&folder.join(format!("{stem}.wasm")), &parts.join(name))?;
    }
    fs::write(&script, text).map_err(|e| format!("{SCRIPT}: {e}"))?;
    Ok(main)
}

/// From which files each part needs to how each file is called.
fn names<'a>(needed: impl Iterator<Item = (&'a String, &'a Vec<String>)>) -> BTreeMap<&'a str, String> {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (part, files) in needed {
        for file in files {
            users.entry(file).or_default().insert(part);
        }
    }
    let name = |parts: BTreeSet<&str>| format!("{}.wasm", parts.into_iter().collect::<Vec<_>>().join("+"));
    users.into_iter().map(|(file, parts)| (file, name(parts))).collect()
}

fn move_file(from: &Path, to: &Path) -> Outcome {
    fs::rename(from, to).map_err(|e| format!("{}: {e}", from.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_the_parts_that_need_it() {
        let files = |list: &[&str]| list.iter().map(|&file| file.to_owned()).collect::<Vec<_>>();
        let needed = BTreeMap::from([
            ("expenses".to_owned(), files(&["chunk_1", "split_expenses"])),
            ("account".to_owned(), files(&["chunk_1", "split_account"])),
        ]);
        let expected = [("chunk_1", "account+expenses"), ("split_account", "account"), ("split_expenses", "expenses")];
        let expected = expected.map(|(file, name)| (file, format!("{name}.wasm")));
        assert_eq!(names(needed.iter()), BTreeMap::from(expected));
    }
}
