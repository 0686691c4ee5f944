//! Every route × {signed out, stranger, owner}, from one table. A route that the API's description knows and the table
//! doesn't fails the test, and so does one that the router has and the description lacks.
use crate::helpers::{Answer, Client, TestApp, Value, budget, expense, id, json, snapshot};
use domain::{ids::IdentityId, secrets::Identity};
use hyper::Method;
use service::ports::jobs::JobStatus;
use service::ports::store::Write;
use std::collections::BTreeSet;

mod routes;
use routes::PRIVATE;

/// What a request carries.
#[derive(Clone, Copy)]
enum Body {
    Nothing,
    Json(fn(&World) -> Value),
    File,
    Receipt,
}
use Body::{File, Json, Nothing};

/// Whose thing the path names.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    Nobody,
    Budget,
    Expense,
    Account,
    Import,
    Committed,
    Trashed,
    Session,
    Key,
    Identity,
    Job,
    Activity,
    Invite,
    Rule,
    Leg,
    Recurring,
    Proposed,
}

/// Routes for everybody, with the status that everybody gets.
const PUBLIC: &[(&str, &str, Body, u16)] = &[
    ("POST", "/api/auth/register", Json(|_| crate::helpers::sign_up("newcomer")), 201),
    (
        "POST",
        "/api/auth/login",
        Json(|_| json!({ "email": "owner@example.org", "password": "correct horse battery" })),
        200,
    ),
    ("POST", "/api/auth/forgot-password", Json(|_| json!({ "email": "owner@example.org" })), 202),
    ("POST", "/api/auth/reset-password", Json(|_| json!({ "token": "x", "password": "another horse battery" })), 400),
    ("POST", "/api/auth/verify-email", Json(|_| json!({ "token": "x" })), 400),
    ("GET", "/api/currencies", Nothing, 200),
    ("GET", "/api/currencies/rates", Nothing, 200),
    ("GET", "/api/health", Nothing, 200),
    ("GET", "/api/health/live", Nothing, 200),
    ("GET", "/api/openapi.json", Nothing, 200),
];

/// Ways of browsers to other places and back: for everybody, and there only where they are configured. What their query
/// holds besides is the other place's affair.
const WAYS: &[(&str, &str, u16)] = &[
    ("GET", "/api/auth/google", 404),
    ("GET", "/api/auth/google/callback", 404),
    ("GET", "/api/auth/oidc", 404),
    ("GET", "/api/auth/oidc/callback", 404),
];

/// A person with one of everything.
struct World {
    app: TestApp,
    owner: Client,
    budget: String,
    expense: String,
    account: String,
    import: String,
    committed: String,
    trashed: String,
    session: String,
    key: String,
    identity: String,
    job: String,
    activity: String,
    invite: String,
    rule: String,
    leg: String,
    recurring: String,
    proposed: String,
}

const BANK_FILE: &[u8] = b"Date,Payee,Amount\n2026-11-01,Bakery,-3.50\n2026-11-13,Cinema,-12.00\n";

