//! What `onevoice new --from` makes of other files: the cases of tests/import, hostile files, and texts of any kind.
//!
//! On a page of tests/import a heading starts a case. A fence `html`, `md` or `txt` is the file; fences
//! `docx PART` are the parts of a Word document, where `docx word/document.xml` holds what stands in its body. The
//! fence `written` is what comes out, the title before it, what is told behind it. `UPDATE_EXPECT=1` writes it.
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests look at the disk and fail aloud"
)]

#[path = "import/hostile.rs"]
mod hostile;
#[path = "import/package.rs"]
mod package;
#[path = "import/words.rs"]
mod words;

use std::path::Path;

use onevoice::import::{Format, Imported, read};

/// A case: its heading, its files, and the lines of its fence `written`.
struct Case {
    heading: String,
    files: Vec<(String, String)>,
    expected: Option<(usize, usize)>,
}

fn cases(text: &str) -> Vec<Case> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut cases, mut at) = (Vec::<Case>::new(), 0);
    while at < lines.len() {
        let line = lines[at];
        let ticks = line.len() - line.trim_start_matches('`').len();
        if let Some(heading) = line.strip_prefix("## ") {
            cases.push(Case { heading: heading.to_owned(), files: Vec::new(), expected: None });
        } else if ticks >= 3 {
            let end =
                at + 1 + lines[at + 1..].iter().position(|line| *line == "`".repeat(ticks)).expect("a fence that ends");
            let case = cases.last_mut().expect("a heading before the first fence");
            match &line[ticks..] {
                "written" => case.expected = Some((at + 1, end)),
                info => case.files.push((info.to_owned(), lines[at + 1..end].join("\n"))),
            }
            at = end;
        }
        at += 1;
    }
    cases
}

fn made(case: &Case) -> String {
    let (info, text) = &case.files[0];
    let read = match info.as_str() {
        "html" => read(Format::Page, text.as_bytes()),
        "md" => read(Format::Markdown, text.as_bytes()),
        "txt" => read(Format::Plain, text.as_bytes()),
        _ => read(Format::Word, &package::docx(&case.files)),
    };
    match read {
        Ok(imported) => shown(&imported),
        Err(why) => format!("refused: {why}\n"),
    }
}

fn shown(imported: &Imported) -> String {
    let mut out = String::new();
    for entry in &imported.entries {
        out += &format!("key: {}", entry.lines);
    }
    if let Some(title) = &imported.title {
        out += &format!("title: {title}\n");
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out += &imported.body;
    for line in imported.left_out.lines() {
        out += &format!("\ntold: {line}");
    }
    out.trim_end().to_owned() + "\n"
}

#[test]
fn every_file_becomes_what_its_page_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import");
    let mut wrong = String::new();
    let mut pages: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|page| page.extension().is_some_and(|ending| ending == "md"));
    pages.sort();
    assert!(pages.len() >= 3);
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for case in cases(&text).iter().rev() {
            let made = made(case);
            let (from, to) =
                case.expected.unwrap_or_else(|| panic!("{}: {} has no fence `written`", page.display(), case.heading));
            let expected = lines[from..to].join("\n") + "\n";
            if made != expected {
                wrong += &format!("\n{}, {}:\n--- expected\n{expected}--- made\n{made}", page.display(), case.heading);
                lines.splice(from..to, made.lines().map(str::to_owned));
            }
        }
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&page, lines.join("\n") + "\n").unwrap();
        }
    }
    assert!(wrong.is_empty() || std::env::var_os("UPDATE_EXPECT").is_some(), "{wrong}");
}
