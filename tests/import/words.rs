//! Any text, through any format and back: a toolkit reads the same words.

use onevoice::import::{Format, Imported, read};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::package::body;

/// Pieces that mean something to Markdown, to HTML or to us, and words.
fn pieces() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "__",
        "`",
        "```",
        "~",
        "~~",
        "~~~",
        "[",
        "](x)",
        "![",
        "<b>",
        "</p>",
        "<!--",
        "-->",
        "&amp;",
        "&#65;",
        "&copy",
        "|",
        "||",
        "\\",
        "\\*",
        "#",
        "##",
        "1.",
        "23)",
        "-",
        "---",
        "+",
        "=",
        "===",
        ">",
        ":",
        ":::",
        "::: police",
        "{{",
        "}}",
        "{#id}",
        "{%",
        "[[",
        "]]",
        "[^1]",
        "[^1]:",
        "<fact:x>",
        "fact:x",
        "http://example.org/a_b_c",
        "a@b.org",
        "\"",
        "'",
        "--",
        "...",
        "!",
        "$",
        "^",
        "@",
        "\t",
        "\u{a0}",
        "\u{ad}",
        "é",
        "e\u{301}",
        "漢字",
        "אב",
        "🙂",
        "\u{202e}",
        "\u{7}",
        "\r",
        "x",
        "word",
        "two words",
        "A.",
        "5",
        "&",
        "<",
        "(",
        ")",
        "accept:",
    ]);
    prop::collection::vec((sign, prop::sample::select(vec!["", " ", "", "\n"])), 1..14)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| format!("{piece}{gap}")).collect())
}

/// A piece with a look: bold, italic, struck, code, link.
fn runs() -> impl Strategy<Value = Vec<(String, u8)>> {
    prop::collection::vec((pieces(), prop_oneof![Just(0), 0_u8..32]), 1..5)
}

/// Without spaces and soft hyphens, and with the typed forms of what smart punctuation makes.
fn comparable(text: &str) -> String {
    let mut out = String::new();
    for sign in text
        .chars()
        .filter(|sign| !sign.is_whitespace() && !sign.is_control() && !matches!(sign, '\u{ad}' | '\u{feff}'))
    {
        match sign {
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            '–' | '—' | '-' if out.ends_with('-') => {}
            '–' | '—' => out.push('-'),
            '…' => out.push_str("..."),
            sign => out.push(sign),
        }
    }
    out
}

/// The words of Markdown as a toolkit reads it; the numbers of lists, too.
fn read_back(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
        | Options::ENABLE_SMART_PUNCTUATION;
    let (mut out, mut lists) = (String::new(), Vec::new());
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::Start(Tag::List(start)) => lists.push(start),
            Event::End(TagEnd::List(_)) => drop(lists.pop()),
            Event::Start(Tag::Item) => {
                if let Some(Some(number)) = lists.last_mut() {
                    out.push_str(&number.to_string());
                    *number += 1;
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html:?} is HTML in {markdown:?}"),
            Event::FootnoteReference(_) | Event::Start(Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                panic!("{event:?} in {markdown:?}")
            }
            _ => {}
        }
    }
    out
}

/// The Markdown, read as a toolkit reads it, has these words; no line of it opens a block of ours or a comment.
fn same_words(imported: &Imported, wanted: &str) {
    assert_eq!(comparable(&read_back(&imported.body)), comparable(wanted), "\n{}", imported.body);
    let mark = |line: &str| {
        let bare = line.trim_start_matches([' ', '>']);
        // one sign begins an entry of a list; two are emphasis, or nothing
        let number = bare.trim_start_matches(|sign: char| sign.is_ascii_digit());
        let signs: &[char] = if number.len() < bare.len() { &['.', ')'] } else { &['-', '*', '+'] };
        match number.strip_prefix(signs) {
            Some(rest) if rest.starts_with(' ') => rest.trim_start().to_owned(),
            _ => bare.to_owned(),
        }
    };
    for line in imported.body.lines() {
        let bare = mark(&mark(line));
        assert!(!bare.starts_with(":::") && !line.contains("<!--"), "{line}");
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn xml(text: &str) -> String {
    escaped(&text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\t' | '\n' | '\r')).collect::<String>())
}

fn all(runs: &[(String, u8)]) -> String {
    runs.iter().map(|(text, _)| text.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_a_word_document(runs in runs()) {
        prop_assume!(!comparable(&all(&runs)).is_empty());
        let run = |(text, look): &(String, u8)| {
            let on = |bit: u8, tag: &str| if look & bit != 0 { format!("<w:{tag}/>") } else { String::new() };
            format!("<w:r><w:rPr>{}{}{}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", on(1, "b"), on(2, "i"), on(4, "strike"), xml(text))
        };
        let xml: String = runs.iter().map(run).collect();
        let imported = read(Format::Word, &body(&format!("<w:p>{xml}</w:p>"))).unwrap();
        same_words(&imported, &all(&runs));
    }

    #[test]
    fn of_a_web_page(runs in runs()) {
        let text: String = all(&runs).chars().filter(|sign| !sign.is_control() || sign.is_whitespace()).collect();
        prop_assume!(!comparable(&text).is_empty());
        let run = |(text, look): &(String, u8)| {
            let on = |bit: u8, text: String, open: &str, close: &str| if look & bit != 0 { format!("{open}{text}{close}") } else { text };
            let text: String = text.chars().filter(|sign| !sign.is_control() || sign.is_whitespace()).collect();
            let text = on(16, escaped(&text), "<code>", "</code>");
            let text = on(1, on(2, on(4, text, "<s>", "</s>"), "<em>", "</em>"), "<strong>", "</strong>");
            on(8, text, "<a href=\"https://example.org/(x)\">", "</a>")
        };
        let html: String = runs.iter().map(run).collect();
        for (open, close) in [("<p>", "</p>"), ("<ul><li>", "</ul>"), ("<p>1<h2>", "</h2>"), ("<table><tr><td>1<td>", "</table>")] {
            let before = if open.contains('1') { "1" } else { "" };
            let imported = read(Format::Page, format!("<meta charset=utf-8>{open}{html}{close}").as_bytes()).unwrap();
            same_words(&imported, &format!("{before}{text}"));
        }
    }

    #[test]
    fn of_plain_text(text in prop::collection::vec(pieces(), 1..4)) {
        let text: String = text.join("\n\n").chars().filter(|sign| !sign.is_control() || sign.is_whitespace()).collect();
        prop_assume!(!comparable(&text).is_empty());
        let Ok(imported) = read(Format::Plain, text.as_bytes()) else { return Ok(()) };
        // the marks of lists and the lines under headings are no words
        let plain = |text: &str| comparable(text).replace(['-', '*', '.', ')', '='], "");
        let sorted = |text: &str| {
            let mut signs: Vec<char> = plain(text).chars().collect();
            signs.sort_unstable();
            signs
        };
        match &imported.title {
            // wherever it stood
            Some(title) => prop_assert_eq!(sorted(&(read_back(title) + &read_back(&imported.body))), sorted(&text)),
            None => prop_assert_eq!(plain(&read_back(&imported.body)), plain(&text), "\n{}", imported.body),
        }
    }
}
