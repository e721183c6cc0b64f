//! A story, with consent on record.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::edition::Coached;
use super::front::front_matter;
use super::text::{Day, Text};

/// Whose story it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Person {
    /// A real person's, told with consent.
    Real,
    /// Put together from several; nobody's own.
    Composite,
}

/// A real person's consent, on record. Never public.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    /// When it was given.
    pub on: Option<Day>,
    /// Until when it holds; for good, if left out.
    pub until: Option<Day>,
    /// What it covers.
    pub scope: Option<Arc<str>>,
    /// Who wrote it down.
    pub recorded_by: Option<Arc<str>>,
}

front_matter! {
    /// The front matter of `content/stories/*.md`.
    StoryKeys, inside "story", title: Text {
        /// `real` or `composite`.
        person: Person,
        /// Required for a real person.
        consent: Option<Consent>,
    }
}

/// What only a story has.
#[derive(Clone, Debug)]
pub struct Story {
    /// Whose story it is.
    pub person: Person,
    /// The consent, if it is on record.
    pub consent: Coached<Option<Consent>>,
}
