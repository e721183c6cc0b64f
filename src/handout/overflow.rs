//! What does not stand where it may: behind the last page that a hand-out may have, over the foot of a page, off the paper.

use typst::foundations::Content;
use typst::introspection::Tag;
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::pdf::{ArtifactElem, ArtifactKind, PdfMarkerTag, PdfMarkerTagKind};
use typst::text::TextItem;
use typst_layout::{Page, PagedDocument};

/// Words and lines that fell over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Overflow {
    /// Words.
    pub words: usize,
    /// Lines.
    pub lines: usize,
}

/// Text that a reader does not see whole.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Lost {
    /// The first page on which it happens, from 1.
    pub page: usize,
    /// Its first words.
    pub text: String,
}

/// What a layout marks: the foot of a page that is text and no artifact; what stands beside the words of the text; the end
/// of what has to stand on the first page, if it can.
const FOOT: &str = "foot";
const BESIDE: &str = "beside";
const TOLD: &str = "told";

/// So many signs of a lost text are told.
const SHOWN: usize = 60;

/// Where a text belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The text itself.
    Text,
    /// Numbers of points, times, marks of sources.
    Beside,
    /// The foot of a page.
    Foot,
    /// Its head, and what else is no text.
    Artifact,
}

/// A text as it stands on a page, in points from its upper left corner.
struct Piece<'f> {
    part: Part,
    left: f64,
    right: f64,
    /// Its baseline.
    base: f64,
    size: f64,
    text: &'f str,
}

/// The words and lines behind the first `most` pages, without what stands at the head and the foot of each.
#[must_use]
pub fn behind(document: &PagedDocument, most: usize) -> Overflow {
    let mut over = Overflow::default();
    for page in document.pages().iter().skip(most) {
        let pieces = pieces(page);
        let mut text: Vec<&Piece<'_>> = pieces.iter().filter(|piece| piece.part == Part::Text).collect();
        text.sort_by(|one, other| one.base.total_cmp(&other.base));
        let mut rest = text.as_slice();
        while let Some(first) = rest.first() {
            // raised and lowered signs stand in the line that they belong to
            let mut end = first.base;
            let count = rest.iter().take_while(|piece| {
                let same = piece.base - end < piece.size / 2.0;
                end = end.max(piece.base);
                same
            });
            let (line, behind) = rest.split_at(count.count().max(1));
            let mut line = line.to_vec();
            line.sort_by(|one, other| one.left.total_cmp(&other.left));
            over.words += crate::language::words::count(&joined(&line));
            over.lines += 1;
            rest = behind;
        }
    }
    over
}

/// The first text that stands over the foot of its page or leaves the paper.
#[must_use]
pub fn lost(document: &PagedDocument) -> Option<Lost> {
    document.pages().iter().enumerate().find_map(|(n, page)| {
        let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
        let pieces = pieces(page);
        let foot = pieces.iter().filter(|piece| piece.part == Part::Foot).map(|piece| piece.base - piece.size);
        let end = foot.fold(height, f64::min);
        // what is a hair out is nothing to the eye
        let out = |piece: &&Piece<'_>| {
            let over = piece.part == Part::Text && piece.base > end + 1.0;
            over || piece.base > height || piece.base < 0.0 || piece.right > width + 1.0 || piece.left < -1.0
        };
        let outside: Vec<&Piece<'_>> = pieces.iter().filter(out).collect();
        let text = joined(&outside);
        let shown: String = text.trim().chars().take(SHOWN).collect();
        let more = if shown.len() < text.trim().len() { "…" } else { "" };
        (!shown.is_empty()).then(|| Lost { page: n + 1, text: shown + more })
    })
}

/// How many pages hold what must stand on the first ones: all, where a layout does not say it.
#[must_use]
pub fn pages_needed(document: &PagedDocument) -> usize {
    let marked = |frame: &Frame| has_mark(frame, TOLD);
    let at = document.pages().iter().position(|page| marked(&page.frame));
    at.map_or(document.pages().len(), |at| at + 1)
}

/// How much of the last page has text on it, of 1.
#[must_use]
pub fn last_page(document: &PagedDocument) -> f64 {
    let Some(page) = document.pages().last() else { return 1.0 };
    let pieces = pieces(page);
    let text = pieces.iter().filter(|piece| piece.part == Part::Text);
    text.map(|piece| piece.base).fold(0.0, f64::max) / page.frame.height().to_pt().max(1.0)
}

/// Pieces one behind another; a line of its own begins a word of its own.
fn joined(pieces: &[&Piece<'_>]) -> String {
    let mut text = String::new();
    let mut before: Option<&Piece<'_>> = None;
    for piece in pieces {
        if before.is_some_and(|before| (before.base - piece.base).abs() > 0.5 || piece.left - before.right > 1.0) {
            text.push(' ');
        }
        text.push_str(piece.text);
        before = Some(piece);
    }
    text
}

fn has_mark(frame: &Frame, name: &str) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_mark(&group.frame, name),
        FrameItem::Tag(Tag::Start(content, _)) => is_marked(content, name),
        _ => false,
    })
}

fn is_marked(content: &Content, name: &str) -> bool {
    content.label().is_some_and(|label| label.resolve().as_str() == name)
}

fn pieces(page: &Page) -> Vec<Piece<'_>> {
    let mut walk = Walk { open: Vec::new(), found: Vec::new() };
    walk.frame(&page.frame, Transform::identity());
    walk.found
}

struct Walk<'f> {
    /// The elements that are open around a place: where each came from, and what it makes of the text in it.
    open: Vec<(typst::introspection::Location, Part)>,
    found: Vec<Piece<'f>>,
}

impl<'f> Walk<'f> {
    fn frame(&mut self, frame: &'f Frame, to: Transform) {
        for (at, item) in frame.items() {
            let to = to.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, to.pre_concat(group.transform)),
                FrameItem::Text(text) => self.text(text, to),
                FrameItem::Tag(Tag::Start(content, _)) => {
                    if let (Some(part), Some(location)) = (part_of(content), content.location()) {
                        self.open.push((location, part));
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) => self.open.retain(|(open, _)| open != location),
                _ => {}
            }
        }
    }

    fn text(&mut self, item: &'f TextItem, to: Transform) {
        let start = Point::zero().transform(to);
        let end = Point::with_x(item.width()).transform(to);
        let points = |one: Abs, other: Abs| (one.min(other).to_pt(), one.max(other).to_pt());
        let (left, right) = points(start.x, end.x);
        let (_, base) = points(start.y, end.y);
        // a foot has no points, and an artifact no foot
        let has = |part: Part| self.open.iter().any(|(_, open)| *open == part);
        let part = [Part::Artifact, Part::Foot, Part::Beside].into_iter().find(|part| has(*part)).unwrap_or(Part::Text);
        self.found.push(Piece { part, left, right, base, size: item.size.to_pt(), text: &item.text });
    }
}

fn part_of(content: &Content) -> Option<Part> {
    if let Some(artifact) = content.to_packed::<ArtifactElem>() {
        let foot = artifact.kind.get(typst::foundations::StyleChain::default()) == ArtifactKind::Footer;
        return Some(if foot { Part::Foot } else { Part::Artifact });
    }
    if content.to_packed::<PdfMarkerTag>().is_some_and(|tag| tag.kind == PdfMarkerTagKind::ListItemLabel) {
        return Some(Part::Beside);
    }
    [(FOOT, Part::Foot), (BESIDE, Part::Beside)]
        .into_iter()
        .find(|(name, _)| is_marked(content, name))
        .map(|(_, part)| part)
}
