//! What the shown texts use: facts, fill-ins, files. What they do not use is not published.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::toolkit::Toolkit;
use crate::toolkit::edition::View;
use crate::toolkit::id::Kind;
use crate::voice::references::Target;
use crate::voice::{Link, Phrase, Voice};

/// What an edition's texts use.
#[derive(Debug, Default)]
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
            let told = &voice.items[n];
            for part in told.body.iter().flat_map(|version| &version.parts) {
                used.facts.extend(part.facts());
                used.locals.extend(&part.locals);
                used.links(&part.links);
            }
            for (_, phrase) in told.texts.iter().flat_map(|(_, cases)| cases) {
                used.phrase(phrase);
            }
        }
        for (n, told) in voice.audiences.iter().enumerate() {
            used.audience(n, told, toolkit, view);
        }
        for (partner, told) in toolkit.partners.iter().zip(&voice.partners) {
            [&told.does, &told.says].into_iter().flatten().for_each(|phrase| used.phrase(phrase));
            used.files.extend(partner.logo.as_ref().and_then(|logo| published(toolkit, logo)));
        }
        let logo = toolkit.settings.theme_options().and_then(|options| options.get("logo")?.as_str());
        used.files.extend(logo.and_then(|logo| published(toolkit, logo)));
        used
    }

    /// A profile's texts are shown, save concerns that nothing shown answers.
    fn audience(&mut self, n: usize, told: &crate::voice::ToldAudience, toolkit: &Toolkit, view: &View) {
        let audience = &toolkit.audiences[n];
        [&told.ask, &told.summary].into_iter().flatten().for_each(|phrase| self.phrase(phrase));
        for (concern, phrase) in audience.concerns.iter().zip(&told.concerns) {
            let answered = [Kind::Message, Kind::Faq]
                .into_iter()
                .any(|kind| toolkit.shown(kind, view, audience.reader).any(|item| item.answers.contains(&concern.id)));
            if answered || view.key().is_some() {
                self.phrase(phrase);
            }
        }
    }

    fn phrase(&mut self, phrase: &Phrase) {
        if let Phrase::Rich(fragment) = phrase {
            self.facts.extend(fragment.facts());
            self.locals.extend(&fragment.locals);
            self.links(&fragment.links);
        }
    }

    fn links(&mut self, links: &[Link]) {
        for link in links {
            if let Target::File(file) = &link.target {
                self.files.insert(Arc::clone(file));
            }
        }
    }
}

/// The file that a key like `image:` or `logo:` names: a path below `files/`, with or without it.
#[must_use]
pub fn published(toolkit: &Toolkit, typed: &str) -> Option<Arc<str>> {
    let bare = typed.trim_start_matches("../").trim_start_matches('/');
    let path = bare.strip_prefix("content/").unwrap_or(bare);
    let path = path.strip_prefix("files/").unwrap_or(path);
    toolkit.files.iter().find(|file| &***file == path).cloned()
}
