//! A feed made ready to be shown: days, sentences, and what can be taken back.
use super::{
    Day, Entry, Timeline,
    fields::{Part, Words},
    together::is_copy,
};
use crate::{
    api::Caller,
    i18n::{I18n, Plural, fill, plural, timeline::Sentences},
};
use domain::{
    Date,
    ids::{BudgetId, UserId},
    money::Money,
    role::Role,
};
use service::{
    Result,
    activity::{self, Listed},
    ports::activity::{Activity, ActivityKind, ActivityQuery, EntityChange, Feed, OnBehalf, Subject},
};
use std::collections::BTreeSet;

/// Entries of a page.
const PER_PAGE: u32 = 50;
/// Of rows that were changed together, so many are named.
const NAMED: usize = 20;

/// A page of what was done in a budget. What is wrong in the address is passed over: somebody typed it.
pub async fn page(
    caller: &Caller,
    id: BudgetId,
    by: Option<String>,
    kind: Option<String>,
    after: Option<String>,
) -> Result<Timeline> {
    let (services, actor) = (&caller.services, caller.actor()?);
    let (budget, role) = service::budgets::get(services, actor, id).await?;
    let query = ActivityQuery {
        by: by.and_then(|by| by.parse().ok()),
        kind: kind.and_then(|kind| kind.parse().ok()),
        cursor: after.and_then(|after| activity::read_cursor(&after)),
        ..ActivityQuery::newest(Feed::Budget(id), PER_PAGE)
    };
    let listed = activity::listed(services, actor, query).await?;
    let budgets = services.store.budgets(actor.user.id).await?;
    let budgets: Vec<_> = budgets.into_iter().map(|(budget, _)| budget).collect();
    let accounts = services.store.accounts(actor.user.id).await?;
    let told = Told { caller, words: Words::new(caller, &budgets, &accounts), listed: &listed, role };
    let people: BTreeSet<UserId> =
        listed.page.items.iter().map(|activity| activity.user_id).chain([actor.user.id]).collect();
    Ok(Timeline {
        budget: id,
        name: budget.plan.name,
        days: told.days(),
        people: people.into_iter().map(|id| (id.to_string(), told.name(id))).collect(),
        by: query.by.map(|by| by.to_string()),
        kind: query.kind.map(|kind| kind.as_str().to_owned()),
        later: query.cursor.is_some(),
        next: listed.next_cursor.clone(),
    })
}

/// What was done, in few words, for a note: `Bakery changed`.
pub fn done(caller: &Caller, activity: &Activity) -> String {
    let words = crate::i18n::timeline::sentences(caller.locale.language());
    let named = Words::new(caller, &[], &[]);
    if activity.changes.len() > 1 {
        let many = crate::i18n::table::done(caller.locale.language());
        let i18n = I18n::new(caller.locale, caller.services.zones.date_in(caller.now, "UTC"));
        return plural(i18n, of_many(activity, &many.notes()), activity.changes.len());
    }
    let Some(change) = activity.changes.first() else { return String::new() };
    let text = match activity.kind {
        ActivityKind::Created => words.did_create,
        ActivityKind::Changed | ActivityKind::Shared | ActivityKind::Recurring => words.did_change,
        ActivityKind::Deleted => words.did_delete,
        ActivityKind::Restored => words.did_restore,
        ActivityKind::Imported => words.did_import,
        ActivityKind::Reverted => words.did_revert,
    };
    fill(text, &[("what", &named.what(words, change))])
}

/// The words for what was done to many things at once: changed, deleted, restored, merged.
fn of_many(activity: &Activity, [changed, deleted, restored, merged]: &[Plural; 4]) -> Plural {
    match activity.kind {
        ActivityKind::Deleted => *deleted,
        ActivityKind::Restored => *restored,
        // Some were only changed, the others went into the trash or came out of it.
        _ if activity.changes.iter().any(|change| change.fields.iter().any(|field| field.name == "deletedAt")) => {
            *merged
        }
        _ => *changed,
    }
}

pub(super) struct Told<'a> {
    caller: &'a Caller,
    pub(super) words: Words<'a>,
    listed: &'a Listed,
    role: Role,
}

