//! Configuration: the only place that reads the environment. Wrong values stop the start, all named at once.
mod blobs;
mod doctor;
mod identities;
mod keys;
mod parse;
mod source;

pub use blobs::BlobPlace;
pub use doctor::report;
pub use keys::{KEYS, Key};
pub(crate) use parse::database_name;
pub use parse::{Network, PublicUrl};
pub use source::{Found, Origin, Values, World};

use ::mail::{self, Sender};
use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

/// Something that is set to what it can't be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The name.
    pub name: String,
    /// What is wrong with it. Never a secret's value.
    pub what: String,
    /// What would be right.
    pub allowed: String,
}

impl Wrong {
    fn new(name: &str, what: impl Into<String>, allowed: impl Into<String>) -> Self {
        Self { name: name.to_owned(), what: what.into(), allowed: allowed.into() }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; allowed: {}", self.name, self.what, self.allowed)
    }
}

/// Who may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// Everybody.
    Open,
    /// Who is invited.
    Invite,
    /// Nobody.
    Closed,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// What the program is run for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// For people.
    Production,
    /// To work on it.
    Development,
    /// By tests.
    Test,
}

/// The plan of new users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultPlan {
    /// With the general limits.
    Free,
    /// Without.
    Premium,
}

/// MongoDB as the store.
#[derive(Clone)]
pub struct Mongo {
    /// The connection string; it may hold a password.
    pub uri: String,
    /// The database.
    pub database: String,
    /// The most connections to a server.
    pub max_pool_size: u32,
    /// How long to wait for it.
    pub timeouts: store::mongo::Timeouts,
}

impl fmt::Debug for Mongo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mongo").field("database", &self.database).finish_non_exhaustive()
    }
}

/// How mail goes out. Addresses and keys are never shown.
#[derive(Clone, PartialEq, Eq)]
pub enum MailWay {
    /// Into files of the data folder: it reaches nobody.
    Files,
    /// Over an SMTP server, by its address.
    Smtp(String),
    /// Over Resend, by its key.
    Resend(String),
}

impl fmt::Debug for MailWay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Files => "Files",
            Self::Smtp(_) => "Smtp(…)",
            Self::Resend(_) => "Resend(…)",
        })
    }
}

/// The key for secrets at rest, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct EncryptionSecret(pub [u8; 32]);

impl fmt::Debug for EncryptionSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EncryptionSecret(…)")
    }
}

/// Where Redis is. The address may hold a password, so it is never shown.
#[derive(Clone)]
pub struct RedisUrl {
    /// The address.
    pub url: String,
    /// What all keys begin with.
    pub prefix: String,
}

impl fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisUrl").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

/// What is in force, typed.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address to listen on.
    pub host: IpAddr,
    /// Port to listen on; 0 = any free one.
    pub port: u16,
    /// How browsers reach it; none: `http://localhost:PORT`.
    pub public_url: Option<PublicUrl>,
    /// Folder of the embedded database.
    pub data_dir: PathBuf,
    /// MongoDB instead of the embedded database.
    pub mongodb: Option<Mongo>,
    /// Redis for what several processes share.
    pub redis: Option<RedisUrl>,
    /// Where bytes of files are kept; none: `blobs` in the data folder, or the database if that is MongoDB.
    pub blobs: Option<BlobPlace>,
    /// Folder of the browser's files, if it is not to be the usual place.
    pub site_dir: Option<PathBuf>,
    /// The largest receipt, in bytes.
    pub max_upload_size: u64,
    /// Largest bank file, in bytes.
    pub max_import_size: u64,
    /// Whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<Network>,
    /// Requests of one address in a window; 0 = as many as it likes.
    pub rate_limit_anonymous: u64,
    /// Requests of one person in a window; 0 = as many as they like.
    pub rate_limit_user: u64,
    /// Tries to sign in, of one account from one address, in a window; 0 = as many as one likes.
    pub rate_limit_login: u64,
    /// What secrets at rest are encrypted with; none: a key in the data folder.
    pub encryption_secret: Option<EncryptionSecret>,
    /// How mail goes out.
    pub mail: MailWay,
    /// Whom it comes from.
    pub email_from: Sender,
    /// Places that vouch for people who sign in there.
    pub identity_providers: Vec<oidc::Settings>,
    /// How long requests are counted.
    pub rate_limit_window: Duration,
    /// A session ends after so long without use.
    pub session_idle: Duration,
    /// A session ends so long after it began.
    pub session_absolute: Duration,
    /// Who may sign up.
    pub registration: Registration,
    /// Where metrics will be; none: nowhere.
    pub admin_addr: Option<SocketAddr>,
    /// The plan of new users.
    pub default_plan: DefaultPlan,
    /// How much is logged.
    pub log_level: tracing::level_filters::LevelFilter,
    /// How it is logged.
    pub log_format: LogFormat,
    /// What the program is run for.
    pub environment: Environment,
    /// Example data in place of one's own: only the command line says so (`serve --demo`).
    pub demo: bool,
}

