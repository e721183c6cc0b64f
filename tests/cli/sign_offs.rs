//! Sign-offs under many edits: those that stand are exactly those whose readers read the same words as when they signed.
//!
//! The toolkit is made from a model that knows, without the program, which words each reader reads: a text is words, and how
//! they are dressed (emphasis, line breaks, comments) is chosen apart from them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::approve::{approve, put, read};
use super::run;

const EDITS: usize = 300;
const READERS: [&str; 3] = ["general", "police", "residents"];
const ROLES: [&str; 2] = ["editor", "chief"];
const ITEMS: [(&str, &[&str]); 4] = [
    ("messages/safer", &READERS),
    ("messages/other", &READERS),
    ("faqs/why", &["police"]),
    ("audiences/police", &["police"]),
];
/// The words that a model's texts are made of; none is another's part.
const WORDS: [&str; 12] =
    ["street", "owner", "calm", "night", "door", "river", "paper", "lamp", "stone", "garden", "winter", "bread"];

struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.below(WORDS.len())]
    }
}

/// What people type, by a name: each is a few words, or a value.
type Model = BTreeMap<&'static str, String>;

/// What readers read is made from these.
const READ: [&str; 21] = [
    "title",
    "claim",
    "thirty",
    "thirty police",
    "common",
    "police",
    "residents",
    "else",
    "end",
    "fact",
    "found",
    "limit",
    "study",
    "listed fact",
    "line",
    "word",
    "word police",
    "other title",
    "other text",
    "question",
    "ask",
];
/// What nobody reads of what is signed.
const UNREAD: [&str; 8] = ["coaching", "comment", "other fact", "looked at", "town", "page", "page name", "slug"];

fn first() -> Model {
    let mut model: Model = READ.into_iter().chain(UNREAD).map(|name| (name, "calm river".to_owned())).collect();
    for (name, value) in [
        ("fact", "58"),
        ("other fact", "39"),
        ("listed fact", "21"),
        ("looked at", "2026-01-01"),
        ("line", "555-0100"),
        ("slug", "one"),
        ("page name", "one"),
    ] {
        model.insert(name, value.to_owned());
    }
    model
}

/// Dresses words: emphasis, line breaks, comments. The same words for whoever reads them.
fn dressed(text: &str, dress: &mut Random) -> String {
    let mut out = String::new();
    for (n, word) in text.split(' ').enumerate() {
        if n > 0 {
            out.push_str(["\n", " ", "  ", " <!-- a note --> ", " "][dress.below(5)]);
        }
        let mark = ["", "", "*", "**", "~~"][dress.below(5)];
        let _ = write!(out, "{mark}{word}{mark}");
    }
    out
}

/// The same for a text on one line of YAML.
fn inline(text: &str, dress: &mut Random) -> String {
    let marks = text.split(' ').map(|word| {
        let mark = ["", "", "*", "**"][dress.below(4)];
        format!("{mark}{word}{mark}")
    });
    marks.collect::<Vec<_>>().join(" ")
}

