//! `/api/recurring`: what repeats is made on its days, once; it is paused, changed and ended; and found in a history.
use crate::{
    fakes::Outbox,
    helpers::{Client, TestApp, Value, budget, id, json, lunch},
};
use domain::Date;
use jiff::{Span, Timestamp, ToSpan, tz::TimeZone};
use service::{ports::jobs::JobStatus, recurring::queue};

/// Puts the clock to that moment.
fn go_to(app: &TestApp, at: &str) {
    let at: Timestamp = at.parse().unwrap();
    let seconds = at.duration_since(app.services.now()).as_secs();
    app.clock.pass_seconds(u64::try_from(seconds).expect("time goes on"));
}

/// A program at that moment, and somebody with a budget.
async fn at(moment: &str) -> (TestApp, Client, String) {
    let app = TestApp::start().await;
    app.clock.stop();
    go_to(&app, moment);
    let anna = app.person("anna").await;
    let home = budget(&anna).await;
    (app, anna, home)
}

/// Signs in again: the session may have ended meanwhile.
async fn again(app: &TestApp) -> Client {
    let client = app.stranger();
    let body = json!({ "email": "anna@example.org", "password": "correct horse battery" });
    assert_eq!(client.post("/api/auth/login", body).await.status, 200);
    client
}

/// Makes all that is due, as the program does every few minutes.
async fn make(app: &TestApp) {
    while queue(&app.services).await.unwrap() > 0 {
        app.work("a worker", &Outbox::default()).await;
    }
}

/// Rent of 900.00 EUR on that day that repeats.
fn rent(home: &str, date: &str, pattern: Value) -> Value {
    json!({ "amount": 900, "currency": "EUR", "date": date, "merchant": "Landlord", "category": "housing",
        "budgetId": home, "isRecurring": true, "recurringPattern": pattern })
}

fn monthly() -> Value {
    json!({ "frequency": "monthly" })
}

