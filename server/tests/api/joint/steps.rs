//! What people of a household may do, in any order, and how they do it to the real thing.
use super::{
    Play,
    model::{HOMES, Moved, PEOPLE, Plan},
};
use domain::{
    budget::Rollover,
    category::Category,
    ids::{BudgetId, MoveId},
    input::Value,
    money::format_minor,
    period::Month,
    role::Role,
};
use proptest::prelude::*;
use service::{Actor, activity, budgets, expenses, months, sharing, versions};

/// What somebody does. Rows and activities are chosen from those that there are, so they come as any number.
#[derive(Debug, Clone)]
pub enum Step {
    Add {
        home: Option<usize>,
        cents: i64,
        category: Option<Category>,
        month: Month,
    },
    Change {
        row: usize,
        cents: i64,
        category: Option<Category>,
    },
    /// To another budget, or to what is private.
    Take {
        row: usize,
        home: Option<usize>,
    },
    Delete {
        row: usize,
    },
    Restore {
        row: usize,
    },
    Edit {
        home: usize,
        plan: Plan,
    },
    /// To that version, counted from 0; some there never was.
    GoBack {
        home: usize,
        version: usize,
    },
    Move {
        home: usize,
        month: Month,
        made: Moved,
    },
    Planned {
        home: usize,
        month: Month,
        cents: Option<i64>,
    },
    Invite {
        home: usize,
        whom: usize,
        role: Role,
    },
    Accept {
        home: usize,
    },
    /// None: out.
    GiveRole {
        home: usize,
        whom: usize,
        role: Option<Role>,
    },
    HandOver {
        home: usize,
        to: usize,
    },
    Undo {
        act: usize,
    },
    /// So many days go by.
    Wait {
        days: u64,
    },
}

/// Somebody, and what they do. `month`: the running one.
pub fn step(month: Month) -> impl Strategy<Value = (usize, Step)> {
    let home = || 0..HOMES;
    let place = || prop::option::weighted(0.8, 0..HOMES);
    let which = || any::<usize>();
    let category = || {
        prop::option::weighted(0.9, prop::sample::select(vec![Category::Food, Category::Housing, Category::Savings]))
    };
    let cents = || 1..60_000_i64;
    let near = move || prop::sample::select(vec![month.previous(), month, month, month.next()]);
    let role = || prop::sample::select(vec![Role::View, Role::Edit, Role::Edit, Role::Admin]);
    let rollover = prop::sample::select(vec![Rollover::None, Rollover::Surplus, Rollover::Both]);
    let plan = (1..600_000_i64, any::<bool>(), rollover).prop_map(|(income, flat, food)| Plan { income, flat, food });
    let step = prop_oneof![
        6 => (place(), cents(), category(), near())
            .prop_map(|(home, cents, category, month)| Step::Add { home, cents, category, month }),
        5 => (which(), cents(), category()).prop_map(|(row, cents, category)| Step::Change { row, cents, category }),
        5 => (which(), place()).prop_map(|(row, home)| Step::Take { row, home }),
        3 => which().prop_map(|row| Step::Delete { row }),
        2 => which().prop_map(|row| Step::Restore { row }),
        3 => (home(), plan).prop_map(|(home, plan)| Step::Edit { home, plan }),
        2 => (home(), 0..4_usize).prop_map(|(home, version)| Step::GoBack { home, version }),
        5 => (home(), near(), any::<bool>(), 1..120_000_i64).prop_map(|(home, month, forth, cents)| {
            let (from, to) = if forth { (Category::Food, Category::Housing) } else { (Category::Housing, Category::Food) };
            Step::Move { home, month, made: Moved { id: MoveId([0; 12]), from, to, cents } }
        }),
        1 => (home(), near(), prop::option::of(cents()))
            .prop_map(|(home, month, cents)| Step::Planned { home, month, cents }),
        6 => (home(), 0..PEOPLE, role()).prop_map(|(home, whom, role)| Step::Invite { home, whom, role }),
        6 => home().prop_map(|home| Step::Accept { home }),
        4 => (home(), 0..PEOPLE, prop::option::weighted(0.7, role()))
            .prop_map(|(home, whom, role)| Step::GiveRole { home, whom, role }),
        1 => (home(), 0..PEOPLE).prop_map(|(home, to)| Step::HandOver { home, to }),
        16 => which().prop_map(|act| Step::Undo { act }),
        1 => (1..12_u64).prop_map(|days| Step::Wait { days }),
    ];
    (0..PEOPLE, step)
}

fn object(fields: Vec<(&str, Value)>) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn number(number: i64) -> Value {
    Value::Number(number.to_string())
}

fn money(cents: i64) -> Value {
    Value::Number(format_minor(cents, 2))
}

fn category(category: Option<Category>) -> Value {
    category.map_or(Value::Null, |category| text(category.as_str()))
}

impl Play {
    fn place(&self, home: Option<usize>) -> Value {
        home.map_or(Value::Null, |home| text(self.homes[home].to_string()))
    }

