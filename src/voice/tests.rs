//! What is told part by part equals what is told as a whole, for random bodies.

use proptest::prelude::*;

use super::*;
use crate::source::Source;
use crate::toolkit::edition::Edition;

/// Lines from which bodies are made: every construct that might reach over the edge of a part.
const LINES: &[&str] = &[
    "Plain words.",
    "## A heading",
    "### Lower",
    "# Top",
    "- item",
    "- item\n- second",
    "1. one",
    "2. two",
    "  indented",
    "    code",
    "> quoted",
    "> [!NOTE]\n> Look.",
    "```\nfenced\n```",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    "**bold** and *soft*",
    "\"Quoted\" text",
    "term\n: definition",
    "text[^1]",
    "[^1]: note",
    "[x][y]",
    "[y]: /facts/",
    "<b>html</b>",
    "<script>",
    "***",
    "Title\n===",
    "* star",
    "+ plus",
    "[link](audience:police)",
    "line one\nline two",
    "(in brackets)",
    "$5",
    "word--word...",
    ": colon",
    "",
];

fn body() -> impl Strategy<Value = String> {
    let part = proptest::collection::vec(proptest::sample::select(LINES), 1..4).prop_map(|lines| lines.join("\n\n"));
    let markers = proptest::sample::select(vec!["::: police", "::: residents", "::: else", ":::", "::: partners-only"]);
    proptest::collection::vec((part, markers), 1..6)
        .prop_map(|parts| parts.into_iter().map(|(part, marker)| format!("{part}\n\n{marker}\n")).collect())
}

