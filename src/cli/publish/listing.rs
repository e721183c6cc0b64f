//! What would change for readers, as text. Colors are always written; the printer takes them away, and the signs
//! `[-gone-]` and `{+new+}` stay.

use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};

use crate::cli::counted;
use crate::cli::output::BOLD;
use crate::language::difference::{Row, rows};
use crate::publish::Prepared;
use crate::publish::changes::{Difference, Files, New, What};
use crate::publish::hosts;
use crate::report::one_line;

const GONE: Style = AnsiColor::Red.on_default();
const CAME: Style = AnsiColor::Green.on_default();
const FIRST: Style = AnsiColor::Yellow.on_default().bold();
const PLAIN: Style = Style::new();

/// The columns of a terminal that does not say, and the most that are used: longer lines are hard to read.
const COLUMNS: usize = 80;
const MOST: usize = 100;
/// How many things of a sort have a line each; more are named in few lines.
const FEW: usize = 20;
/// How many words of what is the same are shown beside a change.
const BESIDE: usize = 6;

/// What is new, changed and gone.
pub(super) fn text(prepared: &Prepared, place: &str, verbose: bool, width: Option<usize>) -> String {
    let width = width.unwrap_or(COLUMNS).clamp(40, MOST);
    let mut page = Page { out: String::new(), width };
    let changes = &prepared.changes;
    let compared = match (&prepared.last, prepared.is_first) {
        (_, true) => format!("nothing was published to {place} before"),
        (Some(day), _) => format!("compared with what was published to {place} on {day}"),
        (None, _) => format!("compared with what stands in {place}"),
    };
    page.line(0, &compared);
    let (first, style) = if prepared.is_public() { ("public for the first time", FIRST) } else { ("new", BOLD) };
    page.things(first, style, &changes.first);
    page.things("public again", BOLD, &changes.again);
    if !changes.changed.is_empty() {
        page.heading("changed", BOLD, changes.changed.len());
        for changed in &changes.changed {
            page.line(2, &changed.name);
            for difference in joined(&changed.differences) {
                page.difference(&difference);
            }
        }
    }
    page.things("removed", BOLD, &changes.removed);
    page.files(&changes.files, verbose);
    page.by_others("changed there by others, and written anew", &changes.by_others.changed, verbose);
    page.by_others("missing there, and written anew", &changes.by_others.missing, verbose);
    if prepared.is_another_day && !changes.files.changed.is_empty() {
        page.line(2, "a page that carries the day in its foot differs on another day");
    }
    page.out
}

/// Numbered steps; lines that begin with spaces belong to the step above.
pub(super) fn steps<'a>(title: &str, steps: impl IntoIterator<Item = &'a str>, written: &str, root: &str) -> String {
    let mut out = format!("\n{BOLD}next, at {title}{BOLD:#}\n");
    let mut number = 0;
    for step in steps {
        let line = hosts::filled(step, written, root);
        if let Some(typed) = line.strip_prefix("  ") {
            let _ = writeln!(out, "       {typed}");
        } else {
            number += 1;
            let _ = writeln!(out, "  {number}. {line}");
        }
    }
    out
}

/// Text that grows line by line.
struct Page {
    out: String,
    width: usize,
}

impl Page {
    fn heading(&mut self, text: &str, style: Style, count: usize) {
        let _ = writeln!(self.out, "\n{style}{text} ({count}){style:#}");
    }

    fn line(&mut self, indent: usize, text: &str) {
        let words: Vec<(String, Style)> = one_line(text).split(' ').map(|word| (word.to_owned(), PLAIN)).collect();
        self.words(indent, &words);
    }

    /// Words in lines that fit, each in its color.
    fn words(&mut self, indent: usize, words: &[(String, Style)]) {
        let mut at = 0;
        for (word, style) in words.iter().filter(|(word, _)| !word.is_empty()) {
            let length = word.chars().count();
            if at == 0 {
                self.out.push_str(&" ".repeat(indent));
                at = indent;
            } else if at + 1 + length > self.width {
                let _ = write!(self.out, "\n{}", " ".repeat(indent + 2));
                at = indent + 2;
            } else {
                self.out.push(' ');
                at += 1;
            }
            let _ = write!(self.out, "{style}{word}{style:#}");
            at += length;
        }
        self.out.push('\n');
    }

