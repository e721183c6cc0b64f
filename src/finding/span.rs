//! Places: in a source file as a stage knows them ([`At`]), and with line, column and text as a reader sees them ([`Place`]).

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A place in a source file, cheap to make: bytes, or a key whose bytes are looked up when a finding needs them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct At {
    /// The file, relative to the toolkit, with `/`.
    pub file: Arc<str>,
    /// Where in it.
    pub spot: Spot,
}

/// Where in a file. Bytes count from the start of the text (after a byte order mark), ends are exclusive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Spot {
    /// The file as a whole: its first line, or nothing of it where it can't be read.
    File,
    /// The name of the file: no line of its text says anything of it.
    Name,
    /// These bytes of the text.
    Bytes(u32, u32),
    /// The name of the entry at this path of the file's YAML (front matter or the whole file).
    Key(KeyPath),
    /// The value of the entry at this path.
    Value(KeyPath),
    /// These bytes of the text that the value at this path stands for (quotes, folds and escapes taken away).
    Within(KeyPath, u32, u32),
}

impl At {
    /// The file as a whole.
    #[must_use]
    pub const fn file(file: Arc<str>) -> Self {
        Self { file, spot: Spot::File }
    }

    /// The name of the file.
    #[must_use]
    pub const fn name(file: Arc<str>) -> Self {
        Self { file, spot: Spot::Name }
    }

    /// Bytes `start..end` of the file's text. Files end at 64 MiB, so that 32 bits are enough.
    #[must_use]
    pub fn bytes(file: Arc<str>, start: usize, end: usize) -> Self {
        Self { file, spot: Spot::Bytes(narrow(start), narrow(end)) }
    }

    /// The name of an entry.
    #[must_use]
    pub const fn key(file: Arc<str>, path: KeyPath) -> Self {
        Self { file, spot: Spot::Key(path) }
    }

    /// The value of an entry.
    #[must_use]
    pub const fn value(file: Arc<str>, path: KeyPath) -> Self {
        Self { file, spot: Spot::Value(path) }
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// The way to an entry of a YAML file, from the top: `facts[2].source`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyPath(pub Vec<Step>);

/// One step of a [`KeyPath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into the entry with this name.
    Key(Arc<str>),
    /// Into the list's entry with this number, from 0.
    Index(usize),
}

impl KeyPath {
    /// The path of a top-level entry.
    #[must_use]
    pub fn top(key: &str) -> Self {
        Self::default().key(key)
    }

    /// This path, and on into the entry `key`.
    #[must_use]
    pub fn key(mut self, key: &str) -> Self {
        self.0.push(Step::Key(key.into()));
        self
    }

    /// This path, and on into the list's entry number `index`.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if n == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A place as a reader sees it. Lines and columns count from 1, columns in characters (Unicode scalar values), a byte
/// order mark not counted; `end_column` is the first column after it. A file that can't be read has line 0.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the toolkit, with `/`.
    pub file: Arc<str>,
    /// First line.
    pub line: usize,
    /// First column.
    pub column: usize,
    /// Last line.
    pub end_line: usize,
    /// The column after the last one.
    pub end_column: usize,
    /// The text of the lines `line..=end_line`, at most some of them, without the last line's end; empty for line 0.
    pub text: String,
    /// How many characters of its first line stand before `text`: more than none only where that line is very long.
    pub left_out: usize,
    /// Where the place starts in `text`, in bytes.
    pub start: usize,
    /// Where it ends in `text`, in bytes, exclusive; `start` for a place between two characters.
    pub end: usize,
}

impl Place {
    /// A whole file, without a line.
    #[must_use]
    pub const fn whole(file: Arc<str>) -> Self {
        Self {
            file,
            line: 0,
            column: 0,
            end_line: 0,
            end_column: 0,
            text: String::new(),
            left_out: 0,
            start: 0,
            end: 0,
        }
    }

    /// Bytes `start..end` of `source`, the text of `file` (ends past the text are drawn in).
    ///
    /// At most `LINES` lines of text are kept; the place then ends with the last of them.
    #[must_use]
    pub fn of(file: Arc<str>, source: &str, start: usize, end: usize) -> Self {
        const LINES: usize = 8;
        let start = floor(source, start);
        let mut end = floor(source, end.max(start));
        // a place never ends with the line break itself
        while end > start && source[..end].ends_with(['\n', '\r']) {
            end -= 1;
        }
        let from = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let line = source[..from].bytes().filter(|&b| b == b'\n').count() + 1;
        let mut stop = end;
        for (n, (at, _)) in source[start..end].match_indices('\n').enumerate() {
            if n + 1 == LINES {
                stop = start + at;
            }
        }
        let end = stop.min(end);
        let last = source[..end].rfind('\n').map_or(0, |at| at + 1);
        let to = source[end..].find('\n').map_or(source.len(), |at| end + at);
        let text = source[from..to].trim_end_matches('\r').to_owned();
        let end_line = line + source[from..end].bytes().filter(|&b| b == b'\n').count();
        Self {
            file,
            line,
            column: source[from..start].chars().count() + 1,
            end_line,
            end_column: source[last..end].chars().count() + 1,
            start: (start - from).min(text.len()),
            end: (end - from).min(text.len()),
            text,
            left_out: 0,
        }
    }

    /// A place in a line that is too long to be kept whole: bytes `start..end` of `line`, whose number is `number` and of
    /// which `before` characters stand before `start`. What is near is kept; the place ends with it.
    #[must_use]
    pub fn in_long_line(file: Arc<str>, line: &str, number: usize, before: usize, start: usize, end: usize) -> Self {
        const NEAR: usize = 500;
        let start = floor(line, start);
        let end = floor(line, end.clamp(start, start + NEAR));
        let (from, to) = (floor(line, start.saturating_sub(NEAR)), floor(line, end + NEAR));
        let column = before + 1;
        Self {
            file,
            line: number,
            column,
            end_line: number,
            end_column: column + line[start..end].chars().count(),
            text: line[from..to].trim_end_matches(['\r', '\n']).to_owned(),
            left_out: before - line[from..start].chars().count().min(before),
            start: start - from,
            end: end - from,
        }
    }
}

/// The start of the character that `offset` is in.
fn floor(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(source: &str, start: usize, end: usize) -> String {
        let p = Place::of("f".into(), source, start, end);
        format!("{}:{}-{}:{} {:?} {:?}", p.line, p.column, p.end_line, p.end_column, p.text, &p.text[p.start..p.end])
    }

    #[test]
    fn columns_count_characters_and_lines_end_before_their_break() {
        assert_eq!(place("aé\nöü b\r\n", 4, 8), "2:1-2:3 \"öü b\" \"öü\"");
        assert_eq!(place("aé\nöü b\r\n", 4, 11), "2:1-2:5 \"öü b\" \"öü b\"");
    }

    #[test]
    fn a_place_may_span_lines_or_stand_after_the_last_one() {
        assert_eq!(place("ab\ncd\nef", 1, 4), "1:2-2:2 \"ab\\ncd\" \"b\\nc\"");
        assert_eq!(place("ab\n", 3, 3), "2:1-2:1 \"\" \"\"");
        assert_eq!(place("", 5, 9), "1:1-1:1 \"\" \"\"");
    }

    #[test]
    fn a_long_place_is_cut_after_eight_lines() {
        let source = "x\n".repeat(100);
        let p = Place::of("f".into(), &source, 0, 200);
        assert_eq!((p.line, p.end_line, p.text.lines().count()), (1, 8, 8));
    }
}