impl Told<'_> {
    fn sentences(&self) -> &'static Sentences {
        crate::i18n::timeline::sentences(self.caller.locale.language())
    }

    fn days(&self) -> Vec<Day> {
        let mut days: Vec<(Date, Day)> = Vec::new();
        let today = self.date(self.caller.now);
        for activity in &self.listed.page.items {
            let (date, entry) = (self.date(activity.at), self.entry(activity));
            if let Some((_, day)) = days.last_mut().filter(|(day, _)| *day == date) {
                day.entries.push(entry);
            } else {
                let label = self.caller.locale.format_date_relative(date, today);
                days.push((date, Day { label, entries: vec![entry] }));
            }
        }
        days.into_iter().map(|(_, day)| day).collect()
    }

    fn date(&self, at: jiff::Timestamp) -> Date {
        let zone = self.caller.actor.as_ref().map_or("UTC", |actor| actor.user.preferences.timezone.as_str());
        self.caller.services.zones.date_in(at, zone)
    }

    pub(super) fn name(&self, id: UserId) -> String {
        let known = self.listed.names.get(&id).filter(|name| !name.is_empty());
        known.map_or_else(|| self.sentences().somebody.to_owned(), Clone::clone)
    }

    fn entry(&self, activity: &Activity) -> Entry {
        let words = self.sentences();
        let parts: Vec<Part> = match activity.changes.as_slice() {
            [change] => self.words.parts(change),
            _ => self.parts_of_many(activity),
        };
        let text = self.sentence(activity, &parts);
        let mut notes = Vec::new();
        if activity.undoes.is_some() {
            notes.push(if activity.backward { words.is_undo } else { words.is_redo }.to_owned());
        }
        match activity.on_behalf {
            OnBehalf::User => {}
            OnBehalf::Assistant => notes.push(words.by_assistant.to_owned()),
            OnBehalf::Job => notes.push(words.by_itself.to_owned()),
        }
        let needed = if activity.kind == ActivityKind::Shared { Role::Admin } else { Role::Edit };
        let undo = (self.role >= needed && activity::is_open(activity, self.caller.now))
            .then(|| fill(words.undo_of, &[("what", &text)]));
        // One change is in the sentence.
        let is_said = parts.len() < 2 && activity.changes.len() == 1 && !activity.changes.iter().any(is_copy);
        Entry {
            id: activity.id.to_string(),
            notes,
            parts: if is_said { Vec::new() } else { parts },
            undone: self.undone(activity),
            undo,
            text,
        }
    }

    /// What was changed in the first of many rows, each with what it is called.
    fn parts_of_many(&self, activity: &Activity) -> Vec<Part> {
        let told = activity.changes.iter().take(NAMED).flat_map(|change| {
            let title = self.words.what(self.sentences(), change);
            let parts = self.words.parts(change).into_iter();
            parts.map(move |(field, before, after)| (format!("{title}: {field}"), before, after))
        });
        told.collect()
    }

    /// Who took it back, as far as that is on this page.
    fn undone(&self, activity: &Activity) -> Option<String> {
        let by = activity.undone_by?;
        let words = self.sentences();
        let other = self.listed.page.items.iter().find(|other| other.id == by);
        Some(match other {
            Some(other) => fill(words.undone_by, &[("who", &self.name(other.user_id))]),
            None => words.is_undone.to_owned(),
        })
    }

    fn sentence(&self, activity: &Activity, parts: &[Part]) -> String {
        if let Some(text) = self.together(activity, parts) {
            return text;
        }
        let words = self.sentences();
        if activity.changes.len() > 1 {
            let many = crate::i18n::table::done(self.caller.locale.language());
            let i18n = I18n::new(self.caller.locale, self.date(self.caller.now));
            let text = plural(i18n, of_many(activity, &many.sentences()), activity.changes.len());
            return fill(&text, &[("who", &self.name(activity.user_id))]);
        }
        let Some(change) = activity.changes.first() else { return String::new() };
        let (who, what) = (self.name(activity.user_id), self.words.what(words, change));
        let is_budget = matches!(change.subject, Subject::Budget(_));
        let amount = change.amount.filter(|_| !is_budget).map(|money| self.money(money)).unwrap_or_default();
        let rows = change.rows.unwrap_or_default();
        let i18n = I18n::new(self.caller.locale, self.date(self.caller.now));
        let counted = |forms| plural(i18n, forms, rows as usize);
        let text = match activity.kind {
            ActivityKind::Created if is_budget => words.made_budget.to_owned(),
            ActivityKind::Created => words.added.to_owned(),
            ActivityKind::Deleted => words.deleted.to_owned(),
            ActivityKind::Restored => words.restored.to_owned(),
            ActivityKind::Imported => counted(words.imported),
            ActivityKind::Reverted => counted(words.reverted),
            ActivityKind::Changed | ActivityKind::Shared | ActivityKind::Recurring => {
                return self.changed(&who, &what, change, parts);
            }
        };
        fill(&text, &[("who", &who), ("what", &what), ("amount", &amount)])
    }

    pub(super) fn changed(&self, who: &str, what: &str, change: &EntityChange, parts: &[Part]) -> String {
        let words = self.sentences();
        let values = [("who", who), ("what", what)];
        match parts {
            [] => fill(words.changed, &values),
            // What reads alike on both sides says nothing.
            [(field, before, after)] if before != after => {
                let is_amount = change.fields.iter().any(|field| field.name == "amount");
                let text = if is_amount { words.changed_amount } else { words.changed_one };
                let [who, what] = values;
                fill(text, &[who, what, ("field", field), ("before", before), ("after", after)])
            }
            _ => {
                let fields = parts.iter().map(|(field, ..)| field.as_str()).collect::<Vec<_>>().join(", ");
                let [who, what] = values;
                fill(words.changed_many, &[who, what, ("fields", &fields)])
            }
        }
    }

    fn money(&self, money: Money) -> String {
        self.caller.locale.format_money(money)
    }
}
