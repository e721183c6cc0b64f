//! For GitHub Actions: workflow commands that become remarks beside the lines of a pull request.
//!
//! Format and escapes: docs.github.com, "Workflow commands for GitHub Actions", and actions/toolkit,
//! packages/core/src/command.ts.

use std::io;

use crate::finding::{Finding, Severity};

/// Writes a command a finding.
///
/// # Errors
/// What `out` returns.
pub fn github(findings: &[Finding], out: &mut dyn io::Write) -> io::Result<()> {
    for finding in findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        write!(out, "::{command} file={}", property(&finding.place.file))?;
        let place = &finding.place;
        if place.line > 0 {
            write!(out, ",line={}", place.line)?;
            // GitHub takes columns only for a place within one line
            if place.line == place.end_line {
                write!(out, ",col={},endLine={},endColumn={}", place.column, place.end_line, place.end_column)?;
            } else {
                write!(out, ",endLine={}", place.end_line)?;
            }
        }
        writeln!(out, ",title={}::{}", property(&finding.rule), text(&message(finding)))?;
    }
    Ok(())
}

fn message(finding: &Finding) -> String {
    let mut lines = vec![finding.message.clone()];
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    if !finding.audiences.is_empty() {
        lines.push(format!("seen by: {}", finding.audiences.join(", ")));
    }
    lines.extend(finding.notes.iter().map(|note| format!("note: {note}")));
    lines.join("\n")
}

fn text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}
