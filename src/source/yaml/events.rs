//! The events of `saphyr-parser`, with byte ranges: the only file that knows that crate.
//!
//! Its markers count characters. Its ranges are not what one would cut out either: that of a quoted text runs on over
//! the spaces and the comment after it, that of a block text starts at its first content, that of a missing value is
//! the sign before or after it. All that is set right here.

use std::ops::Range;

use saphyr_parser::{Event as Raw, Parser, ScalarStyle, StrInput};

use super::Style;

/// One step through a document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Event {
    pub span: Range<usize>,
    pub what: What,
}

/// `anchor` is 0 where there is none.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    List {
        anchor: usize,
        tag: Option<String>,
    },
    Map {
        anchor: usize,
        tag: Option<String>,
    },
    /// The end of a list or map; its range is that of the closing bracket, or empty.
    End,
    Text {
        text: String,
        style: Style,
        anchor: usize,
        tag: Option<String>,
    },
    /// A value that is not there.
    Nothing {
        anchor: usize,
        tag: Option<String>,
    },
    Alias(usize),
    /// A second document; its range is its `---` line, or empty.
    Second,
}

impl Event {
    /// The same event in another text, where each byte has moved.
    pub fn moved(mut self, to: impl Fn(usize) -> usize) -> Self {
        if let What::Text { style: Style::Literal { content } | Style::Folded { content }, .. } = &mut self.what {
            *content = to(*content);
        }
        Self { span: to(self.span.start)..to(self.span.end), what: self.what }
    }
}

/// Where and why the parser gave up, in its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stopped {
    pub at: usize,
    pub words: String,
}

/// Walks through the one document of a YAML text.
pub(super) struct Events<'a> {
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    documents: usize,
    /// The last character that was asked for, and its byte.
    known: (usize, usize),
    ascii: bool,
    /// Where the last thing ended.
    end: usize,
}

impl<'a> Events<'a> {
    pub fn new(text: &'a str) -> Self {
        let parser = Parser::new_from_str(text);
        Self { text, parser, documents: 0, known: (0, 0), ascii: text.is_ascii(), end: 0 }
    }

    /// The next event; `None` at the end.
    pub fn next(&mut self) -> Option<Result<Event, Stopped>> {
        loop {
            let (raw, span) = match self.parser.next_event()? {
                Ok(next) => next,
                Err(error) => {
                    let at = self.byte(error.marker().index());
                    return Some(Err(Stopped { at, words: error.info().to_owned() }));
                }
            };
            let span = self.byte(span.start.index())..self.byte(span.end.index());
            if let Some(event) = self.event(raw, span) {
                self.end = self.end.max(event.span.end);
                return Some(Ok(event));
            }
        }
    }

    fn event(&mut self, raw: Raw<'a>, span: Range<usize>) -> Option<Event> {
        let tag = |tag: Option<std::borrow::Cow<'_, saphyr_parser::Tag>>| tag.map(|tag| tag_name(&tag));
        let (span, what) = match raw {
            Raw::Nothing | Raw::StreamStart | Raw::StreamEnd | Raw::DocumentEnd => return None,
            Raw::DocumentStart(_) => {
                self.documents += 1;
                if self.documents == 1 {
                    return None;
                }
                let rest = self.text.get(span.start..).unwrap_or_default();
                (span.start..span.start + rest.lines().next().map_or(0, |line| line.trim_end().len()), What::Second)
            }
            Raw::Alias(anchor) => (span, What::Alias(anchor)),
            Raw::SequenceStart(anchor, kind) => (span.start..span.start, What::List { anchor, tag: tag(kind) }),
            Raw::MappingStart(anchor, kind) => (span.start..span.start, What::Map { anchor, tag: tag(kind) }),
            Raw::SequenceEnd | Raw::MappingEnd => (self.closing(&span), What::End),
            Raw::Scalar(text, style, anchor, kind) => {
                let text = text.into_owned();
                return Some(self.scalar(text, style, span, anchor, tag(kind)));
            }
        };
        Some(Event { span, what })
    }

