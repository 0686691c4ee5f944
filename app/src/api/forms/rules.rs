//! Rules: saved, tried, deleted, offered; and what has no category, filed.
use super::{done, failed, finish, typed, undoable, words};
use crate::{
    api::{Caller, Handled, Submitted, rules as told},
    forms::{Outcome, Toast, Undo},
    i18n::{I18n, fill, plural, rules::sentences},
    paths,
};
use domain::{
    category::Category,
    currency::Currency,
    expense::{Expense, Kind},
    ids::{ExpenseId, ImportId, RuleId},
    input::Value,
    merchant::clean,
    rule::{self, Actions, Conditions, Rule},
};
use service::{Error, Result, expenses, imports, ports::rules::Filed, rules};

/// What was typed into the form of a rule, made plain: amounts of the locale, and no empty fields.
pub(crate) fn typed_rule(caller: &Caller, fields: &Value) -> Value {
    let Value::Object(list) = typed::filled(fields) else { return fields.clone() };
    let plain = list.into_iter().map(|(name, value)| {
        let mut value = typed::filled(&value);
        for amount in ["minAmount", "maxAmount"] {
            // With three decimals, as conditions have.
            typed::plain_amount(&mut value, amount, caller.locale, Some(Currency::KWD));
        }
        (name, value)
    });
    // A condition or an action that has no field is none.
    Value::Object(plain.filter(|(_, value)| *value != Value::Object(Vec::new())).collect())
}

/// What came of saving: the rule, and what it has filed.
struct Saved {
    rule: Rule,
    filed: Option<Filed>,
}

pub async fn save(caller: Caller, sent: Submitted) -> Handled {
    if sent.fields.text("step") == Some("preview") {
        return preview(&caller, &sent);
    }
    let result = keep(&caller, &sent).await;
    finish(&caller, &sent, result, |saved| then_list(said(&caller, &saved)))
}

fn then_list(outcome: Outcome) -> Outcome {
    super::then(outcome, paths::RULES)
}

async fn keep(caller: &Caller, sent: &Submitted) -> Result<Saved> {
    let (services, actor) = (&caller.services, caller.actor()?);
    let fields = typed_rule(caller, &typed::without(&sent.fields, &["id", "version", "step"]));
    let key = sent.idempotency.clone();
    let Some(id) = sent.fields.text("id") else {
        let filed = rules::create(services, actor, key, &fields).await?;
        let rule = filed.rule.clone().ok_or_else(|| Error::Internal("a rule that was not made".to_owned()))?;
        return Ok(Saved { rule, filed: Some(filed).filter(|filed| filed.activity.is_some()) });
    };
    let id: RuleId = id.parse().map_err(|_| Error::NotFound)?;
    let Value::Object(mut change) = typed::without(&fields, &["apply", "overwrite", "learnedFrom"]) else {
        return Err(Error::NotFound);
    };
    change.push(("version".to_owned(), sent.fields.get("version").cloned().unwrap_or(Value::Null)));
    // What was left empty is none, not what it was.
    for (name, nothing) in [("priority", Value::Text("0".to_owned())), ("conditions", none()), ("actions", none())] {
        if !change.iter().any(|(known, _)| known == name) {
            change.push((name.to_owned(), nothing));
        }
    }
    let rule = rules::update(services, actor, key.clone(), id, &Value::Object(change)).await?;
    if fields.text("apply").is_none() {
        return Ok(Saved { rule, filed: None });
    }
    let overwrite = fields.get("overwrite").cloned().into_iter().map(|value| ("overwrite".to_owned(), value));
    let key = key.map(|key| service::Idempotency { key: format!("{}.rows", key.key), ..key });
    let filed = rules::apply(services, actor, key, id, &Value::Object(overwrite.collect())).await?;
    Ok(Saved { rule, filed: Some(filed).filter(|filed| filed.activity.is_some()) })
}

const fn none() -> Value {
    Value::Object(Vec::new())
}

