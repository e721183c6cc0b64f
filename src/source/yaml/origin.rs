//! From a byte of a scalar's value back to the byte of the file that made it.
//!
//! A scalar is read here once more, as YAML 1.2 reads it (chapters 7.3, 8.1), but instead of a value it gives pieces:
//! which bytes were taken over, and which stand for others (escapes, doubled quotes, folded line breaks).

use std::ops::Range;

use super::{Kind, Node, Style};

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
    /// The way back for `node`, which [`super::parse`] found in `text`. Where it is no scalar, or was read differently
    /// than here, every byte of the value leads to the whole of it.
    #[must_use]
    pub fn new(text: &str, node: &Node) -> Self {
        let whole = node.span.clone();
        let Kind::Scalar(scalar) = &node.kind else { return Self { pieces: Vec::new(), whole } };
        let mut reader = Reader { bytes: text.as_bytes(), pieces: Vec::new(), value: 0 };
        match scalar.style {
            Style::Plain => reader.flow(whole.clone(), 0),
            Style::Single => reader.flow(whole.start + 1..whole.end.saturating_sub(1), b'\''),
            Style::Double => reader.flow(whole.start + 1..whole.end.saturating_sub(1), b'"'),
            Style::Literal { content } | Style::Folded { content } => {
                reader.block(whole.start, content, &scalar.text, matches!(scalar.style, Style::Folded { .. }));
            }
        }
        if reader.value != scalar.text.len() {
            reader.pieces.clear();
        }
        Self { pieces: reader.pieces, whole }
    }

    /// The bytes of the file that bytes `range` of the value were made from.
    #[must_use]
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        if self.pieces.is_empty() {
            return self.whole.clone();
        }
        let start = self.start(range.start);
        if range.end <= range.start {
            return start..start;
        }
        start..self.end(range.end).max(start)
    }

    /// The byte of the file that byte `offset` of the value was made from: for an escape its backslash, for a fold the
    /// line break, past the end the end.
    #[must_use]
    pub fn start(&self, offset: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.value <= offset);
        match after.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            Some(piece) if piece.copied => (piece.source.start + offset - piece.value).min(piece.source.end),
            Some(piece) => piece.source.start,
            None => self.whole.start,
        }
    }

    /// Where the source of the bytes before `offset` ends.
    fn end(&self, offset: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.value < offset);
        match after.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            Some(piece) if piece.copied => (piece.source.start + offset - piece.value).min(piece.source.end),
            Some(piece) => piece.source.end,
            None => self.whole.end,
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    pieces: Vec<Piece>,
    /// Bytes of the value so far.
    value: usize,
}

