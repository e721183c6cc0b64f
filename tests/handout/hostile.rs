//! Texts that mean harm, or that nobody meant to print: a good page or a finding, never a broken file.

use crate::toolkit::Toolkit;
use crate::{text, tool};

/// A toolkit of one audience with these files.
fn toolkit(files: &[(&str, &str)]) -> Toolkit {
    let toolkit = Toolkit::empty();
    toolkit.write("toolkit.yaml", "title: Ours\nbase_url: https://example.org/\nchecks: {reading-grade: off}\n");
    toolkit.write("content/audiences/police.yaml", "name: Police\nask: Refer people.\n");
    files.iter().for_each(|(path, text)| toolkit.write(path, text));
    toolkit
}

/// Builds it; what was found, and the sheet.
fn sheet(toolkit: &Toolkit) -> (String, std::path::PathBuf) {
    let said = toolkit.build(&[]);
    let file = toolkit.at("public/handouts/police/sheet.pdf");
    tool("qpdf", &["--check"], &file, &[]);
    (said.stderr, file)
}

#[test]
fn an_emoji_costs_a_box_and_a_finding() {
    let toolkit = toolkit(&[(
        "content/talking-points/a.md",
        "---\npoint: You decide \u{1f600} now.\n---\nYes \u{1f468}\u{200d}\u{1f469}.\n",
    )]);
    let (found, file) = sheet(&toolkit);
    assert!(found.contains("warning[missing-glyph]: no font of the print files has `\u{1f600}` (U+1F600)"), "{found}");
    assert!(found.contains("--> content/talking-points/a.md:2:19"), "{found}");
    assert!(found.contains("--> content/talking-points/a.md:4:5"), "{found}");
    let Some(text) = text(&file) else { return };
    assert!(text.contains("You decide □ now.") && text.contains("Yes □."), "{text}");
}

#[test]
fn a_phrase_in_another_script_is_one_finding() {
    let toolkit = toolkit(&[(
        "content/talking-points/a.md",
        "---\npoint: You decide \u{5d0}\u{5ea}\u{5d4} \u{5de}\u{5d7}\u{5dc}\u{5d9}\u{5d8} now.\n---\nSay \u{4f60}\u{597d}\u{ff0c}\u{4e16}\u{754c}.\n",
    )]);
    let (found, _) = sheet(&toolkit);
    assert_eq!(found.matches("warning[missing-glyph]").count(), 2, "{found}");
    assert!(found.contains("(U+05D0)") && found.contains(" and 2 more") && found.contains("(U+4F60)"), "{found}");
}

