//! onevoice
pub mod check;
pub mod finding;
pub mod report;
