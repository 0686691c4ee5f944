//! The dashboard as its page and the bell read it: only what they show, so that the first load needs to read no more.
use domain::{
    Date,
    analysis::Analysis,
    category::Category,
    expense::Kind,
    ids::{BudgetId, ExpenseId},
    money::Money,
    period::MonthStartDay,
    report::{MonthTotal, Unconverted},
};
use serde::{Deserialize, Serialize};

/// All that the dashboard shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// Where the reader is.
    #[serde(with = "domain::wire::date")]
    pub today: Date,
    /// The month of the chosen or default budget; none without a budget.
    pub month: Option<SeenMonth>,
    /// All budgets in use, newest first.
    pub budgets: Vec<(BudgetId, String)>,
    /// The budget's newest rows (without a budget, the reader's).
    pub latest: Vec<LatestRow>,
    /// Oldest first, the month shown last.
    pub trend: Vec<MonthTotal>,
    /// What is still to be paid of what repeats; none where there is nothing.
    pub bills: Option<BillsAhead>,
    /// Invitations that wait for the reader's answer.
    pub invites: usize,
}

/// What is due next, in words that the server has made ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillsAhead {
    /// What stands above it.
    pub title: String,
    /// What leads to all of it.
    pub all: String,
    /// The next ones, by day.
    pub rows: Vec<BillRow>,
    /// What they still take in the running month.
    pub total: Option<String>,
}

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillRow {
    /// Who gets it.
    pub name: String,
    /// When.
    pub when: String,
    /// What it comes to.
    pub amount: String,
    /// None: uncategorised.
    pub category: Option<Category>,
}

/// A month of a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenMonth {
    /// Which budget.
    pub budget: BudgetId,
    /// What it is called.
    pub name: String,
    /// The day on which its months begin.
    pub start_day: MonthStartDay,
    /// The figures.
    pub analysis: Analysis,
    /// What is in no figure, for want of a rate.
    pub unconverted: Vec<Unconverted>,
}

/// An expense in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatestRow {
    /// Which.
    pub id: ExpenseId,
    /// What kind of row it is.
    pub kind: Kind,
    /// In its own currency.
    pub amount: Money,
    /// The merchant, else what it was.
    pub name: Option<String>,
    /// None: uncategorised.
    pub category: Option<Category>,
    /// Its day.
    #[serde(with = "domain::wire::date")]
    pub date: Date,
}

#[cfg(feature = "ssr")]
impl From<domain::expense::Expense> for LatestRow {
    fn from(row: domain::expense::Expense) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            amount: row.amount,
            name: row.merchant.or(row.description),
            category: row.category,
            date: row.date,
        }
    }
}

/// So many bills are seen at once.
#[cfg(feature = "ssr")]
const BILLS: usize = 5;

#[cfg(feature = "ssr")]
impl BillsAhead {
    fn new(found: &domain::report::Dashboard, locale: domain::locale::Locale) -> Option<Self> {
        let analysis = &found.month.as_ref()?.analysis;
        if found.bills.is_empty() {
            return None;
        }
        let words = crate::i18n::bills::bills(locale.language());
        let day = |date| locale.format_date_relative(date, found.today);
        let rows = found.bills.iter().take(BILLS).map(|bill| BillRow {
            name: bill.merchant.clone().or_else(|| bill.description.clone()).unwrap_or_default(),
            when: if bill.date < found.today {
                crate::i18n::fill(words.overdue, &[("when", &day(bill.date))])
            } else {
                day(bill.date)
            },
            amount: locale.format_money(bill.amount),
            category: bill.category,
        });
        let total = (analysis.bills > 0 && analysis.period.contains(found.today)).then(|| {
            let amount = locale.format_money(Money::new(analysis.bills, analysis.currency));
            crate::i18n::fill(words.total, &[("amount", &amount), ("until", &day(analysis.period.end))])
        });
        Some(Self { title: words.title.to_owned(), all: words.all.to_owned(), rows: rows.collect(), total })
    }
}

#[cfg(feature = "ssr")]
impl Dashboard {
    /// What its reader sees of what was found.
    pub fn new(found: domain::report::Dashboard, locale: domain::locale::Locale) -> Self {
        let bills = BillsAhead::new(&found, locale);
        let month = found.month.map(|month| SeenMonth {
            budget: month.budget.id,
            name: month.budget.plan.name,
            start_day: month.budget.month_start_day,
            analysis: month.analysis,
            unconverted: month.unconverted,
        });
        let in_use = found.budgets.into_iter().filter(|budget| budget.is_active);
        Self {
            today: found.today,
            month,
            budgets: in_use.map(|budget| (budget.id, budget.plan.name)).collect(),
            latest: found.latest.into_iter().map(LatestRow::from).collect(),
            trend: found.trend,
            bills,
            invites: found.invites,
        }
    }
}
