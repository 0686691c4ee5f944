//! What was typed into cells, one after the other on its way to the server, and what came of it.
use super::{Cells, Change, text_of};
use crate::{
    api::queries::expense_detail,
    components::expenses::row::title,
    forms::Outcome,
    i18n::{fill, messages, problems::problem, table},
    ui::client::send_fields,
};
use domain::{arithmetic, expense::Expense, locale::Locale, money::Money};
use leptos::{prelude::*, task::spawn_local};
use std::{collections::VecDeque, sync::Arc};

/// Another version is there by now.
const STALE: &str = "STALE_VERSION";

/// The row as it will be; none where that can't be right.
pub(super) fn applied(row: &Expense, field: &str, text: &str, locale: Locale) -> Option<Expense> {
    let mut row = row.clone();
    let filled = (!text.is_empty()).then(|| text.to_owned());
    match field {
        "date" => row.date = text.parse().ok()?,
        "merchant" => row.merchant = filled,
        "description" => row.description = filled,
        "category" => row.category = filled.map(|category| category.parse()).transpose().ok()?,
        _ => {
            let currency = row.amount.currency();
            let minor = arithmetic::amount(text, locale, currency).ok().filter(|amount| amount.minor > 0)?.minor;
            row.amount = Money::new(minor, currency);
        }
    }
    (row.merchant.is_some() || row.description.is_some()).then_some(row)
}

impl Cells {
    /// Sends what waits, unless something is on its way.
    pub(super) fn send(self) {
        if self.sending.try_get_value() != Some(false) {
            return;
        }
        let Some(Some(change)) = self.queue.try_with_value(|queue| queue.front().cloned()) else {
            self.at_rest();
            return;
        };
        self.sending.set_value(true);
        spawn_local(async move {
            let version = change.version.to_string();
            let fields = [
                ("id", change.id.as_str()),
                ("version", version.as_str()),
                (change.field.as_str(), change.text.as_str()),
            ];
            let key = format!("{}.cell.{}", self.seed.try_get_value().unwrap_or_default(), change.key);
            let outcome = send_fields("expense-cell", &fields, &key, self.i18n.locale.language()).await;
            if self.sending.try_set_value(false).is_some() {
                return;
            }
            let _ = self.queue.try_update_value(VecDeque::pop_front);
            let row = outcome.typed.get("row").and_then(|row| serde_json::from_str::<Expense>(row).ok());
            match row.filter(|_| outcome.ok) {
                Some(row) => self.saved(&change, row, outcome),
                None => self.refused(change, outcome).await,
            }
            self.send();
        });
    }

    /// The row as it stands now; what waits for the same row goes on from there.
    fn saved(self, change: &Change, row: Expense, outcome: Outcome) {
        let _ = self.behind.try_set_value(true);
        if let Some(toast) = outcome.toast {
            self.toasts.push(toast);
        }
        let row = Arc::new(row);
        let goes_on = |other: &mut Change| {
            if other.id == change.id && other.version == change.version {
                (other.version, other.before) = (row.version, Arc::clone(&row));
            }
        };
        let mut shown = (*row).clone();
        let _ = self.queue.try_update_value(|queue| {
            for other in queue.iter_mut() {
                goes_on(other);
                if other.id == change.id {
                    shown =
                        applied(&shown, &other.field, &other.text, self.i18n.locale).unwrap_or_else(|| shown.clone());
                }
            }
        });
        let mut was_open = false;
        let _ = self.open.try_update_value(|open| {
            if let Some(open) = open {
                goes_on(&mut open.change);
                was_open = open.change.id == change.id
                    && open.change.field == change.field
                    && open.editor.text() == change.text;
            }
        });
        if was_open {
            self.close();
        }
        self.rows.put(&shown);
    }

    /// The cell is open again with what was typed, and says why.
    async fn refused(self, mut change: Change, outcome: Outcome) {
        let language = self.i18n.locale.language();
        let wrong = outcome.problems.0.get(&change.field).or_else(|| outcome.problems.0.values().next());
        let mut wrong = wrong.map(|wrong| problem(language, wrong)).or(outcome.error).unwrap_or_default();
        if outcome.code.as_deref() == Some(STALE)
            && let Ok(detail) = expense_detail(Some(change.id.clone())).await
            && let Some(newer) = detail.expense
        {
            wrong = format!("{} {}", self.now_it_is(&newer), table::words(language).cell_conflict);
            change.version = newer.version;
            change.original = text_of(&newer, &change.field, self.i18n.locale);
            change.before = Arc::new(newer);
            change.key = self.new_key();
        }
        self.rows.put(&change.before);
        let same = |other: &Change| other.id == change.id && other.field == change.field;
        let place = self.open.try_update_value(|open| {
            let open = open.as_mut()?;
            if same(&open.change) {
                open.editor.wait(false);
                open.editor.say(&wrong);
                open.change.clone_from(&change);
            }
            Some((same(&open.change), open.editor.text().trim() == open.change.original))
        });
        match place.flatten() {
            Some((true, _)) => {}
            Some((false, false)) => {
                let _ = self.returned.try_update_value(|returned| returned.push((change, wrong)));
            }
            _ => {
                if !self.show(change.clone(), &wrong) {
                    let _ = self.returned.try_update_value(|returned| returned.push((change, wrong)));
                }
            }
        }
        self.settle();
    }

    /// The row as somebody else has left it.
    fn now_it_is(self, newer: &Expense) -> String {
        let (words, locale) = (messages(self.i18n.locale.language()), self.i18n.locale);
        let now = [
            title(newer),
            locale.format_money(Money::new(newer.signed_minor(), newer.amount.currency())),
            locale.format_date_relative(newer.date, self.i18n.today),
            words.categories.name_or_none(newer.category).to_owned(),
        ];
        fill(words.expenses.conflict, &[("now", &now.join(" · "))])
    }
}
