//! `toolkit.yaml`: what holds for the whole toolkit.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de};

use super::text::{Entries, Extra};
use crate::finding::Severity;

/// How a rule's finding is weighed; `Off` hides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Not shown. Typed `off` or `false`.
    Off,
    /// Shown with this severity.
    On(Severity),
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl de::Visitor<'_> for Visit {
            type Value = Weight;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("off, note, warning or error")
            }

            fn visit_bool<E: de::Error>(self, on: bool) -> Result<Weight, E> {
                if on { Err(E::custom("true is no weight")) } else { Ok(Weight::Off) }
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Weight, E> {
                match name {
                    "off" => Ok(Weight::Off),
                    "note" => Ok(Weight::On(Severity::Note)),
                    "warning" => Ok(Weight::On(Severity::Warning)),
                    "error" => Ok(Weight::On(Severity::Error)),
                    other => Err(E::custom(format!("{other} is no weight"))),
                }
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

impl JsonSchema for Weight {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "weight".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "enum": ["off", "note", "warning", "error", false] })
    }
}

/// A rule's weight, the same for both stages or one for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Check {
    /// In preview and when publishing.
    Both(Weight),
    /// By stage.
    ByStage(Stages),
}

/// A rule's weight by stage; what is left out stays as the rule has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stages {
    /// In `serve`, `build`, `check`.
    pub preview: Option<Weight>,
    /// In `publish` and with `--for publish`.
    pub publish: Option<Weight>,
}

/// The theme, by name alone or with its options.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ThemeKey {
    /// Its name.
    Name(Arc<str>),
    /// Its name and options.
    Full(Theme),
}

/// A theme with its options.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Its name.
    #[serde(default = "plain")]
    pub name: Arc<str>,
    /// What its `theme.yaml` declares.
    #[serde(default)]
    pub options: Extra,
}

fn plain() -> Arc<str> {
    "plain".into()
}

/// An entry of the menu.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MenuEntry {
    /// What it says.
    pub title: Arc<str>,
    /// Where it leads, as in a link.
    pub to: Arc<str>,
}

/// Limits for checks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The largest share of a message's words that may be one audience's own (0.7).
    pub tailored_share: Option<f64>,
}

/// What is made beside the pages; each true unless set false.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "four switches of the contract")]
pub struct Outputs {
    /// Social cards.
    pub cards: bool,
    /// Print files.
    pub handouts: bool,
    /// The search page and its index.
    pub search: bool,
    /// The pages of texts to share.
    pub share: bool,
}

impl Default for Outputs {
    fn default() -> Self {
        Self { cards: true, handouts: true, search: true, share: true }
    }
}

/// Who has to sign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Approvals {
    /// The roles without which nothing is published.
    #[serde(default)]
    pub required: Vec<Arc<str>>,
}

/// Where the site goes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// The host.
    pub host: Option<Arc<str>>,
    /// Files of `content/files/` that are published at the root.
    #[serde(default)]
    pub include: Vec<Arc<str>>,
}

/// `toolkit.yaml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What the toolkit is called.
    pub title: Arc<str>,
    /// Whose it is.
    pub organization: Option<Arc<str>>,
    /// What it is for, in a sentence.
    pub description: Option<Arc<str>>,
    /// A language tag (`en-US`).
    pub language: Option<Arc<str>>,
    /// The site's address, for canonical links, social tags, sitemap and feed.
    pub base_url: Option<Arc<str>>,
    /// The theme (`plain`).
    pub theme: Option<ThemeKey>,
    /// The audiences' order.
    #[serde(default)]
    pub audiences: Vec<Arc<str>>,
    /// Names that stand for several audiences.
    #[serde(default)]
    pub groups: Entries<Vec<Arc<str>>>,
    /// Whether there is a version for everyone, too.
    #[serde(default = "yes")]
    pub general: bool,
    /// `letter` or `a4`.
    #[serde(default)]
    pub paper: Paper,
    /// The menu; made by itself, if left out.
    pub menu: Option<Vec<MenuEntry>>,
    /// The words that `word:` references stand for.
    #[serde(default)]
    pub words: Entries<Arc<str>>,
    /// How rules are weighed.
    #[serde(default)]
    pub checks: Entries<Check>,
    /// Limits for checks.
    #[serde(default)]
    pub limits: Limits,
    /// What is made beside the pages.
    #[serde(default)]
    pub outputs: Outputs,
    /// Who has to sign.
    #[serde(default)]
    pub approvals: Approvals,
    /// Where the site goes.
    #[serde(default)]
    pub publish: Publish,
    /// Your own values, for themes.
    #[serde(default)]
    pub extra: Extra,
}

/// The paper of print files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Paper {
    /// 8.5 × 11 inch.
    #[default]
    Letter,
    /// 210 × 297 mm.
    A4,
}

impl Paper {
    /// As typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::A4 => "a4",
        }
    }
}

const fn yes() -> bool {
    true
}

impl super::keys::Keys for Settings {
    const INSIDE: &'static str = "toolkit.yaml";
}

impl Settings {
    /// The language tag.
    #[must_use]
    pub fn language(&self) -> &str {
        self.language.as_deref().unwrap_or("en-US")
    }

    /// The theme's name.
    #[must_use]
    pub fn theme_name(&self) -> &str {
        match &self.theme {
            None => "plain",
            Some(ThemeKey::Name(name)) => name,
            Some(ThemeKey::Full(theme)) => &theme.name,
        }
    }

    /// The theme's options as set.
    #[must_use]
    pub fn theme_options(&self) -> Option<&super::text::Extra> {
        match &self.theme {
            Some(ThemeKey::Full(theme)) => Some(&theme.options),
            _ => None,
        }
    }
}
