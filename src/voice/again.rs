//! Texts that were told before: told again when what they looked at has changed, and only then.

use std::collections::BTreeSet;
use std::sync::Arc;

use blake3::{Hash, Hasher};

use super::Told;
use super::heard::Heard;
use crate::finding::Problem;
use crate::source::{From, Memo};
use crate::toolkit::Toolkit;
use crate::toolkit::edition::Guarded;
use crate::toolkit::item::Item;

/// The fingerprints of all that a text may look at.
#[derive(Clone, Debug)]
pub struct Around {
    /// What every text looks at: which items, audiences, fill-ins and words there are …
    pub all: Hash,
    /// Each fact's own words and figures, by its number in the toolkit.
    pub facts: Vec<Hash>,
    /// Those of all facts together.
    pub figures: Hash,
}

/// What came of hearing a thing.
#[derive(Clone, Debug)]
pub struct Verdict<T> {
    /// What was found.
    pub found: T,
    /// Whether it hangs on the figures of all facts: one was typed that may be one of these.
    pub by_figures: bool,
}

/// Which facts an item's texts look at. This follows from the item's file and what every text looks at.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Needs {
    facts: Box<[u32]>,
    figures: bool,
}

/// An item's texts, what in them can't be used, what came of hearing them, and what they looked at.
#[derive(Clone, Debug)]
pub struct ToldItem<T> {
    pub(super) told: Arc<Told>,
    pub(super) problems: Arc<[Problem]>,
    pub(super) heard: Option<T>,
    pub(super) needs: Arc<Needs>,
    /// Here, so that nobody has to look into each text for them.
    pub(super) accepts: bool,
}

impl<T> ToldItem<T> {
    /// Whether notes that accept findings stand in the body.
    #[must_use]
    pub const fn accepts(&self) -> bool {
        self.accepts
    }

    /// What the ear found.
    pub const fn heard(&self) -> Option<&T> {
        self.heard.as_ref()
    }

    /// The texts.
    #[must_use]
    pub fn told(&self) -> Arc<Told> {
        Arc::clone(&self.told)
    }
}

/// The path and the fingerprint of an item's own file.
pub type FileOf<'a> = &'a dyn Fn(&Item) -> (Arc<str>, Hash);

/// What is known when a toolkit is told once more.
pub struct Again<'m, T> {
    /// What was told before.
    pub memo: &'m mut Remembered<ToldItem<T>>,
    /// What texts may look at.
    pub around: &'m Around,
    /// `None` where nothing is remembered.
    pub file: Option<FileOf<'m>>,
    /// What was told last, with the numbers of the items that have other texts since; all else is as it was.
    pub last: Option<(Vec<ToldItem<T>>, &'m [usize])>,
}

/// Items' texts by what they were made from: first which facts they need, then what was told with these.
#[derive(Debug)]
pub struct Remembered<V> {
    needs: Memo<Arc<Needs>>,
    pub(super) told: Memo<V>,
}

impl<'m, T: Clone + Send> Again<'m, T> {
    /// Where nothing is known.
    pub const fn nothing(memo: &'m mut Remembered<ToldItem<T>>) -> Self {
        Self { memo, around: &NOTHING, file: None, last: None }
    }

    /// All items in their order, those that are not known told by `tell`, which also says what they need if it is asked.
    pub(super) fn items(
        &mut self,
        toolkit: &Toolkit,
        tell: impl Fn(usize, &Guarded<Item>, bool) -> ToldItem<T> + Sync + Send,
    ) -> Vec<ToldItem<T>> {
        let all = toolkit.all_items();
        let (mut told, numbers) = match self.last.take() {
            Some((told, changed)) => (Some(told), changed.to_vec()),
            None => (None, (0..all.len()).collect()),
        };
        let list = numbers.iter().filter_map(|n| Some((*n, all.get(*n)?))).map(|(n, item)| {
            let from = self.file.and_then(|file| {
                let (path, file) = file(item.for_checks());
                self.memo.from(&path, file, self.around)
            });
            (from, (n, item))
        });
        let asked = self.file.is_some();
        let new = self.memo.told.or_make(list.collect(), |(n, item)| tell(n, item, asked));
        let new = new.into_iter().map(|(_, told)| told);
        let Some(file) = self.file else { return new.collect() };
        let new: Vec<ToldItem<T>> = new.collect();
        let used = numbers.iter().zip(&new).filter_map(|(n, told)| {
            let (path, file) = file(all.get(*n)?.for_checks());
            Some((path, file, Arc::clone(&told.needs), told.clone()))
        });
        self.memo.keep(used.collect(), self.around, told.is_none());
        let Some(told) = &mut told else { return new };
        for (n, new) in numbers.into_iter().zip(new) {
            if let Some(place) = told.get_mut(n) {
                *place = new;
            }
        }
        std::mem::take(told)
    }
}

