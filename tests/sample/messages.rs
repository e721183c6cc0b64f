//! One claim and one set of facts for all audiences; the words that answer an audience's own worry on its page alone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::html::Page;
use crate::{sample, sources};

const READERS: [&str; 4] = ["general", "business-owners", "police", "residents"];

/// The texts of a message that are for speaking.
const SPOKEN: [&str; 3] = ["sound_bite", "thirty_seconds", "sixty_seconds"];

/// A text and the audiences that it is for.
type Tailored = (Vec<String>, String);

/// A message's source.
struct Message {
    id: String,
    keys: serde_yaml::Value,
    /// The body's text for everyone.
    common: String,
    /// The texts that differ: those of a key together, and at last those of the body.
    tailored: Vec<Vec<Tailored>>,
}

impl Message {
    /// The parts of the body with their audiences.
    fn blocks(&self) -> &[Tailored] {
        self.tailored.last().unwrap()
    }

    /// All that is written for a reader, with single spaces.
    fn for_reader(&self, reader: &str) -> String {
        let mut all = self.common.clone();
        for key in SPOKEN {
            all += self.keys[key].as_str().unwrap_or_default();
        }
        for group in &self.tailored {
            all.extend(group.iter().filter(|(names, _)| is_for(reader, names, group)).map(|(_, text)| &**text));
        }
        all.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Whether a text for `names` is for this reader; `else` is for whom no other text of the group names.
fn is_for(reader: &str, names: &[String], group: &[Tailored]) -> bool {
    let holds = |list: &[String]| list.iter().any(|name| name == reader);
    holds(names) || (names == ["else"] && !group.iter().any(|(list, _)| holds(list)))
}

fn messages() -> Vec<Message> {
    let sources: BTreeMap<String, Vec<u8>> = sources().into_iter().collect();
    let settings: serde_yaml::Value = serde_yaml::from_slice(&sources["toolkit.yaml"]).unwrap();
    let audiences = |name: &str| match settings["groups"][name].as_sequence() {
        Some(group) => group.iter().map(|name| name.as_str().unwrap().to_owned()).collect(),
        None => vec![name.to_owned()],
    };
    let mut messages = Vec::new();
    for (path, bytes) in &sources {
        let Some(id) = path.strip_prefix("content/messages/").and_then(|name| name.strip_suffix(".md")) else {
            continue;
        };
        let text = std::str::from_utf8(bytes).unwrap();
        let (keys, body) = text.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap();
        let keys: serde_yaml::Value = serde_yaml::from_str(keys).unwrap();
        let case = |(name, text): (&serde_yaml::Value, &serde_yaml::Value)| {
            (audiences(name.as_str().unwrap()), text.as_str().unwrap().to_owned())
        };
        let cases = SPOKEN.iter().filter_map(|key| keys[*key].as_mapping());
        let mut tailored: Vec<Vec<Tailored>> = cases.map(|cases| cases.iter().map(case).collect()).collect();
        let (mut common, mut blocks, mut open) = (String::new(), Vec::<Tailored>::new(), false);
        for line in body.lines() {
            match line.strip_prefix(":::").map(str::trim) {
                Some("") => open = false,
                Some(names) => {
                    open = true;
                    blocks.push((names.split(',').flat_map(|name| audiences(name.trim())).collect(), String::new()));
                }
                None if open => blocks.last_mut().unwrap().1 += &format!("{line}\n"),
                None => common += &format!("{line}\n"),
            }
        }
        tailored.push(blocks.into_iter().filter(|(names, _)| names != &["partners-only"]).collect());
        messages.push(Message { id: id.to_owned(), keys, common, tailored });
    }
    messages
}

/// The longest run of words without a sign that Markdown or smart punctuation changes.
fn words(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let runs = line.split(['<', '>', '[', ']', '(', ')', '*', '_', '`', '"', '\'', '\\', '#', '|']);
    let run = runs.max_by_key(|run| run.len()).unwrap_or_default();
    assert!(run.trim().len() > 12, "too little to look for in {text:?}");
    run.trim().to_owned()
}

/// What a text begins with: the sentence that an audience's own version is there for, and more where that is short.
fn lead(text: &str) -> String {
    let mut lead = String::new();
    for sentence in text.trim().split_inclusive(['.', '!', '?']) {
        lead += sentence;
        if lead.len() > 30 {
            break;
        }
    }
    words(&lead)
}

struct Site {
    /// toolkit.json
    data: Value,
    /// By message and reader.
    pages: BTreeMap<(String, &'static str), Page>,
}

fn site(messages: &[Message]) -> Site {
    let toolkit = sample();
    toolkit.build(&[]);
    let files: BTreeMap<String, Vec<u8>> = toolkit.site("public").into_iter().collect();
    let mut pages = BTreeMap::new();
    for message in messages {
        for reader in READERS {
            let folder = if reader == "general" { String::new() } else { format!("{reader}/") };
            let path = format!("{folder}messages/{}/index.html", message.id);
            let html = files.get(&path).unwrap_or_else(|| panic!("no {path}"));
            pages.insert((message.id.clone(), reader), Page::read(std::str::from_utf8(html).unwrap()));
        }
    }
    Site { data: serde_json::from_slice(&files["toolkit.json"]).unwrap(), pages }
}

impl Site {
    fn page(&self, message: &Message, reader: &'static str) -> &Page {
        &self.pages[&(message.id.clone(), reader)]
    }

    /// The message in toolkit.json.
    fn told(&self, message: &Message) -> &Value {
        self.data["messages"].as_array().unwrap().iter().find(|told| told["id"] == *message.id).unwrap()
    }
}

fn version<'a>(told: &'a Value, reader: &str) -> &'a Value {
    told["versions"].as_array().unwrap().iter().find(|version| version["audience"] == reader).unwrap()
}

/// The text that a version names by its number.
fn text<'a>(told: &'a Value, number: &Value) -> &'a str {
    told["parts"][usize::try_from(number.as_u64().unwrap()).unwrap()].as_str().unwrap()
}

