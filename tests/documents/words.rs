//! A document says what its page says, comes back by `new --from` as it was, and keeps what partners alone read.

use onevoice::import::{Format, read};
use pulldown_cmark::{Event, Options, Parser};

use crate::{SAMPLE, bare, between, documents, letters, part, parts, sample, typed};

#[test]
fn a_document_has_every_word_of_its_page_in_its_order() {
    let mut pieces = 0;
    for (path, file) in documents("public") {
        let Some((folder, name)) = path.strip_prefix("handouts/").unwrap().rsplit_once('/') else { continue };
        if folder.starts_with("general") {
            continue;
        }
        let (page, from, to) = match name {
            "sheet.docx" => (format!("{folder}/talking-points/"), "<li id=\"", "<p class=\"time\">"),
            "faq.docx" => (format!("{folder}/faq/"), "<div itemprop=\"text\">", "<p class=\"link\">"),
            _ => (format!("{folder}/{}/", name.trim_end_matches(".docx")), "<section class=\"text\">", "</section>"),
        };
        let html = std::fs::read_to_string(SAMPLE.at("public").join(&page).join("index.html")).unwrap();
        let written = letters(&typed(&part(&std::fs::read(&file).unwrap(), "word/document.xml")));
        let mut rest = written.as_str();
        for part in between(&html, from, to).iter().filter(|part| !part.starts_with("source-")) {
            let part = part.split_once('>').filter(|_| from.ends_with('"')).map_or(*part, |(_, part)| part);
            for piece in part.split("</p>").map(|piece| letters(&bare(piece))).filter(|piece| piece.len() > 3) {
                let at = rest.find(&piece).unwrap_or_else(|| panic!("{path} does not say {piece}\n{rest}"));
                rest = &rest[at..];
                pieces += 1;
            }
        }
    }
    assert!(pieces > 100, "only {pieces} pieces were compared");
}

/// What a reader of Markdown sees.
fn shown(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

/// A document without the line that says whom it is not for: that becomes a key.
fn without_band(xml: &str) -> String {
    let Some((before, after)) = xml.split_once("<w:pStyle w:val=\"Band\"/>") else { return xml.to_owned() };
    let (start, end) = (before.rfind("<w:p>").unwrap(), after.find("</w:p>").unwrap());
    [&before[..start], &after[end..]].concat()
}

#[test]
fn what_is_imported_again_has_the_same_words() {
    let public = documents("public").into_iter().map(|it| (it, false));
    for ((path, file), is_coaching) in public.chain(documents("partners").into_iter().map(|it| (it, true))) {
        let bytes = std::fs::read(&file).unwrap();
        let imported = read(Format::Word, &bytes).unwrap();
        let title = imported.title.expect("a document has a title");
        // the title becomes a key of its own
        let before = letters(&shown(&title));
        let text = letters(&typed(&without_band(&part(&bytes, "word/document.xml"))));
        let notes = letters(&typed(&part(&bytes, "word/footnotes.xml")));
        let came = letters(&shown(&imported.body));
        assert_eq!(text.replacen(&before, "", 1) + &notes, came, "{path}\n{}", imported.body);
        let told = imported.left_out.lines();
        assert_eq!(
            told.iter().any(|line| line.contains("`edition: partners` is set")),
            is_coaching,
            "{path}: {told:?}"
        );
        assert!(
            told.iter().all(|line| line.contains("top and bottom")
                || line.contains("leads nowhere")
                || line.contains("lead nowhere")
                || line.contains("`edition: partners` is set")),
            "{path}: {told:?}"
        );
    }
}

#[test]
fn only_partners_get_the_brief_and_every_page_of_theirs_says_so() {
    for (path, file) in documents("partners") {
        let bytes = std::fs::read(&file).unwrap();
        assert!(part(&bytes, "word/header1.xml").contains("Partners only"), "{path}");
    }
    assert!(documents("partners").iter().any(|(path, _)| path == "handouts/police/brief.docx"));
    for (path, file) in documents("public") {
        let all: String = parts(&std::fs::read(&file).unwrap()).into_iter().map(|(name, text)| name + &text).collect();
        assert!(!all.contains("Partners only") && !path.contains("brief"), "{path}");
    }
}

#[test]
fn nothing_that_partners_alone_read_is_in_a_public_document() {
    let toolkit = sample();
    let secret = "zqxsecretword";
    let police = std::fs::read_to_string(toolkit.at("content/audiences/police.yaml")).unwrap();
    let police = police.replace("tone: \"", &format!("tone: \"{secret} "));
    toolkit.write("content/audiences/police.yaml", police.replace("values: [", &format!("values: [{secret}, ")));
    toolkit.write("content/talking-points/zz.md", format!(
        "---\npoint: You decide here.\naudiences: [police]\n---\nYes.\n\n::: partners-only\nSay {secret}.\n:::\n<!-- {secret} -->\n"
    ));
    for (name, keys) in [("one", "edition: partners"), ("two", "draft: true"), ("three", "embargo: 2030-01-01")] {
        let text = format!("---\nquestion: Is it {secret}?\nlikely: true\n{keys}\n---\nIt is {secret}.\n");
        toolkit.write(&format!("content/faqs/{name}-{secret}.md"), text);
        let text = format!("---\ntitle: A {secret}\nclaim: It is {secret}.\n{keys}\n---\nIt is {secret}.\n");
        toolkit.write(&format!("content/messages/{name}-{secret}.md"), text);
    }
    toolkit.build(&[]);
    let mut seen = 0;
    for (path, bytes) in toolkit.site("public").iter().filter(|(path, _)| path.ends_with(".docx")) {
        assert!(!path.contains(secret), "{path}");
        for (name, text) in parts(bytes) {
            assert!(!text.contains(secret) && !name.contains(secret), "{path}: {name}");
            seen += usize::from(text.contains("You decide here"));
        }
    }
    assert!(seen > 0, "the point is in a document");
    toolkit.build(&["--edition", "partners"]);
    let sheet = std::fs::read(toolkit.at("partners/handouts/police/sheet.docx")).unwrap();
    assert!(part(&sheet, "word/document.xml").contains(secret), "partners read their part");
}

#[test]
fn the_page_of_handouts_links_every_document() {
    let page = std::fs::read_to_string(SAMPLE.at("public/handouts/index.html")).unwrap();
    for (path, _) in documents("public") {
        assert!(page.contains(&format!("href=\"../{path}\"")), "{path}");
    }
}

#[test]
fn a_hostile_text_gives_a_document_that_can_be_read() {
    let toolkit = sample();
    let nasty = "A & B < C > \"D\" ]]> \u{1}\u{b}\u{fffe} 🙂 שלום עולם <w:t>x</w:t> ";
    let long = "x".repeat(5_000);
    toolkit.write(
        "content/faqs/nasty.md",
        format!("---\nquestion: \"What of &amp; \\\\<w:p> and 🙂?\"\n---\n{}\n\n{long}\n\n- a\n  1. b\n     - c\n\n> q\n\n```\n<x> &\n```\n", nasty.replace('<', "\\<")),
    );
    toolkit.build(&[]);
    let bytes = std::fs::read(toolkit.at("public/handouts/general/faq.docx")).unwrap();
    let imported = read(Format::Word, &bytes).unwrap();
    for piece in ["A & B", "שלום", "🙂", &long, "<x> &"] {
        assert!(shown(&imported.body).contains(piece), "{piece}");
    }
}
