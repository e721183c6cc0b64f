//! A file that everything else stands on and that can't be read: it is told alone.
//!
//! Without `facts.yaml` every link to a fact leads nowhere. Whoever reads of a hundred of them does not find the one
//! line that has to be mended.

use crate::finding::{Finding, Problem, What, YamlTrouble};

/// The rules that tell why a file can't be read.
const READING: [&str; 4] = ["yaml", "unreadable", "not-utf8", "too-large"];

/// Takes out what others say because a file that they stand on could not be read.
pub fn keep_causes(problems: &[Problem], findings: &mut Vec<Finding>) {
    if problems.iter().any(|problem| is_shared(&problem.at.file) && is_lost(problem)) {
        findings.retain(|finding| READING.contains(&&*finding.rule));
    }
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
                | YamlTrouble::Unreadable(_)
                | YamlTrouble::SecondDocument
                | YamlTrouble::Budget(_)
        ),
        _ => READING.contains(&problem.rule()),
    }
}
