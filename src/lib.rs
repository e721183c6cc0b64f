//! onevoice
pub mod finding;
pub mod write;
