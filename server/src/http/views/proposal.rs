//! A budget that is proposed.
use super::{
    budget::{BudgetView, ByCategory},
    number::Decimal,
};
use app::i18n::wizard::{self, Wizard};
use domain::{
    allocation::Allocation,
    locale::Locale,
    propose::{Evidence, Line, Place, Proposal},
    user::User,
};
use serde::Serialize;
use service::proposals::BudgetProposal;
use utoipa::ToSchema;

/// `data` of a proposal without a budget.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneProposal {
    /// The proposal.
    pub proposal: ProposalView,
}

/// `data` of a proposal for a budget.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneBudgetProposal {
    /// The proposal.
    proposal: ProposalView,
    /// The budget as it is now: changed, if that was asked for.
    budget: BudgetView,
    /// Whether it was changed.
    applied: bool,
}

/// A budget that is proposed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProposalView {
    /// offline: reckoned on this server
    source: &'static str,
    monthly_income: Decimal,
    /// ISO 4217.
    currency: &'static str,
    /// The fifth of incomes: lowest, low, middle, high, highest; null where incomes can't be compared.
    level: Option<&'static str>,
    /// How many own months it goes by; null: too few.
    months: Option<u8>,
    /// By the names of the ten categories; percentages sum to 100, amounts to the income.
    #[schema(value_type = std::collections::BTreeMap<String, ProposedLineView>)]
    allocations: ByCategory<ProposedLineView>,
}

/// What is proposed for a category.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposedLineView {
    /// Of the income.
    percentage: Decimal,
    amount: Decimal,
    /// Why, in words of one's language.
    rationale: String,
    evidence: EvidenceView,
    /// What it is today; left out where there is no budget yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<DifferenceView>,
}

/// What a category has today, and what would change.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceView {
    /// Of the income, today.
    percentage: Decimal,
    /// Today.
    amount: Decimal,
    /// The proposed percentage less today's.
    percentage_change: Decimal,
    /// The proposed amount less today's.
    amount_change: Decimal,
}

/// Why a category gets what it gets.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EvidenceView {
    /// ownMedian, householdShare, capOf, rest
    kind: &'static str,
    /// Of ownMedian: how many months.
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u8>,
    /// Of ownMedian: the middle of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Decimal>,
    /// Of householdShare: unitedStates, canada, europe, unitedKingdom, india, japan.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'static str>,
    /// Of householdShare: own (of that country), nearest (there are none for it), byCurrency (it is not known).
    #[serde(skip_serializing_if = "Option::is_none")]
    fit: Option<&'static str>,
    /// Of householdShare: lowest, low, middle, high, highest.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    /// Of householdShare: of how many persons.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u8>,
    /// Of householdShare: of the income.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<Decimal>,
    /// Of capOf: reserve, planned, growth.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    /// What changed it: needs, wants, room, income.
    #[serde(skip_serializing_if = "Option::is_none")]
    adjusted: Option<&'static str>,
}

impl EvidenceView {
    fn new(line: &Line, exponent: u8) -> Self {
        let adjusted = line.adjusted.map(domain::propose::Rule::as_str);
        match line.evidence {
            Evidence::OwnMedian { months, amount } => Self {
                kind: "ownMedian",
                months: Some(months),
                amount: Some(Decimal::minor(amount, exponent)),
                adjusted,
                ..Self::default()
            },
            Evidence::HouseholdShare { place: Place { region, fit }, level, size, share } => Self {
                kind: "householdShare",
                region: Some(region.as_str()),
                fit: Some(fit.as_str()),
                level: level.map(domain::propose::Level::as_str),
                size,
                share: Some(Decimal::percent(share.0.into())),
                adjusted,
                ..Self::default()
            },
            Evidence::CapOf { rule } => Self { kind: "capOf", rule: Some(rule.as_str()), adjusted, ..Self::default() },
            Evidence::Rest => Self { kind: "rest", adjusted, ..Self::default() },
        }
    }
}

impl ProposedLineView {
    fn new(line: &Line, today: Option<Allocation>, exponent: u8, rationale: String) -> Self {
        let Allocation { percentage, amount } = line.allocation;
        let diff = today.map(|today| DifferenceView {
            percentage: Decimal::percent(today.percentage.0.into()),
            amount: Decimal::minor(today.amount, exponent),
            percentage_change: Decimal::percent(i64::from(percentage.0) - i64::from(today.percentage.0)),
            amount_change: Decimal::minor(amount - today.amount, exponent),
        });
        Self {
            percentage: Decimal::percent(percentage.0.into()),
            amount: Decimal::minor(amount, exponent),
            rationale,
            evidence: EvidenceView::new(line, exponent),
            diff,
        }
    }
}

impl ProposalView {
    /// A proposal, beside what there is today, in the words of a reader.
    pub fn new(proposal: &Proposal, today: Option<&domain::allocation::Allocations>, locale: Locale) -> Self {
        let words: &Wizard = wizard::of(locale.language());
        let exponent = proposal.currency.exponent();
        let lines = proposal.lines.iter().map(|line| {
            let today = today.map(|today| today[line.category]);
            let rationale = words.rationale(locale, proposal.currency, line);
            (line.category, ProposedLineView::new(line, today, exponent, rationale))
        });
        Self {
            source: "offline",
            monthly_income: Decimal::minor(proposal.income, exponent),
            currency: proposal.currency.code(),
            level: proposal.level.map(domain::propose::Level::as_str),
            months: proposal.months,
            allocations: ByCategory(lines.collect()),
        }
    }
}

impl OneBudgetProposal {
    /// The proposal as a difference to today, and the budget as it is after it.
    pub fn new(found: BudgetProposal, reader: &User) -> Self {
        let locale = reader.preferences.locale();
        let proposal = ProposalView::new(&found.proposal, Some(&found.today.plan.allocations), locale);
        let applied = found.applied.is_some();
        Self { proposal, budget: BudgetView::new(found.applied.unwrap_or(found.today), reader.id), applied }
    }
}
