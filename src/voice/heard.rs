//! What is heard of a thing: all its texts as people read them, for checks. Each is heard once and let go.

use std::collections::HashMap;
use std::sync::Arc;

use super::markdown::Locator;
use super::prose::{Block, BlockKind, Mark, MarkKind, Prose};
use crate::finding::{At, KeyPath};
use crate::toolkit::Toolkit;
use crate::toolkit::audience::Audience;
use crate::toolkit::edition::{Guarded, Key};
use crate::toolkit::fact::Fact;
use crate::toolkit::id::{Reader, Readers};
use crate::toolkit::item::Item;
use crate::toolkit::local::Local;
use crate::toolkit::partner::Partner;

/// A thing with all its texts.
#[derive(Debug)]
pub struct Heard<'a> {
    /// Whose texts they are.
    pub subject: Subject<'a>,
    /// The texts: of the front matter or entry first, then the body's parts.
    pub texts: Vec<HeardText>,
    /// The bodies as their readers read them, without coaching.
    pub versions: Vec<HeardVersion>,
}

/// Whose texts they are.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// An item, with its number in [`Toolkit::all_items`].
    Item(usize, &'a Guarded<Item>),
    /// An audience's profile.
    Audience(&'a Audience),
    /// A member.
    Partner(&'a Partner),
    /// A fact.
    Fact(&'a Fact),
    /// A fill-in.
    Local(&'a Local),
    /// `toolkit.yaml`.
    Settings,
}

/// A text.
#[derive(Debug)]
pub struct HeardText {
    /// The key it stands in; none for a part of a body.
    pub key: Option<&'static str>,
    /// Where it stands.
    pub locator: Locator,
    /// Who reads it.
    pub readers: Readers,
    /// Whether only partners read it.
    pub coaching: bool,
    /// As they read it.
    pub prose: Prose,
}

/// A body as some readers read it.
#[derive(Clone, Debug)]
pub struct HeardVersion {
    /// Who.
    pub readers: Readers,
    /// Its parts, by their numbers in [`Heard::texts`].
    pub parts: Vec<usize>,
}

/// A block of a thing's texts, with all who read it.
#[derive(Clone, Copy, Debug)]
pub struct HeardBlock<'a> {
    /// The text it stands in.
    pub text: &'a HeardText,
    /// The block.
    pub block: &'a Block,
    /// All who read it, also in other versions of the body.
    pub readers: Readers,
}

impl<'a> Subject<'a> {
    /// The item, if it is one.
    #[must_use]
    pub fn item(self) -> Option<&'a Item> {
        match self {
            Self::Item(_, item) => Some(item.for_checks()),
            _ => None,
        }
    }

    /// As commands and findings name it: `messages/safer`, `audiences/police`.
    #[must_use]
    pub fn name(self) -> Option<String> {
        match self {
            Self::Item(_, item) => Some(item.for_checks().name()),
            Self::Audience(audience) => Some(format!("audiences/{}", audience.id)),
            _ => None,
        }
    }
}

impl HeardText {
    /// The place of `range` of its words.
    #[must_use]
    pub fn at(&self, range: std::ops::Range<usize>) -> At {
        self.locator.at(self.prose.span(range))
    }

    /// The place of something special, with all of its link.
    #[must_use]
    pub fn at_mark(&self, mark: &Mark) -> At {
        self.locator.at(mark.span)
    }

    /// Where it uses facts, by their numbers in the toolkit.
    pub fn facts(&self) -> impl Iterator<Item = (usize, &Mark)> {
        self.prose.marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::FactReads(n) | MarkKind::FactWords(n) => Some((n as usize, mark)),
            _ => None,
        })
    }

    /// Where it uses fill-ins, by their numbers in the toolkit.
    pub fn locals(&self) -> impl Iterator<Item = (usize, &Mark)> {
        self.prose.marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::LocalValue(n) | MarkKind::LocalWords(n) => Some((n as usize, mark)),
            _ => None,
        })
    }
}

impl Heard<'_> {
    /// The texts under a key: one for all, or one for each case.
    pub fn under<'b>(&'b self, key: &'b str) -> impl Iterator<Item = &'b HeardText> {
        self.texts.iter().filter(move |text| text.key == Some(key))
    }

    /// The blocks that readers read, without coaching and code, in the order of the file. Each is there once, also where
    /// several versions of a body hold it.
    #[must_use]
    pub fn blocks(&self) -> Vec<HeardBlock<'_>> {
        let mut all: Vec<HeardBlock<'_>> = Vec::new();
        let mut known: HashMap<(u32, u32), usize> = HashMap::new();
        for text in self.texts.iter().filter(|text| !text.coaching) {
            for block in text.prose.blocks.iter().filter(|block| block.kind != BlockKind::Code) {
                if text.key.is_none() {
                    let at = *known.entry(text.prose.span(block.range.clone())).or_insert(all.len());
                    if let Some(first) = all.get_mut(at) {
                        first.readers = first.readers.and(text.readers);
                        continue;
                    }
                }
                all.push(HeardBlock { text, block, readers: text.readers });
            }
        }
        // versions that are read as a whole come one after the other
        all.sort_by_key(|heard| heard.text.key.is_none().then(|| heard.text.prose.span(heard.block.range.clone())));
        all
    }

    /// The parts of a version.
    pub fn parts<'b>(&'b self, version: &'b HeardVersion) -> impl Iterator<Item = &'b HeardText> {
        version.parts.iter().filter_map(|n| self.texts.get(*n))
    }
}

