//! Findings that the writers accept, with a reason on record.
//!
//! `<!-- accept: RULE because REASON -->` covers the next block of a body, or the whole file; `# accept: …` in YAML
//! covers the entry below it.

use std::ops::Range;
use std::sync::Arc;

use super::rule::{Fixed, Group, Rule};
use super::rules;
use crate::finding::{AcceptTrouble, At, Finding, Place, Problem, Severity, What};

/// A note that accepts a finding, found but not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The file.
    pub file: Arc<str>,
    /// What stands after `accept:`.
    pub text: Arc<str>,
    /// The note itself, in bytes of the file's text.
    pub span: Range<usize>,
    /// What it covers, in bytes of the file's text; the whole file where it may.
    pub covers: Covers,
}

/// What a note can cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Covers {
    /// These bytes.
    Bytes(Range<usize>),
    /// The next block; or the whole file, if the note says so.
    BlockOrFile(Range<usize>),
    /// The next block, and never the file: there is text before the note.
    Block(Range<usize>),
}

/// An accepted finding, for the coordinator's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The rule.
    pub rule: &'static str,
    /// Why.
    pub reason: String,
    /// The note.
    pub place: Place,
    /// What it accepts.
    pub findings: usize,
}

/// A note, understood.
struct Accept<'a> {
    rule: &'static Rule,
    reason: &'a str,
    /// `None` is the whole file.
    covers: Option<Range<usize>>,
}

/// Takes accepted findings out of `findings`; tells notes that can't work and those that cover nothing.
///
/// `offset` gives where a finding starts in its file, in bytes, `place` the lines of a note that accepts one. A note for a
/// rule that `is_on` does not hold of, since it is off at this stage alone, covers nothing, and nobody is told.
pub fn apply(
    notes: &[Note],
    findings: &mut Vec<Finding>,
    offset: &dyn Fn(&Finding) -> Option<usize>,
    place: &dyn Fn(&At) -> Place,
    is_on: &dyn Fn(&Rule) -> bool,
) -> (Vec<Accepted>, Vec<Problem>) {
    let (mut accepted, mut problems) = (Vec::new(), Vec::new());
    for note in notes {
        let accept = match understand(note) {
            Ok(accept) => accept,
            Err(trouble) => {
                problems.push(problem(note, What::BadAccept(trouble)));
                continue;
            }
        };
        let before = findings.len();
        let mut never = false;
        findings.retain(|finding| {
            let covered = *finding.rule == *accept.rule.name
                && finding.place.file == note.file
                && accept.covers.as_ref().is_none_or(|covers| offset(finding).is_some_and(|at| covers.contains(&at)));
            // words of level `stop` are errors of a rule whose others can be accepted
            let kept = covered && accept.rule.name == "avoided-term" && finding.severity == Severity::Error;
            never |= kept;
            !covered || kept
        });
        let count = before - findings.len();
        if never {
            let rule = accept.rule.name.to_owned();
            problems.push(problem(note, What::BadAccept(AcceptTrouble::NotThisRule { rule })));
        } else if count == 0 && is_on(accept.rule) {
            problems.push(problem(note, What::UnusedAccept { rule: accept.rule.name.to_owned() }));
        }
        if count > 0 {
            let at = At::bytes(Arc::clone(&note.file), note.span.start, note.span.end);
            let reason = accept.reason.to_owned();
            accepted.push(Accepted { rule: accept.rule.name, reason, place: place(&at), findings: count });
        }
    }
    (accepted, problems)
}

fn problem(note: &Note, what: What) -> Problem {
    Problem::new(At::bytes(Arc::clone(&note.file), note.span.start, note.span.end), what)
}

