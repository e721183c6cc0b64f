//! A hand-out as data: blocks and runs, as every form of it (PDF, DOCX) lays them out.
//!
//! A writer's text is always a [`Run`]'s `text`, never markup of any form.

use std::sync::Arc;

use serde::Serialize;

use super::pictures::Picture;
use crate::language::Date;
use crate::plan::HandoutKind;

/// A hand-out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Handout {
    /// `sheet`, `sheet-large`, `faq`, `card`, `message`, `brief`: the name of its layout.
    pub layout: &'static str,
    /// What it is, for code.
    #[serde(skip)]
    pub kind: HandoutKind,
    /// The title, once: it is the document's and its only first-level heading.
    pub title: Vec<Run>,
    /// The title's words, with the audience's name: what a reader sees in a window's title or a list.
    pub name: String,
    /// The audience's name; none for everyone.
    pub audience: Option<String>,
    /// The language as in `toolkit.yaml`: `en-US`.
    pub language: String,
    /// The size of the paper.
    pub paper: &'static str,
    /// The toolkit's title.
    pub site: String,
    /// Who publishes it.
    pub organization: Option<String>,
    /// The version code of the page that says the same.
    pub version: String,
    /// When these words were written or, where nobody noted it, the day of the build.
    #[serde(serialize_with = "as_text")]
    pub date: Date,
    /// The address of the page that says the same; none without `base_url`.
    pub address: Option<String>,
    /// The site's address; none without `base_url`.
    pub base_url: Option<String>,
    /// What a reader has to know before the first word: "partners only", "draft".
    pub bands: Vec<String>,
    /// What it says.
    pub blocks: Vec<Block>,
    /// The facts that its text cites, in the order of their marks; `note` of a run is the number of one, from 1.
    pub sources: Vec<Source>,
    /// The words of ours that layouts print beside it.
    pub labels: Labels,
    /// The files that its words come from.
    #[serde(skip)]
    pub files: Vec<Arc<str>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn as_text<S: serde::Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(date)
}

/// Words of ours, in the toolkit's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// `Version abc1234`.
    pub version: String,
    /// `November 25, 2026`, or `Updated …`.
    pub date: String,
    /// `Page %n of %s`, with the places of the numbers.
    pub page: String,
    /// The heading of the sources.
    pub sources: String,
    /// What stands before a fact's limit.
    pub caveat: String,
    /// What stands before a source.
    pub source: String,
    /// What the code leads to, for those who can't see it: `On the web: …`.
    pub on_the_web: String,
    /// What stands before the phone lines.
    pub lines: String,
    /// What stands before the words for a picture that is not shown.
    pub picture: String,
    /// `%s et al.`: the first of many authors.
    pub others: String,
}

/// A piece of text in one dress.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The words; `\n` alone is the end of a line.
    pub text: String,
    /// Bold.
    #[serde(skip_serializing_if = "is_false")]
    pub strong: bool,
    /// Italic.
    #[serde(skip_serializing_if = "is_false")]
    pub emphasis: bool,
    /// Struck through.
    #[serde(skip_serializing_if = "is_false")]
    pub strike: bool,
    /// As typed on a machine.
    #[serde(skip_serializing_if = "is_false")]
    pub code: bool,
    /// Raised: the letter of one of the writer's own footnotes.
    #[serde(skip_serializing_if = "is_false")]
    pub raised: bool,
    /// Where it leads: `https:`, `tel:`, `mailto:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The mark of a source, by its number from 1 in [`Handout::sources`]; such a run has no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<usize>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_false(b: &bool) -> bool {
    !*b
}

impl Run {
    /// Words without any dress.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Words in bold.
    #[must_use]
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, ..Self::default() }
    }
}

/// Something that stands by itself on a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A heading; the title is the only one of level 1.
    Heading {
        /// 2 to 6, no level left out.
        level: u8,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        runs: Vec<Run>,
        /// How it is set.
        look: Look,
    },
    /// A list.
    List {
        /// The first number; none for a list without numbers.
        start: Option<u64>,
        /// Each item's blocks.
        items: Vec<Vec<Self>>,
    },
    /// Terms with what they mean.
    Terms {
        /// Each term with its blocks.
        items: Vec<Term>,
    },
    /// A table. Every row has as many cells as the head.
    Table {
        /// The heads of its columns.
        head: Vec<Cell>,
        /// The rows.
        rows: Vec<Vec<Cell>>,
    },
    /// Somebody's words.
    Quotation {
        /// What they say.
        blocks: Vec<Self>,
    },
    /// A note, tip or warning in the text.
    Note {
        /// `Note`, `Warning`…
        title: String,
        /// Whether it is coaching, for partners only.
        #[serde(skip_serializing_if = "is_false")]
        partners: bool,
        /// What it says.
        blocks: Vec<Self>,
    },
    /// Lines as typed.
    Code {
        /// The lines.
        text: String,
    },
    /// A picture.
    Picture {
        /// The picture; none where print files can't show it, and its words stand in its place.
        picture: Option<Arc<Picture>>,
        /// What it shows, for those who don't see it; nothing for one that only adorns.
        alt: String,
        /// Its path below `content/files/`.
        #[serde(skip)]
        file: String,
    },
    /// A line between two parts.
    Rule,
    /// The points of a sheet, numbered.
    Points {
        /// The points.
        points: Vec<Point>,
        /// `Total 1 min 20 s`; none for one point.
        total: Option<Vec<Run>>,
    },
    /// A question with its answer.
    Question {
        /// The level of its heading.
        level: u8,
        /// The question.
        runs: Vec<Run>,
        /// The answer.
        blocks: Vec<Self>,
    },
    /// A text to be said, with its length.
    Spoken {
        /// `30-second version`.
        title: String,
        /// `72 words, 33 seconds`.
        length: String,
        /// The text.
        runs: Vec<Run>,
    },
    /// What we ask of the reader.
    Ask {
        /// `What we ask of you`.
        title: String,
        /// The ask.
        runs: Vec<Run>,
    },
    /// Whom to call.
    Lines {
        /// The heading of the list.
        title: String,
        /// The lines.
        lines: Vec<Line>,
    },
}

