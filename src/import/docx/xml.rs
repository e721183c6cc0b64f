//! XML as a row of nodes. What no Word document needs, and files that do harm do, is refused: a DTD, names for signs.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::import::Refusal;

/// The deepest that elements stand in each other.
const DEEPEST: usize = 120;

/// A reader.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    opened: Option<BytesStart<'a>>,
    depth: usize,
}

/// A node.
#[derive(Debug, PartialEq, Eq)]
pub enum Node {
    /// An element begins: its name without what stands before the colon. [`Xml::attribute`] is about it.
    Open(String),
    /// An element ends.
    Close,
    /// Words.
    Text(String),
}

impl<'a> Xml<'a> {
    /// A reader of `text`.
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, opened: None, depth: 0 }
    }

    /// The next node; none at the end.
    ///
    /// # Errors
    /// When it is no XML, or has what is refused.
    pub fn next(&mut self) -> Result<Option<Node>, Refusal> {
        loop {
            let event = self.reader.read_event().map_err(|_| broken())?;
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(Refusal::TooDeep);
                    }
                    let name = start.local_name().as_ref().to_owned();
                    self.opened = Some(start);
                    return Ok(Some(Node::Open(name)));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Node::Close));
                }
                Event::Text(text) => return Ok(Some(Node::Text(text.into_inner().into_owned()))),
                Event::CData(text) => return Ok(Some(Node::Text(text.into_inner().into_owned()))),
                Event::GeneralRef(name) => {
                    let sign = match name.resolve_char_ref() {
                        Ok(Some(sign)) => sign.to_string(),
                        Ok(None) => quick_xml::escape::resolve_predefined_entity(&name.into_inner())
                            .ok_or(Refusal::Entities)?
                            .to_owned(),
                        Err(_) => return Err(broken()),
                    };
                    return Ok(Some(Node::Text(sign)));
                }
                Event::DocType(_) => return Err(Refusal::Entities),
                Event::Eof if self.depth > 0 => return Err(broken()),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// The value of an attribute of the element that was opened last, by its name without what stands before the colon.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let opened = self.opened.as_ref()?;
        let mut attributes = opened.attributes();
        let found = attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
        let raw: &str = &found.value;
        Some(quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_owned(), std::borrow::Cow::into_owned))
    }

    /// Passes by the rest of the element that is open, its end too.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub fn skip(&mut self) -> Result<(), Refusal> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Some(Node::Open(_)) => depth += 1,
                Some(Node::Close) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => return Err(broken()),
            }
        }
        Ok(())
    }

    /// The words in the rest of the element that is open, its end passed too.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub fn words(&mut self) -> Result<String, Refusal> {
        let (mut depth, mut words) = (1_usize, String::new());
        while depth > 0 {
            match self.next()? {
                Some(Node::Open(_)) => depth += 1,
                Some(Node::Close) => depth -= 1,
                Some(Node::Text(text)) => words.push_str(&text),
                None => return Err(broken()),
            }
        }
        Ok(words)
    }

    /// Calls `each` with the names of the elements in the one that is open, its end passed too.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub fn each(&mut self, mut each: impl FnMut(&str, &Self)) -> Result<(), Refusal> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Some(Node::Open(name)) => {
                    depth += 1;
                    each(&name, self);
                }
                Some(Node::Close) => depth -= 1,
                Some(Node::Text(_)) => {}
                None => return Err(broken()),
            }
        }
        Ok(())
    }
}

fn broken() -> Refusal {
    Refusal::Damaged { part: "its text".to_owned() }
}
