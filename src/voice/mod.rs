//! One text per audience: bodies cut by `:::`, texts chosen by key, references and Markdown turned into HTML with gaps.
//!
//! It knows the toolkit, and no page or address. What is the same for several readers is read and kept once. Coaching
//! goes into a [`Voice`] of the partners edition alone; its problems are found in every edition.

mod blocks;
mod fingerprint;
pub mod fragment;
mod markdown;
mod origin;
mod phrase;
pub mod references;
mod separable;
#[cfg(test)]
mod tests;
mod visible;

use std::collections::HashMap;
use std::sync::Arc;

pub use fingerprint::Fingerprint;
pub use fragment::{Fill, Fragment, Heading, Link};
pub use markdown::{Locator, next_block};
pub use phrase::Phrase;

use crate::finding::{KeyPath, Problem, What};
use crate::source::{From, Memo};
use crate::toolkit::Toolkit;
use crate::toolkit::edition::{Guarded, Key, View};
use crate::toolkit::id::{Kind, Reader, Readers};
use crate::toolkit::item::{Item, Own};
use blocks::{Part, PartText};
use markdown::{Context, Setting};
use origin::Cut;

/// All texts of a toolkit as one edition tells them.
#[derive(Debug, Default)]
pub struct Voice {
    /// In the order of [`Toolkit::all_items`].
    pub items: Vec<Arc<Told>>,
    /// In the order of [`Toolkit::audiences`].
    pub audiences: Vec<ToldAudience>,
    /// In the order of [`Toolkit::partners`].
    pub partners: Vec<ToldPartner>,
}

/// An item's texts.
#[derive(Debug, Default)]
pub struct Told {
    /// The body, once for readers who read the same.
    pub body: Box<[Version]>,
    /// The texts of the front matter by key.
    pub texts: Texts,
    /// The comments and entries that accept findings.
    pub accepts: Box<[Accept]>,
}

/// An item's texts, and what in them can't be used.
type ToldItem = (Arc<Told>, Arc<[Problem]>);

/// Texts as they were told, by their files and what they may look at.
pub type Remembered = Memo<ToldItem>;

/// A body as some readers read it.
#[derive(Debug)]
pub struct Version {
    /// Who reads it.
    pub readers: Readers,
    /// Its parts in their order.
    pub parts: Box<[Arc<Fragment>]>,
}

/// A note that accepts a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accept {
    /// What stands after `accept:`.
    pub text: Arc<str>,
    /// Its place in the file.
    pub span: (u32, u32),
    /// Whether nothing stands before it in the body.
    pub first: bool,
}

/// An audience's texts.
#[derive(Debug)]
pub struct ToldAudience {
    /// What we ask of it; none while it is not filled in.
    pub ask: Option<Phrase>,
    /// Who it is for.
    pub summary: Option<Phrase>,
    /// Its concerns in their order.
    pub concerns: Vec<Phrase>,
}

/// A member's texts.
#[derive(Debug)]
pub struct ToldPartner {
    /// What it does.
    pub does: Option<Phrase>,
    /// What it says, once approved; in the partners edition also before.
    pub says: Option<Phrase>,
}

impl Told {
    /// The parts of the body that `reader` reads.
    #[must_use]
    pub fn body(&self, reader: Reader) -> &[Arc<Fragment>] {
        self.body.iter().find(|version| version.readers.has(reader)).map_or(&[], |version| &version.parts)
    }

    /// A text of the front matter as `reader` reads it.
    #[must_use]
    pub fn text(&self, key: &str, reader: Reader) -> Option<&Phrase> {
        let (_, cases) = self.texts.iter().find(|(name, _)| *name == key)?;
        cases.iter().find(|(readers, _)| readers.has(reader)).map(|(_, phrase)| phrase)
    }
}

impl Told {
    /// Whether `reader` reads anything else than everyone does.
    #[must_use]
    pub fn differs(&self, reader: Reader) -> bool {
        let apart = |readers: Readers| readers.has(reader) != readers.has(Reader::GENERAL);
        self.body.iter().any(|version| apart(version.readers))
            || self
                .texts
                .iter()
                .flat_map(|(_, cases)| cases)
                .any(|(readers, phrase)| apart(*readers) || (readers.has(reader) && !phrase.words().is_empty()))
            || self
                .body
                .iter()
                .any(|version| version.readers.has(reader) && version.parts.iter().any(|part| !part.words.is_empty()))
    }
}