/// How a paragraph is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Look {
    /// As the text.
    #[default]
    Text,
    /// The one sentence that stands for all: a claim.
    Lead,
    /// A remark.
    Small,
}

/// A term with what it means.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Term {
    /// The term.
    pub runs: Vec<Run>,
    /// What it means.
    pub blocks: Vec<Block>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Its words.
    pub runs: Vec<Run>,
    /// How it is set.
    pub align: Align,
}

/// How a cell is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// As the text.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// At the other end: figures.
    End,
}

/// A point of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The point.
    pub runs: Vec<Run>,
    /// More of it.
    pub blocks: Vec<Block>,
    /// How long it takes, as said: `12 s`.
    pub time: String,
    /// The same in seconds.
    pub seconds: u32,
    /// Its item, by number in the toolkit.
    #[serde(skip)]
    pub item: usize,
    /// How many words it has.
    #[serde(skip)]
    pub words: usize,
}

/// Whom to call, write to or visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// The number or address.
    pub value: String,
    /// `tel:…`, `mailto:…`.
    pub link: Option<String>,
}

/// A fact that the text cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its number, from 1; 0 for one that stands below the text without a mark in it.
    pub number: usize,
    /// The fact in one or two sentences, the figure in bold.
    pub says: Vec<Run>,
    /// What has to be said with it.
    pub caveat: Option<String>,
    /// Who, when, what, where; the title leads to the source.
    pub citation: Vec<Run>,
    /// `See also` with further sources, and `Checked on …`.
    pub more: Vec<Run>,
}

impl Handout {
    /// All its words in reading order, a line a block: what a reader of any form of it must find.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![words(&self.title)];
        self.blocks.iter().for_each(|block| block.lines(&mut lines));
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// The pictures in it: the file of each, and the picture where print files can show it.
    pub fn pictures(&self) -> impl Iterator<Item = (&str, Option<&Arc<Picture>>)> {
        let mut found = Vec::new();
        for block in &self.blocks {
            block.walk(&mut |block| {
                if let Block::Picture { picture, file, .. } = block {
                    found.push((file.as_str(), picture.as_ref()));
                }
            });
        }
        found.into_iter()
    }
}

/// The words of runs.
#[must_use]
pub fn words(runs: &[Run]) -> String {
    runs.iter().map(|run| if run.text == "\n" { " " } else { &run.text }).collect()
}

impl Block {
    /// Shows itself and all that stands in it, in reading order.
    pub fn walk<'b>(&'b self, see: &mut dyn FnMut(&'b Self)) {
        see(self);
        match self {
            Self::List { items, .. } => items.iter().flatten().for_each(|block| block.walk(see)),
            Self::Terms { items } => items.iter().flat_map(|term| &term.blocks).for_each(|block| block.walk(see)),
            Self::Points { points, .. } => {
                points.iter().flat_map(|point| &point.blocks).for_each(|block| block.walk(see));
            }
            Self::Quotation { blocks } | Self::Note { blocks, .. } | Self::Question { blocks, .. } => {
                for block in blocks {
                    block.walk(see);
                }
            }
            Self::Heading { .. }
            | Self::Paragraph { .. }
            | Self::Table { .. }
            | Self::Code { .. }
            | Self::Picture { .. }
            | Self::Rule
            | Self::Spoken { .. }
            | Self::Ask { .. }
            | Self::Lines { .. } => {}
        }
    }

    /// Adds its words, a line a block.
    pub fn lines(&self, out: &mut Vec<String>) {
        match self {
            Self::Heading { runs, .. } | Self::Paragraph { runs, .. } => out.push(words(runs)),
            Self::List { items, .. } => items.iter().flatten().for_each(|block| block.lines(out)),
            Self::Terms { items } => items.iter().for_each(|term| {
                out.push(words(&term.runs));
                term.blocks.iter().for_each(|block| block.lines(out));
            }),
            Self::Table { head, rows } => {
                let row = |cells: &Vec<Cell>| cells.iter().map(|cell| words(&cell.runs)).collect::<Vec<_>>().join(" ");
                out.push(row(head));
                out.extend(rows.iter().map(row));
            }
            Self::Quotation { blocks } => blocks.iter().for_each(|block| block.lines(out)),
            Self::Note { title, blocks, .. } => {
                out.push(title.clone());
                for block in blocks {
                    block.lines(out);
                }
            }
            Self::Code { text } => out.extend(text.lines().map(str::to_owned)),
            // who sees it is not told what it shows
            Self::Rule | Self::Picture { picture: Some(_), .. } => {}
            Self::Picture { picture: None, alt, .. } => out.push(alt.clone()),
            Self::Points { points, total } => {
                for point in points {
                    out.push(words(&point.runs));
                    point.blocks.iter().for_each(|block| block.lines(out));
                }
                out.extend(total.iter().map(|total| words(total)));
            }
            Self::Question { runs, blocks, .. } => {
                out.push(words(runs));
                for block in blocks {
                    block.lines(out);
                }
            }
            Self::Spoken { title, runs, .. } | Self::Ask { title, runs } => {
                out.push(title.clone());
                out.push(words(runs));
            }
            Self::Lines { title, lines } => {
                out.push(title.clone());
                out.extend(lines.iter().map(|line| format!("{} {}", line.label, line.value)));
            }
        }
    }
}
