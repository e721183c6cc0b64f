//! A text as people read it: plain words, without Markdown, with the way back to what was typed.
//!
//! What checks look at. Kinds of space are one space, soft hyphens and signs without width are left out, apostrophes are
//! `'`, quotation marks `“` and `”`; the rest stands as readers see it. What is put in from elsewhere (a fact's wording, a
//! fill-in) is part of the text and marked; where it differs by reader, [`HOLE`] stands for it.

use std::ops::Range;

use super::origin::Cut;

/// Stands for words that differ by reader: a `word:` reference, the title of another item.
pub const HOLE: char = '\u{fffc}';

/// A text as people read it.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    text: String,
    pieces: Vec<Piece>,
    /// The blocks in their order; no text stands outside them.
    pub blocks: Vec<Block>,
    /// What is special about parts of the text, in the order in which they begin, the outer one first.
    pub marks: Vec<Mark>,
    /// How far the marks up to each one reach.
    reach: Vec<usize>,
}

/// A stretch of text and what it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    at: u32,
    from: u32,
    to: u32,
}

/// A paragraph, a heading, a list item: words that are read together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlockKind,
    /// Whether it stands in a quotation (an alert is none).
    pub quoted: bool,
    /// Whether it stands in a list, a table, a quotation, an alert or a footnote.
    pub nested: bool,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading.
    Heading,
    /// An entry of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// A term that is defined.
    Term,
    /// A definition.
    Definition,
    /// A footnote.
    Footnote,
    /// Code between fences.
    Code,
}

/// A stretch that is special.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Why.
    pub kind: MarkKind,
    /// The bytes of the source that it came from: of a link all of it, its brackets and address, too.
    pub span: (u32, u32),
}

/// Why a stretch is special.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Code in a line.
    Code,
    /// An address that is shown as it is.
    Address,
    /// The text for those who can't see a picture.
    Alt,
    /// A fact's allowed wording, put in by `<fact:ID>`.
    FactReads(u32),
    /// The writer's own words for a fact.
    FactWords(u32),
    /// A fill-in's text, put in by `<local:KEY>`; empty while it is not filled in.
    LocalValue(u32),
    /// The writer's own words for a fill-in.
    LocalWords(u32),
    /// A `word:` reference; a [`HOLE`].
    Word(Box<str>),
    /// The title of the item with this number; a [`HOLE`].
    Title(u32),
    /// The name of the audience with this number; a [`HOLE`].
    AudienceName(u32),
}

impl MarkKind {
    /// Whether the stretch was put in from elsewhere, so that nobody typed it here.
    #[must_use]
    pub const fn is_put_in(&self) -> bool {
        matches!(
            self,
            Self::FactReads(_) | Self::LocalValue(_) | Self::Word(_) | Self::Title(_) | Self::AudienceName(_)
        )
    }
}

impl Prose {
    /// A text without Markdown: one paragraph, as typed.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        let cut = Cut::whole(text, 0);
        let mut recorder = Recorder::new(&cut);
        recorder.text(text, 0..text.len());
        recorder.finish()
    }

    /// All of its words, blocks separated by line ends.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of a block.
    #[must_use]
    pub fn words_of(&self, block: &Block) -> &str {
        &self.text[block.range.clone()]
    }

    /// The bytes of the source that `range` of the text came from.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> (u32, u32) {
        let start = self.source(range.start, false);
        let end = if range.end > range.start { self.source(range.end - 1, true) } else { start };
        (start, end.max(start))
    }

    /// The source of the byte `at`; for `end` the byte behind it.
    fn source(&self, at: usize, end: bool) -> u32 {
        let at = narrow(at);
        let n = self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1);
        let Some(piece) = self.pieces.get(n) else { return 0 };
        let next = self.pieces.get(n + 1).map_or(narrow(self.text.len()), |next| next.at);
        let same = piece.to - piece.from == next - piece.at;
        match (same, end) {
            (true, false) => piece.from + (at - piece.at),
            (true, true) => piece.from + (at - piece.at) + 1,
            (false, false) => piece.from,
            (false, true) => piece.to,
        }
    }

    /// The marks that touch `range`.
    pub fn marks_in(&self, range: Range<usize>) -> impl Iterator<Item = &Mark> {
        // those that end before it stand first, save what a longer one holds
        let first = self.reach.partition_point(|reach| *reach <= range.start);
        let last = self.marks.partition_point(|mark| mark.range.start < range.end);
        self.marks.get(first..last).unwrap_or_default().iter().filter(move |mark| range.start < mark.range.end)
    }

    /// The block in which byte `at` stands.
    #[must_use]
    pub fn block_at(&self, at: usize) -> Option<&Block> {
        let n = self.blocks.partition_point(|block| block.range.start <= at);
        self.blocks.get(n.checked_sub(1)?).filter(|block| at <= block.range.end)
    }
}

