//! What fits on its page, and what is told of a text that does not.

use std::path::Path;

use crate::toolkit::Toolkit;
use crate::{SAMPLE, pdfs, sample, text, tool};

/// A word as it stands on a page, in points from the upper left corner.
struct Word {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
    text: String,
}

/// The words of each page.
fn words(file: &Path) -> Option<Vec<Vec<Word>>> {
    let said = tool("pdftotext", &["-bbox"], file, &["-"])?;
    let number = |line: &str, name: &str| -> f64 {
        line.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap().parse().unwrap()
    };
    let word = |line: &str| Word {
        left: number(line, "xMin"),
        top: number(line, "yMin"),
        right: number(line, "xMax"),
        bottom: number(line, "yMax"),
        text: line.split_once('>').unwrap().1.split('<').next().unwrap().to_owned(),
    };
    let page = |page: &str| page.lines().filter(|line| line.trim().starts_with("<word")).map(word).collect();
    Some(said.split("<page ").skip(1).map(page).collect())
}

fn pages(file: &Path) -> Option<usize> {
    let info = tool("pdfinfo", &[], file, &[])?;
    info.lines().find_map(|line| line.strip_prefix("Pages:")).map(|pages| pages.trim().parse().unwrap())
}

/// A toolkit of one audience with these files.
fn toolkit(ask: &str, files: &[(&str, &str)]) -> Toolkit {
    let toolkit = Toolkit::empty();
    let off = "checks: {reading-grade: off, spoken-length: off, sound-bite: off, lead-too-long: off}";
    toolkit.write("toolkit.yaml", format!("title: Ours\nbase_url: https://example.org/\n{off}\n"));
    toolkit.write("content/audiences/police.yaml", format!("name: Police\nask: {ask}\nhandout: {{words: 9000}}\n"));
    files.iter().for_each(|(path, text)| toolkit.write(path, text));
    toolkit
}

