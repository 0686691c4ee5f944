//! `serve --demo`: example data in a folder of their own, which goes with the program.
use super::fail;
use crate::{assets::Asset, config::Config};
use std::process::ExitCode;

/// Serves example data; what is configured for one's own is left alone.
pub(super) fn serve(config: Config, embedded: Option<&'static [Asset]>) -> ExitCode {
    let elsewhere = elsewhere(&config);
    if !elsewhere.is_empty() {
        return fail(&format!(
            "serve --demo keeps its example data in a folder of its own and nowhere else: start it without {}.",
            elsewhere.join(", ")
        ));
    }
    let folder = match tempfile::Builder::new().prefix("wealthwise-demo-").tempdir() {
        Ok(folder) => folder,
        Err(error) => return fail(&format!("a folder for the example data: {error}")),
    };
    let config = Config { demo: true, data_dir: folder.path().to_owned(), ..config };
    let outcome = super::serve(config, embedded);
    let path = folder.path().to_owned();
    match folder.close() {
        Ok(()) => outcome,
        Err(error) => fail(&format!("the example data in {} could not be removed: {error}", path.display())),
    }
}

/// What says that something is kept elsewhere: example data must not get among real ones, and the sweep of files that no
/// row names would take those of the real rows for such.
fn elsewhere(config: &Config) -> Vec<&'static str> {
    let set = [
        ("MONGODB_URI", config.mongodb.is_some()),
        ("REDIS_URL", config.redis.is_some()),
        ("BLOB_URL", config.blobs.is_some()),
    ];
    set.into_iter().filter_map(|(name, set)| set.then_some(name)).collect()
}
