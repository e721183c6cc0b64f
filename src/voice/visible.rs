//! Whether the readers of a text may see what it refers to.

use super::fragment::Link;
use super::markdown::Locator;
use super::phrase::Phrase;
use super::references::Target;
use crate::finding::{Problem, ReferenceTrouble, What};
use crate::toolkit::Toolkit;
use crate::toolkit::edition::{Edition, Guarded, Hidden, View};
use crate::toolkit::id::{Reader, Readers};
use crate::toolkit::item::Item;

/// From where a text looks: what is public text may refer only to what is public by the day it comes out.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    toolkit: &'a Toolkit,
    view: View,
}

impl<'a> Sight<'a> {
    /// Public text outside any item.
    pub(super) const fn public(toolkit: &'a Toolkit, view: &View) -> Self {
        Self { toolkit, view: View::public(view.today) }
    }

    /// The text of an item: a draft may refer to drafts, and an embargoed item to what is out by its day.
    pub(super) fn of(item: &Guarded<Item>, toolkit: &'a Toolkit, view: &View) -> Self {
        let today = item.embargo().map_or(view.today, |day| day.max(view.today));
        Self { toolkit, view: View { edition: item.edition(), today, drafts: item.is_draft() } }
    }

    /// The same for a passage of coaching, which only partners read.
    pub(super) const fn coaching(mut self) -> Self {
        self.view.edition = Edition::Partners;
        self
    }

    /// Tells every link to an item that these readers may not see.
    pub(super) fn check(&self, links: &[Link], readers: Readers, locator: &Locator, problems: &mut Vec<Problem>) {
        for link in links {
            let Target::Item(n, _) = link.target else { continue };
            let target = &self.toolkit.all_items()[n as usize];
            let item = target.for_checks();
            let why = match target.for_view(&self.view) {
                Err(Hidden::PartnersOnly) => Some(ReferenceTrouble::PartnersOnly),
                Err(Hidden::Draft) => Some(ReferenceTrouble::Draft),
                Err(Hidden::Embargoed(day)) => Some(ReferenceTrouble::Embargoed(day.to_string())),
                Err(Hidden::Withdrawn(day)) => Some(ReferenceTrouble::Withdrawn(day.to_string())),
                Ok(_) if item.readers.has(Reader::GENERAL) => None,
                Ok(_) => readers
                    .without(item.readers)
                    .iter()
                    .next()
                    .map(|reader| ReferenceTrouble::NotForReader(self.toolkit.reader_name(reader).to_owned())),
            };
            if let Some(why) = why {
                let what = What::UnknownReference { kind: item.kind.name(), id: item.id.to_string(), why };
                problems.push(Problem::new(locator.at(link.span), what));
            }
        }
    }

    /// Tells every word of ours that one of these readers has no form of.
    pub(super) fn check_words(
        &self,
        phrase: &Phrase,
        readers: Readers,
        locator: &Locator,
        problems: &mut Vec<Problem>,
    ) {
        self.check_word_list(phrase.words(), readers, locator, problems);
    }

    /// See [`Self::check_words`]. The place is the text as a whole: which link asks for it is not kept.
    pub(super) fn check_word_list(
        &self,
        words: &[Box<str>],
        readers: Readers,
        locator: &Locator,
        problems: &mut Vec<Problem>,
    ) {
        for word in words {
            let missing = readers.iter().find(|reader| self.toolkit.word(word, *reader).is_none());
            if let Some(reader) = missing {
                let why = ReferenceTrouble::NoWord(self.toolkit.reader_name(reader).to_owned());
                let what = What::UnknownReference { kind: "word", id: word.to_string(), why };
                let at = match &locator.key {
                    Some(key) => crate::finding::At::value(locator.file.clone(), key.clone()),
                    None => crate::finding::At::file(locator.file.clone()),
                };
                problems.push(Problem::new(at, what));
            }
        }
    }
}
