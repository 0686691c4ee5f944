//! Entities of SGML and XML; some banks escape them twice (`&amp;lt;`).
use std::borrow::Cow;

/// The text with its entities replaced, twice if need be.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    match once(text) {
        None => Cow::Borrowed(text),
        Some(first) => match once(&first) {
            None => Cow::Owned(first),
            Some(second) => Cow::Owned(second),
        },
    }
}

/// None where there is nothing to replace.
fn once(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut changed = false;
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let end = from.char_indices().take(12).find(|(_, c)| *c == ';').map(|(end, _)| end);
        let found = end.and_then(|end| Some((meaning(&from[1..end])?, end + 1)));
        changed |= found.is_some();
        let (put, width) = found.unwrap_or(('&', 1));
        out.push(put);
        rest = &from[width..];
    }
    changed.then(|| out + rest)
}

/// What an entity stands for, by what is between `&` and `;`.
pub(super) fn meaning(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name.to_ascii_lowercase().as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_and_twice() {
        for (text, plain) in [
            ("B.C. HYDRO &amp; POWER", "B.C. HYDRO & POWER"),
            ("TPAY &amp;lt;DEFTPYMT&amp;gt;", "TPAY <DEFTPYMT>"),
            ("A & B &amp; C", "A & B & C"),
            ("A & B; C", "A & B; C"),
            ("&#233;&#xe9;&nbsp;x", "éé x"),
            ("&unknown; &", "&unknown; &"),
            ("&& &lt;", "&& <"),
            ("plain", "plain"),
        ] {
            assert_eq!(unescape(text), plain, "{text}");
        }
    }
}
