//! Rules that file expenses, what they would do, and what has no category yet.
use super::{expense::ExpenseView, number::Decimal};
use domain::{
    Date,
    category::Category,
    classify::Guess,
    currency::Currency,
    expense::Expense,
    money::Money,
    rule::{Actions, Conditions, Direction, Rule},
};
use jiff::Timestamp;
use serde::Serialize;
use service::{
    ports::rules::Filed,
    rules::{Group, Preview, Proposal, Review},
};
use utoipa::ToSchema;

/// `data` of one rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneRule {
    /// The rule.
    rule: RuleView,
}

/// A rule that files expenses.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleView {
    id: String,
    /// -1000 to 1000; the higher comes first, whatever else it says.
    priority: i32,
    /// What a row must be: all of it.
    conditions: ConditionsView,
    /// What is done with it.
    actions: ActionsView,
    /// The expense whose edit it was learned from.
    learned_from: Option<String>,
    /// How many rows it has filed.
    hits: i64,
    /// Starts at 1; an update sends it back.
    version: i64,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// What a row must be.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConditionsView {
    merchant_equals: Option<String>,
    merchant_starts: Option<String>,
    merchant_contains: Option<String>,
    description_contains: Option<String>,
    /// Without sign, in whatever currency.
    min_amount: Option<Decimal>,
    max_amount: Option<Decimal>,
    currency: Option<&'static str>,
    /// out, in
    direction: Option<&'static str>,
    account_id: Option<String>,
    import_id: Option<String>,
}

/// What is done with a row.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionsView {
    category: Option<&'static str>,
    subcategory: Option<String>,
    tags: Vec<String>,
    /// What the merchant is called from then on.
    rename: Option<String>,
}

impl From<Conditions> for ConditionsView {
    fn from(conditions: Conditions) -> Self {
        let amount = |thousandths| Decimal::minor(thousandths, 3);
        Self {
            merchant_equals: conditions.merchant_equals,
            merchant_starts: conditions.merchant_starts,
            merchant_contains: conditions.merchant_contains,
            description_contains: conditions.description_contains,
            min_amount: conditions.min_amount.map(amount),
            max_amount: conditions.max_amount.map(amount),
            currency: conditions.currency.map(Currency::code),
            direction: conditions.direction.map(|direction| match direction {
                Direction::Out => "out",
                Direction::In => "in",
            }),
            account_id: conditions.account_id.map(|id| id.to_string()),
            import_id: conditions.import_id.map(|id| id.to_string()),
        }
    }
}

impl From<Actions> for ActionsView {
    fn from(actions: Actions) -> Self {
        let Actions { category, subcategory, tags, rename } = actions;
        Self { category: category.map(Category::as_str), subcategory, tags, rename }
    }
}

impl From<Rule> for RuleView {
    fn from(rule: Rule) -> Self {
        Self {
            id: rule.id.to_string(),
            priority: rule.priority,
            conditions: rule.conditions.into(),
            actions: rule.actions.into(),
            learned_from: rule.learned_from.map(|id| id.to_string()),
            hits: rule.hits,
            version: rule.version,
            created_at: rule.created_at,
            updated_at: rule.updated_at,
        }
    }
}

impl From<Rule> for OneRule {
    fn from(rule: Rule) -> Self {
        Self { rule: rule.into() }
    }
}

/// Rows that were filed together.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FiledView {
    /// The rule that was made with it.
    rule: Option<RuleView>,
    /// How many rows were changed.
    rows: u32,
    /// `POST /api/activity/{id}/undo` takes all of it back; null: nothing was changed.
    activity_id: Option<String>,
}

impl From<Filed> for FiledView {
    fn from(filed: Filed) -> Self {
        let activity_id = filed.activity.map(|id| id.to_string());
        Self { rule: filed.rule.map(RuleView::from), rows: filed.rows, activity_id }
    }
}

/// What a rule would do with the rows that are there.
#[derive(Debug, Serialize, ToSchema)]
pub struct RulePreviewView {
    /// Rows for which it holds.
    matched: u32,
    /// Those that it would change, at most 5,000 at once.
    changes: u32,
    /// Those that were filed otherwise by hand, and stay so without `overwrite`.
    kept: u32,
    /// The newest of those that it would change.
    sample: Vec<RowChangeView>,
}

/// A row before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowChangeView {
    before: ExpenseView,
    after: ExpenseView,
}

impl From<Preview> for RulePreviewView {
    fn from(preview: Preview) -> Self {
        let Preview { matched, changes, kept, sample } = preview;
        let change = |(before, after): (Expense, Expense)| RowChangeView { before: before.into(), after: after.into() };
        Self { matched, changes, kept, sample: sample.into_iter().map(change).collect() }
    }
}

/// Where a row may be filed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CategoryProposalView {
    category: &'static str,
    subcategory: Option<String>,
    /// Who says so: history (earlier rows of the merchant), rule, classifier (what shops of such a name are)
    source: &'static str,
    /// Which rule.
    rule_id: Option<String>,
    /// 0 to 100
    confidence: u8,
}

impl From<Proposal> for CategoryProposalView {
    fn from(proposal: Proposal) -> Self {
        Self {
            category: proposal.category.as_str(),
            subcategory: proposal.subcategory,
            source: proposal.by.as_str(),
            rule_id: proposal.rule.map(|id| id.to_string()),
            confidence: proposal.confidence,
        }
    }
}

impl From<Guess> for CategoryProposalView {
    fn from(guess: Guess) -> Self {
        Self {
            category: guess.category.as_str(),
            subcategory: None,
            source: "classifier",
            rule_id: None,
            confidence: guess.confidence,
        }
    }
}

/// `data` of a proposal.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneCategoryProposal {
    /// null: the row has a category, can have none, or nobody knows.
    pub proposal: Option<CategoryProposalView>,
}

/// What has no category.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewView {
    /// How many rows.
    rows: u32,
    /// How many groups there are in all; at most 100 are listed.
    total: usize,
    /// By merchant, the biggest first.
    groups: Vec<GroupView>,
}

/// Rows without a category that have a merchant (or else a description) in common.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GroupView {
    merchant: Option<String>,
    /// Where they have no merchant.
    description: Option<String>,
    rows: u32,
    /// For each currency.
    sums: Vec<GroupSumView>,
    #[schema(value_type = String, format = Date)]
    first_date: Date,
    #[schema(value_type = String, format = Date)]
    last_date: Date,
    proposal: Option<CategoryProposalView>,
}

/// What rows come to in a currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupSumView {
    amount: Decimal,
    currency: &'static str,
}

impl From<Review> for ReviewView {
    fn from(review: Review) -> Self {
        let groups = review.groups.into_iter().map(GroupView::from).collect();
        Self { rows: review.rows, total: review.of, groups }
    }
}

impl From<Group> for GroupView {
    fn from(group: Group) -> Self {
        let sum = |money: Money| GroupSumView { amount: Decimal::of(money), currency: money.currency().code() };
        let (merchant, description) =
            if group.is_merchant { (Some(group.name), None) } else { (None, Some(group.name)) };
        Self {
            merchant,
            description,
            rows: group.rows,
            sums: group.sums.into_iter().map(sum).collect(),
            first_date: group.days.0,
            last_date: group.days.1,
            proposal: group.proposal.map(CategoryProposalView::from),
        }
    }
}
