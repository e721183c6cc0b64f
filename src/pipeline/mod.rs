//! The whole way as one function: a folder becomes a checked toolkit, a plan, pages, and a site on disk.
//!
//! Only here are the stages put one after another. An error found by a check stops the line before a byte is rendered;
//! the site that was there stays.

mod again;
mod around;
mod checks;
mod files;
mod key;
mod made;
mod memo;
pub mod prints;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rayon::prelude::*;

pub use checks::{Checked, add as add_problems, check, check_again};
pub use files::{Files, Trouble};
pub use made::{Made, lock, make};
pub use memo::Memo;

use crate::check::Stage;
use crate::finding::{Counts, Finding, Problem, What};
use crate::language::Date;
use crate::plan::Page;
use crate::render::{Address, Site, Theme, minify};
use crate::source::{OpenError, Source};
use crate::toolkit::Toolkit;
use crate::toolkit::edition::{Edition, View};
use crate::write::{self, Fingerprint, Holds, Lock, Memory, Staging, Target, Written};

/// What is to be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The toolkit's folder.
    pub root: PathBuf,
    /// Where the site goes; `public/` or `partners/` in the toolkit, if not said.
    pub output: Option<PathBuf>,
    /// Which edition.
    pub edition: Edition,
    /// With drafts and embargoed items.
    pub drafts: bool,
    /// In place of the toolkit's own `base_url`.
    pub base_url: Option<String>,
    /// Links end in `index.html`.
    pub offline: bool,
    /// Finished pages are shortened.
    pub minify: bool,
    /// For which severities.
    pub stage: Stage,
    /// The day it is.
    pub today: Date,
    /// Who asks, for whoever finds the toolkit locked.
    pub command: &'static str,
    /// The home folder, which is never an output.
    pub home: Option<PathBuf>,
}

impl Request {
    /// To check the public edition, and write nothing.
    #[must_use]
    pub const fn to_check(root: PathBuf, today: Date, stage: Stage, command: &'static str) -> Self {
        Self {
            root,
            output: None,
            edition: Edition::Public,
            drafts: false,
            base_url: None,
            offline: false,
            minify: false,
            stage,
            today,
            command,
            home: None,
        }
    }

    /// What the request lets readers see.
    #[must_use]
    pub const fn view(&self) -> View {
        View { edition: self.edition, today: self.today, drafts: self.drafts }
    }

    /// Where the site goes.
    #[must_use]
    pub fn output(&self) -> PathBuf {
        let own = || match self.edition {
            Edition::Public => self.root.join("public"),
            Edition::Partners => self.root.join("partners"),
        };
        self.output.clone().unwrap_or_else(own)
    }

    /// Where the site will stand.
    #[must_use]
    pub fn address(&self, checked: &Checked) -> Address {
        let own = checked.toolkit.settings.base_url.as_deref();
        Address::new(self.base_url.as_deref().or(own), self.offline)
    }
}

/// What came of a build.
#[derive(Debug)]
pub struct Outcome {
    /// What is to be mended; with an error, nothing was written.
    pub findings: Vec<Finding>,
    /// The site, where there was no error.
    pub site: Option<Built>,
}

/// A site that was built.
#[derive(Debug)]
pub struct Built {
    /// Where it is.
    pub output: PathBuf,
    /// How many pages it has.
    pub pages: usize,
    /// What was written; none where nothing had changed.
    pub written: Option<Written>,
}

/// What stopped a build before or behind the findings.
#[derive(Debug)]
pub enum Stop {
    /// The toolkit's folder can't be opened.
    Open(OpenError),
    /// The output is a place where no site may go.
    Refused(write::Refusal),
    /// The output holds the other edition.
    OtherEdition {
        /// The output.
        output: PathBuf,
        /// The edition that is there.
        there: String,
    },
    /// The site could not be written; the old one is there.
    Write(write::WriteError),
}

/// What is kept between two builds beside the site: its findings, and how many pages it has.
#[derive(serde::Serialize, serde::Deserialize)]
struct Replay {
    findings: Vec<Finding>,
    pages: usize,
}