/// The files of a model.
fn files(model: &Model, dress: u64) -> Vec<(String, String)> {
    let mut dress = Random(dress | 1);
    let is = |name: &str| model[name].clone();
    let mut body = |name: &str| dressed(&model[name], &mut dress);
    let (common, police, residents, or_else, end) =
        (body("common"), body("police"), body("residents"), body("else"), body("end"));
    let text = body("other text");
    let mut key = |name: &str| inline(&model[name], &mut dress);
    let safer = format!(
        "---\n# {comment}\ntitle: \"{title}\"\nclaim: '{claim}.'\nslug: {slug}\nthirty_seconds:\n  else: '{thirty}.'\n  police: >-\n    {tp}.\n---\n\
         <!-- {comment} -->\n{common} <fact:odds> at <local:line>.\n\n::: police\n{police} <message:other>.\n::: residents\n{residents}.\n\
         ::: else\n{or_else}.\n:::\n\n::: partners-only\n{coaching}\n:::\n\nA <word:guest> and {end}.\n",
        comment = is("comment"),
        title = key("title"),
        claim = key("claim"),
        slug = is("slug"),
        thirty = key("thirty"),
        tp = key("thirty police"),
        coaching = is("coaching"),
    );
    let fact = |id: &str, n: &str, found: &str| {
        format!(
            "  - {{id: {id}, label: L, value: {n}, unit: percent, reads: {n}% lower, plain: It was {n}% lower {found}., caveat: {}., \
             source: s, checked_on: {}, review_by: 2030-01-01}}\n",
            is("limit"),
            is("looked at")
        )
    };
    let facts = format!(
        "sources: {{s: {{title: The {}}}}}\nfacts:\n{}{}{}",
        is("study"),
        fact("odds", &is("fact"), &is("found")),
        fact("other", &is("other fact"), ""),
        fact("listed", &is("listed fact"), "")
    );
    let file = |path: &str, text: String| (path.to_owned(), text);
    vec![
        file(
            "toolkit.yaml",
            format!("title: T\napprovals: {{required: [editor, chief]}}\nwords: {{guest: {}}}\n", is("word")),
        ),
        file(
            "content/audiences/police.yaml",
            format!("name: Police\nask: {} <local:line>.\nwords: {{guest: {}}}\n", is("ask"), is("word police")),
        ),
        file("content/audiences/residents.yaml", "name: Residents\nask: Come.\n".to_owned()),
        file("content/messages/safer.md", safer),
        file(
            "content/messages/other.md",
            format!("---\ntitle: {}\nclaim: Same.\nfacts: [listed]\n---\n{text}.\n", is("other title")),
        ),
        file("content/faqs/why.md", format!("---\nquestion: {}\naudiences: [police]\n---\nBecause.\n", is("question"))),
        file("content/facts.yaml", facts),
        file("content/local.yaml", format!("line: {}\ntown: {}\n", is("line"), is("town"))),
        file(&format!("content/pages/{}.md", is("page name")), format!("---\ntitle: {}\n---\nFree.\n", is("page"))),
    ]
}

/// The words that a reader reads of an item, each text under its key: what the program is held against.
fn words(model: &Model, item: &str, reader: &str) -> String {
    let is = |name: &str| model[name].as_str();
    match item {
        "messages/safer" => {
            let police = reader == "police";
            let thirty = if police { is("thirty police") } else { is("thirty") };
            let own = match reader {
                "police" => format!("{} {}.", is("police"), is("other title")),
                "residents" => format!("{}.", is("residents")),
                _ => format!("{}.", is("else")),
            };
            let guest = if police { is("word police") } else { is("word") };
            format!(
                "[title] {} [claim] {}. [thirty_seconds] {thirty}. [facts] It was {}% lower {}. {}. The {}. \
                 [text] {} {}% lower at {}. {own} A {guest} and {}.",
                is("title"),
                is("claim"),
                is("fact"),
                is("found"),
                is("limit"),
                is("study"),
                is("common"),
                is("fact"),
                is("line"),
                is("end")
            )
        }
        "messages/other" => format!(
            "[title] {} [claim] Same. [facts] It was {}% lower . {}. The {}. [text] {}.",
            is("other title"),
            is("listed fact"),
            is("limit"),
            is("study"),
            is("other text")
        ),
        "faqs/why" => format!("[question] {} [text] Because.", is("question")),
        _ => format!("[ask] {} {}.", is("ask"), is("line")),
    }
}

fn lay_out(folder: &Path, model: &Model, dress: u64) {
    let _ = std::fs::remove_dir_all(folder.join("content/pages"));
    for (path, text) in files(model, dress) {
        put(folder, &path, text);
    }
}

/// An edit of one thing, or nothing but other clothes; now and then an old state is back.
fn edit(model: &mut Model, past: &[Model], random: &mut Random) -> String {
    let names: Vec<&str> = if random.below(3) == 0 { UNREAD.to_vec() } else { READ.to_vec() };
    let name = names[random.below(names.len())];
    match random.below(10) {
        0 | 1 => "other clothes".to_owned(),
        2 | 3 => {
            let old = past[random.below(past.len())][name].clone();
            model.insert(names.iter().find(|other| **other == name).unwrap(), old);
            format!("{name} as it was once")
        }
        4 => {
            model.clone_from(&past[random.below(past.len())]);
            "all as it was once".to_owned()
        }
        _ => {
            let value = match name {
                "looked at" => format!("2026-0{}-01", 1 + random.below(9)),
                "fact" | "other fact" | "listed fact" => (20 + random.below(60)).to_string(),
                "line" => format!("555-01{:02}", random.below(100)),
                "page name" | "slug" => random.word().to_owned(),
                _ => (0..2 + random.below(4)).map(|_| random.word()).collect::<Vec<_>>().join(" "),
            };
            model.insert(name, value);
            format!("another {name}")
        }
    }
}

