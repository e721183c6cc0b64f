//! From a byte of a scalar's value back to the byte of the file that made it.

use std::ops::Range;

use super::{Kind, Node};

/// The way back from one scalar's value to its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pieces: Vec<Piece>,
    whole: Range<usize>,
}

/// A run of the value and what it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it starts in the value.
    value: usize,
    /// What it was made from.
    source: Range<usize>,
    /// Whether it is the same bytes; an escape or a fold is not.
    copied: bool,
}

impl Origin {
    /// The way back for `node`, a part of `text`.
    #[must_use]
    pub fn new(text: &str, node: &Node) -> Self {
        let mut pieces = Vec::new();
        if let Kind::Scalar(scalar) = &node.kind {
            if text.get(node.span.clone()) == Some(scalar.text.as_str()) {
                pieces.push(Piece { value: 0, source: node.span.clone(), copied: true });
            }
        }
        Self { pieces, whole: node.span.clone() }
    }

    /// The bytes of the file that bytes `range` of the value were made from.
    #[must_use]
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.start(range.start);
        if range.end <= range.start {
            return start..start;
        }
        start..self.end(range.end).max(start)
    }

    /// The byte of the file that byte `offset` of the value was made from; an escape is its backslash.
    #[must_use]
    pub fn start(&self, offset: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.value <= offset);
        let Some(piece) = after.checked_sub(1).and_then(|at| self.pieces.get(at)) else { return self.whole.start };
        if piece.copied {
            (piece.source.start + offset - piece.value).min(piece.source.end)
        } else {
            piece.source.start
        }
    }

    fn end(&self, offset: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.value < offset);
        let Some(piece) = after.checked_sub(1).and_then(|at| self.pieces.get(at)) else { return self.whole.end };
        if piece.copied { (piece.source.start + offset - piece.value).min(piece.source.end) } else { piece.source.end }
    }
}
