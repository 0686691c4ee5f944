//! The versions of a budget, and what two of them differ in.
use super::{
    budget::{AllocationView, ByCategory, SubcategoryView, allocation, allocations, rollover, subcategories},
    number::Decimal,
};
use domain::{
    currency::Currency,
    version::{PlanChange, Step, VersionOrigin},
};
use jiff::Timestamp;
use serde::Serialize;
use service::{
    error::StaleBudget,
    ports::versions::MadeVersion,
    versions::{Diff, Entry},
};
use utoipa::ToSchema;

/// `data` of one version.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneVersion {
    version: EntryView,
}

/// A version, and what it changed.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryView {
    #[serde(flatten)]
    version: VersionView,
    /// In what it differs from the one before; empty for the first.
    changes: Vec<PlanChangeView>,
}

/// All that a version is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct VersionView {
    budget_id: String,
    /// From 1 on.
    version: i64,
    made_by: MakerView,
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
    /// user, rule, ai, restore
    source: &'static str,
    /// What its maker said about it.
    note: Option<String>,
    /// The version that it goes back to, where `source` is restore.
    restored_version: Option<i64>,
    /// The month from which it counts.
    effective_from: String,
    name: String,
    monthly_income: Decimal,
    /// ISO 4217.
    currency: &'static str,
    /// By the names of the ten categories.
    #[schema(value_type = std::collections::BTreeMap<String, AllocationView>)]
    allocations: ByCategory<AllocationView>,
    /// none, surplus, both: what goes on into the next month, by the names of the ten categories.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    rollover: ByCategory<&'static str>,
}

/// Who made a version.
#[derive(Debug, Serialize, ToSchema)]
pub struct MakerView {
    id: String,
    /// null: their account is gone, or they don't show it (`privacy.shareData`).
    name: Option<String>,
}

/// `data` of two versions side by side.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiffView {
    from: VersionView,
    to: VersionView,
    /// In what they differ.
    changes: Vec<PlanChangeView>,
}

/// `details` of a refused edit of a budget: both versions.
#[derive(Debug, Serialize)]
pub struct StaleView {
    /// The one that the edit was made from; null: there was none of that number.
    base: Option<VersionView>,
    /// The one that the budget has now.
    current: VersionView,
}

/// One thing in which two versions differ.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanChangeView {
    /// `name`, `monthlyIncome`, `currency`, `allocations.food`, `rollover.food`,
    /// `allocations.food.subcategories`, … or `effectiveFrom`
    field: String,
    #[schema(value_type = serde_json::Value)]
    before: Side,
    #[schema(value_type = serde_json::Value)]
    after: Side,
}

/// One side of a difference, as the field is written elsewhere.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Side {
    Text(String),
    Number(Decimal),
    Allocation(AllocationView),
    Parts(Vec<SubcategoryView>),
}

impl PlanChangeView {
    fn new(change: PlanChange, (before, after): (Currency, Currency)) -> Self {
        let (from, to) = (before.exponent(), after.exponent());
        let texts = |field: &str, before: String, after: String| Self {
            field: field.to_owned(),
            before: Side::Text(before),
            after: Side::Text(after),
        };
        match change {
            PlanChange::Name(Step { before, after }) => texts("name", before, after),
            PlanChange::Currency(Step { before, after }) => {
                texts("currency", before.code().to_owned(), after.code().to_owned())
            }
            PlanChange::EffectiveFrom(Step { before, after }) => {
                texts("effectiveFrom", before.to_string(), after.to_string())
            }
            PlanChange::Income(Step { before, after }) => Self {
                field: "monthlyIncome".to_owned(),
                before: Side::Number(Decimal::minor(before, from)),
                after: Side::Number(Decimal::minor(after, to)),
            },
            PlanChange::Category(category, Step { before, after }) => Self {
                field: format!("allocations.{category}"),
                before: Side::Allocation(allocation(before, from)),
                after: Side::Allocation(allocation(after, to)),
            },
            PlanChange::Rollover(category, Step { before, after }) => {
                texts(&format!("rollover.{category}"), before.as_str().to_owned(), after.as_str().to_owned())
            }
            PlanChange::Parts(category, Step { before, after }) => Self {
                field: format!("allocations.{category}.subcategories"),
                before: Side::Parts(subcategories(&before, from)),
                after: Side::Parts(subcategories(&after, to)),
            },
        }
    }
}

fn changes(list: Vec<PlanChange>, currencies: (Currency, Currency)) -> Vec<PlanChangeView> {
    list.into_iter().map(|change| PlanChangeView::new(change, currencies)).collect()
}

impl From<MadeVersion> for VersionView {
    fn from(MadeVersion { version, maker }: MadeVersion) -> Self {
        let origin = VersionOrigin { source: version.source, note: version.note };
        let restored_version = origin.restored();
        let plan = version.plan;
        Self {
            budget_id: version.budget_id.to_string(),
            version: version.version,
            made_by: MakerView { id: version.made_by.to_string(), name: maker },
            made_at: version.made_at,
            source: origin.source.as_str(),
            note: origin.note.filter(|_| restored_version.is_none()),
            restored_version,
            effective_from: version.effective_from.to_string(),
            monthly_income: Decimal::minor(plan.monthly_income, plan.currency.exponent()),
            currency: plan.currency.code(),
            allocations: allocations(&plan),
            rollover: rollover(&plan.rollover),
            name: plan.name,
        }
    }
}

impl From<Entry> for EntryView {
    fn from(Entry { made, changes: list }: Entry) -> Self {
        // All versions of a budget are in one currency, but for a change that names it.
        let after = made.version.plan.currency;
        let before = list.iter().find_map(|change| match change {
            PlanChange::Currency(step) => Some(step.before),
            _ => None,
        });
        Self { changes: changes(list, (before.unwrap_or(after), after)), version: made.into() }
    }
}

impl From<Entry> for OneVersion {
    fn from(entry: Entry) -> Self {
        Self { version: entry.into() }
    }
}

impl From<Diff> for DiffView {
    fn from(Diff { from, to, changes: list }: Diff) -> Self {
        let currencies = (from.version.plan.currency, to.version.plan.currency);
        Self { changes: changes(list, currencies), from: from.into(), to: to.into() }
    }
}

impl From<StaleBudget> for StaleView {
    fn from(StaleBudget { base, current }: StaleBudget) -> Self {
        Self { base: base.map(VersionView::from), current: current.into() }
    }
}