impl World {
    async fn new() -> Self {
        let app = TestApp::start().await;
        let owner = app.person("owner").await;
        let budget = budget(&owner).await;
        let account = json!({ "name": "Purse", "kind": "cash", "currency": "EUR" });
        let account = id(&owner.post("/api/accounts", account).await.data()["account"]);
        let trashed = expense(&owner, Some(&budget)).await;
        assert_eq!(owner.delete(&format!("/api/expenses/{trashed}")).await.status, 204);
        let expense = expense(&owner, Some(&budget)).await;
        let import = |path| owner.upload(path, ("a.csv", BANK_FILE), &[]);
        let committed = id(&import("/api/expenses/bulk-import").await.data());
        let import = id(&import("/api/expenses/bulk-import?dryRun=true").await.data());
        let phone = app.stranger();
        let sign_in = json!({ "email": "owner@example.org", "password": "correct horse battery" });
        assert_eq!(phone.post("/api/auth/login", sign_in).await.status, 200);
        let sessions = owner.get("/api/auth/sessions").await.data();
        let session = sessions.as_array().unwrap().iter().find(|session| session["current"] == false).map(id).unwrap();
        let key = id(&owner.post("/api/auth/api-keys", json!({ "name": "Mine" })).await.data()["apiKey"]);
        let identity = linked(&app, &owner).await;
        assert_eq!(owner.send(Method::POST, "/api/auth/resend-verification", &[], "").await.status, 202);
        let job = app.services.store.jobs(JobStatus::Open).await.unwrap()[0].job.id.to_string();
        let activity = id(&owner.get(&format!("/api/budgets/{budget}/activity")).await.data()[0]);
        let guest = json!({ "email": "guest@example.org", "role": "view" });
        let invite = owner.post(&format!("/api/budgets/{budget}/share"), guest).await.data();
        let invite = id(&invite["invite"]);
        let loose =
            json!({ "amount": 5, "currency": "EUR", "date": "2026-11-21", "merchant": "Nowhere in particular" });
        assert_eq!(owner.post("/api/expenses", loose).await.status, 201);
        let rule = json!({ "conditions": { "merchantEquals": "Lunch bar" }, "actions": { "category": "food" } });
        let rule = id(&owner.post("/api/rules", rule).await.data()["rule"]);
        let leg = crate::transfers::one(&owner, Some(&budget)).await;
        let (recurring, proposed) = crate::recurring::one_of_each(&owner, &budget).await;
        Self {
            app,
            owner,
            budget,
            expense,
            account,
            import,
            committed,
            trashed,
            session,
            key,
            identity,
            job,
            activity,
            invite,
            rule,
            leg,
            recurring,
            proposed,
        }
    }

    fn path(&self, route: &str, of: Of) -> String {
        let id = match of {
            Of::Nobody => "",
            Of::Budget => &self.budget,
            Of::Expense => &self.expense,
            Of::Account => &self.account,
            Of::Import => &self.import,
            Of::Committed => &self.committed,
            Of::Trashed => &self.trashed,
            Of::Session => &self.session,
            Of::Key => &self.key,
            Of::Identity => &self.identity,
            Of::Job => &self.job,
            Of::Activity => &self.activity,
            Of::Invite => &self.invite,
            Of::Rule => &self.rule,
            Of::Leg => &self.leg,
            Of::Recurring => &self.recurring,
            Of::Proposed => &self.proposed,
        };
        with(route, id)
    }

    async fn ask(&self, client: &Client, method: &str, path: &str, body: Body) -> Answer {
        let method: Method = method.parse().unwrap();
        match body {
            Nothing => client.send(method, path, &[], "").await,
            Json(body) => client.json(method, path, &body(self)).await,
            File => client.upload(path, ("a.csv", BANK_FILE), &[("budgetId", &self.budget)]).await,
            Body::Receipt => client.upload(path, ("a.pdf", b"%PDF-1.4"), &[]).await,
        }
    }
}

/// A route with an id in it, and what else a path names.
fn with(route: &str, id: &str) -> String {
    route.replace("{id}", id).replace("{version}", "1").replace("{month}", "2026-11")
}

/// A sign-in at another place that counts for somebody.
async fn linked(app: &TestApp, owner: &Client) -> String {
    let user = owner.get("/api/auth/me").await.data()["user"]["id"].as_str().unwrap().parse().unwrap();
    let mut person = app.services.store.person(user).await.unwrap().unwrap();
    let (id, now) = (IdentityId(*b"an identity!"), app.services.now());
    let (issuer, email) = ("https://id.example.org".to_owned(), "owner@example.org".to_owned());
    person.secrets.identities.push(Identity { id, hash: [3; 32], issuer, email, linked_at: now });
    person.version += 1;
    let write =
        Write { actor: user, now, idempotency: None, jobs: Vec::new(), trace: service::ports::activity::Trace::NONE };
    app.services.store.save_person(&write, &person).await.unwrap();
    id.to_string()
}

