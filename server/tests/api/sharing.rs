//! Budgets with several members: who may do what, and how somebody comes and goes.
use crate::helpers::{Client, TestApp, Value, budget, expense, id, json, lunch, snapshot};
use hyper::Method;

/// A budget with one of each role, and somebody who has no part in it.
struct House {
    _app: TestApp,
    people: [Client; 5],
    budget: String,
    expense: String,
    binned: String,
    invite: String,
}

const OWNER: usize = 0;
const ROLES: [&str; 5] = ["owner", "admin", "edit", "view", "stranger"];
const NOBODY: &str = "00010203040506070809abff";

async fn user_id(client: &Client) -> String {
    id(&client.get("/api/auth/me").await.data()["user"])
}

/// Invited by the first, accepted by the second.
async fn join(owner: &Client, budget: &str, name: &str, client: &Client, role: &str) {
    let body = json!({ "email": format!("{name}@example.org"), "role": role });
    let made = owner.post(&format!("/api/budgets/{budget}/share"), body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let invites = client.get("/api/invites").await.data();
    assert_eq!((invites[0]["budgetName"].as_str(), invites[0]["role"].as_str()), (Some("Home"), Some(role)));
    let accepted = client.post(&format!("/api/invites/{}/accept", id(&invites[0])), json!({})).await;
    assert_eq!(accepted.data()["budget"]["role"], role, "{}", accepted.text());
}

impl House {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let mut people = Vec::new();
        for name in ROLES {
            people.push(app.person(name).await);
        }
        let people: [Client; 5] = people.try_into().ok().unwrap();
        let budget = budget(&people[OWNER]).await;
        for (name, client) in ROLES.iter().zip(&people).skip(1).take(3) {
            join(&people[OWNER], &budget, name, client, name).await;
        }
        let binned = expense(&people[OWNER], Some(&budget)).await;
        assert_eq!(people[OWNER].delete(&format!("/api/expenses/{binned}")).await.status, 204);
        let expense = expense(&people[OWNER], Some(&budget)).await;
        let body = json!({ "email": "guest@example.org", "role": "view" });
        let invite = people[OWNER].post(&format!("/api/budgets/{budget}/share"), body).await.data();
        Self { _app: app, people, budget, expense, binned, invite: id(&invite["invite"]) }
    }

    async fn ask(&self, client: &Client, (method, path, body): (&str, &str, Option<Body>)) -> (u16, String) {
        let path = path
            .replace("BUDGET", &self.budget)
            .replace("BINNED", &self.binned)
            .replace("EXPENSE", &self.expense)
            .replace("INVITE", &self.invite);
        let method: Method = method.parse().unwrap();
        let answer = match body {
            Some(body) => client.json(method, &path, &body(self)).await,
            None => client.send(method, &path, &[], "").await,
        };
        (answer.status, answer.text())
    }
}

/// Method, path, body; the statuses of owner, admin, editor, viewer, stranger (0: not asked).
type Case = (&'static str, &'static str, Option<Body>, [u16; 5]);
/// The body of a request, made from what there is.
type Body = fn(&House) -> Value;

