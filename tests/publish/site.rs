//! A small toolkit to publish, and a second reading of what a site says: written apart from the program's own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::{Said, run};

pub const TODAY: &str = "2026-11-25";

/// A toolkit beside the places that it is published to.
pub struct Place {
    pub dir: TempDir,
}

impl Place {
    /// Two messages, a question, a point and two facts for two audiences.
    pub fn new() -> Self {
        let place = Self { dir: tempfile::tempdir().unwrap() };
        let put = |path: &str, text: &str| place.put(path, text);
        put("toolkit.yaml", "title: Kit\nbase_url: https://example.org/kit/\n");
        put("content/audiences/police.yaml", "name: Police\nask: Call us.\n");
        put("content/audiences/residents.yaml", "name: Residents\nask: Write to us.\n");
        put(
            "content/facts.yaml",
            "sources:\n  study: {title: A study, year: 2017}\nfacts:\n  - {id: odds, label: Odds, value: 58, unit: \
             percent, reads: 58% lower odds, plain: People had 58% lower odds., source: study, review_by: 2030-01-01}\n  \
             - {id: days, label: Days, value: 39, unit: days, reads: 39 fewer days, plain: They had 39 fewer days., \
             source: study, review_by: 2030-01-01}\n",
        );
        place.message("safer", "Safer streets", "Streets get safer. <fact:odds>");
        place.message("money", "Money well spent", "It costs less. <fact:days>");
        place.faq("who-pays", "Who pays?", "The town pays for it.");
        put("content/talking-points/call.md", "---\npoint: Call us at night.\n---\nSomeone comes.\n");
        place
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().join("kit")
    }

    pub fn put(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn message(&self, id: &str, title: &str, body: &str) {
        self.put(
            &format!("content/messages/{id}.md"),
            &format!("---\ntitle: {title}\nclaim: Our streets get safer together.\n---\n{body}\n"),
        );
    }

    pub fn faq(&self, id: &str, question: &str, body: &str) {
        self.put(&format!("content/faqs/{id}.md"), &format!("---\nquestion: {question}\n---\n{body}\n"));
    }

    pub fn publish(&self, arguments: &[&str]) -> Said {
        run(&self.root(), &[&["publish", "--today", TODAY], arguments].concat())
    }

    /// A publish that has to go well.
    pub fn published(&self, arguments: &[&str]) -> String {
        let said = self.publish(arguments);
        assert_eq!(said.code, Some(0), "{arguments:?}: {}{}", said.stdout, said.stderr);
        said.stdout
    }

    /// Where the tests publish to.
    pub fn out(&self) -> PathBuf {
        self.dir.path().join("out")
    }
}

/// What a site says, by name: for each audience (none for what is no item) the texts by key, and the address.
pub type Words = BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>;

/// Reads a site's `toolkit.json`.
pub fn words(data: &[u8]) -> Words {
    let data: Value = serde_json::from_slice(data).unwrap();
    let mut all = Words::new();
    for (list, folder) in [
        ("messages", "messages"),
        ("questions", "faqs"),
        ("points", "talking-points"),
        ("stories", "stories"),
        ("wins", "wins"),
        ("pages", "pages"),
    ] {
        for item in data[list].as_array().unwrap() {
            let part = |n: &Value| item["parts"][usize::try_from(n.as_u64().unwrap()).unwrap()].as_str().unwrap();
            let mut versions = BTreeMap::new();
            for version in item["versions"].as_array().unwrap() {
                let texts = version["texts"].as_object().unwrap().iter();
                let mut texts: BTreeMap<String, String> =
                    texts.map(|(key, n)| (key.clone(), part(n).to_owned())).collect();
                let body: String =
                    version["body"].as_array().unwrap().iter().map(|n| part(n).to_owned() + " ").collect();
                texts.insert("text".to_owned(), body.split_whitespace().collect::<Vec<_>>().join(" "));
                texts.insert("address".to_owned(), version["address"].as_str().unwrap().to_owned());
                versions.insert(version["audience"].as_str().unwrap().to_owned(), texts);
            }
            all.insert(format!("{folder}/{}", item["id"].as_str().unwrap()), versions);
        }
    }
    for (list, folder) in [("facts", "facts"), ("audiences", "audiences"), ("members", "partners"), ("words", "terms")]
    {
        for entry in data[list].as_array().unwrap() {
            let texts =
                entry.as_object().unwrap().iter().map(|(key, value)| (key.clone(), value.to_string())).collect();
            all.insert(format!("{folder}/{}", entry["id"].as_str().unwrap()), BTreeMap::from([(String::new(), texts)]));
        }
    }
    all
}

/// The names that a listing has under its headings.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Listing {
    pub first: BTreeSet<String>,
    pub again: BTreeSet<String>,
    pub changed: BTreeSet<String>,
    pub removed: BTreeSet<String>,
    /// The line on files.
    pub files: String,
}

/// Reads a listing of few things.
pub fn listing(text: &str) -> Listing {
    let mut listing = Listing::default();
    let mut heading = String::new();
    for line in text.lines() {
        if line.starts_with("published:") {
            break;
        }
        if line.starts_with("all files: ") || line == "no file differs" {
            line.clone_into(&mut listing.files);
        }
        // the count of files may go on in the next line; behind it stand single files, each after `new`, `changed`, `removed`
        if heading.starts_with("all files: ") && line.starts_with(' ') {
            let first = line.split_whitespace().next().unwrap_or_default();
            if !["new", "changed", "removed"].contains(&first) {
                listing.files = format!("{} {}", listing.files, line.trim());
            }
            continue;
        }
        if !line.starts_with(' ') {
            heading = line.rsplit_once(" (").map_or(line, |(heading, _)| heading).to_owned();
            continue;
        }
        let set = match heading.as_str() {
            "public for the first time" => &mut listing.first,
            "public again" => &mut listing.again,
            "changed" => &mut listing.changed,
            "removed" => &mut listing.removed,
            _ => continue,
        };
        // what belongs to a name stands further in
        if let Some(name) = line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')) {
            set.insert(name.split(' ').next().unwrap().to_owned());
        }
    }
    listing
}

/// Every file, link and folder below a folder with its bytes, as one text: nothing at all changed if it is the same.
pub fn whole_tree(root: &Path) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
    let mut all = Vec::new();
    let mut open = vec![root.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            let about = path.symlink_metadata().unwrap();
            let bytes = if about.is_file() { std::fs::read(&path).unwrap() } else { Vec::new() };
            if about.is_dir() {
                open.push(path.clone());
            }
            all.push((path, bytes, about.modified().unwrap()));
        }
    }
    all.sort();
    all
}

/// The next of a row of numbers that look random (xorshift).
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[usize::try_from(self.below(list.len() as u64)).unwrap()]
    }
}
