//! Findings as people and programs read them, one file a form. A report knows findings only: what else it has to say
//! (the toolkit, the rules' docs) its caller hands over.

mod github;
mod human;
mod json;
mod sarif;

pub use github::github;
pub use human::{Look, human, line as one_line};
pub use json::{About, json};
pub use sarif::{RuleText, sarif};

#[cfg(test)]
mod tests;
