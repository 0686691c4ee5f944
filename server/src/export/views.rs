//! What only the export shows: all else stands in it as the REST API answers it.
use crate::http::views::{
    budget::{AllocationView, ByCategory, allocations, rollover},
    number::Decimal,
    security::KeyView,
};
use domain::{
    secrets::{Identity, Secrets},
    session::Session,
};
use jiff::Timestamp;
use serde::Serialize;
use service::ports::rights::BudgetVersion;

/// What proves who they are: names and times, nothing that could be used.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SecurityView {
    sessions: Vec<DeviceView>,
    api_keys: Vec<KeyView>,
    identities: Vec<IdentityView>,
}

impl SecurityView {
    pub(super) fn new(sessions: Vec<Session>, secrets: Secrets) -> Self {
        Self {
            sessions: sessions.into_iter().map(DeviceView::from).collect(),
            api_keys: secrets.api_keys.into_iter().map(KeyView::from).collect(),
            identities: secrets.identities.into_iter().map(IdentityView::from).collect(),
        }
    }
}

/// A signed-in device.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DeviceView {
    device: String,
    address: String,
    created_at: Timestamp,
    last_seen_at: Timestamp,
}

impl From<Session> for DeviceView {
    fn from(session: Session) -> Self {
        let Session { device, address, created_at, seen_at, .. } = session;
        Self { device, address, created_at, last_seen_at: seen_at }
    }
}

/// A sign-in at another place.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct IdentityView {
    issuer: String,
    email: String,
    linked_at: Timestamp,
}

impl From<Identity> for IdentityView {
    fn from(identity: Identity) -> Self {
        Self { issuer: identity.issuer, email: identity.email, linked_at: identity.linked_at }
    }
}

/// One version of a budget.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct VersionView {
    budget_id: String,
    version: i64,
    made_by: String,
    made_at: Timestamp,
    source: &'static str,
    note: Option<String>,
    name: String,
    monthly_income: Decimal,
    currency: &'static str,
    allocations: ByCategory<AllocationView>,
    rollover: ByCategory<&'static str>,
    effective_from: String,
}

impl From<BudgetVersion> for VersionView {
    fn from(version: BudgetVersion) -> Self {
        let plan = version.plan;
        Self {
            budget_id: version.budget_id.to_string(),
            version: version.version,
            made_by: version.made_by.to_string(),
            made_at: version.made_at,
            source: version.source.as_str(),
            note: version.note,
            monthly_income: Decimal::minor(plan.monthly_income, plan.currency.exponent()),
            currency: plan.currency.code(),
            allocations: allocations(&plan),
            rollover: rollover(&plan.rollover),
            effective_from: version.effective_from.to_string(),
            name: plan.name,
        }
    }
}
