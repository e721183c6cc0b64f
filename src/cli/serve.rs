//! `onevoice serve`: the site in a browser while it is written.

use std::process::{Command, Stdio};
use std::time::Duration;

use super::build::{EDITIONS, in_words, stopped};
use super::exit::{Exit, Refusal};
use super::findings::human;
use super::here::Here;
use super::output::{Loudness, Output, reason};
use super::{counted, one_of};
use crate::check::Stage;
use crate::finding::{Counts, Finding, Severity};
use crate::pipeline::Request;
use crate::preview::{self, NoPort, Options, Polling, Said, Stop};
use crate::report::one_line;
use crate::toolkit::edition::Edition;

/// Show the site in a browser, and every change as you save it
///
/// The site is made in memory and served to this machine alone; nothing is written. A page that is open is loaded again
/// when it has changed, at the place where you were. While there is an error, the last good page stays, and what is to be
/// mended is shown over it. The review desk is at /_onevoice/: findings, who is answered, each text side by side for all
/// audiences. Ctrl-C ends it.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice serve --open                    and open the browser
  onevoice serve --follow                  the browser goes to the page that you save
  onevoice serve --edition partners -D     the coaching kit, with drafts
  onevoice serve --host 0.0.0.0            for a phone in the same network: everyone there can read it")]
pub struct Args {
    /// The port; without it, 4000 or the next free one
    #[arg(short, long, value_name = "PORT")]
    port: Option<u16>,

    /// The name or number of this machine at which others may look; 0.0.0.0 for all it has
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,

    /// For whom: public for everyone, partners with the coaching kit
    #[arg(long, default_value = "public", value_parser = one_of(&EDITIONS, |edition| edition.name()))]
    edition: Edition,

    /// Also show drafts
    #[arg(short = 'D', long)]
    drafts: bool,

    /// Open the site in the browser
    #[arg(long)]
    open: bool,

    /// Go to the page that was just edited
    #[arg(long)]
    follow: bool,

    /// Look for changes every half second, where the folder reports none
    #[arg(long)]
    poll: bool,
}

/// Serves.
///
/// # Errors
/// When there is no toolkit here, the port is taken, or the folder stops it.
pub fn run(args: &Args, here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    let options = Options {
        request: Request {
            root: here.toolkit()?,
            output: None,
            edition: args.edition,
            drafts: args.drafts,
            base_url: None,
            offline: false,
            minify: false,
            stage: Stage::Preview,
            today: here.today()?,
            command: "serve",
            home: here.home(),
        },
        host: args.host.clone(),
        port: args.port,
        follow: args.follow,
        poll: args.poll,
    };
    let mut shown: Vec<Finding> = Vec::new();
    let mut ever_good = false;
    let served = preview::serve(options, &mut |said| match said {
        Said::Ready { url, taken, open } => {
            if let Some(taken) = taken {
                output.progress(&format!("port {taken} is taken: another one is used"));
            }
            if *open {
                output.progress("everyone in this network can read it; Ctrl-C ends it");
            } else {
                output.progress("Ctrl-C ends it");
            }
            output.result(url);
            output.flush();
            if args.open && !browse(url) {
                output.progress("no browser could be opened: copy the address into one");
            }
        }
        Said::Made { findings, good, took, files, first } => {
            if shown != *findings || *first {
                say_findings(findings, if *first { None } else { Some(&shown) }, output);
                shown.clone_from(findings);
            }
            ever_good |= *good;
            let state = match (*good, ever_good) {
                (true, _) => counted(*files, "file"),
                (false, true) => "the last good site stays".to_owned(),
                (false, false) => "no site yet: the browser shows what is to be mended".to_owned(),
            };
            output.progress(&made(&state, findings, *took));
        }
        Said::Gone(error) => output.progress(&format!("this toolkit can't be read just now: {error}")),
        other => say_watching(other, output),
    });
    match served {
        Ok(()) => Ok(Exit::Done),
        Err(stop) => Err(refused(stop, args)),
    }
}

/// What `serve` and `build --watch` say alike.
pub(super) fn say_watching(said: &Said, output: &mut Output) {
    let Said::Polls(polling) = said else { return };
    let why = match polling {
        Polling::Asked => "as asked".to_owned(),
        Polling::Kind(kind) => format!("this folder is on {kind}, which does not report all changes"),
        Polling::Silent => "this folder reports no changes".to_owned(),
        Polling::Limit => "the system watches no more folders for this user".to_owned(),
        Polling::Refused(why) => format!("the system does not watch this folder: {why}"),
    };
    output.progress(&format!("watching by polling, twice a second: {why}"));
}

/// Errors each time; of what weighs less only what the save has brought, a line each: the same warnings over and over
/// would hide the error of this save. `before` is what was told last; none at the start.
fn say_findings(findings: &[Finding], before: Option<&[Finding]>, output: &mut Output) {
    if output.loudness() >= Loudness::Verbose {
        output.aside(&human(findings, output.width()));
        return;
    }
    let errors: Vec<Finding> = findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
    output.aside(&human(errors.get(..MOST).unwrap_or(&errors), output.width()));
    if errors.len() > MOST {
        output.aside(&format!("and {} more: `onevoice check` shows all, and so does /_onevoice/", errors.len() - MOST));
    }
    let same = |one: &Finding, other: &Finding| {
        one.rule == other.rule && one.place.file == other.place.file && one.message == other.message
    };
    let new = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Warning)
        .filter(|finding| before.is_some_and(|before| !before.iter().any(|known| same(known, finding))));
    for finding in new.take(MOST) {
        let place = &finding.place;
        let line = format!("warning[{}]: {}, {}:{}", finding.rule, finding.message, place.file, place.line);
        output.progress(&one_line(&line));
    }
}

/// The most findings of a kind that are printed after a save; one slip in facts.yaml can make a thousand.
const MOST: usize = 8;

fn made(state: &str, findings: &[Finding], took: Duration) -> String {
    let counts = Counts::of(findings);
    let words = if counts == Counts::default() { String::new() } else { format!(", {}", in_words(counts)) };
    format!("{state}{words}, {} ms", took.as_millis())
}

fn refused(stop: Stop, args: &Args) -> Refusal {
    match stop {
        Stop::Open(error) => Refusal::failed(format!("this toolkit can't be opened: {error}")),
        Stop::Port(NoPort { port, error }) => {
            let refusal = Refusal::failed(format!("port {port} of {} can't be used: {}", args.host, reason(&error)));
            match args.port {
                Some(_) => refusal.help("leave out `--port`: the first free one is taken"),
                None => refusal,
            }
        }
        Stop::System(why) => Refusal::failed(why),
        Stop::Build(stop) => stopped(stop),
    }
}

/// Opens the browser; false where none is to be had.
fn browse(url: &str) -> bool {
    let programs: &[&str] = if cfg!(target_os = "macos") { &["open"] } else { &["xdg-open", "gio", "wslview"] };
    programs.iter().any(|program| {
        let mut command = Command::new(program);
        if *program == "gio" {
            command.arg("open");
        }
        command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().is_ok()
    })
}
