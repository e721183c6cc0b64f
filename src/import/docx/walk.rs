//! Through the text of a document, element by element. One that is not known is passed through: what is in it counts.

use std::collections::BTreeMap;

use super::field::Fields;
use super::lists::{Counters, nest};
use super::package::Links;
use super::styles::{Numbering, Styles};
use super::xml::{Node, Xml};
use crate::import::Refusal;
use crate::import::document::Block;
use crate::import::left_out::{Kind, LeftOut};

/// A footnote, or a note at the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoteId {
    /// Whether it stands at the end.
    pub end: bool,
    /// Its id.
    pub id: String,
}

/// A walk through one part.
pub struct Walk<'a> {
    pub(super) xml: Xml<'a>,
    pub(super) styles: &'a Styles,
    pub(super) numbering: &'a Numbering,
    pub(super) links: &'a Links,
    pub(super) fields: Fields,
    pub(super) counters: Counters,
    /// The notes that were met, in their order.
    pub notes: Vec<NoteId>,
    /// What did not come along.
    pub left_out: LeftOut,
    /// How many pieces may still come.
    pub pieces_left: usize,
}

impl<'a> Walk<'a> {
    /// A walk through `text`.
    pub fn new(text: &'a str, styles: &'a Styles, numbering: &'a Numbering, links: &'a Links, pieces: usize) -> Self {
        Self {
            xml: Xml::new(text),
            styles,
            numbering,
            links,
            fields: Fields::default(),
            counters: Counters::default(),
            notes: Vec::new(),
            left_out: LeftOut::default(),
            pieces_left: pieces,
        }
    }

    /// The blocks of the document.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn document(&mut self) -> Result<Vec<Block>, Refusal> {
        while let Some(node) = self.xml.next()? {
            if node == Node::Open("body".into()) {
                let blocks = self.blocks()?;
                // what is broken behind the text is broken
                while self.xml.next()?.is_some() {}
                return Ok(blocks);
            }
        }
        Err(Refusal::Damaged { part: "its text".to_owned() })
    }

    /// The notes of the part, by their ids.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn all_notes(&mut self, end: bool) -> Result<BTreeMap<NoteId, Vec<Block>>, Refusal> {
        let mut notes = BTreeMap::new();
        while let Some(node) = self.xml.next()? {
            let Node::Open(name) = node else { continue };
            if name == "footnote" || name == "endnote" {
                let id = self.xml.attribute("id").unwrap_or_default();
                let blocks = self.blocks()?;
                notes.insert(NoteId { end, id }, blocks);
            }
        }
        Ok(notes)
    }

    /// The blocks in the element that is open; its end is passed.
    pub(super) fn blocks(&mut self) -> Result<Vec<Block>, Refusal> {
        let mut flat = Vec::new();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.next()? {
                Some(Node::Open(name)) => match name.as_str() {
                    "p" => self.paragraph(&mut flat)?,
                    "tbl" => self.table(&mut flat)?,
                    "sdtPr" => {
                        if self.is_contents()? {
                            // the rest of the part that Word fills in
                            self.left_out.one(Kind::Contents);
                            self.xml.skip()?;
                            depth -= 1;
                        }
                    }
                    "altChunk" => {
                        self.left_out.one(Kind::Embedded);
                        self.xml.skip()?;
                    }
                    name if is_passed_by(name) => {
                        self.tell_passed(name);
                        self.xml.skip()?;
                    }
                    _ => depth += 1,
                },
                Some(Node::Close) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        let numbering = self.numbering;
        Ok(nest(flat, numbering, &mut self.counters))
    }

    /// Whether the `sdtPr` that is open belongs to a table of contents; its end is passed.
    fn is_contents(&mut self) -> Result<bool, Refusal> {
        let mut contents = false;
        self.xml.each(|name, xml| {
            contents |=
                name == "docPartGallery" && xml.attribute("val").is_some_and(|name| name == "Table of Contents");
        })?;
        Ok(contents)
    }

    /// Counts a piece of text.
    pub(super) fn spend(&mut self) -> Result<(), Refusal> {
        self.pieces_left = self.pieces_left.checked_sub(1).ok_or(Refusal::TooLong)?;
        Ok(())
    }

    pub(super) fn tell_passed(&mut self, name: &str) {
        match name {
            "del" | "moveFrom" => self.left_out.one(Kind::Tracked),
            _ => {}
        }
    }
}

/// Elements whose words are not the text's: what was deleted, what is there a second time, what is said of others.
pub(super) fn is_passed_by(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "Fallback"
            | "sectPr"
            | "tblPr"
            | "tblGrid"
            | "trPr"
            | "tcPr"
            | "sdtEndPr"
            | "rt"
            | "rubyPr"
            | "customXmlPr"
            | "smartTagPr"
            | "delText"
            | "delInstrText"
            | "binData"
    )
}
