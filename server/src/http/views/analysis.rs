//! A month of a budget, and the dashboard.
use super::{
    budget::{BudgetView, ByCategory},
    expense::ExpenseView,
    number::Decimal,
};
use domain::{
    Date,
    analysis::{Analysis, Line, Part},
    category::Category,
    ids::UserId,
    money::div_round,
    recurrence::Bill,
    report::{BudgetMonth, Dashboard, MonthTotal, Unconverted},
};
use serde::Serialize;
use utoipa::ToSchema;

/// `data` of one analysis.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneAnalysis {
    /// The month.
    analysis: AnalysisView,
}

/// A month against its plan. All amounts in the budget's currency.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AnalysisView {
    budget_id: String,
    budget_name: String,
    /// What the reader may do.
    role: &'static str,
    /// Such as 2026-11.
    month: String,
    period: PeriodView,
    /// Days of the period that have passed, today included.
    elapsed_days: i64,
    currency: &'static str,
    planned_income: Decimal,
    received_income: Decimal,
    /// What is left for spending: the plan without what is put by, less what was spent and what the bills still take.
    safe_to_spend: Decimal,
    /// What the bills of recurring expenses still take of it in the period; it is taken off already.
    bills_due: Decimal,
    /// The same for each day that is left.
    safe_to_spend_per_day: Decimal,
    /// By the names of the ten categories.
    #[schema(value_type = std::collections::BTreeMap<String, LineView>)]
    categories: ByCategory<LineView>,
    uncategorised: LineView,
    total: LineView,
    /// Rows in no figure, for want of a rate.
    unconverted: Vec<UnconvertedView>,
}

/// The days of a month of a budget, both included.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeriodView {
    #[schema(value_type = String, format = Date)]
    start_date: Date,
    #[schema(value_type = String, format = Date)]
    end_date: Date,
}

/// One category's month.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LineView {
    /// What the plan gives it, with what was moved.
    allocated: Decimal,
    /// What was moved into it, less what was moved out.
    moved: Decimal,
    /// What came over from last month.
    carried_in: Decimal,
    /// Expenses less refunds.
    spent: Decimal,
    /// Allocated and carried in, less spent.
    remaining: Decimal,
    /// How many expenses and refunds.
    transactions: i64,
    /// Of the income.
    percentage: Decimal,
    /// Spent of what there was, in percent; null when nothing was allocated.
    utilization_rate: Option<Decimal>,
    /// What an even spending would have used up by today.
    pace: Decimal,
    /// Where it heads by the period's end.
    projected: Decimal,
    /// Of a category: its parts that are planned or spent from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subcategories: Vec<SubcategoryMonthView>,
}

/// One subcategory's month.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SubcategoryMonthView {
    name: String,
    /// What the plan gives it.
    allocated: Decimal,
    /// Expenses less refunds.
    spent: Decimal,
    /// Allocated, less spent.
    remaining: Decimal,
    /// How many expenses and refunds.
    transactions: i64,
}

/// Rows that wait for a rate.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnconvertedView {
    currency: &'static str,
    count: u64,
    /// Expenses less refunds, in that currency.
    amount: Decimal,
}

impl AnalysisView {
    /// A month as its reader may see it.
    pub fn new(month: &BudgetMonth) -> Self {
        let analysis = &month.analysis;
        let exponent = analysis.currency.exponent();
        let amount = |minor: i64| Decimal::minor(minor, exponent);
        let line = |line: &Line| {
            let category = line.category?;
            let subcategories = analysis.parts_of(category).map(|part| part_view(part, exponent)).collect();
            Some((category, LineView { subcategories, ..line_view(line, exponent) }))
        };
        let lines = analysis.categories.iter().filter_map(line);
        Self {
            budget_id: month.budget.id.to_string(),
            budget_name: month.budget.plan.name.clone(),
            role: month.role.as_str(),
            month: analysis.month.to_string(),
            period: PeriodView { start_date: analysis.period.start, end_date: analysis.period.end },
            elapsed_days: analysis.elapsed,
            currency: analysis.currency.code(),
            planned_income: amount(analysis.planned_income),
            received_income: amount(analysis.received_income),
            bills_due: amount(analysis.bills),
            safe_to_spend: amount(analysis.safe_to_spend()),
            safe_to_spend_per_day: amount(analysis.safe_to_spend_per_day()),
            categories: ByCategory(lines.collect()),
            uncategorised: line_view(&analysis.uncategorised, exponent),
            total: line_view(&analysis.total, exponent),
            unconverted: month.unconverted.iter().map(unconverted_view).collect(),
        }
    }
}

impl From<BudgetMonth> for OneAnalysis {
    fn from(month: BudgetMonth) -> Self {
        Self { analysis: AnalysisView::new(&month) }
    }
}