/// What is around where nothing is remembered.
static NOTHING: Around = Around::nothing();

impl Around {
    /// Where nothing is remembered.
    #[must_use]
    pub const fn nothing() -> Self {
        let none = Hash::from_bytes([0; 32]);
        Self { all: none, facts: Vec::new(), figures: none }
    }

    fn of(&self, needs: &Needs) -> Hash {
        if needs.facts.is_empty() && !needs.figures {
            return self.all;
        }
        let mut hasher = Hasher::new();
        hasher.update(self.all.as_bytes());
        for fact in &needs.facts {
            hasher.update(&fact.to_le_bytes());
            hasher.update(self.facts.get(*fact as usize).map_or(&[], |hash| hash.as_bytes()));
        }
        if needs.figures {
            hasher.update(self.figures.as_bytes());
        }
        hasher.finalize()
    }
}

impl Needs {
    /// What is needed for an item's texts: the facts that are named in them or anywhere in its file.
    pub(super) fn find(item: &Item, told: &Told, heard: &Heard<'_>, all_facts: bool, toolkit: &Toolkit) -> Self {
        let mut facts: BTreeSet<u32> = BTreeSet::new();
        let typed = item.text.split("fact:").skip(1).map(|rest| {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
            &rest[..end]
        });
        let named = typed.chain(item.facts.iter().map(|id| &**id)).filter_map(|id| toolkit.fact_index(id));
        let heard = heard.texts.iter().flat_map(super::HeardText::facts).map(|(n, _)| n);
        facts.extend(named.chain(heard).filter_map(|n| u32::try_from(n).ok()));
        let parts = told.body.iter().flat_map(|version| &version.parts);
        facts.extend(parts.flat_map(|part| part.facts()));
        facts.extend(told.texts.iter().flat_map(|(_, cases)| cases).flat_map(|(_, phrase)| phrase.facts()));
        Self { facts: facts.into_iter().collect(), figures: all_facts }
    }
}

impl<V: Clone> Remembered<V> {
    /// Nothing yet, and to be kept.
    #[must_use]
    pub fn new() -> Self {
        Self { needs: Memo::new(), told: Memo::new() }
    }

    /// One that keeps nothing, for a single run.
    #[must_use]
    pub fn forgetful() -> Self {
        Self { needs: Memo::forgetful(), told: Memo::forgetful() }
    }

    /// What an item's texts are made from, where it is known what they need.
    pub(super) fn from(&self, path: &Arc<str>, file: Hash, around: &Around) -> Option<From> {
        let from = From { path: Arc::clone(path), file, around: around.all };
        let needs = self.needs.get(&from)?;
        Some(From { around: around.of(&needs), ..from })
    }

    /// Keeps what the items of one turn needed, and what was told with it; `all` of them, or some new ones beside the rest.
    pub(super) fn keep(&mut self, used: Vec<(Arc<str>, Hash, Arc<Needs>, V)>, around: &Around, all: bool) {
        let from = |path: &Arc<str>, file: &Hash, around| From { path: Arc::clone(path), file: *file, around };
        let needs = used.iter().map(|(path, file, needs, _)| (from(path, file, around.all), Arc::clone(needs)));
        self.needs.keep(needs, all);
        let told = used.iter().map(|(path, file, needs, told)| (from(path, file, around.of(needs)), told.clone()));
        self.told.keep(told, all);
    }
}

impl<V: Clone> Default for Remembered<V> {
    fn default() -> Self {
        Self::new()
    }
}
