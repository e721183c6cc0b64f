//! Text that was cut from a source, and the way back: which byte of the source each byte of it came from.

use std::borrow::Cow;

/// A text made of pieces of a source, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut<'a> {
    text: Cow<'a, str>,
    /// Where each piece starts: in the text, in the source. The first is at 0 of the text.
    pieces: Vec<(u32, u32)>,
    /// Which bytes of the text only partners read, in their order.
    coaching: Vec<(u32, u32)>,
}

impl<'a> Cut<'a> {
    /// One whole piece, which is not copied; it starts at `from` of the source.
    #[must_use]
    pub fn whole(text: &'a str, from: usize) -> Self {
        Self { text: Cow::Borrowed(text), pieces: vec![(0, narrow(from))], coaching: Vec::new() }
    }

    /// The same, as what only partners read.
    #[must_use]
    pub fn for_partners(mut self) -> Self {
        self.coaching = vec![(0, narrow(self.text.len()))];
        self
    }

    /// The number of the stretch for partners alone that the byte at `offset` of the text is in, if it is in one.
    #[must_use]
    pub fn for_partners_at(&self, offset: usize) -> Option<usize> {
        self.coaching.iter().position(|(from, to)| (*from as usize) <= offset && offset < *to as usize)
    }

    /// Adds a piece that starts at `from` of the source.
    pub fn push(&mut self, text: &'a str, from: usize) {
        if text.is_empty() {
            return;
        }
        if self.text.is_empty() {
            *self = Self::whole(text, from);
            return;
        }
        self.pieces.push((narrow(self.text.len()), narrow(from)));
        self.text.to_mut().push_str(text);
    }

    /// Adds a text that stands for something at `at` of the source: an empty line for a marker line.
    pub fn push_made(&mut self, text: &'static str, at: usize) {
        self.push(text, at);
    }

    /// Adds another cut text.
    pub fn append(&mut self, other: &Cut<'a>) {
        if self.text.is_empty() {
            *self = other.clone();
            return;
        }
        let base = narrow(self.text.len());
        self.pieces.extend(other.pieces.iter().map(|(at, from)| (base + at, *from)));
        self.coaching.extend(other.coaching.iter().map(|(from, to)| (base + from, base + to)));
        self.text.to_mut().push_str(&other.text);
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte of the source that the byte at `offset` of the text came from; for the text's end, the byte after its last.
    #[must_use]
    pub fn source(&self, offset: usize) -> usize {
        let at = narrow(offset);
        let piece = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let (start, from) = self.pieces.get(piece).copied().unwrap_or_default();
        (from + (at - start)) as usize
    }

    /// The pieces of `range`: their bytes in the text, and where each starts in the source.
    pub fn pieces_in(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = (std::ops::Range<usize>, usize)> {
        let first = self.pieces.partition_point(|(start, _)| *start as usize <= range.start).saturating_sub(1);
        let ends = self.pieces.iter().skip(first + 1).map(|(start, _)| *start as usize).chain([usize::MAX]);
        self.pieces.iter().skip(first).zip(ends).map_while(move |((start, from), end)| {
            let at = (*start as usize).max(range.start);
            (at < range.end).then(|| (at..end.min(range.end), *from as usize + (at - *start as usize)))
        })
    }

    /// The bytes of the source that `range` of the text came from.
    #[must_use]
    pub fn span(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self.source(range.start);
        let end = if range.end > range.start { self.source(range.end - 1) + 1 } else { start };
        start..end.max(start)
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_finds_its_way_back() {
        let source = "one <!-- two --> three\n::: police\nfour\n";
        let mut cut = Cut::default();
        cut.push(&source[..4], 0);
        cut.push(&source[16..23], 16);
        cut.push_made("\n", 23);
        cut.push(&source[34..], 34);
        assert_eq!(cut.text(), "one  three\n\nfour\n");
        let at = cut.text().find("four").unwrap();
        assert_eq!(&source[cut.span(at..at + 4)], "four");
        let at = cut.text().find("three").unwrap();
        assert_eq!(&source[cut.span(at..at + 5)], "three");
        assert_eq!(cut.source(cut.text().len()), source.len());
    }

    #[test]
    fn one_piece_is_not_copied() {
        assert!(matches!(Cut::whole("abc", 7).text, Cow::Borrowed(_)));
        assert_eq!(Cut::whole("abc", 7).span(1..2), 8..9);
    }
}
