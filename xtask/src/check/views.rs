//! Finds texts written straight into `view!`: they must come from the message catalogue (`app/src/i18n`), or a
//! language is forgotten.
//!
//! It reads Rust tokens, not lines: inside `view!` it follows tags and attributes, takes every string literal with
//! letters that a person would see as an offence, and looks into braces, where `{if done {"Yes"} else {"No"}}` is one
//! too, but an argument such as `t("key")` is not.

use super::Offence;
use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use std::str::FromStr as _;

/// Attributes that are read out or shown.
const SEEN: [&str; 8] = [
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "aria-valuetext",
    "aria-placeholder",
    "title",
    "placeholder",
    "alt",
];
/// Properties of our own components that are shown.
const SEEN_ON_COMPONENTS: [&str; 9] =
    ["label", "legend", "heading", "hint", "caption", "summary", "text", "message", "description"];
/// Elements whose text is no language.
const NO_LANGUAGE: [&str; 4] = ["style", "script", "kbd", "code"];
/// Names that are the same in every language.
const NAMES: [&str; 1] = ["WealthWise"];

const ADVICE: &str = "take it from the message catalogue (app/src/i18n)";

/// Whether the rule is for this file.
pub fn holds_views(file: &str) -> bool {
    file.strip_prefix("app/src/")
        .is_some_and(|rest| ["pages", "components", "ui", "shell"].iter().any(|part| rest.starts_with(part)))
}

/// Looks at one file.
pub fn check(file: &str, text: &str) -> Vec<Offence> {
    let Ok(tokens) = TokenStream::from_str(text) else {
        return vec![Offence::new(file, None, "is no Rust that can be read")];
    };
    let mut found = Vec::new();
    find_views(tokens, &mut found);
    found.into_iter().map(|(line, what)| Offence::new(file, line, what)).collect()
}

type Found = Vec<(usize, String)>;

/// Goes through any Rust code for `view! { … }`.
fn find_views(tokens: TokenStream, found: &mut Found) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let of_view = index >= 2
            && is_punct(&tokens[index - 1], '!')
            && matches!(&tokens[index - 2], TokenTree::Ident(name) if name == "view");
        if of_view {
            Markup::read(group.stream(), found);
        } else {
            find_views(group.stream(), found);
        }
    }
}

/// The inside of a `view!`, token by token.
struct Markup {
    tokens: Vec<TokenTree>,
    next: usize,
}

impl Markup {
    fn read(tokens: TokenStream, found: &mut Found) {
        let mut markup = Self { tokens: tokens.into_iter().collect(), next: 0 };
        let mut element = String::new();
        let mut in_words = false; // text without quotes comes word by word and counts once
        while let Some(token) = markup.tokens.get(markup.next).cloned() {
            markup.next += 1;
            let silent = NO_LANGUAGE.contains(&element.as_str()) || in_words;
            in_words = matches!(token, TokenTree::Ident(_));
            match token {
                TokenTree::Punct(sign) if sign.as_char() == '<' => {
                    element = markup.tag(found);
                }
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    find_views(group.stream(), found);
                    if !silent {
                        shown(group.stream(), "text", found);
                    }
                }
                token if !silent => text(&token, "text", found),
                _ => {}
            }
        }
    }

    /// From after `<` to its `>`: checks the attributes and answers the element's name if it stays open.
    fn tag(&mut self, found: &mut Found) -> String {
        let closing = self.take('/');
        let comment = self.take('!');
        let name = self.name();
        if self.peek('<') {
            self.skip_generics();
        }
        let component = name.chars().next().is_some_and(char::is_uppercase);
        while let Some(token) = self.tokens.get(self.next).cloned() {
            if self.take('>') {
                return if closing || comment { String::new() } else { name };
            }
            if self.take('/') {
                self.take('>');
                return String::new();
            }
            let attribute = self.name();
            if attribute.is_empty() {
                // A spread `{..attrs}`, or something odd: look into it for views, and go on.
                if let TokenTree::Group(group) = token {
                    find_views(group.stream(), found);
                }
                self.next += 1;
            } else if self.take('=') {
                self.value(&attribute, component, found);
            }
        }
        String::new()
    }

    /// An attribute's value: up to the next attribute or the end of the tag.
    fn value(&mut self, attribute: &str, component: bool, found: &mut Found) {
        let plain = attribute.rsplit(':').next().unwrap_or(attribute);
        let seen = SEEN.contains(&plain) || (component && SEEN_ON_COMPONENTS.contains(&plain));
        let mut value = Vec::new();
        let mut types = Types::default();
        while let Some(token) = self.tokens.get(self.next).cloned() {
            let ends = is_punct(&token, '>') && !self.after_arrow()
                || self.self_closes()
                || (!value.is_empty() && self.attribute_starts());
            if !types.inside(&token, value.last()) && ends {
                break;
            }
            value.push(token);
            self.next += 1;
        }
        if seen {
            shown(value.iter().cloned().collect(), attribute, found);
        }
        find_views(value.into_iter().collect(), found);
    }

    /// `name=` or `ns:name=` comes next: an attribute, and no part of the value before it.
    fn attribute_starts(&mut self) -> bool {
        let before = self.next;
        let after_value = !matches!(self.tokens.get(before.wrapping_sub(1)), Some(TokenTree::Punct(_)));
        let named = !self.name().is_empty();
        let starts = named
            && after_value
            && self.peek('=')
            && !matches!(self.tokens.get(self.next + 1), Some(t) if is_punct(t, '='));
        self.next = before;
        starts
    }

    /// The `>` at hand belongs to `->` or `=>`.
    fn after_arrow(&self) -> bool {
        self.next
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .is_some_and(|t| is_punct(t, '-') || is_punct(t, '='))
    }

    fn self_closes(&self) -> bool {
        self.peek('/') && self.tokens.get(self.next + 1).is_some_and(|t| is_punct(t, '>'))
    }

    /// A name with its dashes and colons: `aria-label`, `on:click`, `attr:title`, `ui::Field`.
    fn name(&mut self) -> String {
        let mut name = String::new();
        while let Some(token) = self.tokens.get(self.next) {
            match token {
                TokenTree::Ident(word) if name.is_empty() || name.ends_with(['-', ':']) => {
                    name.push_str(&word.to_string());
                }
                TokenTree::Punct(sign) if matches!(sign.as_char(), '-' | ':') && !name.is_empty() => {
                    name.push(sign.as_char());
                }
                _ => break,
            }
            self.next += 1;
        }
        name.rsplit("::").next().unwrap_or_default().to_owned()
    }

    fn skip_generics(&mut self) {
        let mut depth = 0;
        while let Some(token) = self.tokens.get(self.next) {
            depth += i32::from(is_punct(token, '<')) - i32::from(is_punct(token, '>') && !self.after_arrow());
            self.next += 1;
            if depth == 0 {
                return;
            }
        }
    }

    fn peek(&self, sign: char) -> bool {
        self.tokens.get(self.next).is_some_and(|token| is_punct(token, sign))
    }

    fn take(&mut self, sign: char) -> bool {
        let there = self.peek(sign);
        self.next += usize::from(there);
        there
    }
}

