//! Slips of writers: what stands there, and what is said about it.

use super::*;
use crate::finding::{At, What};
use crate::source::yaml::parse;

/// `line:column: trouble «the piece»`, as a reader counts.
fn told(text: &str, slip: &Slip) -> String {
    let from = text[..slip.span.start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[..from].matches('\n').count() + 1;
    let column = text[from..slip.span.start].chars().count() + 1;
    let piece =
        text[slip.span.clone()].replace('\t', r"\t").replace('\u{1}', r"\u{1}").replace('\u{2028}', r"\u{2028}");
    format!("{line}:{column} {:?} «{piece}»", slip.trouble)
}

#[test]
fn slips_are_told_where_they_were_made() {
    for (text, expected) in SLIPS {
        let slip = match (parse(text), serde_yaml::from_str::<serde_yaml::Value>(text)) {
            (Err(slip), _) => slip,
            (Ok(_), Err(error)) => serde_yaml_trouble(&error, text),
            (Ok(_), Ok(_)) => panic!("nothing is wrong with {text:?}"),
        };
        assert_eq!(told(text, &slip), *expected, "{text:?}");
    }
}

/// The line to type instead can be typed instead.
#[test]
fn what_is_offered_instead_can_be_read() {
    let mut offered = 0;
    for (text, _) in SLIPS {
        let instead = match parse(text).map_err(|slip| slip.trouble) {
            Err(
                YamlTrouble::ColonInText { instead }
                | YamlTrouble::QuoteInside { instead, .. }
                | YamlTrouble::NeedsQuotes { instead: Some(instead), .. },
            ) => instead,
            _ => continue,
        };
        offered += 1;
        let read = parse(&instead).unwrap_or_else(|slip| panic!("{instead:?}: {slip:?}"));
        let value = if read.items().is_empty() { &read } else { &read.items()[0] };
        let value = value.entries().first().map_or(value, |entry| &entry.value);
        assert!(value.text().is_some(), "{instead:?} is no text");
    }
    assert!(offered > 20);
}

/// The same slip, however the lines end and whatever stands above it.
#[test]
fn line_ends_and_what_stands_above_change_nothing() {
    for (text, expected) in SLIPS {
        let Err(slip) = parse(text) else { continue };
        let (place, trouble) = expected.split_once(' ').unwrap();
        if text.contains('\r') || trouble.contains("line:") || place.starts_with("1:1") || text.starts_with(['-', '?'])
        {
            continue;
        }
        let windows = text.replace('\n', "\r\n");
        let found = told(&windows, &parse(&windows).unwrap_err());
        assert_eq!(found, told(text, &slip), "{windows:?}");
        let below = format!("# é 😀\nävove: \"ü\"\nlist:\n- |\n  x\n{text}");
        let found = told(&below, &parse(&below).unwrap_err());
        let (line, column) = place.split_once(':').unwrap();
        assert_eq!(found, format!("{}:{column} {trouble}", line.parse::<usize>().unwrap() + 5), "{below:?}");
    }
}

#[test]
fn a_slip_in_front_matter_counts_the_lines_of_the_file() {
    let slip = parse("question:\n  else: x\n    police: y\n").unwrap_err();
    let problem = slip.problem("content/faqs/who.md".into(), "---\r\n");
    assert_eq!(problem.what, What::Yaml(YamlTrouble::Indent { found: 4, above: 2, line: 3 }));
    assert_eq!(problem.at, At::bytes("content/faqs/who.md".into(), 25, 29));
}

#[rustfmt::skip]
const SLIPS: &[(&str, &str)] = &[
    ("title: This: thing", r#"1:12 ColonInText { instead: "title: \"This: thing\"" } «:»"#),
    ("title: Safer\nsummary: One: two # why", r#"2:13 ColonInText { instead: "summary: \"One: two\" # why" } «:»"#),
    ("- a: b: c", r#"1:7 ColonInText { instead: "- a: \"b: c\"" } «:»"#),
    ("title Safer\nsummary: x", r#"1:1 Unreadable("this line has no colon after its key") «title Safer»"#),
    ("title:Safer\nsummary: x", r#"1:6 Unreadable("a space is missing after this colon") «:»"#),
    ("title: Safer\nsummary:x\norder: 2", r#"2:8 Unreadable("a space is missing after this colon") «:»"#),
    ("title: x\n summary: y", r#"2:1 Indent { found: 1, above: 0, line: 1 } « »"#),
    ("consent:\n   on: x\n  until: y", r#"3:1 Indent { found: 2, above: 3, line: 2 } «  »"#),
    ("question:\n  else: x\n    police: y", r#"3:1 Indent { found: 4, above: 2, line: 2 } «    »"#),
    ("list:\n  - a\n - b", r#"3:1 Indent { found: 1, above: 2, line: 2 } « »"#),
    ("facts:\n  - id: a\n    label: b\n   value: 3", r#"4:1 Indent { found: 3, above: 4, line: 3 } «   »"#),
    ("facts:\n  - id: a\n   label: b", r#"3:1 Indent { found: 3, above: 4, line: 2 } «   »"#),
    ("town:\n  value: a\nnote: b\n  kind: c\n  more: d", r#"3:1 Indent { found: 0, above: 2, line: 2 } «note: b»"#),
    ("town:\n  value: a\nline: b\n  kind: c", r#"4:1 Indent { found: 2, above: 0, line: 3 } «  »"#),
    ("facts:\n  - id: a\n    label: b\nvalue: 3\n    unit: c\n    reads: d", r#"4:1 Indent { found: 0, above: 4, line: 3 } «value: 3»"#),
    ("facts:\n  - id: a\n    label: b\nvalue: 3\n  - id: c\n    label: d", r#"4:1 Indent { found: 0, above: 4, line: 3 } «value: 3»"#),
    ("facts:\n  - id: a\n  label: b\n    value: 3", r#"3:1 Indent { found: 2, above: 4, line: 2 } «  »"#),
    ("a:\n  else: >-\n    one\nb: >-\n    two\n  c: >-\n    three", r#"4:1 Indent { found: 0, above: 2, line: 2 } «b: >-»"#),
    ("a:\n  else: >-\none two\n  b: >-\n    three", r#"3:1 IndentOfText { found: 0, wanted: 4, line: 2 } «one two»"#),
    ("a:\n  value: one\ntwo three\n  b: c", r#"3:1 IndentOfText { found: 0, wanted: 4, line: 2 } «two three»"#),
    ("a:\n\u{a0}\u{a0}b: c\n  d: e", "2:1 OtherSpace «\u{a0}\u{a0}»"),
    ("\ttitle: x", r#"1:1 Tab «\t»"#),
    ("title: x\n\tsummary: y", r#"2:1 Tab «\t»"#),
    ("a:\n\tb: c", r#"2:1 Tab «\t»"#),
    ("a:\n  - b\n\t- c", r#"3:1 Tab «\t»"#),
    ("text: |\n\tone", r#"2:1 Tab «\t»"#),
    ("text: |\n  one\n\ttwo", r#"3:1 Tab «\t»"#),
    ("title: @police", r#"1:8 NeedsQuotes { sign: '@', instead: Some("title: \"@police\"") } «@»"#),
    ("title: `code`", r#"1:8 NeedsQuotes { sign: '`', instead: Some("title: \"`code`\"") } «`»"#),
    ("title: %5 of", r#"1:8 NeedsQuotes { sign: '%', instead: Some("title: \"%5 of\"") } «%»"#),
    ("title: *bold* text", r#"1:8 NeedsQuotes { sign: '*', instead: Some("title: \"*bold* text\"") } «*»"#),
    ("title: **bold** text", r#"1:8 NeedsQuotes { sign: '*', instead: Some("title: \"**bold** text\"") } «*»"#),
    ("title: & more", r#"1:8 NeedsQuotes { sign: '&', instead: Some("title: \"& more\"") } «&»"#),
    ("title: [Draft] Safer", r#"1:8 NeedsQuotes { sign: '[', instead: Some("title: \"[Draft] Safer\"") } «[»"#),
    ("summary: [Call](local:x) now", r#"1:10 NeedsQuotes { sign: '[', instead: Some("summary: \"[Call](local:x) now\"") } «[»"#),
    ("summary: {{ name }} x", r#"1:10 NeedsQuotes { sign: '{', instead: Some("summary: \"{{ name }} x\"") } «{»"#),
    ("summary: {x} y", r#"1:10 NeedsQuotes { sign: '{', instead: Some("summary: \"{x} y\"") } «{»"#),
    ("quote: > he said", r#"1:8 NeedsQuotes { sign: '>', instead: Some("quote: \"> he said\"") } «>»"#),
    ("quote: | he said", r#"1:8 NeedsQuotes { sign: '|', instead: Some("quote: \"| he said\"") } «|»"#),
    ("title: - foo", r#"1:8 NeedsQuotes { sign: '-', instead: Some("title: \"- foo\"") } «-»"#),
    ("title: ? foo", r#"1:8 NeedsQuotes { sign: '?', instead: Some("title: \"? foo\"") } «?»"#),
    ("title: , foo", r#"1:8 NeedsQuotes { sign: ',', instead: Some("title: \", foo\"") } «,»"#),
    ("title: ] foo", r#"1:8 NeedsQuotes { sign: ']', instead: Some("title: \"] foo\"") } «]»"#),
    ("title: \"Safer\" is the word", r#"1:8 NeedsQuotes { sign: '"', instead: Some("title: '\"Safer\" is the word'") } «"»"#),
    ("title: 'Our city's way'", r#"1:8 QuoteInside { sign: '\'', instead: "title: \"Our city's way\"" } «'»"#),
    ("title: 'Safer' is # x", r#"1:8 NeedsQuotes { sign: '\'', instead: Some("title: \"'Safer' is\" # x") } «'»"#),
    ("title: 'tis the season\nsummary: it's\n", r#"1:8 NeverClosed('\'') «'»"#),
    ("title: \"Safer\nsummary: x\n", r#"1:8 NeverClosed('"') «"»"#),
    ("title: \"Safer\nsummary: \"x\"\n", r#"1:8 NeverClosed('"') «"»"#),
    ("answers: [a, b\nfacts: [c]\n", r#"1:10 NeverClosed('[') «[»"#),
    ("answers: [a, [b, c]\nfacts: x", r#"1:10 NeverClosed('[') «[»"#),
    ("answers: [a, b", r#"1:10 NeverClosed('[') «[»"#),
    ("answers: [\n  a,\n  @b\n]\n", r#"3:3 NeedsQuotes { sign: '@', instead: None } «@»"#),
    ("answers: {a: b\nc: d\n", r#"1:10 NeverClosed('{') «{»"#),
    ("answers: [a, b}", r#"1:10 NeverClosed('[') «[»"#),
    ("answers: [\"a]\nb: c", r#"1:11 NeverClosed('"') «"»"#),
    ("title: \"a\\d\"", r#"1:10 Unreadable("in double quotes a backslash and this sign stand for nothing") «\d»"#),
    ("title: \"\\x4\"", r#"1:9 Unreadable("in double quotes this backslash needs the digits of a character") «\x4»"#),
    ("a: b\n---\nc: d", r#"2:1 SecondDocument «---»"#),
    ("a: b\n...\nc: d", r#"3:1 SecondDocument «c: d»"#),
    ("---\n---\n", r#"2:1 SecondDocument «---»"#),
    ("text: |\n    first\n  second\n", r#"3:1 Indent { found: 2, above: 4, line: 2 } «  »"#),
    ("text: |2\n first\n", r#"2:2 Unreadable("this line stands further left than the text it belongs to") «f»"#),
    ("title: one # why\n  two", r#"1:12 Unreadable("a comment stands inside a text that goes on in the next line") «#»"#),
    ("summary: first line\n  and then: second", r#"2:11 ColonInText { instead: "summary: \"first line and then: second\"" } «:»"#),
    ("summary: first line\n and then: second", r#"2:10 ColonInText { instead: "summary: \"first line and then: second\"" } «:»"#),
    ("summary: first\n  second: x", r#"2:1 Indent { found: 2, above: 0, line: 1 } «  »"#),
    ("- a\nb: c", r#"2:1 Unreadable("this is no list entry, and the lines above are") «b: c»"#),
    ("a: b\n- c", r#"2:1 Unreadable("this is a list entry where a key with a colon has to be") «- c»"#),
    ("a: b\n  - c: d", r#"2:3 Unreadable("a list can't stand below a text") «-»"#),
    ("a: *x", r#"1:4 NeedsQuotes { sign: '*', instead: Some("a: \"*x\"") } «*»"#),
    ("a: &x\nb: *y", r#"2:4 NeedsQuotes { sign: '*', instead: Some("b: \"*y\"") } «*»"#),
    ("title: \"a\" \"b\"", r#"1:8 NeedsQuotes { sign: '"', instead: Some("title: '\"a\" \"b\"'") } «"»"#),
    ("title: é: ü", r#"1:9 ColonInText { instead: "title: \"é: ü\"" } «:»"#),
    ("tïtle: [é, ü", r#"1:8 NeverClosed('[') «[»"#),
    ("question: What is \"it\": a thing?", r#"1:23 ColonInText { instead: "question: 'What is \"it\": a thing?'" } «:»"#),
    ("title: it's: 'x' and \"y\"", r#"1:12 ColonInText { instead: "title: 'it''s: ''x'' and \"y\"'" } «:»"#),
    ("- @x", r#"1:3 NeedsQuotes { sign: '@', instead: Some("- \"@x\"") } «@»"#),
    ("- *x y", r#"1:3 NeedsQuotes { sign: '*', instead: Some("- \"*x y\"") } «*»"#),
    ("- \"a\" b", r#"1:3 NeedsQuotes { sign: '"', instead: Some("- '\"a\" b'") } «"»"#),
    ("- [a] b", r#"1:3 NeedsQuotes { sign: '[', instead: Some("- \"[a] b\"") } «[»"#),
    ("a: b: c: d", r#"1:5 ColonInText { instead: "a: \"b: c: d\"" } «:»"#),
    ("{a: b", r#"1:1 NeverClosed('{') «{»"#),
    ("a:\n  b: c\n d: e", r#"3:1 Indent { found: 1, above: 2, line: 2 } « »"#),
    ("? a\n: b\nc", r#"3:1 Unreadable("this line has no colon after its key") «c»"#),
    ("a: b\n c: d\n e: f", r#"2:1 Indent { found: 1, above: 0, line: 1 } « »"#),
    ("\"a: b", r#"1:1 NeverClosed('"') «"»"#),
    ("'a' b: c", r#"1:5 Unreadable("something stands after the closing quotation mark") «b»"#),
    ("a: \"b\nc: d\n---\n", r#"1:4 NeverClosed('"') «"»"#),
    ("title: x\n   \tsummary: y", r#"2:4 Tab «\t»"#),
    ("a: !!int x", r#"1:4 Unreadable("a: invalid value: string \"x\", expected an integer") «!!int x»"#),
    ("%YAML 1.1\na: b", r#"1:1 NeedsQuotes { sign: '%', instead: None } «%»"#),
    ("a: &a [*a]", r#"1:8 Budget("aliases") «*a»"#),
    ("a: b\n\u{1}c: d", r#"2:1 Unreadable("it holds an invisible control character, U+0001") «\u{1}»"#),
    ("key: value\nkey2 : value: x", r#"2:13 ColonInText { instead: "key2 : \"value: x\"" } «:»"#),
    ("steps:\n  1. Call: now\n  2. Wait", r#"3:3 Unreadable("this line has no colon after its key") «2. Wait»"#),
    ("- one\n- two\n-three", r#"3:1 Unreadable("a space is missing after this dash") «-»"#),
    ("list:\n  - one\n  -two: x", r#"3:3 Unreadable("a space is missing after this dash") «-»"#),
    ("a: 'b'c", r#"1:4 NeedsQuotes { sign: '\'', instead: Some("a: \"'b'c\"") } «'»"#),
    ("title: Safer  summary: x", r#"1:22 ColonInText { instead: "title: \"Safer  summary: x\"" } «:»"#),
    ("title: x\n\t\n", r#"2:1 Tab «\t»"#),
    ("a: b\u{2028}c", r#"1:5 Unreadable("it holds an invisible line break, U+2028") «\u{2028}»"#),
    ("a: b\r\nc: d: e\r\n", r#"2:5 ColonInText { instead: "c: \"d: e\"" } «:»"#),
    ("é: [ö]\nü: @x", r#"2:4 NeedsQuotes { sign: '@', instead: Some("ü: \"@x\"") } «@»"#),
    ("title: Safer: now # a note", r#"1:13 ColonInText { instead: "title: \"Safer: now\" # a note" } «:»"#),
    ("answers: [@a, b]", r#"1:11 NeedsQuotes { sign: '@', instead: None } «@»"#),
    ("- title: x\n   summary: y", r#"2:1 Indent { found: 3, above: 2, line: 1 } «   »"#),
    ("title: \"C:\\new\\dir\"", r#"1:15 Unreadable("in double quotes a backslash and this sign stand for nothing") «\d»"#),
    ("title: |\n\ta", r#"2:1 Tab «\t»"#),
    ("k:\n-\tone", r#"2:2 Tab «\t»"#),
    ("summary: >\n  a\n b: c", r#"3:1 Indent { found: 1, above: 2, line: 2 } « »"#),
    ("claim: Everyone's \"safer\": yes, it's true", r#"1:26 ColonInText { instead: "claim: 'Everyone''s \"safer\": yes, it''s true'" } «:»"#),
];