/// `RULE because REASON`, or `RULE whole file because REASON`.
fn understand(note: &Note) -> Result<Accept<'_>, AcceptTrouble> {
    let text = note.text.trim();
    let (head, reason) = match text.split_once("because") {
        Some((head, reason)) => (head.trim(), reason.trim()),
        None => (text, ""),
    };
    let (name, scope) = head.split_once(char::is_whitespace).unwrap_or((head, ""));
    let Some(rule) = rules::ALL.iter().find(|rule| rule.name == name) else {
        return Err(AcceptTrouble::UnknownRule { rule: name.to_owned() });
    };
    // the dots of an example are no reason
    if !reason.contains(char::is_alphanumeric) {
        return Err(AcceptTrouble::NoReason { rule: name.to_owned() });
    }
    if rule.group == Group::Structure || rule.fixed == Fixed::Whole {
        return Err(AcceptTrouble::NotThisRule { rule: name.to_owned() });
    }
    let whole = scope.split_whitespace().eq(["whole", "file"]);
    let covers = match &note.covers {
        Covers::BlockOrFile(_) if whole => None,
        Covers::Block(_) if whole => return Err(AcceptTrouble::TooLateForFile { rule: name.to_owned() }),
        Covers::Bytes(_) if whole => return Err(AcceptTrouble::NoWholeYaml { rule: name.to_owned() }),
        _ if !scope.is_empty() && !whole => {
            return Err(AcceptTrouble::UnknownScope { rule: name.to_owned(), scope: scope.trim().to_owned() });
        }
        Covers::BlockOrFile(range) | Covers::Block(range) | Covers::Bytes(range) => Some(range.clone()),
    };
    Ok(Accept { rule, reason, covers })
}

/// The notes in YAML that starts at byte `offset` of `file`: each covers the entry below it.
#[must_use]
pub fn in_yaml(file: &Arc<str>, yaml: &str, offset: usize) -> Vec<Note> {
    let mut notes = Vec::new();
    if !yaml.contains("accept:") {
        return notes;
    }
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let Some(text) = bare.strip_prefix('#').map(str::trim_start).and_then(|text| text.strip_prefix("accept:"))
        else {
            continue;
        };
        let from = start + (line.len() - line.trim_start().len());
        notes.push(Note {
            file: Arc::clone(file),
            text: text.trim().into(),
            span: from + offset..from + bare.len() + offset,
            covers: Covers::Bytes(entry_below(yaml, at, offset)),
        });
    }
    notes
}

/// The entry whose first line is the next that is neither empty nor a comment: it goes on while lines stand further right.
fn entry_below(yaml: &str, from: usize, offset: usize) -> Range<usize> {
    let mut start = None;
    let mut at = from;
    for line in yaml[from..].split_inclusive('\n') {
        let text = line.trim();
        let depth = line.len() - line.trim_start().len();
        match start {
            None if text.is_empty() || text.starts_with('#') => {}
            None => start = Some((at, depth)),
            Some((start, first)) if !text.is_empty() && depth <= first => return start + offset..at + offset,
            Some(_) => {}
        }
        at += line.len();
    }
    let start = start.map_or(yaml.len(), |(start, _)| start);
    start + offset..yaml.len() + offset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &str) -> Note {
        Note { file: "f".into(), text: text.into(), span: 0..1, covers: Covers::BlockOrFile(10..20) }
    }

    fn outcome(text: &str) -> String {
        match understand(&note(text)) {
            Ok(accept) => format!("{} {:?} {}", accept.rule.name, accept.covers, accept.reason),
            Err(trouble) => format!("{trouble:?}"),
        }
    }

    #[test]
    fn a_note_names_a_rule_and_a_reason() {
        assert_eq!(outcome("raw-html because it is a sign"), "raw-html Some(10..20) it is a sign");
        assert_eq!(outcome("raw-html whole file because why"), "raw-html None why");
        assert!(outcome("raw-html").starts_with("NoReason"));
        assert!(outcome("raw-html because ").starts_with("NoReason"));
        assert!(outcome("raw-html because …").starts_with("NoReason"));
        assert!(outcome("raw-htm because x").starts_with("UnknownRule"));
        assert!(outcome("unknown-key because x").starts_with("NotThisRule"));
    }

    #[test]
    fn a_note_in_yaml_covers_the_entry_below_it() {
        let yaml = "a: 1\n# accept: raw-html because x\nb:\n  - 2\n\n  - 3\nc: 4\n";
        let notes = in_yaml(&"f".into(), yaml, 100);
        let Covers::Bytes(range) = &notes[0].covers else { panic!() };
        assert_eq!(&yaml[range.start - 100..range.end - 100], "b:\n  - 2\n\n  - 3\n");
        assert_eq!(&yaml[notes[0].span.start - 100..notes[0].span.end - 100], "# accept: raw-html because x");
    }
}
