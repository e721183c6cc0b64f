//! What is to be mended: one rule a file ([`rules`]), run over what the rooms to the left could not use.
//!
//! Rooms hand over [`Problem`]s, data without wording. Here each gets the words, the severity and the docs of its
//! rule. Nothing here reads a file or prints.

pub mod accept;
mod alike;
mod cause;
mod found;
mod numbers;
mod phrase;
mod quotations;
mod renamed;
mod rule;
pub mod rules;
mod stored;
#[cfg(test)]
mod tests;
mod text;
pub mod word_list;
mod wording;

pub use cause::keep_causes;
pub use found::{Found, Tell};
pub use numbers::{By, Said};
pub use renamed::once;
pub use rule::{Fixed, Group, Levels, Reads, Rule, Settings, Stage, TextLook, ThingLook, Words, explain};
pub use text::{Ground, Text, Whole};

use crate::finding::{At, Finding, Place, Problem, Related, Severity, What, sort};
use crate::toolkit::Toolkit;
use crate::voice::{Heard, Verdict};

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
        None => Severity::Error,
    };
    let word = |problem: &Problem| {
        let words = rule.and_then(|rule| match rule.reads {
            Reads::Problem(words) | Reads::ToolkitAndProblem(_, words) => words(problem),
            _ => None,
        });
        words.unwrap_or_else(|| Words::new(format!("something here does not work (`{}`)", problem.rule())))
    };
    let words = match &problem.what {
        What::Repeated(repeated) => {
            renamed::words(repeated, word(&Problem::new(problem.at.clone(), repeated.what.clone())))
        }
        _ => word(problem),
    };
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

/// The rules that look at texts while they are told.
pub struct Listener<'a> {
    texts: Vec<(&'static Rule, TextLook<'a>)>,
    things: Vec<(&'static Rule, ThingLook<'a>)>,
    ground: &'a Ground<'a>,
}

impl<'a> Listener<'a> {
    /// Those that are on at `stage`; `None` where all are off.
    #[must_use]
    pub fn new(ground: &'a Ground<'a>, settings: &Settings, stage: Stage) -> Option<Self> {
        let mut listener = Self { texts: Vec::new(), things: Vec::new(), ground };
        for rule in rules::ALL.iter().copied().filter(|rule| is_on(rule, settings, stage)) {
            match rule.reads {
                Reads::Text(look) => listener.texts.push((rule, look(ground))),
                Reads::Thing(look) => listener.things.push((rule, look(ground))),
                Reads::Problem(_) | Reads::Toolkit(_) | Reads::ToolkitAndProblem(..) => {}
            }
        }
        (!listener.texts.is_empty() || !listener.things.is_empty()).then_some(listener)
    }

    /// What its rules find in a thing's texts. That hangs on the facts that these name; where a figure was typed, on all.
    #[must_use]
    pub fn hear(&self, heard: &Heard<'_>) -> Verdict<Vec<Tell>> {
        let mut found = Found::new(heard.subject.name());
        let mut by_figures = false;
        for heard_text in &heard.texts {
            let text = Text::new(heard, heard_text, self.ground);
            for (rule, look) in &self.texts {
                look(&text, found.by(rule));
            }
            let may_be_kept = |said: &Said| said.by == By::Writer && stored::is_kept(said.number.kind);
            by_figures = by_figures || text.numbers().iter().any(may_be_kept);
        }
        for (rule, look) in &self.things {
            look(heard, found.by(rule));
        }
        Verdict { found: found.settle(), by_figures }
    }
}

/// Whether a rule can find anything that is shown.
fn is_on(rule: &Rule, settings: &Settings, stage: Stage) -> bool {
    settings.severity(rule, stage).is_some() || rule.fixed != Fixed::Nothing
}

/// What the rules find that look at the whole toolkit.
#[must_use]
pub fn look(whole: &Whole<'_>, settings: &Settings, stage: Stage) -> Vec<Tell> {
    let mut found = Found::new(None);
    for rule in rules::ALL.iter().copied().filter(|rule| is_on(rule, settings, stage)) {
        if let Reads::Toolkit(look) | Reads::ToolkitAndProblem(look, _) = rule.reads {
            look(whole, found.by(rule));
        }
    }
    found.settle()
}

/// Weighs what rules told for `stage`, joins what is told of one cause for several readers, and sorts it.
pub fn weigh(
    tells: Vec<Tell>,
    toolkit: &Toolkit,
    settings: &Settings,
    stage: Stage,
    place: &dyn Fn(&At) -> Place,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = found::join(tells)
        .into_iter()
        .filter_map(|tell| {
            let own = tell.words.levels.unwrap_or(tell.rule.severity);
            let fixed = tell.words.fixed || tell.rule.fixed == Fixed::Whole;
            let severity = settings.weigh(tell.rule, own, fixed, stage)?;
            Some(tell.into_finding(severity, toolkit, place))
        })
        .collect();
    sort(&mut findings);
    findings
}
