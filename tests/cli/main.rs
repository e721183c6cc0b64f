//! The program as a process: exit codes, streams, what a shell does to them. What a command makes is tested in its own
//! room; here it is shown that the rooms are connected.
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests look at the disk and fail aloud")]

mod approve;
mod formats;
mod init;
mod new;
mod online;
mod program;
mod reference;
mod sign_offs;
mod status;
mod streams;
mod words;

use program::{Said, files, program, run, said, toolkit};
