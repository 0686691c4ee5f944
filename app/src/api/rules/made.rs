//! Rules in words, and the fields of the form that makes one.
use super::{LikelyTransfer, ReviewGroup, ReviewPage, RuleForm, RuleItem, RuleList, RulePreview, RuleRow};
use crate::{
    api::{Caller, forms::typed_rule, queries::read_id},
    i18n::{
        I18n, Messages, fill, messages, plural,
        rules::{Sentences, sentences},
    },
};
use domain::{
    account::Account,
    category::Category,
    expense::Expense,
    ids::RuleId,
    input::Value,
    money::format_minor,
    rule::{Actions, Conditions, Direction, Rule},
};
use service::{
    Error, Result,
    ports::rules::FiledBy,
    rules::{self, Group},
};
use std::collections::BTreeMap;

/// What words are made with.
struct Words {
    messages: &'static Messages,
    sentences: &'static Sentences,
    i18n: I18n,
}

impl Words {
    fn of(caller: &Caller) -> Self {
        let language = caller.locale.language();
        let zone = caller.actor.as_ref().map_or("UTC", |actor| actor.user.preferences.timezone.as_str());
        let today = caller.services.zones.date_in(caller.now, zone);
        let i18n = I18n::new(caller.locale, today);
        Self { messages: messages(language), sentences: sentences(language), i18n }
    }
}

