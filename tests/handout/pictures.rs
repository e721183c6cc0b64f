//! Pictures of a text on paper: with their words in the tags, without what a camera wrote; what can't be shown is told.

use crate::structure::whole;
use crate::toolkit::{STEPS, Toolkit};
use crate::{text, tool};

/// A toolkit with pictures, a question and a message of these bodies.
fn toolkit(question: &str, message: &str) -> Toolkit {
    let toolkit = Toolkit::with_pictures(question);
    toolkit.write("content/messages/m.md", format!("---\ntitle: M\nclaim: We say so.\n---\n{message}\n"));
    toolkit
}

#[test]
fn a_picture_is_set_with_its_words_and_without_the_camera_s() {
    let toolkit = toolkit(
        "Here.\n\n![The door, from the street](../files/door.jpg)\n\n![The steps](../files/steps.svg)\n",
        "Text.",
    );
    let said = toolkit.build(&[]);
    assert!(!said.stderr.contains("unprinted-picture"), "{}", said.stderr);
    let file = toolkit.at("public/handouts/police/faq.pdf");
    let Some(alts) = whole("faq.pdf", &file) else { return };
    assert_eq!(alts, ["u:The door, from the street", "u:The steps"]);
    let bytes = std::fs::read(&file).unwrap();
    assert!(!bytes.windows(9).any(|part| part == b"SecretCam"));
    let Some(list) = tool("pdfimages", &["-list"], &file, &[]) else { return };
    assert_eq!(list.matches(" jpeg ").count(), 1, "the photo is neither lost nor packed anew: {list}");
    // the message has none
    let Some(alts) = whole("m.pdf", &toolkit.at("public/handouts/police/messages/m.pdf")) else { return };
    assert!(alts.is_empty());
}

#[test]
fn a_picture_that_cannot_be_shown_costs_no_sheet_and_is_told_each_time() {
    let toolkit = toolkit(
        "![A broken one](../files/broken.png)\n\n![The door](../files/door.jpg)\n",
        "![A new one](../files/new.avif)\n",
    );
    let mut broken = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x09\0\0\0\x09\x08\x02\0\0\0".to_vec();
    broken.extend([7; 90]);
    toolkit.write("content/files/broken.png", broken);
    toolkit.write("content/files/new.avif", b"\0\0\0\x20ftypavif\0\0\0\0avifmif1");
    for turn in ["made", "remembered"] {
        let said = toolkit.build(&[]).stderr;
        assert_eq!(said.matches("warning[unprinted-picture]").count(), 2, "{turn}: {said}");
        assert!(said.contains("this picture can't be printed") && said.contains("content/files/broken.png"), "{said}");
        assert!(said.contains("a picture of this form") && said.contains("content/files/new.avif"), "{said}");
        std::fs::remove_dir_all(toolkit.at("public")).unwrap();
    }
    toolkit.build(&[]);
    let file = toolkit.at("public/handouts/police/faq.pdf");
    let Some(alts) = whole("faq.pdf", &file) else { return };
    assert_eq!(alts, ["u:The door"]);
    let Some(text) = text(&file) else { return };
    assert!(text.contains("Picture: A broken one"), "{text}");
}

#[test]
fn one_picture_that_cannot_be_set_takes_no_other_with_it() {
    let toolkit = toolkit(
        "![The steps](../files/steps.svg)\n\n![A smile](../files/smile.svg)\n\n![](../files/smile.svg)\n",
        "![Slow](../files/slow.svg)",
    );
    toolkit.write("content/files/smile.svg", STEPS.replace("<rect", "<text y=\"20\">\u{1f600}</text><rect"));
    toolkit.write(
        "content/files/slow.svg",
        STEPS.replace("<rect", "<filter id=\"a\"><feTurbulence numOctaves=\"800\"/></filter><rect filter=\"url(#a)\""),
    );
    let said = toolkit.build(&[]).stderr;
    assert_eq!(said.matches("warning[unprinted-picture]").count(), 2, "{said}");
    assert!(said.contains("content/files/smile.svg") && said.contains("content/files/slow.svg"), "{said}");
    let file = toolkit.at("public/handouts/police/faq.pdf");
    let Some(alts) = whole("faq.pdf", &file) else { return };
    assert_eq!(alts, ["u:The steps"]);
    let Some(text) = text(&file) else { return };
    assert_eq!(text.matches("Picture:").count(), 1, "an ornament is not told: {text}");
}

#[test]
fn pictures_that_are_too_much_for_a_sheet_are_named() {
    let toolkit = toolkit("Text.", "Text.");
    let pictures: String = (0..30).map(|_| "![The steps](../files/steps.svg)\n\n").collect();
    toolkit.write("content/talking-points/a.md", format!("---\npoint: You decide.\n---\n{pictures}"));
    let said = toolkit.build(&[]).stderr;
    assert!(said.contains("its pictures are too many") && said.contains("it has 30 pictures"), "{said}");
    assert!(!said.contains("0 words in 0 lines"), "{said}");
}

#[test]
fn another_picture_makes_only_the_sheets_again_that_show_it() {
    let toolkit = toolkit("![The door](../files/steps.svg)\n", "Text.");
    toolkit.build(&[]);
    let before = toolkit.site("public");
    toolkit.write("content/files/steps.svg", STEPS.replace("90", "80"));
    toolkit.build(&[]);
    let after = toolkit.site("public");
    let changed: Vec<&str> =
        after.iter().filter(|file| !before.contains(file)).map(|(path, _)| path.as_str()).collect();
    let pdfs: Vec<&&str> = changed.iter().filter(|path| path.ends_with(".pdf")).collect();
    assert_eq!(pdfs, [&"handouts/general/faq.pdf", &"handouts/police/faq.pdf"], "{changed:?}");
}
