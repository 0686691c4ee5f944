//! Bills: what recurring expenses still take, before it is made.
use super::Series;
use crate::{
    Date,
    category::Category,
    expense::Kind,
    ids::{BudgetId, SeriesId},
    money::Money,
    period::days_between,
};
use serde::{Deserialize, Serialize};

/// One payment that is still to be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bill {
    /// Of which series.
    pub series_id: SeriesId,
    /// The day by its rule.
    #[serde(with = "crate::wire::date")]
    pub slot: Date,
    /// The day on which it is due.
    #[serde(with = "crate::wire::date")]
    pub date: Date,
    /// Who gets it, as printed.
    pub merchant: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// None: uncategorised.
    pub category: Option<Category>,
    /// What it comes to.
    pub amount: Money,
    /// What of it is for spending: without what is put by (savings, emergency, investments).
    pub spending: Money,
}

impl Bill {
    /// In how many days it is due: 0 today, less for what is overdue.
    pub fn days_left(&self, today: Date) -> i32 {
        days_between(today, self.date)
    }
}

/// What is still to be paid from `from` to `to` (both included) of the series of a budget, by day: money that goes out, and
/// nothing that is made, left out, paused or ended.
pub fn bills(series: &[Series], budget: BudgetId, from: Date, to: Date) -> Vec<Bill> {
    let of_budget = series.iter().filter(|one| one.budget_id == Some(budget) && one.template.kind == Kind::Expense);
    let mut bills: Vec<Bill> = of_budget.flat_map(|one| bills_of(one, from, to)).collect();
    bills.sort_by_key(|bill| (bill.date, bill.series_id));
    bills
}

fn bills_of(series: &Series, from: Date, to: Date) -> impl Iterator<Item = Bill> + '_ {
    let template = &series.template;
    series.ahead(from, to).into_iter().map(move |occurrence| {
        let amount = series.amount_of(&occurrence);
        let splits = series.splits_of(amount.minor());
        let minor = match &splits[..] {
            [] if is_put_by(template.category) => 0,
            [] => amount.minor(),
            parts => parts.iter().filter(|part| !is_put_by(part.category)).map(|part| part.amount).sum(),
        };
        Bill {
            series_id: series.id,
            slot: occurrence.slot,
            date: occurrence.date,
            merchant: template.merchant.clone(),
            description: template.description.clone(),
            category: template.category,
            amount,
            spending: Money::new(minor, amount.currency()),
        }
    })
}

fn is_put_by(category: Option<Category>) -> bool {
    category.is_some_and(Category::is_put_by)
}
