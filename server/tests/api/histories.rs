//! Budgets against a model of them, after any sequence of edits, restores, deletions and months that go by: through the
//! use-cases, on whichever store the tests run.
//!
//! What a budget learns besides (members, moves, undo) is one more [`Step`], what it does to the real thing in
//! [`Play::act`], and what it does to the model in [`Known::expect`].
use crate::helpers::TestApp;
use domain::{
    allocation::{Allocations, BasisPoints, STANDARD},
    budget::{Plan, Rollovers, Subcategories},
    category::COUNT,
    currency::Currency,
    ids::{BudgetId, UserId},
    input::Value,
    money::format_minor,
    period::{Month, MonthStartDay},
    version::Source,
};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use service::{Actor, Error, auth, budgets, versions};

/// How many sequences are tried, how long one is, and on how many budgets.
const SEQUENCES: usize = 6;
const LENGTH: usize = 24;
const BUDGETS: usize = 3;

/// What somebody may do; the first number says with which budget.
#[derive(Debug, Clone)]
enum Step {
    /// Changes name, income or shares.
    Edit(usize, Edit),
    /// The same from an older version than the newest.
    LateEdit(usize, Edit),
    /// Goes back to a version; some there never was.
    Restore(usize, i64),
    Archive(usize, bool),
    Delete(usize),
    TakeBack(usize),
    MakeDefault(usize),
    /// The next month begins.
    Wait,
}

#[derive(Debug, Clone)]
struct Edit {
    name: Option<u8>,
    income: Option<i64>,
    flat: Option<bool>,
}

fn edit() -> impl Strategy<Value = Edit> {
    (prop::option::of(0..5_u8), prop::option::of(1..1_000_000_i64), prop::option::of(any::<bool>()))
        .prop_map(|(name, income, flat)| Edit { name, income, flat })
}

fn step() -> impl Strategy<Value = Step> {
    let which = || 0..BUDGETS;
    prop_oneof![
        6 => (which(), edit()).prop_map(|(which, edit)| Step::Edit(which, edit)),
        1 => (which(), edit()).prop_map(|(which, edit)| Step::LateEdit(which, edit)),
        4 => (which(), 1..8_i64).prop_map(|(which, version)| Step::Restore(which, version)),
        2 => (which(), any::<bool>()).prop_map(|(which, active)| Step::Archive(which, active)),
        2 => which().prop_map(Step::Delete),
        3 => which().prop_map(Step::TakeBack),
        1 => which().prop_map(Step::MakeDefault),
        2 => Just(Step::Wait),
    ]
}

/// The shares of an edit: those of the standard, or all the same.
fn shares(flat: bool) -> [BasisPoints; COUNT] {
    if flat { [BasisPoints(1_000); COUNT] } else { STANDARD }
}

fn object(fields: Vec<(&str, Value)>) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn number(number: i64) -> Value {
    Value::Number(number.to_string())
}

impl Edit {
    fn fields(&self, version: i64) -> Value {
        let mut fields = vec![("version", number(version))];
        fields.extend(self.name.map(|name| ("name", Value::Text(format!("Name {name}")))));
        fields.extend(self.income.map(|income| ("monthlyIncome", Value::Number(format_minor(income, 2)))));
        fields.extend(self.flat.map(|flat| {
            let percent = |points: BasisPoints| Value::Number(format_minor(points.0.into(), 2));
            let share = |(category, points): (domain::category::Category, BasisPoints)| {
                (category.as_str(), object(vec![("percentage", percent(points))]))
            };
            ("allocations", object(domain::category::Category::ALL.into_iter().zip(shares(flat)).map(share).collect()))
        }));
        object(fields)
    }

    fn of(&self, before: &Plan, month: Month) -> Plan {
        let income = self.income.unwrap_or(before.monthly_income);
        let percentages = self.flat.map_or(before.allocations.percentages(), shares);
        Plan {
            name: self.name.map_or_else(|| before.name.clone(), |name| format!("Name {name}")),
            monthly_income: income,
            currency: before.currency,
            allocations: Allocations::from_percentages(&percentages, income).unwrap(),
            rollover: before.rollover,
            subcategories: before.subcategories.clone(),
            effective_from: month,
        }
    }
}

/// A budget as it should be: each version's plan and source, the first of them first.
#[derive(Debug)]
struct Known {
    id: BudgetId,
    versions: Vec<(Plan, Source)>,
    active: bool,
    deleted: bool,
}

/// What should come of a step.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    NotFound,
    Stale,
    Invalid,
    NotInTrash,
}

