//! A win: something that was reached, large or small.

use schemars::JsonSchema;
use serde::Deserialize;

use super::front::front_matter;
use super::text::{Day, Text};
use crate::language::Date;

/// How large a win is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WinSize {
    /// A small one.
    Small,
    /// A large one.
    Large,
}

impl WinSize {
    /// As typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Large => "large",
        }
    }
}

/// What was won.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WinKind {
    /// A new partner.
    Partner,
    /// A key connection.
    Connection,
    /// An effect in the community.
    Community,
    /// A better view of diversion.
    Perception,
    /// A policy.
    Policy,
    /// Money.
    Funding,
}

impl WinKind {
    /// As typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Connection => "connection",
            Self::Community => "community",
            Self::Perception => "perception",
            Self::Policy => "policy",
            Self::Funding => "funding",
        }
    }
}

front_matter! {
    /// The front matter of `content/wins/*.md`.
    WinKeys, inside "win", title: Text {
        /// When it happened.
        date: Day,
        /// `small` or `large`.
        size: WinSize,
        /// What was won.
        kind: WinKind,
        /// Who did it.
        who: Option<Text>,
    }
}

/// What only a win has.
#[derive(Clone, Debug)]
pub struct Win {
    /// When it happened.
    pub date: Date,
    /// How large it is.
    pub size: WinSize,
    /// What was won.
    pub kind: WinKind,
    /// Who did it; inline Markdown.
    pub who: Option<super::text::Tailored>,
}