/// Declares it; the id of the series.
async fn declare(client: &Client, body: Value) -> String {
    let made = client.post("/api/expenses", body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    made.data()["expense"]["recurringPattern"]["parentId"].as_str().unwrap().to_owned()
}

/// Days and amounts of all recurring expenses, the earliest first.
async fn rows(client: &Client) -> Vec<String> {
    let found = client.get("/api/expenses?recurring=true&sort=date&limit=500").await.data();
    found.as_array().unwrap().iter().map(|row| format!("{} {}", row["date"].as_str().unwrap(), row["amount"])).collect()
}

async fn days(client: &Client) -> Vec<String> {
    rows(client).await.into_iter().map(|row| row[..10].to_owned()).collect()
}

async fn series(client: &Client, id: &str) -> Value {
    client.get(&format!("/api/recurring/{id}")).await.data()["recurring"].clone()
}

async fn act(client: &Client, id: &str, what: &str, body: Value) -> Value {
    client.post(&format!("/api/recurring/{id}/{what}"), body).await.data()["recurring"].clone()
}

/// One that was declared, and one that is found: for the tables of all routes.
pub async fn one_of_each(owner: &Client, home: &str) -> (String, String) {
    use service::ports::Clock as _;
    let today = TimeZone::UTC.to_datetime(server::system::SystemClock.now()).date();
    let declared = declare(owner, rent(home, &today.to_string(), monthly())).await;
    for months in 1..=3_i64 {
        let day: Date = today - Span::new().months(months);
        let body = json!({ "amount": 9.99, "currency": "EUR", "date": day.to_string(), "merchant": "Films" });
        assert_eq!(owner.post("/api/expenses", body).await.status, 201);
    }
    let all = owner.get("/api/recurring").await.data();
    let proposed = all.as_array().unwrap().iter().find(|one| one["standing"] == "proposed").map(id);
    (declared, proposed.unwrap_or_else(|| panic!("nothing found in {all}")))
}

#[tokio::test]
async fn the_31st_comes_back_and_nothing_is_made_twice() {
    let (app, anna, home) = at("2031-01-31T12:00:00Z").await;
    let body = rent(&home, "2031-01-31", json!({ "frequency": "monthly", "anchorDay": 31, "endDate": "2031-08-01" }));
    let made = anna.post_once("/api/expenses", "rent", &body).await.data()["expense"].clone();
    assert_eq!(anna.post_once("/api/expenses", "rent", &body).await.data()["expense"]["id"], made["id"]);
    let of = &made["recurringPattern"];
    assert_eq!((&made["isRecurring"], &of["frequency"], &of["interval"]), (&json!(true), &json!("monthly"), &json!(1)));
    assert_eq!(
        (&of["anchorDay"], &of["nextDate"], &of["slot"]),
        (&json!(31), &json!("2031-02-28"), &json!("2031-01-31"))
    );
    make(&app).await;
    assert_eq!(days(&anna).await, ["2031-01-31"], "the first one is the expense itself");
    for day in ["02-27", "02-28", "03-30", "03-31", "04-30", "05-31", "06-30", "07-31", "08-31", "09-30"] {
        go_to(&app, &format!("2031-{day}T00:05:00Z"));
        make(&app).await;
        make(&app).await;
    }
    let anna = again(&app).await;
    let expected = ["01-31", "02-28", "03-31", "04-30", "05-31", "06-30", "07-31"].map(|day| format!("2031-{day}"));
    assert_eq!(days(&anna).await, expected);
    let series = series(&anna, of["parentId"].as_str().unwrap()).await;
    assert_eq!((&series["standing"], &series["nextDate"]), (&json!("ended"), &Value::Null));
    // All of them count, each in its month; and the timeline says who made them.
    let july = anna.get(&format!("/api/budgets/{home}/analysis?month=2031-07")).await.text();
    assert!(july.contains("\"spent\":900.00"), "{july}");
    let told = anna.get(&format!("/api/budgets/{home}/activity?limit=1")).await.text();
    assert!(told.contains("\"job\"") && told.contains("Landlord"), "{told}");
}

#[tokio::test]
async fn a_leap_day_comes_back() {
    let (app, anna, home) = at("2032-02-29T12:00:00Z").await;
    declare(&anna, rent(&home, "2032-02-29", json!({ "frequency": "yearly" }))).await;
    for day in ["2033-02-28", "2034-02-28", "2035-02-28", "2036-02-28", "2036-02-29", "2037-02-27"] {
        go_to(&app, &format!("{day}T12:00:00Z"));
        make(&app).await;
    }
    let expected = ["2032-02-29", "2033-02-28", "2034-02-28", "2035-02-28", "2036-02-29"];
    assert_eq!(days(&again(&app).await).await, expected);
}

#[tokio::test]
async fn after_downtime_each_is_there_once_whoever_makes_it() {
    let (app, anna, home) = at("2031-03-03T12:00:00Z").await;
    declare(&anna, rent(&home, "2031-03-03", json!({ "frequency": "weekly", "interval": 2 }))).await;
    declare(&anna, rent(&home, "2031-03-01", monthly())).await;
    go_to(&app, "2031-06-02T12:00:00Z");
    // Who takes the jobs is killed, twice; then several work at once, and the queue is looked at by each.
    assert_eq!(queue(&app.services).await.unwrap(), 2);
    for _ in 0..2 {
        let (now, store) = (app.services.now(), &app.services.store);
        let lease = now + 60.seconds();
        while store.take_job("killed", now, lease).await.unwrap().is_some() {}
        app.clock.pass_seconds(61);
    }
    let outbox = Outbox::default();
    let workers = ["one", "two", "three"];
    let (one, two, three, queued) = tokio::join!(
        app.work(workers[0], &outbox),
        app.work(workers[1], &outbox),
        app.work(workers[2], &outbox),
        queue(&app.services)
    );
    let ((), (), (), Ok(_)) = (one, two, three, queued) else { panic!("the queue does not answer") };
    make(&app).await;
    let anna = again(&app).await;
    let expected = [
        "2031-03-01",
        "2031-03-03",
        "2031-03-17",
        "2031-03-31",
        "2031-04-01",
        "2031-04-14",
        "2031-04-28",
        "2031-05-01",
        "2031-05-12",
        "2031-05-26",
        "2031-06-01",
    ];
    assert_eq!(days(&anna).await, expected);
    assert_eq!(app.services.store.jobs(JobStatus::Dead).await.unwrap(), []);
}

#[tokio::test]
async fn a_day_begins_where_its_owner_is() {
    let (app, anna, home) = at("2031-02-09T12:00:00Z").await;
    let zone = |zone: &str| json!({ "preferences": { "timezone": zone } });
    anna.put("/api/auth/update-profile", zone("America/New_York")).await.data();
    declare(&anna, rent(&home, "2031-02-09", monthly())).await;
    // On 9 March clocks go forward there.
    for (moment, there) in [("2031-03-09T04:55:00Z", 1), ("2031-03-09T05:05:00Z", 2), ("2031-03-10T12:00:00Z", 2)] {
        go_to(&app, moment);
        make(&app).await;
        assert_eq!(days(&again(&app).await).await.len(), there, "{moment}");
    }
    let anna = again(&app).await;
    anna.put("/api/auth/update-profile", zone("Pacific/Kiritimati")).await.data();
    go_to(&app, "2031-04-08T10:05:00Z");
    make(&app).await;
    assert_eq!(days(&again(&app).await).await, ["2031-02-09", "2031-03-09", "2031-04-09"]);
}

#[tokio::test]
async fn skipped_changed_paused_and_ended() {
    let (app, anna, home) = at("2031-01-15T12:00:00Z").await;
    let id = declare(&anna, rent(&home, "2031-01-15", monthly())).await;
    let skipped = act(&anna, &id, "skip", json!({})).await;
    assert_eq!((&skipped["nextDate"], &skipped["version"]), (&json!("2031-03-15"), &json!(2)));
    assert_eq!(skipped["recurringPattern"]["skipped"], json!(["2031-02-15"]));
    act(&anna, &id, "change", json!({ "slot": "2031-03-15", "date": "2031-03-20", "amount": 950 })).await;
    let first = act(&anna, &id, "pause", json!({ "from": "2031-05-01", "until": "2031-07-01", "version": 3 })).await;
    let ahead: Vec<&str> =
        first["upcoming"].as_array().unwrap().iter().map(|one| one["date"].as_str().unwrap()).collect();
    assert_eq!(ahead[..4], ["2031-03-20", "2031-04-15", "2031-07-15", "2031-08-15"]);
    go_to(&app, "2031-04-16T12:00:00Z");
    make(&app).await;
    let anna = again(&app).await;
    assert_eq!(rows(&anna).await, ["2031-01-15 900.0", "2031-03-20 950.0", "2031-04-15 900.0"]);
    // Paused without an end, and resumed: what was missed is not made up.
    go_to(&app, "2031-08-20T12:00:00Z");
    make(&app).await;
    let anna = again(&app).await;
    let paused = act(&anna, &id, "pause", json!({})).await;
    assert_eq!((&paused["standing"], &paused["nextDate"]), (&json!("paused"), &Value::Null));
    go_to(&app, "2031-11-20T12:00:00Z");
    make(&app).await;
    let anna = again(&app).await;
    assert_eq!(act(&anna, &id, "resume", json!({})).await["nextDate"], json!("2031-12-15"));
    go_to(&app, "2031-12-15T12:00:00Z");
    make(&app).await;
    let anna = again(&app).await;
    let ended = act(&anna, &id, "end", json!({})).await;
    assert_eq!((&ended["standing"], &ended["upcoming"]), (&json!("ended"), &json!([])));
    go_to(&app, "2032-03-01T12:00:00Z");
    make(&app).await;
    let expected = ["01-15", "03-20", "04-15", "07-15", "08-15", "12-15"].map(|day| format!("2031-{day}"));
    assert_eq!(days(&again(&app).await).await, expected);
}

#[tokio::test]
async fn what_somebody_does_with_one_stays_and_a_copy_is_no_series() {
    let (app, anna, home) = at("2031-01-10T12:00:00Z").await;
    let series = declare(&anna, rent(&home, "2031-01-10", json!({ "frequency": "weekly" }))).await;
    go_to(&app, "2031-01-24T12:00:00Z");
    make(&app).await;
    let anna = again(&app).await;
    let all = anna.get("/api/expenses?recurring=true&sort=date").await.data();
    let (second, third) = (id(&all[1]), id(&all[2]));
    let body = json!({ "version": 1, "amount": 800, "date": "2031-01-18", "merchant": "The other landlord" });
    let changed = anna.put(&format!("/api/expenses/{second}"), body).await.data()["expense"].clone();
    assert_eq!(changed["recurringPattern"]["slot"], "2031-01-17");
    assert_eq!(anna.delete(&format!("/api/expenses/{third}")).await.status, 204);
    let mut copy = changed.clone();
    for field in [
        "id",
        "userId",
        "version",
        "baseAmount",
        "baseCurrency",
        "rate",
        "rateDate",
        "importId",
        "createdAt",
        "updatedAt",
        "deletedAt",
        "isRecurring",
        "direction",
        "otherLegId",
        "transferId",
        "recurringPattern",
        "merchantName",
        "receipt",
    ] {
        copy.as_object_mut().unwrap().remove(field);
    }
    let copied = anna.post("/api/expenses", copy).await.data()["expense"].clone();
    assert_eq!((&copied["isRecurring"], &copied["recurringPattern"]), (&json!(false), &Value::Null));
    for _ in 0..3 {
        make(&app).await;
    }
    assert_eq!(rows(&anna).await, ["2031-01-10 900.0", "2031-01-18 800.0"], "neither anew nor as it was");
    assert_eq!(anna.get("/api/recurring").await.data().as_array().unwrap().len(), 1);
    assert_eq!(anna.get("/api/expenses?recurring=false").await.data().as_array().unwrap().len(), 1);
    // Back from the trash it is the same occurrence; the next one is like the series.
    assert_eq!(anna.post(&format!("/api/trash/{third}/restore"), json!({})).await.status, 200);
    let next = anna.put(&format!("/api/recurring/{series}"), json!({ "version": 3, "amount": 910 })).await;
    assert_eq!(next.data()["recurring"]["amount"].as_f64(), Some(910.0));
    assert_eq!(
        anna.put(&format!("/api/recurring/{series}"), json!({ "version": 3, "amount": 1 })).await.code(),
        "STALE_VERSION"
    );
    go_to(&app, "2031-01-31T12:00:00Z");
    make(&app).await;
    let expected = ["2031-01-10 900.0", "2031-01-18 800.0", "2031-01-24 900.0", "2031-01-31 910.0"];
    assert_eq!(rows(&again(&app).await).await, expected);
}

#[tokio::test]
async fn declared_changed_and_ended_at_the_expense() {
    let (app, anna, home) = at("2031-05-20T12:00:00Z").await;
    let expense = id(&anna.post("/api/expenses", lunch(Some(&home))).await.data()["expense"]);
    let path = format!("/api/expenses/{expense}");
    let put = async |body: Value| anna.put(&path, body).await;
    assert!(put(json!({ "version": 1, "isRecurring": true })).await.json()["fields"]["recurringPattern"].is_string());
    let declared = put(json!({ "version": 1, "isRecurring": true, "recurringPattern": monthly() })).await.data();
    let of = declared["expense"]["recurringPattern"].clone();
    assert_eq!((&of["slot"], &of["nextDate"]), (&json!("2026-11-20"), &json!("2031-05-20")), "nothing is made up");
    make(&app).await;
    assert_eq!(days(&anna).await, ["2026-11-20", "2031-05-20"]);
    let rule = json!({ "frequency": "monthly", "anchorDay": 1 });
    let moved = put(json!({ "version": 2, "recurringPattern": rule })).await.data();
    assert_eq!(moved["expense"]["recurringPattern"]["nextDate"], "2031-06-01");
    let series = of["parentId"].as_str().unwrap();
    let rule = json!({ "version": 3, "recurringPattern": { "frequency": "monthly", "anchorDay": 25, "anchorDate": "2031-05-21" } });
    let moved = anna.put(&format!("/api/recurring/{series}"), rule).await.data()["recurring"].clone();
    assert_eq!(moved["nextDate"], "2031-06-25", "there was one in May");
    put(json!({ "version": 3, "isRecurring": false })).await.data();
    assert_eq!(self::series(&anna, series).await["standing"], "ended");
    // What was said of recurrence is no change of the expense itself.
    let told = anna.get(&format!("/api/budgets/{home}/activity")).await.data();
    assert_eq!(told.as_array().unwrap().iter().filter(|entry| entry["kind"] == "changed").count(), 0, "{told}");
}

#[tokio::test]
async fn found_with_its_evidence_accepted_or_dismissed() {
    let (app, anna, home) = at("2031-05-20T12:00:00Z").await;
    let enter = async |merchant: &str, date: &str, amount: f64| {
        let body = json!({ "amount": amount, "currency": "EUR", "date": date, "merchant": merchant, "budgetId": home });
        assert_eq!(anna.post("/api/expenses", body).await.status, 201);
    };
    for month in 1..=5 {
        enter("Films", &format!("2031-0{month}-05"), 9.99).await;
        enter("Power", &format!("2031-0{month}-12"), 50.0 + f64::from(month)).await;
        enter("Bakery", &format!("2031-0{month}-1{month}"), f64::from(month * month)).await;
    }
    let found = anna.get("/api/recurring").await.data();
    let told: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            format!(
                "{} {} {} {}",
                one["standing"],
                one["merchant"],
                one["nextDate"],
                one["evidence"].as_array().unwrap().len()
            )
        })
        .collect();
    assert_eq!(told, ["\"proposed\" \"Films\" \"2031-06-05\" 5", "\"proposed\" \"Power\" \"2031-06-12\" 5"]);
    assert_eq!((found[1]["minAmount"].as_f64(), found[1]["maxAmount"].as_f64()), (Some(51.0), Some(55.0)));
    assert_eq!(found[1]["status"], "needs_review", "amounts differ");
    let (films, power) = (id(&found[0]), id(&found[1]));
    let accepted = anna.post_once(&format!("/api/recurring/{films}/accept"), "yes", &json!({})).await;
    assert_eq!((accepted.status, &accepted.data()["recurring"]["origin"]), (201, &json!("detected")));
    assert_eq!(anna.post_once(&format!("/api/recurring/{films}/accept"), "yes", &json!({})).await.status, 201);
    assert_eq!(anna.post(&format!("/api/recurring/{films}/accept"), json!({})).await.status, 404, "it is answered");
    assert_eq!(act(&anna, &power, "dismiss", json!({})).await["standing"], "dismissed");
    enter("Power", "2031-05-13", 57.0).await;
    let left = anna.get("/api/recurring").await.data();
    assert_eq!((left.as_array().unwrap().len(), &left[0]["standing"]), (1, &json!("active")), "{left}");
    assert_eq!(anna.get(&format!("/api/recurring/{power}")).await.status, 404);
    go_to(&app, "2031-07-06T12:00:00Z");
    make(&app).await;
    let anna = again(&app).await;
    assert_eq!(rows(&anna).await, ["2031-06-05 9.99", "2031-07-05 9.99"]);
    assert_eq!(anna.get("/api/recurring").await.data().as_array().unwrap().len(), 1, "what is made is not found anew");
}

