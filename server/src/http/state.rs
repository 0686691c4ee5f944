//! What every handler can reach.
use super::limits::Quotas;
use crate::{
    assets::Assets,
    config::{Config, DefaultPlan, Network, PublicUrl},
};
use app::context::AssetPaths;
use axum::{body::Bytes, http::HeaderValue};
use service::Services;
use std::{ops::Deref, sync::Arc, time::Instant};

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// What is shared.
pub struct Shared {
    /// The use-cases.
    pub services: Services,
    /// The browser's files.
    pub assets: Assets,
    /// Their names in this build.
    pub asset_paths: AssetPaths,
    /// How browsers reach us.
    pub public_url: PublicUrl,
    /// The same as browsers write it in `Origin`.
    pub origin: String,
    /// Largest bank file, in bytes.
    pub max_import_size: u64,
    /// Whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<Network>,
    /// Whether sessions and the rest are in Redis, for other processes too.
    pub with_redis: bool,
    /// How many requests are allowed.
    pub quotas: Quotas,
    /// The API's description.
    pub openapi: Bytes,
    /// Its tag for caches.
    pub openapi_tag: HeaderValue,
    /// When the program began.
    pub started: Instant,
}

impl AppState {
    /// Puts together what the handlers need.
    pub fn new(config: &Config, port: u16, assets: Assets, services: Services, openapi: Bytes) -> Self {
        let public_url = config.public_url(port);
        Self(Arc::new(Shared {
            services,
            asset_paths: assets.paths(),
            assets,
            origin: public_url.origin(),
            public_url,
            max_import_size: config.max_import_size,
            trusted_proxies: config.trusted_proxies.clone(),
            with_redis: config.redis.is_some(),
            quotas: Quotas {
                anonymous: config.rate_limit_anonymous,
                user: if config.default_plan == DefaultPlan::Premium { 0 } else { config.rate_limit_user },
                window: config.rate_limit_window,
            },
            openapi_tag: crate::assets::tag(&openapi),
            openapi,
            started: Instant::now(),
        }))
    }
}

impl Deref for AppState {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}