/// A link that is open: where its words began, and what it is with its place in the source.
type OpenLink = (usize, Option<(MarkKind, (u32, u32))>);

/// Writes a [`Prose`] while a text is read.
pub(super) struct Recorder<'a> {
    cut: &'a Cut<'a>,
    prose: Prose,
    /// The kinds of the blocks that are open, outermost first.
    kinds: Vec<BlockKind>,
    quotes: usize,
    nesting: usize,
    /// Whether the last block goes on.
    open: bool,
    /// The links that are open: where they began, and what they are.
    links: Vec<OpenLink>,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(cut: &'a Cut<'a>) -> Self {
        Self { cut, prose: Prose::default(), kinds: Vec::new(), quotes: 0, nesting: 0, open: false, links: Vec::new() }
    }

    /// A block begins; `None` is one that only ends the one before it.
    pub(super) fn enter(&mut self, kind: Option<BlockKind>) {
        self.end_block();
        self.kinds.extend(kind);
        self.nesting += usize::from(kind.is_some_and(|kind| kind != BlockKind::Heading));
    }

    /// A block ends.
    pub(super) fn leave(&mut self, kind: Option<BlockKind>) {
        self.end_block();
        if kind.is_some() {
            self.kinds.pop();
        }
        self.nesting -= usize::from(kind.is_some_and(|kind| kind != BlockKind::Heading)).min(self.nesting);
    }

    /// A quotation or an alert begins.
    pub(super) fn enter_quote(&mut self, alert: bool) {
        self.end_block();
        self.quotes += usize::from(!alert);
        self.nesting += 1;
    }

    /// A quotation or an alert ends.
    pub(super) fn leave_quote(&mut self, alert: bool) {
        self.end_block();
        self.quotes -= usize::from(!alert).min(self.quotes);
        self.nesting = self.nesting.saturating_sub(1);
    }

    fn end_block(&mut self) {
        self.open = false;
    }

    /// Where the next sign will stand, in an open block.
    fn begin(&mut self) -> usize {
        if !self.open {
            if !self.prose.text.is_empty() {
                self.piece(self.prose.pieces.last().map_or(0, |piece| piece.to), 0);
                self.prose.text.push('\n');
            }
            let at = self.prose.text.len();
            let kind = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
            let (quoted, nested) = (self.quotes > 0, self.nesting > 0);
            self.prose.blocks.push(Block { range: at..at, kind, quoted, nested });
            self.open = true;
        }
        self.prose.text.len()
    }

    fn end(&mut self) {
        let end = self.prose.text.len();
        if let Some(block) = self.prose.blocks.last_mut() {
            block.range.end = end;
        }
    }

    /// What follows came from `length` bytes of the source at `from`.
    fn piece(&mut self, from: u32, length: usize) {
        let (at, to) = (narrow(self.prose.text.len()), from + narrow(length));
        match self.prose.pieces.last_mut() {
            Some(last) if last.at == at => *last = Piece { at, from, to },
            _ => self.prose.pieces.push(Piece { at, from, to }),
        }
    }

    /// Text that stands at `range` of what is read.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if text.is_empty() {
            return;
        }
        self.begin();
        if self.cut.text().get(range.clone()) == Some(text) {
            for (part, from) in self.cut.pieces_in(range.clone()) {
                let part = part.start - range.start..part.end - range.start;
                self.typed(&text[part], from);
            }
        } else {
            // an entity, a quotation mark: it came from all of the range
            let span = self.cut.span(range);
            self.piece(narrow(span.start), span.len());
            let from = self.prose.text.len();
            self.prose.text.extend(text.chars().filter_map(as_read));
            if self.prose.text.len() == from {
                self.prose.pieces.pop();
            }
        }
        self.end();
    }

    /// Text that stands in the source at `from` as it is.
    fn typed(&mut self, text: &str, from: usize) {
        let mut rest = 0;
        for (at, sign) in text.char_indices().filter(|(_, sign)| is_special(*sign)) {
            self.run(&text[rest..at], from + rest);
            rest = at + sign.len_utf8();
            if let Some(read) = as_read(sign) {
                self.piece(narrow(from + at), sign.len_utf8());
                self.prose.text.push(read);
            }
        }
        self.run(&text[rest..], from + rest);
    }

    fn run(&mut self, text: &str, from: usize) {
        if text.is_empty() {
            return;
        }
        let (at, start) = (narrow(self.prose.text.len()), narrow(from));
        match self.prose.pieces.last_mut() {
            // one stretch goes on
            Some(last) if last.to == start && last.to - last.from == at - last.at => last.to += narrow(text.len()),
            _ => self.piece(start, text.len()),
        }
        self.prose.text.push_str(text);
    }

    /// The end of a line inside a block.
    pub(super) fn line_end(&mut self, range: Range<usize>) {
        if self.open {
            let span = self.cut.span(range);
            self.piece(narrow(span.start), span.len().max(1));
            self.prose.text.push(' ');
            self.end();
        }
    }

    /// Code in a line.
    pub(super) fn code(&mut self, text: &str, range: Range<usize>) {
        self.put_in(text, range, MarkKind::Code);
    }

    /// Words that stand in the place of `range`.
    pub(super) fn put_in(&mut self, text: &str, range: Range<usize>, kind: MarkKind) {
        let at = self.begin();
        let span = self.cut.span(range);
        self.piece(narrow(span.start), span.len());
        self.prose.text.extend(text.chars().filter_map(as_read));
        if self.prose.text.len() == at {
            self.prose.text.push(HOLE);
        }
        let span = (narrow(span.start), narrow(span.end));
        self.prose.marks.push(Mark { range: at..self.prose.text.len(), kind, span });
        self.end();
    }

    /// A link or a picture begins, which stands at `range` of what is read; `None` is one whose words are like any others.
    pub(super) fn enter_link(&mut self, kind: Option<MarkKind>, range: Range<usize>) {
        let at = self.begin();
        let span = self.cut.span(range);
        self.links.push((at, kind.map(|kind| (kind, (narrow(span.start), narrow(span.end))))));
    }

    /// A link or a picture ends.
    pub(super) fn leave_link(&mut self) {
        if let Some((from, Some((kind, span)))) = self.links.pop()
            && from < self.prose.text.len()
        {
            self.prose.marks.push(Mark { range: from..self.prose.text.len(), kind, span });
        }
    }

    pub(super) fn finish(mut self) -> Prose {
        self.prose.blocks.retain(|block| !block.range.is_empty());
        mark_addresses(&mut self.prose);
        let Prose { marks, reach, .. } = &mut self.prose;
        marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        let mut furthest = 0;
        reach.extend(marks.iter().map(|mark| {
            furthest = furthest.max(mark.range.end);
            furthest
        }));
        self.prose
    }
}

