//! A free page: what it is, how it works, press, privacy.

use std::sync::Arc;

use super::front::front_matter;
use super::text::Text;

front_matter! {
    /// The front matter of `content/pages/**/*.md`.
    PageKeys, inside "page", title: Text {
        /// Whether the menu shows it.
        #[serde(default)]
        menu: bool,
        /// A template of the theme, without its ending.
        template: Option<Arc<str>>,
    }
}

/// What only a page has.
#[derive(Clone, Debug)]
pub struct Page {
    /// Whether the menu shows it.
    pub menu: bool,
    /// A template of the theme, without its ending.
    pub template: Option<Arc<str>>,
}
