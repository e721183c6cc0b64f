//! `toolkit.json`: every message, question, point and fact as published.
//!
//! Every text stands once, however many audiences read it: an item's `parts` holds the words, and a version names
//! them by number, its texts by key and its body as a list. So the file grows with what is written, not with who reads it.

use rayon::prelude::*;
use serde::Serialize;

use super::page::Site;
use super::parts::Parts;
use super::things::Numbered;
use crate::toolkit::id::{Kind, Reader};
use crate::voice::Fingerprint;

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
    texts: Texts,
    body: Vec<usize>,
    version: String,
}

/// The numbers of texts by key, in their order.
struct Texts(Vec<(&'static str, usize)>);

impl Serialize for Texts {
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
    let keys = [at.item.heading_key, "claim", "sound_bite", "thirty_seconds", "sixty_seconds"];
    let texts: Vec<(&'static str, usize)> =
        keys.into_iter().filter_map(|key| Some((key, parts.phrase(site, told.text(key, reader)?, reader)))).collect();
    let body: Vec<usize> = told.body(reader).iter().map(|part| parts.fragment(site, part, reader)).collect();
    let mut words = String::new();
    for n in texts.iter().map(|(_, n)| n).chain(&body) {
        words.push_str(&parts.words[*n]);
        words.push('\n');
    }
    let audience = site.toolkit.reader_name(reader);
    let version = Fingerprint::of_words(&words).code();
    Some(Version { audience, address: format!("/{address}"), texts: Texts(texts), body, version })
}