/// Each reader's HTML, told the one way and the other; `None` where the parts cannot be told alone.
fn both_ways(body: &str) -> Option<Vec<(String, String)>> {
    let page = format!("---\ntitle: A page\n---\n{body}");
    let profile = |name: &str| format!("name: {name}\nask: Come.\n");
    let source = Source::from_texts([
        ("toolkit.yaml", "title: T\n".to_owned()),
        ("content/audiences/police.yaml", profile("Police")),
        ("content/audiences/residents.yaml", profile("Residents")),
        ("content/pages/a.md", page),
    ]);
    let (toolkit, _) = Toolkit::read(&source);
    let today = "2026-11-25".parse().ok()?;
    let view = View { edition: Edition::Partners, today, drafts: false };
    let guarded = toolkit.all_items().first()?;
    let item = guarded.for_checks();
    let cut = blocks::cut(&item.text, item.body_start, &item.file, &toolkit.names);
    if !separable::parts(&cut.parts) {
        return None;
    }
    let locator = Locator { file: Arc::clone(&item.file), key: None };
    let context = Context { toolkit: &toolkit, locator: &locator, no_words: false, heard: false };
    let sight = visible::Sight::of(guarded, &toolkit, &view);
    let teller = Teller { item, view: &view, sight: &sight, context: &context, setting: Setting::Alone };
    let (alone, whole) =
        (teller.by_part(&cut.parts, &mut Vec::new(), None), teller.by_version(&cut.parts, &mut Vec::new(), None));
    let html = |versions: &[Version], reader: Reader| -> String {
        let version = versions.iter().find(|version| version.readers.has(reader));
        version.into_iter().flat_map(|version| &version.parts).map(|part| &*part.html).collect()
    };
    Some(toolkit.everyone().iter().map(|reader| (html(&alone.body, reader), html(&whole.body, reader))).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_told_alone_are_the_whole(body in body()) {
        for (alone, whole) in both_ways(&body).into_iter().flatten() {
            prop_assert_eq!(alone, whole, "{}", body);
        }
    }
}

#[test]
fn ordinary_bodies_are_told_part_by_part() {
    let body =
        "Shared.\n\n- a\n- b\n\n::: police\nFor you.\n::: else\n## For others\n\nMore.\n:::\n\nShared **end**.\n";
    let told = both_ways(body).unwrap();
    assert_eq!(told.len(), 3);
    assert!(told[1].0.contains("For you.") && !told[0].0.contains("For you."));
}

#[test]
fn what_only_partners_read_stands_in_a_frame_of_its_own() {
    let coaching = |words: &str| format!("::: partners-only\n{words}\n:::\n");
    // side by side, after a list, with a heading in it, and at the end
    let body = format!(
        "Open, open.\n\n{}\n{}\nShared.\n\n{}",
        coaching("The first.\n\n- one"),
        coaching("Second."),
        coaching("## Third\n\nWords.\n\n***")
    );
    for (alone, whole) in both_ways(&body).unwrap() {
        assert_eq!(alone, whole);
        let frames: Vec<&str> = alone.split("<aside class=\"alert partners\"").skip(1).collect();
        let inside: Vec<&str> = frames.iter().filter_map(|frame| Some(frame.split_once("</aside>")?.0)).collect();
        assert_eq!(inside.len(), 3, "{alone}");
        for (frame, words) in inside.iter().zip(["first", "Second.", "Words."]) {
            assert!(frame.contains(words) && !frame.contains("Open") && !frame.contains("Shared"), "{alone}");
        }
        assert!(inside[2].contains("<hr>") && inside[2].contains("Third"), "{alone}");
    }
}

/// What is heard of an item: the key or the number of the part, its readers, its words, and each word `→` as typed.
fn heard(page: &str) -> Vec<(String, String)> {
    let profile = |name: &str| format!("name: {name}\nask: Come.\n");
    let facts = "sources: {s: {title: S}}\nfacts:\n  - {id: odds, label: L, value: 58, unit: '%', reads: 58% lower odds, plain: It has 58% lower odds., source: s, review_by: 2030-01-01}\n";
    let source = Source::from_texts([
        ("toolkit.yaml", "title: T\nwords: {program: the program}\n".to_owned()),
        ("content/audiences/police.yaml", profile("Police")),
        ("content/audiences/residents.yaml", profile("Residents")),
        ("content/facts.yaml", facts.to_owned()),
        ("content/local.yaml", "town: Taos\n".to_owned()),
        ("content/pages/a.md", page.to_owned()),
    ]);
    let (toolkit, problems) = Toolkit::read(&source);
    assert!(problems.is_empty(), "{problems:?}");
    let view = View { edition: Edition::Public, today: "2026-11-25".parse().unwrap(), drafts: false };
    let ear = |heard: &Heard<'_>| {
        let is_item = matches!(heard.subject, Subject::Item(..));
        let found: Vec<(String, String)> = heard
            .texts
            .iter()
            .flat_map(|text| text.prose.blocks.iter().map(move |block| (text, block)))
            .map(|(text, block)| {
                let words = text.prose.words_of(block);
                let at = text.at(block.range.clone());
                let place = source.place(&at);
                let typed = place.text.get(place.start..place.end).unwrap_or("?").to_owned();
                (format!("{:?}: {words}", block.kind), typed)
            })
            .filter(|_| is_item)
            .collect();
        Verdict { found, by_figures: false }
    };
    let (_, problems, heard) = Voice::tell(&toolkit, &view, Some(&ear));
    assert!(problems.is_empty(), "{problems:?}");
    heard.into_iter().flatten().collect()
}

#[test]
fn a_text_is_heard_as_people_read_it_and_knows_where_it_was_typed() {
    let all = heard(
        "---\r\ntitle: \"A \\\"good\\\" page\"\r\n---\r\n## It’s *ha*rd\r\n\r\nOne <!-- no --> two\r\nthree &amp; `code`.\r\n\r\n- a\r\n- b <fact:odds>\r\n\r\n> quoted\r\n\r\n::: police\r\nFor [you](fact:odds) in <local:town>, <word:program>!\r\n:::\r\n",
    );
    let expected = [
        ("Paragraph: A “good” page", "A \\\"good\\\" page"),
        ("Heading: It's hard", "It’s *ha*rd"),
        ("Paragraph: One  two three & code.", "One <!-- no --> two\r\nthree &amp; `code`."),
        ("Item: a", "a"),
        ("Item: b 58% lower odds", "b <fact:odds>"),
        ("Paragraph: quoted", "quoted"),
        ("Paragraph: For you in Taos, \u{fffc}!", "For [you](fact:odds) in <local:town>, <word:program>!"),
    ];
    let all: Vec<(&str, &str)> = all.iter().map(|(words, typed)| (words.as_str(), typed.as_str())).collect();
    assert_eq!(all, expected);
}
