//! Every name that can be configured, with its default and meaning: the table behind `doctor` and behind the check for
//! names that nobody knows.

/// One name that can be set.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As in the environment; in a TOML file small letters are fine too.
    pub name: &'static str,
    /// What counts when it is not set, as text; empty = nothing.
    pub default: &'static str,
    /// Whether its value is never shown, and may come from a file named by `NAME_FILE`.
    pub secret: bool,
    /// Whether this version does something with it.
    pub used: bool,
    /// What it is for.
    pub meaning: &'static str,
}

const fn used(name: &'static str, default: &'static str, meaning: &'static str) -> Key {
    Key { name, default, secret: false, used: true, meaning }
}

const fn later(name: &'static str, meaning: &'static str) -> Key {
    Key { name, default: "", secret: false, used: false, meaning }
}

const fn secret(name: &'static str, meaning: &'static str) -> Key {
    Key { name, default: "", secret: true, used: false, meaning }
}

/// All of them.
pub const KEYS: &[Key] = &[
    used("HOST", "127.0.0.1", "address to listen on"),
    used("PORT", "3000", "port to listen on"),
    used("PUBLIC_URL", "http://localhost:PORT", "how browsers reach it; https makes cookies Secure"),
    used("WEALTHWISE_DATA_DIR", "./data", "folder of the embedded database and its files"),
    used("WEALTHWISE_SITE_DIR", "", "folder of the browser's files, instead of those inside the program"),
    Key { used: true, ..secret("MONGODB_URI", "MongoDB as the store, instead of the embedded one") },
    used("MONGODB_DB_NAME", "wealthwise", "database in MongoDB"),
    used("MONGODB_MAX_POOL_SIZE", "10", "most connections to MongoDB"),
    Key { used: true, ..secret("REDIS_URL", "what several processes share: sessions, counters, cache, events") },
    secret("GEMINI_API_KEY", "adviser by Gemini"),
    later("GEMINI_MODEL", "adviser by Gemini"),
    later("GEMINI_MAX_TOKENS", "adviser by Gemini"),
    later("GOOGLE_GEMINI_BASE_URL", "adviser by Gemini"),
    later("OPENAI_BASE_URL", "adviser by a compatible server"),
    secret("OPENAI_API_KEY", "adviser by a compatible server"),
    later("OPENAI_MODEL", "adviser by a compatible server"),
    later("AI_PROVIDER", "which adviser"),
    used("GOOGLE_CLIENT_ID", "", "sign-in with Google: what it calls this server"),
    Key { used: true, ..secret("GOOGLE_CLIENT_SECRET", "sign-in with Google: its secret for this server") },
    used("OIDC_ISSUER", "", "sign-in with another issuer of OpenID Connect: its address"),
    used("OIDC_CLIENT_ID", "", "sign-in with another issuer: what it calls this server"),
    Key { used: true, ..secret("OIDC_CLIENT_SECRET", "sign-in with another issuer: its secret for this server") },
    used("OIDC_NAME", "", "sign-in with another issuer: what people call it, if not by its host"),
    Key { used: true, ..secret("ENCRYPTION_SECRET", "encrypts secrets at rest: 32 bytes in base64") },
    used("EMAIL_PROVIDER", "log", "smtp, resend, or log: mail is written into the data folder, and reaches nobody"),
    Key { used: true, ..secret("SMTP_URL", "mail server: smtps://USER:PASSWORD@HOST, or smtp://…?tls=required") },
    Key { used: true, ..secret("RESEND_API_KEY", "mail by Resend: the key") },
    used("EMAIL_FROM", "WealthWise <wealthwise@localhost>", "whom mail comes from"),
    secret("VAPID_PRIVATE_KEY", "web push"),
    later("EXCHANGE_RATE_PROVIDER", "fresh exchange rates"),
    secret("EXCHANGE_RATE_API_KEY", "fresh exchange rates"),
    used("BLOB_URL", "", "where files are kept, if not in the data folder or in MongoDB"),
    Key { used: true, ..secret("AWS_ACCESS_KEY_ID", "files in a bucket: the key's name") },
    Key { used: true, ..secret("AWS_SECRET_ACCESS_KEY", "files in a bucket: the key") },
    Key { used: true, ..secret("AWS_SESSION_TOKEN", "files in a bucket: with a key for some time") },
    used("AWS_REGION", "us-east-1", "files in a bucket: its region"),
    used("AWS_ENDPOINT_URL", "", "files in a bucket: a server other than Amazon's"),
    used("MAX_UPLOAD_SIZE", "5 MiB", "largest receipt"),
    used("MAX_IMPORT_SIZE", "20 MiB", "largest bank file"),
    later("ALLOWED_ORIGINS", "other sites that may use the REST API with keys"),
    used("TRUSTED_PROXIES", "", "addresses whose X-Forwarded-For counts"),
    used("RATE_LIMIT_ANONYMOUS", "100", "requests of one address in a window, 0 = no limit"),
    used("RATE_LIMIT_USER", "1000", "requests of one person in a window, 0 = no limit"),
    used("RATE_LIMIT_WINDOW", "15m", "how long requests are counted"),
    used("RATE_LIMIT_LOGIN", "10", "tries to sign in, per account and address in a window, 0 = no limit"),
    used("SESSION_IDLE", "14d", "a session ends after so long without use"),
    used("SESSION_ABSOLUTE", "90d", "a session ends so long after it began"),
    later("OCR_LANGUAGES", "reading receipts"),
    later("OCR_TIMEOUT", "reading receipts"),
    used("REGISTRATION", "open", "who may sign up"),
    used("ADMIN_ADDR", "127.0.0.1:9464", "where metrics will be"),
    used("DEFAULT_PLAN", "free", "plan of new users"),
    used("LOG_LEVEL", "info", "how much is logged"),
    used("LOG_FORMAT", "text", "how it is logged"),
    used("APP_ENV", "production", "production, development or test"),
];

/// The key of that name.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

#[cfg(test)]
mod tests {
    use super::KEYS;
    use std::collections::BTreeSet;

    #[test]
    fn each_name_stands_once() {
        let names: BTreeSet<_> = KEYS.iter().map(|key| key.name).collect();
        assert_eq!(names.len(), KEYS.len());
        assert!(KEYS.iter().all(|key| !key.meaning.is_empty() && !key.name.ends_with("_FILE")));
    }
}
