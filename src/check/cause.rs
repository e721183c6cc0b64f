//! A file that everything else stands on and that can't be read: it is told alone.
//!
//! Without `facts.yaml` every link to a fact leads nowhere. Whoever reads of a hundred of them does not find the one
//! line that has to be mended. Of a file that can be read but for one value the rest is kept, and only what would be
//! measured wrong is silent.

use std::collections::BTreeSet;

use super::{Group, Rule};
use crate::finding::{Finding, Problem, Severity, What, YamlTrouble};

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

/// Takes out what others say because a file that they stand on could not be read.
pub fn keep_causes(problems: &[Problem], findings: &mut Vec<Finding>) {
    let lost: Vec<&str> = problems.iter().filter(|problem| is_lost(problem)).filter_map(item_file).collect();
    findings.retain(|finding| !NAMING.contains(&&*finding.rule) || !lost.iter().any(|id| names(&finding.message, id)));
    // what a reference would have put in is missing in the text that is measured
    let measures =
        |rule: &str| Rule::find(rule).is_some_and(|rule| matches!(rule.group, Group::Length | Group::Reading));
    let gaps = findings.iter().filter(|finding| &*finding.rule == "unknown-reference");
    let gaps: BTreeSet<String> = gaps.map(|finding| finding.place.file.to_string()).collect();
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
                | YamlTrouble::NeverClosed(_)
                | YamlTrouble::CurlyClose(_)
                | YamlTrouble::Unreadable(_)
                | YamlTrouble::SecondDocument
                | YamlTrouble::Budget(_)
        ),
        _ => READING.contains(&problem.rule()),
    }
}