#[tokio::test]
async fn bad_input_makes_nothing() {
    let (_app, anna, home) = at("2031-05-20T12:00:00Z").await;
    let path = format!("/api/recurring/{}", declare(&anna, rent(&home, "2031-05-20", monthly())).await);
    let before = crate::helpers::snapshot(&anna).await;
    for (pattern, field) in [
        (json!("monthly"), "recurringPattern"),
        (json!({}), "recurringPattern.frequency"),
        (json!({ "frequency": "daily" }), "recurringPattern.frequency"),
        (json!({ "frequency": "weekly", "interval": 0 }), "recurringPattern.interval"),
        (json!({ "frequency": "weekly", "anchorDay": 8 }), "recurringPattern.anchorDay"),
        (json!({ "frequency": "monthly", "endDate": "2031-05-19" }), "recurringPattern.endDate"),
        (json!({ "frequency": "monthly", "nextDate": "soon" }), "recurringPattern.nextDate"),
        (json!({ "frequency": "monthly", "colour": 1 }), "recurringPattern.colour"),
        (json!({ "frequency": "monthly", "skipped": ["2031-05-21"] }), "recurringPattern.skipped"),
    ] {
        let answer = anna.post("/api/expenses", rent(&home, "2031-05-20", pattern.clone())).await;
        assert_eq!(answer.status, 400, "{pattern}: {}", answer.text());
        assert!(answer.json()["fields"][field].is_string(), "{field} of {}", answer.text());
        let answer = anna.put(&path, json!({ "version": 1, "recurringPattern": pattern })).await;
        assert_eq!(answer.status, 400, "{pattern}: {}", answer.text());
    }
    let both = json!({ "amount": 0, "isRecurring": true, "recurringPattern": { "frequency": "daily" } });
    let fields = anna.post("/api/expenses", both).await.json()["fields"].clone();
    assert!(fields["currency"].is_string() && fields["recurringPattern.frequency"].is_string(), "{fields}");
    for (route, body, field) in [
        ("skip", json!({ "slot": "2031-06-21" }), "slot"),
        ("skip", json!({ "slot": "2031-05-20" }), "slot"),
        ("skip", json!({ "slot": 5 }), "slot"),
        ("change", json!({ "amount": 0 }), "amount"),
        ("change", json!({ "date": "2031-07-20" }), "date"),
        ("pause", json!({ "from": "2031-06-01", "until": "2031-06-01" }), "until"),
        ("resume", json!({ "on": "later" }), "on"),
        ("end", json!({ "when": "2031-06-01" }), "when"),
        ("accept", json!({ "x": 1 }), "x"),
    ] {
        let answer = anna.post(&format!("{path}/{route}"), body.clone()).await;
        assert_eq!(answer.status, 400, "{route} {body}: {}", answer.text());
        assert!(answer.json()["fields"][field].is_string(), "{field} of {}", answer.text());
    }
    assert_eq!(anna.post(&format!("{path}/skip"), json!({ "version": 9 })).await.code(), "STALE_VERSION");
    for (body, field) in [
        (json!({ "amount": 5 }), "version"),
        (json!({ "version": 1, "date": "2031-06-01" }), "date"),
        (json!({ "version": 1, "isRecurring": true }), "isRecurring"),
        (json!({ "version": 1, "status": "draft" }), "status"),
        (json!({ "version": 1, "budgetId": "00010203040506070809abff" }), "budgetId"),
        (json!({ "version": 1, "accountId": "00010203040506070809abff" }), "accountId"),
    ] {
        let answer = anna.put(&path, body.clone()).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
        assert!(answer.json()["fields"][field].is_string(), "{field} of {}", answer.text());
    }
    assert_eq!(crate::helpers::snapshot(&anna).await, before);
}

