//! Words to say, words to avoid, and why.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::edition::{Coached, View};
use super::fact::{Entry, Source};
use super::id::Id;
use super::text::{Day, Entries, Extra, OneOrMore};

/// How firmly a word is to be avoided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// May be right; think about it.
    Think,
    /// Replace it.
    Change,
    /// Never in our own voice.
    Stop,
}

impl Level {
    /// As typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Think => "think",
            Self::Change => "change",
            Self::Stop => "stop",
        }
    }
}

/// What is different for one audience.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForAudience {
    /// Another level.
    pub level: Option<Level>,
    /// Other words to say.
    #[serde(default)]
    pub say: Vec<Arc<str>>,
    /// What to know.
    pub note: Option<Arc<str>>,
    /// Not avoided here.
    #[serde(default)]
    pub off: bool,
}

/// Words to avoid, with what to say instead.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Its id; the first avoided phrase, if left out.
    pub id: Option<Id>,
    /// Words and phrases, in every form.
    pub avoid: Vec<Arc<str>>,
    /// What to say instead, best first.
    #[serde(default)]
    pub say: Vec<Arc<str>>,
    /// A sentence that a writer can accept.
    pub why: Arc<str>,
    /// How firmly.
    pub level: Level,
    /// Phrases in which the word is fine.
    #[serde(default)]
    pub except: Vec<Arc<str>>,
    /// What is different for an audience.
    #[serde(default)]
    pub audiences: Coached<Entries<ForAudience>>,
    /// Who says so.
    #[serde(default)]
    pub source: OneOrMore,
    /// The opponents' phrase, which we do not repeat.
    #[serde(default)]
    pub slogan: bool,
    /// For ourselves; never shown.
    #[serde(default)]
    pub note: Coached<Option<Arc<str>>>,
    /// When it was looked at last.
    pub checked_on: Option<Day>,
    /// Your own values, for themes.
    #[serde(default)]
    pub extra: Extra,
    /// Where it stands.
    #[serde(skip)]
    #[schemars(skip)]
    pub entry: Entry,
}

impl Term {
    /// Whether an edition's word list shows it: the public sees no word of level `stop` and no slogan.
    #[must_use]
    pub const fn is_shown(&self, view: &View) -> bool {
        view.key().is_some() || (!matches!(self.level, Level::Stop) && !self.slogan)
    }
}

/// A file of terms, `content/terms.yaml` or `content/terms/*.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TermsFile {
    /// The words.
    #[serde(default)]
    pub terms: Vec<Term>,
    /// Sources by id.
    #[serde(default)]
    pub sources: Entries<Source>,
    /// When the whole file was checked last.
    pub checked_on: Option<Day>,
    /// For ourselves.
    #[serde(default)]
    pub note: Coached<Option<Arc<str>>>,
    /// Your own values.
    #[serde(default)]
    pub extra: Extra,
}

impl super::keys::Keys for TermsFile {
    const INSIDE: &'static str = "word list";
}
