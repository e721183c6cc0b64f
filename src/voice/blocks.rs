//! What is cut before Markdown is read: comments, and the `:::` blocks that tell who reads what.
//!
//! A writer's slip must never show a text to the wrong readers. So only fenced code hides a marker, a marker in any
//! other odd place is told, and [`super::markdown`] tells one that still reaches the page.

use std::ops::Range;
use std::sync::Arc;

use super::origin::Cut;
use crate::finding::{At, AudienceTrouble, Problem, TailoringTrouble, What};
use crate::toolkit::edition::Coached;
use crate::toolkit::id::Readers;
use crate::toolkit::names::{Named, Names};

/// A body, cut.
#[derive(Debug)]
pub struct Blocks<'a> {
    /// The parts in their order.
    pub parts: Vec<Part<'a>>,
    /// The comments that accept findings, in their order.
    pub accepts: Vec<AcceptNote<'a>>,
    /// Whom the markers name, and where.
    pub named: Vec<(Readers, Range<usize>)>,
    /// What does not work.
    pub problems: Vec<Problem>,
}

/// A part of a body that the same readers see.
#[derive(Debug)]
pub struct Part<'a> {
    /// Who sees it.
    pub readers: Readers,
    /// Its text.
    pub text: PartText<'a>,
}

/// A part's text: for everybody, or coaching.
#[derive(Debug)]
pub enum PartText<'a> {
    /// In every edition.
    Open(Cut<'a>),
    /// In the partners edition alone.
    Coaching(Coached<Cut<'a>>),
}

/// A comment that begins with `accept:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptNote<'a> {
    /// What stands after `accept:`.
    pub text: &'a str,
    /// The comment in the source.
    pub span: Range<usize>,
    /// Whether a block comes before it in the body.
    pub first: bool,
}

/// Cuts the body `source[from..]` of a file.
#[must_use]
pub fn cut<'a>(source: &'a str, from: usize, file: &Arc<str>, names: &Names) -> Blocks<'a> {
    let mut cutter = Cutter {
        source,
        file,
        names,
        out: Blocks { parts: Vec::new(), accepts: Vec::new(), named: Vec::new(), problems: Vec::new() },
        open: None,
        part: Cut::default(),
        fence: None,
        anything: false,
    };
    cutter.run(from);
    cutter.out
}

struct Cutter<'a, 'n> {
    source: &'a str,
    file: &'n Arc<str>,
    names: &'n Names,
    out: Blocks<'a>,
    open: Option<Open>,
    part: Cut<'a>,
    fence: Option<Fence>,
    /// Whether any text has been met.
    anything: bool,
}

/// The block that is open.
struct Open {
    /// The line that opened it.
    line: Range<usize>,
    readers: Readers,
    chain: Option<Chain>,
    /// Opened by a line that was told already: how it ends is not told again.
    spoiled: bool,
}

/// What a chain of audiences has had so far; `partners-only` has none.
struct Chain {
    named: Vec<(Readers, Range<usize>)>,
    rest: Option<Range<usize>>,
}

impl Chain {
    fn named_readers(&self) -> Readers {
        self.named.iter().fold(Readers::NONE, |all, (readers, _)| all.and(*readers))
    }
}

struct Fence {
    sign: u8,
    length: usize,
    /// Its opening line.
    line: Range<usize>,
    /// Whether a line in it starts with `:::`.
    hides: bool,
}

