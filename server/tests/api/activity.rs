//! `/api/activity` and `/api/budgets/{id}/activity`: what was done, and the way back.
use crate::helpers::{Answer, Client, TestApp, Value, budget, expense, id, json};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::collections::BTreeMap;

async fn own(client: &Client) -> Vec<Value> {
    client.get("/api/activity?limit=500").await.data().as_array().unwrap().clone()
}

async fn undo(client: &Client, activity: &Value) -> Answer {
    client.post(&format!("/api/activity/{}/undo", id(activity)), json!({})).await
}

async fn row(client: &Client, row: &str) -> Value {
    client.get(&format!("/api/expenses/{row}")).await.data()["expense"].clone()
}

async fn edit(client: &Client, row: &str, change: Value) -> Value {
    let path = format!("/api/expenses/{row}");
    let mut change = change;
    change["version"] = client.get(&path).await.data()["expense"]["version"].clone();
    client.put(&path, change).await.data()["expense"].clone()
}

#[tokio::test]
async fn there_and_back_and_there_again() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let lunch = expense(&client, Some(&home)).await;
    edit(&client, &lunch, json!({ "amount": 14.50, "notes": "with a friend" })).await;
    let feed = client.get(&format!("/api/budgets/{home}/activity")).await;
    assert_eq!(feed.json()["meta"], json!({ "total": 3, "limit": 100, "nextCursor": null }));
    let told = feed.data()[0].clone();
    let change = &told["changes"][0];
    assert_eq!(
        (told["kind"].as_str(), told["actor"]["name"].as_str(), told["onBehalf"].as_str()),
        (Some("changed"), Some("anna"), Some("user"))
    );
    assert_eq!((change["entityId"].as_str(), change["title"].as_str()), (Some(lunch.as_str()), Some("Lunch bar")));
    assert!(
        feed.text().contains("\"before\":{\"amount\":12.34,\"currency\":\"EUR\",\"notes\":null}"),
        "{}",
        feed.text()
    );
    assert_eq!((change["versionAfter"].as_i64(), told["undoable"].as_bool()), (Some(2), Some(true)));

    let undone = undo(&client, &told).await;
    assert_eq!(undone.status, 200, "{}", undone.text());
    assert_eq!(
        (undone.data()["entity"]["kind"].as_str(), undone.data()["entity"]["expense"]["version"].as_i64()),
        (Some("expense"), Some(3))
    );
    let way_back = undone.data()["activity"].clone();
    assert_eq!((way_back["undoes"].as_str(), way_back["undoable"].as_bool()), (Some(id(&told).as_str()), Some(true)));
    let now = row(&client, &lunch).await;
    assert_eq!(
        (now["amount"].as_f64(), now["baseAmount"].as_f64(), now["notes"].is_null()),
        (Some(12.34), Some(12.34), true)
    );
    let spent = client.get(&format!("/api/budgets/{home}/analysis?month=2026-11")).await;
    assert_eq!(spent.data()["analysis"]["total"]["spent"].as_f64(), Some(12.34));
    let marked = client.get(&format!("/api/budgets/{home}/activity")).await.data()[1].clone();
    assert_eq!(
        (marked["undoneBy"].as_str(), marked["undoable"].as_bool()),
        (Some(id(&way_back).as_str()), Some(false))
    );

    let twice = undo(&client, &told).await;
    assert_eq!((twice.status, twice.code().as_str()), (409, "CONFLICT"));
    assert!(twice.text().contains("taken back already"), "{}", twice.text());
    let again = undo(&client, &way_back).await;
    assert_eq!(again.status, 200, "{}", again.text());
    assert_eq!(row(&client, &lunch).await["notes"], "with a friend");
    // And further back than the last: each step is as the one before left it.
    assert_eq!(undo(&client, &again.data()["activity"]).await.status, 200);
    let created = own(&client).await.into_iter().find(|told| told["kind"] == "created").unwrap();
    assert_eq!(undo(&client, &created).await.status, 200);
    assert!(row(&client, &lunch).await["deletedAt"].is_string(), "what was added is in the trash");
}

