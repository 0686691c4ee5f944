//! Plain-language entry: what a typed line means to whoever types it, in their language, their currency and their time
//! zone, with the merchants and categories of their own history. Without network and without model; what can be read in two
//! ways is asked, not guessed.
use crate::{Actor, Result, Services, analytics::default_budget};
use domain::{
    budget::Budget,
    currency::Currency,
    entry::{self, Alternatives, Ambiguity, Context, Draft, ENTRY_MAX, Piece},
    expense::Kind,
    filter::Query,
    habits::{self, Habit},
    ids::BudgetId,
    input::{self, Reader, Value},
    merchant::merchant_key,
    money::Money,
    problem::{Problem, Problems},
    role::Role,
};

/// So many of the newest rows say what is usual.
const LOOKED_AT: u32 = 500;

/// What a line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The line.
    pub text: String,
    /// The fields of an expense.
    pub draft: Draft,
    /// The name under the category that the merchant usually has.
    pub subcategory: Option<String>,
    /// Where each was found: bytes of the line.
    pub pieces: Vec<Piece>,
    /// What has to be asked.
    pub ambiguous: Vec<Ambiguity>,
    /// Where a new row goes: the budget that the actor uses, if they may write there.
    pub budget: Option<BudgetId>,
}

impl Parsed {
    /// Whether it can be saved as it is: nothing has to be asked, and nothing is missing.
    pub fn is_complete(&self) -> bool {
        let Draft { amount, merchant, description, .. } = &self.draft;
        self.ambiguous.is_empty()
            && amount.is_some_and(|amount| amount.minor() > 0)
            && (merchant.is_some() || description.is_some())
    }

    /// The draft as [`crate::expenses::create`] takes it.
    pub fn input(&self) -> Value {
        let Draft { amount, currency, kind, date, merchant, description, tags, category, payment_method } = &self.draft;
        let spent = matches!(kind, Kind::Expense | Kind::Refund);
        let fields = [
            ("amount", amount.map(|amount| Value::Number(amount.to_decimal()))),
            ("currency", Some(text(currency.code()))),
            ("kind", Some(text(kind.as_str()))),
            ("date", Some(text(date.to_string()))),
            ("merchant", merchant.as_ref().map(text)),
            ("description", description.as_ref().map(text)),
            ("tags", Some(Value::List(tags.iter().map(text).collect()))),
            ("category", category.filter(|_| spent).map(|category| text(category.as_str()))),
            ("subcategory", self.subcategory.as_ref().filter(|_| spent && category.is_some()).map(text)),
            ("paymentMethod", payment_method.map(|method| text(method.as_str()))),
            ("budgetId", self.budget.map(|id| text(id.to_string()))),
        ];
        Value::Object(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
    }

    /// Reads one of the questions in one of its ways, by their places. What isn't there is passed over.
    pub fn choose(&mut self, question: usize, way: usize) {
        let Some(asked) = self.ambiguous.get(question) else { return };
        let Draft { amount, currency, date, kind, category, .. } = &mut self.draft;
        match &asked.alternatives {
            Alternatives::Amounts(ways) => *amount = ways.get(way).copied().or(*amount),
            Alternatives::Currencies(ways) => {
                *currency = ways.get(way).copied().unwrap_or(*currency);
                *amount = amount.and_then(|amount| in_currency(amount, *currency));
            }
            Alternatives::Dates(ways) => *date = ways.get(way).map_or(*date, |way| way.0),
            Alternatives::Kinds(ways) => *kind = ways.get(way).copied().unwrap_or(*kind),
            Alternatives::Categories(ways) => *category = ways.get(way).copied().or(*category),
        }
        if matches!(kind, Kind::Income | Kind::Transfer) {
            *category = None;
        }
    }

    /// Answers questions: what was chosen is asked no more.
    pub fn answer(&mut self, answers: &[(usize, usize)]) {
        for (question, way) in answers {
            self.choose(*question, *way);
        }
        let mut place = 0;
        self.ambiguous.retain(|_| {
            place += 1;
            !answers.iter().any(|(question, _)| *question + 1 == place)
        });
    }
}

/// The same figures in another currency; none where it has fewer decimals than that.
pub fn in_currency(amount: Money, currency: Currency) -> Option<Money> {
    let minor = domain::money::parse_minor(&amount.to_decimal(), currency.exponent()).ok()?;
    Some(Money::new(minor, currency))
}

fn text(text: impl AsRef<str>) -> Value {
    Value::Text(text.as_ref().to_owned())
}

/// What a request says: `{text}`.
pub async fn read(services: &Services, actor: &Actor, input: &Value) -> Result<Parsed> {
    let mut reader = Reader::new(input);
    let line = reader.required("text", |value| {
        let line = input::text_of_at_most(value, ENTRY_MAX)?;
        if line.chars().any(char::is_alphanumeric) { Ok(line) } else { Err(Problem::Required) }
    });
    reader.finish()?;
    let line = line.ok_or_else(Problems::default)?;
    parse(services, actor, &line).await
}

/// What a line means to the actor.
pub async fn parse(services: &Services, actor: &Actor, line: &str) -> Result<Parsed> {
    let (budget, currency) = home(services, actor).await?;
    let known = usual(services, actor).await?;
    let merchants: Vec<&str> = known.iter().map(|habit| habit.merchant.as_str()).collect();
    let locale = actor.user.preferences.locale();
    let context = Context { today: services.today(actor), locale, currency, merchants: &merchants };
    let found = entry::parse(line, &context);
    let mut parsed = Parsed {
        text: line.to_owned(),
        draft: found.draft,
        subcategory: None,
        pieces: found.pieces,
        ambiguous: found.ambiguous,
        budget,
    };
    remember(&mut parsed, &known);
    Ok(parsed)
}

/// What the line doesn't say, the merchant's rows do.
fn remember(parsed: &mut Parsed, known: &[Habit]) {
    let Draft { kind, merchant: Some(merchant), category, payment_method, .. } = &mut parsed.draft else { return };
    let key = merchant_key(merchant);
    let Some(habit) = known.iter().find(|habit| habit.key == key) else { return };
    if habit.merchant.to_lowercase() == merchant.to_lowercase() {
        merchant.clone_from(&habit.merchant);
    }
    if matches!(kind, Kind::Expense | Kind::Refund) {
        *category = category.or(habit.category);
        parsed.subcategory = habit.subcategory.clone().filter(|_| *category == habit.category);
    }
    *payment_method = payment_method.or(habit.payment_method);
}

/// The merchants of the newest rows that the actor may see, with what is usual of them.
pub async fn usual(services: &Services, actor: &Actor) -> Result<Vec<Habit>> {
    let newest = Query { limit: LOOKED_AT, ..Query::default() };
    Ok(habits::habits(&services.store.expenses(actor.user.id, &newest).await?.items))
}

/// Where new rows go, and what they are in: the budget that the actor uses, if they may write there; else their own currency.
async fn home(services: &Services, actor: &Actor) -> Result<(Option<BudgetId>, Currency)> {
    let seen = services.store.budgets(actor.user.id).await?;
    let editable: Vec<Budget> =
        seen.into_iter().filter(|(_, role)| *role >= Role::Edit).map(|(budget, _)| budget).collect();
    let chosen = default_budget(actor, &editable);
    let currency = editable.iter().find(|budget| Some(budget.id) == chosen).map(|budget| budget.plan.currency);
    Ok((chosen, currency.unwrap_or(actor.user.preferences.currency)))
}
