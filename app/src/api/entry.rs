//! A typed line as pages show it: what was understood, in words, and what a form begins with.
#![allow(missing_docs, reason = "the macro makes a struct of each query's arguments; they are documented at the query")]
use super::codec::Json;
use crate::error::ApiError;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was understood so far, while somebody types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePreview {
    /// Name of a field, and what it would say.
    pub parts: Vec<(String, String)>,
    /// What can be read in several ways, worded.
    pub questions: Vec<String>,
    /// What is missing, worded; none: nothing.
    pub missing: Option<String>,
}

/// What the form of a new expense begins with, from a typed line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineStart {
    /// The line.
    pub text: String,
    /// The fields of the form, by their names.
    pub fields: BTreeMap<String, String>,
    /// What has to be chosen.
    pub questions: Vec<LineQuestion>,
}

/// A part of a line that can be read in several ways.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineQuestion {
    /// Worded.
    pub text: String,
    /// Each way in words, and the answers (`answers` of [`line_start`]) with which it is chosen.
    pub ways: Vec<(String, String)>,
}

/// What a line would become, for who types it. It comes in a body, never in an address.
#[server(name = PreviewLine, prefix = "/_fn/q", endpoint = "line-preview", input = Json, output = Json)]
pub async fn line_preview(text: String) -> Result<LinePreview, ApiError> {
    let caller = super::queries::caller();
    super::queries::answer(&caller, async {
        let parsed = service::entry::parse(&caller.services, caller.actor()?, &text).await?;
        Ok(wording::preview(&caller, &parsed))
    })
    .await
}

/// What the form begins with after a line; `answers`: to what had to be asked.
#[server(name = StartLine, prefix = "/_fn/q", endpoint = "line-start", input = GetUrl, output = Json)]
pub async fn line_start(text: String, answers: Option<String>) -> Result<LineStart, ApiError> {
    let caller = super::queries::caller();
    super::queries::answer(&caller, async {
        let parsed = service::entry::parse(&caller.services, caller.actor()?, &text).await?;
        Ok(wording::start(&caller, parsed, answers.as_deref().unwrap_or_default()))
    })
    .await
}

#[cfg(feature = "ssr")]
mod wording {
    //! The words for it, on the server: a browser need not load them.
    use super::{LinePreview, LineQuestion, LineStart};
    use crate::{
        api::Caller,
        i18n::{Messages, entry, fill, messages},
    };
    use domain::{
        entry::{Alternatives, Ambiguity, Draft},
        expense::Kind,
    };
    use service::entry::Parsed;

    pub(super) fn preview(caller: &Caller, parsed: &Parsed) -> LinePreview {
        let words = messages(caller.locale.language());
        let ask = entry::words(caller.locale.language());
        let questions = parsed.ambiguous.iter().map(|asked| question(caller, parsed, asked)).collect();
        let missing = match &parsed.draft {
            Draft { amount: None, .. } => Some(ask.no_amount),
            Draft { merchant: None, description: None, .. } => Some(ask.no_merchant),
            _ => None,
        };
        LinePreview { parts: parts(caller, words, parsed), questions, missing: missing.map(str::to_owned) }
    }

    fn parts(caller: &Caller, messages: &Messages, parsed: &Parsed) -> Vec<(String, String)> {
        let words = &messages.expenses;
        let locale = caller.locale;
        let Draft { amount, kind, date, merchant, description, tags, category, payment_method, .. } = &parsed.draft;
        let today = caller.actor().map_or(*date, |actor| caller.services.today(actor));
        let category = category.map(|category| {
            let name = messages.categories.name(category);
            parsed.subcategory.as_ref().map_or_else(|| name.to_owned(), |part| format!("{name}: {part}"))
        });
        let tags: Vec<String> = tags.iter().map(|tag| format!("#{tag}")).collect();
        let parts = [
            (words.amount, amount.map(|amount| locale.format_money(amount))),
            (words.kind, (*kind != Kind::Expense).then(|| words.kind(*kind).to_owned())),
            (words.merchant, merchant.clone()),
            (words.description, description.clone()),
            (words.date, Some(locale.format_date_relative(*date, today))),
            (messages.categories.category, category),
            (words.tags, Some(tags.join(" ")).filter(|tags| !tags.is_empty())),
            (words.payment, payment_method.map(|method| words.payment(method).to_owned())),
        ];
        parts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?))).collect()
    }

    fn question(caller: &Caller, parsed: &Parsed, asked: &Ambiguity) -> String {
        let words = entry::words(caller.locale.language());
        let text = parsed.text.get(asked.start..asked.end).unwrap_or_default().trim();
        fill(words.reason(asked.reason), &[("text", text)])
    }

    fn ways(caller: &Caller, asked: &Ambiguity) -> Vec<String> {
        let words = messages(caller.locale.language());
        let locale = caller.locale;
        match &asked.alternatives {
            Alternatives::Amounts(ways) => ways.iter().map(|way| locale.format_money(*way)).collect(),
            Alternatives::Currencies(ways) => ways.iter().map(|way| way.code().to_owned()).collect(),
            Alternatives::Dates(ways) => ways.iter().map(|way| locale.format_date(way.0)).collect(),
            Alternatives::Kinds(ways) => ways.iter().map(|way| words.expenses.kind(*way).to_owned()).collect(),
            Alternatives::Categories(ways) => ways.iter().map(|way| words.categories.name(*way).to_owned()).collect(),
        }
    }

    /// `0.1-2.0`: the first question has its second way, the third its first.
    fn read_answers(text: &str) -> Vec<(usize, usize)> {
        let answer = |pair: &str| {
            let (question, way) = pair.split_once('.')?;
            Some((question.parse().ok()?, way.parse().ok()?))
        };
        text.split('-').filter_map(answer).collect()
    }

    pub(super) fn start(caller: &Caller, mut parsed: Parsed, answers: &str) -> LineStart {
        let given = read_answers(answers);
        let open =
            parsed.ambiguous.iter().enumerate().filter(|(place, _)| given.iter().all(|(known, _)| known != place));
        let questions = open
            .map(|(place, asked)| {
                let before = if answers.is_empty() { String::new() } else { format!("{answers}-") };
                let ways = ways(caller, asked).into_iter().enumerate();
                let ways = ways.map(|(way, text)| (text, format!("{before}{place}.{way}"))).collect();
                LineQuestion { text: question(caller, &parsed, asked), ways }
            })
            .collect();
        parsed.answer(&given);
        LineStart { fields: fields(caller, &parsed), questions, text: parsed.text }
    }

    fn fields(caller: &Caller, parsed: &Parsed) -> std::collections::BTreeMap<String, String> {
        let Draft { amount, currency, kind, date, merchant, description, tags, category, payment_method } =
            &parsed.draft;
        let mark = caller.locale.decimal_mark().to_string();
        let fields = [
            ("amount", amount.map(|amount| amount.to_decimal().replace('.', &mark))),
            ("currency", Some(currency.code().to_owned())),
            ("kind", Some(kind.as_str().to_owned())),
            ("date", Some(date.to_string())),
            ("merchant", merchant.clone()),
            ("description", description.clone()),
            ("tags", Some(tags.join(", "))),
            ("category", category.map(|category| category.to_string())),
            ("subcategory", parsed.subcategory.clone()),
            ("paymentMethod", payment_method.map(|method| method.as_str().to_owned())),
        ];
        fields.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?))).collect()
    }
}
