//! From names as typed to what they name: audiences, groups, ids. What is unknown is told and left out, so that later
//! stages meet no unknown name.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::id::{Id, RESERVED, Reader, Readers};
use super::text::{Case, Tailored, Text};
use crate::finding::{At, AudienceTrouble, KeyPath, Problem, ReferenceTrouble, What, meant, ranked, similar};

/// All names of a toolkit that front matter may refer to.
#[derive(Debug, Default)]
pub struct Names {
    /// Audiences by id.
    pub(super) audiences: HashMap<Id, Reader>,
    /// Audiences' and groups' names in order, for suggestions.
    pub(super) listed: Vec<Arc<str>>,
    /// Groups by name.
    pub(super) groups: HashMap<Arc<str>, Readers>,
    /// Everyone who reads this toolkit.
    pub(super) everyone: Readers,
    /// Whether messages, questions and points have a general version.
    pub(super) general: bool,
    pub(super) concerns: HashSet<Id>,
    pub(super) facts: HashSet<Id>,
    pub(super) messages: HashSet<Id>,
}

/// What a name stands for, or why it stands for nobody.
pub enum Named {
    /// These readers.
    Readers(Readers),
    /// Nobody.
    Nobody(AudienceTrouble),
}

impl Names {
    /// Everyone who reads this toolkit.
    #[must_use]
    pub const fn everyone(&self) -> Readers {
        self.everyone
    }

    /// The fingerprint of all names: what front matter comes to depends on nothing else outside its file.
    pub(super) fn fingerprint(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        let mut add = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        let readers = |readers: Readers| readers.bits().to_le_bytes();
        // `listed` is in the order of the readers
        for name in &self.listed {
            add(name.as_bytes());
            add(&self.groups.get(name).map_or([0; 16], |group| readers(*group)));
        }
        add(&readers(self.everyone));
        add(&[u8::from(self.general)]);
        for set in [&self.concerns, &self.facts, &self.messages] {
            let mut ids: Vec<&Id> = set.iter().collect();
            ids.sort_unstable();
            add(&(ids.len() as u64).to_le_bytes());
            for id in ids {
                add(id.as_bytes());
            }
        }
        hasher.finalize()
    }

    /// The readers that `name` stands for.
    #[must_use]
    pub fn readers(&self, name: &str) -> Named {
        if let Some(reader) = self.audiences.get(name) {
            return Named::Readers(Readers::only(*reader));
        }
        if let Some(readers) = self.groups.get(name) {
            return Named::Readers(*readers);
        }
        Named::Nobody(if RESERVED.contains(&name) {
            AudienceTrouble::Reserved { name: name.to_owned() }
        } else if matches!(name, "note" | "tip" | "warning" | "info" | "important" | "caution" | "danger") {
            AudienceTrouble::Admonition { name: name.to_owned() }
        } else {
            self.unknown(name)
        })
    }

    /// That `name` is nobody, with those who are there, the nearest first.
    fn unknown(&self, name: &str) -> AudienceTrouble {
        let listed = self.listed.iter().map(|name| &**name);
        let mut known: Vec<String> = similar(name, listed.clone(), 1).into_iter().map(str::to_owned).collect();
        for other in listed {
            if !known.iter().any(|name| name == other) {
                known.push(other.to_owned());
            }
        }
        AudienceTrouble::Unknown { name: name.to_owned(), known }
    }

    /// The name of a reader: its id, or `general`.
    #[must_use]
    pub fn name_of(&self, reader: Reader) -> &str {
        reader.index().and_then(|index| self.listed.get(index)).map_or("general", |id| &**id)
    }
}