/// None of these changes anything, for whomever.
const CASES: &[Case] = &[
    ("GET", "/api/budgets/BUDGET", None, [200, 200, 200, 200, 404]),
    ("GET", "/api/budgets/BUDGET/members", None, [200, 200, 200, 200, 404]),
    ("GET", "/api/budgets/BUDGET/analysis", None, [200, 200, 200, 200, 404]),
    ("GET", "/api/analytics/dashboard?budgetId=BUDGET", None, [200, 200, 200, 200, 404]),
    ("GET", "/api/expenses?budgetId=BUDGET", None, [200, 200, 200, 200, 404]),
    ("GET", "/api/expenses/EXPENSE", None, [200, 200, 200, 200, 404]),
    ("PUT", "/api/budgets/BUDGET", Some(|_| json!({ "version": 99, "name": "New" })), [409, 409, 409, 403, 404]),
    ("DELETE", "/api/budgets/BUDGET", None, [0, 403, 403, 403, 404]),
    ("POST", "/api/expenses", Some(|house| lunch(Some(&house.budget))), [0, 0, 0, 403, 400]),
    ("PUT", "/api/expenses/EXPENSE", Some(|_| json!({ "version": 99, "amount": 5 })), [409, 409, 409, 403, 404]),
    ("DELETE", "/api/expenses/EXPENSE", None, [0, 0, 0, 403, 404]),
    ("POST", "/api/expenses/EXPENSE/transfer", Some(|_| json!({ "otherId": NOBODY })), [400, 400, 400, 403, 404]),
    ("DELETE", "/api/expenses/EXPENSE/transfer", None, [404, 404, 404, 403, 404]),
    ("POST", "/api/expenses/EXPENSE/transfer/refuse", None, [0, 0, 0, 403, 404]),
    (
        "POST",
        "/api/expenses/bulk",
        Some(|house| json!({ "ids": [house.expense], "action": "delete", "versions": [99] })),
        [409, 409, 409, 403, 404],
    ),
    ("GET", "/api/expenses/export?budgetId=BUDGET", None, [200, 200, 200, 200, 404]),
    ("POST", "/api/trash/BINNED/restore", None, [0, 0, 0, 403, 404]),
    ("POST", "/api/budgets/BUDGET/share", Some(|_| json!({ "email": "x", "role": "view" })), [400, 400, 403, 403, 404]),
    (
        "POST",
        "/api/budgets/BUDGET/share",
        Some(|_| json!({ "email": "guest@example.org", "role": "view" })),
        [409, 409, 403, 403, 404],
    ),
    (
        "PUT",
        "/api/budgets/BUDGET/collaborate",
        Some(|_| json!({ "userId": NOBODY, "role": "view" })),
        [400, 400, 403, 403, 404],
    ),
    (
        "POST",
        "/api/budgets/BUDGET/transfer-ownership",
        Some(|_| json!({ "userId": NOBODY })),
        [400, 403, 403, 403, 404],
    ),
    ("DELETE", "/api/invites/INVITE", None, [0, 0, 403, 403, 404]),
    ("POST", "/api/invites/INVITE/accept", None, [404, 404, 404, 404, 404]),
    ("POST", "/api/invites/INVITE/decline", None, [404, 404, 404, 404, 404]),
];

#[tokio::test]
async fn every_role_does_what_it_may() {
    let house = House::new().await;
    let before = snapshot(&house.people[OWNER]).await;
    for (method, path, body, statuses) in CASES {
        for (nth, expected) in statuses.iter().enumerate().filter(|(_, expected)| **expected > 0) {
            let (status, text) = house.ask(&house.people[nth], (method, path, *body)).await;
            assert_eq!(status, *expected, "{method} {path} as {}: {text}", ROLES[nth]);
            if ROLES[nth] == "stranger" {
                assert!(!text.contains("Lunch bar") && !text.contains("Home"), "{method} {path}: {text}");
            }
        }
    }
    assert_eq!(snapshot(&house.people[OWNER]).await, before);

    // What an editor may do: enter, change what others have entered, throw away and take back.
    let [owner, admin, editor, viewer, _] = &house.people;
    let theirs = expense(editor, Some(&house.budget)).await;
    let path = format!("/api/expenses/{}", house.expense);
    let changed = editor.put(&path, json!({ "version": 1, "amount": 20 })).await.data();
    assert_eq!(changed["expense"]["userId"], user_id(owner).await.as_str());
    assert_eq!(admin.delete(&format!("/api/expenses/{theirs}")).await.status, 204);
    assert_eq!(editor.get("/api/trash").await.data().as_array().unwrap().len(), 0, "it is in the other's trash");
    assert_eq!(admin.post(&format!("/api/trash/{theirs}/restore"), json!({})).await.status, 200);
    let seen = viewer.get("/api/expenses").await.json();
    assert_eq!((seen["data"].as_array().unwrap().len(), seen["meta"]["total"].as_u64()), (2, Some(2)));
    let spent = viewer.get(&format!("/api/budgets/{}/analysis?month=2026-11", house.budget)).await.data();
    assert_eq!(spent["analysis"]["total"]["spent"].to_string(), "32.34");
    let private = editor.put(&path, json!({ "version": 2, "budgetId": null })).await;
    assert_eq!((private.status, private.json()["fields"]["budgetId"].is_string()), (400, true), "{}", private.text());
}

