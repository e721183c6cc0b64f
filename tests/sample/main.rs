//! The repository's own toolkit, built by the program as a process: whole sites, as readers and hosts meet them.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests look at the disk and fail aloud"
)]

mod bytes;
mod crawl;
mod defects;
mod found;
mod html;
mod messages;
mod partners;
mod rebuild;
mod shared;
mod themes;
mod threads;

#[allow(dead_code, reason = "what this program does not need, another one does")]
#[path = "../toolkit/mod.rs"]
mod toolkit;

use toolkit::{sample, sources};

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");
