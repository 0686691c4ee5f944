//! What was typed, made plain: fields taken out, amounts of a locale turned into decimals.
use domain::{arithmetic, currency::Currency, input::Value, locale::Locale, money::AmountError, split};
use std::collections::BTreeMap;

/// Fields that are never sent back to the page.
const SECRET: [&str; 6] = ["password", "currentPassword", "newPassword", "totp", "code", "token"];

/// The fields without the named ones.
pub fn without(fields: &Value, names: &[&str]) -> Value {
    match fields {
        Value::Object(fields) => {
            Value::Object(fields.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect())
        }
        other => other.clone(),
    }
}

/// The fields without those that were left empty: what a form of new things means by an empty field.
pub fn filled(fields: &Value) -> Value {
    match fields {
        Value::Object(fields) => {
            Value::Object(fields.iter().filter(|(_, value)| *value != Value::Null).cloned().collect())
        }
        other => other.clone(),
    }
}

/// Turns the named field from an amount of the locale (`1.234,50 €`), or what it is calculated from (`16,99*1,1`), into a plain decimal of the currency. What can't
/// be read stays as it is, for the use-case to refuse.
pub fn plain_amount(fields: &mut Value, name: &str, locale: Locale, currency: Option<Currency>) {
    let Value::Object(list) = fields else { return };
    for (_, value) in list.iter_mut().filter(|(key, _)| key == name) {
        if let Value::Text(text) = value {
            *value = plain(text, locale, currency.unwrap_or(Currency::USD));
        }
    }
}

fn plain(text: &str, locale: Locale, currency: Currency) -> Value {
    match arithmetic::amount(text, locale, currency) {
        Ok(amount) => Value::Number(arithmetic::to_decimal(amount, currency)),
        // Said in the way in which the use-case says it: with too many decimals.
        Err(AmountError::TooManyDecimals) => Value::Number(format!("0.{}1", "0".repeat(currency.exponent().into()))),
        Err(AmountError::OutOfRange) => Value::Number("9".repeat(30)),
        Err(AmountError::NotANumber) => Value::Text(text.to_owned()),
    }
}

/// Makes lists of the subcategories, which a form sends by their numbers (`allocations.food.subcategories.0.name`), with
/// plain amounts. Lines that were left empty keep their place, so that what is wrong is said of the right one.
pub fn plain_parts(fields: &mut Value, locale: Locale, currency: Currency) {
    let Value::Object(list) = fields else { return };
    let Some((_, Value::Object(categories))) = list.iter_mut().find(|(key, _)| key == "allocations") else { return };
    for (_, category) in categories {
        let Value::Object(inner) = category else { continue };
        for (_, value) in inner.iter_mut().filter(|(key, _)| key == "subcategories") {
            let Value::Object(lines) = value else { continue };
            let mut lines = std::mem::take(lines);
            lines.sort_by_key(|(number, _)| number.parse().unwrap_or(usize::MAX));
            let lines = lines.into_iter().map(|(_, mut line)| {
                plain_amount(&mut line, "amount", locale, Some(currency));
                match filled(&line) {
                    Value::Object(fields) if fields.is_empty() => Value::Null,
                    line => line,
                }
            });
            *value = Value::List(lines.collect());
        }
    }
}

/// Makes a list of the parts of an expense, which a form sends by their numbers (`splits.0.amount`), with plain amounts.
/// Lines without anything in them are left out; those that only lack an amount get what the others leave of the whole. The
/// places, in the form, of the lines that are left.
pub fn plain_splits(fields: &mut Value, locale: Locale, currency: Currency) -> Vec<usize> {
    let whole = amount_of(fields.get("amount"), currency);
    let Value::Object(list) = fields else { return Vec::new() };
    let Some((_, sent)) = list.iter_mut().find(|(key, _)| key == "splits") else { return Vec::new() };
    let Value::Object(lines) = sent else { return Vec::new() };
    let mut lines: Vec<(usize, Value)> = std::mem::take(lines)
        .into_iter()
        .filter_map(|(number, line)| Some((number.parse().ok()?, filled(&line))))
        .filter(|(_, line)| matches!(line, Value::Object(fields) if !fields.is_empty()))
        .collect();
    lines.sort_by_key(|(number, _)| *number);
    for (_, line) in &mut lines {
        plain_amount(line, "amount", locale, Some(currency));
    }
    let given: Vec<Option<i64>> = lines.iter().map(|(_, line)| amount_of(line.get("amount"), currency)).collect();
    let open = |line: &Value| line.get("amount").is_none();
    if lines.iter().any(|(_, line)| open(line))
        && let Some(amounts) = whole.and_then(|whole| split::fill(whole, &given))
    {
        for ((_, line), minor) in lines.iter_mut().zip(amounts).filter(|((_, line), _)| open(line)) {
            if let Value::Object(fields) = line {
                let amount = domain::money::format_minor(minor, currency.exponent());
                fields.push(("amount".to_owned(), Value::Number(amount)));
            }
        }
    }
    let (places, lines): (Vec<usize>, Vec<Value>) = lines.into_iter().unzip();
    *sent = Value::List(lines);
    places
}

/// An amount that is plain by now.
fn amount_of(value: Option<&Value>, currency: Currency) -> Option<i64> {
    domain::input::positive_amount(value?, currency).ok()
}

