//! Tests of the configuration as a whole: sources, their order, and what is said about wrong ones.
use super::*;
use std::io;

fn load(environment: &[(&str, &str)], toml: Option<&str>) -> Result<(Config, Values), Vec<Wrong>> {
    let variable = |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
    let read = |path: &str| match (path, toml) {
        ("config.toml", Some(text)) => Ok(text.to_owned()),
        ("/run/secrets/smtp", _) => Ok("smtp://user:hunter2@mail\n".to_owned()),
        _ => Err(io::Error::from(io::ErrorKind::NotFound)),
    };
    Config::load_from(&World { variable: &variable, read: &read }, toml.map(|_| "config.toml"))
}

fn wrong(environment: &[(&str, &str)], toml: Option<&str>) -> Vec<String> {
    load(environment, toml).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_set_works() {
    let (config, _) = load(&[], None).unwrap();
    assert_eq!((config.host.to_string().as_str(), config.port), ("127.0.0.1", 3000));
    assert_eq!(config.public_url(3000).origin(), "http://localhost:3000");
    assert_eq!(config.max_import_size, 20 << 20);
    assert_eq!(config.session_idle, Duration::from_hours(14 * 24));
    assert_eq!(config.registration, Registration::Open);
    assert!(config.admin_addr.is_some() && config.trusted_proxies.is_empty());
}

#[test]
fn mongodb_is_the_store_where_its_address_is_set() {
    assert!(load(&[("MONGODB_DB_NAME", "money")], None).unwrap().0.mongodb.is_none());
    let address = ("MONGODB_URI", "mongodb://ada:hunter2@db.example.org");
    let (config, values) = load(&[address, SECRET, ("MONGODB_MAX_POOL_SIZE", "40")], None).unwrap();
    let mongodb = config.mongodb.clone().unwrap();
    assert_eq!((mongodb.database.as_str(), mongodb.max_pool_size), ("wealthwise", 40));
    assert!(!format!("{config:?}").contains("hunter2") && !report(&config, &values).contains("hunter2"));
    let faults =
        wrong(&[("MONGODB_URI", "hunter2"), SECRET, ("MONGODB_DB_NAME", "a.b"), ("MONGODB_MAX_POOL_SIZE", "0")], None);
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert!(!faults.concat().contains("hunter2"));
}

/// `[7; 32]`
const SECRET: (&str, &str) = ("ENCRYPTION_SECRET", "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");

#[test]
fn secrets_are_encrypted_with_a_key_that_all_processes_have() {
    let (config, values) = load(&[SECRET], None).unwrap();
    assert_eq!(config.encryption_secret, Some(EncryptionSecret([7; 32])));
    assert!(!format!("{config:?}").contains('7') || !format!("{config:?}").contains("BwcH"));
    assert!(!report(&config, &values).contains("BwcH"));
    assert!(load(&[], None).unwrap().0.encryption_secret.is_none());
    let faults = wrong(&[("MONGODB_URI", "mongodb://localhost")], None);
    assert!(faults.len() == 1 && faults[0].contains("ENCRYPTION_SECRET"), "{faults:?}");
    for text in ["hunter2", "BwcHBwcH", "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="] {
        let faults = wrong(&[("ENCRYPTION_SECRET", text)], None);
        assert!(faults.len() == 1 && !faults.concat().contains(text), "{faults:?}");
    }
}

#[test]
fn redis_and_the_limits() {
    let (config, values) = load(&[("REDIS_URL", "rediss://ada:hunter2@cache.example.org/1")], None).unwrap();
    let redis = config.redis.clone().unwrap();
    assert_eq!((redis.url.as_str(), redis.prefix.as_str()), ("rediss://ada:hunter2@cache.example.org/1", "ww"));
    assert!(!format!("{config:?}").contains("hunter2") && !report(&config, &values).contains("hunter2"));
    let faults = wrong(&[("REDIS_URL", "http://:hunter2@cache"), ("RATE_LIMIT_USER", "many")], None);
    assert!(faults.len() == 2 && !faults.concat().contains("hunter2"), "{faults:?}");
    let (config, _) = load(&[("RATE_LIMIT_ANONYMOUS", "0"), ("RATE_LIMIT_WINDOW", "1h")], None).unwrap();
    assert_eq!((config.rate_limit_anonymous, config.rate_limit_user), (0, 1_000));
    assert_eq!(config.rate_limit_window.as_secs(), 3_600);
}

#[test]
fn the_environment_goes_before_the_file_and_empty_is_not_set() {
    let toml =
        "port = 4000\nHOST = \"0.0.0.0\"\ntrusted_proxies = [\"10.0.0.0/8\", \"127.0.0.1\"]\nsession_idle = \"1d\"\n";
    let (config, values) = load(&[("PORT", "5000"), ("HOST", ""), ("ADMIN_ADDR", "off")], Some(toml)).unwrap();
    assert_eq!((config.host.to_string().as_str(), config.port), ("0.0.0.0", 5000));
    assert_eq!(config.trusted_proxies.len(), 2);
    assert_eq!(config.admin_addr, None);
    assert!(values.0["PORT"].origin == Origin::Environment && values.0["HOST"].origin == Origin::Toml);
}

#[test]
fn everything_wrong_is_said_at_once_with_what_is_allowed() {
    let found = wrong(
        &[
            ("PORT", "99999"),
            ("HOST", "localhost"),
            ("REGISTRATION", "maybe"),
            ("MAX_IMPORT_SIZE", "lots"),
            ("LOG_LEVEL", "loud"),
        ],
        Some("SESION_IDLE = \"1d\"\nsession_absolute = \"1w\"\nDEFAULT_PLAN = 1.5\n"),
    );
    assert_eq!(found.len(), 8, "{found:#?}");
    for (name, word) in [
        ("PORT", "65535"),
        ("HOST", "0.0.0.0"),
        ("REGISTRATION", "open, invite, closed"),
        ("MAX_IMPORT_SIZE", "MiB"),
        ("LOG_LEVEL", "debug"),
        ("SESION_IDLE", "SESSION_IDLE"),
        ("SESSION_ABSOLUTE", "14d"),
        ("DEFAULT_PLAN", "text"),
    ] {
        assert!(
            found.iter().any(|line| line.starts_with(&format!("{name}: ")) && line.contains(word)),
            "{name}: {found:#?}"
        );
    }
}

#[test]
fn a_file_that_is_no_toml_or_is_not_there() {
    assert!(wrong(&[], Some("port = \n"))[0].starts_with("--config: line 1: "));
    let read = |_: &str| Err(io::Error::from(io::ErrorKind::NotFound));
    let missing = Config::load_from(&World { variable: &|_| None, read: &read }, Some("gone.toml")).err().unwrap();
    assert!(missing[0].to_string().contains("gone.toml"));
}

#[test]
fn secrets_come_from_files_and_are_not_shown() {
    let (config, values) = load(&[("SMTP_URL_FILE", "/run/secrets/smtp"), ("OPENAI_MODEL", "x")], None).unwrap();
    assert_eq!(values.0["SMTP_URL"].text, "smtp://user:hunter2@mail");
    let text = report(&config, &values);
    assert!(!text.contains("hunter2") && text.contains("OPENAI_MODEL") && text.contains("SMTP_URL"), "{text}");
    assert_eq!(wrong(&[("SMTP_URL", "a"), ("SMTP_URL_FILE", "b")], None).len(), 1);
    let unreadable = wrong(&[("SMTP_URL_FILE", "/gone")], None);
    assert!(unreadable[0].starts_with("SMTP_URL_FILE: "), "{unreadable:?}");
}

#[test]
fn mail_goes_where_it_is_sent() {
    let mail = |set: &[(&str, &str)]| load(set, None).unwrap().0.mail;
    assert_eq!(mail(&[("SMTP_URL", "not looked at")]), MailWay::Files);
    let smtp = "smtps://ada:hunter2@mail.example.org";
    assert_eq!(mail(&[("EMAIL_PROVIDER", "smtp"), ("SMTP_URL", smtp)]), MailWay::Smtp(smtp.to_owned()));
    let resend = mail(&[("EMAIL_PROVIDER", "resend"), ("RESEND_API_KEY", "hunter2")]);
    assert!(resend == MailWay::Resend("hunter2".to_owned()) && !format!("{resend:?}").contains("hunter2"));
    for set in [
        &[("EMAIL_PROVIDER", "smtp")][..],
        &[("EMAIL_PROVIDER", "smtp"), ("SMTP_URL", "https://ada:hunter2@mail")],
        &[("EMAIL_PROVIDER", "resend")],
        &[("EMAIL_PROVIDER", "pigeon")],
        &[("EMAIL_FROM", "nobody")],
    ] {
        let faults = wrong(set, None);
        assert!(faults.len() == 1 && !faults.concat().contains("hunter2"), "{faults:?}");
    }
}

#[test]
fn the_doctor_names_each_value_and_its_source() {
    let (config, values) = load(&[("PORT", "5000"), ("REGISTRATION", "invite")], None).unwrap();
    let text = report(&config, &values);
    for part in [
        "PORT",
        "5000",
        "(environment)",
        "MAX_IMPORT_SIZE",
        "20 MiB",
        "(default)",
        "metrics come later",
        "nobody can sign up",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn idle_is_not_longer_than_absolute() {
    assert_eq!(
        wrong(&[("SESSION_IDLE", "100d")], None),
        ["SESSION_IDLE: is longer than SESSION_ABSOLUTE; allowed: at most SESSION_ABSOLUTE"]
    );
}
