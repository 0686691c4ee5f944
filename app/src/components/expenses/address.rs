//! The address of the expense table: filters, order, page, and which sheet is open. All of it can be linked, reloaded
//! and gone back to.
use crate::paths;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Parameters that open a sheet above the table, or say where one was in it; the rows are the same with and without.
const SHEETS: [&str; 6] = [ADD, EDIT, KEYS, LINE, ANSWERS, ROW];
/// Opens the sheet for a new expense.
pub const ADD: &str = "add";
/// With [`ADD`]: the line that the form begins with.
pub const LINE: &str = "line";
/// With [`LINE`]: how what it leaves open was answered.
pub const ANSWERS: &str = "answers";
/// Opens the sheet of an expense: its id.
pub const EDIT: &str = "edit";
/// Opens the list of shortcuts.
pub const KEYS: &str = "keys";
/// The order of the rows.
pub const SORT: &str = "sort";
/// The page of the table.
pub const PAGE: &str = "page";

/// The row of the page at which one was, from 1.
pub const ROW: &str = "row";

/// The parameters of the table's address, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    pairs: Vec<(String, String)>,
}

impl Address {
    /// Reads a query string without its `?`. Empty parameters (a plain form sends those, too) are left out.
    pub fn read(search: &str) -> Self {
        let mut address = Self::default();
        for pair in search.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name), decode(value));
            if !name.is_empty() && !value.trim().is_empty() && address.get(&name).is_none() {
                address.pairs.push((name, value));
            }
        }
        address
    }

    /// A parameter's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same with one parameter set.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut address = self.without(&[name]);
        address.pairs.push((name.to_owned(), value.to_owned()));
        address
    }

    /// The same without some parameters.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Self {
        let pairs = self.pairs.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect();
        Self { pairs }
    }

    /// The table alone, all sheets closed.
    #[must_use]
    pub fn closed(&self) -> Self {
        self.without(&SHEETS)
    }

    /// The query of the list: filters and order.
    pub fn list(&self) -> String {
        self.closed().without(&[PAGE]).query()
    }

    /// The filters, without order, page and sheets.
    pub fn filters(&self) -> impl Iterator<Item = (&str, &str)> {
        let others = [SORT, PAGE];
        self.pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(move |(name, _)| !others.contains(name) && !SHEETS.contains(name))
    }

    /// The query string, without `?`.
    pub fn query(&self) -> String {
        let pairs: Vec<String> = self
            .pairs
            .iter()
            .map(|(name, value)| format!("{}={}", paths::encode(name), paths::encode(value)))
            .collect();
        pairs.join("&")
    }

    /// The whole address.
    pub fn href(&self) -> String {
        match self.query() {
            query if query.is_empty() => paths::EXPENSES.to_owned(),
            query => format!("{}?{query}", paths::EXPENSES),
        }
    }
}

/// The address of the table that is seen. Stays as it was while another page is on its way.
pub fn use_address() -> Memo<Address> {
    let location = use_location();
    Memo::new(move |before: Option<&Address>| {
        let search = location.search.get();
        let here = location.pathname.get().trim_end_matches('/') == paths::EXPENSES;
        match before {
            Some(before) if !here => before.clone(),
            _ => Address::read(&search),
        }
    })
}

/// Decodes a part of a query: `+` is a blank, `%C3%BC` an ü.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |offset: usize| bytes.get(at + offset).and_then(|byte| char::from(*byte).to_digit(16));
        match (bytes[at], hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                at += 3;
                continue;
            }
            (b'+', ..) => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_forms_and_links_read_alike() {
        for search in [
            "q=caf%C3%A9+noir&category=&sort=-amount",
            "?q=café noir&sort=-amount",
            "q=caf%c3%a9%20noir&sort=-amount&q=b",
        ] {
            let address = Address::read(search);
            assert_eq!(address.get("q"), Some("café noir"), "{search}");
            assert_eq!(address.get("category"), None);
            assert_eq!(address.query(), "q=caf%C3%A9%20noir&sort=-amount");
        }
        assert_eq!(Address::read("q=50%&x=%zz").query(), "q=50%25&x=%25zz");
    }

    #[test]
    fn sheets_are_no_filters() {
        let address = Address::read("category=food&page=2&edit=0123&sort=date");
        assert_eq!(address.filters().collect::<Vec<_>>(), [("category", "food")]);
        assert_eq!(address.closed().href(), "/expenses?category=food&page=2&sort=date");
        assert_eq!(address.without(&["category", "page", "edit", "sort"]).href(), "/expenses");
        assert_eq!(address.closed().with("page", "3").query(), "category=food&sort=date&page=3");
        let place = Address::read("category=food&page=2&row=7&sort=date");
        assert_eq!(place.filters().collect::<Vec<_>>(), [("category", "food")]);
        assert_eq!(place.list(), "category=food&sort=date");
    }
}