impl Reader<'_> {
    fn copy(&mut self, source: Range<usize>) {
        let (value, length) = (self.value, source.len());
        if length > 0 {
            self.pieces.push(Piece { value, source, copied: true });
            self.value += length;
        }
    }

    /// `length` bytes of the value stand for `source`.
    fn make(&mut self, length: usize, source: Range<usize>) {
        self.pieces.push(Piece { value: self.value, source, copied: false });
        self.value += length;
    }

    fn at(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The end of the run of bytes from `at` for which `goes_on` holds, at most `end`.
    fn run(&self, at: usize, end: usize, goes_on: impl Fn(u8) -> bool) -> usize {
        let bytes = self.bytes.get(at..end).unwrap_or_default();
        at + bytes.iter().take_while(|&&byte| goes_on(byte)).count()
    }

    /// The line break at `at`: `\n`, `\r\n` or `\r`.
    fn line_break(&self, at: usize) -> Option<Range<usize>> {
        match (self.at(at), self.at(at + 1)) {
            (b'\r', b'\n') => Some(at..at + 2),
            (b'\r' | b'\n', _) if at < self.bytes.len() => Some(at..at + 1),
            _ => None,
        }
    }

    /// A plain or quoted text, its quotes (`mark`, 0 for none) not counted.
    fn flow(&mut self, span: Range<usize>, mark: u8) {
        let mut at = span.start;
        let special = |byte: u8| {
            is_blank(byte) || is_break(byte) || (mark == b'"' && byte == b'\\') || (mark == b'\'' && byte == b'\'')
        };
        while at < span.end {
            let byte = self.at(at);
            if is_blank(byte) || is_break(byte) {
                at = self.fold(at..span.end);
            } else if !special(byte) {
                let end = self.run(at, span.end, |byte| !special(byte));
                self.copy(at..end);
                at = end;
            } else if byte == b'\'' {
                self.make(1, at..at + 2);
                at += 2;
            } else if let Some(end) = self.line_break(at + 1) {
                // a line that goes on: the break and the spaces that follow are not there, empty lines are
                let run = end.end..self.run(end.end, span.end, |byte| is_blank(byte) || is_break(byte));
                self.breaks(run.clone());
                at = run.end;
            } else {
                let (length, escape) = self.escape(at);
                self.make(length, at..at + escape);
                at += escape;
            }
        }
    }

    /// Spaces and line breaks between two words; returns where they end.
    fn fold(&mut self, rest: Range<usize>) -> usize {
        let spaces = self.run(rest.start, rest.end, is_blank);
        let end = self.run(spaces, rest.end, |byte| is_blank(byte) || is_break(byte));
        match self.line_break(spaces).filter(|first| first.end <= end) {
            None => self.copy(rest.start..spaces),
            Some(first) => {
                let before = self.value;
                self.breaks(first.end..end);
                if self.value == before {
                    self.make(1, first);
                }
            }
        }
        end
    }

    /// Each line break of a run is one of the value.
    fn breaks(&mut self, run: Range<usize>) {
        let mut at = run.start;
        while at < run.end {
            match self.line_break(at) {
                Some(found) => {
                    at = found.end;
                    self.make(1, found);
                }
                None => at += 1,
            }
        }
    }

    /// The bytes of the value and of the file of the escape at `at`.
    fn escape(&self, at: usize) -> (usize, usize) {
        let digits = match self.at(at + 1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            b'N' | b'_' => return (2, 2),
            b'L' | b'P' => return (3, 2),
            _ => return (1, 2),
        };
        let code = self.bytes.get(at + 2..at + 2 + digits).and_then(|digits| std::str::from_utf8(digits).ok());
        let sign = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        (sign.map_or(1, char::len_utf8), 2 + digits)
    }

    /// A text under `|` or `>`, which stands at `header`. `content` is where the parser met the first content.
    fn block(&mut self, header: usize, content: usize, text: &str, folded: bool) {
        let end_of_header = self.run(header, self.bytes.len(), |byte| !is_break(byte));
        let Some(first) = self.line_break(end_of_header) else { return };
        if text.bytes().all(|byte| byte == b'\n') {
            return self.empty_block(first, text.len());
        }
        let line = self.bytes.get(..content).unwrap_or_default().iter().rposition(|&byte| is_break(byte));
        let indent = content - line.map_or(0, |at| at + 1);
        let mut lines = Lines { at: first.end, indent, last: None, empty: Vec::new(), was_blank: false };
        while self.line(&mut lines, folded) {}
        // how many of the breaks at the end are kept is for the parser to say
        for found in lines.last.into_iter().chain(lines.empty) {
            if self.value < text.len() {
                self.make(1, found);
            }
        }
    }

    /// A block of nothing but line breaks: those after the header's, or the header's own.
    fn empty_block(&mut self, first: Range<usize>, breaks: usize) {
        let mut at = first.end;
        for _ in 0..breaks {
            at = self.run(at, self.bytes.len(), |byte| byte == b' ');
            let found = self.line_break(at).unwrap_or_else(|| first.clone());
            at = found.end.max(at);
            self.make(1, found);
        }
    }

    /// The next line of a block text; false after the last one.
    fn line(&mut self, lines: &mut Lines, folded: bool) -> bool {
        let start = self.run(lines.at, self.bytes.len().min(lines.at + lines.indent), |byte| byte == b' ');
        if let Some(found) = self.line_break(start) {
            lines.at = found.end;
            lines.empty.push(found);
            return true;
        }
        if start - lines.at < lines.indent || start >= self.bytes.len() {
            return false;
        }
        let blank = is_blank(self.at(start));
        let empty = std::mem::take(&mut lines.empty);
        match lines.last.take() {
            // folded away: the empty lines that follow stand for themselves
            Some(_) if folded && !lines.was_blank && !blank && !empty.is_empty() => {}
            Some(last) => self.make(1, last),
            None => {}
        }
        for found in empty {
            self.make(1, found);
        }
        lines.was_blank = blank;
        let end = self.run(start, self.bytes.len(), |byte| !is_break(byte));
        self.copy(start..end);
        lines.last = self.line_break(end);
        lines.at = lines.last.as_ref().map_or(end, |last| last.end);
        lines.last.is_some()
    }
}

