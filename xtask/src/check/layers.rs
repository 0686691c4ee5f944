//! Which crate may depend on which: data flows from pages and REST through `service` to ports, and `domain` is pure.

use super::Offence;
use serde_json::Value;

/// For each crate of the workspace: the crates of the workspace it may use, and the libraries it must not.
const RULES: [Rule; 12] = [
    Rule { name: "domain", may: &[], not: PURE },
    Rule { name: "service", may: &["domain"], not: NO_WEB },
    Rule { name: "store", may: &["domain", "service"], not: NO_WEB },
    Rule { name: "blobs", may: &["service"], not: NO_WEB },
    Rule { name: "mail", may: &["service"], not: NO_WEB },
    Rule { name: "oidc", may: &["service"], not: NO_WEB },
    Rule { name: "shared", may: &["domain", "service"], not: NO_WEB },
    Rule { name: "app", may: &["domain", "service"], not: &[] },
    Rule { name: "frontend", may: &["app"], not: &["tokio", "axum"] },
    Rule { name: "server", may: &["domain", "service", "app", "store", "blobs", "mail", "oidc", "shared"], not: &[] },
    Rule {
        name: "wealthwise",
        may: &["domain", "service", "app", "store", "blobs", "mail", "oidc", "shared", "server"],
        not: &[],
    },
    Rule { name: "xtask", may: &[], not: &[] },
];

struct Rule {
    name: &'static str,
    may: &'static [&'static str],
    not: &'static [&'static str],
}

/// Libraries that do IO, read a clock or make random numbers.
const PURE: &[&str] = &[
    "tokio",
    "axum",
    "leptos",
    "reqwest",
    "hyper",
    "tracing",
    "rand",
    "getrandom",
    "fastrand",
    "futures",
    "async-trait",
];
/// Libraries that know about HTTP or pages.
const NO_WEB: &[&str] = &[
    "axum",
    "leptos",
    "leptos_axum",
    "leptos_router",
    "leptos_meta",
    "server_fn",
    "hyper",
    "tower",
    "tower-http",
    "http",
];
/// Database drivers, and the one crate that sees them.
const DRIVERS: &[&str] = &["rusqlite", "libsqlite3-sys", "mongodb", "bson", "sqlx", "diesel", "sea-orm"];
const STORE: &str = "store";
/// Clients of Redis, and the one crate that sees them.
const REDIS: &[&str] = &["fred", "redis", "deadpool-redis", "tower-sessions-redis-store"];
const SHARED: &str = "shared";

/// Looks at what `cargo metadata --no-deps` printed.
pub fn check(metadata: &Value) -> Vec<Offence> {
    let mut offences = Vec::new();
    let root = metadata["workspace_root"].as_str().unwrap_or_default();
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    let members: Vec<&str> = packages.iter().filter_map(|p| p["name"].as_str()).collect();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let manifest = package["manifest_path"].as_str().unwrap_or_default();
        let file = manifest.strip_prefix(root).unwrap_or(manifest).trim_start_matches('/');
        let Some(rule) = RULES.iter().find(|rule| rule.name == name) else {
            offences.push(Offence::new(
                file,
                None,
                format!("the crate {name} has no rule: say in xtask/src/check/layers.rs what it may depend on"),
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default() {
            let other = dependency["name"].as_str().unwrap_or_default();
            let only_tests = dependency["kind"] == "dev";
            let optional = dependency["optional"] == true;
            offences.extend(
                offence(rule, other, members.contains(&other), only_tests, optional)
                    .map(|what| Offence::new(file, None, what)),
            );
        }
    }
    offences
}

/// What is wrong with `rule`'s crate depending on `other`, if anything.
fn offence(rule: &Rule, other: &str, member: bool, only_tests: bool, optional: bool) -> Option<String> {
    let name = rule.name;
    if DRIVERS.contains(&other) && name != STORE {
        return Some(format!(
            "{name} names the database driver {other}: only server/store may, behind a port of service"
        ));
    }
    if REDIS.contains(&other) && name != SHARED {
        return Some(format!(
            "{name} names the Redis client {other}: only server/shared may, behind a port of service"
        ));
    }
    if only_tests {
        return None;
    }
    if rule.not.contains(&other) {
        return Some(format!(
            "{name} must not depend on {other}: move that code to the crate whose job it is, or behind a port"
        ));
    }
    if member && !rule.may.contains(&other) {
        return Some(format!("{name} must not depend on {other}: it may use {}", list(rule.may)));
    }
    if name == "app" && other == "service" && !optional {
        return Some(
            "app must take service only with its feature ssr (optional = true), else the browser loads it".to_owned(),
        );
    }
    None
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "no crate of the workspace".to_owned() } else { names.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn workspace(name: &str, dependency: Value) -> Value {
        let member = |name: &str, dependencies: Value| json!({ "name": name, "manifest_path": format!("/w/{name}/Cargo.toml"), "dependencies": dependencies });
        let mut packages: Vec<Value> =
            RULES.iter().filter(|r| r.name != name).map(|r| member(r.name, json!([]))).collect();
        packages.push(member(name, json!([dependency])));
        json!({ "workspace_root": "/w", "packages": packages })
    }

    fn found(name: &str, dependency: Value) -> Vec<String> {
        check(&workspace(name, dependency)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_direction_that_is_not_allowed_is_found() {
        for (name, other) in [
            ("domain", "service"),
            ("domain", "tokio"),
            ("domain", "leptos"),
            ("domain", "getrandom"),
            ("service", "axum"),
            ("service", "app"),
            ("service", "store"),
            ("store", "server"),
            ("app", "server"),
            ("frontend", "service"),
            ("xtask", "domain"),
            ("service", "rusqlite"),
            ("server", "mongodb"),
            ("wealthwise", "bson"),
            ("server", "fred"),
            ("shared", "mongodb"),
            ("shared", "store"),
        ] {
            let found = found(name, json!({ "name": other, "kind": null, "optional": false }));
            assert_eq!(found.len(), 1, "{name} on {other}: {found:?}");
            assert!(
                found[0].starts_with(&format!("{name}/Cargo.toml: {name} ")) && found[0].contains(other),
                "{found:?}"
            );
        }
    }

    #[test]
    fn tests_may_use_more_but_no_driver() {
        assert!(found("domain", json!({ "name": "tokio", "kind": "dev" })).is_empty());
        assert_eq!(found("server", json!({ "name": "rusqlite", "kind": "dev" })).len(), 1);
    }

    #[test]
    fn the_allowed_ones_pass() {
        assert!(found("service", json!({ "name": "domain", "kind": null })).is_empty());
        assert!(found("store", json!({ "name": "rusqlite", "kind": null })).is_empty());
        assert!(found("shared", json!({ "name": "fred", "kind": null })).is_empty());
        assert!(found("app", json!({ "name": "service", "kind": null, "optional": true })).is_empty());
    }

    #[test]
    fn the_browser_does_not_get_the_service_and_a_new_crate_needs_a_rule() {
        assert!(found("app", json!({ "name": "service", "kind": null, "optional": false }))[0].contains("optional"));
        assert!(found("extra", json!({ "name": "serde", "kind": null }))[0].contains("has no rule"));
    }
}