/// Resolves the names of one file.
pub struct Resolver<'a> {
    pub(super) names: &'a Names,
    pub(super) file: Arc<str>,
    /// Where the entry at hand stands in the file; empty in front matter and profiles.
    pub(super) base: KeyPath,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Resolver<'a> {
    pub(super) const fn new(names: &'a Names, file: Arc<str>, base: KeyPath) -> Self {
        Self { names, file, base, problems: Vec::new() }
    }

    fn path(&self, key: &str) -> KeyPath {
        self.base.clone().key(key)
    }

    pub(super) fn tell(&mut self, path: KeyPath, what: What) {
        self.problems.push(Problem::new(At::value(Arc::clone(&self.file), path), what));
    }

    pub(super) fn tell_key(&mut self, path: KeyPath, what: What) {
        self.problems.push(Problem::new(At::key(Arc::clone(&self.file), path), what));
    }

    /// The readers that a list of names stands for.
    pub(super) fn audiences(&mut self, key: &str, names: &[Arc<str>]) -> Readers {
        let mut all = Readers::NONE;
        for (n, name) in names.iter().enumerate() {
            match self.names.readers(name) {
                Named::Readers(readers) => all = all.and(readers),
                Named::Nobody(trouble) => self.tell(self.path(key).index(n), What::UnknownAudience(trouble)),
            }
        }
        all
    }

    /// A text with its readers resolved.
    pub(super) fn text(&mut self, key: &str, text: Text) -> Tailored {
        let cases = match text {
            Text::Same(text) => return Tailored::Same(text),
            Text::By(cases) => cases,
        };
        let (mut named, mut rest, mut all) = (Readers::NONE, None, Vec::with_capacity(cases.len()));
        for (name, text) in cases {
            if &*name == "else" {
                rest = Some((name, text));
                continue;
            }
            let at = self.path(key).key(&name);
            match self.names.readers(&name) {
                Named::Readers(readers) => {
                    if let Some(twice) = readers.both(named).iter().next() {
                        let name = self.names.name_of(twice).to_owned();
                        self.tell_key(at, What::UnknownAudience(AudienceTrouble::Twice { name }));
                    }
                    all.push(Case { readers: readers.without(named), key: name, text });
                    named = named.and(readers);
                }
                Named::Nobody(trouble) => self.tell_key(at, What::UnknownAudience(trouble)),
            }
        }
        if let Some((key, text)) = rest {
            all.push(Case { readers: self.names.everyone.without(named), key, text });
        }
        Tailored::By(all)
    }

    /// A text that every one of `readers` needs; whoever has none is told.
    pub(super) fn required(&mut self, key: &'static str, text: Text, readers: Readers, inside: &str) -> Tailored {
        let text = self.text(key, text);
        let missing = readers.iter().find(|reader| text.get(*reader).is_none_or(|text| text.trim().is_empty()));
        if let Some(reader) = missing {
            let reader = match &text {
                Tailored::Same(_) => None,
                Tailored::By(_) => Some(self.names.name_of(reader).to_owned()),
            };
            let what = What::MissingKey { key: key.to_owned(), inside: inside.to_owned(), reader };
            self.tell_key(self.path(key), what);
        }
        text
    }

    /// The ids of a list that are known; doubles once.
    pub(super) fn ids(&mut self, key: &str, kind: &'static str, ids: Vec<Id>) -> Vec<Id> {
        let mut seen = HashSet::new();
        let known = match kind {
            "concern" => &self.names.concerns,
            "fact" => &self.names.facts,
            _ => &self.names.messages,
        };
        let mut good = Vec::with_capacity(ids.len());
        for (n, id) in ids.into_iter().enumerate() {
            if *id == *super::schema::STAND_IN {
                continue; // what stands there was told
            }
            if known.contains(&id) {
                if seen.insert(Arc::clone(&id)) {
                    good.push(id);
                }
            } else {
                let why = ReferenceTrouble::unknown(near(&id, known));
                let path = self.base.clone().key(key).index(n);
                self.problems.push(Problem::new(
                    At::value(Arc::clone(&self.file), path),
                    What::UnknownReference { kind, id: id.to_string(), why },
                ));
            }
        }
        good
    }
}

/// The id that was meant, else the few that are nearest to `id`.
pub(super) fn near(id: &str, known: &HashSet<Id>) -> Vec<String> {
    let mut sorted: Vec<&str> = known.iter().map(|id| &**id).collect();
    sorted.sort_unstable();
    nearest_of(id, &sorted)
}

/// The name that was meant, else the few that are nearest to `id`.
#[must_use]
pub fn nearest_of(id: &str, sorted: &[&str]) -> Vec<String> {
    const FEW: usize = 5;
    let meant = meant(id, sorted.iter().copied());
    let list = meant.map_or_else(|| ranked(id, sorted.iter().copied(), FEW), |meant| vec![meant]);
    list.into_iter().map(str::to_owned).collect()
}
