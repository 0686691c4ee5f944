//! Puts the program together: used by `wealthwise serve` and by the tests alike.
pub(crate) mod blobs;
mod open;
mod work;

pub use open::{NotOpen, Opened, open};

use crate::{
    assets::Assets,
    auth::Argon2Hasher,
    config::{Config, Environment, MailWay, Registration},
    folder::{self, FolderLock},
    http::{router, starting},
    sealer::KeySealer,
    serve,
    system::{BundledZones, SystemClock, SystemRandom},
};
use axum::Router;
use oidc::Provider;
use service::{
    Services, Settings,
    ports::{Clock, PasswordHasher, Random, TimeZones, identities::IdentityProvider, sealer::Sealer},
};
use std::{future::Future, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    sync::{oneshot, watch},
};

/// The time between two sweeps of what has expired.
const SWEEP_EVERY: Duration = Duration::from_mins(15);

/// The real or made-up world that the use-cases work with.
pub struct Ports {
    /// What keeps data.
    pub opened: Opened,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Ids and secrets.
    pub random: Arc<dyn Random>,
    /// Passwords.
    pub hasher: Arc<dyn PasswordHasher>,
    /// Secrets at rest.
    pub sealer: Arc<dyn Sealer>,
    /// What day it is somewhere.
    pub zones: Arc<dyn TimeZones>,
}

impl Ports {
    /// The real ones around what keeps data. What is wrong is the folder that has the key.
    pub fn real(config: &Config, opened: Opened) -> Result<Self, String> {
        let random: Arc<dyn Random> = Arc::new(SystemRandom);
        let hasher = Arc::new(Argon2Hasher::new(Arc::clone(&random)));
        let sealer = match &config.encryption_secret {
            Some(secret) => KeySealer::new(&secret.0, Arc::clone(&random)),
            None => KeySealer::in_folder(&config.data_dir, Arc::clone(&random))
                .map_err(|error| format!("WEALTHWISE_DATA_DIR: the key for secrets: {error}"))?,
        };
        let (clock, zones, sealer) = (Arc::new(SystemClock), Arc::new(BundledZones), Arc::new(sealer));
        Ok(Self { opened, clock, random, hasher, sealer, zones })
    }
}

/// The program, ready to answer.
pub struct App {
    /// All addresses.
    pub router: Router,
    /// The use-cases behind them.
    pub services: Services,
    /// How browsers reach it, for the links in mails: as configured, never as a request says.
    pub site: String,
}

/// Puts it together. `port` is the one that it will listen on.
pub fn build(config: &Config, port: u16, assets: Assets, ports: Ports) -> App {
    let Opened { store, sessions, blobs, cache, events, limits } = ports.opened;
    let services = Services {
        store,
        sessions,
        blobs,
        cache,
        events,
        limits,
        clock: ports.clock,
        random: ports.random,
        hasher: ports.hasher,
        sealer: ports.sealer,
        zones: ports.zones,
        providers: providers(config, port),
        work: Arc::default(),
        settings: Settings {
            session_idle: config.session_idle,
            session_absolute: config.session_absolute,
            sign_in_limit: config.rate_limit_login,
            sign_in_window: config.rate_limit_window,
            mail: config.mail != MailWay::Files,
            registration_open: config.registration == Registration::Open,
            upload_max: config.max_upload_size,
            demo: config.demo,
        },
    };
    let site = config.public_url(port).origin();
    App { router: router::build(config, port, assets, services.clone()), services, site }
}

/// The places that vouch for people. They are asked nothing before somebody goes there.
fn providers(config: &Config, port: u16) -> Arc<[Arc<dyn IdentityProvider>]> {
    let origin = config.public_url(port).origin();
    let open = |settings: &oidc::Settings| {
        let back = format!("{origin}{}{}/callback", app::paths::IDENTITIES, settings.key);
        let provider = Provider::new(settings.clone(), back);
        if provider.is_none() {
            tracing::error!(provider = settings.key, "no TLS to be had: nobody can sign in there");
        }
        provider.map(|provider| Arc::new(provider) as Arc<dyn IdentityProvider>)
    };
    config.identity_providers.iter().filter_map(open).collect()
}

