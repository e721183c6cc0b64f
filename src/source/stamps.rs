//! How the files of a toolkit look from outside: sizes and times, without reading one. Where no events come this is
//! what tells that something has changed; where they come it is the net below them.

use std::collections::BTreeMap;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use super::again::Hints;
use super::path::ToolkitPath;
use super::walk;

/// What the system tells of a file without opening it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

/// The stamps of all files, and the names at the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamps {
    files: BTreeMap<ToolkitPath, Option<Stamp>>,
    entries: Vec<walk::RootEntry>,
}

impl Stamps {
    /// Looks at all files of the toolkit in `root`.
    ///
    /// # Errors
    /// The folder itself can't be listed.
    pub fn take(root: &Path) -> io::Result<Self> {
        let found = walk::walk(root)?;
        let paths = found.files.into_iter().chain(found.refused.into_iter().map(|(path, _)| path));
        let files = paths.map(|path| {
            // through a link: what counts is what would be read
            let stamp = root.join(path.as_str()).metadata().ok().map(|found| Stamp {
                inode: found.ino(),
                size: found.size(),
                modified: (found.mtime(), found.mtime_nsec()),
                changed: (found.ctime(), found.ctime_nsec()),
            });
            (path, stamp)
        });
        Ok(Self { files: files.collect(), entries: found.entries })
    }

    /// What differs between an earlier look and this one.
    #[must_use]
    pub fn since(&self, before: &Self) -> Hints {
        let mut hints = Hints::default();
        let new = self.files.iter().filter(|(path, stamp)| before.files.get(*path) != Some(*stamp));
        let gone = before.files.keys().filter(|path| !self.files.contains_key(*path));
        for path in new.map(|(path, _)| path).chain(gone) {
            hints.add(Path::new(path.as_str()));
        }
        if self.entries != before.entries {
            // what stands at the root is listed with every look
            hints.add(Path::new(super::MARKER));
        }
        hints
    }
}
