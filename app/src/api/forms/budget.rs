//! Budgets: make, change, delete, take back.
use super::{budgets as whole, done, finish, then, typed, words};
use crate::{
    api::{Caller, Handled, Submitted},
    forms::Outcome,
    i18n::fill,
    paths,
};
use domain::{
    budget::{Budget, Plan, Subcategory},
    category::Category,
    currency::Currency,
    ids::BudgetId,
    input::Value,
    money::format_minor,
};
use service::{Error, Result, budgets, versions};

/// What can be chosen where two edits met.
const MERGED: [&str; 6] = ["name", "monthlyIncome", "allocations", "type", "monthStartDay", "isActive"];

pub async fn create(caller: Caller, sent: Submitted) -> Handled {
    let mut input = typed::filled(&sent.fields);
    let currency = typed::currency(&input);
    typed::plain_amount(&mut input, "monthlyIncome", caller.locale, currency);
    typed::plain_percentages(&mut input, caller.locale);
    let result = match caller.actor() {
        Ok(actor) => budgets::create(&caller.services, actor, sent.idempotency.clone(), &input).await,
        Err(error) => Err(error),
    };
    finish(&caller, &sent, result, |budget| {
        let text = fill(words(&caller).outcome.budget_created, &[("name", &budget.plan.name)]);
        then(done(text), paths::budget(budget.id))
    })
}

pub async fn update(caller: Caller, sent: Submitted) -> Handled {
    let result = change(&caller, &sent).await;
    finish(&caller, &sent, result, |budget| {
        let text = fill(words(&caller).outcome.budget_saved, &[("name", &budget.plan.name)]);
        then(done(text), paths::budget(budget.id))
    })
}

async fn change(caller: &Caller, sent: &Submitted) -> Result<Budget> {
    let actor = caller.actor()?;
    let id = id(&sent.fields)?;
    let (budget, _) = budgets::get(&caller.services, actor, id).await?;
    let mut input = typed::filled(&merged(&sent.fields));
    typed::plain_amount(&mut input, "monthlyIncome", caller.locale, Some(budget.plan.currency));
    typed::plain_percentages(&mut input, caller.locale);
    typed::plain_parts(&mut input, caller.locale, budget.plan.currency);
    let base = sent.fields.get("merge").and_then(|merge| merge.text("from")).and_then(|from| from.parse().ok());
    if let Some(base) = base {
        match versions::get(&caller.services, actor, id, base).await {
            Ok(entry) => leave_untouched(&mut input, &entry.made.version.plan),
            Err(Error::NotFound) => {}
            Err(other) => return Err(other),
        }
    }
    budgets::update(&caller.services, actor, sent.idempotency.clone(), id, &input).await
}

/// The fields as they count: what somebody else has saved is kept by leaving out what was typed over it.
fn merged(fields: &Value) -> Value {
    let theirs: Vec<&str> = match fields.get("merge") {
        Some(Value::Object(chosen)) => {
            let taken = chosen.iter().filter(|(_, choice)| *choice == Value::Text("theirs".to_owned()));
            taken.map(|(field, _)| field.as_str()).filter(|field| MERGED.contains(field)).collect()
        }
        _ => Vec::new(),
    };
    typed::without(fields, &[&["id", "merge"], &theirs[..]].concat())
}

/// Where two edits met: what stands as it did in the version that this one was made from is nobody's wish, and what somebody
/// else has made of it stays.
fn leave_untouched(input: &mut Value, base: &Plan) {
    let Value::Object(fields) = input else { return };
    for (name, value) in fields {
        let Value::Object(of) = value else { continue };
        match name.as_str() {
            "rollover" => of.retain(|(category, word)| {
                let before = |category: Category| Value::Text(base.rollover[category].as_str().to_owned());
                category.parse().map_or(true, |category| *word != before(category))
            }),
            "allocations" => {
                for (category, share) in of {
                    let (Ok(category), Value::Object(share)) = (category.parse::<Category>(), share) else { continue };
                    let parts = &base.subcategories[category];
                    share.retain(|(name, lines)| name != "subcategories" || !is_as(lines, parts, base.currency));
                }
            }
            _ => {}
        }
    }
}

fn is_as(lines: &Value, parts: &[Subcategory], currency: Currency) -> bool {
    let Value::List(lines) = lines else { return false };
    let lines: Vec<&Value> = lines.iter().filter(|line| **line != Value::Null).collect();
    let same = |(line, part): (&&Value, &Subcategory)| {
        line.text("name").map(str::trim) == Some(&part.name)
            && line.get("amount") == Some(&Value::Number(format_minor(part.amount, currency.exponent())))
    };
    lines.len() == parts.len() && lines.iter().zip(parts).all(same)
}

pub async fn delete(caller: Caller, sent: Submitted) -> Handled {
    let result = match (caller.actor(), id(&sent.fields)) {
        (Ok(actor), Ok(id)) => budgets::delete(&caller.services, actor, sent.idempotency.clone(), id).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    finish(&caller, &sent, result, |budget| whole::thrown_away(&caller, &budget))
}

pub async fn restore(caller: Caller, sent: Submitted) -> Handled {
    let result = take_back(&caller, &sent).await;
    finish(&caller, &sent, result, |budget| {
        let text = fill(words(&caller).outcome.restored, &[("name", &budget.plan.name)]);
        let outcome = then(done(text), paths::budget(budget.id));
        Outcome { reload: sent.fields.get("default").is_some(), ..outcome }
    })
}

async fn take_back(caller: &Caller, sent: &Submitted) -> Result<Budget> {
    let key = sent.idempotency.clone();
    let budget = budgets::restore(&caller.services, caller.actor()?, key, id(&sent.fields)?).await?;
    if sent.fields.get("default").is_some() {
        whole::set_default(caller, &budget, None).await?;
    }
    Ok(budget)
}

pub(super) fn id(fields: &Value) -> Result<BudgetId> {
    fields.text("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_over_theirs_is_left_out() {
        let form = |pairs: &[(&str, &str)]| {
            Value::from_form(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
        };
        let sent = form(&[
            ("id", "1"),
            ("version", "3"),
            ("merge.from", "2"),
            ("merge.name", "theirs"),
            ("merge.monthlyIncome", "mine"),
            ("merge.version", "theirs"),
            ("name", "Mine"),
            ("monthlyIncome", "5"),
        ]);
        assert_eq!(merged(&sent), form(&[("version", "3"), ("monthlyIncome", "5")]));
        assert_eq!(merged(&form(&[("id", "1"), ("name", "Mine")])), form(&[("name", "Mine")]));
        assert_eq!(merged(&form(&[("merge", "theirs"), ("name", "Mine")])), form(&[("name", "Mine")]));
    }
}
