//! `toolkit.json`: every message, question, point and fact as published.
//!
//! A text is a list of parts, and each part stands once, however many audiences read it: `parts` holds the words, a
//! version names its parts by number. So the file grows with what is written, not with who reads it.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::page::Site;
use super::texts::{Cites, Place};
use super::things::Numbered;
use crate::toolkit::id::{Kind, Reader};
use crate::voice::fragment::plain;
use crate::voice::{Fingerprint, Fragment};

#[derive(Serialize)]
struct Data<'a> {
    schema: u8,
    title: &'a str,
    organization: Option<&'a str>,
    edition: &'a str,
    language: &'a str,
    base_url: Option<&'a str>,
    audiences: Vec<Audience<'a>>,
    messages: Vec<Item<'a>>,
    questions: Vec<Item<'a>>,
    points: Vec<Item<'a>>,
    facts: Vec<Fact<'a>>,
}

#[derive(Serialize)]
struct Audience<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    parts: Vec<String>,
    versions: Vec<Version<'a>>,
}

#[derive(Serialize)]
struct Version<'a> {
    audience: &'a str,
    address: String,
    #[serde(flatten)]
    texts: Texts<'a>,
    parts: Vec<usize>,
    version: String,
}

/// Texts by key, in their order.
struct Texts<'a>(Vec<(&'static str, std::borrow::Cow<'a, str>)>);

impl Serialize for Texts<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, text)| (key, text)))
    }
}

#[derive(Serialize)]
struct Fact<'a> {
    id: &'a str,
    label: &'a str,
    value: &'a str,
    unit: &'a str,
    reads: &'a str,
    plain: &'a str,
    caveat: Option<&'a str>,
    source: Option<&'a str>,
    review_by: String,
}

/// The file.
pub fn json(site: &Site<'_>) -> Vec<u8> {
    let settings = &site.toolkit.settings;
    let data = Data {
        schema: 1,
        title: &settings.title,
        organization: settings.organization.as_deref(),
        edition: site.view.edition.name(),
        language: settings.language(),
        base_url: site.address.base_url.as_deref(),
        audiences: site.toolkit.audiences.iter().map(|a| Audience { id: &a.id, name: &a.name }).collect(),
        messages: items(site, Kind::Message),
        questions: items(site, Kind::Faq),
        points: items(site, Kind::TalkingPoint),
        facts: site.plan.used.facts.iter().map(|n| fact(site, *n)).collect(),
    };
    // texts and numbers always have a JSON form
    let mut bytes = serde_json::to_vec(&data).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn fact<'a>(site: &'a Site<'_>, n: u32) -> Fact<'a> {
    let fact = &site.toolkit.facts[n as usize];
    Fact {
        id: &fact.id,
        label: &fact.label,
        value: &fact.value.0,
        unit: &fact.unit,
        reads: &fact.reads,
        plain: &fact.plain,
        caveat: fact.caveat.as_deref(),
        source: site.toolkit.sources.get(&fact.source).map(|source| &*source.title),
        review_by: fact.review_by.0.to_string(),
    }
}

fn items<'a>(site: &'a Site<'_>, kind: Kind) -> Vec<Item<'a>> {
    let all = site.toolkit.items(kind);
    let start = all.first().and_then(|item| site.toolkit.item_index(kind, &item.for_checks().id)).unwrap_or(0);
    all.par_iter()
        .enumerate()
        .filter_map(|(n, item)| Some(item_data(site, Numbered { n: start + n, item: item.for_view(site.view).ok()? })))
        .collect()
}

fn item_data<'a>(site: &'a Site<'_>, at: Numbered<'a>) -> Item<'a> {
    let mut parts = Parts::default();
    let versions = at.item.readers.iter().filter_map(|reader| version(site, at, reader, &mut parts)).collect();
    Item { id: &at.item.id, parts: parts.words, versions }
}

fn version<'a>(site: &'a Site<'_>, at: Numbered<'a>, reader: Reader, parts: &mut Parts) -> Option<Version<'a>> {
    let number = u32::try_from(at.n).ok()?;
    let address = site.links().item(number, reader)?;
    let told = &site.voice.items[at.n];
    let teller = site.teller(reader);
    let keys = [at.item.heading_key, "claim", "sound_bite", "thirty_seconds", "sixty_seconds"];
    let texts: Vec<_> = keys.into_iter().filter_map(|key| Some((key, teller.plain(told.text(key, reader)?)))).collect();
    let numbers: Vec<usize> = told.body(reader).iter().map(|part| parts.number(site, part, reader)).collect();
    let mut words = String::new();
    for text in texts.iter().map(|(_, text)| &**text).chain(numbers.iter().map(|n| parts.words[*n].as_str())) {
        words.push_str(text);
        words.push('\n');
    }
    let audience = site.toolkit.reader_name(reader);
    let version = Fingerprint::of_words(&words).code();
    Some(Version { audience, address: format!("/{address}"), texts: Texts(texts), parts: numbers, version })
}

/// The parts of an item's text so far, each once.
#[derive(Default)]
struct Parts {
    words: Vec<String>,
    numbers: HashMap<(*const Fragment, Option<Reader>), usize>,
}

impl Parts {
    /// The number of a part; one that asks for a reader's own words has a number for each reader.
    fn number(&mut self, site: &Site<'_>, part: &Arc<Fragment>, reader: Reader) -> usize {
        let key = (Arc::as_ptr(part), (!part.words.is_empty()).then_some(reader));
        if let Some(n) = self.numbers.get(&key) {
            return *n;
        }
        let mut cites = Cites::default();
        let mut place = Place { root: "", cites: &mut cites };
        let (html, _) = site.teller(reader).body(std::slice::from_ref(part), &mut place);
        self.words.push(plain(&super::things::without_marks(&html)));
        self.numbers.insert(key, self.words.len() - 1);
        self.words.len() - 1
    }
}
