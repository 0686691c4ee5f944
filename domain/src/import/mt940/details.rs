//! What `:86:` says, in the dialects that banks write it in: fields behind `?20` (Germany, Austria, Poland), words
//! between slashes (`/NAME/…/REMI/…`, the Netherlands), or plain text.

/// Who it was, and what is said about it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Details {
    pub(super) payee: String,
    pub(super) memo: String,
}

/// How many letters a field of purpose or name holds.
const FULL: usize = 27;

/// Takes the lines of `:86:` apart.
pub(super) fn read(lines: &[&str]) -> Details {
    let joined = joined(lines);
    if let Some(details) = coded(&joined) {
        return details;
    }
    if joined.starts_with('/')
        && let Some(details) = slashed(&joined)
    {
        return details;
    }
    plain(lines)
}

/// Lines are cut wherever they are full, also inside of a field's code.
fn joined(lines: &[&str]) -> String {
    let mut out = String::new();
    for line in lines {
        let trimmed = line.trim_end();
        // A blank behind a mark is the line's filling; others may be between two words.
        out.push_str(if trimmed.ends_with(|c: char| !c.is_alphanumeric()) { trimmed } else { line });
    }
    out
}

/// Three digits, a mark of the bank's choice, and fields of two digits behind that mark.
fn coded(text: &str) -> Option<Details> {
    let text = text.trim();
    let mark = text.chars().nth(3).filter(|c| !c.is_alphanumeric() && !c.is_whitespace() && *c != '/')?;
    let is_code = text.chars().take(3).all(|c| c.is_ascii_digit());
    let is_field = |part: &&str| part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_digit());
    if !is_code || !text.split(mark).nth(1).is_some_and(|part| is_field(&part)) {
        return None;
    }
    let (mut kind, mut purpose, mut name) = (String::new(), Vec::new(), Vec::new());
    for part in text.split(mark).skip(1) {
        if !is_field(&part) {
            // The mark stood in the text.
            if let Some(last) = purpose.last_mut() {
                *last = format!("{last}{mark}{part}");
            }
            continue;
        }
        let (code, value) = part.split_at(2);
        match code {
            "00" => kind.push_str(value),
            _ if code.starts_with(['2', '6']) => purpose.push(value.to_owned()),
            "32" | "33" => name.push(value.to_owned()),
            _ => {}
        }
    }
    let memo = without_tags(&purpose);
    let name = put_together(&name).trim().to_owned();
    let payee = if name.is_empty() { kind.clone() } else { name };
    Some(Details { payee, memo: if memo.is_empty() { kind } else { memo } })
}

/// A field that is full goes on in the next one, in the middle of a word; one that is not full ends there.
fn put_together(fields: &[String]) -> String {
    let mut out = String::new();
    for field in fields {
        out.push_str(field);
        if field.chars().count() < FULL {
            out.push(' ');
        }
    }
    out
}

/// SEPA puts tags in front of what it carries: what was written for people stands behind `SVWZ+`.
fn without_tags(purpose: &[String]) -> String {
    const TAGS: [&str; 12] =
        ["EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "SVWZ+", "ABWA+", "ABWE+", "COAM+", "OAMT+", "IBAN+", "BIC+"];
    let text = put_together(purpose);
    let Some((_, behind)) = text.split_once("SVWZ+") else { return text.trim().to_owned() };
    let end = TAGS.iter().filter_map(|tag| behind.find(tag)).min().unwrap_or(behind.len());
    behind[..end].trim().to_owned()
}

/// `/TRTP/…/IBAN/…/NAME/…/REMI/…`: names in capitals between slashes, each with its value behind.
fn slashed(text: &str) -> Option<Details> {
    let is_name = |part: &str| (3..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_uppercase());
    let parts: Vec<&str> = text.split('/').collect();
    let value = |wanted: &[&str]| {
        let at = parts.iter().position(|part| wanted.contains(part))?;
        let known = [
            "NAME", "REMI", "IBAN", "BIC", "EREF", "TRTP", "ISDT", "CSID", "MARF", "BENM", "ORDP", "SVCL", "PREF",
            "RTRN", "ULTB", "ULTD", "ADDR", "PURP", "EXCH", "TRCD", "ID",
        ];
        let rest = parts[at + 1..].iter().skip_while(|part| ["", "USTD", "STRD"].contains(part));
        let words: Vec<&str> =
            rest.take_while(|part| !(part.is_empty() || is_name(part) && known.contains(part))).copied().collect();
        Some(words.join("/")).filter(|value| !value.trim().is_empty())
    };
    // Account, bank and name of the other party in one.
    let counterparty = || {
        parts.iter().position(|part| *part == "CNTP").and_then(|at| parts.get(at + 3).map(|name| (*name).to_owned()))
    };
    let payee = value(&["NAME"]).or_else(|| counterparty().filter(|name| !name.trim().is_empty()));
    let memo = value(&["REMI"]);
    if payee.is_none() && memo.is_none() {
        return None;
    }
    let kind = value(&["TRTP"]);
    let memo = memo.or_else(|| kind.clone()).unwrap_or_default();
    Some(Details { payee: payee.or(kind).unwrap_or_default(), memo })
}

/// Plain lines: the first one is the best name there is. French banks put a code of their own in front of it.
fn plain(lines: &[&str]) -> Details {
    let mut lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    if let Some(first) = lines.first_mut()
        && let Some((code, rest)) = first.split_once('?')
        && code.len() == 3
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        *first = rest;
    }
    Details { payee: lines.first().copied().unwrap_or_default().to_owned(), memo: lines.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], payee: &str, memo: &str) {
        assert_eq!(read(lines), Details { payee: payee.to_owned(), memo: memo.to_owned() });
    }

    #[test]
    fn dialects() {
        check(
            &[
                "166?00GUTSCHRIFT?100399?20EREF+E1?21SVWZ+The rent for M",
                "ay and J?22une 2020?30PBNKDEFF?31DE42?32Ri",
                "chter?33Renate?34914",
            ],
            "Richter Renate",
            "The rent for May and June 2020",
        );
        check(&["805?00ENTGELTABSCHLUSS?106666?20Pauschalen"], "ENTGELTABSCHLUSS", "Pauschalen");
        check(&[" 020~00Wyplata~20ZAPLATA ZA~21FAKTURE ~32HUTA SZKLA"], "HUTA SZKLA", "ZAPLATA ZA FAKTURE");
        check(&["/TRTP/SEPA OVERBOEKING/IBAN/FR14/BIC/X/NAME/Acme/REMI/Salaire 5/6"], "Acme", "Salaire 5/6");
        check(&["/BENM//NAME/JOHN DOE/REMI//USTD//Reference 2013/ISDT/2013-01-02"], "JOHN DOE", "Reference 2013");
        check(&["/EREF/E1//CNTP/NL98ING/INGBNL2A/Mevr. Jansen///REMI/USTD//Factuur 1/"], "Mevr. Jansen", "Factuur 1");
        check(&["A44?Librairie Gibert", "Virement en ligne"], "Librairie Gibert", "Librairie Gibert Virement en ligne");
        check(&["BEA   NR:X  24.08.19 SHOP,PAS1"], "BEA   NR:X  24.08.19 SHOP,PAS1", "BEA   NR:X  24.08.19 SHOP,PAS1");
        check(&[], "", "");
    }
}
