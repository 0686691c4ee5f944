//! The input of an open cell, and what is wrong with what stands in it. It is made outside of the view: a row that is drawn
//! anew takes it out of the page, and it is put back with all that was typed.
use crate::i18n::{Messages, messages};
use domain::{category::Category, expense::Expense, locale::Locale};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// Where what is wrong with the open cell stands.
const SAID: &str = "cell-said";

/// The open cell's element.
pub(super) struct Editor {
    whole: HtmlElement,
    field: HtmlElement,
    said: HtmlElement,
}

/// What a field is called.
fn label(words: &Messages, field: &str) -> &'static str {
    match field {
        "date" => words.expenses.date,
        "merchant" => words.expenses.merchant,
        "description" => words.expenses.description,
        "category" => words.categories.category,
        _ => words.expenses.amount,
    }
}

/// An amount as one would type it, and all else as the form has it.
pub(super) fn text_of(row: &Expense, field: &str, locale: Locale) -> String {
    match field {
        "date" => row.date.to_string(),
        "merchant" => row.merchant.clone().unwrap_or_default(),
        "description" => row.description.clone().unwrap_or_default(),
        "category" => row.category.map(|category| category.to_string()).unwrap_or_default(),
        _ => row.amount.to_decimal().replace('.', &locale.decimal_mark().to_string()),
    }
}

fn make(tag: &str) -> Option<HtmlElement> {
    document().create_element(tag).ok()?.dyn_into().ok()
}

fn set(element: &Element, attributes: &[(&str, &str)]) {
    for (name, value) in attributes {
        let _ = element.set_attribute(name, value);
    }
}

fn choices(words: &Messages) -> Option<HtmlElement> {
    let select = make("select")?;
    let known = Category::ALL.into_iter().map(|category| (category.as_str(), words.categories.name(category)));
    for (value, text) in [("", words.categories.uncategorised)].into_iter().chain(known) {
        let option = make("option")?;
        set(&option, &[("value", value)]);
        option.set_text_content(Some(text));
        select.append_child(&option).ok()?;
    }
    Some(select)
}

impl Editor {
    /// For a field of a row called `name`.
    pub(super) fn new(field: &str, text: &str, name: &str, locale: Locale) -> Option<Self> {
        let words = messages(locale.language());
        let (whole, said) = (make("span")?, make("span")?);
        whole.set_class_name("cell");
        set(&said, &[("id", SAID), ("class", "cell-said"), ("role", "alert")]);
        let kind = if field == "date" { "date" } else { "text" };
        let input = if field == "category" { choices(words)? } else { make("input")? };
        let label = format!("{}: {name}", label(words, field));
        set(&input, &[("aria-label", &label), ("autocomplete", "off"), ("class", "cell-field")]);
        match input.dyn_ref::<HtmlSelectElement>() {
            Some(select) => select.set_value(text),
            None => set(&input, &[("type", kind), ("value", text)]),
        }
        if field == "amount" {
            set(&input, &[("inputmode", "decimal"), ("class", "cell-field figure")]);
        }
        whole.append_child(&input).ok()?;
        whole.append_child(&said).ok()?;
        Some(Self { whole, field: input, said })
    }

    /// What stands in it.
    pub(super) fn text(&self) -> String {
        let input = self.field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value);
        input.or_else(|| self.field.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value)).unwrap_or_default()
    }

    /// Says what is wrong with it; nothing where that is empty.
    pub(super) fn say(&self, text: &str) {
        self.said.set_text_content(Some(text));
        if text.is_empty() {
            let _ = self.field.remove_attribute("aria-invalid");
            let _ = self.field.remove_attribute("aria-describedby");
        } else {
            set(&self.field, &[("aria-invalid", "true"), ("aria-describedby", SAID)]);
        }
    }

    /// What is in it is on its way, and stays to be seen until the answer.
    pub(super) fn wait(&self, waits: bool) {
        set(&self.field, &[("aria-busy", if waits { "true" } else { "false" })]);
    }

    /// Puts it into a cell, with the focus and what is selected as they were.
    pub(super) fn put_into(&self, cell: &Element) {
        if cell.contains(Some(&self.whole)) {
            return;
        }
        let input = self.field.dyn_ref::<HtmlInputElement>();
        let selected = input.and_then(|input| Some((input.selection_start().ok()??, input.selection_end().ok()??)));
        if cell.append_child(&self.whole).is_ok() {
            let _ = self.field.focus();
            if let (Some(input), Some((from, to))) = (input, selected) {
                let _ = input.set_selection_range(from, to);
            }
        }
    }

    /// Selects all that stands in it.
    pub(super) fn select(&self) {
        if let Some(input) = self.field.dyn_ref::<HtmlInputElement>() {
            input.select();
        }
    }

    /// Whether it stands in the page, and something else has the focus.
    pub(super) fn was_left(&self) -> bool {
        let focus = document().active_element();
        self.whole.is_connected() && !focus.is_some_and(|focus| self.whole.contains(Some(&focus)))
    }

    /// Takes it out of the page.
    pub(super) fn remove(&self) {
        self.whole.remove();
    }
}
