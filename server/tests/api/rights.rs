//! All of one's data in one's hands, the end of an account, and the two weeks in which one may change one's mind.
use crate::helpers::{Answer, Client, TestApp, Value, budget, expense, id, json, lunch, sign_up};
use service::ports::jobs::JobStatus;
use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};
use zip::ZipArchive;

const PASSWORD: &str = "correct horse battery";

/// The files of an archive.
fn files(answer: &Answer) -> BTreeMap<String, Vec<u8>> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let mut archive = ZipArchive::new(Cursor::new(answer.body.to_vec())).unwrap();
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let mut read = |name: &String| {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    names.iter().map(|name| (name.clone(), read(name))).collect()
}

fn json_of(files: &BTreeMap<String, Vec<u8>>, name: &str) -> Value {
    serde_json::from_slice(&files[name]).unwrap_or_else(|error| panic!("{name}: {error}"))
}

async fn sign_in(app: &TestApp, name: &str) -> (Client, Answer) {
    let client = app.stranger();
    let body = json!({ "email": format!("{name}@example.org"), "password": PASSWORD });
    let answer = client.post("/api/auth/login", body).await;
    (client, answer)
}

async fn leave(client: &Client) -> Answer {
    client.json(hyper::Method::DELETE, "/api/auth/me", &json!({ "currentPassword": PASSWORD })).await
}

/// Rows of a bank file.
fn statement(count: u32) -> String {
    (0..count).fold(String::new(), |rows, n| format!("{rows}2026-10-{:02},Shop {n},-{n}.50\n", n % 28 + 1))
}

#[tokio::test]
async fn the_archive_has_all_of_ones_own_and_nothing_of_others() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let ben = app.person("ben").await;
    expense(&ben, None).await;
    let home = budget(&anna).await;
    anna.put(&format!("/api/budgets/{home}"), json!({ "version": 1, "name": "Second" })).await.data();
    let key = anna.post("/api/auth/api-keys", json!({ "name": "My script" })).await.data()["key"].clone();
    let mut bad = lunch(Some(&home));
    bad["merchant"] = json!("=HYPERLINK(\"http://evil.example\")");
    bad["notes"] = json!("two\nlines, and \"quotes\"");
    anna.post("/api/expenses", bad).await.data();
    let trashed = expense(&anna, None).await;
    assert_eq!(anna.delete(&format!("/api/expenses/{trashed}")).await.status, 204);
    let rows = statement(1_200);
    let file = format!("Date,Payee,Amount\n{rows}");
    anna.upload("/api/expenses/bulk-import", ("bank.csv", file.as_bytes()), &[]).await.data();
    let draft = b"Date,Payee,Amount\n2026-11-01,Bakery,-3.50\n";
    let draft_id = id(&anna.upload("/api/expenses/bulk-import?dryRun=true", ("../x.csv", draft), &[]).await.data());

    let answer = anna.get("/api/auth/export").await;
    assert_eq!(answer.header("content-type"), "application/zip");
    assert!(answer.header("content-disposition").starts_with("attachment; filename=\"wealthwise-20"));
    assert!(answer.header("cache-control").contains("no-store") && answer.header("content-encoding").is_empty());
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let files = files(&answer);
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let (draft_file, draft_rows) = (format!("files/import-{draft_id}"), format!("imports/{draft_id}.json"));
    assert_eq!(
        names,
        [
            "README.txt",
            "accounts.json",
            "activity.json",
            "budget-months.json",
            "budget-versions.json",
            "budgets.json",
            "categories.json",
            "expenses.csv",
            "expenses.json",
            &draft_file,
            "imports.json",
            &draft_rows,
            "profile.json",
            "recurring.json",
            "rules.json",
            "security.json",
        ]
    );
    assert_eq!(files[&draft_file], draft);
    assert_eq!(json_of(&files, &draft_rows)[0]["payee"], "Bakery");
    let all = json_of(&files, "expenses.json");
    let expenses = all.as_array().unwrap();
    assert_eq!(expenses.len(), 1_202);
    let ids: std::collections::BTreeSet<String> = expenses.iter().map(id).collect();
    assert_eq!((ids.len(), ids.contains(&trashed)), (1_202, true));
    let listed = anna.get(&format!("/api/expenses?budgetId={home}")).await.data();
    assert!(expenses.contains(&listed[0]), "a row looks as the API shows it");
    assert_eq!(json_of(&files, "budget-versions.json").as_array().unwrap().len(), 2);
    assert_eq!(json_of(&files, "budgets.json")[0]["name"], "Second");
    assert_eq!(json_of(&files, "profile.json")["user"]["email"], "anna@example.org");
    assert_eq!(json_of(&files, "security.json")["apiKeys"][0]["name"], "My script");
    assert_eq!(json_of(&files, "imports.json").as_array().unwrap().len(), 2);
    let whole: String = files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    for secret in ["$argon2", PASSWORD, key.as_str().unwrap(), "ben@example.org"] {
        assert!(!whole.contains(secret), "{secret} is in the archive");
    }
    let table = String::from_utf8(files["expenses.csv"].clone()).unwrap();
    assert!(table.starts_with("\u{feff}Date,Amount,Currency,Payee,"), "{}", &table[..80]);
    assert!(table.contains(",\"'=HYPERLINK(\"\"http://evil.example\"\")\","), "no spreadsheet computes it");
    assert!(table.contains("-12.34,EUR"), "and numbers stay numbers");

    // What was taken along can be brought in elsewhere.
    let again = ben.upload("/api/expenses/bulk-import", ("expenses.csv", table.as_bytes()), &[]).await.data();
    assert_eq!(
        (again["added"].as_u64(), again["rejected"].as_array().map(Vec::len)),
        (Some(1_201), Some(0)),
        "{again}"
    );
}

