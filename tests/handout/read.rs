//! Every PDF of the sample, as the usual tools read it.

use crate::{SAMPLE, pdfs, text, tool};

#[test]
fn every_pdf_is_whole_tagged_titled_and_of_its_paper() {
    for edition in ["public", "partners"] {
        for (path, file) in pdfs(edition) {
            let Some(said) = tool("qpdf", &["--check"], &file, &[]) else { return };
            assert!(said.contains("No syntax or stream encoding errors found"), "{path}: {said}");
            let Some(info) = tool("pdfinfo", &[], &file, &[]) else { return };
            let field = |name: &str| {
                let line = info.lines().find_map(|line| line.strip_prefix(&format!("{name}:")));
                line.unwrap_or_else(|| panic!("{path} has no {name}: {info}")).trim().to_owned()
            };
            assert_eq!(field("Tagged"), "yes", "{path}");
            assert_eq!(field("Encrypted"), "no", "{path}");
            assert_eq!(field("Author"), "The Exampletown diversion coalition", "{path}");
            assert_eq!(field("Creator"), "onevoice", "{path}");
            assert!(!field("Title").is_empty());
            assert!(field("Keywords").starts_with("Version "), "{path}: {info}");
            let size = if path.ends_with("card.pdf") { "288 x 432 pts" } else { "612 x 792 pts (letter)" };
            assert_eq!(field("Page size"), size, "{path}");
            let pages: usize = field("Pages").parse().unwrap();
            let most = match path.rsplit('/').next().unwrap() {
                "sheet.pdf" | "card.pdf" | "brief.pdf" => 1,
                "sheet-large.pdf" => 2,
                name if edition == "public" && path.ends_with(&format!("/messages/{name}")) => 1,
                _ => 8,
            };
            assert!(pages <= most, "{path} has {pages} pages");
        }
    }
}

#[test]
fn every_font_is_in_the_file_and_can_be_copied_from() {
    for (path, file) in pdfs("partners") {
        let Some(fonts) = tool("pdffonts", &[], &file, &[]) else { return };
        let rows: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!rows.is_empty(), "{path}");
        for row in rows {
            let words: Vec<&str> = row.split_whitespace().collect();
            // … emb sub uni object ID
            assert_eq!(words[words.len() - 5..words.len() - 2], ["yes"; 3], "{path}: {row}");
        }
    }
}

#[test]
fn every_sheet_says_its_version_its_date_and_its_address() {
    for (path, file) in pdfs("public") {
        let Some(text) = text(&file) else { return };
        let page = match path.strip_prefix("handouts/").unwrap().rsplit_once('/').unwrap() {
            (reader, "sheet.pdf" | "sheet-large.pdf") if reader != "general" => format!("{reader}/talking-points/"),
            (reader, "faq.pdf") if reader != "general" => format!("{reader}/faq/"),
            (folder, item) if folder.ends_with("/messages") && !folder.starts_with("general") => {
                format!("{folder}/{}/", item.trim_end_matches(".pdf"))
            }
            _ => {
                assert!(text.contains("Version "), "{path}: {text}");
                continue;
            }
        };
        let html = std::fs::read_to_string(SAMPLE.at("public").join(&page).join("index.html")).unwrap();
        let (_, rest) = html.split_once("Version ").unwrap();
        let version: String = rest.chars().take(7).collect();
        assert!(text.contains(&format!("Version {version}")), "{path} and its page have two versions: {text}");
        assert!(text.contains("Updated November 2"), "{path}: {text}");
        assert!(text.contains(&format!("example.org/toolkit/{}", page.trim_end_matches('/'))), "{path}: {text}");
        assert!(text.contains("Page 1 of "), "{path}: {text}");
    }
}
