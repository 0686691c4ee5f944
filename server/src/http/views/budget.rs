//! A budget.
use super::number::Decimal;
use domain::{
    allocation::Allocation,
    budget::{Budget, Plan},
    category::Category,
    role::Role,
};
use jiff::Timestamp;
use serde::{Serialize, Serializer, ser::SerializeMap};
use utoipa::ToSchema;

/// `data` of one budget.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneBudget {
    /// The budget.
    pub budget: BudgetView,
}

/// A budget.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BudgetView {
    id: String,
    /// The owner.
    user_id: String,
    name: String,
    /// personal, shared, family
    #[serde(rename = "type")]
    kind: &'static str,
    monthly_income: Decimal,
    /// ISO 4217.
    currency: &'static str,
    /// By the names of the ten categories.
    #[schema(value_type = std::collections::BTreeMap<String, AllocationView>)]
    allocations: ByCategory<AllocationView>,
    /// 1 to 28
    month_start_day: u8,
    /// The month from which this plan counts.
    effective_from: String,
    ai_generated: bool,
    is_active: bool,
    /// What the reader may do: owner, admin, edit, view
    role: &'static str,
    /// Starts at 1; an update sends it back.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    deleted_at: Option<Timestamp>,
}

/// What a category gets.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllocationView {
    /// Of the income.
    percentage: Decimal,
    /// In the budget's currency.
    amount: Decimal,
}

/// Something for each category, written as an object in their order.
#[derive(Debug)]
pub struct ByCategory<T>(pub Vec<(Category, T)>);

impl<T: Serialize> Serialize for ByCategory<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (category, value) in &self.0 {
            map.serialize_entry(category.as_str(), value)?;
        }
        map.end()
    }
}

impl BudgetView {
    /// A budget as somebody of that role sees it.
    pub fn new(budget: Budget, role: Role) -> Self {
        let plan = budget.plan;
        let exponent = plan.currency.exponent();
        Self {
            id: budget.id.to_string(),
            user_id: budget.user_id.to_string(),
            kind: budget.kind.as_str(),
            monthly_income: Decimal::minor(plan.monthly_income, exponent),
            currency: plan.currency.code(),
            allocations: allocations(&plan),
            month_start_day: budget.month_start_day.get(),
            effective_from: plan.effective_from.to_string(),
            ai_generated: budget.ai_generated,
            is_active: budget.is_active,
            role: role_word(role),
            version: budget.version,
            created_at: budget.created_at,
            updated_at: budget.updated_at,
            deleted_at: budget.deleted_at,
            name: plan.name,
        }
    }
}

/// What the categories of a plan get.
pub fn allocations(plan: &Plan) -> ByCategory<AllocationView> {
    let exponent = plan.currency.exponent();
    let view = |(category, allocation): (Category, Allocation)| {
        let percentage = Decimal::percent(allocation.percentage.0.into());
        (category, AllocationView { percentage, amount: Decimal::minor(allocation.amount, exponent) })
    };
    ByCategory(plan.allocations.iter().map(view).collect())
}

/// A role's word in JSON.
pub fn role_word(role: Role) -> &'static str {
    match role {
        Role::View => "view",
        Role::Edit => "edit",
        Role::Admin => "admin",
        Role::Owner => "owner",
    }
}