#[tokio::test]
async fn nobody_has_everything_packed_all_day() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    for _ in 0..10 {
        assert_eq!(anna.get("/api/auth/export").await.status, 200);
    }
    let refused = anna.get("/api/auth/export").await;
    assert_eq!((refused.status, refused.code().as_str()), (429, "RATE_LIMITED"));
    assert!(refused.header("retry-after").parse::<u32>().unwrap() > 0);
}

#[tokio::test]
async fn a_key_neither_takes_everything_along_nor_ends_anything() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let wish = json!({ "name": "Script", "scopes": ["read", "write"] });
    let key = anna.post("/api/auth/api-keys", wish).await.data()["key"].as_str().unwrap().to_owned();
    let headers = [("x-api-key", key.as_str())];
    let program = app.stranger();
    for (method, path) in [("GET", "/api/auth/export"), ("DELETE", "/api/auth/me"), ("POST", "/api/auth/me/keep")] {
        let answer = program.send(method.parse().unwrap(), path, &headers, "").await;
        assert_eq!((answer.status, answer.code().as_str()), (403, "FORBIDDEN"), "{method} {path}");
    }
}

#[tokio::test]
async fn an_account_that_is_about_to_go_can_be_kept() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let home = budget(&anna).await;
    let (phone, _) = sign_in(&app, "anna").await;
    let key = anna.post("/api/auth/api-keys", json!({ "name": "Script" })).await.data()["key"].clone();
    for body in [json!({ "currentPassword": "another horse battery" }), json!({})] {
        let wrong = anna.json(hyper::Method::DELETE, "/api/auth/me", &body).await;
        assert_eq!((wrong.status, wrong.json()["fields"]["currentPassword"].is_string()), (400, true));
    }
    let asked = leave(&anna).await;
    assert_eq!((asked.status, anna.cookie_line().as_str()), (202, ""));
    let (after, job) = (asked.data()["deleteAfter"].clone(), asked.data()["jobId"].as_str().unwrap().to_owned());
    assert_eq!(phone.get("/api/auth/me").await.status, 401, "other devices are signed out");
    let headers = [("x-api-key", key.as_str().unwrap())];
    let program = app.stranger().send(hyper::Method::GET, "/api/budgets", &headers, "").await;
    assert_eq!(program.status, 401, "keys end");
    let mails = app.mails().await;
    assert_eq!((mails.len(), mails[0].subject.as_str()), (1, "Your account will be deleted"));
    assert!(mails[0].text.contains("/auth/signin"), "{}", mails[0].text);

    app.clock.pass(13);
    let (back, answer) = sign_in(&app, "anna").await;
    assert_eq!(answer.data()["user"]["deleteAfter"], after);
    for (method, path) in [("GET", "/api/budgets"), ("GET", "/api/expenses"), ("GET", "/api/auth/sessions")] {
        let refused = back.send(method.parse().unwrap(), path, &[], "").await;
        assert_eq!((refused.status, refused.code().as_str()), (403, "FORBIDDEN"), "{path}");
    }
    let state = back.get(&format!("/api/jobs/{job}")).await.data();
    assert_eq!((state["status"].as_str(), state["progress"].as_u64()), (Some("pending"), Some(0)));
    assert_eq!(app.person("ben").await.get(&format!("/api/jobs/{job}")).await.status, 404);
    assert_eq!(files(&back.get("/api/auth/export").await).len(), 14);
    assert_eq!(leave(&back).await.code(), "CONFLICT", "the time does not begin anew");

    let kept = back.post("/api/auth/me/keep", json!({})).await;
    assert_eq!(kept.data()["user"]["deleteAfter"], Value::Null);
    assert_eq!(back.post("/api/auth/me/keep", json!({})).await.code(), "CONFLICT");
    app.clock.pass(2);
    assert!(app.mails().await.is_empty(), "the work that was put off finds nothing to do");
    assert_eq!(back.get(&format!("/api/budgets/{home}")).await.status, 200);

    // Asked for again: another two weeks from then on.
    assert_eq!(leave(&back).await.status, 202);
    app.clock.pass(13);
    assert_eq!(app.mails().await.len(), 1);
    assert_eq!(sign_in(&app, "anna").await.1.status, 200);
}

