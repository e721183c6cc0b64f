//! What fell over the end of the last page that a sheet may have.

use std::collections::BTreeSet;

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_layout::PagedDocument;

/// Words and lines that fell over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Overflow {
    /// Words.
    pub words: usize,
    /// Lines.
    pub lines: usize,
}

/// The footer of a layout stands in the last inch of its page; the text above it.
const FOOTER: f64 = 72.0;

/// What stands behind the first `most` pages, without what stands at the foot of each.
#[must_use]
pub fn behind(document: &PagedDocument, most: usize) -> Overflow {
    let mut over = Overflow::default();
    for page in document.pages().iter().skip(most) {
        let mut lines = BTreeSet::new();
        let end = page.frame.height().to_pt() - FOOTER;
        walk(&page.frame, Point::zero(), &mut |at, text| {
            if at.y.to_pt() < end {
                over.words += crate::language::words::count(text);
                // half a point is nothing to the eye
                lines.insert((at.y.to_pt() * 2.0).round().to_string());
            }
        });
        over.lines += lines.len();
    }
    over
}

fn walk(frame: &Frame, offset: Point, see: &mut dyn FnMut(Point, &str)) {
    for (at, item) in frame.items() {
        let at = Point::new(offset.x + at.x, offset.y + at.y);
        match item {
            FrameItem::Group(group) => {
                let shift = Point::new(Abs::pt(group.transform.tx.to_pt()), Abs::pt(group.transform.ty.to_pt()));
                walk(&group.frame, Point::new(at.x + shift.x, at.y + shift.y), see);
            }
            FrameItem::Text(text) => see(at, &text.text),
            _ => {}
        }
    }
}