#[tokio::test]
async fn each_budget_says_what_its_reader_may_do_with_it() {
    let house = House::new().await;
    let [owner, _, _, viewer, _] = &house.people;
    let own = budget(viewer).await;
    for (reader, shown, expected) in [
        (viewer, &house.budget, [(&own, "owner"), (&house.budget, "view")].as_slice()),
        (viewer, &own, &[(&own, "owner"), (&house.budget, "view")]),
        (owner, &house.budget, &[(&house.budget, "owner")]),
    ] {
        let dashboard = reader.get(&format!("/api/analytics/dashboard?budgetId={shown}")).await.data();
        let listed = reader.get("/api/budgets").await.data();
        for list in [&dashboard["dashboard"]["budgets"], &listed] {
            let mut roles: Vec<(String, &str)> =
                list.as_array().unwrap().iter().map(|one| (id(one), one["role"].as_str().unwrap())).collect();
            roles.sort_unstable();
            let mut expected: Vec<(String, &str)> = expected.iter().map(|(id, role)| ((*id).clone(), *role)).collect();
            expected.sort_unstable();
            assert_eq!(roles, expected, "{dashboard}");
        }
    }
}

#[tokio::test]
async fn members_come_and_go() {
    let house = House::new().await;
    let [owner, admin, editor, viewer, stranger] = &house.people;
    let path = |what: &str| format!("/api/budgets/{}/{what}", house.budget);
    let all = owner.get(&path("members")).await.data();
    assert_eq!(all["members"][0]["role"], "owner", "the owner first");
    // The others in the order in which they came; the roles say enough.
    let mut roles: Vec<&str> =
        all["members"].as_array().unwrap().iter().filter_map(|one| one["role"].as_str()).collect();
    roles.sort_unstable();
    assert_eq!(roles, ["admin", "edit", "owner", "view"]);
    assert_eq!(all["invites"][0]["email"], "guest@example.org");
    let few = viewer.get(&path("members")).await.data();
    assert_eq!(few["invites"], json!([]));
    for member in few["members"].as_array().unwrap() {
        let own = if member["role"] == "view" { json!("view@example.org") } else { Value::Null };
        assert_eq!(member["email"], own, "{member}");
    }

    let who = user_id(viewer).await;
    let given = admin.put(&path("collaborate"), json!({ "userId": who, "role": "edit" })).await;
    let given = given.data()["budget"]["collaborators"].clone();
    let given = given.as_array().unwrap().iter().find(|one| one["userId"] == who.as_str()).unwrap();
    assert_eq!(given["role"], "edit");
    expense(viewer, Some(&house.budget)).await;
    for (client, body, status) in [
        (owner, json!({ "userId": user_id(owner).await, "remove": true }), 409),
        (admin, json!({ "userId": user_id(owner).await, "remove": true }), 403),
        (editor, json!({ "userId": who, "role": "view" }), 403),
        (admin, json!({ "userId": who, "role": "owner" }), 400),
    ] {
        let refused = client.put(&path("collaborate"), body).await;
        assert_eq!(refused.status, status, "{}", refused.text());
    }
    let left = viewer.put(&path("collaborate"), json!({ "userId": who, "remove": true })).await;
    assert_eq!(left.data()["budget"], Value::Null);
    assert_eq!(viewer.get(&path("members")).await.status, 404);
    assert_eq!(viewer.get("/api/expenses").await.data(), json!([]), "what they entered stays in the budget");
    assert_eq!(owner.get("/api/expenses").await.data().as_array().unwrap().len(), 2);

    let handed = owner.post(&path("transfer-ownership"), json!({ "userId": user_id(editor).await })).await;
    assert_eq!(handed.data()["budget"]["role"], "admin");
    assert_eq!(owner.delete(&format!("/api/budgets/{}", house.budget)).await.status, 403);

    // Again, and withdrawn; declined by who doesn't want to.
    for answer in ["withdraw", "decline"] {
        let body = json!({ "email": "Stranger@Example.org", "role": "view" });
        let invite = id(&admin.post(&path("share"), body).await.data()["invite"]);
        let done = match answer {
            "withdraw" => admin.delete(&format!("/api/invites/{invite}")).await,
            _ => stranger.post(&format!("/api/invites/{invite}/decline"), json!({})).await,
        };
        assert_eq!(done.status, 204, "{}", done.text());
        assert_eq!(stranger.get("/api/invites").await.data(), json!([]));
        let late = stranger.post(&format!("/api/invites/{invite}/accept"), json!({})).await;
        assert_eq!((late.status, late.code().as_str()), (409, "CONFLICT"), "{}", late.text());
    }
    assert_eq!(stranger.get(&path("members")).await.status, 404);
}

