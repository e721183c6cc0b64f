//! The coordinator's view of a toolkit: items by state, what is due when, which concerns are answered, what is accepted.
//!
//! It knows a toolkit that was read and checked, and no terminal: `cli` prints it. Everything here is for the
//! coordinator alone; nothing of it goes into a site.

mod calendar;
mod due;
mod items;

use serde::Serialize;

pub use calendar::calendar;
pub use due::{Due, Matter};
pub use items::{Change, Entry, Gone, State, Words};

use crate::check::Stage;
use crate::finding::{Counts, Place};
use crate::language::Date;
use crate::pipeline::Checked;
use crate::plan::coverage::coverage;

/// A toolkit's status. Its JSON form is docs/status.schema.json: keys are added, never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The version of this shape.
    pub schema: u8,
    /// The toolkit's title.
    pub toolkit: String,
    /// The day it is.
    #[serde(serialize_with = "as_text")]
    pub today: Date,
    /// The roles without which nothing is published.
    pub required: Vec<String>,
    /// Every item once, in the toolkit's order, then the audiences' asks where roles are required.
    pub items: Vec<Entry>,
    /// What is due, by date; then in the toolkit's order.
    pub due: Vec<Due>,
    /// The concerns, those without an answer first; then by audience in the toolkit's order.
    pub coverage: Vec<Concern>,
    /// The notes that accept findings, in the order of the files.
    pub accepted: Vec<Accepted>,
    /// How many findings there are.
    pub findings: Findings,
}

/// A concern of one audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Concern {
    /// The audience's id.
    pub audience: String,
    /// The concern's id.
    pub concern: String,
    /// In the audience's own words, as typed.
    pub says: String,
    /// The public messages and questions that answer it.
    pub answers: Vec<String>,
    /// Those that are drafts or embargoed.
    pub waiting: Vec<String>,
}

/// A note that accepts findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Accepted {
    /// The rule.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// The file.
    pub file: String,
    /// The line of the note.
    pub line: usize,
    /// Its column.
    pub column: usize,
    /// How many findings it accepts.
    pub findings: usize,
}

/// Findings by severity at both stages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// While people write.
    pub preview: Counts,
    /// Before anyone else sees it.
    pub publish: Counts,
}

impl Status {
    /// The status on the day `today` of a toolkit that was checked for both stages, as the public edition without drafts.
    #[must_use]
    pub fn of(preview: &Checked, publishing: &Checked, today: Date) -> Self {
        let toolkit = &preview.toolkit;
        let required = toolkit.settings.approvals.required.iter().map(ToString::to_string).collect();
        Self {
            schema: 1,
            toolkit: toolkit.settings.title.to_string(),
            today,
            required,
            items: items::entries(toolkit, &preview.voice, today),
            due: due::all(preview, today),
            coverage: concerns(preview),
            accepted: accepted(preview, publishing),
            findings: Findings { preview: Counts::of(&preview.findings), publish: Counts::of(&publishing.findings) },
        }
    }

    /// The counts of a stage.
    #[must_use]
    pub const fn counts(&self, stage: Stage) -> Counts {
        match stage {
            Stage::Preview => self.findings.preview,
            Stage::Publishing => self.findings.publish,
        }
    }
}

fn concerns(checked: &Checked) -> Vec<Concern> {
    let toolkit = &checked.toolkit;
    let names = |numbers: &[usize]| {
        numbers.iter().filter_map(|n| Some(toolkit.all_items().get(*n)?.for_checks().name())).collect::<Vec<_>>()
    };
    let mut all: Vec<Concern> = coverage(toolkit, &checked.view)
        .iter()
        .filter_map(|covered| {
            let audience = toolkit.audience_of(covered.audience)?;
            let concern = audience.concerns.get(covered.concern)?;
            Some(Concern {
                audience: audience.id.to_string(),
                concern: concern.id.to_string(),
                says: concern.says.to_string(),
                answers: names(&covered.answers),
                waiting: names(&covered.waiting),
            })
        })
        .collect();
    all.sort_by_key(|concern| !concern.answers.is_empty());
    all
}

/// The notes of both stages: a rule may be off at one of them.
fn accepted(preview: &Checked, publishing: &Checked) -> Vec<Accepted> {
    let mut notes: Vec<(&Place, Accepted)> = Vec::new();
    for note in publishing.accepted.iter().chain(&preview.accepted) {
        match notes.iter_mut().find(|(place, other)| **place == note.place && other.rule == note.rule) {
            Some((_, other)) => other.findings = other.findings.max(note.findings),
            None => notes.push((
                &note.place,
                Accepted {
                    rule: note.rule.to_owned(),
                    reason: note.reason.clone(),
                    file: note.place.file.to_string(),
                    line: note.place.line,
                    column: note.place.column,
                    findings: note.findings,
                },
            )),
        }
    }
    notes.sort_by_key(|(place, _)| *place);
    notes.into_iter().map(|(_, note)| note).collect()
}

/// A day as it is typed.
fn as_text<T: ToString, S: serde::Serializer>(day: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&day.to_string())
}

/// The same where there may be none.
#[expect(clippy::ref_option, reason = "serde calls it so")]
fn as_text_if_any<T: ToString, S: serde::Serializer>(day: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.serialize_some(&day.to_string()),
        None => serializer.serialize_none(),
    }
}
