//! A status for people: sections, each a list that fits 80 columns. Colors are always written; the printer takes them away.

mod signatures;

use std::fmt::Write as _;

use clap::builder::styling::{AnsiColor, Style};

use crate::check::Stage;
use crate::cli::build::in_words;
use crate::cli::counted;
use crate::cli::output::BOLD;
use crate::finding::Counts;
use crate::language::Date;
use crate::publish::Waiting;
use crate::report::one_line;
use crate::status::{Due, Entry, State, Status};

const LATE: Style = AnsiColor::Red.on_default().bold();
const OPEN: Style = AnsiColor::Yellow.on_default().bold();
const PLAIN: Style = Style::new();

/// The columns of a terminal that does not say, and the most that are used: longer lines are hard to read.
const COLUMNS: usize = 80;
const MOST: usize = 100;

/// The status as text.
pub(super) fn text(status: &Status, width: Option<usize>) -> String {
    let mut page = Page { out: String::new(), width: width.unwrap_or(COLUMNS).clamp(40, MOST) };
    let title = one_line(&status.toolkit);
    let _ = writeln!(page.out, "{BOLD}{title}{BOLD:#}\nstatus on {}", status.today);
    items(status, &mut page);
    due(status, &mut page);
    concerns(status, &mut page);
    accepted(status, &mut page);
    first_public(status, &mut page);
    findings(status, &mut page);
    page.out
}

/// Text that grows line by line.
struct Page {
    out: String,
    width: usize,
}

impl Page {
    fn heading(&mut self, text: &str) {
        let _ = writeln!(self.out, "\n{BOLD}{text}{BOLD:#}");
    }

    /// A line that stands `indent` columns in, in a color.
    fn line(&mut self, indent: usize, style: Style, text: &str) {
        self.row(indent, "", 0, style, text);
    }

    /// A name in a column of `column` signs and what is said of it beside it, in lines that fit. A name that does not fit
    /// has a line of its own.
    fn row(&mut self, indent: usize, name: &str, column: usize, style: Style, text: &str) {
        let (name, text) = (one_line(name), one_line(text));
        let hang = indent + column;
        let mut line = " ".repeat(indent) + &name;
        if name.chars().count() + 2 > column && !name.is_empty() {
            let _ = writeln!(self.out, "{style}{line}{style:#}");
            line.clear();
        }
        pad(&mut line, hang);
        let mut empty = true;
        let mut at = hang;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let length = word.chars().count();
            if !empty && at + 1 + length > self.width {
                let _ = writeln!(self.out, "{style}{line}{style:#}");
                line = " ".repeat(hang);
                (at, empty) = (hang, true);
            }
            if !empty {
                line.push(' ');
                at += 1;
            }
            line.push_str(word);
            at += length;
            empty = false;
        }
        let line = line.trim_end();
        if !line.is_empty() {
            let _ = writeln!(self.out, "{style}{line}{style:#}");
        }
    }
}

fn pad(line: &mut String, to: usize) {
    let there = line.chars().count();
    line.push_str(&" ".repeat(to.saturating_sub(there)));
}

/// The column for names: as wide as the widest that is not too wide.
fn column<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    const WIDEST: usize = 34;
    names.map(|name| name.chars().count() + 2).filter(|width| *width <= WIDEST).max().unwrap_or(2)
}

fn items(status: &Status, page: &mut Page) {
    page.heading("Items");
    if status.items.is_empty() {
        page.line(2, PLAIN, "none yet: `onevoice new message ID` makes the first");
    }
    for state in State::ALL {
        let list: Vec<&Entry> = status.items.iter().filter(|entry| entry.state == state).collect();
        if list.is_empty() {
            continue;
        }
        let style = if state == State::InReview { OPEN } else { BOLD };
        page.line(2, style, &format!("{} ({})", state.name(), list.len()));
        match state {
            State::Draft | State::Withdrawn | State::Signed | State::Published => {
                by_folder(&list, page);
                let again = |entry: &&Entry| signatures::asked_again(entry).is_some();
                one_by_one(&list.into_iter().filter(again).collect::<Vec<_>>(), page);
            }
            State::Embargoed | State::InReview => one_by_one(&list, page),
        }
    }
}

/// `messages  safer, follow-up`: items that need nothing, in few lines.
fn by_folder(list: &[&Entry], page: &mut Page) {
    let folder = |entry: &&Entry| entry.item.split('/').next().unwrap_or_default().to_owned();
    let mut folders: Vec<(String, Vec<String>)> = Vec::new();
    for entry in list {
        let folder = folder(entry);
        let mut name = entry.item.get(folder.len() + 1..).unwrap_or_default().to_owned();
        // of what only partners read, tough questions are known by their kind
        if entry.edition == "partners" && entry.kind != "tough-question" {
            name += " (partners)";
        }
        match folders.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, names)) => names.push(name),
            None => folders.push((folder, vec![name])),
        }
    }
    let column = column(folders.iter().map(|(folder, _)| folder.as_str()));
    for (folder, names) in &folders {
        let whose = if folder == "tough-questions" { "partners: " } else { "" };
        page.row(4, folder, column, PLAIN, &format!("{whose}{}", names.join(", ")));
    }
}

