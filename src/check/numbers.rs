//! The numbers of a text as people read it, each with who gave it: the writer, a fact, a fill-in.

use std::ops::Range;

use crate::language::figures::{Number, numbers};
use crate::voice::prose::{Block, BlockKind, Mark, MarkKind, Prose};

/// A number that is read in a text; its place is in the bytes of [`Prose::text`].
#[derive(Clone, Debug)]
pub struct Said {
    /// The number.
    pub number: Number,
    /// Who gave it.
    pub by: By,
}

/// Who gave a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The writer, by hand.
    Writer,
    /// The writer, in own words for the fact with this number.
    Fact(u32),
    /// The writer, in own words for the fill-in with this number.
    Local(u32),
    /// It was put in from the fact with this number.
    PutInFact(u32),
    /// It was put in from elsewhere.
    PutIn,
}

impl By {
    /// Whether it was put in from elsewhere, so that nobody typed it here.
    #[must_use]
    pub const fn is_put_in(self) -> bool {
        matches!(self, Self::PutInFact(_) | Self::PutIn)
    }
}

/// The numbers of some blocks in their order, without those in code and in addresses.
pub fn said<'b>(prose: &Prose, blocks: impl Iterator<Item = &'b Block>) -> Vec<Said> {
    let mut all = Vec::new();
    for block in blocks.filter(|block| block.kind != BlockKind::Code) {
        for mut number in numbers(prose.words_of(block)) {
            number.span = shifted(number.span, block.range.start);
            number.counted = number.counted.map(|counted| shifted(counted, block.range.start));
            let silent = |mark: &Mark| matches!(mark.kind, MarkKind::Code | MarkKind::Address);
            if !prose.marks_in(number.span.clone()).any(silent) {
                all.push(Said { by: by(prose, number.span.start), number });
            }
        }
    }
    all
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// Who gave what stands at a byte: of links in each other the outer one.
fn by(prose: &Prose, at: usize) -> By {
    let given = |mark: &Mark| match mark.kind {
        MarkKind::FactWords(fact) => Some(By::Fact(fact)),
        MarkKind::LocalWords(local) => Some(By::Local(local)),
        MarkKind::FactReads(fact) => Some(By::PutInFact(fact)),
        ref kind if kind.is_put_in() => Some(By::PutIn),
        _ => None,
    };
    prose.marks_in(at..at + 1).find_map(given).unwrap_or(By::Writer)
}
