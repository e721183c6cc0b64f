//! The tags of a page as a tree: what is left open is closed where browsers close it.

use std::collections::BTreeMap;

use html5gum::{DefaultEmitter, HtmlString, Spanned, Token, Tokenizer};

use crate::import::Refusal;

/// The deepest that elements stand in each other; browsers stop at 512, pages at some forty.
const DEEPEST: usize = 160;

/// The most elements and texts of a page.
const MOST_NODES: usize = 1_000_000;

/// The attributes that mean something to us.
const ATTRIBUTES: [&str; 15] = [
    "id",
    "name",
    "href",
    "src",
    "alt",
    "class",
    "role",
    "start",
    "colspan",
    "rowspan",
    "hidden",
    "aria-hidden",
    "style",
    "title",
    "value",
];

/// A page.
#[derive(Debug)]
pub struct Tree {
    nodes: Vec<Node>,
}

/// The number of a node in its tree.
pub type NodeId = usize;

/// An element or a text.
#[derive(Debug)]
pub struct Node {
    /// The name of the element, in lower case; empty for a text.
    pub name: String,
    /// The text.
    pub text: String,
    /// What stands in the element.
    pub children: Vec<NodeId>,
    /// The element that it stands in.
    pub parent: NodeId,
    attributes: BTreeMap<&'static str, String>,
}

impl Node {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

impl Tree {
    /// The top: all others stand in it.
    pub const TOP: NodeId = 0;

    /// Reads a page.
    ///
    /// # Errors
    /// When its parts stand too deep in each other, or are too many.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let mut tree = Self { nodes: vec![node(String::new(), 0)] };
        let mut open: Vec<NodeId> = vec![Self::TOP];
        let mut emitter = DefaultEmitter::default();
        // what stands in scripts, styles and titles is no HTML
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
            match token {
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    tree.close_implied(&mut open, &name);
                    let id = tree.add(&open, name)?;
                    if let Some(node) = tree.nodes.get_mut(id) {
                        node.attributes = attributes(&tag.attributes);
                        let is_closed = is_void(&node.name) || (tag.self_closing && is_foreign(&node.name));
                        if !is_closed {
                            open.push(id);
                        }
                    }
                    if open.len() > DEEPEST {
                        return Err(Refusal::TooDeep);
                    }
                }
                Token::EndTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    tree.close(&mut open, &name)?;
                }
                Token::String(text) => {
                    let text = String::from_utf8_lossy(&text).into_owned();
                    let id = tree.add(&open, String::new())?;
                    if let Some(node) = tree.nodes.get_mut(id) {
                        node.text = text;
                    }
                }
                _ => {}
            }
        }
        Ok(tree)
    }

    /// The node `id`.
    pub fn get(&self, id: NodeId) -> &Node {
        // ids are made here alone, and nothing is ever removed
        self.nodes.get(id).unwrap_or(&self.nodes[Self::TOP])
    }

    /// All nodes in the order of the page.
    pub fn all(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate()
    }

    /// Whether `id` is in the node `above`, or is it.
    pub fn is_in(&self, id: NodeId, above: NodeId) -> bool {
        let mut at = id;
        while at != above && at != Self::TOP {
            at = self.get(at).parent;
        }
        at == above
    }

    /// The words of a node and of all that stands in it.
    pub fn words(&self, id: NodeId) -> String {
        let node = self.get(id);
        let mut words = node.text.clone();
        for child in &node.children {
            words.push_str(&self.words(*child));
        }
        words
    }

    fn add(&mut self, open: &[NodeId], name: String) -> Result<NodeId, Refusal> {
        let id = self.nodes.len();
        if id >= MOST_NODES {
            return Err(Refusal::TooLong);
        }
        let parent = open.last().copied().unwrap_or(Self::TOP);
        self.nodes.push(node(name, parent));
        if let Some(parent) = self.nodes.get_mut(parent) {
            parent.children.push(id);
        }
        Ok(id)
    }

    /// Closes what an element `name` can't stand in: a paragraph in a paragraph, a cell in a cell.
    fn close_implied(&self, open: &mut Vec<NodeId>, name: &str) {
        let (closes, stops): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "table"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
            "td" | "th" => (&["td", "th"], &["table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "caption"], &["table"]),
            "option" => (&["option"], &["select"]),
            name if closes_paragraph(name) => (&["p"], &["table", "td", "th", "caption", "button", "object"]),
            _ => return,
        };
        let at = open.iter().rposition(|id| closes.contains(&self.get(*id).name.as_str()));
        let stop = open.iter().rposition(|id| stops.contains(&self.get(*id).name.as_str())).unwrap_or(0);
        if let Some(at) = at.filter(|at| *at > stop) {
            open.truncate(at);
        }
    }

    /// Closes the innermost element `name`; one that is not open is nothing, but `</p>` and `</br>` are something.
    fn close(&mut self, open: &mut Vec<NodeId>, name: &str) -> Result<(), Refusal> {
        let at = open.iter().rposition(|id| self.get(*id).name == name).filter(|at| *at > 0);
        // a mark in a cell does not close one around the table
        let cell =
            open.iter().rposition(|id| matches!(self.get(*id).name.as_str(), "td" | "th" | "table")).unwrap_or(0);
        let structural = matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr") || closes_paragraph(name);
        match at.filter(|at| structural || *at >= cell) {
            Some(at) => open.truncate(at),
            None if name == "br" => {
                self.add(open, "br".to_owned())?;
            }
            None => {}
        }
        Ok(())
    }
}

fn node(name: String, parent: NodeId) -> Node {
    Node { name, text: String::new(), children: Vec::new(), parent, attributes: BTreeMap::new() }
}

fn attributes(all: &BTreeMap<HtmlString, Spanned<HtmlString, ()>>) -> BTreeMap<&'static str, String> {
    let known = |name: &'static str| {
        let (_, value) = all.iter().find(|(own, _)| own.as_slice() == name.as_bytes())?;
        // a picture in the page itself is long, and its bytes are no name
        let value = value.as_slice();
        Some((name, String::from_utf8_lossy(value.get(..4_000).unwrap_or(value)).into_owned()))
    };
    ATTRIBUTES.into_iter().filter_map(known).collect()
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements of pictures and formulas may close themselves; only those of HTML do not.
fn is_foreign(name: &str) -> bool {
    matches!(name, "path" | "circle" | "rect" | "g" | "use" | "line" | "polygon" | "polyline" | "ellipse" | "svg")
        || name.contains(':')
}

fn closes_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "details"
            | "div"
            | "dl"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "ul"
            | "summary"
            | "center"
    )
}