impl<'a> Cutter<'a, '_> {
    fn run(&mut self, from: usize) {
        let mut at = from;
        while at < self.source.len() {
            at = self.line(at);
        }
        if let Some(fence) = self.fence.take().filter(|fence| fence.hides) {
            self.tell(fence.line, TailoringTrouble::OpenFence);
        }
        if let Some(Open { line, spoiled: false, .. }) = &self.open {
            self.tell(line.clone(), TailoringTrouble::NeverClosed);
        }
        self.end_part();
    }

    /// Takes the line (or the lines of a comment) at `start`; gives where the next one starts.
    fn line(&mut self, start: usize) -> usize {
        let end = line_end(self.source, start);
        let line = &self.source[start..end];
        if let Some(fence) = &mut self.fence {
            fence.hides |= is_marker(line);
            if closes(line, fence) {
                self.fence = None;
            }
            self.keep(start..end);
            return end;
        }
        if line.contains("<!--") {
            return self.with_comment(start, end);
        }
        let bare = line.trim_end();
        let text = bare.trim_start_matches(' ');
        if text.starts_with(":::") && bare.len() - text.len() <= 3 {
            self.marker(start + (bare.len() - text.len())..start + bare.len());
            return end;
        }
        if is_marker(line) {
            let from = start + line.find(":::").unwrap_or(0);
            self.tell(from..start + bare.len(), TailoringTrouble::Misplaced);
        }
        if let Some((run, names)) = nearly_marker(text) {
            let from = start + (bare.len() - text.len());
            let instead = format!("::: {}", names.trim()).trim_end().to_owned();
            let (line, names) = (from..start + bare.len(), names.to_owned());
            // told in full where the colons stand; what it opens is read by nobody
            self.spoil(line.start..line.start + run, &names, TailoringTrouble::NearlyMarker { instead });
            return end;
        }
        self.fence = opens(line, start);
        self.keep(start..end);
        end
    }

    fn keep(&mut self, range: Range<usize>) {
        self.anything |= !self.source[range.clone()].trim().is_empty();
        self.part.push(&self.source[range.clone()], range.start);
    }

    /// A line with the start of a comment in it. Code spans keep theirs.
    fn with_comment(&mut self, start: usize, end: usize) -> usize {
        let Some(open) = comment_outside_code(self.source, start, end) else {
            self.fence = opens(&self.source[start..end], start);
            self.keep(start..end);
            return end;
        };
        let Some(length) = self.source[open..].find("-->") else {
            self.tell(open..end.min(open + 4), TailoringTrouble::OpenComment);
            // nothing of what may be meant as a comment is shown
            return self.source.len();
        };
        let close = open + length + 3;
        self.note(open..close);
        let after = line_end(self.source, close);
        let alone = self.source[start..open].trim().is_empty() && self.source[close..after].trim().is_empty();
        if alone {
            return after;
        }
        self.keep(start..open);
        // the rest of the line may hold another comment, but no marker: it is not the line's start
        let mut at = close;
        while let Some(next) = comment_outside_code(self.source, at, after) {
            let Some(length) = self.source[next..].find("-->") else {
                self.tell(next..after.min(next + 4), TailoringTrouble::OpenComment);
                return self.source.len();
            };
            self.keep(at..next);
            at = next + length + 3;
            self.note(next..at);
            if at > after {
                let end = line_end(self.source, at);
                self.keep(at..end);
                return end;
            }
        }
        self.keep(at..after);
        after
    }

    fn note(&mut self, span: Range<usize>) {
        let inside = &self.source[span.start + 4..span.end - 3];
        if inside.trim() == "more" {
            let at = self.at(span.clone());
            self.out.problems.push(Problem::new(at, What::ForeignSyntax { what: "<!--more-->" }));
        }
        if let Some(text) = inside.trim().strip_prefix("accept:") {
            self.out.accepts.push(AcceptNote { text: text.trim(), span, first: !self.anything });
        }
    }

    /// A line that begins with three colons.
    fn marker(&mut self, line: Range<usize>) {
        let text = &self.source[line.clone()];
        let names = text.trim_start_matches(':');
        if text.len() - names.len() > 3 {
            return self.spoil(line, names, TailoringTrouble::TooManyColons);
        }
        if text.contains('\t') {
            return self.spoil(line, names, TailoringTrouble::Tab);
        }
        if names.trim().is_empty() {
            return self.close(line);
        }
        let names = match self.text_from(names) {
            Some(at) => {
                let (names, text) = names.split_at(at);
                self.tell(line.end - text.len()..line.end, TailoringTrouble::StrayText { text: text.to_owned() });
                self.names_of(line.start + 3, names.trim_end_matches([' ', ',']))
            }
            None => self.names_of(line.start + 3, names),
        };
        let coaching = names.iter().any(|(name, _)| *name == "partners-only");
        match names.as_slice() {
            _ if coaching && (names.len() > 1 || self.open.as_ref().is_some_and(|open| open.chain.is_some())) => {
                self.spoil(line, "partners-only", TailoringTrouble::CoachingMixed);
            }
            _ if coaching => self.open_coaching(line),
            [("else", _)] => self.open_rest(line),
            _ => self.open_names(line, &names),
        }
    }

    /// Where words begin that were meant for the line below: behind the first names, and more of them than a name has.
    fn text_from(&self, names: &str) -> Option<usize> {
        let is_name = |word: &str| {
            matches!(word, "else" | "partners-only") || matches!(self.names.readers(word), Named::Readers(_))
        };
        let mut at = 0;
        loop {
            let rest = names[at..].trim_start_matches([' ', ',']);
            let start = names.len() - rest.len();
            let word = rest.split([' ', ',']).next().unwrap_or_default();
            if word.is_empty() {
                return None;
            }
            if is_name(word) {
                at = start + word.len();
                continue;
            }
            let words: Vec<&str> = rest.split_whitespace().collect();
            // another name behind a comma, or one that is typed with spaces for its hyphens
            let least = if names[at..start].contains(',') { 3 } else { 2 };
            let more_names = words.iter().any(|word| is_name(word.trim_matches(','))) && words.len() < 4;
            let text = at > 0 && words.len() >= least && !more_names && !is_name(&words.join("-"));
            return text.then_some(start);
        }
    }

    /// The names after the colons, each with its place.
    fn names_of(&mut self, start: usize, text: &'a str) -> Vec<(&'a str, Range<usize>)> {
        let mut names = Vec::new();
        let mut at = start;
        for part in text.split(',') {
            let from = at + (part.len() - part.trim_start().len());
            let name = part.trim();
            let span = from..from + name.len();
            at += part.len() + 1;
            let word = name.split_whitespace().next().unwrap_or_default();
            if name.is_empty() {
                self.tell(from.saturating_sub(1)..from.max(start), TailoringTrouble::EmptyName);
            } else if word.len() < name.len()
                && !matches!(self.names.readers(word), Named::Nobody(AudienceTrouble::Admonition { .. }))
            {
                // a name typed with spaces in place of its hyphens is one slip
                let joined = name.split_whitespace().collect::<Vec<_>>().join("-");
                let is_name = joined == "partners-only" || matches!(self.names.readers(&joined), Named::Readers(_));
                if let (true, Named::Nobody(trouble)) = (is_name, self.names.readers(name)) {
                    let at = self.at(span.clone());
                    self.out.problems.push(Problem::new(at, What::UnknownAudience(trouble)));
                    continue;
                }
                let text = name[word.len()..].trim().to_owned();
                let rest = span.end - text.len()..span.end;
                self.tell(rest, TailoringTrouble::StrayText { text });
                if matches!(self.names.readers(word), Named::Readers(_)) || matches!(word, "else" | "partners-only") {
                    names.push((word, span.start..span.start + word.len()));
                }
            } else {
                names.push((word, span.start..span.start + word.len()));
            }
        }
        names
    }

    /// Tells a line that does not work. Where it was meant to open a block, one is opened that nobody reads, so that
    /// the line which closes it is right; where it was meant to close one, that is closed.
    fn spoil(&mut self, line: Range<usize>, names: &str, trouble: TailoringTrouble) {
        self.tell(line.clone(), trouble);
        if names.trim().is_empty() {
            self.end_part();
            self.open = None;
        } else if self.open.is_none() {
            self.end_part();
            let chain = Chain { named: Vec::new(), rest: None };
            self.open = Some(Open { line, readers: Readers::NONE, chain: Some(chain), spoiled: true });
        }
    }

    fn open_coaching(&mut self, line: Range<usize>) {
        if let Some(open) = &self.open {
            let open = self.at(open.line.clone());
            return self.tell(line, TailoringTrouble::Nested { open });
        }
        self.end_part();
        self.open = Some(Open { line, readers: self.names.everyone(), chain: None, spoiled: false });
    }

    fn open_rest(&mut self, line: Range<usize>) {
        let (named, open_line) = match &self.open {
            None => return self.spoil(line, "else", TailoringTrouble::ElseAlone),
            Some(Open { line: open, chain: None, .. }) => {
                let open = self.at(open.clone());
                return self.tell(line, TailoringTrouble::Nested { open });
            }
            Some(Open { chain: Some(Chain { rest: Some(first), .. }), .. }) => {
                let first = self.at(first.clone());
                return self.tell(line, TailoringTrouble::AfterElse { first });
            }
            Some(Open { line, chain: Some(chain), .. }) => (chain.named_readers(), line.clone()),
        };
        self.end_part();
        if let Some(open) = &mut self.open {
            open.readers = self.names.everyone().without(named);
            open.line = open_line;
            if let Some(chain) = &mut open.chain {
                chain.rest = Some(line);
            }
        }
    }

    fn open_names(&mut self, line: Range<usize>, names: &[(&str, Range<usize>)]) {
        if let Some(Open { line: open, chain: None, .. }) = &self.open {
            let open = self.at(open.clone());
            return self.tell(line, TailoringTrouble::Nested { open });
        }
        self.end_part();
        let (first_line, mut chain) = match self.open.take() {
            Some(Open { line, chain: Some(chain), .. }) => (line, chain),
            _ => (line.clone(), Chain { named: Vec::new(), rest: None }),
        };
        if let Some(first) = &chain.rest {
            let first = self.at(first.clone());
            self.tell(line, TailoringTrouble::AfterElse { first });
        }
        let mut readers = Readers::NONE;
        for (name, span) in names {
            readers = readers.and(self.add_name(&mut chain, name, span));
        }
        self.open = Some(Open { line: first_line, readers, chain: Some(chain), spoiled: false });
    }

    /// The readers that a name adds to its chain; those that have their text already are told.
    fn add_name(&mut self, chain: &mut Chain, name: &str, span: &Range<usize>) -> Readers {
        let readers = match self.names.readers(name) {
            Named::Nobody(trouble) => {
                let at = self.at(span.clone());
                self.out.problems.push(Problem::new(at, What::UnknownAudience(trouble)));
                return Readers::NONE;
            }
            Named::Readers(readers) => readers,
        };
        let twice = chain.named.iter().find_map(|(before, first)| Some((before.both(readers).iter().next()?, first)));
        if let Some((reader, first)) = twice {
            let first = self.at(first.clone());
            self.tell(span.clone(), TailoringTrouble::Twice { name: self.names.name_of(reader).to_owned(), first });
        }
        self.out.named.push((readers, span.clone()));
        let fresh = readers.without(chain.named_readers());
        chain.named.push((readers, span.clone()));
        fresh
    }

    fn close(&mut self, line: Range<usize>) {
        if self.open.is_none() {
            return self.tell(line, TailoringTrouble::NothingOpen);
        }
        self.end_part();
        self.open = None;
    }

    /// Ends the part at hand.
    fn end_part(&mut self) {
        let text = std::mem::take(&mut self.part);
        if text.text().trim().is_empty() {
            return;
        }
        let (readers, coaching) =
            self.open.as_ref().map_or((self.names.everyone(), false), |open| (open.readers, open.chain.is_none()));
        let text = if coaching { PartText::Coaching(Coached::new(text.for_partners())) } else { PartText::Open(text) };
        self.out.parts.push(Part { readers, text });
    }

    fn at(&self, range: Range<usize>) -> At {
        At::bytes(Arc::clone(self.file), range.start, range.end)
    }

    fn tell(&mut self, range: Range<usize>, trouble: TailoringTrouble) {
        let at = self.at(range);
        self.out.problems.push(Problem::new(at, What::Tailoring(trouble)));
    }
}

