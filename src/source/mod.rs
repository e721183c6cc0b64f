//! The toolkit on disk as one immutable picture: which files there are, what they hold, what could not be read.
//!
//! The only room that reads the toolkit. It knows nothing of what a file means; it can find the place of a word in it.

#![expect(clippy::disallowed_methods, reason = "the room that reads the toolkit")]

mod again;
mod front_matter;
mod markdown;
mod memo;
mod open;
mod path;
mod place;
mod read;
mod spread;
mod stamps;
mod text;
mod walk;
pub mod yaml;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::finding::{Problem, What};
use open::{Opened, Root};

pub use again::Hints;
pub use front_matter::{FrontMatter, front_matter};
pub use markdown::MARKDOWN;
pub use memo::{From, Memo};
pub use path::ToolkitPath;
pub use read::{ASSET_LIMIT, TEXT_LIMIT};
pub use spread::spread;
pub use stamps::Stamps;
pub use walk::RootEntry;

/// The file that marks a toolkit's root.
pub const MARKER: &str = "toolkit.yaml";

/// An immutable picture of a toolkit.
#[derive(Debug)]
pub struct Source {
    files: Arc<[Arc<SourceFile>]>,
    entries: Vec<RootEntry>,
    problems: Vec<Problem>,
    /// The files that are links: what they lead to may change without them.
    links: Vec<ToolkitPath>,
    fingerprint: OnceLock<blake3::Hash>,
    store: Store,
    places: place::Cache,
}

/// Where the bytes of assets are.
#[derive(Debug)]
enum Store {
    Disk(Root),
    Memory(BTreeMap<ToolkitPath, Arc<[u8]>>),
}

/// What could be seen in a picture of a toolkit.
#[derive(Clone, Debug)]
pub struct Seen {
    files: Arc<[Arc<SourceFile>]>,
    entries: Vec<RootEntry>,
    problems: Vec<Problem>,
}

/// One file of a toolkit.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name.
    pub path: ToolkitPath,
    /// BLAKE3 of its bytes; for a file that can't be read, of the reason.
    pub hash: blake3::Hash,
    /// What it holds.
    pub content: Content,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// Text, without a byte order mark; line ends as they are in the file.
    Text(Arc<str>),
    /// Bytes that are not held in memory: files to publish, a theme's `static/` and `handout/`, and whatever is no
    /// text by its ending.
    Asset {
        /// Bytes.
        size: u64,
    },
    /// Nothing that can be used; one of [`Source::problems`] says why.
    Unusable,
}

impl SourceFile {
    /// The text, if it is a text.
    #[must_use]
    pub const fn text(&self) -> Option<&Arc<str>> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Asset { .. } | Content::Unusable => None,
        }
    }
}

/// The toolkit's folder itself can't be opened or listed.
#[derive(Debug)]
pub struct OpenError {
    /// The folder.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl Source {
    /// The nearest folder at or above `from` that holds a [`MARKER`], whatever that is.
    #[must_use]
    pub fn find(from: &Path) -> Option<PathBuf> {
        let from = std::path::absolute(from).ok()?;
        let folder = from.ancestors().find(|folder| folder.join(MARKER).symlink_metadata().is_ok())?;
        Some(folder.to_owned())
    }

    /// Reads the toolkit in `root`: its `toolkit.yaml` and all below `content/` and `themes/`, on all threads of the
    /// current rayon pool. What can't be read is a problem, and the rest goes on.
    ///
    /// # Errors
    /// The folder itself can't be opened or listed.
    pub fn read(root: &Path) -> Result<Self, OpenError> {
        let failed = |error| OpenError { path: root.to_owned(), error };
        let folder = Root::open(root).map_err(failed)?;
        let found = walk::walk(root).map_err(failed)?;
        let outcomes: Vec<_> =
            found.files.par_iter().map_init(Vec::new, |buffer, path| read::read(&folder, path, buffer)).collect();
        let refused = found.refused.into_iter().map(|(path, why)| read::refused(&path, What::Unreadable(why)));
        let outcomes = outcomes.into_iter().chain(refused);
        let mut source = Self::of(outcomes, found.entries, found.problems, Store::Disk(folder));
        source.links = found.links;
        Ok(source)
    }

    /// A toolkit that is on no disk: paths and what the files hold, text or bytes. Paths that no toolkit can have
    /// are left out.
    #[must_use]
    pub fn from_texts<P, T>(files: impl IntoIterator<Item = (P, T)>) -> Self
    where
        P: AsRef<str>,
        T: AsRef<[u8]>,
    {
        let mut outcomes = Vec::new();
        let mut entries = Vec::new();
        let mut held = BTreeMap::new();
        for (path, bytes) in files {
            let Some(path) = ToolkitPath::new(path.as_ref()) else { continue };
            let (name, folder) = match path.as_str().split_once('/') {
                Some((name, _)) => (name, true),
                None => (path.as_str(), false),
            };
            entries.push(RootEntry { name: name.into(), folder });
            if walk::is_in_toolkit(&path) {
                outcomes.push(read::of_bytes(&path, bytes.as_ref()));
                if read::kind(&path) == read::Kind::Asset {
                    held.insert(path, Arc::from(bytes.as_ref()));
                }
            }
        }
        entries.sort();
        entries.dedup();
        Self::of(outcomes.into_iter(), entries, Vec::new(), Store::Memory(held))
    }

