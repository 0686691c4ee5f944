//! What was typed on the way to a budget. It travels in the address, so that every step can be reloaded, gone back to and
//! done without JavaScript, and nothing is kept on the server before it is saved.
use domain::{
    allocation::BasisPoints,
    budget::BudgetType,
    category::COUNT,
    currency::Currency,
    money::{format_minor, parse_minor},
    period::MonthStartDay,
};
use serde::{Deserialize, Serialize};

/// Where one is on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// What comes in.
    #[default]
    Income,
    /// Who lives on it.
    Household,
    /// Where it goes.
    Plan,
}

impl Step {
    const ALL: [Self; 3] = [Self::Income, Self::Household, Self::Plan];

    /// The word in the address and in forms.
    pub const fn as_str(self) -> &'static str {
        ["income", "household", "plan"][self as usize]
    }

    /// The step of that name; none where there is no such step.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.as_str() == name)
    }
}

/// What was typed so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Draft {
    /// Minor units of `currency`, above zero.
    pub income: Option<i64>,
    /// What it is in.
    pub currency: Option<Currency>,
    /// What each category gets; need not sum to 100 %.
    pub shares: Option<[BasisPoints; COUNT]>,
    /// What it is called.
    pub name: Option<String>,
    /// For whom it is.
    pub kind: Option<BudgetType>,
    /// The day on which its months begin.
    pub start_day: Option<MonthStartDay>,
}

/// The names of its fields, in addresses and hidden fields alike.
pub const FIELDS: [&str; 6] = ["income", "currency", "shares", "name", "type", "monthStartDay"];

impl Draft {
    /// Reads what is there; what can't be read counts as not there.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let currency: Option<Currency> = get("currency").and_then(|code| code.parse().ok());
        let income = currency
            .and_then(|currency| parse_minor(&get("income")?, currency.exponent()).ok().filter(|income| *income > 0));
        Self {
            income,
            currency,
            shares: get("shares").and_then(|text| read_shares(&text)),
            name: get("name").filter(|name| !name.trim().is_empty()),
            kind: get("type").and_then(|kind| kind.parse().ok()),
            start_day: get("monthStartDay").and_then(|day| day.parse().ok()).and_then(MonthStartDay::new),
        }
    }

    /// Its fields by name, those that there are.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let exponent = self.currency.map_or(2, Currency::exponent);
        let shares = |shares: [BasisPoints; COUNT]| shares.map(|share| share.0.to_string()).join("-");
        let texts = [
            self.income.map(|income| format_minor(income, exponent)),
            self.currency.map(|currency| currency.code().to_owned()),
            self.shares.map(shares),
            self.name.clone(),
            self.kind.map(|kind| kind.as_str().to_owned()),
            self.start_day.map(|day| day.get().to_string()),
        ];
        FIELDS.into_iter().zip(texts).filter_map(|(name, text)| Some((name, text?))).collect()
    }

    /// The address of a step, with what was typed so far.
    pub fn path(&self, step: Step) -> String {
        let mut path = format!("{}?step={}", crate::paths::WELCOME, step.as_str());
        for (name, text) in self.pairs() {
            path.push('&');
            path.push_str(name);
            path.push('=');
            path.push_str(&crate::paths::encode(&text));
        }
        path
    }
}

fn read_shares(text: &str) -> Option<[BasisPoints; COUNT]> {
    let read = |part: &str| part.parse().ok().map(BasisPoints).filter(|share| *share <= BasisPoints::WHOLE);
    let shares: Option<Vec<BasisPoints>> = text.split('-').map(read).collect();
    shares?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::allocation::STANDARD;

    #[test]
    fn it_survives_the_address() {
        let draft = Draft {
            income: Some(400_050),
            currency: Some(Currency::EUR),
            shares: Some(STANDARD),
            name: Some("Ours & theirs".to_owned()),
            kind: Some(BudgetType::Family),
            start_day: MonthStartDay::new(25),
        };
        let path = draft.path(Step::Plan);
        assert_eq!(
            path,
            "/welcome?step=plan&income=4000.50&currency=EUR&shares=3000-1500-1500-1000-500-500-1000-500-500-0\
             &name=Ours%20%26%20theirs&type=family&monthStartDay=25"
        );
        let pairs = draft.pairs();
        let get = |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, text)| text.clone());
        assert_eq!(Draft::read(get), draft);
    }

    #[test]
    fn what_cannot_be_is_not_there() {
        let read = |pairs: &[(&str, &str)]| {
            Draft::read(|name| pairs.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned()))
        };
        for pairs in [
            &[("income", "0"), ("currency", "EUR")][..],
            &[("income", "1.005"), ("currency", "EUR")],
            &[("income", "5")],
            &[("income", "5"), ("currency", "XXX")],
            &[("income", "-5"), ("currency", "EUR")],
        ] {
            assert_eq!(read(pairs).income, None, "{pairs:?}");
        }
        for shares in ["", "1-2", "a", "10001-0-0-0-0-0-0-0-0-0", "1-1-1-1-1-1-1-1-1-1-1"] {
            assert_eq!(read(&[("shares", shares)]).shares, None, "{shares}");
        }
        assert_eq!(read(&[("type", "x"), ("monthStartDay", "29"), ("name", " ")]), Draft::default());
    }
}
