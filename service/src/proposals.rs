//! Budgets that are proposed: by the household's own months, by what such households spend, by rules of thumb. All of it
//! is reckoned here ([`domain::propose`]); nothing leaves the machine, and nothing is changed unless somebody says so.
use crate::{Actor, Error, Idempotency, Result, Services, analytics, budgets, rates};
use domain::{
    allocation::BasisPoints,
    budget::Budget,
    category::{COUNT, Category},
    ids::BudgetId,
    input::{self, Reader, Value},
    propose::{self, Household, Medians, Proposal, Question, Rates},
    role::Role,
    version::Source,
};
use serde::{Deserialize, Serialize};

/// A proposal beside the budget that it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetProposal {
    /// As it stood when the proposal was made.
    pub today: Budget,
    /// What the reader may do.
    pub role: Role,
    /// What is proposed.
    pub proposal: Proposal,
    /// The budget after the proposal was taken over; none: nothing was changed.
    pub applied: Option<Budget>,
}

/// A budget for {monthlyIncome, currency, city?, country?, familySize?, ageRange?, occupation?}; what is left out of the
/// household is as the actor's profile says. Their default budget tells what they spend, if it is in that currency.
pub async fn propose(services: &Services, actor: &Actor, input: &Value) -> Result<Proposal> {
    let mut reader = Reader::new(input);
    let (income, currency) = domain::budget::read_income_and_currency(&mut reader);
    let household = propose::read_household(&mut reader, &actor.user.profile);
    reader.finish()?;
    let (Some(income), Some(currency)) = (income, currency) else {
        return Err(Error::Internal("an income that is neither there nor missed".to_owned()));
    };
    let budgets: Vec<Budget> =
        services.store.budgets(actor.user.id).await?.into_iter().map(|(budget, _)| budget).collect();
    let default = analytics::default_budget(actor, &budgets);
    let known = budgets.iter().find(|budget| Some(budget.id) == default && budget.plan.currency == currency);
    let history = match known {
        Some(budget) => history(services, actor, budget).await?,
        None => None,
    };
    Ok(make(services, actor, Question { income, currency, household: &household, history: history.as_ref() }))
}

/// What is proposed for a budget in the place of what it has today. `input`: {city?, country?, familySize?, ageRange?,
/// occupation?, apply?}; with `apply` all of it is taken over, which takes the right to edit.
pub async fn generate(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    input: &Value,
) -> Result<BudgetProposal> {
    let mut reader = Reader::new(input);
    let household = propose::read_household(&mut reader, &actor.user.profile);
    let apply = reader.optional("apply", input::boolean).unwrap_or(false);
    reader.finish()?;
    let (today, role) = budgets::get(services, actor, id).await?;
    if apply {
        budgets::require(role, Role::Edit)?;
    }
    let proposal = for_budget(services, actor, &today, &household).await?;
    let applied = if apply {
        let shares = proposal.allocations().percentages();
        Some(take_over(services, actor, key, id, today.version, &shares).await?)
    } else {
        None
    };
    Ok(BudgetProposal { today, role, proposal, applied })
}

/// Takes over some lines of a proposal: {version, accept: {category: true}, allocations}, all ten shares as they were
/// shown. The others give way in proportion, see [`propose::accept`].
pub async fn accept(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    input: &Value,
) -> Result<Budget> {
    if let Some(done) = budgets::replayed(services, actor, key.as_ref()).await? {
        return Ok(done);
    }
    let today = budgets::get_as(services, actor, id, Role::Edit).await?;
    let accepted = propose::read_accepted(input)?;
    let shares = propose::accept(&today.plan.allocations.percentages(), &accepted.proposed, &accepted.chosen);
    take_over(services, actor, key, id, accepted.version, &shares).await
}

/// A new version with these shares: by the same way as any other change, with its rights, its version check, its history.
async fn take_over(
    services: &Services,
    actor: &Actor,
    key: Option<Idempotency>,
    id: BudgetId,
    version: i64,
    shares: &[BasisPoints; COUNT],
) -> Result<Budget> {
    let percentages = Category::ALL.iter().zip(shares).map(|(category, share)| {
        let percentage = ("percentage".to_owned(), Value::Number(share.to_string()));
        (category.as_str().to_owned(), Value::Object(vec![percentage]))
    });
    let change = Value::Object(vec![
        ("version".to_owned(), Value::Number(version.to_string())),
        ("allocations".to_owned(), Value::Object(percentages.collect())),
    ]);
    budgets::update_by(services, actor, key, id, &change, Source::Rule).await
}

async fn for_budget(services: &Services, actor: &Actor, budget: &Budget, household: &Household) -> Result<Proposal> {
    let history = history(services, actor, budget).await?;
    let (income, currency) = (budget.plan.monthly_income, budget.plan.currency);
    Ok(make(services, actor, Question { income, currency, household, history: history.as_ref() }))
}

fn make(services: &Services, actor: &Actor, question: Question<'_>) -> Proposal {
    propose::propose(question, Rates { table: rates::table(), on: services.today(actor) })
}

/// The middle of the budget's last full months; none where there are too few.
async fn history(services: &Services, actor: &Actor, budget: &Budget) -> Result<Option<Medians>> {
    let months = propose::full_months(services.today(actor), budget.month_start_day);
    let (Some(newest), Some(oldest)) = (months.first(), months.last()) else { return Ok(None) };
    let totals = services.store.spending(actor.user.id, budget.id, oldest.start, newest.end).await?;
    Ok(propose::medians(&months, &totals))
}