/// A line that begins as one with three colons does, but for a colon too few, spaces between them or colons of another
/// script: how long that beginning is, and what follows. Whatever was meant to be kept from some readers must not be shown to all.
fn nearly_marker(text: &str) -> Option<(usize, &str)> {
    let rest = text.trim_start_matches([':', '\u{ff1a}', '\u{fe55}', '\u{a789}', ' ', '\u{a0}']);
    let run = text.get(..text.len() - rest.len())?.trim_end();
    let colons = run.chars().filter(|sign| !matches!(sign, ' ' | '\u{a0}')).count();
    let near = text.starts_with([':', '\u{ff1a}', '\u{fe55}', '\u{a789}']) && colons > 1 && !run.starts_with(":::");
    // `::before` and `a::b` are code, which has its own signs
    let word = rest.is_empty() || rest.starts_with(char::is_alphabetic);
    (near && word).then_some((run.len(), rest))
}

fn line_end(source: &str, from: usize) -> usize {
    source[from..].find('\n').map_or(source.len(), |at| from + at + 1)
}

/// What is left of a line without spaces, tabs, quotation signs and list markers before it.
pub(super) fn inner(line: &str) -> &str {
    let mut rest = line;
    loop {
        let bare = rest.trim_start_matches([' ', '\t', '>']);
        let after_bullet = bare.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with([' ', '\t']));
        let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
        let after_number = (1..=9)
            .contains(&digits)
            .then(|| bare[digits..].strip_prefix(['.', ')']))
            .flatten()
            .filter(|rest| rest.starts_with([' ', '\t']));
        match after_bullet.or(after_number) {
            Some(next) => rest = next,
            None => return bare,
        }
    }
}

