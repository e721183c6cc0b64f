//! What is said of a paragraph and of a run before their words.

use super::styles::{Role, Styles};
use super::xml::{Node, Xml};
use crate::import::Refusal;
use crate::import::document;

/// How a run looks, as far as it is said.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub struck: Option<bool>,
    pub hidden: Option<bool>,
    pub raised: bool,
}

impl Look {
    /// This look, and the `other` where this says nothing.
    pub fn or(self, other: Self) -> Self {
        Self {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            struck: self.struck.or(other.struck),
            hidden: self.hidden.or(other.hidden),
            raised: self.raised || other.raised,
        }
    }

    /// The look of a document's run.
    pub fn of_document(self) -> document::Look {
        document::Look {
            bold: self.bold.unwrap_or(false),
            italic: self.italic.unwrap_or(false),
            struck: self.struck.unwrap_or(false),
            ..document::Look::default()
        }
    }
}

/// Whether a switch without a value, or with this one, is on.
pub fn is_on(value: Option<String>) -> bool {
    !matches!(value.as_deref(), Some("0" | "false" | "off" | "none"))
}

/// The look that the `rPr` which is open tells; its end is passed.
pub fn look(xml: &mut Xml, styles: &Styles) -> Result<Look, Refusal> {
    let (mut look, mut style) = (Look::default(), None);
    let mut depth = 1_usize;
    while depth > 0 {
        match xml.next()? {
            // what it was before a tracked change
            Some(Node::Open(name)) if name == "rPrChange" => xml.skip()?,
            Some(Node::Open(name)) => {
                depth += 1;
                let value = xml.attribute("val");
                match name.as_str() {
                    "rStyle" => style = value,
                    "b" => look.bold = Some(is_on(value)),
                    "i" => look.italic = Some(is_on(value)),
                    "strike" | "dstrike" => look.struck = Some(is_on(value)),
                    "vanish" | "webHidden" => look.hidden = Some(is_on(value)),
                    "vertAlign" => look.raised = matches!(value.as_deref(), Some("superscript" | "subscript")),
                    _ => {}
                }
            }
            Some(Node::Close) => depth -= 1,
            Some(Node::Text(_)) => {}
            None => break,
        }
    }
    Ok(style.map_or(look, |style| look.or(styles.look(&style))))
}

/// How far each level of a list stands in at least, in twentieths of a point.
pub const LEVEL: u32 = 360;

/// What the `pPr` which is open says that its paragraph is; its end is passed.
pub fn role(xml: &mut Xml, styles: &Styles) -> Result<Role, Refusal> {
    let (mut style, mut outline, mut list, mut level) = (None, None, None, None);
    let mut indent = 0;
    let mut depth = 1_usize;
    while depth > 0 {
        match xml.next()? {
            Some(Node::Open(name)) if matches!(name.as_str(), "pPrChange" | "rPr" | "sectPr") => xml.skip()?,
            Some(Node::Open(name)) => {
                depth += 1;
                let value = xml.attribute("val");
                match name.as_str() {
                    "pStyle" => style = value,
                    "outlineLvl" => {
                        outline = value.and_then(|level| level.parse::<u8>().ok()).filter(|level| *level < 9);
                    }
                    "numId" => list = value,
                    "ind" => {
                        let left = xml.attribute("left").or_else(|| xml.attribute("start"));
                        indent = left.and_then(|left| left.parse::<u32>().ok()).unwrap_or(0);
                    }
                    "ilvl" => level = value.and_then(|level| level.parse::<u8>().ok()),
                    _ => {}
                }
            }
            Some(Node::Close) => depth -= 1,
            Some(Node::Text(_)) => {}
            None => break,
        }
    }
    let by_style = style.map_or(Role::Plain, |style| styles.role(&style));
    Ok(match (by_style, outline, list.as_deref()) {
        (Role::Heading(level), ..) => Role::Heading(level),
        (Role::Contents, ..) => Role::Contents,
        (_, Some(outline), _) => Role::Heading(outline + 1),
        // list 0 is: none, whatever the style says
        (Role::Item(..), _, Some("0")) => Role::Plain,
        (Role::Item(own, by_style), None, list) => {
            Role::Item(level.unwrap_or(own), list.map_or(by_style, |list| Ok(list.to_owned())))
        }
        (Role::Plain, None, None) if indent >= LEVEL => Role::Indented(indent),
        (_, _, Some(list)) if list != "0" => Role::Item(level.unwrap_or(0), Ok(list.to_owned())),
        (other, ..) => other,
    })
}
