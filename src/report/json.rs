//! For programs: one JSON document (docs/findings.schema.json). Keys are added, never changed.

use std::io;

use serde::Serialize;

use crate::finding::{Counts, Finding, Place};

/// What a run was about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The toolkit's title.
    pub toolkit: &'a str,
    /// `preview` or `publish`.
    pub stage: &'a str,
    /// The date that the checks went by, as YYYY-MM-DD.
    pub today: &'a str,
}

/// Writes the document, with a line break at its end.
///
/// # Errors
/// What `out` returns.
pub fn json(findings: &[Finding], about: About<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let document = Document {
        schema: 1,
        toolkit: about.toolkit,
        stage: about.stage,
        today: about.today,
        counts: Counts::of(findings),
        findings: findings.iter().map(Entry::of).collect(),
    };
    let mut text = serde_json::to_vec_pretty(&document)?;
    text.push(b'\n');
    out.write_all(&text)
}

#[derive(Serialize)]
struct Document<'a> {
    schema: u8,
    toolkit: &'a str,
    stage: &'a str,
    today: &'a str,
    counts: Counts,
    findings: Vec<Entry<'a>>,
}

/// A finding without the source lines that only people need.
#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    label: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    item: Option<&'a str>,
    audiences: &'a [String],
    help: Option<&'a str>,
    notes: &'a [String],
    related: Vec<Other<'a>>,
}

#[derive(Serialize)]
struct Other<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    label: &'a str,
}

impl<'a> Entry<'a> {
    fn of(finding: &'a Finding) -> Self {
        let Place { file, line, column, end_line, end_column, .. } = &finding.place;
        Self {
            rule: &finding.rule,
            severity: finding.severity.name(),
            message: &finding.message,
            label: &finding.label,
            file,
            line: *line,
            column: *column,
            end_line: *end_line,
            end_column: *end_column,
            item: finding.item.as_deref(),
            audiences: &finding.audiences,
            help: finding.help.as_deref(),
            notes: &finding.notes,
            related: finding
                .related
                .iter()
                .map(|other| Other {
                    file: &other.place.file,
                    line: other.place.line,
                    column: other.place.column,
                    label: &other.label,
                })
                .collect(),
        }
    }
}
