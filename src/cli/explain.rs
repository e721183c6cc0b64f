//! `onevoice explain`: what a rule looks for, why, a wrong and a right example.

use std::fmt::Write as _;

use super::exit::{Exit, Refusal};
use super::output::{BOLD, Output};
use crate::check::{explain, rules};
use crate::finding::nearest;

/// Tell what a rule looks for and why, with a wrong and a right example
///
/// The name of a rule stands in brackets in each finding: warning[unknown-reference]. Without a name, all rules are
/// listed.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice explain                   the list of all rules
  onevoice explain unknown-reference    one rule")]
pub struct Args {
    /// The rule, for example unknown-reference
    rule: Option<String>,
}

/// Explains one rule, or lists all of them.
///
/// # Errors
/// When there is no such rule.
pub fn run(args: &Args, output: &mut Output) -> Result<Exit, Refusal> {
    let text = match &args.rule {
        // as it stands in a finding, brackets and all
        Some(typed) => {
            let name = typed.trim_matches(['[', ']']);
            explain(name).ok_or_else(|| {
                Refusal::usage(format!("there is no rule `{name}`"))
                    .did_you_mean(nearest(name, rules::ALL.iter().map(|rule| rule.name)))
                    .help("`onevoice explain` lists all rules")
            })?
        }
        None => list(),
    };
    output.result(&text);
    Ok(Exit::Done)
}

fn list() -> String {
    let widest = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let (mut text, mut group) = (String::new(), "");
    for rule in rules::ALL {
        // writing to a text never fails
        if rule.group.name() != group {
            let gap = if group.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{gap}{BOLD}{}{BOLD:#}", rule.group.name());
            group = rule.group.name();
        }
        let _ = writeln!(text, "  {:widest$}  {}", rule.name, rule.summary());
    }
    text
}