/// Keeps track of where in an expression types stand, whose `>` ends no tag: a closure's `|row: Vec<Row>|` and
/// `-> Vec<Row> {`, and `collect::<Vec<_>>`.
#[derive(Default)]
struct Types {
    bars: bool,
    answer: bool,
    depth: usize,
}

impl Types {
    fn inside(&mut self, token: &TokenTree, before: Option<&TokenTree>) -> bool {
        let follows = |sign| before.is_some_and(|before| is_punct(before, sign));
        let was_inside = self.bars || self.answer || self.depth > 0;
        if is_punct(token, '|') {
            self.bars = !self.bars;
        } else if is_punct(token, '>') && follows('-') {
            self.answer = true;
        } else if matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace) {
            self.answer = false;
        } else if is_punct(token, '<') && (follows(':') || self.depth > 0) {
            self.depth += 1;
        } else if is_punct(token, '>') && !follows('-') {
            self.depth = self.depth.saturating_sub(1);
        }
        was_inside
    }
}

/// Code whose value is shown: a literal that is all of it, all of a block or of a branch in it, or a `format!` text.
fn shown(code: TokenStream, place: &str, found: &mut Found) {
    let tokens: Vec<TokenTree> = code.into_iter().collect();
    let literal_is_value = |index: usize| {
        let alone = tokens.len() == 1;
        let after_arrow = index >= 2 && is_punct(&tokens[index - 1], '>') && is_punct(&tokens[index - 2], '=');
        let after_bars = index >= 1 && is_punct(&tokens[index - 1], '|') && index + 1 == tokens.len();
        alone || after_arrow || after_bars
    };
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Literal(_) if literal_is_value(index) => text(token, place, found),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                if index < 2 || !is_punct(&tokens[index - 1], '!') {
                    shown(group.stream(), place, found);
                }
            }
            TokenTree::Group(group)
                if index >= 2
                    && is_punct(&tokens[index - 1], '!')
                    && matches!(&tokens[index - 2], TokenTree::Ident(name) if name == "format") =>
            {
                if let Some(first) = group.stream().into_iter().next() {
                    text(&first, place, found);
                }
            }
            _ => {}
        }
    }
}

/// A token that stands where a person reads it.
fn text(token: &TokenTree, place: &str, found: &mut Found) {
    match token {
        TokenTree::Literal(literal) => {
            let source = literal.to_string();
            if let Some(words) = string_in(&source).filter(|words| has_words(words)) {
                found.push((line(literal.span()), format!("{place} \"{words}\" is written into the view: {ADVICE}")));
            }
        }
        TokenTree::Ident(word) if !NAMES.contains(&word.to_string().as_str()) => {
            found.push((line(word.span()), format!("{place} `{word} …` is written into the view: {ADVICE}")));
        }
        _ => {}
    }
}

