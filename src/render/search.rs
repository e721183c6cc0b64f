//! What can be found on a site: one script file with the words of this edition's own pages.
//!
//! It is made from the same texts as the pages, and only from those that the edition shows; so nothing else can be found.
//! Like `toolkit.json` it holds every text once. A version for an audience is there only where it reads differently.
//! A script file and no data file, because a page that is opened from a disk may load no other.

use rayon::prelude::*;
use serde::Serialize;
use tera::Value;

use super::page::Site;
use super::pages;
use super::parts::Parts;
use super::things::Numbered;
use crate::plan::PageKind;
use crate::toolkit::edition::Guarded;
use crate::toolkit::id::{Kind, Reader};
use crate::toolkit::item::Item;
use crate::voice::Told;

/// The address of the file from the root.
pub const FILE: &str = "search/index.js";

/// What is found, as a reader names it: the theme's word for each.
const KINDS: [&str; 11] = [
    "found_message",
    "found_question",
    "found_point",
    "found_tough",
    "found_story",
    "found_page",
    "found_fact",
    "found_win",
    "found_words",
    "found_partner",
    "found_audience",
];

const FACT: usize = 6;
const WORDS: usize = 8;
const PARTNER: usize = 9;
const AUDIENCE: usize = 10;

#[derive(Serialize)]
struct Index<'a> {
    kinds: Vec<&'a str>,
    readers: Vec<&'a str>,
    items: Vec<Entry>,
}

/// The number of its kind, its texts, and where it is read.
#[derive(Serialize)]
struct Entry(usize, Vec<String>, Vec<Version>);

/// Path from the root, number of the reader, number of the title, numbers of the texts.
#[derive(Serialize)]
struct Version(String, u8, usize, Vec<usize>);

/// The script file.
#[must_use]
pub fn script(site: &Site<'_>) -> Vec<u8> {
    let words = &site.theme.words;
    let everyone = std::iter::once(words.get("everyone"));
    let index = Index {
        kinds: KINDS.iter().map(|name| words.get(name)).collect(),
        readers: everyone.chain(site.toolkit.audiences.iter().map(|audience| &*audience.name)).collect(),
        items: entries(site),
    };
    let mut out = b"window.onevoice=".to_vec();
    // texts and numbers always have a JSON form
    out.append(&mut serde_json::to_vec(&index).unwrap_or_default());
    out.extend(b";\n");
    out
}

fn entries(site: &Site<'_>) -> Vec<Entry> {
    let kinds = [Kind::Message, Kind::Faq, Kind::TalkingPoint, Kind::ToughQuestion, Kind::Story, Kind::Page];
    let mut entries = Vec::new();
    for (n, kind) in kinds.into_iter().enumerate() {
        entries.extend(items(site, n, kind));
    }
    entries.extend(facts(site));
    entries.extend(items(site, FACT + 1, Kind::Win));
    entries.extend(terms(site));
    entries.extend(partners(site));
    entries.extend(audiences(site));
    entries
}

fn items(site: &Site<'_>, n: usize, kind: Kind) -> Vec<Entry> {
    let all = site.toolkit.items(kind);
    let start = all.first().and_then(|item| site.toolkit.item_index(kind, &item.for_checks().id)).unwrap_or(0);
    let entry = |at: usize, item: &Guarded<Item>| {
        entry(site, n, Numbered { n: start + at, item: item.for_view(site.view).ok()? })
    };
    // a thread that makes pages and waits here for others could take up a page that waits for this very list
    if rayon::current_thread_index().is_some() {
        return all.iter().enumerate().filter_map(|(at, item)| entry(at, item)).collect();
    }
    all.par_iter().enumerate().filter_map(|(at, item)| entry(at, item)).collect()
}

fn entry(site: &Site<'_>, kind: usize, at: Numbered<'_>) -> Option<Entry> {
    let told = &site.voice.items[at.n];
    let mut parts = Parts::default();
    let mut versions: Vec<Version> = Vec::new();
    for reader in at.item.readers.iter() {
        let Some(path) = path(site, at, reader) else { continue };
        let Some(title) = told.text(at.item.heading_key, reader) else { continue };
        let title = parts.phrase(site, title, reader);
        let texts = texts(site, told, at.item.kind, reader, &mut parts);
        if !versions.iter().any(|version| version.2 == title && version.3 == texts) {
            versions.push(Version(path, number(reader), title, texts));
        }
    }
    (!versions.is_empty()).then_some(Entry(kind, parts.words, versions))
}

/// Where a reader reads an item; free pages and stories have a page of their own only for some.
fn path(site: &Site<'_>, at: Numbered<'_>, reader: Reader) -> Option<String> {
    let number = u32::try_from(at.n).ok()?;
    let address = if matches!(at.item.kind, Kind::Page | Kind::Story) {
        site.plan.own_page(number, reader)?.address.to_string()
    } else {
        site.links().item(number, reader)?
    };
    Some(site.teller(reader).path(&address))
}

