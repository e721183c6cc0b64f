//! Small files of `.onevoice/`, which may be deleted at any time: what is not there or can't be kept costs time, nothing else.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, mkdirat, openat, renameat, unlinkat};

use super::error::{Doing, WriteError};
use super::{CACHE, lock, system};

/// No file of ours comes near.
const LARGEST: u64 = 16 << 20;

/// What stands in the file `name` of the toolkit's cache, if it is a plain file of a sensible size.
#[must_use]
pub fn recall(root: &Path, name: &str) -> Option<Vec<u8>> {
    let folder = system::open_folder(CWD, root.join(CACHE)).ok()?;
    read(&folder, name)
}

fn read(folder: &File, name: &str) -> Option<Vec<u8>> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(openat(folder, name, flags, Mode::empty()).ok()?);
    let stat = rustix::fs::fstat(&file).ok()?;
    if system::kind(&stat) != FileType::RegularFile || system::size(&stat) > LARGEST {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Puts `bytes` into the file `name` of the toolkit's cache, whole or not at all.
pub fn remember(root: &Path, name: &str, bytes: &[u8]) {
    // what can't be kept costs time, nothing else
    let _ = keep(root, name, bytes);
}

/// [`remember`], and tells what went wrong.
///
/// # Errors
/// Every failed call; what was kept before is still there.
pub fn keep(root: &Path, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
    let cache = root.join(CACHE);
    let folder = lock::open_cache(&cache)?;
    write(&folder, name, bytes).map_err(WriteError::failed(Doing::Write, cache.join(name)))
}

fn write(folder: &File, name: &str, bytes: &[u8]) -> io::Result<()> {
    // by process, so that two do not write into one
    let new = format!("{name}.{}.new", std::process::id());
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = openat(folder, &new, flags, Mode::from_raw_mode(0o666))?;
    let done = File::from(file).write_all(bytes).and_then(|()| Ok(renameat(folder, &new, folder, name)?));
    if done.is_err() {
        // a half file of another name is never read
        let _ = unlinkat(folder, &new, AtFlags::empty());
    }
    done
}

/// A folder of the cache, for many files that are remembered by what they are made from.
#[derive(Debug)]
pub struct Folder(Option<File>);

impl Folder {
    /// Opens the folder `name` of the toolkit's cache, made if it is missing. One that can't be had remembers nothing.
    #[must_use]
    pub fn open(root: &Path, name: &str) -> Self {
        let open = || {
            let cache = lock::open_cache(&root.join(CACHE)).ok()?;
            // it may be there
            let _ = mkdirat(&cache, name, Mode::from_raw_mode(0o777));
            system::open_folder(&cache, name).ok()
        };
        Self(open())
    }

    /// One that remembers nothing: for toolkits that are on no disk.
    #[must_use]
    pub const fn none() -> Self {
        Self(None)
    }

    /// What stands in the file `name`.
    #[must_use]
    pub fn recall(&self, name: &str) -> Option<Vec<u8>> {
        read(self.0.as_ref()?, name)
    }

    /// Puts `bytes` into the file `name`, whole or not at all.
    pub fn remember(&self, name: &str, bytes: &[u8]) {
        if let Some(folder) = &self.0 {
            // what can't be kept costs time, nothing else
            let _ = write(folder, name, bytes);
        }
    }

    /// Removes all files but those that `keep` names.
    pub fn keep_only(&self, keep: &BTreeSet<String>) {
        let Some(folder) = &self.0 else { return };
        let Ok(here) = system::open_folder(folder, ".") else { return };
        for (name, kind) in system::list(here).unwrap_or_default() {
            let known = std::str::from_utf8(&name).is_ok_and(|name| keep.contains(name));
            if kind == FileType::RegularFile && !known {
                // what can't be removed is too much, and no more
                let _ = unlinkat(folder, name.as_slice(), AtFlags::empty());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_what_is_named_and_no_more() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::open(root.path(), "prints");
        folder.remember("one", b"1");
        folder.remember("two", b"2");
        assert_eq!(Folder::open(root.path(), "prints").recall("one").as_deref(), Some(&b"1"[..]));
        folder.keep_only(&BTreeSet::from(["two".to_owned()]));
        assert_eq!((folder.recall("one"), folder.recall("two")), (None, Some(b"2".to_vec())));
        assert_eq!(Folder::none().recall("two"), None);
    }
}
