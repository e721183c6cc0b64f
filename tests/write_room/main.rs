//! Writing a site, on the real disk: what a reader, a writer and the next build find after everything that can happen.
//!
//! Some promises can only be tested by a process that is killed or has fewer rights. Such a test starts this very
//! program again for one of the tests in `child.rs`, which do nothing when they are not asked to by the environment.
//! What needs root, `mount` or `strace` says so and is left out where they are missing.
#![allow(clippy::disallowed_methods, reason = "tests look at the disk as a user does")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "these are tests")]
#![allow(clippy::type_complexity, reason = "tables of cases read better whole")]

mod child;
mod edits;
mod faults;
mod foreign;
mod kills;
mod mounts;
mod refusals;
mod rights;
mod site;
mod swaps;