fn said(caller: &Caller, saved: &Saved) -> Outcome {
    let words = sentences(caller.locale.language());
    match &saved.filed {
        Some(Filed { rows, activity: Some(activity), .. }) => {
            let text = count(caller, words.saved_and_filed, *rows);
            undoable(text, "activity-undo", &[("id", activity.to_string())])
        }
        _ => done(fill(words.saved, &[("rule", &told::told(caller, &saved.rule))])),
    }
}

fn count(caller: &Caller, forms: crate::i18n::Plural, rows: u32) -> String {
    let i18n = I18n::new(caller.locale, domain::Date::constant(2026, 1, 1));
    plural(i18n, forms, rows as usize)
}

/// The same page with what it would do: all that was typed travels in its address.
fn preview(caller: &Caller, sent: &Submitted) -> Handled {
    let fields = typed_rule(caller, &typed::without(&sent.fields, &["id", "version", "step", "apply", "overwrite"]));
    let outcome = if let Err(problems) = rule::read_new(&fields) {
        failed(caller, sent, &Error::Validation(problems))
    } else {
        let kept = typed::texts(&typed::without(&sent.fields, &["version", "step", "apply", "overwrite"]));
        let path = address(kept.into_iter().filter(|(_, value)| !value.is_empty()));
        Outcome { ok: true, redirect: Some(path), ..Outcome::default() }
    };
    Handled { outcome, ..Handled::default() }
}

/// The form of a rule with these fields.
fn address(fields: impl IntoIterator<Item = (String, String)>) -> String {
    let fields: Vec<String> =
        fields.into_iter().map(|(name, value)| format!("{name}={}", paths::encode(&value))).collect();
    format!("{}?{}", paths::NEW_RULE, fields.join("&"))
}

/// Leads to the form of a rule that was offered.
pub fn offered(caller: &Caller, sent: &Submitted) -> Handled {
    let fields = typed::texts(&typed::without(&sent.fields, &["of"]));
    let outcome = match caller.actor() {
        Ok(_) => Outcome { ok: true, redirect: Some(address(fields)), ..Outcome::default() },
        Err(error) => failed(caller, sent, &error),
    };
    Handled { outcome, ..Handled::default() }
}

pub async fn delete(caller: Caller, sent: Submitted) -> Handled {
    let result = remove(&caller, &sent).await;
    finish(&caller, &sent, result, |rule| {
        let words = sentences(caller.locale.language());
        let mut fields: Vec<(String, String)> =
            told::fields_of(&caller, &rule.conditions, &rule.actions, rule.priority).into_iter().collect();
        fields.extend(rule.learned_from.map(|id| ("learnedFrom".to_owned(), id.to_string())));
        let undo = Some(Undo { form: "rule-save".to_owned(), fields, label: None });
        let text = fill(words.deleted, &[("rule", &told::told(&caller, &rule))]);
        Outcome { ok: true, toast: Some(Toast { text, undo }), ..Outcome::default() }
    })
}

async fn remove(caller: &Caller, sent: &Submitted) -> Result<Rule> {
    let (services, actor) = (&caller.services, caller.actor()?);
    let id: RuleId = sent.fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    let rule = rules::get(services, actor, id).await?;
    rules::delete(services, actor, sent.idempotency.clone(), id).await?;
    Ok(rule)
}

/// Files a group of what has no category.
pub async fn file_group(caller: Caller, sent: Submitted) -> Handled {
    let fields = typed::filled(&typed::without(&sent.fields, &["group"]));
    let result = match caller.actor() {
        Ok(actor) => rules::file_group(&caller.services, actor, sent.idempotency.clone(), &fields).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |filed| {
        let said = sentences(caller.locale.language());
        let name = |word: &str| word.parse::<Category>().ok().map(|category| words(&caller).categories.name(category));
        let category = fields.text("category").and_then(name).unwrap_or_default();
        let text = fill(&count(&caller, said.filed, filed.rows), &[("category", category)]);
        match filed.activity {
            Some(activity) => undoable(text, "activity-undo", &[("id", activity.to_string())]),
            None => done(said.filed_none),
        }
    })
}

