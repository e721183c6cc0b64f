//! A document as a list of blocks: what the readers of all formats make, and what is written as Markdown.

use std::rc::Rc;

use super::left_out::{LeftOut, Picture};

/// A document.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its blocks in their order.
    pub blocks: Vec<Block>,
    /// Its footnotes: [`Piece::Note`] counts from 0 in this list.
    pub notes: Vec<Vec<Block>>,
    /// What did not come along.
    pub left_out: LeftOut,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading; 0 is a title, 1 to 9 are levels.
    Heading(u8, Vec<Run>),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A list: numbered from the given number on, or with bullets.
    List(Option<u32>, Vec<Vec<Block>>),
    /// Lines that are kept as they are.
    Code(String),
    /// A line across.
    Rule,
    /// A table: rows of cells, the first row its head.
    Table(Vec<Vec<Vec<Run>>>),
    /// The place of a picture.
    Picture(Picture),
}

/// A piece of a paragraph in one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What it is.
    pub piece: Piece,
    /// How it looks.
    pub look: Look,
}

/// What a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A new line in the same paragraph.
    Break,
    /// The mark of a footnote.
    Note(usize),
}

/// How a run looks, and where it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Strong.
    pub bold: bool,
    /// Stressed.
    pub italic: bool,
    /// Struck out.
    pub struck: bool,
    /// Typed as code.
    pub code: bool,
    /// The address it leads to.
    pub link: Option<Rc<str>>,
}

impl Run {
    /// Words.
    pub fn text(text: impl Into<String>, look: &Look) -> Self {
        Self { piece: Piece::Text(text.into()), look: look.clone() }
    }

    /// A new line.
    pub fn line_break() -> Self {
        Self { piece: Piece::Break, look: Look::default() }
    }
}

/// Whether an address may stand in a text: to other sites, mailboxes and phones.
pub fn may_lead_to(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else { return false };
    let known = ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    known && !rest.trim_matches('/').is_empty() && address.len() <= 2_000
}

/// The runs with kinds of space made one, none at the ends and beside line breaks, and equal neighbors joined; what no
/// text may hold is dropped.
pub fn tidy(runs: Vec<Run>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut spaced = true;
    for run in runs {
        match run.piece {
            Piece::Text(text) => {
                let mut kept = String::with_capacity(text.len());
                for sign in text.chars().filter(|sign| !is_dropped(*sign)) {
                    let space = is_space(sign);
                    if !space {
                        kept.push(sign);
                    } else if !spaced {
                        kept.push(' ');
                    }
                    spaced = space;
                }
                if kept.is_empty() {
                    continue;
                }
                match out.last_mut() {
                    Some(Run { piece: Piece::Text(before), look }) if *look == run.look => before.push_str(&kept),
                    _ => out.push(Run { piece: Piece::Text(kept), look: run.look }),
                }
            }
            Piece::Break => {
                trim_end(&mut out);
                if out.is_empty() {
                    continue;
                }
                out.push(Run::line_break());
                spaced = true;
            }
            Piece::Note(_) => {
                out.push(run);
                spaced = false;
            }
        }
    }
    while out.last().is_some_and(|run| run.piece == Piece::Break) || trim_end(&mut out) {
        if out.last().is_some_and(|run| run.piece == Piece::Break) {
            out.pop();
        }
    }
    out
}

/// Takes spaces from the end; whether a run went away with them.
fn trim_end(runs: &mut Vec<Run>) -> bool {
    let Some(Run { piece: Piece::Text(text), .. }) = runs.last_mut() else { return false };
    text.truncate(text.trim_end_matches(' ').len());
    let empty = text.is_empty();
    if empty {
        runs.pop();
    }
    empty
}

/// The spaces of files, also the line ends that only some systems know; a no-break space stays itself.
fn is_space(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Signs that show nothing and that no text needs: controls, marks of byte order, hyphens that only may be there,
/// signs that only one font knows.
fn is_dropped(sign: char) -> bool {
    (sign.is_control() && !is_space(sign))
        || matches!(sign, '\u{ad}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{fffc}' | '\u{e000}'..='\u{f8ff}')
}

/// The words alone.
pub fn words(runs: &[Run]) -> String {
    runs.iter()
        .map(|run| match &run.piece {
            Piece::Text(text) => text.as_str(),
            Piece::Break => " ",
            Piece::Note(_) => "",
        })
        .collect()
}

/// The blocks as one paragraph, as the cell of a table holds it; whether that changed them.
pub fn as_one_line(blocks: Vec<Block>, out: &mut Vec<Run>) -> bool {
    let mut changed = blocks.iter().filter(|block| !matches!(block, Block::Picture(_))).count() > 1;
    for block in blocks {
        if !words(out).is_empty() {
            out.push(Run::text(" ", &Look::default()));
        }
        match block {
            Block::Heading(_, runs) | Block::Paragraph(runs) => out.extend(runs),
            Block::Quote(inner) => changed |= as_one_line(inner, out),
            Block::List(_, items) => {
                changed = true;
                for item in items {
                    as_one_line(item, out);
                }
            }
            Block::Table(rows) => {
                changed = true;
                for runs in rows.into_iter().flatten() {
                    out.extend(runs);
                    out.push(Run::text(" ", &Look::default()));
                }
            }
            Block::Code(text) => out.push(Run { piece: Piece::Text(text), look: Look::default() }),
            Block::Rule | Block::Picture(_) => {}
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_one_and_none_stand_at_the_ends() {
        let bold = Look { bold: true, ..Look::default() };
        let plain = Look::default();
        let runs = tidy(vec![
            Run::text(" \n One", &plain),
            Run::text("\t two ", &plain),
            Run::text("  three \u{0}", &bold),
            Run::line_break(),
            Run::text(" four", &plain),
            Run::text("  ", &bold),
            Run::line_break(),
        ]);
        assert_eq!(
            runs,
            [Run::text("One two ", &plain), Run::text("three", &bold), Run::line_break(), Run::text("four", &plain)]
        );
        assert!(tidy(vec![Run::text(" ", &bold), Run::line_break(), Run::line_break()]).is_empty());
    }

    #[test]
    fn a_link_leads_to_sites_mailboxes_and_phones() {
        for good in ["https://example.org/a?b=c", "HTTP://example.org", "mailto:a@example.org", "tel:+1-555"] {
            assert!(may_lead_to(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "a.html", "#top", "//example.org", "file:///x", "data:x,y", "https://", "fact:x"]
        {
            assert!(!may_lead_to(bad), "{bad}");
        }
    }
}
