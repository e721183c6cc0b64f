//! The blocks of a hand-out as paragraphs and tables.

use std::sync::Arc;

use super::xml::{self, Look, Paragraph, attribute, text};
use super::{drawing, package};
use crate::handout::content::{self, Align, Block, Cell, Handout, Point, Run};
use crate::handout::pictures::Picture;

/// The deepest level of a list: the format has nine.
const DEEPEST: usize = 8;

/// How far a level stands in, in twentieths of a point.
const STEP: usize = 360;

/// The text of a document while it grows, and what it refers to.
pub struct Body<'h> {
    handout: &'h Handout,
    /// What stands in `w:body`, but for the last properties.
    pub text: String,
    /// The outside addresses by their numbers from 1.
    pub links: Vec<String>,
    /// The number that each numbered list begins with; list 1 is the one with bullets, these are 2 and on.
    pub lists: Vec<u64>,
    /// The numbers of the sources that footnotes cite, in the order of the footnotes.
    pub cited: Vec<usize>,
    /// The pictures, each once, by their numbers from 1.
    pub pictures: Vec<Arc<Picture>>,
    /// How many pictures are shown, each as often as it is.
    shown: usize,
}

/// Where blocks stand.
#[derive(Clone, Copy, Default)]
struct Place<'a> {
    /// How deep in lists.
    level: usize,
    /// The style of plain paragraphs.
    style: Option<&'a str>,
}

impl<'h> Body<'h> {
    /// The text of a hand-out.
    pub fn of(handout: &'h Handout) -> Self {
        let mut body = Self {
            handout,
            text: String::new(),
            links: Vec::new(),
            lists: Vec::new(),
            cited: Vec::new(),
            pictures: Vec::new(),
            shown: 0,
        };
        body.title();
        body.all(&handout.blocks, Place::default());
        body.uncited();
        body
    }

    /// The title, with whom it is for.
    fn title(&mut self) {
        let handout = self.handout;
        let mut runs = handout.title.clone();
        if let Some(audience) = &handout.audience {
            runs.push(Run::plain(format!(": {audience}")));
        }
        for band in &handout.bands {
            self.paragraph(Paragraph { style: Some("Band"), ..Paragraph::default() }, &[Run::plain(band)]);
        }
        self.paragraph(Paragraph { style: Some("Title"), ..Paragraph::default() }, &runs);
    }

    /// The sources that stand below the text without a mark in it.
    fn uncited(&mut self) {
        let handout = self.handout;
        let rest: Vec<_> = handout.sources.iter().filter(|source| !self.cited.contains(&source.number)).collect();
        if rest.is_empty() {
            return;
        }
        self.heading(2, &[Run::plain(&handout.labels.sources)]);
        for source in rest {
            let runs = super::notes::runs(source, handout);
            self.paragraph(Paragraph { style: Some("Small"), ..Paragraph::default() }, &runs);
        }
    }

    fn all(&mut self, blocks: &[Block], place: Place<'_>) {
        for block in blocks {
            self.one(block, place);
        }
    }

