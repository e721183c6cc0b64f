//! A file that is written to see whether the system tells of it, in the toolkit's own folder for such things.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, Mode, OFlags, openat, unlinkat};

use super::CACHE;
use super::lock::open_cache;

/// A file in `.onevoice/`, gone when this is.
#[derive(Debug)]
pub struct Probe {
    folder: File,
    path: PathBuf,
    name: String,
}

impl Probe {
    /// Makes the folder, if it is not there.
    ///
    /// # Errors
    /// The folder can't be made.
    pub fn prepare(root: &Path) -> io::Result<Self> {
        let path = root.join(CACHE);
        let folder = open_cache(&path).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self { folder, path, name: format!("watch-{}", std::process::id()) })
    }

    /// The folder that has to be watched.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.path
    }

    /// The name of the file that will be there.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Writes the file.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&self) -> io::Result<()> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut file = File::from(openat(&self.folder, self.name.as_str(), flags, Mode::from_raw_mode(0o666))?);
        file.write_all(b"onevoice looks whether this folder reports changes\n")
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        let _ = unlinkat(&self.folder, self.name.as_str(), AtFlags::empty());
    }
}
