//! The meaning of a folder: settings, audiences, items, facts, words, fill-ins, members. Every name in it is known.
//!
//! [`Toolkit::read`] takes a [`Source`] and gives the toolkit *and* what it could not use. It does not know pages,
//! addresses, Markdown or HTML.

pub mod approval;
pub mod audience;
mod bodies;
pub mod edition;
pub mod fact;
pub mod faq;
pub mod front;
pub mod id;
pub mod item;
pub mod keys;
pub mod local;
pub mod message;
pub mod names;
pub mod page;
pub mod partner;
pub mod places;
pub mod point;
mod read;
pub mod schema;
pub mod settings;
pub mod story;
pub mod term;
pub mod text;
pub mod tough_question;
pub mod win;

pub use read::Remembered;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use approval::{Approval, KeptWords};
use audience::Audience;
use edition::{Coached, Guarded, Hidden, View};
use fact::{Fact, HeldBack, Source as Origin};
use id::{Id, Kind, Reader, Readers};
use item::Item;
use local::Local;
use names::Names;
use partner::Partner;
use settings::Settings;
use term::Term;
use text::Entries;

use crate::finding::Problem;
use crate::source::Source;

/// A toolkit as its writers mean it. To clone it costs little beside reading it.
#[derive(Clone, Debug)]
pub struct Toolkit {
    /// `toolkit.yaml`.
    pub settings: Settings,
    /// The audiences in their order.
    pub audiences: Vec<Audience>,
    /// Names that stand for several audiences.
    pub groups: Vec<(Arc<str>, Readers)>,
    /// All names, for references in texts.
    pub names: Arc<Names>,
    items: Vec<Guarded<Item>>,
    kinds: HashMap<Kind, Range<usize>>,
    ids: Arc<HashMap<Kind, HashMap<Id, usize>>>,
    /// The facts in the order declared.
    pub facts: Vec<Fact>,
    fact_ids: Arc<HashMap<Id, usize>>,
    /// Where facts come from, by id.
    pub sources: Entries<Origin>,
    /// Figures that must not be used.
    pub held_back: Coached<Vec<HeldBack>>,
    /// The word list.
    pub terms: Vec<Term>,
    /// Where words come from, by id.
    pub term_sources: Entries<Origin>,
    /// The fill-ins in the order declared.
    pub local: Vec<Local>,
    /// The members in the order declared.
    pub partners: Vec<Partner>,
    /// The sign-offs in the order of their file.
    pub approvals: Coached<Vec<Approval>>,
    /// The words of sign-offs as they were kept, sorted by fingerprint.
    pub kept_words: Coached<Vec<KeptWords>>,
    /// The files of `content/files/` by their path below it, sorted.
    pub files: Arc<[Arc<str>]>,
}

impl Toolkit {
    /// Reads the toolkit and tells what in it can't be used.
    #[must_use]
    pub fn read(source: &Source) -> (Self, Vec<Problem>) {
        read::toolkit(source, &mut Remembered::forgetful())
    }

    /// The same, with items that were read before and have not changed.
    #[must_use]
    pub fn read_again(source: &Source, memo: &mut Remembered) -> (Self, Vec<Problem>) {
        read::toolkit(source, memo)
    }

    /// All items of a kind in their order: by `order`, then by id.
    #[must_use]
    pub fn items(&self, kind: Kind) -> &[Guarded<Item>] {
        self.kinds.get(&kind).map_or(&[], |range| &self.items[range.clone()])
    }

    /// All items: kinds in the contract's order, each in its own.
    #[must_use]
    pub fn all_items(&self) -> &[Guarded<Item>] {
        &self.items
    }

    /// The number of an item in [`Self::all_items`].
    #[must_use]
    pub fn item_index(&self, kind: Kind, id: &str) -> Option<usize> {
        self.ids.get(&kind)?.get(id).copied()
    }

    /// The items of a kind that a view may show to a reader.
    pub fn shown<'a>(&'a self, kind: Kind, view: &'a View, reader: Reader) -> impl Iterator<Item = &'a Item> {
        self.items(kind).iter().filter_map(|item| item.for_view(view).ok()).filter(move |item| item.readers.has(reader))
    }

    /// An item by kind and id.
    #[must_use]
    pub fn item(&self, kind: Kind, id: &str) -> Option<&Guarded<Item>> {
        self.item_index(kind, id).map(|index| &self.items[index])
    }

    /// Why a view does not show the item; `None` if it does, or if there is no such item.
    #[must_use]
    pub fn hidden(&self, kind: Kind, id: &str, view: &View) -> Option<Hidden> {
        self.item(kind, id)?.for_view(view).err()
    }

    /// A fact by id.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.fact_ids.get(id).map(|index| &self.facts[*index])
    }

    /// A fact's number in [`Self::facts`].
    #[must_use]
    pub fn fact_index(&self, id: &str) -> Option<usize> {
        self.fact_ids.get(id).copied()
    }

    /// An audience by id.
    #[must_use]
    pub fn audience(&self, id: &str) -> Option<&Audience> {
        self.names.audiences.get(id).and_then(|reader| self.audience_of(*reader))
    }

    /// The audience that a reader is; `None` for everyone.
    #[must_use]
    pub fn audience_of(&self, reader: Reader) -> Option<&Audience> {
        self.audiences.get(reader.index()?)
    }

    /// A reader's name: the audience's id, or `general`.
    #[must_use]
    pub fn reader_name(&self, reader: Reader) -> &str {
        self.names.name_of(reader)
    }

    /// Everyone who reads this toolkit.
    #[must_use]
    pub fn everyone(&self) -> Readers {
        self.names.everyone()
    }

    /// The word that `word:KEY` stands for, as `reader` reads it.
    #[must_use]
    pub fn word(&self, key: &str, reader: Reader) -> Option<&Arc<str>> {
        self.audience_of(reader).and_then(|audience| audience.words.get(key)).or_else(|| self.settings.words.get(key))
    }

    /// A fill-in by its key.
    #[must_use]
    pub fn local(&self, key: &str) -> Option<&Local> {
        self.local.iter().find(|local| &*local.key == key)
    }
}