/// What a row must be, in words: `REWE, from 10.00`.
fn conditions(caller: &Caller, conditions: &Conditions, accounts: &[Account]) -> String {
    let words = Words::of(caller);
    let said = words.sentences;
    let with = |pattern: &str, text: &Option<String>| text.as_ref().map(|text| fill(pattern, &[("text", text)]));
    let amount = |pattern: &str, thousandths: Option<i64>| {
        let decimals = |value: i64| if value % 1_000 == 0 { (value / 1_000, 0) } else { (value / 10, 2) };
        let number = thousandths.map(|value| if value % 10 == 0 { decimals(value) } else { (value, 3) })?;
        let text = words.i18n.locale.format_number(number.0, number.1);
        let text = conditions.currency.map_or(text.clone(), |currency| format!("{text} {}", currency.code()));
        Some(fill(pattern, &[("amount", &text)]))
    };
    let alone = conditions.currency.filter(|_| conditions.min_amount.is_none() && conditions.max_amount.is_none());
    let account = conditions.account_id.map(|id| {
        let known = accounts.iter().find(|account| account.id == id).map(|account| account.name.clone());
        fill(said.on_account, &[("text", &known.unwrap_or_else(|| words.messages.timeline.another.to_owned()))])
    });
    let parts = [
        with(said.is, &conditions.merchant_equals),
        with(said.begins, &conditions.merchant_starts),
        with(said.contains, &conditions.merchant_contains),
        with(said.described, &conditions.description_contains),
        amount(said.from, conditions.min_amount),
        amount(said.up_to, conditions.max_amount),
        alone.map(|currency| currency.code().to_owned()),
        conditions.direction.map(|direction| match direction {
            Direction::In => said.money_in.to_owned(),
            Direction::Out => said.money_out.to_owned(),
        }),
        account,
        conditions.import_id.map(|_| said.of_file.to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A rule in a few words: `REWE → Food`.
pub(crate) fn told(caller: &Caller, rule: &Rule) -> String {
    let words = Words::of(caller);
    let when = conditions(caller, &rule.conditions, &[]);
    let mut then: Vec<String> = Vec::new();
    then.extend(rule.actions.category.map(|category| words.messages.categories.name(category).to_owned()));
    then.extend(Some(others(&words, &rule.actions)).filter(|others| !others.is_empty()));
    format!("{when} → {}", then.join(", "))
}

/// What is done besides the category.
fn others(words: &Words, actions: &Actions) -> String {
    let said = words.sentences;
    let mut parts: Vec<String> = Vec::new();
    parts.extend(actions.subcategory.as_ref().map(|text| fill(said.under, &[("text", text)])));
    if !actions.tags.is_empty() {
        parts.push(fill(said.tagged, &[("text", &actions.tags.join(", "))]));
    }
    parts.extend(actions.rename.as_ref().map(|text| fill(said.called, &[("text", text)])));
    parts.join(", ")
}

pub(super) async fn list(caller: &Caller) -> Result<RuleList> {
    let actor = caller.actor()?;
    let (words, accounts) = (Words::of(caller), caller.services.store.accounts(actor.user.id).await?);
    let item = |rule: Rule| RuleItem {
        id: rule.id,
        when: conditions(caller, &rule.conditions, &accounts),
        category: rule.actions.category,
        then: others(&words, &rule.actions),
        hits: plural(words.i18n, words.sentences.hits, usize::try_from(rule.hits).unwrap_or(0)),
    };
    let rules = rules::list(&caller.services, actor).await?.into_iter().map(item).collect();
    Ok(RuleList { rules })
}

/// The fields of a rule as the form has them.
pub(crate) fn fields_of(
    caller: &Caller,
    conditions: &Conditions,
    actions: &Actions,
    priority: i32,
) -> BTreeMap<String, String> {
    let amount = |thousandths: i64| {
        let number = format_minor(thousandths, 3);
        let plain = number.trim_end_matches('0').trim_end_matches('.').to_owned();
        plain.replace('.', &caller.locale.decimal_mark().to_string())
    };
    let direction = conditions.direction.map(|direction| Direction::WORDS[direction as usize].to_owned());
    let text = |text: &Option<String>| text.clone();
    let fields = [
        ("conditions.merchantEquals", text(&conditions.merchant_equals)),
        ("conditions.merchantStarts", text(&conditions.merchant_starts)),
        ("conditions.merchantContains", text(&conditions.merchant_contains)),
        ("conditions.descriptionContains", text(&conditions.description_contains)),
        ("conditions.minAmount", conditions.min_amount.map(amount)),
        ("conditions.maxAmount", conditions.max_amount.map(amount)),
        ("conditions.currency", conditions.currency.map(|currency| currency.code().to_owned())),
        ("conditions.direction", direction),
        ("conditions.accountId", conditions.account_id.map(|id| id.to_string())),
        ("conditions.importId", conditions.import_id.map(|id| id.to_string())),
        ("actions.category", actions.category.map(|category| category.as_str().to_owned())),
        ("actions.subcategory", text(&actions.subcategory)),
        ("actions.tags", Some(actions.tags.join(", ")).filter(|tags| !tags.is_empty())),
        ("actions.rename", text(&actions.rename)),
        ("priority", Some(priority).filter(|priority| *priority != 0).map(|priority| priority.to_string())),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

/// The form for the page's own query string: a rule that is there (`id`), with what stands in the address instead.
pub(super) async fn form(caller: &Caller, query: &str) -> Result<RuleForm> {
    let (services, actor) = (&caller.services, caller.actor()?);
    let mut typed: BTreeMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let existing = match typed.remove("id") {
        Some(id) => Some(rules::get(services, actor, read_id::<RuleId>(&id)?).await?),
        None => None,
    };
    let mut values = match &existing {
        Some(rule) if typed.is_empty() => fields_of(caller, &rule.conditions, &rule.actions, rule.priority),
        _ => typed.clone(),
    };
    values.retain(|_, value| !value.trim().is_empty());
    let value = typed_rule(caller, &Value::from_form(values.clone()));
    let instead_of = existing.as_ref().map(|rule| rule.id);
    let preview = match rules::preview(services, actor, &value, instead_of).await {
        Ok(found) => Some(RulePreview {
            matched: found.matched,
            changes: found.changes,
            kept: found.kept,
            rows: found.sample.iter().map(|(before, after)| row(caller, before, after)).collect(),
        }),
        // Not complete yet, or somebody typed an address: the form says so when it is sent.
        Err(Error::Validation(_)) => None,
        Err(error) => return Err(error),
    };
    let accounts = services.store.accounts(actor.user.id).await?;
    let accounts = accounts.into_iter().map(|account| (account.id, account.name)).collect();
    Ok(RuleForm { existing: existing.map(|rule| (rule.id, rule.version)), values, accounts, preview })
}

fn row(caller: &Caller, before: &Expense, after: &Expense) -> RuleRow {
    let words = Words::of(caller);
    let told = |row: &Expense, other: &Expense| {
        let mut parts = vec![words.messages.categories.name_or_none(row.category).to_owned()];
        parts.extend(row.subcategory.clone());
        parts.extend(row.merchant.clone().filter(|_| row.merchant != other.merchant));
        parts.extend(Some(row.tags.join(", ")).filter(|tags| row.tags != other.tags && !tags.is_empty()));
        parts.join(", ")
    };
    RuleRow {
        date: before.date,
        name: before.merchant.clone().or_else(|| before.description.clone()).unwrap_or_default(),
        amount: before.signed_minor(),
        currency: before.amount.currency(),
        before: told(before, after),
        after: told(after, before),
    }
}

/// Why something is filed, or may be filed, somewhere.
pub(crate) fn reason(caller: &Caller, by: FiledBy, confidence: u8) -> String {
    let said = sentences(caller.locale.language());
    let percent = caller.locale.format_percent(i64::from(confidence) * 100, 0);
    let text = match by {
        FiledBy::User => said.by_user,
        FiledBy::Import => said.by_import,
        FiledBy::History => said.by_history,
        FiledBy::Rule => said.by_rule,
        FiledBy::Classifier => said.by_classifier,
    };
    fill(text, &[("percent", &percent)])
}

pub(super) async fn review(caller: &Caller) -> Result<ReviewPage> {
    let found = rules::review(&caller.services, caller.actor()?).await?;
    let more = u32::try_from(found.of.saturating_sub(found.groups.len())).unwrap_or(u32::MAX);
    let transfers = transfers(caller).await?;
    Ok(ReviewPage {
        rows: found.rows,
        more,
        transfers,
        groups: found.groups.into_iter().map(|found| group(caller, found)).collect(),
    })
}

/// What may be transfers, in words.
async fn transfers(caller: &Caller) -> Result<Vec<LikelyTransfer>> {
    let actor = caller.actor()?;
    let found = service::transfers::proposals(&caller.services, actor).await?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let accounts = service::accounts::list(&caller.services, actor).await?;
    let words = &messages(caller.locale.language()).expenses;
    let name = |row: &Expense| {
        let account = accounts.iter().find(|account| Some(account.id) == row.account_id);
        account.map(|account| account.name.clone()).unwrap_or_default()
    };
    let row = |row: &Expense| {
        let what = row.merchant.as_deref().or(row.description.as_deref()).unwrap_or_default();
        (crate::paths::expense(row.id), format!("{} · {} · {what}", caller.locale.format_date(row.date), name(row)))
    };
    let likely = |transfer: &service::transfers::Transfer| {
        let (from, to) = (&transfer.from, &transfer.to);
        let way = fill(words.way, &[("from", &name(from)), ("to", &name(to))]);
        LikelyTransfer {
            from: from.id.to_string(),
            to: to.id.to_string(),
            title: format!("{}, {way}", caller.locale.format_money(from.amount)),
            rows: vec![row(from), row(to)],
        }
    };
    Ok(found.iter().map(likely).collect())
}

fn group(caller: &Caller, found: Group) -> ReviewGroup {
    let locale = caller.locale;
    let (first, last) = found.days;
    let days = if first == last {
        locale.format_date(first)
    } else {
        format!("{} – {}", locale.format_date(first), locale.format_date(last))
    };
    let sums: Vec<String> = found.sums.iter().map(|sum| locale.format_money(*sum)).collect();
    let proposal = found.proposal.map(|proposal| -> (Category, String) {
        (proposal.category, reason(caller, proposal.by, proposal.confidence))
    });
    ReviewGroup {
        name: found.name,
        is_merchant: found.is_merchant,
        rows: found.rows,
        sum: sums.join(" + "),
        days,
        proposal,
    }
}