/// The wordings of the facts that a page lists, which stand strong there.
fn facts(page: &Page) -> BTreeSet<&str> {
    let is_list = |class: &str| class.split(' ').any(|one| one == "sources");
    let list = page.tags.iter().skip_while(|tag| !tag.get("class").is_some_and(is_list));
    list.take_while(|tag| tag.name != "footer").filter(|tag| tag.name == "strong").map(|tag| &*tag.text).collect()
}

#[test]
fn every_message_has_one_claim_for_all() {
    let messages = messages();
    let site = site(&messages);
    assert!(messages.len() >= 8);
    for message in &messages {
        let claim = message.keys["claim"].as_str().unwrap();
        let told = site.told(message);
        let numbers: Vec<&Value> = READERS.iter().map(|reader| &version(told, reader)["texts"]["claim"]).collect();
        assert!(numbers.windows(2).all(|two| two[0] == two[1]), "{}: {numbers:?}", message.id);
        assert_eq!(text(told, numbers[0]).replace('’', "'"), claim, "{}", message.id);
        for reader in READERS {
            let page = site.page(message, reader);
            assert!(page.text.replace('’', "'").contains(claim), "{} for {reader}: {claim}", message.id);
        }
    }
}

#[test]
fn every_message_has_the_same_facts_for_all() {
    let messages = messages();
    let site = site(&messages);
    let published = site.data["facts"].as_array().unwrap();
    let mut count = 0;
    for message in &messages {
        for id in message.keys["facts"].as_sequence().into_iter().flatten() {
            let id = id.as_str().unwrap();
            let fact = published.iter().find(|fact| fact["id"] == id).unwrap_or_else(|| panic!("no fact {id}"));
            let reads = fact["reads"].as_str().unwrap();
            for reader in READERS {
                let listed = facts(site.page(message, reader));
                let found = listed.iter().any(|words| words.eq_ignore_ascii_case(reads));
                assert!(found, "{} for {reader} lists {listed:?}, not {reads:?}", message.id);
                count += 1;
            }
        }
    }
    assert!(count > 20, "{count} facts");
}

#[test]
fn what_is_said_to_one_audience_stands_on_its_page_alone() {
    let messages = messages();
    let site = site(&messages);
    let (mut here, mut elsewhere) = (0, 0);
    for message in &messages {
        for reader in READERS {
            let (written, page) = (message.for_reader(reader), site.page(message, reader));
            for group in &message.tailored {
                for (names, text) in group {
                    let lead = lead(text);
                    let is_there = page.text.contains(&lead);
                    if is_for(reader, names, group) {
                        assert!(is_there, "{} for {reader} lacks: {lead}", message.id);
                        here += 1;
                    } else if !written.contains(&lead) {
                        assert!(!is_there, "{} for {reader} has what is for {names:?}: {lead}", message.id);
                        elsewhere += 1;
                    }
                }
            }
        }
    }
    assert!(here > 80 && elsewhere > 150, "{here} here, {elsewhere} elsewhere");
}

#[test]
fn where_a_message_is_tailored_an_audiences_own_words_come_first() {
    let messages = messages();
    let site = site(&messages);
    let mut count = 0;
    for message in &messages {
        for reader in &READERS[1..] {
            let own = message.blocks().iter().find(|(names, _)| names.iter().any(|name| name == reader));
            let Some((_, own)) = own else { continue };
            let told = site.told(message);
            let first = text(told, &version(told, reader)["body"][0]);
            let lead = lead(own);
            assert!(first.contains(&lead), "{} for {reader} begins: {first}", message.id);
            count += 1;
        }
    }
    assert!(count > 15, "{count}");
}