/// The texts that a reader can find an item by. What is made to be said aloud says again what the text says.
fn texts(site: &Site<'_>, told: &Told, kind: Kind, reader: Reader, parts: &mut Parts) -> Vec<usize> {
    let keys: &[&str] = match kind {
        Kind::Message => &["claim"],
        Kind::Win => &["who"],
        Kind::ToughQuestion => &["bridge"],
        Kind::Story | Kind::Page => &["summary"],
        _ => &[],
    };
    let phrases = keys.iter().filter_map(|key| told.text(key, reader));
    let mut list: Vec<usize> = phrases.map(|phrase| parts.phrase(site, phrase, reader)).collect();
    list.extend(told.body(reader).iter().map(|part| parts.fragment(site, part, reader)));
    list.retain(|n| !parts.words[*n].is_empty());
    list
}

fn number(reader: Reader) -> u8 {
    reader.index().and_then(|n| u8::try_from(n + 1).ok()).unwrap_or(0)
}

/// An entry that everyone reads in one place.
fn plain_entry(kind: usize, path: String, title: String, texts: impl IntoIterator<Item = String>) -> Entry {
    let words: Vec<String> = std::iter::once(title).chain(texts.into_iter().filter(|text| !text.is_empty())).collect();
    let version = Version(path, 0, 0, (1..words.len()).collect());
    Entry(kind, words, vec![version])
}

/// The path of a list for everyone, where there is such a page.
fn list_path(site: &Site<'_>, kind: PageKind) -> Option<String> {
    let page = site.plan.page_of(kind, Reader::GENERAL)?;
    Some(site.teller(Reader::GENERAL).path(&page.address))
}

fn facts(site: &Site<'_>) -> Vec<Entry> {
    let Some(path) = list_path(site, PageKind::Facts) else { return Vec::new() };
    let facts = site.plan.used.facts.iter().map(|n| &site.toolkit.facts[*n as usize]);
    facts
        .map(|fact| {
            let source = site.toolkit.sources.get(&fact.source);
            let texts = [
                fact.plain.to_string(),
                fact.caveat.as_deref().unwrap_or_default().to_owned(),
                source.map(|source| source.title.to_string()).unwrap_or_default(),
            ];
            plain_entry(FACT, format!("{path}#{}", fact.id), fact.label.to_string(), texts)
        })
        .collect()
}

fn terms(site: &Site<'_>) -> Vec<Entry> {
    let Some(path) = list_path(site, PageKind::Words) else { return Vec::new() };
    pages::words::shown(site.toolkit, site.view)
        .map(|term| {
            let anchor = term.id.as_deref().map(|id| format!("#{id}")).unwrap_or_default();
            let join =
                |list: &[_]| list.iter().map(|text: &std::sync::Arc<str>| &**text).collect::<Vec<_>>().join("; ");
            let (say, avoid) = (join(&term.say), join(&term.avoid));
            let title = if say.is_empty() { avoid.clone() } else { say };
            plain_entry(WORDS, format!("{path}{anchor}"), title, [avoid, term.why.to_string()])
        })
        .collect()
}

fn partners(site: &Site<'_>) -> Vec<Entry> {
    let Some(path) = list_path(site, PageKind::Partners) else { return Vec::new() };
    let teller = site.teller(Reader::GENERAL);
    let all = site.toolkit.partners.iter().zip(&site.voice.partners);
    all.map(|(partner, told)| {
        let texts = [&told.does, &told.says].into_iter().flatten().map(|phrase| teller.plain(phrase).into_owned());
        plain_entry(PARTNER, format!("{path}#{}", partner.id), partner.name.to_string(), texts)
    })
    .collect()
}

/// The audiences' homes, with the worries that are public, and what is asked.
fn audiences(site: &Site<'_>) -> Vec<Entry> {
    let text = |value: &Value, key: &str| {
        value.get_from_path(key).and_then(Value::as_str).map(str::to_owned).unwrap_or_default()
    };
    let all = site.toolkit.audiences.iter().filter_map(|audience| Some((audience, site.shared(audience.reader)?)));
    all.map(|(audience, shared)| {
        let value = &shared.audience;
        let concerns = value.get_from_path("concerns").and_then(Value::as_array).unwrap_or_default();
        let texts = [text(value, "summary"), text(value, "ask")];
        let texts = texts.into_iter().chain(concerns.iter().map(|concern| text(concern, "says")));
        let mut entry = plain_entry(AUDIENCE, text(value, "path"), audience.name.to_string(), texts);
        entry.2.iter_mut().for_each(|version| version.1 = number(audience.reader));
        entry
    })
    .collect()
}