#[tokio::test]
async fn nothing_newer_is_overwritten() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let lunch = expense(&client, None).await;
    edit(&client, &lunch, json!({ "amount": 20, "merchant": "Café", "notes": "a" })).await;
    let told = own(&client).await[0].clone();
    edit(&client, &lunch, json!({ "merchant": "Bistro" })).await;
    let refused = undo(&client, &told).await;
    assert_eq!((refused.status, refused.code().as_str()), (409, "CONFLICT"));
    assert_eq!(refused.json()["fields"], json!({ "merchant": "Changed since." }));
    assert!(refused.text().contains("overwrite a newer change"), "{}", refused.text());
    let path = format!("/api/activity/{}/undo?untouched=true", id(&told));
    assert_eq!(client.post(&path, json!({})).await.status, 200);
    let now = row(&client, &lunch).await;
    assert_eq!(
        (now["amount"].as_f64(), now["merchant"].as_str(), now["notes"].is_null()),
        (Some(12.34), Some("Bistro"), true)
    );

    // A newer change of something else is said, too.
    edit(&client, &lunch, json!({ "notes": "b" })).await;
    let told = own(&client).await[0].clone();
    edit(&client, &lunch, json!({ "tags": ["work"] })).await;
    assert_eq!(undo(&client, &told).await.json()["fields"], json!({ "tags": "Changed since." }));
    // Once that is taken back, the older one can be, too.
    let newest = own(&client).await[0].clone();
    assert_eq!(undo(&client, &newest).await.status, 200);
    assert_eq!(undo(&client, &told).await.status, 200);
    assert!(row(&client, &lunch).await["notes"].is_null());
}

#[tokio::test]
async fn budgets_and_bank_files() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let path = format!("/api/budgets/{home}");
    let shares = json!({ "food": { "percentage": 40 }, "housing": { "percentage": 60 } });
    client
        .put(&path, json!({ "version": 1, "name": "Flat", "monthlyIncome": 1000, "allocations": shares }))
        .await
        .data();
    let told = own(&client).await[0].clone();
    assert_eq!(
        (
            told["changes"][0]["before"]["name"].as_str(),
            told["changes"][0]["after"]["allocations"]["food"]["percentage"].as_f64()
        ),
        (Some("Home"), Some(40.0))
    );
    assert_eq!(undo(&client, &told).await.data()["entity"]["budget"]["monthlyIncome"].as_f64(), Some(3000.0));
    let now = client.get(&path).await.data()["budget"].clone();
    assert_eq!(
        (now["name"].as_str(), now["version"].as_i64(), now["allocations"]["food"]["amount"].as_f64()),
        (Some("Home"), Some(3), Some(450.0))
    );
    assert_eq!(client.delete(&path).await.status, 204);
    let deleted = own(&client).await[0].clone();
    assert_eq!(undo(&client, &deleted).await.status, 200, "out of the trash");
    assert_eq!(client.get(&path).await.status, 200);

    let file = b"Date,Payee,Amount\n2026-11-01,Bakery,-3.50\n2026-11-13,Cinema,-12.00\n";
    client.upload("/api/expenses/bulk-import", ("bank.csv", file), &[("budgetId", &home)]).await.data();
    let imported = client.get(&format!("{path}/activity?kind=imported")).await.data()[0].clone();
    assert_eq!(
        (imported["changes"][0]["title"].as_str(), imported["changes"][0]["rows"].as_i64()),
        (Some("bank.csv"), Some(2))
    );
    assert_eq!(undo(&client, &imported).await.data()["entity"]["import"]["status"], "reverted");
    assert_eq!(client.get("/api/expenses").await.data(), json!([]));
    let reverted = own(&client).await[0].clone();
    assert_eq!((reverted["kind"].as_str(), reverted["undoable"].as_bool()), (Some("reverted"), Some(false)));
    assert_eq!(undo(&client, &reverted).await.status, 409);
    // What comes back from the trash by itself is marked as taken back.
    let lunch = expense(&client, Some(&home)).await;
    client.delete(&format!("/api/expenses/{lunch}")).await;
    client.post(&format!("/api/trash/{lunch}/restore"), json!({})).await.data();
    let told = own(&client).await;
    assert_eq!(
        (told[0]["kind"].as_str(), told[1]["undoneBy"].as_str()),
        (Some("restored"), Some(id(&told[0]).as_str()))
    );
}

#[tokio::test]
async fn somebody_elses_and_long_ago() {
    let app = TestApp::start().await;
    let (anna, ben) = (app.person("anna").await, app.person("ben").await);
    let home = budget(&anna).await;
    let lunch = expense(&anna, Some(&home)).await;
    let told = own(&anna).await;
    for activity in &told {
        assert_eq!(undo(&ben, activity).await.status, 404);
    }
    assert_eq!(own(&ben).await, Vec::<Value>::new());
    assert_eq!(ben.get(&format!("/api/budgets/{home}/activity")).await.status, 404);
    app.clock.pass(30);
    let body = json!({ "email": "anna@example.org", "password": "correct horse battery" });
    assert_eq!(anna.post("/api/auth/login", body).await.status, 200);
    let late = undo(&anna, &told[0]).await;
    assert_eq!((late.status, late.text().contains("30 days")), (409, true), "{}", late.text());
    assert_eq!(own(&anna).await[0]["undoable"], false);
    assert!(row(&anna, &lunch).await["deletedAt"].is_null());
}

