//! What is wrong, where, and what to type instead: the one type that every check makes and every report prints.
//!
//! A [`Finding`] is whole: it carries the lines it points at, so that a report needs no source.

mod problem;
mod span;
mod suggest;

use std::sync::Arc;

pub use problem::{
    AcceptTrouble, AddressUse, AudienceTrouble, FileTrouble, IdTrouble, LongSheet, NotPrinted, Problem,
    ReferenceTrouble, Repeated, SheetKind, TailoringTrouble, TemplateTrouble, Unused, What, YamlTrouble,
};
pub use span::{At, KeyPath, Place, Spot, Step};
pub use suggest::{meant, nearest, ranked, shared_words, similar};

use serde::{Deserialize, Serialize};

/// How much a finding weighs. Errors stop a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Note,
    /// Should be mended before publishing.
    Warning,
    /// Has to be mended: nothing is written.
    Error,
}

impl Severity {
    /// The word that users read and type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing to mend, in the writer's words, with the source lines it points at.
///
/// Messages are lower case without a full stop; `help` says what to type; `notes` say what else is true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's name, as in `onevoice explain RULE`.
    pub rule: Arc<str>,
    /// After the toolkit's own settings.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What stands at the place, beside the carets; may be empty.
    pub label: String,
    /// Where.
    pub place: Place,
    /// The item as commands name it (`messages/safer`), where there is one.
    pub item: Option<String>,
    /// Who sees it (`general` for the version for everyone); empty where that has no meaning.
    pub audiences: Vec<String>,
    /// What to type instead.
    pub help: Option<String>,
    /// What else is true.
    pub notes: Vec<String>,
    /// Other places that belong to it, each with what stands there.
    pub related: Vec<Related>,
}

/// Another place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub label: String,
}

/// Sorts findings by file, line and column, then by rule and text: the one order in which they are shown.
/// Equal findings are kept once.
pub fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| {
        (&a.place, &a.rule, &a.message, &a.label)
            .cmp(&(&b.place, &b.rule, &b.message, &b.label))
            .then_with(|| a.audiences.cmp(&b.audiences))
    });
    findings.dedup();
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Notes.
    pub note: usize,
}

impl Counts {
    /// Counts `findings`.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        findings.iter().fold(Self::default(), |mut sum, finding| {
            match finding.severity {
                Severity::Error => sum.error += 1,
                Severity::Warning => sum.warning += 1,
                Severity::Note => sum.note += 1,
            }
            sum
        })
    }
}
