//! HTML of ours as blocks: the page and the hand-out are made from the same fragments, so that they cannot say two things.
//!
//! Read here is only what `voice` writes: well-formed, with known tags, every sign of a writer's escaped. A tag that is not
//! known leaves its words.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::content::{Align, Block, Cell, Look, Run, Term};
use super::pictures::Picture;
use crate::voice::letters;

/// Blocks stand in each other at most this deep; what is deeper is set as if it stood here.
const DEEPEST: usize = 8;

/// Finds a picture by its path below `content/files/`; none for one that print files can't show.
pub type FindPicture<'p> = &'p dyn Fn(&str) -> Option<Arc<Picture>>;

/// The blocks of HTML of ours. Headings begin at `level`, and none is left out on the way down. The `src` of a picture is
/// what `picture` finds it by.
#[must_use]
pub fn blocks(html: &str, level: u8, picture: FindPicture<'_>) -> Vec<Block> {
    let mut reader = Reader { base: level.max(1), picture: Some(picture), ..Reader::default() };
    reader.read(html);
    reader.finish()
}

/// The words of HTML of ours that has no blocks. A picture has no place in them: where it is `told`, they say what it shows.
#[must_use]
pub fn runs(html: &str, told: bool) -> Vec<Run> {
    let mut reader = Reader { base: 2, silent_pictures: !told, ..Reader::default() };
    reader.read(html);
    reader.flush_runs()
}

/// What is open around a place.
enum Open {
    List { start: Option<u64>, items: Vec<Vec<Block>> },
    Item(Vec<Block>),
    Quotation(Vec<Block>),
    Note { title: String, partners: bool, blocks: Vec<Block> },
    Terms(Vec<Term>),
    Term(Vec<Run>),
    Meaning(Vec<Block>),
    Table { head: Vec<Cell>, rows: Vec<Vec<Cell>> },
    Row { cells: Vec<Cell>, head: bool },
}

