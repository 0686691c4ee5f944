//! The program.
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The browser's files inside the program (release builds).
#[cfg(feature = "embed")]
const EMBEDDED: Option<&[server::assets::Asset]> = {
    use server::assets::Asset;
    Some(include!(env!("WEALTHWISE_EMBED")))
};

/// In development they are read from a folder.
#[cfg(not(feature = "embed"))]
const EMBEDDED: Option<&[server::assets::Asset]> = None;

fn main() -> ExitCode {
    server::cli::main(EMBEDDED)
}