    fn things(&mut self, heading: &str, style: Style, things: &[New]) {
        if things.is_empty() {
            return;
        }
        self.heading(heading, style, things.len());
        if things.len() > FEW {
            return self.by_folder(things);
        }
        for thing in things {
            let mut line = thing.name.clone();
            if !thing.title.is_empty() {
                line += &format!(" \"{}\"", thing.title.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            if !thing.audiences.is_empty() {
                line += &format!(" for {}", thing.audiences.join(", "));
            }
            self.line(2, &line);
        }
    }

    /// `messages: safer, follow-up`.
    fn by_folder(&mut self, things: &[New]) {
        let mut folders: Vec<(&str, Vec<&str>)> = Vec::new();
        for thing in things {
            let (folder, id) = thing.name.split_once('/').unwrap_or(("", &thing.name));
            match folders.iter_mut().find(|(known, _)| *known == folder) {
                Some((_, ids)) => ids.push(id),
                None => folders.push((folder, vec![id])),
            }
        }
        for (folder, ids) in folders {
            self.line(2, &format!("{folder} ({}): {}", ids.len(), ids.join(", ")));
        }
    }

    fn difference(&mut self, difference: &Difference) {
        let who = if difference.audiences.is_empty() {
            String::new()
        } else {
            format!(" for {}", difference.audiences.join(", "))
        };
        match &difference.what {
            What::Here => self.line(4, &format!("new{who}")),
            What::Gone => self.line(4, &format!("gone{who}")),
            What::Moved { before, after } => self.line(4, &format!("moved{who}: {before} to {after}")),
            What::Words { key, before, after } => {
                self.line(4, &format!("{key}{who}"));
                let words = marked(before, after);
                self.words(6, &words);
            }
        }
    }

    /// What somebody else did to what was published.
    fn by_others(&mut self, heading: &str, paths: &[String], verbose: bool) {
        if paths.is_empty() {
            return;
        }
        self.heading(heading, FIRST, paths.len());
        let shown = if verbose { paths.len() } else { FEW };
        paths.iter().take(shown).for_each(|path| self.line(2, path));
        if paths.len() > shown {
            self.line(2, &format!("and {}; `--verbose` names all", counted(paths.len() - shown, "more file")));
        }
    }

    fn files(&mut self, files: &Files, verbose: bool) {
        if files.is_empty() {
            let _ = writeln!(self.out, "\nno file differs");
            return;
        }
        let sorts = [("new", &files.new), ("changed", &files.changed), ("removed", &files.removed)];
        let sort = |(name, list): &(&str, &Vec<String>)| {
            let pages = list.iter().filter(|path| path.ends_with(".html")).count();
            let others = list.len() - pages;
            let counts = [(pages, "page"), (others, "other file")].into_iter().filter(|(count, _)| *count > 0);
            let counts: Vec<String> = counts.map(|(count, what)| counted(count, what)).collect();
            format!("{name}: {}", if counts.is_empty() { "none".to_owned() } else { counts.join(", ") })
        };
        let _ = writeln!(self.out);
        self.line(0, &format!("all files: {}", sorts.iter().map(sort).collect::<Vec<_>>().join("; ")));
        // what is gone may have to be deleted at the host by hand
        let told = |name: &str, count: usize| verbose || (name == "removed" && count <= FEW);
        for (name, list) in sorts.iter().filter(|(name, list)| told(name, list.len())) {
            list.iter().for_each(|path| self.line(2, &format!("{name} {path}")));
        }
    }
}

/// A key, and its words with their colors.
type Shown = (String, Vec<(String, Style)>);

/// Differences that are shown by the same words, each once: texts that differ by audience may change in the same place.
fn joined(differences: &[Difference]) -> Vec<Difference> {
    let shown = |what: &What| match what {
        What::Words { key, before, after } => Some((key.clone(), marked(before, after))),
        _ => None,
    };
    let mut all: Vec<(Option<Shown>, Difference)> = Vec::new();
    for difference in differences {
        let words = shown(&difference.what);
        match all.iter_mut().find(|(other, _)| words.is_some() && *other == words) {
            Some((_, other)) => other.audiences.extend(difference.audiences.iter().cloned()),
            None => all.push((words, difference.clone())),
        }
    }
    all.into_iter().map(|(_, difference)| difference).collect()
}

/// The words of both texts with what went and what came marked; what is the same only beside a change.
fn marked(before: &str, after: &str) -> Vec<(String, Style)> {
    let rows = rows(before, after);
    let last = rows.len().saturating_sub(1);
    let mut out: Vec<(String, Style)> = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        match row {
            Row::Same(text) => {
                let words: Vec<&str> = text.split_whitespace().collect();
                let (head, tail) = (if n == 0 { 0 } else { BESIDE }, if n == last { 0 } else { BESIDE });
                let plain = |word: &&str| (one_line(word), PLAIN);
                if words.len() <= head + tail + 1 {
                    out.extend(words.iter().map(plain));
                } else {
                    out.extend(words.iter().take(head).map(plain));
                    out.push(("…".to_owned(), PLAIN));
                    out.extend(words.iter().skip(words.len() - tail).map(plain));
                }
            }
            Row::Gone(text) => mark(text, ("[-", "-]"), GONE, &mut out),
            Row::New(text) => mark(text, ("{+", "+}"), CAME, &mut out),
        }
    }
    out
}

fn mark(text: &str, (open, close): (&str, &str), style: Style, out: &mut Vec<(String, Style)>) {
    let from = out.len();
    out.extend(text.split_whitespace().map(|word| (one_line(word), style)));
    if let Some((word, _)) = out.get_mut(from) {
        word.insert_str(0, open);
    }
    if let Some((word, _)) = out.last_mut() {
        word.push_str(close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        marked(before, after).into_iter().map(|(word, _)| word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_change_stands_among_a_few_words_of_what_is_the_same() {
        assert_eq!(told("You decide.", "You decide first."), "You [-decide.-] {+decide first.+}");
        let words = |n: usize| (0..n).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        let (before, after) = (format!("{} old {}", words(20), words(20)), format!("{} new {}", words(20), words(20)));
        assert_eq!(told(&before, &after), "… w14 w15 w16 w17 w18 w19 [-old-] {+new+} w0 w1 w2 w3 w4 w5 …");
    }

    #[test]
    fn no_sign_of_a_text_reaches_the_terminal_as_a_command() {
        assert!(!told("a \u{1b}[2Jb", "a c").contains('\u{1b}'));
    }
}