#[tokio::test]
async fn after_two_weeks_nothing_is_left() {
    let app = TestApp::start().await;
    let ben = app.person("ben").await;
    let bens = expense(&ben, None).await;
    let anna = app.person("anna").await;
    let anna_id = id(&anna.get("/api/auth/me").await.data()["user"]);
    let home = budget(&anna).await;
    expense(&anna, Some(&home)).await;
    let file = statement(3_000);
    let file = format!("Date,Payee,Amount\n{file}");
    anna.upload("/api/expenses/bulk-import", ("bank.csv", file.as_bytes()), &[]).await.data();
    // A draft's file stays as long as its row: this one is put in on the last day.
    assert_eq!(leave(&anna).await.status, 202);
    assert_eq!(app.mails().await.len(), 1);
    app.clock.pass(14);
    let (late, answer) = sign_in(&app, "anna").await;
    assert_eq!(answer.status, 200, "until the work is done there is a way back");
    let mails = app.mails().await;
    assert_eq!((mails.len(), mails[0].subject.as_str()), (1, "Your account was deleted"));
    assert_eq!(mails[0].to, "anna@example.org");
    assert_eq!(late.get("/api/auth/me").await.status, 401);
    assert_eq!(sign_in(&app, "anna").await.1.status, 401);
    let store = &app.services.store;
    let user = anna_id.parse().unwrap();
    assert!(store.user(user).await.unwrap().is_none());
    assert!(store.every_budget(user).await.unwrap().is_empty());
    assert!(app.services.sessions.sessions(user).await.unwrap().is_empty());
    assert!(store.jobs(JobStatus::Open).await.unwrap().is_empty());
    assert!(store.jobs(JobStatus::Dead).await.unwrap().is_empty());
    let (ben, _) = sign_in(&app, "ben").await;
    assert_eq!(ben.get(&format!("/api/expenses/{bens}")).await.status, 200, "others keep theirs");
    // The address is free again, and whoever has it then finds nothing.
    let new = app.stranger();
    assert_eq!(new.post("/api/auth/register", sign_up("anna")).await.status, 201);
    assert_eq!(new.get("/api/expenses").await.json()["meta"]["total"], 0);
}

