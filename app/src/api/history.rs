//! What the pages of a budget's history read: its versions, two of them side by side, and what stands against an edit
//! that came too late.
#![allow(missing_docs, reason = "the macro makes a struct of each query's arguments; they are documented at the query")]
use super::codec::Json;
use crate::error::ApiError;
use domain::{
    Date,
    budget::{Budget, Plan},
    period::Month,
    role::Role,
    version::{PlanChange, Source},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// Versions on one page of the history.
#[cfg(feature = "ssr")]
const VERSIONS_PER_PAGE: u32 = 30;

/// A page of a budget's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetHistory {
    /// As it stands now.
    pub budget: Budget,
    /// What the reader may do.
    pub role: Role,
    /// The newest first.
    pub items: Vec<Version>,
    /// How many there are in all.
    pub total: u64,
    /// The page goes on before that version.
    pub next: Option<i64>,
    /// The two that were asked for, side by side.
    pub compared: Option<Compared>,
}

/// A version as the history shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// Its number.
    pub number: i64,
    /// Who made it; none: their account is gone.
    pub by: Option<String>,
    /// Whether that is the reader.
    pub mine: bool,
    /// When (civil date where the reader is).
    #[serde(with = "domain::wire::date")]
    pub on: Date,
    /// What made it.
    pub source: Source,
    /// What was said about it.
    pub note: Option<String>,
    /// The version that it goes back to.
    pub restored: Option<i64>,
    /// The month from which it counts.
    pub effective_from: Month,
    /// In what it differs from the one before.
    pub changes: Vec<PlanChange>,
}

/// Two versions side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The one on the left.
    pub from: Version,
    /// Its plan.
    pub before: Plan,
    /// The one on the right.
    pub to: Version,
    /// Its plan.
    pub after: Plan,
    /// From the left to the right.
    pub changes: Vec<PlanChange>,
}

/// A budget to be changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BudgetEdit {
    /// As it stands now.
    pub budget: Budget,
    /// What the reader may do.
    pub role: Role,
    /// Somebody changed it since the version that an edit was made from.
    pub conflict: Option<Conflict>,
}

/// What stands against an edit that was made from an older version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// The number of the version that the edit was made from.
    pub base: i64,
    /// Its plan; none: there never was such a version.
    pub plan: Option<Plan>,
    /// The version that the budget has now.
    pub newest: Version,
}

/// A page of the history of a budget: versions before that one (none: the newest), and two of them to be compared.
#[server(name = GetBudgetHistory, prefix = "/_fn/q", endpoint = "budget-history", input = GetUrl, output = Json)]
pub async fn budget_history(
    id: String,
    before: Option<String>,
    from: Option<String>,
    to: Option<String>,
) -> Result<BudgetHistory, ApiError> {
    let caller = super::queries::caller();
    super::queries::answer(&caller, async {
        let (services, actor, id) = (&caller.services, caller.actor()?, super::queries::read_id(&id)?);
        let (budget, role) = service::budgets::get(services, actor, id).await?;
        // A number that is none shows what there is: somebody has typed an address.
        let number = |text: Option<String>| text.and_then(|text| text.parse::<i64>().ok()).filter(|number| *number > 0);
        let page = service::versions::page(services, actor, id, number(before), VERSIONS_PER_PAGE).await?;
        let compared = match (number(from), number(to)) {
            (None, None) => None,
            (from, to) => match service::versions::compare(services, actor, id, from, to).await {
                Ok(diff) => Some(compared(&caller, actor, diff)),
                Err(service::Error::NotFound) => None,
                Err(other) => return Err(other),
            },
        };
        let items =
            page.entries.into_iter().map(|entry| version(&caller, actor, entry.made, entry.changes).0).collect();
        Ok(BudgetHistory { budget, role, items, total: page.total, next: page.next, compared })
    })
    .await
}

/// A budget to be changed; `base`: the version that an edit was made from, where it may be an older one.
#[server(name = GetBudgetEdit, prefix = "/_fn/q", endpoint = "budget-edit", input = GetUrl, output = Json)]
pub async fn budget_edit(id: String, base: Option<i64>) -> Result<BudgetEdit, ApiError> {
    let caller = super::queries::caller();
    super::queries::answer(&caller, async {
        let (services, actor, id) = (&caller.services, caller.actor()?, super::queries::read_id(&id)?);
        let (budget, role) = service::budgets::get(services, actor, id).await?;
        let conflict = match base.filter(|base| *base != budget.version) {
            None => None,
            Some(base) => {
                let plan = match service::versions::get(services, actor, id, base).await {
                    Ok(entry) => Some(entry.made.version.plan),
                    Err(service::Error::NotFound) => None,
                    Err(other) => return Err(other),
                };
                let newest = service::versions::get(services, actor, id, budget.version).await?;
                Some(Conflict { base, plan, newest: version(&caller, actor, newest.made, newest.changes).0 })
            }
        };
        Ok(BudgetEdit { budget, role, conflict })
    })
    .await
}

/// A version made ready to be shown, and its plan.
#[cfg(feature = "ssr")]
fn version(
    caller: &super::Caller,
    actor: &service::Actor,
    made: service::ports::versions::MadeVersion,
    changes: Vec<PlanChange>,
) -> (Version, Plan) {
    let service::ports::versions::MadeVersion { version, maker } = made;
    let origin = domain::version::VersionOrigin { source: version.source, note: version.note };
    let restored = origin.restored();
    let shown = Version {
        number: version.version,
        by: maker,
        mine: version.made_by == actor.user.id,
        on: caller.services.zones.date_in(version.made_at, &actor.user.preferences.timezone),
        source: origin.source,
        note: origin.note.filter(|_| restored.is_none()),
        restored,
        effective_from: version.effective_from,
        changes,
    };
    (shown, version.plan)
}

#[cfg(feature = "ssr")]
fn compared(caller: &super::Caller, actor: &service::Actor, diff: service::versions::Diff) -> Compared {
    let (from, before) = version(caller, actor, diff.from, Vec::new());
    let (to, after) = version(caller, actor, diff.to, Vec::new());
    Compared { from, before, to, after, changes: diff.changes }
}