    fn one(&mut self, block: &Block, place: Place<'_>) {
        let styled = |style| Place { style: Some(style), ..place };
        match block {
            Block::Heading { level, runs } => self.heading(*level, runs),
            Block::Paragraph { runs, look } => {
                let style = match look {
                    content::Look::Text => place.style,
                    content::Look::Lead => Some("Lead"),
                    content::Look::Small => Some("Small"),
                };
                self.plain(runs, Place { style, ..place });
            }
            Block::List { start, items } => {
                self.list(*start, items.iter().map(|item| (&[][..], item.as_slice(), None)), place);
            }
            Block::Points { points, total } => {
                let item = |point: &'_ Point| -> Vec<Run> {
                    point.runs.iter().cloned().map(|run| Run { strong: true, ..run }).collect()
                };
                let heads: Vec<Vec<Run>> = points.iter().map(item).collect();
                let all = points.iter().zip(&heads);
                self.list(
                    Some(1),
                    all.map(|(point, head)| (head.as_slice(), point.blocks.as_slice(), Some(point.time.as_str()))),
                    place,
                );
                if let Some(total) = total {
                    self.plain(total, styled("Small"));
                }
            }
            Block::Terms { items } => {
                for term in items {
                    self.plain(&term.runs, styled("Term"));
                    self.all(&term.blocks, Place { level: place.level + 1, ..place });
                }
            }
            Block::Table { head, rows } => self.table(head, rows),
            Block::Quotation { blocks } => self.all(blocks, styled("Quote")),
            Block::Note { title, blocks, .. } => {
                self.plain(&[Run::strong(title)], styled("Note"));
                self.all(blocks, styled("Note"));
            }
            Block::Code { text } => {
                let mut runs = Vec::new();
                for line in text.trim_end().lines() {
                    if !runs.is_empty() {
                        runs.push(Run::plain("\n"));
                    }
                    runs.push(Run::plain(line));
                }
                self.plain(&runs, styled("HTMLPreformatted"));
            }
            Block::Picture { picture, alt, .. } => {
                self.picture(picture.as_ref(), alt, Self::at(place), place.level);
            }
            Block::Rule => self.paragraph(Paragraph { line: true, ..Paragraph::default() }, &[]),
            Block::Question { level, runs, blocks } => {
                self.heading(*level, runs);
                self.all(blocks, place);
            }
            Block::Spoken { title, length, runs } => {
                self.heading(2, &[Run::plain(title)]);
                self.plain(&[Run::plain(length)], styled("Small"));
                self.plain(runs, styled("Spoken"));
            }
            Block::Ask { title, runs } => {
                self.heading(2, &[Run::plain(title)]);
                self.plain(runs, styled("Ask"));
            }
            Block::Lines { title, lines } => {
                self.heading(2, &[Run::plain(title)]);
                for line in lines {
                    let value = Run { link: line.link.clone(), ..Run::strong(&line.value) };
                    self.plain(&[Run::plain(format!("{} ", line.label)), value], place);
                }
            }
        }
    }

    /// A heading: the title is the document's, so level 2 is the first below it.
    fn heading(&mut self, level: u8, runs: &[Run]) {
        let style = format!("Heading{}", level.saturating_sub(1).clamp(1, 5));
        self.paragraph(Paragraph { style: Some(&style), ..Paragraph::default() }, runs);
    }

    fn plain(&mut self, runs: &[Run], place: Place<'_>) {
        self.paragraph(Self::at(place), runs);
    }

    /// A paragraph where blocks stand.
    fn at(place: Place<'_>) -> Paragraph<'_> {
        Paragraph { style: place.style, indent: place.level.min(DEEPEST) * STEP, ..Paragraph::default() }
    }

    /// A picture in a paragraph of its own; where Word can't show it, what it shows is told.
    fn picture(&mut self, picture: Option<&Arc<Picture>>, alt: &str, paragraph: Paragraph<'_>, level: usize) {
        let Some(picture) = picture.filter(|picture| drawing::shows(picture.form)) else {
            let words = format!("{}: {alt}", self.handout.labels.picture);
            let told = [Run { emphasis: true, ..Run::plain(words) }];
            if !alt.is_empty() {
                self.paragraph(paragraph, &told);
            }
            return;
        };
        let part = self.pictures.iter().position(|known| known.name == picture.name).unwrap_or_else(|| {
            self.pictures.push(Arc::clone(picture));
            self.pictures.len() - 1
        });
        self.shown += 1;
        let room = package::line_width(self.handout).saturating_sub(level.min(DEEPEST) * STEP);
        // a twentieth of a point has 635 English metric units
        let drawn = drawing::run(picture, alt, self.shown, part + 1, room as u64 * 635);
        self.text += &format!("<w:p>{}{drawn}</w:p>", paragraph.properties());
    }

    /// A list of items: what each begins with, what else it holds, and what stands behind its first paragraph.
    fn list<'a>(
        &mut self,
        start: Option<u64>,
        items: impl Iterator<Item = (&'a [Run], &'a [Block], Option<&'a str>)>,
        place: Place<'_>,
    ) {
        let level = place.level.min(DEEPEST);
        let list = start.map_or(1, |start| {
            self.lists.push(start);
            self.lists.len() + 1
        });
        let style = if start.is_some() { "ListNumber" } else { "ListBullet" };
        let inner = Place { level: place.level + 1, ..place };
        let entry = Paragraph { style: Some(style), item: Some((list, level)), ..Paragraph::default() };
        for (head, blocks, time) in items {
            if let ([], Some((Block::Picture { picture, alt, .. }, behind))) = (head, blocks.split_first()) {
                self.picture(picture.as_ref(), alt, entry, inner.level);
                self.all(behind, inner);
                continue;
            }
            let mut rest = blocks;
            let mut runs = head.to_vec();
            if runs.is_empty()
                && let Some((Block::Paragraph { runs: first, .. }, behind)) = blocks.split_first()
            {
                runs.clone_from(first);
                rest = behind;
            }
            if let Some(time) = time {
                runs.push(Run::plain(format!(" ({time})")));
            }
            self.paragraph(entry, &runs);
            self.all(rest, inner);
        }
    }

    fn table(&mut self, head: &[Cell], rows: &[Vec<Cell>]) {
        let columns = head.len().max(1);
        self.text += "<w:tbl>";
        self.text += &xml::table_properties(&content::words(head.first().map_or(&[], |cell| &cell.runs)));
        self.text += &format!("<w:tblGrid>{}</w:tblGrid>", "<w:gridCol w:w=\"1800\"/>".repeat(columns));
        for (number, row) in std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).enumerate() {
            self.text += "<w:tr>";
            self.text += match number {
                0 => "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
                _ => "<w:trPr><w:cantSplit/></w:trPr>",
            };
            for cell in row {
                let align = match cell.align {
                    Align::Start => None,
                    Align::Center => Some("center"),
                    Align::End => Some("right"),
                };
                let runs: Vec<Run> =
                    cell.runs.iter().cloned().map(|run| Run { strong: run.strong || number == 0, ..run }).collect();
                self.text += "<w:tc>";
                self.text += &xml::cell_properties(columns);
                self.paragraph(Paragraph { style: Some("TableText"), align, ..Paragraph::default() }, &runs);
                self.text += "</w:tc>";
            }
            self.text += "</w:tr>";
        }
        // two tables in a row would be one without a paragraph between them
        self.text += "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>";
    }

    /// A paragraph.
    fn paragraph(&mut self, paragraph: Paragraph<'_>, runs: &[Run]) {
        self.text += "<w:p>";
        self.text += &paragraph.properties();
        for run in runs {
            match run.note {
                Some(source) => {
                    self.cited.push(source);
                    self.text += &format!(
                        "<w:r>{}<w:footnoteReference w:id=\"{}\"/></w:r>",
                        Look { style: Some("FootnoteReference"), ..Look::default() }.properties(),
                        self.cited.len()
                    );
                }
                None => self.text += &written(run, &mut self.links),
            }
        }
        self.text += "</w:p>";
    }
}

/// A run of words, with its link around it; the address is kept in `links`.
pub fn written(run: &Run, links: &mut Vec<String>) -> String {
    let look = Look {
        style: run.link.as_ref().map(|_| "Hyperlink").or(run.code.then_some("HTMLCode")),
        bold: run.strong,
        italic: run.emphasis,
        struck: run.strike,
        raised: run.raised,
    };
    let inside = if run.text == "\n" {
        "<w:br/>".to_owned()
    } else {
        format!("<w:t xml:space=\"preserve\">{}</w:t>", text(&run.text.replace('\n', " ")))
    };
    let one = format!("<w:r>{}{inside}</w:r>", look.properties());
    let Some(link) = run.link.as_ref().filter(|link| !link.is_empty()) else { return one };
    let link = attribute(link);
    let number = links.iter().position(|known| *known == link).unwrap_or_else(|| {
        links.push(link);
        links.len() - 1
    });
    format!("<w:hyperlink r:id=\"link{}\" w:history=\"1\">{one}</w:hyperlink>", number + 1)
}