impl Known {
    fn version(&self) -> i64 {
        i64::try_from(self.versions.len()).unwrap()
    }

    fn newest(&self) -> &Plan {
        &self.versions.last().unwrap().0
    }

    fn in_use(&self) -> bool {
        self.active && !self.deleted
    }

    /// What should come of a step with this budget; the budget is what it should be then.
    fn expect(&mut self, step: &Step, month: Month) -> Outcome {
        match step {
            Step::TakeBack(_) if !self.deleted => return Outcome::NotInTrash,
            Step::TakeBack(_) => self.deleted = false,
            _ if self.deleted => return Outcome::NotFound,
            Step::LateEdit(..) => return Outcome::Stale,
            Step::Edit(_, edit) => self.versions.push((edit.of(self.newest(), month), Source::User)),
            Step::Restore(_, version) => {
                let Some((plan, _)) = usize::try_from(version - 1).ok().and_then(|at| self.versions.get(at)) else {
                    return Outcome::Invalid;
                };
                self.versions.push((Plan { effective_from: month, ..plan.clone() }, Source::Restore));
            }
            Step::Archive(_, active) => {
                self.active = *active;
                self.versions.push((Plan { effective_from: month, ..self.newest().clone() }, Source::User));
            }
            Step::Delete(_) => self.deleted = true,
            Step::MakeDefault(_) | Step::Wait => {}
        }
        Outcome::Done
    }

    /// The plan that counts in a month.
    fn plan(&self, month: Month) -> &Plan {
        let by_then = self.versions.iter().rev().find(|(plan, _)| plan.effective_from <= month);
        &by_then.unwrap_or(&self.versions[0]).0
    }
}

struct Play {
    app: TestApp,
    user: UserId,
    /// In the order in which they were made.
    known: Vec<Known>,
    default: Option<usize>,
}

impl Play {
    async fn new() -> Self {
        let app = TestApp::start().await;
        app.clock.stop();
        app.person("anna").await;
        let user = app.services.store.credentials("anna@example.org").await.unwrap().unwrap().user.id;
        let mut play = Self { app, user, known: Vec::new(), default: Some(0) };
        for n in 0..BUDGETS {
            play.app.clock.pass_seconds(1);
            let fields = [("name", Value::Text(format!("Budget {n}"))), ("monthlyIncome", number(3_000))];
            let mut fields = fields.to_vec();
            fields.push(("currency", Value::Text("EUR".to_owned())));
            let actor = play.actor().await;
            let made = budgets::create(&play.app.services, &actor, None, &object(fields)).await.unwrap();
            let plan = Plan {
                name: format!("Budget {n}"),
                monthly_income: 300_000,
                currency: Currency::EUR,
                allocations: Allocations::standard(300_000),
                rollover: Rollovers::default(),
                subcategories: Subcategories::default(),
                effective_from: play.month(&actor),
            };
            play.known.push(Known { id: made.id, versions: vec![(plan, Source::User)], active: true, deleted: false });
        }
        play
    }

    async fn actor(&self) -> Actor {
        Actor { user: self.app.services.store.user(self.user).await.unwrap().unwrap() }
    }

    fn month(&self, actor: &Actor) -> Month {
        Month::of(self.app.services.today(actor), MonthStartDay::default())
    }

    /// Does it to the real budget.
    async fn act(&self, step: &Step) -> service::Result<()> {
        let (services, actor) = (&self.app.services, self.actor().await);
        let of = |which: usize| (self.known[which].id, self.known[which].version());
        match step {
            Step::Edit(which, edit) => {
                let (id, version) = of(*which);
                budgets::update(services, &actor, None, id, &edit.fields(version)).await.map(drop)
            }
            Step::LateEdit(which, edit) => {
                let (id, version) = of(*which);
                // Where there is no older version, one that there never was.
                let late = if version > 1 { version - 1 } else { 9 };
                budgets::update(services, &actor, None, id, &edit.fields(late)).await.map(drop)
            }
            Step::Restore(which, to) => {
                let (id, version) = of(*which);
                let input = object(vec![("restore", number(*to)), ("version", number(version))]);
                versions::restore(services, &actor, None, id, &input).await.map(drop)
            }
            Step::Archive(which, active) => {
                let (id, version) = of(*which);
                let input = object(vec![("version", number(version)), ("isActive", Value::Bool(*active))]);
                budgets::update(services, &actor, None, id, &input).await.map(drop)
            }
            Step::Delete(which) => budgets::delete(services, &actor, None, of(*which).0).await.map(drop),
            Step::TakeBack(which) => budgets::restore(services, &actor, None, of(*which).0).await.map(drop),
            Step::MakeDefault(which) => {
                let chosen = object(vec![("defaultBudgetId", Value::Text(of(*which).0.to_string()))]);
                let input = object(vec![("preferences", chosen)]);
                auth::update_profile(services, &actor, None, &input).await.map(drop)
            }
            Step::Wait => {
                self.app.clock.pass(31);
                Ok(())
            }
        }
    }