/// A text without Markdown under a key of a file.
fn plain(text: &str, key: &'static str, file: &Arc<str>, path: KeyPath, readers: Readers, coaching: bool) -> HeardText {
    let locator = Locator { file: Arc::clone(file), key: Some(path) };
    HeardText { key: Some(key), locator, readers, coaching, prose: Prose::plain(text) }
}

/// The texts of a profile beside those that [`super::Voice`] tells.
pub(super) fn profile(audience: &Audience) -> Vec<HeardText> {
    let readers = Readers::only(audience.reader);
    let one = |key: &'static str, text: &str, coaching| {
        plain(text, key, &audience.file, KeyPath::top(key), readers, coaching)
    };
    let mut texts = vec![one("name", &audience.name, false)];
    texts.extend(audience.short_name.as_ref().map(|name| one("short_name", name, false)));
    for (name, word) in &audience.words.0 {
        texts.push(plain(word, "words", &audience.file, KeyPath::top("words").key(name), readers, false));
    }
    let key = Key::for_checks();
    texts.extend(audience.tone.open(key).as_ref().map(|tone| one("tone", tone, true)));
    let lists = [
        ("values", audience.values.open(key)),
        ("trusted_messengers", audience.trusted_messengers.open(key)),
        ("channels", audience.channels.open(key)),
    ];
    for (name, list) in lists {
        for (n, text) in list.iter().enumerate() {
            texts.push(plain(text, name, &audience.file, KeyPath::top(name).index(n), readers, true));
        }
    }
    texts
}

/// The texts of facts, fill-ins and `toolkit.yaml`, which are shown as they are.
pub(super) fn entries(toolkit: &Toolkit) -> Vec<Heard<'_>> {
    let mut all = vec![settings(toolkit)];
    all.extend(toolkit.facts.iter().map(fact));
    let file: Arc<str> = "content/local.yaml".into();
    all.extend(toolkit.local.iter().filter_map(|local| {
        let path = KeyPath::top(&local.key);
        let path = if local.described { path.key("value") } else { path };
        let text = plain(local.value.as_deref()?, "value", &file, path, toolkit.everyone(), false);
        Some(Heard { subject: Subject::Local(local), texts: vec![text], versions: Vec::new() })
    }));
    all
}

fn fact(fact: &Fact) -> Heard<'_> {
    let keys: [(&'static str, Option<&Arc<str>>); 7] = [
        ("label", Some(&fact.label)),
        ("reads", Some(&fact.reads)),
        ("plain", Some(&fact.plain)),
        ("place", fact.place.as_ref()),
        ("period", fact.period.as_ref()),
        ("sample", fact.sample.as_ref()),
        ("caveat", fact.caveat.as_ref()),
    ];
    let texts = keys
        .into_iter()
        .filter_map(|(key, text)| Some(plain(text?, key, &fact.entry.file, fact.entry.key(key), fact.readers, false)))
        .collect();
    Heard { subject: Subject::Fact(fact), texts, versions: Vec::new() }
}

fn settings(toolkit: &Toolkit) -> Heard<'_> {
    let settings = &toolkit.settings;
    let file: Arc<str> = "toolkit.yaml".into();
    let everyone = toolkit.everyone();
    let keys = [
        ("title", Some(&settings.title)),
        ("organization", settings.organization.as_ref()),
        ("description", settings.description.as_ref()),
    ];
    let mut texts: Vec<HeardText> = keys
        .into_iter()
        .filter_map(|(key, text)| Some(plain(text?, key, &file, KeyPath::top(key), everyone, false)))
        .collect();
    for (n, entry) in settings.menu.iter().flatten().enumerate() {
        let path = KeyPath::top("menu").index(n).key("title");
        texts.push(plain(&entry.title, "menu", &file, path, everyone, false));
    }
    for (name, word) in &settings.words.0 {
        // an audience with a word of its own does not read this one
        let readers = everyone.iter().filter(|reader| toolkit.word(name, *reader) == Some(word));
        let readers = readers.fold(Readers::NONE, |all, reader: Reader| all.and(Readers::only(reader)));
        texts.push(plain(word, "words", &file, KeyPath::top("words").key(name), readers, false));
    }
    Heard { subject: Subject::Settings, texts, versions: Vec::new() }
}
