//! What onevoice did not write in an output: found before the switch, and carried over into the new site.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rustix::fs::{
    AtFlags, FileType, Gid, Mode, OFlags, Stat, Timestamps, Uid, chmodat, chownat, fstat, futimens, linkat, mkdirat,
    openat, readlinkat, symlinkat,
};
use rustix::io::Errno;

use super::error::{Doing, Hindrance, WriteError};
use super::manifest::Manifest;
use super::path::Table;
use super::system::{self, Identity};
use super::{MANIFEST, MARKER, WORKING_FOLDER};

/// What is in an output and not ours, each after the folder it lies in.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    /// Files, links and everything else that is no folder.
    pub(super) things: Vec<Vec<u8>>,
    pub(super) folders: Vec<Folder>,
}

/// A folder that is not ours.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) path: Vec<u8>,
    about: Stat,
}

/// Something that now is in both sites.
#[derive(Debug)]
pub(super) struct Carried {
    pub(super) path: Vec<u8>,
    /// What was in the old site.
    pub(super) was: Mark,
    /// What is in the new site. An inode alone would not do: it is given to the next file when this one goes.
    pub(super) is: Mark,
}

/// By which we know whether a file is still the one it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    identity: Identity,
    modified: i64,
    size: u64,
}

impl Mark {
    pub(super) fn of(stat: &Stat) -> Self {
        Self { identity: Identity::of(stat), modified: system::modified(stat), size: system::size(stat) }
    }
}

/// A path below an output, for a message.
pub(super) fn shown(root: &Path, path: &[u8]) -> PathBuf {
    root.join(OsStr::from_bytes(path))
}

/// Finds all that is not in `ours` below `root`. A path of ours counts as ours only while it is a regular file.
/// `shown_root` is the root's path for messages.
pub(super) fn scan(root: &File, shown_root: &Path, ours: Option<&Manifest>) -> Result<Foreign, WriteError> {
    scan_from(root, shown_root, ours, Vec::new())
}

/// [`scan`] for one folder and what is below it.
pub(super) fn scan_from(
    root: &File,
    shown_root: &Path,
    ours: Option<&Manifest>,
    from: Vec<u8>,
) -> Result<Foreign, WriteError> {
    let device = Identity::of(&fstat(root).map_err(WriteError::failed(Doing::Read, shown_root))?).device;
    let our_folders = ours.map(Manifest::folders).unwrap_or_default();
    let mut found = Foreign::default();
    let mut open = vec![from];
    while let Some(path) = open.pop() {
        let failed = |error: Errno| WriteError::failed(Doing::Read, shown(shown_root, &path))(error);
        let folder = system::open_below(root, &path).map_err(failed)?;
        let is_ours =
            str::from_utf8(&path).is_ok_and(|path| path.is_empty() || our_folders.binary_search(&path).is_ok());
        if !is_ours {
            let about = fstat(&folder).map_err(failed)?;
            if Identity::of(&about).device != device {
                return Err(WriteError::Foreign { path: shown(shown_root, &path), why: Hindrance::Mount });
            }
            found.folders.push(Folder { path: path.clone(), about });
        }
        for (name, kind) in system::list(folder).map_err(failed)? {
            let below = join(&path, &name);
            let kind = match kind {
                FileType::Unknown => {
                    system::look(root, below.as_slice()).map_err(failed)?.map_or(kind, |stat| system::kind(&stat))
                }
                known => known,
            };
            if kind == FileType::Directory {
                // a killed run's; it is cleaned away where locks are held
                if below != WORKING_FOLDER.as_bytes() {
                    open.push(below);
                }
            } else if !(kind == FileType::RegularFile && is_one_of(ours, &below)) {
                found.things.push(below);
            }
        }
    }
    found.things.sort_unstable();
    found.folders.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

fn is_one_of(ours: Option<&Manifest>, path: &[u8]) -> bool {
    let is_machinery = path == MANIFEST.as_bytes() || path == MARKER.as_bytes();
    ours.is_some_and(|ours| is_machinery || str::from_utf8(path).is_ok_and(|path| ours.has(path)))
}

fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    if folder.is_empty() { name.to_vec() } else { [folder, b"/", name].concat() }
}

impl Foreign {
    /// What gets into the way of the new site, if anything does.
    pub(super) fn in_the_way(&self, of: &Table) -> Option<&[u8]> {
        let things = self.things.iter().map(|path| (path, false));
        let folders = self.folders.iter().map(|folder| (&folder.path, true));
        things.chain(folders).find(|(path, is_folder)| of.collides(path, *is_folder)).map(|(path, _)| path.as_slice())
    }