impl Default for Config {
    fn default() -> Self {
        typed(&Values::default(), &mut Vec::new())
    }
}

impl Config {
    /// Reads the real environment, and the file if one is named. On failure, everything that is wrong.
    pub fn load(file: Option<&str>) -> Result<(Self, Values), Vec<Wrong>> {
        #[allow(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
        let variable = |name: &str| std::env::var(name).ok();
        let read = |path: &str| std::fs::read_to_string(path);
        Self::load_from(&World { variable: &variable, read: &read }, file)
    }

    /// The same from a world of the caller's making.
    pub fn load_from(world: &World<'_>, file: Option<&str>) -> Result<(Self, Values), Vec<Wrong>> {
        let mut wrong = Vec::new();
        let toml = file.and_then(|path| match (world.read)(path) {
            Ok(text) => Some(text),
            Err(error) => {
                wrong.push(Wrong::new("--config", format!("{path} can't be read: {error}"), "a readable file"));
                None
            }
        });
        let values = source::gather(world, toml.as_deref(), &mut wrong);
        let config = typed(&values, &mut wrong);
        if wrong.is_empty() { Ok((config, values)) } else { Err(wrong) }
    }

    /// How browsers reach it, once the port is known.
    pub fn public_url(&self, port: u16) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl { https: false, authority: format!("localhost:{port}") })
    }
}

fn typed(values: &Values, wrong: &mut Vec<Wrong>) -> Config {
    let mut reader = Reader { values, wrong };
    let config = Config {
        host: reader.read("HOST", |text| text.parse().map_err(|_| "an IP address such as 127.0.0.1, 0.0.0.0 or ::")),
        port: reader.read("PORT", |text| text.parse().map_err(|_| "a number from 0 to 65535")),
        public_url: reader.optional("PUBLIC_URL", PublicUrl::parse),
        data_dir: reader.read("WEALTHWISE_DATA_DIR", |text| Ok(PathBuf::from(text))),
        mongodb: reader.mongodb(),
        redis: reader.redis(),
        blobs: reader.blobs(),
        site_dir: reader.optional("WEALTHWISE_SITE_DIR", |text| Ok(PathBuf::from(text))),
        max_upload_size: reader.read("MAX_UPLOAD_SIZE", parse::size),
        max_import_size: reader.read("MAX_IMPORT_SIZE", parse::size),
        trusted_proxies: reader.optional("TRUSTED_PROXIES", parse::networks).unwrap_or_default(),
        rate_limit_anonymous: reader.read("RATE_LIMIT_ANONYMOUS", parse::count),
        rate_limit_user: reader.read("RATE_LIMIT_USER", parse::count),
        rate_limit_login: reader.read("RATE_LIMIT_LOGIN", parse::count),
        mail: reader.mail(),
        email_from: reader
            .read("EMAIL_FROM", |text| Sender::parse(text).ok_or("an address, such as WealthWise <money@example.org>")),
        identity_providers: reader.identity_providers(),
        encryption_secret: reader.encryption_secret(),
        rate_limit_window: reader.read("RATE_LIMIT_WINDOW", parse::duration),
        session_idle: reader.read("SESSION_IDLE", parse::duration),
        session_absolute: reader.read("SESSION_ABSOLUTE", parse::duration),
        registration: reader.word(
            "REGISTRATION",
            &[("open", Registration::Open), ("invite", Registration::Invite), ("closed", Registration::Closed)],
        ),
        admin_addr: reader.read("ADMIN_ADDR", |text| match text {
            "off" => Ok(None),
            text => text.parse().map(Some).map_err(|_| "an address and a port such as 127.0.0.1:9464, or off"),
        }),
        default_plan: reader.word("DEFAULT_PLAN", &[("free", DefaultPlan::Free), ("premium", DefaultPlan::Premium)]),
        log_level: reader.read("LOG_LEVEL", |text| text.parse().map_err(|_| "off, error, warn, info, debug or trace")),
        log_format: reader.word("LOG_FORMAT", &[("text", LogFormat::Text), ("json", LogFormat::Json)]),
        environment: reader.word(
            "APP_ENV",
            &[
                ("production", Environment::Production),
                ("development", Environment::Development),
                ("test", Environment::Test),
            ],
        ),
        demo: false,
    };
    if config.session_idle > config.session_absolute {
        wrong.push(Wrong::new("SESSION_IDLE", "is longer than SESSION_ABSOLUTE", "at most SESSION_ABSOLUTE"));
    }
    config
}

