//! `onevoice publish`: what would change for readers, then the site, then what the host wants next.

mod listing;

use std::io::IsTerminal;
use std::path::PathBuf;

use super::build::{in_words, stopped, written};
use super::exit::{Exit, Refusal};
use super::findings::human;
use super::here::{Here, quoted};
use super::mistakes::nearest_value;
use super::output::{Loudness, Output, reason};
use super::{counted, one_of, progress};
use crate::check::Stage;
use crate::finding::{Counts, Finding, Severity};
use crate::pipeline::Request;
use crate::publish::{self, Barred, Book, Done, Host, Place, Prepared, To, hosts};
use crate::render::Address;
use crate::source::Source;
use crate::toolkit::Toolkit;
use crate::toolkit::edition::Edition;

/// Check, show what would change for readers, and write the site for its host
///
/// The site is checked as strictly as others will read it; an error stops it. Then it is compared with what was published
/// last: what is new, which words changed, what is gone, and what would be public for the first time. That needs your
/// yes, typed at the terminal or given with `--yes`. Then the site is written, as a whole, and the next steps at the
/// host are printed. What the host wants beside the site, such as `_headers`, is added once and never overwritten.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  onevoice publish --dry-run                    what would change; writes nothing at all
  onevoice publish                              into public/, and the steps of the host that toolkit.yaml names
  onevoice publish --to ../our-site             into a folder that is served, or sent on with git
  onevoice publish --zip site.zip --host netlify
  onevoice publish --edition partners --zip kit.zip    the coaching kit, for members only")]
pub struct Args {
    /// Write to this folder; what stands there is what was published last
    #[arg(long, value_name = "FOLDER", conflicts_with = "zip")]
    to: Option<PathBuf>,

    /// Write one ZIP file instead of a folder
    #[arg(long, value_name = "FILE")]
    zip: Option<PathBuf>,

    /// For which host, instead of the one in toolkit.yaml
    #[arg(long, value_name = "HOST", value_parser = one_of(&hosts::ALL, |host| host.name))]
    host: Option<&'static Host>,

    /// For whom: public for everyone; partners with the coaching kit, only with --to or --zip
    #[arg(long, default_value = "public", value_parser = one_of(&super::build::EDITIONS, |edition| edition.name()))]
    edition: Edition,

    /// Say what would change, and write nothing at all
    #[arg(long)]
    dry_run: bool,

    /// Agree to what becomes public for the first time
    #[arg(long)]
    yes: bool,

    /// Also write the workflow file that a code host can publish by, if there is none
    #[arg(long)]
    workflow: bool,

    /// The address at which the site will stand, instead of `base_url` in toolkit.yaml
    #[arg(long, value_name = "ADDRESS")]
    base_url: Option<String>,
}

/// Publishes.
///
/// # Errors
/// When there is no toolkit here, options contradict each other, the place is not free for this edition, nobody agreed to
/// what becomes public, or the folder, the lock or the disk stops it.
pub fn run(args: &Args, here: &Here, output: &mut Output) -> Result<Exit, Refusal> {
    let to = to(args, here)?;
    if let Some(address) = args.base_url.as_deref().filter(|address| !Address::is_good(address)) {
        return Err(super::build::no_address(address));
    }
    let request = request(args, here)?;
    let host = host(args, &request)?;
    let book = Book::open(&request.root);
    let place = Place::open(&to, host, &request, &book).map_err(|barred| not_free(barred, here))?;
    let (findings, prepared) = progress::while_busy(output, "making the site", || {
        publish::prepare(place, host, args.workflow, &request, &book)
    })
    .map_err(stopped)?;
    let verbose = output.loudness() == Loudness::Verbose;
    let Some(prepared) = prepared else {
        if args.dry_run {
            look_in_spite_of_errors(args, &to, host, here, output)?;
        }
        tell(&findings, output);
        let counts = in_words(Counts::of(&findings));
        let refused = if args.dry_run { "publishing would be refused" } else { "nothing was published" };
        output.refuse(
            &Refusal::taken(format!("{refused}: {counts}"))
                .help("`onevoice explain RULE` tells more about a rule, the name in [ ]"),
        );
        return Ok(Exit::Findings);
    };
    tell(&findings, output);
    output.result(&listing::text(&prepared, &here.shown(&prepared.place.path), verbose, output.width()));
    if args.dry_run {
        output.result(&dry(&prepared, args.yes));
        return Ok(Exit::Done);
    }
    agree(&prepared, args.yes, output)?;
    let done = progress::while_busy(output, "writing", || prepared.publish(&request))
        .map_err(|error| Refusal::failed(error.to_string()))?;
    Ok(report(&done, &prepared, host, here, output))
}

