//! Fifty random steps: each time the listing names exactly what differs, and what others put into the folder stays.

use crate::files;
use crate::site::{Listing, Place, Random, Words, listing, whole_tree, words};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A toolkit's items, to be changed and written anew.
struct Writer {
    place: Place,
    faqs: BTreeMap<String, (String, String)>,
    gone: Vec<(String, (String, String))>,
    slug: u64,
}

const IDS: [&str; 8] = ["ask", "bed", "cost", "door", "end", "fear", "goal", "help"];
const WORDS: [&str; 10] = ["calm", "safe", "open", "near", "warm", "kind", "fair", "clear", "quick", "plain"];

impl Writer {
    fn write(&self, random: &mut Random) -> String {
        let mut word = || *random.pick(&WORDS);
        format!("This is {} and {} for {} streets.", word(), word(), word())
    }

    /// One change; what it was, for a failure's message.
    fn step(&mut self, random: &mut Random) -> String {
        let text = self.write(random);
        let word = *random.pick(&WORDS);
        let id = *random.pick(&IDS);
        match random.below(11) {
            0 => self.place.message("safer", "Safer streets", &format!("{text} <fact:odds>")),
            1 => self.place.message("money", &format!("Money {word} spent"), &format!("{text} <fact:days>")),
            2 => self.place.message(
                "safer",
                "Safer",
                &format!("{text}\n\n::: police\nFor you: {text}\n::: else\nAll.\n:::\n"),
            ),
            3 => {
                self.place.put("content/talking-points/call.md", &format!("---\npoint: Call us {word}.\n---\n{text}\n"))
            }
            4 | 5 => {
                self.faqs.insert(id.to_owned(), (format!("Is it {word}?"), text.clone()));
            }
            6 => {
                if let Some(id) = self.faqs.keys().next().cloned() {
                    let was = self.faqs.remove(&id).unwrap();
                    std::fs::remove_file(self.place.root().join(format!("content/faqs/{id}.md"))).unwrap();
                    self.gone.push((id, was));
                }
            }
            7 => {
                if let Some((id, was)) = self.gone.pop() {
                    self.faqs.insert(id, was);
                }
            }
            8 => {
                self.slug += 1;
                let slug = self.slug;
                self.place.put(
                    "content/messages/money.md",
                    &format!("---\ntitle: Money\nclaim: It costs less than a cell.\nslug: money-{slug}\naudiences: [police]\n---\n{text}\n"),
                );
            }
            9 => {
                let path = self.place.root().join("content/facts.yaml");
                let facts = std::fs::read_to_string(&path).unwrap();
                let days = 20 + random.below(60);
                let line = |line: &str| {
                    if line.contains("id: days") {
                        format!(
                            "  - {{id: days, label: Days, value: {days}, unit: days, reads: {days} fewer days, plain: They had {days} fewer days., source: study, review_by: 2030-01-01}}"
                        )
                    } else {
                        line.to_owned()
                    }
                };
                std::fs::write(path, facts.lines().map(line).collect::<Vec<_>>().join("\n") + "\n").unwrap();
            }
            _ => self.place.put(&format!("content/pages/{id}.md"), &format!("---\ntitle: {word}\n---\n{text}\n")),
        }
        for (id, (question, body)) in &self.faqs {
            self.place.faq(id, question, body);
        }
        text
    }
}

/// The bodies of the free pages as they are typed, which `toolkit.json` does not hold.
fn bodies(root: &Path) -> BTreeMap<String, String> {
    let pages = files(&root.join("content/pages")).into_iter();
    let body = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().rsplit("---\n").next().unwrap().trim().to_owned();
    pages.map(|(file, bytes)| (format!("pages/{}", file.trim_end_matches(".md")), body(bytes))).collect()
}

/// What a site says, with these bodies.
fn said(data: &[u8], bodies: &BTreeMap<String, String>) -> Words {
    let mut words = words(data);
    for (name, body) in bodies {
        let versions = words.get_mut(name).into_iter().flat_map(BTreeMap::values_mut);
        versions.for_each(|texts| drop(texts.insert("text".to_owned(), body.clone())));
    }
    words
}

/// How many differ, as the listing counts them.
fn counted(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> String {
    let new: Vec<&String> = after.keys().filter(|path| !before.contains_key(*path)).collect();
    let changed: Vec<&String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path).is_some_and(|was| was != *bytes))
        .map(|(path, _)| path)
        .collect();
    let removed: Vec<&String> = before.keys().filter(|path| !after.contains_key(*path)).collect();
    if new.is_empty() && changed.is_empty() && removed.is_empty() {
        return "no file differs".to_owned();
    }
    let sort = |(name, list): (&str, Vec<&String>)| {
        let pages = list.iter().filter(|path| path.ends_with(".html")).count();
        let one = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let counts: Vec<String> = [(pages, "page"), (list.len() - pages, "other file")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| one(count, what))
            .collect();
        format!("{name}: {}", if counts.is_empty() { "none".to_owned() } else { counts.join(", ") })
    };
    let sorts = [("new", new), ("changed", changed), ("removed", removed)];
    format!("all files: {}", sorts.into_iter().map(sort).collect::<Vec<_>>().join("; "))
}

