//! Front matter: the keys that all kinds of items have, and the macro that adds a kind's own.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::text::{Day, Extra, Text};

/// The edition an item belongs to, as typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EditionKey {
    /// On the site.
    #[default]
    Public,
    /// In the coaching kit only.
    Partners,
}

/// The common keys of an item, as typed.
#[derive(Debug, Default)]
pub struct Common {
    pub(super) title: Option<Text>,
    pub(super) summary: Option<Text>,
    pub(super) audiences: Option<Vec<Arc<str>>>,
    pub(super) edition: EditionKey,
    pub(super) order: Option<i64>,
    pub(super) draft: bool,
    pub(super) embargo: Option<Day>,
    pub(super) withdrawn: Option<Day>,
    pub(super) slug: Option<Arc<str>>,
    pub(super) aliases: Vec<Arc<str>>,
    pub(super) updated: Option<Day>,
    pub(super) review_by: Option<Day>,
    pub(super) image: Option<Arc<str>>,
    pub(super) image_alt: Option<Text>,
    pub(super) extra: Extra,
}

/// Declares the front matter of a kind: its own keys first, then the common ones.
///
/// `title:` says whether the kind requires a title.
macro_rules! front_matter {
    (
        $(#[$doc:meta])*
        $name:ident, inside $inside:literal, title: $title:ty
        { $( $(#[$attr:meta])* $field:ident : $type:ty ),* $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The title, in lists and at the top of the page.
            title: $title,
            $( $(#[$attr])* pub(super) $field: $type, )*
            /// What it is about, in a sentence: in lists and search results.
            summary: Option<$crate::toolkit::text::Text>,
            /// Who may read it; everyone, if left out.
            audiences: Option<Vec<std::sync::Arc<str>>>,
            /// `public` (the site) or `partners` (the coaching kit only).
            #[serde(default)]
            edition: $crate::toolkit::front::EditionKey,
            /// Its place in lists: small numbers first.
            order: Option<i64>,
            /// Not published yet.
            #[serde(default)]
            draft: bool,
            /// Not in the public edition before this day.
            embargo: Option<$crate::toolkit::text::Day>,
            /// In no edition from this day on; where it stood, a line says that a text was withdrawn.
            withdrawn: Option<$crate::toolkit::text::Day>,
            /// The last part of the address, if it is not the file's name.
            slug: Option<std::sync::Arc<str>>,
            /// Old addresses that lead here.
            #[serde(default)]
            aliases: Vec<std::sync::Arc<str>>,
            /// When the text was last changed.
            updated: Option<$crate::toolkit::text::Day>,
            /// To be looked at again by this day.
            review_by: Option<$crate::toolkit::text::Day>,
            /// A picture of `content/files/`.
            image: Option<std::sync::Arc<str>>,
            /// What the picture shows, for those who can't see it.
            image_alt: Option<$crate::toolkit::text::Text>,
            /// Your own values, for themes.
            #[serde(default)]
            extra: $crate::toolkit::text::Extra,
        }

        impl $crate::toolkit::keys::Keys for $name {
            const INSIDE: &'static str = $inside;
        }

        impl $name {
            /// Takes the common keys out.
            pub(super) fn common(&mut self) -> $crate::toolkit::front::Common {
                $crate::toolkit::front::Common {
                    title: std::mem::take(&mut self.title).into(),
                    summary: self.summary.take(),
                    audiences: self.audiences.take(),
                    edition: self.edition,
                    order: self.order,
                    draft: self.draft,
                    embargo: self.embargo,
                    withdrawn: self.withdrawn,
                    slug: self.slug.take(),
                    aliases: std::mem::take(&mut self.aliases),
                    updated: self.updated,
                    review_by: self.review_by,
                    image: self.image.take(),
                    image_alt: self.image_alt.take(),
                    extra: std::mem::take(&mut self.extra),
                }
            }
        }
    };
}
pub(super) use front_matter;

impl Default for Text {
    fn default() -> Self {
        Self::Same("".into())
    }
}
