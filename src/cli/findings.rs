//! Findings as text, in the form that was asked for. Colours are always written: the printer takes them away.

use std::io;

use crate::check::{Stage, rules};
use crate::finding::Finding;
use crate::language::Date;
use crate::report::{self, About, Look, RuleText};

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Human,
    /// The contract's JSON.
    Json,
    /// For code hosts and editors.
    Sarif,
    /// Annotations of GitHub's actions.
    Github,
}

impl Format {
    /// All, in the contract's order.
    pub const ALL: [Self; 4] = [Self::Human, Self::Json, Self::Sarif, Self::Github];

    /// As `--format` names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
        }
    }
}

/// What a report says beside the findings.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The toolkit's title.
    pub toolkit: &'a str,
    /// Which severities counted.
    pub stage: Stage,
    /// The date it went by.
    pub today: Date,
    /// The terminal's columns.
    pub width: Option<usize>,
}

/// The report in `format`.
pub fn print(format: Format, findings: &[Finding], run: &Run) -> String {
    match format {
        Format::Human => human(findings, run.width),
        Format::Json => {
            let about = About { toolkit: run.toolkit, stage: run.stage.name(), today: &run.today.to_string() };
            text(|out| report::json(findings, about, out))
        }
        Format::Sarif => {
            let rules: Vec<_> = rules::ALL
                .iter()
                .map(|rule| RuleText { name: rule.name, severity: rule.severity.at(run.stage), docs: rule.docs })
                .collect();
            text(|out| report::sarif(findings, &rules, out))
        }
        Format::Github => text(|out| report::github(findings, out)),
    }
}

/// The report for people.
pub fn human(findings: &[Finding], width: Option<usize>) -> String {
    text(|out| report::human(findings, Look { color: true, width, unicode: false }, out))
}

/// What is written to memory, which never fails.
fn text(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    let _ = write(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
