//! What every Rust file must be: opened by a line that says what it is for, not too long, and finished.

use super::Offence;

/// Above this many lines a file is counted, above [`HARD_LIMIT`] it is an offence.
pub const SOFT_LIMIT: usize = 300;
const HARD_LIMIT: usize = 500;

/// What stands for work not done. Written in halves, so that this file passes its own check.
const UNFINISHED: [&str; 4] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("todo", "!("), concat!("unimple", "mented!(")];

/// Looks at one file.
pub fn check(file: &str, text: &str) -> Vec<Offence> {
    let mut offences = Vec::new();
    let first = text.lines().next().unwrap_or_default();
    if first.strip_prefix("//!").is_none_or(|words| words.trim().is_empty()) {
        offences.push(Offence::new(file, 1, "the first line must be `//! …`: say what the file is for"));
    }
    let lines = text.lines().count();
    if lines > HARD_LIMIT {
        offences.push(Offence::new(
            file,
            None,
            format!("{lines} lines, at most {HARD_LIMIT}: split it by what its parts are for"),
        ));
    }
    for (number, line) in text.lines().enumerate() {
        if let Some(word) = UNFINISHED.iter().find(|word| line.contains(*word)) {
            offences.push(Offence::new(
                file,
                number + 1,
                format!("{}: finish it, or open an issue and take it out", word.trim_end_matches('(')),
            ));
        }
    }
    offences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        check("a.rs", text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_good_file_passes() {
        assert!(found("//! What it is for.\nfn a() {}\n").is_empty());
    }

    #[test]
    fn a_file_without_a_purpose_is_found() {
        for text in ["", "fn a() {}\n", "//!\nfn a() {}\n", "// Not a doc line\n", "#![allow(x)]\n//! Late\n"] {
            assert_eq!(found(text).len(), 1, "{text:?}");
        }
    }

    #[test]
    fn a_long_file_is_found() {
        assert!(found(&format!("//! x\n{}", "\n".repeat(499))).is_empty());
        assert_eq!(
            found(&format!("//! x\n{}", "\n".repeat(500))),
            ["a.rs: 501 lines, at most 500: split it by what its parts are for"]
        );
    }

    #[test]
    fn unfinished_work_is_found_with_its_line() {
        for word in UNFINISHED {
            let found = found(&format!("//! x\n\nfn a() {{ {word} }}\n"));
            assert_eq!(found.len(), 1, "{word}");
            assert!(found[0].starts_with("a.rs:3: "), "{found:?}");
        }
    }
}
