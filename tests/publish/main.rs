//! `onevoice publish` as a process: what it lists, what it writes, what it refuses, and what a kill leaves.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests look at the disk and fail aloud")]

mod answers;
mod disks;
mod editions;
mod hosts;
mod kills;
#[path = "../cli/program.rs"]
mod program;
mod said;
mod site;
mod status;
mod walk;
mod zip;

use program::{Said, files, program, run, said, toolkit};
