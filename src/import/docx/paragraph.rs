//! A paragraph and its runs.

use std::rc::Rc;

use super::field;
use super::lists::{Flat, Item};
use super::properties::{self, Look};
use super::styles::Role;
use super::walk::{NoteId, Walk, is_passed_by};
use super::xml::Node;
use crate::import::Refusal;
use crate::import::document::{Block, Piece, Run, may_lead_to, tidy};
use crate::import::left_out::{Kind, Picture};

/// A paragraph as far as it is read.
#[derive(Default)]
struct Open {
    runs: Vec<Run>,
    /// What stands in it and is no run: pictures, boxes of text.
    beside: Vec<Block>,
}

impl Walk<'_> {
    /// Reads the `p` that is open; its end is passed.
    pub(super) fn paragraph(&mut self, flat: &mut Vec<Flat>) -> Result<(), Refusal> {
        let (mut role, mut open) = (Role::Plain, Open::default());
        // where the elements around a run lead: the depth they stand at, and the address
        let mut links: Vec<(usize, Option<Rc<str>>)> = Vec::new();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.next()? {
                Some(Node::Open(name)) => match name.as_str() {
                    "pPr" => role = properties::role(&mut self.xml, self.styles)?,
                    "r" => self.run(links.last().and_then(|(_, link)| link.clone()), &mut open)?,
                    "oMath" => self.formula(&mut open)?,
                    "hyperlink" | "fldSimple" => {
                        depth += 1;
                        let link = self.address(&name);
                        links.push((depth, link));
                    }
                    "ins" | "moveTo" => {
                        self.left_out.one(Kind::Tracked);
                        depth += 1;
                    }
                    "sdtPr" => self.xml.skip()?,
                    name if is_passed_by(name) => {
                        self.tell_passed(name);
                        self.xml.skip()?;
                    }
                    _ => depth += 1,
                },
                Some(Node::Close) => {
                    if links.last().is_some_and(|(at, _)| *at == depth) {
                        links.pop();
                    }
                    depth -= 1;
                }
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        self.place(role, open, flat);
        Ok(())
    }

    /// Where a link leads; one that leads nowhere from here is told, those inside the document are not.
    fn address(&mut self, name: &str) -> Option<Rc<str>> {
        let address: Option<Rc<str>> = if name == "fldSimple" {
            field::link(&self.xml.attribute("instr").unwrap_or_default())
        } else {
            let id = self.xml.attribute("id")?;
            self.links.get(&id).map(Into::into)
        };
        let address = address?;
        if may_lead_to(&address) {
            return Some(address);
        }
        self.left_out.one(Kind::Link);
        None
    }

    /// Puts a paragraph where its role wants it.
    fn place(&mut self, role: Role, open: Open, flat: &mut Vec<Flat>) {
        let runs = tidy(open.runs);
        if role == Role::Contents {
            if !runs.is_empty() && !self.left_out.has(Kind::Contents) {
                self.left_out.one(Kind::Contents);
            }
            return;
        }
        if role == Role::Band && !runs.is_empty() {
            self.left_out.at_least(Kind::Band, 1);
            // at the head it is ours; further down, in a text that others put together, its words are theirs
            if flat.is_empty() {
                return;
            }
        }
        let beside = open.beside;
        match role {
            Role::Heading(level) if !runs.is_empty() => {
                // a heading is strong by itself
                let plain = |mut run: Run| {
                    run.look.bold = false;
                    run
                };
                flat.push(Flat::Block(Block::Heading(level, tidy(runs.into_iter().map(plain).collect()))));
                flat.extend(beside.into_iter().map(Flat::Block));
            }
            Role::Item(level, list) if !runs.is_empty() || !beside.is_empty() => {
                let text = (!runs.is_empty()).then_some(Block::Paragraph(runs));
                flat.push(Flat::Item(Item {
                    level: level.min(9),
                    list,
                    blocks: text.into_iter().chain(beside).collect(),
                }));
            }
            Role::Indented(left) if !runs.is_empty() => {
                let levels = left / properties::LEVEL;
                flat.push(Flat::More(levels, Block::Paragraph(runs)));
                flat.extend(beside.into_iter().map(|block| Flat::More(levels, block)));
            }
            Role::Quote if !runs.is_empty() => {
                flat.push(Flat::Quoted(Block::Paragraph(runs)));
                flat.extend(beside.into_iter().map(Flat::Quoted));
            }
            _ => {
                if !runs.is_empty() {
                    flat.push(Flat::Block(Block::Paragraph(runs)));
                }
                flat.extend(beside.into_iter().map(Flat::Block));
            }
        }
    }

    /// Reads the `r` that is open; its end is passed.
    fn run(&mut self, link: Option<Rc<str>>, open: &mut Open) -> Result<(), Refusal> {
        let mut look = Look::default();
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.next()? {
                Some(Node::Open(name)) => match name.as_str() {
                    "rPr" => {
                        look = properties::look(&mut self.xml, self.styles)?;
                        if look.hidden == Some(true) {
                            self.left_out.one(Kind::Hidden);
                        }
                    }
                    "t" => {
                        let text = self.xml.words()?;
                        self.words(text, look, link.as_ref(), open)?;
                    }
                    "instrText" => {
                        let code = self.xml.words()?;
                        self.fields.code(&code);
                    }
                    "drawing" | "pict" | "object" => self.drawing(&name, open)?,
                    name if is_passed_by(name) => {
                        self.tell_passed(name);
                        self.xml.skip()?;
                    }
                    name => {
                        self.sign(name, look, link.as_ref(), open)?;
                        depth += 1;
                    }
                },
                Some(Node::Close) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// Elements that stand for a sign, a break or a note.
    fn sign(&mut self, name: &str, look: Look, link: Option<&Rc<str>>, open: &mut Open) -> Result<(), Refusal> {
        let own = match name {
            "noBreakHyphen" => "\u{2011}",
            "cr" => "\n",
            "br" if !matches!(self.xml.attribute("type").as_deref(), Some("page" | "column")) => "\n",
            "tab" | "ptab" | "br" => " ",
            "sym" => return self.odd_sign(look, link, open),
            "footnoteReference" | "endnoteReference" => {
                let id = self.xml.attribute("id").unwrap_or_default();
                if self.fields.is_shown() && look.hidden != Some(true) {
                    self.spend()?;
                    open.runs.push(Run { piece: Piece::Note(self.notes.len()), look: look.of_document() });
                    self.notes.push(NoteId { end: name == "endnoteReference", id });
                }
                return Ok(());
            }
            "commentReference" => {
                self.left_out.one(Kind::Comment);
                return Ok(());
            }
            "fldChar" => {
                match self.xml.attribute("fldCharType").as_deref() {
                    Some("begin") => self.fields.begin(),
                    Some("separate") => self.fields.shows(),
                    Some("end") if self.fields.end() && !self.left_out.has(Kind::Contents) => {
                        self.left_out.one(Kind::Contents);
                    }
                    _ => {}
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        if own == "\n" {
            if self.fields.is_shown() && look.hidden != Some(true) {
                self.spend()?;
                open.runs.push(Run::line_break());
            }
            return Ok(());
        }
        self.words(own.to_owned(), look, link, open)
    }

    /// A sign by its number in a font: those of the private area mean nothing without it.
    fn odd_sign(&mut self, look: Look, link: Option<&Rc<str>>, open: &mut Open) -> Result<(), Refusal> {
        let number = self.xml.attribute("char").and_then(|number| u32::from_str_radix(&number, 16).ok());
        let Some(sign) = number.and_then(char::from_u32).filter(|sign| !('\u{e000}'..='\u{f8ff}').contains(sign))
        else {
            self.left_out.one(Kind::OddSign);
            return Ok(());
        };
        self.words(sign.to_string(), look, link, open)
    }

    fn words(&mut self, text: String, look: Look, link: Option<&Rc<str>>, open: &mut Open) -> Result<(), Refusal> {
        if !self.fields.is_shown() || look.hidden == Some(true) {
            return Ok(());
        }
        self.spend()?;
        if look.raised && text.chars().any(char::is_alphanumeric) {
            self.left_out.one(Kind::Raised);
        }
        let mut look = look.of_document();
        look.link = link.cloned().or_else(|| self.fields.link()).filter(|link| may_lead_to(link));
        open.runs.push(Run { piece: Piece::Text(text), look });
        Ok(())
    }

    /// A formula: its signs in their order.
    fn formula(&mut self, open: &mut Open) -> Result<(), Refusal> {
        self.left_out.one(Kind::Formula);
        let words = self.xml.words()?;
        self.words(words, Look::default(), None, open)
    }

    /// A picture, a box of text, or a file of another program; its end is passed.
    fn drawing(&mut self, kind: &str, open: &mut Open) -> Result<(), Refusal> {
        let (mut picture, mut shows) = (Picture { name: String::new(), alt: String::new() }, false);
        let (mut text, mut named) = (Vec::new(), String::new());
        let mut depth = 1_usize;
        while depth > 0 {
            match self.xml.next()? {
                Some(Node::Open(name)) => {
                    let get = |name: &str| self.xml.attribute(name).filter(|value| !value.trim().is_empty());
                    match name.as_str() {
                        "txbxContent" => {
                            text.extend(self.blocks()?);
                            continue;
                        }
                        "Fallback" => {
                            self.xml.skip()?;
                            continue;
                        }
                        "docPr" | "shape" => {
                            named = get("name").unwrap_or_default();
                            picture.alt =
                                get("descr").or_else(|| get("alt")).or_else(|| get("title")).unwrap_or_default();
                        }
                        "blip" | "imagedata" | "chart" | "relIds" => {
                            shows = true;
                            let id = get("embed").or_else(|| get("link")).or_else(|| get("id")).unwrap_or_default();
                            self.links.get(&id).unwrap_or_default().clone_into(&mut picture.name);
                        }
                        "OLEObject" => self.left_out.one(Kind::Embedded),
                        _ => {}
                    }
                    depth += 1;
                }
                Some(Node::Close) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => break,
            }
        }
        if shows || (kind == "drawing" && text.is_empty()) {
            if picture.name.is_empty() {
                picture.name = if named.is_empty() { "without a name".to_owned() } else { named };
            }
            self.left_out.pictures.push(picture.clone());
            open.beside.push(Block::Picture(picture));
        }
        open.beside.extend(text);
        Ok(())
    }
}
