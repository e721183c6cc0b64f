//! A site as one file (a ZIP): where it may stand, and how it is replaced whole.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, fsync, openat, renameat, unlinkat};

use super::error::{Busy, Doing, WriteError};
use super::lock::{self, Lock};
use super::{Refusal, system, target};

/// Where a file really is, after all links. It need not exist, the folder that it lies in has to.
///
/// # Errors
/// Refuses a place in the sources or the cache, a folder, and what can't be looked at.
pub fn place(file: &Path, toolkit_root: &Path, home: Option<&Path>) -> Result<PathBuf, Refusal> {
    let root = system::real_path(toolkit_root).map_err(Refusal::unreadable(toolkit_root))?;
    let path = target::resolve(file)?;
    target::refuse_places(&path, &root, home)?;
    match system::look(CWD, &path).map_err(Refusal::unreadable(&path))? {
        Some(stat) if system::kind(&stat) != FileType::RegularFile => {
            Err(Refusal::unreadable(&path)(io::Error::other("it is no plain file")))
        }
        _ => Ok(path),
    }
}

/// Makes a file, or replaces it as a whole: `put` writes into a hidden file beside it, which then takes its name.
///
/// # Errors
/// Another process writes the same file, and every failed call. What was there is as it was.
pub fn replace(path: &Path, _: &Lock, put: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), WriteError> {
    let failed = |error: io::Error| WriteError::failed(Doing::Write, path)(error);
    let (Some(above), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(failed(io::ErrorKind::InvalidFilename.into()));
    };
    let folder = system::open_folder(CWD, above).map_err(|error| failed(error.into()))?;
    // always the same name, so that what a killed run left is used again
    let new = format!(".{}.onevoice-new", name.to_string_lossy());
    let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut new_file =
        File::from(openat(&folder, &new, flags, Mode::from_raw_mode(0o666)).map_err(|error| failed(error.into()))?);
    if !lock::lock_until(&new_file, Instant::now()) || !lock::is_still(&folder, &new, &new_file).unwrap_or(false) {
        return Err(WriteError::Busy(Busy { place: path.to_owned(), pid: None, command: None }));
    }
    let done = new_file
        .set_len(0)
        .and_then(|()| put(&mut new_file))
        .and_then(|()| new_file.sync_all())
        .and_then(|()| Ok(renameat(&folder, &new, &folder, name)?));
    match done {
        // some file systems cannot, and the file is whole either way
        Ok(()) => drop(fsync(&folder)),
        Err(_) => drop(unlinkat(&folder, &new, AtFlags::empty())),
    }
    lock::unlock(&new_file);
    done.map_err(failed)
}
