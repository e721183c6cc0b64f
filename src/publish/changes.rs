//! What is new, changed or gone between the site that is out and the one that is about to be.

use std::collections::BTreeMap;

use super::published::{Published, SETTINGS, Thing, Version};
use crate::language::difference::is_same;
use crate::write::Manifest;

/// What differs, item by item, and how many files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What was never public here: items, facts, audiences, members, words, files.
    pub first: Vec<New>,
    /// What was public once, then gone, and comes back.
    pub again: Vec<New>,
    /// Things whose words, readers or addresses differ.
    pub changed: Vec<Changed>,
    /// Things that are no more.
    pub removed: Vec<New>,
    /// All files that differ.
    pub files: Files,
    /// What others did there to files of the last publish, which are written anew.
    pub by_others: ByOthers,
}

/// What others did to files that were published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByOthers {
    /// Which have other bytes.
    pub changed: Vec<String>,
    /// Which are no more there.
    pub missing: Vec<String>,
}

/// Something that comes or goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    /// As commands name it.
    pub name: String,
    /// Its title or question; empty where it has none of its own.
    pub title: String,
    /// Who reads it: audiences' ids and `general`; none for a fact or a file.
    pub audiences: Vec<String>,
}

/// An item that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// As commands name it.
    pub name: String,
    /// What differs, in the order of its texts.
    pub differences: Vec<Difference>,
}

/// One difference, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Who reads it; none for a fact.
    pub audiences: Vec<String>,
    /// What it is.
    pub what: What,
}

/// How a version of an item differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// These readers have a version now.
    Here,
    /// These readers have none any more.
    Gone,
    /// It stands at another address.
    Moved {
        /// Where it was.
        before: String,
        /// Where it is.
        after: String,
    },
    /// Its words.
    Words {
        /// The key in the front matter, or `text` for the body.
        key: String,
        /// What was said; empty where the text is new.
        before: String,
        /// What is said; empty where the text is gone.
        after: String,
    },
}

/// The files of the site that differ, the manifest apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// Which were not there.
    pub new: Vec<String>,
    /// Which have other bytes.
    pub changed: Vec<String>,
    /// Which are no more.
    pub removed: Vec<String>,
}

impl Files {
    /// Whether none differs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

/// What changes from one site to the other in what readers are told. `was` says whether a name was ever public.
#[must_use]
pub fn things(before: &Published, after: &Published, was: impl Fn(&str) -> bool) -> Changes {
    let (old, new) = (before.by_name(), after.by_name());
    let mut changes = Changes::default();
    for thing in &after.things {
        match old.get(thing.name.as_str()) {
            Some(before) => {
                let differences = differences(before, thing);
                if !differences.is_empty() {
                    changes.changed.push(Changed { name: thing.name.clone(), differences });
                }
            }
            None if thing.name == SETTINGS => {} // every site has them
            None if was(&thing.name) => changes.again.push(told(thing)),
            None => changes.first.push(told(thing)),
        }
    }
    changes.removed = before.things.iter().filter(|thing| !new.contains_key(thing.name.as_str())).map(told).collect();
    changes
}

fn told(thing: &Thing) -> New {
    let audiences = thing.versions.iter().map(|version| version.audience.clone()).filter(|id| !id.is_empty());
    New { name: thing.name.clone(), title: thing.title().to_owned(), audiences: audiences.collect() }
}

/// The same difference for several readers is one.
fn differences(before: &Thing, after: &Thing) -> Vec<Difference> {
    let mut all: Vec<Difference> = Vec::new();
    let mut add = |audience: &str, what: What| {
        let audience = (!audience.is_empty()).then(|| audience.to_owned());
        match all.iter_mut().find(|other| other.what == what) {
            Some(other) => other.audiences.extend(audience),
            None => all.push(Difference { audiences: audience.into_iter().collect(), what }),
        }
    };
    let find = |thing: &Thing, audience: &str| thing.versions.iter().position(|version| version.audience == audience);
    for version in &after.versions {
        match find(before, &version.audience).and_then(|n| before.versions.get(n)) {
            Some(old) => compare(old, version, |what| add(&version.audience, what)),
            None => add(&version.audience, What::Here),
        }
    }
    for version in before.versions.iter().filter(|version| find(after, &version.audience).is_none()) {
        add(&version.audience, What::Gone);
    }
    all
}

fn compare(before: &Version, after: &Version, mut add: impl FnMut(What)) {
    if before.address != after.address {
        add(What::Moved { before: before.address.clone(), after: after.address.clone() });
    }
    let words = |version: &Version, key: &str| {
        let text = version.texts.iter().find(|(other, _)| other == key);
        text.map(|(_, words)| words.clone()).unwrap_or_default()
    };
    let gone = before.texts.iter().filter(|(key, _)| after.texts.iter().all(|(other, _)| other != key));
    for key in after.texts.iter().chain(gone).map(|(key, _)| key) {
        let (old, new) = (words(before, key), words(after, key));
        if !is_same(&old, &new) {
            add(What::Words { key: key.clone(), before: old, after: new });
        }
    }
}

/// What others did to the files of `published`, of which `stands` is there now.
#[must_use]
pub fn by_others(published: &Manifest, stands: &Manifest) -> ByOthers {
    let Files { changed, removed, .. } = files(Some(published), stands);
    ByOthers { changed, missing: removed }
}

/// Which files differ.
#[must_use]
pub fn files(before: Option<&Manifest>, after: &Manifest) -> Files {
    let none = Vec::new();
    let old: BTreeMap<&str, _> =
        before.map_or(&none, |before| &before.files).iter().map(|(path, print)| (&**path, print)).collect();
    let new: BTreeMap<&str, _> = after.files.iter().map(|(path, print)| (&**path, print)).collect();
    let mut files = Files::default();
    for (path, print) in &new {
        match old.get(path) {
            None => files.new.push((*path).to_owned()),
            Some(other) if other != print => files.changed.push((*path).to_owned()),
            Some(_) => {}
        }
    }
    files.removed = old.keys().filter(|path| !new.contains_key(*path)).map(|path| (*path).to_owned()).collect();
    files
}
