//! How many words a text has: read aloud, by whoever hears it, or printed.
//!
//! The one place where words of a toolkit's texts are counted. Aloud, the words of links count, not addresses, code between
//! fences or what stands for a picture; what differs by reader ([`HOLE`]) counts as that reader hears it.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::fragment::{Fill, Fragment, plain};
use super::prose::{BlockKind, HOLE, Mark, MarkKind, Prose};
use super::references::Target;
use super::{Heard, Phrase, Voice};
use crate::language::readability::Measure;
use crate::language::{sentences, words};
use crate::toolkit::Toolkit;
use crate::toolkit::id::{Reader, Readers};

/// A text read aloud.
#[derive(Debug)]
pub struct Aloud<'a> {
    prose: &'a Prose,
    toolkit: &'a Toolkit,
    /// What is not read as it stands, in the order in which it begins.
    marks: Vec<&'a Mark>,
}

impl<'a> Aloud<'a> {
    /// Makes ready to read `prose`.
    #[must_use]
    pub fn new(prose: &'a Prose, toolkit: &'a Toolkit) -> Self {
        let is_hole = |mark: &Mark| prose.text().get(mark.range.clone()).is_some_and(|text| text.starts_with(HOLE));
        let marks: Vec<&Mark> = prose
            .marks
            .iter()
            .filter(|mark| matches!(mark.kind, MarkKind::Alt | MarkKind::Address) || is_hole(mark))
            .collect();
        Self { prose, toolkit, marks }
    }

    /// Whether some of its words differ by reader.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.marks.iter().any(|mark| !matches!(mark.kind, MarkKind::Alt | MarkKind::Address))
    }

    /// What `reader` hears of `range`.
    #[must_use]
    pub fn words(&self, range: Range<usize>, reader: Reader) -> Cow<'a, str> {
        let text = self.prose.text();
        let first = self.marks.partition_point(|mark| mark.range.start < range.start);
        // one that began before the range and holds its beginning
        let around = self.marks[..first].iter().rev().take(1).filter(|mark| mark.range.end > range.start);
        let within = self.marks[first..].iter().take_while(|mark| mark.range.start < range.end);
        let mut marks = around.chain(within).peekable();
        if marks.peek().is_none() {
            return Cow::Borrowed(text.get(range).unwrap_or_default());
        }
        let mut heard = String::with_capacity(range.len());
        let mut at = range.start;
        for mark in marks {
            // the words for a picture can hold others
            if mark.range.start >= at {
                heard.push_str(text.get(at..mark.range.start).unwrap_or_default());
                heard.push_str(&self.in_place_of(mark, reader));
            }
            at = at.max(mark.range.end);
        }
        heard.push_str(text.get(at..range.end).unwrap_or_default());
        Cow::Owned(heard)
    }

    fn in_place_of(&self, mark: &Mark, reader: Reader) -> Cow<'a, str> {
        let found = match &mark.kind {
            MarkKind::Word(key) => self.toolkit.word(key, reader),
            MarkKind::Title(n) => self.toolkit.all_items().get(*n as usize).and_then(|item| {
                let heading = &item.for_checks().heading;
                heading.get(reader).or_else(|| heading.get(Reader::GENERAL))
            }),
            MarkKind::AudienceName(n) => self.toolkit.audiences.get(*n as usize).map(|audience| &audience.name),
            _ => None,
        };
        Cow::Borrowed(found.map_or("", |text| text))
    }

    /// How many words `reader` hears.
    #[must_use]
    pub fn count(&self, reader: Reader) -> usize {
        let blocks = self.prose.blocks.iter().filter(|block| block.kind != BlockKind::Code);
        blocks.map(|block| words::count(&self.words(block.range.clone(), reader))).sum()
    }

    /// The sentences that `reader` hears, each with its place in the text. The end of a heading, of an item and of a cell
    /// ends one.
    pub fn sentences(&self, reader: Reader) -> impl Iterator<Item = (Range<usize>, Measure)> {
        let blocks = self.prose.blocks.iter().filter(|block| block.kind != BlockKind::Code);
        blocks.flat_map(move |block| {
            sentences::sentences(self.prose.words_of(block)).map(move |range| {
                let range = block.range.start + range.start..block.range.start + range.end;
                let measure = Measure::of(&self.words(range.clone(), reader));
                (range, measure)
            })
        })
    }

    /// How many words each of `readers` hears: those who hear the same together.
    #[must_use]
    pub fn counts(&self, readers: Readers) -> Vec<(Readers, usize)> {
        self.counts_of(readers, |reader| self.count(reader))
    }

    /// The same of a part.
    #[must_use]
    pub fn counts_in(&self, range: &Range<usize>, readers: Readers) -> Vec<(Readers, usize)> {
        self.counts_of(readers, |reader| words::count(&self.words(range.clone(), reader)))
    }

    fn counts_of(&self, readers: Readers, count: impl Fn(Reader) -> usize) -> Vec<(Readers, usize)> {
        let Some(first) = readers.iter().next() else { return Vec::new() };
        if !self.differs() {
            return vec![(readers, count(first))];
        }
        let mut all: Vec<(Readers, usize)> = Vec::new();
        for reader in readers.iter() {
            let (only, own) = (Readers::only(reader), count(reader));
            match all.iter_mut().find(|(_, known)| *known == own) {
                Some((known, _)) => *known = known.and(only),
                None => all.push((only, own)),
            }
        }
        all
    }
}