fn one_by_one(list: &[&Entry], page: &mut Page) {
    let column = column(list.iter().map(|entry| entry.item.as_str()));
    for entry in list {
        let until = entry.embargo.map(|day| format!("until {day}"));
        let signatures = signatures::missing(entry).into_iter().chain(signatures::asked_again(entry));
        let text: Vec<String> = until.into_iter().chain(signatures).collect();
        page.row(4, &entry.item, column, PLAIN, &text.join("; "));
        signatures::changed(entry, 4 + column, page);
    }
}

fn due(status: &Status, page: &mut Page) {
    page.heading("Due");
    if status.due.is_empty() {
        page.line(2, PLAIN, "nothing has a date");
    }
    let mut rest = status.due.as_slice();
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|due| due.date == first.date && due.what == first.what).count();
        let (group, after) = rest.split_at(same);
        let names =
            if first.date.unix_days() - status.today.unix_days() > FAR { in_short(group) } else { names(group) };
        let style = if first.overdue { LATE } else { PLAIN };
        page.row(
            2,
            &first.date.to_string(),
            12,
            style,
            &format!("{}, {}", first.what.name(), when(first, status.today)),
        );
        page.row(2, "", 12, PLAIN, &names);
        rest = after;
    }
}

/// Days from which on many things of one day are counted and not named.
const FAR: i64 = 90;

fn names(group: &[Due]) -> String {
    group.iter().map(|due| due.item.as_str()).collect::<Vec<_>>().join(", ")
}

/// `24 faqs, 8 messages`, where there are more than a few.
fn in_short(group: &[Due]) -> String {
    const FEW: usize = 6;
    if group.len() <= FEW {
        return names(group);
    }
    let mut folders: Vec<(&str, usize)> = Vec::new();
    for due in group {
        let folder = due.item.split('/').next().unwrap_or_default();
        match folders.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, count)) => *count += 1,
            None => folders.push((folder, 1)),
        }
    }
    folders.iter().map(|(folder, count)| format!("{count} in {folder}")).collect::<Vec<_>>().join(", ")
}

fn when(due: &Due, today: Date) -> String {
    let days = due.date.unix_days() - today.unix_days();
    let count = counted(usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX), "day");
    match days {
        0 => "today".to_owned(),
        ..0 => format!("{count} overdue"),
        _ => format!("in {count}"),
    }
}

fn concerns(status: &Status, page: &mut Page) {
    let (gaps, answered): (Vec<_>, Vec<_>) = status.coverage.iter().partition(|concern| concern.answers.is_empty());
    if !gaps.is_empty() {
        let heading = format!("Concerns that nothing answers ({} of {})", gaps.len(), status.coverage.len());
        page.heading(&heading);
        let column = column(gaps.iter().map(|concern| concern.audience.as_str()));
        for concern in gaps {
            page.row(2, &concern.audience, column, OPEN, &concern.concern);
            page.row(2, "", column, PLAIN, &format!("\"{}\"", concern.says));
            if !concern.waiting.is_empty() {
                page.row(2, "", column, PLAIN, &format!("not out yet: {}", concern.waiting.join(", ")));
            }
        }
    }
    page.heading("Concerns and what answers them");
    if answered.is_empty() {
        page.line(2, PLAIN, "none yet");
    }
    let mut audience = "";
    let column = column(answered.iter().map(|concern| concern.concern.as_str()));
    for concern in answered {
        if concern.audience != audience {
            audience = &concern.audience;
            page.line(2, BOLD, audience);
        }
        page.row(4, &concern.concern, column, PLAIN, &concern.answers.join(", "));
    }
}

fn accepted(status: &Status, page: &mut Page) {
    page.heading(&format!("Accepted findings ({})", status.accepted.len()));
    if status.accepted.is_empty() {
        page.line(2, PLAIN, "none");
    }
    let column = column(status.accepted.iter().map(|note| note.rule.as_str()));
    for note in &status.accepted {
        let count = if note.findings == 1 { String::new() } else { format!(" ({} findings)", note.findings) };
        page.row(2, &note.rule, column, PLAIN, &format!("{}:{}{count}", note.file, note.line));
        page.row(2, "", column, PLAIN, &format!("because {}", note.reason));
    }
}

fn first_public(status: &Status, page: &mut Page) {
    page.heading("Public for the first time at the next publish");
    for Waiting { place, last, items } in &status.first_public {
        let Some(day) = last else {
            page.line(
                2,
                PLAIN,
                &format!("{place}, where nothing was published yet: all {}", counted(items.len(), "item")),
            );
            continue;
        };
        page.line(2, BOLD, &format!("{place}, last on {day}"));
        page.line(4, PLAIN, &if items.is_empty() { "nothing".to_owned() } else { items.join(", ") });
    }
}

fn findings(status: &Status, page: &mut Page) {
    page.heading("Findings");
    for (stage, name) in [(Stage::Preview, "while writing"), (Stage::Publishing, "when publishing")] {
        let counts = status.counts(stage);
        let style = if counts.error > 0 { LATE } else { PLAIN };
        let text = if counts == Counts::default() { "none".to_owned() } else { in_words(counts) };
        page.row(2, name, 17, style, &text);
    }
    let error = status.counts(Stage::Preview).error > 0;
    if error {
        page.line(2, PLAIN, "a file with an error may be missing above; `onevoice check` shows what is to be mended");
    } else if status.counts(Stage::Publishing) != Counts::default() {
        page.line(2, PLAIN, "`onevoice check --for publish` shows them");
    }
}
