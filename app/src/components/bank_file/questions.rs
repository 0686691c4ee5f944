//! What a file doesn't tell by itself, as a form.
use crate::{
    api::views::{ImportHead, ImportQuestion},
    i18n::{fill, import::Import, plural, t, use_i18n},
    ui::{Card, Choice, Form, Radios, Select, Submit},
};
use domain::{currency::Currency, locale::Language};
use leptos::prelude::*;

/// Up to so many answers are seen at once; more are a list to choose from.
const SEEN_AT_ONCE: usize = 4;

/// All questions about a file; an answer reads it anew.
#[component]
pub(super) fn Questions(head: ImportHead, questions: Vec<ImportQuestion>) -> impl IntoView {
    let words = &t().import;
    let count = questions.len();
    view! {
        <Card title=plural(use_i18n(), words.questions_title, count) class="questions">
            <p class="muted">{words.questions_help}</p>
            <Form name="import-answer" about=("id", head.id.to_string()) class="stack">
                {questions.into_iter().map(|question| view! { <Question question=question /> }).collect_view()}
                <div class="actions">
                    <Submit>{words.answer}</Submit>
                </div>
            </Form>
        </Card>
    }
}

#[component]
fn Question(question: ImportQuestion) -> impl IntoView {
    let words = &t().import;
    let language = use_i18n().locale.language();
    let ImportQuestion { field, samples, choices, guess } = question;
    let asked = asked(words, &field);
    let choices: Vec<Choice> = choices
        .into_iter()
        .map(|(value, text)| {
            let text = answer(words, language, &field, &value, text);
            Choice::new(value, text)
        })
        .collect();
    let samples = (!samples.is_empty()).then(|| format!("{} {}", words.samples, samples.join(" · ")));
    let optional = field == "payeeColumn";
    if choices.len() <= SEEN_AT_ONCE && !optional {
        return view! { <Radios name=field label=asked choices=choices value=guess help=samples /> }.into_any();
    }
    let value = guess.unwrap_or_default();
    match (optional, samples) {
        (true, _) => {
            view! { <Select name=field label=asked choices=choices value=value empty=words.no_column /> }.into_any()
        }
        (false, Some(help)) => {
            view! { <Select name=field label=asked choices=choices value=value help=help /> }.into_any()
        }
        (false, None) => view! { <Select name=field label=asked choices=choices value=value /> }.into_any(),
    }
}

/// The question that a field of the answer stands for.
fn asked(words: &Import, field: &str) -> String {
    match field {
        "dateOrder" => words.ask_date_order,
        "decimalMark" => words.ask_decimal_mark,
        "currency" => words.ask_currency,
        "flipSign" => words.ask_flip_sign,
        "dateColumn" => words.ask_date_column,
        "amountColumn" => words.ask_amount_column,
        "debitColumn" => words.ask_debit_column,
        "creditColumn" => words.ask_credit_column,
        "payeeColumn" => words.ask_payee_column,
        other => return fill(other, &[]),
    }
    .to_owned()
}

/// An answer in words; columns come with theirs.
fn answer(words: &Import, language: Language, field: &str, value: &str, text: String) -> String {
    let known = match (field, value) {
        ("dateOrder", "dmy") => words.order_dmy,
        ("dateOrder", "mdy") => words.order_mdy,
        ("dateOrder", "ymd") => words.order_ymd,
        ("decimalMark", "point") => words.mark_point,
        ("decimalMark", "comma") => words.mark_comma,
        ("flipSign", "false") => words.sign_as_written,
        ("flipSign", "true") => words.sign_flipped,
        ("currency", code) => {
            let Ok(currency) = code.parse::<Currency>() else { return text };
            let name = match language {
                Language::En => currency.name(),
                Language::De => currency.name_de(),
            };
            return format!("{code} · {name}");
        }
        _ => return if text.is_empty() { value.to_owned() } else { text },
    };
    known.to_owned()
}
