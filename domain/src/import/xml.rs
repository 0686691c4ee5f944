//! XML read piece by piece. Elements are known by their local names, so that no namespace matters; entities of a file's
//! own are never expanded; depth and length of what is kept are bounded. What is not closed properly is forgiven.
use super::entities;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

/// The longest path of open elements, in bytes: nothing that is read here is nested so deep.
const MAX_PATH: usize = 2_048;
/// The most of an element's text that is kept, in bytes.
const MAX_TEXT: usize = 65_536;

/// What is told about elements as they go by.
pub(super) trait Sink {
    /// An element opens; `path` ends with its name: `/Document/Stmt/Ntry`.
    fn open(&mut self, path: &str, element: &Element<'_>);
    /// An element closes; `text` is what stood in it since the last tag.
    fn close(&mut self, path: &str, text: &str);
    /// Text in front of an element that stands inside of the same one.
    fn between(&mut self, _path: &str, _text: &str) {}
}

/// An opening tag.
pub(super) struct Element<'a>(&'a BytesStart<'a>);

impl Element<'_> {
    /// The value of the attribute with that local name.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut all = self.0.attributes();
        all.with_checks(false);
        let found = all.flatten().find(|attribute| attribute.key.local_name().as_ref() == name.as_bytes())?;
        let value = std::str::from_utf8(&found.value).ok()?;
        Some(entities::unescape(value).into_owned())
    }
}

/// The text does not end as it should: it is cut short, or no XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken;

/// Reads all of it.
pub(super) fn walk(text: &str, sink: &mut impl Sink) -> Result<(), Broken> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut walk = Walk { path: String::new(), text: String::new(), sink };
    loop {
        match reader.read_event().map_err(|_| Broken)? {
            Event::Start(tag) => walk.open(&tag)?,
            Event::Empty(tag) => {
                walk.open(&tag)?;
                walk.close();
            }
            Event::End(tag) => walk.end(std::str::from_utf8(tag.local_name().as_ref()).unwrap_or_default()),
            Event::Text(text) => walk.text(&text.decode().map_err(|_| Broken)?),
            Event::CData(text) => walk.text(&text.decode().map_err(|_| Broken)?),
            Event::GeneralRef(name) => {
                let name = name.decode().map_err(|_| Broken)?;
                let meaning = entities::meaning(&name).map(String::from);
                walk.text(&meaning.unwrap_or_else(|| format!("&{name};")));
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    if walk.path.is_empty() { Ok(()) } else { Err(Broken) }
}

struct Walk<'s, S> {
    path: String,
    text: String,
    sink: &'s mut S,
}

impl<S: Sink> Walk<'_, S> {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Broken> {
        let name = tag.local_name();
        if !self.text.is_empty() {
            self.sink.between(&self.path, &self.text);
        }
        self.path.push('/');
        self.path.push_str(std::str::from_utf8(name.as_ref()).map_err(|_| Broken)?);
        if self.path.len() > MAX_PATH {
            return Err(Broken);
        }
        self.text.clear();
        self.sink.open(&self.path, &Element(tag));
        Ok(())
    }

    /// A closing tag that fits an element further out closes all within it; one that fits none is ignored.
    fn end(&mut self, name: &str) {
        let open = self.path.rsplit('/').position(|open| open == name);
        for _ in 0..open.map_or(0, |inner| inner + 1) {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(at) = self.path.rfind('/') {
            self.sink.close(&self.path, &self.text);
            self.path.truncate(at);
        }
        self.text.clear();
    }

    fn text(&mut self, more: &str) {
        if self.text.len() + more.len() <= MAX_TEXT {
            self.text.push_str(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Log(Vec<String>);

    impl Sink for Log {
        fn open(&mut self, path: &str, element: &Element<'_>) {
            if let Some(value) = element.attribute("a") {
                self.0.push(format!("{path} a={value}"));
            }
        }

        fn close(&mut self, path: &str, text: &str) {
            self.0.push(format!("{path} {}", text.trim()));
        }
    }

    fn log(text: &str) -> (Vec<String>, Result<(), Broken>) {
        let mut log = Log::default();
        let result = walk(text, &mut log);
        (log.0, result)
    }

    #[test]
    fn names_texts_attributes() {
        let (log, result) = log(
            "<?xml version=\"1.0\"?><n:a xmlns:n=\"x\"><n:b n:a='1 &amp; 2'>x &lt; &#233;<![CDATA[<y>]]></n:b><c/></n:a>",
        );
        assert_eq!(log, ["/a/b a=1 & 2", "/a/b x < é<y>", "/a/c ", "/a "]);
        assert_eq!(result, Ok(()));
    }

    #[test]
    fn careless_and_hostile() {
        assert_eq!(log("<a><b>1</a>").0, ["/a/b 1", "/a "]);
        assert_eq!(log("<a></x>1 & 2</a>").0, ["/a 1 & 2"]);
        assert_eq!(log("<a><b>").1, Err(Broken));
        assert_eq!(log(&"<a>".repeat(100_000)).1, Err(Broken));
        let bomb = "<!DOCTYPE a [<!ENTITY l \"ha\"><!ENTITY m \"&l;&l;&l;\">]><a>&m;</a>";
        assert_eq!(log(bomb).0, ["/a &m;"]);
    }
}
