//! `toolkit.json` read back: all that a site says, thing by thing, with the words that each audience reads.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::pipeline::Checked;
use crate::toolkit::id::{Kind, Reader};
use crate::voice::sign_off::{BODY, Signable, sign_off, texts};

/// What a site says, item by item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Items first, then facts, audiences, members, words, and the settings last.
    pub things: Vec<Thing>,
}

/// The words of free pages, which `toolkit.json` does not hold: by page and by audience.
pub type Bodies = BTreeMap<String, BTreeMap<String, String>>;

/// The words of the free pages that a checked toolkit's site shows.
#[must_use]
pub fn bodies(checked: &Checked) -> Bodies {
    let toolkit = &checked.toolkit;
    let mut all = Bodies::new();
    for item in toolkit.items(Kind::Page) {
        let Ok(item) = item.for_view(&checked.view) else { continue };
        let Some(n) = toolkit.item_index(Kind::Page, &item.id) else { continue };
        let words = |reader: Reader| {
            let (words, _) = sign_off(Signable::Item(n), reader, toolkit, &checked.voice)?;
            let body = texts(&words).into_iter().find(|(key, _)| *key == BODY)?.1.to_owned();
            Some((toolkit.reader_name(reader).to_owned(), body))
        };
        all.insert(item.name(), item.readers.iter().filter_map(words).collect());
    }
    all
}

/// The name of the settings that readers see: title, publisher, description.
pub const SETTINGS: &str = "toolkit.yaml";

/// Something that a site says: an item, a fact, a profile, a member, a word, the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// As commands name it: `messages/safer`, `facts/seattle-arrest-odds`.
    pub name: String,
    /// What each reader reads; what is no item has one version, of nobody's.
    pub versions: Vec<Version>,
}

/// An item as one audience reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// The audience's id or `general`; empty for what is no item.
    pub audience: String,
    /// Where it stands on the site; empty for what is no item.
    pub address: String,
    /// Its words by key, the body last as `text`.
    pub texts: Vec<(String, String)>,
}

/// The file as it is written by `render/data.rs`. What an older version did not write is empty.
#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    title: String,
    organization: Option<String>,
    description: Option<String>,
    messages: Vec<Item>,
    questions: Vec<Item>,
    points: Vec<Item>,
    tough_questions: Vec<Item>,
    wins: Vec<Item>,
    stories: Vec<Item>,
    pages: Vec<Item>,
    facts: Vec<Map<String, Value>>,
    audiences: Vec<Map<String, Value>>,
    members: Vec<Map<String, Value>>,
    words: Vec<Map<String, Value>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Item {
    id: String,
    parts: Vec<String>,
    versions: Vec<Told>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    audience: String,
    address: String,
    texts: Map<String, Value>,
    body: Vec<usize>,
}

impl Published {
    /// Reads the file; `None` if it is no such file.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let file: File = serde_json::from_slice(bytes).ok()?;
        let settings = file.settings();
        let items = [
            ("messages", file.messages),
            ("faqs", file.questions),
            ("talking-points", file.points),
            ("tough-questions", file.tough_questions),
            ("stories", file.stories),
            ("wins", file.wins),
            ("pages", file.pages),
        ];
        let items = items.into_iter().flat_map(|(folder, items)| items.into_iter().map(move |item| item.thing(folder)));
        let others =
            [("facts", file.facts), ("audiences", file.audiences), ("partners", file.members), ("terms", file.words)];
        let others =
            others.into_iter().flat_map(|(folder, list)| list.into_iter().map(move |entry| thing(folder, &entry)));
        Some(Self { things: items.chain(others).chain([settings]).collect() })
    }

    /// Adds the words of free pages.
    pub fn add(&mut self, bodies: &Bodies) {
        for thing in &mut self.things {
            let Some(body) = bodies.get(&thing.name) else { continue };
            for version in &mut thing.versions {
                version.texts.extend(body.get(&version.audience).map(|words| (BODY.to_owned(), words.clone())));
            }
        }
    }

    /// The things by their names.
    #[must_use]
    pub fn by_name(&self) -> BTreeMap<&str, &Thing> {
        self.things.iter().map(|thing| (thing.name.as_str(), thing)).collect()
    }
}

impl File {
    fn settings(&self) -> Thing {
        let texts = [("organization", &self.organization), ("description", &self.description)];
        let texts = texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text.clone()?)));
        let texts = [("title".to_owned(), self.title.clone())].into_iter().chain(texts).collect();
        Thing { name: SETTINGS.to_owned(), versions: vec![Version { texts, ..Version::default() }] }
    }
}

impl Item {
    fn thing(self, folder: &str) -> Thing {
        let part = |n: usize| self.parts.get(n).map(String::as_str).unwrap_or_default();
        let versions = self.versions.iter().map(|told| {
            let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
            let texts = told.texts.iter().filter_map(|(key, n)| Some((key.clone(), part(number(n)?).to_owned())));
            let body: Vec<&str> = told.body.iter().map(|n| part(*n).trim()).filter(|part| !part.is_empty()).collect();
            let body = (!body.is_empty()).then(|| (BODY.to_owned(), body.join("\n")));
            let texts = texts.chain(body).collect();
            Version { audience: told.audience.clone(), address: told.address.clone(), texts }
        });
        Thing { name: format!("{folder}/{}", self.id), versions: versions.collect() }
    }
}

/// An entry of a list: its texts by key, lists of texts in one line, what has an id of its own under it.
fn thing(folder: &str, entry: &Map<String, Value>) -> Thing {
    let id = |entry: &Map<String, Value>| entry.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut texts = Vec::new();
    for (key, value) in entry.iter().filter(|(key, _)| *key != "id") {
        match value {
            Value::Null => {}
            Value::String(text) => texts.push((key.clone(), text.clone())),
            Value::Array(list) if list.iter().all(Value::is_string) => {
                let list: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                if !list.is_empty() {
                    texts.push((key.clone(), list.join("; ")));
                }
            }
            Value::Array(list) => {
                for own in list.iter().filter_map(Value::as_object) {
                    let says = own.get("says").and_then(Value::as_str).unwrap_or_default();
                    texts.push((format!("{key} {}", id(own)), says.to_owned()));
                }
            }
            other => texts.push((key.clone(), other.to_string())),
        }
    }
    Thing { name: format!("{folder}/{}", id(entry)), versions: vec![Version { texts, ..Version::default() }] }
}

impl Thing {
    /// What it is known by: a title, a question, a point, a label.
    #[must_use]
    pub fn title(&self) -> &str {
        let texts = self.versions.iter().flat_map(|version| &version.texts);
        texts.map(|(_, words)| words.as_str()).find(|words| !words.trim().is_empty()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_others_wrote_is_read_as_far_as_it_goes() {
        for nothing in ["", "7", "no", "{\"messages\": 1}", "\u{0}"] {
            assert_eq!(Published::read(nothing.as_bytes()), None, "{nothing}");
        }
        let odd = br#"{"messages": [{"id": "a", "parts": ["x"], "versions": [
            {"audience": "b", "texts": {"title": 7, "claim": -1, "more": "y"}, "body": [0, 9]}]}], "facts": [{}], "new": 1}"#;
        let odd = Published::read(odd).unwrap();
        assert_eq!(odd.things[0].name, "messages/a");
        let texts = &odd.things[0].versions[0].texts;
        assert_eq!(texts, &[("title".to_owned(), String::new()), ("text".to_owned(), "x".to_owned())]);
        assert_eq!((odd.things[0].title(), odd.things[1].name.as_str()), ("x", "facts/"));
    }
}
