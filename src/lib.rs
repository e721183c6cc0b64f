//! onevoice
pub mod check;
pub mod finding;
