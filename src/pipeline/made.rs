//! A site that is made and stands nowhere yet: to be compared with the one that is out, and then written or packed.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::{Checked, Failed, Request, Stop, WAIT, checks, fill, key, replay};
use crate::finding::Counts;
use crate::source::Source;
use crate::write::{self, Fingerprint, Holds, Lock, Manifest, Memory, Staging, Target, WriteError, Written};

/// What the files of a site are put into while they are made, from any thread.
pub(super) trait Receives: Sync {
    /// Takes a file.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError>;
    /// Takes a file that was made from something with a fingerprint.
    fn put_made_from(&self, path: &str, bytes: &[u8], source: Fingerprint) -> Result<(), WriteError>;
    /// Whether the file is there already, made from the same.
    fn reuse(&self, path: &str, source: Fingerprint) -> Result<bool, WriteError>;
}

impl Receives for Staging {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        Self::put(self, path, bytes)
    }

    fn put_made_from(&self, path: &str, bytes: &[u8], source: Fingerprint) -> Result<(), WriteError> {
        Self::put_made_from(self, path, bytes, source)
    }

    fn reuse(&self, path: &str, source: Fingerprint) -> Result<bool, WriteError> {
        Self::reuse(self, path, source)
    }
}

/// A finished site in memory.
#[derive(Debug)]
pub struct Made {
    files: BTreeMap<String, Vec<u8>>,
    pages: usize,
    holds: Holds,
    memory: Memory,
}

/// The files so far.
#[derive(Default)]
struct InMemory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Receives for InMemory {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn put_made_from(&self, path: &str, bytes: &[u8], _: Fingerprint) -> Result<(), WriteError> {
        self.put(path, bytes)
    }

    fn reuse(&self, _: &str, _: Fingerprint) -> Result<bool, WriteError> {
        Ok(false)
    }
}

/// Reads and checks a toolkit and makes its site in memory; none where a finding is an error. Nothing is written, and
/// nothing locked.
///
/// # Errors
/// The toolkit's folder can't be opened, a file of it can't be read, or a path can be in no site.
pub fn make(request: &Request) -> Result<(Checked, Option<Made>), Stop> {
    let source = Source::read(&request.root).map_err(Stop::Open)?;
    let mut checked = super::check(&source, request);
    let Some(theme) = checked.theme.take().filter(|_| Counts::of(&checked.findings).error == 0) else {
        return Ok((checked, None));
    };
    let begin = |paths: &[&str]| {
        write::check_paths(paths.iter().copied())?;
        Ok(InMemory::default())
    };
    match fill(&source, &checked, theme, request, begin) {
        Ok(InMemory(files)) => {
            let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
            let made = Made {
                files,
                pages: checked.plan.pages.len(),
                holds: Holds { edition: request.edition.name().to_owned(), drafts: request.drafts },
                memory: Memory { key: key::of(&source, request), replay: replay(&checked) },
            };
            Ok((checked, Some(made)))
        }
        Err(Failed::Write(error)) => Err(Stop::Write(error)),
        Err(Failed::Template(problems)) => {
            checks::add(&mut checked, &problems, &source, request);
            Ok((checked, None))
        }
    }
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

    /// Puts the site in the place of the one that is there, as a build does.
    ///
    /// # Errors
    /// Another process at work, something foreign in the way, and every failed call: see [`Staging`].
    pub fn write(&self, target: &Target, request: &Request) -> Result<Written, WriteError> {
        let lock = Lock::take(&request.root, request.command, WAIT)?;
        let staging = Staging::begin(target, &lock, self.holds.clone(), self.files.keys().map(String::as_str))?;
        let files: Vec<(&String, &Vec<u8>)> = self.files.iter().collect();
        files.par_iter().try_for_each(|(path, bytes)| staging.put(path, bytes))?;
        staging.finish(&self.memory)
    }
}