#[tokio::test]
async fn the_same_key_takes_back_once() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let lunch = expense(&client, None).await;
    let told = own(&client).await[0].clone();
    let path = format!("/api/activity/{}/undo", id(&told));
    let first = client.post_once(&path, "once", &json!({})).await;
    let second = client.post_once(&path, "once", &json!({})).await;
    assert_eq!((first.status, second.status), (200, 200), "{}", second.text());
    assert_eq!(first.data()["activity"]["id"], second.data()["activity"]["id"]);
    assert_eq!(own(&client).await.len(), 2);
    assert!(row(&client, &lunch).await["deletedAt"].is_string());
}

#[tokio::test]
async fn pages_of_a_feed() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    for _ in 0..5 {
        expense(&client, Some(&home)).await;
    }
    let all = own(&client).await;
    let (mut walked, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/api/budgets/{home}/activity?limit=2&kind=created{cursor}")).await.json();
        walked.extend(page["data"].as_array().unwrap().clone());
        assert_eq!(page["meta"]["total"], 6);
        let Some(next) = page["meta"]["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(walked, all);
    let me = all[0]["actor"]["id"].as_str().unwrap();
    let by = client.get(&format!("/api/activity?by={me}")).await.json()["meta"]["total"].clone();
    assert_eq!((by, client.get("/api/activity?kind=deleted").await.data()), (json!(6), json!([])));
}

/// The form that keys press: back step by step, and forward again, also in another browser.
#[tokio::test]
async fn the_last_change_is_taken_back_by_a_key() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let lunch = expense(&client, None).await;
    edit(&client, &lunch, json!({ "amount": 13 })).await;
    edit(&client, &lunch, json!({ "amount": 14 })).await;
    let press = async |fields: &[(&str, &str)]| {
        let outcome = client.twin().form_by_script("undo-last", fields).await.json();
        assert_eq!(outcome["ok"], true, "{outcome}");
        outcome["toast"].clone()
    };
    let amount = async || row(&client, &lunch).await["amount"].as_f64();
    let toast = press(&[]).await;
    assert_eq!(
        (toast["text"].as_str(), toast["undo"]["label"].as_str()),
        (Some("Undone: Lunch bar changed"), Some("Redo"))
    );
    assert_eq!(amount().await, Some(13.0));
    press(&[]).await;
    assert_eq!(amount().await, Some(12.34));
    assert_eq!(press(&[]).await["text"], "Undone: Lunch bar added");
    assert_eq!(press(&[]).await["text"], "Nothing to undo");
    for expected in [12.34, 13.0, 14.0] {
        assert!(press(&[("redo", "1")]).await["text"].as_str().unwrap().starts_with("Done again: "));
        assert_eq!(amount().await, Some(expected));
    }
    assert_eq!(press(&[("redo", "1")]).await["text"], "Nothing to redo");
    press(&[]).await;
    assert_eq!(amount().await, Some(13.0), "and back once more");
}

#[tokio::test]
async fn the_page_tells_and_takes_back_without_javascript() {
    let app = TestApp::start().await;
    let client = app.person("anna").await;
    let home = budget(&client).await;
    let lunch = expense(&client, Some(&home)).await;
    edit(&client, &lunch, json!({ "amount": 14.50 })).await;
    let path = format!("/budgets/{home}/activity");
    let page = client.get(&path).await;
    assert!(page.status == 200 && page.text().contains("anna changed Lunch bar from"), "{}", page.text());
    let told = own(&client).await[0].clone();
    let answer = client.form("activity-undo", &[("id", &id(&told)), ("back", &path)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, path.as_str()));
    let page = client.get(&path).await.text();
    assert!(page.contains("Undone: Lunch bar changed") && page.contains("Undone by anna"), "{page}");
    for query in ["?kind=deleted", "?kind=lost&by=x&after=y", "?by=00010203040506070809abff"] {
        assert_eq!(client.get(&format!("{path}{query}")).await.status, 200, "{query}");
    }
    assert_eq!(app.person("ben").await.get(&path).await.status, 404);
}

/// What somebody does in the test of any sequence.
#[derive(Debug, Clone)]
enum Act {
    Add(i64),
    Change(usize, i64),
    Note(usize, u8),
    Delete(usize),
    Undo(usize),
    /// Something of the other one's.
    Steal(usize),
}

fn acts() -> impl Strategy<Value = Vec<(bool, Act)>> {
    let which = 0..40_usize;
    let act = prop_oneof![
        2 => (1..9_999_i64).prop_map(Act::Add),
        3 => (which.clone(), 1..9_999_i64).prop_map(|(row, amount)| Act::Change(row, amount)),
        2 => (which.clone(), 0..5_u8).prop_map(|(row, note)| Act::Note(row, note)),
        1 => which.clone().prop_map(Act::Delete),
        5 => which.clone().prop_map(Act::Undo),
        1 => which.prop_map(Act::Steal),
    ];
    prop::collection::vec((any::<bool>(), act), 25)
}