impl Voice {
    /// Tells all texts of `toolkit` for `view`, and what in them can't be used.
    #[must_use]
    pub fn tell(toolkit: &Toolkit, view: &View) -> (Self, Vec<Problem>) {
        let nothing = blake3::Hash::from_bytes([0; 32]);
        Self::tell_again(toolkit, view, &mut Remembered::forgetful(), nothing, &[])
    }

    /// The same, with texts that were told before. `files` are the items' own files in their order, and `around` stands
    /// for all else that a text may look at.
    #[must_use]
    pub fn tell_again(
        toolkit: &Toolkit,
        view: &View,
        memo: &mut Remembered,
        around: blake3::Hash,
        files: &[(Arc<str>, blake3::Hash)],
    ) -> (Self, Vec<Problem>) {
        let list = toolkit.all_items().iter().enumerate().map(|(n, item)| {
            let from = files.get(n).map(|(path, file)| From { path: Arc::clone(path), file: *file, around });
            (from, item)
        });
        let told = memo.or_make(list.collect(), |item| {
            let (told, problems) = tell_item(item, toolkit, view);
            (Arc::new(told), problems.into())
        });
        let mut problems = Vec::new();
        let mut items = Vec::with_capacity(told.len());
        for (_, (item, found)) in &told {
            items.push(Arc::clone(item));
            problems.extend_from_slice(found);
        }
        memo.keep(told.into_iter().filter_map(|(from, told)| Some((from?, told))));
        let audiences = (0..toolkit.audiences.len()).map(|n| tell_audience(n, toolkit, view, &mut problems)).collect();
        let partners =
            toolkit.partners.iter().map(|partner| tell_partner(partner, toolkit, view, &mut problems)).collect();
        (Self { items, audiences, partners }, problems)
    }
}

fn tell_item(guarded: &Guarded<Item>, toolkit: &Toolkit, view: &View) -> (Told, Vec<Problem>) {
    let item = guarded.for_checks();
    let mut problems = Vec::new();
    let sight = visible::Sight::of(guarded, toolkit, view);
    let told = tell_body(item, toolkit, view, &sight, &mut problems);
    let texts = tell_texts(item, toolkit, &sight, &mut problems);
    if !problems.is_empty() {
        let name: Arc<str> = item.name().into();
        for problem in &mut problems {
            problem.item = Some(Arc::clone(&name));
        }
    }
    (Told { texts, ..told }, problems)
}

// ---------------------------------------------------------------------------------------------------- texts by key

/// A text by its readers.
pub type Cases = Box<[(Readers, Phrase)]>;