/// How far a block text is read.
struct Lines {
    at: usize,
    indent: usize,
    /// The break of the last line with content.
    last: Option<Range<usize>>,
    /// The breaks of the empty lines since.
    empty: Vec<Range<usize>>,
    /// Whether that line began with a space, so that it is not folded.
    was_blank: bool,
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

const fn is_break(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::yaml::parse;

    /// Each character of the value of `a:` with the piece of the file that made it.
    fn made(text: &str) -> Vec<(char, String)> {
        let node = parse(text).unwrap();
        let entry = node.entry("a").unwrap();
        let Some(value) = entry.value.text() else { return Vec::new() };
        let origin = Origin::new(text, &entry.value);
        assert!(value.is_empty() || !origin.pieces.is_empty(), "read differently: {text:?} gave {value:?}");
        value.char_indices().map(|(at, c)| (c, text[origin.range(at..at + c.len_utf8())].to_owned())).collect()
    }

    /// The value, with `[c<source]` where the source is another text, `{\n}` where a line break was taken over.
    fn shown(text: &str) -> String {
        let piece = |(c, source): (char, String)| match (c, c.to_string() == source) {
            ('\n', true) => r"{\n}".to_owned(),
            (_, true) => source,
            ('\\' | '\'' | '"', false) => format!("[{c}<{source}]"),
            (_, false) => format!("[{}<{}]", c.escape_debug(), source.replace('\r', "\\r").replace('\n', "\\n")),
        };
        made(text).into_iter().map(piece).collect()
    }

    #[test]
    fn every_character_leads_to_the_one_that_made_it() {
        for (text, pieces) in [
            ("a: plain é text", "plain é text"),
            ("a: plain  text # no", "plain  text"),
            ("a: one\n  two\n\n  three\n", r"one[ <\n]two{\n}three"),
            ("a: one \r\n \t two\r\n", r"one[ <\r\n]two"),
            ("a: 'it''s' # no", "it['<'']s"),
            ("a: ' x\n\n\n  y '\n", r" x{\n}{\n}y "),
            (r#"a: "\tb\x41\u00e9\_\L" # no"#, r"[\t<\t]b[A<\x41][é<\u00e9][\u{a0}<\_][\u{2028}<\L]"),
            (r#"a: "\U0001F600\\\/""#, r"[😀<\U0001F600][\<\\][/<\/]"),
            ("a: \"one \\\n   two\"", "one two"),
            ("a: \"one\\\n\n  two \\  \n  x\"", r"one{\n}two [ <\ ][ <\n]x"),
            ("a: |\n  one\n   two\n\n  three\n", r"one{\n} two{\n}{\n}three{\n}"),
            ("a: |-\n\n  one\n  two\n\n", r"{\n}one{\n}two"),
            ("a: |+ # why\n  one\n\n\nb: c\n", r"one{\n}{\n}{\n}"),
            ("a: >\n  one\n  two\n\n  three\n   four\n  five\n", r"one[ <\n]two{\n}three{\n} four{\n}five{\n}"),
            ("a: >-\r\n  é\r\n  ü\r\n", r"é[ <\r\n]ü"),
            ("a: |2\n   one\n  two\n", r" one{\n}two{\n}"),
            ("a: !t &x |\n  one\n", r"one{\n}"),
            ("a: |\nb: c\n", ""),
            ("a: |+\n\n\nb: c\n", r"{\n}{\n}"),
            ("a: |+\n", ""),
            ("a: >\n  \tone\n  two\n", "\tone{\\n}two{\\n}"),
        ] {
            assert_eq!(shown(text), pieces, "{text:?}");
        }
    }

    /// A piece of a value, and how it is typed.
    type Typed = (String, String);

    /// A character of a scalar.
    fn typed() -> impl Strategy<Value = Typed> {
        let plain = prop::sample::select(vec!["a", "Z", "7", "é", "…", "😀", "(", "."]);
        let escaped = prop::sample::select(vec![
            ("\n", "\\n"),
            ("\t", "\\t"),
            ("\"", "\\\""),
            ("\\", "\\\\"),
            ("A", "\\x41"),
            ("é", "\\u00E9"),
            ("😀", "\\U0001F600"),
            ("\u{a0}", "\\_"),
            ("/", "\\/"),
        ]);
        prop_oneof![
            4 => plain.prop_map(|c| (c.to_owned(), c.to_owned())),
            1 => escaped.prop_map(|(c, typed)| (c.to_owned(), typed.to_owned())),
        ]
    }

    /// Words of characters, and what stands between them: the value there, and how it is typed.
    fn words() -> impl Strategy<Value = Vec<(Vec<Typed>, Typed)>> {
        let between = prop::sample::select(vec![
            (" ", " "),
            ("  ", "  "),
            (" ", "\n   "),
            (" ", " \t\n  "),
            ("\n", "\n\n  "),
            ("\n\n", "\r\n\r\n  \r\n  "),
            (" ", "\r\n  "),
        ]);
        let between = between.prop_map(|(value, typed)| (value.to_owned(), typed.to_owned()));
        prop::collection::vec((prop::collection::vec(typed(), 1..5), between), 1..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn quoted_and_plain_texts_lead_back(words in words(), mark in prop::sample::select(vec!["", "'", "\""])) {
            let mut text = format!("a: {mark}x");
            let mut expected = vec![("x".to_owned(), "x".to_owned())];
            for (word, (value, typed)) in &words {
                for (c, escape) in word {
                    let typed = match mark {
                        "\"" => escape,
                        "'" if c == "(" => "''",
                        _ if escape.starts_with('\\') => "b",
                        _ => c,
                    };
                    let value = if typed == "''" { "'" } else if typed == "b" { "b" } else { c };
                    text += typed;
                    expected.push((value.to_owned(), typed.to_owned()));
                }
                text += typed;
                for c in value.chars() {
                    expected.push((c.to_string(), String::new()));
                }
                text += "y";
                expected.push(("y".into(), "y".into()));
            }
            text += mark;
            text += "\n";
            let made = made(&text);
            prop_assert_eq!(made.len(), expected.len(), "{:?}", &text);
            for ((c, source), (value, typed)) in made.iter().zip(&expected) {
                prop_assert_eq!(&c.to_string(), value, "{:?}", &text);
                match typed.is_empty() {
                    true => prop_assert!(source.chars().all(char::is_whitespace) && !source.is_empty(), "{source:?} in {text:?}"),
                    false => prop_assert_eq!(source, typed, "{:?}", &text),
                }
            }
        }

        #[test]
        fn block_texts_lead_back(
            lines in prop::collection::vec("( {0,3}[a-cé😀]{1,3}[ a\t]{0,2})?", 1..8),
            header in "[|>][+-]?( #x)?",
            crlf in any::<bool>(),
            last in any::<bool>(),
        ) {
            let end = if crlf { "\r\n" } else { "\n" };
            // without an indicator the first line with content sets the indent
            let mut text = format!("a: {}{end}", header.replacen(['|', '>'], &format!("{}2", &header[..1]), 1));
            for line in &lines {
                if !line.is_empty() {
                    text += "  ";
                }
                text += line;
                text += end;
            }
            if last {
                text += "b: c";
            }
            for (c, source) in made(&text) {
                match c {
                    '\n' => prop_assert_eq!(source, end),
                    ' ' => prop_assert!(source == " " || source == end),
                    c => prop_assert_eq!(source, c.to_string()),
                }
            }
        }
    }
}
