//! Files that are not what they say, are damaged, or are made to do harm: refused, or read right, with little memory.

use std::io::Write;
use std::time::{Duration, Instant};

use onevoice::import::{Format, read};

use super::package::{body, docx, zipped};

fn said(format: Format, bytes: &[u8]) -> String {
    let start = Instant::now();
    let said = match read(format, bytes) {
        Ok(imported) => format!("read: {}", imported.body.chars().take(60).collect::<String>().trim_end()),
        Err(why) => format!("{why}; {}", why.help()),
    };
    assert!(start.elapsed() < Duration::from_secs(60), "{said}");
    said
}

fn word(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_file_that_is_something_else_is_told_and_what_to_do() {
    let ole = |text: &str| {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let spreadsheet = zipped(&[("xl/workbook.xml", b"<x/>")]);
    let writer = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]);
    let other = zipped(&[("a.txt", b"x")]);
    for (format, bytes, expected) in [
        (Format::Word, b"%PDF-1.7".as_slice(), "it is a PDF, whatever its name says"),
        (Format::Plain, b"%PDF-1.7", "it is a PDF, whatever its name says"),
        (Format::Word, b"{\\rtf1 x}", "it is an RTF document"),
        (
            Format::Word,
            b"<!DOCTYPE html><p>x",
            "it is a web page, whatever its name says; give it a name that ends in .html",
        ),
        (Format::Word, b"words", "it is no Word document"),
        (Format::Word, &ole("WordDocument"), "it is a Word document of before 2007"),
        (Format::Word, &ole("EncryptedPackage"), "it is locked with a password; open it with its password"),
        (Format::Word, &spreadsheet, "it is a spreadsheet"),
        (Format::Word, &writer, "it is a document of LibreOffice"),
        (Format::Word, &other, "it is a ZIP file without a Word document in it"),
        (Format::Word, &body(&word("x"))[..200], "it is damaged: the ZIP file that it is made of can't be read"),
        (Format::Page, &body(&word("x")), "if it is a Word document, give it a name that ends in .docx"),
        (Format::Plain, b"\x89PNG\r\n", "it is a picture"),
        (Format::Plain, b"\x7fELF\0\0\x01\0\0\0", "it is no text"),
        (Format::Page, b"MIME-Version: 1.0\r\n", "it is a web archive"),
        (Format::Plain, b"", "there is no text in it"),
        (Format::Plain, b" \n\t", "there is no text in it"),
        (Format::Page, b"<body><img src=scan.png></body>", "there is no text in it; if its words are pictures"),
        (Format::Page, b"<meta charset=koi8-r><p>\xd2\xd5", "its letters are koi8-r"),
    ] {
        let said = said(format, bytes);
        assert!(said.contains(expected), "{said}\n{expected}");
    }
}

#[test]
fn every_ending_says_whether_it_can_be_read_and_what_else_can_be_done() {
    for (name, expected) in [
        ("a.doc", "save it as a Word document (.docx)"),
        ("a.PDF", "save the document that the PDF was made from"),
        ("a.mhtml", "HTML only"),
        ("a", "name the file with an ending"),
        ("a.exe", "can be read"),
    ] {
        let why = Format::by_name(name).unwrap_err();
        assert!(why.help().contains(expected), "{name}: {why}; {}", why.help());
    }
    assert_eq!(Format::by_name("My Draft.DOCX"), Ok(Format::Word));
    assert_eq!(Format::by_name("a.docm"), Ok(Format::Word));
}