fn line_view(line: &Line, exponent: u8) -> LineView {
    let amount = |minor: i64| Decimal::minor(minor, exponent);
    LineView {
        allocated: amount(line.allocated),
        moved: amount(line.moved),
        carried_in: amount(line.carried_in),
        spent: amount(line.spent),
        remaining: amount(line.remaining),
        transactions: line.transactions,
        percentage: Decimal::percent(line.percentage),
        utilization_rate: line.utilization.map(Decimal::percent),
        pace: amount(line.pace),
        projected: amount(line.projected),
        subcategories: Vec::new(),
    }
}

fn part_view(part: &Part, exponent: u8) -> SubcategoryMonthView {
    let amount = |minor: i64| Decimal::minor(minor, exponent);
    SubcategoryMonthView {
        name: part.name.clone(),
        allocated: amount(part.allocated),
        spent: amount(part.spent),
        remaining: amount(part.allocated.saturating_sub(part.spent)),
        transactions: part.transactions,
    }
}

fn unconverted_view(rows: &Unconverted) -> UnconvertedView {
    UnconvertedView {
        currency: rows.currency.code(),
        count: rows.count,
        amount: Decimal::minor(rows.minor, rows.currency.exponent()),
    }
}

/// `data` of the dashboard.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneDashboard {
    /// The first look.
    dashboard: DashboardView,
}

/// The first look. Amounts in the currency of its budget; without a budget there are none.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DashboardView {
    /// Where the reader is.
    #[schema(value_type = String, format = Date)]
    today: Date,
    currency: Option<&'static str>,
    income: Option<Decimal>,
    spent: Option<Decimal>,
    left: Option<Decimal>,
    /// What came in and was not spent, in percent of what came in; null when nothing came in.
    savings_rate: Option<Decimal>,
    safe_to_spend_per_day: Option<Decimal>,
    /// The month in full.
    analysis: Option<AnalysisView>,
    budgets: Vec<BudgetView>,
    /// The newest rows.
    latest: Vec<ExpenseView>,
    /// Oldest first.
    trend: Vec<TrendView>,
    /// What is still to be paid of what repeats in the budget: in the next 30 days and overdue, by day.
    upcoming_bills: Vec<BillView>,
}

/// A payment of a recurring expense that is not made yet.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct BillView {
    /// The series (`/api/recurring`).
    recurring_id: String,
    /// The day by its rule, which names it.
    #[schema(value_type = String, format = Date)]
    slot: Date,
    /// The day on which it is due.
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// Days until then; less than zero where it is overdue.
    days_left: i32,
    merchant: Option<String>,
    description: Option<String>,
    category: Option<&'static str>,
    amount: Decimal,
    currency: &'static str,
}

/// A month in one line.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrendView {
    /// Such as 2026-11.
    month: String,
    /// Expenses less refunds.
    spent: Decimal,
    income: Decimal,
}

impl OneDashboard {
    /// What the dashboard of somebody says.
    pub fn new(dashboard: Dashboard, reader: UserId) -> Self {
        let month = dashboard.month.as_ref();
        let exponent = month.map_or(2, |month| month.analysis.currency.exponent());
        let amount = |minor: i64| Decimal::minor(minor, exponent);
        let figure = |of: fn(&Analysis) -> i64| month.map(|month| amount(of(&month.analysis)));
        Self {
            dashboard: DashboardView {
                today: dashboard.today,
                currency: month.map(|month| month.analysis.currency.code()),
                income: figure(|analysis| analysis.received_income),
                spent: figure(|analysis| analysis.total.spent),
                left: figure(|analysis| analysis.total.remaining),
                savings_rate: month.and_then(|month| savings_rate(&month.analysis)),
                safe_to_spend_per_day: figure(Analysis::safe_to_spend_per_day),
                analysis: month.map(AnalysisView::new),
                upcoming_bills: dashboard.bills.into_iter().map(|bill| bill_view(bill, dashboard.today)).collect(),
                trend: dashboard.trend.iter().map(|total| trend_view(total, exponent)).collect(),
                budgets: dashboard.budgets.into_iter().map(|budget| BudgetView::new(budget, reader)).collect(),
                latest: dashboard.latest.into_iter().map(ExpenseView::from).collect(),
            },
        }
    }
}

fn bill_view(bill: Bill, today: Date) -> BillView {
    BillView {
        recurring_id: bill.series_id.to_string(),
        slot: bill.slot,
        date: bill.date,
        days_left: bill.days_left(today),
        amount: Decimal::of(bill.amount),
        currency: bill.amount.currency().code(),
        merchant: bill.merchant,
        description: bill.description,
        category: bill.category.map(Category::as_str),
    }
}

fn trend_view(total: &MonthTotal, exponent: u8) -> TrendView {
    TrendView {
        month: total.month.to_string(),
        spent: Decimal::minor(total.spent, exponent),
        income: Decimal::minor(total.income, exponent),
    }
}

fn savings_rate(analysis: &Analysis) -> Option<Decimal> {
    let (income, spent) = (analysis.received_income, analysis.total.spent);
    (income > 0).then(|| {
        let saved = (i128::from(income) - i128::from(spent)) * 10_000;
        Decimal::percent(i64::try_from(div_round(saved, income.into())).unwrap_or(i64::MIN))
    })
}
