//! The contract of what keeps blobs, stamped out for a folder and for a bucket, and what is each one's own.
#![allow(clippy::unwrap_used, reason = "a test")]
mod in_bucket;
mod in_folder;
mod killed;
mod server;
