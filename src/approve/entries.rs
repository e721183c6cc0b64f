//! `content/approvals.yaml` with sign-offs added, and every other byte as it was.
//!
//! The file is a person's: comments, order, line ends, the way its list is typed stay. So it is never written from values;
//! a piece is put in where the list ends, and the result is read again to see that it holds the old and the new.

use std::ops::Range;

use crate::source::yaml::{self, Kind, Node};
use crate::toolkit::approval::{Approval, ApprovalsFile};

const KEY: &str = "approvals";

/// What a new file begins with.
const NEW_FILE: &str = "\
# yaml-language-server: $schema=../schemas/approvals.json
# Who signed which exact words. `onevoice approve` adds them; the words themselves are in approvals/.
";

/// A file with nothing but these sign-offs.
#[must_use]
pub fn new_file(new: &[Approval]) -> String {
    format!("{NEW_FILE}{KEY}:{}\n", blocks(new, "  ", " ", "\n"))
}

/// `text` with the sign-offs `new` at the end of its list; nothing where the result would not hold exactly what there was
/// and these.
#[must_use]
pub fn add(text: &str, new: &[Approval]) -> Option<String> {
    let mut added = text.to_owned();
    for Piece { at, text } in pieces(text, new)?.into_iter().rev() {
        added.get(at.clone())?;
        added.replace_range(at, &text);
    }
    holds(text, &added, new).then_some(added)
}

/// The sign-offs as one types them by hand, below the key.
#[must_use]
pub fn by_hand(new: &[Approval]) -> String {
    blocks(new, "  ", " ", "\n").trim_start_matches('\n').to_owned()
}

/// What is put in, and in whose place.
struct Piece {
    at: Range<usize>,
    text: String,
}

impl Piece {
    const fn new(at: usize, text: String) -> Self {
        Self { at: at..at, text }
    }
}

/// What is put in, in the order of the places.
fn pieces(text: &str, new: &[Approval]) -> Option<Vec<Piece>> {
    let root = yaml::parse(text).ok()?;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    if let Some(entry) = root.entry(KEY)
        && let Kind::List(items) = &entry.value.kind
        && let Some(last) = items.last()
        && text.get(entry.value.span.start..)?.starts_with('[')
    {
        let key_margin = margin(text, entry.key.span.start).unwrap_or_default();
        return in_brackets(text, &entry.value, items, last, key_margin, new, end);
    }
    piece(text, &root, new, end).map(|(at, text)| vec![Piece::new(at, text)])
}

/// What is put in, and where, where nothing stands behind it that belongs to the entry before.
fn piece(text: &str, root: &Node, new: &[Approval], end: &str) -> Option<(usize, String)> {
    let Some(entry) = root.entry(KEY) else { return new_key(text, root, new, end) };
    let list = &entry.value;
    match &list.kind {
        Kind::Null => {
            let at = line_end(text, list.span.start);
            let margin = margin(text, entry.key.span.start)?;
            Some((at, blocks(new, &format!("{margin}  "), " ", end)))
        }
        Kind::List(_) if text.get(list.span.start..)?.starts_with('[') => Some((list.span.start + 1, flows(new))),
        Kind::List(items) => below_list(text, items.last()?, new, end),
        Kind::Scalar(_) | Kind::Map(_) => None,
    }
}

/// A key of its own, behind all others.
fn new_key(text: &str, root: &Node, new: &[Approval], end: &str) -> Option<(usize, String)> {
    if text.get(root.span.clone())?.starts_with('{') {
        let at = root.entries().last().map_or(root.span.start + 1, |last| last.value.span.end);
        let comma = if root.entries().is_empty() { "" } else { ", " };
        return Some((at, format!("{comma}{KEY}: [{}]", flows(new))));
    }
    let margin = root.entries().first().map_or(Some(""), |first| margin(text, first.key.span.start))?;
    let list = blocks(new, &format!("{margin}  "), " ", end);
    let closed = text.is_empty() || text.ends_with('\n');
    let piece = if closed { format!("{margin}{KEY}:{list}{end}") } else { format!("{end}{margin}{KEY}:{list}") };
    Some((text.len(), piece))
}

/// `[…]`: behind the last entry and what is said of it, on a line of its own where that has one.
///
/// What is said behind an entry stays with it: the comma goes before the note, the new entry below it.
fn in_brackets(
    text: &str,
    brackets: &Node,
    entries: &[Node],
    last: &Node,
    key_margin: &str,
    new: &[Approval],
    end: &str,
) -> Option<Vec<Piece>> {
    let behind = last.span.end;
    let rest = text.get(behind..)?;
    let comma = rest.trim_start_matches([' ', '\n', '\r']).starts_with(',').then(|| rest.find(',')).flatten();
    let after = comma.map_or(behind, |comma| behind + comma + 1);
    let own_line = margin(text, last.span.start).filter(|_| {
        entries.len() > 1 || text.get(brackets.span.start..last.span.start).is_some_and(|it| it.contains('\n'))
    });
    let line = text.get(after..line_end(text, after))?.trim_start();
    let is_closed = line.strip_prefix(']').map(str::trim_start);
    let lines =
        |margin: &str| new.iter().map(|new| format!("{end}{margin}{}", flow(new))).collect::<Vec<_>>().join(",");
    let first_comma = || comma.is_none().then(|| Piece::new(behind, ",".to_owned()));
    match (own_line, is_closed) {
        // `…}] # a note`: the bracket goes behind the new entry, the note does not
        (_, Some(note)) if note.starts_with('#') => {
            let bracket = after + text.get(after..)?.find(']')?;
            let deeper = format!("{key_margin}  ");
            let new = lines(own_line.unwrap_or(&deeper)) + "]";
            let gone = Piece { at: bracket..bracket + 1, text: String::new() };
            Some(first_comma().into_iter().chain([gone, Piece::new(line_end(text, after), new)]).collect())
        }
        (Some(margin), _) => {
            let at =
                if line.is_empty() || line.starts_with('#') { behind_notes(text, after, margin.len()) } else { after };
            let more = if comma.is_some() { "," } else { "" };
            let new = Piece::new(at, lines(margin) + more);
            Some(first_comma().into_iter().chain([new]).collect())
        }
        (None, _) if comma.is_some() => Some(vec![Piece::new(behind, format!(", {}", flows(new)))]),
        (None, _) if line.starts_with('#') => {
            let new = Piece::new(line_end(text, after), lines(&format!("{key_margin}  ")));
            Some(first_comma().into_iter().chain([new]).collect())
        }
        (None, _) => Some(vec![Piece::new(behind, format!(", {}", flows(new)))]),
    }
}

