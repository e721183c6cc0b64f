//! From the tree of a page to blocks.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::notes::Notes;
use super::tree::{NodeId, Tree};
use crate::import::document::{Block, Document, Look, Piece, Run, may_lead_to, tidy};
use crate::import::left_out::{Kind, LeftOut, Picture};

/// The deepest that lists and quotations stand in each other.
const DEEPEST_LISTS: usize = 10;

/// Reads a page.
pub struct Reader<'a> {
    pub(super) tree: &'a Tree,
    pub(super) left_out: LeftOut,
    notes: Notes,
    /// How many lists and quotations are open.
    depth: usize,
    /// The node that is taken for the main part.
    main: NodeId,
}

/// Blocks as they come, and the runs of the paragraph that is open.
#[derive(Default)]
pub struct Flow {
    pub blocks: Vec<Block>,
    runs: Vec<Run>,
    beside: Vec<Block>,
}

impl Flow {
    /// Ends the paragraph that is open.
    pub fn end(&mut self) {
        let runs = tidy(std::mem::take(&mut self.runs));
        if !runs.is_empty() {
            self.blocks.push(Block::Paragraph(runs));
        }
        self.blocks.append(&mut self.beside);
    }
}

impl<'a> Reader<'a> {
    /// A reader of `tree`.
    pub fn new(tree: &'a Tree) -> Self {
        let main = main_part(tree);
        Self { tree, left_out: LeftOut::default(), notes: Notes::find(tree, main), depth: 0, main }
    }

    /// The page's main part.
    pub fn document(&mut self) -> Document {
        if self.main != Tree::TOP {
            self.left_out.one(Kind::Frame);
        }
        let blocks = self.inside(self.main, &Look::default());
        let mut notes = Vec::new();
        for target in self.notes.in_order() {
            self.notes.open = true;
            let mut flow = Flow::default();
            for child in &self.tree.get(target).children {
                self.node(*child, &Look::default(), &mut flow);
            }
            flow.end();
            notes.push(flow.blocks);
        }
        Document { blocks, notes, left_out: std::mem::take(&mut self.left_out) }
    }

    /// The blocks in a node.
    pub(super) fn inside(&mut self, id: NodeId, look: &Look) -> Vec<Block> {
        let mut flow = Flow::default();
        for child in &self.tree.get(id).children {
            self.node(*child, look, &mut flow);
        }
        flow.end();
        flow.blocks
    }

    /// One paragraph of what is in a node: for headings and captions.
    fn line(&mut self, id: NodeId, look: &Look) -> (Vec<Run>, Vec<Block>) {
        let (mut runs, mut beside) = (Vec::new(), Vec::new());
        for block in self.inside(id, look) {
            match block {
                Block::Picture(_) => beside.push(block),
                block => {
                    crate::import::document::as_one_line(vec![block], &mut runs);
                }
            }
        }
        (tidy(runs), beside)
    }

