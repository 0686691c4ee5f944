//! Cuts messages into fields: a tag at the start of a line, and all lines up to the next one.
use std::borrow::Cow;

/// The tags that messages of statements have, and two that banks put in front of them.
const TAGS: [&str; 24] = [
    "13", "13D", "20", "21", "25", "25P", "28", "28C", "34F", "60", "60F", "60M", "61", "62", "62F", "62M", "64", "65",
    "86", "90C", "90D", "NS", "940", "942",
];

/// What a message consists of.
pub(super) enum Piece<'a> {
    /// A field with its lines, the first one without the tag.
    Field(&'static str, Vec<&'a str>),
    /// The message ends.
    End,
}

/// The text in lines: some banks write `@@` where a line ends.
pub(super) fn lines_of(text: &str) -> Cow<'_, str> {
    let joined = text.contains("@@:61:") || text.contains("@@:60") || text.contains("@@:86:");
    if joined { Cow::Owned(text.replace("@@", "\n")) } else { Cow::Borrowed(text) }
}

/// Hands on the fields one after the other.
pub(super) fn each<'a>(text: &'a str, mut take: impl FnMut(Piece<'a>)) {
    let mut open: Option<(&'static str, Vec<&'a str>)> = None;
    let mut put = |field: Option<(&'static str, Vec<&'a str>)>| {
        if let Some((tag, lines)) = field {
            take(Piece::Field(tag, lines));
            return;
        }
        take(Piece::End);
    };
    for line in text.split(['\n', '\r']) {
        let line = line.trim_start_matches('\u{feff}');
        let (ends, line) = within_envelope(line);
        if ends {
            if let Some(field) = open.take() {
                put(Some(field));
            }
            put(None);
        }
        if let Some((tag, rest)) = tag(line) {
            if let Some(field) = open.replace((tag, vec![rest])) {
                put(Some(field));
            }
        } else if let Some((_, lines)) = &mut open
            && !line.trim().is_empty()
        {
            lines.push(line);
        }
    }
    if let Some(field) = open.take() {
        put(Some(field));
    }
    put(None);
}

/// Whether the line ends a message (`-`, `-}`, or a new envelope), and what of it stands in the message itself.
fn within_envelope(line: &str) -> (bool, &str) {
    let trimmed = line.trim();
    let ends = trimmed == "-" || trimmed.starts_with("-}");
    let opens = trimmed.strip_prefix("-}").unwrap_or(trimmed);
    let is_block =
        opens.starts_with('{') && opens[1..].starts_with(|c: char| c.is_ascii_digit()) && opens[2..].starts_with(':');
    if is_block {
        return (true, opens.rsplit_once("{4:").map_or("", |(_, inside)| inside));
    }
    if ends { (true, "") } else { (false, line) }
}

fn tag(line: &str) -> Option<(&'static str, &str)> {
    let (name, rest) = line.trim_start().strip_prefix(':')?.split_once(':')?;
    Some((TAGS.into_iter().find(|tag| *tag == name)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let text = lines_of(text);
        let mut all = Vec::new();
        each(&text, |piece| {
            all.push(match piece {
                Piece::Field(tag, lines) => format!("{tag}={}", lines.join("|")),
                Piece::End => "end".to_owned(),
            });
        });
        all
    }

    #[test]
    fn fields_and_messages() {
        assert_eq!(
            cut("letter\n\n:20:A\r\n:86:a\nb \n:12:30 o'clock\n-\n"),
            ["20=A", "86=a|b |:12:30 o'clock", "end", "end"]
        );
        assert_eq!(cut("{1:F01X}{2:I940}{4:\n:20:A\n-}{5:}\n"), ["end", "20=A", "end", "end"]);
        assert_eq!(cut("{1:F01X}{4::20:A\n-}{1:F01X}{4:\n:20:B"), ["end", "20=A", "end", "20=B", "end"]);
        assert_eq!(cut("@@:20:A@@:61:x@@:86:y"), ["20=A", "61=x", "86=y", "end"]);
        assert_eq!(cut(""), ["end"]);
    }
}