#[tokio::test]
async fn who_may_do_what() {
    for (method, route, of, body, owners, strangers) in PRIVATE {
        let world = World::new().await;
        let stranger = world.app.person("stranger").await;
        let path = world.path(route, *of);
        let before = snapshot(&world.owner).await;
        let signed_out = world.ask(&world.app.stranger(), method, &path, *body).await;
        assert_eq!(
            (signed_out.status, signed_out.code().as_str()),
            (401, "UNAUTHORIZED"),
            "{method} {route} signed out"
        );
        let refused = world.ask(&stranger, method, &path, *body).await;
        assert_eq!(refused.status, *strangers, "{method} {route} by a stranger: {}", refused.text());
        for secret in ["Lunch bar", "Purse", world.budget.as_str()].iter().filter(|_| *of != Of::Nobody) {
            assert!(!refused.text().contains(secret), "{method} {route} shows a stranger {secret}");
        }
        assert_eq!(snapshot(&world.owner).await, before, "{method} {route} changed something of the owner's");
        let allowed = world.ask(&world.owner, method, &path, *body).await;
        assert_eq!(allowed.status, *owners, "{method} {route} by its owner: {}", allowed.text());
    }
}

#[tokio::test]
async fn what_is_for_everybody() {
    let world = World::new().await;
    for (method, route, body, status) in PUBLIC {
        let answer = world.ask(&world.app.stranger(), method, route, *body).await;
        assert_eq!(answer.status, *status, "{method} {route}: {}", answer.text());
    }
    for (method, route, status) in WAYS {
        let answer = world.ask(&world.app.stranger(), method, route, Nothing).await;
        assert_eq!(answer.status, *status, "{method} {route}: {}", answer.text());
    }
}

#[tokio::test]
async fn every_route_is_in_the_table() {
    let app = TestApp::start().await;
    let description = app.stranger().get("/api/openapi.json").await.json();
    let described: BTreeSet<(String, String)> = description["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, item)| {
            item.as_object().unwrap().keys().map(move |method| (method.to_uppercase(), path.clone()))
        })
        .collect();
    let of_table = |method: &str, route: &str| (method.to_owned(), route.to_owned());
    let listed: BTreeSet<(String, String)> = PRIVATE
        .iter()
        .map(|(method, route, ..)| of_table(method, route))
        .chain(PUBLIC.iter().map(|(method, route, ..)| of_table(method, route)))
        .chain(WAYS.iter().map(|(method, route, ..)| of_table(method, route)))
        .collect();
    assert_eq!(described, listed, "a route without a line in the table, or a line without a route");
    for (method, path) in described {
        let operation = &description["paths"][&path][method.to_lowercase()];
        let public = PUBLIC.iter().any(|(known, route, ..)| *known == method && *route == path)
            || WAYS.iter().any(|(known, route, ..)| *known == method && *route == path);
        assert_eq!(operation["security"] == json!([]), public, "{method} {path} says who may");
    }
}

#[tokio::test]
async fn unknown_parameters_are_refused_everywhere() {
    let world = World::new().await;
    let private = PRIVATE.iter().map(|(method, route, of, body, ..)| (*method, world.path(route, *of), *body));
    let public = PUBLIC.iter().map(|(method, route, body, _)| (*method, (*route).to_owned(), *body));
    for (method, path, body) in private.chain(public).collect::<Vec<_>>() {
        let answer = world.ask(&world.owner, method, &format!("{path}?bogus=1"), body).await;
        assert_eq!(
            (answer.status, answer.json()["fields"]["bogus"].is_string()),
            (400, true),
            "{method} {path}: {}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn an_id_that_is_none_and_one_that_is_nobodys() {
    let world = World::new().await;
    for (method, route, of, body, ..) in PRIVATE.iter().filter(|(_, route, ..)| route.contains("{id}")) {
        for wrong in ["x", "00010203040506070809abf", "00010203040506070809abzz", "%00", "..%2f.."] {
            let answer = world.ask(&world.owner, method, &with(route, wrong), *body).await;
            assert_eq!((answer.status, answer.code().as_str()), (400, "VALIDATION_ERROR"), "{method} {route} {wrong}");
        }
        let nobodys = world.ask(&world.owner, method, &with(route, "00010203040506070809abff"), *body).await;
        assert_eq!((nobodys.status, nobodys.code().as_str()), (404, "NOT_FOUND"), "{method} {route}");
        // The id of another sort of thing is nobody's either (the trash takes back expenses and budgets alike).
        let other = if *of == Of::Account { &world.budget } else { &world.account };
        let answer = world.ask(&world.owner, method, &with(route, other), *body).await;
        assert_eq!(answer.status, 404, "{method} {route} with another sort of id");
    }
}
