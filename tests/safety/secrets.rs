//! Never public: a toolkit with its own word in every place of that list, looked for in every byte of a site.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use onevoice::voice::Fingerprint;

use crate::said::said_by;
use crate::toolkit::{Toolkit, differences};

const SOURCE: &str = include_str!("secrets.txt");

/// What all secret words begin with, and nothing else does: long enough to come up nowhere by chance.
const SIGN: &str = "zqxkvjwp";

/// The place whose word is no random one.
const SIGNED: &str = "fingerprint of signed words";

/// Kinds of items, their folders and own keys; `HIDDEN` words are shown where the item is.
const KINDS: [(&str, &str, &str); 6] = [
    (
        "message",
        "messages",
        "claim: We say ⟨HIDDEN: claim of KIND⟩.\nsound_bite: We say ⟨HIDDEN: sound bite of KIND⟩.\nthirty_seconds: We say \
         ⟨HIDDEN: 30 seconds of KIND⟩.\nsixty_seconds: {else: We say ⟨HIDDEN: 60 seconds of KIND⟩., police: We say \
         ⟨HIDDEN: 60 seconds of KIND for police⟩.}\nanswers: [CONCERN]",
    ),
    ("faq", "faqs", "question: Is it ⟨HIDDEN: question of KIND⟩?\nlikely: true\nmessages: [safer]\nanswers: [CONCERN]"),
    ("point", "talking-points", "point: We say ⟨HIDDEN: point of KIND⟩.\nmessage: safer\nanswers: [CONCERN]"),
    (
        "story",
        "stories",
        "person: real\nconsent: {on: 2020-02-07, until: ⟨day: consent of KIND⟩, scope: ⟨kept: scope of KIND⟩, \
         recorded_by: ⟨kept: who recorded KIND⟩}",
    ),
    ("win", "wins", "date: 2026-11-20\nsize: large\nkind: policy\nwho: ⟨HIDDEN: who won KIND⟩"),
    ("page", "pages", "menu: true"),
];

const TOUGH: &str = "question: Is it ⟨coached: question of KIND⟩?\nbridge: See ⟨coached: bridge of KIND⟩.\n\
     never_say: [⟨coached: never_say of KIND⟩]\ntempting: Say ⟨coached: tempting of KIND⟩.\n\
     why_it_fails: It is ⟨coached: why_it_fails of KIND⟩.\nwho_answers: ⟨coached: who_answers of KIND⟩\n\
     answers: [for-partners]";

/// The words in the places of a toolkit: kind and name of the place, and the word.
struct Words {
    seed: u64,
    by_place: BTreeMap<(String, String), String>,
}

impl Words {
    fn of(&mut self, kind: &str, name: &str) -> String {
        if let Some(made) = self.by_place.get(&(kind.to_owned(), name.to_owned())).filter(|_| name == SIGNED) {
            return made.clone();
        }
        let seed = if kind == "open" { 0 } else { self.seed };
        let hash = blake3::hash(format!("{seed} {name}").as_bytes());
        let bytes = hash.as_bytes();
        let letters: String =
            bytes.iter().map(|byte| char::from(b'a' + byte % 26)).take(10 + (seed % 7) as usize).collect();
        let word = match kind {
            "open" => format!("open{letters}"),
            "day" => format!("20{}-{:02}-{:02}", 31 + bytes[0] % 60, 1 + bytes[1] % 12, 1 + bytes[2] % 28),
            "phone" => bytes.iter().map(|byte| char::from(b'2' + byte % 8)).take(10).collect(),
            "coached" | "kept" | "never" => format!("{SIGN}{letters}"),
            other => panic!("⟨{other}: {name}⟩ is of no kind"),
        };
        self.by_place.insert((kind.to_owned(), name.to_owned()), word.clone());
        word
    }

    fn fill(&mut self, text: &str) -> String {
        let mut pieces = text.split('⟨');
        let mut filled = pieces.next().unwrap().to_owned();
        for piece in pieces {
            let (place, rest) = piece.split_once('⟩').unwrap();
            let (kind, name) = place.split_once(": ").unwrap();
            filled += &self.of(kind, name);
            filled += rest;
        }
        filled
    }

    fn all<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.by_place.iter().filter(move |((of, _), _)| of == kind).map(|((_, name), word)| (&**name, &**word))
    }
}