/// Turns the percentages of all categories from the locale's decimals into plain ones.
pub fn plain_percentages(fields: &mut Value, locale: Locale) {
    let Value::Object(list) = fields else { return };
    let Some((_, Value::Object(categories))) = list.iter_mut().find(|(key, _)| key == "allocations") else { return };
    for (_, category) in categories {
        let Value::Object(inner) = category else { continue };
        for (_, value) in inner.iter_mut().filter(|(key, _)| key == "percentage") {
            *value = match &*value {
                Value::Text(text) => {
                    match locale.parse_amount(text.trim_end_matches(['%', ' ', '\u{a0}', '\u{202f}']), 2) {
                        Ok(hundredths) => Value::Number(domain::money::format_minor(hundredths, 2)),
                        Err(AmountError::TooManyDecimals) => Value::Number("0.001".to_owned()),
                        Err(_) => Value::Text(text.clone()),
                    }
                }
                // A category that was left empty gets nothing.
                Value::Null => Value::Number("0".to_owned()),
                other => other.clone(),
            };
        }
    }
}

/// The currency that a form names, if it is one.
pub fn currency(fields: &Value) -> Option<Currency> {
    fields.text("currency").and_then(|code| code.trim().parse().ok())
}

/// The typed texts by the names of their fields, for the page to show again; never passwords.
pub fn texts(fields: &Value) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    collect(fields, "", &mut out);
    out
}

fn collect(value: &Value, path: &str, out: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields.iter().filter(|(name, _)| !SECRET.contains(&name.as_str())) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                collect(inner, &path, out);
            }
        }
        Value::Text(text) | Value::Number(text) => {
            out.insert(path.to_owned(), text.clone());
        }
        Value::Null => {
            out.insert(path.to_owned(), String::new());
        }
        Value::Bool(_) | Value::List(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Value {
        Value::from_form(pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())))
    }

    #[test]
    fn amounts_as_people_type_them() {
        let table = [
            ("de-DE", "1.234,50 €", Currency::EUR, Value::Number("1234.50".to_owned())),
            ("en-US", "$1,234.50", Currency::USD, Value::Number("1234.50".to_owned())),
            ("en-US", "twelve", Currency::USD, Value::Text("twelve".to_owned())),
            ("en-US", "12.345", Currency::USD, Value::Number("0.001".to_owned())),
            ("ja-JP", "1,234", Currency::JPY, Value::Number("1234".to_owned())),
            ("de-DE", "16,99*1,1", Currency::EUR, Value::Number("18.69".to_owned())),
            ("en-US", "3x4.99 + 1", Currency::USD, Value::Number("15.97".to_owned())),
            ("en-US", "12+", Currency::USD, Value::Text("12+".to_owned())),
            ("en-US", "5/0", Currency::USD, Value::Text("5/0".to_owned())),
        ];
        for (tag, typed, currency, plain) in table {
            let mut fields = form(&[("amount", typed)]);
            plain_amount(&mut fields, "amount", Locale::from_tag(tag), Some(currency));
            assert_eq!(fields.get("amount"), Some(&plain), "{tag} {typed}");
        }
    }

    #[test]
    fn parts_as_people_type_them() {
        let line = |number: u8, field: &str| format!("allocations.food.subcategories.{number}.{field}");
        let pairs = [
            (line(1, "name"), "Bäcker"),
            (line(1, "amount"), "1.200,50"),
            (line(0, "name"), ""),
            (line(0, "amount"), ""),
        ];
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        let mut fields = form(&pairs);
        plain_parts(&mut fields, Locale::from_tag("de-DE"), Currency::EUR);
        let parts =
            fields.get("allocations").and_then(|all| all.get("food")).and_then(|food| food.get("subcategories"));
        let bakery = Value::Object(vec![
            ("name".to_owned(), Value::Text("Bäcker".to_owned())),
            ("amount".to_owned(), Value::Number("1200.50".to_owned())),
        ]);
        assert_eq!(parts, Some(&Value::List(vec![Value::Null, bakery])));
    }

    #[test]
    fn what_is_left_goes_to_the_line_without_an_amount() {
        let pairs = [
            ("amount", "20"),
            ("splits.0.amount", "2x4,50"),
            ("splits.0.category", "food"),
            ("splits.1.amount", ""),
            ("splits.1.category", ""),
            ("splits.3.category", "housing"),
            ("splits.3.amount", ""),
            ("splits.end", ""),
        ];
        let mut fields = form(&pairs);
        assert_eq!(plain_splits(&mut fields, Locale::from_tag("de-DE"), Currency::EUR), [0, 3]);
        let Some(Value::List(lines)) = fields.get("splits") else { panic!("{fields:?}") };
        let amounts: Vec<_> = lines.iter().map(|line| line.get("amount").cloned()).collect();
        let number = |text: &str| Some(Value::Number(text.to_owned()));
        assert_eq!(amounts, [number("9.00"), number("11.00")]);
        let mut none = form(&[("amount", "20"), ("splits.0.amount", ""), ("splits.end", "")]);
        plain_splits(&mut none, Locale::from_tag("de-DE"), Currency::EUR);
        assert_eq!(none.get("splits"), Some(&Value::List(Vec::new())));
        let mut too_much = form(&[("amount", "20"), ("splits.0.amount", "21"), ("splits.1.memo", "rest")]);
        plain_splits(&mut too_much, Locale::from_tag("de-DE"), Currency::EUR);
        let Some(Value::List(lines)) = too_much.get("splits") else { panic!("{too_much:?}") };
        assert_eq!(lines[1].get("amount"), None, "nothing is left for it");
    }

    #[test]
    fn passwords_are_not_sent_back() {
        let fields = form(&[("email", "a@b.example"), ("password", "secret"), ("allocations.food.percentage", "15,5")]);
        let texts = texts(&fields);
        assert_eq!(texts.keys().collect::<Vec<_>>(), ["allocations.food.percentage", "email"]);
    }
}
