//! A file that everything else stands on and that can't be read: it is told alone.
//!
//! Without `facts.yaml` every link to a fact leads nowhere. Whoever reads of a hundred of them does not find the one
//! line that has to be mended. Of a file that can be read but for one value the rest is kept, and only what would be
//! measured wrong is silent.

use std::collections::BTreeSet;

use super::{Group, Rule};
use crate::finding::{At, Finding, Problem, Severity, Spot, Step, What, YamlTrouble};

/// The rules that tell why a file can't be read.
const READING: [&str; 4] = ["yaml", "unreadable", "not-utf8", "too-large"];

/// The rules that tell of a name that leads nowhere.
const NAMING: [&str; 4] = ["unknown-reference", "missing-file", "broken-link", "broken-anchor"];

/// The name without its ending of a Markdown file that a problem is in.
fn item_file(problem: &Problem) -> Option<&str> {
    let path = problem.at.file.strip_prefix("content/")?.strip_suffix(".md")?;
    path.rsplit('/').next()
}

/// Whether a message names this item or its file, between backticks.
fn names(message: &str, id: &str) -> bool {
    message.split('`').skip(1).step_by(2).any(|name| {
        let name = name.strip_suffix(".md").unwrap_or(name);
        name.rsplit(['/', ':']).next() == Some(id)
    })
}

/// Takes out what others say because a file that they stand on could not be read, or a name that they use is gone: `told`
/// are the problems as they are told, those with one cause put together.
pub fn keep_causes(problems: &[Problem], told: &[Problem], findings: &mut Vec<Finding>) {
    let lost: Vec<&str> = problems.iter().filter(|problem| is_lost(problem)).filter_map(item_file).collect();
    findings.retain(|finding| !NAMING.contains(&&*finding.rule) || !lost.iter().any(|id| names(&finding.message, id)));
    keep_misplaced(problems, told, findings);
    keep_renamed(told, findings);
    keep_misspelt(problems, findings);
    // what a reference would have put in is missing in the text that is measured
    let measures =
        |rule: &str| Rule::find(rule).is_some_and(|rule| matches!(rule.group, Group::Length | Group::Reading));
    let gaps = problems.iter().filter(|problem| problem.rule() == "unknown-reference");
    let gaps: BTreeSet<&str> = gaps.map(|problem| &*problem.at.file).collect();
    findings.retain(|finding| !measures(&finding.rule) || !gaps.contains(&*finding.place.file));
    let shared = || problems.iter().filter(|problem| is_shared(&problem.at.file));
    // only where it is told: else nothing would be left that stops the build
    let is_told = |name: &&str| findings.iter().any(|it| &*it.rule == "unknown-file" && *it.place.file == **name);
    if let Some(name) = problems.iter().filter_map(misnamed).find(is_told).filter(|_| is_missed(findings)) {
        // nothing else would stop the build
        findings.retain(|finding| READING.contains(&&*finding.rule) || *finding.place.file == *name);
        for finding in findings {
            finding.severity = Severity::Error;
        }
    } else if shared().any(is_lost) {
        findings.retain(|finding| READING.contains(&&*finding.rule));
    } else if shared().any(|problem| READING.contains(&problem.rule()) || problem.rule() == "missing-key") {
        // a wording is missing in every text that quotes it: their lengths say nothing
        findings.retain(|finding| !measures(&finding.rule));
    }
}

/// Of a name or a key with a slip in it, what is missed for it or measured without it is no second cause.
fn keep_misspelt(problems: &[Problem], findings: &mut Vec<Finding>) {
    let profiles: BTreeSet<&str> = problems
        .iter()
        .filter(|problem| problem.rule() == "unknown-key" && problem.at.file.starts_with("content/audiences/"))
        .map(|problem| &*problem.at.file)
        .collect();
    findings.retain(|finding| &*finding.rule != "sheet-too-long" || !profiles.contains(&*finding.place.file));
    let near = |problem: &Problem| match &problem.what {
        What::MissingFile { near: Some(near), .. } => near.rsplit_once("files/").map(|(_, file)| file.to_owned()),
        _ => None,
    };
    let meant: BTreeSet<String> = problems.iter().filter_map(near).collect();
    findings.retain(|finding| {
        let file = finding.place.file.strip_prefix("content/files/");
        &*finding.rule != "orphan" || !file.is_some_and(|file| meant.contains(file))
    });
    if problems.iter().any(|problem| matches!(problem.what, What::Yaml(YamlTrouble::LostIndent { .. }))) {
        findings.retain(|finding| &*finding.rule != "unfilled" || &*finding.place.file != "content/local.yaml");
    }
}

