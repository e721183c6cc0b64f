//! What is to be mended: one rule a file ([`rules`]), run over what the rooms to the left could not use.
//!
//! Rooms hand over [`Problem`]s, data without wording. Here each gets the words, the severity and the docs of its
//! rule. Nothing here reads a file or prints.

pub mod accept;
mod phrase;
mod rule;
pub mod rules;
#[cfg(test)]
mod tests;

pub use rule::{Group, Levels, Reads, Rule, Settings, Stage, Words, explain};

use crate::finding::{At, Finding, Place, Problem, Related, sort};

/// Puts `problems` into words, weighs them for `stage`, and sorts them.
///
/// `place` looks up the lines of a source; it is asked only for what is reported.
pub fn run(problems: &[Problem], settings: &Settings, stage: Stage, place: &dyn Fn(&At) -> Place) -> Vec<Finding> {
    let mut findings: Vec<_> = problems.iter().filter_map(|problem| report(problem, settings, stage, place)).collect();
    sort(&mut findings);
    findings
}

/// One problem as a finding; `None` where its rule is off.
fn report(problem: &Problem, settings: &Settings, stage: Stage, place: &dyn Fn(&At) -> Place) -> Option<Finding> {
    let rule = Rule::find(problem.rule());
    // a problem that nobody words still has to stop the build: tests/rules.rs shows that there is none
    let severity = match rule {
        Some(rule) if problem.is_unsure() => settings.severity(rule, stage)?.min(crate::finding::Severity::Note),
        Some(rule) => settings.severity(rule, stage)?,
        None => crate::finding::Severity::Error,
    };
    let words = rule
        .and_then(|rule| match rule.reads {
            Reads::Problem(words) => words(problem),
        })
        .unwrap_or_else(|| Words::new(format!("something here does not work (`{}`)", problem.rule())));
    Some(Finding {
        rule: problem.rule().into(),
        severity,
        message: words.message,
        label: words.label,
        place: place(&problem.at),
        item: problem.item.as_deref().map(str::to_owned),
        audiences: Vec::new(),
        help: words.help,
        notes: words.notes,
        related: words.related.into_iter().map(|(at, label)| Related { place: place(&at), label }).collect(),
    })
}
