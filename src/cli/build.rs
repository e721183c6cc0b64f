//! `onevoice build`: check, then write the site.

use std::path::PathBuf;

use super::exit::{Exit, Refusal};
use super::findings::human;
use super::here::Here;
use super::output::{Loudness, Output};
use super::serve::say_watching;
use super::{counted, one_of, progress};
use crate::check::Stage;
use crate::finding::{Counts, Finding, Severity};
use crate::pipeline::{self, Outcome, Request, Stop};
use crate::preview::{self, Said};
use crate::render::Address;
use crate::toolkit::edition::Edition;
use crate::write::{How, Written};

/// Check the toolkit, then write the site
///
/// The site goes to public/ in the toolkit (the partners edition to partners/). It is written as a whole or not at
/// all: while there is an error, the site of the last build stays as it is. What is found is printed as by `check`.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice build                              the public site, in public/
  onevoice build --edition partners           the coaching kit, in partners/: never publish that folder
  onevoice build --offline -o ~/stick/site    a copy that works from a USB stick
  onevoice build -D -o /tmp/look              with drafts, in a folder that is not published")]
pub struct Args {
    /// Write to this folder instead of public/ or partners/
    #[arg(short, long, value_name = "FOLDER")]
    output: Option<PathBuf>,

    /// For whom: public for everyone, partners with the coaching kit
    #[arg(long, default_value = "public", value_parser = one_of(&EDITIONS, |edition| edition.name()))]
    edition: Edition,

    /// Also build drafts; needs --output, so that they are not published by mistake
    #[arg(short = 'D', long)]
    drafts: bool,

    /// The address at which the site will stand, instead of `base_url` in toolkit.yaml
    #[arg(long, value_name = "ADDRESS")]
    base_url: Option<String>,

    /// Write links that work from a disk or a USB stick (they end in index.html)
    #[arg(long)]
    offline: bool,

    /// Make the finished pages smaller
    #[arg(long)]
    minify: bool,

    /// How strict to be: preview while you write, publish before others see it
    #[arg(long = "for", value_name = "STAGE", default_value = "preview")]
    #[arg(value_parser = one_of(&Stage::ALL, |stage| stage.name()))]
    stage: Stage,

    /// Go on: build again after each change, until Ctrl-C
    #[arg(long)]
    watch: bool,
}

/// The editions, as they are typed.
pub(super) static EDITIONS: [Edition; 2] = [Edition::Public, Edition::Partners];

/// Builds.
///
/// # Errors
/// When there is no toolkit here, options contradict each other, or the folder, the lock or the disk stops it.
pub fn run(args: &Args, here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    if args.drafts && args.output.is_none() {
        return Err(Refusal::usage("`--drafts` needs `--output`")
            .note("a site with drafts is kept apart, so that it is not published by mistake")
            .help("type, for example, `onevoice build --drafts --output drafts-to-read`"));
    }
    if let Some(address) = args.base_url.as_deref().filter(|address| !Address::is_good(address)) {
        return Err(no_address(address));
    }
    let request = Request {
        root: here.toolkit()?,
        output: args.output.as_ref().map(|folder| here.path(folder)),
        edition: args.edition,
        drafts: args.drafts,
        base_url: args.base_url.clone(),
        offline: args.offline,
        minify: args.minify,
        stage: args.stage,
        today: here.today()?,
        command: "build",
        home: here.home(),
    };
    if args.watch {
        return watch(request, here, output);
    }
    let outcome = progress::while_busy(output, "building", || pipeline::build(&request)).map_err(stopped)?;
    Ok(say(&outcome, here, output))
}

/// Builds after each change. What is found is said each time; it ends with Ctrl-C, whatever was found last.
fn watch(request: Request, here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    let mut last = Exit::Done;
    let ended = preview::build_again(request, false, &mut |said| match said {
        Said::Built(outcome) => {
            last = say(outcome, here, output);
            output.flush();
        }
        Said::Stopped(stop) => output.refuse(&stopped_again(stop)),
        other => say_watching(other, output),
    });
    match ended {
        Ok(()) => Ok(last),
        Err(preview::Stop::Build(stop)) => Err(stopped(stop)),
        Err(preview::Stop::System(why)) => Err(Refusal::failed(why)),
        Err(preview::Stop::Open(_) | preview::Stop::Port(_)) => Err(Refusal::failed("it can't be watched")),
    }
}

