//! A Word document (ECMA-376): a ZIP file with parts in XML.

mod field;
mod lists;
mod package;
mod paragraph;
mod properties;
mod styles;
mod table;
mod walk;
mod xml;

use std::collections::BTreeMap;

use super::Refusal;
use super::document::{Block, Document};
use super::left_out::Kind;
use package::Package;
use styles::{Numbering, Styles};
use walk::{NoteId, Walk};

/// The most pieces of text that are taken from a document.
const MOST_PIECES: usize = 400_000;

/// Reads a Word document.
///
/// # Errors
/// When it is no Word document, damaged, locked, or made to do harm.
pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut package = Package::open(bytes)?;
    let main = package.main_part()?;
    if package.has_macros() {
        return Err(Refusal::Macros);
    }
    let links = package.links_of(&main)?;
    let part = |kind: &str| links.by_kind(kind).map(|target| package::beside(&main, target));
    let (style_part, list_part) = (part("styles"), part("numbering"));
    let styles = Styles::read(&package.text_or_empty(style_part.as_deref())?)?;
    let numbering = Numbering::read(&package.text_or_empty(list_part.as_deref())?)?;
    let text = package.text(&main)?;

    let mut document = Document::default();
    let mut walk = Walk::new(&text, &styles, &numbering, &links, MOST_PIECES);
    document.blocks = walk.document()?;
    let wanted = std::mem::take(&mut walk.notes);
    document.left_out = std::mem::take(&mut walk.left_out);
    let mut left = walk.pieces_left;

    let mut found: BTreeMap<NoteId, Vec<Block>> = BTreeMap::new();
    for (kind, end) in [("footnotes", false), ("endnotes", true)] {
        let Some(name) = part(kind).filter(|_| wanted.iter().any(|note| note.end == end)) else { continue };
        let (text, links) = (package.text(&name)?, package.links_of(&name)?);
        let mut walk = Walk::new(&text, &styles, &numbering, &links, left);
        found.extend(walk.all_notes(end)?);
        left = walk.pieces_left;
    }
    document.notes = wanted.iter().map(|note| found.remove(note).unwrap_or_default()).collect();

    let settings = part("settings").map(|name| package.links_of(&name)).transpose()?;
    if settings.is_some_and(|links| links.by_kind("attachedTemplate").is_some_and(is_elsewhere)) {
        document.left_out.one(Kind::Template);
    }
    document.left_out.at_least(Kind::Embedded, package.count_in("embeddings", ""));
    document.left_out.count(Kind::Control, package.count_in("activeX", ".xml"));
    document.left_out.count(Kind::Escaping, package.count_escaping());
    // a hand-out has a header where it has that line, and keeps it when the line itself was deleted
    if styles.are_ours() && links.by_kind("header").is_some() {
        document.left_out.at_least(Kind::Band, 1);
    }
    if links.by_kind("header").or_else(|| links.by_kind("footer")).is_some() {
        document.left_out.one(Kind::PageEdges);
    }
    Ok(document)
}

/// Whether a template would be fetched from another machine: on the one where it was written it may stand anywhere.
fn is_elsewhere(address: &str) -> bool {
    let address = address.to_ascii_lowercase();
    let is_share = address.starts_with("\\\\") || (address.starts_with("file:") && address.contains("\\\\"));
    is_share || ["http:", "https:", "ftp:"].iter().any(|scheme| address.starts_with(scheme))
}