#[tokio::test]
async fn files_go_with_their_owner_unless_somebody_else_has_them_too() {
    let app = TestApp::start().await;
    let (anna, ben) = (app.person("anna").await, app.person("ben").await);
    let draft = |text: &'static [u8]| ("a.csv", text);
    let (own, both): (&[u8], &[u8]) =
        (b"Date,Payee,Amount\n2026-11-01,Bakery,-3.50\n", b"Date,Payee,Amount\n2026-11-01,Cinema,-9.00\n");
    for (client, file) in [(&anna, own), (&anna, both), (&ben, both)] {
        client.upload("/api/expenses/bulk-import?dryRun=true", draft(file), &[]).await.data();
    }
    assert_eq!(app.services.blobs.list(None, 10).await.unwrap().len(), 2);
    assert_eq!(leave(&anna).await.status, 202);
    let user = app.services.store.credentials("anna@example.org").await.unwrap().unwrap().user;
    let job = app.services.store.jobs(JobStatus::Open).await.unwrap();
    let erase = job.iter().find(|job| job.job.kind == service::leaving::ERASE).unwrap();
    assert_eq!(Some(erase.job.run_at), user.standing.delete_after);
    assert!(!erase.job.payload.contains(&user.id.to_string()), "what it needs is sealed");
    app.clock.pass(14);
    app.mails().await;
    // Where the store does not answer in time, the job has its next try later.
    while app.services.store.user(user.id).await.unwrap().is_some_and(|_| app.clock.days() < 17) {
        app.clock.pass(1);
        app.mails().await;
    }
    let left = app.services.blobs.list(None, 10).await.unwrap();
    assert_eq!(left.iter().map(|blob| blob.id).collect::<Vec<_>>(), [service::ports::blobs::BlobId::of(both)]);
}

#[tokio::test]
async fn pages_of_somebody_who_leaves() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let page = anna.get("/settings/data").await;
    assert!(page.status == 200 && page.text().contains("href=\"/api/auth/export\""), "{}", page.text());
    assert_eq!(anna.get("/settings/leaving").await.header("location"), "/dashboard");
    let wrong = anna.form("account-leave", &[("currentPassword", "wrong"), ("back", "/settings/data")]).await;
    assert_eq!((wrong.status, wrong.header("location")), (303, "/settings/data"));
    assert!(anna.get("/settings/data").await.text().contains("not your password"), "what is wrong is said");
    let gone = anna.form("account-leave", &[("currentPassword", PASSWORD), ("back", "/settings/data")]).await;
    assert_eq!((gone.status, gone.header("location")), (303, "/auth/signin"));
    assert!(anna.get("/auth/signin").await.text().contains("Your account will be deleted on"));
    let back = anna.form("sign-in", &[("email", "anna@example.org"), ("password", PASSWORD)]).await;
    assert_eq!(back.status, 303);
    for path in ["/dashboard", "/expenses", "/settings/profile", "/"] {
        assert_eq!(anna.get(path).await.header("location"), "/settings/leaving", "{path}");
    }
    let page = anna.get("/settings/leaving").await;
    assert!(page.status == 200 && page.text().contains("Keep my account"), "{}", page.text());
    assert_eq!(anna.get("/_fn/q/budgets").await.status, 403, "nor behind the pages");
    let kept = anna.form("account-keep", &[("back", "/settings/leaving")]).await;
    assert_eq!((kept.status, kept.header("location")), (303, "/dashboard"));
    assert_eq!(anna.get("/expenses").await.status, 200);
}

#[tokio::test]
async fn switches_that_are_off_are_off() {
    let app = TestApp::start().await;
    let anna = app.person("anna").await;
    let pairs = [("notifications.email", "true"), ("privacy.aiConsent", "true"), ("back", "/settings/preferences")];
    assert_eq!(anna.form("switches", &pairs).await.status, 303);
    let preferences = anna.get("/api/auth/me").await.data()["user"]["preferences"].clone();
    let expected = json!({ "email": true, "push": false, "budgetAlerts": false, "goalReminders": false });
    assert_eq!(preferences["notifications"], expected);
    let expected = json!({ "shareData": false, "analytics": false, "aiConsent": true, "aiPictures": false });
    assert_eq!(preferences["privacy"], expected);
    let about = [("name", "Anna"), ("profile.city", "Ulm"), ("profile.familySize", "3"), ("profile.country", "de")];
    assert_eq!(anna.form("profile", &about).await.status, 303);
    let profile = anna.get("/api/auth/me").await.data()["user"]["profile"].clone();
    assert_eq!(
        (&profile["city"], &profile["familySize"], &profile["country"]),
        (&json!("Ulm"), &json!(3), &json!("DE"))
    );
}
