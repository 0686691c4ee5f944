//! Bytes of files behind [`service::ports::blobs`]: in a folder of this machine, or in a bucket of a server that speaks
//! S3. (`GridFS` is in `store`, the only crate that knows a database driver.)
#![deny(unsafe_code)]
mod bucket;
mod disk;
mod folder;
mod options;

pub use bucket::{Bucket, bucket};
pub use folder::{Folder, folder};
pub use options::{BucketOptions, Timeouts};
