//! Several people with two budgets do what they like, also what they may not: plans, rows, moves, members, versions, and the
//! way back from each. Totals, what carries on, versions, what is told, and who may do what are as a model says that knows
//! none of the program's means (`model.rs`: what there is, `judge.rs`: what should come of a step).
mod judge;
mod model;
mod steps;

use crate::helpers::TestApp;
use domain::{
    budget::Plan,
    category::Category,
    ids::{BudgetId, ExpenseId, UserId},
    input::Value,
    period::{Month, MonthStartDay},
    role::Role,
};
use model::{Act, HOMES, Model, PEOPLE, Row};
use proptest::{
    prelude::*,
    strategy::ValueTree as _,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use service::{
    Actor, Error, activity, budgets, expenses,
    ports::activity::{Activity, ActivityQuery, Feed},
    versions,
};
use std::sync::Mutex;
use steps::{Step, rollover, step};

const NAMES: [&str; PEOPLE] = ["anna", "ben", "cleo", "dan"];
/// All of a feed.
const ALL: u32 = 500;
/// After so many steps all is looked at.
const LOOK: usize = 6;

struct Play {
    app: TestApp,
    people: [UserId; PEOPLE],
    homes: [BudgetId; HOMES],
    rows: Mutex<Vec<ExpenseId>>,
    model: Model,
    /// What was done so far, for who has to find out why it failed.
    done: Vec<String>,
}

/// What the REST API would answer.
fn status(error: &Error) -> u16 {
    match error {
        Error::Validation(_) => 400,
        Error::Forbidden => 403,
        Error::NotFound => 404,
        Error::StaleVersion { .. } | Error::StaleBudget(_) | Error::Conflict(_) => 409,
        other => panic!("{other:?}"),
    }
}

impl Play {
    async fn new() -> Self {
        let app = TestApp::start().await;
        app.clock.stop();
        let mut people = Vec::new();
        for name in NAMES {
            app.person(name).await;
            let address = format!("{name}@example.org");
            people.push(app.services.store.credentials(&address).await.unwrap().unwrap().user.id);
        }
        let people: [UserId; PEOPLE] = people.try_into().unwrap();
        let mut homes = Vec::new();
        for person in people.iter().take(HOMES) {
            let actor = Actor { user: app.services.store.user(*person).await.unwrap().unwrap() };
            let rollovers = [("food", "both"), ("housing", "surplus")]
                .map(|(of, how)| (of.to_owned(), Value::Text(how.to_owned())));
            let input = Value::Object(vec![
                ("name".to_owned(), Value::Text("Home".to_owned())),
                ("monthlyIncome".to_owned(), Value::Number("3000".to_owned())),
                ("currency".to_owned(), Value::Text("EUR".to_owned())),
                ("rollover".to_owned(), Value::Object(rollovers.into())),
            ]);
            homes.push(budgets::create(&app.services, &actor, None, &input).await.unwrap().id);
        }
        let actor = Actor { user: app.services.store.user(people[0]).await.unwrap().unwrap() };
        let month = Month::of(app.services.today(&actor), MonthStartDay::default());
        let homes = homes.try_into().unwrap();
        Self { app, people, homes, rows: Mutex::default(), model: Model::new(month), done: Vec::new() }
    }

    fn address(who: usize) -> String {
        format!("{}@example.org", NAMES[who])
    }

    async fn actor(&self, who: usize) -> Actor {
        Actor { user: self.app.services.store.user(self.people[who]).await.unwrap().unwrap() }
    }

    fn row(&self, row: usize) -> ExpenseId {
        self.rows.lock().unwrap()[row]
    }

    /// Which of those there are is meant; none: there is nothing to do it with.
    fn choose(&self, step: &mut Step) -> Option<()> {
        match step {
            Step::Change { row, .. } | Step::Take { row, .. } | Step::Delete { row } | Step::Restore { row } => {
                *row = row.checked_rem(self.model.rows.len())?;
            }
            // Most often one of the last, as people do.
            Step::Undo { act } => {
                let recent = self.model.acts.len().min(if act.is_multiple_of(3) { usize::MAX } else { 6 });
                let back = act.checked_rem(recent)?;
                *act = self.model.acts.len() - 1 - back;
            }
            _ => {}
        }
        Some(())
    }

    async fn apply(&mut self, who: usize, mut step: Step) {
        if self.choose(&mut step).is_none() {
            return;
        }
        self.pass(if let Step::Wait { days } = step { days * 86_400 } else { 1 }).await;
        if matches!(step, Step::Wait { .. }) {
            return;
        }
        self.done.push(format!("{}: {step:?}", NAMES[who]));
        let actor = self.actor(who).await;
        let before = self.newest(&actor).await;
        let answer = self.act(&actor, who, &mut step).await;
        // A move has its id by now.
        let expected = self.model.judge(who, &step);
        let found = answer.as_ref().map_or_else(status, |()| 200);
        let wanted = expected.as_ref().map_or_else(|status| *status, |_| 200);
        assert_eq!(found, wanted, "{answer:?} instead of {expected:?}, after {}", self.story());
        let after = self.newest(&actor).await;
        let told = after.filter(|after| before.as_ref().is_none_or(|before| before.id != after.id));
        let Ok(did) = expected else {
            assert_eq!(told, None, "what is refused is not told: {}", self.story());
            return;
        };
        self.model.apply(who, &did);
        let undid = if let Step::Undo { act } = step { Some(act) } else { None };
        // Who has left is not told any more of what they did.
        let is_out = matches!(did, judge::Did::Out { who: out, .. } if out == who);
        let id = match told {
            _ if is_out => self.newest_of(&did).await.id,
            Some(told) => told.id,
            None => {
                assert!(!did.is_news() && undid.is_none(), "{did:?} is not told: {}", self.story());
                return;
            }
        };
        assert!(did.is_news() || undid.is_some(), "{did:?} is no news: {}", self.story());
        let act = Act { id, by: who, did, at: self.model.now, undone: false };
        self.model.tell(act, undid);
    }

    /// The newest in the feed of the budget, as its owner sees it.
    async fn newest_of(&self, did: &judge::Did) -> Activity {
        let home = did.places().0.unwrap();
        let (owner, _) = self.model.homes[home].roles.iter().find(|(_, role)| **role == Role::Owner).unwrap();
        let query = ActivityQuery::newest(Feed::Budget(self.homes[home]), 1);
        let page = self.app.services.store.activities(self.people[*owner], &query).await.unwrap();
        page.items.into_iter().next().unwrap()
    }

    async fn pass(&mut self, seconds: u64) {
        self.app.clock.pass_seconds(seconds);
        self.model.now += seconds;
        self.model.month = Month::of(self.app.services.today(&self.actor(0).await), MonthStartDay::default());
    }

    async fn newest(&self, actor: &Actor) -> Option<Activity> {
        let query = ActivityQuery::newest(Feed::Own, 1);
        self.app.services.store.activities(actor.user.id, &query).await.unwrap().items.into_iter().next()
    }

    fn story(&self) -> String {
        format!("\n{}\n", self.done.join("\n"))
    }

    /// Everything, as each of them sees it.
    async fn look(&self) {
        for (who, name) in NAMES.iter().enumerate() {
            let actor = self.actor(who).await;
            for home in 0..HOMES {
                self.look_at_home(&actor, who, home).await;
            }
            let rows: Vec<ExpenseId> = self.rows.lock().unwrap().clone();
            for (row, id) in self.model.rows.iter().zip(rows) {
                let found = expenses::get(&self.app.services, &actor, id).await;
                let sees = self.model.sees(who, row);
                assert_eq!(found.is_ok(), sees, "{name} and {row:?}: {}", self.story());
                let Ok(found) = found else { continue };
                let now = Row {
                    owner: self.people.iter().position(|id| *id == found.user_id).unwrap(),
                    home: found.budget_id.map(|id| self.homes.iter().position(|home| *home == id).unwrap()),
                    cents: found.amount.minor(),
                    category: found.category,
                    month: Month::of(found.date, MonthStartDay::default()),
                    deleted: found.deleted_at.is_some(),
                };
                assert_eq!(now, *row, "{}", self.story());
            }
            self.look_at_feed(&actor, who, Feed::Own, |act, model| act.by == who && model.is_told(who, act)).await;
        }
    }

    async fn look_at_home(&self, actor: &Actor, who: usize, home: usize) {
        let (services, id) = (&self.app.services, self.homes[home]);
        let role = self.model.role(who, home);
        let found = budgets::get(services, actor, id).await;
        let seen = found.as_ref().ok().map(|(_, role)| *role);
        assert_eq!(seen, role, "{} in {home}: {}", NAMES[who], self.story());
        let Ok((budget, _)) = found else {
            assert!(matches!(budgets::analysis(services, actor, id, None).await, Err(Error::NotFound)));
            return;
        };
        let known = &self.model.homes[home];
        let (plan, from) = known.plans.last().unwrap();
        assert_eq!(budget.version, i64::try_from(known.plans.len()).unwrap(), "{}", self.story());
        assert_eq!(budget.plan.effective_from, *from, "{}", self.story());
        self.same_plan(&budget.plan, *plan);
        let in_it = |act: &Act, _: &Model| {
            let (one, other) = act.did.places();
            [one, other].contains(&Some(home))
        };
        self.look_at_feed(actor, who, Feed::Budget(id), in_it).await;
        // The figures are the same for all: one of them looks.
        if role == Some(Role::Owner) {
            let history = versions::page(services, actor, id, None, ALL).await.unwrap();
            assert_eq!(history.entries.len(), known.plans.len());
            for (entry, (plan, _)) in history.entries.iter().rev().zip(&known.plans) {
                self.same_plan(&entry.made.version.plan, *plan);
            }
            self.look_at_figures(actor, home).await;
        }
    }

    fn same_plan(&self, found: &Plan, plan: model::Plan) {
        let amounts = Category::ALL.map(|category| plan.amount(category));
        assert_eq!((found.monthly_income, found.allocations.amounts()), (plan.income, amounts), "{}", self.story());
        let food = rollover(found.rollover.0[Category::Food.index()]);
        assert_eq!(food, rollover(plan.food), "{}", self.story());
    }

    async fn look_at_figures(&self, actor: &Actor, home: usize) {
        let now = self.model.month;
        for month in [now.previous(), now, now.next(), now.next().next()] {
            let found = budgets::analysis(&self.app.services, actor, self.homes[home], Some(month)).await.unwrap();
            for category in Category::ALL {
                let line = found.analysis.line(category);
                let seen = [line.moved, line.carried_in, line.spent, line.remaining];
                let model = &self.model;
                let known = [
                    model.moved(home, month, category),
                    model.carried(home, month, category),
                    model.spent(home, month, Some(category)),
                    model.left(home, month, category),
                ];
                assert_eq!(seen, known, "{category:?} of {month} in {home}: {}", self.story());
            }
            let nowhere = found.analysis.uncategorised.spent;
            assert_eq!(nowhere, self.model.spent(home, month, None), "{}", self.story());
            let planned = self.model.homes[home].months.get(&month).and_then(|kept| kept.planned);
            assert_eq!(found.entry.planned_income, planned, "{}", self.story());
        }
    }

    /// What is told in a feed, what of it is hidden, and what is taken back.
    async fn look_at_feed(&self, actor: &Actor, who: usize, feed: Feed, is_in: impl Fn(&Act, &Model) -> bool) {
        let found = activity::listed(&self.app.services, actor, ActivityQuery::newest(feed, ALL)).await.unwrap();
        // The budgets themselves were made before.
        let made = |one: &&Activity| one.kind != service::ports::activity::ActivityKind::Created || is_of_row(one);
        let mut seen: Vec<_> = found
            .page
            .items
            .iter()
            .filter(made)
            .map(|one| (one.id, !activity::places::is_narrowed(one), one.undone_by.is_some()))
            .collect();
        let told = self.model.acts.iter().filter(|act| is_in(act, &self.model));
        let mut known: Vec<_> = told.map(|act| (act.id, self.model.is_told_all(who, act), act.undone)).collect();
        seen.sort_unstable();
        known.sort_unstable();
        assert_eq!(seen, known, "{} in {feed:?}: {}", NAMES[who], self.story());
    }
}

fn is_of_row(told: &Activity) -> bool {
    told.changes.iter().all(|change| matches!(change.subject, service::ports::activity::Subject::Expense(_)))
}

/// Sequences and their length: on a server of its own each step takes longer.
fn measure(app: &TestApp) -> (usize, usize) {
    if app.is_on_mongodb() { (2, 80) } else { (10, 120) }
}

fn runner() -> TestRunner {
    let seed = b"several people, one budget, 1234";
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, seed))
}

