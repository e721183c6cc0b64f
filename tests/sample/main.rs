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

use std::fs;
use std::path::Path;

use toolkit::Toolkit;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// The sources of the sample: paths and bytes, sorted.
fn sources() -> Vec<(String, Vec<u8>)> {
    let repository = Path::new(REPOSITORY);
    let content = toolkit::files(&repository.join("content"));
    let mut sources: Vec<_> = content.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    sources.push(("toolkit.yaml".to_owned(), fs::read(repository.join("toolkit.yaml")).unwrap()));
    sources
}

/// A copy of the sample.
fn sample() -> Toolkit {
    let copy = Toolkit::empty();
    for (path, bytes) in sources() {
        copy.write(&path, bytes);
    }
    copy
}