    /// Reads a node into the flow.
    pub(super) fn node(&mut self, id: NodeId, look: &Look, flow: &mut Flow) {
        let node = self.tree.get(id);
        if node.name.is_empty() && !node.text.is_empty() {
            flow.runs.push(Run::text(node.text.as_str(), look));
            return;
        }
        if self.is_left_out(id) || self.notes.is_target(id) {
            return;
        }
        if let Some(number) = self.notes.reference(id) {
            flow.runs.push(Run { piece: Piece::Note(number), look: Look::default() });
            return;
        }
        match node.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                flow.end();
                let (runs, beside) = self.line(id, look);
                let level = node.name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
                if !runs.is_empty() {
                    flow.blocks.push(Block::Heading(level, runs));
                }
                flow.blocks.extend(beside);
            }
            "p" if node.get("class").is_some_and(|class| class.split(' ').any(|name| name == "MsoTitle")) => {
                flow.end();
                let (runs, beside) = self.line(id, look);
                flow.blocks.push(Block::Heading(0, runs));
                flow.blocks.extend(beside);
            }
            "ul" | "ol" | "menu" => self.list(id, look, flow),
            "blockquote" => {
                flow.end();
                let inner = self.deeper(id, look);
                match inner {
                    Ok(inner) if !inner.is_empty() => flow.blocks.push(Block::Quote(inner)),
                    Ok(_) => {}
                    Err(inner) => flow.blocks.extend(inner),
                }
            }
            "pre" => {
                flow.end();
                let words = self.tree.words(id);
                let words = words.strip_prefix('\n').unwrap_or(&words).trim_end();
                if !words.is_empty() {
                    let clean = words.chars().filter(|sign| *sign == '\n' || *sign == '\t' || !sign.is_control());
                    flow.blocks.push(Block::Code(clean.collect()));
                }
            }
            "table" => {
                flow.end();
                self.table(id, look, &mut flow.blocks);
            }
            "hr" => {
                flow.end();
                flow.blocks.push(Block::Rule);
            }
            "br" => flow.runs.push(Run::line_break()),
            "img" => self.picture(id, flow),
            "q" => {
                flow.runs.push(Run::text("“", look));
                self.children(id, look, flow);
                flow.runs.push(Run::text("”", look));
            }
            "dt" | "summary" => {
                flow.end();
                self.children(id, &Look { bold: true, ..look.clone() }, flow);
                flow.end();
            }
            name if is_block(name) => {
                flow.end();
                self.children(id, look, flow);
                flow.end();
            }
            _ => {
                let look = self.look(id, look);
                self.children(id, &look, flow);
            }
        }
    }

    fn children(&mut self, id: NodeId, look: &Look, flow: &mut Flow) {
        for child in &self.tree.get(id).children {
            self.node(*child, look, flow);
        }
    }

    /// How an element that stands in a line changes the look.
    fn look(&mut self, id: NodeId, look: &Look) -> Look {
        let (node, mut look) = (self.tree.get(id), look.clone());
        match node.name.as_str() {
            "b" | "strong" => look.bold = true,
            "i" | "em" | "cite" | "dfn" | "var" => look.italic = true,
            "s" | "strike" | "del" => look.struck = true,
            "code" | "kbd" | "samp" | "tt" => look.code = true,
            "sup" | "sub"
                if self.tree.words(id).chars().any(|sign| sign.is_ascii_digit())
                    && !node.children.iter().any(|child| self.notes.reference(*child).is_some()) =>
            {
                self.left_out.one(Kind::Raised);
            }
            "a" => {
                if let Some(address) = node.get("href").map(str::trim).filter(|address| !address.is_empty()) {
                    if may_lead_to(address) {
                        look.link = Some(Rc::from(address));
                    } else if !address.starts_with('#') && !self.tree.words(id).trim().is_empty() {
                        self.left_out.one(Kind::Link);
                    }
                }
            }
            _ => {}
        }
        look
    }

    fn list(&mut self, id: NodeId, look: &Look, flow: &mut Flow) {
        flow.end();
        let node = self.tree.get(id);
        let (mut items, mut loose) = (Vec::new(), Vec::new());
        let too_deep = self.depth >= DEEPEST_LISTS;
        for child in &node.children {
            if self.notes.is_target(*child) || self.is_left_out(*child) {
                continue;
            }
            match self.tree.get(*child).name.as_str() {
                "li" => match self.deeper(*child, look) {
                    Ok(blocks) if blocks.is_empty() => {}
                    Ok(blocks) => items.push(blocks),
                    Err(blocks) => loose.extend(blocks),
                },
                // a list right in a list belongs to the item before
                "ul" | "ol" => {
                    let mut inner = Flow::default();
                    self.node(*child, look, &mut inner);
                    inner.end();
                    match items.last_mut() {
                        Some(item) => item.extend(inner.blocks),
                        None => loose.extend(inner.blocks),
                    }
                }
                _ => {
                    let mut inner = Flow::default();
                    self.node(*child, look, &mut inner);
                    inner.end();
                    loose.extend(inner.blocks);
                }
            }
        }
        if too_deep {
            self.left_out.one(Kind::Deep);
        }
        let start = node.get("start").and_then(|start| start.trim().parse().ok()).filter(|start| *start < 1_000_000);
        if !items.is_empty() {
            flow.blocks.push(Block::List((node.name == "ol").then(|| start.unwrap_or(1)), items));
        }
        flow.blocks.extend(loose);
    }

    /// The blocks of an item or a quotation; `Err` with them where it stands too deep to be one.
    fn deeper(&mut self, id: NodeId, look: &Look) -> Result<Vec<Block>, Vec<Block>> {
        if self.depth >= DEEPEST_LISTS {
            return Err(self.inside(id, look));
        }
        self.depth += 1;
        let blocks = self.inside(id, look);
        self.depth -= 1;
        Ok(blocks)
    }

    fn picture(&mut self, id: NodeId, flow: &mut Flow) {
        let node = self.tree.get(id);
        let source = node.get("src").unwrap_or_default();
        let name = if source.starts_with("data:") || source.is_empty() {
            "a picture in the page itself".to_owned()
        } else {
            let path = source.split(['?', '#']).next().unwrap_or_default();
            path.chars().take(200).collect()
        };
        let alt = node.get("alt").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        // a dot that counts readers has neither words nor a name
        if alt.is_empty() && source.is_empty() {
            return;
        }
        let picture = Picture { name, alt };
        self.left_out.pictures.push(picture.clone());
        flow.beside.push(Block::Picture(picture));
    }

    /// Whether a node is no part of the text; what readers would miss is told.
    pub(super) fn is_left_out(&mut self, id: NodeId) -> bool {
        let node = self.tree.get(id);
        let kind = match node.name.as_str() {
            "head" | "script" | "style" | "template" | "noscript" | "rt" | "rp" | "datalist" | "link" | "meta"
            | "title"
            // signs drawn beside words are no pictures of the text
            | "svg" => return true,
            "nav" => Kind::Frame,
            "header" | "footer" | "aside" if !self.in_article(id) => Kind::Frame,
            "form" | "button" | "input" | "select" | "textarea" => Kind::Form,
            "iframe" | "video" | "audio" | "object" | "embed" | "canvas" | "map" => Kind::Media,
            "math" => {
                self.left_out.one(Kind::Formula);
                return false;
            }
            _ if is_hidden(node) => Kind::Hidden,
            _ if matches!(node.get("role"), Some("navigation" | "banner" | "contentinfo" | "search")) => Kind::Frame,
            _ => return false,
        };
        let has_words = !self.tree.words(id).trim().is_empty() || kind == Kind::Media;
        if has_words && !(kind == Kind::Frame && self.left_out.has(Kind::Frame)) {
            self.left_out.one(kind);
        }
        true
    }

    fn in_article(&self, id: NodeId) -> bool {
        let mut at = self.tree.get(id).parent;
        while at != Tree::TOP {
            if matches!(self.tree.get(at).name.as_str(), "main" | "article" | "section" | "blockquote") {
                return true;
            }
            at = self.tree.get(at).parent;
        }
        false
    }
}