/// Prints what was found to standard error, and where the site is to standard output.
fn say(outcome: &Outcome, here: &Here, output: &mut Output) -> Exit {
    // a toolkit that waits for sign-offs has a note for each text: what is to be mended would be lost among them
    let least = match output.loudness() {
        Loudness::Quiet => Severity::Error,
        Loudness::Normal => Severity::Warning,
        Loudness::Verbose => Severity::Note,
    };
    let shown: Vec<Finding> = outcome.findings.iter().filter(|finding| finding.severity >= least).cloned().collect();
    output.aside(&human(&shown, output.width()));
    let counts = Counts::of(&outcome.findings);
    if counts.error > 0 {
        output.refuse(
            &Refusal::taken(format!("nothing was written: {}", in_words(counts)))
                .help("`onevoice explain RULE` tells more about a rule, the name in [ ]"),
        );
        return Exit::Findings;
    }
    if counts != Counts::default() {
        let hidden = counts.note > 0 && output.loudness() == Loudness::Normal;
        let more = if hidden { "; `onevoice check` shows the notes" } else { "" };
        output.progress(&format!("{}{more}", in_words(counts)));
    }
    if let Some(site) = outcome.site.as_ref().filter(|_| output.loudness() >= Loudness::Normal) {
        for line in written(site.written.as_ref()) {
            output.progress(&line);
        }
        output.result(&format!("{} in {}", counted(site.pages, "page"), here.shown(&site.output)));
        if !cfg!(feature = "pdf") {
            output.result("left out: PDF hand-outs and social cards; a program built with `--features pdf` makes them");
        }
    }
    Exit::Done
}

/// What is worth knowing of how the site was written.
pub(super) fn written(written: Option<&Written>) -> Vec<String> {
    let Some(written) = written else { return vec!["nothing has changed since the last build".to_owned()] };
    let mut lines = Vec::new();
    match written.how {
        How::First | How::Exchanged => {}
        How::Renamed => lines.push("the folders could not be exchanged at one stroke: two renames did it".to_owned()),
        How::FileByFile => {
            lines.push("this folder can't be exchanged as a whole: its files were written one by one".to_owned());
        }
    }
    if written.carried > 0 {
        lines.push(format!("kept {} that onevoice did not write", counted(written.carried, "file")));
    }
    lines.extend(written.moved.iter().map(|file| format!("kept what came in meanwhile: {}", file.display())));
    lines.extend(
        written.left.iter().map(|(path, error)| format!("part of the old site is left in {}: {error}", path.display())),
    );
    lines
}

/// `2 errors, 1 note`; what there is none of is left out.
pub(super) fn in_words(counts: Counts) -> String {
    [(counts.error, "error"), (counts.warning, "warning"), (counts.note, "note")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| counted(count, name))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What stopped the pipeline, as the end of a command.
pub(super) fn stopped(stop: Stop) -> Refusal {
    stopped_again(&stop)
}

fn stopped_again(stop: &Stop) -> Refusal {
    match stop {
        Stop::Open(error) => Refusal::failed(format!("this toolkit can't be opened: {error}")),
        Stop::Refused(refusal) => Refusal::failed(refusal.to_string()),
        Stop::OtherEdition { output, there } => {
            Refusal::failed(format!("{} holds the {there} edition", output.display()))
                .help("name another folder with `--output`; each edition has one of its own, so that coaching is never published by mistake")
        }
        Stop::Write(error) => Refusal::failed(error.to_string()),
    }
}

/// What `--base-url` takes.
pub(super) fn no_address(address: &str) -> Refusal {
    Refusal::usage(format!("`{address}` is no address of a site"))
        .help("it begins with https:// or http://, for example `--base-url https://example.org/toolkit/`")
}
