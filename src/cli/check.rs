//! `onevoice check`: all findings, nothing written.

use std::path::{Path, PathBuf};

use super::build::{in_words, stopped};
use super::exit::{Exit, Refusal};
use super::findings::{Format, Run, print};
use super::here::Here;
use super::output::Output;
use super::{one_of, progress};
use crate::check::{Rule, Stage, rules};
use crate::finding::{Counts, Finding, nearest};
use crate::online::{self, Memory};
use crate::pipeline::{self, Checked, Request, Stop};
use crate::write::cache;

/// Show everything that is to be mended, and write nothing
///
/// Each finding says where it is, what is wrong and what to type instead. With paths, only what was found in these
/// files and folders is shown; the whole toolkit is read all the same, since most rules look across files.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice check                                all findings
  onevoice check content/faqs                   those in one folder
  onevoice check --rule broken-link             those of one rule
  onevoice check --for publish                  as strictly as before publishing
  onevoice check --online                       links to other sites, too
  onevoice check --format json > findings.json  for other programs")]
pub struct Args {
    /// Show only what was found in these files and folders
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,

    /// How strict to be: preview while you write, publish before others see it
    #[arg(long = "for", value_name = "STAGE", default_value = "preview")]
    #[arg(value_parser = one_of(&Stage::ALL, |stage| stage.name()))]
    stage: Stage,

    /// Show only findings of this rule; can be given several times
    #[arg(long = "rule", value_name = "RULE")]
    rules: Vec<String>,

    /// How findings are printed: human for people, json and sarif for programs, github for GitHub's actions
    #[arg(long, default_value = "human", value_parser = one_of(&Format::ALL, |format| format.name()))]
    format: Format,

    /// Ask for the pages of other sites that texts link to, too
    ///
    /// Each address is asked for once a day, a host's one after another. An address where nothing is, is a finding; one that
    /// can't be asked is a note. Nothing else of onevoice needs the network.
    #[arg(long)]
    online: bool,
}

/// The file of `.onevoice/` with today's answers of other sites.
const ANSWERS: &str = "links";

/// Checks.
///
/// # Errors
/// When there is no toolkit here, a path or rule is not there, or the folder stops it.
pub fn run(args: &Args, here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    let root = here.toolkit()?;
    args.rules.iter().try_for_each(|rule| known(rule))?;
    let paths = args.paths.iter().map(|path| inside(path, &root, here)).collect::<Result<Vec<_>, _>>()?;
    let request = Request::to_check(root, here.today()?, args.stage, "check");
    let checked = progress::while_busy(output, "checking", || {
        if args.online { check_online(&request) } else { pipeline::check_folder(&request) }
    })
    .map_err(stopped)?;
    let shown: Vec<Finding> =
        checked.findings.into_iter().filter(|found| is_asked_for(found, &paths, &args.rules)).collect();
    let run = Run {
        toolkit: &checked.toolkit.settings.title,
        stage: request.stage,
        today: request.today,
        width: output.width(),
    };
    output.result(&print(args.format, &shown, &run));
    let counts = Counts::of(&shown);
    output.progress(&if shown.is_empty() { "no findings".to_owned() } else { in_words(counts) });
    Ok(if counts.error > 0 { Exit::Findings } else { Exit::Done })
}

/// The findings with those of outside links; the day's answers are kept for the next run.
fn check_online(request: &Request) -> Result<Checked, Stop> {
    let mut memory =
        cache::recall(&request.root, ANSWERS).map_or_else(Memory::default, |bytes| Memory::read(&bytes, request.today));
    let before = memory.clone();
    let checked = pipeline::check_folder_and(request, |source, toolkit| {
        online::check(source, toolkit, request.today, &mut memory)
    })?;
    if memory != before {
        cache::remember(&request.root, ANSWERS, &memory.bytes(request.today));
    }
    Ok(checked)
}

fn known(rule: &str) -> Result<(), Refusal> {
    if Rule::find(rule).is_some() {
        return Ok(());
    }
    Err(Refusal::usage(format!("there is no rule `{rule}`"))
        .did_you_mean(nearest(rule, rules::ALL.iter().map(|rule| rule.name)))
        .help("`onevoice explain` lists all rules"))
}

/// `path`, as typed, from the toolkit's root with `/`; the root itself is empty.
fn inside(path: &Path, root: &Path, here: &Here) -> Result<String, Refusal> {
    let found = here.real(path)?;
    let Ok(inside) = found.strip_prefix(root) else {
        return Err(Refusal::usage(format!("`{}` is not in this toolkit", path.display()))
            .note(format!("the toolkit is {}", root.display())));
    };
    Ok(inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"))
}

fn is_asked_for(finding: &Finding, paths: &[String], rules: &[String]) -> bool {
    let file = &*finding.place.file;
    let below = |folder: &String| {
        folder.is_empty()
            || file.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    (paths.is_empty() || paths.iter().any(below))
        && (rules.is_empty() || rules.iter().any(|rule| **rule == *finding.rule))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Place, Severity};

    #[test]
    fn a_folder_stands_for_what_is_in_it_and_not_for_names_that_begin_like_it() {
        let finding = Finding {
            rule: "yaml".into(),
            severity: Severity::Error,
            message: String::new(),
            label: String::new(),
            place: Place::whole("content/faqs/a.md".into()),
            item: None,
            audiences: Vec::new(),
            help: None,
            notes: Vec::new(),
            related: Vec::new(),
        };
        let asked = |paths: &[&str], rules: &[&str]| {
            let own = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
            is_asked_for(&finding, &own(paths), &own(rules))
        };
        assert!(asked(&[], &[]) && asked(&[""], &["yaml"]) && asked(&["content/faqs"], &[]));
        assert!(asked(&["toolkit.yaml", "content/faqs/a.md"], &["raw-html", "yaml"]));
        assert!(!asked(&["content/faq"], &[]) && !asked(&["content/faqs/a"], &[]) && !asked(&[], &["raw-html"]));
    }
}
