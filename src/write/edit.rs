//! A writer's own file, replaced whole or made anew: never half of it, never outside the toolkit, never by accident.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Component, Path, PathBuf};

use rustix::fs::{AtFlags, CWD, FileType, Gid, Mode, OFlags, Uid, fchmod, fchown, fsync, openat, renameat, unlinkat};
use rustix::io::Errno;

use super::error::{Doing, WriteError};
use super::system;

/// Replaces the file `path` in `root` by these bytes, keeping its rights. A link is followed if it stays in `root`.
///
/// # Errors
/// A file that does not exist, is no regular file, or lies outside `root`; every failed call. The file is as before.
pub fn replace(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    replace_if(root, path, bytes, |_, _| Ok(()))
}

/// As [`replace`], if the file still holds `was`: what someone else's program has saved meanwhile is not lost.
///
/// # Errors
/// As [`replace`], and if the file holds something else.
pub fn replace_if_same(root: &Path, path: &Path, was: &[u8], bytes: &[u8]) -> Result<(), WriteError> {
    replace_if(root, path, bytes, |folder, name| {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let mut now = Vec::with_capacity(was.len() + 1);
        let file = File::from(openat(folder, name, flags, Mode::empty())?);
        file.take(was.len() as u64 + 1).read_to_end(&mut now)?;
        if now == was { Ok(()) } else { Err(io::Error::other("it was changed just now: try again")) }
    })
}

/// As [`replace`], if no link leads to the file: of a file of our own that may not be another one in truth.
///
/// # Errors
/// As [`replace`], and if a link leads to it.
pub fn replace_no_link(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let failed = |error: io::Error| WriteError::failed(Doing::Write, root.join(path))(error);
    let there = system::real_path(root).map_err(failed)?.join(path);
    if inside(root, path).map_err(failed)? != there {
        return Err(failed(io::Error::other("a link leads to it")));
    }
    replace(root, path, bytes)
}

fn replace_if(
    root: &Path,
    path: &Path,
    bytes: &[u8],
    look: impl FnOnce(&File, &Path) -> io::Result<()>,
) -> Result<(), WriteError> {
    let failed = |error: io::Error| WriteError::failed(Doing::Write, root.join(path))(error);
    let file = inside(root, path).map_err(failed)?;
    let (folder, name) = open_parent(&file).map_err(failed)?;
    let was = system::look(&folder, name).map_err(|error| failed(error.into()))?;
    let Some(was) = was.filter(|was| system::kind(was) == FileType::RegularFile) else {
        return Err(failed(io::Error::other("it is no regular file")));
    };
    look(&folder, name).map_err(failed)?;
    let keep_rights = |new: &File| {
        if (was.st_uid, was.st_gid) != (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw()) {
            // allowed for the system's owner, and for groups that we are in
            let _ = fchown(new, Some(Uid::from_raw(was.st_uid)), Some(Gid::from_raw(was.st_gid)));
        }
        fchmod(new, Mode::from_raw_mode(was.st_mode & 0o7777))
    };
    write_whole(&folder, name, There::Yes, bytes, keep_rights).map_err(failed)
}

/// Makes the file `path` in `root`, with the folders above it. Never overwrites anything.
///
/// # Errors
/// `AlreadyExists` if something is there; a path that leaves `root`; every failed call.
pub fn create_new(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let failed = |error: io::Error| WriteError::failed(Doing::Write, root.join(path))(error);
    if !path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(failed(io::Error::other("it lies outside the toolkit")));
    }
    let above = path.parent().unwrap_or(Path::new(""));
    make_above(root, above).map_err(failed)?;
    let above = inside(root, above).map_err(failed)?;
    let name = path.file_name().ok_or_else(|| failed(io::ErrorKind::InvalidFilename.into()))?;
    let folder = system::open_folder(CWD, &above).map_err(|error| failed(error.into()))?;
    write_whole(&folder, name.as_ref(), There::No, bytes, |_| Ok(())).map_err(failed)
}

/// The real place of something in `root`.
fn inside(root: &Path, path: &Path) -> io::Result<PathBuf> {
    let real = system::real_path(&root.join(path))?;
    if real.starts_with(system::real_path(root)?) {
        Ok(real)
    } else {
        Err(io::Error::other("it lies outside the toolkit"))
    }
}

fn open_parent(file: &Path) -> io::Result<(File, &Path)> {
    let (Some(above), Some(name)) = (file.parent(), file.file_name()) else {
        return Err(io::ErrorKind::InvalidFilename.into());
    };
    Ok((system::open_folder(CWD, above)?, name.as_ref()))
}

/// Makes the folders from `root` down to `path`, as long as what is there is inside `root`.
fn make_above(root: &Path, path: &Path) -> io::Result<()> {
    let mut here = PathBuf::new();
    for part in path.components() {
        here.push(part);
        match rustix::fs::mkdirat(CWD, root.join(&here), Mode::from_raw_mode(0o777)) {
            Ok(()) => {}
            Err(Errno::EXIST) => inside(root, &here).map(drop)?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Whether a file is there already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum There {
    /// It is replaced.
    Yes,
    /// It is never replaced.
    No,
}

/// Writes a file without a name, brings it to the disk, and gives it its name: a run that is killed leaves nothing.
/// Where the system knows no such files, it is a hidden file beside `name` until then.
fn write_whole(
    folder: &File,
    name: &Path,
    there: There,
    bytes: &[u8],
    prepare: impl FnOnce(&File) -> rustix::io::Result<()>,
) -> io::Result<()> {
    // by process, so that two do not write into one
    let hidden = format!(".{}.onevoice-{}", short(name), std::process::id());
    let (mut file, is_nameless) = if let Some(file) = system::nameless(folder) {
        (file, true)
    } else {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        (File::from(openat(folder, &hidden, flags, Mode::from_raw_mode(0o666))?), false)
    };
    let done = file.write_all(bytes).and_then(|()| Ok(prepare(&file)?)).and_then(|()| file.sync_all()).and_then(|()| {
        Ok(match (there, is_nameless) {
            (There::No, true) => system::name(&file, folder, name),
            (There::No, false) => system::rename_new(folder, &hidden, folder, name),
            (There::Yes, true) => {
                system::name(&file, folder, Path::new(&hidden)).and_then(|()| renameat(folder, &hidden, folder, name))
            }
            (There::Yes, false) => renameat(folder, &hidden, folder, name),
        }?)
    });
    if done.is_err() {
        let _ = unlinkat(folder, &hidden, AtFlags::empty());
    } else {
        // some file systems cannot, and the file is whole either way
        let _ = fsync(folder);
    }
    done
}

/// The start of a name, so that ours is not too long.
fn short(name: &Path) -> String {
    name.to_string_lossy().chars().take(40).collect()
}