/// Builds a site.
///
/// # Errors
/// What is wrong with the folder, the lock, the output or the disk. Findings are no errors here: see [`Outcome`].
pub fn build(request: &Request) -> Result<Outcome, Stop> {
    let output = request.output();
    let source = Source::read(&request.root).map_err(Stop::Open)?;
    let target = Target::open(&output, &request.root, request.home.as_deref()).map_err(Stop::Refused)?;
    let holds = Holds { edition: request.edition.name().to_owned(), drafts: request.drafts };
    if let Some(there) = target.holds().filter(|there| there.edition != holds.edition) {
        return Err(Stop::OtherEdition { output, there: there.edition.clone() });
    }
    let key = key::of(&source, request);
    // what could not be read is in no key
    if source.problems().is_empty()
        && let Some(bytes) = write::unchanged(&target, &holds, &key)
        && let Ok(replay) = serde_json::from_slice::<Replay>(&bytes)
    {
        let site = Some(Built { output, pages: replay.pages, written: None });
        return Ok(Outcome { findings: replay.findings, site });
    }
    let mut checked = checks::check_with_prints(&source, request);
    let Some(theme) = checked.theme.take().filter(|_| Counts::of(&checked.findings).error == 0) else {
        return Ok(Outcome { findings: checked.findings, site: None });
    };
    let to = To { target, holds, key };
    let written = match write_site(&source, &checked, theme, request, &to) {
        Ok(written) => written,
        Err(Failed::Write(error)) => return Err(Stop::Write(error)),
        Err(Failed::Template(problems)) => {
            let findings = checks::add(&checked, &problems, &source, request);
            return Ok(Outcome { findings, site: None });
        }
    };
    let pages = checked.plan.pages.len();
    Ok(Outcome { findings: checked.findings, site: Some(Built { output, pages, written: Some(written) }) })
}

/// Reads and checks a toolkit on disk; nothing is written.
///
/// # Errors
/// Its folder can't be opened.
pub fn check_folder(request: &Request) -> Result<Checked, Stop> {
    let source = Source::read(&request.root).map_err(Stop::Open)?;
    // only a layout finds something; documents have none
    let checked =
        if cfg!(feature = "pdf") { checks::check_with_prints(&source, request) } else { check(&source, request) };
    // the built-in theme is known to work: a check that makes no page is over sooner
    let own_theme = source.files().any(|file| file.path.arc().starts_with("themes/"));
    Ok(if own_theme { try_templates(checked, &source, request) } else { checked })
}

/// Makes all pages and lets them go, so that what only a template can tell is told.
fn try_templates(mut checked: Checked, source: &Source, request: &Request) -> Checked {
    let Some(theme) = checked.theme.take().filter(|_| Counts::of(&checked.findings).error == 0) else {
        return checked;
    };
    let address = request.address(&checked);
    let problems: Vec<Problem> = {
        let site = Site::new(&checked.toolkit, &checked.voice, &checked.plan, &checked.view, &address, theme);
        if let Some(prints) = &checked.prints {
            site.set_prints(prints.listing.clone());
        }
        let make = |buffer: &mut Vec<u8>, page: &Page| {
            buffer.clear();
            site.make(page, buffer).err()
        };
        checked.plan.pages.par_iter().map_init(Vec::new, make).flatten().collect()
    };
    checked.findings = checks::add(&checked, &distinct(problems), source, request);
    checked
}

/// Reads and checks a toolkit on disk like [`check_folder`]; what `more` finds in it is told with the rest, and can be
/// accepted like the rest.
///
/// # Errors
/// Its folder can't be opened.
pub fn check_folder_and(
    request: &Request,
    more: impl FnOnce(&Source, &Toolkit) -> Vec<Problem>,
) -> Result<Checked, Stop> {
    let source = Source::read(&request.root).map_err(Stop::Open)?;
    Ok(checks::check_and(&source, request, more))
}

