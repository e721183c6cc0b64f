//! What must never happen, with the program as a process: coaching in the public site, a broken toolkit that costs the
//! last good site, a killed build that leaves a mix.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests look at the disk and fail aloud"
)]

mod broken;
mod misspelt;
mod random;
mod said;
mod secrets;
mod written;

#[allow(dead_code, reason = "what this program does not need, another one does")]
#[path = "../toolkit/mod.rs"]
mod toolkit;