#[derive(Default)]
struct Reader<'p> {
    base: u8,
    /// None where only words are read.
    picture: Option<FindPicture<'p>>,
    silent_pictures: bool,
    done: Vec<Block>,
    open: Vec<Open>,
    /// How many are open that are too deep: what stands in them goes to the last that is not.
    through: usize,
    runs: Vec<Run>,
    after_space: bool,
    strong: u32,
    emphasis: u32,
    strike: u32,
    code: u32,
    raised: bool,
    link: Option<String>,
    /// Where the lines of code began.
    preformatted: Option<String>,
    heading: Option<u8>,
    /// The level of each heading that is open around the next, as typed and as set.
    levels: Vec<(u8, u8)>,
    align: Align,
    in_head: bool,
    /// Inside a link whose words are not for paper.
    silent: bool,
    note_title: bool,
    /// The texts of footnotes: how many are open around them, and how many have begun.
    notes: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn read(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.text(&rest[..at]);
            let tag_and_rest = &rest[at + 1..];
            let Some(end) = end_of_tag(tag_and_rest) else { return };
            self.tag(&tag_and_rest[..end]);
            rest = &tag_and_rest[end + 1..];
        }
        self.text(rest);
    }

    fn finish(mut self) -> Vec<Block> {
        self.flush();
        while self.through > 0 || !self.open.is_empty() {
            self.close();
        }
        self.done
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() || self.silent {
            return;
        }
        let text = unescaped(text);
        if let Some(lines) = &mut self.preformatted {
            lines.push_str(&text);
            return;
        }
        let mut clean = String::with_capacity(text.len());
        for c in text.chars() {
            // a space that keeps two words together is none of those that run into one
            if matches!(c, ' ' | '\n' | '\t' | '\r') {
                if !self.after_space {
                    clean.push(' ');
                }
                self.after_space = true;
            } else {
                clean.push(c);
                self.after_space = false;
            }
        }
        self.push(clean);
    }

    fn push(&mut self, text: String) {
        if text.is_empty() || (self.runs.is_empty() && text == " ") {
            return;
        }
        let run = Run {
            text,
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            strike: self.strike > 0,
            code: self.code > 0,
            raised: self.raised,
            link: self.link.clone(),
            note: None,
        };
        match self.runs.last_mut() {
            Some(last) if last.note.is_none() && last.text != "\n" && same_dress(last, &run) => {
                last.text.push_str(&run.text);
            }
            _ => self.runs.push(run),
        }
    }

    fn flush_runs(&mut self) -> Vec<Run> {
        let mut runs = std::mem::take(&mut self.runs);
        self.after_space = true;
        if let Some(first) = runs.first_mut() {
            first.text = first.text.trim_start_matches(' ').to_owned();
        }
        if let Some(last) = runs.last_mut().filter(|run| run.note.is_none() && run.text != "\n") {
            last.text.truncate(last.text.trim_end_matches(' ').len());
        }
        runs.retain(|run| !run.text.is_empty() || run.note.is_some());
        runs
    }

    /// Words that stand in no paragraph: those of a short list item.
    fn flush(&mut self) {
        let runs = self.flush_runs();
        if !runs.is_empty() {
            self.put(Block::Paragraph { runs, look: Look::Text });
        }
    }

    /// Puts a block into what is open.
    fn put(&mut self, block: Block) {
        match self.open.last_mut() {
            None => self.done.push(block),
            Some(Open::Item(blocks) | Open::Quotation(blocks) | Open::Note { blocks, .. } | Open::Meaning(blocks)) => {
                blocks.push(block);
            }
            Some(Open::List { items, .. }) => items.push(vec![block]),
            // words between the parts of a table or between terms: there are none of ours
            Some(Open::Terms(_) | Open::Term(_) | Open::Table { .. } | Open::Row { .. }) => {}
        }
    }

    fn begin(&mut self, open: Open) {
        self.flush();
        // an item goes with its list, a row with its table
        let part = matches!(open, Open::Item(_) | Open::Row { .. } | Open::Meaning(_));
        if self.through > 0 || (self.open.len() >= DEEPEST && !part) {
            self.through += 1;
        } else {
            self.open.push(open);
        }
    }

    fn close(&mut self) {
        self.flush();
        if self.through > 0 {
            self.through -= 1;
            return;
        }
        match self.open.pop() {
            Some(Open::List { start, items }) if !items.is_empty() => self.put(Block::List { start, items }),
            Some(Open::Item(blocks)) => {
                if let Some(Open::List { items, .. }) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Open::Quotation(blocks)) if !blocks.is_empty() => self.put(Block::Quotation { blocks }),
            Some(Open::Note { title, partners, blocks }) => self.put(Block::Note { title, partners, blocks }),
            Some(Open::Terms(items)) if !items.is_empty() => self.put(Block::Terms { items }),
            Some(Open::Meaning(blocks)) => self.mean(blocks),
            Some(Open::Table { head, rows }) => self.put(even(head, rows)),
            Some(Open::Row { cells, head }) => match self.open.last_mut() {
                Some(Open::Table { head: heads, .. }) if head => *heads = cells,
                Some(Open::Table { rows, .. }) => rows.push(cells),
                _ => {}
            },
            _ => {}
        }
    }

    /// What a term means: the second meaning of a term stands with the first.
    fn mean(&mut self, blocks: Vec<Block>) {
        let term = match self.open.last() {
            Some(Open::Term(_)) => self.open.pop(),
            _ => None,
        };
        if let Some(Open::Terms(items)) = self.open.last_mut() {
            match (term, items.last_mut()) {
                (Some(Open::Term(runs)), _) => items.push(Term { runs, blocks }),
                (_, Some(last)) => last.blocks.extend(blocks),
                _ => {}
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split([' ', '\n']).next().unwrap_or_default();
        match name {
            "strong" | "b" => step(&mut self.strong, closing),
            "em" | "i" => step(&mut self.emphasis, closing),
            "del" => step(&mut self.strike, closing),
            "code" => step(&mut self.code, closing),
            "a" => self.anchor(tag, closing),
            "sup" => self.raise(tag, closing),
            "br" => self.runs.push(Run::plain("\n")),
            "p" => self.paragraph(tag, closing),
            "pre" => self.lines(closing),
            "img" => self.show(tag),
            "hr" => {
                self.flush();
                self.put(Block::Rule);
            }
            "ul" if !closing => self.begin(Open::List { start: None, items: Vec::new() }),
            // each begins with its letter, as the text calls it
            "ol" if !closing && attribute(tag, "type").is_some() => {
                self.flush();
                self.notes = Some((self.open.len(), 0));
            }
            "ol" if closing && self.among_notes() => self.notes = None,
            "li" if self.among_notes() => self.footnote(closing),
            "ol" if !closing => {
                let start = attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.begin(Open::List { start: Some(start), items: Vec::new() });
            }
            "li" if !closing => self.begin(Open::Item(Vec::new())),
            "blockquote" if !closing => self.begin(Open::Quotation(Vec::new())),
            "aside" if !closing => {
                let partners =
                    attribute(tag, "class").is_some_and(|class| class.split(' ').any(|name| name == "partners"));
                self.begin(Open::Note { title: String::new(), partners, blocks: Vec::new() });
            }
            "dl" if !closing => self.begin(Open::Terms(Vec::new())),
            "dd" if !closing => self.begin(Open::Meaning(Vec::new())),
            "table" if !closing => self.begin(Open::Table { head: Vec::new(), rows: Vec::new() }),
            "tr" if !closing => self.begin(Open::Row { cells: Vec::new(), head: self.in_head }),
            "ul" | "ol" | "li" | "blockquote" | "aside" | "dd" | "table" | "tr" => self.close(),
            "dl" => {
                // a term without a meaning
                if matches!(self.open.last(), Some(Open::Term(_))) {
                    self.mean(Vec::new());
                }
                self.close();
            }
            "dt" => self.term(closing),
            "thead" => self.in_head = !closing,
            "td" | "th" => self.cell(tag, closing),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.head(name, closing),
            // the texts of footnotes come as a list of their own behind a line
            "div" if !closing && tag.contains("footnotes") => {
                self.flush();
                self.put(Block::Rule);
            }
            _ => {}
        }
    }

    fn among_notes(&self) -> bool {
        self.through == 0 && self.notes.is_some_and(|(depth, _)| depth == self.open.len())
    }

    fn footnote(&mut self, closing: bool) {
        self.flush();
        if let Some((_, count)) = self.notes.as_mut().filter(|_| !closing) {
            *count += 1;
            let mark = Run { text: letters(*count), raised: true, ..Run::default() };
            self.runs.extend([mark, Run::plain(" ")]);
            self.after_space = true;
        }
    }

    fn anchor(&mut self, tag: &str, closing: bool) {
        if closing {
            self.link = None;
            self.silent = false;
        } else if tag.contains("doc-backlink") {
            self.silent = true;
        } else {
            self.link = attribute(tag, "href").map(unescaped).filter(|href| leads(href));
        }
    }

    /// The mark of a source, or the call of a footnote.
    fn raise(&mut self, tag: &str, closing: bool) {
        if closing {
            self.raised = false;
            self.silent = false;
        } else if let Some(number) = attribute(tag, "data-note").and_then(|number| number.parse().ok()) {
            self.runs.push(Run { note: Some(number), ..Run::default() });
            self.after_space = false;
            self.silent = true;
        } else {
            self.raised = true;
        }
    }

    fn paragraph(&mut self, tag: &str, closing: bool) {
        // the letter of a footnote goes into its first paragraph
        if !closing && self.among_notes() && self.runs.first().is_some_and(|run| run.raised) {
            return;
        }
        if closing && self.note_title {
            self.note_title = false;
            let words = super::content::words(&self.flush_runs());
            if let Some(Open::Note { title, .. }) = self.open.last_mut() {
                *title = words;
            }
        } else {
            self.flush();
            self.note_title = !closing && tag.contains("alert-title");
        }
    }

    fn lines(&mut self, closing: bool) {
        self.flush();
        if !closing {
            self.preformatted = Some(String::new());
        } else if let Some(text) = self.preformatted.take() {
            self.put(Block::Code { text: text.trim_end_matches('\n').to_owned() });
        }
    }

    /// A picture stands by itself; where only words have a place (a heading, a cell, a term), what it shows is told.
    fn show(&mut self, tag: &str) {
        if self.silent_pictures {
            return;
        }
        let of = |name: &str| attribute(tag, name).map(unescaped).unwrap_or_default();
        let (file, alt) = (of("src"), of("alt"));
        let among_words = matches!(self.open.last(), Some(Open::Terms(_) | Open::Table { .. } | Open::Row { .. }));
        let find = self.picture.filter(|_| !among_words && self.heading.is_none() && self.through == 0);
        let Some(find) = find else {
            self.after_space = false;
            return self.push(alt);
        };
        self.flush();
        self.put(Block::Picture { picture: find(&file), alt, file });
        // where a picture leads is to be read on paper
        if let Some(link) = self.link.clone() {
            let shown = link.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
            self.push(shown.to_owned());
            self.flush();
        }
    }

    fn term(&mut self, closing: bool) {
        if self.through > 0 {
            return self.flush();
        }
        let runs = self.flush_runs();
        if !closing {
            // a term whose meaning is that of the next
            if matches!(self.open.last(), Some(Open::Term(_))) {
                self.mean(Vec::new());
            }
        } else if matches!(self.open.last(), Some(Open::Terms(_))) {
            self.open.push(Open::Term(runs));
        }
    }

    fn cell(&mut self, tag: &str, closing: bool) {
        if self.through > 0 {
            return self.flush();
        }
        let runs = self.flush_runs();
        if closing {
            let align = self.align;
            if let Some(Open::Row { cells, .. }) = self.open.last_mut() {
                cells.push(Cell { runs, align });
            }
            return;
        }
        self.align = match attribute(tag, "class") {
            Some("center") => Align::Center,
            Some("right") => Align::End,
            _ => Align::Start,
        };
    }

    fn head(&mut self, name: &str, closing: bool) {
        if !closing {
            self.flush();
            self.heading = name.get(1..).and_then(|level| level.parse().ok());
            return;
        }
        let Some(typed) = self.heading.take() else { return };
        let runs = self.flush_runs();
        // inside a list or a quotation a heading would stand in nothing's outline
        if !self.open.is_empty() {
            let runs = runs.into_iter().map(|run| Run { strong: true, ..run }).collect();
            return self.put(Block::Paragraph { runs, look: Look::Text });
        }
        while self.levels.last().is_some_and(|(other, _)| *other >= typed) {
            self.levels.pop();
        }
        let level = self.levels.last().map_or(self.base, |(_, set)| (set + 1).min(6));
        self.levels.push((typed, level));
        self.put(Block::Heading { level, runs });
    }
}

fn step(count: &mut u32, closing: bool) {
    *count = if closing { count.saturating_sub(1) } else { *count + 1 };
}

fn same_dress(one: &Run, other: &Run) -> bool {
    (one.strong, one.emphasis, one.strike, one.code, one.raised)
        == (other.strong, other.emphasis, other.strike, other.code, other.raised)
        && one.link == other.link
}

/// A table in which every row is as long as the longest.
fn even(mut head: Vec<Cell>, mut rows: Vec<Vec<Cell>>) -> Block {
    let columns = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
    head.resize(columns, Cell::default());
    for row in &mut rows {
        row.resize(columns, Cell::default());
    }
    Block::Table { head, rows }
}

/// Whether an address leads anywhere from paper or a file that was sent on.
fn leads(href: &str) -> bool {
    ["https://", "http://", "tel:", "mailto:"].iter().any(|scheme| href.starts_with(scheme))
}

/// Where the tag at the start of `text` ends: at the first `>` that stands in no quotation marks.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag.get(start..)?.split('"').next()
}

/// The signs that entities of ours stand for.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}
