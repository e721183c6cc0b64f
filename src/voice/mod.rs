//! One text per audience: bodies cut by `:::`, texts chosen by key, references and Markdown turned into HTML with gaps.
//!
//! It knows the toolkit, and no page or address. What is the same for several readers is read and kept once. Coaching
//! goes into a [`Voice`] of the partners edition alone; its problems are found in every edition.

mod again;
mod blocks;
mod fingerprint;
pub mod fragment;
pub mod heard;
mod markdown;
pub mod measure;
mod origin;
mod phrase;
pub mod prose;
pub mod references;
mod separable;
pub mod sign_off;
#[cfg(test)]
mod tests;
mod visible;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub use again::{Again, Around, FileOf, Remembered, ToldItem, Verdict};
pub use fingerprint::Fingerprint;
pub use fragment::{Fill, Fragment, Heading, Link};
pub use heard::{Heard, HeardBlock, HeardText, HeardVersion, Subject};
pub(crate) use markdown::notes::letters;
pub use markdown::{Locator, next_block};
pub use phrase::Phrase;

use crate::finding::{At, KeyPath, Problem, TailoringTrouble, What};
use crate::toolkit::Toolkit;
use crate::toolkit::audience::Audience;
use crate::toolkit::edition::{Coached, Guarded, Key, View};
use crate::toolkit::id::{Kind, Reader, Readers};
use crate::toolkit::item::{Item, Own};
use crate::toolkit::partner::Partner;
use again::Needs;
use blocks::{Part, PartText};
use markdown::{Context, Setting};
use origin::Cut;
use references::Target;

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
    /// The body without its coaching, where `body` has some.
    without_coaching: Option<Box<[Version]>>,
    /// The texts of the front matter by key.
    pub texts: Texts,
    /// The comments and entries that accept findings.
    pub accepts: Box<[Accept]>,
    /// Where its coaching leads, in every edition: for those who look for what nothing names.
    pub coached_targets: Coached<Box<[Target]>>,
}

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
    /// Where what it says leads, approved or not.
    pub coached_targets: Coached<Box<[Target]>>,
}

impl Told {
    /// The parts of the body that `reader` reads.
    #[must_use]
    pub fn body(&self, reader: Reader) -> &[Arc<Fragment>] {
        parts_for(reader, &self.body)
    }

    /// The parts of the body that `reader` reads in the public edition, whatever edition this is.
    #[must_use]
    pub fn open_body(&self, reader: Reader) -> &[Arc<Fragment>] {
        parts_for(reader, self.without_coaching.as_ref().unwrap_or(&self.body))
    }

    /// A text of the front matter as `reader` reads it.
    #[must_use]
    pub fn text(&self, key: &str, reader: Reader) -> Option<&Phrase> {
        let (_, cases) = self.texts.iter().find(|(name, _)| *name == key)?;
        cases.iter().find(|(readers, _)| readers.has(reader)).map(|(_, phrase)| phrase)
    }
}