/// Where the line of `at` ends, with the lines below it that are notes and stand deeper than `margin`.
fn behind_notes(text: &str, at: usize, margin: usize) -> usize {
    let mut at = line_end(text, at);
    while let Some(next) = text.get(at..).and_then(|rest| rest.trim_start_matches('\r').strip_prefix('\n')) {
        let start = text.len() - next.len();
        let line = next.lines().next().unwrap_or_default();
        let note = line.trim_start();
        if !note.starts_with('#') || line.len() - note.len() <= margin {
            break;
        }
        at = line_end(text, start);
    }
    at
}

/// Lines with dashes: below the last entry and what is said of it, with its indent and in its style.
fn below_list(text: &str, last: &Node, new: &[Approval], end: &str) -> Option<(usize, String)> {
    let (margin, gap) = dash(text, last.span.start)?;
    let at = behind_notes(text, last.span.end, margin.len());
    let is_flow = text.get(last.span.clone())?.starts_with('{');
    let piece = if is_flow {
        new.iter().map(|new| format!("{end}{margin}-{gap}{}", flow(new))).collect()
    } else {
        blocks(new, margin, gap, end)
    };
    Some((at, piece))
}

/// What stands before the dash of an entry that begins at `at`, and between the two.
fn dash(text: &str, at: usize) -> Option<(&str, &str)> {
    let mut line = text.get(line_start(text, at)..at)?;
    let mut from = line_start(text, at);
    loop {
        let rest = line.trim_start_matches(' ');
        if let Some(gap) = rest.strip_prefix('-') {
            let is_gap = !gap.is_empty() && gap.bytes().all(|byte| byte == b' ');
            return Some((line.get(..line.len() - rest.len())?, if is_gap { gap } else { " " }));
        }
        let end = from.checked_sub(1)?;
        from = line_start(text, end);
        line = text.get(from..end)?;
    }
}

/// What stands before `at` in its line, where that is nothing but spaces.
fn margin(text: &str, at: usize) -> Option<&str> {
    text.get(line_start(text, at)..at).filter(|before| before.bytes().all(|byte| byte == b' '))
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// Where the line of `at` ends, before its line break.
fn line_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
    at + line.strip_suffix('\r').unwrap_or(line).len()
}

/// Entries as lines below a line that is not ended yet.
fn blocks(new: &[Approval], margin: &str, gap: &str, end: &str) -> String {
    let block = |new: &Approval| {
        let mut lead = format!("{margin}-{gap}");
        let mut text = String::new();
        for (key, value) in pairs(new) {
            text.extend([end, &lead, key, ": ", &value]);
            lead = " ".repeat(margin.len() + 1 + gap.len());
        }
        text
    };
    new.iter().map(block).collect()
}

fn flows(new: &[Approval]) -> String {
    new.iter().map(flow).collect::<Vec<_>>().join(", ")
}

fn flow(new: &Approval) -> String {
    format!("{{{}}}", pairs(new).map(|(key, value)| format!("{key}: {value}")).join(", "))
}

fn pairs(new: &Approval) -> [(&'static str, String); 5] {
    [
        ("item", word(&new.item)),
        ("audience", word(&new.audience)),
        ("by", word(&new.by)),
        ("on", new.on.0.to_string()),
        ("text", format!("\"{}\"", new.text)),
    ]
}

/// A text as YAML, in quotation marks unless every reader takes it for a text as it is.
fn word(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -_/.".contains(&byte));
    // YAML 1.1 takes more words for truth values than 1.2
    let bool_like = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    if plain && !bool_like.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            // line breaks of Unicode would be folded
            sign if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(sign)));
            }
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

/// Whether `after` holds what `before` does, and `new` behind it.
fn holds(before: &str, after: &str, new: &[Approval]) -> bool {
    let (Some(before), Some(after)) = (read(before), read(after)) else { return false };
    after.extra == before.extra
        && after.approvals.len() == before.approvals.len() + new.len()
        && after.approvals.starts_with(&before.approvals)
        && after.approvals.ends_with(new)
}

/// As the toolkit reads it; both readers have to.
fn read(text: &str) -> Option<ApprovalsFile> {
    match yaml::parse(text).ok()?.kind {
        Kind::Null => Some(ApprovalsFile::default()),
        _ => serde_yaml::from_str(text).ok(),
    }
}

#[cfg(test)]
mod tests;
