//! Enters the example: an account, a budget whose plan changes after a year, three places for money, and the rows.
use super::{
    EMAIL, PASSWORD,
    household::{FIRST_PLAN, Intent, Life, NEW_PLAN, live},
    row::{object, text},
};
use crate::{
    Actor, Error, Result, Services, Settings, accounts,
    auth::{self, Device, Newcomer, Registered, SignedIn},
    budgets, expenses,
    ports::Clock,
    recurring,
};
use domain::{
    Date, budget::Budget, category::Category, currency::Currency, expense::Kind, ids::AccountId, input::Value,
    locale::Locale, money,
};
use jiff::{SignedDuration, Timestamp, tz::Offset};
use std::sync::Arc;
use tokio::task::JoinSet;

/// Where the household lives.
const ZONE: &str = "Europe/Berlin";
/// So many rows are entered beside one another: as many as the embedded store takes into one transaction.
const AT_ONCE: usize = 64;

/// A clock that stands still.
struct Moment(Timestamp);

#[async_trait::async_trait]
impl Clock for Moment {
    fn now(&self) -> Timestamp {
        self.0
    }

    async fn sleep(&self, _: std::time::Duration) {}
}

/// Enters two years up to today into a store that knows nothing of them yet. How many rows there are now.
pub async fn seed(services: &Services) -> Result<usize> {
    let now = services.now();
    let Life { begins, plan_changes, rows } = live(services.zones.date_in(now, ZONE));
    let then = on(services, begins, 0, now);
    let actor = register(&then).await?;
    let accounts = open_accounts(&then, &actor).await?;
    let budget = budgets::create(&then, &actor, None, &first_plan()).await?;
    let then = on(services, plan_changes, 0, now);
    let budget = budgets::update(&then, &actor, None, budget.id, &new_plan(&budget)).await?;
    // A second for each row of a day: lists of them always have the same order.
    let (mut day, mut second) = (begins, 0);
    for rows in rows.chunks(AT_ONCE) {
        let mut entering = JoinSet::new();
        for row in rows {
            second = if row.date == day { second + 1 } else { 0 };
            day = row.date;
            let (then, actor) = (on(services, day, second, now), actor.clone());
            let input = row.input(budget.id, &accounts);
            entering.spawn(async move { expenses::create(&then, &actor, None, &input).await });
        }
        while let Some(entered) = entering.join_next().await {
            entered.map_err(|error| Error::Internal(format!("entering a row of the example: {error}")))??;
        }
    }
    subscribe(services, &actor).await?;
    Ok(rows.len())
}

/// What has cost the same each month for at least a year is declared to repeat: its next days are bills ahead. The rest of
/// what seems to repeat is left to be answered.
async fn subscribe(services: &Services, actor: &Actor) -> Result<()> {
    for proposal in recurring::proposals(services, actor).await? {
        let evidence = &proposal.found.evidence;
        if proposal.last.kind == Kind::Expense && evidence.min == evidence.max && evidence.rows.len() >= 12 {
            recurring::accept(services, actor, None, proposal.id).await?;
        }
    }
    Ok(())
}

/// The use-cases as they were so many seconds after noon of a day (never later than now), and open to everybody.
fn on(services: &Services, day: Date, second: i64, now: Timestamp) -> Services {
    let noon = Offset::UTC.to_timestamp(day.at(12, 0, 0, 0)).unwrap_or(now);
    // Nobody has that many rows in a day.
    let latest = now - SignedDuration::from_mins(5);
    let moment = noon.min(latest) + SignedDuration::from_secs(second);
    let settings = Settings { registration_open: true, mail: false, ..services.settings };
    Services { clock: Arc::new(Moment(moment)), settings, ..services.clone() }
}

async fn register(services: &Services) -> Result<Actor> {
    let person = object(vec![
        ("name", text("Mara Winter")),
        ("email", text(EMAIL)),
        ("password", text(PASSWORD)),
        ("terms", Value::Bool(true)),
    ]);
    let newcomer =
        Newcomer { locale: Locale::from_tag("en-GB"), currency: Currency::EUR, timezone: Some(ZONE.to_owned()) };
    let registered = auth::register(services, None, &person, newcomer, Device::default()).await?;
    let Registered::SignedIn(signed_in) = registered else {
        return Err(Error::Internal("the example does not wait for mail".to_owned()));
    };
    let SignedIn { user, session, .. } = *signed_in;
    // Nobody holds its secret.
    auth::logout(services, &session).await?;
    Ok(Actor { user })
}

/// In the order of [`super::row::Pocket::ALL`].
async fn open_accounts(services: &Services, actor: &Actor) -> Result<[AccountId; 3]> {
    Ok([
        open_account(services, actor, "Current account", "checking").await?,
        open_account(services, actor, "Credit card", "card").await?,
        open_account(services, actor, "Purse", "cash").await?,
    ])
}

async fn open_account(services: &Services, actor: &Actor, name: &str, kind: &str) -> Result<AccountId> {
    let account = object(vec![("name", text(name)), ("kind", text(kind)), ("currency", text("EUR"))]);
    accounts::create(services, actor, None, &account).await.map(|account| account.id)
}

fn first_plan() -> Value {
    let mut fields = vec![("name", text("The Winters")), ("type", text("family")), ("currency", text("EUR"))];
    fields.extend(plan(FIRST_PLAN));
    object(fields)
}

fn new_plan(before: &Budget) -> Value {
    let mut fields = vec![("version", Value::Number(before.version.to_string()))];
    fields.extend(plan(NEW_PLAN));
    object(fields)
}

fn plan(intent: Intent) -> [(&'static str, Value); 2] {
    let decimal = |hundredths| Value::Number(money::format_minor(hundredths, 2));
    let shares = Category::ALL.into_iter().zip(intent.shares);
    let allocations =
        shares.map(|(category, share)| (category.as_str(), object(vec![("percentage", decimal(share))]))).collect();
    [("monthlyIncome", decimal(intent.income)), ("allocations", object(allocations))]
}