/// A row as the model knows it: amount, note, whether it is in the trash.
type Known = (i64, String, bool);

/// What an activity did, as the model knows it: the row, how it was before, how it was after.
#[derive(Clone)]
struct Done {
    row: String,
    before: Option<Known>,
    after: Known,
    undone: bool,
}

#[derive(Default)]
struct Model {
    rows: BTreeMap<String, Known>,
    done: BTreeMap<String, Done>,
}

impl Model {
    /// Whether taking it back leaves nothing newer behind, and what the row is then.
    fn undo(&self, activity: &str) -> Option<(String, Known)> {
        let done = &self.done[activity];
        let fits = !done.undone && self.rows[&done.row] == done.after;
        let (amount, note, _) = done.after.clone();
        fits.then(|| (done.row.clone(), done.before.clone().unwrap_or((amount, note, true))))
    }
}

/// Two people do and take back what they like: the rows are as a model says that knows no versions and no fingerprints.
#[tokio::test]
async fn any_sequence_is_as_the_model_says() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..6 {
        let acts = acts().new_tree(&mut runner).unwrap().current();
        let app = TestApp::start().await;
        let people = [app.person("anna").await, app.person("ben").await];
        let mut models = [Model::default(), Model::default()];
        for (first, act) in acts {
            let at = usize::from(first);
            step(&people, &mut models, at, act).await;
        }
        for (person, model) in people.iter().zip(&models) {
            for (id, known) in &model.rows {
                assert_eq!(&seen(person, id).await, known);
            }
            assert_eq!(own(person).await.len(), model.done.len());
        }
    }
}

async fn seen(client: &Client, id: &str) -> Known {
    let row = row(client, id).await;
    let text = row["amount"].to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let cents = format!("{whole}{part:0<2}").parse().unwrap();
    (cents, row["notes"].as_str().unwrap_or_default().to_owned(), row["deletedAt"].is_string())
}

async fn step(people: &[Client; 2], models: &mut [Model; 2], at: usize, act: Act) {
    let (client, model) = (&people[at], &models[at]);
    let pick = |rows: Vec<String>, n: usize| if rows.is_empty() { None } else { Some(rows[n % rows.len()].clone()) };
    let living = || model.rows.iter().filter(|(_, known)| !known.2).map(|(id, _)| id.clone()).collect::<Vec<_>>();
    let amount = |cents: i64| serde_json::from_str::<Value>(&format!("{}.{:02}", cents / 100, cents % 100)).unwrap();
    let row = match &act {
        Act::Add(cents) => {
            let body = json!({ "amount": amount(*cents), "currency": "EUR", "date": "2026-11-20", "merchant": "Shop" });
            Some(id(&client.post("/api/expenses", body).await.data()["expense"]))
        }
        Act::Change(n, cents) => match pick(living(), *n) {
            Some(row) => {
                edit(client, &row, json!({ "amount": amount(*cents) })).await["id"].as_str().map(str::to_owned)
            }
            None => None,
        },
        Act::Note(n, note) => match pick(living(), *n) {
            Some(row) => {
                edit(client, &row, json!({ "notes": format!("n{note}") })).await["id"].as_str().map(str::to_owned)
            }
            None => None,
        },
        Act::Delete(n) => {
            let row = pick(living(), *n);
            if let Some(row) = &row {
                assert_eq!(client.delete(&format!("/api/expenses/{row}")).await.status, 204);
            }
            row
        }
        Act::Steal(n) => {
            let theirs = pick(models[1 - at].done.keys().cloned().collect(), *n);
            if let Some(theirs) = theirs {
                assert_eq!(undo(client, &json!({ "id": theirs })).await.status, 404);
            }
            None
        }
        Act::Undo(n) => {
            let Some(activity) = pick(model.done.keys().cloned().collect(), *n) else { return };
            let answer = undo(client, &json!({ "id": activity })).await;
            let expected = model.undo(&activity);
            assert_eq!(answer.status, if expected.is_some() { 200 } else { 409 }, "{}", answer.text());
            let Some((row, known)) = expected else { return };
            assert_eq!(seen(client, &row).await, known);
            models[at].done.get_mut(&activity).unwrap().undone = true;
            Some(row)
        }
    };
    let Some(row) = row else { return };
    let (after, model) = (seen(client, &row).await, &mut models[at]);
    let before = model.rows.insert(row.clone(), after.clone());
    if before.as_ref() != Some(&after) {
        let newest = own(client).await.into_iter().find(|told| !model.done.contains_key(&id(told))).unwrap();
        model.done.insert(id(&newest), Done { row, before, after, undone: false });
    }
}