    async fn apply(&mut self, step: Step) {
        let done = match self.act(&step).await {
            Ok(()) => Outcome::Done,
            Err(Error::NotFound) => Outcome::NotFound,
            Err(Error::StaleBudget(both)) => {
                let which = Self::which(&step).unwrap();
                assert_eq!(both.current.version.version, self.known[which].version());
                assert_eq!(both.current.version.plan, *self.known[which].newest());
                Outcome::Stale
            }
            // A default that is in the trash is a problem of the field.
            Err(Error::Validation(_)) if matches!(step, Step::MakeDefault(_)) => Outcome::NotFound,
            Err(Error::Validation(_)) => Outcome::Invalid,
            Err(Error::Conflict(service::error::Conflict::NotInTrash)) => Outcome::NotInTrash,
            Err(other) => panic!("{step:?}: {other:?}"),
        };
        let month = self.month(&self.actor().await);
        let Some(which) = Self::which(&step) else { return };
        let was_in_use = self.known[which].in_use();
        let expected = self.known[which].expect(&step, month);
        assert_eq!(done, expected, "{step:?} with {:?}", self.known[which]);
        if done == Outcome::Done {
            self.settle_default(&step, which, was_in_use);
        }
    }

    const fn which(step: &Step) -> Option<usize> {
        match step {
            Step::Edit(which, _)
            | Step::LateEdit(which, _)
            | Step::Restore(which, _)
            | Step::Archive(which, _)
            | Step::Delete(which)
            | Step::TakeBack(which)
            | Step::MakeDefault(which) => Some(*which),
            Step::Wait => None,
        }
    }

    /// The default moves on from what is no longer in use, and comes back where there is none.
    fn settle_default(&mut self, step: &Step, which: usize, was_in_use: bool) {
        let in_use = self.known[which].in_use();
        match step {
            Step::MakeDefault(_) => self.default = Some(which),
            Step::Delete(_) if self.default == Some(which) => self.default = self.newest_in_use(),
            _ if was_in_use && !in_use && self.default == Some(which) => self.default = self.newest_in_use(),
            _ if !was_in_use && in_use && self.default.is_none() => self.default = Some(which),
            _ => {}
        }
    }

    fn newest_in_use(&self) -> Option<usize> {
        (0..self.known.len()).rev().find(|&which| self.known[which].in_use())
    }

    async fn check(&self) {
        let (services, actor) = (&self.app.services, self.actor().await);
        let default = self.default.map(|which| self.known[which].id);
        assert_eq!(actor.user.preferences.default_budget_id, default);
        let now = self.month(&actor);
        for known in &self.known {
            let found = budgets::get(services, &actor, known.id).await;
            if known.deleted {
                assert!(matches!(found, Err(Error::NotFound)), "{found:?}");
                continue;
            }
            let (budget, _) = found.unwrap();
            assert_eq!(
                (budget.version, budget.is_active, &budget.plan),
                (known.version(), known.active, known.newest())
            );
            let history = versions::page(services, &actor, known.id, None, 100).await.unwrap();
            let seen: Vec<_> = history.entries.into_iter().rev().map(|entry| entry.made.version).collect();
            assert_eq!(history.total, seen.len() as u64);
            let seen: Vec<_> = seen.into_iter().map(|version| (version.plan, version.source)).collect();
            assert_eq!(seen, known.versions);
            for month in [now.previous(), now, now.next()] {
                let plan = services.store.plan(self.user, known.id, month).await.unwrap().unwrap();
                assert_eq!(plan, *known.plan(month), "the plan of {month}");
            }
        }
    }
}

#[tokio::test]
async fn budgets_are_what_the_model_says() {
    // The same sequences each time.
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        TestRng::from_seed(RngAlgorithm::ChaCha, b"histories of the budgets 0123456"),
    );
    for _ in 0..SEQUENCES {
        let steps = prop::collection::vec(step(), LENGTH).new_tree(&mut runner).unwrap().current();
        let mut play = Play::new().await;
        for step in steps {
            play.apply(step).await;
            play.check().await;
        }
    }
}
