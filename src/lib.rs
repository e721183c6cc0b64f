//! onevoice
pub mod finding;
