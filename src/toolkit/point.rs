//! A talking point: something to say in one breath.

use std::sync::Arc;

use super::front::front_matter;
use super::text::Text;

front_matter! {
    /// The front matter of `content/talking-points/*.md`.
    PointKeys, inside "talking point", title: Option<Text> {
        /// The sentence to say.
        point: Text,
        /// The message that it belongs to.
        message: Option<Arc<str>>,
        /// The concerns that it answers.
        #[serde(default)]
        answers: Vec<Arc<str>>,
        /// The facts that it stands on.
        #[serde(default)]
        facts: Vec<Arc<str>>,
    }
}