/// The inside of a string literal, or nothing for numbers and the like.
fn string_in(source: &str) -> Option<String> {
    let inside = source.trim_start_matches(['r', '#']).trim_end_matches('#');
    inside.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
}

/// Letters are left when names, `{placeholders}` and HTML's `&nbsp;` are taken away.
fn has_words(text: &str) -> bool {
    let mut text = NAMES.iter().fold(text.to_owned(), |text, name| text.replace(name, ""));
    for (open, close) in [('{', '}'), ('&', ';')] {
        while let Some((from, to)) = text.find(open).and_then(|from| Some((from, from + text[from..].find(close)?))) {
            text.replace_range(from..=to, "");
        }
    }
    let text = text.replace("\\n", "").replace("\\u", "").replace("\\t", "");
    text.chars().any(char::is_alphabetic)
}

fn line(span: Span) -> usize {
    span.start().line
}

fn is_punct(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(view: &str) -> Vec<String> {
        let text = format!("//! A page.\nfn page() -> impl IntoView {{\n    view! {{ {view} }}\n}}\n");
        check("app/src/pages/a.rs", &text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn texts_in_views_are_found() {
        for view in [
            r#"<p>"Hello"</p>"#,
            r"<p>Hello you</p>",
            r#"<p>{"Hello"}</p>"#,
            r##"<p>r#"Hello"#</p>"##,
            r#"<p class="a">{move || "Hello"}</p>"#,
            r#"<p>{move || if done() { "Yes" } else { t("no") }}</p>"#,
            r#"<p>{match kind { Kind::A => "First", Kind::B => t("b") }}</p>"#,
            r#"<p>{format!("{} left", left)}</p>"#,
            r#"<input placeholder="Amount"/>"#,
            r#"<input class={if a > b { "x" } else { "y" }} on:input=move |e| -> () { set(e) } placeholder="Amount"/>"#,
            r#"<button on:click=move |_| save() aria-label="Close">"×"</button>"#,
            r#"<button aria-label={if open { "Close" } else { t("o") }}/>"#,
            r#"<img src="/a.svg" alt="A chart"/>"#,
            r#"<button attr:title="Help"/>"#,
            r#"<Field label="Name" name="name"/>"#,
            r#"<Show when=move || a() fallback=|| view! { <p>"Nothing"</p> }><b/></Show>"#,
            r#"<For each=list key=|x| x.id let:x><li title="Row">{x}</li></For>"#,
            r#"<List<Row> rows=r>"Rows"</List<Row>>"#,
            r#"<Load data=d view=|found: Vec<Row>| view! { <List found=found/> }.into_any()/>"After""#,
            r#"<ul>{rows.iter().map(|r| view! { <li>"Row"</li> }).collect_view()}</ul>"#,
            r#"<!DOCTYPE html><html lang="en"><head></head><body>"Text"</body></html>"#,
        ] {
            let found = found(view);
            assert_eq!(found.len(), 1, "{view}: {found:?}");
            assert!(found[0].starts_with("app/src/pages/a.rs:3: "), "{found:?}");
        }
    }

    #[test]
    fn what_is_no_language_passes() {
        for view in [
            r#"<p class="big red" id="x" data-kind="row">{t("hello")}</p>"#,
            r#"<p class=move || if a() { "on" } else { "off" }>{t!(i18n, hello)}</p>"#,
            r#"<p>"–" {amount} " · " "12,3 %" "&nbsp;"</p>"#,
            r#"<p>{format!("{} · {name}", total)}</p>"#,
            r#"<p>{t(match kind { Kind::A => "kind.a", Kind::B => "kind.b" })}</p>"#,
            r#"<a href="/budgets" aria-current="page">{m.budgets()}</a>"#,
            r#"<h1>"WealthWise"</h1><kbd>"Ctrl"</kbd><script>"let a = 1"</script>"#,
            r#"<Field label=m.name name="name" kind="text" on:input=move |e| log("typed")/>"#,
            r#"<input aria-label={m.close} type="text" title=t("close") value=move || v.get()/>"#,
            r#"<Route path=path!("/budgets/:id") view=Budget/>"#,
            r#"<button disabled on:click=move |_| { set("done"); }><Icon name="plus"/></button>"#,
            r"<div {..attrs}>{children()}</div>",
            r"<Load data=d view=move |found: Vec<(A, Option<B>)>| view! { <List found=found/> }.into_any()/>",
            r"<Load of=list.collect::<Vec<Vec<_>>>() by=|a| -> Vec<Row> { rows(a) } lines=3/>",
        ] {
            assert_eq!(found(view), Vec::<String>::new(), "{view}");
        }
    }

    #[test]
    fn only_views_of_pages_and_components_are_looked_at() {
        assert!(
            holds_views("app/src/pages/home.rs")
                && holds_views("app/src/ui/button.rs")
                && holds_views("app/src/shell.rs")
        );
        assert!(!holds_views("app/src/i18n/en.rs") && !holds_views("server/src/main.rs"));
        assert!(check("app/src/ui/a.rs", "//! x\nfn a() { log(\"Words\"); }\n").is_empty());
    }
}
