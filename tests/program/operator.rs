//! What the operator does beside a running server: plans of accounts, and a look at work that waits.
use super::program::{Program, folder};
use std::{path::Path, process::Output};

fn run(data: &Path, words: &[&str]) -> Output {
    Program::bare(data).args(words).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn plans_and_jobs_beside_a_server() {
    let data = folder("operator");
    let before = run(&data, &["jobs"]);
    assert!(!before.status.success() && said(&before).contains("There are no data"), "{}", said(&before));
    let program = Program::start(&data);
    let (person, _) = program.owner();
    let plan = || person.get("/api/auth/me")["data"]["user"]["subscription"].clone();
    assert_eq!(plan()["plan"], "free");

    let set = run(&data, &["user", "set-plan", "Anna@Example.org", "premium", "--until", "2999-12-31"]);
    assert!(set.status.success(), "{}", said(&set));
    assert!(said(&set).contains("anna@example.org is premium until the end of 2999-12-31"), "{}", said(&set));
    assert_eq!((plan()["plan"].as_str(), plan()["endDate"].as_str()), (Some("premium"), Some("3000-01-01T00:00:00Z")));
    let (_, page) = person.page("/settings/profile", "text/html");
    assert!(page.contains("Premium, up to and including"), "the profile shows it");
    assert!(run(&data, &["user", "set-plan", "anna@example.org", "free"]).status.success());
    assert_eq!((plan()["plan"].as_str(), plan()["endDate"].is_null()), (Some("free"), true));
    for (words, why) in [
        (&["user", "set-plan", "nobody@example.org", "premium"][..], "No account has the address"),
        (&["user", "set-plan", "anna@example.org", "premium", "--until", "2020-01-01"], "that day is over"),
        (&["jobs", "retry", "00010203040506070809abff"], "was given up"),
    ] {
        let refused = run(&data, words);
        assert!(!refused.status.success() && said(&refused).contains(why), "{words:?}: {}", said(&refused));
    }

    let body = br#"{"currentPassword":"correct horse battery"}"#;
    let (status, ..) = person.ask("DELETE", "/api/auth/me", "content-type: application/json\r\n", body).unwrap();
    assert_eq!(status, 202);
    let listed = said(&run(&data, &["jobs"]));
    assert!(listed.contains("delete_account   due ") && !listed.contains("anna"), "{listed}");
}