#[tokio::test]
async fn without_its_budget_a_series_waits() {
    let (app, anna, home) = at("2031-01-10T12:00:00Z").await;
    let id = declare(&anna, rent(&home, "2031-01-10", monthly())).await;
    assert_eq!(anna.delete(&format!("/api/budgets/{home}")).await.status, 204);
    go_to(&app, "2031-04-20T12:00:00Z");
    make(&app).await;
    let anna = again(&app).await;
    let waits = series(&anna, &id).await;
    assert_eq!((&waits["standing"], &waits["budgetId"]), (&json!("paused"), &Value::Null));
    assert_eq!(act(&anna, &id, "resume", json!({})).await["nextDate"], "2031-05-10");
    go_to(&app, "2031-05-10T12:00:00Z");
    make(&app).await;
    let all = again(&app).await.get("/api/expenses?recurring=true&sort=-date").await.data();
    assert_eq!((&all[0]["date"], &all[0]["budgetId"]), (&json!("2031-05-10"), &Value::Null));
}

#[tokio::test]
async fn bills_ahead_are_told_and_not_free_to_spend() {
    let (app, anna, home) = at("2031-03-10T12:00:00Z").await;
    let look = async |client: &Client| client.get("/api/analytics/dashboard").await.data()["dashboard"].clone();
    let safe = |dashboard: &Value| dashboard["analysis"]["safeToSpend"].as_f64().unwrap();
    assert_eq!(look(&anna).await["upcomingBills"], json!([]));
    let before = safe(&look(&anna).await);
    let landlord = declare(&anna, rent(&home, "2031-03-08", json!({ "frequency": "weekly" }))).await;
    let spotted = safe(&look(&anna).await);
    assert_eq!(Some(before - spotted), Some(3_600.0));
    let full = look(&anna).await;
    assert_eq!(full["analysis"]["billsDue"], json!(2700.0));
    let bills = full["upcomingBills"].as_array().unwrap();
    let days: Vec<&str> = bills.iter().map(|bill| bill["date"].as_str().unwrap()).collect();
    assert_eq!(days, ["2031-03-15", "2031-03-22", "2031-03-29", "2031-04-05"]);
    assert_eq!(
        bills[0],
        json!({ "recurringId": landlord, "slot": "2031-03-15", "date": "2031-03-15", "daysLeft": 5, "merchant": "Landlord",
            "description": null, "category": "housing", "amount": 900.0, "currency": "EUR" })
    );
    act(&anna, &landlord, "skip", json!({ "slot": "2031-03-22" })).await;
    let skipped = look(&anna).await;
    assert_eq!((skipped["upcomingBills"].as_array().unwrap().len(), safe(&skipped) - spotted), (3, 900.0));
    // What is made is spent, and no bill any more: what is safe to spend stays.
    go_to(&app, "2031-03-15T12:00:00Z");
    make(&app).await;
    let anna = again(&app).await;
    let made = look(&anna).await;
    assert_eq!((made["upcomingBills"][0]["date"].as_str(), safe(&made)), (Some("2031-03-29"), safe(&skipped)));
    act(&anna, &landlord, "pause", json!({})).await;
    let paused = look(&anna).await;
    assert_eq!((&paused["upcomingBills"], &paused["analysis"]["billsDue"]), (&json!([]), &json!(0.0)));
    let past = anna.get("/api/analytics/dashboard?month=2031-02").await.data()["dashboard"]["analysis"].clone();
    assert_eq!(past["billsDue"], json!(0.0));
}