    fn of(
        outcomes: impl Iterator<Item = read::Outcome>,
        entries: Vec<RootEntry>,
        mut problems: Vec<Problem>,
        store: Store,
    ) -> Self {
        let files = sorted(outcomes, &mut problems);
        Self::with(files, entries, problems, store)
    }

    fn with(files: Vec<Arc<SourceFile>>, entries: Vec<RootEntry>, mut problems: Vec<Problem>, store: Store) -> Self {
        problems.sort_by(|a, b| a.at.file.cmp(&b.at.file));
        Self {
            files: files.into(),
            entries,
            problems,
            links: Vec::new(),
            fingerprint: OnceLock::new(),
            store,
            places: place::Cache::default(),
        }
    }

    /// All files, sorted by path.
    #[must_use]
    pub fn files(&self) -> impl ExactSizeIterator<Item = &SourceFile> {
        self.files.iter().map(|file| &**file)
    }

    /// The file at `path`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&SourceFile> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files.get(at).map(|file| &**file)
    }

    /// The text at `path`, if there is such a file and it is a text.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        self.get(path)?.text()
    }

    /// The files below `folder`, however deep, sorted by path.
    pub fn under(&self, folder: &str) -> impl Iterator<Item = &SourceFile> {
        let prefix = format!("{}/", folder.trim_end_matches('/'));
        let start = self.files.partition_point(|file| file.path.as_str() < prefix.as_str());
        self.files
            .iter()
            .map(|file| &**file)
            .skip(start)
            .take_while(move |file| file.path.as_str().starts_with(&prefix))
    }

    /// The names at the toolkit's root, sorted; hidden and left-behind ones not counted.
    #[must_use]
    pub fn root_entries(&self) -> &[RootEntry] {
        &self.entries
    }

    /// What could not be read, sorted by path.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// BLAKE3 of all paths and of what they hold.
    #[must_use]
    pub fn fingerprint(&self) -> blake3::Hash {
        *self.fingerprint.get_or_init(|| fingerprint(&self.files))
    }

    /// Whether another picture shows the same: files, names at the root, and what could not be read.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.others_than(&other.seen()).is_some_and(|others| others.is_empty())
    }

    /// What can be seen in it, to be compared with a later picture.
    #[must_use]
    pub fn seen(&self) -> Seen {
        Seen { files: Arc::clone(&self.files), entries: self.entries.clone(), problems: self.problems.clone() }
    }

    /// The files that hold something else than in `before`; `None` where any came or went, or where others can't be read.
    #[must_use]
    pub fn others_than(&self, before: &Seen) -> Option<Vec<&SourceFile>> {
        if self.files.len() != before.files.len() || self.entries != before.entries || self.problems != before.problems
        {
            return None;
        }
        // what was not read again is the same thing
        let pairs = || self.files.iter().zip(before.files.iter()).filter(|(file, old)| !Arc::ptr_eq(file, old));
        let same_path = |(file, old): (&Arc<SourceFile>, &Arc<SourceFile>)| file.path == old.path;
        pairs()
            .all(same_path)
            .then(|| pairs().filter(|(file, old)| file.hash != old.hash).map(|(file, _)| &**file).collect())
    }

    /// Opens an asset again, as safely as the first time; with its size now, which may not be the size of the picture.
    ///
    /// # Errors
    /// What the system said; `InvalidData` if it is no plain file of the toolkit any more.
    pub fn open_asset(&self, path: &ToolkitPath) -> io::Result<(Box<dyn Read + Send>, u64)> {
        match &self.store {
            Store::Disk(root) => {
                let Opened { file, size } = root.file(path.as_str()).map_err(|why| no_asset(path, &why))?;
                Ok((Box::new(file), size))
            }
            Store::Memory(held) => {
                let bytes = held.get(path).ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, path.to_string()))?;
                Ok((Box::new(Cursor::new(Arc::clone(bytes))), bytes.len() as u64))
            }
        }
    }

    /// The bytes of an asset, read now.
    ///
    /// # Errors
    /// As [`Source::open_asset`], and if it has grown over [`ASSET_LIMIT`] or shrinks under our hands.
    pub fn asset_bytes(&self, path: &ToolkitPath) -> io::Result<Vec<u8>> {
        match &self.store {
            Store::Disk(root) => {
                let opened = root.file(path.as_str()).map_err(|why| no_asset(path, &why))?;
                let mut bytes = Vec::new();
                read::fill(opened, &mut bytes, ASSET_LIMIT).map_err(|why| no_asset(path, &why))?;
                Ok(bytes)
            }
            Store::Memory(_) => {
                let mut bytes = Vec::new();
                self.open_asset(path)?.0.read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

fn no_asset(path: &ToolkitPath, why: &dyn fmt::Debug) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{path}: {why:?}"))
}

/// What was read, sorted by path, each path once; what could not be used is told.
fn sorted(outcomes: impl Iterator<Item = read::Outcome>, problems: &mut Vec<Problem>) -> Vec<Arc<SourceFile>> {
    let mut files = Vec::with_capacity(outcomes.size_hint().0);
    for outcome in outcomes {
        files.push(Arc::new(outcome.file));
        problems.extend(outcome.problem);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    files
}

fn fingerprint(files: &[Arc<SourceFile>]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    for file in files {
        part(file.path.as_str().as_bytes());
        part(file.hash.as_bytes());
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests;
