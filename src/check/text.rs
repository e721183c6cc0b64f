//! What rules see: a text with all that is known of it, and the toolkit as a whole.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::OnceLock;

use super::numbers::{Said, said};
use super::word_list::{Hit, WordList};
use crate::finding::At;
use crate::language::Date;
use crate::plan::Plan;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::View;
use crate::toolkit::id::{Kind, Readers};
use crate::voice::prose::{Block, BlockKind, MarkKind, Prose};
use crate::voice::{Heard, HeardText, Subject, Voice};

/// What every rule may know before it looks at a text.
#[derive(Debug)]
pub struct Ground<'a> {
    /// The toolkit.
    pub toolkit: &'a Toolkit,
    /// The day it is.
    pub today: Date,
    word_list: OnceLock<WordList>,
}

impl<'a> Ground<'a> {
    /// What is known of `toolkit` on the day `today`.
    #[must_use]
    pub const fn new(toolkit: &'a Toolkit, today: Date) -> Self {
        Self { toolkit, today, word_list: OnceLock::new() }
    }

    /// The words to avoid, made ready once.
    #[must_use]
    pub fn word_list(&self) -> &WordList {
        self.word_list.get_or_init(|| WordList::new(self.toolkit))
    }

    /// What the public sees today, whatever edition is made: checks go by it.
    #[must_use]
    pub const fn public(&self) -> View {
        View::public(self.today)
    }

    /// Whether anyone sees it today, be it partners alone: all but drafts.
    #[must_use]
    pub fn is_shown(&self, subject: Subject<'_>) -> bool {
        match subject {
            Subject::Item(_, item) => !item.is_resting(self.today),
            _ => true,
        }
    }
}

/// The toolkit with its texts and its pages.
#[derive(Clone, Copy, Debug)]
pub struct Whole<'a> {
    /// The toolkit.
    pub toolkit: &'a Toolkit,
    /// Its texts, as the edition tells them.
    pub voice: &'a Voice,
    /// Its pages.
    pub plan: &'a Plan,
    /// The day it is.
    pub today: Date,
}

impl Whole<'_> {
    /// What the public sees today, whatever edition is made: checks go by it.
    #[must_use]
    pub const fn public(&self) -> View {
        View::public(self.today)
    }
}

/// A text as its readers read it.
#[derive(Debug)]
pub struct Text<'a> {
    /// All that is heard of the thing it belongs to.
    pub heard: &'a Heard<'a>,
    /// The text itself.
    text: &'a HeardText,
    /// The toolkit and the day.
    pub ground: &'a Ground<'a>,
    numbers: OnceCell<Vec<Said>>,
    hits: OnceCell<Vec<Hit>>,
}

impl<'a> Text<'a> {
    pub(super) const fn new(heard: &'a Heard<'a>, text: &'a HeardText, ground: &'a Ground<'a>) -> Self {
        Self { heard, text, ground, numbers: OnceCell::new(), hits: OnceCell::new() }
    }

    /// Whether a figure in it is our own word. Facts and fill-ins keep figures, names may hold numbers, and in a tough
    /// question others speak: with it stands what comes to mind and must not be said.
    #[must_use]
    pub fn speaks_for_us(&self) -> bool {
        match self.subject() {
            Subject::Fact(_) | Subject::Local(_) => false,
            Subject::Audience(_) | Subject::Partner(_) => !matches!(self.key(), Some("name" | "short_name")),
            Subject::Item(_, item) if item.for_checks().kind == Kind::ToughQuestion => {
                !matches!(self.key(), Some("question" | "tempting" | "why_it_fails" | "never_say"))
            }
            Subject::Item(..) | Subject::Settings => true,
        }
    }

    /// The numbers in it, save those in code and in addresses, in their order; several rules ask for them.
    #[must_use]
    pub fn numbers(&self) -> &[Said] {
        self.numbers.get_or_init(|| said(self.prose(), self.prose().blocks.iter()))
    }

    /// The words to avoid that it holds, looked for once.
    pub fn hits(&self) -> &[Hit] {
        self.hits.get_or_init(|| self.ground.word_list().hits(self))
    }

    /// Its words.
    #[must_use]
    pub const fn prose(&self) -> &'a Prose {
        &self.text.prose
    }

    /// Who reads it.
    #[must_use]
    pub const fn readers(&self) -> Readers {
        self.text.readers
    }

    /// The key it stands in; none for a part of a body.
    #[must_use]
    pub const fn key(&self) -> Option<&'static str> {
        self.text.key
    }

    /// Whose text it is.
    #[must_use]
    pub const fn subject(&self) -> Subject<'a> {
        self.heard.subject
    }

    /// Its blocks save code, each with its words and where they begin in [`Prose::text`].
    pub fn blocks(&self) -> impl Iterator<Item = (&'a Block, &'a str)> {
        let prose = self.prose();
        prose.blocks.iter().filter(|block| block.kind != BlockKind::Code).map(|block| (block, prose.words_of(block)))
    }

    /// Whether a block is a title, a question or a heading.
    #[must_use]
    pub fn is_heading(&self, block: &Block) -> bool {
        matches!(self.key(), Some("title" | "question")) || block.kind == BlockKind::Heading
    }

    /// Whether some of `range` is code or an address, which no rule on words or figures looks at.
    #[must_use]
    pub fn is_code(&self, range: &Range<usize>) -> bool {
        self.prose().marks_in(range.clone()).any(|mark| matches!(mark.kind, MarkKind::Code | MarkKind::Address))
    }

    /// Whether all of `range` was put in from elsewhere: nobody typed it here.
    #[must_use]
    pub fn is_put_in(&self, range: &Range<usize>) -> bool {
        self.prose()
            .marks_in(range.clone())
            .any(|mark| mark.kind.is_put_in() && mark.range.start <= range.start && range.end <= mark.range.end)
    }

    /// The place of `range` of its words.
    #[must_use]
    pub fn at(&self, range: Range<usize>) -> At {
        self.text.at(range)
    }
}
