//! An audience's profile: who it is, what worries it, what we ask of it.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::edition::Coached;
use super::id::{Id, Reader};
use super::text::{Day, Entries, Extra};

/// A worry, in the audience's own words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Concern {
    /// The same id in two profiles is the same concern.
    pub id: Id,
    /// In the audience's own words; inline Markdown.
    pub says: Arc<str>,
}

/// A word or phrase to avoid before this audience.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Avoided {
    /// The phrase alone.
    Phrase(Arc<str>),
    /// With what to say instead, and why.
    Explained(AvoidedPhrase),
}

/// A phrase to avoid, explained.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AvoidedPhrase {
    /// The phrase.
    pub phrase: Arc<str>,
    /// What to say instead.
    pub say: Option<Arc<str>>,
    /// Why.
    pub why: Option<Arc<str>>,
}

/// How much goes on this audience's sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Handout {
    /// Pages at most (1).
    pub pages: Option<u32>,
    /// Words at most (350).
    pub words: Option<u32>,
}

/// A profile, `content/audiences/*.yaml`. What is [`Coached`] is never public.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Audience {
    /// What the audience is called.
    pub name: Arc<str>,
    /// The one thing that we want it to do; inline Markdown. `None` where the key is there and empty.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schemars(with = "Ask")]
    pub ask: Option<Arc<str>>,
    /// A short form of the name.
    pub short_name: Option<Arc<str>>,
    /// Who this is for, in a sentence; inline Markdown.
    pub summary: Option<Arc<str>>,
    /// Its place after the audiences that `toolkit.yaml` names.
    pub order: Option<i64>,
    /// What it is worried about.
    #[serde(default)]
    pub concerns: Vec<Concern>,
    /// What it holds dear.
    #[serde(default)]
    pub values: Coached<Vec<Arc<str>>>,
    /// Whom it believes.
    #[serde(default)]
    pub trusted_messengers: Coached<Vec<Arc<str>>>,
    /// How to speak with it.
    #[serde(default)]
    pub tone: Coached<Option<Arc<str>>>,
    /// The highest reading grade for it.
    #[serde(default)]
    pub reading_grade: Coached<Option<f64>>,
    /// How fast its texts are spoken (130).
    pub words_per_minute: Option<u32>,
    /// Where it is met.
    #[serde(default)]
    pub channels: Coached<Vec<Arc<str>>>,
    /// What to say.
    #[serde(default)]
    pub say: Coached<Vec<Arc<str>>>,
    /// What not to say.
    #[serde(default)]
    pub avoid: Coached<Vec<Avoided>>,
    /// The messages in the order that works best here.
    #[serde(default)]
    pub message_order: Vec<Id>,
    /// Facts to begin with.
    #[serde(default)]
    pub facts_first: Coached<Vec<Id>>,
    /// Facts that are never shown to it.
    #[serde(default)]
    pub facts_never: Coached<Vec<Id>>,
    /// Its own words for our `word:` references.
    #[serde(default)]
    pub words: Entries<Arc<str>>,
    /// The size of its sheet.
    #[serde(default)]
    pub handout: Coached<Handout>,
    /// The roles that are asked to sign.
    #[serde(default)]
    pub reviewers: Coached<Vec<Arc<str>>>,
    /// To be looked at again by this day.
    #[serde(default)]
    pub review_by: Coached<Option<Day>>,
    /// Your own values, for themes; what they print of it is public.
    #[serde(default)]
    pub extra: Extra,
    /// The file's name without its ending.
    #[serde(skip)]
    #[schemars(skip)]
    pub id: Id,
    /// The file.
    #[serde(skip)]
    #[schemars(skip)]
    pub file: Arc<str>,
    /// It as a reader; set when the toolkit's order is known.
    #[serde(skip, default = "everyone")]
    #[schemars(skip)]
    pub reader: Reader,
}

const fn everyone() -> Reader {
    Reader::GENERAL
}

/// The schema of `ask`: required, but it may be empty for a while (`missing-ask` reports it).
struct Ask;

impl JsonSchema for Ask {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ask".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "null"], "mayBeEmpty": true })
    }
}

impl super::keys::Keys for Audience {
    const INSIDE: &'static str = "profile";
}

impl Audience {
    /// Words a minute at which its texts are spoken.
    #[must_use]
    pub fn words_per_minute(&self) -> u32 {
        self.words_per_minute.unwrap_or(crate::language::speech::WORDS_PER_MINUTE)
    }

    /// The short name, or the name.
    #[must_use]
    pub fn short_name(&self) -> &Arc<str> {
        self.short_name.as_ref().unwrap_or(&self.name)
    }
}