/// Files the rows of a merchant in the preview of a bank file.
pub async fn file_import(caller: Caller, sent: Submitted) -> Handled {
    let result = correct(&caller, &sent).await;
    finish(&caller, &sent, result, |()| Outcome { ok: true, ..Outcome::default() })
}

async fn correct(caller: &Caller, sent: &Submitted) -> Result<()> {
    let id: ImportId = sent.fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    let fields = typed::without(&sent.fields, &["id"]);
    imports::file(&caller.services, caller.actor()?, sent.idempotency.clone(), id, &fields).await.map(drop)
}

/// What a note about an edited expense offers: a rule for the next ones.
pub async fn offer_rule(caller: &Caller, before: &Expense, after: &Expense, outcome: Outcome) -> Outcome {
    let Ok(actor) = caller.actor() else { return outcome };
    // What can't be found out now is not offered.
    let Ok(Some(found)) = rules::suggest(&caller.services, actor, before, after).await else { return outcome };
    let (Some(name), Some(category)) = (found.rule.conditions.merchant_equals.clone(), found.rule.actions.category)
    else {
        return outcome;
    };
    let fields = suggested(caller, &found.rule.conditions, &found.rule.actions, after.id);
    let said = sentences(caller.locale.language());
    let category = words(caller).categories.name(category);
    let label = fill(said.offer, &[("name", &name), ("category", category)]);
    offering(outcome, Undo { form: "rule-offer".to_owned(), fields, label: Some(label) })
}

fn suggested(caller: &Caller, conditions: &Conditions, actions: &Actions, from: ExpenseId) -> Vec<(String, String)> {
    // An edit of the category is asked about; names and tags stay with the one row.
    let only = Actions { category: actions.category, subcategory: actions.subcategory.clone(), ..Actions::default() };
    let mut fields: Vec<(String, String)> = told::fields_of(caller, conditions, &only, 0).into_iter().collect();
    fields.push(("learnedFrom".to_owned(), from.to_string()));
    fields
}

/// What a note about a new expense without a category offers: the one that is proposed.
pub async fn offer_category(caller: &Caller, row: &Expense, outcome: Outcome) -> Outcome {
    let files = matches!(row.kind, Kind::Expense | Kind::Refund);
    if row.category.is_some() || !row.splits.is_empty() || !files {
        return outcome;
    }
    let Ok(actor) = caller.actor() else { return outcome };
    let Ok(Some(found)) = rules::proposal(&caller.services, actor, row.id).await else { return outcome };
    // One click should be right more often than not; what is less sure waits on the page of what has no category.
    if found.confidence < 50 {
        return outcome;
    }
    let said = sentences(caller.locale.language());
    let label = fill(said.offer_this, &[("category", words(caller).categories.name(found.category))]);
    let fields = [
        ("id", row.id.to_string()),
        ("version", row.version.to_string()),
        ("category", found.category.as_str().to_owned()),
        ("subcategory", found.subcategory.unwrap_or_default()),
    ];
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
    let fields = fields.map(|(name, value)| (name.to_owned(), value)).collect();
    offering(outcome, Undo { form: "expense-file".to_owned(), fields, label: Some(label) })
}

/// A note offers one thing: what it offers already stays.
fn offering(mut outcome: Outcome, offer: Undo) -> Outcome {
    if let Some(toast) = &mut outcome.toast
        && toast.undo.is_none()
    {
        toast.undo = Some(offer);
    }
    outcome
}

/// Files one expense where it was proposed.
pub async fn file_one(caller: Caller, sent: Submitted) -> Handled {
    let result = match (caller.actor(), sent.fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)) {
        (Ok(actor), Ok(id)) => {
            let fields = typed::without(&sent.fields, &["id"]);
            expenses::update(&caller.services, actor, sent.idempotency.clone(), id, &fields).await
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    finish(&caller, &sent, result, |row| {
        let name = row.merchant.as_deref().map(|printed| clean(printed).name).or(row.description).unwrap_or_default();
        done(fill(words(&caller).outcome.expense_saved, &[("name", &name)]))
    })
}
