//! Folders, names and times as the system gives them; what only some systems have, each with what is done elsewhere.
//!
//! Everything here works on an open folder and a path below it, so that a folder that is renamed or replaced
//! meanwhile is never mistaken for another.

use std::fs::File;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat, chmodat, mkdirat, openat, statat, unlinkat};
use rustix::io::{Errno, Result};
use rustix::path::Arg;

/// How folders are opened: never through a link that stands in the last place.
const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

/// Opens a folder. A link or a file in its place is an error.
pub(super) fn open_folder(at: impl AsFd, path: impl Arg) -> Result<File> {
    openat(at, path, FOLDER, Mode::empty()).map(File::from)
}

/// Opens the folder `path` below `root` (empty: `root` itself), through no link at all.
#[cfg(target_os = "linux")]
pub(super) fn open_below(root: &File, path: &[u8]) -> Result<File> {
    use rustix::fs::{ResolveFlags, openat2};
    let name = if path.is_empty() { b"." } else { path };
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
    match openat2(root, name, FOLDER, Mode::empty(), resolve) {
        // kernels before 5.6, and sandboxes that do not know the call
        Err(Errno::NOSYS | Errno::PERM) => walk_below(root, path),
        opened => opened.map(File::from),
    }
}

/// Opens the folder `path` below `root` (empty: `root` itself), through no link at all.
#[cfg(not(target_os = "linux"))]
pub(super) fn open_below(root: &File, path: &[u8]) -> Result<File> {
    walk_below(root, path)
}

/// [`open_below`] part by part.
fn walk_below(root: &File, path: &[u8]) -> Result<File> {
    let mut folder = open_folder(root, ".")?;
    for part in path.split(|byte| *byte == b'/').filter(|part| !part.is_empty()) {
        if part == b".." {
            return Err(Errno::XDEV);
        }
        folder = open_folder(&folder, part)?;
    }
    Ok(folder)
}

/// Where a path really leads, after all links.
#[expect(clippy::disallowed_methods, reason = "an output may lie anywhere: links are followed first, then judged")]
pub(super) fn real_path(path: &Path) -> std::io::Result<PathBuf> {
    path.canonicalize()
}

/// Exchanges two names in `dir` at one stroke. `EINVAL`, `ENOSYS`, `EXDEV`: not here.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
pub(super) fn exchange(dir: &File, one: impl Arg, other: impl Arg) -> Result<()> {
    rustix::fs::renameat_with(dir, one, dir, other, rustix::fs::RenameFlags::EXCHANGE)
}

/// Exchanges two names in `dir` at one stroke. `EINVAL`, `ENOSYS`, `EXDEV`: not here.
#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
pub(super) fn exchange(_: &File, _: impl Arg, _: impl Arg) -> Result<()> {
    Err(Errno::NOSYS)
}

/// Renames a file or link to a name that must be free.
pub(super) fn rename_new(from: &File, name: impl Arg + Copy, to: &File, new: impl Arg + Copy) -> Result<()> {
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    match rustix::fs::renameat_with(from, name, to, new, rustix::fs::RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS) => {}
        done => return done,
    }
    // a link is never made over what is there
    rustix::fs::linkat(from, name, to, new, AtFlags::empty())?;
    unlinkat(from, name, AtFlags::empty())
}

/// A new file in an open folder that has no name yet and is gone with this process; none where the system has no such
/// files, or could not name them later.
pub(super) fn nameless(folder: &File) -> Option<File> {
    #[cfg(target_os = "linux")]
    {
        let flags = OFlags::WRONLY | OFlags::TMPFILE | OFlags::CLOEXEC;
        let file = openat(folder, ".", flags, Mode::from_raw_mode(0o666)).map(File::from).ok()?;
        statat(rustix::fs::CWD, in_proc(&file), AtFlags::empty()).is_ok().then_some(file)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        None
    }
}

/// Names a [`nameless`] file. Never replaces anything.
pub(super) fn name(file: &File, folder: &File, name: &Path) -> Result<()> {
    #[cfg(target_os = "linux")]
    return rustix::fs::linkat(rustix::fs::CWD, in_proc(file), folder, name, AtFlags::SYMLINK_FOLLOW);
    #[cfg(not(target_os = "linux"))]
    return {
        let _ = (file, folder, name);
        Err(Errno::NOTSUP)
    };
}

/// Where the system shows an open file as a link, by which one without a name can be named (open(2), `O_TMPFILE`).
#[cfg(target_os = "linux")]
fn in_proc(file: &File) -> String {
    use std::os::fd::AsRawFd;
    format!("/proc/self/fd/{}", file.as_raw_fd())
}

/// Brings everything written on the file system that holds `dir` to the disk.
pub(super) fn sync_all(dir: &File) -> Result<()> {
    #[cfg(target_os = "linux")]
    return rustix::fs::syncfs(dir);
    #[cfg(not(target_os = "linux"))]
    return {
        let _ = dir;
        rustix::fs::sync();
        Ok(())
    };
}

/// Whether something is mounted on this open folder, or it is a part of its file system that shares no links with its
/// parent (a subvolume).
pub(super) fn is_mount(folder: &File, parent: &File) -> Result<bool> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{StatxAttributes, StatxFlags, statx};
        // a bind mount has the device of its parent; only the attribute tells (Linux 5.8)
        if let Ok(about) = statx(folder, "", AtFlags::EMPTY_PATH, StatxFlags::empty())
            && about.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)
        {
            return Ok(true);
        }
    }
    Ok(Identity::of(&rustix::fs::fstat(folder)?).device != Identity::of(&rustix::fs::fstat(parent)?).device)
}

