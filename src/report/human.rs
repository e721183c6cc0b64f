//! For people: the line itself with carets below, what stands there, what to type.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

use crate::finding::{Finding, Place, Severity};

/// How a terminal wants it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Look {
    /// With escape codes for colour.
    pub color: bool,
    /// Columns; longer source lines are cut with `...`. Without it 140.
    pub width: Option<usize>,
    /// Lines drawn with box characters instead of `|` and `-->`.
    pub unicode: bool,
}

/// Writes `findings`, an empty line between two of them.
///
/// # Errors
/// What `out` returns.
pub fn human(findings: &[Finding], look: Look, out: &mut dyn io::Write) -> io::Result<()> {
    let mut renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    renderer = renderer.decor_style(if look.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii });
    if let Some(width) = look.width {
        renderer = renderer.term_width(width);
    }
    for (n, finding) in findings.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", renderer.render(&[group(finding)]))?;
    }
    Ok(())
}

fn group(finding: &Finding) -> Group<'static> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(line(&finding.message)).id(finding.rule.to_string());
    let mut group = Group::with_title(title);
    let mut windows = Vec::new();
    if finding.place.line == 0 {
        group = group.element(Origin::path(line(&finding.place.file)));
    } else {
        show(&mut windows, &finding.place, &finding.label, AnnotationKind::Primary);
    }
    for related in finding.related.iter().filter(|related| related.place.line > 0) {
        show(&mut windows, &related.place, &related.label, AnnotationKind::Context);
    }
    for window in windows {
        let origin = window
            .cut
            .map(|(line_number, column)| Origin::path(line(&window.file)).line(line_number).char_column(column));
        if let Some(origin) = origin {
            group = group.element(origin);
        }
        group = group.element(window.snippet());
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(shown(help)));
    }
    if !finding.audiences.is_empty() {
        group = group.element(Level::NOTE.with_name("seen by").message(line(&finding.audiences.join(", "))));
    }
    // a file that can't be read has no line to show
    let label = (finding.place.line == 0 && !finding.label.is_empty()).then(|| finding.label.clone());
    let whole = finding.related.iter().filter(|related| related.place.line == 0);
    let notes = label.into_iter().chain(finding.notes.iter().cloned());
    let notes = notes.chain(whole.map(|related| format!("{}: {}", related.place.file, related.label)));
    notes.fold(group, |group, note| group.element(Level::NOTE.message(shown(&note))))
}

/// Neighbouring lines of one file, and the places in them.
struct Window {
    file: Arc<str>,
    lines: BTreeMap<usize, String>,
    marks: Vec<Mark>,
    /// Line and column of the place, where the line is too long to be shown from its start.
    cut: Option<(usize, usize)>,
}

/// A place in a window: line and byte of its start and end.
struct Mark {
    kind: AnnotationKind,
    label: String,
    start: (usize, usize),
    end: (usize, usize),
}

/// Adds `place` to the window whose lines it touches, so that neighbours are read as one text; else a new window.
fn show(windows: &mut Vec<Window>, place: &Place, label: &str, kind: AnnotationKind) {
    let lines: BTreeMap<usize, String> =
        (place.line..).zip(place.text.split('\n')).map(|(n, text)| (n, source(text.trim_end_matches('\r')))).collect();
    let at = |offset: usize| {
        let before = place.text.get(..offset).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (place.line + before.matches('\n').count(), before.len() - line_start)
    };
    let mark = Mark { kind, label: line(label), start: at(place.start), end: at(place.end) };
    let cut = (place.left_out > 0).then_some((place.line, place.column));
    let near = |window: &&mut Window| cut.is_none() && window.file == place.file && window.touches(&lines);
    match windows.iter_mut().find(near) {
        Some(window) => {
            window.lines.extend(lines);
            window.marks.push(mark);
        }
        None => windows.push(Window { file: Arc::clone(&place.file), lines, marks: vec![mark], cut }),
    }
}

impl Window {
    fn touches(&self, lines: &BTreeMap<usize, String>) -> bool {
        self.cut.is_none()
            && lines.keys().any(|&n| [n.saturating_sub(1), n, n + 1].iter().any(|near| self.lines.contains_key(near)))
    }

    fn snippet(self) -> Snippet<'static, Annotation<'static>> {
        let mut text = String::new();
        let mut starts = BTreeMap::new();
        for (n, line) in &self.lines {
            if !starts.is_empty() {
                text.push('\n');
            }
            starts.insert(*n, text.len());
            text += line;
        }
        let offset = |(line, byte): (usize, usize)| {
            let end = self.lines.get(&line).map_or(0, String::len);
            starts.get(&line).map_or(text.len(), |start| start + byte.min(end))
        };
        let marks: Vec<_> = self
            .marks
            .into_iter()
            .map(|mark| {
                let start = offset(mark.start);
                let annotation = mark.kind.span(start..offset(mark.end).max(start));
                if mark.label.is_empty() { annotation } else { annotation.label(mark.label) }
            })
            .collect();
        let first = self.lines.keys().next().copied().unwrap_or(1);
        let path = self.cut.is_none().then(|| line(&self.file));
        Snippet::source(text.clone()).line_start(first).path(path).annotations(marks)
    }
}

/// A text of one line that no file can paint the terminal with.
#[must_use]
pub fn line(text: &str) -> String {
    shown(&text.replace(['\n', '\r'], " "))
}

/// Control and direction characters as signs.
fn shown(text: &str) -> String {
    normalize_untrusted_str(&source(text))
}

/// The library shows control characters of the source itself, but not U+0080..U+009F, which some terminals obey (U+009B
/// starts a colour). The stand-in has as many bytes, so that places stay right.
fn source(text: &str) -> String {
    text.replace(|c| ('\u{80}'..='\u{9f}').contains(&c), "¿")
}