/// Whether a line looks to a writer as if it began with a marker: signs that nobody sees do not count.
fn is_marker(line: &str) -> bool {
    let unseen = |sign: char| {
        sign.is_whitespace()
            || ('\u{200b}'..='\u{200f}').contains(&sign)
            || matches!(sign, '>' | '\u{ad}' | '\u{2060}' | '\u{feff}')
    };
    inner(line).trim_start_matches(unseen).starts_with(":::")
}

/// The fence that a line opens, if it does: also one in a list or a quotation.
fn opens(line: &str, start: usize) -> Option<Fence> {
    let text = inner(line);
    let sign = *text.as_bytes().first()?;
    if sign != b'`' && sign != b'~' {
        return None;
    }
    let length = text.bytes().take_while(|b| *b == sign).count();
    // a backtick in the words after it makes it a code span
    let is_fence = length >= 3 && (sign == b'~' || !text[length..].contains('`'));
    is_fence.then(|| Fence { sign, length, line: start..start + line.trim_end().len(), hides: false })
}

fn closes(line: &str, fence: &Fence) -> bool {
    let text = line.trim_start_matches([' ', '\t', '>']).trim_end();
    text.len() >= fence.length && text.bytes().all(|b| b == fence.sign)
}

/// What of a text of one line stands outside comments, and where one begins that is never closed.
pub(super) fn outside(text: &str) -> (Vec<Range<usize>>, Option<usize>) {
    let (mut pieces, mut at) = (Vec::new(), 0);
    while let Some(open) = comment_outside_code(text, at, text.len()) {
        pieces.push(at..open);
        let Some(length) = text[open..].find("-->") else { return (pieces, Some(open)) };
        at = open + length + 3;
    }
    pieces.push(at..text.len());
    (pieces, None)
}