#[tokio::test]
async fn the_same_key_invites_once() {
    let house = House::new().await;
    let path = format!("/api/budgets/{}/share", house.budget);
    let body = json!({ "email": "twice@example.org", "role": "edit" });
    let first = house.people[OWNER].post_once(&path, "invite", &body).await;
    let again = house.people[OWNER].post_once(&path, "invite", &body).await;
    assert_eq!((first.status, again.status, first.data()), (201, 201, again.data()));
}

#[tokio::test]
async fn bad_input_names_the_fields() {
    let house = House::new().await;
    let owner = &house.people[OWNER];
    let before = owner.get(&format!("/api/budgets/{}/members", house.budget)).await.data();
    for (method, path, body, fields) in [
        (Method::POST, "share", json!({}), &["email", "role"][..]),
        (Method::POST, "share", json!({ "email": "a@b@c", "role": "owner", "bogus": 1 }), &["email", "role", "bogus"]),
        (Method::POST, "share", json!({ "email": { "$ne": null }, "role": ["view"] }), &["email", "role"]),
        (Method::PUT, "collaborate", json!({}), &["userId", "role"]),
        (Method::PUT, "collaborate", json!({ "userId": "x", "role": 1 }), &["userId", "role"]),
        (Method::PUT, "collaborate", json!({ "userId": NOBODY, "remove": true, "role": "view" }), &["role"]),
        (Method::POST, "transfer-ownership", json!({ "userId": null, "role": "view" }), &["userId", "role"]),
    ] {
        let answer = owner.json(method, &format!("/api/budgets/{}/{path}", house.budget), &body).await;
        assert_eq!((answer.status, answer.code().as_str()), (400, "VALIDATION_ERROR"), "{path} {body}");
        for field in fields {
            assert!(answer.json()["fields"][field].is_string(), "{field}: {}", answer.text());
        }
    }
    let answer = owner.post(&format!("/api/invites/{}/accept", house.invite), json!({ "token": 5, "x": 1 })).await;
    assert!(answer.status == 400 && answer.json()["fields"]["x"].is_string(), "{}", answer.text());
    assert_eq!(owner.get(&format!("/api/budgets/{}/members", house.budget)).await.data(), before);
}

#[tokio::test]
async fn the_forms_of_the_pages() {
    let house = House::new().await;
    let [owner, _, _, viewer, stranger] = &house.people;
    let sent = owner
        .form_by_script("invite-create", &[("id", &house.budget), ("email", "stranger@example.org"), ("role", "view")])
        .await;
    assert_eq!(sent.json()["ok"], true, "{}", sent.text());
    let invite = id(&stranger.get("/api/invites").await.data()[0]);
    let accepted = stranger.form_by_script("invite-accept", &[("id", &invite)]).await;
    assert_eq!(accepted.json()["redirect"], format!("/budgets/{}", house.budget), "{}", accepted.text());
    let who = user_id(stranger).await;
    let refused =
        viewer.form_by_script("member-change", &[("id", &house.budget), ("userId", &who), ("role", "edit")]).await;
    assert_eq!((refused.json()["ok"].as_bool(), refused.json()["code"].as_str()), (Some(false), Some("FORBIDDEN")));
    let left = stranger.form("member-remove", &[("id", &house.budget), ("userId", &who), ("remove", "true")]).await;
    assert_eq!((left.status, left.header("location")), (303, "/budgets"));
    for (path, client, status) in [
        (format!("/budgets/{}/share", house.budget), owner, 200),
        (format!("/budgets/{}/share", house.budget), viewer, 200),
        (format!("/budgets/{}/share", house.budget), stranger, 404),
        ("/invites".to_owned(), stranger, 200),
    ] {
        let page = client.send(Method::GET, &path, &[("accept", "text/html")], "").await;
        assert_eq!(page.status, status, "{path}");
        let controls = page.text().contains("invite-create");
        assert_eq!(controls, std::ptr::eq(client, owner), "{path} shows the form only to who may invite");
    }
}
