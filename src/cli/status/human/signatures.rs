//! Sign-offs that are missing, and what changed since they were given: by words, marked in color and in signs.

use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};

use super::{PLAIN, Page};
use crate::language::Date;
use crate::report::one_line;
use crate::status::{Change, Entry, Gone, Words};

const WENT: Style = AnsiColor::Red.on_default();
const CAME: Style = AnsiColor::Green.on_default();

/// Words that did not change are shown so many before and behind those that did.
const AROUND: usize = 5;

/// `needs editor for everyone; police chief for police (changed since 2026-10-01)`.
pub(super) fn missing(entry: &Entry) -> Option<String> {
    by_role(entry, &entry.missing).map(|roles| format!("needs {roles}"))
}

/// `asked again: sergeant for police (changed since 2026-10-01)`, of roles that hold up nothing.
pub(super) fn asked_again(entry: &Entry) -> Option<String> {
    let stale: Vec<Gone> = entry.asked.iter().filter(|gone| gone.changed_since.is_some()).cloned().collect();
    by_role(entry, &stale).map(|roles| format!("asked again: {roles}"))
}

fn by_role(entry: &Entry, all: &[Gone]) -> Option<String> {
    let mut roles: Vec<(&str, Vec<&Gone>)> = Vec::new();
    for gone in all {
        match roles.iter_mut().find(|(role, _)| *role == gone.role) {
            Some((_, list)) => list.push(gone),
            None => roles.push((&gone.role, vec![gone])),
        }
    }
    let texts: Vec<String> = roles
        .iter()
        .map(|(role, list)| {
            let since = list.first().and_then(|gone| gone.changed_since);
            let same = list.iter().all(|gone| gone.changed_since == since);
            let changed = |since: Option<Date>| since.map_or_else(String::new, |day| format!(" (changed since {day})"));
            if same && list.len() == entry.audiences.len() && list.len() > 1 {
                return format!("{role} for everyone{}", changed(since));
            }
            let names: Vec<String> =
                list.iter().map(|gone| format!("{}{}", gone.audience, changed(gone.changed_since))).collect();
            format!("{role} for {}", names.join(", "))
        })
        .collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}

/// What changed, once for all who read the same change: the keys that differ, with the words around.
pub(super) fn changed(entry: &Entry, hang: usize, page: &mut Page) {
    let mut all: Vec<Since<'_>> = Vec::new();
    for gone in entry.missing.iter().chain(&entry.asked) {
        let (Some(day), Some(changes)) = (gone.changed_since, gone.changes.as_deref()) else { continue };
        if let Some(known) = all.iter_mut().find(|known| known.day == day && known.changes == changes) {
            add(&mut known.readers, &gone.audience);
            add(&mut known.roles, &gone.role);
        } else {
            all.push(Since { day, changes, readers: vec![&gone.audience], roles: vec![&gone.role] });
        }
    }
    for Since { day, changes, readers, roles } in all {
        let line = format!("changed for {} since {day} ({})", readers.join(", "), roles.join(", "));
        page.line(hang, PLAIN, &line);
        for change in changes {
            let key = if change.key.is_empty() { Vec::new() } else { vec![(PLAIN, format!("{}:", change.key))] };
            styled(hang + 2, key.into_iter().chain(marked(&change.words)), page);
        }
    }
}

/// What changed since a day, for whom, and of whose signed words.
struct Since<'a> {
    day: Date,
    changes: &'a [Change],
    readers: Vec<&'a str>,
    roles: Vec<&'a str>,
}

fn add<'a>(names: &mut Vec<&'a str>, name: &'a str) {
    if !names.contains(&name) {
        names.push(name);
    }
}

/// What went in `[-…-]`, what came in `{+…+}`, so that no color is needed.
fn marked(words: &[Words]) -> impl Iterator<Item = (Style, String)> {
    words.iter().enumerate().flat_map(move |(n, row)| {
        let (text, style, open, close) = match row {
            Words::Same(text) => return around(text, n == 0, n + 1 == words.len()),
            Words::Gone(text) => (text, WENT, "[-", "-]"),
            Words::New(text) => (text, CAME, "{+", "+}"),
        };
        let words = format!("{open}{}{close}", one_line(text.trim()));
        words.split_whitespace().map(|word| (style, word.to_owned())).collect()
    })
}

/// The words that stand beside a change.
fn around(text: &str, first: bool, last: bool) -> Vec<(Style, String)> {
    let text = one_line(text);
    let all: Vec<&str> = text.split_whitespace().collect();
    let (before, behind) = (if first { 0 } else { AROUND }, if last { 0 } else { AROUND });
    let plain = |word: &&str| (PLAIN, (*word).to_owned());
    if all.len() <= before + behind + 1 {
        return all.iter().map(plain).collect();
    }
    let behind = all.len() - behind;
    let dots = [(PLAIN, "…".to_owned())];
    all.iter().take(before).map(plain).chain(dots).chain(all.iter().skip(behind).map(plain)).collect()
}

/// Words of their own colors in lines that fit, `hang` columns in.
fn styled(hang: usize, words: impl Iterator<Item = (Style, String)>, page: &mut Page) {
    let mut at = 0;
    for (style, word) in words {
        let length = word.chars().count();
        if at > 0 && at + 1 + length > page.width {
            page.out.push('\n');
            at = 0;
        }
        let space = if at == 0 { hang } else { 1 };
        let _ = write!(page.out, "{}{style}{word}{style:#}", " ".repeat(space));
        at += space + length;
    }
    page.out.push('\n');
}
