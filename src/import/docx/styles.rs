//! What the names of styles and the numbers of lists mean.

use std::collections::BTreeMap;

use super::properties::{Look, is_on};
use super::xml::{Node, Xml};
use crate::import::Refusal;

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub struct Styles {
    by_id: BTreeMap<String, Style>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<(Option<String>, Option<u8>)>,
    look: Look,
}

/// What a paragraph is by its style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading; 0 is a title.
    Heading(u8),
    /// An entry of a table of contents.
    Contents,
    /// A quotation.
    Quote,
    /// An item of a list on a level, with the list's id where it has one, else whether it is numbered.
    Item(u8, Result<String, bool>),
    /// The line of our own hand-outs that says that they are not for the public.
    Band,
    /// A paragraph that stands in by so many twentieths of a point: behind an item, more of it.
    Indented(u32),
    /// Anything else.
    Plain,
}

/// The name of the style of that line, as `handout` writes it.
const BAND: &str = "band";

impl Styles {
    /// Reads the part with the styles.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut xml = Xml::new(text);
        let mut styles = Self::default();
        while let Some(node) = xml.next()? {
            if node != Node::Open("style".into()) {
                continue;
            }
            let id = xml.attribute("styleId").unwrap_or_default();
            let mut style = Style::default();
            xml.each(|name, xml| {
                let value = || xml.attribute("val");
                match name {
                    "name" => style.name = value().unwrap_or_default().to_lowercase(),
                    "basedOn" => style.based_on = value(),
                    "outlineLvl" => {
                        style.outline = value().and_then(|level| level.parse().ok()).filter(|level| *level < 9);
                    }
                    "numId" => style.list.get_or_insert_default().0 = value(),
                    "ilvl" => style.list.get_or_insert_default().1 = value().and_then(|level| level.parse().ok()),
                    "b" => style.look.bold = Some(is_on(value())),
                    "i" => style.look.italic = Some(is_on(value())),
                    "strike" | "dstrike" => style.look.struck = Some(is_on(value())),
                    "vanish" => style.look.hidden = Some(is_on(value())),
                    _ => {}
                }
            })?;
            styles.by_id.insert(id, style);
        }
        Ok(styles)
    }

    /// Whether the document has the styles of our own hand-outs.
    pub fn are_ours(&self) -> bool {
        self.by_id.values().any(|style| style.name == BAND)
    }

    /// The style `id` and those that it is based on.
    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let first = self.by_id.get(id);
        std::iter::successors(first, |style| self.by_id.get(style.based_on.as_deref()?)).take(12)
    }

    /// What a paragraph of the style `id` is.
    pub fn role(&self, id: &str) -> Role {
        // a document without a list of styles still has the ids that Word gives them in English
        let unnamed = Style { name: id.to_lowercase(), ..Style::default() };
        let chain: Vec<&Style> = self.chain(id).collect();
        let chain = if chain.is_empty() { vec![&unnamed] } else { chain };
        let list = chain.iter().find_map(|style| style.list.clone()).unwrap_or_default();
        for style in &chain {
            let name = style.name.replace(' ', "");
            let base = name.trim_end_matches(|sign: char| sign.is_ascii_digit());
            let number: Option<u8> = name.strip_prefix(base).and_then(|digits| digits.parse().ok());
            match base {
                "title" if number.is_none() => return Role::Heading(0),
                "heading" => return Role::Heading(number.unwrap_or(1).clamp(1, 9)),
                "toc" | "tocheading" | "tableoffigures" => return Role::Contents,
                BAND if number.is_none() => return Role::Band,
                "quote" | "intensequote" | "quotations" | "blocktext" => return Role::Quote,
                "listbullet" | "listnumber" => {
                    let level = list.1.or(number.map(|number| number.saturating_sub(1))).unwrap_or(0);
                    return Role::Item(level, list.0.clone().ok_or(base == "listnumber"));
                }
                _ => {}
            }
            if let Some(level) = style.outline {
                return Role::Heading(level + 1);
            }
        }
        match list {
            (Some(id), level) => Role::Item(level.unwrap_or(0), Ok(id)),
            (None, _) => Role::Plain,
        }
    }

    /// How runs of the style `id` look.
    pub fn look(&self, id: &str) -> Look {
        self.chain(id).fold(Look::default(), |look, style| look.or(style.look))
    }
}

/// The lists of a document: how each level of each is numbered.
#[derive(Debug, Default)]
pub struct Numbering {
    /// The kind of each list, and the numbers that it begins with by level.
    lists: BTreeMap<String, (String, BTreeMap<u8, u32>)>,
    kinds: BTreeMap<String, BTreeMap<u8, Level>>,
}

#[derive(Clone, Copy, Debug)]
struct Level {
    numbered: Option<bool>,
    start: u32,
}

impl Numbering {
    /// Reads the part with the lists.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut xml = Xml::new(text);
        let mut numbering = Self::default();
        while let Some(node) = xml.next()? {
            let Node::Open(name) = node else { continue };
            let mut level = 0_u8;
            let number = |xml: &Xml, name: &str| xml.attribute(name).and_then(|value| value.parse::<u32>().ok());
            match name.as_str() {
                "abstractNum" => {
                    let levels = numbering.kinds.entry(xml.attribute("abstractNumId").unwrap_or_default()).or_default();
                    xml.each(|name, xml| {
                        if name == "lvl" {
                            level = number(xml, "ilvl").and_then(|level| u8::try_from(level).ok()).unwrap_or(0);
                        }
                        let at = levels.entry(level).or_insert(Level { numbered: Some(true), start: 1 });
                        match (name, xml.attribute("val")) {
                            ("numFmt", Some(format)) => {
                                at.numbered = match format.as_str() {
                                    "bullet" => Some(false),
                                    "none" => None,
                                    _ => Some(true),
                                };
                            }
                            ("start", Some(_)) => at.start = number(xml, "val").unwrap_or(1),
                            _ => {}
                        }
                    })?;
                }
                "num" => {
                    let list = numbering.lists.entry(xml.attribute("numId").unwrap_or_default()).or_default();
                    xml.each(|name, xml| match name {
                        "abstractNumId" => list.0 = xml.attribute("val").unwrap_or_default(),
                        "lvlOverride" => {
                            level = number(xml, "ilvl").and_then(|level| u8::try_from(level).ok()).unwrap_or(0);
                        }
                        "startOverride" => {
                            list.1.insert(level, number(xml, "val").unwrap_or(1));
                        }
                        _ => {}
                    })?;
                }
                _ => {}
            }
        }
        Ok(numbering)
    }

    /// Whether the level of the list is numbered; none where it shows no mark, or there is no such list.
    pub fn is_numbered(&self, list: &str, level: u8) -> Option<bool> {
        let (kind, _) = self.lists.get(list)?;
        self.kinds.get(kind)?.get(&level).map_or(Some(true), |level| level.numbered)
    }

    /// The number that the level of the list begins with.
    pub fn start(&self, list: &str, level: u8) -> u32 {
        let Some((kind, overrides)) = self.lists.get(list) else { return 1 };
        let own = || self.kinds.get(kind).and_then(|levels| levels.get(&level)).map_or(1, |level| level.start);
        overrides.get(&level).copied().unwrap_or_else(own)
    }
}
