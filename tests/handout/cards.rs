//! The pictures beside shared links, and the page that lists what is printed.

use crate::SAMPLE;

/// The width and height in a PNG's head.
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn every_page_names_a_card_that_is_there() {
    let root = SAMPLE.at("public");
    let mut seen = std::collections::BTreeSet::new();
    for (path, bytes) in SAMPLE.site("public").into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes).unwrap();
        if path == "404.html" || html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let (_, rest) = html.split_once("property=\"og:image\" content=\"https://example.org/toolkit/").expect(&path);
        let card = rest.split('"').next().unwrap();
        assert!(html.contains("name=\"twitter:card\" content=\"summary_large_image\""), "{path}");
        let (_, alt) = html.split_once("property=\"og:image:alt\" content=\"").unwrap();
        assert!(alt.split('"').next().unwrap().len() > 20, "{path}");
        let bytes = std::fs::read(root.join(card)).unwrap();
        assert_eq!(size(&bytes), (1200, 630), "{card}");
        assert!(bytes.len() < 300_000, "{card} has {} bytes", bytes.len());
        seen.insert(card.to_owned());
    }
    assert!(seen.len() > 12 && seen.iter().any(|card| card.contains("cards/message-safer-")), "{seen:?}");
}

#[test]
fn the_page_of_hand_outs_lists_each_with_its_pages_and_its_picture() {
    for edition in ["public", "partners"] {
        let html = std::fs::read_to_string(SAMPLE.at(edition).join("handouts/index.html")).unwrap();
        for (path, _) in crate::pdfs(edition) {
            assert!(html.contains(&format!("href=\"../{path}\"")), "{edition} does not list {path}");
            let picture = path.replace(".pdf", ".png");
            assert!(html.contains(&format!("src=\"../{picture}\"")), "{edition} does not show {picture}");
            let bytes = std::fs::read(SAMPLE.at(edition).join(&picture)).unwrap();
            let (width, height) = size(&bytes);
            assert!(
                width < 300 && height < 420 && bytes.len() < 30_000,
                "{picture}: {width}×{height}, {}",
                bytes.len()
            );
        }
        assert!(html.contains("1 page") && html.contains(" kB"));
        let names: Vec<&str> = crate::between(&html, "aria-label=\"", "\"");
        let of = |form: &str| names.iter().filter(|name| name.contains(form)).copied().collect::<Vec<_>>();
        let pdfs = of(", PDF");
        let told: std::collections::BTreeSet<&str> = pdfs.iter().copied().collect();
        assert_eq!(told.len(), pdfs.len(), "two files with one name: {pdfs:?}");
        let home = std::fs::read_to_string(SAMPLE.at(edition).join("police/index.html")).unwrap();
        assert!(home.contains("handouts/#police"));
    }
}