/// The first `<!--` in `start..end` that is in no code span. A span ends at a blank line, like its paragraph.
fn comment_outside_code(source: &str, start: usize, end: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let mut at = start;
    while at < end {
        if bytes[at] == b'`' {
            let length = bytes[at..].iter().take_while(|b| **b == b'`').count();
            at = code_span_end(source, at + length, length).unwrap_or(at + length);
        } else if source[at..].starts_with("<!--") {
            return Some(at);
        } else if bytes[at] == b'\\' {
            at += 2;
        } else {
            at += 1;
        }
        while at < end && !source.is_char_boundary(at) {
            at += 1;
        }
    }
    None
}

/// Where a code span that opened with `length` backticks before `from` ends.
fn code_span_end(source: &str, from: usize, length: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    let paragraph = paragraph_end(source, from);
    let mut at = from;
    while at < paragraph {
        if bytes[at] != b'`' {
            at += 1;
            continue;
        }
        let run = bytes[at..paragraph].iter().take_while(|b| **b == b'`').count();
        if run == length {
            return Some(at + run);
        }
        at += run;
    }
    None
}

/// Where the paragraph around `from` ends at the latest: a list, quotation, heading, table or HTML ends it, too. A code
/// span that is taken for shorter than it is hides a comment; one taken for longer would show it.
fn paragraph_end(source: &str, from: usize) -> usize {
    let mut at = line_end(source, from);
    while at < source.len() {
        let end = line_end(source, at);
        let line = source[at..end].trim();
        if line.is_empty() || inner(line) != line || line.starts_with(['#', '<', '|', '=', ':', '-']) {
            break;
        }
        at = end;
    }
    at
}