/// How many words `reader` hears of a body, and how hard it is to read.
#[must_use]
pub fn body(heard: &Heard<'_>, toolkit: &Toolkit, reader: Reader) -> (usize, Measure) {
    let version = heard.versions.iter().find(|version| version.readers.has(reader));
    let parts = version.into_iter().flat_map(|version| heard.parts(version));
    parts.fold((0, Measure::default()), |(words, measure), text| {
        let aloud = Aloud::new(&text.prose, toolkit);
        (words + aloud.count(reader), aloud.sentences(reader).fold(measure, |all, (_, one)| all.and(one)))
    })
}

/// Counts words as they are printed.
#[derive(Clone, Copy, Debug)]
pub struct Printed<'a> {
    /// The toolkit.
    pub toolkit: &'a Toolkit,
    /// Its texts.
    pub voice: &'a Voice,
}

impl Printed<'_> {
    /// The words of a phrase.
    #[must_use]
    pub fn phrase(&self, phrase: &Phrase, reader: Reader) -> usize {
        match phrase {
            Phrase::Plain(text) => words::count(text),
            Phrase::Rich(part) => self.range(part, 0..part.html.len(), reader),
        }
    }

    /// The words of a body.
    #[must_use]
    pub fn body(&self, parts: &[Arc<Fragment>], reader: Reader) -> usize {
        parts.iter().map(|part| self.range(part, 0..part.html.len(), reader)).sum()
    }

    /// The words of a body's first paragraph.
    #[must_use]
    pub fn lead(&self, parts: &[Arc<Fragment>], reader: Reader) -> usize {
        let first = parts.iter().find_map(|part| Some((part, part.lead?)));
        first.map_or(0, |(part, (start, end))| self.range(part, start as usize..end as usize, reader))
    }

    fn range(&self, part: &Fragment, range: Range<usize>, reader: Reader) -> usize {
        let mut html = String::with_capacity(range.len());
        part.fill(range, &mut html, |fill, out| match fill {
            Fill::Word(n) => {
                let key = part.words.get(n as usize);
                out.push_str(key.and_then(|key| self.toolkit.word(key, reader)).map_or("", |word| word));
            }
            Fill::Title(n) => {
                out.push_str(part.links.get(n as usize).map_or("", |link| self.title(&link.target, reader)));
            }
            _ => {}
        });
        words::count(&plain(&html))
    }

    fn title(&self, target: &Target, reader: Reader) -> &str {
        match target {
            Target::Item(n, _) => self.toolkit.all_items().get(*n as usize).map_or("", |item| {
                let heading = &item.for_checks().heading;
                heading.get(reader).or_else(|| heading.get(Reader::GENERAL)).map_or("", |text| text)
            }),
            Target::Audience(audience) => self.toolkit.audience_of(*audience).map_or("", |audience| &audience.name),
            _ => "",
        }
    }
}
