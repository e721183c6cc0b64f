//! From a place as a stage knows it to line, column and text.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::yaml::{Node, Origin, parse};
use super::{Source, front_matter};
use crate::finding::{At, KeyPath, Place, Spot, Step};

/// What was found out about the files that findings pointed into last. Findings come file by file: a few are enough.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<VecDeque<Arc<Known>>>);

/// A line of more bytes is not kept whole in a finding.
const LONG: usize = 4096;
/// So many bytes are counted at a time where a place in a long line is looked for.
const STRIDE: usize = 1024;

/// Files whose trees are kept.
const KEPT: usize = 16;

/// A text with what its places are found by.
#[derive(Debug)]
struct Known {
    file: Arc<str>,
    text: Arc<str>,
    /// Where each line starts.
    lines: Vec<usize>,
    /// How many characters stand before each [`STRIDE`] of bytes; made for the first place in a long line.
    characters: OnceLock<Vec<usize>>,
    /// Where the YAML starts, and its tree; none where it can't be read. Made when the first key is looked for.
    yaml: OnceLock<Option<(usize, Node)>>,
    /// The first line, or the `---` that opens the front matter.
    first: Range<usize>,
}

impl Source {
    /// Where `at` is, with line, column and the text of its lines. A key that does not exist is where it would stand.
    #[must_use]
    pub fn place(&self, at: &At) -> Place {
        let text = self.text(&at.file).filter(|_| at.spot != Spot::Name);
        let Some(text) = text else { return Place::whole(Arc::clone(&at.file)) };
        let known = self.places.of(&at.file, text);
        let span = known.span(&at.spot);
        known.place(Arc::clone(&at.file), span)
    }

    /// Where a place begins in its file's text, in bytes; the other way round than [`Source::place`].
    #[must_use]
    pub fn offset(&self, place: &Place) -> Option<usize> {
        let known = self.places.of(&place.file, self.text(&place.file)?);
        let from = *known.lines.get(place.line.checked_sub(1)?)?;
        if place.left_out == 0 {
            return Some(from + place.start);
        }
        known.byte_of(known.characters_before(from) + place.column.checked_sub(1)?)
    }
}

impl Cache {
    fn of(&self, file: &Arc<str>, text: &Arc<str>) -> Arc<Known> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.iter().find(|known| known.file == *file) {
            return Arc::clone(known);
        }
        let known = Arc::new(Known::new(file, text));
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back(Arc::clone(&known));
        known
    }
}

impl Known {
    fn new(file: &Arc<str>, text: &Arc<str>) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        let first = 0..text.lines().next().map_or(0, |line| line.trim_end().len());
        Self {
            file: Arc::clone(file),
            text: Arc::clone(text),
            lines,
            characters: OnceLock::new(),
            yaml: OnceLock::new(),
            first,
        }
    }

    fn yaml(&self) -> Option<&(usize, Node)> {
        let read = || {
            let range = match self.file.rsplit('.').next() {
                Some("md") => front_matter(&self.text).ok()?.yaml,
                Some("yaml" | "yml") => 0..self.text.len(),
                _ => return None,
            };
            Some((range.start, parse(self.text.get(range)?).ok()?))
        };
        self.yaml.get_or_init(read).as_ref()
    }

    fn span(&self, spot: &Spot) -> Range<usize> {
        match spot {
            Spot::File | Spot::Name => self.first.clone(),
            Spot::Bytes(start, end) => *start as usize..*end as usize,
            Spot::Key(path) => self.found(path).map_or_else(|missing| missing, |found| self.key(&found)),
            // of a value that is not there: where it would stand, behind the colon
            Spot::Value(path) => self.found(path).map_or_else(|missing| missing, |found| self.shift(&found.node.span)),
            Spot::Within(path, start, end) => self.found(path).map_or_else(
                |missing| missing,
                |found| {
                    let Some((base, _)) = self.yaml() else { return self.first.clone() };
                    let yaml = self.text.get(*base..).unwrap_or_default();
                    self.shift(&Origin::new(yaml, found.node).range(*start as usize..*end as usize))
                },
            ),
        }
    }

    fn key(&self, found: &Found<'_>) -> Range<usize> {
        self.shift(found.key.map_or(&found.node.span, |key| &key.span))
    }

    fn shift(&self, span: &Range<usize>) -> Range<usize> {
        let base = self.yaml().map_or(0, |(base, _)| *base);
        span.start + base..span.end + base
    }

    /// What is at `path`, or where it would stand.
    fn found(&self, path: &KeyPath) -> Result<Found<'_>, Range<usize>> {
        let Some((_, root)) = self.yaml() else { return Err(self.first.clone()) };
        let mut found = Found { node: root, key: None };
        for (n, step) in path.0.iter().enumerate() {
            let next = match step {
                Step::Key(key) => {
                    found.node.entry(key).map(|entry| Found { node: &entry.value, key: Some(&entry.key) })
                }
                // a single text may stand for a list of one
                Step::Index(0) if found.node.text().is_some() => Some(Found { node: found.node, key: found.key }),
                Step::Index(index) => found.node.items().get(*index).map(|node| Found { node, key: None }),
            };
            found = match next {
                Some(next) => next,
                None if n == 0 => return Err(self.first.clone()),
                None if found.key.is_some() => return Err(self.key(&found)),
                None => return Err(self.first_line(self.shift(&found.node.span))),
            };
        }
        Ok(found)
    }

    fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let text = self.text.get(span.clone()).unwrap_or_default();
        span.start..span.start + text.lines().next().map_or(0, |line| line.trim_end().len())
    }

    /// [`Place::of`] for these bytes, without counting lines from the top each time.
    fn place(&self, file: Arc<str>, span: Range<usize>) -> Place {
        let line = self.lines.partition_point(|start| *start <= span.start).max(1) - 1;
        let from = self.lines.get(line).copied().unwrap_or(0);
        let to = self.lines.get(line + 1).copied().unwrap_or(self.text.len());
        if to - from.min(to) > LONG {
            let text = self.text.get(from..to).unwrap_or_default();
            let before = self.characters_before(span.start) - self.characters_before(from);
            let (start, end) = (span.start - from, span.end.saturating_sub(from));
            return Place::in_long_line(file, text, line + 1, before, start, end);
        }
        let text = self.text.get(from..).unwrap_or_default();
        let mut place = Place::of(file, text, span.start.saturating_sub(from), span.end.saturating_sub(from));
        if place.line > 0 {
            place.line += line;
            place.end_line += line;
        }
        place
    }
}

