//! Small files of `.onevoice/`, which may be deleted at any time: what is not there or can't be kept costs time, nothing else.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, OFlags, openat, renameat};

use super::error::{Doing, WriteError};
use super::{CACHE, lock, system};

/// No file of ours comes near.
const LARGEST: u64 = 16 << 20;

/// What stands in the file `name` of the toolkit's cache, if it is a plain file of a sensible size.
#[must_use]
pub fn recall(root: &Path, name: &str) -> Option<Vec<u8>> {
    let folder = system::open_folder(CWD, root.join(CACHE)).ok()?;
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(openat(&folder, name, flags, Mode::empty()).ok()?);
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
    let failed = |error: io::Error| WriteError::failed(Doing::Write, cache.join(name))(error);
    // by process, so that two do not write into one
    let new = format!("{name}.{}.new", std::process::id());
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = openat(&folder, &new, flags, Mode::from_raw_mode(0o666)).map_err(|error| failed(error.into()))?;
    let done = File::from(file).write_all(bytes).and_then(|()| Ok(renameat(&folder, &new, &folder, name)?));
    if done.is_err() {
        // a half file of another name is never read
        let _ = rustix::fs::unlinkat(&folder, &new, rustix::fs::AtFlags::empty());
    }
    done.map_err(failed)
}
