//! The lines of a YAML text as its writer sees them: indent, key, value, and what a line is the inside of.
//!
//! This is no parser. It goes on where a parser gives up, and is asked about texts that one has refused, or has read
//! otherwise than their writer.

use std::ops::Range;

/// The lines of a text that hold more than a comment.
pub(super) struct Outline<'a> {
    pub text: &'a str,
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1.
    pub number: usize,
    /// Without its break and the spaces at its end.
    pub span: Range<usize>,
    /// Spaces before the first sign that is none.
    pub indent: usize,
    /// The key of an entry, without its colon.
    pub key: Option<Range<usize>>,
    /// What stands after the key or the dash, without a comment; empty where there is nothing.
    pub value: Range<usize>,
    pub inside: Inside,
}

/// What a line goes on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Nothing,
    /// A text without quotes that began in the line of this number in [`Outline::lines`].
    Plain(usize),
    /// A quoted text that was opened at this byte.
    Quote(usize),
    /// A bracket that was opened at this byte.
    Bracket(usize),
    /// A text under `|` or `>`; the first of its lines.
    Block(usize),
}

/// What the lines after this one may belong to.
#[derive(Clone, Copy)]
enum Going {
    Not,
    /// Lines further right than this column.
    Plain(usize, usize),
    Block(usize, Option<usize>),
    /// Lines that start before this byte.
    Until(usize, Inside),
}