/// Answers until `stop` comes, then lets the requests in flight finish. While what keeps the data does not answer, it
/// says so to whoever asks, and tries again.
pub async fn run(config: Config, assets: Assets, stop: impl Future<Output = ()>) -> Result<(), String> {
    let _lock = lock_folder(&config)?;
    let mailer = work::mailer(&config)?;
    let listener = listen(&config).await?;
    let address = listener.local_addr().map_err(|error| format!("HOST and PORT: {error}"))?;
    if assets.is_empty() && config.environment != Environment::Test {
        tracing::warn!(
            "no files for the browser: pages come without styles (set WEALTHWISE_SITE_DIR, or use make run)"
        );
    }
    let (doors, door) = watch::channel(starting::router());
    let (failures, failed) = oneshot::channel();
    let working = tokio::spawn(async move {
        let ports = open::patiently(|| open(&config)).await.and_then(|opened| Ports::real(&config, opened));
        match ports {
            Ok(ports) => {
                let app = build(&config, address.port(), assets, ports);
                let shown = if config.demo { example(&app.services).await } else { Ok(String::new()) };
                let shown = match shown {
                    Ok(shown) => shown,
                    Err(what) => {
                        let _ = failures.send(what);
                        return;
                    }
                };
                drop(doors.send_replace(app.router));
                // Behind a proxy the address for browsers says nothing of the port.
                let port = config.public_url.as_ref().map(|_| format!(" (port {})", address.port()));
                println!("WealthWise listens on {}{}{shown}", app.site, port.unwrap_or_default());
                tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "ready");
                let working = work::work(app.services.clone(), mailer, app.site);
                tokio::join!(
                    renew_words(app.services.clone()),
                    sweep(app.services.clone()),
                    work::queue_recurring(app.services.clone()),
                    blobs::sweep(app.services),
                    working
                );
            }
            // The other end waits until it stops.
            Err(what) => drop(failures.send(what)),
        }
    });
    let mut outcome = Ok(());
    let stop = async {
        tokio::select! {
            () = stop => {}
            Ok(what) = failed => outcome = Err(what),
        }
    };
    serve::serve_changing(listener, door, stop).await;
    working.abort();
    tracing::info!("stopped");
    outcome
}

/// Enters the example data. What to say of them.
async fn example(services: &Services) -> Result<String, String> {
    use service::demo::{EMAIL, PASSWORD, seed};
    let rows = seed(services).await.map_err(|error| format!("example data: {error}"))?;
    tracing::info!(rows, "example data");
    Ok(format!(" with example data: sign in as {EMAIL} with the password \"{PASSWORD}\""))
}

/// The data folder for this process alone, as long as what is returned lasts; none where the store is elsewhere.
fn lock_folder(config: &Config) -> Result<Option<FolderLock>, String> {
    if config.mongodb.is_some() {
        return Ok(None);
    }
    let named = |what: &dyn std::fmt::Display| format!("WEALTHWISE_DATA_DIR {}: {what}", config.data_dir.display());
    folder::make(&config.data_dir).map_err(|error| named(&error))?;
    folder::lock(&config.data_dir).map(Some)
}

async fn listen(config: &Config) -> Result<TcpListener, String> {
    let address = SocketAddr::new(config.host, config.port);
    TcpListener::bind(address).await.map_err(|error| format!("HOST and PORT: can't listen on {address}: {error}"))
}

/// Rows whose words are renewed at a time: others want to write, too.
const RENEWED_AT_ONCE: u32 = 500;
/// After a failure.
const RENEW_PAUSE: Duration = Duration::from_mins(1);

/// Gives the words of this program to rows of an earlier one, by which search finds them.
async fn renew_words(services: Services) {
    let mut renewed = 0;
    loop {
        match services.store.renew_words(RENEWED_AT_ONCE).await {
            Ok(0) => break,
            Ok(rows) => renewed += rows,
            Err(error) => {
                tracing::warn!(%error, "renewing the words of the search");
                tokio::time::sleep(RENEW_PAUSE).await;
            }
        }
    }
    if renewed > 0 {
        tracing::info!(rows = renewed, "the words of the search are renewed");
    }
}

/// Drops what has expired, now and then, for ever.
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
