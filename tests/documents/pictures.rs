//! Pictures of a text in its document: the file that is published, with its words; and no more than is published.

use std::io::{Cursor, Read};

use crate::part;
use crate::toolkit::{TURNED, Toolkit};

/// The parts of a document that are pictures.
fn media(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let media = names.into_iter().filter(|name| name.starts_with("word/media/"));
    media
        .map(|name| {
            let mut bytes = Vec::new();
            archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

#[test]
fn a_picture_is_in_the_document_as_it_is_published_once_and_with_its_words() {
    let toolkit = Toolkit::with_pictures(
        "Here.\n\n![The \"door\" & the street](../files/door.jpg)\n\n- ![Again](../files/door.jpg)\n",
    );
    toolkit.build(&[]);
    let document = std::fs::read(toolkit.at("public/handouts/police/faq.docx")).unwrap();
    let media = media(&document);
    let [(name, bytes)] = &media[..] else { panic!("{} pictures", media.len()) };
    assert!(name.ends_with(".jpg"));
    assert_eq!(*bytes, std::fs::read(toolkit.at("public/files/door.jpg")).unwrap());
    assert!(!bytes.windows(9).any(|part| part == b"SecretCam") && bytes.len() < TURNED.len());
    let text = part(&document, "word/document.xml");
    assert!(text.contains(" descr=\"The “door” &amp; the street\""), "{text}");
    assert_eq!(text.matches("<w:drawing>").count(), 2);
    assert!(!text.contains("</w:pPr></w:p>"), "no bullet stands by itself: {text}");
    assert!(text.contains("<wp:docPr id=\"1\" ") && text.contains("<wp:docPr id=\"2\" "), "{text}");
    // 60 × 30 pixels on their side
    assert!(text.contains("<wp:extent cx=\"381000\" cy=\"190500\"/>") && text.contains(" rot=\"5400000\""), "{text}");
    assert!(part(&document, "[Content_Types].xml").contains("<Default Extension=\"jpg\" ContentType=\"image/jpeg\"/>"));
    let links = part(&document, "word/_rels/document.xml.rels");
    assert!(links.contains("Id=\"picture1\"") && links.contains(&name["word/".len()..]), "{links}");
}

#[test]
fn what_word_cannot_show_or_has_no_place_is_told() {
    let toolkit =
        Toolkit::with_pictures("![The steps](../files/steps.svg)\n\n| A |\n|---|\n| ![yes](../files/door.jpg) |\n");
    toolkit.build(&[]);
    let document = std::fs::read(toolkit.at("public/handouts/police/faq.docx")).unwrap();
    let text = part(&document, "word/document.xml");
    assert!(text.contains(">Picture: The steps<") && text.contains(">yes<"), "{text}");
    assert!(media(&document).is_empty() && !text.contains("<w:drawing>"));
}

#[test]
fn a_photo_that_breaks_off_is_published_without_its_place_and_told_in_the_document() {
    let toolkit = Toolkit::with_pictures("![The door](../files/door.jpg)\n");
    // no program misses two bytes at the end of a photo
    toolkit.write("content/files/door.jpg", &TURNED[..TURNED.len() - 2]);
    toolkit.build(&[]);
    let published = std::fs::read(toolkit.at("public/files/door.jpg")).unwrap();
    assert!(!published.windows(9).any(|part| part == b"SecretCam") && published.len() > 300);
    let document = std::fs::read(toolkit.at("public/handouts/police/faq.docx")).unwrap();
    assert!(media(&document).is_empty() && part(&document, "word/document.xml").contains(">Picture: The door<"));
}

#[test]
fn a_picture_leads_where_its_link_does_and_an_ornament_is_one() {
    let toolkit = Toolkit::with_pictures(
        "[![The door](../files/door.jpg)](https://example.org/door/)\n\n![](../files/door.jpg)\n\n![](../files/steps.svg)\n",
    );
    toolkit.build(&[]);
    let document = std::fs::read(toolkit.at("public/handouts/police/faq.docx")).unwrap();
    let text = part(&document, "word/document.xml");
    assert!(text.contains(">example.org/door<") && text.contains("<w:hyperlink r:id=\"link1\""), "{text}");
    assert_eq!((text.matches("adec:decorative ").count(), text.matches("Picture:").count()), (1, 0), "{text}");
}

#[test]
fn a_picture_for_partners_only_is_in_no_public_document() {
    let toolkit = Toolkit::with_pictures("All.\n\n::: partners-only\n![Our plan](../files/door.jpg)\n:::\n");
    toolkit.build(&[]);
    toolkit.build(&["--edition", "partners"]);
    let shown = |edition: &str| {
        let document = std::fs::read(toolkit.at(edition).join("handouts/police/faq.docx")).unwrap();
        (media(&document).len(), part(&document, "word/document.xml").contains("Our plan"))
    };
    assert_eq!((shown("public"), shown("partners")), ((0, false), (1, true)));
}
