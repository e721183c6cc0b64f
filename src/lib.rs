//! onevoice
pub mod check;
pub mod finding;
pub mod language;
pub mod report;
pub mod source;
pub mod toolkit;
pub mod voice;
pub mod plan;
pub mod render;

pub mod cli;
