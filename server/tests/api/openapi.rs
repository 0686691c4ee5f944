//! `/api/openapi.json`.
use crate::helpers::{TestApp, Value};
use hyper::Method;

#[tokio::test]
async fn describes_each_route_whole() {
    let app = TestApp::start().await;
    let client = app.stranger();
    let answer = client.get("/api/openapi.json").await;
    let document = answer.json();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    assert!(document["components"]["securitySchemes"]["session"].is_object());
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let at = format!("{method} {path}");
            assert!(operation["summary"].as_str().is_some_and(|words| !words.is_empty()), "{at} has a summary");
            assert!(
                operation["responses"]
                    .as_object()
                    .is_some_and(|all| all.keys().any(|code| code.starts_with(['2', '3']))),
                "{at}"
            );
            if path != "/api/health/live" {
                assert!(
                    operation["responses"]["default"]["content"]["application/json"]["schema"].is_object(),
                    "{at} fails in our shape"
                );
            }
            let has_body = (matches!(method.as_str(), "post" | "put")
                || ["delete /api/auth/totp", "delete /api/auth/me"].contains(&at.as_str()))
                && ![
                    "commit",
                    "revert",
                    "restore",
                    "logout",
                    "refresh-token",
                    "resend-verification",
                    "keep",
                    "undo",
                    "dismiss",
                    "recurring/{id}/accept",
                    "apply",
                    "refuse",
                ]
                .iter()
                .any(|word| path.ends_with(word))
                || at == "post /api/budgets/{id}/restore";
            assert_eq!(operation["requestBody"].is_object(), has_body, "{at} has a body");
            let in_path =
                operation["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "path").count();
            assert_eq!(in_path, path.matches('{').count(), "{at} names its ids");
        }
    }
    assert_eq!(references(&document).into_iter().find(|name| document["components"]["schemas"][name].is_null()), None);
    let tag = answer.header("etag").to_owned();
    assert_eq!(client.send(Method::GET, "/api/openapi.json", &[("if-none-match", &tag)], "").await.status, 304);
}

/// The names of all schemas that are referred to.
fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, inner)| {
                match inner.as_str().and_then(|text| text.strip_prefix("#/components/schemas/")) {
                    Some(target) if name == "$ref" => vec![target.to_owned()],
                    _ => references(inner),
                }
            })
            .collect(),
        Value::Array(entries) => entries.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