/// What is not signed, as (item, role, audience).
fn missing(folder: &Path) -> Vec<(String, String, String)> {
    let said = run(folder, &["status", "--today", "2026-11-25", "--format", "json"]);
    let status: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(status["findings"]["preview"]["error"], 0, "the model makes toolkits without errors");
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let items = status["items"].as_array().unwrap().iter();
    items
        .flat_map(|item| {
            let all = item["missing"].as_array().unwrap().iter();
            all.map(|gone| (text(&item["item"]), text(&gone["role"]), text(&gone["audience"]))).collect::<Vec<_>>()
        })
        .collect()
}

/// The text of a page, without tags.
fn page_text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<').skip(1) {
        text.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The pages show the readers the words that the model says they read.
fn pages_agree(folder: &Path, model: &Model) {
    let out = folder.join("out");
    let built = run(folder, &["build", "--today", "2026-11-25", "-o", out.to_str().unwrap()]);
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    let slug = &model["slug"];
    for (reader, path) in [("general", ""), ("police", "police/"), ("residents", "residents/")] {
        let page = page_text(&std::fs::read_to_string(out.join(format!("{path}messages/{slug}/index.html"))).unwrap());
        let words = words(model, "messages/safer", reader);
        let texts = words.split(['[', ']']).filter(|text| text.contains(' '));
        // behind a fact stands the mark of its source, and below it apart what is said of it
        for text in texts.flat_map(|text| text.split(" at ")).flat_map(|text| text.split(". ")) {
            assert!(page.contains(text.trim()), "{reader} does not read {text:?} in {page}");
        }
    }
}

#[test]
fn those_that_stand_are_those_whose_readers_read_the_same_words() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0x5eed_2026);
    let mut random = Random(seed);
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut model = first();
    let mut past = vec![model.clone()];
    let mut given: Vec<(&str, &str, &str, String)> = Vec::new();
    let (mut stood, mut fell, mut back) = (0, 0, 0);
    let mut before: Vec<bool> = Vec::new();
    for n in 0..EDITS {
        let told = edit(&mut model, &past, &mut random);
        past.push(model.clone());
        lay_out(folder, &model, random.0);
        let missing = missing(folder);
        let mut now = Vec::new();
        for (item, readers) in ITEMS {
            for (reader, role) in readers.iter().flat_map(|reader| ROLES.map(|role| (*reader, role))) {
                let words = words(&model, item, reader);
                let mut of = given.iter().filter(|given| (given.0, given.1, given.2) == (item, reader, role));
                let expected = of.any(|given| given.3 == words);
                let stands = !missing.contains(&(item.to_owned(), role.to_owned(), reader.to_owned()));
                assert_eq!(stands, expected, "edit {n} of seed {seed}, {told}: {item} for {reader} by {role}: {words}");
                now.push(stands);
            }
        }
        for (now, before) in now.iter().zip(&before) {
            stood += usize::from(*now && *before);
            fell += usize::from(!now && *before);
            back += usize::from(*now && !before);
        }
        before = now;
        if n % 3 == 0 {
            let (item, readers) = ITEMS[random.below(ITEMS.len())];
            let role = ROLES[random.below(2)];
            let reader = readers[random.below(readers.len())];
            let all = random.below(2) == 0;
            let arguments = [item, "--by", role, "--audience", reader];
            let said = approve(folder, if all { &arguments[..3] } else { &arguments });
            assert_eq!(said.code, Some(0), "{}", said.stderr);
            let readers =
                if all { readers } else { std::slice::from_ref(readers.iter().find(|it| **it == reader).unwrap()) };
            given.extend(readers.iter().map(|reader| (item, *reader, role, words(&model, item, reader))));
            before.clear();
        }
        if n % 60 == 0 {
            pages_agree(folder, &model);
        }
    }
    assert!(
        stood > 500 && fell > 50 && back > 10,
        "the edits show little: {stood} stood, {fell} fell, {back} came back"
    );
    // what was kept is what they signed
    let list: serde_json::Value = serde_yaml::from_str(&read(folder, "content/approvals.yaml")).unwrap();
    for entry in list["approvals"].as_array().unwrap() {
        let part = |key: &str| entry[key].as_str().unwrap();
        let kept = read(folder, &format!("content/approvals/{}.txt", part("text")));
        let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
        let signed = (part("item"), part("audience"), part("by"), kept);
        assert!(given.iter().any(|given| (given.0, given.1, given.2, given.3.clone()) == signed), "{signed:?}");
    }
}
