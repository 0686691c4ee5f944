//! What the way to a budget and the pages of proposals read.
#![allow(missing_docs, reason = "the macro makes a struct of each query's arguments; they are documented at the query")]

use super::codec::Json;
#[cfg(feature = "ssr")]
use super::queries::{all_budgets, answer, caller, read_id};
use crate::{
    error::ApiError,
    pages::welcome::draft::{Draft, Step},
};
use domain::{
    budget::Budget, currency::Currency, ids::BudgetId, period::MonthStartDay, propose::Proposal, role::Role,
    user::Profile,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// A step on the way to a budget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WizardPage {
    /// The one at hand: the first, while what comes in isn't known.
    pub step: Step,
    /// What was typed so far.
    pub draft: Draft,
    /// What new budgets are kept in, if nothing else is typed.
    pub currency: Currency,
    /// When the months of new budgets begin.
    pub start_day: MonthStartDay,
    /// What the person has said of their household.
    pub profile: Profile,
    /// The countries to choose from, for the step that asks.
    pub countries: Vec<(String, String)>,
    /// The budgets that there are already.
    pub budgets: Vec<(BudgetId, String)>,
    /// The proposal, for the step that shows it.
    pub proposal: Option<Proposal>,
}

/// A proposal beside the budget that it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProposalPage {
    /// As it stands.
    pub budget: Budget,
    /// What the reader may do.
    pub role: Role,
    /// What is proposed.
    pub proposal: Proposal,
}

/// A step on the way to a budget; `query` is the page's own query string.
#[server(name = GetWizard, prefix = "/_fn/q", endpoint = "wizard", input = GetUrl, output = Json)]
pub async fn wizard(query: String) -> Result<WizardPage, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let actor = caller.actor()?;
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
        let draft = Draft::read(get);
        let step = get("step").and_then(|step| Step::of(&step)).unwrap_or_default();
        let step = if draft.income.is_some() { step } else { Step::Income };
        let proposal = match (step, draft.income, draft.currency) {
            (Step::Plan, Some(income), Some(currency)) => Some(propose(&caller, income, currency).await?),
            _ => None,
        };
        let countries = match step {
            Step::Household => crate::i18n::countries::countries(caller.locale.language()),
            _ => Vec::new(),
        };
        let budgets = if step == Step::Income { all_budgets(&caller).await? } else { Vec::new() };
        Ok(WizardPage {
            step,
            draft,
            currency: actor.user.preferences.currency,
            start_day: actor.user.preferences.month_start_day,
            profile: actor.user.profile.clone(),
            countries,
            budgets: budgets.into_iter().map(|budget| (budget.id, budget.plan.name)).collect(),
            proposal,
        })
    })
    .await
}

/// What is proposed for a budget.
#[server(name = GetProposal, prefix = "/_fn/q", endpoint = "proposal", input = GetUrl, output = Json)]
pub async fn proposal(id: String) -> Result<ProposalPage, ApiError> {
    let caller = caller();
    answer(&caller, async {
        let nothing = domain::input::Value::Object(Vec::new());
        let id = read_id(&id)?;
        let found = service::proposals::generate(&caller.services, caller.actor()?, None, id, &nothing).await?;
        Ok(ProposalPage { budget: found.today, role: found.role, proposal: found.proposal })
    })
    .await
}

#[cfg(feature = "ssr")]
async fn propose(caller: &super::Caller, income: i64, currency: Currency) -> service::Result<Proposal> {
    use domain::{input::Value, money::format_minor};
    let input = Value::Object(vec![
        ("monthlyIncome".to_owned(), Value::Number(format_minor(income, currency.exponent()))),
        ("currency".to_owned(), Value::Text(currency.code().to_owned())),
    ]);
    service::proposals::propose(&caller.services, caller.actor()?, &input).await
}
