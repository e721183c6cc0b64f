//! The switch: the new site takes the place of the old one by its name alone.

use rustix::fs::{fsync, renameat};
use rustix::io::{Errno, Result};

use super::claim::Place;
use super::system;

/// How a site came to its place. Readers see the old site or the new one unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// There was no output.
    First,
    /// At one stroke.
    Exchanged,
    /// By two renames, since folders cannot be exchanged there: for an instant there was no site.
    Renamed,
    /// File by file, pages before what links to them: the output is a mount, or its parent folder is closed to us.
    FileByFile,
}

/// Renames the working folder to the output's name.
///
/// [`How::FileByFile`]: this cannot be done here, and nothing was done.
pub(super) fn switch(place: &Place, has_old: bool) -> Result<How> {
    let Some(name) = &place.name else { return Ok(How::FileByFile) };
    let how = if has_old {
        match system::exchange(&place.dir, &place.new, name) {
            Ok(()) => How::Exchanged,
            Err(error) if is_not_here(error) => two_renames(place, || Ok(()))?,
            Err(error) => return Err(error),
        }
    } else {
        // replaces an empty folder at the most
        renameat(&place.dir, &place.new, &place.dir, name)?;
        How::First
    };
    if how != How::FileByFile {
        // without a journal the removal of old files could reach the disk before the switch
        let _ = fsync(&place.dir);
    }
    Ok(how)
}

/// Whether an error says that folders cannot be exchanged or renamed here, rather than that something is wrong.
fn is_not_here(error: Errno) -> bool {
    matches!(
        error,
        Errno::XDEV | Errno::INVAL | Errno::NOSYS | Errno::NOTSUP | Errno::BUSY | Errno::PERM | Errno::ACCESS
    )
}

/// Old site away, new site in. `between` is for tests.
fn two_renames(place: &Place, between: impl FnOnce() -> Result<()>) -> Result<How> {
    let Some(name) = &place.name else { return Ok(How::FileByFile) };
    match renameat(&place.dir, name, &place.dir, &place.old) {
        Ok(()) => {}
        Err(error) if is_not_here(error) => return Ok(How::FileByFile),
        Err(error) => return Err(error),
    }
    match between().and_then(|()| renameat(&place.dir, &place.new, &place.dir, name)) {
        Ok(()) => Ok(How::Renamed),
        Err(error) => {
            // the next run does it if this fails too
            let _ = renameat(&place.dir, &place.old, &place.dir, name);
            Err(error)
        }
    }
}
