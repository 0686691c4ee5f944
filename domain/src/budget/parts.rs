//! What a plan says of a category besides its share: what goes on into the next month, and the parts that it is made of.
use crate::{
    allocation::Allocations,
    category::{COUNT, Category},
    currency::Currency,
    input::{self, Reader, Value},
    money::{format_minor, split_by_weights},
    problem::{Problem, Problems},
};
use serde::{Deserialize, Serialize};
use std::{
    ops::{Index, IndexMut},
    str::FromStr,
};

/// The longest name of a subcategory, in characters.
pub const NAME_MAX: usize = 50;
/// How many subcategories a category may have.
pub const PARTS_MAX: usize = 30;

/// What becomes of what is left of a category when its month ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rollover {
    /// Nothing: each month begins with its plan.
    #[default]
    None,
    /// What is left goes on into the next month; what is missing doesn't.
    Surplus,
    /// What is left and what is missing.
    Both,
}

impl Rollover {
    /// The words a client may send.
    pub const WORDS: [&'static str; 3] = ["none", "surplus", "both"];

    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// What goes on, when that much is left.
    pub const fn carries(self, remaining: i64) -> i64 {
        match self {
            Self::Surplus if remaining > 0 => remaining,
            Self::None | Self::Surplus => 0,
            Self::Both => remaining,
        }
    }
}

impl FromStr for Rollover {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::None, Self::Surplus, Self::Both].into_iter().find(|word| word.as_str() == text).ok_or(())
    }
}

/// The rollover of each category, in the order of [`Category::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollovers(pub [Rollover; COUNT]);

impl Rollovers {
    /// Whether nothing goes on at all.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Index<Category> for Rollovers {
    type Output = Rollover;
    fn index(&self, category: Category) -> &Rollover {
        &self.0[category.index()]
    }
}

impl IndexMut<Category> for Rollovers {
    fn index_mut(&mut self, category: Category) -> &mut Rollover {
        &mut self.0[category.index()]
    }
}

/// A part of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subcategory {
    /// 1 to 50 characters, told apart whatever their case.
    pub name: String,
    /// Minor units of the budget's currency, zero or more.
    pub amount: i64,
}

impl Subcategory {
    /// Whether rows with that subcategory are its.
    pub fn is_called(&self, name: &str) -> bool {
        fold(&self.name) == fold(name)
    }
}

/// How names are compared.
pub fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The parts of each category, in the order of [`Category::ALL`]; together at most what the category has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subcategories(pub [Vec<Subcategory>; COUNT]);

impl Subcategories {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// Takes over those that were given, and checks them; the others give way where their category has become too small
    /// for them.
    pub(super) fn change(
        &mut self,
        given: &mut GivenParts,
        allocations: &Allocations,
        currency: Currency,
    ) -> Result<(), Problems> {
        let mut problems = Problems::default();
        for category in Category::ALL {
            let whole = allocations[category].amount;
            let parts = &mut self.0[category.index()];
            if let Some(given) = given[category.index()].take() {
                *parts = given;
                let sum = sum(parts);
                if sum > i128::from(whole) {
                    let text =
                        |minor: i128| format_minor(i64::try_from(minor).unwrap_or(i64::MAX), currency.exponent());
                    let problem = Problem::PartsExceed { sum: text(sum), whole: text(whole.into()) };
                    problems.add(format!("allocations.{category}.subcategories"), problem);
                }
            }
        }
        problems.into_result(())?;
        self.fit(allocations);
        Ok(())
    }

    /// Where a category has become too small for its parts, they give way in proportion.
    pub fn fit(&mut self, allocations: &Allocations) {
        for category in Category::ALL {
            let (whole, parts) = (allocations[category].amount, &mut self.0[category.index()]);
            if sum(parts) > i128::from(whole) {
                let weights: Vec<u64> = parts.iter().map(|part| part.amount.unsigned_abs()).collect();
                for (part, amount) in parts.iter_mut().zip(split_by_weights(whole, &weights)) {
                    part.amount = amount;
                }
            }
        }
    }
}

impl Index<Category> for Subcategories {
    type Output = [Subcategory];
    fn index(&self, category: Category) -> &[Subcategory] {
        &self.0[category.index()]
    }
}

fn sum(parts: &[Subcategory]) -> i128 {
    parts.iter().map(|part| i128::from(part.amount)).sum()
}

/// The parts of those categories for which some were sent.
pub(super) type GivenParts = [Option<Vec<Subcategory>>; COUNT];

/// Reads the parts of one category, if they were sent; null takes all away.
pub(super) fn read_parts(reader: &mut Reader<'_>, currency: Option<Currency>) -> Option<Vec<Subcategory>> {
    let list = match reader.raw("subcategories")? {
        Value::Null => return Some(Vec::new()),
        Value::List(list) => list,
        _ => {
            reader.problem("subcategories", input::wrong_type("list"));
            return None;
        }
    };
    if list.len() > PARTS_MAX {
        reader.problem("subcategories", Problem::TooLong { max: PARTS_MAX });
        return None;
    }
    let mut parts: Vec<Subcategory> = Vec::with_capacity(list.len());
    // A form sends empty lines, too.
    for (number, entry) in list.iter().enumerate().filter(|(_, entry)| **entry != Value::Null) {
        let mut inner = Reader::new(entry);
        let name = inner.required("name", read_name);
        let amount = inner.optional("amount", |value| read_amount(value, currency)).unwrap_or(0);
        if name.as_ref().is_some_and(|name| parts.iter().any(|part| part.is_called(name))) {
            inner.problem("name", Problem::Taken);
        }
        if let Err(problems) = inner.finish() {
            for (field, problem) in problems.0 {
                let place = if field.is_empty() { String::new() } else { format!(".{field}") };
                reader.problem(&format!("subcategories.{number}{place}"), problem);
            }
        }
        parts.extend(name.map(|name| Subcategory { name, amount }));
    }
    Some(parts)
}

fn read_name(value: &Value) -> Result<String, Problem> {
    let name = input::text(value)?;
    if name.chars().count() > NAME_MAX { Err(Problem::TooLong { max: NAME_MAX }) } else { Ok(name) }
}

/// Zero or more. Without a currency the decimals can't be judged.
pub(super) fn read_amount(value: &Value, currency: Option<Currency>) -> Result<i64, Problem> {
    let Some(currency) = currency else { return Ok(0) };
    let minor = input::amount(value, currency)?;
    if minor < 0 { Err(Problem::Negative) } else { Ok(minor) }
}

/// Reads {category: word}; those left out are none.
pub(super) fn read_rollover(reader: &mut Reader<'_>) -> Option<[Option<Rollover>; COUNT]> {
    reader.object("rollover", |inner| {
        Category::ALL.map(|category| inner.optional(category.as_str(), |value| input::word(value, &Rollover::WORDS)))
    })
}