/// Texts by key.
pub type Texts = Box<[(&'static str, Cases)]>;

fn tell_texts(item: &Item, toolkit: &Toolkit, sight: &visible::Sight<'_>, problems: &mut Vec<Problem>) -> Texts {
    let claim = match &item.own {
        Own::Message(message) => Some(("claim", &message.claim)),
        _ => None,
    };
    let claim = claim.map(|(key, text)| {
        let locator = Locator { file: Arc::clone(&item.file), key: Some(KeyPath::top(key)) };
        let context = Context { toolkit, locator: &locator, no_words: true };
        let phrase = Phrase::read(text, &context, problems);
        sight.check(phrase.links(), item.readers, &locator, problems);
        (key, Box::from([(item.readers, phrase)]))
    });
    let texts = item.texts().map(|(key, text)| {
        let cases = text.cases(item.readers).map(|(case, text, readers)| {
            let path = KeyPath::top(key);
            let path = case.map_or(path.clone(), |case| path.key(case));
            let locator = Locator { file: Arc::clone(&item.file), key: Some(path) };
            let context = Context { toolkit, locator: &locator, no_words: false };
            let phrase = Phrase::read(text, &context, problems);
            sight.check(phrase.links(), readers, &locator, problems);
            sight.check_words(&phrase, readers, &locator, problems);
            (readers, phrase)
        });
        (key, cases.collect())
    });
    // the claim comes after the heading in the contract; the order here is not shown
    texts.collect::<Vec<_>>().into_iter().chain(claim).collect()
}

// ---------------------------------------------------------------------------------------------------- bodies

fn tell_body(
    item: &Item,
    toolkit: &Toolkit,
    view: &View,
    sight: &visible::Sight<'_>,
    problems: &mut Vec<Problem>,
) -> Told {
    let mut cut = blocks::cut(&item.text, item.body_start, &item.file, &toolkit.names);
    problems.append(&mut cut.problems);
    let accepts = cut
        .accepts
        .iter()
        .map(|note| Accept {
            text: note.text.into(),
            span: (narrow(note.span.start), narrow(note.span.end)),
            first: note.first,
        })
        .collect();
    let parts: Vec<Part<'_>> =
        cut.parts.into_iter().map(|part| Part { readers: part.readers.both(item.readers), text: part.text }).collect();
    let locator = Locator { file: Arc::clone(&item.file), key: None };
    let context = Context { toolkit, locator: &locator, no_words: false };
    let setting = match item.kind {
        Kind::Message | Kind::Story | Kind::Page => Setting::Alone,
        Kind::Faq | Kind::TalkingPoint | Kind::ToughQuestion | Kind::Win => Setting::Among(&item.id),
    };
    let teller = Teller { item, view, sight, context: &context, setting };
    let body =
        if separable::parts(&parts) { teller.by_part(&parts, problems) } else { teller.by_version(&parts, problems) };
    let first = match setting {
        Setting::Alone => 1,
        Setting::Among(_) => 2,
    };
    for version in &body {
        tell_skips(&version.parts, first, &locator, problems);
    }
    Told { body, texts: Box::default(), accepts }
}

struct Teller<'a> {
    item: &'a Item,
    view: &'a View,
    sight: &'a visible::Sight<'a>,
    context: &'a Context<'a>,
    setting: Setting<'a>,
}

impl Teller<'_> {
    /// Each part read once, and shared by all who read it.
    fn by_part(&self, parts: &[Part<'_>], problems: &mut Vec<Problem>) -> Box<[Version]> {
        let fragments: Vec<_> = parts
            .iter()
            .map(|part| {
                let fragment = markdown::body(any_text(&part.text), self.setting, self.context, problems);
                self.check(&fragment, part.readers, matches!(part.text, PartText::Coaching(_)), problems);
                Arc::new(fragment)
            })
            .collect();
        self.versions(parts, &self.shown(parts), |chosen| chosen.iter().map(|n| Arc::clone(&fragments[*n])).collect())
    }

    /// Parts that cannot be read alone: each version is read as a whole.
    fn by_version(&self, parts: &[Part<'_>], problems: &mut Vec<Problem>) -> Box<[Version]> {
        let coaching = parts.iter().any(|part| matches!(part.text, PartText::Coaching(_)));
        let shown = self.shown(parts);
        if coaching && shown.len() < parts.len() {
            // read for its problems alone
            let all: Vec<usize> = (0..parts.len()).collect();
            for version in self.versions(parts, &all, |chosen| [self.whole(parts, chosen, problems)].into()) {
                for part in &version.parts {
                    self.check(part, version.readers, true, problems);
                }
            }
        }
        let versions = self.versions(parts, &shown, |chosen| [self.whole(parts, chosen, problems)].into());
        for version in &versions {
            for part in &version.parts {
                self.check(part, version.readers, shown.len() == parts.len() && coaching, problems);
            }
        }
        versions
    }

    fn check(&self, fragment: &Fragment, readers: Readers, coaching: bool, problems: &mut Vec<Problem>) {
        let sight = if coaching { self.sight.coaching() } else { *self.sight };
        sight.check(&fragment.links, readers, self.context.locator, problems);
        sight.check_word_list(&fragment.words, readers, self.context.locator, problems);
    }

    /// The numbers of the parts that the edition shows.
    fn shown(&self, parts: &[Part<'_>]) -> Vec<usize> {
        (0..parts.len()).filter(|n| matches!(parts[*n].text, PartText::Open(_)) || self.view.key().is_some()).collect()
    }

    fn whole(&self, parts: &[Part<'_>], chosen: &[usize], problems: &mut Vec<Problem>) -> Arc<Fragment> {
        let mut text = Cut::default();
        for n in chosen {
            let part = any_text(&parts[*n].text);
            if !text.text().is_empty() {
                text.push_made("\n\n", part.source(0).saturating_sub(2));
            }
            text.append(part);
        }
        Arc::new(markdown::body(&text, self.setting, self.context, problems))
    }

    /// Readers who see the same of `shown` share a version, made from the numbers of its parts.
    fn versions(
        &self,
        parts: &[Part<'_>],
        shown: &[usize],
        mut make: impl FnMut(&[usize]) -> Box<[Arc<Fragment>]>,
    ) -> Box<[Version]> {
        let mut versions: Vec<Version> = Vec::new();
        let mut seen: HashMap<Vec<usize>, usize> = HashMap::new();
        for reader in self.item.readers.iter() {
            let chosen: Vec<usize> = shown.iter().copied().filter(|n| parts[*n].readers.has(reader)).collect();
            if let Some(n) = seen.get(&chosen) {
                versions[*n].readers = versions[*n].readers.and(Readers::only(reader));
            } else {
                versions.push(Version { readers: Readers::only(reader), parts: make(&chosen) });
                seen.insert(chosen, versions.len() - 1);
            }
        }
        versions.into()
    }
}

/// A part's text, to be read; what is made of coaching is kept from public versions by [`Teller::shown`].
fn any_text<'a, 'b>(text: &'b PartText<'a>) -> &'b Cut<'a> {
    match text {
        PartText::Open(cut) => cut,
        PartText::Coaching(cut) => cut.open(Key::for_checks()),
    }
}

/// Headings that skip a level; `above` is the level of what stands above the body.
fn tell_skips(parts: &[Arc<Fragment>], above: u8, locator: &Locator, problems: &mut Vec<Problem>) {
    let mut last = above;
    for heading in parts.iter().flat_map(|part| &part.headings) {
        if heading.level > last + 1 {
            let what = What::HeadingSkip { from: last, to: heading.level };
            problems.push(Problem::new(locator.at(heading.span), what));
        }
        last = heading.level;
    }
}

// ---------------------------------------------------------------------------------------------------- profiles, members

fn tell_audience(n: usize, toolkit: &Toolkit, view: &View, problems: &mut Vec<Problem>) -> ToldAudience {
    let audience = &toolkit.audiences[n];
    let readers = Readers::only(audience.reader);
    let sight = visible::Sight::public(toolkit, view);
    let mut read = |text: &Arc<str>, path: KeyPath| {
        let locator = Locator { file: Arc::clone(&audience.file), key: Some(path) };
        phrase_for(text, readers, &locator, toolkit, &sight, problems)
    };
    let filled = |text: &&Arc<str>| !text.trim().is_empty();
    ToldAudience {
        ask: audience.ask.as_ref().filter(filled).map(|text| read(text, KeyPath::top("ask"))),
        summary: audience.summary.as_ref().filter(filled).map(|text| read(text, KeyPath::top("summary"))),
        concerns: audience
            .concerns
            .iter()
            .enumerate()
            .map(|(n, concern)| read(&concern.says, KeyPath::top("concerns").index(n).key("says")))
            .collect(),
    }
}

fn tell_partner(
    partner: &crate::toolkit::partner::Partner,
    toolkit: &Toolkit,
    view: &View,
    problems: &mut Vec<Problem>,
) -> ToldPartner {
    let sight = visible::Sight::public(toolkit, view);
    let mut read = |text: &Arc<str>, key: &str| {
        let locator = Locator { file: Arc::clone(&partner.entry.file), key: Some(partner.entry.key(key)) };
        phrase_for(text, toolkit.everyone(), &locator, toolkit, &sight, problems)
    };
    let says = match view.key() {
        Some(key) => partner.says.open(key).as_ref(),
        None => partner.approved(),
    };
    ToldPartner {
        does: partner.does.as_ref().map(|text| read(text, "does")),
        says: says.map(|text| read(text, "says")),
    }
}

fn phrase_for(
    text: &Arc<str>,
    readers: Readers,
    locator: &Locator,
    toolkit: &Toolkit,
    sight: &visible::Sight<'_>,
    problems: &mut Vec<Problem>,
) -> Phrase {
    let context = Context { toolkit, locator, no_words: false };
    let phrase = Phrase::read(text, &context, problems);
    sight.check(phrase.links(), readers, locator, problems);
    sight.check_words(&phrase, readers, locator, problems);
    phrase
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
