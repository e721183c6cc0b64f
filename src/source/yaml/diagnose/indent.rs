//! Which of two lines that do not stand as they should has slipped.
//!
//! A parser stops at the first line that it can't place. Where the line above it has lost its spaces, that one is right.

use super::{Case, Slip};
use crate::finding::YamlTrouble;
use crate::source::yaml::outline::{Inside, Line};

/// A column at which lines above started, and that a line below may start at.
#[derive(Clone, Copy)]
struct Level {
    column: usize,
    /// The number of the line that started there last.
    line: usize,
    /// Whether entries of a list start there, with keys in them.
    list: bool,
}

impl Case<'_> {
    pub(super) fn indent_in_block(&self, line: &Line) -> Option<Slip> {
        let Inside::Block(first) = line.inside else { return None };
        let lines = &self.outline.lines;
        let above = lines.get(first)?;
        let header = first.checked_sub(1)?;
        // a key that opens a text has lost its spaces, so that the next key seems to be a part of the text
        if line.indent < above.indent
            && line.key_or_dash(self)
            && let Some(lost) = self.lost(header, line)
        {
            return Some(lost);
        }
        (above.indent != line.indent).then(|| slipped(line, above.indent, above.number))
    }

    /// A line above that has lost spaces, so that this one, which is right, can't be placed.
    pub(super) fn lost_indent(&self, line: &Line) -> Option<Slip> {
        if !matches!(line.inside, Inside::Nothing | Inside::Plain(_)) {
            return None;
        }
        let lines = self.outline.lines.get(..self.number)?;
        let lost = lines.iter().rposition(|above| {
            matches!(above.inside, Inside::Nothing | Inside::Plain(_)) && above.indent < line.indent
        })?;
        self.lost(lost, line).or_else(|| self.first_entry(line))
    }

    /// Whether the line of this number has lost spaces: the lines above it stand where `line` does, and not `line` alone.
    fn lost(&self, number: usize, line: &Line) -> Option<Slip> {
        let lines = &self.outline.lines;
        let above = lines.get(number).filter(|above| above.indent < line.indent)?;
        // where this line can be placed, nothing above it is wrong
        if self.levels(self.number).iter().any(|level| level.column == line.indent) {
            return None;
        }
        let levels = self.levels(number);
        let at = levels.iter().position(|level| level.column == line.indent)?;
        let more = lines.get(self.number + 1).is_some_and(|next| next.indent >= line.indent);
        let is_text = above.key.is_none() && !above.key_or_dash(self);
        if !(more || is_text || above.value.is_empty()) {
            return None;
        }
        if is_text && let Some(opens) = number.checked_sub(1).and_then(|before| lines.get(before)) {
            let wanted = opens.indent + 2;
            return Some(Slip::new(
                above.span.clone(),
                YamlTrouble::IndentOfText { found: above.indent, wanted, line: opens.number },
            ));
        }
        // a key between the keys of an entry stands where these do, not where the dash is
        let is_dash = self.outline.slice(above.span.start + above.indent..above.span.end).starts_with('-');
        let level = levels.get(at + usize::from(levels[at].list && !is_dash)).or_else(|| levels.get(at))?;
        Some(slipped(above, level.column, level.line))
    }

    /// The first entry below a key that opens several has slipped to the left: the next one is right.
    fn first_entry(&self, line: &Line) -> Option<Slip> {
        let lines = &self.outline.lines;
        let before = self.number.checked_sub(1).and_then(|number| lines.get(number))?;
        let above = self.number.checked_sub(2).and_then(|number| lines.get(number))?;
        let is_entry = |line: &Line| line.inside == Inside::Nothing && line.key.is_some();
        let opens = is_entry(above) && above.value.is_empty() && above.indent == before.indent;
        let lost = opens && is_entry(before) && !before.value.is_empty() && before.indent < line.indent;
        lost.then(|| slipped(before, line.indent, line.number))
    }

    pub(super) fn indent(&self, line: &Line) -> Option<Slip> {
        if !matches!(line.inside, Inside::Nothing | Inside::Plain(_)) {
            return None;
        }
        let levels = self.levels(self.number);
        if let Some(at) = levels.iter().position(|level| level.column == line.indent) {
            // a key at the dash of its entry belongs to the keys in it
            let inner = levels.get(at + 1).filter(|_| levels[at].list && line.key.is_some())?;
            let is_dash = self.outline.slice(line.span.start + line.indent..line.span.end).starts_with('-');
            return (!is_dash).then(|| slipped(line, inner.column, inner.line));
        }
        let nearest = levels.into_iter().rev().min_by_key(|level| level.column.abs_diff(line.indent))?;
        Some(slipped(line, nearest.column, nearest.line))
    }

    /// Where lines may start below the first `number` lines.
    fn levels(&self, number: usize) -> Vec<Level> {
        let mut levels: Vec<Level> = Vec::new();
        let lines = self.outline.lines.get(..number).unwrap_or_default();
        for line in lines.iter().filter(|line| line.inside == Inside::Nothing) {
            let inner = line.key.as_ref().map_or(line.value.start, |key| key.start) - line.span.start;
            levels.retain(|level| level.column < line.indent);
            levels.push(Level {
                column: line.indent,
                line: line.number,
                list: inner > line.indent && line.key.is_some(),
            });
            if inner > line.indent {
                levels.push(Level { column: inner, line: line.number, list: false });
            }
        }
        levels
    }
}

impl Line {
    /// Whether it looks like an entry, also where it is taken for the inside of a text.
    fn key_or_dash(&self, case: &Case<'_>) -> bool {
        let text = case.outline.slice(self.span.start + self.indent..self.span.end);
        let name = text.split(':').next().unwrap_or_default();
        text.starts_with("- ") || (text.len() > name.len() && super::is_name(name))
    }
}

fn slipped(line: &Line, above: usize, number: usize) -> Slip {
    let start = line.span.start + line.indent;
    // the indent itself, or the first word where there is none
    let span = if line.indent > 0 { line.span.start..start } else { start..line.span.end };
    Slip::new(span, YamlTrouble::Indent { found: line.indent, above, line: number })
}
