//! What the shown texts use: facts, fill-ins, files. What they do not use is not published.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::toolkit::Toolkit;
use crate::toolkit::edition::{Key, View};
use crate::toolkit::id::Kind;
use crate::voice::references::{self, Destination, Target};
use crate::voice::{Link, Phrase, Told, Voice};

/// What an edition's texts use.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Facts, by their numbers in the toolkit.
    pub facts: BTreeSet<u32>,
    /// Fill-ins, by their numbers in the toolkit.
    pub locals: BTreeSet<u32>,
    /// Files of `content/files/`, by their paths below it.
    pub files: BTreeSet<Arc<str>>,
}

impl Used {
    pub(super) fn find(toolkit: &Toolkit, voice: &Voice, view: &View) -> Self {
        let mut used = Self::default();
        for (n, guarded) in super::shown_items(toolkit, view) {
            let item = guarded.for_checks();
            if item.readers.is_empty() {
                continue;
            }
            for id in &item.facts {
                used.facts.extend(toolkit.fact_index(id).and_then(|n| u32::try_from(n).ok()));
            }
            used.files.extend(item.image.as_ref().and_then(|image| published(toolkit, image)));
            used.texts(&voice.items[n], toolkit);
        }
        for (n, told) in voice.audiences.iter().enumerate() {
            used.audience(n, told, toolkit, view);
        }
        if let Some(key) = view.key() {
            used.profiles(toolkit, key);
        }
        for (partner, told) in toolkit.partners.iter().zip(&voice.partners) {
            [&told.does, &told.says].into_iter().flatten().for_each(|phrase| used.phrase(phrase, toolkit));
            used.files.extend(partner.logo.as_ref().and_then(|logo| published(toolkit, logo)));
        }
        used.files.extend(settings_files(toolkit));
        used
    }

    /// What an item's texts use.
    pub(super) fn texts(&mut self, told: &Told, toolkit: &Toolkit) {
        for part in told.body.iter().flat_map(|version| &version.parts) {
            self.facts.extend(part.facts());
            self.locals.extend(&part.locals);
            self.links(&part.links, toolkit);
        }
        for (_, phrase) in told.texts.iter().flat_map(|(_, cases)| cases) {
            self.phrase(phrase, toolkit);
        }
    }

    /// A profile's texts are shown, save concerns that nothing shown answers.
    fn audience(&mut self, n: usize, told: &crate::voice::ToldAudience, toolkit: &Toolkit, view: &View) {
        let audience = &toolkit.audiences[n];
        [&told.ask, &told.summary].into_iter().flatten().for_each(|phrase| self.phrase(phrase, toolkit));
        for (concern, phrase) in audience.concerns.iter().zip(&told.concerns) {
            let answered = [Kind::Message, Kind::Faq]
                .into_iter()
                .any(|kind| toolkit.shown(kind, view, audience.reader).any(|item| item.answers.contains(&concern.id)));
            if answered || view.key().is_some() {
                self.phrase(phrase, toolkit);
            }
        }
    }

    /// Members read in a profile which facts to begin with and which to leave out.
    fn profiles(&mut self, toolkit: &Toolkit, key: Key) {
        let lists = toolkit.audiences.iter().flat_map(|audience| [&audience.facts_first, &audience.facts_never]);
        let facts = lists.flat_map(|ids| ids.open(key)).filter_map(|id| toolkit.fact_index(id));
        self.facts.extend(facts.filter_map(|n| u32::try_from(n).ok()));
    }

    fn phrase(&mut self, phrase: &Phrase, toolkit: &Toolkit) {
        if let Phrase::Rich(fragment) = phrase {
            self.facts.extend(fragment.facts());
            self.locals.extend(&fragment.locals);
            self.links(&fragment.links, toolkit);
        }
    }

    fn links(&mut self, links: &[Link], toolkit: &Toolkit) {
        self.files.extend(links.iter().filter_map(|link| file_at(&link.target, toolkit)));
    }
}

/// The file of `content/files/` that a link leads to, by its path or by the address it has on the site.
fn file_at(target: &Target, toolkit: &Toolkit) -> Option<Arc<str>> {
    match target {
        Target::File(file) => Some(Arc::clone(file)),
        Target::Address(address) => {
            let path = address.split(['#', '?']).next()?.strip_prefix("/files/")?;
            known(toolkit, path)
        }
        _ => None,
    }
}

/// The files that toolkit.yaml names: the theme's logo, and where the menu leads.
fn settings_files(toolkit: &Toolkit) -> impl Iterator<Item = Arc<str>> + '_ {
    let logo = toolkit.settings.theme_options().and_then(|options| options.get("logo")?.as_str());
    let menu = toolkit.settings.menu.iter().flatten().filter_map(|entry| {
        let (destination, _) = references::read(&entry.to, super::named::SETTINGS, toolkit);
        let Destination::Link(target) = destination else { return None };
        file_at(&target, toolkit)
    });
    logo.and_then(|logo| published(toolkit, logo)).into_iter().chain(menu)
}

/// Every file that anything names in either edition, drafts among it.
#[must_use]
pub fn named_files(toolkit: &Toolkit, voice: &Voice) -> HashSet<Arc<str>> {
    let mut named: HashSet<Arc<str>> = settings_files(toolkit).collect();
    let mut add = |target: &Target| named.extend(file_at(target, toolkit));
    let key = Key::for_checks();
    for told in &voice.items {
        let phrases = told.texts.iter().flat_map(|(_, cases)| cases).flat_map(|(_, phrase)| phrase.links());
        let parts = told.body.iter().flat_map(|version| &version.parts).flat_map(|part| &part.links);
        phrases.chain(parts).for_each(|link| add(&link.target));
        told.coached_targets.open(key).iter().for_each(&mut add);
    }
    for told in &voice.audiences {
        let phrases = [&told.ask, &told.summary].into_iter().flatten().chain(&told.concerns);
        phrases.flat_map(Phrase::links).for_each(|link| add(&link.target));
    }
    for told in &voice.partners {
        told.does.iter().flat_map(Phrase::links).for_each(|link| add(&link.target));
        told.coached_targets.open(key).iter().for_each(&mut add);
    }
    let pictures = toolkit.all_items().iter().filter_map(|item| item.for_checks().image.as_ref());
    let logos = toolkit.partners.iter().filter_map(|partner| partner.logo.as_ref());
    let included = toolkit.settings.publish.include.iter();
    named.extend(pictures.chain(logos).chain(included).filter_map(|typed| published(toolkit, typed)));
    named
}

/// The file that a key like `image:` or `logo:` names: a path below `files/`, with or without it.
#[must_use]
pub fn published(toolkit: &Toolkit, typed: &str) -> Option<Arc<str>> {
    let bare = typed.trim_start_matches("../").trim_start_matches('/');
    let path = bare.strip_prefix("content/").unwrap_or(bare);
    let path = path.strip_prefix("files/").unwrap_or(path);
    known(toolkit, path)
}

/// The file with this path below `content/files/`, if it is there.
fn known(toolkit: &Toolkit, path: &str) -> Option<Arc<str>> {
    let n = toolkit.files.binary_search_by(|file| (**file).cmp(path)).ok()?;
    toolkit.files.get(n).cloned()
}
