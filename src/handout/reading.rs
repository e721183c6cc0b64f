//! HTML of ours as blocks: the page and the hand-out are made from the same fragments, so that they cannot say two things.
//!
//! Read here is only what `voice` writes: well-formed, with known tags, every sign of a writer's escaped. A tag that is not
//! known leaves its words.

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handout::content::words;

    fn paragraph(text: &str) -> Block {
        Block::Paragraph { runs: vec![Run::plain(text)], look: Look::Text }
    }

    #[test]
    fn words_keep_their_dress_and_signs_of_a_writer_are_text() {
        let got = runs(
            "Tom &amp; <strong>Jer<em>ry</em></strong>,\n &lt;b&gt; <a href=\"tel:5\">call</a><sup data-note=\"2\">2</sup>.",
            true,
        );
        let strong = Run::strong("Jer");
        assert_eq!(
            got,
            [
                Run::plain("Tom & "),
                strong.clone(),
                Run { text: "ry".into(), emphasis: true, ..strong },
                Run::plain(", <b> "),
                Run { text: "call".into(), link: Some("tel:5".into()), ..Run::default() },
                Run { note: Some(2), ..Run::default() },
                Run::plain("."),
            ]
        );
    }

    #[test]
    fn short_items_and_long_ones_are_paragraphs_in_lists() {
        let html = "<ul>\n<li>a</li>\n<li><p>b</p>\n<ol start=\"3\">\n<li>c</li>\n</ol>\n</li>\n</ul>\n";
        let inner = Block::List { start: Some(3), items: vec![vec![paragraph("c")]] };
        let list = Block::List { start: None, items: vec![vec![paragraph("a")], vec![paragraph("b"), inner]] };
        assert_eq!(read(html, 2), [list]);
    }

    fn read(html: &str, level: u8) -> Vec<Block> {
        blocks(html, level, &|_| None)
    }

    #[test]
    fn a_picture_stands_by_itself_and_is_told_where_it_can_t() {
        let picture = |alt: &str| Block::Picture { picture: None, alt: alt.into(), file: "a b.png".into() };
        let img = |alt: &str| format!("<img src=\"a b.png\" alt=\"{alt}\" loading=\"lazy\">");
        let html =
            format!("<p>One {} two.</p>\n<ul>\n<li>{}</li>\n</ul>\n", img("A &quot;street&quot;"), img("A door"));
        let list = Block::List { start: None, items: vec![vec![picture("A door")]] };
        assert_eq!(read(&html, 2), [paragraph("One"), picture("A \"street\""), paragraph("two."), list]);
        let html = format!("<h2 id=\"a\">See {}</h2><dl>\n<dt>{}</dt>\n<dd>m</dd>\n</dl>", img("it"), img("t"));
        let term = Term { runs: vec![Run::plain("t")], blocks: vec![paragraph("m")] };
        let heading = Block::Heading { level: 2, runs: vec![Run::plain("See it")] };
        assert_eq!(read(&html, 2), [heading, Block::Terms { items: vec![term] }]);
        assert_eq!(words(&runs(&format!("One {} two", img("A street")), false)), "One two");
        assert_eq!(words(&runs(&format!("One {} two", img("A street")), true)), "One A street two");
    }

    #[test]
    fn where_a_picture_leads_stands_under_it() {
        let got = read("<p><a href=\"https://example.org/a/\"><img src=\"a.png\" alt=\"A\"></a> b</p>", 2);
        let link = Run { link: Some("https://example.org/a/".into()), ..Run::plain("example.org/a") };
        let [Block::Picture { .. }, Block::Paragraph { runs, .. }, last] = &got[..] else { panic!("{got:?}") };
        assert_eq!((&runs[..], last), (&[link][..], &paragraph("b")));
    }

    #[test]
    fn no_level_of_headings_is_left_out() {
        let html = "<h2 id=\"a\">A</h2>\n<h4 id=\"b\">B</h4>\n<h3>C</h3><h2>D</h2>";
        let levels: Vec<u8> = read(html, 3)
            .iter()
            .map(|block| if let Block::Heading { level, .. } = block { *level } else { 0 })
            .collect();
        assert_eq!(levels, [3, 4, 4, 3]);
    }

    #[test]
    fn tables_are_even_and_terms_have_meanings() {
        let html = "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">A</th><td></td></tr></thead><tbody>\n\
            <tr><td class=\"right\">1</td></tr></tbody></table></div>\n\
            <dl>\n<dt>t</dt>\n<dd>m</dd>\n<dd>n</dd>\n</dl>";
        let cell = |text: &str| Cell { runs: vec![Run::plain(text)], align: Align::Start };
        let rows = vec![vec![Cell { align: Align::End, ..cell("1") }, Cell::default()]];
        let term = Term { runs: vec![Run::plain("t")], blocks: vec![paragraph("m"), paragraph("n")] };
        assert_eq!(
            read(html, 2),
            [Block::Table { head: vec![cell("A"), Cell::default()], rows }, Block::Terms { items: vec![term] }]
        );
    }

    #[test]
    fn what_is_nested_a_thousand_times_keeps_its_words_and_ends() {
        let html = format!("{}x{}", "<blockquote>\n".repeat(5_000), "</blockquote>\n".repeat(5_000));
        let got = read(&html, 2);
        let mut lines = Vec::new();
        got.iter().for_each(|block| block.lines(&mut lines));
        assert_eq!(lines, ["x"]);
    }

    #[test]
    fn notes_have_titles_and_footnotes_no_way_back() {
        let html = "<aside class=\"alert tip\"><p class=\"alert-title\">Tip</p>\n<p>Do.</p>\n</aside>\n<p>x\
            <sup class=\"note\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\">a</a></sup></p>\n\
            <div class=\"footnotes\" role=\"doc-endnotes\"><ol type=\"a\">\n<li id=\"fn-1\"><p>y</p>\n\
            <a href=\"#fnref-1\" role=\"doc-backlink\">Back ↩</a></li>\n</ol></div>\n";
        let got = read(html, 2);
        assert_eq!(got[0], Block::Note { title: "Tip".into(), partners: false, blocks: vec![paragraph("Do.")] });
        let Block::Paragraph { runs, .. } = &got[1] else { panic!("{got:?}") };
        assert!(runs[1].raised && words(runs) == "xa");
        let Block::Paragraph { runs, .. } = &got[3] else { panic!("{got:?}") };
        assert!(runs[0].raised && words(runs) == "a y");
    }
}