/// Where items lie in a folder that is not read, what misses them is silent; that they are not read is told instead, and weighs
/// as much as the heaviest of what it stands for, so that nothing is published that would not have been.
fn keep_misplaced(problems: &[Problem], told: &[Problem], findings: &mut Vec<Finding>) {
    const FOLLOWING: [&str; 3] = ["unanswered-concern", "order-gap", "orphan"];
    let belongs = |problem: &Problem| match &problem.what {
        What::UnknownFile { belongs: Some(belongs) } => {
            belongs.strip_suffix(".md").and_then(|path| path.rsplit('/').next()).map(str::to_owned)
        }
        _ => None,
    };
    let away: BTreeSet<String> = problems.iter().filter_map(belongs).collect();
    let is_told = |finding: &Finding| &*finding.rule == "unknown-file";
    if away.is_empty() || !findings.iter().any(is_told) {
        return;
    }
    let misses = |finding: &Finding| {
        let quoted = finding.message.split('`').nth(1).unwrap_or_default();
        let name = quoted.split('#').next().unwrap_or(quoted);
        let name = name.rsplit('/').next().map_or(name, |name| name.strip_suffix(".md").unwrap_or(name));
        NAMING.contains(&&*finding.rule) && away.contains(name)
    };
    // one stray file that nothing names is no answer that was lost
    let is_folder = |problem: &Problem| matches!(problem.what, What::UnknownFolder { .. });
    let all = findings.iter().any(misses) || told.iter().any(is_folder);
    let follows = |finding: &Finding| misses(finding) || all && FOLLOWING.contains(&&*finding.rule);
    let worst = findings.iter().filter(|finding| follows(finding)).map(|finding| finding.severity).max();
    findings.retain(|finding| !follows(finding));
    for finding in findings.iter_mut().filter(|finding| is_told(finding)) {
        finding.severity = worst.map_or(finding.severity, |worst| worst.max(finding.severity));
    }
}

/// A thing that has lost its name is missed at its old one: what it itself misses for it is no second cause.
fn keep_renamed(told: &[Problem], findings: &mut Vec<Finding>) {
    let unknown = |problem: &&Problem| problem.rule() == "unknown-reference";
    let orders: BTreeSet<&str> = told.iter().filter(unknown).flat_map(orders).collect();
    let renamed: BTreeSet<&str> = told.iter().filter(unknown).flat_map(unused).collect();
    findings.retain(|finding| match &*finding.rule {
        "order-gap" => !orders.contains(&*finding.place.file),
        "unanswered-concern" => !finding.message.split('`').nth(1).is_some_and(|concern| renamed.contains(concern)),
        _ => true,
    });
}

/// The files in whose `message_order` a name is missed.
fn orders(problem: &Problem) -> impl Iterator<Item = &str> {
    let others = match &problem.what {
        What::Repeated(repeated) => repeated.others.as_slice(),
        _ => &[],
    };
    let in_order = |at: &&At| match &at.spot {
        Spot::Value(path) => path.0.first().is_some_and(|step| *step == Step::Key("message_order".into())),
        _ => false,
    };
    std::iter::once(&problem.at).chain(others).filter(in_order).map(|at| &*at.file)
}

/// What nothing names, and may have had the name that is missed.
fn unused(problem: &Problem) -> impl Iterator<Item = &str> {
    let unused = match &problem.what {
        What::Repeated(repeated) => repeated.unused.as_slice(),
        _ => &[],
    };
    unused.iter().map(|unused| unused.name.as_str())
}

/// A file that is not read, and would be one that others stand on by another name: `content/local.yml`.
fn misnamed(problem: &Problem) -> Option<&str> {
    let What::UnknownFile { belongs: Some(belongs) } = &problem.what else { return None };
    let shared = ["content/facts.yaml", "content/local.yaml", "content/terms.yaml", "content/partners.yaml"];
    shared.contains(&belongs.as_str()).then_some(&*problem.at.file)
}

/// Whether others name what is not there.
fn is_missed(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| &*finding.rule == "unknown-reference")
}

/// Whether other files name what stands in this one.
fn is_shared(file: &str) -> bool {
    // what lies in `content/files/` is published, and not read
    file == "toolkit.yaml" || (file.starts_with("content/") && file.ends_with(".yaml"))
}

/// Whether nothing of the file could be used.
fn is_lost(problem: &Problem) -> bool {
    match &problem.what {
        What::Yaml(trouble) => matches!(
            trouble,
            YamlTrouble::Tab
                | YamlTrouble::ColonInText { .. }
                | YamlTrouble::NeedsQuotes { .. }
                | YamlTrouble::QuoteInside { .. }
                | YamlTrouble::Indent { .. }
                | YamlTrouble::IndentOfText { .. }
                | YamlTrouble::OtherSpace
                | YamlTrouble::NeverClosed(_)
                | YamlTrouble::CurlyClose(_)
                | YamlTrouble::Unreadable(_)
                | YamlTrouble::SecondDocument
                | YamlTrouble::Budget(_)
        ),
        _ => READING.contains(&problem.rule()),
    }
}