    /// Brings everything into the new site too. `shown_root` is the old site's path for messages.
    pub(super) fn carry(&self, old: &File, new: &File, shown_root: &Path) -> Result<Vec<Carried>, WriteError> {
        let failed = |path: &[u8]| WriteError::failed::<Errno>(Doing::Write, shown(shown_root, path));
        for Folder { path, .. } in &self.folders {
            let made = system::make_folders(new, system::parent(path));
            match made.and_then(|()| mkdirat(new, path.as_slice(), Mode::from_raw_mode(0o777))) {
                Ok(()) | Err(Errno::EXIST) => {}
                Err(error) => return Err(failed(path)(error)),
            }
        }
        let mut carried = Vec::with_capacity(self.things.len());
        for path in &self.things {
            match carry_one(old, new, path) {
                Ok(one) => carried.extend(one),
                Err(error) => {
                    let error = io::Error::from(error);
                    let why = hindrance(&error);
                    let path = shown(shown_root, path);
                    return Err(match why {
                        Some(why) => WriteError::Foreign { path, why },
                        None => WriteError::Failed { doing: Doing::Write, path, error },
                    });
                }
            }
        }
        // last and from the deepest: a folder may be closed even to its owner
        for Folder { path, about } in self.folders.iter().rev() {
            copy_rights(new, path, about).map_err(failed(path))?;
        }
        Ok(carried)
    }
}

/// Why something cannot be carried; `None` if the disk is to blame.
fn hindrance(error: &io::Error) -> Option<Hindrance> {
    match Errno::from_io_error(error)? {
        Errno::XDEV => Some(Hindrance::Mount),
        Errno::EXIST | Errno::NOTDIR => Some(Hindrance::InTheWay),
        Errno::PERM | Errno::ACCESS | Errno::NOTSUP | Errno::NAMETOOLONG => Some(Hindrance::Stuck),
        _ => None,
    }
}

/// Links something that is no folder into the new site, or copies it where the system has no links for it.
/// `None` if it has gone meanwhile.
fn carry_one(old: &File, new: &File, path: &[u8]) -> rustix::io::Result<Option<Carried>> {
    let link = || linkat(old, path, new, path, AtFlags::empty());
    let linked = match link() {
        Err(Errno::NOENT) => system::make_folders(new, system::parent(path)).and_then(|()| link()),
        linked => linked,
    };
    let was = match linked {
        Ok(()) => None,
        Err(Errno::NOENT) => return Ok(None),
        Err(Errno::PERM | Errno::MLINK | Errno::NOTSUP | Errno::NOSYS | Errno::ACCESS) => {
            match copy_one(old, new, path)? {
                Some(was) => Some(was),
                None => return Ok(None),
            }
        }
        Err(error) => return Err(error),
    };
    let Some(is) = system::look(new, path)? else { return Ok(None) };
    Ok(Some(Carried { path: path.to_vec(), was: was.unwrap_or_else(|| Mark::of(&is)), is: Mark::of(&is) }))
}

/// Copies a regular file or a link.
fn copy_one(old: &File, new: &File, path: &[u8]) -> rustix::io::Result<Option<Mark>> {
    let Some(was) = system::look(old, path)? else { return Ok(None) };
    match system::kind(&was) {
        FileType::Symlink => symlinkat(readlinkat(old, path, Vec::new())?, new, path)?,
        FileType::RegularFile => {
            let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let mut from = File::from(openat(old, path, flags, Mode::empty())?);
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
            let mut to = File::from(openat(new, path, flags, Mode::from_raw_mode(was.st_mode & 0o777))?);
            io::copy(&mut from, &mut to).map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))?;
            futimens(&to, &times(&was))?;
        }
        _ => return Err(Errno::NOTSUP),
    }
    Ok(Some(Mark::of(&was)))
}

#[allow(clippy::useless_conversion, reason = "the fields' types differ by system")]
fn times(stat: &Stat) -> Timestamps {
    let time = |seconds: i64, rest: i64| rustix::fs::Timespec { tv_sec: seconds, tv_nsec: rest };
    let modified = system::modified(stat);
    let modified = time(modified.div_euclid(1_000_000_000), modified.rem_euclid(1_000_000_000));
    Timestamps { last_access: modified, last_modification: modified }
}

/// Gives a folder of the new site the owner and the rights of the old one's. Only the rights have to succeed.
fn copy_rights(new: &File, path: &[u8], about: &Stat) -> rustix::io::Result<()> {
    let owner = (about.st_uid, about.st_gid);
    if owner != (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw()) {
        let (user, group) = (Uid::from_raw(owner.0), Gid::from_raw(owner.1));
        let _ = chownat(new, path, Some(user), Some(group), AtFlags::SYMLINK_NOFOLLOW);
    }
    chmodat(new, path, Mode::from_raw_mode(about.st_mode & 0o7777), AtFlags::empty())
}