fn parts_for(reader: Reader, versions: &[Version]) -> &[Arc<Fragment>] {
    versions.iter().find(|version| version.readers.has(reader)).map_or(&[], |version| &version.parts)
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

/// Whoever hears a thing's texts while they are told, and what comes of it.
pub type Ear<'a, T> = &'a (dyn Fn(&Heard<'_>) -> Verdict<T> + Sync);

impl Voice {
    /// Tells all texts of `toolkit` for `view`, and what in them can't be used. `ear` hears them as people read them,
    /// each thing's once; what it finds in them comes in the toolkit's order.
    #[must_use]
    pub fn tell<T: Clone + Send>(
        toolkit: &Toolkit,
        view: &View,
        ear: Option<Ear<'_, T>>,
    ) -> (Self, Vec<Problem>, Vec<T>) {
        let (voice, problems, heard, told) =
            Self::tell_again(toolkit, view, ear, Again::nothing(&mut Remembered::forgetful()));
        let items = told.into_iter().filter_map(|item| item.heard);
        (voice, problems, items.chain(heard).collect())
    }

    /// The same, with what is remembered of items that were told and heard before. What the ear finds in items comes with
    /// them.
    #[must_use]
    pub fn tell_again<T: Clone + Send>(
        toolkit: &Toolkit,
        view: &View,
        ear: Option<Ear<'_, T>>,
        mut again: Again<'_, T>,
    ) -> (Self, Vec<Problem>, Vec<T>, Vec<ToldItem<T>>) {
        let told = again.items(toolkit, |n, item, asked| tell_and_hear(n, item, toolkit, view, ear, asked));
        let (mut problems, mut made) = (Vec::new(), Vec::new());
        let mut items = Vec::with_capacity(told.len());
        for item in &told {
            items.push(Arc::clone(&item.told));
            problems.extend_from_slice(&item.problems);
        }
        let mut audiences = Vec::with_capacity(toolkit.audiences.len());
        for audience in &toolkit.audiences {
            let mut heard = Heard { subject: Subject::Audience(audience), texts: Vec::new(), versions: Vec::new() };
            audiences.push(tell_audience(audience, toolkit, view, &mut problems, ear.is_some().then_some(&mut heard)));
            made.extend(ear.map(|ear| ear(&heard).found));
        }
        let mut partners = Vec::with_capacity(toolkit.partners.len());
        for partner in &toolkit.partners {
            let mut heard = Heard { subject: Subject::Partner(partner), texts: Vec::new(), versions: Vec::new() };
            partners.push(tell_partner(partner, toolkit, view, &mut problems, ear.is_some().then_some(&mut heard)));
            made.extend(ear.map(|ear| ear(&heard).found));
        }
        if let Some(ear) = ear {
            made.extend(heard::entries(toolkit).iter().map(|heard| ear(heard).found));
        }
        (Self { items, audiences, partners }, problems, made, told)
    }
}

fn tell_and_hear<T>(
    n: usize,
    item: &Guarded<Item>,
    toolkit: &Toolkit,
    view: &View,
    ear: Option<Ear<'_, T>>,
    asked: bool,
) -> ToldItem<T> {
    let mut heard = Heard { subject: Subject::Item(n, item), texts: Vec::new(), versions: Vec::new() };
    let (told, problems) = tell_item(item, toolkit, view, ear.is_some().then_some(&mut heard));
    let verdict = ear.map(|ear| ear(&heard));
    // for a fact that is not there, another is offered with its words
    let lost = |problem: &Problem| matches!(problem.what, What::UnknownReference { kind: "fact", .. });
    let all_facts = verdict.as_ref().is_some_and(|verdict| verdict.by_figures) || problems.iter().any(lost);
    let needs = || Needs::find(item.for_checks(), &told, &heard, all_facts, toolkit);
    let needs = Arc::new(if asked { needs() } else { Needs::default() });
    let accepts = !told.accepts.is_empty();
    ToldItem { told: Arc::new(told), problems: problems.into(), heard: verdict.map(|it| it.found), needs, accepts }
}

/// What is heard of the item with this number: its texts as people read them.
#[must_use]
pub fn hear<'a>(toolkit: &'a Toolkit, view: &View, n: usize) -> Option<Heard<'a>> {
    let item = toolkit.all_items().get(n)?;
    let mut heard = Heard { subject: Subject::Item(n, item), texts: Vec::new(), versions: Vec::new() };
    tell_item(item, toolkit, view, Some(&mut heard));
    Some(heard)
}

fn tell_item(
    guarded: &Guarded<Item>,
    toolkit: &Toolkit,
    view: &View,
    mut heard: Option<&mut Heard<'_>>,
) -> (Told, Vec<Problem>) {
    let item = guarded.for_checks();
    let mut problems = Vec::new();
    let sight = visible::Sight::of(guarded, toolkit, view);
    let texts = tell_texts(item, toolkit, &sight, &mut problems, heard.as_deref_mut());
    let told = tell_body(item, toolkit, view, &sight, &mut problems, heard);
    if !problems.is_empty() {
        let name: Arc<str> = item.name().into();
        for problem in &mut problems {
            problem.item = Some(Arc::clone(&name));
        }
    }
    (Told { texts, ..told }, problems)
}

// ---------------------------------------------------------------------------------------------------- texts by key

/// The claims of all messages as people read them, each with its item.
#[must_use]
pub fn claims(toolkit: &Toolkit) -> Vec<(&Item, prose::Prose)> {
    let read = |item: &'_ Guarded<Item>| {
        let item = item.for_checks();
        let Own::Message(message) = &item.own else { return None };
        let locator = Locator { file: Arc::clone(&item.file), key: Some(KeyPath::top("claim")) };
        let context = Context { toolkit, locator: &locator, no_words: true, heard: true };
        // what is wrong in it is told when the message is
        Some(Phrase::read(&message.claim, &context, &mut Vec::new()).1)
    };
    let messages = toolkit.items(Kind::Message);
    messages.iter().filter_map(|item| Some((item.for_checks(), read(item)?))).collect()
}