/// A picture in which the camera wrote a place and a comment.
fn picture(place: &str, comment: &str) -> Vec<u8> {
    let segment = |marker: u8, start: &str, text: &str| {
        let mut bytes = vec![0xff, marker];
        bytes.extend(u16::try_from(2 + start.len() + text.len()).unwrap().to_be_bytes());
        bytes.extend(start.bytes().chain(text.bytes()));
        bytes
    };
    [
        vec![0xff, 0xd8],
        segment(0xe0, "JFIF\0", "\x01\x01\0\0\x01\0\x01\0\0"),
        segment(0xe1, "Exif\0\0", place),
        segment(0xfe, "", comment),
        segment(0xda, "\x01\x01\0\0", "\x3f\0"),
        vec![0x12, 0x34, 0xff, 0xd9],
    ]
    .concat()
}

/// Writes the toolkit with the words of one seed.
fn toolkit(seed: u64) -> (Toolkit, Words) {
    let toolkit = Toolkit::empty();
    let mut words = Words { seed, by_place: BTreeMap::new() };
    // words that were signed are kept under their own fingerprint
    let signed = format!("[title]\nWe signed {}.\n", words.of("coached", "words that were signed"));
    let print = Fingerprint::of_text(&signed).to_string();
    words.by_place.insert(("kept".to_owned(), SIGNED.to_owned()), print.clone());
    toolkit.write(&format!("content/approvals/{print}.txt"), signed);
    let sections: Vec<(&str, &str)> =
        SOURCE.split("\n=== ").skip(1).map(|section| section.split_once('\n').unwrap()).collect();
    let section = |name: &str| sections.iter().find(|(path, _)| *path == name).unwrap().1;
    let (block, item) = (section("block").trim_end(), section("item"));
    for (path, text) in &sections {
        if ["block", "item"].contains(path) {
            continue;
        }
        let kind = path.trim_start_matches("content/").split('/').next().unwrap();
        let text = text.replace("BLOCK", block).replace("KIND", &format!("the public {kind}"));
        toolkit.write(&words.fill(path), words.fill(&text));
    }
    let hidden = [
        ("partners", "edition: partners", "coached", "kept", "for-partners"),
        ("a draft", "draft: true", "never", "never", "for-later"),
        ("later", "embargo: ⟨day: embargo of KIND⟩", "coached", "kept", "for-partners"),
    ];
    for (kind, folder, keys) in KINDS {
        for (why, key, shown, kept, concern) in hidden {
            let name = format!("{kind} ({why})");
            let text = item
                .replace("BLOCK", block.trim_end())
                .replace("KEYS", &format!("{keys}\n{key}"))
                .replace("CONCERN", concern);
            write_item(&toolkit, &mut words, folder, &name, &text, (shown, kept));
        }
    }
    let text = item.replace("BLOCK", block).replace("KEYS", TOUGH);
    write_item(&toolkit, &mut words, "tough-questions", "tough question", &text, ("coached", "kept"));
    let name = words.of("coached", "name of a picture in a block");
    toolkit.write(&format!("content/files/{name}.jpg"), picture(&words.of("kept", "place of a hidden picture"), "x"));
    (toolkit, words)
}

fn write_item(toolkit: &Toolkit, words: &mut Words, folder: &str, name: &str, text: &str, (shown, kept): (&str, &str)) {
    let all_kept = if shown == "never" { text.replace("⟨coached:", "⟨never:") } else { text.to_owned() };
    let text = all_kept
        .replace("KIND", name)
        .replace("⟨HIDDEN:", &format!("⟨{shown}:"))
        .replace("⟨SHOWN:", &format!("⟨{kept}:"))
        .replace("⟨KEPT:", &format!("⟨{kept}:"));
    // a question or point stands for its title; nobody's own block is shown in a list for all
    let unseen = ["title", "block"].map(|what| format!("⟨coached: {what} of {name}⟩"));
    let text = unseen.iter().enumerate().fold(text, |text, (n, place)| {
        let is_list =
            if n == 0 { ["faqs", "talking-points", "tough-questions"].contains(&folder) } else { folder == "wins" };
        if is_list { text.replace(place, &place.replace("coached", "kept")) } else { text }
    });
    // a picture that a hidden item alone names
    let picture = words.of(kept, &format!("picture of {name}"));
    let bytes = self::picture(&words.of("kept", &format!("place in {name}")), "x");
    toolkit.write(&format!("content/files/{picture}.jpg"), bytes);
    // what a block of a draft shares with others is shown by those
    let text = ["name of a picture in a block", "name of a file in a block"]
        .iter()
        .fold(text, |text, name| text.replace(&format!("⟨never: {name}⟩"), &format!("⟨coached: {name}⟩")));
    let id = words.of("kept", &format!("id of {name}"));
    toolkit.write(&format!("content/{folder}/{id}.md"), words.fill(&text));
}