    fn scalar(
        &self,
        mut text: String,
        style: ScalarStyle,
        span: Range<usize>,
        anchor: usize,
        tag: Option<String>,
    ) -> Event {
        let start = span.start;
        let (span, style) = match style {
            ScalarStyle::Plain if text.is_empty() || (text == "~" && self.text.get(span.clone()) != Some("~")) => {
                let end = match self.text.as_bytes().get(start) {
                    Some(b':' | b'-') if start >= self.end => start + 1,
                    _ => self.end,
                };
                return Event { span: end..end, what: What::Nothing { anchor, tag } };
            }
            ScalarStyle::Plain => (span, Style::Plain),
            ScalarStyle::SingleQuoted => (start..quoted_end(self.text, start, b'\''), Style::Single),
            ScalarStyle::DoubleQuoted => (start..quoted_end(self.text, start, b'"'), Style::Double),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let block = self.block(&span);
                self.mend(&mut text, block.start, &span);
                let literal = style == ScalarStyle::Literal;
                (block, if literal { Style::Literal { content: start } } else { Style::Folded { content: start } })
            }
        };
        Event { span, what: What::Text { text, style, anchor, tag } }
    }

    /// From the `|` or `>`, which stands before `span`, to the last sign of the content.
    fn block(&self, span: &Range<usize>) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.end;
        let skip = |from: usize, stop: &dyn Fn(u8) -> bool| {
            from + bytes.iter().skip(from).take_while(|&&byte| !stop(byte)).count()
        };
        loop {
            match bytes.get(at) {
                Some(b'|' | b'>') => break,
                Some(b'#') => at = skip(at, &|byte| matches!(byte, b'\n' | b'\r')),
                Some(b'!' | b'&') => at = skip(at, &|byte| byte.is_ascii_whitespace()),
                Some(_) if at < span.start => at += 1,
                _ => {
                    at = span.start;
                    break;
                }
            }
        }
        let header = skip(at, &|byte| byte.is_ascii_whitespace());
        let content = self.text.get(span.clone()).unwrap_or_default().trim_end_matches([' ', '\n', '\r']);
        let end = if content.is_empty() { header } else { span.start + content.len() };
        at..end.max(header)
    }

    /// The value of a block text as `serde_yaml` reads it. The parser adds a line break to one that ends with the file,
    /// and gives one to a text without any line.
    fn mend(&self, text: &mut String, header: usize, content: &Range<usize>) {
        let rest = self.text.get(header..).unwrap_or_default();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        if text.bytes().all(|byte| byte == b'\n') {
            let keeps = line.split('#').next().is_some_and(|header| header.contains('+'));
            let below = rest.get(line.len()..).unwrap_or_default();
            let empty = below.get(..below.find(|c| !matches!(c, ' ' | '\n' | '\r')).unwrap_or(below.len()));
            let breaks = empty.unwrap_or_default().replace("\r\n", "\n").matches(['\n', '\r']).count();
            *text = "\n".repeat(if keeps { breaks.saturating_sub(1) } else { 0 });
        } else if content.end == self.text.len() && text.ends_with('\n') {
            let after_break = |text: &str| text.rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let indent = content.start - after_break(self.text.get(..content.start).unwrap_or_default());
            if self.text.len() - after_break(self.text) >= indent.max(1) {
                text.pop();
            }
        }
    }

    /// Lists and maps without brackets have no sign of their own; the end of one with brackets runs on over a comment.
    fn closing(&self, span: &Range<usize>) -> Range<usize> {
        match self.text.as_bytes().get(span.start) {
            Some(b']' | b'}') if !span.is_empty() => span.start..span.start + 1,
            _ => self.end..self.end,
        }
    }

    /// The byte at which a character starts. Markers come nearly in order, so the way from the last one is short.
    fn byte(&mut self, character: usize) -> usize {
        if self.ascii {
            return character.min(self.text.len());
        }
        let (mut index, mut byte) = self.known;
        let bytes = self.text.as_bytes();
        let inside = |byte: &u8| byte & 0xC0 == 0x80;
        while index < character && byte < bytes.len() {
            byte += 1 + bytes.iter().skip(byte + 1).take_while(|b| inside(b)).count();
            index += 1;
        }
        while index > character && byte > 0 {
            byte -= 1;
            if bytes.get(byte).is_some_and(|b| !inside(b)) {
                index -= 1;
            }
        }
        self.known = (index, byte);
        byte
    }
}

/// `!!str` and the like by their last part with `!!`, others as typed.
fn tag_name(tag: &saphyr_parser::Tag) -> String {
    if tag.is_yaml_core_schema() { format!("!!{}", tag.suffix) } else { format!("{}{}", tag.handle, tag.suffix) }
}

/// Where a quoted text that starts at `start` ends, its closing mark included.
fn quoted_end(text: &str, start: usize, mark: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte == b'\\' && mark == b'"' {
            at += 1;
        } else if byte == mark {
            if mark == b'"' || bytes.get(at) != Some(&mark) {
                break;
            }
            at += 1;
        }
    }
    at.min(bytes.len())
}
