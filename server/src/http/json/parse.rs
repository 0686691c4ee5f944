//! JSON (RFC 8259) into [`Value`], one pass. Our own because two things matter here that serde hides: the text of a
//! number (an amount is never a float), and fields that are there twice.
//!
//! `NaN` and `Infinity`, which some languages print, are read as number texts: the field then says that it is no number,
//! which helps more than "broken JSON".
use domain::input::Value;

/// Deeper nesting than any body of ours has.
pub const DEPTH_MAX: usize = 32;

/// Why a text is no JSON, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// What was expected there.
    pub what: &'static str,
    /// In which line, counted from 1.
    pub line: usize,
    /// At which byte of the line, counted from 1.
    pub column: usize,
}

/// Reads one JSON text with nothing but blanks around it.
pub fn parse(text: &str) -> Result<Value, Broken> {
    let mut parser = Parser { text, at: 0 };
    parser.blanks();
    let value = parser.value(0)?;
    parser.blanks();
    if parser.at == text.len() { Ok(value) } else { Err(parser.broken("nothing more after the value")) }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn broken(&self, what: &'static str) -> Broken {
        let before = &self.text.as_bytes()[..self.at.min(self.text.len())];
        let start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let line = before.split(|&b| b == b'\n').count();
        Broken { what, line, column: before.len() - start + 1 }
    }

    fn value(&mut self, depth: usize) -> Result<Value, Broken> {
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9' | b'N' | b'I') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.broken("a value")),
        }
    }

    fn word(&mut self, word: &'static str, value: Value) -> Result<Value, Broken> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.broken("a value"))
        }
    }

    fn deeper(&mut self, depth: usize) -> Result<usize, Broken> {
        if depth >= DEPTH_MAX {
            return Err(self.broken("less nesting"));
        }
        self.at += 1;
        self.blanks();
        Ok(depth + 1)
    }

    /// Goes past a comma (true) or the closing bracket (false).
    fn more(&mut self, close: u8) -> Result<bool, Broken> {
        self.blanks();
        let more = match self.peek() {
            Some(b',') => true,
            Some(b) if b == close => false,
            _ => return Err(self.broken("a comma or a closing bracket")),
        };
        self.at += 1;
        self.blanks();
        Ok(more)
    }

    fn object(&mut self, depth: usize) -> Result<Value, Broken> {
        let depth = self.deeper(depth)?;
        let mut fields = Vec::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(fields));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err(self.broken("a field's name in quotes"));
            }
            let name = self.string()?;
            self.blanks();
            if self.peek() != Some(b':') {
                return Err(self.broken("a colon"));
            }
            self.at += 1;
            self.blanks();
            fields.push((name, self.value(depth)?));
            if !self.more(b'}')? {
                return Ok(Value::Object(fields));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Broken> {
        let depth = self.deeper(depth)?;
        let mut entries = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(entries));
        }
        loop {
            entries.push(self.value(depth)?);
            if !self.more(b']')? {
                return Ok(Value::List(entries));
            }
        }
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - start
    }

    fn number(&mut self) -> Result<Value, Broken> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let unusual = ["NaN", "Infinity"].into_iter().find(|word| self.text[self.at..].starts_with(word));
        if let Some(word) = unusual {
            self.at += word.len();
            return Ok(Value::Number(self.text[start..self.at].to_owned()));
        }
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits();
        if whole == 0 || (leading_zero && whole > 1) {
            return Err(self.broken("a number"));
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return Err(self.broken("digits after the point"));
            }
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return Err(self.broken("digits of the exponent"));
            }
        }
        Ok(Value::Number(self.text[start..self.at].to_owned()))
    }

    fn string(&mut self) -> Result<String, Broken> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let end = rest.bytes().position(|b| b == b'"' || b == b'\\' || b < 0x20);
            let Some(end) = end else {
                self.at = self.text.len();
                return Err(self.broken("a closing quote"));
            };
            out.push_str(&rest[..end]);
            self.at += end;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(self.broken("an escape instead of a control character")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Broken> {
        let letter = self.text.as_bytes().get(self.at + 1).copied();
        let plain = match letter {
            Some(b @ (b'"' | b'\\' | b'/')) => char::from(b),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(self.broken("an escape")),
        };
        self.at += 2;
        Ok(plain)
    }

    /// `\u00e9`, or a pair of surrogates for what lies beyond 16 bits. Half a pair is no character.
    fn unicode(&mut self) -> Result<char, Broken> {
        let first = self.four_digits()?;
        if !(0xd800..0xe000).contains(&first) {
            return char::from_u32(first).ok_or_else(|| self.broken("a character"));
        }
        let second = if self.text[self.at..].starts_with("\\u") { self.four_digits()? } else { 0 };
        if first >= 0xdc00 || !(0xdc00..0xe000).contains(&second) {
            return Err(self.broken("both halves of a surrogate pair"));
        }
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        char::from_u32(code).ok_or_else(|| self.broken("a character"))
    }

    fn four_digits(&mut self) -> Result<u32, Broken> {
        let digits = self.text.as_bytes().get(self.at + 2..self.at + 6).unwrap_or_default();
        let code = digits.iter().try_fold(0, |code, digit| Some(code * 16 + char::from(*digit).to_digit(16)?));
        match code {
            Some(code) if digits.len() == 4 => {
                self.at += 6;
                Ok(code)
            }
            _ => Err(self.broken("four hexadecimal digits")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Value {
        Value::Number(text.to_owned())
    }

    #[test]
    fn numbers_keep_their_text() {
        for text in
            ["0", "-0", "12.34", "12.340000", "1e400", "1E+5", "-1.5e-3", "99999999999999999999999", "NaN", "-Infinity"]
        {
            assert_eq!(parse(text), Ok(number(text)), "{text}");
        }
        for text in ["01", "+1", ".5", "1.", "1e", "--1", "0x10", "1_000", "Nan", "inf"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn fields_keep_their_order_and_twins() {
        let parsed = parse(" { \"a\" : 1 , \"a\" : [ true , null ] } ").unwrap();
        let expected =
            vec![("a".to_owned(), number("1")), ("a".to_owned(), Value::List(vec![Value::Bool(true), Value::Null]))];
        assert_eq!(parsed, Value::Object(expected));
        assert_eq!(parse("{}"), Ok(Value::Object(vec![])));
        assert_eq!(parse("[]"), Ok(Value::List(vec![])));
    }

    #[test]
    fn texts_and_escapes() {
        for (json, text) in [
            (r#""ü€😀""#, "ü€😀"),
            (r#""\u00fc\ud83d\ude00""#, "ü😀"),
            (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r#""""#, ""),
        ] {
            assert_eq!(parse(json), Ok(Value::Text(text.to_owned())), "{json}");
        }
        for json in
            [r#""\ud83d""#, r#""\ude00""#, r#""\ud83dx""#, r#""\x""#, r#""\u12""#, r#""\u00é0""#, "\"a\nb\"", "\"open"]
        {
            assert!(parse(json).is_err(), "{json}");
        }
    }

    #[test]
    fn what_is_broken_says_where() {
        assert_eq!(parse("{\n  \"a\": }"), Err(Broken { what: "a value", line: 2, column: 8 }));
        for text in ["", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "[1 2]", "{} {}", "tru", "\u{feff}{}", "{\"a\"}", "]"]
        {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nested(DEPTH_MAX)).is_ok());
        for depth in [DEPTH_MAX + 1, 10_000, 1_000_000] {
            assert_eq!(parse(&nested(depth)).map_err(|broken| broken.what), Err("less nesting"));
        }
        assert!(parse(&"{\"a\":".repeat(10_000)).is_err());
    }

    /// The same tree by the library that everybody uses.
    fn reference(value: &serde_json::Value) -> Value {
        match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(*value),
            serde_json::Value::Number(value) => Value::Number(value.to_string()),
            serde_json::Value::String(text) => Value::Text(text.clone()),
            serde_json::Value::Array(entries) => Value::List(entries.iter().map(reference).collect()),
            serde_json::Value::Object(fields) => {
                Value::Object(fields.iter().map(|(name, value)| (name.clone(), reference(value))).collect())
            }
        }
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json_on_valid_texts(
            fields in proptest::collection::btree_map(".{0,8}", (any::<i64>(), any::<String>(), any::<bool>()), 0..6),
        ) {
            let value: serde_json::Map<_, _> =
                fields.into_iter().map(|(name, (n, text, flag))| (name, serde_json::json!([n, text, flag, null, { "x": n }]))).collect();
            let value = serde_json::Value::Object(value);
            for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                prop_assert_eq!(parse(&text), Ok(reference(&value)));
            }
        }

        #[test]
        fn agrees_with_serde_json_on_what_is_no_json(text in "[\\[\\]{}:,\"\\\\ 0-9eE.+tfn-]{0,12}") {
            prop_assert_eq!(parse(&text).is_ok(), serde_json::from_str::<Box<serde_json::value::RawValue>>(&text).is_ok(), "{}", text);
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = parse(&text);
        }
    }
}