/// Whether a byte of UTF-8 begins a character: all do that have not 10 as their highest bits.
const fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| begins(**byte)).count()
}

impl Known {
    /// How many characters stand before each [`STRIDE`].
    fn characters(&self) -> &[usize] {
        self.characters.get_or_init(|| {
            let mut sum = 0;
            let strides = self.text.as_bytes().chunks(STRIDE).map(|stride| {
                sum += count(stride);
                sum
            });
            std::iter::once(0).chain(strides).collect()
        })
    }

    /// How many characters stand before byte `at`.
    fn characters_before(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let at = at.min(bytes.len());
        let stride = at / STRIDE;
        let before = self.characters().get(stride).copied().unwrap_or(0);
        before + count(bytes.get(stride * STRIDE..at).unwrap_or_default())
    }

    /// The byte at which character number `n` begins.
    fn byte_of(&self, n: usize) -> Option<usize> {
        let sums = self.characters();
        let stride = sums.partition_point(|sum| *sum <= n).checked_sub(1)?;
        let from = stride * STRIDE;
        let mut starts = self.text.as_bytes().get(from..)?.iter().enumerate().filter(|(_, byte)| begins(**byte));
        starts.nth(n - sums.get(stride)?).map(|(at, _)| from + at)
    }
}

/// A value that exists, with its key where it stands in a map.
struct Found<'a> {
    node: &'a Node,
    key: Option<&'a Node>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &str); 4] = [
        (
            "content/faqs/who.md",
            "\u{feff}---\r\ntitle: \"Who é \\\"pays\\\"?\"\r\nquestion:\r\n  else: What\r\n    happens?\r\n  police: |\r\n    One\r\n    two\r\n\
             empty:\r\nfacts:\r\n  - a\r\n  - id: b\r\n    at: x\r\n---\r\nBody é here.\r\n",
        ),
        ("content/facts.yaml", "# facts\n\nfacts:\n- {id: a, reads: 'it''s'}\n- &x [one, two]\nmore: *x\n"),
        ("content/broken.yaml", "\na: [b\n"),
        ("content/no-front.md", "# Title\n"),
    ];

    /// `line:column-line:column «the piece»`.
    fn placed(file: &str, spot: Spot) -> String {
        let place = Source::from_texts(FILES).place(&At { file: file.into(), spot });
        let piece = place.text[place.start..place.end].replace('\r', r"\r").replace('\n', r"\n");
        format!("{}:{}-{}:{} «{piece}»", place.line, place.column, place.end_line, place.end_column)
    }

    /// `facts[1].id` as a path.
    fn path(text: &str) -> KeyPath {
        let steps = text.split(['.', '[']).filter(|step| !step.is_empty());
        steps.fold(KeyPath::default(), |path, step| match step.strip_suffix(']') {
            Some(index) => path.index(index.parse().unwrap()),
            None => path.key(step),
        })
    }

    #[test]
    fn keys_and_values_of_front_matter() {
        let who = "content/faqs/who.md";
        for (spot, expected) in [
            (Spot::Key(path("title")), "2:1-2:6 «title»"),
            (Spot::Value(path("title")), r#"2:8-2:25 «"Who é \"pays\"?"»"#),
            (Spot::Value(path("question.else")), r"4:9-5:13 «What\r\n    happens?»"),
            (Spot::Key(path("question.police")), "6:3-6:9 «police»"),
            (Spot::Value(path("facts[0]")), "11:5-11:6 «a»"),
            (Spot::Key(path("facts[0]")), "11:5-11:6 «a»"),
            (Spot::Value(path("facts[1].at")), "13:9-13:10 «x»"),
            (Spot::Value(path("empty")), "9:7-9:7 «»"),
            (Spot::File, "1:1-1:4 «---»"),
            (Spot::Bytes(157, 159), "15:6-15:7 «é»"),
        ] {
            assert_eq!(placed(who, spot.clone()), expected, "{spot:?}");
        }
    }

    #[test]
    fn characters_of_a_text() {
        let who = "content/faqs/who.md";
        for (spot, expected) in [
            (Spot::Within(path("title"), 4, 6), "2:13-2:14 «é»"),
            (Spot::Within(path("title"), 7, 8), r#"2:15-2:17 «\"»"#),
            (Spot::Within(path("title"), 7, 13), r#"2:15-2:23 «\"pays\"»"#),
            (Spot::Within(path("question.else"), 5, 12), "5:5-5:12 «happens»"),
            (Spot::Within(path("question.else"), 0, 12), r"4:9-5:12 «What\r\n    happens»"),
            (Spot::Within(path("question.police"), 4, 7), "8:5-8:8 «two»"),
            (Spot::Within(path("facts"), 4, 7), r"11:3-13:10 «- a\r\n  - id: b\r\n    at: x»"),
            (Spot::Within(path("title"), 100, 200), "2:24-2:24 «»"),
        ] {
            assert_eq!(placed(who, spot.clone()), expected, "{spot:?}");
        }
        let facts = "content/facts.yaml";
        assert_eq!(placed(facts, Spot::Within(path("facts[0].reads"), 2, 3)), "4:21-4:23 «''»");
        assert_eq!(placed(facts, Spot::Within(path("more[1]"), 0, 3)), "5:12-5:15 «two»");
    }

    #[test]
    fn what_is_missing_is_where_it_would_stand() {
        for (file, spot, expected) in [
            ("content/faqs/who.md", Spot::Key(path("summary")), "1:1-1:4 «---»"),
            ("content/faqs/who.md", Spot::Value(path("summary.else")), "1:1-1:4 «---»"),
            ("content/faqs/who.md", Spot::Key(path("question.residents")), "3:1-3:9 «question»"),
            ("content/faqs/who.md", Spot::Key(path("facts[1].source")), "12:5-12:10 «id: b»"),
            ("content/faqs/who.md", Spot::Key(path("facts[7]")), "10:1-10:6 «facts»"),
            ("content/facts.yaml", Spot::Key(path("sources")), "1:1-1:8 «# facts»"),
            ("content/facts.yaml", Spot::Key(path("facts[0].source")), "4:3-4:26 «{id: a, reads: 'it''s'}»"),
            ("content/broken.yaml", Spot::Key(path("a")), "1:1-1:1 «»"),
            ("content/no-front.md", Spot::Key(path("title")), "1:1-1:8 «# Title»"),
            ("content/not-there.md", Spot::Key(path("title")), "0:0-0:0 «»"),
        ] {
            assert_eq!(placed(file, spot.clone()), expected, "{file} {spot:?}");
        }
    }

    #[test]
    fn of_a_very_long_line_only_what_is_near_is_kept() {
        let line = "é word ".repeat(100_000);
        let source = Source::from_texts([("content/pages/a.md", format!("one\n{line}\n"))]);
        for n in [0, 3, 50_000, 99_999] {
            let start = 4 + n * 8 + 3;
            let place = source.place(&At::bytes("content/pages/a.md".into(), start, start + 4));
            assert_eq!((place.line, place.column, place.end_column), (2, n * 7 + 3, n * 7 + 7));
            assert_eq!(&place.text[place.start..place.end], "word");
            assert!(place.text.len() < 1_100);
            assert_eq!(source.offset(&place), Some(start));
            assert_eq!(place.left_out + place.text[..place.start].chars().count(), place.column - 1);
        }
    }

    #[test]
    fn many_places_in_one_file_are_found_in_time() {
        let text: String = (0..20_000).map(|n| format!("- id: fact-{n}\n  reads: some words\n")).collect();
        let source = Source::from_texts([("content/facts.yaml", format!("facts:\n{text}"))]);
        let file: Arc<str> = "content/facts.yaml".into();
        let start = std::time::Instant::now();
        for n in 0..20_000 {
            let at = KeyPath::top("facts").index(n).key("reads");
            assert_eq!(source.place(&At::key(Arc::clone(&file), at)).line, 3 + 2 * n);
        }
        assert!(start.elapsed() < std::time::Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
