//! A budget.
use super::{number::Decimal, sharing::CollaboratorView};
use domain::{
    allocation::{Allocation, Allocations},
    budget::{Budget, Plan, Rollovers, Subcategories, Subcategory},
    category::Category,
    ids::UserId,
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
    /// What goes on from month to month, by category: none, surplus, both.
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    rollover: ByCategory<&'static str>,
    /// 1 to 28
    month_start_day: u8,
    /// The month from which this plan counts.
    effective_from: String,
    ai_generated: bool,
    is_active: bool,
    /// What the reader may do: owner, admin, edit, view
    role: &'static str,
    /// Who else has part in it, in the order in which they came.
    collaborators: Vec<CollaboratorView>,
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
    /// What it is made of; together at most the amount. Left out where only the share is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    subcategories: Option<Vec<SubcategoryView>>,
}

/// A part of a category.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubcategoryView {
    name: String,
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
    /// A budget as one of its members sees it.
    pub fn new(budget: Budget, reader: UserId) -> Self {
        // Who has left it meanwhile could look, at most.
        let role = budget.role_of(reader).unwrap_or(Role::View);
        let plan = budget.plan;
        let exponent = plan.currency.exponent();
        Self {
            id: budget.id.to_string(),
            user_id: budget.user_id.to_string(),
            kind: budget.kind.as_str(),
            monthly_income: Decimal::minor(plan.monthly_income, exponent),
            currency: plan.currency.code(),
            allocations: allocations(&plan),
            rollover: rollover(&plan.rollover),
            month_start_day: budget.month_start_day.get(),
            effective_from: plan.effective_from.to_string(),
            ai_generated: budget.ai_generated,
            is_active: budget.is_active,
            role: role.as_str(),
            collaborators: budget.collaborators.into_iter().map(CollaboratorView::from).collect(),
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
    let view = |(category, given): (Category, Allocation)| {
        let parts = Some(subcategories(&plan.subcategories[category], exponent));
        (category, AllocationView { subcategories: parts, ..allocation(given, exponent) })
    };
    ByCategory(plan.allocations.iter().map(view).collect())
}

/// What a category is made of, in a currency of so many decimals.
pub fn subcategories(parts: &[Subcategory], exponent: u8) -> Vec<SubcategoryView> {
    let view =
        |part: &Subcategory| SubcategoryView { name: part.name.clone(), amount: Decimal::minor(part.amount, exponent) };
    parts.iter().map(view).collect()
}

/// What the categories get, in a currency of so many decimals.
pub fn shares(allocations: &Allocations, exponent: u8) -> ByCategory<AllocationView> {
    let view = |(category, given): (Category, Allocation)| (category, allocation(given, exponent));
    ByCategory(allocations.iter().map(view).collect())
}

/// What a category gets, in a currency of so many decimals.
pub fn allocation(given: Allocation, exponent: u8) -> AllocationView {
    let percentage = Decimal::percent(given.percentage.0.into());
    AllocationView { percentage, amount: Decimal::minor(given.amount, exponent), subcategories: None }
}

/// What all categories are made of, in a currency of so many decimals.
pub fn parts(all: &Subcategories, exponent: u8) -> ByCategory<Vec<SubcategoryView>> {
    ByCategory(Category::ALL.into_iter().map(|category| (category, subcategories(&all[category], exponent))).collect())
}

/// What goes on from month to month.
pub fn rollover(all: &Rollovers) -> ByCategory<&'static str> {
    ByCategory(Category::ALL.map(|category| (category, all[category].as_str())).to_vec())
}
