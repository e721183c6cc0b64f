//! A site that is made and stands nowhere yet: to be compared with the one that is out, and then written or packed.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Checked, Failed, Files, Replay, Request, Stop, Trouble, WAIT, checks, distinct, key};
use crate::finding::Counts;
use crate::render::{Theme, minify};
use crate::source::Source;
use crate::write::{self, Doing, Fingerprint, Holds, Lock, Manifest, Memory, Staging, Target, WriteError, Written};

/// A finished site in memory.
#[derive(Debug)]
pub struct Made {
    files: BTreeMap<String, Vec<u8>>,
    pages: usize,
    holds: Holds,
    memory: Memory,
}

/// Reads and checks a toolkit and makes its site in memory; none where a finding is an error. Nothing is written, and
/// nothing locked.
///
/// # Errors
/// The toolkit's folder can't be opened, a file of it can't be read, or a path can be in no site.
pub fn make(request: &Request) -> Result<(Checked, Option<Made>), Stop> {
    let source = Source::read(&request.root).map_err(Stop::Open)?;
    let mut checked = checks::check_with_prints(&source, request);
    let Some(theme) = checked.theme.take().filter(|_| Counts::of(&checked.findings).error == 0) else {
        return Ok((checked, None));
    };
    let files = match files(&source, &checked, theme, request) {
        Ok(files) => files,
        Err(Failed::Write(error)) => return Err(Stop::Write(error)),
        Err(Failed::Template(problems)) => {
            checked.findings = checks::add(&checked, &problems, &source, request);
            return Ok((checked, None));
        }
    };
    write::check_paths(files.keys().map(String::as_str)).map_err(Stop::Write)?;
    let replay = Replay { findings: checked.findings.clone(), pages: checked.plan.pages.len() };
    // findings are texts and numbers, which always have a JSON form
    let replay = serde_json::to_vec(&replay).unwrap_or_default();
    let made = Made {
        files,
        pages: checked.plan.pages.len(),
        holds: Holds { edition: request.edition.name().to_owned(), drafts: request.drafts },
        memory: Memory { key: key::of(&source, request), replay },
    };
    Ok((checked, Some(made)))
}

/// All files of a site, finished; or what its templates could not make.
fn files(
    source: &Source,
    checked: &Checked,
    theme: Theme,
    request: &Request,
) -> Result<BTreeMap<String, Vec<u8>>, Failed> {
    let address = request.address(checked);
    let files = Files::new(source, checked, &request.root, &address, theme);
    files.prepare();
    let finish = |n: usize| {
        let mut bytes = Vec::new();
        files.make(n, &mut bytes)?;
        if request.minify && files.page(n).is_some() {
            bytes = minify::page(&bytes);
        }
        Ok((files.path(n).unwrap_or_default().to_owned(), bytes))
    };
    let made: Vec<Result<(String, Vec<u8>), Trouble>> = (0..files.len()).into_par_iter().map(finish).collect();
    let (mut all, mut problems) = (BTreeMap::new(), Vec::new());
    for file in made {
        match file {
            Ok((path, bytes)) => drop(all.insert(path, bytes)),
            Err(Trouble::Template(problem)) => problems.push(problem),
            Err(Trouble::Read { path, error }) => {
                return Err(Failed::Write(WriteError::Failed { doing: Doing::Read, path, error }));
            }
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(Failed::Template(distinct(problems))) }
}

/// The toolkit's lock, for what is written beside a site.
///
/// # Errors
/// Another process has it for too long, or it can't be made.
pub fn lock(request: &Request) -> Result<Lock, WriteError> {
    Lock::take(&request.root, request.command, WAIT)
}

impl Made {
    /// The files by their paths, in the order of the paths' bytes; the manifest is not among them.
    #[must_use]
    pub const fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.files
    }

    /// How many pages there are.
    #[must_use]
    pub const fn pages(&self) -> usize {
        self.pages
    }

    /// What the site holds.
    #[must_use]
    pub const fn holds(&self) -> &Holds {
        &self.holds
    }

    /// The manifest that it has wherever it stands.
    #[must_use]
    pub fn manifest(&self) -> Manifest {
        let files: Vec<(&String, &Vec<u8>)> = self.files.iter().collect();
        let files = files.par_iter().map(|(path, bytes)| (path.as_str().into(), Fingerprint::of(bytes))).collect();
        Manifest { holds: self.holds.clone(), files }
    }

    /// Puts the site in the place of the one that is there, as a build does, with files `beside` it that nobody has yet.
    ///
    /// # Errors
    /// Another process at work, something foreign in the way, and every failed call: see [`Staging`].
    pub fn write(&self, target: &Target, request: &Request, beside: &[(&str, &[u8])]) -> Result<Written, WriteError> {
        let lock = lock(request)?;
        let staging = Staging::begin(target, &lock, self.holds.clone(), self.files.keys().map(String::as_str))?;
        let files: Vec<(&String, &Vec<u8>)> = self.files.iter().collect();
        files.par_iter().try_for_each(|(path, bytes)| staging.put(path, bytes))?;
        staging.finish_with(&self.memory, beside)
    }
}
