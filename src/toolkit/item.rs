//! An item: one Markdown file of any kind, its names resolved.

use std::sync::Arc;

use super::faq::Faq;
use super::id::{Id, Kind, Readers};
use super::message::Message;
use super::page::Page;
use super::story::Story;
use super::text::{Extra, Tailored};
use super::tough_question::ToughQuestion;
use super::win::Win;
use crate::finding::{At, KeyPath};
use crate::language::Date;

/// One Markdown file of `content/`.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Its id; a page's holds the folders it is in (`about/team`).
    pub id: Id,
    /// The file.
    pub file: Arc<str>,
    /// Its heading: the title, the question or the point; inline Markdown.
    pub heading: Tailored,
    /// The key in which the heading stands.
    pub heading_key: &'static str,
    /// What it is about.
    pub summary: Option<Tailored>,
    /// Who sees it, the general version among them.
    pub readers: Readers,
    /// Whether it names its audiences.
    pub names_audiences: bool,
    /// Whether it names some that are not there, so that its readers are not all that were meant.
    pub names_unknown: bool,
    /// Its place in lists.
    pub order: Option<i64>,
    /// The last part of its address, if it is not its id.
    pub slug: Option<Arc<str>>,
    /// Old addresses.
    pub aliases: Vec<Arc<str>>,
    /// When it was changed.
    pub updated: Option<Date>,
    /// When it has to be looked at again.
    pub review_by: Option<Date>,
    /// Its picture.
    pub image: Option<Arc<str>>,
    /// What the picture shows.
    pub image_alt: Option<Tailored>,
    /// The committee's own values.
    pub extra: Extra,
    /// Concerns that it answers, without doubles.
    pub answers: Vec<Id>,
    /// Facts that it stands on.
    pub facts: Vec<Id>,
    /// Messages that it belongs to.
    pub messages: Vec<Id>,
    /// What only its kind has.
    pub own: Own,
    /// The whole file; the body starts at `body_start`.
    pub text: Arc<str>,
    /// Where the body starts in `text`.
    pub body_start: usize,
}

/// What only items of one kind have.
#[derive(Clone, Debug)]
pub enum Own {
    /// A message's texts.
    Message(Box<Message>),
    /// A question's.
    Faq(Faq),
    /// A talking point has nothing of its own.
    TalkingPoint,
    /// A tough question's.
    ToughQuestion(Box<ToughQuestion>),
    /// A story's.
    Story(Story),
    /// A win's.
    Win(Win),
    /// A page's.
    Page(Page),
}

impl Item {
    /// As commands and findings name it: `messages/safer`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}", self.kind.folder(), self.id)
    }

    /// The body's text.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.text[self.body_start..]
    }

    /// The value of one of its keys.
    #[must_use]
    pub fn at(&self, path: KeyPath) -> At {
        At::value(Arc::clone(&self.file), path)
    }

    /// The inline texts of its front matter, each with its key, in the order of the contract.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &Tailored)> {
        let own: [(&'static str, Option<&Tailored>); 3] = match &self.own {
            Own::Message(m) => [
                ("sound_bite", m.sound_bite.as_ref()),
                ("thirty_seconds", m.thirty_seconds.as_ref()),
                ("sixty_seconds", m.sixty_seconds.as_ref()),
            ],
            Own::ToughQuestion(q) => [
                ("bridge", q.bridge.as_ref()),
                ("tempting", q.tempting.as_ref()),
                ("why_it_fails", q.why_it_fails.as_ref()),
            ],
            Own::Win(w) => [("who", w.who.as_ref()), ("", None), ("", None)],
            _ => [("", None), ("", None), ("", None)],
        };
        [(self.heading_key, Some(&self.heading)), ("summary", self.summary.as_ref())]
            .into_iter()
            .chain(own)
            .chain([("image_alt", self.image_alt.as_ref())])
            .filter_map(|(key, text)| Some((key, text?)))
    }
}
