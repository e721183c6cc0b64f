//! A frequent question with its answer.

use std::sync::Arc;

use super::front::front_matter;
use super::text::Text;

front_matter! {
    /// The front matter of `content/faqs/*.md`.
    FaqKeys, inside "question", title: Option<Text> {
        /// The question, as a reader would ask it.
        question: Text,
        /// The concerns that it answers.
        #[serde(default)]
        answers: Vec<Arc<str>>,
        /// The messages that it belongs to.
        #[serde(default)]
        messages: Vec<Arc<str>>,
        /// Asked often: it goes on the talking-points sheet.
        #[serde(default)]
        likely: bool,
    }
}

/// What only a question has.
#[derive(Clone, Copy, Debug)]
pub struct Faq {
    /// Asked often.
    pub likely: bool,
}