/// Where the site goes.
fn to(args: &Args, here: &Here) -> Result<To, Refusal> {
    match (&args.to, &args.zip, args.edition) {
        (Some(folder), ..) => Ok(To::Folder(here.path(folder))),
        (_, Some(file), _) => Ok(To::Zip(here.path(file))),
        (None, None, Edition::Public) => Ok(To::Usual),
        (None, None, Edition::Partners) => Err(Refusal::usage("`--edition partners` needs `--to` or `--zip`")
            .note("the coaching kit is for members alone; it never goes where the public site goes")
            .help("type, for example, `onevoice publish --edition partners --zip kit.zip`")),
    }
}

fn request(args: &Args, here: &Here) -> Result<Request, Refusal> {
    let output = None;
    Ok(Request {
        output,
        edition: args.edition,
        base_url: args.base_url.clone(),
        minify: true,
        home: here.home(),
        ..Request::to_check(here.toolkit()?, here.today()?, Stage::Publishing, "publish")
    })
}

/// The host of `--host`, else that of toolkit.yaml, else none.
fn host(args: &Args, request: &Request) -> Result<&'static Host, Refusal> {
    if let Some(host) = args.host {
        return Ok(host);
    }
    // what else is wrong with the toolkit is told by the checks
    let Ok(source) = Source::read(&request.root) else { return Ok(Host::none()) };
    let (toolkit, _) = Toolkit::read(&source);
    let Some(name) = toolkit.settings.publish.host.as_deref() else { return Ok(Host::none()) };
    Host::find(name).ok_or_else(|| {
        let names: Vec<String> = hosts::ALL.iter().map(|host| host.name.to_owned()).collect();
        Refusal::taken(format!("toolkit.yaml names the host `{name}`, which is none that onevoice knows"))
            .did_you_mean(nearest_value(name, &names))
            .help(format!("write one of these behind `host:` {}", names.join(", ")))
    })
}

/// Why the place is not free.
fn not_free(barred: Barred, here: &Here) -> Refusal {
    match barred {
        Barred::Refused(refusal) => Refusal::failed(refusal.to_string()),
        Barred::File { path, error } => Refusal::failed(format!("{} can't be replaced: {}", here.shown(&path), reason(&error)))
            .help("give another file name with `--zip`"),
        Barred::Foreign { path, name } => {
            Refusal::failed(format!("{} holds {name}, which onevoice did not write", here.shown(&path)))
                .help("give another file name with `--zip`, or move this one away")
        }
        Barred::Edition { place, there } => {
            Refusal::failed(format!("the {there} edition was published to {}", here.shown(&place)))
                .note("a place has one edition, for ever, and what lies in it has the same: so coaching never becomes public by mistake")
                .help("give another place with `--to` or `--zip`, outside of that one")
        }
        Barred::Drafts { path } => Refusal::failed(format!("{} holds a site with drafts", here.shown(&path)))
            .note("it was built with `--drafts`, to be read and not to be published")
            .help("give another folder, or move this one away"),
    }
}

/// Lists what would change, though publishing is refused: what only stops a publish does not stop a build. Where that is
/// stopped, too, there is no site to compare with.
fn look_in_spite_of_errors(
    args: &Args,
    to: &To,
    host: &'static Host,
    here: &Here,
    output: &mut Output,
) -> Result<(), Refusal> {
    let request = Request { stage: Stage::Preview, ..request(args, here)? };
    let book = Book::open(&request.root);
    let place = Place::open(to, host, &request, &book).map_err(|barred| not_free(barred, here))?;
    let made = progress::while_busy(output, "making the site", || {
        publish::prepare(place, host, args.workflow, &request, &book)
    });
    let verbose = output.loudness() == Loudness::Verbose;
    match made.map_err(stopped)? {
        (_, Some(prepared)) => {
            let shown = here.shown(&prepared.place.path);
            output.result(&(listing::text(&prepared, &shown, verbose, output.width()) + "\n"));
        }
        (_, None) => output.progress("what would change can't be listed before the errors are mended"),
    }
    Ok(())
}

