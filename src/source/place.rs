//! From a place as a stage knows it to line, column and text.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::yaml::{Node, Origin, parse};
use super::{Source, front_matter};
use crate::finding::{At, KeyPath, Place, Spot, Step};

/// What was found out about the files that findings pointed into last. Findings come file by file: a few are enough.
#[derive(Debug, Default)]
pub(super) struct Cache(Mutex<VecDeque<Arc<Known>>>);

/// Files whose trees are kept.
const KEPT: usize = 16;

/// A text with what its places are found by.
#[derive(Debug)]
struct Known {
    file: Arc<str>,
    text: Arc<str>,
    /// Where each line starts.
    lines: Vec<usize>,
    /// Where the YAML starts, and its tree; none where it can't be read.
    yaml: Option<(usize, Node)>,
    /// The first line, or the `---` that opens the front matter.
    first: Range<usize>,
}

impl Source {
    /// Where `at` is, with line, column and the text of its lines. A key that does not exist is where it would stand.
    #[must_use]
    pub fn place(&self, at: &At) -> Place {
        let Some(text) = self.text(&at.file) else { return Place::whole(Arc::clone(&at.file)) };
        let known = self.places.of(&at.file, text);
        let span = known.span(&at.spot);
        known.place(Arc::clone(&at.file), span)
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
        let yaml =
            if file.ends_with(".md") { front_matter(text).ok().map(|parts| parts.yaml) } else { Some(0..text.len()) };
        let yaml = yaml.and_then(|range| Some((range.start, parse(text.get(range)?).ok()?)));
        Self { file: Arc::clone(file), text: Arc::clone(text), lines, yaml, first }
    }

    fn span(&self, spot: &Spot) -> Range<usize> {
        match spot {
            Spot::File => self.first.clone(),
            Spot::Bytes(start, end) => *start as usize..*end as usize,
            Spot::Key(path) => self.found(path).map_or_else(|missing| missing, |found| self.key(&found)),
            Spot::Value(path) => self.found(path).map_or_else(
                |missing| missing,
                |found| {
                    if found.node.span.is_empty() { self.key(&found) } else { self.shift(&found.node.span) }
                },
            ),
            Spot::Within(path, start, end) => self.found(path).map_or_else(
                |missing| missing,
                |found| {
                    let Some((base, _)) = &self.yaml else { return self.first.clone() };
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
        let base = self.yaml.as_ref().map_or(0, |(base, _)| *base);
        span.start + base..span.end + base
    }

    /// What is at `path`, or where it would stand.
    fn found(&self, path: &KeyPath) -> Result<Found<'_>, Range<usize>> {
        let Some((_, root)) = &self.yaml else { return Err(self.first.clone()) };
        let mut found = Found { node: root, key: None };
        for (n, step) in path.0.iter().enumerate() {
            let next = match step {
                Step::Key(key) => {
                    found.node.entry(key).map(|entry| Found { node: &entry.value, key: Some(&entry.key) })
                }
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
        let text = self.text.get(from..).unwrap_or_default();
        let mut place = Place::of(file, text, span.start.saturating_sub(from), span.end.saturating_sub(from));
        if place.line > 0 {
            place.line += line;
            place.end_line += line;
        }
        place
    }
}

/// A value that exists, with its key where it stands in a map.
struct Found<'a> {
    node: &'a Node,
    key: Option<&'a Node>,
}