struct Reader<'a> {
    values: &'a Values,
    wrong: &'a mut Vec<Wrong>,
}

impl Reader<'_> {
    /// A value, or the default. A wrong one is noted, and the default goes on in its place.
    fn read<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, &'static str>) -> T {
        let default = keys::find(name).map_or("", |key| key.default);
        self.optional(name, &parse).unwrap_or_else(|| parse(default).expect("the defaults of the table are right"))
    }

    fn mongodb(&mut self) -> Option<Mongo> {
        let database = self.read("MONGODB_DB_NAME", parse::database_name);
        let max_pool_size = self.read("MONGODB_MAX_POOL_SIZE", |text| match text.parse() {
            Ok(size @ 1..=1_000) => Ok(size),
            _ => Err("a number from 1 to 1000"),
        });
        let uri = self.values.0.get("MONGODB_URI")?.text.clone();
        if !["mongodb://", "mongodb+srv://"].iter().any(|scheme| uri.starts_with(scheme)) {
            // Not shown: it may hold a password all the same.
            self.wrong.push(Wrong::new("MONGODB_URI", "is no connection string", "mongodb://… or mongodb+srv://…"));
        }
        Some(Mongo { uri, database, max_pool_size, timeouts: store::mongo::Timeouts::default() })
    }

    fn mail(&mut self) -> MailWay {
        let way = self.word("EMAIL_PROVIDER", &[("log", ""), ("smtp", "SMTP_URL"), ("resend", "RESEND_API_KEY")]);
        let text = self.values.0.get(way).map(|found| found.text.clone());
        match (way, text) {
            ("", _) => MailWay::Files,
            ("SMTP_URL", Some(url)) if mail::is_smtp(&url) => MailWay::Smtp(url),
            ("RESEND_API_KEY", Some(key)) => MailWay::Resend(key),
            (_, text) => {
                let what = if text.is_some() {
                    "is no address of a mail server"
                } else {
                    "is not set, and EMAIL_PROVIDER asks for it"
                };
                let allowed =
                    if way == "SMTP_URL" { "smtps://USER:PASSWORD@HOST, or smtp://…?tls=required" } else { "a key" };
                self.wrong.push(Wrong::new(way, what, allowed));
                MailWay::Files
            }
        }
    }

    /// All processes on one database read what any of them has sealed.
    fn encryption_secret(&mut self) -> Option<EncryptionSecret> {
        const ALLOWED: &str = "32 bytes in base64, such as `openssl rand -base64 32` prints";
        let Some(found) = self.values.0.get("ENCRYPTION_SECRET") else {
            if self.values.0.contains_key("MONGODB_URI") {
                let what = "is not set, and all processes on one MongoDB must have the same";
                self.wrong.push(Wrong::new("ENCRYPTION_SECRET", what, ALLOWED));
            }
            return None;
        };
        let key = parse::key(&found.text);
        if key.is_none() {
            // Not shown: it may be nearly right.
            self.wrong.push(Wrong::new("ENCRYPTION_SECRET", "is no key", ALLOWED));
        }
        key.map(EncryptionSecret)
    }

    fn redis(&mut self) -> Option<RedisUrl> {
        let url = self.values.0.get("REDIS_URL")?.text.clone();
        if !["redis://", "rediss://"].iter().any(|scheme| url.starts_with(scheme)) {
            self.wrong.push(Wrong::new("REDIS_URL", "is no address of a Redis", "redis://… or rediss://…"));
        }
        Some(RedisUrl { url, prefix: "ww".to_owned() })
    }

    fn optional<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, &'static str>) -> Option<T> {
        let found = self.values.0.get(name)?;
        match parse(&found.text) {
            Ok(value) => Some(value),
            Err(allowed) => {
                let shown: String = found.text.chars().take(60).collect();
                self.wrong.push(Wrong::new(name, format!("{shown:?} is not possible"), allowed));
                None
            }
        }
    }

    fn word<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> T {
        let find = |text: &str| words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        let default = keys::find(name).map_or("", |key| key.default);
        let fallback = find(default).expect("the defaults of the table are right");
        let Some(found) = self.values.0.get(name) else { return fallback };
        find(&found.text).unwrap_or_else(|| {
            let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let shown: String = found.text.chars().take(60).collect();
            self.wrong.push(Wrong::new(name, format!("{shown:?} is not possible"), allowed.join(", ")));
            fallback
        })
    }
}

#[cfg(test)]
mod tests;