#[test]
fn each_message_of_the_sample_is_one_page_of_either_paper() {
    let a4 = sample();
    let settings = std::fs::read_to_string(a4.at("toolkit.yaml")).unwrap();
    a4.write("toolkit.yaml", settings.replace("paper: letter", "paper: a4"));
    a4.build(&[]);
    let mut seen = 0;
    for (path, file) in pdfs("public").into_iter().filter(|(path, _)| path.contains("/messages/")) {
        let (Some(letter), Some(a4)) = (pages(&file), pages(&a4.at("public").join(&path))) else { return };
        assert_eq!((letter, a4), (1, 1), "{path}");
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
    // with the coaching in it, the ask and whom to call are still on the first
    for (path, file) in pdfs("partners").into_iter().filter(|(path, _)| path.contains("/messages/")) {
        let Some(count) = pages(&file) else { return };
        assert!(count <= 2, "{path} has {count} pages");
        let Some(first) = tool("pdftotext", &["-l", "1", "-raw"], &file, &["-"]) else { return };
        assert!(first.contains("Who to call") && first.contains("Emergency 911"), "{path}: {first}");
    }
}

#[test]
fn a_text_of_any_length_stays_over_the_foot_of_its_pages() {
    let sentence = |n: usize| format!("Sentence{n} is one of many that nobody cut.");
    let long = (0..150).map(sentence).collect::<Vec<_>>().join(" ");
    let cell = (0..1500).map(|n| format!("cell{n}")).collect::<Vec<_>>().join(" ");
    let table = format!("Yes.\n\n| Head | Other |\n|---|---|\n| {cell} | two |\n| last | row |\n");
    let toolkit = toolkit(
        &long,
        &[
            ("content/faqs/a.md", &format!("---\nquestion: What?\n---\n{table}")),
            ("content/talking-points/a.md", &format!("---\npoint: You decide.\n---\n{table}")),
            ("content/messages/m.md", &format!("---\ntitle: M\nclaim: We say so.\n---\n{table}")),
            ("content/local.yaml", "line: {value: 505 555 0142, kind: phone}\n"),
        ],
    );
    let found = toolkit.build(&[]).stderr;
    assert!(!found.contains("leaves page"), "{found}");
    for name in ["sheet", "sheet-large", "faq", "messages/m"] {
        let Some(pages) = words(&toolkit.at(&format!("public/handouts/police/{name}.pdf"))) else { return };
        let all: Vec<&Word> = pages.iter().flatten().collect();
        for part in ["Sentence149", "cell0", "cell1499", "row"] {
            assert!(all.iter().any(|word| word.text == part), "{name} without {part}");
        }
        for word in all.iter().filter(|word| word.text.starts_with("cell") || word.text.starts_with("Sentence")) {
            assert!(
                word.bottom < 792.0 - 70.0 && word.right < 612.0 - 30.0,
                "{name}: {} at {}",
                word.text,
                word.bottom
            );
        }
    }
}

#[test]
fn a_text_that_leaves_its_page_is_told() {
    let toolkit = toolkit("Refer people.", &[("content/faqs/a.md", "---\nquestion: What?\n---\nThis.\n")]);
    let settings = std::fs::read_to_string(toolkit.at("toolkit.yaml")).unwrap();
    toolkit.write("toolkit.yaml", format!("{settings}theme: mine\n"));
    let lines = "over".to_owned() + &" over".repeat(4_000);
    let layout = format!(
        "#import \"base.typ\": *\n#show: sheet-setup\n#title-block()\n#block(breakable: false)[Begins {lines}]\n"
    );
    toolkit.write("themes/mine/handout/faq.typ", layout);
    let found = toolkit.build(&[]).stderr;
    assert!(found.contains("warning[sheet-too-long]: the text of handouts/police/faq leaves page "), "{found}");
    assert!(found.contains("over the foot or off the paper: `over over"), "{found}");
}

#[test]
fn each_kind_that_promises_its_pages_is_told_of() {
    let toolkit = toolkit(&"You ask us to go on for a long time. ".repeat(130), &[]);
    let more = "It is a longer one, with more words than anybody reads at a door. ".repeat(5);
    for n in 0..30 {
        let text = format!("---\npoint: Point number {n} says this.\n---\n{more}\n");
        toolkit.write(&format!("content/talking-points/p{n:02}.md"), text);
    }
    let message = "---\ntitle: M\nclaim: We say so.\nsound_bite: It is so.\n---\nText.\n";
    toolkit.write("content/messages/m.md", message);
    let found = toolkit.build(&["--edition", "partners"]).stderr;
    for line in [
        "the general sheet has ",
        "the general sheet in large print has ",
        "this audience's sheet has ",
        "this audience's sheet in large print has ",
        "this audience's card for the counter has ",
        "this audience's brief has ",
    ] {
        assert!(found.contains(&format!("warning[sheet-too-long]: {line}")), "{line}: {found}");
    }
    assert!(found.contains("--> toolkit.yaml"), "{found}");
}

#[test]
fn what_fell_over_is_counted_as_a_reader_counts_it() {
    let toolkit = toolkit("Refer people.", &[]);
    let settings = std::fs::read_to_string(toolkit.at("toolkit.yaml")).unwrap();
    toolkit.write("toolkit.yaml", format!("{settings}general: false\n"));
    for n in 0..24 {
        let text = format!(
            "---\npoint: Here **is** a point that has *ten* words in it.\n---\n{}\n",
            "Six more words are added here. ".repeat(5 + n % 3)
        );
        toolkit.write(&format!("content/talking-points/p{n:02}.md"), text);
    }
    for (edition, arguments) in [("public", &[][..]), ("partners", &["--edition", "partners"])] {
        let found = toolkit.build(arguments).stderr;
        let (_, told) = found.split_once("this audience's sheet has 2 pages").unwrap_or_else(|| panic!("{found}"));
        let (before, rest) = told.split_once(" words in ").unwrap();
        let said: usize = before.rsplit(' ').next().unwrap().parse().unwrap();
        let said_lines: usize = rest.split(' ').next().unwrap().parse().unwrap();
        let Some(pages) = words(&toolkit.at(&format!("{edition}/handouts/police/sheet.pdf"))) else { return };
        // numbers of points stand left of the text, their times right of it, the sum of the times below
        let total = pages[1].iter().find(|word| word.text == "Total").map_or(0.0, |word| word.bottom);
        let is_text = |word: &&Word| {
            let number = word.left < 60.0 && word.text.parse::<u32>().is_ok();
            (30.0..720.0).contains(&word.bottom) && word.left < 543.0 && !number && (word.bottom - total).abs() > 1.0
        };
        let counted: Vec<&Word> = pages[1].iter().filter(is_text).collect();
        let mut lines: Vec<f64> = counted.iter().map(|word| word.bottom).collect();
        lines.sort_by(f64::total_cmp);
        lines.dedup_by(|one, other| (*one - *other).abs() < 5.0);
        let text: Vec<&str> = counted.iter().map(|word| &*word.text).collect();
        assert_eq!((said, said_lines), (counted.len(), lines.len()), "{edition}: {text:?}");
    }
}

#[test]
fn what_is_torn_off_stands_clear_of_every_edge_of_its_strip() {
    for number in ["505 555 0142", "+1 (505) 555-0142", "+123 (456) 789 - 012 - 345"] {
        let line = format!("line: {{value: '{number}', kind: phone}}\n");
        let message =
            ("content/messages/m.md", "---\ntitle: M\nclaim: We say so.\nsound_bite: It is so.\n---\nText.\n");
        let toolkit = toolkit("Refer people.", &[message, ("content/local.yaml", &line)]);
        toolkit.write("content/pages/p.md", "---\ntitle: P\n---\nCall <local:line>.\n");
        toolkit.build(&[]);
        let Some(pages) = words(&toolkit.at("public/handouts/police/card.pdf")) else { return };
        assert_eq!(pages.len(), 1, "{number}");
        let (edge, cut) = (0.15 * 72.0, 432.0 - 1.45 * 72.0);
        let torn: Vec<&Word> = pages[0].iter().filter(|word| word.bottom > cut).collect();
        assert!(torn.len() >= 6, "{number}: {}", torn.len());
        for word in torn {
            assert!(
                word.top > cut + edge && word.bottom < 432.0 - edge,
                "{number}: {} is at {} to {}",
                word.text,
                word.top,
                word.bottom
            );
            assert!(word.left > edge - 1.5 && word.right < 288.0 - edge + 1.5, "{number}: {}", word.text);
        }
    }
}

#[test]
fn the_foot_of_a_card_keeps_its_date_in_one_line_and_its_distance() {
    for (path, file) in pdfs("public").into_iter().filter(|(path, _)| path.ends_with("card.pdf")) {
        let Some(pages) = words(&file) else { return };
        let top = |text: &str| pages[0].iter().find(|word| word.text == text).map(|word| word.top);
        let foot = top("Version").unwrap();
        let text = pages[0].iter().filter(|word| word.bottom < foot + 1.0).map(|word| word.bottom).fold(0.0, f64::max);
        assert!(foot - text > 4.0, "{path}: the text ends {} points above the foot", foot - text);
        let date: Vec<f64> =
            pages[0].iter().filter(|word| ["25,", "2026"].contains(&&*word.text)).map(|word| word.top).collect();
        assert!(date.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 1.0), "{path}: {date:?}");
    }
}