    /// Does it to the real thing. A move gets the id that it has there.
    pub async fn act(&self, actor: &Actor, who: usize, step: &mut Step) -> service::Result<()> {
        let services = &self.app.services;
        match step {
            Step::Add { home, cents, category: of, month } => {
                let input = object(vec![
                    ("amount", money(*cents)),
                    ("currency", text("EUR")),
                    ("date", text(format!("{month}-15"))),
                    ("merchant", text("Shop")),
                    ("category", category(*of)),
                    ("budgetId", self.place(*home)),
                ]);
                let made = expenses::create(services, actor, None, &input).await?;
                self.rows.lock().unwrap().push(made.id);
                Ok(())
            }
            Step::Change { row, cents, category: of } => {
                self.put(actor, *row, vec![("amount", money(*cents)), ("category", category(*of))]).await
            }
            Step::Take { row, home } => self.put(actor, *row, vec![("budgetId", self.place(*home))]).await,
            Step::Delete { row } => expenses::delete(services, actor, None, self.row(*row), None).await.map(drop),
            Step::Restore { row } => expenses::restore(services, actor, None, self.row(*row)).await.map(drop),
            Step::Edit { home, plan } => {
                let input = object(vec![
                    ("version", self.version(*home)),
                    ("monthlyIncome", money(plan.income)),
                    ("allocations", shares(*plan)),
                    ("rollover", object(vec![("food", text(rollover(plan.food)))])),
                ]);
                budgets::update(services, actor, None, self.homes[*home], &input).await.map(drop)
            }
            Step::GoBack { home, version } => {
                let to = i64::try_from(*version).unwrap() + 1;
                let input = object(vec![("restore", number(to)), ("version", self.version(*home))]);
                versions::restore(services, actor, None, self.homes[*home], &input).await.map(drop)
            }
            Step::Move { home, month, made } => {
                let input = object(vec![
                    ("month", text(month.to_string())),
                    ("from", text(made.from.as_str())),
                    ("to", text(made.to.as_str())),
                    ("amount", money(made.cents)),
                ]);
                let (_, kept) = months::move_money(services, actor, None, self.homes[*home], &input).await?;
                made.id = kept.moves.last().unwrap().id;
                Ok(())
            }
            Step::Planned { home, month, cents } => {
                let input = object(vec![("plannedIncome", cents.map_or(Value::Null, money))]);
                months::change(services, actor, None, self.homes[*home], *month, &input).await.map(drop)
            }
            Step::Undo { act } => {
                let id = self.model.acts[*act].id;
                activity::undo(services, actor, None, id, false).await.map(drop)
            }
            _ => self.act_members(actor, who, step).await,
        }
    }

    async fn put(&self, actor: &Actor, row: usize, mut fields: Vec<(&str, Value)>) -> service::Result<()> {
        let services = &self.app.services;
        // Who doesn't see it knows no version; they are told nothing of it either.
        let known = expenses::get(services, actor, self.row(row)).await;
        fields.push(("version", number(known.map_or(1, |known| known.version))));
        expenses::update(services, actor, None, self.row(row), &object(fields)).await.map(drop)
    }

    async fn act_members(&self, actor: &Actor, who: usize, step: &Step) -> service::Result<()> {
        let services = &self.app.services;
        let user = |who: usize| text(self.people[who].to_string());
        match *step {
            Step::Invite { home, whom, role } => {
                let input = object(vec![("email", text(Self::address(whom))), ("role", text(role.as_str()))]);
                sharing::invite(services, actor, None, self.homes[home], &input).await.map(drop)
            }
            Step::Accept { home } => {
                let found = sharing::invites(services, actor, None).await?;
                let expected: Vec<BudgetId> = (0..HOMES)
                    .filter(|home| self.model.invite(who, *home).is_some())
                    .map(|home| self.homes[home])
                    .collect();
                let mut open: Vec<BudgetId> = found.iter().map(|found| found.invite.budget_id).collect();
                open.sort_by_key(|open| self.homes.iter().position(|home| home == open));
                assert_eq!(open, expected, "the invitations of {who}");
                let Some(invite) = found.into_iter().find(|found| found.invite.budget_id == self.homes[home]) else {
                    return Err(service::Error::NotFound);
                };
                sharing::accept(services, actor, None, invite.invite.id, &object(Vec::new())).await.map(drop)
            }
            Step::GiveRole { home, whom, role } => {
                let what = role.map_or(("remove", Value::Bool(true)), |role| ("role", text(role.as_str())));
                let input = object(vec![("userId", user(whom)), what]);
                sharing::collaborate(services, actor, None, self.homes[home], &input).await.map(drop)
            }
            Step::HandOver { home, to } => {
                let input = object(vec![("userId", user(to))]);
                sharing::hand_over(services, actor, None, self.homes[home], &input).await.map(drop)
            }
            _ => panic!("{step:?} is no step of members"),
        }
    }

    fn version(&self, home: usize) -> Value {
        number(i64::try_from(self.model.homes[home].plans.len()).unwrap())
    }
}

pub fn rollover(rollover: Rollover) -> &'static str {
    match rollover {
        Rollover::None => "none",
        Rollover::Surplus => "surplus",
        Rollover::Both => "both",
    }
}

/// The shares of a plan as they are typed.
fn shares(plan: Plan) -> Value {
    let share = |(category, points): (Category, domain::allocation::BasisPoints)| {
        (category.as_str(), object(vec![("percentage", money(points.0.into()))]))
    };
    object(Category::ALL.into_iter().zip(plan.shares()).map(share).collect())
}
