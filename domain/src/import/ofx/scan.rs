//! The tag scanner: one for SGML, where most closing tags are left out, and XML. It never fails: what is no tag is text.

/// What the scanner meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event<'a> {
    /// An opening tag and the text behind it, trimmed; empty for one that holds other tags.
    Open(&'a str, &'a str),
    /// A closing tag.
    Close(&'a str),
}

/// Hands each tag on. False if the text ends before the closing tag of OFX.
pub(super) fn each<'a>(text: &'a str, mut take: impl FnMut(Event<'a>)) -> bool {
    let mut complete = false;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let Some(tag) = Tag::read(rest) else {
            rest = &rest[1..];
            continue;
        };
        rest = &rest[tag.width..];
        match tag.kind {
            Kind::Other => {}
            Kind::Close => {
                complete |= tag.name.eq_ignore_ascii_case("OFX");
                take(Event::Close(tag.name));
            }
            Kind::Open => {
                let (value, width) = value(rest);
                rest = &rest[width..];
                complete &= !tag.name.eq_ignore_ascii_case("OFX");
                take(Event::Open(tag.name, value));
            }
        }
    }
    complete
}

enum Kind {
    Open,
    Close,
    /// Declarations, comments.
    Other,
}

struct Tag<'a> {
    kind: Kind,
    name: &'a str,
    width: usize,
}

impl<'a> Tag<'a> {
    /// The tag that `text` begins with. None: the angle bracket is part of a text.
    fn read(text: &'a str) -> Option<Self> {
        if text.starts_with("<?") || text.starts_with("<!") {
            let end = if text.starts_with("<!--") { "-->" } else { ">" };
            let width = text.find(end).map_or(text.len(), |at| at + end.len());
            return (!text.starts_with(CDATA)).then_some(Self { kind: Kind::Other, name: "", width });
        }
        let (kind, inner) = match text[1..].strip_prefix('/') {
            Some(inner) => (Kind::Close, inner),
            None => (Kind::Open, &text[1..]),
        };
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '_' | ':' | '-'))?;
        let name = &inner[..length];
        let behind = inner[length..].trim_start();
        // `A <B OR C` in a memo is no tag: one has attributes (`=`) or ends.
        let end = behind.bytes().take(LONGEST_TAG).position(|byte| matches!(byte, b'>' | b'<'))?;
        let attributes = &behind[..end];
        if name.is_empty()
            || !behind[end..].starts_with('>')
            || !(attributes.is_empty() || attributes == "/" || attributes.contains('='))
        {
            return None;
        }
        let width = text.len() - behind.len() + end + 1;
        Some(Self { kind, name: name.rsplit(':').next().unwrap_or(name), width })
    }
}

/// In bytes; keeps the time linear for files that are made to be slow.
const LONGEST_TAG: usize = 1_024;

const CDATA: &str = "<![CDATA[";

/// The text up to the next tag, and how much of `rest` it takes.
fn value(rest: &str) -> (&str, usize) {
    let blank = rest.len() - rest.trim_start().len();
    if let Some(inner) = rest[blank..].strip_prefix(CDATA) {
        let end = inner.find("]]>").unwrap_or(inner.len());
        return (inner[..end].trim(), blank + CDATA.len() + end);
    }
    let mut end = 0;
    loop {
        match rest[end..].find('<') {
            None => return (rest.trim(), rest.len()),
            Some(at) if Tag::read(&rest[end + at..]).is_some() => return (rest[..end + at].trim(), end + at),
            Some(at) => end += at + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Event::{Close, Open};

    fn events(text: &str) -> (Vec<Event<'_>>, bool) {
        let mut all = Vec::new();
        let complete = each(text, |event| all.push(event));
        (all, complete)
    }

    #[test]
    fn sgml_and_xml() {
        let (all, complete) = events("junk<OFX><A>1<B>two words\n</B><C></C><D/></OFX>\n");
        assert_eq!(
            all,
            [
                Open("OFX", ""),
                Open("A", "1"),
                Open("B", "two words"),
                Close("B"),
                Open("C", ""),
                Close("C"),
                Open("D", ""),
                Close("OFX")
            ]
        );
        assert!(complete);
        assert!(!events("<OFX><A>1").1);
        assert!(!events("<OFX></OFX><OFX>").1);
    }

    #[test]
    fn brackets_in_texts_attributes_and_comments() {
        let (all, _) = events(
            "<?xml version=\"1.0\"?><!-- <X> --><o:OFX xmlns:o=\"u\"><MEMO>a < b <ref 12> c<![CDATA[d]]><N><![CDATA[ <e> ]]></N></o:OFX>",
        );
        assert_eq!(
            all,
            [
                Open("OFX", ""),
                Open("MEMO", "a < b <ref 12> c<![CDATA[d]]>"),
                Open("N", "<e>"),
                Close("N"),
                Close("OFX")
            ]
        );
    }
}
