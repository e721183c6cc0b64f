//! `toolkit.json`: all that the site says, item by item: messages, questions, points, facts, wins, stories, free pages, what
//! is said of audiences, members and words. In the partners edition the tough questions, too. Of free pages it has title and
//! summary alone: they can be many and long, and nobody tells them anew.
//!
//! Every text stands once, however many audiences read it: an item's `parts` holds the words, and a version names
//! them by number, its texts by key and its body as a list. So the file grows with what is written, not with who reads it.

use std::borrow::Cow;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use tera::Value;

use super::page::Site;
use super::pages::words;
use super::parts::Parts;
use super::things::Numbered;
use crate::toolkit;
use crate::toolkit::edition::Guarded;
use crate::toolkit::id::{Kind, Reader};
use crate::toolkit::partner::Partner;
use crate::toolkit::term::Term;
use crate::voice::{Fingerprint, Phrase, ToldPartner};

#[derive(Serialize)]
struct Data<'a> {
    schema: u8,
    title: &'a str,
    organization: Option<&'a str>,
    description: Option<&'a str>,
    edition: &'a str,
    language: &'a str,
    base_url: Option<&'a str>,
    audiences: Vec<Audience<'a>>,
    messages: Vec<Item<'a>>,
    questions: Vec<Item<'a>>,
    points: Vec<Item<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tough_questions: Vec<Item<'a>>,
    wins: Vec<Item<'a>>,
    stories: Vec<Item<'a>>,
    pages: Pages<'a>,
    facts: Vec<Fact<'a>>,
    members: Vec<Member<'a>>,
    words: Vec<Word<'a>>,
}

/// The free pages, each made when it is written: they can be many.
struct Pages<'a>(&'a Site<'a>);

impl Serialize for Pages<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(shown(self.0, Kind::Page).map(|at| item_data(self.0, at)))
    }
}

#[derive(Serialize)]
struct Audience<'a> {
    id: &'a str,
    name: &'a str,
    short_name: &'a str,
    summary: Option<&'a str>,
    ask: Option<&'a str>,
    concerns: Vec<Concern<'a>>,
}

#[derive(Serialize)]
struct Concern<'a> {
    id: &'a str,
    says: &'a str,
}

#[derive(Serialize)]
struct Member<'a> {
    id: &'a str,
    name: &'a str,
    r#type: &'a str,
    since: Option<&'a str>,
    does: Option<Cow<'a, str>>,
    says: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct Word<'a> {
    id: &'a str,
    avoid: &'a [Arc<str>],
    say: &'a [Arc<str>],
    why: &'a str,
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
    #[serde(skip_serializing_if = "String::is_empty")]
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
        description: settings.description.as_deref(),
        edition: site.view.edition.name(),
        language: settings.language(),
        base_url: site.address.base_url.as_deref(),
        audiences: site.toolkit.audiences.iter().map(|it| audience(site, it)).collect(),
        messages: items(site, Kind::Message),
        questions: items(site, Kind::Faq),
        points: items(site, Kind::TalkingPoint),
        tough_questions: items(site, Kind::ToughQuestion),
        wins: items(site, Kind::Win),
        stories: items(site, Kind::Story),
        pages: Pages(site),
        facts: site.plan.used.facts.iter().map(|n| fact(site, *n)).collect(),
        members: members(site),
        words: words::shown(site.toolkit, site.view).map(word).collect(),
    };
    // texts and numbers always have a JSON form
    let mut bytes = serde_json::to_vec(&data).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// What a reader's pages share says it as they do: a worry that nothing answers is not public.
fn audience<'a>(site: &'a Site<'_>, it: &'a toolkit::audience::Audience) -> Audience<'a> {
    let values = site.shared(it.reader).map(|shared| &shared.audience);
    let own = |key: &'static str| values.and_then(|values| text(values, key));
    let concerns = values.and_then(|values| values.get_from_path("concerns")).and_then(Value::as_array);
    let concern = |value: &'a Value| Some(Concern { id: text(value, "id")?, says: text(value, "says")? });
    Audience {
        id: &it.id,
        name: &it.name,
        short_name: it.short_name(),
        summary: own("summary"),
        ask: own("ask"),
        concerns: concerns.unwrap_or_default().iter().filter_map(concern).collect(),
    }
}

fn text<'v>(value: &'v Value, key: &'v str) -> Option<&'v str> {
    value.get_from_path(key).and_then(Value::as_str)
}

fn members<'a>(site: &'a Site<'_>) -> Vec<Member<'a>> {
    let teller = site.teller(Reader::GENERAL);
    let all = site.toolkit.partners.iter().zip(&site.voice.partners);
    let member = |(partner, told): (&'a Partner, &'a ToldPartner)| {
        let plain =
            |phrase: &Option<Phrase>| phrase.as_ref().map(|phrase| Cow::from(teller.plain(phrase).into_owned()));
        Member {
            id: &partner.id,
            name: &partner.name,
            r#type: partner.kind.name(),
            since: partner.since.as_ref().map(|since| &*since.0),
            does: plain(&told.does),
            says: plain(&told.says),
        }
    };
    all.map(member).collect()
}

fn word(term: &Term) -> Word<'_> {
    Word { id: term.id.as_deref().unwrap_or_default(), avoid: &term.avoid, say: &term.say, why: &term.why }
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
    let all: Vec<Numbered<'_>> = shown(site, kind).collect();
    all.into_par_iter().map(|at| item_data(site, at)).collect()
}

/// The items of a kind that the edition shows.
fn shown<'a>(site: &'a Site<'_>, kind: Kind) -> impl Iterator<Item = Numbered<'a>> {
    let all = site.toolkit.items(kind);
    let start = all.first().and_then(|item| site.toolkit.item_index(kind, &item.for_checks().id)).unwrap_or(0);
    let numbered = move |(n, item): (usize, &'a Guarded<toolkit::item::Item>)| {
        Some(Numbered { n: start + n, item: item.for_view(site.view).ok()? })
    };
    all.iter().enumerate().filter_map(numbered)
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
    let keys = [
        at.item.heading_key,
        "claim",
        "summary",
        "sound_bite",
        "thirty_seconds",
        "sixty_seconds",
        "who",
        "tempting",
        "why_it_fails",
        "bridge",
    ];
    let texts: Vec<(&'static str, usize)> =
        keys.into_iter().filter_map(|key| Some((key, parts.phrase(site, told.text(key, reader)?, reader)))).collect();
    let is_page = at.item.kind == Kind::Page;
    let body: Vec<usize> =
        if is_page { &[] } else { told.body(reader) }.iter().map(|part| parts.fragment(site, part, reader)).collect();
    let mut words = String::new();
    for n in texts.iter().map(|(_, n)| n).chain(&body) {
        words.push_str(&parts.words[*n]);
        words.push('\n');
    }
    let audience = site.toolkit.reader_name(reader);
    let version = if is_page { String::new() } else { Fingerprint::of_words(&words).code() };
    Some(Version { audience, address: format!("/{address}"), texts: Texts(texts), body, version })
}