impl Play {
    /// Who begins with part in what; the last of them with little.
    async fn settle(&mut self) {
        for (home, by, whom, role) in
            [(0, 0, 1, Role::Edit), (0, 0, 2, Role::Admin), (1, 1, 0, Role::Admin), (1, 1, 3, Role::View)]
        {
            self.apply(by, Step::Invite { home, whom, role }).await;
            self.apply(whom, Step::Accept { home }).await;
        }
    }

    /// Does it all. How much of it was taken back.
    async fn through(mut self, steps: Vec<(usize, Step)>) -> usize {
        self.settle().await;
        for (nth, (who, step)) in steps.into_iter().enumerate() {
            self.apply(who, step).await;
            if nth % LOOK == LOOK - 1 {
                self.look().await;
            }
        }
        self.look().await;
        self.model.acts.iter().filter(|act| act.undone).count()
    }
}

#[tokio::test]
async fn any_sequence_is_as_the_model_says() {
    let mut runner = runner();
    let (mut tried, mut sequences, mut undone) = (0, 1, 0);
    while tried < sequences {
        let play = Play::new().await;
        let (count, length) = measure(&play.app);
        sequences = count;
        let steps = prop::collection::vec(step(play.model.month), length).new_tree(&mut runner).unwrap().current();
        undone += play.through(steps).await;
        tried += 1;
    }
    assert!(undone > 3 * sequences, "only {undone} were taken back");
}

/// A model that counts one cent too much is found out: the comparison can fail.
#[tokio::test]
#[should_panic(expected = "assertion `left == right` failed")]
async fn a_wrong_model_is_noticed() {
    let mut play = Play::new().await;
    play.model.is_wrong = true;
    let steps = prop::collection::vec(step(play.model.month), 120).new_tree(&mut runner()).unwrap().current();
    play.through(steps).await;
}
