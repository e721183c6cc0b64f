//! The numbers of a text as people read it, each with who gave it: the writer, a fact, a fill-in.

use std::ops::Range;

use crate::language::figures::{Number, numbers};
use crate::voice::prose::{Block, BlockKind, MarkKind, Prose};

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
    let mut stretches = None;
    for block in blocks.filter(|block| block.kind != BlockKind::Code) {
        for mut number in numbers(prose.words_of(block)) {
            number.span = shifted(number.span, block.range.start);
            number.counted = number.counted.map(|counted| shifted(counted, block.range.start));
            let stretches = stretches.get_or_insert_with(|| Stretches::of(prose));
            if !stretches.is_silent(&number.span) {
                all.push(Said { by: stretches.by(number.span.start), number });
            }
        }
    }
    all
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The marks that matter here, in order and apart from each other, so that each number finds its own at once.
struct Stretches {
    silent: Vec<(Range<usize>, ())>,
    given: Vec<(Range<usize>, By)>,
}

impl Stretches {
    fn of(prose: &Prose) -> Self {
        let (mut silent, mut given) = (Vec::new(), Vec::new());
        for mark in &prose.marks {
            match mark.kind {
                MarkKind::Code | MarkKind::Address => silent.push((mark.range.clone(), ())),
                MarkKind::FactWords(fact) => given.push((mark.range.clone(), By::Fact(fact))),
                MarkKind::LocalWords(local) => given.push((mark.range.clone(), By::Local(local))),
                MarkKind::FactReads(fact) => given.push((mark.range.clone(), By::PutInFact(fact))),
                ref kind if kind.is_put_in() => given.push((mark.range.clone(), By::PutIn)),
                _ => {}
            }
        }
        Self { silent: apart(silent), given: apart(given) }
    }

    fn is_silent(&self, range: &Range<usize>) -> bool {
        find(&self.silent, range).is_some()
    }

    fn by(&self, at: usize) -> By {
        find(&self.given, &(at..at + 1)).copied().unwrap_or(By::Writer)
    }
}

/// In order, and those inside another left out.
fn apart<T>(mut stretches: Vec<(Range<usize>, T)>) -> Vec<(Range<usize>, T)> {
    stretches.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    stretches.retain(|(range, _)| {
        let outside = range.end > end;
        end = end.max(range.end);
        outside
    });
    stretches
}

/// The stretch that touches `range`.
fn find<'s, T>(stretches: &'s [(Range<usize>, T)], range: &Range<usize>) -> Option<&'s T> {
    let n = stretches.partition_point(|(stretch, _)| stretch.end <= range.start);
    stretches.get(n).filter(|(stretch, _)| stretch.start < range.end).map(|(_, what)| what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_found_by_where_they_stand() {
        let all = apart(vec![(8..9, 'c'), (0..6, 'a'), (2..4, 'b')]);
        let at = |at: usize| find(&all, &(at..at + 1)).copied();
        assert_eq!(
            [at(0), at(3), at(5), at(6), at(8), at(9)],
            [Some('a'), Some('a'), Some('a'), None, Some('c'), None]
        );
    }
}