impl<'a> Outline<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut outline = Self { text, lines: Vec::new() };
        let mut going = Going::Not;
        let mut start = 0;
        for (n, line) in text.split_inclusive('\n').enumerate() {
            let content = line.trim_end();
            let indent = content.bytes().take_while(|&byte| byte == b' ').count();
            let span = start..start + content.len();
            let bare = content.trim_start();
            start += line.len();
            if bare.is_empty() {
                continue;
            }
            let value = span.end..span.end;
            let line = Line { number: n + 1, span, indent, key: None, value, inside: Inside::Nothing };
            going = outline.take(line, bare.starts_with('#'), going);
        }
        outline
    }

    fn take(&mut self, mut line: Line, comment: bool, going: Going) -> Going {
        let number = self.lines.len();
        let going = match going {
            Going::Until(end, inside) if line.span.start < end => {
                line.inside = inside;
                Going::Until(end, inside)
            }
            Going::Block(above, first) if line.indent > above => {
                line.inside = Inside::Block(first.unwrap_or(number));
                Going::Block(above, first.or(Some(number)))
            }
            Going::Plain(above, first) if line.indent > above && !comment => {
                line.inside = Inside::Plain(first);
                line.value = self.uncommented(line.span.start + line.indent..line.span.end);
                going
            }
            _ if comment => return Going::Not,
            _ => self.entry(&mut line, number),
        };
        self.lines.push(line);
        going
    }

    /// Finds dashes, key and value of a line that is the inside of nothing.
    fn entry(&self, line: &mut Line, number: usize) -> Going {
        let mut at = line.span.start + self.blanks(line.span.clone());
        let mut column = line.indent;
        while self.starts_entry(at..line.span.end) {
            let next = at + 1 + self.blanks(at + 1..line.span.end);
            column += next - at;
            at = next;
        }
        if let Some(end) = self.key(at..line.span.end) {
            line.key = Some(at..end);
            let colon = end + self.slice(end..line.span.end).find(':').unwrap_or(0);
            at = colon + 1 + self.blanks(colon + 1..line.span.end);
        }
        line.value = self.uncommented(at..line.span.end);
        let above = if line.key.is_some() { column } else { line.indent };
        let value = self.slice(line.value.clone());
        match value.bytes().next() {
            None => Going::Not,
            Some(mark @ (b'"' | b'\'')) => {
                let end = self.quote_end(at, mark).unwrap_or(self.text.len());
                Going::Until(end, Inside::Quote(at))
            }
            Some(b'[' | b'{') => {
                let (end, open) = self.bracket_end(at);
                Going::Until(end.unwrap_or(self.text.len()), Inside::Bracket(open.unwrap_or(at)))
            }
            Some(b'|' | b'>') if is_header(value) => Going::Block(line.indent, None),
            Some(_) => Going::Plain(above, number),
        }
    }

    pub fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    fn blanks(&self, range: Range<usize>) -> usize {
        self.slice(range).bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }

    /// Whether `- ` or `? ` is next.
    fn starts_entry(&self, range: Range<usize>) -> bool {
        let rest = self.slice(range);
        rest.starts_with(['-', '?']) && rest.len() > 1 && rest[1..].starts_with([' ', '\t'])
    }

    /// Where the key that starts the range ends.
    fn key(&self, range: Range<usize>) -> Option<usize> {
        let rest = self.slice(range.clone());
        let mark = rest.bytes().next()?;
        let name = match mark {
            b'"' | b'\'' => self.quote_end(range.start, mark).filter(|end| *end < range.end)? - range.start,
            b'[' | b'{' | b'#' => return None,
            _ => {
                let ends = |at: &usize| rest[at + 1..].is_empty() || rest[at + 1..].starts_with([' ', '\t']);
                rest.match_indices(':').map(|(at, _)| at).find(ends)?
            }
        };
        let after = rest.get(name..)?.trim_start().strip_prefix(':')?;
        (after.is_empty() || after.starts_with([' ', '\t'])).then_some(range.start + rest[..name].trim_end().len())
    }

    /// The range without a comment at its end; a `#` in quotes is none.
    fn uncommented(&self, range: Range<usize>) -> Range<usize> {
        let rest = self.slice(range.clone());
        let quoted = match rest.bytes().next() {
            Some(mark @ (b'"' | b'\'')) => {
                self.quote_end(range.start, mark).map_or(rest.len(), |end| end - range.start)
            }
            Some(b'#') => return range.start..range.start,
            _ => 0,
        };
        let from = quoted.min(rest.len());
        let end = rest[from..].find(" #").map_or(rest.len(), |at| from + at);
        range.start..range.start + rest[..end].trim_end().len()
    }

    /// Where the quoted text that is opened at `open` ends, its closing mark included.
    pub fn quote_end(&self, open: usize, mark: u8) -> Option<usize> {
        let mut bytes = self.text.bytes().enumerate().skip(open + 1).peekable();
        while let Some((at, byte)) = bytes.next() {
            if byte == b'\\' && mark == b'"' {
                bytes.next();
            } else if byte == mark {
                let doubled = mark == b'\'' && bytes.next_if(|(_, next)| *next == mark).is_some();
                if !doubled {
                    return Some(at + 1);
                }
            }
        }
        None
    }

    /// Where the bracket that is opened at `open` is closed, and the last bracket of its line that is open at the end.
    pub fn bracket_end(&self, open: usize) -> (Option<usize>, Option<usize>) {
        let bytes = self.text.as_bytes();
        let (mut stack, mut at, mut before, mut first_line) = (Vec::new(), open, b'[', None);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'[' | b'{' => stack.push(at),
                b']' | b'}' => {
                    // `[` is 0x5B and `]` 0x5D, `{` and `}` likewise
                    let fits = stack.last().and_then(|open| bytes.get(*open)).is_some_and(|open| open + 2 == byte);
                    if !fits {
                        break;
                    }
                    stack.pop();
                    if stack.is_empty() {
                        return (Some(at + 1), None);
                    }
                }
                b'"' | b'\'' if matches!(before, b'[' | b'{' | b',' | b':') => match self.quote_end(at, byte) {
                    Some(end) => at = end - 1,
                    None => break,
                },
                b'#' if at > 0 && bytes.get(at - 1).is_some_and(u8::is_ascii_whitespace) => {
                    at += self.slice(at..bytes.len()).find('\n').unwrap_or(bytes.len() - at).saturating_sub(1);
                }
                b'\n' if first_line.is_none() => first_line = stack.last().copied(),
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                before = byte;
            }
            at += 1;
        }
        (None, first_line.or_else(|| stack.last().copied()))
    }
}

/// `|` or `>` with nothing but indicators and a comment after it.
fn is_header(value: &str) -> bool {
    let rest =
        value.get(1..).unwrap_or_default().trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    rest.trim_start().is_empty() || rest.trim_start().starts_with('#')
}
