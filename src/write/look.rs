//! What stands where a site is to go, looked at without changing or locking anything.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, FileType, Mode, OFlags, openat};
use rustix::io::Errno;

use super::manifest::{Fingerprint, Holds, Manifest};
use super::{MANIFEST, Refusal, Target, system, target};

impl Target {
    /// The manifest of the site that is there; `None` where none is.
    ///
    /// # Errors
    /// It can't be read or is damaged.
    pub fn manifest(&self) -> Result<Option<Manifest>, Refusal> {
        match system::open_folder(CWD, self.path()) {
            Ok(folder) => target::manifest_in(&folder, self.path()),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(Refusal::unreadable(self.path())(error)),
        }
    }

    /// What stands in a plain file of the output, if it is there and has at most `most` bytes.
    #[must_use]
    pub fn read(&self, name: &str, most: u64) -> Option<Vec<u8>> {
        plain_file(&self.path().join(name), most).ok().flatten()
    }

    /// The fingerprint of what stands under this name in the output; none where nothing does, zeros where it is no plain file
    /// that can be read.
    #[must_use]
    pub fn print(&self, name: &str) -> Option<Fingerprint> {
        let hashed = open_plain(&self.path().join(name)).and_then(|file| {
            let Some(mut file) = file else { return Ok(None) };
            let mut hasher = blake3::Hasher::new();
            io::copy(&mut file, &mut hasher)?;
            Ok(Some(Fingerprint::from(hasher.finalize())))
        });
        hashed.unwrap_or(Some(Fingerprint([0; 16])))
    }

    /// Whether anything has this name in the output.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        // what can't be looked at is there, and is left alone
        !matches!(system::look(CWD, self.path().join(name)), Ok(None))
    }
}

/// Opens a plain file; `None` where nothing is.
///
/// # Errors
/// Something else stands there, or the system does not let us read it.
pub fn open_plain(path: &Path) -> io::Result<Option<File>> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = match openat(CWD, path, flags, Mode::empty()) {
        Ok(file) => File::from(file),
        Err(Errno::NOENT) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    if system::kind(&rustix::fs::fstat(&file)?) == FileType::RegularFile {
        Ok(Some(file))
    } else {
        Err(io::Error::other("it is no plain file"))
    }
}

fn plain_file(path: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let Some(file) = open_plain(path)? else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// The sites of ours that a place is in or is itself, the nearest first. `path` is the real one, after all links.
#[must_use]
pub fn sites_around(path: &Path) -> Vec<(PathBuf, Holds)> {
    let holds = |folder: &Path| {
        // a manifest that is damaged still tells its edition, if its first line does
        let bytes = first_line(&folder.join(MANIFEST)).ok()??;
        Holds::parse(&bytes).ok().map(|holds| (folder.to_owned(), holds))
    };
    path.ancestors().filter_map(holds).collect()
}

fn first_line(path: &Path) -> io::Result<Option<String>> {
    let Some(file) = open_plain(path)? else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(200).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).lines().next().map(str::to_owned))
}