#[test]
fn a_text_is_never_a_command() {
    let harm = "#let x = 1; #read(\"/etc/passwd\") $a^2$ *b* _c_ `d` @e <f> = g // h /* i */ \\u{41} ~ -- ...";
    let toolkit =
        toolkit(&[("content/talking-points/a.md", &format!("---\npoint: 'You {}'\n---\n", harm.replace('\'', "''")))]);
    let (_, file) = sheet(&toolkit);
    let Some(text) = text(&file) else { return };
    for part in ["#let x = 1;", "#read(", "/etc/passwd", "$a^2$", "@e", "<f> = g // h /* i */"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_word_of_three_thousand_letters_stays_on_the_paper() {
    let word = "abcdefghij".repeat(300);
    let toolkit = toolkit(&[("content/talking-points/a.md", &format!("---\npoint: Say {word} now.\n---\n"))]);
    let (_, file) = sheet(&toolkit);
    let Some(boxes) = tool("pdftotext", &["-bbox"], &file, &["-"]) else { return };
    for right in boxes.split("xMax=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok()) {
        assert!(right < 612.0 - 30.0, "a word ends at {right} of 612 points");
    }
    let Some(text) = text(&file) else { return };
    assert_eq!(text.replace([' ', '\u{200b}'], "").matches("abcdefghij").count(), 300);
}

#[test]
fn five_hundred_points_are_many_pages_and_a_finding_with_the_longest_three() {
    let toolkit = toolkit(&[]);
    for n in 0..500 {
        let more = if n % 100 == 7 {
            "It is a longer one, with more words than all the others have. ".repeat(n / 100 + 1)
        } else {
            String::new()
        };
        toolkit.write(
            &format!("content/talking-points/p{n:03}.md"),
            format!("---\npoint: Point number {n} says this.\n---\n{more}\n"),
        );
    }
    let (found, file) = sheet(&toolkit);
    let (_, rest) = found.split_once("warning[sheet-too-long]: this audience's sheet has ").unwrap();
    assert!(rest.contains("pages; 1 is the most") || found.contains("pages; 1 is the most"), "{found}");
    assert!(found.contains(" words in ") && found.contains(" lines too many"), "{found}");
    for longest in ["p407.md", "p307.md", "p207.md"] {
        assert!(found.contains(&format!("content/talking-points/{longest}:2:")), "{longest}: {found}");
    }
    let Some(info) = tool("pdfinfo", &[], &file, &[]) else { return };
    assert!(!info.contains("Pages:           1\n"), "{info}");
    let Some(text) = text(&file) else { return };
    assert!(text.contains("Point number 499 says this."));
}

#[test]
fn a_sheet_from_right_to_left_is_a_sheet() {
    let toolkit = toolkit(&[(
        "content/talking-points/a.md",
        "---\npoint: \u{5d0}\u{5ea}\u{5d4} \u{5de}\u{5d7}\u{5dc}\u{5d9}\u{5d8}.\n---\nABC\n",
    )]);
    toolkit.write("toolkit.yaml", "title: Ours\nlanguage: he\nbase_url: https://example.org/\n");
    let (found, file) = sheet(&toolkit);
    assert!(found.contains("missing-glyph"), "no font of ours has Hebrew: {found}");
    let Some(text) = text(&file) else { return };
    assert!(text.contains("ABC"), "{text}");
}

#[test]
fn an_address_stands_at_the_foot_of_a_page_once() {
    let body = "See [one](https://example.org/x), [two](https://example.org/y) and [one again](https://example.org/x).";
    let toolkit = toolkit(&[("content/faqs/a.md", &*format!("---\nquestion: What?\n---\n{body}\n"))]);
    toolkit.build(&[]);
    let Some(text) = text(&toolkit.at("public/handouts/police/faq.pdf")) else { return };
    assert_eq!((text.matches("example.org/x").count(), text.matches("example.org/y").count()), (1, 1), "{text}");
    // the number of the first stands at both places, and before the address
    assert_eq!(text.matches("(1)").count(), 3, "{text}");
}

#[test]
fn everything_that_markdown_can_is_set() {
    let body = "Text with *emphasis*, **strong**, ~~struck~~, `code`, a [link](https://example.org/x) and a note[^1].\n\n\
        ## A heading\n\n#### One that skips\n\n1. One\n   - inner\n     - deeper\n2. Two\n\n> A quotation\n\n> [!NOTE]\n> Take note.\n\n\
        | Head | Number |\n|---|--:|\n| cell | 12 |\n\n```\ncode   kept\n```\n\nTerm\n: Meaning\n\n---\n\n[^1]: The note.\n";
    let files = [
        ("content/faqs/a.md", &*format!("---\nquestion: What?\n---\n{body}")),
        ("content/messages/m.md", &*format!("---\ntitle: M\nclaim: We say so.\n---\n{body}")),
    ];
    let toolkit = toolkit(&files);
    toolkit.build(&[]);
    for name in ["faq", "messages/m"] {
        let file = toolkit.at(&format!("public/handouts/police/{name}.pdf"));
        tool("qpdf", &["--check"], &file, &[]);
        let Some(text) = text(&file) else { return };
        for part in [
            "emphasis",
            "struck",
            "A heading",
            "inner",
            "deeper",
            "A quotation",
            "Take note.",
            "cell",
            "12",
            "kept",
            "Meaning",
            "The note.",
            "example.org/x",
        ] {
            assert!(text.contains(part), "{name} without {part}: {text}");
        }
    }
}
