//! Plain text: blank lines end paragraphs, lines with the same mark in front are a list, one with a line of `=` or `-` under it
//! is a heading.

use super::document::{Block, Document, Look, Run, tidy};
use super::left_out::Kind;
use super::{Refusal, encoding};

/// Reads plain text.
///
/// # Errors
/// When it is no text.
pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let decoded = encoding::decode(bytes, None)?;
    let mut document = Document::default();
    if decoded.guessed {
        document.left_out.one(Kind::GuessedLetters);
    }
    let text = decoded.text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    let mut lines: Vec<&str> = Vec::new();
    for line in text.split('\n').chain([""]) {
        if line.trim().is_empty() {
            document.blocks.extend(blocks(&lines));
            lines.clear();
        } else {
            lines.push(line);
        }
    }
    join_lists(&mut document.blocks);
    Ok(document)
}

/// What a line begins with, where that makes it an item of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Bullet,
    Number(u32),
}

fn mark(line: &str) -> Option<(Mark, &str)> {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix(['•', '◦', '▪', '‣', '·', '*', '-', '–']) {
        return rest.starts_with([' ', '\t']).then_some((Mark::Bullet, rest));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = line.split_at_checked(digits)?;
    let rest = rest.strip_prefix(['.', ')'])?;
    let number = (digits < 4).then(|| number.parse().ok()).flatten()?;
    rest.starts_with([' ', '\t']).then_some((Mark::Number(number), rest))
}

/// The level of a heading by the line under it, as people type it: `====`, `----`.
fn underlined(line: &str) -> Option<u8> {
    let line = line.trim();
    let of = |sign: char| line.len() > 2 && line.chars().all(|other| other == sign);
    if of('=') { Some(1) } else { of('-').then_some(2) }
}

/// The lines between two blank ones: a paragraph, or a list where the first begins with a mark and numbers count up.
fn blocks(lines: &[&str]) -> Vec<Block> {
    if let [title, line, rest @ ..] = lines
        && let Some(level) = underlined(line)
        && mark(title).is_none()
        && title.contains(char::is_alphanumeric)
    {
        let runs = tidy(vec![Run::text(*title, &Look::default())]);
        return std::iter::once(Block::Heading(level, runs)).chain(blocks(rest)).collect();
    }
    let text = |lines: &[&str]| paragraph(&lines.join(" "));
    let mut items: Vec<(Mark, Vec<&str>)> = Vec::new();
    for line in lines {
        match (mark(line), items.last_mut()) {
            (Some((mark, rest)), _) => items.push((mark, vec![rest])),
            (None, Some((_, before))) => before.push(line),
            (None, None) => return text(lines),
        }
    }
    let Some((first, _)) = items.first() else { return Vec::new() };
    let counts = items.iter().zip(0_u32..).all(|((mark, _), at)| match (first, mark) {
        (Mark::Bullet, Mark::Bullet) => true,
        (Mark::Number(first), Mark::Number(number)) => *number == first + at,
        _ => false,
    });
    if !counts {
        return text(lines);
    }
    let start = if let Mark::Number(start) = first { Some(*start) } else { None };
    vec![Block::List(start, items.iter().map(|(_, lines)| text(lines)).collect())]
}

fn paragraph(text: &str) -> Vec<Block> {
    let runs = tidy(vec![Run::text(text, &Look::default())]);
    if runs.is_empty() { Vec::new() } else { vec![Block::Paragraph(runs)] }
}

/// Items with blank lines between them are one list; a lone number is no list but the beginning of a sentence.
fn join_lists(blocks: &mut Vec<Block>) {
    let mut out: Vec<Block> = Vec::new();
    for block in blocks.drain(..) {
        match (out.last_mut(), block) {
            (Some(Block::List(None, items)), Block::List(None, more)) => items.extend(more),
            (Some(Block::List(Some(start), items)), Block::List(Some(next), more))
                if usize::try_from(next - (*start).min(next)).ok() == Some(items.len()) =>
            {
                items.extend(more);
            }
            (_, block) => out.push(block),
        }
    }
    *blocks = out;
}
