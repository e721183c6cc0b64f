//! A hostile question, for partners: with a bridge to what we want to say.

use std::sync::Arc;

use super::front::front_matter;
use super::text::{Tailored, Text};

front_matter! {
    /// The front matter of `content/tough-questions/*.md`.
    ToughQuestionKeys, inside "tough question", title: Option<Text> {
        /// The question, as it is thrown at us.
        question: Text,
        /// The sentence that leads from the question to our answer.
        bridge: Option<Text>,
        /// What must not be said.
        #[serde(default)]
        never_say: Vec<Arc<str>>,
        /// The answer that comes to mind first.
        tempting: Option<Text>,
        /// Why that answer fails.
        why_it_fails: Option<Text>,
        /// Who answers this.
        who_answers: Option<Arc<str>>,
        /// The concerns that it answers.
        #[serde(default)]
        answers: Vec<Arc<str>>,
    }
}

/// What only a tough question has. All of it is coaching: the item belongs to the partners edition.
#[derive(Clone, Debug)]
pub struct ToughQuestion {
    /// The sentence that leads to our answer.
    pub bridge: Option<Tailored>,
    /// What must not be said.
    pub never_say: Vec<Arc<str>>,
    /// The answer that comes to mind first.
    pub tempting: Option<Tailored>,
    /// Why it fails.
    pub why_it_fails: Option<Tailored>,
    /// Who answers this.
    pub who_answers: Option<Arc<str>>,
}
