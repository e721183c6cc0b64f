//! A document as Markdown: one line a paragraph, a blank line between blocks, footnotes at the end.

use super::document::{Block, Document, Look, Run, words};
use super::inline::{Place, write as inline};
use super::left_out::Picture;

/// The document's text.
pub fn write(document: &Document) -> String {
    let mut out = blocks(&document.blocks, true);
    for (number, note) in document.notes.iter().enumerate() {
        let text = blocks(note, false);
        let text = if text.is_empty() { "…".to_owned() } else { text };
        out.push_str("\n\n");
        out.push_str(&hung(&text, &format!("[^{}]: ", number + 1), "    "));
    }
    let mut out = out.trim_start_matches('\n').to_owned();
    out.push('\n');
    out
}

/// Blocks with a blank line between them; headings only at the top, else they are strong paragraphs.
fn blocks(blocks: &[Block], top: bool) -> String {
    let mut out = String::new();
    let mut other_marks = false;
    for (at, block) in blocks.iter().enumerate() {
        // two lists in a row would be one if their marks were the same
        let before = at.checked_sub(1).and_then(|at| blocks.get(at));
        let follows_list = match (before, block) {
            (Some(Block::List(one, _)), Block::List(other, _)) => one.is_some() == other.is_some(),
            _ => false,
        };
        other_marks = follows_list && !other_marks;
        let text = match block {
            Block::Heading(level, runs) if top => {
                format!("{} {}", "#".repeat(usize::from(*level).clamp(1, 6)), inline(runs, Place::Heading))
            }
            Block::Heading(_, runs) => inline(&strong(runs), Place::Paragraph),
            Block::Paragraph(runs) => inline(runs, Place::Paragraph),
            Block::Quote(inner) => hung(&self::blocks(inner, false), "> ", "> "),
            Block::List(start, items) => list(*start, items, other_marks),
            Block::Code(text) => code(text),
            Block::Rule => "___".to_owned(),
            Block::Table(rows) => table(rows),
            Block::Picture(picture) => comment(picture),
        };
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            // a comment is taken away with its line: it needs none around it
            out.push_str(if matches!(block, Block::Picture(_)) { "\n" } else { "\n\n" });
        }
        out.push_str(&text);
    }
    out
}

fn strong(runs: &[Run]) -> Vec<Run> {
    runs.iter().cloned().map(|run| Run { look: Look { bold: true, ..run.look }, piece: run.piece }).collect()
}

/// The lines of `text`, the first behind `first`, the others behind `rest`.
fn hung(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let before = if number == 0 { first } else { rest };
        out.push_str(if line.is_empty() { before.trim_end() } else { before });
        out.push_str(line);
    }
    out
}

fn list(start: Option<u32>, items: &[Vec<Block>], other_marks: bool) -> String {
    let tight = items.iter().all(|item| is_tight(item));
    let mut out = String::new();
    for (number, item) in items.iter().enumerate() {
        let mark = match (start, other_marks) {
            (Some(start), false) => format!("{}. ", u64::from(start) + number as u64),
            (Some(start), true) => format!("{}) ", u64::from(start) + number as u64),
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
        };
        if number > 0 {
            out.push_str(if tight { "\n" } else { "\n\n" });
        }
        let text = if tight { tight_item(item) } else { blocks(item, false) };
        out.push_str(hung(&text, &mark, &" ".repeat(mark.len())).trim_end());
    }
    out
}

/// Whether an item is one paragraph, with lists in it that may follow a paragraph without a blank line.
fn is_tight(item: &[Block]) -> bool {
    item.iter().enumerate().all(|(at, block)| match block {
        Block::Paragraph(_) => at == 0,
        Block::List(start, items) => {
            at == 1
                && start.is_none_or(|start| start == 1)
                && items.iter().all(|item| !item.is_empty() && is_tight(item))
        }
        Block::Picture(_) => true,
        _ => false,
    })
}

fn tight_item(item: &[Block]) -> String {
    let texts: Vec<String> = item.iter().map(|block| blocks(std::slice::from_ref(block), false)).collect();
    texts.join("\n")
}

fn code(text: &str) -> String {
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}\n{}\n{fence}", text.trim_end_matches('\n'))
}

fn table(rows: &[Vec<Vec<Run>>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut lines = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let cells =
            (0..columns).map(|column| row.get(column).map_or_else(String::new, |runs| inline(runs, Place::Cell)));
        lines.push(format!("| {} |", cells.collect::<Vec<_>>().join(" | ")));
        if number == 0 {
            lines.push(format!("|{}", " --- |".repeat(columns)));
        }
    }
    lines.join("\n")
}

/// The place of a picture, for the writer: no reader sees it.
fn comment(picture: &Picture) -> String {
    let clean = |text: &str| {
        let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // two hyphens or a bracket could end the comment
        one_line.replace("--", "- -").replace("--", "- -").replace(['<', '>'], "")
    };
    let (name, alt) = (clean(&picture.name), clean(&picture.alt));
    let shows = if alt.is_empty() { "What it shows".to_owned() } else { alt };
    let file = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let file = if file.contains('.') && !file.contains(' ') { file } else { "picture.png" };
    format!(
        "<!-- a picture was here: {name}. To show it, put it into content/files/ and write ![{shows}](/files/{file}) -->"
    )
}

/// Whether a list of blocks has any words.
pub fn has_words(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Heading(_, runs) | Block::Paragraph(runs) => !words(runs).is_empty(),
        Block::Quote(inner) => has_words(inner),
        Block::List(_, items) => items.iter().any(|item| has_words(item)),
        Block::Code(text) => !text.is_empty(),
        Block::Table(rows) => rows.iter().flatten().any(|runs| !words(runs).is_empty()),
        Block::Rule | Block::Picture(_) => false,
    })
}
