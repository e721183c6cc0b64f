//! A hand-out as a Word document (ECMA-376): real styles, header rows, sources as footnotes, the same bytes every time.
//!
//! What the schema orders is ordered in [`xml`], one function a kind of properties: Word asks to repair a file whose
//! parts are right and in the wrong order. The text is a writer's and always escaped.

mod body;
mod drawing;
mod notes;
mod package;
mod styles;
mod xml;

use std::borrow::Cow;
use std::io;

use super::content::Handout;
use body::Body;
use notes::Notes;
use xml::{attribute, text};

/// The document's bytes.
///
/// # Errors
/// What the writer of ZIP files says; writing to memory gives it no cause.
pub fn write(handout: &Handout) -> io::Result<Vec<u8>> {
    let body = Body::of(handout);
    let pictures = &body.pictures;
    let notes = Notes::write(&body.cited, handout);
    let header = (!handout.bands.is_empty()).then(|| package::header(&handout.bands.join(" · ")));
    let mut texts = vec![
        ("[Content_Types].xml", package::content_types(header.is_some(), pictures)),
        ("_rels/.rels", package::ROOT_LINKS.to_owned()),
        ("docProps/core.xml", core(handout)),
        ("word/document.xml", package::document(&body.text, !pictures.is_empty(), handout, header.is_some())),
        ("word/_rels/document.xml.rels", package::links(&body.links, pictures, header.is_some())),
        ("word/styles.xml", styles::styles(&handout.language)),
        ("word/numbering.xml", styles::numbering(&body.lists)),
        ("word/settings.xml", package::SETTINGS.to_owned()),
        ("word/footnotes.xml", notes.text),
        ("word/_rels/footnotes.xml.rels", package::plain_links(&notes.links)),
        ("word/footer1.xml", package::footer(handout)),
    ];
    texts.extend(header.map(|header| ("word/header1.xml", header)));
    let texts = texts.into_iter().map(|(name, text)| (Cow::from(name), Cow::from(text.into_bytes())));
    let media = pictures.iter().map(|it| (Cow::from(format!("word/media/{}", it.name)), Cow::from(&*it.bytes)));
    package::zipped(&texts.chain(media).collect::<Vec<_>>())
}

/// The core properties: what a list of files, a search and a screen reader tell of the document.
fn core(handout: &Handout) -> String {
    let by = handout.organization.as_deref().unwrap_or(&handout.site);
    let stamp = format!("{}T00:00:00Z", handout.date);
    format!(
        "{}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         <dc:language>{}</dc:language><cp:version>{}</cp:version>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{stamp}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{stamp}</dcterms:modified></cp:coreProperties>",
        xml::HEAD,
        text(&handout.name),
        text(by),
        text(&handout.language),
        attribute(&handout.version),
    )
}