fn is_hidden(node: &super::tree::Node) -> bool {
    let style: String = node.get("style").unwrap_or_default().chars().filter(|sign| !sign.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    node.get("hidden").is_some()
        || node.get("aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "address"
            | "figure"
            | "figcaption"
            | "details"
            | "dl"
            | "dd"
            | "fieldset"
            | "legend"
            | "body"
            | "html"
            | "center"
            | "caption"
            | "li"
            | "hgroup"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "tfoot"
            | "option"
    )
}

/// `<main>`, else the one `<article>`, else `<body>`, else everything.
fn main_part(tree: &Tree) -> NodeId {
    let mut by_name: BTreeMap<&str, Vec<NodeId>> = BTreeMap::new();
    for (id, node) in tree.all() {
        let name = if node.get("role") == Some("main") { "main" } else { node.name.as_str() };
        if matches!(name, "main" | "article" | "body") {
            by_name.entry(name).or_default().push(id);
        }
    }
    let has_words = |id: &NodeId| !tree.words(*id).trim().is_empty();
    let first = |name: &str| by_name.get(name).and_then(|ids| ids.iter().copied().find(has_words));
    let article = by_name.get("article").filter(|ids| ids.len() == 1).and_then(|ids| ids.first().copied());
    first("main").or(article.filter(has_words)).unwrap_or(Tree::TOP)
}
