//! A message: one claim of the coalition, with what to say of it.

use std::sync::Arc;

use super::front::front_matter;
use super::text::{Tailored, Text};

front_matter! {
    /// The front matter of `content/messages/*.md`.
    MessageKeys, inside "message", title: Text {
        /// The one sentence that everyone says.
        claim: Arc<str>,
        /// At most 22 words, for a reporter or a doorway.
        sound_bite: Option<Text>,
        /// 65 to 75 words.
        thirty_seconds: Option<Text>,
        /// 130 to 150 words.
        sixty_seconds: Option<Text>,
        /// The concerns that this message answers.
        #[serde(default)]
        answers: Vec<Arc<str>>,
        /// The facts that it stands on.
        #[serde(default)]
        facts: Vec<Arc<str>>,
    }
}

/// What only a message has.
#[derive(Clone, Debug)]
pub struct Message {
    /// The sentence that everyone says; inline Markdown.
    pub claim: Arc<str>,
    /// At most 22 words.
    pub sound_bite: Option<Tailored>,
    /// 65 to 75 words.
    pub thirty_seconds: Option<Tailored>,
    /// 130 to 150 words.
    pub sixty_seconds: Option<Tailored>,
}
