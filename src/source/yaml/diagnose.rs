//! From where a parser gave up to the slip that the writer made.

mod indent;

use std::ops::Range;

use super::Slip;
use super::events::Stopped;
use super::outline::{Inside, Line, Outline};
use crate::finding::YamlTrouble;

/// What is wrong with `text`, which `serde_yaml` has refused: the same as [`super::parse`] says, or, where that can
/// read it, what its own reader says.
#[must_use]
pub fn serde_yaml_trouble(error: &serde_yaml::Error, text: &str) -> Slip {
    let Err(slip) = super::parse(text) else { return of_serde_yaml(error, text) };
    slip
}

pub(super) fn of_serde_yaml(error: &serde_yaml::Error, text: &str) -> Slip {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default().to_owned();
    // its reader counts characters
    let character = error.location().map_or(0, |location| location.index());
    let at = text.char_indices().nth(character).map_or(text.len(), |(at, _)| at);
    if let Some((at, sign)) = text.char_indices().find(|(_, c)| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}')) {
        let words = format!("it holds an invisible line break, U+{:04X}", u32::from(sign));
        return Slip::new(at..at + sign.len_utf8(), YamlTrouble::Unreadable(words));
    }
    let rest = text.get(at..).unwrap_or_default();
    if rest.starts_with('\t') {
        return Slip::new(at..at + 1, YamlTrouble::Tab);
    }
    // an error of a value, not of the text: its place is right, and the line says nothing more
    const VALUES: [&str; 6] = ["invalid ", "unknown ", "missing ", "duplicate ", "limit exceeded", "expected a "];
    if VALUES.iter().any(|start| words.contains(start)) {
        let length = rest.find([',', '\n', '\r']).unwrap_or(rest.len());
        return Slip::new(at..at + length, YamlTrouble::Unreadable(words));
    }
    slip(text, &Stopped { at, words })
}

/// A control character, which YAML can't hold and a writer can't see.
pub(super) fn unprintable(text: &str) -> Option<Slip> {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}');
    let suspicious = |byte: u8| (byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t')) || matches!(byte, 0x7f | 0xc2);
    if !text.bytes().any(suspicious) {
        return None;
    }
    let (at, sign) = text.char_indices().find(|(_, c)| control(*c))?;
    let words = format!("it holds an invisible control character, U+{:04X}", u32::from(sign));
    Some(Slip::new(at..at + sign.len_utf8(), YamlTrouble::Unreadable(words)))
}

/// The slip behind an error of a parser.
pub(super) fn slip(text: &str, stopped: &Stopped) -> Slip {
    let outline = Outline::of(text);
    let at = stopped.at.min(text.len());
    let after = outline.lines.partition_point(|line| line.span.start <= at);
    let case = Case { outline: &outline, at, words: &stopped.words, number: after.saturating_sub(1) };
    if let Some(blank) = case.tab().or_else(|| case.other_space()) {
        return blank;
    }
    let Some(line) = outline.lines.get(case.number) else { return case.unknown(0..text.len()) };
    case.never_closed(line)
        .or_else(|| case.escape())
        .or_else(|| case.needs_quotes(line))
        .or_else(|| case.indent_in_block(line))
        .or_else(|| case.lost_indent(line))
        .or_else(|| case.colon(line))
        .or_else(|| case.no_key(line))
        .or_else(|| case.indent(line))
        .unwrap_or_else(|| case.unknown(line.span.clone()))
}

/// An error, and the line it was met in.
struct Case<'a> {
    outline: &'a Outline<'a>,
    at: usize,
    words: &'a str,
    number: usize,
}