/// A part that is a few kilobytes and unpacks to `size` bytes.
fn bomb(size: usize) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    writer.start_file("word/document.xml", options).unwrap();
    writer.write_all(b"<w:document xmlns:w=\"w\"><w:body>").unwrap();
    let piece = vec![b' '; 1 << 20];
    for _ in 0..size >> 20 {
        writer.write_all(&piece).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_grows_or_stands_too_deep_is_refused_before_it_takes_the_memory() {
    let unpacks = "it grows over all limits when it is unpacked";
    let bytes = bomb(200 << 20);
    assert!(bytes.len() < 1 << 20, "{}", bytes.len());
    assert!(said(Format::Word, &bytes).starts_with(unpacks));
    assert!(said(Format::Word, &vec![b'P'; (64 << 20) + 1]).starts_with("it is larger than 64 MiB"));
    assert!(said(Format::Plain, &vec![b'x'; (32 << 20) + 1]).starts_with("it is larger than 32 MiB"));
    assert!(said(Format::Plain, &b"some words\n\n".repeat(800_000)).starts_with("its text is longer than 8 MiB"));
    let many: Vec<(String, String)> =
        (0..10_001).map(|n| (format!("docx word/media/{n}.png"), String::new())).collect();
    assert!(said(Format::Word, &docx(&many)).starts_with(unpacks));

    let deep = "its parts stand too deep in each other";
    for (open, close) in [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    ] {
        let xml = format!("{}{}{}", open.repeat(20_000), word("x"), close.repeat(20_000));
        assert!(said(Format::Word, &body(&xml)).starts_with(deep));
    }
    for tag in ["<div>", "<b>", "<ul><li>", "<blockquote>", "<table><tr><td>", "<a href=x>", "<svg>"] {
        assert!(said(Format::Page, tag.repeat(100_000).as_bytes()).starts_with(deep), "{tag}");
    }
    assert!(said(Format::Word, &body(&word("x").repeat(450_000))).starts_with("its text is longer"));
}

#[test]
fn a_word_document_that_defines_signs_of_its_own_is_refused() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE w:document [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    let outside = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><w:document/>";
    let unknown = "<w:document><w:body><w:p><w:r><w:t>&secret;</w:t></w:r></w:p></w:body></w:document>";
    for xml in [laughs, outside, unknown] {
        let bytes = zipped(&[("word/document.xml", xml.as_bytes())]);
        assert!(said(Format::Word, &bytes).starts_with("it defines signs of its own"), "{xml}");
    }
    let styles = zipped(&[
        ("word/document.xml", b"<w:document><w:body/></w:document>".as_slice()),
        ("word/styles.xml", laughs.as_bytes()),
        ("word/_rels/document.xml.rels", b"<R><Relationship Id=\"a\" Type=\"x/styles\" Target=\"styles.xml\"/></R>"),
    ]);
    assert!(said(Format::Word, &styles).starts_with("it defines signs of its own"));
}

#[test]
fn a_document_with_macros_is_refused_whatever_they_are_called() {
    let types =
        "<Types><Override PartName=\"/word/fonts.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>";
    for (part, text) in
        [("word/vbaProject.bin", "Sub AutoOpen"), ("word/VBAPROJECT.BIN", "x"), ("[Content_Types].xml", types)]
    {
        let bytes = docx(&[("docx word/document.xml".into(), word("Words")), (format!("docx {part}"), text.into())]);
        let said = said(Format::Word, &bytes);
        assert!(said.starts_with("the document holds macros (small programs"), "{part}: {said}");
        assert!(said.contains("save it as a Word document without macros (.docx)"), "{said}");
    }
}

#[test]
fn what_lies_in_a_document_unused_or_leads_out_of_it_is_told() {
    let link = |kind: &str, target: &str| {
        format!("<R><Relationship Id=\"a\" Type=\"x/{kind}\" Target=\"{target}\" TargetMode=\"External\"/></R>")
    };
    let bytes = docx(&[
        ("docx word/document.xml".into(), word("Words")),
        ("docx word/embeddings/oleObject1.bin".into(), "x".into()),
        ("docx word/activeX/activeX1.xml".into(), "<x/>".into()),
        ("docx word/activeX/activeX1.bin".into(), "x".into()),
        ("docx ../../evil.txt".into(), "x".into()),
        ("docx word/_rels/document.xml.rels".into(), link("settings", "settings.xml")),
        ("docx word/settings.xml".into(), "<x/>".into()),
        ("docx word/_rels/settings.xml.rels".into(), link("attachedTemplate", "https://example.org/a.dotm")),
    ]);
    let imported = read(Format::Word, &bytes).unwrap();
    assert_eq!(imported.body, "Words\n");
    assert_eq!(
        imported.left_out.lines(),
        [
            "a file in the document is left out",
            "a button or field with a program of its own is left out: none was run",
            "the document names a template that stands elsewhere: it was not fetched",
            "a part of the document has a name that leads out of it: it is left out, and nothing was unpacked",
        ]
    );
}

#[test]
fn broken_xml_is_told_and_never_half_read() {
    for xml in
        ["<w:p><w:r><w:t>x</w:r></w:p>", "<w:p>", "<w:p><w:t>&#xFFFFFFFF;</w:t></w:p>", "<w:p a=\"1\"", "</w:body>"]
    {
        let said = said(Format::Word, &body(xml));
        assert!(said.starts_with("it is damaged"), "{xml}: {said}");
    }
}

#[test]
fn pages_that_open_without_end_take_time_in_step_with_their_size() {
    let font: String = (0..120).map(|n| format!("<font color={n}>")).collect();
    for page in [
        font + &"<p>x".repeat(200_000),
        "<a href=#n1>1</a>".repeat(50_000) + "<p id=n1>" + &"<b>x</b>".repeat(100_000),
        "<ul>".to_owned() + &"<li>x".repeat(200_000),
        "<table>".to_owned() + &"<tr><td>x<td>y".repeat(100_000),
        "<p>".to_owned() + &"*a_ ".repeat(300_000),
        "<p>".to_owned() + &"<i>*</i>_[".repeat(5_000),
        "x\0y".repeat(10),
        "&amp;".repeat(500_000),
    ] {
        let said = said(Format::Page, page.as_bytes());
        assert!(
            said.starts_with("read: ") || said.starts_with("its text is longer") || said.starts_with("it is no text"),
            "{said}"
        );
    }
}