#[tokio::test]
async fn a_payment_that_the_bank_has_told_is_not_made_again() {
    let (app, anna, home) = at("2031-03-01T12:00:00Z").await;
    let landlord = declare(&anna, rent(&home, "2031-03-01", monthly())).await;
    let csv =
        "Date,Description,Amount\n2031-03-20,Bakery,-3.50\n2031-03-21,Cinema,-12.00\n2031-03-30,LANDLORD,-905.00\n";
    let imported = anna.upload("/api/expenses/bulk-import", ("bank.csv", csv.as_bytes()), &[("budgetId", &home)]).await;
    assert_eq!(imported.status, 201, "{}", imported.text());
    go_to(&app, "2031-04-01T12:00:00Z");
    make(&app).await;
    let anna = again(&app).await;
    assert_eq!(rows(&anna).await, ["2031-03-01 900.0", "2031-03-30 905.0"]);
    assert_eq!(series(&anna, &landlord).await["nextDate"], "2031-05-01");
    // The other way round: the next is made on its day, and is the bank's when that tells of it.
    go_to(&app, "2031-05-01T12:00:00Z");
    make(&app).await;
    let anna = again(&app).await;
    let csv =
        "Date,Description,Amount\n2031-03-20,Bakery,-3.50\n2031-03-21,Cinema,-12.00\n2031-05-02,LANDLORD,-910.00\n";
    let imported = anna.upload("/api/expenses/bulk-import", ("bank.csv", csv.as_bytes()), &[("budgetId", &home)]).await;
    assert_eq!(imported.data()["added"], 0, "{}", imported.text());
    assert_eq!(rows(&anna).await, ["2031-03-01 900.0", "2031-03-30 905.0", "2031-05-02 910.0"]);
    let id = imported.data()["importId"].as_str().unwrap().to_owned();
    assert_eq!(anna.post(&format!("/api/imports/{id}/revert"), json!({})).await.status, 200);
    assert_eq!(rows(&anna).await, ["2031-03-01 900.0", "2031-03-30 905.0", "2031-05-01 900.0"]);
}
