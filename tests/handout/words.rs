//! A sheet says what its page says, and no public file what partners alone read.

use crate::{SAMPLE, bare, between, letters, pdfs, sample, text};

#[test]
fn a_sheet_has_every_word_of_its_page_in_its_order() {
    let mut points = 0;
    for (path, file) in pdfs("public") {
        let Some((folder, name)) = path.strip_prefix("handouts/").unwrap().rsplit_once('/') else { continue };
        if folder.starts_with("general") {
            continue;
        }
        let (page, from, to) = match name {
            "sheet.pdf" | "sheet-large.pdf" => (format!("{folder}/talking-points/"), "<li id=\"", "<p class=\"time\">"),
            "faq.pdf" => (format!("{folder}/faq/"), "<div itemprop=\"text\">", "<p class=\"link\">"),
            _ if folder.ends_with("/messages") => {
                (format!("{folder}/{}/", name.trim_end_matches(".pdf")), "<section class=\"text\">", "</section>")
            }
            _ => continue,
        };
        let html = std::fs::read_to_string(SAMPLE.at("public").join(&page).join("index.html")).unwrap();
        let Some(printed) = crate::tool("pdftotext", &["-raw", "-enc", "UTF-8"], &file, &["-"]) else { return };
        // a paragraph may go on behind the foot of a page
        let foot = |line: &&str| {
            line.contains("· Version ")
                || line.starts_with("Page ")
                || line.contains("example.org/")
                || line.starts_with("November ")
        };
        let lines: Vec<&str> = printed.split(['\n', '\u{c}']).collect();
        // nor does an address that goes on in the next line
        let goes_on = |n: usize| {
            let before = n.checked_sub(1).and_then(|n| lines.get(n));
            before.is_some_and(|line| line.contains("example.org/") && line.trim_end().ends_with(['-', '/']))
        };
        let printed: Vec<&str> =
            lines.iter().enumerate().filter(|(n, line)| !foot(line) && !goes_on(*n)).map(|(_, line)| *line).collect();
        let printed = letters(&printed.join(" "));
        let mut rest = printed.as_str();
        for part in between(&html, from, to).iter().filter(|part| !part.starts_with("source-")) {
            let part = part.split_once('>').filter(|_| from.ends_with('"')).map_or(*part, |(_, part)| part);
            let part = ["</td>", "</th>", "</li>", "</dt>", "</dd>"]
                .iter()
                .fold(part.to_owned(), |part, end| part.replace(end, "</p>"));
            for piece in part.split("</p>").map(|piece| letters(&bare(piece))).filter(|piece| piece.len() > 3) {
                let at = rest.find(&piece).unwrap_or_else(|| panic!("{path} does not say {piece}\n{rest}"));
                rest = &rest[at..];
                points += 1;
            }
        }
    }
    assert!(points > 100, "only {points} pieces were compared");
}

#[test]
fn every_page_for_partners_says_so() {
    for (path, file) in pdfs("partners") {
        let Some(text) = crate::tool("pdftotext", &["-raw"], &file, &["-"]) else { return };
        for page in text.split('\u{c}').filter(|page| !page.trim().is_empty()) {
            let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(page.contains("Partners only. Not for the public"), "{path}: {page}");
        }
    }
    for (path, file) in pdfs("public") {
        let Some(text) = text(&file) else { return };
        assert!(!text.contains("Partners only"), "{path}");
        assert!(!path.contains("brief"), "{path} is for partners");
    }
}

#[test]
fn nothing_that_partners_alone_read_is_in_a_public_file() {
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
    for (path, bytes) in toolkit.site("public") {
        assert!(!path.contains(secret), "{path}");
        if !path.ends_with(".pdf") {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{path}");
            continue;
        }
        let file = toolkit.at("public").join(&path);
        let (Some(text), Some(info)) = (text(&file), crate::tool("pdfinfo", &[], &file, &[])) else { return };
        let Some(objects) = crate::tool("qpdf", &["--json=2"], &file, &[]) else { return };
        assert!(!letters(&text).contains(secret) && !info.contains(secret) && !objects.contains(secret), "{path}");
        seen += usize::from(text.contains("You decide here"));
    }
    assert!(seen > 0, "the point is on a sheet");
    toolkit.build(&["--edition", "partners"]);
    let Some(text) = text(&toolkit.at("partners/handouts/police/sheet.pdf")) else { return };
    assert!(text.contains(secret), "partners read their part: {text}");
}
