//! The picture of a toolkit after something in it changed: only what may have changed is read again.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::open::Root;
use super::path::ToolkitPath;
use super::read::{self, Outcome};
use super::walk::{self, Found};
use super::{MARKER, OpenError, Source, SourceFile, Store, sorted, spread};
use crate::finding::What;

/// What may have changed: paths from the toolkit's folder, of files or of whole folders. A hint may be wrong, and it may
/// name something that is not there any more; what was not hinted at is taken to be as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    paths: BTreeSet<String>,
    all: bool,
}

impl Hints {
    /// Anything may have changed.
    #[must_use]
    pub const fn everything() -> Self {
        Self { paths: BTreeSet::new(), all: true }
    }

    /// Adds a path from the toolkit's folder; the folder itself means everything.
    pub fn add(&mut self, path: &Path) {
        let mut parts = Vec::new();
        for part in path.components() {
            match part.as_os_str().to_str() {
                Some(part) => parts.push(part),
                // a name that is no text: its folder is looked at
                None => break,
            }
        }
        if parts.is_empty() {
            self.all = true;
        } else {
            self.paths.insert(parts.join("/"));
        }
    }

    /// Adds other hints.
    pub fn join(&mut self, other: Self) {
        self.paths.extend(other.paths);
        self.all |= other.all;
    }

    /// Whether nothing is hinted at.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.all
    }

    /// Whether anything may have changed.
    #[must_use]
    pub const fn is_everything(&self) -> bool {
        self.all
    }
}

impl Source {
    /// The picture of the same toolkit now, if nothing has changed but what is hinted at.
    ///
    /// # Errors
    /// The folder itself can't be opened or listed.
    pub fn again(&self, root: &Path, hints: &Hints) -> Result<Self, OpenError> {
        if hints.all {
            return Self::read(root);
        }
        let failed = |error| OpenError { path: root.to_owned(), error };
        let folder = Root::open(root).map_err(failed)?;
        let mut found = Found::default();
        walk::entries(root, &mut found).map_err(failed)?;
        let mut looked: BTreeSet<String> = BTreeSet::new();
        // what a link leads to may be anything that was hinted at
        for path in hints.paths.iter().map(String::as_str).chain(self.links.iter().map(ToolkitPath::as_str)) {
            let Some(path) = plain_way(root, path) else { continue };
            if !looked.iter().any(|other| is_at_or_below(path, other)) {
                looked.insert(path.to_owned());
            }
        }
        // one that was looked at first may lie below one that came later
        let looked: Vec<&String> = looked
            .iter()
            .filter(|path| !looked.iter().any(|other| other != *path && is_at_or_below(path, other)))
            .collect();
        for path in &looked {
            walk::at(root, path, &mut found);
        }
        let outcomes: Vec<Outcome> = spread(found.files, |path| read::read(&folder, &path, &mut Vec::new()));
        let refused = found.refused.into_iter().map(|(path, why)| read::refused(&path, What::Unreadable(why)));
        let stays = |path: &str| !looked.iter().any(|other| is_at_or_below(path, other));
        let mut problems: Vec<_> = self.problems.iter().filter(|problem| stays(&problem.at.file)).cloned().collect();
        problems.append(&mut found.problems);
        let mut links: Vec<ToolkitPath> = self.links.iter().filter(|path| stays(path.as_str())).cloned().collect();
        links.append(&mut found.links);
        links.sort();
        links.dedup();
        let new = sorted(outcomes.into_iter().chain(refused), &mut problems);
        let mut source = Self::with(self.with_files(&looked, new), found.entries, problems, Store::Disk(folder));
        source.links = links;
        Ok(source)
    }

    /// All files, where those at or below `looked` are `new`; both are sorted. Nothing is done for each of the others but to
    /// take it over: a large toolkit has many.
    fn with_files(&self, looked: &[&String], new: Vec<Arc<SourceFile>>) -> Vec<Arc<SourceFile>> {
        let position = |path: &str| self.files.partition_point(|file| file.path.as_str() < path);
        let mut gone: Vec<std::ops::Range<usize>> = Vec::new();
        for path in looked {
            let at = position(path);
            gone.push(at..at + usize::from(self.files.get(at).is_some_and(|file| file.path.as_str() == path.as_str())));
            // `0` comes after `/`
            gone.push(position(&format!("{path}/"))..position(&format!("{path}0")));
        }
        gone.sort_by_key(|range| range.start);
        let mut files = Vec::with_capacity(self.files.len() + new.len());
        let mut from = 0;
        for range in gone {
            files.extend(self.files.get(from..range.start).unwrap_or_default().iter().cloned());
            from = from.max(range.end);
        }
        files.extend(self.files.get(from..).unwrap_or_default().iter().cloned());
        if new.len() <= FEW {
            for file in new {
                files.insert(files.partition_point(|old| old.path < file.path), file);
            }
        } else {
            files.extend(new);
            files.sort_by(|a, b| a.path.cmp(&b.path));
        }
        files
    }
}

/// So many files are put between the others one by one; where more are new, all are sorted again.
const FEW: usize = 64;

/// Whether `path` is `folder` or in it.
fn is_at_or_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The part of `path` that can be walked: up to the first thing that is no folder, a link or nothing at all, since what
/// stands behind it is no part of the toolkit. `None` where nothing of it is read.
fn plain_way<'a>(root: &Path, path: &'a str) -> Option<&'a str> {
    if path == MARKER {
        return Some(path);
    }
    let first = path.split('/').next().unwrap_or_default();
    if first != "content" && first != "themes" {
        return None;
    }
    let mut end = 0;
    for part in path.split('/') {
        let start = if end == 0 { 0 } else { end + 1 };
        end = start + part.len();
        let way = path.get(..end).unwrap_or(path);
        // hidden folders and what editors leave behind are not read; whether it is a folder shows below
        if !walk::is_read(part, true) {
            return None;
        }
        // what can't be looked at is no folder either: walking it tells why
        if !root.join(way).symlink_metadata().is_ok_and(|found| found.is_dir()) {
            return Some(way);
        }
    }
    Some(path)
}