/// Prints what was found, the errors last, where they are read first; notes as a number, since there may be hundreds.
fn tell(findings: &[Finding], output: &mut Output) {
    let least = match output.loudness() {
        Loudness::Quiet => Severity::Error,
        Loudness::Normal => Severity::Warning,
        Loudness::Verbose => Severity::Note,
    };
    let notes = Counts::of(findings).note;
    if least == Severity::Warning && notes > 0 {
        output.progress(&format!("{}: `onevoice check --for publish` lists them", counted(notes, "note")));
    }
    let mut shown: Vec<Finding> = findings.iter().filter(|finding| finding.severity >= least).cloned().collect();
    shown.sort_by_key(|finding| finding.severity);
    output.aside(&human(&shown, output.width()));
}

fn dry(prepared: &Prepared, yes: bool) -> String {
    let mut text = "\nnothing was written: this was only a look\n".to_owned();
    if prepared.needs_consent() && !yes {
        text += "what becomes public for the first time needs `--yes`, or your answer at the terminal\n";
    }
    for offer in prepared.offers.iter().filter(|offer| !offer.is_there) {
        text += &format!("{} would be added for the host: {}\n", offer.path, offer.purpose);
    }
    text
}

/// Fails unless somebody agrees to what becomes public.
fn agree(prepared: &Prepared, yes: bool, output: &mut Output) -> Result<(), Refusal> {
    if yes || !prepared.needs_consent() {
        return Ok(());
    }
    let first = prepared.changes.first.len();
    if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
        return Err(Refusal::taken(format!(
            "nothing was published: {} would be public for the first time",
            counted(first, "item")
        ))
        .note("they are listed above; once something is public, it can't be taken back")
        .help("read them, then type the same with `--yes`"));
    }
    output.aside(&format!(
        "\n{} would be public for the first time, as listed above. Publish? Type yes or no:",
        counted(first, "item")
    ));
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    match (read, answer.trim().to_lowercase().as_str()) {
        (Ok(_), "yes" | "y") => Ok(()),
        _ => Err(Refusal::taken("nothing was published: nobody said yes")),
    }
}

/// Prints what was written, and what to do next.
fn report(done: &Done, prepared: &Prepared, host: &Host, here: &Here, output: &mut Output) -> Exit {
    for line in done.written.iter().flat_map(|it| written(Some(it))) {
        output.progress(&line);
    }
    let shown = here.shown(&prepared.place.path);
    let mut text =
        format!("\npublished: {}, {} in {shown}\n", counted(done.pages, "page"), counted(done.files, "file"));
    for offer in &prepared.offers {
        if done.offered.contains(&offer.path) {
            text += &format!("added {}: {}; it is yours from now on\n", offer.path, offer.purpose);
        } else if offer.is_there {
            output.detail(&format!("{} is there already and was left alone", offer.path));
        }
    }
    if prepared.is_public() {
        let steps: Vec<&str> =
            if done.written.is_some() { host.steps(prepared.with_workflow).collect() } else { host.zip.to_vec() };
        text += &listing::steps(host.title, steps, &quoted(&shown), &prepared.root);
    } else {
        text += "\nthis is the partners edition: hand it to members only, and put it on no public host\n";
    }
    output.result(&text);
    if done.files >= MANY {
        output.progress(&format!(
            "there are {}: some hosts stop at 1,000; `outputs:` in toolkit.yaml turns off cards, handouts, search or share pages",
            counted(done.files, "file")
        ));
    }
    for error in &done.trouble {
        output.refuse(&Refusal::failed(format!("the site is published, but {error}")));
    }
    if done.trouble.is_empty() { Exit::Done } else { Exit::Failed }
}

/// From how many files on a warning is due.
const MANY: usize = 900;