impl Case<'_> {
    fn never_closed(&self, line: &Line) -> Option<Slip> {
        let outline = self.outline;
        let here = outline.slice(line.value.clone()).bytes().next();
        let said = ["indentation in quoted", "found unexpected end of stream", "document indicator"];
        if let Some(sign @ ('"' | '\'')) = outline.text[self.at..].chars().next()
            && said.iter().any(|said| self.words.contains(said))
        {
            return Some(self.open_at(self.at, sign));
        }
        let open = match line.inside {
            Inside::Quote(open) | Inside::Bracket(open) => {
                let closed_further_on = match outline.slice(open..open + 1) {
                    "[" | "{" => outline.bracket_end(open).0.is_some_and(|end| end > self.at),
                    _ => false,
                };
                (!closed_further_on || self.is_entry(line)).then_some(open)
            }
            Inside::Nothing => match here {
                Some(mark @ (b'"' | b'\'')) => {
                    outline.quote_end(line.value.start, mark).is_none().then_some(line.value.start)
                }
                Some(b'[' | b'{') => match outline.bracket_end(line.value.start) {
                    (None, open) => Some(open.unwrap_or(line.value.start)),
                    _ => None,
                },
                _ => None,
            },
            Inside::Plain(_) | Inside::Block(_) => None,
        }?;
        let sign = outline.slice(open..outline.text.len()).chars().next()?;
        Some(self.open_at(open, sign))
    }

    /// What was opened by `sign` at byte `open` and never closed; by a curly mark at the end of its line, where one is there.
    fn open_at(&self, open: usize, sign: char) -> Slip {
        let line = self.outline.lines.iter().find(|line| line.span.contains(&open));
        let last =
            line.and_then(|line| Some((self.outline.slice(line.span.clone()).chars().next_back()?, line.span.end)));
        match last {
            Some((curly @ ('“' | '”' | '‘' | '’'), end)) if matches!(sign, '"' | '\'') => {
                Slip::new(end - curly.len_utf8()..end, YamlTrouble::CurlyClose(sign))
            }
            _ => Slip::new(open..open + sign.len_utf8(), YamlTrouble::NeverClosed(sign)),
        }
    }

    /// A line that would be an entry of its own if it were the inside of nothing.
    fn is_entry(&self, line: &Line) -> bool {
        let text = self.outline.slice(line.span.clone());
        let name = text.split(':').next().unwrap_or_default();
        line.indent == 0 && text.len() > name.len() && is_name(name)
    }

    /// Tabs in the indent of the line, or, said about a text that starts further up, of one of the lines below.
    fn tab(&self) -> Option<Slip> {
        let text = self.outline.text;
        let mut start = text[..self.at].rfind('\n').map_or(0, |at| at + 1);
        let below = if self.words.contains("tab") { 20 } else { 1 };
        for line in text[start..].split_inclusive('\n').take(below) {
            let blank = &line[..line.len() - line.trim_start().len()];
            if let Some(tab) = blank.find('\t') {
                let end = tab + blank[tab..].bytes().take_while(|&byte| byte == b'\t').count();
                return Some(Slip::new(start + tab..start + end, YamlTrouble::Tab));
            }
            start += line.len();
        }
        None
    }

    /// A space that is none to YAML, in the indent of the line or of the one above: it was pasted.
    fn other_space(&self) -> Option<Slip> {
        let lines = self.outline.lines.get(self.number.saturating_sub(1)..=self.number)?;
        lines.iter().find_map(|line| {
            let content = self.outline.slice(line.span.start + line.indent..line.span.end);
            let blank = content.len() - content.trim_start().len();
            let start = line.span.start + line.indent;
            (blank > 0).then(|| Slip::new(start..start + blank, YamlTrouble::OtherSpace))
        })
    }

    /// A backslash in double quotes that stands for nothing.
    fn escape(&self) -> Option<Slip> {
        let (letter, digits) = (self.words.contains("escape char"), self.words.contains("hexadecimal"));
        if !letter && !digits && !self.words.contains("escape code") {
            return None;
        }
        let text = self.outline.text;
        // the parser tells where the text starts, or where it was in the escape
        let from = if text[self.at..].starts_with('"') { self.at } else { text[..=self.at].rfind('\\')? };
        let mut signs = text[from..].char_indices();
        while let Some((at, sign)) = signs.next() {
            let Some((next, letter)) = (sign == '\\').then(|| signs.next()).flatten() else { continue };
            let number = match letter {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ if "0abtnvfre \"/\\N_LP\t\n\r".contains(letter) => continue,
                _ => 0,
            };
            let rest = &text[from + next + letter.len_utf8()..];
            let good = rest.chars().take(number).take_while(char::is_ascii_hexdigit).count();
            let code = rest.get(..good).and_then(|digits| u32::from_str_radix(digits, 16).ok());
            if number > 0 && good == number && code.and_then(char::from_u32).is_some() {
                continue;
            }
            let span = from + at..from + next + letter.len_utf8() + good;
            return Some(Slip::new(span, YamlTrouble::Unreadable(plain_words(self.words))));
        }
        None
    }

    fn needs_quotes(&self, line: &Line) -> Option<Slip> {
        if line.inside != Inside::Nothing {
            return self.flow_sign(line);
        }
        let outline = self.outline;
        let value = outline.slice(line.value.clone());
        let sign = value.chars().next()?;
        let special = match sign {
            '@' | '`' | '%' | '*' | '&' | '!' | '|' | '>' | ',' | ']' | '}' => true,
            '[' | '{' => self.outline.bracket_end(line.value.start).0.is_some_and(|end| end < line.value.end),
            '"' | '\'' => {
                let end = self.outline.quote_end(line.value.start, value.as_bytes()[0]);
                end.is_some_and(|end| end < line.value.end)
            }
            '-' | '?' | ':' => value.len() == 1 || value[1..].starts_with([' ', '\t']),
            _ => false,
        };
        if !special || (line.key.is_none() && line.value.start == line.span.start + line.indent && sign != '@') {
            return self.flow_sign(line);
        }
        let span = line.value.start..line.value.start + sign.len_utf8();
        // a letter right behind the second mark: it is an apostrophe, or words in marks inside the text
        let inside = self.outline.quote_end(line.value.start, value.as_bytes()[0]).is_some_and(|end| {
            value.get(end - line.value.start..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        });
        if let ('"' | '\'', true, Some(inner)) = (sign, inside, value[1..].strip_suffix(sign)) {
            let instead = self.instead(line, inner);
            return Some(Slip::new(span, YamlTrouble::QuoteInside { sign, instead }));
        }
        // `>- words` was meant to fold them: on one line they need nothing but quotes
        let folds = [">-", ">+", "|-", "|+"].into_iter().find_map(|fold| value.strip_prefix(fold));
        let words = folds.map_or(value, str::trim_start);
        let instead = Some(self.instead(line, words));
        Some(Slip::new(span, YamlTrouble::NeedsQuotes { sign, instead }))
    }

    /// A sign inside brackets that can't start a text there.
    fn flow_sign(&self, line: &Line) -> Option<Slip> {
        let sign = self.outline.slice(self.at..line.span.end).chars().next()?;
        let span = self.at..self.at + sign.len_utf8();
        matches!(sign, '@' | '`' | '%' | '*').then(|| Slip::new(span, YamlTrouble::NeedsQuotes { sign, instead: None }))
    }

    fn colon(&self, line: &Line) -> Option<Slip> {
        let outline = self.outline;
        let text = outline.slice(line.value.clone());
        let ends = |at: &usize| text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\t']);
        let colon = text.match_indices(':').map(|(at, _)| at).find(ends)?;
        let span = line.value.start + colon..line.value.start + colon + 1;
        let instead = match line.inside {
            Inside::Nothing if line.key.is_some() && !text.starts_with(['[', '{', '"', '\'']) => {
                self.instead(line, text)
            }
            // a lone name before the colon: a key that has slipped to the right, not a text
            Inside::Plain(first) if !is_name(&text[..colon]) && !text.starts_with("- ") => {
                let lines = outline.lines.get(first..=self.number)?;
                let top = lines.first()?;
                let whole: Vec<_> = lines.iter().map(|line| outline.slice(line.value.clone())).collect();
                self.instead(top, &whole.join(" "))
            }
            _ => return None,
        };
        Some(Slip::new(span, YamlTrouble::ColonInText { instead }))
    }

    /// A line without a key between lines with one, or the line before this one.
    fn no_key(&self, line: &Line) -> Option<Slip> {
        let before = self.number.checked_sub(1).and_then(|number| self.outline.lines.get(number));
        let starts =
            |line: &&Line| line.key.as_ref().map_or(line.value.start, |key| key.start) == line.span.start + line.indent;
        let bare = |line: &&Line| line.inside == Inside::Nothing && line.key.is_none() && starts(line);
        let told = |at: Range<usize>, words: &str| Some(Slip::new(at, YamlTrouble::Unreadable(words.to_owned())));
        let start = line.span.start + line.indent;
        let text = self.outline.slice(start..line.span.end);
        if text.strip_prefix('-').is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['-', ' '])) {
            return told(start..start + 1, "a space is missing after this dash");
        }
        if matches!(line.inside, Inside::Plain(_)) && text.starts_with("- ") {
            return told(start..start + 1, "a list can't stand below a text");
        }
        let found = Some(line).filter(bare).or_else(|| before.filter(bare).filter(|it| it.indent == line.indent))?;
        let text = self.outline.slice(found.value.clone());
        let name = text.split(|c: char| c == ':' || c.is_whitespace()).next().unwrap_or_default();
        let at = found.value.start + name.len();
        if is_name(name) && text[name.len()..].starts_with(':') {
            return told(at..at + 1, "a space is missing after this colon");
        }
        if text.starts_with(['[', '{', '%', '-', '"', '\'']) {
            return None;
        }
        told(found.value.clone(), "this line has no colon after its key")
    }

    /// `line` with `value` in quotes.
    fn instead(&self, line: &Line, value: &str) -> String {
        let before = self.outline.slice(line.span.start..line.value.start);
        let after = self.outline.slice(line.value.end..line.span.end);
        format!("{before}{}{after}", quoted(value))
    }

    /// What no rule knows, in plain words where there are some.
    fn unknown(&self, line: Range<usize>) -> Slip {
        let words = |words: &str| YamlTrouble::Unreadable(words.to_owned());
        let content = line.end - self.outline.slice(line.clone()).trim_start().len();
        if self.words.contains("expected key") || self.words.contains("'-' indicator") {
            let list = self.outline.slice(content..line.end).starts_with("- ");
            let told = match (list, self.words.contains("expected key")) {
                (true, true) => "this is a list entry where a key with a colon has to be",
                (_, true) => "this is no key with a colon",
                (_, false) => "this is no list entry, and the lines above are",
            };
            return Slip::new(content..line.end, words(told));
        }
        if self.words.contains("document start") || self.words.contains("directive") {
            let percent = self.outline.lines.iter().find(|line| self.outline.slice(line.span.clone()).starts_with('%'));
            if let Some(line) = percent {
                let span = line.span.start..line.span.start + 1;
                return Slip::new(span, YamlTrouble::NeedsQuotes { sign: '%', instead: None });
            }
        }
        let sign = self.outline.slice(self.at..line.end).chars().next();
        let span = sign.map_or(content..line.end, |sign| self.at..self.at + sign.len_utf8());
        Slip::new(span, words(&plain_words(self.words)))
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// `value` as a quoted text of one line; curly marks around all of it were meant as these quotes.
pub(super) fn quoted(value: &str) -> String {
    let inner = value.strip_prefix('“').and_then(|value| value.strip_suffix('”'));
    let value = inner.filter(|inner| !inner.contains(['“', '”'])).unwrap_or(value);
    if value.contains(['"', '\\']) { format!("'{}'", value.replace('\'', "''")) } else { format!("\"{value}\"") }
}

/// What parsers say that no rule knows: theirs, and ours.
const WORDS: [(&str, &str); 8] = [
    ("unknown escape", "in double quotes a backslash and this sign stand for nothing"),
    ("hexadecimal number", "in double quotes this backslash needs the digits of a character"),
    ("escape code", "in double quotes these digits stand for no character"),
    ("comment intercepting", "a comment stands inside a text that goes on in the next line"),
    ("trailing content", "something stands after the closing quotation mark"),
    ("indented line in block", "this line stands further left than the text it belongs to"),
    ("invalid indentation", "this line stands further left than what it belongs to"),
    ("not allowed", "nothing that has a colon or a dash can stand here"),
];

fn plain_words(words: &str) -> String {
    match WORDS.iter().find(|(theirs, _)| words.contains(theirs)) {
        Some((_, ours)) => (*ours).to_owned(),
        None => words.rsplit(", ").next().unwrap_or(words).to_owned(),
    }
}

#[cfg(test)]
mod tests;
