//! Puts the program together: used by `wealthwise serve` and by the tests alike.
use crate::{
    assets::Assets,
    auth::Argon2Hasher,
    config::{Config, Environment, Mongo, Registration},
    http::router,
    serve,
    system::{BundledZones, SystemClock, SystemRandom},
};
use axum::Router;
use service::{
    Services, Settings,
    ports::{Clock, PasswordHasher, Random, TimeZones, sessions::SessionStore, store::Store},
};
use std::{future::Future, io, net::SocketAddr, path::Path, sync::Arc, time::Duration};
use store::MongoOptions;
use tokio::net::TcpListener;

/// The time between two sweeps of what has expired.
const SWEEP_EVERY: Duration = Duration::from_mins(15);

/// The real or made-up world that the use-cases work with.
pub struct Ports {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Signed-in devices.
    pub sessions: Arc<dyn SessionStore>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Ids and secrets.
    pub random: Arc<dyn Random>,
    /// Passwords.
    pub hasher: Arc<dyn PasswordHasher>,
    /// What day it is somewhere.
    pub zones: Arc<dyn TimeZones>,
}

impl Ports {
    /// The real ones over a store.
    pub fn real(opened: Opened) -> Self {
        let Opened { store, sessions } = opened;
        let random: Arc<dyn Random> = Arc::new(SystemRandom);
        let hasher = Arc::new(Argon2Hasher::new(Arc::clone(&random)));
        Self { store, sessions, clock: Arc::new(SystemClock), random, hasher, zones: Arc::new(BundledZones) }
    }
}

/// The program, ready to answer.
pub struct App {
    /// All addresses.
    pub router: Router,
    /// The use-cases behind them.
    pub services: Services,
}

/// Puts it together. `port` is the one that it will listen on.
pub fn build(config: &Config, port: u16, assets: Assets, ports: Ports) -> App {
    let services = Services {
        store: ports.store,
        sessions: ports.sessions,
        clock: ports.clock,
        random: ports.random,
        hasher: ports.hasher,
        zones: ports.zones,
        settings: Settings {
            session_idle: config.session_idle,
            session_absolute: config.session_absolute,
            registration_open: config.registration == Registration::Open,
        },
    };
    App { router: router::build(config, port, assets, services.clone()), services }
}

/// What keeps data, opened.
pub struct Opened {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Signed-in devices.
    pub sessions: Arc<dyn SessionStore>,
}

/// Opens the store that is configured: MongoDB where `MONGODB_URI` is set, else the embedded one.
pub async fn open_store(config: &Config) -> Result<Opened, String> {
    match &config.mongodb {
        Some(mongo) => open_mongodb(mongo).await,
        None => open_embedded(config),
    }
}

async fn open_mongodb(mongo: &Mongo) -> Result<Opened, String> {
    let options = MongoOptions {
        database: mongo.database.clone(),
        max_pool_size: mongo.max_pool_size,
        ..MongoOptions::new(&mongo.uri)
    };
    let store = store::mongo::open(options).await.map_err(|error| format!("MONGODB_URI: {error}"))?;
    Ok(Opened { sessions: Arc::new(store.clone()), store: Arc::new(store) })
}

/// In its folder, which is made if it is not there (for its owner's eyes only).
fn open_embedded(config: &Config) -> Result<Opened, String> {
    let folder = &config.data_dir;
    let named = |what: &dyn std::fmt::Display| format!("WEALTHWISE_DATA_DIR {}: {what}", folder.display());
    make_folder(folder).map_err(|error| named(&error))?;
    let store = store::open(&folder.join("wealthwise.db")).map_err(|error| named(&error))?;
    Ok(Opened { sessions: Arc::new(store.clone()), store: Arc::new(store) })
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

/// Answers until `stop` comes, then lets the requests in flight finish.
pub async fn run(config: Config, assets: Assets, stop: impl Future<Output = ()>) -> Result<(), String> {
    let opened = open_store(&config).await?;
    let listener = listen(&config).await?;
    let address = listener.local_addr().map_err(|error| format!("HOST and PORT: {error}"))?;
    if assets.is_empty() && config.environment != Environment::Test {
        tracing::warn!(
            "no files for the browser: pages come without styles (set WEALTHWISE_SITE_DIR, or use make run)"
        );
    }
    let app = build(&config, address.port(), assets, Ports::real(opened));
    let sweeping = tokio::spawn(sweep(app.services));
    println!("WealthWise listens on {}", config.public_url(address.port()).origin());
    tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "ready");
    serve::serve(listener, app.router, stop).await;
    sweeping.abort();
    tracing::info!("stopped");
    Ok(())
}

async fn listen(config: &Config) -> Result<TcpListener, String> {
    let address = SocketAddr::new(config.host, config.port);
    TcpListener::bind(address).await.map_err(|error| format!("HOST and PORT: can't listen on {address}: {error}"))
}

/// Drops what has expired, now and then.
async fn sweep(services: Services) {
    let mut ticks = tokio::time::interval(SWEEP_EVERY);
    loop {
        ticks.tick().await;
        match services.store.sweep(services.now(), services.settings.session_idle).await {
            Ok(0) => {}
            Ok(rows) => tracing::debug!(rows, "swept"),
            Err(error) => tracing::warn!(%error, "sweeping what has expired"),
        }
    }
}
