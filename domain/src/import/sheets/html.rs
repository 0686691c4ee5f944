//! Web pages with a table: banks write them and call them `.xls`, which Excel opens. Tags are looked for and nothing
//! more: such pages are rarely well-formed.
use super::page::{Cell, Workbook};
use crate::import::entities::unescape;

/// The widest cell that counts for more than one column.
const MAX_SPAN: usize = 64;

/// Reads each table as a page.
pub(super) fn read(text: &str) -> Workbook {
    let mut reader = Reader::default();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        reader.text.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = end_of_tag(rest) else { break };
        let (name, attributes) = parts(&rest[1..end]);
        rest = &rest[(end + 1).min(rest.len())..];
        reader.tag(&name, attributes);
        if matches!(name.as_str(), "script" | "style") {
            // What stands in there is no text.
            rest = rest.find("</").map_or("", |close| &rest[close..]);
        }
    }
    if !rest.starts_with('<') {
        reader.text.push_str(rest);
    }
    reader.end_cell();
    reader.workbook
}

/// Where the tag or comment at the start of `text` ends.
fn end_of_tag(text: &str) -> Option<usize> {
    if text.starts_with("<!--") { text.find("-->").map(|at| at + 2) } else { text.find('>') }
}

/// Name in small letters (`/td` for a closing tag), and the attributes.
fn parts(tag: &str) -> (String, &str) {
    let end = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    (tag[..end].trim_end_matches(|c| c == '/' && end > 1).to_ascii_lowercase(), &tag[end..])
}

#[derive(Default)]
struct Reader {
    workbook: Workbook,
    /// The page of each open table, its row and its column.
    open: Vec<(usize, usize, usize)>,
    in_cell: bool,
    span: usize,
    text: String,
}

impl Reader {
    fn tag(&mut self, name: &str, attributes: &str) {
        match name {
            "table" => {
                self.end_cell();
                self.workbook.page("", false);
                if self.open.len() < 32 {
                    self.open.push((self.workbook.pages.len().saturating_sub(1), 0, 0));
                }
            }
            "/table" => {
                self.end_cell();
                self.open.pop();
            }
            "tr" => {
                self.end_cell();
                if self.open.is_empty() {
                    self.workbook.page("", false);
                    self.open.push((self.workbook.pages.len().saturating_sub(1), 0, 0));
                }
                if let Some((_, row, column)) = self.open.last_mut() {
                    *row += 1;
                    *column = 0;
                }
            }
            "td" | "th" => {
                self.end_cell();
                self.in_cell = true;
                self.span = colspan(attributes);
                self.text.clear();
            }
            "/td" | "/th" | "/tr" => self.end_cell(),
            "br" | "p" | "div" | "/p" | "/div" | "li" => self.text.push(' '),
            _ => {}
        }
    }

    fn end_cell(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !std::mem::take(&mut self.in_cell) {
            return;
        }
        let Some((page, row, column)) = self.open.last_mut() else { return };
        let text = unescape(&text).split_whitespace().collect::<Vec<_>>().join(" ");
        let (page, row, at) = (*page, row.saturating_sub(1), *column);
        *column += self.span;
        self.workbook.put_on(page, row, at, Cell::Text(text));
    }
}

fn colspan(attributes: &str) -> usize {
    let lower = attributes.to_ascii_lowercase();
    let value = lower.find("colspan").map(|at| lower[at + 7..].trim_start_matches([' ', '=', '"', '\'']));
    let digits = value.map(|value| value.chars().take_while(char::is_ascii_digit).collect::<String>());
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(1).clamp(1, MAX_SPAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(text: &str) -> Vec<Vec<Vec<String>>> {
        let text_of = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            _ => String::new(),
        };
        let record = |cells: &Vec<Cell>| cells.iter().map(text_of).collect();
        read(text).pages.iter().map(|page| page.records.iter().map(record).collect()).collect()
    }

    #[test]
    fn tables() {
        let text = "<html><style>td{}</style><TABLE><TR><TH colspan=\"2\">a<TH>b</TR><tr><td>1<br>2&nbsp;&amp;</td><!-- <td> --><td/><td>3</td></table><table><tr><td>x";
        assert_eq!(pages(text), [vec![vec!["a", "", "b"], vec!["1 2 &", "", "3"]], vec![vec!["x"]]]);
        assert_eq!(
            pages("<table><tr><td>a<table><tr><td>in</table></td><td>b</table>"),
            [vec![vec!["a", "b"]], vec![vec!["in"]]]
        );
    }
}