/// `FILE: NAME OF THE PLACE` for each word of these kinds that is in the site.
fn leaks(site: &[(String, Vec<u8>)], words: &Words, kinds: &[&str]) -> Vec<String> {
    let all = said_by(site);
    let mut found = Vec::new();
    for kind in kinds {
        for (name, word) in words.all(kind) {
            found.extend(
                all.iter().filter(|(_, text)| text.contains(word)).map(|(file, _)| format!("{file}: {kind}: {name}")),
            );
        }
    }
    found
}

/// The places of a kind whose word is nowhere in the site.
fn missing(site: &[(String, Vec<u8>)], words: &Words, kind: &str) -> Vec<String> {
    let all = said_by(site);
    words
        .all(kind)
        .filter(|(_, word)| !all.iter().any(|(_, text)| text.contains(word)))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[test]
fn what_a_camera_wrote_into_a_picture_is_in_no_site() {
    let toolkit = Toolkit::empty();
    for (path, text) in [
        ("toolkit.yaml", "title: Ours\nbase_url: https://example.org/\n"),
        ("content/audiences/police.yaml", "name: Police\nask: Refer people.\n"),
        ("content/pages/street.md", "---\ntitle: Our street\n---\n![A street](../files/street.jpg)\n"),
    ] {
        toolkit.write(path, text);
    }
    toolkit.write("content/files/street.jpg", picture(&format!("{SIGN}place"), &format!("{SIGN}comment")));
    for edition in ["public", "partners"] {
        toolkit.build(&["--edition", edition]);
        let (name, bytes) = &toolkit.site(edition).into_iter().find(|(name, _)| name == "files/street.jpg").unwrap();
        assert!(bytes.starts_with(&[0xff, 0xd8]) && bytes.ends_with(&[0xff, 0xd9]), "{name}");
        assert!(!String::from_utf8_lossy(bytes).contains(SIGN), "{edition}");
    }
}

fn seed() -> u64 {
    RandomState::new().hash_one(1) | 1
}

const NONE: [String; 0] = [];

#[test]
fn no_byte_of_what_is_never_public_is_in_a_public_site() {
    let seed = seed();
    let (toolkit, words) = toolkit(seed);
    assert!(words.by_place.len() > 900, "{}", words.by_place.len());
    for options in [&[][..], &["--minify"], &["--offline"], &["--minify", "--offline"]] {
        toolkit.build(options);
        let site = toolkit.site("public");
        assert_eq!(
            leaks(&site, &words, &["coached", "kept", "never", "day", "phone"]),
            NONE,
            "{options:?}, seed {seed}"
        );
        assert!(!said_by(&site).iter().any(|(_, text)| text.contains(SIGN)), "{options:?}, seed {seed}");
        assert_eq!(missing(&site, &words, "open"), NONE, "{options:?}, seed {seed}");
    }
}

#[test]
fn the_partners_edition_holds_what_is_for_partners() {
    let seed = seed();
    let (toolkit, words) = toolkit(seed);
    for options in [&[][..], &["--minify"]] {
        toolkit.build(&[&["--edition", "partners"], options].concat());
        let site = toolkit.site("partners");
        assert_eq!(missing(&site, &words, "open"), NONE, "{options:?}, seed {seed}");
        assert_eq!(missing(&site, &words, "coached"), NONE, "{options:?}, seed {seed}");
        assert_eq!(leaks(&site, &words, &["never"]), NONE, "{options:?}, seed {seed}");
    }
}

#[test]
fn a_public_site_is_the_same_whatever_is_hidden() {
    let (one, _) = toolkit(seed());
    let (other, _) = toolkit(seed());
    for options in [&[][..], &["--minify"]] {
        one.build(options);
        other.build(options);
        assert_eq!(differences(&one.site("public"), &other.site("public")), NONE, "{options:?}");
    }
}