#[test]
fn fifty_random_steps_are_listed_exactly_and_strangers_files_survive() {
    let seed = u64::from(std::process::id()) << 20 | 1;
    let mut random = Random(seed);
    let mut writer = Writer { place: Place::new(), faqs: BTreeMap::new(), gone: Vec::new(), slug: 0 };
    writer.place.put("content/pages/how.md", "---\ntitle: How\n---\nSo.\n");
    let (root, out) = (writer.place.root(), writer.place.out());
    let to = out.to_str().unwrap().to_owned();
    writer.place.published(&["--to", &to, "--yes"]);
    let site = || -> BTreeMap<String, Vec<u8>> { files(&out).into_iter().collect() };
    let own = |strangers: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        site().into_iter().filter(|(path, _)| path != ".onevoice-manifest" && !strangers.contains_key(path)).collect()
    };
    let mut strangers: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut ever: BTreeSet<String> = words(&site()["toolkit.json"]).into_keys().collect();
    let (mut firsts, mut changes) = (0, 0);
    for step in 0..50 {
        if step % 7 == 3 {
            let path = *random.pick(&[".git/config", "CNAME", "police/notes.txt", "old/page.html"]);
            let bytes = format!("stranger {step}").into_bytes();
            std::fs::create_dir_all(out.join(path).parent().unwrap()).unwrap();
            std::fs::write(out.join(path), &bytes).unwrap();
            strangers.insert(path.to_owned(), bytes);
        }
        let bodies_before = bodies(&root);
        let what = writer.step(&mut random);
        let at = format!("step {step}, seed {seed}: {what}");
        let before = own(&strangers);
        let tree = whole_tree(writer.place.dir.path());
        let dry = listing(&writer.place.published(&["--to", &to, "--dry-run"]));
        assert!(whole_tree(writer.place.dir.path()) == tree, "{at}: a dry run changed something");
        let told = writer.place.published(&["--to", &to, "--yes"]);
        let after = own(&strangers);
        let (old, new) = (said(&before["toolkit.json"], &bodies_before), said(&after["toolkit.json"], &bodies(&root)));
        let there: BTreeSet<String> = new.keys().cloned().collect();
        let want = Listing {
            first: there.difference(&ever).cloned().collect(),
            again: new.keys().filter(|name| !old.contains_key(*name) && ever.contains(*name)).cloned().collect(),
            changed: new
                .iter()
                .filter(|(name, now)| old.get(*name).is_some_and(|was| was != *now))
                .map(|(name, _)| name.clone())
                .collect(),
            removed: old.keys().filter(|name| !new.contains_key(*name)).cloned().collect(),
            files: counted(&before, &after),
        };
        assert_eq!(listing(&told), want, "{at}\n{told}");
        assert_eq!(dry, want, "{at}");
        for name in &want.changed {
            assert_words(name, &old, &new, &told, &at);
        }
        firsts += want.first.len();
        changes += want.changed.len();
        ever.extend(there);
        let site = site();
        for (path, bytes) in &strangers {
            assert_eq!(site.get(path), Some(bytes), "{at}: {path}");
        }
    }
    assert!(firsts > 5 && changes > 10, "too little happened: {firsts} new, {changes} changed, seed {seed}");
}

/// Each word that came or went stands in the listing between its signs.
fn assert_words(name: &str, old: &Words, new: &Words, said: &str, at: &str) {
    let shown: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = shown.split(" published: ").next().unwrap();
    for (audience, texts) in &new[name] {
        let Some(before) = old[name].get(audience) else { continue };
        for (key, after) in texts.iter().filter(|(key, _)| *key != "address") {
            let Some(was) = before.get(key).filter(|was| *was != after) else { continue };
            let bag = |text: &str| {
                text.split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect::<BTreeSet<_>>()
            };
            let (was, now) = (bag(was), bag(after));
            for (words, open, close) in [(was.difference(&now), "[-", "-]"), (now.difference(&was), "{+", "+}")] {
                for word in words {
                    let marked =
                        shown.split(open).skip(1).any(|rest| rest.split(close).next().unwrap().contains(word.as_str()));
                    assert!(marked, "{at}: {name}, {key} for {audience}: {open}{word}{close} is not shown:\n{said}");
                }
            }
        }
    }
}