/// Reads a toolkit on disk once and checks it for both stages, preview first; nothing is written. The stage of `request`
/// does not count.
///
/// # Errors
/// Its folder can't be opened.
pub fn check_both_stages(request: &Request) -> Result<(Checked, Checked), Stop> {
    let source = Source::read(&request.root).map_err(Stop::Open)?;
    let at = |stage| check(&source, &Request { stage, ..request.clone() });
    Ok(rayon::join(|| at(Stage::Preview), || at(Stage::Publishing)))
}

/// The findings of a toolkit that is on no disk, as `onevoice check` prints them: what tests and tools for editors call.
/// Pages are made, too, so that what only a template can tell is told.
#[must_use]
pub fn check_texts(files: &[(String, String)], today: Date, stage: Stage) -> Vec<Finding> {
    let request = Request::to_check(PathBuf::new(), today, stage, "check");
    let source = Source::from_texts(files.iter().map(|(path, text)| (path, text)));
    try_templates(check(&source, &request), &source, &request).findings
}

/// How long a build waits for another one.
const WAIT: Duration = Duration::from_mins(1);

/// Where a site goes, and what is remembered of it.
struct To {
    target: Target,
    holds: Holds,
    key: [u8; 32],
}

/// Why a checked toolkit did not become a site.
enum Failed {
    /// Templates: told as findings.
    Template(Vec<Problem>),
    /// The disk.
    Write(write::WriteError),
}

impl From<Trouble> for Failed {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Template(problem) => Self::Template(vec![problem]),
            Trouble::Read { path, error } => {
                Self::Write(write::WriteError::Failed { doing: write::Doing::Read, path, error })
            }
        }
    }
}

impl From<write::WriteError> for Failed {
    fn from(error: write::WriteError) -> Self {
        Self::Write(error)
    }
}

fn write_site(source: &Source, checked: &Checked, theme: Theme, request: &Request, to: &To) -> Result<Written, Failed> {
    let address = request.address(checked);
    let files = Files::new(source, checked, &request.root, &address, theme);
    let lock = Lock::take(&request.root, request.command, WAIT)?;
    let staging = Staging::begin(&to.target, &lock, to.holds.clone(), files.paths())?;
    write_files(&files, &staging, request.minify)?;
    let replay = Replay { findings: checked.findings.clone(), pages: checked.plan.pages.len() };
    // findings are texts and numbers, which always have a JSON form
    let replay = serde_json::to_vec(&replay).unwrap_or_default();
    Ok(staging.finish(&Memory { key: to.key, replay })?)
}

/// Makes all files at once, each thread with a buffer of its own. Of several failures the first in the plan's order is told.
fn write_files(files: &Files<'_>, staging: &Staging, minified: bool) -> Result<(), Failed> {
    files.prepare();
    let made: Vec<Result<(), Failed>> = (0..files.len())
        .into_par_iter()
        .map_init(Vec::new, |buffer, n| {
            buffer.clear();
            files.make(n, buffer)?;
            let path = files.path(n).unwrap_or_default();
            if minified && files.page(n).is_some() {
                let from = Fingerprint::of(buffer);
                if !staging.reuse(path, from)? {
                    staging.put_made_from(path, &minify::page(buffer), from)?;
                }
                return Ok(());
            }
            staging.put(path, buffer)?;
            Ok(())
        })
        .collect();
    let mut problems = Vec::new();
    for result in made {
        match result {
            Ok(()) => {}
            Err(Failed::Template(mut found)) => problems.append(&mut found),
            Err(failed) => return Err(failed),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Failed::Template(distinct(problems))) }
}

/// A template or a layout that fails on a thousand pages is told once, with the first of them; of two other problems at one
/// place, a sheet's and its large print's, each is told.
fn distinct(problems: Vec<Problem>) -> Vec<Problem> {
    let mut kept: Vec<Problem> = Vec::new();
    for problem in problems {
        let template = matches!(problem.what, What::Template(_));
        if !kept.iter().any(|other| other.at == problem.at && (template || other.what == problem.what)) {
            kept.push(problem);
        }
    }
    kept
}

/// The toolkit that `from` is in, looking upward.
#[must_use]
pub fn find(from: &Path) -> Option<PathBuf> {
    Source::find(from)
}
