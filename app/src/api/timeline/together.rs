//! What a household does together, in words: months and members.
use super::{
    fields::{Part, Words, read},
    made::Told,
};
use crate::i18n::{
    Messages, fill,
    repeating::repeating,
    timeline::{Sentences, sentences},
    together::together,
};
use domain::{money::Money, months::Move, period::Month, role::Role};
use serde_json::Value;
use service::{
    activity::{
        series::{Step, told},
        together::{moves, roles},
    },
    ports::activity::{Activity, EntityChange, FieldChange, Subject},
};

/// Whether a month was filled like the one before, or no longer is: its parts say what that was.
pub(super) fn is_copy(change: &EntityChange) -> bool {
    change.fields.iter().any(|field| field.name == "copiedFrom")
}

impl Words<'_> {
    pub(super) fn month(&self, month: Month) -> String {
        self.locale.format_month(month.year, month.month)
    }

    /// From where to where money was moved.
    fn between(&self, one: &Move) -> [(&'static str, &'static str); 2] {
        let name = |category| self.messages.categories.name(category);
        [("from", name(one.from)), ("to", name(one.to))]
    }

    /// Each move that came or went.
    pub(super) fn moves(&self, change: &EntityChange) -> Vec<Part> {
        let words = together(self.locale.language());
        let nothing = || self.messages.timeline.nothing.to_owned();
        let (gone, came) = moves(change);
        let label = |one: &Move| fill(words.between, &self.between(one));
        let amount = |one: &Move| self.amount(change, one.amount);
        let gone = gone.iter().map(|one| (label(one), amount(one), nothing()));
        gone.chain(came.iter().map(|one| (label(one), nothing(), amount(one)))).collect()
    }

    /// What was said to come in, or to have come.
    pub(super) fn income(&self, change: &EntityChange, field: &FieldChange) -> Part {
        let words = together(self.locale.language());
        let label = if field.name == "plannedIncome" { words.planned } else { words.received };
        let shown = |value: &Value| match read::<i64>(value) {
            Some(minor) => self.amount(change, minor),
            None => self.messages.timeline.nothing.to_owned(),
        };
        (label.to_owned(), shown(&field.before), shown(&field.after))
    }

    fn amount(&self, change: &EntityChange, minor: i64) -> String {
        let currency = change.amount.map(Money::currency);
        currency.map_or_else(String::new, |currency| self.locale.format_money(Money::new(minor, currency)))
    }

    /// What something is called in few words.
    pub(super) fn what(&self, words: &Sentences, change: &EntityChange) -> String {
        match change.subject {
            Subject::Month(_, month) => self.month(month),
            Subject::Member(_) | Subject::Invite(_) => self.messages.sharing.role.to_owned(),
            _ if change.title.is_empty() => words.untitled.to_owned(),
            _ => change.title.clone(),
        }
    }
}

impl Told<'_> {
    /// What was done to a month, or with members; none: something else was done.
    pub(super) fn together(&self, activity: &Activity, parts: &[Part]) -> Option<String> {
        let change = activity.changes.first()?;
        let who = self.name(activity.user_id);
        match change.subject {
            Subject::Month(_, month) => Some(self.of_month(&who, change, month, parts)),
            Subject::Member(_) | Subject::Invite(_) => self.shared(&who, activity, change),
            Subject::Recurring(_) => Some(self.repeating(&who, change, parts)),
            _ => None,
        }
    }

    /// What was done to something that repeats.
    fn repeating(&self, who: &str, change: &EntityChange, parts: &[Part]) -> String {
        let locale = self.words.locale;
        let words = repeating(locale.language());
        let what = self.words.what(sentences(locale.language()), change);
        let (step, day) = told(change).unwrap_or((Step::Changed, None));
        let text = match step {
            Step::Changed => return self.changed(who, &what, change, parts),
            Step::Declared => words.declared,
            Step::Paused => words.paused,
            Step::Resumed => words.resumed,
            Step::Ended => words.ended,
            Step::Skipped => words.skipped,
            Step::Moved => words.moved,
            Step::Restored => words.restored,
        };
        let amount = change.amount.map(|money| locale.format_money(money)).unwrap_or_default();
        let day = day.map(|day| locale.format_date(day)).unwrap_or_default();
        fill(text, &[("who", who), ("what", &what), ("amount", &amount), ("day", &day)])
    }

    fn of_month(&self, who: &str, change: &EntityChange, month: Month, parts: &[Part]) -> String {
        let words = together(self.words.locale.language());
        let month = self.words.month(month);
        let values = [("who", who), ("month", month.as_str())];
        let (gone, came) = moves(change);
        let copied = change.fields.iter().find(|field| field.name == "copiedFrom");
        let (text, one) = match (copied, gone.as_slice(), came.as_slice(), parts) {
            (Some(field), ..) => {
                return fill(if field.after.is_null() { words.uncopied } else { words.copied }, &values);
            }
            (None, [], [one], [_]) => (words.moved, one),
            (None, [one], [], [_]) => (words.unmoved, one),
            _ => return self.changed(who, &month, change, parts),
        };
        let [who, month] = values;
        let amount = self.words.amount(change, one.amount);
        let [from, to] = self.words.between(one);
        fill(text, &[who, month, from, to, ("amount", &amount)])
    }

    fn shared(&self, who: &str, activity: &Activity, change: &EntityChange) -> Option<String> {
        let words = together(self.words.locale.language());
        let Messages { sharing, .. } = self.words.messages;
        let (before, after) = roles(change)?;
        let whom = match change.subject {
            Subject::Member(user) => self.name(user),
            _ => String::new(),
        };
        let text = match (change.subject, before, after) {
            (Subject::Invite(_), _, Some(_)) => words.invited,
            (Subject::Invite(_), _, None) => words.withdrew,
            (_, None, _) => words.joined,
            (Subject::Member(user), _, None) if user == activity.user_id => words.left,
            (_, _, None) => words.removed,
            (_, _, Some(Role::Owner)) => words.handed_over,
            (_, Some(_), Some(_)) => words.other_role,
        };
        let role = |role: Option<Role>| role.map_or("", |role| sharing.role(role));
        let values = [("who", who), ("whom", whom.as_str()), ("role", role(after)), ("before", role(before))];
        Some(fill(text, &values))
    }
}
