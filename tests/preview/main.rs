//! `onevoice serve` and `build --watch` as processes: who is answered, what a save comes to, how it ends.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "tests change toolkits on the disk and fail aloud"
)]

mod answers;
mod builds;
mod desk;
mod ends;
mod saves;
mod served;
mod slow;
#[path = "../toolkit/mod.rs"]
#[expect(dead_code, reason = "other tests use the rest of it")]
mod toolkit;