#[test]
fn in_large_print_nothing_is_small_and_the_last_line_says_where_the_sources_are() {
    let mut told = 0;
    for (path, file) in pdfs("public").into_iter().filter(|(path, _)| path.ends_with("sheet-large.pdf")) {
        let Some(xml) = tool("pdftohtml", &["-xml", "-i", "-stdout", "-zoom", "1"], &file, &[]) else { return };
        let field = |line: &str, name: &str| -> f64 {
            line.split_once(&format!(" {name}=\"")).unwrap().1.split('"').next().unwrap().parse().unwrap()
        };
        let fonts: Vec<(String, f64)> = xml
            .lines()
            .filter(|line| line.trim().starts_with("<fontspec"))
            .map(|line| (line.split('"').nth(1).unwrap().to_owned(), field(line, "size")))
            .collect();
        for line in xml.lines().filter(|line| line.starts_with("<text") && field(line, "top") < 792.0 - 75.0) {
            let font = line.split_once("font=\"").unwrap().1.split('"').next().unwrap();
            let size = fonts.iter().find(|(id, _)| id == font).unwrap().1;
            assert!(size >= 18.0, "{path}: {size} points: {line}");
        }
        let Some(text) = text(&file) else { return };
        told += usize::from(text.contains("Limits and sources: example.org/toolkit"));
    }
    assert!(told > 3, "{told} say it");
}

#[test]
fn a_note_that_stays_behind_is_not_called() {
    let files = [
        (
            "content/faqs/a.md",
            "---\nquestion: Does it?\nlikely: true\n---\nIt does[^x] so.\n\nMore of it.\n\n[^x]: With a limit.\n",
        ),
        ("content/talking-points/a.md", "---\npoint: You decide.\n---\n"),
    ];
    let toolkit = toolkit("Refer people.", &files);
    toolkit.build(&[]);
    let Some(text) = text(&toolkit.at("public/handouts/police/sheet.pdf")) else { return };
    assert!(text.contains("It does so."), "{text}");
}

#[test]
fn small_print_says_what_it_is_about_where_no_mark_does() {
    let Some(text) = text(&SAMPLE.at("public/handouts/police/messages/safer.pdf")) else { return };
    let (_, after) =
        text.split_once("Four North Carolina programs looked at the people who took an active part.").expect(&text);
    assert!(after.contains("Counts only people who stayed in touch with the program"), "{after}");
}