/// What tells one file or folder of this machine from every other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) device: u64,
    pub(super) inode: u64,
}

impl Identity {
    /// Of what was looked at.
    #[allow(clippy::unnecessary_cast, clippy::useless_conversion, reason = "the fields' types differ by system")]
    pub(super) fn of(stat: &Stat) -> Self {
        Self { device: stat.st_dev as u64, inode: u64::from(stat.st_ino) }
    }
}

/// When the bytes of a file changed last, in nanoseconds since 1970.
pub(super) fn modified(stat: &Stat) -> i64 {
    nanoseconds(stat.st_mtime, stat.st_mtime_nsec)
}

/// When anything about a file changed last, in nanoseconds since 1970. Only the system sets it.
pub(super) fn changed(stat: &Stat) -> i64 {
    nanoseconds(stat.st_ctime, stat.st_ctime_nsec)
}

fn nanoseconds<S: TryInto<i64>, N: TryInto<i64>>(seconds: S, rest: N) -> i64 {
    let seconds: i64 = seconds.try_into().unwrap_or(0);
    seconds.saturating_mul(1_000_000_000).saturating_add(rest.try_into().unwrap_or(0))
}

/// How many bytes a file has.
#[allow(clippy::useless_conversion, reason = "the field's type differs by system")]
pub(super) fn size(stat: &Stat) -> u64 {
    u64::try_from(stat.st_size).unwrap_or(0)
}

/// What kind of thing was looked at.
pub(super) fn kind(stat: &Stat) -> FileType {
    FileType::from_raw_mode(stat.st_mode)
}

/// Looks at a path below `dir`, not through a link; `None` where nothing is.
pub(super) fn look(dir: impl AsFd, path: impl Arg) -> Result<Option<Stat>> {
    match statat(dir, path, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) => Ok(Some(stat)),
        Err(Errno::NOENT | Errno::NOTDIR) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The names in a folder with their kinds, without `.` and `..`, in the order of their bytes.
pub(super) fn list(folder: File) -> Result<Vec<(Vec<u8>, FileType)>> {
    let mut names = Vec::new();
    for entry in Dir::new(OwnedFd::from(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if name != b"." && name != b".." {
            names.push((name.to_vec(), entry.file_type()));
        }
    }
    names.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    Ok(names)
}

/// Makes the folder `path` below `root` and those above it, where they are missing.
pub(super) fn make_folders(root: &File, path: &[u8]) -> Result<()> {
    if path.is_empty() {
        return Ok(());
    }
    match mkdirat(root, path, Mode::from_raw_mode(0o777)) {
        Err(Errno::EXIST) => Ok(()),
        Err(Errno::NOENT) => {
            make_folders(root, parent(path))?;
            mkdirat(root, path, Mode::from_raw_mode(0o777))
        }
        made => made,
    }
}

/// Removes what is in `folder` (a folder of ours that nobody else writes to), with all that is below, save the file
/// `kept` at its top.
pub(super) fn empty_but(folder: &File, kept: &[u8]) -> Result<()> {
    for (name, kind) in list(open_folder(folder, ".")?)?.into_iter().filter(|(name, _)| name != kept) {
        let flags = if kind == FileType::Directory { AtFlags::REMOVEDIR } else { AtFlags::empty() };
        match unlinkat(folder, name.as_slice(), flags) {
            Ok(()) | Err(Errno::NOENT) => {}
            // only folders answer so; one that was carried over may be closed to its owner
            Err(Errno::NOTEMPTY | Errno::EXIST | Errno::ISDIR) => {
                let _ = chmodat(folder, name.as_slice(), Mode::RWXU, AtFlags::empty());
                empty_but(&open_folder(folder, name.as_slice())?, b"")?;
                unlinkat(folder, name.as_slice(), AtFlags::REMOVEDIR)?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The path above; empty at the top.
pub(super) fn parent(path: &[u8]) -> &[u8] {
    path.iter().rposition(|byte| *byte == b'/').and_then(|slash| path.get(..slash)).unwrap_or_default()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at the disk as a user does")]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn no_folder_is_opened_through_a_link() {
        let place = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(place.path().join("real/deep")).unwrap();
        symlink("real", place.path().join("link")).unwrap();
        let root = open_folder(rustix::fs::CWD, place.path()).unwrap();
        for open in [open_below, walk_below] {
            assert!(open(&root, b"").is_ok());
            assert!(open(&root, b"real/deep").is_ok());
            assert!(open(&root, b"link").is_err());
            assert!(open(&root, b"link/deep").is_err());
            assert!(open(&root, b"real/../..").is_err());
        }
    }

    #[test]
    fn what_is_kept_outlives_all_the_rest() {
        let place = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(place.path().join("a/b")).unwrap();
        for file in [".kept", ".a", "a/.kept", "a/b/c", "z"] {
            std::fs::write(place.path().join(file), "").unwrap();
        }
        empty_but(&open_folder(rustix::fs::CWD, place.path()).unwrap(), b".kept").unwrap();
        let names: Vec<_> = std::fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, [".kept"]);
    }

    #[test]
    fn a_name_that_is_taken_is_never_overwritten() {
        let place = tempfile::tempdir().unwrap();
        std::fs::write(place.path().join("a"), "a").unwrap();
        std::fs::write(place.path().join("b"), "b").unwrap();
        let root = open_folder(rustix::fs::CWD, place.path()).unwrap();
        assert_eq!(rename_new(&root, "a", &root, "b"), Err(Errno::EXIST));
        assert_eq!(rename_new(&root, "a", &root, "c"), Ok(()));
        assert_eq!(std::fs::read_to_string(place.path().join("b")).unwrap(), "b");
    }
}