/// A text by its readers.
pub type Cases = Box<[(Readers, Phrase)]>;

/// Texts by key.
pub type Texts = Box<[(&'static str, Cases)]>;

fn tell_texts(
    item: &Item,
    toolkit: &Toolkit,
    sight: &visible::Sight<'_>,
    problems: &mut Vec<Problem>,
    mut heard: Option<&mut Heard<'_>>,
) -> Texts {
    let listened_to = heard.is_some();
    let mut keep = |key, locator: &Locator, readers, prose| {
        if let Some(heard) = heard.as_deref_mut() {
            heard.texts.push(HeardText { key: Some(key), locator: locator.clone(), readers, coaching: false, prose });
        }
    };
    let claim = match &item.own {
        Own::Message(message) => Some(("claim", &message.claim)),
        _ => None,
    };
    let claim = claim.map(|(key, text)| {
        let locator = Locator { file: Arc::clone(&item.file), key: Some(KeyPath::top(key)) };
        let context = Context { toolkit, locator: &locator, no_words: true, heard: listened_to };
        let (phrase, prose) = Phrase::read(text, &context, problems);
        sight.check(phrase.links(), item.readers, &locator, problems);
        keep(key, &locator, item.readers, prose);
        (key, Box::from([(item.readers, phrase)]))
    });
    let texts = item.texts().map(|(key, text)| {
        let cases = text.cases(item.readers).map(|(case, text, readers)| {
            let path = KeyPath::top(key);
            let path = case.map_or(path.clone(), |case| path.key(case));
            let locator = Locator { file: Arc::clone(&item.file), key: Some(path) };
            let context = Context { toolkit, locator: &locator, no_words: false, heard: listened_to };
            let (phrase, prose) = Phrase::read(text, &context, problems);
            sight.check(phrase.links(), readers, &locator, problems);
            sight.check_words(&phrase, readers, &locator, problems);
            keep(key, &locator, readers, prose);
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
    heard: Option<&mut Heard<'_>>,
) -> Told {
    let mut cut = blocks::cut(&item.text, item.body_start, &item.file, &toolkit.names);
    problems.append(&mut cut.problems);
    if item.names_audiences && !item.names_unknown {
        let unread = cut.named.iter().filter(|(readers, _)| readers.both(item.readers).is_empty());
        problems.extend(unread.map(|(_, span)| {
            let name = item.text.get(span.clone()).unwrap_or_default().to_owned();
            let what = What::Tailoring(TailoringTrouble::NotReader { name });
            Problem::new(At::bytes(Arc::clone(&item.file), span.start, span.end), what)
        }));
    }
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
    let context = Context { toolkit, locator: &locator, no_words: false, heard: heard.is_some() };
    let setting = match item.kind {
        Kind::Message | Kind::Story | Kind::Page => Setting::Alone,
        Kind::Faq | Kind::TalkingPoint | Kind::ToughQuestion | Kind::Win => Setting::Among(&item.id),
    };
    let teller = Teller { item, view, sight, context: &context, setting };
    let Bodies { body, without_coaching, with_coaching } = if separable::parts(&parts) {
        teller.by_part(&parts, problems, heard)
    } else {
        teller.by_version(&parts, problems, heard)
    };
    let first = match setting {
        Setting::Alone => 1,
        Setting::Among(_) => 2,
    };
    let open = without_coaching.as_ref().unwrap_or(&body);
    let coached = if without_coaching.is_some() { &body } else { &with_coaching };
    for version in open {
        tell_skips(&version.parts, first, |_| true, &locator, problems);
    }
    let targets = headings_and_links(coached).1;
    let coached_targets = Coached::new(targets.into());
    if !coached.is_empty() {
        let read: HashSet<(u32, u32)> = headings_and_links(open).0.into_iter().collect();
        for version in coached {
            tell_skips(&version.parts, first, |span| !read.contains(&span), &locator, problems);
        }
    }
    Told { body, without_coaching, texts: Box::default(), accepts, coached_targets }
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
    fn by_part(&self, parts: &[Part<'_>], problems: &mut Vec<Problem>, mut heard: Option<&mut Heard<'_>>) -> Bodies {
        let first = heard.as_deref().map_or(0, |heard| heard.texts.len());
        let mut fragments = Vec::with_capacity(parts.len());
        for part in parts {
            let coaching = matches!(part.text, PartText::Coaching(_));
            let told = markdown::body(any_text(&part.text), self.setting, self.context, problems);
            self.check(&told.fragment, part.readers, coaching, problems);
            fragments.push(Arc::new(told.fragment));
            if let Some(heard) = heard.as_deref_mut() {
                heard.texts.push(self.heard(told.prose, part.readers, coaching));
            }
        }
        if let Some(heard) = heard {
            for (readers, chosen) in self.choices(parts, &open(parts)) {
                let parts = chosen.iter().map(|n| first + n).collect();
                heard.versions.push(HeardVersion { readers, parts });
            }
        }
        let make = |(readers, chosen): (Readers, Vec<usize>)| Version {
            readers,
            parts: chosen.iter().map(|n| Arc::clone(&fragments[*n])).collect(),
        };
        let (shown, open) = (self.shown(parts), open(parts));
        let versions = |of: &[usize]| self.choices(parts, of).into_iter().map(make).collect();
        let all: Vec<usize> = (0..parts.len()).collect();
        Bodies {
            body: versions(&shown),
            without_coaching: (open.len() < shown.len()).then(|| versions(&open)),
            with_coaching: if shown.len() < all.len() { versions(&all) } else { Box::default() },
        }
    }

    /// Parts that cannot be read alone: each version is read as a whole.
    fn by_version(&self, parts: &[Part<'_>], problems: &mut Vec<Problem>, mut heard: Option<&mut Heard<'_>>) -> Bodies {
        let coaching = parts.iter().any(|part| matches!(part.text, PartText::Coaching(_)));
        let shown = self.shown(parts);
        let with_coaching = shown.len() == parts.len() && coaching;
        let (mut without_coaching, mut coached) = (None, Box::default());
        if coaching {
            // read once more: without coaching for those who measure or sign it, or with it for what is wrong in it
            let all: Vec<usize> = if with_coaching { open(parts) } else { (0..parts.len()).collect() };
            let mut others = Vec::new();
            for (readers, chosen) in self.choices(parts, &all) {
                let mut found = Vec::new();
                let told = self.whole(parts, &chosen, &mut found);
                if !with_coaching {
                    self.check(&told.fragment, readers, true, &mut found);
                    problems.append(&mut found);
                }
                self.hear(told.prose, readers, !with_coaching, heard.as_deref_mut());
                others.push(Version { readers, parts: [Arc::new(told.fragment)].into() });
            }
            if with_coaching {
                without_coaching = Some(others.into());
            } else {
                coached = others.into();
            }
        }
        let mut versions = Vec::new();
        for (readers, chosen) in self.choices(parts, &shown) {
            let told = self.whole(parts, &chosen, problems);
            self.check(&told.fragment, readers, with_coaching, problems);
            self.hear(told.prose, readers, with_coaching, heard.as_deref_mut());
            versions.push(Version { readers, parts: [Arc::new(told.fragment)].into() });
        }
        Bodies { body: versions.into(), without_coaching, with_coaching: coached }
    }

    /// A whole version is heard; with coaching in it, it is none of those that are measured.
    fn hear(&self, prose: prose::Prose, readers: Readers, coaching: bool, heard: Option<&mut Heard<'_>>) {
        let Some(heard) = heard else { return };
        if !coaching {
            heard.versions.push(HeardVersion { readers, parts: vec![heard.texts.len()] });
        }
        heard.texts.push(self.heard(prose, readers, coaching));
    }

    fn heard(&self, prose: prose::Prose, readers: Readers, coaching: bool) -> HeardText {
        HeardText { key: None, locator: self.context.locator.clone(), readers, coaching, prose }
    }

    fn check(&self, fragment: &Fragment, readers: Readers, coaching: bool, problems: &mut Vec<Problem>) {
        let sight = if coaching { self.sight.coaching() } else { *self.sight };
        sight.check(&fragment.links, readers, self.context.locator, problems);
        sight.check_word_list(&fragment.words, readers, self.context.locator, problems);
    }

    /// The numbers of the parts that the edition shows.
    fn shown(&self, parts: &[Part<'_>]) -> Vec<usize> {
        if self.view.key().is_some() { (0..parts.len()).collect() } else { open(parts) }
    }

    fn whole(&self, parts: &[Part<'_>], chosen: &[usize], problems: &mut Vec<Problem>) -> markdown::Told {
        let mut text = Cut::default();
        for n in chosen {
            let part = any_text(&parts[*n].text);
            if !text.text().is_empty() {
                text.push_made("\n\n", part.source(0).saturating_sub(2));
            }
            text.append(part);
        }
        markdown::body(&text, self.setting, self.context, problems)
    }

    /// Readers who see the same of `shown`, and the numbers of its parts that they see.
    fn choices(&self, parts: &[Part<'_>], shown: &[usize]) -> Vec<(Readers, Vec<usize>)> {
        let mut all: Vec<(Readers, Vec<usize>)> = Vec::new();
        let mut seen: HashMap<Vec<usize>, usize> = HashMap::new();
        for reader in self.item.readers.iter() {
            let chosen: Vec<usize> = shown.iter().copied().filter(|n| parts[*n].readers.has(reader)).collect();
            if let Some(n) = seen.get(&chosen) {
                all[*n].0 = all[*n].0.and(Readers::only(reader));
            } else {
                seen.insert(chosen.clone(), all.len());
                all.push((Readers::only(reader), chosen));
            }
        }
        all
    }
}

/// A body in its versions.
struct Bodies {
    /// As the edition shows it.
    body: Box<[Version]>,
    /// Without its coaching, where `body` has some.
    without_coaching: Option<Box<[Version]>>,
    /// With its coaching, where it has some and `body` has none: to be checked, not to be shown.
    with_coaching: Box<[Version]>,
}

/// Where the headings of all versions stand, and where their links lead.
fn headings_and_links(versions: &[Version]) -> (Vec<(u32, u32)>, Vec<Target>) {
    let parts = || versions.iter().flat_map(|version| &version.parts);
    let headings = parts().flat_map(|part| &part.headings).map(|heading| heading.span).collect();
    (headings, parts().flat_map(|part| &part.links).map(|link| link.target.clone()).collect())
}

/// The numbers of the parts that are no coaching.
fn open(parts: &[Part<'_>]) -> Vec<usize> {
    (0..parts.len()).filter(|n| matches!(parts[*n].text, PartText::Open(_))).collect()
}

/// A part's text, to be read; what is made of coaching is kept from public versions by [`Teller::shown`].
fn any_text<'a, 'b>(text: &'b PartText<'a>) -> &'b Cut<'a> {
    match text {
        PartText::Open(cut) => cut,
        PartText::Coaching(cut) => cut.open(Key::for_checks()),
    }
}

/// Headings that skip a level, of those at places that are asked for; `above` is the level of what stands above the body.
fn tell_skips(
    parts: &[Arc<Fragment>],
    above: u8,
    asked: impl Fn((u32, u32)) -> bool,
    locator: &Locator,
    problems: &mut Vec<Problem>,
) {
    let mut last = above;
    let headings = || parts.iter().flat_map(|part| &part.headings);
    // one `#` below other headings is no title, and moves none of them down
    let late = headings().next().is_some_and(|first| first.typed > 1) && headings().any(|heading| heading.typed == 1);
    for heading in headings() {
        let level = if late { above + heading.typed.max(2) - 1 } else { heading.level };
        let what = if late && heading.typed == 1 {
            Some(What::LateTitle { title: heading.title.to_string() })
        } else {
            (level > last + 1).then_some(What::HeadingSkip { from: last, to: level })
        };
        if let Some(what) = what.filter(|_| asked(heading.span)) {
            problems.push(Problem::new(locator.at(heading.span), what));
        }
        last = level;
    }
}

// ---------------------------------------------------------------------------------------------------- profiles, members

fn tell_audience(
    audience: &Audience,
    toolkit: &Toolkit,
    view: &View,
    problems: &mut Vec<Problem>,
    mut heard: Option<&mut Heard<'_>>,
) -> ToldAudience {
    let readers = Readers::only(audience.reader);
    if let Some(heard) = heard.as_deref_mut() {
        heard.texts = heard::profile(audience);
    }
    let sight = visible::Sight::public(toolkit, view);
    let mut read = |text: &Arc<str>, key, path: KeyPath| {
        let locator = Locator { file: Arc::clone(&audience.file), key: Some(path) };
        let place = Place { key, readers, coaching: false, locator };
        phrase_for(text, place, toolkit, &sight, problems, heard.as_deref_mut())
    };
    let filled = |text: &&Arc<str>| !text.trim().is_empty();
    let mut top = |key: &'static str, text: &Option<Arc<str>>| {
        text.as_ref().filter(filled).map(|text| read(text, key, KeyPath::top(key)))
    };
    ToldAudience {
        ask: top("ask", &audience.ask),
        summary: top("summary", &audience.summary),
        concerns: audience
            .concerns
            .iter()
            .enumerate()
            .map(|(n, concern)| read(&concern.says, "concerns", KeyPath::top("concerns").index(n).key("says")))
            .collect(),
    }
}

fn tell_partner(
    partner: &Partner,
    toolkit: &Toolkit,
    view: &View,
    problems: &mut Vec<Problem>,
    mut heard: Option<&mut Heard<'_>>,
) -> ToldPartner {
    let sight = visible::Sight::public(toolkit, view);
    let mut read = |text: &Arc<str>, key: &'static str, coaching, problems: &mut Vec<Problem>| {
        let locator = Locator { file: Arc::clone(&partner.entry.file), key: Some(partner.entry.key(key)) };
        let place = Place { key, readers: toolkit.everyone(), coaching, locator };
        phrase_for(text, place, toolkit, &sight, problems, heard.as_deref_mut())
    };
    let does = partner.does.as_ref().map(|text| read(text, "does", false, problems));
    let said = partner.says.open(Key::for_checks()).as_ref();
    let approved = partner.approved().is_some();
    // what is not approved is read in every edition, and told in the partners' alone
    let says = said.map(|text| read(text, "says", !approved, problems));
    let targets = says.iter().flat_map(Phrase::links).map(|link| link.target.clone()).collect();
    let says = says.filter(|_| approved || view.key().is_some());
    ToldPartner { does, says, coached_targets: Coached::new(targets) }
}

/// Where a text of a profile or a member stands, and who reads it.
struct Place {
    key: &'static str,
    readers: Readers,
    coaching: bool,
    locator: Locator,
}

fn phrase_for(
    text: &Arc<str>,
    place: Place,
    toolkit: &Toolkit,
    sight: &visible::Sight<'_>,
    problems: &mut Vec<Problem>,
    heard: Option<&mut Heard<'_>>,
) -> Phrase {
    let Place { key, readers, coaching, locator } = place;
    let context = Context { toolkit, locator: &locator, no_words: false, heard: heard.is_some() };
    let (phrase, prose) = Phrase::read(text, &context, problems);
    sight.check(phrase.links(), readers, &locator, problems);
    sight.check_words(&phrase, readers, &locator, problems);
    if let Some(heard) = heard {
        heard.texts.push(HeardText { key: Some(key), locator, readers, coaching, prose });
    }
    phrase
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