/// Marks addresses of web and mail that stand in the text as they are.
fn mark_addresses(prose: &mut Prose) {
    let text = &prose.text;
    let mut found = Vec::new();
    if !text.contains("://") && !text.contains('@') && !text.contains("www.") {
        return;
    }
    let mut at = 0;
    for token in text.split([' ', '\n', '(', ')', '“', '”', '<', '>', ',', ';']) {
        let start = token.as_ptr().addr() - text.as_ptr().addr();
        at = start.max(at);
        let bare = token.trim_end_matches(['.', ':', '!', '?', '\'', '"', '…']);
        let mail = bare.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if bare.contains("://") || bare.starts_with("www.") || mail {
            let range = at..at + bare.len();
            found.push(Mark { span: prose.span(range.clone()), range, kind: MarkKind::Address });
        }
    }
    prose.marks.append(&mut found);
}

/// Whether a sign is not read as it stands.
const fn is_special(sign: char) -> bool {
    matches!(sign, '\u{80}'..) && as_read_special(sign) || matches!(sign, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

const fn as_read_special(sign: char) -> bool {
    matches!(
        sign,
        '\u{85}' | '\u{a0}' | '\u{ad}' | '\u{1680}' | '\u{180e}' | '\u{2000}'..='\u{200f}' | '\u{2018}' | '\u{2019}'
            | '\u{201b}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{2064}' | '\u{3000}' | '\u{feff}' | '\u{2bc}'
    )
}

/// A sign as it is read: spaces alike, apostrophes alike; `None` for what has no width.
const fn as_read(sign: char) -> Option<char> {
    match sign {
        '\u{ad}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => None,
        '\t'
        | '\n'
        | '\r'
        | '\u{b}'
        | '\u{c}'
        | '\u{85}'
        | '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Some(' '),
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' => Some('\''),
        other => Some(other),
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed<'a>(source: &'a str, prose: &Prose, words: &str) -> &'a str {
        let at = prose.text().find(words).unwrap();
        let (start, end) = prose.span(at..at + words.len());
        &source[start as usize..end as usize]
    }

    #[test]
    fn kinds_of_space_and_soft_hyphens_do_not_part_words() {
        let source = "An\u{a0}ad\u{ad}dict’s 58\u{202f}% of\tit";
        let prose = Prose::plain(source);
        assert_eq!(prose.text(), "An addict's 58 % of it");
        assert_eq!(typed(source, &prose, "addict's"), "ad\u{ad}dict’s");
        assert_eq!(typed(source, &prose, "58 %"), "58\u{202f}%");
        assert_eq!(typed(source, &prose, "it"), "it");
    }

    #[test]
    fn addresses_are_marked() {
        let prose = Prose::plain("See www.a.org/58% or mail to a.b@c.org, (https://x.org/40%).");
        let marked: Vec<&str> = prose.marks.iter().map(|mark| &prose.text()[mark.range.clone()]).collect();
        assert_eq!(marked, ["www.a.org/58%", "a.b@c.org", "https://x.org/40%"]);
    }
}
