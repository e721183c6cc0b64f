//! `toolkit.json` read back: every message, question, point and fact with the words that each audience reads.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// What a site says, item by item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// In the order of the file: messages, questions, points, facts.
    pub things: Vec<Thing>,
}

/// A message, question, point or fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// As commands name it: `messages/safer`, `facts/seattle-arrest-odds`.
    pub name: String,
    /// What each reader reads; a fact has one version, of nobody's.
    pub versions: Vec<Version>,
}

/// An item as one audience reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// The audience's id or `general`; empty for a fact.
    pub audience: String,
    /// Where it stands on the site; empty for a fact.
    pub address: String,
    /// Its words by key, the body last as `text`.
    pub texts: Vec<(String, String)>,
}

/// The file as it is written by `render/data.rs`. What an older version did not write is empty.
#[derive(Default, Deserialize)]
#[serde(default)]
struct File {
    messages: Vec<Item>,
    questions: Vec<Item>,
    points: Vec<Item>,
    facts: Vec<Map<String, Value>>,
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
        let items = [("messages", file.messages), ("faqs", file.questions), ("talking-points", file.points)];
        let items = items.into_iter().flat_map(|(folder, items)| items.into_iter().map(move |item| item.thing(folder)));
        Some(Self { things: items.chain(file.facts.iter().map(fact)).collect() })
    }

    /// The things by their names.
    #[must_use]
    pub fn by_name(&self) -> BTreeMap<&str, &Thing> {
        self.things.iter().map(|thing| (thing.name.as_str(), thing)).collect()
    }
}

impl Item {
    fn thing(self, folder: &str) -> Thing {
        let part = |n: usize| self.parts.get(n).map(String::as_str).unwrap_or_default();
        let versions = self.versions.iter().map(|told| {
            let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
            let texts = told.texts.iter().filter_map(|(key, n)| Some((key.clone(), part(number(n)?).to_owned())));
            let body: Vec<&str> = told.body.iter().map(|n| part(*n).trim()).filter(|part| !part.is_empty()).collect();
            let body = (!body.is_empty()).then(|| ("text".to_owned(), body.join("\n")));
            let texts = texts.chain(body).collect();
            Version { audience: told.audience.clone(), address: told.address.clone(), texts }
        });
        Thing { name: format!("{folder}/{}", self.id), versions: versions.collect() }
    }
}

fn fact(fact: &Map<String, Value>) -> Thing {
    let text =
        |value: &Value| value.as_str().map(str::to_owned).or_else(|| (!value.is_null()).then(|| value.to_string()));
    let id = fact.get("id").and_then(Value::as_str).unwrap_or_default();
    let texts = fact.iter().filter(|(key, _)| *key != "id");
    let texts = texts.filter_map(|(key, value)| Some((key.clone(), text(value)?))).collect();
    Thing { name: format!("facts/{id}"), versions: vec![Version { texts, ..Version::default() }] }
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
